/** A group, new or changed: its name, who leads it, and who belongs to it. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { Parts } from '@/components/parts'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import type { FindPerson } from './find-person'

type Group = OutputOf<'group.list'>['groups'][number]
interface Member {
  readonly personId: string
  readonly name: string
}

const MOST_MEMBERS = 60
const SHOWN = 8

interface GroupStepProps {
  /** null: a new one */
  group: Group | null
  communities: readonly { communityId: string; name: string }[]
  findPerson: FindPerson
  onBack: () => void
  onDone: (name: string) => void
}

export function GroupStep({ group, communities, findPerson, onBack, onDone }: GroupStepProps) {
  const save = useAction('group.save')
  const [name, setName] = useState(group?.name ?? '')
  const [chosen, setChosen] = useState(group?.communityId ?? '')
  const [leader, setLeader] = useState<Member | null>(group ? { personId: group.leaderId, name: group.leaderName } : null)
  const [members, setMembers] = useState<readonly Member[]>(group?.members ?? [])
  const [isOpen, setOpen] = useState(group?.isOpen ?? true)
  const [isLooking, setLooking] = useState(false)
  const communityId = chosen || (communities.length === 1 ? (communities[0]?.communityId ?? '') : '')
  const called = name.trim()
  const lack = called === '' ? '写上团队叫什么。' : communityId === '' ? '选是哪个社区的。' : leader === null ? '找到谁带队。' : null
  const sentence = lack ?? `${called}，${leader?.name ?? ''}带队，成员 ${members.length} 人${isOpen ? '' : '，停了'}。`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (leader === null || lack !== null) return
    if (await save.run({ ...(group ? { groupId: group.groupId } : {}), name: called, communityId, leaderId: leader.personId, memberIds: members.map((one) => one.personId), isOpen })) onDone(called)
  }
  return (
    <Step
      title={group ? '改团队' : '建一个团队'} onBack={onBack}
      foot={<Foot say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={save.isPending} onPress={submit}>就这样存</Button>} />}
    >
      <Field label="团队叫什么" value={name} onChange={(next) => { save.clear(); setName(next) }} maxLength={30} placeholder="晚霞志愿队" />
      {communities.length > 1 ? <SelectField label="哪个社区" value={communityId} onChange={setChosen} options={communities.map((one) => ({ key: one.communityId, words: one.name }))} /> : null}
      <Heading level={2} className="section">谁带队</Heading>
      {leader
        ? <PersonBar name={leader.name} onChange={() => { save.clear(); setLeader(null) }} />
        : findPerson({ label: '带队人的姓名', onChoose: (person) => setLeader({ personId: person.personId, name: person.name }) })}
      {leader ? <Heading level={2} className="section">成员 {members.length} 人</Heading> : null}
      {leader
        ? (
          <Parts rows={members} size={SHOWN} of="成员">
            {(rows) => rows.map((one) => <PersonBar key={one.personId} name={one.name} changeWords="去掉" onChange={() => { save.clear(); setMembers(members.filter((member) => member.personId !== one.personId)) }} />)}
          </Parts>
        )
        : null}
      {!leader || members.length >= MOST_MEMBERS
        ? null
        : isLooking
          ? findPerson({ label: '成员的姓名', without: [leader.personId, ...members.map((one) => one.personId)], onChoose: (person) => { setLooking(false); setMembers([...members, { personId: person.personId, name: person.name }]) } })
          : <Button kind="outline" icon="plus" onPress={() => setLooking(true)}>加一位</Button>}
      {group
        ? (
          <Box className="stack">
            <Heading level={2} className="section">还在活动吗</Heading>
            <AnswerChoice label="还在活动吗" selected={[isOpen ? 'open' : 'closed']} onChoose={(key) => setOpen(key === 'open')} answers={[{ key: 'open', title: '在活动' }, { key: 'closed', title: '停了', detail: '不能再认领项目' }]} />
          </Box>
        )
        : null}
    </Step>
  )
}
