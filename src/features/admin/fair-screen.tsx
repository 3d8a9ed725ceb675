/** 公平: what is kept for phone and counter, how much one person may have, how long a freed seat is held; looked at on last month first. */
import { useState, type ReactElement } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { minuteWords } from '@/domain/civil-time'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Terms = Omit<InputOf<'fair.set'>, 'serviceItemId'>
type Shown = OutputOf<'fair.show'>

const numbers = (least: number, most: number, words: (value: number) => string) => Array.from({ length: most - least + 1 }, (_, index) => ({ key: String(least + index), words: words(least + index) }))
const none = { key: '0', words: '不留' }
const days = ['当天', '前一天', '前两天', '前三天']
const holds = [10, 15, 20, 30, 45, 60, 90, 120]

export function FairScreen() {
  const services = useQuery('admin.services', {})
  const [chosen, setChosen] = useState('')
  const [answered, setAnswered] = useState<string | null>(null)
  const serviceItemId = chosen || (services.output?.services[0]?.serviceItemId ?? '')
  const fair = useQuery('fair.show', serviceItemId ? { serviceItemId } : null)
  const choose = (key: string) => { setAnswered(null); setChosen(key) }
  const picker = <SelectField label="哪项服务" value={serviceItemId} onChange={choose} options={(services.output?.services ?? []).map((service) => ({ key: service.serviceItemId, words: `${service.name} · ${service.providerName}` }))} />
  const done = (words: string) => { setAnswered(words); fair.reload() }
  if (fair.output === undefined || services.output === undefined) return <Screen title="名额规则"><Content<unknown> of={services.output ? fair : services}>{() => null}</Content></Screen>
  return <Editor key={`${serviceItemId} ${fair.output.version}`} serviceItemId={serviceItemId} shown={fair.output} picker={picker} answered={answered} onDone={done} />
}

/** 每个时段给电话和柜台留 1 位，前一天 16:00 放开；一个人一周最多 2 次；… */
function termsWords({ share, limit, hold }: Terms): string {
  return [
    share === null ? '不给电话和柜台另留名额' : `每个时段给电话和柜台留 ${share.seats} 位，${days[share.daysBefore] ?? `前 ${share.daysBefore} 天`} ${minuteWords(share.untilMinute)} 放开`,
    limit === null ? '一个人不限次数' : `一个人${limit.per === 'week' ? '一周' : '一个月'}最多 ${limit.most} 次`,
    `空出来的名额，白天留 ${hold.minutes} 分钟，夜里留到 ${minuteWords(hold.morningAt)}`,
  ].join('；')
}

