/**
 * Doubts in the database: what the rules found, under ids that say what it was, and the reversals of a confirmed one. A
 * decision is one write; what follows from it may be repeated until it is done.
 */
import { DAY } from '../../src/domain/civil-time'
import type { Booking, By } from '../../src/domain/booking-record'
import type { DeskHours } from '../../src/domain/desk-hours'
import { findingsIn, flagOf, takenBackWith, withApprovers, withFinding, type Finding, type Outcome, type PointsFlag, type ServedRecord } from '../../src/domain/fraud'
import { purses, purseOf, reversalOf, type PointsEntry } from '../../src/domain/ledger'
import type { Shift } from '../../src/domain/shift'
import { get, save } from './aggregate'
import { command, find, insert, read, updateIf } from './cloud'
import { derivedId } from './keys'
import { findAccountOf, postOnce, sendEntries } from './ledger'
import { pageBy } from './pages'
import { keepForReversal } from './pots'
import { entriesById, IDS_AT_ONCE } from './seals'

/** How far the rules look back, ms; services themselves are looked up for the last days. */
const WINDOW = 30 * DAY
const SERVICES = 7 * DAY
const PAGE = 900
/** Pages of one kind that a look takes at most. */
const PAGES = 60
const kinds = ['visit', 'shift', 'desk'] as const

/** What is known of the service behind an entry. */
export interface Served {
  readonly from: number
  readonly until: number
  readonly placeId: string | null
}

/** When and where the services behind these entries took place, by entry; those that were not proved are left out. */
export async function servicesBehind(entries: readonly Pick<PointsEntry, '_id' | 'evidence'>[]): Promise<ReadonlyMap<string, Served>> {
  const services = new Map<string, Served>()
  const look = async <T extends { readonly _id: string }>(what: PointsEntry['evidence']['what'], collection: string, only: readonly (keyof T & string)[], servedOf: (document: T) => Served | null): Promise<void> => {
    const mine = entries.filter((entry) => entry.evidence.what === what)
    for (let index = 0; index < mine.length; index += IDS_AT_ONCE) {
      const some = mine.slice(index, index + IDS_AT_ONCE)
      const found = new Map((await find<T>(collection, { _id: command.in(some.map((entry) => entry.evidence.id)) }, null, IDS_AT_ONCE, only)).map((document) => [document._id, document]))
      for (const entry of some) {
        const document = found.get(entry.evidence.id)
        const served = document === undefined ? null : servedOf(document)
        if (served !== null) services.set(entry._id, served)
      }
    }
  }
  const between = (from: number | undefined, until: number | undefined, placeId: string | null): Served | null => (from === undefined || until === undefined || until <= from ? null : { from, until, placeId })
  await look<Booking>('visit', 'bookings', ['communityId', 'evidence'], (booking) => between(booking.evidence.checkIn?.provedAt, booking.evidence.checkOut?.provedAt, booking.communityId))
  await look<Shift>('shift', 'shifts', ['communityId', 'checkIn', 'checkOut'], (shift) => between(shift.checkIn?.provedAt, shift.checkOut?.provedAt, shift.communityId))
  await look<DeskHours>('desk', 'deskHours', ['startsAt', 'endsAt'], (hours) => between(hours.startsAt, hours.endsAt, null))
  return services
}

/** The second person who approved hours, by the hours' id. */
export async function approversOf(deskIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const approvers = new Map<string, string>()
  for (let index = 0; index < deskIds.length; index += IDS_AT_ONCE) {
    const found = await find<DeskHours>('deskHours', { _id: command.in(deskIds.slice(index, index + IDS_AT_ONCE)) }, null, IDS_AT_ONCE, ['decidedBy'])
    for (const { _id, decidedBy } of found) if (decidedBy !== null) approvers.set(_id, decidedBy.personId)
  }
  return approvers
}

const deskIdOf = ({ evidence }: Pick<PointsEntry, 'evidence'>): string[] => (evidence.what === 'desk' ? [evidence.id] : [])

/** Entries of the last month that somebody earned with work; those that were taken back are left out. */
async function earnedLately(subdistrictId: string, now: number): Promise<PointsEntry[]> {
  const all: PointsEntry[] = []
  for (const kind of [...kinds, 'reversal'] as const) {
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page++) {
      const { items, nextCursor } = await pageBy<PointsEntry>('pointsEntries', { subdistrictId, kind }, 'at', 'asc', cursor, PAGE, { from: now - WINDOW })
      all.push(...items)
      if (nextCursor === null) break
      cursor = nextCursor
    }
  }
  const reversed = new Set(all.map((entry) => entry.reverses))
  return all.filter((entry) => entry.kind !== 'reversal' && !reversed.has(entry._id))
}

