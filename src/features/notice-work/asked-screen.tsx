/** 要回的问题: what was asked under notices, oldest first; answered for everybody, or taken back with a reason. */
import { useState, type ReactNode } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { ReasonSheet } from '@/components/reason-sheet'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'

type Question = OutputOf<'notice.asked'>['items'][number]
interface Asking {
  readonly questionId: string
  readonly what: 'answer' | 'withdraw'
}

export function AskedScreen({ noticeId }: { noticeId: string | null }) {
  const pages = usePages('notice.asked', noticeId === null ? {} : { noticeId })
  const [answer, withdraw] = [useAction('notice.answerQuestion'), useAction('notice.withdrawQuestion')]
  const [asking, setAsking] = useState<Asking | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { first, items, problem } = pages
  const done = (words: string) => { setAsking(null); setAnswered(words); first.reload() }
  const begin = (question: Question, what: Asking['what']) => { answer.clear(); withdraw.clear(); setAnswered(null); setAsking({ questionId: question.questionId, what }) }
  return (
    <Screen title="要回的问题" subtitle={noticeId === null ? '等了最久的在前面' : items[0]?.title}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={first}>
        {() => (
          <Box className="stack">
            {items.length === 0 ? <Empty icon="pencil" title="没有要回的问题" next="有人在通知下面问，就会到这里。" /> : null}
            {items.map((question) => (
              <QuestionCard key={question.questionId} question={question} hasTitle={noticeId === null} isOpen={asking === null} onAct={(what) => begin(question, what)}>
                {asking?.questionId !== question.questionId ? null : asking.what === 'answer'
                  ? <ReasonSheet question="怎么回？" label="回的话" maxLength={200} hint="看这条通知的人都看得到，不写是谁问的" yes="回了" isBusy={answer.isPending} problem={answer.problem} onNo={() => setAsking(null)} onYes={async (words) => { if (await answer.run({ questionId: question.questionId, words })) done('回好了，大家都看得到') }} />
                  : <ReasonSheet question="不放出来？" yes="不放出来" isDangerous hint="问的人看得到这句原因" isBusy={withdraw.isPending} problem={withdraw.problem} onNo={() => setAsking(null)} onYes={async (reason) => { if (await withdraw.run({ questionId: question.questionId, reason })) done('收起来了，问的人会知道为什么') }} />}
              </QuestionCard>
            ))}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="问题" />
          </Box>
        )}
      </Content>
    </Screen>
  )
}

function QuestionCard({ question, hasTitle, isOpen, onAct, children }: { question: Question; hasTitle: boolean; isOpen: boolean; onAct: (what: Asking['what']) => void; children: ReactNode }) {
  const now = useServerNow()
  const { status } = question
  return (
    <Card tone={status === 'open' ? 'gold' : 'plain'}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{question.words}</Box><Tag tone={status === 'open' ? 'gold' : status === 'answered' ? 'willow' : 'plain'}>{status === 'open' ? (question.isHeld ? '内容要看一看' : '等回') : status === 'answered' ? '回了' : '没有放出来'}</Tag></Box>
        {hasTitle ? <Box className="body">问的是「{question.title}」</Box> : null}
        <Box className="small">{question.elderName}，{question.communityName}，{momentWords(question.at, now)}</Box>
        {question.answer ? <Box className="body">答：{question.answer.words}</Box> : null}
        {question.reason ? <Box className="body">原因：{question.reason}</Box> : null}
        {isOpen && status !== 'withdrawn' ? <Box className="pair"><Button kind="outline" label={`不放出来：${question.words}`} onPress={() => onAct('withdraw')}>不放出来</Button><Button kind="outline" label={`${status === 'answered' ? '改一改回复' : '回一句'}：${question.words}`} onPress={() => onAct('answer')}>{status === 'answered' ? '改一改回复' : '回一句'}</Button></Box> : null}
        {children}
      </Box>
    </Card>
  )
}
