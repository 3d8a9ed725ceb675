/** Another price from a day on: filled in, looked at against last month's bookings, then set. What was booked keeps its price. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { DateField, Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate, isCivilDate, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { fenOf, typedYuan, yuanWords } from '@/services/yuan'
import { subsidyWords, type Service } from './service-words'

type Terms = InputOf<'service.setPrice'>
type Preview = OutputOf<'service.previewPrice'>

/** Everything as it was typed, so that nothing is lost while it is not a number yet. */
interface Draft {
  validFrom: string
  price: string
  bands: readonly { readonly key: number; readonly age: string; readonly yuan: string }[]
  lowIncome: string
  extreme: string
  least: string
}

const MOST_BANDS = 6
const AHEAD_AT_MOST = 366

function draftOf(service: Service, today: string): Draft {
  const now = service.prices.at(-1)
  const subsidy = now?.subsidy ?? null
  return {
    validFrom: addDays(today, 1), price: typedYuan(now?.priceFen ?? 0), bands: (subsidy?.bands ?? []).map((band, key) => ({ key, age: String(band.fromAge), yuan: typedYuan(band.subsidyFen) })),
    lowIncome: typedYuan(subsidy?.hardshipFen.lowIncome ?? 0), extreme: typedYuan(subsidy?.hardshipFen.extreme ?? 0), least: typedYuan(subsidy?.leastPayFen ?? 0),
  }
}

/** The price that was typed, or what is still wrong with it. */
function read(draft: Draft, service: Service, today: string): { terms: Terms } | { lack: string } {
  const { serviceItemId } = service
  if (!isCivilDate(draft.validFrom) || draft.validFrom <= today) return { lack: '选从哪天起，最早明天。' }
  const priceFen = fenOf(draft.price)
  if (priceFen === null || priceFen > 500_000) return { lack: '价格写 0 到 5000 元。' }
  if (!service.isBed) return { terms: { serviceItemId, validFrom: draft.validFrom, priceFen, subsidy: null } }
  const bands: { fromAge: number; subsidyFen: number }[] = []
  for (const { age, yuan } of draft.bands) {
    const [fromAge, subsidyFen] = [/^\d{2,3}$/.test(age) ? Number(age) : 0, fenOf(yuan)]
    if (fromAge < 50 || fromAge > 120) return { lack: '年龄写 50 到 120。' }
    if (subsidyFen === null) return { lack: `${fromAge} 岁起补多少，写几元。` }
    if (bands.some((band) => band.fromAge === fromAge)) return { lack: `${fromAge} 岁写了两次。` }
    bands.push({ fromAge, subsidyFen })
  }
  const [lowIncome, extreme, leastPayFen] = [fenOf(draft.lowIncome), fenOf(draft.extreme), fenOf(draft.least)]
  if (lowIncome === null || extreme === null) return { lack: '困难老人加多少，写几元。' }
  if (leastPayFen === null || leastPayFen > priceFen) return { lack: '自己至少付的，不能比价格高。' }
  return { terms: { serviceItemId, validFrom: draft.validFrom, priceFen, subsidy: { bands, hardshipFen: { none: 0, lowIncome, extreme }, leastPayFen } } }
}

