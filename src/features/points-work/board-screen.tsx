/** 志愿任务: what comes and what was, who claimed it, and the way to a new one. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'
import { taskStateWords } from '@/services/volunteer-words'
import { open } from './open'

type Task = OutputOf<'task.board'>['items'][number]

const PARTS = [{ key: 'coming', words: '要做的' }, { key: 'past', words: '做过的' }] as const
type Which = (typeof PARTS)[number]['key']
const NAMES_SHOWN = 6

export function BoardScreen() {
  const now = useServerNow()
  const [which, setWhich] = useState<Which>('coming')
  const pages = usePages('task.board', { which })
  const { first, items, problem } = pages
  // Tasks are published by the social workers of a place; an administrator only looks.
  const mayPublish = first.output === undefined || first.output.communities.length > 0
  return (
    <Screen title="志愿任务" foot={mayPublish ? <Foot main={<Button icon="plus" onPress={() => open('publish')}>发布一个任务</Button>} /> : undefined}>
      <Segments label="哪些任务" parts={PARTS} selected={which} onChoose={(key) => setWhich(key === 'past' ? 'past' : 'coming')} />
      <Content of={first}>
        {() => items.length === 0
          ? <Empty icon="calendar-days" title={which === 'coming' ? '还没有要做的任务' : '还没有做过的任务'} next={which === 'coming' ? (mayPublish ? '在下面发布一个，志愿者就能报名。' : '社工发布以后，会到这里来。') : '任务做完以后，会到这里来。'} />
          : (
            <Box className="stack">
              {items.map((task) => <TaskCard key={task.taskId} task={task} now={now} />)}
              {problem ? <Problem problem={problem} onRetry={() => { void pages.next() }} /> : null}
              <Pager {...pages} of="志愿任务" />
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function TaskCard({ task, now }: { task: Task; now: number }) {
  const claimed = task.seats - task.remaining
  const status = taskStateWords(task.status)
  const names = task.volunteerNames.slice(0, NAMES_SHOWN).join('、')
  return (
    <CardLink onPress={() => open('task', `taskId=${task.taskId}`)}>
      <Box className="between">
        <Box className="lead">{task.title} ›</Box>
        <Tag tone={status.tone}>{status.words}</Tag>
      </Box>
      <Box className="small">{whenWords(task.startsAt, task.endsAt, now)} · {task.communityName}</Box>
      <Box className="small">{task.place}{task.elderName ? ` · 为${task.elderName}` : ''}{task.isPair ? ' · 结对' : ''}</Box>
      <Box className="body tabular">{claimed === 0 ? `要 ${task.seats} 人，还没有人报名` : `要 ${task.seats} 人，报了 ${claimed} 人：${names}${task.volunteerNames.length > NAMES_SHOWN ? ` 等 ${task.volunteerNames.length} 人` : ''}`}</Box>
      <Bar share={task.seats === 0 ? 0 : claimed / task.seats} />
    </CardLink>
  )
}
