/** One service as the social worker looks at it: what happened, how it was proved, what is missing, and what to do about it. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { allergenWords, dishWords, paymentWords, placeWords as mealPlaceWords, quoteWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { absenceWhyWords, missingShown, placeWords, questionWords } from '@/services/staff-words'
import { missingWords, priceWords, briefStatusWords, timelineLines, whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { AnswerOffStep, CallBackStep, NotDeliveredStep, TakeOffStep, VerifyStep } from './review-steps'

const LOOK_AGAIN_MS = 6_000

type Step = 'answerOff' | 'callBack' | 'verify' | 'takeOff' | 'notDelivered' | null
const open = (url: string) => { void Taro.navigateTo({ url }) }

/** What is asked of the social worker now; the first that applies. */
function mainOf(view: BookingView): { step: 'callBack' | 'verify'; say: string; words: string } | null {
  if (view.kind === 'meal') return view.acts.includes('callBack') ? { step: 'callBack', say: '老人收到没有，打个电话问一问。', words: '打电话问' } : null
  const isWhole = view.missing.every((what) => what === 'strongProof')
  if (view.acts.includes('callBack') && !isWhole) return { step: 'callBack', say: '缺的，打个电话问一问就能补上。', words: '打电话回访' }
  if (view.acts.includes('verify')) return { step: 'verify', say: view.missing.length === 0 ? '签到、签退、老人确认都有凭证，时间对得上。' : '看过以后，写明您的判断。', words: '核实' }
  return null
}

/** 护理员 陈霞, 送餐员 赵军, or the house that serves. */
const whoServes = (view: BookingView): string =>
  view.order?.courierName ? `送餐员 ${view.order.courierName}` : view.workerName ? `护理员 ${view.workerName}` : view.providerName

/** "Not delivered" is a verdict, with its own words: it may stand among the acts under either name. */
const mayNotDelivered = (view: BookingView): boolean => view.kind === 'meal' && (view.acts.includes('notDelivered') || view.acts.includes('verify'))

/** The dish, how it comes, what is in it and what it costs. */
function MealFacts({ order }: { order: NonNullable<BookingView['order']> }) {
  return (
    <Card label="餐">
      <Fact term="菜">{dishWords(order.dishName, order.portions)}</Fact>
      {order.sides ? <Fact term="配菜">{order.sides}</Fact> : null}
      <Fact term="怎么取">{mealPlaceWords(order.way, order.siteName)}</Fact>
      {order.allergens.length > 0 ? <Fact term="里面有">{order.allergens.map(allergenWords).join('、')}</Fact> : null}
      <Fact term="费用">{priceWords(order.quote.priceFen)}，{quoteWords(order.quote, '自')}，{paymentWords(order.payment.how)}{order.payment.recordedAt === null ? '' : '，付过了'}</Fact>
      {order.asked.length > 0 ? <Fact term="核对过">{order.asked.map(questionWords).join('、')}</Fact> : null}
      {order.proposal ? <Fact term={order.proposal.asks === 'kitchen' ? '等厨房' : '等老人'}>{order.proposal.what === 'cancel' ? '取消这一餐' : `改成${order.proposal.to?.dishName ?? '别的'}`}</Fact> : null}
    </Card>
  )
}

