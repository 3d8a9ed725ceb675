/** A plan in large type: each item with why, the next time that is free and what it costs, and one tap that books it, or 不要. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Tag } from '@/components/tag'
import { hasOwnPage } from '@/domain/consult-terms'
import { rhythmOf, type ConsultView, type PlanItemView } from '@/services/consult-words'
import { planQuery } from '@/services/from-plan'
import { useReadAloud } from '@/services/speech'
import { beginsWords, priceWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'

const open = (url: string) => { void Taro.navigateTo({ url }) }

function stateOf(item: PlanItemView): { words: string; tone: 'willow' | 'gold' | 'plain' } {
  switch (item.state) {
    case 'booking': return { words: '正在约', tone: 'gold' }
    case 'booked': return item.booking?.status === 'cancelled' ? { words: '取消了', tone: 'plain' } : { words: '约好了', tone: 'willow' }
    case 'wanted': return { words: item.what === 'advice' ? '记下了' : '还没约', tone: item.what === 'advice' ? 'willow' : 'gold' }
    case 'declined': return { words: '不要', tone: 'plain' }
    default: return { words: '等您定', tone: 'gold' }
  }
}

/** How it reads when a plan is read aloud. */
const aloud = (item: PlanItemView, index: number): string => `第 ${index + 1} 样，${item.title}。${item.reason}。${item.offer ? `最早 ${beginsWords(item.offer.startsAt)}，${priceWords(item.offer.priceFen)}。` : ''}${item.found ? foundWords(item.found) : ''}`

/** An order that could be the item. */
const foundWords = ({ name, startsAt }: NonNullable<PlanItemView['found']>): string => `已经约了${name}，${beginsWords(startsAt)}。是这一样吗？`

interface PlanPartProps {
  view: ConsultView
  plan: NonNullable<ConsultView['plan']>
  onChanged: (words: string | null) => void
}

export function PlanPart({ view, plan, onChanged }: PlanPartProps) {
  const read = useReadAloud(`照护计划，${plan.items.length} 样。${plan.words ?? ''}${plan.items.map(aloud).join('')}`)
  const mayAnswer = view.acts.includes('answerPlan')
  const first = plan.items.find((item) => item.state === 'open')
  return (
    <>
      <Heading level={2} className="section">照护计划</Heading>
      <Card label="照护计划">
        <Box className="stack">
          <Box className="body">{plan.words ?? '一样一样看，要就点，不要也点。'}</Box>
          <ReadAloud {...read} />
        </Box>
      </Card>
      {plan.items.map((item) => <Item key={item.n} view={view} item={item} isFirst={item.n === first?.n} mayAnswer={mayAnswer} onChanged={onChanged} />)}
    </>
  )
}

