/**
 * Two records of one human become one 合并, and a record that is erased 注销 leaves no name behind: both move everything
 * that names the old record to another one. Nothing of either record is lost in a merge; in an erasure the entries of
 * others stay, without the name (law 9).
 */
import { delegationState, withoutEntry, type Delegation } from './delegation'
import type { Diet } from './diet'
import { ensure } from './error'
import { hasLiveBookings, type Person } from './person'
import { isResident } from './claim'
import type { SubsidyTally } from './meal-policy'
import type { Message } from './message'
import { hasLiveShifts } from './shift'

/** How a person who erased themself stands on what belongs to others, too. */
export const NOBODY = '已注销'

/** The better of two delegations of the same family member: one that holds, then the one that lasts longer. */
function better(a: Delegation, b: Delegation, today: string): Delegation {
  const rank = (given: Delegation): string => `${delegationState(given, today) === 'active' ? 1 : 0}${given.endOn}`
  return rank(a) >= rank(b) ? a : b
}

function unitedDelegates(keep: Person, drop: Person, today: string): Record<string, Delegation> {
  const united: Record<string, Delegation> = {}
  for (const given of [...Object.values(keep.delegates), ...Object.values(drop.delegates)]) {
    if (given.personId === keep._id || given.personId === drop._id) continue // nobody acts for themself
    const other = united[given.personId]
    united[given.personId] = other === undefined ? given : better(other, given, today)
  }
  return united
}

function unitedDiet(keep: Diet | null, drop: Diet | null): Diet | null {
  if (keep === null || drop === null) return keep ?? drop
  const first = keep.consentAt <= drop.consentAt ? keep : drop
  return { ...first, allergens: [...new Set([...keep.allergens, ...drop.allergens])], advice: [...new Set([...keep.advice, ...drop.advice])] }
}

/** The month's subsidies of both: they are one elder. */
const unitedSubsidies = (keep: SubsidyTally, drop: SubsidyTally): SubsidyTally =>
  Object.fromEntries([...new Set([...Object.keys(keep), ...Object.keys(drop)])].map((month) => [month, { ...drop[month], ...keep[month] }]))

/** Everything personal taken out of a record that stands for nobody any more. */
const emptied = (person: Person, now: number): Person => ({
  ...person, phone: null, address: null, careNotes: null, careNotesConsentAt: null, accountId: null, livesAlone: false, seenBy: null,
  kinIds: [], delegates: {}, delegateIds: [], callOrder: [], busy: [], doorCard: null, requests: {}, unsettledAt: now,
  diet: null, hardship: 'none', away: null, dailyCheck: null, lastWellAt: null, checkDueAt: null, subsidies: {},
})

/**
 * `drop` becomes part of `keep`.
 * @throws SAME_PERSON; NOT_FOUND for a record out of use; MERGE_CONFLICT when each belongs to an account of its own;
 * LIVE_BOOKINGS and LIVE_SHIFTS while `drop` has bookings or shifts to come (a seat in a slot is held under its id)
 */
export function merge(keep: Person, drop: Person, now: number, today: string): { readonly keep: Person; readonly drop: Person } {
  ensure(keep._id !== drop._id, 'SAME_PERSON')
  ensure(isResident(keep) && isResident(drop) && keep.subdistrictId === drop.subdistrictId, 'NOT_FOUND')
  ensure(keep.accountId === null || drop.accountId === null, 'MERGE_CONFLICT')
  ensure(!hasLiveBookings(drop, now), 'LIVE_BOOKINGS')
  ensure(!hasLiveShifts(drop, now), 'LIVE_SHIFTS')
  const delegates = unitedDelegates(keep, drop, today)
  return {
    keep: {
      ...keep,
      accountId: keep.accountId ?? drop.accountId, phone: keep.phone ?? drop.phone, address: keep.address ?? drop.address, livesAlone: keep.livesAlone || drop.livesAlone,
      standing: keep.standing === 'verified' || drop.standing === 'verified' ? 'verified' : 'unverified', seenBy: keep.seenBy ?? drop.seenBy,
      registeredAt: Math.min(keep.registeredAt, drop.registeredAt),
      careNotes: keep.careNotes ?? drop.careNotes, careNotesConsentAt: keep.careNotesConsentAt ?? drop.careNotesConsentAt,
      kinIds: [...new Set([...keep.kinIds, ...drop.kinIds])].filter((id) => id !== keep._id && id !== drop._id),
      delegates, delegateIds: Object.keys(delegates), callOrder: [...new Set([...(keep.callOrder ?? []), ...(drop.callOrder ?? [])])].filter((id) => id !== keep._id && id !== drop._id), busy: [...keep.busy, ...drop.busy], doorCard: keep.doorCard ?? drop.doorCard,
      requests: { ...drop.requests, ...keep.requests },
      // What must not be eaten is never lost; of two consents the older holds.
      diet: unitedDiet(keep.diet, drop.diet), hardship: keep.hardship === 'none' ? drop.hardship : keep.hardship, away: keep.away ?? drop.away, dailyCheck: keep.dailyCheck ?? drop.dailyCheck,
      lastWellAt: Math.max(keep.lastWellAt ?? 0, drop.lastWellAt ?? 0) || null, checkDueAt: keep.checkDueAt ?? drop.checkDueAt, subsidies: unitedSubsidies(keep.subsidies, drop.subsidies),
    },
    drop: { ...emptied(drop, now), standing: 'merged', mergedInto: keep._id },
  }
}

