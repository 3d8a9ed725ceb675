/** 活动、课程: what is on in the elder's community, where, when, and how many places are left. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Pieces } from '@/components/pieces'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { courseWords, meets, placesWords, sortWords } from '@/services/activity-words'
import { asOption, useForWhom } from '@/services/for-whom'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'

const LOOK_AGAIN_MS = 10_000

/** `elderId`: at the counter, for whoever stands there; null: whom the phone's owner chose. */
export function ActivitiesScreen({ elderId }: { elderId: string | null }) {
  return elderId === null ? <OfFamily /> : <Screen title="活动、课程" subtitle="替老人报名"><Activities elderId={elderId} /></Screen>
}

function OfFamily() {
  const { home, elder, elders, choose } = useForWhom()
  return (
    <Screen title="活动、课程" subtitle={elder?.communityName}>
      {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
      {elder ? <Activities key={elder.personId} elderId={elder.personId} /> : <Content of={home}>{() => null}</Content>}
      <Button kind="outline" icon="award" onPress={() => { void Taro.navigateTo({ url: '/pages/gallery/list/index' }) }}>乐龄风采：作品和照片</Button>
    </Screen>
  )
}

function Activities({ elderId }: { elderId: string }) {
  const pages = usePages('activity.list', { elderId }, { pollMs: LOOK_AGAIN_MS })
  const { first, items, problem } = pages
  return (
    <Content of={first}>
      {() => items.length === 0
        ? <Empty icon="calendar-days" title="这几天还没有活动" next="社区有了新的活动、课程，会放在这里。" />
        : (
          <Box className="stack">
            {items.map((one) => <ActivityCard key={one.activityId} one={one} elderId={elderId} />)}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="活动" />
          </Box>
        )}
    </Content>
  )
}

function ActivityCard({ one, elderId }: { one: OutputOf<'activity.list'>['items'][number]; elderId: string }) {
  const now = useServerNow()
  const next = meets(one)
  return (
    <CardLink tone={one.state === 'mine' ? 'chosen' : 'plain'} onPress={() => { void Taro.navigateTo({ url: `/pages/activities/activity/index?activityId=${one.activityId}&elderId=${elderId}` }) }}>
      <Box className="between">
        <Box className="lead">{one.title} ›</Box>
        {one.state === 'mine' ? <Tag>报好名了</Tag> : <Tag tone="plain">{sortWords(one.sort)}</Tag>}
      </Box>
      <Box className="body"><Pieces words={`${one.course ? `第 ${one.course.n} 课 ` : ''}${whenWords(next.startsAt, next.endsAt, now)}`} /></Box>
      {one.course ? <Box className="small">{courseWords(one.course)}</Box> : null}
      <Box className="small">{one.communityName} · {one.place}</Box>
      {now >= one.startsAt ? null : <><Box className="body tabular">{placesWords(one)}</Box><Bar share={one.seats === 0 ? 0 : one.remaining / one.seats} tone={one.remaining <= 2 ? 'warm' : 'willow'} /></>}
    </CardLink>
  )
}
