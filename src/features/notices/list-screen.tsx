/** 通知: what this person was told, newest first, unread ones marked; and whether only what must reach is sent. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { Tag, type TagTone } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { asOption, useForWhom } from '@/services/for-whom'
import { levelWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'

type Item = OutputOf<'notice.list'>['items'][number]
const open = (url: string) => { void Taro.navigateTo({ url }) }

export function NoticesScreen() {
  const { home, elder, elders, choose } = useForWhom()
  return (
    <Screen title="通知" subtitle={elder?.communityName}>
      {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
      {elder ? <Notices key={elder.personId} elderId={elder.personId} isMe={elder.isMe} name={elder.name} /> : <Content of={home}>{() => null}</Content>}
    </Screen>
  )
}

function Notices({ elderId, isMe, name }: { elderId: string; isMe: boolean; name: string }) {
  const pages = usePages('notice.list', { elderId })
  const wish = useAction('notice.setWish')
  const { first, items, problem } = pages
  const [only, setOnly] = useState<boolean | null>(null)
  const isOnly = only ?? first.output?.onlyMustReach ?? false
  const turn = () => { void wish.run({ elderId, onlyMustReach: !isOnly }).then((done) => { if (done) setOnly(!isOnly) }) }
  return (
    <Content of={first}>
      {() => (
        <Box className="stack">
          {items.length === 0 ? <Empty icon="bell" title="还没有通知" next="停水、体检、活动这些消息，会放在这里。" /> : items.map((item) => <NoticeCard key={item.noticeId} item={item} elderId={elderId} />)}
          {problem ? <Problem problem={problem} /> : null}
          <Pager {...pages} of="通知" />
          <Button kind="outline" icon="file-text" onPress={() => open('/pages/notices/archive/index')}>找以前的通知</Button>
          <AnswerChoice isMany label="收哪些消息" selected={isOnly ? ['only'] : []} onChoose={turn} answers={[{ key: 'only', title: `只给${isMe ? '我' : name}发必须知道的`, detail: '停水、停电这样人人要知道的才发消息，别的在这里都能看' }]} />
          {wish.problem ? <Problem problem={wish.problem} /> : null}
        </Box>
      )}
    </Content>
  )
}

/** What is asked first, then what is new, then why it stands on top. */
function tagsOf(item: Item): { readonly words: string; readonly tone: TagTone }[] {
  return [
    ...(item.isWithdrawn ? [{ words: '撤回了', tone: 'plain' as const }] : item.asksMe ? [{ words: item.isCorrected ? '改过了，请再看看' : '等您说知道了', tone: 'gold' as const }] : []),
    ...(item.isUnread && !item.isWithdrawn ? [{ words: '没看过', tone: 'willow' as const }] : []),
    ...(item.isPinned ? [{ words: '置顶', tone: 'plain' as const }] : []),
  ]
}

function NoticeCard({ item, elderId }: { item: Item; elderId: string }) {
  const now = useServerNow()
  const tags = tagsOf(item)
  return (
    <CardLink tone={item.asksMe ? 'gold' : 'plain'} onPress={() => open(`/pages/notices/notice/index?noticeId=${item.noticeId}&elderId=${elderId}`)}>
      {tags.length > 0 ? <Box className="inline">{tags.map((tag) => <Tag key={tag.words} tone={tag.tone}>{tag.words}</Tag>)}</Box> : null}
      <Box className={item.isUnread ? 'lead' : 'body'}>{item.title}{'\u00a0'}›</Box>
      <Box className="small">{momentWords(item.listedAt, now)}{item.level === 'ordinary' ? '' : ` · ${levelWords[item.level]}`}</Box>
    </CardLink>
  )
}
