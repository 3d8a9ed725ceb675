/** A new subsidy policy: filled in, looked at against last month's orders, then set. It never reaches back. */
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
import { addDays, civilDate, isCivilDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { fenOf, typedYuan } from '@/services/yuan'
import { fromWords, policySentence, type MealPolicyTerms } from './policy-words'

type Policy = InputOf<'policy.set'>
type Preview = OutputOf<'policy.preview'>

/** Everything as it was typed, so that nothing is lost while it is not a number yet. */
interface Draft {
  validFrom: string
  bands: readonly { readonly key: number; readonly age: string; readonly yuan: string }[]
  lowIncome: string
  extreme: string
  cap: string
  least: string
}

const MOST_BANDS = 6
const AHEAD_AT_MOST = 366
const LEAST_AGE = 50
const MOST_AGE = 120
/** what the contract takes at most, in fen */
const MOST_PER_MEAL = 5_000
const MOST_PER_MONTH = 200_000

/** The first day of the month after a date: 2026-12-01. */
const nextMonth = (date: string): string => `${addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`

const draftOf = (basis: MealPolicyTerms | null, today: string): Draft => ({
  validFrom: nextMonth(today),
  bands: (basis?.bands ?? [{ fromAge: 60, subsidyFen: 0 }]).map((band, key) => ({ key, age: String(band.fromAge), yuan: typedYuan(band.subsidyFen) })),
  lowIncome: typedYuan(basis?.hardshipFen.lowIncome ?? 0), extreme: typedYuan(basis?.hardshipFen.extreme ?? 0), cap: typedYuan(basis?.monthlyCapFen ?? 0), least: typedYuan(basis?.leastPayFen ?? 0),
})

/** The policy that was typed, or what is still wrong with it. */
function read(draft: Draft, today: string): { policy: Policy } | { lack: string } {
  const perMeal = (typed: string): number | null => { const fen = fenOf(typed); return fen === null || fen > MOST_PER_MEAL ? null : fen }
  if (!isCivilDate(draft.validFrom) || draft.validFrom <= today) return { lack: '选从哪天起，最早明天。' }
  const bands: Policy['bands'] = []
  for (const { age, yuan } of draft.bands) {
    const [fromAge, subsidyFen] = [/^\d{2,3}$/.test(age) ? Number(age) : 0, perMeal(yuan)]
    if (fromAge < LEAST_AGE || fromAge > MOST_AGE) return { lack: `年龄写 ${LEAST_AGE} 到 ${MOST_AGE}。` }
    if (subsidyFen === null) return { lack: `${fromAge} 岁起补多少，写 0 到 50 元。` }
    if (bands.some((band) => band.fromAge === fromAge)) return { lack: `${fromAge} 岁写了两次。` }
    bands.push({ fromAge, subsidyFen })
  }
  const [lowIncome, extreme, leastPayFen, monthlyCapFen] = [perMeal(draft.lowIncome), perMeal(draft.extreme), perMeal(draft.least), fenOf(draft.cap)]
  if (lowIncome === null || extreme === null) return { lack: '困难老人加多少，写 0 到 50 元。' }
  if (monthlyCapFen === null || monthlyCapFen > MOST_PER_MONTH) return { lack: '一个月最多补多少，写 0 到 2000 元。' }
  if (leastPayFen === null) return { lack: '自己至少付多少，写 0 到 50 元。' }
  return { policy: { validFrom: draft.validFrom, bands, hardshipFen: { none: 0, lowIncome, extreme }, monthlyCapFen, leastPayFen } }
}

const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')
/** Sums of a month stand in whole yuan: 10,100 元 */
const yuan = (fen: number): string => `${count(Math.round(fen / 100))} 元`
/** 2026-11 → 11月 */
const monthWords = (month: string): string => `${Number(month.slice(5, 7))}月`

/** 上个月 1,240 单：街道补贴 9,300 元 → 10,100 元；多付 12 人，少付 85 人。 */
function previewSentence(preview: Preview): string {
  if (preview.before.orders === 0) return `${monthWords(preview.month)}没有订餐，没有可比的。`
  const people = [preview.eldersWhoPayMore > 0 ? `多付 ${count(preview.eldersWhoPayMore)} 人` : '', preview.eldersWhoPayLess > 0 ? `少付 ${count(preview.eldersWhoPayLess)} 人` : ''].filter(Boolean).join('，')
  return `${monthWords(preview.month)} ${count(preview.before.orders)} 单：街道补贴 ${yuan(preview.before.subsidyFen)} → ${yuan(preview.after.subsidyFen)}；${people || '没有人付得不一样'}。`
}

/** How long it holds when another one is set already; two of one day: the newer holds. */
function untilWords(validFrom: string, policies: readonly MealPolicyTerms[]): string {
  if (validFrom === '') return ''
  const after = policies.filter((policy) => policy.validFrom > validFrom).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0]
  return after ? `；${fromWords(after.validFrom)}换已经定好的第 ${after.version} 版` : ''
}

