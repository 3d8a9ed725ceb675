/** The first screen: for whom, what comes next, what waits for a word, and the way to something new. One call. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink, Tile } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { civilDate, greeting, spokenDate } from '@/domain/civil-time'
import { dial } from '@/services/device'
import { asOption, useForWhom } from '@/services/for-whom'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { whenWords } from '@/services/timeline-words'
import { isDoorTime, NextVisit } from './next-visit'

type Home = OutputOf<'home.show'>
type Booking = Home['toConfirm'][number]

const open = (url: string) => { void Taro.navigateTo({ url }) }
const openBooking = (bookingId: string) => open(`/pages/booking/index?bookingId=${bookingId}`)

/** How often the first screen looks again, ms: it shows what others do, and is left open on kitchen tables. */
const LOOK_AGAIN_MS = 8_000

export function HomeScreen() {
  const now = useServerNow()
  const { home, elder, elders, choose } = useForWhom({ pollMs: LOOK_AGAIN_MS })
  const roles = home.output?.me.roles.map((grant) => grant.role)
  const mayShowCode = elder?.scopes.includes('book') === true
  // While somebody is at the door, the code is the one thing to do.
  const atTheDoor = mayShowCode ? (home.output?.next ?? []).filter((booking) => isDoorTime(booking, now)) : []
  const isAtTheDoor = atTheDoor.length > 0
  const mainCodeOf = (atTheDoor.find((booking) => booking.status === 'checkedIn') ?? atTheDoor[0])?.bookingId
  const codeOf = (booking: Booking) => (booking.bookingId === mainCodeOf ? 'main' : atTheDoor.includes(booking) ? 'other' : 'none')
  return (
    <Screen title="掌上乐龄" subtitle={home.output?.subdistrictName} hasBack={false} tabBar={<TabBar items={roles ? tabsFor(roles) : tabsFor()} current="home" />}>
      <Content of={home} shape="tiles">
        {(output) => (
          <>
            <Box>
              <Box className="hello">{greeting(now)}，{output.me.name}</Box>
              <Box className="small">{spokenDate(civilDate(now))}</Box>
            </Box>
            {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
            {output.requestsWaiting.map((request) => (
              <CardLink key={request.delegationRequestId} tone="gold" onPress={() => open('/pages/family/of-me/index')}>
                <Tag tone="gold">等您答复</Tag>
                <Box className="lead">{request.kinship}{request.fromName}想替您办事 ›</Box>
              </CardLink>
            ))}
            {output.toConfirm.map((booking) => <ToConfirm key={booking.bookingId} booking={booking} isMine={elder?.isMe === true} />)}
            {output.next.length > 0 ? <Heading level={2} className="section">接下来</Heading> : null}
            {output.next.map((booking, index) => (
              <NextVisit
                key={booking.bookingId} booking={booking} now={now} isFirst={index === 0} code={codeOf(booking)} isOneOfSeveral={atTheDoor.length > 1}
                onOpen={() => openBooking(booking.bookingId)} onCode={() => open(`/pages/door-code/index?bookingId=${booking.bookingId}`)}
              />
            ))}
            {elder && (elder.isMe || elder.scopes.includes('book'))
              ? <Tile isHero={!isAtTheDoor} icon="house-heart" title="上门照护" words={output.next.length > 0 ? '助浴 理发 陪诊 助洁' : `给${elder.isMe ? '自己' : elder.name}约助浴、理发、陪诊、助洁`} onPress={() => open(`/pages/services/index?elderId=${elder.personId}`)} />
              : elder ? <Notice tone="gold" icon="users" title={`${elder.name}没有把预约交给您办`}>想替老人约，请在「家人」里再请老人同意一次。</Notice> : null}
            <Box className="pair">
              <Tile icon="calendar-days" title="我的预约" words="要来的和以前的" onPress={() => { void Taro.reLaunch({ url: '/pages/bookings/index' }) }} />
              <Tile icon="users" title="家人" words="谁替谁办事" onPress={() => open('/pages/family/mine/index')} />
            </Box>
            {output.me.standing === 'unverified' ? <Unseen communityName={output.me.communityName} /> : null}
            {output.dutyPhone ? <Button kind="outline" icon="phone-call" label={`打电话给社区，${output.dutyPhone}`} onPress={() => dial(output.dutyPhone)}>打电话给社区</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

function ToConfirm({ booking, isMine }: { booking: Booking; isMine: boolean }) {
  return (
    <CardLink tone="gold" onPress={() => openBooking(booking.bookingId)}>
      <Tag tone="gold">等您确认</Tag>
      <Box className="lead">{booking.workerName ?? '护理员'}给{isMine ? '您' : booking.elderName}{booking.serviceName}做完了，请确认 ›</Box>
      <Box className="small">{whenWords(booking.startsAt, booking.endsAt)}</Box>
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
