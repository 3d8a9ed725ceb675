/** 疑点: points that look wrong, each with why; open ones first, and what came of the others. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'
import { flagStateWords, ruleWords } from './flag-words'
import { open } from './open'

type Flag = OutputOf<'flag.list'>['items'][number]

const PARTS = [{ key: 'open', words: '等人看的' }, { key: 'decided', words: '看过的' }] as const

export function FlagsScreen() {
  const [status, setStatus] = useState<'open' | 'decided'>('open')
  const pages = usePages('flag.list', { status })
  const { first, items, problem } = pages
  return (
    <Screen title="疑点">
      <Segments label="哪些疑点" parts={PARTS} selected={status} onChoose={(key) => setStatus(key === 'decided' ? 'decided' : 'open')} />
      <Box className="small">电脑只是觉得奇怪，不说谁错。由街道里没有关系的人来定。</Box>
      <Content of={first}>
        {() => items.length === 0
          ? <Empty icon="shield-check" title={status === 'open' ? '没有疑点' : '还没有看过的'} next={status === 'open' ? '每天夜里查一遍，看着奇怪的会到这里来。' : '定过的疑点会到这里来。'} />
          : (
            <Box className="stack">
              {items.map((flag) => <FlagCard key={flag.flagId} flag={flag} />)}
              {problem ? <Problem problem={problem} onRetry={() => { void pages.next() }} /> : null}
              <Pager {...pages} of="疑点" />
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function FlagCard({ flag }: { flag: Flag }) {
  const state = flagStateWords[flag.status]
  return (
    <CardLink onPress={() => open('flag', `flagId=${flag.flagId}`)}>
      <Box className="between">
        <Box className="lead">{ruleWords[flag.rule]} ›</Box>
        <Tag tone={state.tone}>{state.words}</Tag>
      </Box>
      <Box className="body">{flag.words}</Box>
      <Box className="small">{[...new Set(flag.people.map((one) => one.name))].join('、')} · {flag.entries} 笔，{pointsWords(flag.points)} 分</Box>
      <Box className="small">{momentWords(flag.at)} · {flag.communityName}</Box>
    </CardLink>
  )
}
