/** Who goes in one community when a door stays shut, in this order; opened where the list was. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { useAction } from '@/services/use-action'
import { dutyWords } from './policy-words'

type Answer = OutputOf<'policy.ladder'>
const MOST_PEOPLE = 6

interface DutySheetProps {
  community: Answer['duty'][number]
  staff: Answer['staff']
  onDone: (words: string) => void
  onNo: () => void
}

export function DutySheet({ community, staff, onDone, onNo }: DutySheetProps) {
  const set = useAction('duty.set')
  const [people, setPeople] = useState<readonly { personId: string; name: string }[]>(community.people)
  const change = (next: readonly { personId: string; name: string }[]) => { set.clear(); setPeople(next) }
  const isSame = people.map((person) => person.personId).join() === community.people.map((person) => person.personId).join()
  const others = staff.filter((one) => !people.some((person) => person.personId === one.personId))
  const words = dutyWords(people)
  return (
    <ConfirmSheet
      question={people.length === 0 ? `${community.name}至少要有一位值班。` : `${community.name}敲不开门时，${words}？`} yes="就这样排" no="不改" isBusy={set.isPending} isDisabled={people.length === 0 || isSame}
      onNo={onNo} onYes={async () => { if (await set.run({ communityId: community.communityId, personIds: people.map((person) => person.personId) })) onDone(`${community.name}：${words}。`) }}
    >
      {set.problem ? <Problem problem={set.problem} /> : null}
      {people.map((person, index) => (
        <Box key={person.personId} className="stack-tight">
          <Box className="lead">{index + 1}. {person.name}</Box>
          <Box className="pair">
            {index === 0 ? null : <Button kind="outline" label={`提前，${person.name}`} onPress={() => change([...people.slice(0, index - 1), person, ...people.slice(index - 1, index), ...people.slice(index + 1)])}>提前</Button>}
            <Button kind="outline" label={`去掉，${person.name}`} onPress={() => change(people.filter((one) => one.personId !== person.personId))}>去掉</Button>
          </Box>
        </Box>
      ))}
      {people.length < MOST_PEOPLE && others.length > 0
        ? (
          <SelectField
            label="加一位" value="" emptyWords="选一位" options={others.map((one) => ({ key: one.personId, words: `${one.name} · ${one.placeName}` }))}
            onChange={(key) => { const chosen = others.find((one) => one.personId === key); if (chosen) change([...people, { personId: chosen.personId, name: chosen.name }]) }}
          />
        )
        : null}
    </ConfirmSheet>
  )
}
