/**
 * Credits: verified work becomes lines in a passbook, once for each piece of work, by the policy of its day. Whoever
 * credits may do it again: the line's natural key finds what was paid before.
 */
import type { Booking, BookingPoints } from '../../src/domain/booking-record'
import { civilDate, DAY } from '../../src/domain/civil-time'
import { approvedLines, enteredLine, paidBy, refusedLine, type DeskHours, type OtherWork } from '../../src/domain/desk-hours'
import { minutesServed, type Moment } from '../../src/domain/evidence'
import type { PointsEntry } from '../../src/domain/ledger'
import { isOwnCase } from '../../src/domain/own-case'
import { earn, policyOn, worth, type Work } from '../../src/domain/points-policy'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Shift } from '../../src/domain/shift'
import { get } from './aggregate'
import { command, find, updateIf } from './cloud'
import { findEntry, insertEntry, openAccount, ownerOf, postOnce, type Owner } from './ledger'
import { findPerson, getPerson, getSubdistrict } from './people'

/** What some work brought: kept in its own record, so that its page shows it. */
export interface Credit {
  readonly earned: number
  /** over the caps, to the community's pot */
  readonly excess: number
  /** opens the line in the passbook */
  readonly entryId: string
}

const sum = (entries: readonly PointsEntry[], isExcess: boolean): number => entries.reduce((total, entry) => total + ((entry.kind === 'excess') === isExcess ? entry.amount : 0), 0)
const creditOf = (entries: readonly PointsEntry[], entryId: string): Credit => ({ earned: sum(entries, false), excess: sum(entries, true), entryId })

/**
 * Credits work to its owner, once, whatever happens in between; null where the policy of its day gives nothing. The line
 * takes effect in the passbook; what else a passbook has to send, the clock sends.
 */
export async function creditWork(owner: Owner, work: Work, now: number, loaded?: Pick<Subdistrict, 'pointsPolicies'>): Promise<Credit | null> {
  const policy = policyOn((loaded ?? (await getSubdistrict(owner.subdistrictId))).pointsPolicies, work.onDate)
  if (policy === null || worth(policy, work.source, { ...work, earner: owner.kind === 'group' ? 'group' : work.earner }, work.stated) === 0) return null
  const { account, entries, isNew } = await postOnce(await openAccount(owner), null, (current) => ({ drafts: earn(current, policy, work, civilDate(now)), answer: null }), now, false)
  const first = entries[0]
  if (first === undefined) return null
  await insertEntry(first)
  const overId = `excess_${first._id}`
  const rest = isNew ? entries.slice(1) : [account.unsent[overId] ?? (await findEntry(overId))].filter((entry) => entry !== null)
  return creditOf([first, ...rest], first._id)
}

/**
 * What a verified visit earns its worker, once. Nobody earns by their own or their family's word (law 3): `verify` refuses
 * it, and so does this.
 */
export async function creditVisit(booking: Booking, now: number): Promise<NonNullable<BookingPoints['earned']> | null> {
  const verified = [...booking.timeline].reverse().find((line) => line.what === 'verified' || line.what === 'partly')
  if (booking.kind !== 'homeCare' || booking.worker === null || verified === undefined || isOwnCase(verified.by.personId, booking.worker)) return null
  const known = await findPerson(booking.worker.personId)
  const worker = known === null || known.mergedInto === null ? known : await getPerson(known.mergedInto)
  if (worker === null || worker.standing === 'erased') return null
  const credit = await creditWork(ownerOf(worker), {
    source: 'visit', id: booking._id, earner: 'staff', serviceItemId: booking.serviceItemId, minutes: booking.verifiedMinutes ?? minutesServed(booking.evidence) ?? 0, onDate: booking.onDate, stated: null,
    words: booking.serviceName, about: { personId: booking.elderId, name: booking.elderName }, by: verified.by,
  }, now)
  return credit && { ownerId: worker._id, amount: credit.earned, excess: credit.excess }
}

/** What a verified arrival at an activity earns whoever came, once. */
export async function creditAttendance(booking: Booking, now: number): Promise<NonNullable<BookingPoints['earned']> | null> {
  const verified = [...booking.timeline].reverse().find((line) => line.what === 'verified')
  const known = await findPerson(booking.elderId)
  const person = known === null || known.mergedInto === null ? known : await getPerson(known.mergedInto)
  if (verified === undefined || verified.by.personId === booking.elderId || person === null || person.standing === 'erased') return null
  const credit = await creditWork(ownerOf(person), {
    source: 'activity', id: booking._id, earner: 'volunteer', serviceItemId: null, minutes: booking.verifiedMinutes ?? 0, onDate: booking.onDate, stated: null, words: booking.serviceName, about: null, by: verified.by,
  }, now)
  return credit && { ownerId: person._id, amount: credit.earned, excess: credit.excess }
}

