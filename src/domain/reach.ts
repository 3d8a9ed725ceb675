/**
 * Reach 送达台账 (law 6): of a notice every addressee is in exactly one state, for the edition that stands now. Who has not
 * understood by the deadline becomes a call, then a visit. A correction asks everybody anew; what was understood before
 * stays on record.
 */
import { buildingIn } from './audience'
import type { By } from './booking-record'
import { ageOn } from './civil-time'
import { ensure } from './error'
import type { Notice, NoticeLevel } from './notice'
import type { Person, RequestLog } from './person'

export const reachStates = ['notYetSent', 'sent', 'noQuota', 'read', 'understood', 'toldByPhone', 'toldAtDoor'] as const
/** Not yet sent; sent; WeChat could not carry it; opened; 我知道了; told on the telephone; told at the door. */
export type ReachState = (typeof reachStates)[number]

/** Who asks for help with a notice, and what became of it. */
export interface HelpAsked {
  readonly at: number
  readonly words: string | null
  readonly by: By
  readonly state: 'open' | 'taken' | 'done'
  readonly taken: By | null
  readonly done: { readonly by: By; readonly at: number; readonly words: string } | null
}

/** One addressee of one notice. Its id is made of both. */
export interface Receipt {
  readonly _id: string
  readonly version: number
  readonly noticeId: string
  readonly subdistrictId: string
  readonly communityId: string
  readonly building: string | null
  readonly personId: string
  readonly personName: string
  readonly accountId: string | null
  readonly age: number
  readonly livesAlone: boolean
  /** what a list shows, repeated here so that a page is one query */
  readonly level: NoticeLevel
  readonly title: string
  readonly listedAt: number
  readonly validUntil: number
  readonly pinnedUntil: number | null
  /** taken back: shown with its reason */
  readonly isWithdrawn: boolean
  /** the edition that `state` speaks of */
  readonly edition: number
  readonly state: ReachState
  readonly stateAt: number
  /** who said so, for what a person said; null: WeChat, or nobody yet */
  readonly by: By | null
  /** editions that were understood, oldest first: a correction asks anew and keeps what was said before */
  readonly understood: readonly { readonly edition: number; readonly state: ReachState; readonly at: number; readonly by: By }[]
  /** 2: asks for an answer, 1: worth a look, 0: nothing; on the first screen the highest come first */
  readonly attention: 0 | 1 | 2
  /** when its message is to go out, ms; null: none is owed */
  readonly sendAt: number | null
  /** claimed by a sender at this moment, ms; null: not */
  readonly sendingSince: number | null
  /** who has not understood by the deadline */
  readonly duty: 'none' | 'call' | 'visit'
  /** in this order they are called and visited: building, then who needs it most */
  readonly dutyOrder: string
  readonly tries: readonly { readonly how: 'phone' | 'door'; readonly outcome: 'told' | 'noAnswer'; readonly by: By; readonly at: number; readonly edition: number }[]
  readonly help: HelpAsked | null
  readonly requests: RequestLog
}

/** Ids carry uniqueness: one receipt a notice and person. */
export const receiptIdOf = (noticeId: string, personId: string): string => `${noticeId}_${personId}`

/** States in which somebody has understood. */
export const isReached = (state: ReachState): boolean => state === 'understood' || state === 'toldByPhone' || state === 'toldAtDoor'

/** Calls without answer after which somebody goes to the door. 示例 policy. */
export const CALLS_BEFORE_VISIT = 2
const padded = (building: string | null): string => (building ?? '').padStart(4, '0').slice(-4) || '0000'
/** Who needs it most goes first at one building: alone and very old, alone, very old, others. */
const need = (livesAlone: boolean, age: number): number => (livesAlone && age >= 80 ? 0 : livesAlone ? 1 : age >= 80 ? 2 : 3)

export const attentionOf = (level: NoticeLevel): Receipt['attention'] => (level === 'mustReach' ? 2 : level === 'important' ? 1 : 0)

/** Where an addressee begins, in each edition. Without an account WeChat carries nothing: that is a state, not an error. */
export const firstState = (level: NoticeLevel, accountId: string | null): ReachState => (level !== 'ordinary' && accountId === null ? 'noQuota' : 'notYetSent')

/** A new addressee. */
export function addressed(notice: Notice, person: Person, today: string, now: number): Receipt {
  const age = ageOn(person.birthOn, today)
  const building = buildingIn(person.address)
  return {
    _id: receiptIdOf(notice._id, person._id), version: 1, noticeId: notice._id, subdistrictId: notice.subdistrictId, communityId: person.communityId, building, personId: person._id, personName: person.name, accountId: person.accountId,
    age, livesAlone: person.livesAlone, level: notice.level, title: notice.text.title, listedAt: notice.listedAt, validUntil: notice.validUntil, pinnedUntil: notice.pinnedUntil, isWithdrawn: false,
    edition: notice.edition, state: firstState(notice.level, person.accountId), stateAt: now, by: null, understood: [], attention: attentionOf(notice.level),
    sendAt: notice.level !== 'ordinary' && person.accountId !== null ? now : null, sendingSince: null,
    // Who comes into the audience after the deadline is called at once.
    duty: notice.calledFor === notice.edition && notice.edition > 0 ? 'call' : 'none', dutyOrder: `${padded(building)} ${need(person.livesAlone, age)} ${person._id}`, tries: [], help: null, requests: {},
  }
}