/** Every rule over what was earned lately. @returns how many flags are new */
export async function lookForFindings(subdistrictId: string, now: number): Promise<number> {
  const entries = await earnedLately(subdistrictId, now)
  const services = await servicesBehind(entries.filter((entry) => entry.at > now - SERVICES))
  const approvers = await approversOf(entries.flatMap(deskIdOf))
  const records = entries.map((entry): ServedRecord => {
    const served = services.get(entry._id)
    return {
      entryId: entry._id, kind: entry.kind as ServedRecord['kind'], ownerId: entry.ownerId, aboutId: entry.about?.personId ?? null, byId: entry.by.personId, approvedById: approvers.get(deskIdOf(entry)[0] ?? '') ?? null, at: entry.at, amount: entry.amount, communityId: entry.communityId,
      from: served?.from ?? null, until: served?.until ?? null, placeId: served?.placeId ?? null,
    }
  })
  let fresh = 0
  for (const finding of findingsIn(records, now)) if (await keepFinding(subdistrictId, finding, now)) fresh += 1
  return fresh
}

async function keepFinding(subdistrictId: string, finding: Finding, now: number): Promise<boolean> {
  const flag = flagOf(derivedId('flag', subdistrictId, finding.rule, ...finding.key), subdistrictId, finding, now)
  if (await insert('pointsFlags', flag)) return true
  const standing = await get<PointsFlag>('pointsFlags', flag._id)
  // If somebody decides on it at this moment, the decision stands.
  await save('pointsFlags', standing, withFinding(standing, finding))
  return false
}

/** Takes back what a confirmed flag names, as far as the points are there, and states the outcome. Again finds it done. */
export async function settleFlag(flag: PointsFlag, now: number): Promise<Outcome> {
  if (flag.outcome !== null) return flag.outcome
  if (flag.decided === null) throw new Error(`${flag._id} was not decided`)
  const { by, reason, entryIds } = flag.decided
  const wanted = entryIds.flatMap(takenBackWith)
  const entries = await entriesById(wanted)
  for (const entryId of wanted) {
    const entry = entries.get(entryId)
    if (entry !== undefined) await takeBack(entry, reason, by, now)
  }
  const outcome = await outcomeOf([...entries.values()], now)
  await updateIf('pointsFlags', flag._id, { outcome: null }, { outcome: command.set(outcome), unsettledAt: command.set(null), version: command.inc(1) })
  return (await read<PointsFlag>('pointsFlags', flag._id))?.outcome ?? outcome
}

/** One line taken back, or as much of it as its purse still has. */
async function takeBack(entry: PointsEntry, reason: string, by: By, now: number): Promise<void> {
  const account = await findAccountOf(entry.ownerId)
  if (account === null) return
  const draft = reversalOf(entry, `核查后冲正：${reason}`, by)
  const most = await keepForReversal(entry, draft, true, now)
  await postOnce(account, null, (current) => {
    const purse = purses.find((one) => draft.from === purseOf(one, current._id))
    const amount = purse === undefined ? most : Math.min(entry.amount, current.balances[purse])
    return { drafts: amount === 0 ? [] : [{ ...draft, amount }], answer: null }
  }, now)
}

/** What was taken back of these entries, by anybody. What a crash left in a passbook is sent first: then every line stands among the entries. */
async function outcomeOf(entries: readonly PointsEntry[], now: number): Promise<Outcome> {
  for (const ownerId of new Set(entries.map((entry) => entry.ownerId))) {
    const account = await findAccountOf(ownerId)
    if (account !== null) await sendEntries(account, now)
  }
  const found = await entriesById(entries.map((entry) => `reversal_${entry._id}`))
  // What comes out of hours that were approved only goes back to where the hours wait; the hours themselves are counted.
  const counted = entries.filter((entry) => !entry.from.startsWith('pending_'))
  const takenOf = (entry: PointsEntry): number => found.get(`reversal_${entry._id}`)?.amount ?? 0
  const taken = counted.reduce((sum, entry) => sum + takenOf(entry), 0)
  return { reversed: counted.filter((entry) => takenOf(entry) > 0).length, taken, shortBy: counted.reduce((sum, entry) => sum + entry.amount, 0) - taken }
}

/** Doubts decided in one month, at most. */
const DECIDED_AT_MOST = 1000
export const decidedFlags = (subdistrictId: string, from: number, below: number): Promise<PointsFlag[]> =>
  find<PointsFlag>('pointsFlags', { subdistrictId, 'decided.at': command.gte(from).and(command.lt(below)) }, { by: 'decided.at', direction: 'asc' }, DECIDED_AT_MOST, ['status', 'outcome'])

const BATCH = 20
/** Decisions whose reversals a crash left. @returns how many */
export async function settleFlags(now: number): Promise<number> {
  const open = await find<PointsFlag>('pointsFlags', { unsettledAt: command.gt(0) }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
  for (const flag of open) await settleFlag(flag, now)
  return open.length
}

/** A flag with everybody whom it concerns by now. @throws NOT_FOUND */
export async function getFlag(flagId: string): Promise<PointsFlag> {
  const flag = await get<PointsFlag>('pointsFlags', flagId)
  return withApprovers(flag, (await approversOf(flag.entryIds.filter((id) => id.startsWith('desk_')).map((id) => id.slice('desk_'.length)))).values())
}
