/** 项目认领: what the communities offer to groups, what my groups do, and what their passbooks hold. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { pointsWords } from '@/services/points-words'
import { useServerNow } from '@/services/server-clock'
import { dateWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { creditWords, projectStateWords } from '@/services/volunteer-words'
import { openGroupBook, openProject } from './open'

type Projects = OutputOf<'project.list'>
type Project = Projects['open'][number]
type Group = OutputOf<'group.list'>['groups'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 6

export function ProjectsScreen() {
  useStaff()
  const now = useServerNow()
  const projects = useQuery('project.list', {}, { pollMs: LOOK_AGAIN_MS })
  const groups = useQuery('group.list', {})
  const list = (title: string, rows: readonly Project[]) => rows.length === 0 ? null : (
    <>
      <Heading level={2} className="section">{title}</Heading>
      <Parts rows={rows} size={SHOWN} of={title}>{(part) => part.map((project) => <ProjectCard key={project.projectId} project={project} now={now} />)}</Parts>
    </>
  )
  return (
    <Screen title="项目认领">
      <Content of={projects}>
        {(shown) => (
          <>
            {list('我们队在做的', shown.mine)}
            {list('等人认领', shown.open)}
            {shown.open.length + shown.mine.length === 0 ? <Empty icon="users" title="现在没有项目" next="社工发布了，会出现在这里。一支队伍认领，一起做。" /> : null}
            {shown.leads.length === 0 && shown.open.length > 0 ? <Notice icon="users" title="队长才能认领">有一支队伍想一起做，请社工登记队伍和队长。</Notice> : null}
          </>
        )}
      </Content>
      {groups.output && groups.output.groups.length > 0
        ? (
          <>
            <Heading level={2} className="section">我的队伍</Heading>
            <Parts rows={groups.output.groups} size={SHOWN} of="队伍">{(rows) => rows.map((group) => <GroupCard key={group.groupId} group={group} onChanged={groups.reload} />)}</Parts>
          </>
        )
        : null}
    </Screen>
  )
}

function ProjectCard({ project, now }: { project: Project; now: number }) {
  const { words, tone } = projectStateWords(project.status)
  const credit = creditWords(project.points)
  return (
    <CardLink onPress={() => openProject(project.projectId)}>
      <Box className="between"><Box className="lead">{project.title} ›</Box><Tag tone={tone}>{words}</Tag></Box>
      <Box className="body">{[project.communityName, project.place].filter(Boolean).join(' · ')}</Box>
      <Box className="small">{[`${dateWords(project.dueOn, now)} 前做完`, project.stated === null ? null : `${pointsWords(project.stated)} 积分`, project.groupName].filter(Boolean).join(' · ')}</Box>
      {credit === null ? null : <Box className="accent body">{credit}</Box>}
    </CardLink>
  )
}

/** A group and its passbook: what it holds can only be given on, by its leader's tap. */
function GroupCard({ group, onChanged }: { group: Group; onChanged: () => void }) {
  const donate = useAction('points.donate')
  const [isGiving, setGiving] = useState(false)
  const [typed, setTyped] = useState('')
  const [given, setGiven] = useState<number | null>(null)
  const amount = /^[1-9]\d{0,6}$/.test(typed) ? Number(typed) : 0
  return (
    <Card label={group.name}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{group.name}</Box>{group.isMyLead ? <Tag>您是队长</Tag> : null}</Box>
        <Box>
          <Fact term="队长">{group.leaderName}</Fact>
          <Fact term="人数">{group.members.length} 人</Fact>
          <Fact term="做完">{group.projectsDone} 个项目</Fact>
          <Fact term="积分">{pointsWords(group.balance)}，只能捐，不能换东西</Fact>
        </Box>
        <TextLink label={`${group.name}的存折`} onPress={() => openGroupBook(group.groupId)}>看队伍的存折</TextLink>
        {given === null ? null : <Notice isAnnounced title={`捐了 ${pointsWords(given)} 积分`}>进了社区的爱心池，谢谢大家。</Notice>}
        {isGiving
          ? (
            <ConfirmSheet
              question={amount > 0 ? `替${group.name}捐 ${pointsWords(amount)} 积分到社区爱心池？捐了就不退。` : '捐多少积分到社区爱心池？'} yes="捐" isBusy={donate.isPending} isDisabled={amount === 0 || amount > group.balance} onNo={() => setGiving(false)}
              onYes={async () => { if (await donate.run({ personId: group.groupId, amount, to: { what: 'pot' } })) { setGiving(false); setTyped(''); setGiven(amount) } onChanged() }}
            >
              {donate.problem ? <Problem problem={donate.problem} /> : null}
              <Field label="多少积分" kind="digits" value={typed} onChange={(next) => { donate.clear(); setTyped(next.replace(/\D/g, '')) }} maxLength={7} hint={`最多 ${pointsWords(group.balance)}`} error={amount > group.balance ? `队伍只有 ${pointsWords(group.balance)} 积分` : undefined} />
            </ConfirmSheet>
          )
          : group.isMyLead && group.balance > 0 ? <Button kind="outline" icon="hand-heart" label={`捐积分，${group.name}`} onPress={() => { setGiven(null); setGiving(true) }}>捐给社区爱心池</Button> : null}
      </Box>
    </Card>
  )
}
