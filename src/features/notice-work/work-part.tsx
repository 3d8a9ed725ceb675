/** What a notice carries, on the screens of its staff: a way to choose it while it is written, and to its figures and questions afterwards. */
import Taro from '@tarojs/taro'
import { Box, Heading } from '@/components/box'
import { Row, Rows } from '@/components/row'
import type { OutputOf } from '@/contract'
import { partWords } from '@/services/notice-part-words'
import { useQuery } from '@/services/use-query'

const open = (url: string) => { void Taro.navigateTo({ url: `/pages/notice-work/${url}` }) }

export function WorkPart({ shown }: { shown: OutputOf<'notice.work'> }) {
  const { noticeId, part, acts, status } = shown
  const isSurvey = part !== null && part.what !== 'activity'
  return (
    <Rows>
      {acts.includes('edit') && part?.what !== 'result' ? <Row icon="clipboard-list" title="带上什么" detail={partWords(part)} onPress={() => open(`part/index?noticeId=${noticeId}`)} /> : null}
      {isSurvey && status !== 'draft' ? <Row icon="clipboard-list" title={part.what === 'household' ? '各家意见' : part.what === 'result' ? '这份结果的问卷' : '问卷'} detail="多少人填了，结果怎样" onPress={() => open(`survey/index?noticeId=${part.what === 'result' ? part.id : noticeId}`)} /> : null}
      {part?.what === 'activity' && status !== 'draft' ? <Row icon="calendar-days" title="带的活动" detail="名单、点名、核实" onPress={() => { void Taro.navigateTo({ url: `/pages/points-work/activity/index?activityId=${part.id}` }) }} /> : null}
      {status === 'published' || status === 'withdrawn' ? <Row icon="pencil" title="下面的问题" detail="有人不明白，回一句" onPress={() => open(`questions/index?noticeId=${noticeId}`)} /> : null}
    </Rows>
  )
}

/** While it is written: the draft is kept first, so that there is something to carry it. */
export function CarriesRow({ noticeId, keep, isReady }: { noticeId: string | null; keep: () => Promise<string | null>; isReady: boolean }) {
  const carried = useQuery('notice.carried', noticeId === null ? null : { noticeId })
  const go = async () => {
    const kept = await keep()
    if (kept !== null) open(`part/index?noticeId=${kept}`)
  }
  return (
    <Box className="stack">
      <Heading level={2} className="section">带上什么</Heading>
      {isReady ? <Rows><Row icon="clipboard-list" title="活动、问卷、各家意见" detail={partWords(carried.output?.part ?? null)} onPress={() => { void go() }} /></Rows> : <Box className="body">先写好标题和要说的话，再选带活动、问卷，还是各家意见。</Box>}
    </Box>
  )
}
