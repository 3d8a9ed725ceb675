/** 柜台领餐: find who stands at the counter, look at their code, card or slip, and see large what is handed over and what is to be paid. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { CodeInput, Field } from '@/components/field'
import { Icon } from '@/components/icon'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonBar } from '@/components/person'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { civilDate, HOUR } from '@/domain/civil-time'
import { canScan, scan } from '@/services/device'
import { sittingWords, wayWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { priceWords, statusWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { dietOf, fits, hoursWords, payWords, portionsWords, whereOf, type Order, type Sitting } from './kitchen-words'
import styles from './kitchen.module.scss'

const LOOK_AGAIN_MS = 6_000
const SHOWN = 10
/** Digits of the rotating code, and of the card or slip. */
const CODE = 6
const CARD = 8

export function CounterScreen({ kitchenId }: { kitchenId: string }) {
  useStaff()
  const now = useServerNow()
  const today = civilDate(now)
  const week = useQuery('kitchen.week', { fromOn: today })
  const sittings = week.output?.days.find((day) => day.onDate === today)?.sittings ?? []
  const [chosen, setChosen] = useState<Sitting | null>(null)
  const current = sittings.find((one) => one.sitting === chosen) ?? sittings.find((one) => now <= one.endsAt + HOUR) ?? sittings[0]
  const sheet = useQuery('kitchen.sheet', current ? { kitchenId, onDate: today, sitting: current.sitting } : null, { pollMs: LOOK_AGAIN_MS })
  const [sought, setSought] = useState('')
  const [bookingId, setBookingId] = useState<string | null>(null)
  const [served, setServed] = useState<{ order: Order; payFen: number } | null>(null)
  const come = (sheet.output?.lines ?? []).filter((order) => order.way !== 'delivery')
  const order = come.find((one) => one.bookingId === bookingId)
  const again = () => { setServed(null); setBookingId(null); setSought(''); sheet.reload() }

  if (served) return <Served order={served.order} payFen={served.payFen} onNext={again} />
  if (order) return <CodeStep order={order} onBack={() => setBookingId(null)} onServed={(payFen) => setServed({ order, payFen })} />
  const found = come.filter((one) => fits(one, sought))
  const waiting = found.filter((one) => one.status === 'booked')
  const over = found.filter((one) => one.status !== 'booked')
  return (
    <Screen title="柜台领餐" subtitle={current ? `${sittingWords(current.sitting)} ${hoursWords(current)}` : undefined}>
      {sittings.length > 1 ? <Segments label="哪一餐" selected={current?.sitting ?? ''} onChoose={(key) => { setSought(''); setChosen(key === 'dinner' ? 'dinner' : 'lunch') }} parts={sittings.map((one) => ({ key: one.sitting, words: sittingWords(one.sitting) }))} /> : null}
      <Content<unknown> of={current ? sheet : week}>
        {() => come.length === 0
          ? <Empty icon="badge-check" title="这一餐没有堂食和自取" next="有人订了堂食、自取，名字会出现在这里。" />
          : (
            <>
              <Field label="找谁" value={sought} onChange={setSought} maxLength={20} placeholder="姓名或单号" />
              <Box className="body strong tabular">还有 {come.filter((one) => one.status === 'booked').length} 位没来，共 {come.length} 位</Box>
              {found.length === 0 ? <Box className="body">没有找到「{sought.trim()}」。请再看一眼名字，或者看看是不是另一餐。</Box> : null}
              {waiting.length > 0
                ? <Card label="还没来的"><Rows><Parts rows={waiting} size={SHOWN} of="还没来的">{(rows) => rows.map((one) => <Row key={one.bookingId} title={one.elderName} detail={<><Box>{portionsWords(one)} · {whereOf(one)}</Box><Box>{one.number}</Box></>} onPress={() => setBookingId(one.bookingId)} />)}</Parts></Rows></Card>
                : null}
              {over.length > 0
                ? <Card label="办过的"><Rows><Parts rows={over} size={SHOWN} of="办过的">{(rows) => rows.map((one) => <Row key={one.bookingId} title={one.elderName} detail={portionsWords(one)} end={<Tag tone={statusWords(one.status, 'kitchen', { way: one.way }).tone}>{statusWords(one.status, 'kitchen', { way: one.way }).words}</Tag>} />)}</Parts></Rows></Card>
                : null}
            </>
          )}
      </Content>
    </Screen>
  )
}

function CodeStep({ order, onBack, onServed }: { order: Order; onBack: () => void; onServed: (payFen: number) => void }) {
  const serve = useAction('kitchen.serve')
  const [length, setLength] = useState<typeof CODE | typeof CARD>(CODE)
  const [code, setCode] = useState('')
  const [notRead, setNotRead] = useState(false)
  const isCard = length === CARD
  const diet = dietOf(order)
  const send = async (digits: string) => {
    const done = await serve.run({ bookingId: order.bookingId, code: digits })
    if (done) onServed(done.payFen)
    else setCode('')
  }
  const scanIt = async () => {
    const scanned = await scan()
    if (scanned === null) return
    const digits = scanned.replace(/\D/g, '')
    if (digits.length === CODE || digits.length === CARD) await send(digits)
    else setNotRead(true)
  }
  return (
    <Step
      title="看码给餐" subtitle={wayWords(order.way)} onBack={onBack}
      foot={<Foot say={`${order.elderName}，${portionsWords(order)}，${payWords(order)}。`} problem={serve.problem ? <Problem problem={serve.problem} /> : null} main={<Button isDisabled={code.length !== length} isBusy={serve.isPending} onPress={() => send(code)}>给餐</Button>} />}
    >
      <PersonBar name={order.elderName} words={`${portionsWords(order)} · ${order.number}`} />
      {diet ? <Box className={order.avoid.length > 0 ? styles.allergy : 'body strong'}>{diet}</Box> : null}
      {canScan ? <Button kind="outline" icon="qr-code" isBusy={serve.isPending} onPress={scanIt}>扫手机上的码</Button> : null}
      {notRead ? <Notice tone="warm" isAnnounced title="这不是门码">请扫手机上「门码」那一页，或者直接输数字。</Notice> : null}
      <CodeInput
        label={isCard ? '门卡或纸条上的 8 位数字' : '老人或家属手机上的 6 位门码'} length={length} value={code} onChange={(typed) => { serve.clear(); setNotRead(false); setCode(typed) }}
        hint={isCard ? '社区发的门卡，或者订餐的纸条' : '两分钟换一次，请看现在的数字'}
      />
      <Button kind="quiet" onPress={() => { serve.clear(); setCode(''); setLength(isCard ? CODE : CARD) }}>{isCard ? '看手机上的 6 位门码' : '没有手机，用门卡、纸条'}</Button>
    </Step>
  )
}

/** Large enough for both sides of the counter. */
function Served({ order, payFen, onNext }: { order: Order; payFen: number; onNext: () => void }) {
  return (
    <Step title="可以给餐" subtitle={order.elderName} onBack={onNext} foot={<Foot main={<Button onPress={onNext}>下一位</Button>} />}>
      <Card tone="chosen">
        <Box className={styles.result} spoken={{ role: 'status', live: 'polite' }}>
          <Icon name="circle-check" size="large" className={styles.good} />
          <Box className={styles.big}>{order.elderName}</Box>
          <Box className={styles.big}>{portionsWords(order)}</Box>
          <Box className={styles.big}>{payFen > 0 ? `收 ${priceWords(payFen)}` : '不用收钱'}</Box>
          <Box className="body">{payFen > 0 ? '收了就记下了。' : '月底一起算。'}</Box>
        </Box>
      </Card>
    </Step>
  )
}
