/** One booking as the elder's side sees it: what happened and what comes, and exactly the acts that are possible now. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { PersonLine } from '@/components/person'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { nameStatusWords } from '@/services/activity-words'
import { call } from '@/services/call'
import { useServerNow } from '@/services/server-clock'
import { missingWords, momentWords, priceWords, briefStatusWords, timelineLines, whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { CancelSheet, DisputeSheet, VouchSheet } from './act-sheets'
import { CallCommunity } from './call-community'
import { ConfirmVisit } from './confirm-visit'
import { MealBooking } from './meal-booking'
import { PayWithPoints } from './pay-with-points'

/** While somebody else has the next step, ms. */
const LOOK_AGAIN_MS = 5_000
const isOver = (view: BookingView | undefined): boolean => view !== undefined && ['verified', 'partly', 'rejected', 'cancelled', 'noShow', 'delivered'].includes(view.status)

const stateOf = (view: BookingView) => (view.activity ? nameStatusWords(view.status) : briefStatusWords(view))

const isElderSide = (view: BookingView): boolean => view.as === 'elder' || view.as === 'family'

/** To the times of the same service, if it is still offered, with what was told to the care worker; otherwise to what is offered. */
async function bookAgain(view: BookingView): Promise<void> {
  if (view.menu) return void (await Taro.navigateTo({ url: `/pages/menu/list/index?elderId=${view.elderId}` }))
  const offered = await call('catalogue.list', { elderId: view.elderId }).then(({ services }) => services, () => [])
  const same = offered.filter((one) => one.name === view.serviceName)
  const service = same.find((one) => one.providerName === view.providerName) ?? same[0]
  await Taro.navigateTo({ url: service ? `/pages/service/index?serviceItemId=${service.serviceItemId}&elderId=${view.elderId}&againOf=${view.bookingId}` : `/pages/services/index?elderId=${view.elderId}` })
}

type Asking = 'cancel' | 'dispute' | 'vouchCheckIn' | 'vouchCheckOut' | null

