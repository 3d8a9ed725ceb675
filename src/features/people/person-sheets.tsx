/** Questions before something changes in a person's record: seen, a new card, a delegation that ends. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { hardshipChoices, identityChecks, type Hardship, type IdentityCheck } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

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

export function HardshipSheet({ person, onDone, onNo }: { person: Person; onDone: () => void; onNo: () => void }) {
  const set = useAction('person.setHardship')
  const [hardship, setHardship] = useState<Hardship>(person.hardship)
  const [seen, setSeen] = useState('')
  const papers = seen.trim()
  return (
    <ConfirmSheet
      question={`${person.name}的困难情况，决定以后的餐补多少。要看过证明。`} yes="记下" isAside isBusy={set.isPending} isDisabled={papers === '' || hardship === person.hardship} onNo={onNo}
      onYes={async () => { if (await set.run({ personId: person.personId, hardship, seen: papers })) onDone() }}
    >
      {set.problem ? <Problem problem={set.problem} /> : null}
      <AnswerChoice label="困难情况" selected={[hardship]} onChoose={(key) => setHardship(hardshipChoices.find((one) => one.key === key)?.key ?? hardship)} answers={hardshipChoices} />
      <Field label="看了什么证明" value={seen} onChange={setSeen} maxLength={40} placeholder="低保证，尾号 3016" hint="会记下来，本人看得到" />
    </ConfirmSheet>
  )
}

/** Another community looks after them from then on, and what it tells its people reaches them. */
export function MoveSheet({ person, onDone, onNo }: { person: Person; onDone: (words: string) => void; onNo: () => void }) {
  const account = useQuery('account.open', {})
  const move = useAction('person.move')
  const [communityId, setCommunityId] = useState<string | null>(null)
  const [address, setAddress] = useState('')
  const others = (account.output?.communities ?? []).filter((community) => community.name !== person.communityName)
  const chosen = others.find((community) => community.communityId === communityId)
  return (
    <ConfirmSheet
      question={`${person.name}搬到别的社区了？以后由那边的社工照看，通知也收那边的。约好的服务还在。`} yes="搬了" isAside isBusy={move.isPending} isDisabled={chosen === undefined} onNo={onNo}
      onYes={async () => { if (chosen && (await move.run({ personId: person.personId, communityId: chosen.communityId, address: address.trim() }))) onDone(`记下了，${person.name}搬到${chosen.name}了`) }}
    >
      {move.problem ? <Problem problem={move.problem} /> : null}
      {account.problem ? <Problem problem={account.problem} /> : null}
      <AnswerChoice label="搬到哪个社区" selected={communityId === null ? [] : [communityId]} onChoose={setCommunityId} answers={others.map((community) => ({ key: community.communityId, title: community.name }))} />
      <Field label="新的门牌" value={address} onChange={setAddress} maxLength={60} placeholder="太古城 3 幢 201" hint="还不知道就空着，上门以前再补" />
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
