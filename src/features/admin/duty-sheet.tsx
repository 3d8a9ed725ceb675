/** Who goes in one community when a door stays shut, in this order; opened where the list was. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { useAction } from '@/services/use-action'
import { PeopleInTurn } from './people-in-turn'
import { dutyWords } from './policy-words'

type Answer = OutputOf<'policy.ladder'>

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
  const words = dutyWords(people)
  return (
    <ConfirmSheet
      question={people.length === 0 ? `${community.name}至少要有一位值班。` : `${community.name}敲不开门时，${words}？`} yes="就这样排" no="不改" isBusy={set.isPending} isDisabled={people.length === 0 || isSame}
      onNo={onNo} onYes={async () => { if (await set.run({ communityId: community.communityId, personIds: people.map((person) => person.personId) })) onDone(`${community.name}：${words}。`) }}
    >
      {set.problem ? <Problem problem={set.problem} /> : null}
      <PeopleInTurn people={people} staff={staff} onChange={change} />
    </ConfirmSheet>
  )
}
