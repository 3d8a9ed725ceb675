/** 乐龄顾问: what was asked for one elder and how far it is, and the way to ask. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Parts } from '@/components/parts'
import { PersonChooser } from '@/components/person-chooser'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { asOption, useForWhom } from '@/services/for-whom'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { answerByWords, stateWords, topicWords, type ConsultBrief } from '@/services/consult-words'

const SHOWN = 6
const open = (url: string) => { void Taro.navigateTo({ url }) }

export function ConsultListScreen({ elderId: asked }: { elderId: string }) {
  const { elder, elders, choose } = useForWhom()
  const [chosen, setChosen] = useState(asked)
  const elderId = chosen || elder?.personId || ''
  const list = useQuery('consult.list', elderId ? { elderId } : null)
  const now = useServerNow()
  const people = elders.filter((one) => one.isMe || one.scopes.includes('book')).map(asOption)
  return (
    <Screen
      title="乐龄顾问" subtitle={list.output ? `给 ${list.output.elder.name}` : undefined}
      foot={list.output ? <Foot say="养老的事都能问，不收费。" main={<Button onPress={() => open(`/pages/consult/ask/index?elderId=${elderId}`)}>问乐龄顾问</Button>} /> : undefined}
    >
      <PersonChooser people={people} selected={elderId} onChoose={(key) => { choose(key); setChosen(key) }} />
      <Content of={list}>
        {(shown) => shown.items.length === 0
          ? <Empty icon="hand-heart" title="还没有问过" next="要人照料、出院以后、申请补贴、装扶手，都可以问，也可以请顾问上门看看。" />
          : <Parts rows={shown.items} size={SHOWN} of="问过的">{(rows) => rows.map((one) => <Asked key={one.consultationId} one={one} now={now} />)}</Parts>}
      </Content>
    </Screen>
  )
}

function Asked({ one, now }: { one: ConsultBrief; now: number }) {
  const { words, tone } = stateWords(one)
  return (
    <CardLink onPress={() => open(`/pages/consult/case/index?consultationId=${one.consultationId}`)}>
      <Box className="stack-tight">
        <Box className="between"><Box className="lead">{topicWords[one.topic]}</Box><Tag tone={tone}>{words}</Tag></Box>
        <Box className="body">{one.words}</Box>
        <Box className="small">{momentWords(one.askedAt)} {one.askedByName}问的{one.consultantName ? ` · 顾问${one.consultantName}` : ''}</Box>
        {one.answerBy === null ? null : <Box className="small">{answerByWords(one.answerBy, now)}</Box>}
      </Box>
    </CardLink>
  )
}