function Editor({ serviceItemId, shown, picker, answered, onDone }: { serviceItemId: string; shown: Shown; picker: ReactElement; answered: string | null; onDone: (words: string) => void }) {
  const set = useAction('fair.set')
  const [terms, setTerms] = useState<Terms>({ share: shown.share, limit: shown.limit, hold: shown.hold })
  const [asked, setAsked] = useState<Terms | null>(null)
  const preview = useQuery('fair.preview', asked === null ? null : { serviceItemId, ...asked })
  const edit = (part: Partial<Terms>) => { setAsked(null); set.clear(); setTerms({ ...terms, ...part }) }
  const { share, limit, hold } = terms
  const sentence = `${shown.serviceName}：${termsWords(terms)}。`
  const read = useReadAloud(sentence)
  const mostKept = Math.max(1, shown.mostSeats, share?.seats ?? 0)
  return (
    <Screen
      title="名额规则" subtitle={shown.serviceName}
      foot={(
        <Foot
          say={sentence} problem={set.problem ? <Problem problem={set.problem} /> : null} other={<ReadAloud {...read} />}
          main={asked !== null && preview.output !== undefined
            ? <Button isBusy={set.isPending} onPress={async () => { if (await set.run({ serviceItemId, ...asked })) onDone('改好了，已经排出来的时段也照新的') }}>就这样定</Button>
            : <Button isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => setAsked(terms)}>先看上个月</Button>}
        />
      )}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      {asked === null ? null : (
        <Box className="stack">
          <Heading level={2} className="section">要是上个月就这样</Heading>
          <Content of={preview} shape="detail">{(month) => <PreviewCard month={month} terms={asked} />}</Content>
        </Box>
      )}
      {picker}
      <Heading level={2} className="section">留给电话和柜台</Heading>
      <SelectField
        label="每个时段留几位" value={String(share?.seats ?? 0)} options={[none, ...numbers(1, mostKept, (value) => `${value} 位`)]} hint={`最多的时段有 ${shown.mostSeats} 位`}
        onChange={(key) => edit({ share: key === '0' ? null : { seats: Number(key), daysBefore: share?.daysBefore ?? 1, untilMinute: share?.untilMinute ?? 16 * 60 } })}
      />
      {share === null ? null : (
        <Box className="pair">
          <SelectField label="哪天放开" value={String(share.daysBefore)} options={[...new Set([0, 1, 2, 3, share.daysBefore])].map((value) => ({ key: String(value), words: days[value] ?? `前 ${value} 天` }))} onChange={(key) => edit({ share: { ...share, daysBefore: Number(key) } })} />
          <MinuteField label="几点放开" value={share.untilMinute} from={6 * 60} until={21 * 60} onChange={(untilMinute) => edit({ share: { ...share, untilMinute } })} />
        </Box>
      )}
      <Heading level={2} className="section">一个人最多几次</Heading>
      <Box className="pair">
        <SelectField
          label="次数" value={String(limit?.most ?? 0)} options={[{ key: '0', words: '不限' }, ...numbers(1, Math.max(10, limit?.most ?? 0), (value) => `${value} 次`)]}
          onChange={(key) => edit({ limit: key === '0' ? null : { most: Number(key), per: limit?.per ?? 'week' } })}
        />
        {limit === null ? null : <SelectField label="多长时间" value={limit.per} options={[{ key: 'week', words: '一周' }, { key: 'month', words: '一个月' }]} onChange={(key) => edit({ limit: { ...limit, per: key === 'month' ? 'month' : 'week' } })} />}
      </Box>
      <Heading level={2} className="section">空出来的名额留多久</Heading>
      <SelectField label="白天留" value={String(hold.minutes)} options={[...new Set([...holds, hold.minutes])].sort((a, b) => a - b).map((value) => ({ key: String(value), words: `${value} 分钟` }))} onChange={(key) => edit({ hold: { ...hold, minutes: Number(key) } })} />
      <Box className="pair">
        <MinuteField label="白天从" value={hold.dayFrom} from={6 * 60} until={10 * 60} onChange={(dayFrom) => edit({ hold: { ...hold, dayFrom, morningAt: Math.max(hold.morningAt, dayFrom) } })} />
        <MinuteField label="白天到" value={hold.dayTo} from={16 * 60} until={22 * 60} onChange={(dayTo) => edit({ hold: { ...hold, dayTo } })} />
      </Box>
      <MinuteField label="夜里空出来的，留到早上" value={hold.morningAt} from={hold.dayFrom} until={12 * 60} onChange={(morningAt) => edit({ hold: { ...hold, morningAt } })} />
    </Screen>
  )
}

function PreviewCard({ month, terms }: { month: OutputOf<'fair.preview'>; terms: Terms }) {
  const name = `${Number(month.fromOn.slice(5, 7))}月`
  const least = month.isAll ? '' : '至少 '
  if (month.slots === 0) return <Card tone="gold" label="要是上个月就这样"><Box className="body">{name}没有排过这项服务，没有可比的。</Box></Card>
  return (
    <Card tone="gold" label="要是上个月就这样">
      <Box className="stack-tight">
        <Box className="body tabular">{name} {least}{month.slots} 个时段，约了 {month.seats} 位，其中电话和柜台 {month.byDesk} 位。</Box>
        {terms.share ? <Box className="body tabular">{month.keptFromResidents === 0 ? '手机上约的，一位也不会被挡。' : `手机上约的，有 ${month.keptFromResidents} 位要等放开以后，在 ${month.slotsKept} 个时段里。`}</Box> : null}
        {terms.limit ? <Box className="body tabular">{month.peopleOverLimit === 0 ? '没有人超过次数。' : `有 ${month.peopleOverLimit} 位超过次数，一共多了 ${month.bookingsOverLimit} 次。`}</Box> : null}
        <Box className="body tabular">{month.answered + month.ranOut === 0 ? '没有空出来给候补的名额。' : `候补答复了 ${month.answered} 次，这样留会有 ${month.tooLate} 次来不及；没有答复的 ${month.ranOut} 次。`}</Box>
      </Box>
    </Card>
  )
}