export function ReviewScreen({ bookingId }: { bookingId: string }) {
  const now = useServerNow()
  const booking = useQuery('booking.show', { bookingId }, { pollMs: LOOK_AGAIN_MS })
  const [step, setStep] = useState<Step>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = booking
  const begin = (next: Step) => { setAnswered(null); setStep(next) }
  const back = () => { setStep(null); booking.reload() }
  const done = (words: string) => { setAnswered(words); back() }

  if (output && step === 'callBack') return <CallBackStep view={output} onBack={back} onDone={done} />
  if (output && step === 'answerOff') return <AnswerOffStep view={output} onBack={back} onDone={done} />
  if (output && step === 'verify') return <VerifyStep view={output} onBack={back} onDone={done} />
  if (output && step === 'takeOff') return <TakeOffStep view={output} hasStarted={now >= output.startsAt} onBack={back} onDone={done} />

  if (output && step === 'notDelivered') return <NotDeliveredStep view={output} onBack={back} onDone={done} />

  const main = output ? mainOf(output) : null
  const may = (act: BookingView['acts'][number]): boolean => output?.acts.includes(act) === true
  return (
    <Screen
      title={output?.kind === 'meal' ? '这一餐' : '这次服务'} subtitle={output?.number}
      foot={main
        ? <Foot say={main.say} other={output?.kind !== 'meal' && main.step === 'callBack' && may('verify') ? <Button kind="outline" onPress={() => begin('verify')}>不打电话，直接核实</Button> : undefined} main={<Button onPress={() => begin(main.step)}>{main.words}</Button>} />
        : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={booking} shape="detail">
        {(view) => (
          <>
            <Card>
              <Box className="stack">
                <PersonLine name={view.elderName} title={`${view.elderName} · ${view.serviceName}`} detail={`${whenWords(view.startsAt, view.endsAt, now)} · ${whoServes(view)}`} />
                <Box className="inline"><Tag tone={briefStatusWords(view, view.as).tone}>{briefStatusWords(view, view.as).words}</Tag></Box>
              </Box>
            </Card>
            {view.offAsk ? <Notice tone="gold" title={`${view.offAsk.kinship ?? ''}${view.offAsk.byName}说来不了：${absenceWhyWords(view.offAsk.why)}`} actions={<Button kind="outline" onPress={() => begin('answerOff')}>定一下</Button>}>{view.offAsk.words ?? '太近了，自己取消不了。'}</Notice> : null}
            {view.absence ? <Notice title={`${view.absence.kinship ?? ''}${view.absence.byName}说：${absenceWhyWords(view.absence.why)}`}>{view.absence.words ?? ''}</Notice> : null}
            {main && view.missing.length > 0 ? <Notice tone="gold" title="还不齐">{missingShown(view.missing).map(missingWords).join('，')}。</Notice> : null}
            {view.order ? <MealFacts order={view.order} /> : null}
            <Card><Timeline lines={timelineLines(view, now)} /></Card>
            {mayNotDelivered(view) ? <Button kind="outline" onPress={() => begin('notDelivered')}>没有送到</Button> : null}
            <Card>
              <Fact term="编号">{view.number}</Fact>
              <Fact term="地址">{placeWords(view.communityName, view.address)}</Fact>
              <Fact term="服务方">{view.providerName}</Fact>
              {view.order ? null : <Fact term="费用">{view.bed ? `${priceWords(view.priceFen)}，补贴 ${priceWords(view.bed.quote.subsidyFen)}，自付 ${priceWords(view.bed.quote.payFen)}` : priceWords(view.priceFen)}</Fact>}
              {view.minutesServed === null ? null : <Fact term="服务了">{view.minutesServed} 分钟</Fact>}
              {view.note ? <Fact term="留言">{view.note}</Fact> : null}
            </Card>
            {view.kind === 'meal' && (may('change') || may('cancel') || may('askKitchen') || may('answerSubstitute'))
              ? <Button kind="outline" onPress={() => open(`/pages/booking/index?bookingId=${view.bookingId}`)}>{may('answerSubstitute') ? '厨房想换菜，替老人答复' : '改这一餐，或取消'}</Button> : null}
            {may('slip') || (view.kind !== 'meal' && now < view.endsAt && (view.status === 'booked' || view.status === 'assigned'))
              ? <Button kind="outline" icon="file-text" onPress={() => open(`/pages/social-worker/slip/index?bookingId=${view.bookingId}`)}>打一张条子</Button> : null}
            {may('extend') || may('leaveEarly') ? <Button kind="outline" icon="calendar-days" onPress={() => open(`/pages/stay/change/index?bookingId=${view.bookingId}`)}>延住，或提前离开</Button> : null}
            {may('sayWhy') ? <Button kind="outline" onPress={() => open(`/pages/life/absent/index?bookingId=${view.bookingId}`)}>问过了，替老人记下为什么没到</Button> : null}
            {may('handOn') ? <Button kind="outline" icon="building-2" onPress={() => open(`/pages/menu-work/hand-on/index?bookingId=${view.bookingId}`)}>转给别家</Button> : null}
            {may('reschedule') ? <Button kind="outline" icon="clock" onPress={() => open(`/pages/${view.menu ? 'menu' : 'plan'}/move/index?bookingId=${view.bookingId}`)}>改时间</Button> : null}
            {may('cancelLate') && !(view.kind === 'meal' && may('cancel')) ? <Button kind="outline" onPress={() => begin('takeOff')}>{view.kind !== 'meal' ? '取消，或没到场' : view.meal?.way === 'delivery' ? '取消这一餐' : '取消，或没来取'}</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
