/**
 * The first screen: who needs help, for whom, a meal to order and right below it what comes next, then what waits for a
 * word, then the rest; help in reach. Somebody at the door stands before everything but danger. One call.
 */
import Taro from '@tarojs/taro'
import { useCallback, useState, type ReactElement } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading, Words } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { CardLink, Tile } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { useTextSize, type TextSize } from '@/components/text-size'
import { civilDate, greeting, spokenDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { accountSeen } from '@/services/cache'
import { dial } from '@/services/device'
import { asOption, useForWhom } from '@/services/for-whom'
import { cutoffWords, sittingWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { dayWords, whenWords } from '@/services/timeline-words'
import { pairWhenWords } from '@/services/volunteer-words'
import { CallBar } from './call-bar'
import { HelperLine } from './helper-line'
import { isDoorTime, NextVisit } from './next-visit'
import { OfferCard } from './offer-card'
import { SafetyLine } from './safety-line'
import { WellCard } from './well-card'

type Home = OutputOf<'home.show'>
type Booking = Home['toConfirm'][number]

const open = (url: string) => { void Taro.navigateTo({ url }) }
const openBooking = (bookingId: string) => open(`/pages/booking/index?bookingId=${bookingId}`)

/** How often the first screen looks again, ms: it shows what others do, and is left open on kitchen tables. */
const LOOK_AGAIN_MS = 8_000

/** Help as it is called for: for whom, and where it leads. */
export interface Call {
  /** '' is whoever uses the phone */
  elderId: string
  name: string
  onBack: () => void
  onHeard: (safetyCaseId: string, isNew: boolean) => void
}

/** Who moved out, or whose family looks here after a death: plainly, and whom to call. */
const Gone = ({ home }: { home: Home }) => (
  <Notice
    icon="file-text" title={`${home.me.name}的服务都停了`}
    actions={home.left === 'died' ? <Button kind="outline" onPress={() => dial(home.dutyPhone)}>打给社区</Button> : <Button kind="outline" onPress={() => open('/pages/my-record/export/index')}>导出我的记录</Button>}
  >{home.left === 'died' ? '有事请打给社区。' : '迁出了。记录还能看、能导出。'}</Notice>
)

/** `callScreen` draws 一键呼叫 in place of the first screen, so that it is there without a network. */
export function HomeScreen({ callScreen }: { callScreen: (call: Call) => ReactElement }) {
  const now = useServerNow()
  const { size } = useTextSize()
  const { home, elder, elders, choose } = useForWhom({ pollMs: LOOK_AGAIN_MS })
  const { output, reload } = home
  const roles = output?.me.roles.map((grant) => grant.role)
  const mayBook = elder?.isMe === true || elder?.scopes.includes('book') === true
  // While somebody is at the door, the code is the one thing to do.
  const withCode = elder?.scopes.includes('book') === true ? (output?.next ?? []).filter((booking) => isDoorTime(booking, now)) : []
  const isAtTheDoor = withCode.length > 0
  const mainCodeOf = (withCode.find((booking) => booking.status === 'checkedIn') ?? withCode[0])?.bookingId
  const atTheDoor = [...withCode].sort((a, b) => Number(b.bookingId === mainCodeOf) - Number(a.bookingId === mainCodeOf))
  const codeOf = (booking: Booking) => (booking.bookingId === mainCodeOf ? 'main' : atTheDoor.includes(booking) ? 'other' : 'none')
  // Somebody else is called for only with the right to hear of them; otherwise it is a call for oneself.
  const other = elder && !elder.isMe && elder.scopes.includes('alerts') ? elder : undefined
  const [calling, setCalling] = useState<{ elderId: string; name: string } | null>(null)
  const call = () => { setTakenBack(false); setCalling({ elderId: other?.personId ?? output?.me.personId ?? accountSeen() ?? '', name: other?.name ?? '' }) }
  const [isTakenBack, setTakenBack] = useState(false)
  const onBack = useCallback(() => { setCalling(null); setTakenBack(true) }, [])
  const onHeard = useCallback((safetyCaseId: string, isNew: boolean) => { setCalling(null); open(`/pages/safety/case/index?safetyCaseId=${safetyCaseId}${isNew ? '' : '&again=1'}`) }, [])
  const well = output?.daily && elder && (elder.isMe || elder.scopes.includes('alerts')) ? <WellCard key={elder.personId} daily={output.daily} elder={elder} isMain={elder.isMe && !isAtTheDoor} onDone={reload} /> : null
  const isWellFirst = output?.daily?.isDone === false && elder?.isMe === true
  // What comes next stands before what is new: everybody who is at the door, otherwise the next one.
  const first = isAtTheDoor ? atTheDoor : (output?.next ?? []).slice(0, 1)
  const later = (output?.next ?? []).filter((booking) => !first.includes(booking))
  const coming = (booking: Booking, isFirst: boolean) => (
    <NextVisit
      key={booking.bookingId} booking={booking} now={now} isFirst={isFirst} code={codeOf(booking)} isOneOfSeveral={atTheDoor.length > 1}
      onOpen={() => (booking.activity ? open(`/pages/activities/activity/index?activityId=${booking.activity.activityId}&elderId=${booking.elderId}`) : openBooking(booking.bookingId))} onCode={() => open(`/pages/door-code/index?bookingId=${booking.bookingId}&kind=${booking.kind}`)}
    />
  )
  const comesNext = first.map((booking, index) => coming(booking, index === 0))
  const helper = (one: Home['helpers'][number]) => (
    <HelperLine
      key={one.shiftId} helper={one} whose={elder?.isMe === true ? '您' : (elder?.name ?? '')} now={now}
      onShift={() => open(`/pages/volunteer/shift/index?shiftId=${one.shiftId}`)} onCode={() => open(`/pages/volunteer/code/index?taskId=${one.taskId}`)}
    />
  )
  if (calling) return callScreen({ ...calling, onBack, onHeard })
  return (
    <Screen
      title="掌上乐龄" subtitle={output?.subdistrictName} hasBack={false}
      tabBar={<CallBar words={other ? `替${other.name}一键呼叫` : '一键呼叫 家人和社区'} onCall={call}><TabBar items={roles ? tabsFor(roles) : tabsFor()} current="home" /></CallBar>}
    >
      <Content of={home} shape="tiles">
        {(shown) => shown.left ? <Gone home={shown} /> : (
          <>
            {shown.farewells?.map((one) => <CardLink key={one.lifeEventId} onPress={() => open(`/pages/life/farewell/index?lifeEventId=${one.lifeEventId}`)}><Box className="body">{one.name}的服务都停了，看说明 ›</Box></CardLink>)}
            {/* Whoever stands at the door is not kept waiting by a greeting. */}
            {isAtTheDoor ? null : (
              <Box>
                <Box className="hello">{greeting(now)}，{shown.me.name}</Box>
                <Box className="small">{spokenDate(civilDate(now))}</Box>
              </Box>
            )}
            {isTakenBack ? <Notice title="没有呼叫" isAnnounced /> : null}
            {shown.safety.map((safety) => <SafetyLine key={safety.safetyCaseId} safety={safety} now={now} onOpen={() => open(`/pages/safety/case/index?safetyCaseId=${safety.safetyCaseId}`)} />)}
            {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
            {isAtTheDoor || !mayBook ? comesNext : null}
            {elder && mayBook
              ? <Tile isHero={!isAtTheDoor} icon="soup" title="订餐送到家" words={<Pieces words={mealWords(shown.meal, now, size)} />} onPress={() => open(`/pages/meals/order/index?elderId=${elder.personId}${shown.meal ? `&onDate=${shown.meal.onDate}&sitting=${shown.meal.sitting}` : ''}`)} />
              : elder ? <Notice tone="gold" icon="users" title={`${elder.name}没有把预约交给您办`}>想替老人约，请在「家人」里再请老人同意一次。</Notice> : null}
            {isAtTheDoor || !mayBook ? null : comesNext}
            {elder ? shown.offers.map((offered) => <OfferCard key={offered.slotId} offered={offered} elderId={elder.personId} whose={elder.isMe ? '您' : elder.name} now={now} onDone={reload} />) : null}
            {shown.notices.map((notice) => elder && <NoticeLine key={notice.noticeId} notice={notice} onOpen={() => open(`/pages/notices/notice/index?noticeId=${notice.noticeId}&elderId=${elder.personId}`)} />)}
            {shown.helpers.filter((one) => !one.asksMe).map(helper)}
            {shown.toConfirm.map((booking) => <ToConfirm key={booking.bookingId} booking={booking} isMine={elder?.isMe === true} />)}
            {shown.helpers.filter((one) => one.asksMe).map(helper)}
            {shown.pairsWaiting.map((pair) => (
              <CardLink key={pair.pairId} tone="gold" onPress={() => open('/pages/volunteer/pairs/index')}>
                <Tag tone="gold">等您答复</Tag>
                <Box className="lead">志愿者{pair.volunteerName}想每周来{elder?.isMe === true ? '帮您' : `帮${elder?.name ?? '老人'}`} ›</Box>
                <Box className="body">{pairWhenWords(pair)}，{pair.title}</Box>
              </CardLink>
            ))}
            {shown.requestsWaiting.map((request) => (
              <CardLink key={request.delegationRequestId} tone="gold" onPress={() => open('/pages/family/of-me/index')}>
                <Tag tone="gold">等您答复</Tag>
                <Box className="lead">{request.kinship}{request.fromName}想替您办事 ›</Box>
              </CardLink>
            ))}
            {isWellFirst ? well : null}
            {later.length > 0 ? <Heading level={2} className="strong">再往后</Heading> : null}
            {later.map((booking) => coming(booking, false))}
            {shown.comingCount > shown.next.length ? <TextLink onPress={() => { void Taro.reLaunch({ url: '/pages/bookings/index' }) }}>还有 {shown.comingCount - shown.next.length} 个</TextLink> : null}
            {isWellFirst ? null : well}
            <Box className="pair">
              {elder && mayBook ? <Tile icon="house-heart" title="上门照护" words="助浴 陪诊 短住" onPress={() => open(`/pages/services/index?elderId=${elder.personId}`)} /> : null}
              {elder && mayBook ? <Tile icon="calendar-days" title="活动、课程" words="报个名，一起来" onPress={() => open('/pages/activities/list/index')} /> : null}
              <Tile icon="bell" title="通知" words="停水 体检 活动" onPress={() => open('/pages/notices/list/index')} />
              <Tile icon="users" title="家人" words="谁替谁办事" onPress={() => open('/pages/family/mine/index')} />
              {elder && mayBook ? <Tile icon="clipboard-list" title="一键办事" words="想办什么，查一查" onPress={() => open('/pages/circle/matters/index')} /> : null}
              {elder && mayBook ? <Tile icon="map-pin" title="身边服务" words="走 15 分钟内，找人" onPress={() => open('/pages/circle/around/index')} /> : null}
            </Box>
            {shown.points && elder ? <PointsLine points={shown.points} whose={elder.isMe ? '' : elder.name} onOpen={(codes) => (codes ? open(`/pages/points/code/index?personId=${elder.personId}`) : Taro.reLaunch({ url: '/pages/points/passbook/index' }))} /> : null}
            {shown.me.standing === 'unverified' ? <Unseen communityName={shown.me.communityName} /> : null}
            {shown.dutyPhone ? <Button kind="outline" icon="phone-call" label={`打电话给社区，${shown.dutyPhone}`} onPress={() => dial(shown.dutyPhone)}>打电话给社区</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** From here on there are few enough to say so at every text size. */
const FEW = 10

/** 明天晚餐 明天 15:00 前可订 还剩 36 份, in pieces that stay whole; at the largest text plenty is not counted, so that what comes next stays in sight. */
const mealWords = (meal: Home['meal'], now: number, size: TextSize): string => (meal === null ? '看看这周的菜单'
  : [`${dayWords(meal.onDate, now)}${sittingWords(meal.sitting)}`, `${cutoffWords(meal.orderUntil, meal.onDate, now).replace(' ', '\u00a0')}\u00a0前可订`, ...(size < 30 || meal.remaining <= FEW ? [`还剩\u00a0${meal.remaining}\u00a0份`] : [])].join(' '))

/** What matters now of the notices: 人人要知道 周三上午停水，请先储水. */
function NoticeLine({ notice, onOpen }: { notice: Home['notices'][number]; onOpen: () => void }) {
  return (
    <CardLink tone={notice.asksMe ? 'gold' : 'plain'} onPress={onOpen}>
      <Box className="lead">
        <Tag tone={notice.asksMe ? 'gold' : 'willow'}>{notice.isWithdrawn ? '撤回了' : notice.isCorrected ? '改过了' : notice.asksMe ? '人人要知道' : '要紧'}</Tag>
        <Words> {notice.title}{'\u00a0'}›</Words>
      </Box>
    </CardLink>
  )
}

function ToConfirm({ booking, isMine }: { booking: Booking; isMine: boolean }) {
  const whose = isMine ? '您' : booking.elderName
  const question = booking.kind === 'stay' || booking.kind === 'dayCare' ? `${whose}的${booking.serviceName}结束了，请确认` : booking.meal === null ? (isMine ? `${booking.workerName ?? '护理员'}的${booking.serviceName}做完了，请确认` : `${whose}的${booking.serviceName}，${booking.workerName ?? '护理员'}做完了，请确认`)
    : booking.status === 'booked' ? `${whose}的${booking.serviceName}，厨房想换一道菜，请答复` : `送餐员说${whose}的${booking.serviceName}送到了，收到了吗`
  return (
    <CardLink tone="gold" onPress={() => openBooking(booking.bookingId)}>
      <Box className="between"><Tag tone="gold">{booking.meal === null || booking.status !== 'booked' ? '等您确认' : '等您答复'}</Tag><Box className="label">{whenWords(booking.startsAt, booking.endsAt)}</Box></Box>
      <Box className="lead">{question} ›</Box>
    </CardLink>
  )
}

/** What can be spent, and what was redeemed and waits to be collected: that is opened first. */
function PointsLine({ points, whose, onOpen }: { points: NonNullable<Home['points']>; whose: string; onOpen: (codes: boolean) => void }) {
  return (
    <CardLink tone={points.openCodes > 0 ? 'gold' : 'plain'} onPress={() => onOpen(points.openCodes > 0)}>
      <Box className="between">
        <Box className="lead">{whose}积分 {pointsWords(points.spendable)} ›</Box>
        {points.openCodes > 0 ? <Tag tone="gold">{points.openCodes} 样等着取</Tag> : null}
      </Box>
    </CardLink>
  )
}

function Unseen({ communityName }: { communityName: string }) {
  return (
    <Notice tone="gold" icon="badge-check" title="社工还没有见过您">
      现在就能约服务。请家人代办、替家人办，要等见过面：带上身份证到{communityName}社区，几分钟就好。
    </Notice>
  )
}
