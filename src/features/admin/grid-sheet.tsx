/** A grid of a community: its name, its buildings, and who goes there first. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { useAction } from '@/services/use-action'
import { PeopleInTurn } from './people-in-turn'
import { buildingsOf, buildingsWords, dutyWords } from './policy-words'

type Answer = OutputOf<'policy.ladder'>
type Community = Answer['duty'][number]

interface GridSheetProps {
  community: Community
  /** null: a new one */
  grid: Community['grids'][number] | null
  staff: Answer['staff']
  onDone: (words: string) => void
  onNo: () => void
}

export function GridSheet({ community, grid, staff, onDone, onNo }: GridSheetProps) {
  const set = useAction('duty.set')
  const [name, setName] = useState(grid?.name ?? '')
  const [typed, setTyped] = useState(grid?.buildings.join('、') ?? '')
  const [people, setPeople] = useState<readonly { personId: string; name: string }[]>(grid?.people ?? [])
  const buildings = buildingsOf(typed)
  const called = name.trim()
  const isGone = grid !== null && buildings.length === 0
  const words = `${called}，${buildingsWords(buildings)}，${dutyWords(people)}`
  const question = called === '' ? '这个网格叫什么？' : isGone ? `不再要${called}？那里由社区的人去。` : buildings.length === 0 ? '有哪几幢？' : people.length === 0 ? `${called}至少要有一位值班。` : `${words}？`
  return (
    <ConfirmSheet
      question={question} yes={isGone ? '不要了' : '就这样排'} no="不改" isBusy={set.isPending} isDisabled={called === '' || people.length === 0 || (grid === null && buildings.length === 0)} onNo={onNo}
      onYes={async () => { if (await set.run({ communityId: community.communityId, personIds: people.map((person) => person.personId), grid: { name: called, buildings } })) onDone(isGone ? `${community.name}：没有${called}了。` : `${community.name}：${words}。`) }}
    >
      {set.problem ? <Problem problem={set.code === 'BAD_INPUT' ? { title: '有一幢已经在别的网格里', next: '一幢只能在一个网格里，请改一改。' } : set.problem} /> : null}
      {grid === null ? <Field label="网格的名字" value={name} onChange={(next) => { set.clear(); setName(next) }} maxLength={12} placeholder="第一网格" /> : null}
      <Field label="哪几幢" value={typed} onChange={(next) => { set.clear(); setTyped(next) }} maxLength={200} hint="例如 1-10、12；空着就是不要这个网格" />
      <PeopleInTurn people={people} staff={staff} onChange={(next) => { set.clear(); setPeople(next) }} />
    </ConfirmSheet>
  )
}
