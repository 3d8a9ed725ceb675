/** 投票: votes that are held, and voting in one: one per person and category, and nobody hears the count before it closes. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Card, CardLink } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { dateWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Poll = OutputOf<'poll.show'>
type Category = Poll['categories'][number]
type State = Poll['state']

/** Rows drawn at once. */
const ROWS = 10

const states: Record<State, { words: string; tone: 'willow' | 'gold' | 'plain' }> = { open: { words: '正在投', tone: 'willow' }, counting: { words: '在计票', tone: 'gold' }, closed: { words: '结束了', tone: 'plain' } }

export function VotesScreen() {
  const polls = useQuery('poll.list', {})
  return (
    <Screen title="投票">
      <Content of={polls}>
        {(shown) => shown.polls.length === 0
          ? <Empty icon="vote" title="现在没有投票" next="街道办投票的时候，会放在这里。" />
          : (
            <Parts rows={shown.polls} size={ROWS} of="投票">
              {(rows) => (
                <Box className="stack">
                  {rows.map((poll) => (
                    <CardLink key={poll.pollId} onPress={() => { void Taro.navigateTo({ url: `/pages/points/vote/index?pollId=${poll.pollId}` }) }}>
                      <Box className="between"><Box className="lead">{poll.title}</Box><Tag tone={states[poll.state].tone}>{states[poll.state].words}</Tag></Box>
                      <Box className="body">{poll.state === 'open' ? `${dateWords(poll.closesOn)} 截止` : poll.state === 'counting' ? '明天一早公布' : '看结果 ›'}</Box>
                      {poll.state === 'open' ? <Box className="small">{poll.voted === 0 ? `一共 ${poll.categories} 类，您还没有投` : poll.voted === poll.categories ? '您都投好了' : `您投了 ${poll.voted} 类，还有 ${poll.categories - poll.voted} 类`}</Box> : null}
                    </CardLink>
                  ))}
                </Box>
              )}
            </Parts>
          )}
      </Content>
    </Screen>
  )
}

export function VoteScreen({ pollId }: { pollId: string }) {
  const poll = useQuery('poll.show', { pollId })
  // Asked again it is not there either: the way on is the list.
  if (poll.code === 'NOT_FOUND' && poll.output === undefined) return <Screen title="投票"><Empty icon="vote" title="没有找到这次投票" next="正在投的和投过的，都在投票里。" action={{ words: '去投票', onPress: () => { void Taro.redirectTo({ url: '/pages/points/votes/index' }) } }} /></Screen>
  return (
    <Screen title="投票" subtitle={poll.output ? states[poll.output.state].words : undefined}>
      <Content of={poll} shape="detail">
        {(shown) => (
          <>
            <Box className="hello">{shown.title}</Box>
            {shown.words ? <Box className="body">{shown.words}</Box> : null}
            {shown.state === 'open' ? <Box className="small">{dateWords(shown.closesOn)} 截止，结束了才公布票数。一人一类一票，投了不能改。</Box> : null}
            {shown.state === 'counting' ? <Notice tone="gold" title="在计票">明天一早公布结果。</Notice> : null}
            {shown.closedReason ? <Notice tone="gold" icon="circle-alert" title="提前结束了">{shown.closedReason}</Notice> : null}
            {shown.state === 'open' && !shown.mayVote ? <Notice tone="gold" icon="badge-check" title="社工见过面以后才能投">带上身份证到社区，几分钟就好。</Notice> : null}
            {shown.categories.map((category) => (shown.state === 'open' && shown.mayVote && category.myCandidateId === null
              ? <ToVote key={category.categoryId} pollId={pollId} category={category} onVoted={poll.reload} />
              : <Voted key={category.categoryId} category={category} isClosed={shown.state === 'closed'} />))}
          </>
        )}
      </Content>
    </Screen>
  )
}

function ToVote({ pollId, category, onVoted }: { pollId: string; category: Category; onVoted: () => void }) {
  const vote = useAction('poll.vote')
  const [chosen, setChosen] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const candidate = category.candidates.find((one) => one.candidateId === chosen)
  return (
    <>
      <Heading level={2} className="section">{category.name}</Heading>
      <AnswerChoice label={category.name} answers={category.candidates.map((one) => ({ key: one.candidateId, title: one.name, detail: one.words }))} selected={chosen ? [chosen] : []} onChoose={(key) => { vote.clear(); setChosen(key); setAsking(true) }} />
      {candidate && isAsking
        ? (
          <ConfirmSheet question={`「${category.name}」您投给${candidate.name}？投了不能改。`} yes="就投这位" isBusy={vote.isPending} onNo={() => { vote.clear(); setChosen(null); setAsking(false) }} onYes={async () => { if (await vote.run({ pollId, categoryId: category.categoryId, candidateId: candidate.candidateId })) onVoted() }}>
            {vote.problem ? <Problem problem={vote.problem} /> : null}
          </ConfirmSheet>
        )
        : null}
    </>
  )
}

function Voted({ category, isClosed }: { category: Category; isClosed: boolean }) {
  const mine = category.candidates.find((one) => one.candidateId === category.myCandidateId)
  return (
    <Card label={category.name}>
      <Heading level={2} className="lead">{category.name}</Heading>
      {mine ? <Box className="body">您投给了{mine.name}。</Box> : null}
      <Rows label={category.name}>
        {category.candidates.map((one) => <Row key={one.candidateId} title={one.name} detail={one.words} end={isClosed ? <>{one.isFirst ? <Tag tone="gold">最多</Tag> : null}<Box className="body strong tabular">{one.votes ?? 0} 票</Box></> : null} />)}
      </Rows>
    </Card>
  )
}
