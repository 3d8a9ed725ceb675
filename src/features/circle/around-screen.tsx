/** 15 分钟养老服务圈: what is near, drawn and as a list, what is open, and what can still be booked today. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { dial } from '@/services/device'
import { asOption, useForWhom } from '@/services/for-whom'
import { hoursWords, placeSortWords } from '@/services/place-words'
import { useQuery } from '@/services/use-query'
import { CircleMap } from './circle-map'

type Near = OutputOf<'circle.show'>
type Place = Near['places'][number]
type Today = OutputOf<'circle.today'> | undefined

const PARTS = [{ key: 'all', words: '都看' }, { key: 'open', words: '开着门' }, { key: 'today', words: '今天能约' }] as const
type Part = (typeof PARTS)[number]['key']
const open = (url: string) => { void Taro.navigateTo({ url }) }
/** Cards that a phone draws at a time. */
const MORE = 8

const canBook = (place: Place, today: Today): boolean => today !== undefined && (place.serviceItemIds.some((id) => today.serviceItemIds.includes(id)) || (place.kitchenId !== null && today.kitchenIds.includes(place.kitchenId)))
const minutesWords = (minutes: number): string => `走 ${minutes} 分钟左右`

export function AroundScreen() {
  const { home, elder, elders, choose } = useForWhom()
  return (
    <Screen title="身边服务" subtitle={elder?.communityName}>
      {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
      {elder ? <Around key={elder.personId} elderId={elder.personId} whose={elder.isMe ? '您' : elder.name} /> : <Content of={home}>{() => null}</Content>}
    </Screen>
  )
}

function Around({ elderId, whose }: { elderId: string; whose: string }) {
  const near = useQuery('circle.show', { elderId })
  const today = useQuery('circle.today', { elderId }).output
  const [part, setPart] = useState<Part>('all')
  const [most, setMost] = useState(MORE)
  const isShown = (place: Place): boolean => part === 'all' || (part === 'open' ? place.openUntil !== null : canBook(place, today))
  return (
    <>
      <CardLink onPress={() => open('/pages/circle/who/index')}>
        <Box className="lead">一键找人 ›</Box>
        <Box className="body">{whose}家这一片谁值班，直接打电话</Box>
      </CardLink>
      <Content of={near}>
        {(shown) => {
          if (shown.places.length === 0) return <Empty icon="map-pin" title="还没有登记身边的地方" next="社区登记好了，会放在这里。" />
          const numbered = shown.places.map((place, index) => ({ ...place, n: index + 1 }))
          const listed = numbered.filter(isShown)
          return (
            <>
              <Card>
                <Box className="stack">
                  <Heading level={2} className="lead">走 15 分钟以内，有 {shown.places.length} 个地方</Heading>
                  <CircleMap points={listed.map((place) => ({ key: place.placeId, n: place.n, x: place.x, y: place.y, isOpen: place.openUntil !== null }))} label={`家在中间。${numbered.map((place) => `${place.n} 号${place.name}${minutesWords(place.minutes)}`).join('，')}。`} />
                  <Box className="small">三个圈从里到外：走 5、10、15 分钟。上面是北。绿的现在开着门，号码和下面对得上。</Box>
                  <Box className="small">{shown.building === null ? '从社区中间算起' : `从 ${shown.building} 幢算起`}，照老人走路的快慢估的，不用手机定位。</Box>
                </Box>
              </Card>
              <Segments label="哪些地方" parts={PARTS} selected={part} onChoose={(key) => { setPart(PARTS.find((one) => one.key === key)?.key ?? 'all'); setMost(MORE) }} />
              {listed.length === 0 ? <Empty icon="map-pin" title={part === 'open' ? '现在都关着门' : '今天的都约满了，或者已经过了时间'} next={part === 'open' ? '看看「都看」，上面写着几点开门。' : '看看「都看」，可以约别的日子。'} /> : null}
              <Box className="stack">
                {listed.slice(0, most).map((place) => <PlaceCard key={place.placeId} place={place} elderId={elderId} isToday={canBook(place, today)} />)}
                {listed.length > most ? <Button kind="outline" onPress={() => setMost(most + MORE)}>再看几个</Button> : null}
              </Box>
              <Box className="small">节假日开不开门，先打电话问一声。</Box>
            </>
          )
        }}
      </Content>
    </>
  )
}

function PlaceCard({ place, elderId, isToday }: { place: Place & { n: number }; elderId: string; isToday: boolean }) {
  const { phone } = place
  const [mealWords, bookWords] = isToday ? ['今天还能订餐', '今天还能约'] : ['订别的日子的餐', '约别的日子']
  return (
    <Card label={place.name}>
      <Box className="stack">
        <Box className="between"><Heading level={3} className="lead">{place.n}　{place.name}</Heading><Tag tone={place.openUntil ? 'willow' : 'plain'}>{place.openUntil ? `开到 ${place.openUntil}` : '现在关着'}</Tag></Box>
        <Box className="body tabular">{placeSortWords[place.sort]} · {minutesWords(place.minutes)}</Box>
        <Box className="small">{place.address}，{hoursWords(place.hours)}</Box>
        {place.kitchenId ? <Button kind={isToday ? 'primary' : 'outline'} label={`${mealWords}，${place.name}`} onPress={() => open(`/pages/meals/order/index?elderId=${elderId}`)}>{mealWords}</Button> : null}
        {place.serviceItemIds.length > 0 ? <Button kind={isToday ? 'primary' : 'outline'} label={`${bookWords}，${place.name}`} onPress={() => open(`/pages/services/index?elderId=${elderId}`)}>{bookWords}</Button> : null}
        {phone ? <Button kind="outline" icon="phone-call" label={`打电话，${place.name}`} onPress={() => dial(phone)}>打电话</Button> : null}
      </Box>
    </Card>
  )
}
