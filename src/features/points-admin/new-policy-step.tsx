/** A new points policy, begun from the last one: filled in, looked at against last month's work, then proposed. It never reaches back. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate, isCivilDate } from '@/domain/civil-time'
import { canPay, LEAST_ANNOUNCE_DAYS, MOST_ANNOUNCE_DAYS } from '@/domain/points-policy'
import { pointsWords } from '@/services/points-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { earners, earnerWords, fromWords, perWords, rateWords, sources, sourceWords, type Policy, type Rate } from './policy-words'
import { PreviewCard } from './preview-card'

type Terms = InputOf<'pointsPolicy.propose'>
type Service = OutputOf<'pointsPolicy.list'>['services'][number]

/** Everything as it was typed, so that nothing is lost while it is not a number yet. */
interface RateDraft extends Pick<Rate, 'source' | 'earner' | 'serviceItemId' | 'per'> {
  readonly key: number
  readonly points: string
}
interface Draft {
  readonly validFrom: string
  readonly rates: readonly RateDraft[]
  readonly caps: Readonly<Record<Rate['earner'], { readonly day: string; readonly month: string }>>
  readonly leastMinutes: string
  readonly mostMinutes: string
  readonly giftMonthLimit: string
  readonly byHandLimit: string
  readonly collectDays: string
  /** '' never */
  readonly expireAfterMonths: string
  readonly announceDays: string
  /** '' no limit */
  readonly balanceCap: string
}

const AHEAD_AT_MOST = 366
const MOST_RATES = 60
const MOST_POINTS = 1_000_000
const MOST_MINUTES = 1440

