/** A notice from the archive, to read or to hear. */
import { BigText } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { linesOf, readAloud } from '@/domain/notice-text'
import { useServerNow } from '@/services/server-clock'
import { useReadingOn } from '@/services/speech'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { NoticeBody } from './notice-body'

export function PastScreen({ noticeId }: { noticeId: string }) {
  const now = useServerNow()
  const notice = useQuery('notice.past', { noticeId })
  const aloud = useReadingOn(`${noticeId}_${notice.output?.edition ?? 0}`, notice.output ? readAloud(notice.output) : [])
  return (
    <Screen title="以前的通知" subtitle={notice.output?.placeNames.join('、')}>
      <Content of={notice} shape="detail">
        {(shown) => (
          <>
            {shown.withdrawn ? <Notice tone="gold" icon="circle-alert" title="这条通知撤回了">{shown.withdrawn.words}</Notice> : null}
            <Box className="stack-tight">
              <Heading level={2} className="hello"><BigText isTitle lines={linesOf(shown.title)} readingAt={aloud.at} /></Heading>
              <Box className="body">{momentWords(shown.listedAt, now)} · {shown.byName}{shown.isExpired ? ' · 过期了' : ''}</Box>
            </Box>
            <NoticeBody text={shown} readingAt={aloud.at} />
            <Button kind="outline" icon={aloud.isReading ? 'circle-pause' : 'volume-2'} onPress={aloud.onPress}>{aloud.isReading ? '停' : aloud.isPaused ? '接着读' : '读给我听'}</Button>
            {aloud.isUnavailable ? <Notice isAnnounced title="这部手机读不出声">字可以放大：到「我的」里选字大小。</Notice> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
