/** Questions before something changes in a person's record: seen, a new card, a delegation that ends. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { identityChecks, type IdentityCheck } from '@/services/staff-words'
import { useAction } from '@/services/use-action'

export type Person = OutputOf<'person.show'>
export type Delegate = Person['delegates'][number]

export function SeenSheet({ person, onDone, onNo }: { person: Person; onDone: () => void; onNo: () => void }) {
  const seen = useAction('person.confirmSeen')
  const [check, setCheck] = useState<IdentityCheck | null>(null)
  return (
    <ConfirmSheet
      question={`您见过${person.name}本人了？从此可以请家人代办。`} yes="见过了" isBusy={seen.isPending} isDisabled={check === null} onNo={onNo}
      onYes={async () => { if (check && (await seen.run({ personId: person.personId, identityCheck: check }))) onDone() }}
    >
      {seen.problem ? <Problem problem={seen.problem} /> : null}
      <AnswerChoice label="怎么核对的身份" selected={check ? [check] : []} onChoose={(key) => setCheck(identityChecks.find((one) => one.key === key)?.key ?? null)} answers={identityChecks} />
    </ConfirmSheet>
  )
}

export function ClaimCodeSheet({ person, onIssued, onNo }: { person: Person; onIssued: (slip: OutputOf<'person.issueClaimCode'>) => void; onNo: () => void }) {
  const issue = useAction('person.issueClaimCode')
  return (
    <ConfirmSheet
      question={`给${person.name}一个登记码？有了手机，用它认领自己的登记。`} yes="给登记码" isBusy={issue.isPending} onNo={onNo}
      onYes={async () => { const made = await issue.run({ personId: person.personId }); if (made) onIssued(made) }}
    >
      {issue.problem ? <Problem problem={issue.problem} /> : null}
    </ConfirmSheet>
  )
}

export function DoorCardSheet({ person, onIssued, onNo }: { person: Person; onIssued: (card: OutputOf<'person.issueDoorCard'>) => void; onNo: () => void }) {
  const issue = useAction('person.issueDoorCard')
  return (
    <ConfirmSheet
      question={person.hasDoorCard ? `给${person.name}换一张门卡？原来那张就不能用了。` : `给${person.name}做一张门卡？护理员来了，给她看卡上的数字。`}
      yes={person.hasDoorCard ? '换新卡' : '做门卡'} isBusy={issue.isPending} onNo={onNo}
      onYes={async () => { const made = await issue.run({ personId: person.personId }); if (made) onIssued(made) }}
    >
      {issue.problem ? <Problem problem={issue.problem} /> : null}
    </ConfirmSheet>
  )
}

export function EndDelegationSheet({ person, delegate, onDone, onNo }: { person: Person; delegate: Delegate; onDone: () => void; onNo: () => void }) {
  const end = useAction('delegation.end')
  return (
    <ConfirmSheet
      question={`停掉${delegate.kinship}${delegate.name}替${person.name}办事？停了以后，${delegate.name}看不到、也办不了${person.name}的事。`}
      yes="停掉" no="不停" isDangerous isBusy={end.isPending} onNo={onNo}
      onYes={async () => { if (await end.run({ elderId: person.personId, personId: delegate.personId })) onDone() }}
    >
      {end.problem ? <Problem problem={end.problem} /> : null}
    </ConfirmSheet>
  )
}
