/**
 * Reach 送达台账 (law 6): of a notice every addressee is in exactly one state, for the edition that stands now. Who has not
 * understood by the deadline becomes a call, then a visit. A correction asks everybody anew; what was understood before
 * stays on record. Whoever moves within the audience takes the line along; whoever moves out of it keeps it to read, and
 * nobody calls any more.
 */
import { buildingIn } from './audience'
import type { By } from './booking-record'
import { ageOn } from './civil-time'
import { alertedInOrder } from './delegation'
import { ensure } from './error'
import { buildingOf, type Guarded } from './grid'
import { SENDING_LOST_AFTER } from './message'
import { isCalling, type Notice, type NoticeLevel } from './notice'
import type { Person, RequestLog } from './person'

export const reachStates = ['notYetSent', 'sent', 'unsure', 'noQuota', 'read', 'understood', 'toldByPhone', 'toldAtDoor'] as const
/** Not yet sent; sent; perhaps sent; WeChat could not carry it; opened; 我知道了; told on the telephone; told at the door. */
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

/** One message that was claimed for a line, and what became of it. */
export interface SentTo {
  readonly personId: string
  readonly name: string
  /** what the addressee's family is to them; null: the addressee */
  readonly kinship: string | null
  readonly at: number
  readonly edition: number
  /** null: not known yet; once its time is over, not to be known any more, because WeChat cannot be asked */
  readonly outcome: 'sent' | 'noQuota' | 'failed' | null
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
  /** where it stands in the list: when it was listed, or the end of its pin, which is later than everything listed; 0: not there any more */
  readonly sortAt: number
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
  /** messages that were claimed, oldest first: nobody gets a second one of an edition; absent: none was */
  readonly sentTo?: readonly SentTo[]
  /** the message of this edition went to family, in the place of an addressee without an account */
  readonly isSentToFamily?: boolean
  /** who has not understood by the deadline */
  readonly duty: 'none' | 'call' | 'visit'
  /** whose part of the community it is, as far as the building tells; known when somebody has to be called */
  readonly grid?: string | null
  /** in this order they are called and visited: community, grid, building, then who needs it most; no two lines are level */
  readonly dutyOrder: string
  /** does not live where the notice is for any more */
  readonly hasMovedAway?: boolean
  /** a door stayed shut and its safety case is not opened yet, ms; null or absent: none is owed */
  readonly owesCaseAt?: number | null
  readonly tries: readonly { readonly how: 'phone' | 'door'; readonly outcome: 'told' | 'noAnswer'; readonly by: By; readonly at: number; readonly edition: number }[]
  readonly help: HelpAsked | null
  readonly requests: RequestLog
}

/** Ids carry uniqueness: one receipt a notice and person. */
export const receiptIdOf = (noticeId: string, personId: string): string => `${noticeId}_${personId}`

/** Between which ids the lines of one notice stand. */
export const lineIdsOf = (noticeId: string): { readonly after: string; readonly below: string } => ({ after: `${noticeId}_`, below: `${noticeId}_~` })

/** States in which nobody has opened it. */
export const isUnopened = (state: ReachState): boolean => state === 'notYetSent' || state === 'sent' || state === 'unsure' || state === 'noQuota'

/** States in which somebody has understood. */
export const isReached = (state: ReachState): boolean => state === 'understood' || state === 'toldByPhone' || state === 'toldAtDoor'

/** Calls without answer after which somebody goes to the door. 示例 policy. */
export const CALLS_BEFORE_VISIT = 2
const padded = (building: string | null): string => (building ?? '').padStart(4, '0').slice(-4) || '0000'
/** Who needs it most goes first at one building: alone and very old, alone, very old, others. */
const need = (livesAlone: boolean, age: number): number => (livesAlone && age >= 80 ? 0 : livesAlone ? 1 : age >= 80 ? 2 : 3)

/** Where this address is on the walk: whose grid, and where in it. Doors of no grid stand after all grids. */
function onTheWalk(noticeId: string, person: Pick<Person, '_id' | 'communityId' | 'address' | 'livesAlone'>, age: number, communities: readonly (Guarded & { readonly communityId: string })[]): Pick<Receipt, 'building' | 'grid' | 'dutyOrder'> {
  const building = buildingIn(person.address)
  const number = buildingOf(person.address)
  const grids = communities.find((community) => community.communityId === person.communityId)?.grids ?? []
  const index = number === null ? -1 : grids.findIndex((one) => one.buildings.includes(number))
  return { building, grid: grids[index]?.name ?? null, dutyOrder: `${person.communityId} ${index < 0 ? '99' : String(index).padStart(2, '0')} ${padded(building)} ${need(person.livesAlone, age)} ${person._id} ${noticeId}` }
}