function Item({ view, item, isFirst, mayAnswer, onChanged }: { view: ConsultView; item: PlanItemView; isFirst: boolean; mayAnswer: boolean; onChanged: PlanPartProps['onChanged'] }) {
  const book = useAction('consult.bookItem')
  const answer = useAction('consult.answerItem')
  const link = useAction('consult.linkItem')
  const [isRefusing, setRefusing] = useState(false)
  const { consultationId } = view
  const state = stateOf(item)
  const isCancelled = item.state === 'booked' && item.booking?.status === 'cancelled'
  const isOpen = item.state === 'open' || isCancelled || (item.state === 'declined' && item.what !== 'advice') || (item.state === 'wanted' && hasOwnPage(item.what))
  const isSeries = item.rhythm === 'weekly' || item.rhythm === 'fortnightly'
  const kind = isFirst ? 'primary' : 'outline'
  const say = async (isWanted: boolean, words?: string) => {
    const done = await answer.run({ consultationId, n: item.n, isWanted, ...(words ? { words } : {}) })
    setRefusing(false)
    onChanged(done ? (isWanted ? `${item.title}，记下了` : `${item.title}，不要了`) : null)
    return done
  }
  const take = async () => {
    if (item.offer === null) return
    const made = await book.run({ consultationId, n: item.n, choice: { how: 'once', slotId: item.offer.slotId } })
    onChanged(made ? `${item.title}，约好了` : null)
  }
  const elsewhere = (url: string) => open(`${url}${planQuery({ consultationId, n: item.n })}`)
  const isIt = async (bookingId: string) => {
    const done = await link.run({ consultationId, n: item.n, bookingId })
    onChanged(done ? `${item.title}，记上了` : null)
  }
  const other = `/pages/consult/book/index?consultationId=${consultationId}&n=${item.n}`
  return (
    <Card tone={isFirst ? 'gold' : 'plain'} label={item.title}>
      <Box className="stack">
        <Box className="stack-tight">
          <Box className="between"><Box className="lead">{item.title}</Box><Tag tone={state.tone}>{state.words}</Tag></Box>
          <Box className="body">{item.reason}</Box>
          {item.rhythm !== null && item.rhythm !== 'once' ? <Box className="small">{rhythmOf(item)}</Box> : null}
          {item.state === 'booked' && item.booking && !isCancelled ? <Box className="strong">{hasOwnPage(item.what) ? `${item.booking.name}，` : ''}{beginsWords(item.booking.startsAt)}</Box> : null}
          {item.state === 'booked' && item.booking && !isCancelled && item.byName ? <Box className="small">{item.byName}约的{item.what === 'meal' ? '，这是第一餐，别的餐在「预约」里' : ''}</Box> : null}
          {item.state === 'booked' && item.seriesId ? <Box className="small">做过 {item.done} 次，约好还没到的 {item.coming} 次</Box> : null}
          {item.state === 'declined' && item.words ? <Box className="small">{item.byName}说：{item.words}</Box> : null}
          {isOpen && mayAnswer && item.offer ? <Box className="strong">{isSeries ? `从 ${beginsWords(item.offer.startsAt)} 起` : whenWords(item.offer.startsAt, item.offer.endsAt)}，{isSeries ? '每次 ' : ''}{priceWords(item.offer.priceFen)}</Box> : null}
          {isOpen && mayAnswer && item.offer ? <Box className="small">{item.offer.providerName}</Box> : null}
          {isOpen && mayAnswer && !item.offer && (item.what === 'service' || item.what === 'activity') ? <Box className="small">{item.what === 'activity' ? '报满了，或已经过了' : '近两周约满了，可以换个时间看看'}</Box> : null}
        </Box>
        {isOpen && item.found ? <Box className="body">{foundWords(item.found)}</Box> : null}
        {book.problem ? <Problem problem={book.problem} /> : null}
        {link.problem ? <Problem problem={link.problem} /> : null}
        {answer.problem ? <Problem problem={answer.problem} /> : null}
        {item.state === 'booked' && item.bookingId && !isCancelled ? <Button kind="outline" onPress={() => open(`/pages/booking/index?bookingId=${item.bookingId ?? ''}`)}>看这次预约</Button> : null}
        {item.state === 'booked' && item.seriesId ? <Button kind="outline" onPress={() => open(`/pages/plan/series/index?seriesId=${item.seriesId ?? ''}`)}>看每一次</Button> : null}
        {mayAnswer && isOpen && item.what === 'service' && item.offer && !isSeries ? <Button kind={kind} label={`约${item.title}，${beginsWords(item.offer.startsAt)}`} isBusy={book.isPending} onPress={take}>就约这个时间</Button> : null}
        {mayAnswer && isOpen && item.what === 'service' ? <Button kind={isSeries ? kind : 'outline'} label={`${item.title}，${isSeries ? '看每一次再约' : '换个时间'}`} onPress={() => open(other)}>{isSeries ? '看每一次，再约' : '换个时间'}</Button> : null}
        {mayAnswer && isOpen && item.what === 'activity' && item.offer ? <Button kind={kind} label={`报名${item.title}`} isBusy={book.isPending} onPress={take}>报名</Button> : null}
        {mayAnswer && isOpen && item.found ? <Button kind={kind} label={`${item.title}，就是${item.found.name}`} isBusy={link.isPending} onPress={() => (item.found ? isIt(item.found.bookingId) : undefined)}>就是这个</Button> : null}
        {mayAnswer && isOpen && item.what === 'meal' ? <Button kind={item.found ? 'outline' : kind} onPress={() => elsewhere(`/pages/meals/order/index?elderId=${view.elderId}`)}>去订餐</Button> : null}
        {mayAnswer && isOpen && item.what === 'stay' ? <Button kind={item.found ? 'outline' : kind} onPress={() => elsewhere(`/pages/stay/book/index?elderId=${view.elderId}&serviceItemId=${item.serviceItemId ?? ''}`)}>去看床位</Button> : null}
        {mayAnswer && isOpen && item.what === 'menu' ? <Button kind={item.found ? 'outline' : kind} onPress={() => elsewhere(`/pages/menu/list/index?elderId=${view.elderId}`)}>去点一样</Button> : null}
        {mayAnswer && isOpen && item.what === 'advice' ? <Button kind={kind} label={`${item.title}，知道了`} isBusy={answer.isPending} onPress={() => say(true)}>知道了，会去办</Button> : null}
        {mayAnswer && item.state === 'open' && !isRefusing ? <Button kind="quiet" label={`${item.title}，不要`} onPress={() => { answer.clear(); setRefusing(true) }}>不要这一样</Button> : null}
        {isRefusing ? <ReasonSheet question={`不要「${item.title}」？顾问看得到为什么，以后还能再约。`} yes="不要" isAside label="为什么" maxLength={80} isBusy={answer.isPending} problem={undefined} onNo={() => setRefusing(false)} onYes={(words) => say(false, words)} /> : null}
      </Box>
    </Card>
  )
}
