/** What a notice carries, below its words: an activity with one button, a survey to fill in, a result; and the questions under it. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { nameStatusWords, placesWords, whyNoPlace } from '@/services/activity-words'
import { useServerNow } from '@/services/server-clock'
import { standingWords } from '@/services/taking-part-words'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { ResultCard } from './result-card'

const open = (url: string) => { void Taro.navigateTo({ url }) }

export function NoticePart({ part, noticeId, elderId }: { part: OutputOf<'notice.show'>['part']; noticeId: string; elderId: string }) {
  return (
    <>
      {part === null ? null : part.what === 'activity' ? <ActivityPart activityId={part.id} elderId={elderId} /> : <SurveyPart noticeId={noticeId} elderId={elderId} isResult={part.what === 'result'} />}
      <Rows><Row icon="pencil" title="有不明白的" detail="问社区，也看看别人问了什么" onPress={() => open(`/pages/taking-part/questions/index?noticeId=${noticeId}&elderId=${elderId}`)} /></Rows>
    </>
  )
}

function ActivityPart({ activityId, elderId }: { activityId: string; elderId: string }) {
  const now = useServerNow()
  const activity = useQuery('activity.show', { activityId, elderId })
  const join = useAction('activity.join')
  const [answered, setAnswered] = useState<string | null>(null)
  const put = async (words: string) => { if (await join.run({ elderId, activityId })) setAnswered(words); activity.reload() }
  return (
    <Content of={activity}>
      {(shown) => {
        const whose = shown.isMe ? '您' : shown.elderName
        const no = shown.mine === null ? whyNoPlace(shown.state, whose) : null
        return (
          <Card label={shown.title}>
            <Box className="stack">
              {answered ? <Notice isAnnounced title={answered} /> : null}
              <Box className="between"><Heading level={2} className="lead">{shown.title}</Heading>{shown.isCancelled ? <Tag tone="warm">取消了</Tag> : shown.mine ? <Tag tone={nameStatusWords(shown.mine.status).tone}>{nameStatusWords(shown.mine.status).words}</Tag> : null}</Box>
              <Box className="body">{whenWords(shown.startsAt, shown.endsAt, now)}，在{shown.place}</Box>
              {shown.isCancelled || now >= shown.startsAt ? null : <Box><Box className="body tabular">{placesWords(shown)}</Box><Bar share={shown.seats === 0 ? 0 : shown.remaining / shown.seats} tone={shown.remaining <= 2 ? 'warm' : 'willow'} /></Box>}
              {no === null || shown.isCancelled ? null : <Box className="body">{no.title}。{no.next}</Box>}
              {join.problem ? <Problem problem={join.problem} /> : null}
              {shown.acts.includes('join') ? <Button kind="outline" isBusy={join.isPending} label={`${shown.isMe ? '' : `替${shown.elderName}`}报名${shown.title}`} onPress={() => put(shown.isMe ? '报好名了' : `替${shown.elderName}报好名了`)}>{shown.isMe ? '报名' : `替${shown.elderName}报名`}</Button> : null}
              {shown.mine ? <Button kind="outline" onPress={() => open(`/pages/activities/activity/index?activityId=${activityId}&elderId=${elderId}`)}>看看我报的名</Button> : null}
            </Box>
          </Card>
        )
      }}
    </Content>
  )
}

function SurveyPart({ noticeId, elderId, isResult }: { noticeId: string; elderId: string; isResult: boolean }) {
  const now = useServerNow()
  const survey = useQuery('survey.show', { noticeId, elderId })
  return (
    <Content of={survey}>
      {(shown) => {
        if (isResult && shown.result) return <ResultCard survey={shown} result={shown.result} />
        const asks = shown.unit === 'household' ? '您家怎么想，说一说' : '请填一填'
        return (
          <CardLink tone={shown.mayAnswer ? 'gold' : 'plain'} onPress={() => open(`/pages/taking-part/survey/index?noticeId=${noticeId}&elderId=${elderId}`)}>
            <Box className="between"><Box className="lead">{shown.mayAnswer ? asks : shown.result ? '看结果' : shown.mine ? '已经填过' : '看这份问卷'} ›</Box>{shown.isAnonymous ? <Tag tone="willow">不记名</Tag> : null}</Box>
            <Box className="body">{standingWords(shown, now)}</Box>
          </CardLink>
        )
      }}
    </Content>
  )
}
