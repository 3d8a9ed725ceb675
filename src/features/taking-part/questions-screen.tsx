/** 有不明白的: what was asked under a notice and answered for everybody, what I asked, and asking. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { askAfterQuestion } from '@/domain/message-templates'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { useReminder } from '@/services/use-reminder'

type Questions = OutputOf<'notice.questions'>

export function QuestionsScreen({ noticeId, elderId }: { noticeId: string; elderId: string }) {
  const pages = usePages('notice.questions', { noticeId, elderId })
  const ask = useAction('notice.ask')
  const reminder = useReminder(askAfterQuestion)
  const [isAsking, setAsking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { first, items, problem } = pages
  const { output } = first
  const send = async (words: string) => {
    const done = await ask.run({ noticeId, elderId, words })
    if (done === undefined) return
    setAsking(false)
    setAnswered(done.isHeld ? '收到了，社区看过再回' : '问题交给社区了')
    first.reload()
  }
  const remind = async () => {
    const answer = await reminder.ask()
    if (answer !== undefined) setAnswered(answer === 'accept' ? '好的，有了回复就提醒您' : '没有打开提醒，回复在这里看得到')
  }
  const foot = output?.mayAsk === true && !isAsking ? <Foot main={<Button onPress={() => { setAnswered(null); setAsking(true) }}>{output.isMe ? '问社区' : `替${output.elder.name}问社区`}</Button>} /> : undefined
  return (
    <Screen title="有不明白的" subtitle={output?.title} foot={foot}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={first}>
        {(shown) => (
          <Box className="stack">
            {isAsking ? <ReasonSheet question="想问什么？" label="想问的话" maxLength={120} hint="回复大家都看得到，不写您的名字" yes="问社区" isBusy={ask.isPending} problem={ask.problem} onNo={() => setAsking(false)} onYes={send} /> : null}
            {shown.mine.length > 0 ? <Mine shown={shown} /> : null}
            {shown.mine.some((question) => question.status === 'open') && shown.isMe ? <Button kind="outline" icon="bell" isBusy={reminder.isPending} onPress={remind}>有了回复，提醒我</Button> : null}
            {reminder.problem ? <Problem problem={reminder.problem} /> : null}
            {items.length > 0 ? <Heading level={2} className="strong">大家问过的</Heading> : shown.mine.length === 0 && !isAsking ? <Empty icon="pencil" title="还没有人问" next={shown.mayAsk ? '哪里不明白，问一句，社区会回。' : '这条通知过期了，不再收问题。'} /> : null}
            {items.map((question) => (
              <Card key={question.questionId}>
                <Box className="stack-tight"><Box className="lead">问：{question.words}</Box><Box className="body">答：{question.answer?.words ?? ''}</Box><Box className="small">{question.answer?.byName ?? ''}</Box></Box>
              </Card>
            ))}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="问题" />
          </Box>
        )}
      </Content>
    </Screen>
  )
}

const states: Record<Questions['mine'][number]['status'], { words: string; tone: 'willow' | 'gold' | 'plain' }> = { open: { words: '等社区回', tone: 'gold' }, answered: { words: '回了', tone: 'willow' }, withdrawn: { words: '没有放出来', tone: 'plain' } }

function Mine({ shown }: { shown: Questions }) {
  const now = useServerNow()
  return (
    <>
      <Heading level={2} className="strong">{shown.isMe ? '我问的' : `${shown.elder.name}问的`}</Heading>
      {shown.mine.map((question) => (
        <Card key={question.questionId} tone={question.status === 'open' ? 'gold' : 'plain'}>
          <Box className="stack-tight">
            <Box className="between"><Box className="lead">问：{question.words}</Box><Tag tone={states[question.status].tone}>{states[question.status].words}</Tag></Box>
            {question.answer ? <Box className="body">答：{question.answer.words}</Box> : null}
            {question.reason ? <Box className="body">社区没有放出来：{question.reason}</Box> : null}
            {question.isHeld && question.status === 'open' ? <Box className="body">有几个字要人看一看，社区看过再回。</Box> : null}
            <Box className="small">{question.byName}，{momentWords(question.at, now)}</Box>
          </Box>
        </Card>
      ))}
    </>
  )
}