/** Marked as new in the list: not opened yet, or taken back since. */
export const isUnread = ({ state, isWithdrawn, attention }: Pick<Receipt, 'state' | 'isWithdrawn' | 'attention'>): boolean => (isWithdrawn ? attention > 0 : isUnopened(state))

/** Waits for 我知道了. */
export const asks = ({ level, isWithdrawn, state, validUntil }: Pick<Receipt, 'level' | 'isWithdrawn' | 'state' | 'validUntil'>, now: number): boolean => level === 'mustReach' && !isWithdrawn && !isReached(state) && validUntil > now

/** Of the editions that were understood, the last one before that which the line speaks of; undefined: nothing was. */
export const understoodBefore = ({ understood, edition }: Pick<Receipt, 'understood' | 'edition'>): number | undefined => understood.filter((one) => one.edition < edition).at(-1)?.edition

/** Belongs in the evening's digest: new since `from`, for the list alone, and not opened. */
export const isForDigest = (line: Receipt, from: number, now: number): boolean =>
  line.level === 'ordinary' && line.state === 'notYetSent' && !line.isWithdrawn && line.hasMovedAway !== true && line.listedAt > from && line.validUntil > now

export const attentionOf = (level: NoticeLevel): Receipt['attention'] => (level === 'mustReach' ? 2 : level === 'important' ? 1 : 0)

/** What the rules of the ledger look at in a person. */
export type Reachable = Pick<Person, '_id' | 'standing' | 'name' | 'communityId' | 'accountId' | 'birthOn' | 'livesAlone' | 'address' | 'phone' | 'delegates' | 'callOrder'>

/** Family who may get one line's message, at most: those who are called first. 示例 policy. */
export const MOST_FAMILY = 3

/** Who may hear in the place of an addressee without an account: of what must reach, the family who are to be alerted. */
export const familyOf = (level: NoticeLevel, person: Pick<Person, 'accountId' | 'delegates' | 'callOrder'>, today: string): readonly { readonly personId: string; readonly kinship: string }[] =>
  level === 'mustReach' && person.accountId === null ? alertedInOrder(person, today).slice(0, MOST_FAMILY) : []

/** Where an addressee begins. Whom WeChat can carry nothing to, nor to their family, is told otherwise: that is a state, not an error. */
function begun(level: NoticeLevel, person: Reachable, today: string, now: number): Pick<Receipt, 'state' | 'sendAt'> {
  if (level === 'ordinary') return { state: 'notYetSent', sendAt: null }
  return person.accountId !== null || familyOf(level, person, today).length > 0 ? { state: 'notYetSent', sendAt: now } : { state: 'noQuota', sendAt: null }
}
type Communities = readonly (Guarded & { readonly communityId: string })[]

/** Whom nobody can telephone is gone to. */
const dutyOf = (phone: string | null): Receipt['duty'] => (phone === null ? 'visit' : 'call')

/** A new addressee. @param communities with their grids; needed once the deadline is past */
export function addressed(notice: Notice, person: Reachable, today: string, now: number, communities: Communities = []): Receipt {
  const age = ageOn(person.birthOn, today)
  return {
    _id: receiptIdOf(notice._id, person._id), version: 1, noticeId: notice._id, subdistrictId: notice.subdistrictId, communityId: person.communityId, personId: person._id, personName: person.name, accountId: person.accountId,
    age, livesAlone: person.livesAlone, level: notice.level, title: notice.text.title, listedAt: notice.listedAt, validUntil: notice.validUntil, pinnedUntil: notice.pinnedUntil, sortAt: notice.pinnedUntil ?? notice.listedAt, isWithdrawn: false,
    edition: notice.edition, ...begun(notice.level, person, today, now), stateAt: now, by: null, understood: [], attention: attentionOf(notice.level), sendingSince: null,
    // Who comes into the audience after the deadline is called at once.
    duty: isCalling(notice) ? dutyOf(person.phone) : 'none', ...onTheWalk(notice._id, person, age, communities), tries: [], help: null, requests: {},
  }
}

/**
 * A line as its notice stands now: asked anew for a newer edition, taken back, on top, called, or past its time. What was
 * said of this edition stays. Again changes nothing.
 * @param person as they live now, where the deadline is past; null: nobody has to be called
 */