/** `policies`: all there are, newest first. */
export function NewPolicyStep({ policies, onBack, onDone }: { policies: readonly MealPolicyTerms[]; onBack: () => void; onDone: (validFrom: string) => void }) {
  const today = civilDate(serverNow())
  const [draft, setDraft] = useState(() => draftOf(policies[0] ?? null, today))
  const [asked, setAsked] = useState<Policy | null>(null)
  const preview = useQuery('policy.preview', asked)
  const set = useAction('policy.set')
  const typed = read(draft, today)
  const isReady = asked !== null && preview.output !== undefined
  const sentence = 'lack' in typed ? typed.lack : `${fromWords(typed.policy.validFrom)}，${policySentence(typed.policy)}。订好的不变。`
  const aloud = useReadAloud(sentence)
  const edit = (part: Partial<Draft>) => { setAsked(null); set.clear(); setDraft({ ...draft, ...part }) }
  const editBand = (key: number, part: Partial<Draft['bands'][number]>) => edit({ bands: draft.bands.map((band) => (band.key === key ? { ...band, ...part } : band)) })
  const submit = async () => {
    if (asked !== null && await set.run(asked)) onDone(asked.validFrom)
  }
  return (
    <Step
      title="定新的标准" subtitle="助餐补贴" onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={set.problem ? <Problem problem={set.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={isReady
            ? <Button isBusy={set.isPending} onPress={submit}>就这样定</Button>
            : <Button isDisabled={'lack' in typed} isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => { if ('policy' in typed) setAsked(typed.policy) }}>先看上个月</Button>}
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
      <DateField label="从哪天的饭起" value={draft.validFrom} onChange={(validFrom) => edit({ validFrom })} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} hint={`最早明天；订好的价钱不变${untilWords(draft.validFrom, policies)}`} />
      <Heading level={2} className="section">按年龄，每餐补多少</Heading>
      {draft.bands.map((band, index) => (
        <Card key={band.key} label={`第 ${index + 1} 档`}>
          <Box className="stack">
            <Box className="pair">
              <Field label="从几岁起" kind="digits" value={band.age} onChange={(age) => editBand(band.key, { age: age.replace(/\D/g, '') })} maxLength={3} />
              <Field label="补几元" value={band.yuan} onChange={(yuan) => editBand(band.key, { yuan })} maxLength={5} />
            </Box>
            <Button kind="outline" label={`去掉这一档，${band.age} 岁起`} onPress={() => edit({ bands: draft.bands.filter((one) => one.key !== band.key) })}>去掉这一档</Button>
          </Box>
        </Card>
      ))}
      {draft.bands.length < MOST_BANDS ? <Button kind="outline" icon="plus" onPress={() => edit({ bands: [...draft.bands, { key: Math.max(0, ...draft.bands.map((band) => band.key)) + 1, age: '', yuan: '' }] })}>加一档年龄</Button> : null}
      <Heading level={2} className="section">困难老人，每餐再加</Heading>
      <Box className="pair">
        <Field label="低保低收入（元）" value={draft.lowIncome} onChange={(lowIncome) => edit({ lowIncome })} maxLength={5} />
        <Field label="特困（元）" value={draft.extreme} onChange={(extreme) => edit({ extreme })} maxLength={5} />
      </Box>
      <Heading level={2} className="section">上限和自付</Heading>
      <Field label="一人一个月最多补（元）" value={draft.cap} onChange={(cap) => edit({ cap })} maxLength={7} />
      <Field label="每餐自己至少付（元）" value={draft.least} onChange={(least) => edit({ least })} maxLength={5} />
    </Step>
  )
}

function PreviewCard({ preview }: { preview: Preview }) {
  return (
    <Card tone="gold" label="要是上个月就这样">
      <Box className="stack">
        <Box className="lead tabular">{previewSentence(preview)}</Box>
        {preview.before.orders === 0
          ? null
          : (
            <Box className="stack-tight">
              <Fact term="老人付">{yuan(preview.before.payFen)} → {yuan(preview.after.payFen)}</Fact>
              <Fact term="补到上限">{preview.before.capReached} 人 → {preview.after.capReached} 人</Fact>
              <Fact term="吃饭的老人">{count(preview.before.elders)} 人</Fact>
            </Box>
          )}
        {preview.isPartial ? <Box className="small">上个月单子太多，只算了一部分。</Box> : null}
      </Box>
    </Card>
  )
}
