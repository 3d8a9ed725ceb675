/** 预约: what comes and what was, of one elder. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BookingBrief } from '@/contract'
import { Box, Heading } from '@/components/box'
import { TextLink } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Pieces } from '@/components/pieces'
import { PersonChooser } from '@/components/person-chooser'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { nameStatusWords } from '@/services/activity-words'
import { asOption, useForWhom } from '@/services/for-whom'
import { dishWords, placeWords } from '@/services/meal-words'
import { tabsFor } from '@/services/tabs'
import { dayWords, briefStatusWords, whenWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'

/** What comes is changed by others, ms. */
const LOOK_AGAIN_MS = 10_000

export function BookingsScreen() {
  const { home, elder, elders, choose } = useForWhom()
  const [when, setWhen] = useState<'coming' | 'past'>('coming')
  return (
    <Screen title="预约" hasBack={false} tabBar={<TabBar items={tabsFor()} current="bookings" />}>
      {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
      {elder ? <Box className="inline"><TextLink onPress={() => { void Taro.navigateTo({ url: '/pages/plan/calendar/index' }) }}>日历</TextLink><TextLink onPress={() => { void Taro.navigateTo({ url: `/pages/plan/list/index?elderId=${elder.personId}` }) }}>每周的安排</TextLink></Box> : null}
      <Segments label="哪些预约" parts={[{ key: 'coming', words: '要来的' }, { key: 'past', words: '以前的' }]} selected={when} onChoose={(key) => setWhen(key === 'past' ? 'past' : 'coming')} />
      {elder ? <BookingList key={when} elderId={elder.personId} name={elder.isMe ? '您' : elder.name} when={when} /> : <Content of={home}>{() => <Empty title="还没有可以看的人" next="先在「我的」里请家里老人同意您来办。" />}</Content>}
    </Screen>
  )
}

function BookingList({ elderId, name, when }: { elderId: string; name: string; when: 'coming' | 'past' }) {
  const pages = usePages('booking.list', { elderId, when }, when === 'coming' ? { pollMs: LOOK_AGAIN_MS } : {})
  const { first, items, problem } = pages
  // What was cancelled does not come any more; it stays in sight, apart, until its day has passed.
  const isOff = (booking: BookingBrief) => when === 'coming' && booking.status === 'cancelled'
  const standing = items.filter((booking) => !isOff(booking))
  const cancelled = items.filter(isOff)
  return (
    <Content of={first}>
      {() => items.length === 0 && !first.output?.waits
        ? when === 'coming'
          ? <NothingComing elderId={elderId} name={name} />
          : <Empty title="还没有以前的预约" next="做完的、取消的，都会留在这里。" />
        : (
          <Box className="stack">
            {first.output?.waits ? <Waits waits={first.output.waits} offers={first.output.offers} elderId={elderId} /> : null}
            {inGroups(standing).map((group) => (Array.isArray(group) ? <MealsCard key={group[0]?.bookingId} meals={group} /> : <BookingCard key={group.bookingId} booking={group} />))}
            {standing.length === 0 ? <NothingComing elderId={elderId} name={name} /> : null}
            {cancelled.length > 0 ? <Heading level={2} className="section">已取消</Heading> : null}
            {inGroups(cancelled).map((group) => (Array.isArray(group) ? <MealsCard key={group[0]?.bookingId} meals={group} /> : <BookingCard key={group.bookingId} booking={group} />))}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} />
          </Box>
        )}
    </Content>
  )
}

/** Meals that follow each other stand in one card, so that a visit is not lost among them. */
function inGroups(bookings: readonly BookingBrief[]): (BookingBrief | BookingBrief[])[] {
  const groups: (BookingBrief | BookingBrief[])[] = []
  for (const booking of bookings) {
    const last = groups[groups.length - 1]
    if (booking.meal === null) groups.push(booking)
    else if (Array.isArray(last)) last.push(booking)
    else groups.push([booking])
  }
  return groups
}

function MealsCard({ meals }: { meals: readonly BookingBrief[] }) {
  return (
    <Card>
      <Rows label="订餐">
        {meals.map((booking) => {
          const { words, tone } = briefStatusWords(booking)
          return (
            <Row
              key={booking.bookingId} title={<Pieces words={`${dayWords(booking.onDate)} ${booking.serviceName}`} />} detail={booking.meal ? `${dishWords(booking.meal.dishName, booking.meal.portions)} · ${placeWords(booking.meal.way, booking.meal.siteName)}` : ''}
              end={<Tag tone={tone}>{words}</Tag>} onPress={() => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${booking.bookingId}` }) }}
            />
          )
        })}
      </Rows>
    </Card>
  )
}

/** Where this elder waits; what is held for them asks for an answer. */
function Waits({ waits, offers, elderId }: { waits: number; offers: number; elderId: string }) {
  return (
    <CardLink tone={offers > 0 ? 'gold' : 'plain'} onPress={() => { void Taro.navigateTo({ url: `/pages/waitlist/mine/index?elderId=${elderId}` }) }}>
      <Box className="between"><Box className="lead">候补 {waits} 个 ›</Box>{offers > 0 ? <Tag tone="gold">有名额，等您答复</Tag> : null}</Box>
    </CardLink>
  )
}

function NothingComing({ elderId, name }: { elderId: string; name: string }) {
  return <Empty title={`${name}还没有要来的预约`} next="订了餐，约了助浴、理发、陪诊、助洁，报了活动，会放在这里。" action={{ words: '去看看上门照护', onPress: () => { void Taro.navigateTo({ url: `/pages/services/index?elderId=${elderId}` }) } }} />
}

function BookingCard({ booking }: { booking: BookingBrief }) {
  const { words, tone } = booking.activity ? nameStatusWords(booking.status) : briefStatusWords(booking)
  return (
    <CardLink onPress={() => { void Taro.navigateTo({ url: booking.activity ? `/pages/activities/activity/index?activityId=${booking.activity.activityId}&elderId=${booking.elderId}` : `/pages/booking/index?bookingId=${booking.bookingId}` }) }}>
      <Box className="between">
        <Box className="lead">{booking.serviceName}</Box>
        <Tag tone={tone}>{words}</Tag>
      </Box>
      <Box className="body"><Pieces words={whenWords(booking.startsAt, booking.endsAt)} /></Box>
      <Box className="small">{booking.activity ? booking.activity.place : booking.workerName ? `护理员 ${booking.workerName}` : booking.providerName}</Box>
    </CardLink>
  )
}