export function broughtUp(receipt: Receipt, notice: Notice, person: Reachable | null, now: number, communities: Communities = []): Receipt {
  // Read before the line learnt more: it is told nothing by that.
  if (receipt.edition > notice.edition || (receipt.isWithdrawn && notice.status !== 'withdrawn')) return receipt
  const asked = receipt.edition < notice.edition ? askedAnew(receipt, notice, now) : receipt
  const kept: Receipt = { ...asked, validUntil: notice.validUntil, pinnedUntil: notice.pinnedUntil, sortAt: notice.pinnedUntil ?? notice.listedAt }
  // What was taken back is worth a look to whoever may have relied on it; nobody is called for it any more.
  const taken: Receipt = notice.status === 'withdrawn' ? { ...kept, isWithdrawn: true, sendAt: null, duty: 'none', attention: kept.isWithdrawn ? kept.attention : notice.level === 'ordinary' ? 0 : 1 } : kept
  // Past its time it leaves the list; the archive has it.
  if (notice.isOver) return { ...taken, sortAt: 0, attention: 0, sendAt: null, duty: 'none' }
  if (notice.status === 'withdrawn') return taken
  const settled = person === null ? kept : relocated(kept, notice, person, communities)
  if (!isCalling(notice) || settled.hasMovedAway === true || isReached(settled.state) || settled.duty !== 'none' || person === null) return settled
  return { ...settled, ...onTheWalk(notice._id, person, settled.age, communities), duty: dutyOf(person.phone) }
}

/** Unread again, and owed a message; what was understood of an earlier edition is on record already. */
const askedAnew = (receipt: Receipt, notice: Notice, now: number): Receipt => ({
  ...receipt, edition: notice.edition, title: notice.text.title, listedAt: notice.listedAt, attention: receipt.hasMovedAway === true ? 0 : attentionOf(notice.level), state: 'notYetSent', stateAt: now, by: null,
  duty: 'none', sendAt: notice.level === 'ordinary' || receipt.hasMovedAway === true ? null : now, sendingSince: null, isSentToFamily: false,
})

