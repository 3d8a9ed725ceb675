/** 投票: votes that are held; a new one is opened here, and one can be closed before its day with a reason that everybody reads. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { spokenDate } from '@/domain/civil-time'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { PollStep } from './poll-step'

type Poll = OutputOf<'poll.list'>['polls'][number]

const SHOWN = 5
const stateWords = { open: { words: '正在投', tone: 'willow' }, counting: { words: '正在数票', tone: 'gold' }, closed: { words: '结束了', tone: 'plain' } } as const

export function PollsScreen() {
  const polls = useQuery('poll.list', {})
  const [isOpening, setOpening] = useState(false)
  const [closing, setClosing] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setOpening(false); setClosing(null); setAnswered(words); polls.reload() }
  if (isOpening) return <PollStep onBack={() => setOpening(false)} onDone={(title) => done(`「${title}」开始投票了。结束以前，谁也看不到票数。`)} />
  return (
    <Screen title="投票" foot={closing === null ? <Foot main={<Button icon="plus" onPress={() => { setAnswered(null); setOpening(true) }}>办一次投票</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={polls}>
        {(shown) => shown.polls.length === 0
          ? <Empty icon="circle-check" title="还没有投票" next="评「五最四星」、志愿之星，可以在下面办一次。" />
          : (
            <Parts rows={shown.polls} size={SHOWN} of="投票">
              {(rows) => rows.map((poll) => <PollCard key={poll.pollId} poll={poll} isClosing={closing === poll.pollId} onBegin={() => { setAnswered(null); setClosing(poll.pollId) }} onNo={() => setClosing(null)} onDone={() => done(`「${poll.title}」提前结束了`)} />)}
            </Parts>
          )}
      </Content>
    </Screen>
  )
}

interface PollCardProps {
  poll: Poll
  isClosing: boolean
  onBegin: () => void
  onNo: () => void
  onDone: () => void
}

function PollCard({ poll, isClosing, onBegin, onNo, onDone }: PollCardProps) {
  const close = useAction('poll.close')
  const state = stateWords[poll.state]
  return (
    <Card label={poll.title}>
      <Box className="stack">
        <Box>
          <Box className="between">
            <Box className="lead">{poll.title}</Box>
            <Tag tone={state.tone}>{state.words}</Tag>
          </Box>
          <Box className="small">{poll.state === 'open' ? `投到 ${spokenDate(poll.closesOn)}` : `${spokenDate(poll.closesOn)}为止`} · {poll.categories} 项</Box>
        </Box>
        <Button kind="outline" label={`看一看，${poll.title}`} onPress={() => { void Taro.navigateTo({ url: `/pages/points/vote/index?pollId=${poll.pollId}` }) }}>看一看</Button>
        {poll.state !== 'open'
          ? null
          : isClosing
            ? <ReasonSheet question={`提前结束「${poll.title}」？投过的票照样算。`} yes="提前结束" isDangerous maxLength={80} hint="大家都看得到这句话" isBusy={close.isPending} problem={close.problem} onNo={() => { close.clear(); onNo() }} onYes={async (reason) => { if (await close.run({ pollId: poll.pollId, reason })) onDone() }} />
            : <Button kind="quiet" label={`提前结束，${poll.title}`} onPress={onBegin}>提前结束</Button>}
      </Box>
    </Card>
  )
}