/** The first day of the month after a date: 2026-12-01. */
const nextMonth = (date: string): string => `${addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
const typed = (value: number | null): string => (value === null ? '' : String(value))

const draftOf = (basis: Policy | null, today: string): Draft => ({
  validFrom: nextMonth(today),
  rates: (basis?.rates.filter(canPay) ?? [{ source: 'shift', earner: 'volunteer', serviceItemId: null, per: 'hour', points: 0 } as const]).map(({ source, earner, serviceItemId, per, points }, key) => ({ key, source, earner, serviceItemId, per, points: String(points) })),
  caps: { volunteer: capsOf(basis, 'volunteer'), staff: capsOf(basis, 'staff'), group: capsOf(basis, 'group') },
  leastMinutes: typed(basis?.leastMinutes ?? 15), mostMinutes: typed(basis?.mostMinutes ?? 480), giftMonthLimit: typed(basis?.giftMonthLimit ?? 0), byHandLimit: typed(basis?.byHandLimit ?? 0), collectDays: typed(basis?.collectDays ?? 14),
  expireAfterMonths: typed(basis?.expireAfterMonths ?? null), announceDays: typed(basis?.announceDays ?? 30), balanceCap: typed(basis?.balanceCap ?? null),
})
const capsOf = (basis: Policy | null, earner: Rate['earner']): { day: string; month: string } => ({ day: typed(basis?.caps[earner].day ?? 0), month: typed(basis?.caps[earner].month ?? 0) })

/** A whole number within bounds that was typed; null when it is none. */
const whole = (text: string, from: number, until: number): number | null => (/^\d{1,7}$/.test(text) && Number(text) >= from && Number(text) <= until ? Number(text) : null)

const sameWork = (one: Pick<RateDraft, 'source' | 'earner' | 'serviceItemId'>, other: Pick<RateDraft, 'source' | 'earner' | 'serviceItemId'>): boolean => one.source === other.source && one.earner === other.earner && one.serviceItemId === other.serviceItemId

/** The terms that were typed, or what is still wrong with them. */
function read(draft: Draft, today: string): { terms: Terms } | { lack: string } {
  if (!isCivilDate(draft.validFrom) || draft.validFrom <= today) return { lack: '选从哪天起，最早明天。' }
  const rates: Terms['rates'] = []
  for (const { source, earner, serviceItemId, per, points } of draft.rates) {
    const worth = whole(points, 0, MOST_POINTS)
    if (worth === null) return { lack: `${earnerWords[earner]}${sourceWords[source]}给多少分，写整数。` }
    if (rates.some((rate) => sameWork({ ...rate, serviceItemId: rate.serviceItemId }, { source, earner, serviceItemId }))) return { lack: `${earnerWords[earner]}${sourceWords[source]}写了两次。` }
    rates.push({ source, earner, serviceItemId, per, points: worth })
  }
  const caps: Partial<Record<Rate['earner'], { day: number; month: number }>> = {}
  for (const earner of earners) {
    const [day, month] = [whole(draft.caps[earner].day, 0, MOST_POINTS), whole(draft.caps[earner].month, 0, MOST_POINTS)]
    if (day === null || month === null) return { lack: `${earnerWords[earner]}一天、一月最多多少分，写整数。` }
    if (day > month) return { lack: `${earnerWords[earner]}一天的上限比一月的还多。` }
    caps[earner] = { day, month }
  }
  const [least, most] = [whole(draft.leastMinutes, 0, MOST_MINUTES), whole(draft.mostMinutes, 0, MOST_MINUTES)]
  if (least === null || most === null || least > most) return { lack: '算多久，写分钟数，最多的要比最少的大。' }
  const [gift, byHand, collect, announce] = [whole(draft.giftMonthLimit, 0, MOST_POINTS), whole(draft.byHandLimit, 0, MOST_POINTS), whole(draft.collectDays, 1, 180), whole(draft.announceDays, draft.expireAfterMonths === '' ? 0 : LEAST_ANNOUNCE_DAYS, MOST_ANNOUNCE_DAYS)]
  if (gift === null) return { lack: '一月最多送家人多少分，写整数。' }
  if (byHand === null) return { lack: '人工加分多少以上要两个人，写整数。' }
  if (collect === null) return { lack: '兑换后几天内领，写 1 到 180。' }
  if (announce === null) return { lack: `过期提前几天说，写 ${LEAST_ANNOUNCE_DAYS} 到 ${MOST_ANNOUNCE_DAYS}。` }
  const expire = draft.expireAfterMonths === '' ? null : whole(draft.expireAfterMonths, 1, 120)
  if (draft.expireAfterMonths !== '' && expire === null) return { lack: '几个月不用就过期，写 1 到 120，不过期就空着。' }
  const cap = draft.balanceCap === '' ? null : whole(draft.balanceCap, 1, MOST_POINTS)
  if (draft.balanceCap !== '' && cap === null) return { lack: '存折最多存多少，写整数，没有上限就空着。' }
  const { volunteer, staff, group } = caps
  if (!volunteer || !staff || !group) return { lack: '每种人的上限都要写。' }
  return { terms: { validFrom: draft.validFrom, rates, caps: { volunteer, staff, group }, leastMinutes: least, mostMinutes: most, giftMonthLimit: gift, byHandLimit: byHand, collectDays: collect, expireAfterMonths: expire, announceDays: announce, balanceCap: cap } }
}

/** What is new against the version before, in a few words: as much as can be heard. */
function changesOf(terms: Terms, basis: Policy | null, serviceName: (serviceItemId: string | null) => string | null): string {
  if (basis === null) return `${terms.rates.length} 条标准`
  const changed = terms.rates.filter((rate) => { const before = basis.rates.find((one) => sameWork(one, rate)); return before === undefined || before.points !== rate.points || before.per !== rate.per })
  const gone = basis.rates.filter((before) => !terms.rates.some((rate) => sameWork(before, rate)))
  const said = changed.slice(0, 2).map((rate) => `${earnerWords[rate.earner]}${rateWords({ ...rate, serviceName: serviceName(rate.serviceItemId) })}`)
  return [said.join('；') + (changed.length > 2 ? `等 ${changed.length} 条改了` : ''), gone.length > 0 ? `去掉 ${gone.length} 条` : ''].filter(Boolean).join('；') || '标准没有变'
}

interface NewPolicyStepProps {
  basis: Policy | null
  services: readonly Service[]
  onBack: () => void
  onDone: (validFrom: string) => void
}

export function NewPolicyStep({ basis, services, onBack, onDone }: NewPolicyStepProps) {
  const today = civilDate(serverNow())
  const [draft, setDraft] = useState(() => draftOf(basis, today))
  const [asked, setAsked] = useState<Terms | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const preview = useQuery('pointsPolicy.preview', asked)
  const propose = useAction('pointsPolicy.propose')
  const found = read(draft, today)
  const isReady = asked !== null && preview.output !== undefined
  const serviceName = (serviceItemId: string | null): string | null => { const service = services.find((one) => one.serviceItemId === serviceItemId); return service ? service.name : null }
  const sentence = 'lack' in found ? found.lack : `${fromWords(found.terms.validFrom)}：${changesOf(found.terms, basis, serviceName)}。做过的不变。`
  const aloud = useReadAloud(sentence)
  const edit = (part: Partial<Draft>) => { setAsked(null); propose.clear(); setDraft({ ...draft, ...part }) }
  const editRate = (key: number, part: Partial<RateDraft>) => edit({ rates: draft.rates.map((rate) => (rate.key === key ? { ...rate, ...part } : rate)) })
  const addRate = () => {
    const key = Math.max(0, ...draft.rates.map((rate) => rate.key)) + 1
    edit({ rates: [...draft.rates, { key, source: 'shift', earner: 'volunteer', serviceItemId: null, per: 'hour', points: '' }] })
    setOpen(key)
  }
  const number = (label: string, value: string, onChange: (value: string) => void, hint?: string) => <Field label={label} kind="digits" value={value} onChange={(text) => onChange(text.replace(/\D/g, ''))} maxLength={7} hint={hint} />
  return (
    <Step
      title="提一版新的" subtitle="积分规则 示例" onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={propose.problem ? <Problem problem={propose.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={isReady
            ? <Button isBusy={propose.isPending} onPress={async () => { if (await propose.run(asked)) onDone(asked.validFrom) }}>提给另一位</Button>
            : <Button isDisabled={'lack' in found} isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => { if ('terms' in found) setAsked(found.terms) }}>先看上个月</Button>}
        />
      )}
    >
      {asked === null
        ? null
        : (
          <Box className="stack">
            <Heading level={2} className="section">要是上个月就这样</Heading>
            <Content of={preview} shape="detail">{(shown) => <PreviewCard preview={shown} />}</Content>
          </Box>
        )}
      <DateField label="从哪天做的起" value={draft.validFrom} onChange={(validFrom) => edit({ validFrom })} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} hint="最早明天；做过的按原来的算" />
      <Heading level={2} className="section">做什么，给多少</Heading>
      {draft.rates.map((rate) => (open === rate.key
        ? <RateFields key={rate.key} rate={rate} services={services} onChange={(part) => editRate(rate.key, part)} onRemove={() => { setOpen(null); edit({ rates: draft.rates.filter((one) => one.key !== rate.key) }) }} onClose={() => setOpen(null)} />
        : (
          <Card key={rate.key} label={`${earnerWords[rate.earner]}，${sourceWords[rate.source]}`}>
            <Box className="between">
              <Box>
                <Box className="lead">{earnerWords[rate.earner]}</Box>
                <Box className="body tabular">{rateWords({ ...rate, points: Number(rate.points), serviceName: serviceName(rate.serviceItemId) })}</Box>
              </Box>
              <Box><Button kind="outline" label={`改，${earnerWords[rate.earner]}，${serviceName(rate.serviceItemId) ?? sourceWords[rate.source]}`} onPress={() => setOpen(rate.key)}>改</Button></Box>
            </Box>
          </Card>
        )))}
      {draft.rates.length < MOST_RATES ? <Button kind="outline" icon="plus" onPress={addRate}>加一条</Button> : null}
      <Heading level={2} className="section">上限，多的进社区爱心池</Heading>
      {earners.map((earner) => (
        <Card key={earner} label={`${earnerWords[earner]}的上限`}>
          <Box className="stack">
            <Box className="lead">{earnerWords[earner]}</Box>
            <Box className="pair">
              {number('一天最多', draft.caps[earner].day, (day) => edit({ caps: { ...draft.caps, [earner]: { ...draft.caps[earner], day } } }))}
              {number('一月最多', draft.caps[earner].month, (month) => edit({ caps: { ...draft.caps, [earner]: { ...draft.caps[earner], month } } }))}
            </Box>
          </Box>
        </Card>
      ))}
      <Heading level={2} className="section">别的</Heading>
      <Box className="pair">
        {number('至少做几分钟', draft.leastMinutes, (leastMinutes) => edit({ leastMinutes }))}
        {number('一次最多算几分钟', draft.mostMinutes, (mostMinutes) => edit({ mostMinutes }))}
      </Box>
      {number('一月最多送家人多少分', draft.giftMonthLimit, (giftMonthLimit) => edit({ giftMonthLimit }))}
      {number('人工加分，多少以上要两个人', draft.byHandLimit, (byHandLimit) => edit({ byHandLimit }))}
      {number('兑换后几天内领', draft.collectDays, (collectDays) => edit({ collectDays }))}
      {number('几个月不用就过期', draft.expireAfterMonths, (expireAfterMonths) => edit({ expireAfterMonths }), '空着：不过期')}
      {draft.expireAfterMonths === '' ? null : number('提前几天说要过期', draft.announceDays, (announceDays) => edit({ announceDays }), `${LEAST_ANNOUNCE_DAYS} 到 ${MOST_ANNOUNCE_DAYS}；定下规则后不到这么多天的月底，不会过期`)}
      {number('存折最多存多少分', draft.balanceCap, (balanceCap) => edit({ balanceCap }), '空着：没有上限')}
    </Step>
  )
}

interface RateFieldsProps {
  rate: RateDraft
  services: readonly Service[]
  onChange: (part: Partial<RateDraft>) => void
  onRemove: () => void
  onClose: () => void
}

/** One rate, opened where it stood. */
function RateFields({ rate, services, onChange, onRemove, onClose }: RateFieldsProps) {
  return (
    <Card tone="chosen" label="改这一条">
      <Box className="stack">
        <SelectField label="谁" value={rate.earner} onChange={(key) => { const earner = earners.find((one) => one === key) ?? rate.earner; onChange(canPay({ ...rate, earner }) ? { earner } : { earner, source: 'project', serviceItemId: null, per: 'stated' }) }} options={earners.map((key) => ({ key, words: earnerWords[key] }))} />
        <SelectField label="做什么" value={rate.source} onChange={(key) => onChange({ source: sources.find((one) => one === key) ?? rate.source, serviceItemId: null })} options={sources.filter((source) => canPay({ ...rate, source })).map((key) => ({ key, words: sourceWords[key] }))} />
        {rate.source === 'visit' ? <SelectField label="哪项服务" value={rate.serviceItemId ?? 'all'} onChange={(key) => onChange({ serviceItemId: key === 'all' ? null : key })} options={[{ key: 'all', words: '别的服务都这样' }, ...services.map((one) => ({ key: one.serviceItemId, words: services.filter((other) => other.name === one.name).length > 1 ? `${one.name} · ${one.providerName}` : one.name }))]} /> : null}
        <SelectField label="怎么算" value={rate.per} onChange={(key) => onChange({ per: key === 'time' ? 'time' : key === 'stated' ? 'stated' : 'hour' })} options={(['hour', 'time', 'stated'] as const).map((key) => ({ key, words: perWords[key] }))} />
        <Field label={rate.per === 'stated' ? '最多多少分' : '给多少分'} kind="digits" value={rate.points} onChange={(points) => onChange({ points: points.replace(/\D/g, '') })} maxLength={7} {...(rate.points === '' ? {} : { hint: `${perWords[rate.per]} ${pointsWords(Number(rate.points))} 分` })} />
        <Box className="pair">
          <Button kind="outline" onPress={onRemove}>去掉这一条</Button>
          <Button kind="outline" onPress={onClose}>好了</Button>
        </Box>
      </Box>
    </Card>
  )
}
