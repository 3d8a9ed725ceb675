/** A notice from the archive, to read only. */
import { Box, Heading } from '@/components/box'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { NoticeBody } from './notice-body'

export function PastScreen({ noticeId }: { noticeId: string }) {
  const now = useServerNow()
  const notice = useQuery('notice.past', { noticeId })
  return (
    <Screen title="以前的通知" subtitle={notice.output?.placeNames.join('、')}>
      <Content of={notice} shape="detail">
        {(shown) => (
          <>
            {shown.withdrawn ? <Notice tone="gold" icon="circle-alert" title="这条通知撤回了">{shown.withdrawn.words}</Notice> : null}
            <Box className="stack-tight">
              <Heading level={2} className="hello">{shown.title}</Heading>
              <Box className="small">{momentWords(shown.listedAt, now)} · {shown.byName}{shown.isExpired ? ' · 过期了' : ''}</Box>
            </Box>
            <NoticeBody text={shown} />
          </>
        )}
      </Content>
    </Screen>
  )
}
