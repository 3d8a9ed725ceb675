/** A meal as the elder's side sees it: what comes and how, what it costs, what the kitchen asks or is asked, and the acts that are possible now. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BookingView, MealView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { dishAgainstWords, dishWords, lessSubsidyWords, paymentWords, payWords, placeWords } from '@/services/meal-words'
import { against } from '@/domain/diet'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { beginsWords, dayWords, momentWords, priceWords, statusWords, timelineLines, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery, type Query } from '@/services/use-query'
import { CancelSheet, DisputeSheet } from './act-sheets'
import { AskCancelSheet } from './ask-cancel-sheet'
import { CallCommunity } from './call-community'

interface MealBookingProps {
  booking: Query<'booking.show'>
  view: BookingView
  order: MealView
}

type Asking = 'cancel' | 'dispute' | 'askCancel' | null

export function MealBooking({ booking, view, order }: MealBookingProps) {
  const now = useServerNow()
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const received = useAction('meal.received')
  const may = (act: BookingView['acts'][number]): boolean => view.acts.includes(act)
  const close = () => setAsking(null)
  const ask = (what: Asking) => { received.clear(); setAnswered(null); setAsking(what) }
  const done = (words: string) => { setAsking(null); setAnswered(words); booking.reload() }
  const isElderSide = view.as === 'elder' || view.as === 'family'
  const whose = view.as === 'elder' ? '您' : view.elderName
  const sheet = { view, onNo: close, onChanged: booking.reload }
  const state = statusWords(view.status, view.as, order)
  // While it can still be put otherwise: what of it goes against the advice, for those who may read the advice.
  const diet = useQuery('diet.show', isElderSide && view.status === 'booked' ? { elderId: view.elderId } : null)
  const unfit = view.status === 'booked' ? against(diet.output?.diet ?? null, order) : []

  // At the door the code is the one thing to do; once somebody says that it was brought, it is the elder's word.
  const isAtDoor = may('doorCode') && view.status === 'booked'

  const content = () => (
    <>
      {answered ? <Notice title={answered} isAnnounced /> : null}
      <Card>
        <Box className="stack">
          <PersonLine name={view.elderName} title={`${view.elderName} · ${view.serviceName}`} detail={<><Box><Pieces words={whenWords(view.startsAt, view.endsAt, now)} /></Box><Box>{placeWords(order.way, order.siteName)} · {view.providerName}</Box></>} />
          <Box>
            <Box className="lead">{dishWords(order.dishName, order.portions)}</Box>
            {order.sides ? <Box className="small">{order.sides}</Box> : null}
            {unfit.length > 0 ? <Box className="small strong">{dishAgainstWords(unfit)}</Box> : null}
          </Box>
          <Box className="inline"><Tag tone={state.tone}>{state.words}</Tag></Box>
        </Box>
      </Card>
      {order.proposal?.asks === 'kitchen' ? <Notice tone="gold" title="等厨房答复">{order.proposal.what === 'cancel' ? '问了厨房能不能退。' : `问了厨房能不能换成${order.proposal.to ? dishWords(order.proposal.to.dishName, order.proposal.to.portions) : '别的'}。`}厨房答应以前，还是原来订的。</Notice> : null}
      {asking === 'cancel' ? <CancelSheet {...sheet} onDone={() => done('取消好了，这一餐不送了')} /> : null}
      {asking === 'dispute' ? <DisputeSheet {...sheet} onDone={() => done('记下了，社工会打电话来问')} /> : null}
      {asking === 'askCancel' ? <AskCancelSheet {...sheet} onDone={() => done('问了厨房，等厨房答复')} /> : null}
      <Card><Timeline lines={timelineLines(view, now)} /></Card>
      <Card label="这一餐的账">
        <Fact term="编号">{view.number}</Fact>
        {order.way === 'delivery' ? <Fact term="送到">{view.address || '—'}</Fact> : <Fact term={order.way === 'pickUp' ? '取餐' : '吃饭'}>{[order.siteName, order.siteAddress].filter(Boolean).join('，') || '助餐点'}</Fact>}
        {order.courierName === null ? null : <Fact term="送餐员">{order.leftAt === null ? order.courierName : `${order.courierName}，${momentWords(order.leftAt, now)} 出发`}</Fact>}
        <Fact term="总价">{priceWords(order.quote.priceFen)}</Fact>
        {order.quote.subsidyFen > 0 ? <Fact term="街道补">{priceWords(order.quote.subsidyFen)}</Fact> : null}
        <Fact term={view.as === 'elder' ? '您付' : '自付'}>{order.quote.payFen === 0 ? '0 元' : `${priceWords(order.quote.payFen)}，${order.payment.recordedAt === null ? paymentWords(order.payment.how) : `${momentWords(order.payment.recordedAt, now)} 付过了`}`}</Fact>
        {view.note ? <Fact term="留言">{view.note}</Fact> : null}
        {lessSubsidyWords(order.quote) === null ? null : <Box className="small">{lessSubsidyWords(order.quote)}</Box>}
      </Card>
      {asking === null
        ? (
          <>
            {may('dispute') && !may('received') ? <Button kind="outline" onPress={() => ask('dispute')}>没收到</Button> : null}
            {may('change') || may('cancel')
              ? (
                <Box className="stack-tight">
                  <Box className="pair">
                    {may('change') ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/meals/order/index?bookingId=${view.bookingId}` }) }}>改一改</Button> : null}
                    {may('cancel') ? <Button kind="outline" onPress={() => ask('cancel')}>取消这一餐</Button> : null}
                  </Box>
                  <Box className="small">{beginsWords(order.orderUntil, now)} 以前，可以自己改、自己取消。</Box>
                </Box>
              )
              : null}
            {may('askKitchen')
              ? (
                <Box className="stack-tight">
                  <Box className="pair">
                    <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/meals/order/index?bookingId=${view.bookingId}` }) }}>问问换菜</Button>
                    <Button kind="outline" onPress={() => ask('askCancel')}>问问退餐</Button>
                  </Box>
                  <Box className="small">截止时间过了，厨房在备餐，要厨房答应才行。</Box>
                </Box>
              )
              : null}
            {view.status === 'booked' && now > view.startsAt && !may('received') ? <CallCommunity words="有事请给社区打电话。" /> : null}
            {isElderSide && isFinished(view) ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/meals/order/index?elderId=${view.elderId}` }) }}>再订一餐</Button> : null}
          </>
        )
        : null}
    </>
  )

  const sayReceived = async () => { if (await received.run({ bookingId: view.bookingId })) done('记好了，收到了'); else booking.reload() }
  const said = order.courierName === null ? '送餐员' : `送餐员${order.courierName}`
  const foot = () => {
    if (asking !== null) return undefined
    if (may('answerSubstitute') && order.proposal) return <AnswerSubstitute view={view} order={order} onDone={done} onChanged={booking.reload} />
    const problem = received.problem ? <Problem problem={received.problem} /> : null
    if (isAtDoor) {
      return (
        <Foot
          problem={problem} say={order.way === 'delivery' ? `${said}到了门口，把手机上的门码给送餐员看，接过餐。` : '取餐的时候，把手机上的门码给助餐点看。'}
          other={may('received') ? <Button kind="outline" isBusy={received.isPending} onPress={sayReceived}>收到了</Button> : undefined}
          main={<Button icon="key-round" onPress={() => { void Taro.navigateTo({ url: `/pages/door-code/index?bookingId=${view.bookingId}&kind=meal` }) }}>打开门码</Button>}
        />
      )
    }
    if (!may('received')) return undefined
    return (
      <Foot
        problem={problem} say={view.status === 'handedOver' ? `${said}说，${whose}的${view.serviceName}送到了。收到了吗？` : `${whose}的${view.serviceName}收到了吗？`}
        other={may('dispute') ? <Button kind="outline" onPress={() => ask('dispute')}>没收到</Button> : undefined}
        main={<Button icon="check" isBusy={received.isPending} onPress={sayReceived}>收到了</Button>}
      />
    )
  }
  return <Screen title="这一餐" subtitle={view.number} foot={foot()}><Content of={booking} shape="detail">{content}</Content></Screen>
}

const isFinished = (view: BookingView): boolean => ['delivered', 'cancelled', 'rejected', 'noShow'].includes(view.status)

/** The kitchen would like to cook something else; the elder's side decides. */
function AnswerSubstitute({ view, order, onDone, onChanged }: { view: BookingView; order: MealView; onDone: (words: string) => void; onChanged: () => void }) {
  const answer = useAction('meal.answerSubstitute')
  const { proposal } = order
  const to = proposal?.to ? dishWords(proposal.to.dishName, proposal.to.portions) : '别的菜'
  const sentence = `${view.providerName}想把${dayWords(view.onDate)}${view.serviceName}的${order.dishName}换成${to}${proposal?.words ? `：${proposal.words}` : ''}。换了不加钱，${payWords(order.quote, view.as === 'elder' ? '您' : '自')}。同意吗？`
  const read = useReadAloud(sentence)
  const say = async (accept: boolean) => { if (await answer.run({ bookingId: view.bookingId, accept })) onDone(accept ? `好的，换成${to}` : '好的，不换，厨房知道了'); else onChanged() }
  return (
    <Foot
      say={<>{sentence}<Box><ReadAloud {...read} /></Box></>} problem={answer.problem ? <Problem problem={answer.problem} /> : null}
      other={<Button kind="outline" isBusy={answer.isPending} onPress={() => say(false)}>不要换</Button>} main={<Button isBusy={answer.isPending} onPress={() => say(true)}>同意换</Button>}
    />
  )
}
