/** 住院、迁出、去世: deaths that wait for a second person first, then who is away and who left. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { dateWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

type Event = OutputOf<'life.list'>['waiting'][number]
const whatWords: Record<Event['what'], string> = { hospital: '住院', away: '外出', movedOut: '迁出', died: '去世' }

function Events({ title, events }: { title: string; events: readonly Event[] }) {
  if (events.length === 0) return null
  return (
    <>
      <Heading level={2} className="section">{title}</Heading>
      <Card label={title}>
        <Rows>
          {events.map((event) => (
            <Row
              key={event.lifeEventId} title={event.elderName} detail={`${event.communityName} · ${dateWords(event.fromOn)}${event.what === 'died' || event.what === 'movedOut' ? '' : event.untilOn === null ? '起' : `到${dateWords(event.untilOn)}`} · ${event.byName}登记`} end={<Tag tone={event.state === 'waiting' ? 'gold' : 'plain'}>{whatWords[event.what]}</Tag>}
              onPress={() => { void Taro.navigateTo({ url: event.what === 'hospital' || event.what === 'away' ? `/pages/life/away/index?elderId=${event.elderId}` : `/pages/life-work/event/index?lifeEventId=${event.lifeEventId}` }) }}
            />
          ))}
        </Rows>
      </Card>
    </>
  )
}

export function LifeListScreen() {
  const list = useQuery('life.list', {})
  return (
    <Screen title="住院、迁出、去世">
      <Content of={list} shape="list">
        {(shown) => (
          <>
            {shown.waiting.length + shown.holding.length === 0 ? <Empty icon="door-open" title="现在没有登记" next="在「找人」里打开一位居民，可以登记。" /> : null}
            <Events title="去世登记，等第二个人核实" events={shown.waiting} />
            <Events title="现在住院、外出的" events={shown.holding.filter((event) => event.what === 'hospital' || event.what === 'away')} />
            <Events title="迁出、去世的" events={shown.holding.filter((event) => event.what === 'movedOut' || event.what === 'died')} />
          </>
        )}
      </Content>
    </Screen>
  )
}
