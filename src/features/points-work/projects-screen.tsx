/** 项目认领: what groups can take on, who took it on, and what waits to be looked at; the way to a new one. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { spokenDate } from '@/domain/civil-time'
import { useQuery } from '@/services/use-query'
import { projectStateWords } from '@/services/volunteer-words'
import { open } from './open'
import { ProjectStep } from './project-step'

type Project = OutputOf<'project.list'>['open'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 5

export function ProjectsScreen() {
  const projects = useQuery('project.list', {}, { pollMs: LOOK_AGAIN_MS })
  const [isPublishing, setPublishing] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  if (isPublishing && projects.output) {
    return <ProjectStep communities={projects.output.communities} onBack={() => setPublishing(false)} onDone={(title) => { setPublishing(false); setAnswered(`「${title}」发布好了，团队可以认领了`); projects.reload() }} />
  }
  const list = (title: string, rows: readonly Project[]) => rows.length === 0
    ? null
    : (
      <Box className="stack">
        <Heading level={2} className="section">{title}</Heading>
        <Parts rows={rows} size={SHOWN} of={title}>{(part) => part.map((project) => <ProjectCard key={project.projectId} project={project} />)}</Parts>
      </Box>
    )
  return (
    <Screen title="项目认领" foot={<Foot main={<Button isDisabled={projects.output === undefined} icon="plus" onPress={() => { setAnswered(null); setPublishing(true) }}>发布一个项目</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={projects}>
        {(shown) => {
          const others = shown.mine.filter((project) => !shown.toVerify.some((one) => one.projectId === project.projectId) && !shown.open.some((one) => one.projectId === project.projectId))
          return shown.toVerify.length + shown.open.length + others.length === 0
            ? <Empty icon="clipboard-list" title="还没有项目" next="要一个团队一起做的事，在下面发布，团队就能认领。" />
            : (
              <>
                {list('做完了，等您核实', shown.toVerify)}
                {list('有人在做', others)}
                {list('等人认领', shown.open)}
              </>
            )
        }}
      </Content>
    </Screen>
  )
}

function ProjectCard({ project }: { project: Project }) {
  const state = projectStateWords(project.status)
  return (
    <CardLink onPress={() => open('project', `projectId=${project.projectId}`)}>
      <Box className="between">
        <Box className="lead">{project.title} ›</Box>
        <Tag tone={state.tone}>{state.words}</Tag>
      </Box>
      <Box>{spokenDate(project.dueOn)}前做完</Box>
      <Box className="small">{project.groupName ? `${project.groupName} · ` : ''}{project.communityName}</Box>
    </CardLink>
  )
}
