/** One project as the social worker sees it: what the group wrote, and the verdict. */
import { useState } from 'react'
import type { InputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { spokenDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { creditWords, projectLinesInWords, projectStateWords } from '@/services/volunteer-words'
import { openEntry } from './open'

type Outcome = InputOf<'project.verify'>['outcome']
const LOOK_AGAIN_MS = 10_000

export function ProjectScreen({ projectId }: { projectId: string }) {
  const projects = useQuery('project.list', {}, { pollMs: LOOK_AGAIN_MS })
  const verify = useAction('project.verify')
  const [asking, setAsking] = useState<Outcome | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = projects
  const project = [...(output?.toVerify ?? []), ...(output?.mine ?? []), ...(output?.open ?? [])].find((one) => one.projectId === projectId)
  const ask = (outcome: Outcome) => { setAnswered(null); verify.clear(); setAsking(outcome) }
  const no = () => { verify.clear(); setAsking(null) }
  const decide = async (outcome: Outcome, reason: string, words: string) => {
    const done = await verify.run({ projectId, outcome, ...(reason ? { reason } : {}) })
    if (!done) return
    setAsking(null)
    setAnswered([words, creditWords(done.points)].filter(Boolean).join('，'))
    projects.reload()
  }
  return (
    <Screen title="这个项目" subtitle={project?.communityName}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={projects} shape="detail">
        {() => project === undefined
          ? (answered ? null : <Empty icon="clipboard-list" title="这个项目已经办完了" next="在「项目认领」里看看别的。" />)
          : (
            <>
              <Card label="项目">
                <Box className="stack">
                  <Box>
                    <Box className="inline"><Tag tone={projectStateWords(project.status).tone}>{projectStateWords(project.status).words}</Tag></Box>
                    <Heading level={2} className="lead">{project.title}</Heading>
                    <Box className="body">{project.what}</Box>
                  </Box>
                  <Box>
                    <Fact term="在哪里">{project.place}</Fact>
                    <Fact term="到哪天">{spokenDate(project.dueOn)}前</Fact>
                    <Fact term="谁认领">{project.groupName ?? '还没有团队'}</Fact>
                    {project.stated === null ? null : <Fact term="做完给">{pointsWords(project.stated)} 分</Fact>}
                    {project.staleAt !== null ? <Fact term="没有动静">{momentWords(project.staleAt)}放出来，让别人认领</Fact> : null}
                    {creditWords(project.points) === null ? null : <Fact term="积分">{creditWords(project.points)}</Fact>}
                  </Box>
                </Box>
              </Card>
              <Card label="经过"><Timeline lines={projectLinesInWords(project)} /></Card>
              {asking === 'verified'
                ? (
                  <ConfirmSheet question={`您看过了，${project.groupName ?? '团队'}把「${project.title}」做好了？`} yes="核实" isBusy={verify.isPending} onNo={no} onYes={() => decide('verified', '', '核实好了')}>
                    {verify.problem ? <Problem problem={verify.problem} /> : null}
                  </ConfirmSheet>
                )
                : asking === 'sentBack'
                  ? <ReasonSheet question={`请${project.groupName ?? '团队'}再补一补？`} yes="请再补一补" label="还差什么" isBusy={verify.isPending} problem={verify.problem} hint="团队看得到这句话" onNo={no} onYes={(reason) => decide('sentBack', reason, '说给团队了')} />
                  : asking === 'withdrawn'
                    ? <ReasonSheet question={`撤下「${project.title}」？`} yes="撤下" isDangerous isBusy={verify.isPending} problem={verify.problem} hint="团队看得到这句话" onNo={no} onYes={(reason) => decide('withdrawn', reason, '撤下了')} />
                    : (
                      <Box className="stack">
                        {project.acts.includes('verify') && project.status === 'finished'
                          ? (
                            <Box className="pair">
                              <Button kind="outline" onPress={() => ask('sentBack')}>还要补一补</Button>
                              <Button onPress={() => ask('verified')}>核实</Button>
                            </Box>
                          )
                          : null}
                        {project.acts.includes('withdraw') ? <Button kind="quiet" onPress={() => ask('withdrawn')}>撤下这个项目</Button> : null}
                      </Box>
                    )}
              {project.points?.entryId ? <Button kind="outline" icon="file-text" onPress={() => { const entryId = project.points?.entryId; if (entryId) openEntry(entryId) }}>看存折里这一笔</Button> : null}
            </>
          )}
      </Content>
    </Screen>
  )
}