export function PriceStep({ service, onBack, onDone }: { service: Service; onBack: () => void; onDone: (validFrom: string) => void }) {
  const today = civilDate(serverNow())
  const [draft, setDraft] = useState(() => draftOf(service, today))
  const [asked, setAsked] = useState<Terms | null>(null)
  const preview = useQuery('service.previewPrice', asked)
  const set = useAction('service.setPrice')
  const typed = read(draft, service, today)
  const isReady = asked !== null && preview.output !== undefined
  const sentence = 'lack' in typed ? typed.lack : `${spokenDate(typed.terms.validFrom)}起，${service.name} ${yuanWords(typed.terms.priceFen)}${service.isBed ? `，${subsidyWords(typed.terms.subsidy)}` : ''}。约好的价钱不变。`
  const short = 'lack' in typed ? typed.lack : `${spokenDate(typed.terms.validFrom)}起，${service.name} ${yuanWords(typed.terms.priceFen)}。约好的价钱不变。`
  const aloud = useReadAloud(sentence)
  const edit = (part: Partial<Draft>) => { setAsked(null); set.clear(); setDraft({ ...draft, ...part }) }
  const editBand = (key: number, part: Partial<Draft['bands'][number]>) => edit({ bands: draft.bands.map((band) => (band.key === key ? { ...band, ...part } : band)) })
  const submit = async () => { if (asked !== null && await set.run(asked)) onDone(asked.validFrom) }
  return (
    <Step
      title="改价格" subtitle={service.name} onBack={onBack}
      foot={(
        <Foot
          say={short} problem={set.problem ? <Problem problem={set.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={isReady
            ? <Button isBusy={set.isPending} onPress={submit}>就这样定</Button>
            : <Button isDisabled={'lack' in typed} isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => { if ('terms' in typed) setAsked(typed.terms); void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined) }}>先看上个月</Button>}
        />
      )}
    >
      {asked === null ? null : <Content of={preview} shape="detail">{(shown) => <PreviewCard preview={shown} isBed={service.isBed} />}</Content>}
      <DateField label="从哪天起" value={draft.validFrom} onChange={(validFrom) => edit({ validFrom })} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} hint="最早明天；约好的价钱不变" />
      <Field label={service.kind === 'stay' ? '一晚多少钱（元）' : service.kind === 'dayCare' ? '半天多少钱（元）' : '一次多少钱（元）'} value={draft.price} onChange={(price) => edit({ price })} maxLength={7} />
      {service.isBed
        ? (
          <>
            <Heading level={2} className="section">按年龄补多少</Heading>
            {draft.bands.map((band, index) => (
              <Card key={band.key} label={`第 ${index + 1} 档`}>
                <Box className="stack">
                  <Box className="pair">
                    <Field label="从几岁起" kind="digits" value={band.age} onChange={(age) => editBand(band.key, { age: age.replace(/\D/g, '') })} maxLength={3} />
                    <Field label="补几元" value={band.yuan} onChange={(yuan) => editBand(band.key, { yuan })} maxLength={6} />
                  </Box>
                  <Button kind="outline" label={`去掉这一档，${band.age} 岁起`} onPress={() => edit({ bands: draft.bands.filter((one) => one.key !== band.key) })}>去掉这一档</Button>
                </Box>
              </Card>
            ))}
            {draft.bands.length < MOST_BANDS ? <Button kind="outline" icon="plus" onPress={() => edit({ bands: [...draft.bands, { key: Math.max(0, ...draft.bands.map((band) => band.key)) + 1, age: '', yuan: '' }] })}>加一档年龄</Button> : null}
            <Heading level={2} className="section">困难老人再加，自己付</Heading>
            <Box className="pair">
              <Field label="低保低收入（元）" value={draft.lowIncome} onChange={(lowIncome) => edit({ lowIncome })} maxLength={6} />
              <Field label="特困（元）" value={draft.extreme} onChange={(extreme) => edit({ extreme })} maxLength={6} />
            </Box>
            <Field label="自己至少付（元）" value={draft.least} onChange={(least) => edit({ least })} maxLength={6} />
          </>
        )
        : null}
    </Step>
  )
}

function PreviewCard({ preview, isBed }: { preview: Preview; isBed: boolean }) {
  const month = `${Number(preview.month.slice(5, 7))}月`
  const change = (of: 'priceFen' | 'subsidyFen' | 'payFen'): string => `${yuanWords(preview.before[of])} → ${yuanWords(preview.after[of])}`
  return (
    <Card tone="gold" label="要是上个月就这样">
      <Box className="stack">
        <Heading level={2} className="lead">要是上个月就这样</Heading>
        {preview.bookings === 0
          ? <Box className="body">{month}没有人约，没有可比的。</Box>
          : (
            <Box className="stack-tight">
              <Box className="body tabular">{month}{preview.isPartial ? '至少' : ''} {preview.bookings} 次，{preview.elders} 位老人：多付 {preview.payMore} 人，少付 {preview.payLess} 人。</Box>
              <Fact term="总价">{change('priceFen')}</Fact>
              {isBed ? <Fact term="街道补">{change('subsidyFen')}</Fact> : null}
              <Fact term="老人付">{change('payFen')}</Fact>
            </Box>
          )}
      </Box>
    </Card>
  )
}