/** An elder who gave both records a right gave it to one person: the better of the two stays, under the record that is kept. */
export function withOneDelegation(elder: Person, dropId: string, keepId: string, today: string): Person {
  const [ofDrop, ofKeep] = [elder.delegates[dropId], elder.delegates[keepId]]
  if (ofDrop === undefined || ofKeep === undefined) return elder
  return withoutEntry({ ...elder, delegates: { ...elder.delegates, [keepId]: { ...better(ofKeep, ofDrop, today), personId: keepId } } }, dropId)
}

/**
 * The record without the person, and the nobody who takes its place on what others keep.
 * @throws LIVE_BOOKINGS, LIVE_SHIFTS; BAD_INPUT {field} when the name that was typed is not theirs
 */
export function erase(person: Person, nobodyId: string, typedName: string, now: number): { readonly gone: Person; readonly nobody: Person } {
  ensure(typedName === person.name, 'BAD_INPUT', { field: 'confirmName' })
  ensure(!hasLiveBookings(person, now), 'LIVE_BOOKINGS')
  ensure(!hasLiveShifts(person, now), 'LIVE_SHIFTS')
  const gone: Person = { ...emptied(person, now), name: NOBODY, birthOn: '1900-01-01', standing: 'erased', mergedInto: nobodyId }
  return { gone, nobody: { ...gone, _id: nobodyId, version: 1, registeredAt: now, mergedInto: null, unsettledAt: null } }
}

/** Words of a message without these names: they tell nobody's any more. */
export function unnamed<M extends Pick<Message, 'data' | 'gist'>>(message: M, names: readonly string[]): M {
  const strip = (text: string): string => names.reduce((words, name) => words.replaceAll(name, NOBODY), text)
  const data = Object.fromEntries(Object.entries(message.data).map(([field, { value }]) => [field, { value: strip(value) }]))
  return { ...message, data, gist: strip(message.gist) }
}

/** Which field beside an id tells the same person's name. */
const nameBeside = (field: string): readonly string[] =>
  field === 'personId' ? ['name', 'personName'] : field === 'fromPersonId' ? ['fromName'] : field.endsWith('Id') ? [`${field.slice(0, -2)}Name`] : []

/** Sums and secrets are no place for a person's id, whatever they spell. */
const leftAlone: readonly string[] = ['_id', 'madeBy', 'doorKey', 'number']
/** Who made a policy is a person, beside the sums that stand under the same name elsewhere. */
const isLeftAlone = (name: string, field: unknown): boolean => leftAlone.includes(name) && !(typeof field === 'object' && field !== null && 'personId' in field)

/**
 * The same document with one person's id and name replaced wherever it names them: in fields, lists and maps, however
 * deep. What does not name them stays the very same object; twice gives the same as once.
 */
export function renamed<T>(document: T, fromId: string, to: { readonly id: string; readonly name: string }): T {
  const walk = (value: unknown): unknown => {
    if (value === fromId) return to.id
    if (Array.isArray(value)) return same(value, value.map(walk))
    if (typeof value !== 'object' || value === null) return value
    const next: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(value)) next[name === fromId ? to.id : name] = isLeftAlone(name, field) ? field : walk(field)
    for (const [name, field] of Object.entries(value)) {
      if (field === fromId) for (const beside of nameBeside(name)) if (typeof next[beside] === 'string') next[beside] = to.name
    }
    return same(value, next)
  }
  return walk(document) as T
}

/** `before` itself if nothing in it changed. */
const same = (before: object, after: object): object => {
  const names = Object.keys(before)
  const isSame = names.length === Object.keys(after).length && names.every((name) => Object.hasOwn(after, name) && Reflect.get(before, name) === Reflect.get(after, name))
  return isSame ? before : after
}
