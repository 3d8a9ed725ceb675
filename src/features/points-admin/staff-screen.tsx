/** 工作人员: who works here and as what; a role is given to a person who is found, with its place, and taken back. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonLine } from '@/components/person'
import { Foot, Screen } from '@/components/screen'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { GrantStep } from './grant-step'
import { roleChoices, roleWords } from './role-words'

type Member = OutputOf<'staff.list'>['people'][number]
type Held = Member['roles'][number]

const SHOWN = 6

export function StaffScreen() {
  const [role, setRole] = useState('')
  const chosen = roleChoices.find((one) => one.key === role)
  const staff = useQuery('staff.list', chosen ? { role: chosen.key } : {})
  const [isGiving, setGiving] = useState(false)
  const [asking, setAsking] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setGiving(false); setAsking(null); setAnswered(words); staff.reload() }
  if (isGiving && staff.output) return <GrantStep communities={staff.output.communities} grids={staff.output.grids} places={staff.output.places} onBack={() => setGiving(false)} onDone={done} />
  return (
    <Screen title="工作人员" foot={asking === null ? <Foot main={<Button isDisabled={staff.output === undefined} icon="plus" onPress={() => { setAnswered(null); setGiving(true) }}>加一位</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered}>当事人下次打开就是新的；谁改的，「查阅记录」里都有。</Notice> : null}
      <SelectField label="看哪一种" value={role === '' ? 'all' : role} onChange={(key) => { setAnswered(null); setRole(key === 'all' ? '' : key) }} options={[{ key: 'all', words: '全部' }, ...roleChoices.map((one) => ({ key: one.key, words: one.title }))]} />
      <Content of={staff}>
        {(shown) => shown.people.length === 0
          ? <Empty icon="users" title={chosen ? `还没有${chosen.title}` : '还没有工作人员'} next="在下面加一位；要先在微信里登记过。" />
          : (
            <Parts key={role} rows={shown.people} size={SHOWN} of="工作人员">
              {(rows) => rows.map((person) => <MemberCard key={person.personId} person={person} asking={asking} onAsk={(key) => { setAnswered(null); setAsking(key) }} onNo={() => setAsking(null)} onDone={done} />)}
            </Parts>
          )}
      </Content>
    </Screen>
  )
}

interface MemberCardProps {
  person: Member
  /** which role is being taken: `<personId>_<role>_<place>` */
  asking: string | null
  onAsk: (key: string) => void
  onNo: () => void
  onDone: (words: string) => void
}

function MemberCard({ person, asking, onAsk, onNo, onDone }: MemberCardProps) {
  const revoke = useAction('staff.revoke')
  const take = async (held: Held) => {
    const done = await revoke.run({ personId: person.personId, role: held.role, ...(held.providerId === null ? {} : { providerId: held.providerId }), ...(held.communityIds.length === 0 ? {} : { communityIds: held.communityIds }), ...(held.grids.length === 0 ? {} : { grids: held.grids }) })
    if (done) onDone(`${person.name}不再是${roleWords(held.role)}`)
  }
  return (
    <Card label={person.name}>
      <Box className="stack">
        <PersonLine name={person.name} title={person.isMe ? `${person.name}（您）` : person.name} detail={[person.communityName, person.phoneMasked ?? ''].filter(Boolean).join(' · ')} />
        {person.roles.map((held) => {
          const key = `${person.personId}_${held.role}_${held.providerId ?? ''}`
          const what = `${roleWords(held.role)}${held.placeName ? ` · ${held.placeName}` : ''}${held.isTrained ? ' · 记忆照护' : ''}`
          return asking === key
            ? (
              <ConfirmSheet key={key} question={`${person.name}不再是${what}？手上的事要先交给别人。`} yes="收回" isDangerous isBusy={revoke.isPending} onNo={() => { revoke.clear(); onNo() }} onYes={() => take(held)}>
                {revoke.problem ? <Problem problem={revoke.problem} /> : null}
              </ConfirmSheet>
            )
            : (
              <Box key={key} className="between">
                <Box className="body">{what}</Box>
                {held.canRevoke ? <Box><Button kind="outline" label={`收回，${person.name}，${what}`} onPress={() => { revoke.clear(); onAsk(key) }}>收回</Button></Box> : <Box className="small">{held.role === 'admin' ? '要请另一位管理员' : ''}</Box>}
              </Box>
            )
        })}
      </Box>
    </Card>
  )
}
