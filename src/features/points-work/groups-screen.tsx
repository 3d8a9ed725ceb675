/** 志愿团队: who leads and who belongs to it. A group has a passbook of its own, which can only donate. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { pointsWords } from '@/services/points-words'
import { useQuery } from '@/services/use-query'
import type { FindPerson } from './find-person'
import { GroupStep } from './group-step'

type Group = OutputOf<'group.list'>['groups'][number]

const SHOWN = 5
const NAMES_SHOWN = 8

export function GroupsScreen({ findPerson }: { findPerson: FindPerson }) {
  const groups = useQuery('group.list', {})
  const [editing, setEditing] = useState<Group | 'new' | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  if (editing !== null && groups.output) {
    return <GroupStep group={editing === 'new' ? null : editing} communities={groups.output.communities} findPerson={findPerson} onBack={() => setEditing(null)} onDone={(name) => { setEditing(null); setAnswered(`${name}存好了`); groups.reload() }} />
  }
  const edit = (group: Group | 'new') => { setAnswered(null); setEditing(group) }
  return (
    <Screen title="志愿团队" foot={<Foot main={<Button isDisabled={groups.output === undefined} icon="plus" onPress={() => edit('new')}>建一个团队</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={groups}>
        {(shown) => shown.groups.length === 0
          ? <Empty icon="users" title="还没有团队" next="建一个团队，写明谁带队，就能一起认领项目。" />
          : <Parts rows={shown.groups} size={SHOWN} of="志愿团队">{(rows) => rows.map((group) => <GroupCard key={group.groupId} group={group} onEdit={() => edit(group)} />)}</Parts>}
      </Content>
    </Screen>
  )
}

function GroupCard({ group, onEdit }: { group: Group; onEdit: () => void }) {
  const names = group.members.slice(0, NAMES_SHOWN).map((one) => one.name).join('、')
  return (
    <Card label={group.name}>
      <Box className="stack">
        <Box className="between">
          <Box className="lead">{group.name}</Box>
          {group.isOpen ? <Tag>在活动</Tag> : <Tag tone="plain">停了</Tag>}
        </Box>
        <Box>
          <Fact term="带队">{group.leaderName}</Fact>
          <Fact term="成员">{group.members.length === 0 ? '还没有别人' : `${names}${group.members.length > NAMES_SHOWN ? ` 等 ${group.members.length} 人` : ''}`}</Fact>
          <Fact term="社区">{group.communityName}</Fact>
          <Fact term="做成的项目">{group.projectsDone} 个</Fact>
          <Fact term="积分">{pointsWords(group.balance)} 分，只能捐出去</Fact>
        </Box>
        <Button kind="outline" icon="pencil" label={`改，${group.name}`} onPress={onEdit}>改</Button>
      </Box>
    </Card>
  )
}