/** Somebody who may have moved: within the audience the line goes along, out of it nobody calls any more, and back again everything is asked as before. */
export function relocated(receipt: Receipt, notice: Notice, person: Reachable, communities: Communities = []): Receipt {
  const isHere = person.standing !== 'left' && notice.audience.communityIds.includes(person.communityId)
  if (!isHere) return receipt.hasMovedAway === true ? receipt : { ...receipt, hasMovedAway: true, duty: 'none', sendAt: null, attention: 0 }
  if (receipt.hasMovedAway !== true && receipt.communityId === person.communityId) return receipt
  const isOpen = !isReached(receipt.state)
  const here: Receipt = { ...receipt, communityId: person.communityId, ...onTheWalk(notice._id, person, receipt.age, communities) }
  if (receipt.hasMovedAway !== true) return here
  return { ...here, hasMovedAway: false, attention: isOpen ? attentionOf(receipt.level) : 0, duty: isOpen && isCalling(notice) ? dutyOf(person.phone) : 'none' }
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
export type Told = { readonly how: 'phone' | 'door'; readonly outcome: 'told' | 'noAnswer' | 'needsHelp'; readonly words: string | null; /** a door that stays shut opens a safety case */ readonly opensCase?: boolean }

/**
 * A call or a visit. After calls without answer somebody goes; who stays behind a shut door stays on the list.
 * @throws WRONG_STATE {status} when nobody has to be told any more
 */
export function told(receipt: Receipt, its: Told, by: By, now: number): Receipt {
  ensure(!receipt.isWithdrawn && !isReached(receipt.state), 'WRONG_STATE', { status: receipt.isWithdrawn ? 'withdrawn' : receipt.state })
  const tries = [...receipt.tries, { how: its.how, outcome: its.outcome === 'noAnswer' ? 'noAnswer' as const : 'told' as const, by, at: now, edition: receipt.edition }]
  if (its.outcome === 'noAnswer') {
    const calls = tries.filter((one) => one.edition === receipt.edition && one.how === 'phone').length
    const duty = receipt.hasMovedAway === true ? 'none' : its.how === 'door' || calls >= CALLS_BEFORE_VISIT ? 'visit' : 'call'
    return { ...receipt, tries, duty, ...(its.how === 'door' && its.opensCase === true ? { owesCaseAt: now } : {}) }
  }
  const done = { ...reached(receipt, its.how === 'phone' ? 'toldByPhone' : 'toldAtDoor', by, now), tries }
  return its.outcome === 'needsHelp' ? { ...done, help: { at: now, words: its.words, by, state: 'open', taken: null, done: null } } : done
}

/** Times that somebody stood before a shut door. Each is a miss of its own (law 4): what was closed since does not answer the next. */
export const shutDoors = (receipt: Pick<Receipt, 'tries'>): number => receipt.tries.filter((one) => one.how === 'door' && one.outcome === 'noAnswer').length

/** Which shut door, as its safety case names it. @param door counted from 1 */
export const shutDoorOf = (receipt: Pick<Receipt, 'noticeId' | 'personId'>, door: number): string => `noContact_${receipt.noticeId}_${receipt.personId}_${door}`

/** The line under the record that it belongs to now. */
export const movedTo = (receipt: Receipt, personId: string): Receipt => ({ ...receipt, _id: receiptIdOf(receipt.noticeId, personId), personId, dutyOrder: [...receipt.dutyOrder.split(' ').slice(0, -2), personId, receipt.noticeId].join(' ') })

/** How far an answer goes: who has understood under one record has understood. */
const farther = (receipt: Receipt): number => receipt.edition * 10 + (isReached(receipt.state) ? 3 : receipt.state === 'read' ? 2 : receipt.state === 'sent' ? 1 : receipt.state === 'unsure' ? 0.5 : 0)
const joined = <T extends { readonly at: number; readonly edition: number }>(mine: readonly T[], theirs: readonly T[], to: (one: T) => string = () => ''): readonly T[] =>
  [...new Map([...mine, ...theirs].map((one) => [`${one.edition} ${one.at} ${to(one)}`, one])).values()].sort((a, b) => a.at - b.at)

/** Two records of one person were addressed each: one line, of which the farther one holds. Again changes nothing. @param keep under whose id it stands */
export function oneLine(keep: Receipt, other: Receipt): Receipt {
  const best = farther(other) > farther(keep) ? other : keep
  return {
    ...best, _id: keep._id, version: keep.version, personId: keep.personId, personName: keep.personName, accountId: keep.accountId ?? other.accountId, dutyOrder: keep.dutyOrder, communityId: keep.communityId, building: keep.building,
    understood: joined(keep.understood, other.understood), tries: joined(keep.tries, other.tries), sentTo: joined(keep.sentTo ?? [], other.sentTo ?? [], (one) => one.personId), help: keep.help ?? other.help, owesCaseAt: keep.owesCaseAt ?? other.owesCaseAt ?? null, requests: { ...other.requests, ...keep.requests },
  }
}

/** What this edition's messages are known to have come to. */
const messagesOf = ({ sentTo = [], edition }: Pick<Receipt, 'sentTo' | 'edition'>): readonly SentTo[] => sentTo.filter((one) => one.edition === edition)

/** Claimed, and given up: it may have been sent or not, and is never sent again. */
export const isUnsure = (one: SentTo, now: number): boolean => one.outcome === null && one.at <= now - SENDING_LOST_AFTER

/** Of these people, to whom this edition's message was never claimed: nobody is told twice, nobody forgotten. */
export const owedTo = <P extends { readonly personId: string }>(line: Pick<Receipt, 'sentTo' | 'edition'>, people: readonly P[]): readonly P[] => people.filter(({ personId }) => !messagesOf(line).some((one) => one.personId === personId))

/** How a line stands to which no message is owed any more: one that was sent counts, then one that may have been; none is a state, not an error. */
export function settledState(line: Pick<Receipt, 'sentTo' | 'edition'>): 'sent' | 'unsure' | 'noQuota' {
  const messages = messagesOf(line)
  return messages.some((one) => one.outcome === 'sent') ? 'sent' : messages.some((one) => one.outcome === null) ? 'unsure' : 'noQuota'
}

/** Claimed by one sender, for one person: of two runs one sends it. What is cut short from here on comes up again, and is not sent again. */
export const claimed = (line: Receipt, to: Pick<SentTo, 'personId' | 'name' | 'kinship'>, now: number): Receipt => ({
  ...line, sendingSince: now, sendAt: now + SENDING_LOST_AFTER, sentTo: [...(line.sentTo ?? []), { personId: to.personId, name: to.name, kinship: to.kinship, at: now, edition: line.edition, outcome: null }],
})

/**
 * What became of a message that was claimed. It is written down in any case; whoever answered meanwhile, or a newer
 * edition, has the last word about the state.
 * @param isMore somebody else of the family is still owed theirs
 */
export function sentOut(line: Receipt, sending: Receipt, outcome: 'sent' | 'noQuota' | 'failed', isMore: boolean, now: number): Receipt {
  const mine = sending.sentTo?.at(-1)
  const known: Receipt = { ...line, sentTo: (line.sentTo ?? []).map((one) => (one.personId === mine?.personId && one.at === mine.at && one.edition === mine.edition ? { ...one, outcome } : one)) }
  if (line.edition !== sending.edition || line.sendingSince !== sending.sendingSince || line.sendAt === null || !isUnopened(line.state)) return known
  const state = settledState(known)
  return { ...known, sendingSince: null, sendAt: isMore ? now : null, state: isMore && state !== 'sent' ? line.state : state, stateAt: now, isSentToFamily: messagesOf(known).some((one) => one.outcome === 'sent' && one.kinship !== null) }
}

/** How many stand in each state. */
export type ReachCounts = Readonly<Record<ReachState, number>>
export const noReach: ReachCounts = { notYetSent: 0, sent: 0, unsure: 0, noQuota: 0, read: 0, understood: 0, toldByPhone: 0, toldAtDoor: 0 }
export const reachedOf = (counts: ReachCounts): number => counts.understood + counts.toldByPhone + counts.toldAtDoor
export const addressedOf = (counts: ReachCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)
