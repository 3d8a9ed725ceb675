/** Finding a registered person for an administrator: by full name or mobile number; several of one name are told apart by community. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Field } from '@/components/field'
import { useQuery } from '@/services/use-query'
import { roleWords } from './role-words'

export type Member = OutputOf<'staff.find'>['people'][number]

const LEAST = 2

export function FindMember({ label, onChoose }: { label: string; onChoose: (person: Member) => void }) {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const found = useQuery('staff.find', asked === '' ? null : { query: asked })
  const query = typed.trim()
  return (
    <>
      <Field label={label} value={typed} onChange={(next) => { setTyped(next); setAsked('') }} maxLength={20} hint="写全名，或者手机号" />
      <Button kind="outline" isDisabled={query.length < LEAST} onPress={() => { if (query === asked) found.reload(); else setAsked(query) }}>找一找</Button>
      {asked === ''
        ? null
        : (
          <Content of={found}>
            {({ people }) => people.length === 0
              ? <Empty icon="users" title={`没有找到「${asked}」`} next="要登记过、用过这个小程序的人。名字要一个字不差；没有用过的，请他先在微信里打开一次。" />
              : (
                <Box className="stack">
                  {people.length > 1 ? <Box className="body">有 {people.length} 位「{asked}」，请看清楚是哪一位。</Box> : null}
                  {people.map((person) => (
                    <CardLink key={person.personId} onPress={() => onChoose(person)}>
                      <Box className="lead">{person.name} ›</Box>
                      <Box className="body">{[person.communityName, person.phoneMasked ?? '没有手机号'].join(' · ')}</Box>
                      {person.roles.length > 0 ? <Box className="small">{person.roles.map((held) => `${roleWords(held.role)}${held.placeName ? ` · ${held.placeName}` : ''}`).join('；')}</Box> : null}
                    </CardLink>
                  ))}
                </Box>
              )}
          </Content>
        )}
    </>
  )
}
