/** 通知工作台: what waits for a word, drafts, and what was sent; and the calls and visits that notices left. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { levelWords, rowStatus } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'

type NoticeRow = OutputOf<'notice.desk'>['items'][number]
const open = (url: string) => { void Taro.navigateTo({ url: `/pages/notice-work/${url}` }) }

export function DeskScreen() {
  const pages = usePages('notice.desk', {})
  const { first, items, problem } = pages
  return (
    <Screen title="通知" foot={<Foot main={<Button onPress={() => open('write/index')}>写一条通知</Button>} />}>
      <Card label="要去告诉的人"><Rows>
        <Row icon="phone-call" title="要打电话的" detail="到时间还没说知道的" onPress={() => open('duty/index?what=call')} />
        <Row icon="map-pin" title="要上门的" detail="电话没人接的" onPress={() => open('duty/index?what=visit')} />
        <Row icon="hand-heart" title="要帮忙的" detail="看了通知说要帮忙的" onPress={() => open('duty/index?what=help')} />
        <Row icon="pencil" title="要回的问题" detail="看了通知有不明白的" onPress={() => open('questions/index')} />
      </Rows></Card>
      <Content of={first}>
        {(shown) => (
          <Box className="stack">
            {shown.open.length > 0 ? <Heading level={2} className="strong">还没发出去的</Heading> : null}
            {shown.open.map((row) => <NoticeRowCard key={row.noticeId} row={row} />)}
            <Heading level={2} className="strong">发过的</Heading>
            {items.length === 0 ? <Empty icon="bell" title="还没有发过通知" next="写好一条，先看看老人看到的样子，再发。" /> : items.map((row) => <NoticeRowCard key={row.noticeId} row={row} />)}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="通知" />
          </Box>
        )}
      </Content>
    </Screen>
  )
}

function NoticeRowCard({ row }: { row: NoticeRow }) {
  const now = useServerNow()
  const status = rowStatus(row, now)
  return (
    <CardLink onPress={() => open(row.status === 'draft' && row.byMe ? `write/index?noticeId=${row.noticeId}` : `notice/index?noticeId=${row.noticeId}`)}>
      <Box className="inline"><Tag tone={status.tone}>{status.words}</Tag></Box>
      <Box className="lead">{row.title || '还没写标题'}{'\u00a0'}›</Box>
      <Box className="body">{row.isWhole ? '全街道' : row.placeWords.join('、')} · {levelWords[row.level]}</Box>
      <Box className="small">{row.byMe ? '您写的' : `${row.byName}写的`} · {momentWords(row.updatedAt, now)}</Box>
    </CardLink>
  )
}
