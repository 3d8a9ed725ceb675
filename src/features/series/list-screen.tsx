/** 每周的安排: what comes week after week, of one elder. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { asOption, useForWhom } from '@/services/for-whom'
import { beginsWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { rhythmWords } from './words'

export function ListScreen({ elderId: asked }: { elderId: string }) {
  const [chosen, setChosen] = useState(asked)
  const { elder, elders, choose } = useForWhom()
  const elderId = chosen || elder?.personId || ''
  const list = useQuery('series.list', elderId ? { elderId } : null)
  const people = elders.filter((one) => one.isMe || one.scopes.includes('book') || one.scopes.includes('readCare')).map(asOption)
  return (
    <Screen title="每周的安排" subtitle={list.output ? `给 ${list.output.elder.name}` : undefined}>
      <PersonChooser people={people} selected={elderId} onChoose={(key) => { choose(key); setChosen(key) }} />
      <Content of={list}>
        {({ items }) => items.length === 0
          ? <Empty icon="calendar-days" title="还没有每周的安排" next="到上门照护里选一项，选好时间，点「以后每周都约」。" action={{ words: '去看看上门照护', onPress: () => { void Taro.navigateTo({ url: `/pages/services/index?elderId=${elderId}` }) } }} />
          : items.map((series) => (
            <CardLink key={series.seriesId} onPress={() => { void Taro.navigateTo({ url: `/pages/plan/series/index?seriesId=${series.seriesId}` }) }}>
              <Box className="between"><Box className="lead">{series.serviceName}</Box><Tag tone={series.isPaused ? 'gold' : 'willow'}>{series.isPaused ? '暂停了' : '照常'}</Tag></Box>
              <Box className="body">{rhythmWords(series)}</Box>
              <Box className="small">{series.nextAt === null ? series.providerName : `下一回 ${beginsWords(series.nextAt)} · ${series.providerName}`}</Box>
            </CardLink>
          ))}
      </Content>
    </Screen>
  )
}