export function BookingScreen({ bookingId }: { bookingId: string }) {
  const [wasOver, setOver] = useState(false)
  const booking = useQuery('booking.show', { bookingId }, wasOver ? {} : { pollMs: LOOK_AGAIN_MS })
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const now = useServerNow()
  const { output } = booking
  if (isOver(output) !== wasOver) setOver(isOver(output))

  const done = (words: string) => { setAsking(null); setAnswered(words); booking.reload() }
  const close = () => setAsking(null)
  const may = (act: BookingView['acts'][number]): boolean => output?.acts.includes(act) === true
  const isConfirming = may('confirm') && asking === null

  const content = (view: BookingView) => (
    <>
      {answered ? <Notice title={answered} isAnnounced /> : null}
      <Card>
        <Box className="stack">
          <PersonLine name={view.elderName} title={`${view.elderName} · ${view.serviceName}`} detail={<><Box><Pieces words={whenWords(view.startsAt, view.endsAt, now)} /></Box><Box>{view.workerName ? `${view.menu ? view.providerName : '护理员'} ${view.workerName}` : view.providerName}</Box></>} />
          <Box className="inline"><Tag tone={stateOf(view).tone}>{stateOf(view).words}</Tag></Box>
        </Box>
      </Card>
      {asking === 'cancel' ? <CancelSheet view={view} onDone={() => done('取消好了，时间已经让出来')} onNo={close} onChanged={booking.reload} /> : null}
      {asking === 'dispute' ? <DisputeSheet view={view} onDone={() => done('记下了，社工会打电话来问')} onNo={close} onChanged={booking.reload} /> : null}
      {asking === 'vouchCheckIn' ? <VouchSheet view={view} moment="checkIn" onDone={() => done('记好了，护理员到了')} onNo={close} onChanged={booking.reload} /> : null}
      {asking === 'vouchCheckOut' ? <VouchSheet view={view} moment="checkOut" onDone={() => done('记好了，护理员走了')} onNo={close} onChanged={booking.reload} /> : null}
      <Card><Timeline lines={timelineLines(view, now)} /></Card>
      {view.status === 'confirmed' && view.missing.length > 0 && !view.isWeakProof
        ? <Notice tone="gold" title="凭证还不齐">{view.missing.map(missingWords).join('，')}。社工会打电话来核对。</Notice> : null}
      {view.isWeakProof && !isOver(view)
        ? <Notice tone="gold" title="有一处凭证较弱">门卡、或家属点的，比不上门码和老人自己点。社工核实时会再看一看。</Notice> : null}
      <Card>
        <Fact term="编号">{view.number}</Fact>
        {view.bed ? null : <Fact term={view.activity ? '在哪里' : '上门到'}>{view.activity ? view.activity.place : view.address || '—'}</Fact>}
        <Fact term={view.bed ? '去哪里' : '服务方'}>{view.providerName}</Fact>
        <Fact term="费用">{priceWords(view.priceFen)}{view.bed ? `，补贴 ${priceWords(view.bed.quote.subsidyFen)}，自付 ${priceWords(view.bed.quote.payFen)}` : ''}</Fact>
        {view.bed ? <Fact term="带上">{view.bed.bring.join('、')}</Fact> : null}
        {view.note ? <Fact term="留言">{view.note}</Fact> : null}
      </Card>
      {view.seriesId ? <Button kind="outline" icon="calendar-days" onPress={() => { void Taro.navigateTo({ url: `/pages/plan/series/index?seriesId=${view.seriesId ?? ''}` }) }}>每周的安排</Button> : null}
      {isElderSide(view) && view.kind === 'homeCare' ? <PayWithPoints view={view} onChanged={booking.reload} /> : null}
      {may('dispute') && !may('confirm') && asking === null ? <Button kind="outline" onPress={() => { setAnswered(null); setAsking('dispute') }}>有疑问</Button> : null}
      {(may('extend') || may('leaveEarly')) && asking === null ? <Button kind="outline" icon="calendar-days" onPress={() => { void Taro.navigateTo({ url: `/pages/stay/change/index?bookingId=${view.bookingId}` }) }}>延住，或提前离开</Button> : null}
      {may('reschedule') && asking === null ? <Button kind="outline" icon="clock" onPress={() => { void Taro.navigateTo({ url: `/pages/${view.menu ? 'menu' : 'plan'}/move/index?bookingId=${view.bookingId}` }) }}>改时间</Button> : null}
      {may('cancel') && asking === null
        ? (
          <Box className="stack-tight">
            <Button kind="outline" onPress={() => { setAnswered(null); setAsking('cancel') }}>取消这次预约</Button>
            <Box className="small">{momentWords(view.cancelUntil, now)} 以前，都可以自己改、自己取消。</Box>
          </Box>
        )
        : null}
      {may('askOff') || may('sayWhy') ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/life/absent/index?bookingId=${view.bookingId}` }) }}>{may('askOff') ? '来不了，告诉社工' : '那天怎么了？说一声'}</Button> : null}
      {view.offAsk ? <Notice tone="gold" title="说了来不了，等社工定" /> : null}
      {(view.status === 'booked' || view.status === 'assigned') && !may('cancel') && !may('askOff') ? <CallCommunity words="离开始太近，要改要取消，请给社区打电话，由社工来定。" /> : null}
      {view.activity ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/activities/activity/index?activityId=${view.activity?.activityId ?? ''}&elderId=${view.elderId}` }) }}>看这个活动，到了签到</Button> : null}
      {isElderSide(view) && !view.activity && (isOver(view) || view.status === 'confirmed') ? <Button kind="outline" onPress={() => bookAgain(view)}>再约一次</Button> : null}
    </>
  )

  if (output?.order) return <MealBooking booking={booking} view={output} order={output.order} />
  if (output && isConfirming) {
    return (
      <ConfirmVisit view={output} onDone={() => done('确认好了，社工会来核实')} onDispute={() => { setAnswered(null); setAsking('dispute') }} onChanged={booking.reload}>
        <Content of={booking} shape="detail">{content}</Content>
      </ConfirmVisit>
    )
  }
  const worker = output?.menu ? '来的人' : '护理员'
  const vouch = may('vouchCheckIn') ? 'vouchCheckIn' : may('vouchCheckOut') ? 'vouchCheckOut' : null
  return (
    <Screen
      title="这次预约" subtitle={output?.number}
      foot={may('doorCode') && asking === null
        ? (
          <Foot
            say={output?.bed ? `${output.status === 'booked' ? '到' : '走'}的时候，把手机上的门码给工作人员看。` : may('vouchCheckIn') ? `${output?.workerName ?? '护理员'}到了门口，再把手机上的门码给${worker}看。` : `${output?.workerName ?? '护理员'}走的时候，再把门码给${worker}看一次。`}
            other={vouch ? <Button kind="outline" onPress={() => { setAnswered(null); setAsking(vouch) }}>{vouch === 'vouchCheckIn' ? '人到了' : '人走了'}</Button> : undefined}
            main={<Button icon="key-round" onPress={() => { void Taro.navigateTo({ url: `/pages/door-code/index?bookingId=${bookingId}` }) }}>打开门码</Button>}
          />
        )
        : undefined}
    >
      <Content of={booking} shape="detail">{content}</Content>
    </Screen>
  )
}
