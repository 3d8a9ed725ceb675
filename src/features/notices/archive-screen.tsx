/** 以前的通知: everything that was published for my community, found by words. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Pager } from '@/components/pager'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'

/** A text's beginning is cut at this length. */
const GIST = 40
const gistWords = (gist: string): string => (gist.length < GIST || /[。！？]\s*$/u.test(gist) ? gist.trim() : `${gist}…`)

export function ArchiveScreen() {
  const [typed, setTyped] = useState('')
  const [query, setQuery] = useState('')
  return (
    <Screen title="以前的通知">
      <Field label="找什么" value={typed} onChange={setTyped} maxLength={20} placeholder="停水、体检…" hint="写两个字以上" />
      <Button isDisabled={typed.trim().length < 2} onPress={() => setQuery(typed.trim())}>找一找</Button>
      {query === '' ? null : <Button kind="outline" onPress={() => { setTyped(''); setQuery('') }}>看全部</Button>}
      <Found key={query} query={query} />
    </Screen>
  )
}

function Found({ query }: { query: string }) {
  const now = useServerNow()
  const pages = usePages('notice.archive', query === '' ? {} : { query })
  const { first, items, problem } = pages
  return (
    <Content of={first}>
      {() => (
        <Box className="stack">
          {items.length === 0 ? <Empty icon="file-text" title={query === '' ? '还没有通知' : `没有找到「${query}」`} next={query === '' ? '发过的通知都会留在这里。' : '换两个字试试，比如「停水」。'} /> : null}
          {items.map((item) => (
            <CardLink key={item.noticeId} onPress={() => { void Taro.navigateTo({ url: `/pages/notices/past/index?noticeId=${item.noticeId}` }) }}>
              {item.isWithdrawn || item.isExpired ? <Box className="inline"><Tag tone="plain">{item.isWithdrawn ? '撤回了' : '过期了'}</Tag></Box> : null}
              <Box className="lead">{item.title}{'\u00a0'}›</Box>
              <Box className="body">{gistWords(item.gist)}</Box>
              <Box className="small">{momentWords(item.listedAt, now)}</Box>
            </CardLink>
          ))}
          {problem ? <Problem problem={problem} /> : null}
          <Pager {...pages} of="通知" />
        </Box>
      )}
    </Content>
  )
}
