/** The kitchen's day: what waits for its word, then today's and tomorrow's sittings with orders growing dish by dish. */
import { useState } from 'react'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { addDays, civilDate, clockTime, HOUR, MINUTE } from '@/domain/civil-time'
import { EARLY } from '@/domain/door-code'
import { sittings } from '@/domain/meal'
import { sittingWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { dateWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { AskedCard } from './asked-card'
import { cutoffWords, hoursWords, isStillOpen, type Day, type Offer, type SittingDay, type Week } from './kitchen-words'
import { open } from './open'
import styles from './kitchen.module.scss'

const LOOK_AGAIN_MS = 6_000
/** The counter stands first from half an hour before a sitting until an hour after it. */
const isServing = (day: Day | undefined, now: number): boolean => day?.sittings.some((sitting) => now >= sitting.startsAt - 30 * MINUTE && now <= sitting.endsAt + HOUR) ?? false

export function KitchenTodayScreen() {
  const roles = useStaff()
  const now = useServerNow()
  const today = civilDate(now)
  const week = useQuery('kitchen.week', { fromOn: today }, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = week
  const dayOf = (onDate: string): Day | undefined => output?.days.find((day) => day.onDate === onDate)
  return (
    <Screen title="今日厨房" subtitle={output?.name} hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={week}>
        {(shown) => (
          <>
            <WaitingRuns week={shown} onDate={today} now={now} />
            {shown.asked.length > 0 ? <Heading level={2} className="section">等厨房一句话</Heading> : null}
            {shown.asked.map((order) => <AskedCard key={order.bookingId} order={order} onAnswered={(words) => { setAnswered(words); week.reload() }} onChanged={week.reload} />)}
            {isServing(dayOf(today), now) ? <Button icon="badge-check" onPress={() => open(`counter/index?kitchenId=${shown.kitchenId}`)}>柜台领餐</Button> : null}
            {[today, addDays(today, 1)].map((onDate) => <DayPart key={onDate} week={shown} onDate={onDate} day={dayOf(onDate)} now={now} />)}
            <Heading level={2} className="section">还有</Heading>
            <Card label="还有">
              <Rows>
                <Row icon="badge-check" title="柜台领餐" detail="堂食、自取，看码给餐" onPress={() => open(`counter/index?kitchenId=${shown.kitchenId}`)} />
                <Row icon="calendar-days" title="一周菜单" detail="发布、改份数、照搬上周" onPress={() => open('menu/index')} />
                <Row icon="clipboard-list" title="厨房的菜" detail="新菜、过敏原、价钱" onPress={() => open('dishes/index')} />
              </Rows>
            </Card>
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Meals that nobody carries when it is time to leave with them; red once serving has begun. */
function WaitingRuns({ week, onDate, now }: { week: Week; onDate: string; now: number }) {
  return (
    <>
      {sittings.map((sitting) => {
        const runs = week.waiting.filter((run) => run.sitting === sitting && now >= run.startsAt - EARLY)
        const [first] = runs
        if (first === undefined) return null
        const isServed = now >= first.startsAt
        const name = sittingWords(sitting)
        return (
          <Notice
            key={sitting} tone={isServed ? 'sos' : 'gold'} isAnnounced title={`${name}还有 ${runs.length} 单没人送`}
            actions={<Button kind="outline" label={`交给送餐员，${name}`} onPress={() => open(`sheet/index?kitchenId=${week.kitchenId}&onDate=${onDate}&sitting=${sitting}&part=runs`)}>交给送餐员</Button>}
          >
            {runs.map((run) => `${run.communityName} ${run.stops} 家`).join('，')}。{isServed ? '已经开饭了。' : `${clockTime(first.startsAt)} 开饭。`}
          </Notice>
        )
      })}
    </>
  )
}

function DayPart({ week, onDate, day, now }: { week: Week; onDate: string; day: Day | undefined; now: number }) {
  const shown = day?.sittings.filter((sitting) => sitting.dishes.length > 0) ?? []
  return (
    <Box className="stack">
      <Heading level={2} className="section">{dateWords(onDate, now)}</Heading>
      {day?.holidayName ? <Notice tone="gold" icon="calendar-days" title={`休息：${day.holidayName}`}>这一天不供餐。</Notice> : null}
      {shown.length > 0 || day?.holidayName ? null
        : day?.sittings.some((sitting) => isStillOpen(sitting, now)) ? <Empty icon="calendar-days" title="还没有菜单" next="发布了菜单，老人才订得到。" action={{ words: '去排菜单', onPress: () => open(`menu/index?onDate=${onDate}`) }} />
          : <Box className="body">没有菜单，也过了订餐时间。</Box>}
      {shown.map((sitting) => <SittingCard key={sitting.sitting} week={week} onDate={onDate} sitting={sitting} now={now} />)}
    </Box>
  )
}

function SittingCard({ week, onDate, sitting, now }: { week: Week; onDate: string; sitting: SittingDay; now: number }) {
  const ordered = sitting.dishes.reduce((sum, dish) => sum + dish.ordered, 0)
  const name = sittingWords(sitting.sitting)
  const isFrozen = sitting.sheet === 'frozen'
  return (
    <Card tone={isFrozen ? 'willow' : 'plain'} label={`${dateWords(onDate, now)}${name}`}>
      <Box className="stack">
        <Box>
          <Box className="between">
            <Box className="lead">{name} {hoursWords(sitting)}</Box>
            <Tag tone={isFrozen ? 'willow' : 'gold'}>{ordered} 份</Tag>
          </Box>
          <Box className="small">{cutoffWords(sitting, now)}</Box>
        </Box>
        <Box className={styles.growing}>{sitting.dishes.map((dish) => <Growing key={dish.slotId} dish={dish} />)}</Box>
        <Button kind="outline" icon="file-text" label={`看备餐单，${dateWords(onDate, now)}${name}`} onPress={() => open(`sheet/index?kitchenId=${week.kitchenId}&onDate=${onDate}&sitting=${sitting.sitting}`)}>看备餐单</Button>
      </Box>
    </Card>
  )
}

/** How far a dish is ordered. */
function Growing({ dish }: { dish: Offer }) {
  const left = dish.capacity - dish.ordered
  return (
    <Box>
      <Box className="between">
        <Box className="body strong">{dish.dishName}{dish.isOpen ? '' : '（停订）'}</Box>
        <Box className="small tabular">订了 {dish.ordered} 份，{left > 0 ? `还有 ${left} 份` : '订满了'}</Box>
      </Box>
      <Bar share={dish.capacity === 0 ? 1 : dish.ordered / dish.capacity} tone={left > 0 ? 'willow' : 'warm'} />
    </Box>
  )
}

