/** 联络阶梯: who is asked in turn when somebody may be in danger, by day and by night, and who is on duty where. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { AGAIN_MINUTES } from '@/domain/ladder'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { DutySheet } from './duty-sheet'
import { GridSheet } from './grid-sheet'
import { NewLadderStep } from './new-ladder-step'
import { buildingsWords, dutyWords, fromWords, nightWords, stateWords, stepWords, type LadderStep, type LadderTerms } from './policy-words'

type Answer = OutputOf<'policy.ladder'>
const parts = [{ key: 'ladder', words: '联络步骤' }, { key: 'duty', words: '值班名单' }]

export function LadderScreen() {
  const ladders = useQuery('policy.ladder', {})
  const [part, setPart] = useState('ladder')
  const [isMaking, setMaking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  if (isMaking && ladders.output) {
    return (
      <NewLadderStep
        basis={ladders.output.ladders[0] ?? null} onBack={() => setMaking(false)}
        onDone={(validFrom) => { setMaking(false); setAnswered(`${fromWords(validFrom)}新报的事按新的步骤。正在办的，还按原来的。`); ladders.reload() }}
      />
    )
  }
  return (
    <Screen
      title="联络阶梯" subtitle="没联系上老人时"
      foot={part === 'ladder' ? <Foot main={<Button isDisabled={ladders.output === undefined} icon="pencil" onPress={() => { setAnswered(null); setMaking(true) }}>改联络步骤</Button>} /> : undefined}
    >
      <Segments label="看哪一部分" parts={parts} selected={part} onChoose={(key) => { setAnswered(null); setPart(key) }} />
      {answered ? <Notice isAnnounced title="改好了">{answered}</Notice> : null}
      <Content of={ladders}>
        {(shown) => part === 'duty'
          ? <Duty shown={shown} onDone={(words) => { setAnswered(words); ladders.reload() }} onBegin={() => setAnswered(null)} />
          : shown.ladders.length === 0
            ? <Empty icon="phone-call" title="还没有联络步骤" next="没有步骤，敲不开门的事只会报给社工。在下面定一个。" />
            : <Box className="stack">{shown.ladders.map((ladder) => <LadderCard key={ladder.version} ladder={ladder} />)}</Box>}
      </Content>
    </Screen>
  )
}

const Steps = ({ steps }: { steps: readonly LadderStep[] }) => (
  <Box spoken={{ role: 'list' }}>
    {steps.map((step, index) => <Box key={`${step.kind}_${index}`} className="body tabular" spoken={{ role: 'listitem' }}>{index + 1}. {stepWords(step, index === steps.length - 1)}</Box>)}
  </Box>
)

function LadderCard({ ladder }: { ladder: LadderTerms }) {
  const state = stateWords[ladder.state]
  return (
    <Card tone={ladder.state === 'now' ? 'willow' : 'plain'} label={`第 ${ladder.version} 版，${state.words}`}>
      <Box className="stack">
        <Box className="between">
          <Heading level={2} className="lead">{fromWords(ladder.validFrom)}</Heading>
          <Tag tone={state.tone}>{state.words}</Tag>
        </Box>
        <Box className="strong body">白天</Box>
        <Steps steps={ladder.day} />
        <Box className="strong body tabular">{nightWords(ladder)}</Box>
        <Steps steps={ladder.night} />
        <Box className="body">有人接手后，{ladder.takenMinutes} 分钟没有进展，接着往下走。都问过了，{ladder.againMinutes ?? AGAIN_MINUTES} 分钟后从头再找一遍。</Box>
        <Box className="small">第 {ladder.version} 版，{ladder.madeByName} {momentWords(ladder.madeAt)} 定的</Box>
      </Box>
    </Card>
  )
}

/** Who goes in each community; the first one first. */
function Duty({ shown, onBegin, onDone }: { shown: Answer; onBegin: () => void; onDone: (words: string) => void }) {
  const [editing, setEditing] = useState<string | null>(null)
  return (
    <Box className="stack">
      {shown.duty.map((community) => editing === community.communityId
        ? <DutySheet key={community.communityId} community={community} staff={shown.staff} onNo={() => setEditing(null)} onDone={(words) => { setEditing(null); onDone(words) }} />
        : (
          <Card key={community.communityId} tone={community.people.length === 0 ? 'gold' : 'plain'} label={`${community.name}的值班`}>
            <Box className="stack">
              <Box>
                <Heading level={2} className="lead">{community.name}</Heading>
                <Box className="body">{community.people.length === 0 ? '还没有人值班，敲不开门时没有人上门。' : `${dutyWords(community.people)}。`}</Box>
              </Box>
              <Button kind="outline" label={`改值班，${community.name}`} onPress={() => { onBegin(); setEditing(community.communityId) }}>改值班</Button>
              <Grids community={community} staff={shown.staff} onBegin={() => { onBegin(); setEditing(null) }} onDone={onDone} />
            </Box>
          </Card>
        ))}
    </Box>
  )
}

/** Parts of a community with people of their own; elsewhere those of the community go. */
function Grids({ community, staff, onBegin, onDone }: { community: Answer['duty'][number]; staff: Answer['staff']; onBegin: () => void; onDone: (words: string) => void }) {
  const [editing, setEditing] = useState<string | null>(null)
  const begin = (name: string) => { onBegin(); setEditing(name) }
  const sheet = (grid: Answer['duty'][number]['grids'][number] | null) => (
    <GridSheet community={community} grid={grid} staff={staff} onNo={() => setEditing(null)} onDone={(words) => { setEditing(null); onDone(words) }} />
  )
  return (
    <>
      {community.grids.map((grid) => editing === grid.name
        ? <Box key={grid.name}>{sheet(grid)}</Box>
        : (
          <Box key={grid.name} className="stack-tight">
            <Box className="strong">{grid.name} · {buildingsWords(grid.buildings)}</Box>
            <Box className="body">{grid.people.length === 0 ? '没有人值班，由社区的人去。' : `${dutyWords(grid.people)}。`}</Box>
            <Button kind="outline" label={`改${grid.name}，${community.name}`} onPress={() => begin(grid.name)}>改{grid.name}</Button>
          </Box>
        ))}
      {editing === '' ? sheet(null) : <Button kind="outline" label={`加一个网格，${community.name}`} onPress={() => begin('')}>加一个网格</Button>}
    </>
  )
}
