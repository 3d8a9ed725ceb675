/** Finding somebody by name; several of one name are told apart by community and age, never by a full telephone number. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Field } from '@/components/field'
import { Tag } from '@/components/tag'
import { dial } from '@/services/device'
import { dutyPhone } from '@/services/for-whom'
import { tellApart } from '@/services/staff-words'
import { useQuery } from '@/services/use-query'

export type Found = OutputOf<'person.find'>['people'][number]

interface FindPeopleProps {
  label: string
  /** what is looked for at once */
  name?: string
  /** people who cannot be meant */
  without?: readonly string[]
  onChoose: (person: Found) => void
  /** an administrator finds people of every community */
  isWhole?: boolean
  /** what to do when nobody is found */
  onNone?: { words: string; onPress: () => void }
}

export function FindPeople({ label, name: given = '', without = [], isWhole = false, onChoose, onNone }: FindPeopleProps) {
  const [name, setName] = useState(given)
  const [asked, setAsked] = useState(given)
  const found = useQuery('person.find', asked === '' ? null : { name: asked })
  const typed = name.trim()
  return (
    <>
      <Field label={label} value={name} onChange={(next) => { setName(next); setAsked('') }} maxLength={20} hint="要写全名" />
      <Button kind="outline" isDisabled={typed.length < 2} onPress={() => { if (typed === asked) found.reload(); else setAsked(typed) }}>找一找</Button>
      {asked === ''
        ? null
        : (
          <Content of={found}>
            {({ people }) => {
              const shown = people.filter((person) => !without.includes(person.personId))
              return shown.length === 0
                ? isWhole
                  ? <Empty icon="users" title={`街道里没有${people.length > 0 ? '别的' : ''}「${asked}」`} next="名字要一个字不差，请再问一遍。" />
                  : <Nobody title={`您的社区里没有${people.length > 0 ? '别的' : ''}「${asked}」`} onNone={onNone} />
                : (
                  <Box className="stack">
                    {shown.length > 1 ? <Box className="body">有 {shown.length} 位「{asked}」，请看清楚是哪一位。</Box> : null}
                    {shown.map((person) => <FoundCard key={person.personId} person={person} onPress={() => onChoose(person)} />)}
                  </Box>
                )
            }}
          </Content>
        )}
    </>
  )
}

/** Nobody of this name here: a slip of the pen, somebody new, or somebody of another community, whom only the subdistrict can find. */
function Nobody({ title, onNone }: { title: string; onNone: FindPeopleProps['onNone'] }) {
  const kept = dutyPhone()
  const home = useQuery('home.show', kept === undefined ? {} : null)
  const phone = kept ?? home.output?.dutyPhone
  return (
    <Box className="stack">
      <Empty icon="users" title={title} next={`名字要一个字不差，请再问一遍。别的社区的人，由那边的社工办${phone ? `：请对方打街道值班电话 ${phone}` : ''}。`} {...(onNone ? { action: onNone } : {})} />
      {phone ? <Button kind="quiet" icon="phone-call" label={`打给街道，${phone}`} onPress={() => dial(phone)}>打给街道</Button> : null}
    </Box>
  )
}

function FoundCard({ person, onPress }: { person: Found; onPress: () => void }) {
  return (
    <CardLink onPress={onPress}>
      <Box className="lead">{person.name} ›</Box>
      <Box className="body">{tellApart(person)}</Box>
      <Box className="inline">
        {person.standing === 'unverified' ? <Tag tone="gold">还没见过面</Tag> : <Tag>见过面</Tag>}
        {person.livesAlone ? <Tag tone="warm">独居</Tag> : null}
        {person.hasAccount ? <Tag tone="plain">有微信</Tag> : <Tag tone="plain">没用微信</Tag>}
      </Box>
    </CardLink>
  )
}
