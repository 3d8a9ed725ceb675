/** One project: what is asked, who does it, what was done so far, and exactly what this viewer can do now. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { pointsWords } from '@/services/points-words'
import { useServerNow } from '@/services/server-clock'
import { dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { creditWords, projectLinesInWords, projectStateWords } from '@/services/volunteer-words'
import { openProjects } from './open'

type Projects = OutputOf<'project.list'>
type Project = Projects['open'][number]
/** What a group does here; a social worker's side has its own screen. */
type Asking = Exclude<Project['acts'][number], 'verify' | 'withdraw'>

const LOOK_AGAIN_MS = 8_000

export function ProjectScreen({ projectId }: { projectId: string }) {
  useStaff()
  const now = useServerNow()
  const projects = useQuery('project.list', {}, { pollMs: LOOK_AGAIN_MS })
  const [asking, setAsking] = useState<Asking | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = projects
  const project = output ? [...output.mine, ...output.open].find((one) => one.projectId === projectId) : undefined
  const may = (act: Project['acts'][number]): boolean => project?.acts.includes(act) === true
  const ask = (what: Asking | null) => { setAnswered(null); setAsking(what) }
  const done = (words: string) => { setAsking(null); setAnswered(words); projects.reload() }
  const main = asking !== null ? null
    : may('claim') ? <Button onPress={() => ask('claim')}>我们队来做</Button>
      : may('finish') ? <Button onPress={() => ask('finish')}>做完了</Button> : null
  const other = asking !== null ? undefined : may('evidence') ? <Button kind="outline" onPress={() => ask('evidence')}>写进展</Button> : undefined
  return (
    <Screen title="项目" subtitle={project?.communityName} foot={main ? <Foot say={project ? `${project.title}，${dateWords(project.dueOn, now)} 前做完。` : ''} other={other} main={main} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={projects} shape="detail">
        {(shown) => project === undefined
          ? <Empty icon="users" title="这个项目不在了" next="可能被别的队认领了，或者已经办完。" action={{ words: '看别的项目', onPress: openProjects }} />
          : (
            <>
              <Card>
                <Box className="stack">
                  <Box className="between"><Heading level={2} className="lead">{project.title}</Heading><Tag tone={projectStateWords(project.status).tone}>{projectStateWords(project.status).words}</Tag></Box>
                  <Box className="body">{project.what}</Box>
                  <Box>
                    <Fact term="地方">{project.place}</Fact>
                    <Fact term="哪天前">{dateWords(project.dueOn, now)}</Fact>
                    {project.stated === null ? null : <Fact term="积分">做成了，给队伍 {pointsWords(project.stated)}</Fact>}
                    {project.groupName === null ? null : <Fact term="队伍">{project.groupName}</Fact>}
                  </Box>
                  {creditWords(project.points) === null ? null : <Box className="accent lead">{creditWords(project.points)}</Box>}
                </Box>
              </Card>
              {asking === null ? null : <AskSheet key={asking} project={project} asking={asking} leads={shown.leads} onNo={() => setAsking(null)} onDone={done} onChanged={projects.reload} />}
              {project.status === 'claimed' && project.staleAt !== null ? <Notice tone="gold" title="记得说一声进展">{momentWords(project.staleAt, now)} 前没有消息，会放开给别的队。</Notice> : null}
              <Card><Timeline lines={projectLinesInWords(project, now)} /></Card>
              {asking === null && may('giveUp') ? <Button kind="quiet" onPress={() => ask('giveUp')}>做不了，退回去</Button> : null}
            </>
          )}
      </Content>
    </Screen>
  )
}

const questions: Record<Asking, { question: (title: string) => string; yes: string; done: string; field: string | null; isNeeded: boolean; max: number }> = {
  claim: { question: (title) => `「${title}」，哪支队伍来做？`, yes: '我们来做', done: '认领好了，做起来吧', field: null, isNeeded: false, max: 0 },
  evidence: { question: () => '做到哪里了？', yes: '记下', done: '记好了', field: '进展', isNeeded: true, max: 300 },
  finish: { question: (title) => `「${title}」做完了？社工会来核实。`, yes: '做完了', done: '好，等社工核实', field: '做了些什么，几个人', isNeeded: true, max: 300 },
  giveUp: { question: (title) => `「${title}」做不了？退回去，别的队可以认领。`, yes: '退回去', done: '退回去了', field: '为什么', isNeeded: true, max: 80 },
}

function AskSheet({ project, asking, leads, onNo, onDone, onChanged }: { project: Project; asking: Asking; leads: Projects['leads']; onNo: () => void; onDone: (words: string) => void; onChanged: () => void }) {
  const claim = useAction('project.claim')
  const evidence = useAction('project.evidence')
  const finish = useAction('project.finish')
  const giveUp = useAction('project.giveUp')
  const [groupId, setGroup] = useState(leads.length === 1 ? (leads[0]?.groupId ?? '') : '')
  const [typed, setTyped] = useState('')
  const { question, yes, done, field, isNeeded, max } = questions[asking]
  const { projectId } = project
  const words = typed.trim()
  const run = (): Promise<unknown> => {
    switch (asking) {
      case 'claim': return claim.run({ projectId, groupId })
      case 'evidence': return evidence.run({ projectId, words })
      case 'finish': return finish.run({ projectId, words })
      case 'giveUp': return giveUp.run({ projectId, reason: words })
    }
  }
  const used = [claim, evidence, finish, giveUp]
  const problem = used.map((act) => act.problem).find((one) => one !== undefined)
  return (
    <ConfirmSheet
      question={question(project.title)} yes={yes} isDangerous={asking === 'giveUp'} isBusy={used.some((act) => act.isPending)}
      isDisabled={(asking === 'claim' && groupId === '') || (isNeeded && words === '')} onNo={onNo} onYes={async () => { if (await run()) onDone(done); else onChanged() }}
    >
      {problem ? <Problem problem={problem} /> : null}
      {asking === 'claim' ? <AnswerChoice label="哪支队伍" selected={[groupId]} answers={leads.map((lead) => ({ key: lead.groupId, title: lead.name }))} onChoose={setGroup} /> : null}
      {field === null ? null : <Field label={field} kind="many-words" value={typed} onChange={setTyped} maxLength={max} />}
    </ConfirmSheet>
  )
}
