/**
 * Every place that carries a person's id, and what happens there when the person's record moves to another one (a merge)
 * or to nobody (an erasure). Works in bounded batches; each step may be repeated, so a crash anywhere is finished by the
 * next run (law 9: deletion reaches every place, seats in slots too).
 */
import { slotIdsOf, type Booking } from '../../src/domain/booking-record'
import { civilDate } from '../../src/domain/civil-time'
import { withoutEntry, type DelegationRequest } from '../../src/domain/delegation'
import { withoutElder, type DeliveryRun } from '../../src/domain/delivery-run'
import type { Work } from '../../src/domain/gallery'
import { isOnDuty, withoutOnDuty } from '../../src/domain/grid'
import { systemBy, type PointsEntry } from '../../src/domain/ledger'
import { renamed, unnamed, withOneDelegation } from '../../src/domain/merge'
import { pageOf, type Message } from '../../src/domain/message'
import type { Need } from '../../src/domain/needs'
import { withoutSide, type Pair } from '../../src/domain/pair'
import type { Person } from '../../src/domain/person'
import { movedTo, oneLine, type Receipt } from '../../src/domain/reach'
import type { Shift } from '../../src/domain/shift'
import type { Slot } from '../../src/domain/slot'
import type { Task } from '../../src/domain/task'
import { queueOf } from '../../src/domain/waitlist'
import type { Subdistrict } from '../../src/domain/service-item'
import { change, difference, save, type Versioned } from './aggregate'
import type { Audit } from './audits'
import { command, drop, find, insert, read, updateIf } from './cloud'
import { now } from './clock'
import { dropPictures } from './gallery'
import { findAccountOf, moveOn, sendEntries, waitingAccounts } from './ledger'
import { getPerson } from './people'
import { moveWaits } from './waitlist'

/** One place: which documents name the person there. */
interface Place {
  readonly collection: string
  readonly where: (personId: string) => Readonly<Record<string, unknown>>
  /** in an erasure these go altogether: nobody else needs them */
  readonly isTheirsAlone?: boolean
  /** what stands there is about the person, so that an export holds it; the rest is about somebody else */
  readonly isAboutThem?: boolean
}