/** Opened on a phone. Whoever understood it, or was told, stays so. */
export function read(receipt: Receipt, by: By, now: number): Receipt {
  if (receipt.isWithdrawn) return receipt.attention === 0 ? receipt : { ...receipt, attention: 0 }
  if (isReached(receipt.state) || receipt.state === 'read') return receipt
  return { ...receipt, state: 'read', stateAt: now, by, sendAt: null, attention: receipt.level === 'mustReach' ? 2 : 0 }
}

/** 我知道了, of the edition that was shown; family with the right says it for the elder, and it shows as theirs. @throws CORRECTED {edition}, WRONG_STATE */
export function acknowledge(receipt: Receipt, edition: number, by: By, now: number): Receipt {
  ensure(!receipt.isWithdrawn, 'WRONG_STATE', { status: 'withdrawn' })
  ensure(receipt.edition === edition, 'CORRECTED', { edition: receipt.edition })
  if (isReached(receipt.state)) return receipt
  return reached(receipt, 'understood', by, now)
}

const reached = (receipt: Receipt, state: ReachState, by: By, now: number): Receipt => ({ ...receipt, state, stateAt: now, by, sendAt: null, attention: 0, duty: 'none', understood: [...receipt.understood, { edition: receipt.edition, state, at: now, by }] })

/** 要帮忙: a task at once; asking is understanding. Again while it is open changes nothing. @throws CORRECTED, WRONG_STATE */
export function askForHelp(receipt: Receipt, edition: number, words: string | null, by: By, now: number): Receipt {
  const understood = acknowledge(receipt, edition, by, now)
  if (receipt.help !== null && receipt.help.state !== 'done') return { ...understood, help: receipt.help }
  return { ...understood, help: { at: now, words, by, state: 'open', taken: null, done: null } }
}

/** Somebody sees to it; of two, one. @throws WRONG_STATE {status}, ALREADY_TAKEN {name} */
export function takeHelp(receipt: Receipt, by: By): Receipt {
  ensure(receipt.help !== null && receipt.help.state !== 'done', 'WRONG_STATE', { status: receipt.help?.state ?? 'none' })
  ensure(receipt.help.state === 'open' || receipt.help.taken?.personId === by.personId, 'ALREADY_TAKEN', { name: receipt.help.taken?.name ?? '' })
  return { ...receipt, help: { ...receipt.help, state: 'taken', taken: by } }
}

/** What was done. Only by who took it. @throws WRONG_STATE, ALREADY_TAKEN */
export function finishHelp(receipt: Receipt, words: string, by: By, now: number): Receipt {
  const { help } = receipt
  ensure(help !== null && help.state === 'taken', 'WRONG_STATE', { status: help?.state ?? 'none' })
  ensure(help.taken?.personId === by.personId, 'ALREADY_TAKEN', { name: help.taken?.name ?? '' })
  return { ...receipt, help: { ...help, state: 'done', done: { by, at: now, words } } }
}

/** What a worker says after telephoning or standing before the door. */
export type Told = { readonly how: 'phone' | 'door'; readonly outcome: 'told' | 'noAnswer' | 'needsHelp'; readonly words: string | null }

/**
 * A call or a visit. After calls without answer somebody goes; who stays behind a shut door stays on the list.
 * @throws WRONG_STATE {status} when nobody has to be told any more
 */
export function told(receipt: Receipt, its: Told, by: By, now: number): Receipt {
  ensure(!receipt.isWithdrawn && !isReached(receipt.state), 'WRONG_STATE', { status: receipt.isWithdrawn ? 'withdrawn' : receipt.state })
  const tries = [...receipt.tries, { how: its.how, outcome: its.outcome === 'noAnswer' ? 'noAnswer' as const : 'told' as const, by, at: now, edition: receipt.edition }]
  if (its.outcome === 'noAnswer') {
    const calls = tries.filter((one) => one.edition === receipt.edition && one.how === 'phone').length
    return { ...receipt, tries, duty: its.how === 'door' || calls >= CALLS_BEFORE_VISIT ? 'visit' : 'call' }
  }
  const done = { ...reached(receipt, its.how === 'phone' ? 'toldByPhone' : 'toldAtDoor', by, now), tries }
  return its.outcome === 'needsHelp' ? { ...done, help: { at: now, words: its.words, by, state: 'open', taken: null, done: null } } : done
}

/** How many stand in each state. */
export type ReachCounts = Readonly<Record<ReachState, number>>
export const noReach: ReachCounts = { notYetSent: 0, sent: 0, noQuota: 0, read: 0, understood: 0, toldByPhone: 0, toldAtDoor: 0 }
export const reachedOf = (counts: ReachCounts): number => counts.understood + counts.toldByPhone + counts.toldAtDoor
export const addressedOf = (counts: ReachCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)
