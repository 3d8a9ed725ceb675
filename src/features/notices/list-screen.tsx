/** 通知: what this person was told, newest first, unread ones marked; and whether only what must reach is sent. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
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
  const turn = async () => { if (await wish.run({ elderId, onlyMustReach: !isOnly })) setOnly(!isOnly) }
  return (
    <Content of={first}>
      {() => (
        <Box className="stack">
          {items.length === 0 ? <Empty icon="bell" title="还没有通知" next="停水、体检、活动这些消息，会放在这里。" /> : items.map((item) => <NoticeCard key={item.noticeId} item={item} elderId={elderId} />)}
          {problem ? <Problem problem={problem} /> : null}
          <Pager {...pages} of="通知" />
          <Button kind="outline" icon="file-text" onPress={() => open('/pages/notices/archive/index')}>找以前的通知</Button>
          <Button kind="outline" icon="bell" isBusy={wish.isPending} onPress={turn}>{isOnly ? '别的通知也发给' : '只发人人要知道的给'}{isMe ? '我' : name}</Button>
          {wish.problem ? <Problem problem={wish.problem} /> : <Box className="small">{isOnly ? '现在只有「人人要知道」的会发消息，别的在这里都能看。' : '要紧的通知会发微信消息。'}</Box>}
        </Box>
      )}
    </Content>
  )
}

function NoticeCard({ item, elderId }: { item: Item; elderId: string }) {
  const now = useServerNow()
  const tag = item.isWithdrawn ? { tone: 'plain' as const, words: '撤回了' } : item.asksMe ? { tone: 'gold' as const, words: item.isCorrected ? '改过了，请再看看' : '等您说知道了' } : item.isPinned ? { tone: 'willow' as const, words: '置顶' } : item.isUnread ? { tone: 'gold' as const, words: '没看过' } : null
  return (
    <CardLink tone={item.asksMe ? 'gold' : 'plain'} onPress={() => open(`/pages/notices/notice/index?noticeId=${item.noticeId}&elderId=${elderId}`)}>
      <Box className="between"><Box className="lead">{item.title} ›</Box>{tag ? <Tag tone={tag.tone}>{tag.words}</Tag> : null}</Box>
      <Box className="small">{momentWords(item.listedAt, now)}{item.level === 'ordinary' ? '' : ` · ${levelWords[item.level]}`}{now >= item.validUntil ? ' · 过期了' : ''}</Box>
    </CardLink>
  )
}
