/** Writing a plan: what is proposed, why, and how often. The elder's side decides on each; what they have answered stays. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Foot, goBack, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Step } from '@/components/step'
import { Stepper } from '@/components/stepper'
import { Tag } from '@/components/tag'
import { MOST_PLAN_ITEMS, MOST_TIMES } from '@/domain/consult-terms'
import { rhythmOf, type ConsultView } from '@/services/consult-words'
import { beginsWords, priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Choices = OutputOf<'consult.choices'>
type Wish = InputOf<'consult.givePlan'>['items'][number]
const USUAL_TIMES = 4

export function PlanScreen({ consultationId }: { consultationId: string }) {
  const one = useQuery('consult.show', { consultationId })
  const choices = useQuery('consult.choices', { consultationId })
  return one.output ? <Writing view={one.output} choices={choices.output} /> : <Screen title="照护计划"><Content of={one} shape="detail">{() => null}</Content></Screen>
}

function Writing({ view, choices }: { view: ConsultView; choices: Choices | undefined }) {
  const give = useAction('consult.givePlan')
  const before = view.plan?.items ?? []
  const [items, setItems] = useState<readonly Wish[]>(() => before.filter((item) => item.state === 'open').map(({ n, what, title, reason, serviceItemId, slotId, rhythm, times }) => ({ n, what, title, reason, serviceItemId, slotId, rhythm, times })))
  const [words, setWords] = useState(view.plan?.words ?? '')
  const [isAdding, setAdding] = useState(false)
  const answered = before.filter((item) => item.state !== 'open')
  const room = MOST_PLAN_ITEMS - answered.length - items.length
  const { consultationId } = view
  if (isAdding && choices) return <AddStep choices={choices} onBack={() => setAdding(false)} onAdd={(wish) => { give.clear(); setItems([...items, wish]); setAdding(false) }} />
  const say = items.length === 0 ? '加一样，写上为什么。' : `给${view.elderName}的计划，${answered.length + items.length} 样。约不约由老人自己点，一个月后回访。`
  const submit = async () => { if (await give.run({ consultationId, items: items.map((item) => ({ ...item })), ...(words.trim() ? { words: words.trim() } : {}) })) goBack() }
  return (
    <Screen title="照护计划" subtitle={view.elderName} foot={<Foot say={say} problem={give.problem ? <Problem problem={give.problem} /> : null} main={<Button isDisabled={items.length === 0} isBusy={give.isPending} onPress={submit}>交给老人</Button>} />}>
      {answered.length > 0 ? <Notice title={`老人这边答过 ${answered.length} 样`}>答过的留着不变，下面改还没答的，也能再加。</Notice> : null}
      {items.map((item, index) => (
        <Card key={`${item.n ?? 'new'}_${index}`} label={item.title}>
          <Box className="stack">
            <Box className="stack-tight">
              <Box className="between"><Box className="lead">{item.title}</Box>{item.rhythm ? <Tag>{rhythmOf(item)}</Tag> : null}</Box>
              <Box className="body">{item.reason}</Box>
            </Box>
            <Button kind="quiet" label={`去掉${item.title}`} onPress={() => { give.clear(); setItems(items.filter((other) => other !== item)) }}>去掉</Button>
          </Box>
        </Card>
      ))}
      {room > 0 ? <Button kind="outline" icon="plus" isDisabled={choices === undefined} onPress={() => setAdding(true)}>加一样</Button> : <Box className="small">一份计划最多 {MOST_PLAN_ITEMS} 样。</Box>}
      <Field label="对老人说的话（可以不写）" kind="many-words" value={words} onChange={(typed) => { give.clear(); setWords(typed) }} maxLength={200} placeholder="先把洗澡的事安排好，别的慢慢来" />
    </Screen>
  )
}

const kinds = [
  { key: 'service', title: '上门照护、日托', detail: '老人点一下就约上' }, { key: 'activity', title: '活动、课程' }, { key: 'meal', title: '订餐', detail: '老人自己选菜' }, { key: 'stay', title: '短住', detail: '老人自己看床位' }, { key: 'menu', title: '你点我送', detail: '老人自己点' }, { key: 'advice', title: '一句建议', detail: '不用约的' },
] as const
type What = (typeof kinds)[number]['key']

function AddStep({ choices, onBack, onAdd }: { choices: Choices; onBack: () => void; onAdd: (wish: Wish) => void }) {
  const [what, setWhat] = useState<What | null>(null)
  const [chosen, setChosen] = useState('')
  const [title, setTitle] = useState('')
  const [reason, setReason] = useState('')
  const [rhythm, setRhythm] = useState<'once' | 'weekly' | 'fortnightly'>('once')
  const [times, setTimes] = useState(USUAL_TIMES)
  const services = choices.services.filter((service) => (service.kind === 'stay') === (what === 'stay'))
  const service = what === 'service' || what === 'stay' ? services.find((one) => one.serviceItemId === chosen) : undefined
  const activity = what === 'activity' ? choices.activities.find((one) => one.slotId === chosen) : undefined
  const canRepeat = what === 'service' && service?.kind === 'homeCare'
  const name = what === 'advice' ? title.trim() : what === 'meal' ? '订餐送到家' : what === 'menu' ? '你点我送' : service?.name ?? activity?.name ?? ''
  const isReady = what !== null && name !== '' && reason.trim() !== ''
  const add = () => {
    if (what === null || !isReady) return
    onAdd({ what, title: name.slice(0, 30), reason: reason.trim(), serviceItemId: service?.serviceItemId ?? null, slotId: activity?.slotId ?? null, rhythm: what === 'service' ? (canRepeat ? rhythm : 'once') : null, times: canRepeat && rhythm !== 'once' ? times : 1 })
  }
  return (
    <Step title="加一样" onBack={onBack} foot={<Foot say={isReady ? `${name}${canRepeat && rhythm !== 'once' ? `，${rhythmOf({ rhythm, times })}` : ''}：${reason.trim()}。` : '选是什么，再写为什么。'} main={<Button isDisabled={!isReady} onPress={add}>加进计划</Button>} />}>
      <AnswerChoice label="是什么" selected={what ? [what] : []} onChoose={(key) => { setChosen(''); setWhat(kinds.find((one) => one.key === key)?.key ?? null) }} answers={kinds} />
      {what === 'service' || what === 'stay' ? <SelectField label="哪一项" value={chosen} onChange={setChosen} options={services.map((one) => ({ key: one.serviceItemId, words: `${one.name} · ${priceWords(one.priceFen)} · ${one.providerName}` }))} /> : null}
      {what === 'activity' ? (choices.activities.length === 0 ? <Box className="small">这阵子没有活动。</Box> : <SelectField label="哪一个" value={chosen} onChange={setChosen} options={choices.activities.map((one) => ({ key: one.slotId, words: `${one.name} · ${beginsWords(one.startsAt)}` }))} />) : null}
      {what === 'advice' ? <Field label="建议什么" value={title} onChange={setTitle} maxLength={30} placeholder="浴室装扶手" /> : null}
      {canRepeat ? <Heading level={2} className="section">多久一次</Heading> : null}
      {canRepeat ? <Segments label="多久一次" parts={[{ key: 'once', words: '一次' }, { key: 'weekly', words: '每周' }, { key: 'fortnightly', words: '两周一次' }]} selected={rhythm} onChoose={(key) => setRhythm(key === 'weekly' ? 'weekly' : key === 'fortnightly' ? 'fortnightly' : 'once')} /> : null}
      {canRepeat && rhythm !== 'once' ? <Stepper label="先排几次" value={times} words={`${times} 次`} least={2} most={MOST_TIMES} onChange={setTimes} /> : null}
      {what === null ? null : <Field label="为什么" kind="many-words" value={reason} onChange={setReason} maxLength={120} placeholder="洗澡要人扶，一周洗一次" hint="老人看得到" />}
    </Step>
  )
}