/** Visits and shifts begin at most this long before hours that they may overlap, ms; and how many of them one person can have in that time. */
const WORK_BEFORE = DAY
const WORK_AT_MOST = 60

/** Visits and shifts that somebody attended around some time. */
export async function workAround(personId: string, time: Pick<DeskHours, 'startsAt' | 'endsAt'>): Promise<readonly OtherWork[]> {
  const around = { startsAt: command.gt(time.startsAt - WORK_BEFORE).and(command.lt(time.endsAt + WORK_BEFORE)) }
  const order = { by: 'startsAt', direction: 'asc' } as const
  const [bookings, shifts] = await Promise.all([find<Booking>('bookings', { workerId: personId, ...around }, order, WORK_AT_MOST), find<Shift>('shifts', { volunteerId: personId, ...around }, order, WORK_AT_MOST)])
  const timed = (title: string, { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number }, came: Moment | null, went: Moment | null): OtherWork => ({ title, startsAt, endsAt, cameAt: came?.provedAt ?? null, wentAt: went?.provedAt ?? null })
  return [
    ...bookings.filter((booking) => ATTENDED.has(booking.status)).map((booking) => timed(booking.serviceName, booking, booking.evidence.checkIn, booking.evidence.checkOut)),
    ...shifts.filter((shift) => ATTENDED.has(shift.status)).map((shift) => timed(shift.title, shift, shift.checkIn, shift.checkOut)),
  ]
}
const ATTENDED: ReadonlySet<Booking['status'] | Shift['status']> = new Set(['checkedIn', 'checkedOut', 'confirmed', 'verified', 'partly'] as const)

export const getDesk = (deskId: string): Promise<DeskHours> => get<DeskHours>('deskHours', deskId)

/**
 * Brings the passbook to what these hours state: waiting ones counted as pending; approved ones credited within the caps;
 * refused ones taken back. Every step may be repeated. @returns the hours as they then stand
 */
export async function settleDesk(hours: DeskHours, now: number): Promise<DeskHours> {
  if (hours.unsettledAt === null) return hours
  const person = await getPerson(hours.personId)
  // Nobody stands behind an erased record: what was pending there has expired.
  const paid = person.standing === 'erased' ? { kept: 0, over: 0 } : await settleDecision(hours, ownerOf(person), now)
  const settled: DeskHours = { ...hours, paid, unsettledAt: null }
  await updateIf('deskHours', hours._id, { unsettledAt: hours.unsettledAt, state: hours.state }, { unsettledAt: command.set(null), paid: command.set(paid), version: command.inc(1) })
  return settled
}

/** What the decision brought; null while the hours wait. After a merge they are pending in the passbook that took the other's place. */
async function settleDecision(hours: DeskHours, owner: Owner, now: number): Promise<DeskHours['paid']> {
  const { entries, account } = await postOnce(await openAccount(owner), null, () => ({ drafts: [enteredLine(hours, owner._id)], answer: null }), now)
  const [entered, by] = [entries[0], hours.decidedBy]
  if (hours.state === 'waiting' || by === null || entered === undefined) return null
  if (hours.state === 'refused') {
    await postOnce(account, null, () => ({ drafts: [refusedLine(hours, owner._id, entered, by)], answer: null }), now)
    return { kept: 0, over: 0 }
  }
  const policy = (await getSubdistrict(hours.subdistrictId)).pointsPolicies?.find((one) => one.version === hours.policyVersion)
  if (policy === undefined) throw new Error(`${hours._id} names a policy that is not there`)
  const approved = await postOnce(account, null, (current) => ({ drafts: approvedLines(hours, current, policy, by), answer: null }), now)
  if (approved.isNew) return paidBy(approved.entries)
  const overId = `excess_deskApproved_${hours._id}`
  const rest = approved.account.unsent[overId] ?? (await findEntry(overId))
  return paidBy([...approved.entries, ...(rest === null ? [] : [rest])])
}

/** Hours whose lines a crash left waiting. */
export const waitingDesks = (upTo: number, atMost: number): Promise<DeskHours[]> => find<DeskHours>('deskHours', { unsettledAt: command.gt(0).and(command.lte(upTo)) }, { by: 'unsettledAt', direction: 'asc' }, atMost)