/** Where a person's id can stand. Each is served by an index. */
export const places: readonly Place[] = [
  { collection: 'bookings', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'bookings', where: (id) => ({ workerId: id }) },
  { collection: 'bookings', where: (id) => ({ 'timeline.by.personId': id }) },
  { collection: 'bookings', where: (id) => ({ 'offAsk.by.personId': id }) },
  { collection: 'bookings', where: (id) => ({ 'absence.said.by.personId': id }) },
  { collection: 'bookings', where: (id) => ({ 'worker.kinIds': id }) },
  { collection: 'organisations', where: (id) => ({ 'by.personId': id }) },
  { collection: 'organisations', where: (id) => ({ 'decided.by.personId': id }) },
  { collection: 'organisations', where: (id) => ({ 'licences.by.personId': id }) },
  { collection: 'organisations', where: (id) => ({ 'licences.decided.by.personId': id }) },
  { collection: 'menuOffers', where: (id) => ({ 'waiting.by.personId': id }) },
  { collection: 'menuOffers', where: (id) => ({ 'decided.by.personId': id }) },
  { collection: 'series', where: (id) => ({ elderId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'series', where: (id) => ({ 'askedBy.personId': id }) },
  { collection: 'series', where: (id) => ({ 'paused.by.personId': id }) },
  { collection: 'series', where: (id) => ({ 'ended.by.personId': id }) },
  { collection: 'series', where: (id) => ({ 'away.by.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ elderId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'lifeEvents', where: (id) => ({ 'by.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ 'confirmed.by.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ 'withdrawn.by.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ 'ended.by.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ 'points.by.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ 'points.to.personId': id }) },
  { collection: 'lifeEvents', where: (id) => ({ 'family.personId': id }) },
  { collection: 'consultations', where: (id) => ({ elderId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'consultations', where: (id) => ({ 'consultant.personId': id }) },
  { collection: 'consultations', where: (id) => ({ 'timeline.by.personId': id }) },
  { collection: 'messages', where: (id) => ({ personId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'messages', where: (id) => ({ elderId: id }), isTheirsAlone: true },
  { collection: 'messages', where: (id) => ({ 'calls.personId': id }) },
  { collection: 'safetyCases', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'safetyCases', where: (id) => ({ openedBy: id }) },
  { collection: 'safetyCases', where: (id) => ({ 'taken.personId': id }) },
  { collection: 'safetyCases', where: (id) => ({ 'closed.personId': id }) },
  { collection: 'safetyCases', where: (id) => ({ 'family.personId': id }) },
  { collection: 'safetyCases', where: (id) => ({ 'rungs.personId': id }) },
  { collection: 'safetyCases', where: (id) => ({ 'plan.duty.personId': id }) },
  { collection: 'safetyCases', where: (id) => ({ 'timeline.by.personId': id }) },
  { collection: 'deliveryRuns', where: (id) => ({ elderIds: id }), isAboutThem: true },
  { collection: 'deliveryRuns', where: (id) => ({ courierId: id }) },
  { collection: 'deliveryRuns', where: (id) => ({ 'carriers.personId': id }) },
  { collection: 'deliveryRuns', where: (id) => ({ courierKinIds: id }) },
  { collection: 'delegationRequests', where: (id) => ({ fromPersonId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'delegationRequests', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'delegationRequests', where: (id) => ({ 'decidedBy.personId': id }) },
  { collection: 'claimCodes', where: (id) => ({ personId: id }), isTheirsAlone: true },
  { collection: 'claimCodes', where: (id) => ({ issuedBy: id }) },
  { collection: 'deskHours', where: (id) => ({ personId: id }), isAboutThem: true },
  { collection: 'deskHours', where: (id) => ({ 'volunteer.kinIds': id }) },
  { collection: 'deskHours', where: (id) => ({ 'enteredBy.personId': id }) },
  { collection: 'deskHours', where: (id) => ({ 'decidedBy.personId': id }) },
  { collection: 'pointsProposals', where: (id) => ({ 'proposedBy.personId': id }) },
  { collection: 'pointsProposals', where: (id) => ({ 'decidedBy.personId': id }) },
  { collection: 'bookings', where: (id) => ({ 'points.paid.ownerId': id }) },
  { collection: 'pointsByHand', where: (id) => ({ ownerId: id }), isAboutThem: true },
  { collection: 'pointsByHand', where: (id) => ({ nearIds: id }) },
  { collection: 'pointsByHand', where: (id) => ({ 'by.personId': id }) },
  { collection: 'pointsByHand', where: (id) => ({ 'decided.by.personId': id }) },
  { collection: 'potGifts', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'potGifts', where: (id) => ({ nearIds: id }) },
  { collection: 'potGifts', where: (id) => ({ 'by.personId': id }) },
  { collection: 'potGifts', where: (id) => ({ 'decided.by.personId': id }) },
  { collection: 'needs', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'needs', where: (id) => ({ 'openedBy.personId': id }) },
  { collection: 'needs', where: (id) => ({ 'closed.by.personId': id }) },
  { collection: 'pointsFlags', where: (id) => ({ 'people.personId': id }) },
  { collection: 'pointsFlags', where: (id) => ({ 'decided.by.personId': id }) },
  { collection: 'honourChoices', where: (id) => ({ personId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'polls', where: (id) => ({ 'openedBy.personId': id }) },
  { collection: 'polls', where: (id) => ({ 'closed.by.personId': id }) },
  { collection: 'pollVotes', where: (id) => ({ personId: id }), isAboutThem: true },
  { collection: 'surveyAnswers', where: (id) => ({ personId: id }), isAboutThem: true },
  { collection: 'surveyAnswers', where: (id) => ({ 'by.personId': id }) },
  // That somebody took part, without what they said: that stands nowhere beside a name, and stays.
  { collection: 'surveyTakers', where: (id) => ({ personId: id }), isAboutThem: true },
  { collection: 'noticeQuestions', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'noticeQuestions', where: (id) => ({ 'by.personId': id }) },
  { collection: 'noticeQuestions', where: (id) => ({ 'answer.by.personId': id }) },
  { collection: 'noticeQuestions', where: (id) => ({ 'withdrawn.by.personId': id }) },
  { collection: 'noticeReceipts', where: (id) => ({ personId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'noticeReceipts', where: (id) => ({ 'by.personId': id }) },
  { collection: 'noticeReceipts', where: (id) => ({ 'understood.by.personId': id }) },
  { collection: 'noticeReceipts', where: (id) => ({ 'tries.by.personId': id }) },
  { collection: 'noticeReceipts', where: (id) => ({ 'sentTo.personId': id }) },
  { collection: 'noticeReceipts', where: (id) => ({ 'help.by.personId': id }) },
  { collection: 'noticeReceipts', where: (id) => ({ 'help.taken.personId': id }) },
  { collection: 'consents', where: (id) => ({ personId: id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'works', where: (id) => ({ 'author.personId': id }), isTheirsAlone: true, isAboutThem: true },
  { collection: 'works', where: (id) => ({ 'asks.elder.personId': id }), isAboutThem: true },
  { collection: 'works', where: (id) => ({ 'asks.by.personId': id }) },
  { collection: 'works', where: (id) => ({ 'asks.answer.by.personId': id }) },
  { collection: 'works', where: (id) => ({ 'handedInBy.personId': id }) },
  { collection: 'works', where: (id) => ({ 'decided.by.personId': id }) },
  { collection: 'works', where: (id) => ({ likerIds: id }), isAboutThem: true },
  { collection: 'serviceItems', where: (id) => ({ 'plans.madeBy.personId': id }) },
  { collection: 'serviceItems', where: (id) => ({ 'prices.madeBy.personId': id }) },
  { collection: 'serviceItems', where: (id) => ({ 'hold.by.personId': id }) },
  { collection: 'serviceItems', where: (id) => ({ 'ends.by.personId': id }) },
  { collection: 'notices', where: (id) => ({ 'writtenBy.personId': id }) },
  { collection: 'notices', where: (id) => ({ 'publishedBy.personId': id }) },
  { collection: 'notices', where: (id) => ({ 'editions.by.personId': id }) },
  { collection: 'notices', where: (id) => ({ 'submission.by.personId': id }) },
  { collection: 'notices', where: (id) => ({ 'returned.by.personId': id }) },
  { collection: 'notices', where: (id) => ({ 'withdrawn.by.personId': id }) },
  { collection: 'shifts', where: (id) => ({ volunteerId: id }), isAboutThem: true },
  { collection: 'shifts', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'shifts', where: (id) => ({ organiserId: id }) },
  { collection: 'shifts', where: (id) => ({ 'timeline.by.personId': id }) },
  { collection: 'shifts', where: (id) => ({ 'volunteer.kinIds': id }) },
  { collection: 'slots', where: (id) => ({ 'queue.personIds': id }), isAboutThem: true },
  { collection: 'slots', where: (id) => ({ 'shift.staff.personId': id }) },
  { collection: 'slots', where: (id) => ({ 'activity.organiser.personId': id }) },
  { collection: 'slots', where: (id) => ({ 'activity.verdicts.by.personId': id }) },
  { collection: 'slots', where: (id) => ({ 'activity.cancelled.by.personId': id }) },
  { collection: 'tasks', where: (id) => ({ elderId: id }) },
  { collection: 'tasks', where: (id) => ({ organiserId: id }) },
  { collection: 'tasks', where: (id) => ({ 'publishedBy.personId': id }) },
  { collection: 'tasks', where: (id) => ({ 'cancelled.by.personId': id }) },
  { collection: 'pairs', where: (id) => ({ volunteerId: id }), isAboutThem: true },
  { collection: 'pairs', where: (id) => ({ elderId: id }), isAboutThem: true },
  { collection: 'pairs', where: (id) => ({ 'organiser.personId': id }) },
  { collection: 'pairs', where: (id) => ({ 'offeredBy.personId': id }) },
  { collection: 'pairs', where: (id) => ({ 'agreed.elder.personId': id }) },
  { collection: 'pairs', where: (id) => ({ 'ended.by.personId': id }) },
  { collection: 'groups', where: (id) => ({ memberIds: id }) },
  { collection: 'groups', where: (id) => ({ 'savedBy.personId': id }) },
  { collection: 'projects', where: (id) => ({ 'claim.memberIds': id }) },
  { collection: 'projects', where: (id) => ({ 'timeline.by.personId': id }) },
  { collection: 'people', where: (id) => ({ delegateIds: id }), isAboutThem: true },
  { collection: 'people', where: (id) => ({ kinIds: id }), isAboutThem: true },
  { collection: 'audits', where: (id) => ({ aboutId: id }), isAboutThem: true },
  { collection: 'audits', where: (id) => ({ 'by.personId': id }) },
]

/** Passbooks and their lines stay under the id that they were written for (law 2): an export holds them, an erasure takes the names out of them and nothing else. */
export const keptPlaces: readonly Place[] = [
  { collection: 'pointsAccounts', where: (id) => ({ _id: id }), isAboutThem: true },
  { collection: 'pointsEntries', where: (id) => ({ ownerId: id }), isAboutThem: true },
]

const BATCH = 50
/** Documents that one call rewrites before it leaves the rest to the next run. */
const BUDGET = 400

/** Where a record went: the id and name that take its place. */
interface Move {
  readonly from: Person
  readonly to: { readonly id: string; readonly name: string; readonly communityId: string }
  readonly isErasure: boolean
}

/**
 * Brings everything that names a moved record to the one that took its place; an erased record itself goes last.
 * @returns false if there is more to do
 */
export async function settleMove(from: Person): Promise<boolean> {
  if (from.mergedInto === null) return true
  const target = await getPerson(from.mergedInto)
  const move: Move = { from, to: { id: target._id, name: target.name, communityId: target.communityId }, isErasure: from.standing === 'erased' }
  if (!(await settleSubdistrict(move))) return false
  const account = await findAccountOf(from._id)
  if (account !== null) await moveOn(from, account, now())
  let budget = BUDGET - (move.isErasure ? await unnameEntries(from._id) : 0)
  if (budget <= 0) return false
  for (const place of places) {
    const stuck = new Set<string>()
    for (;;) {
      const found = await find<Versioned>(place.collection, place.where(from._id), null, BATCH + stuck.size)
      const open = found.filter((document) => !stuck.has(document._id))
      if (open.length === 0) break
      for (const document of open) if (!(await settleDocument(place, document, move))) stuck.add(document._id)
      budget -= open.length
      if (budget <= 0) return false
    }
  }
  // What was still on its way with a name in it stands there by now.
  if (move.isErasure && (await unnameEntries(from._id)) >= BUDGET) return false
  if (move.isErasure) await drop('people', from._id)
  else await updateIf('people', from._id, {}, { unsettledAt: command.set(null) })
  return true
}

/** Settles records that moved and are not done yet; for the timer. @returns how many were looked at */
export async function settleMoves(limit: number): Promise<number> {
  const moved = await find<Person>('people', { unsettledAt: command.gt(0) }, { by: 'unsettledAt', direction: 'asc' }, limit)
  for (const person of moved) await settleMove(person)
  return moved.length
}

/** Takes a name out of the lines of all passbooks, at most `BUDGET` of them. @returns how many were written */
async function unnameEntries(personId: string): Promise<number> {
  for (const account of await waitingAccounts(now(), now())) await sendEntries(account, now())
  let written = 0
  for (const side of ['about', 'by']) {
    for (; written < BUDGET; ) {
      const named = await find<PointsEntry>('pointsEntries', { [`${side}.personId`]: personId, [`${side}.name`]: command.gt('') }, null, BATCH)
      for (const entry of named) await updateIf('pointsEntries', entry._id, {}, { [`${side}.name`]: command.set('') })
      written += named.length
      if (named.length < BATCH) break
    }
  }
  return written
}

/** What family redeemed for each other waits under their names. */
async function unnameHolds(ownerId: string, personId: string): Promise<void> {
  const account = await findAccountOf(ownerId)
  if (account === null || !Object.values(account.holds).some((hold) => hold.by.personId === personId || hold.forElderId === personId)) return
  await change('pointsAccounts', account, (current) => ({
    ...current, holds: Object.fromEntries(Object.entries(current.holds).map(([holdId, hold]) => [holdId, { ...hold, by: hold.by.personId === personId ? { ...hold.by, name: '' } : hold.by, forName: hold.forElderId === personId ? '' : hold.forName }])),
  }))
}

const SUBDISTRICT_ATTEMPTS = 6

/** Who is on duty, and who made its policies, stands in the subdistrict's own record. @returns false if others were faster every time */
async function settleSubdistrict(move: Move): Promise<boolean> {
  for (let attempt = 0; attempt < SUBDISTRICT_ATTEMPTS; attempt++) {
    const subdistrict = await read<Versioned>('subdistricts', move.from.subdistrictId)
    if (subdistrict === null || (await rewrite('subdistricts', subdistrict, move))) return true
  }
  return false
}

/** @returns false if this document has to stay as it is */
async function settleDocument(place: Place, document: Versioned, move: Move): Promise<boolean> {
  if (move.isErasure && place.isTheirsAlone === true) {
    if (place.collection === 'works') await dropPictures(document as Work)
    await drop(place.collection, document._id)
    return true
  }
  if (place.collection === 'noticeReceipts' && (document as unknown as Receipt).personId === move.from._id) return settleLine(document as unknown as Receipt, move)
  if (place.collection === 'slots' && queueOf(document as unknown as Slot).personIds.includes(move.from._id)) {
    // Where they wait, and what is on offer to them: an erased person's goes to who is next.
    await moveWaits(move.from._id, move.isErasure ? null : move.to, now())
    return true
  }
  if (place.collection === 'bookings' && !(await settleBookingPlaces(document as unknown as Booking, move))) return false
  if (place.collection === 'shifts' && !(await settleSeat(document as unknown as Shift, move))) return false
  // Whoever did something about somebody left a name in that person's record, too: who has seen them, who gave a right.
  if (place.collection === 'audits') await rewriteById('people', (document as unknown as Audit).aboutId, move)
  if (move.isErasure && place.collection === 'people') await unnameHolds(document._id, move.from._id)
  await rewrite(place.collection, document, move)
  return true
}

/** The seat and what was told of a booking. Two seats in one slot cannot become one: then booking and seat stay, and `mergedInto` leads on. */
async function settleBookingPlaces(booking: Booking, { from, to, isErasure }: Move): Promise<boolean> {
  if (booking.elderId === from._id) {
    const [old, next] = [`holders.${from._id}`, `holders.${to.id}`]
    for (const slotId of slotIdsOf(booking)) {
      const slot = await read<{ holders: Record<string, { bookingId: string; at: number }> }>('slots', slotId)
      const seat = slot?.holders[from._id]
      if (seat?.bookingId !== booking._id) continue
      const isMoved = await updateIf('slots', slotId, { [`${old}.bookingId`]: booking._id, [next]: command.exists(false) }, { [next]: command.set(seat), [old]: command.remove() })
      if (!isMoved) return false
    }
  }
  for (const event of ['visitVerified', 'mealDelivered']) await rewriteById('serviceEvents', `${event}_${booking._id}`, { from, to, isErasure: false })
  if (isErasure) await settleWords(booking, from._id)
  return true
}

/** A line's id is made of its person: it goes over under a new one, and becomes one with what is there. Each step may be repeated. */
async function settleLine(line: Receipt, { from, to }: Move): Promise<boolean> {
  const moved = movedTo(renamed(line, from._id, to), to.id)
  if (!(await insert('noticeReceipts', moved))) {
    const there = await read<Receipt>('noticeReceipts', moved._id)
    if (there === null || !(await save('noticeReceipts', there, oneLine(there, moved)))) return false
  }
  await drop('noticeReceipts', line._id)
  return true
}

/** A volunteer's seat goes with the shift. Two seats in one task cannot become one: then both stay, and `mergedInto` leads on. */
async function settleSeat(shift: Shift, move: Move): Promise<boolean> {
  if (shift.volunteerId !== move.from._id) return true
  const task = await read<Task>('tasks', shift.taskId)
  if (task === null || task.holders[move.from._id] === undefined) return true
  return task.holders[move.to.id] === undefined && rewrite('tasks', task, move)
}

/** Messages tell in words who booked or cancelled. */
async function settleWords(booking: Booking, personId: string): Promise<void> {
  const names = [...new Set(booking.timeline.filter((entry) => entry.by.personId === personId).map((entry) => entry.by.name))]
  for (const message of await find<Message>('messages', { page: pageOf(booking._id) }, null, 200)) {
    const { data, gist } = unnamed(message, names)
    await updateIf('messages', message._id, {}, { data: command.set(data), gist: command.set(gist) })
  }
}

async function rewriteById(collection: string, id: string, move: Move): Promise<void> {
  const document = await read<Versioned>(collection, id)
  if (document !== null && id !== move.from._id && id !== move.to.id) await rewrite(collection, document, move)
}

/** Writes the new names if nobody was faster; otherwise the next look at the place finds it again. @returns false if somebody was */
async function rewrite(collection: string, document: Versioned, { from, to, isErasure }: Move): Promise<boolean> {
  const kept = isErasure ? withoutTheirs(collection, document, from._id) : collection === 'people' ? withOneDelegation(document as Person, from._id, to.id, civilDate(now())) : document
  const changes = difference(document, renamed(kept, from._id, to))
  if (Object.keys(changes).length === 0) return true
  // Receipts of acts (audits, events) have no version: they change nowhere else.
  const isVersioned = typeof document.version === 'number'
  return updateIf(collection, document._id, isVersioned ? { version: document.version } : {}, isVersioned ? { ...changes, version: command.inc(1) } : changes)
}

/** What stands in others' documents only for the sake of somebody who is gone. */
function withoutTheirs(collection: string, document: Versioned, personId: string): Versioned {
  if (collection === 'people') {
    const person = document as Person
    return withoutEntry({ ...person, kinIds: person.kinIds.includes(personId) ? person.kinIds.filter((id) => id !== personId) : person.kinIds }, personId)
  }
  if (collection === 'subdistricts') {
    const subdistrict = document as Subdistrict
    if (!subdistrict.communities.some((community) => isOnDuty(community, personId))) return document
    const communities = subdistrict.communities.map((community) => withoutOnDuty(community, personId))
    return { ...subdistrict, communities } as Versioned
  }
  if (collection === 'deliveryRuns') return withoutElder(document as DeliveryRun, personId)
  if (collection === 'pairs') return withoutSide(document as Pair, personId, now())
  if (collection === 'needs') {
    const need = document as Need
    const closed: Need = { ...need, status: 'closed', closed: { at: now(), by: systemBy, words: '已注销' } }
    return need.elderId === personId && need.status === 'open' ? closed : need
  }
  if (collection === 'delegationRequests') {
    const request = document as DelegationRequest
    const refused: DelegationRequest = { ...request, status: 'refused' }
    return request.elderId === personId && request.status === 'waiting' ? refused : request
  }
  return document
}
