/**
 * Seals of the ledger's days in the database, and their copies in cloud storage. No write path waits for them: a day is
 * sealed after it is over, its parts first, then the seal itself by an insert that only one can win.
 */
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import type { PointsAccount, PointsEntry } from '../../src/domain/ledger'
import { chainedOf, copyUnfit, COPY_WITHIN, firstUnfit, noRollup, noTotals, PART, sealedOf, sealIdOf, withDay, withEntries, type DayRollup, type DaySeal, type SealCopy, type SealedEntry, type SealPart, type Unfit } from '../../src/domain/seal'
import { command, find, insert, read, storedText, storeText, updateIf } from './cloud'
import { fingerprint } from './keys'
import { insertEntry, sendEntries, waitingAccounts } from './ledger'

/** Days that one run seals: a missed month is caught up in one night. */
const DAYS_AT_ONCE = 40
/** Ids that one query names. */
export const IDS_AT_ONCE = 100
/** Rounds of waiting entries that one run sends, each as many passbooks as `waitingAccounts` gives. */
const ROUNDS = 20

export const findSeal = (subdistrictId: string, onDate: string): Promise<DaySeal | null> => read<DaySeal>('pointsSeals', sealIdOf(subdistrictId, onDate))

/** Seals up to a day, newest first. */
export const sealsUpTo = (subdistrictId: string, onDate: string, count: number): Promise<DaySeal[]> =>
  find<DaySeal>('pointsSeals', { subdistrictId, onDate: command.lte(onDate) }, { by: 'onDate', direction: 'desc' }, count)

/** Seals after a day, oldest first. */
export const sealsAfter = (subdistrictId: string, onDate: string, count: number): Promise<DaySeal[]> =>
  find<DaySeal>('pointsSeals', { subdistrictId, onDate: command.gt(onDate) }, { by: 'onDate', direction: 'asc' }, count)

/** Every seal of a month, oldest first: its rollups are the month. */
export const sealsOfMonth = (subdistrictId: string, month: string): Promise<DaySeal[]> =>
  find<DaySeal>('pointsSeals', { subdistrictId, onDate: command.gte(`${month}-01`).and(command.lte(`${month}-31`)) }, { by: 'onDate', direction: 'asc' }, 31)

export const hashOfEntry = (entry: PointsEntry): SealedEntry => [entry._id, fingerprint(sealedOf(entry))]

/** Entries of a day in the order of their ids. @param upTo the last id that is wanted; null: to the end */
export const entriesOfDay = (subdistrictId: string, onDate: string, after: string, upTo: string | null, limit: number): Promise<PointsEntry[]> =>
  find<PointsEntry>('pointsEntries', { subdistrictId, onDate, _id: upTo === null ? command.gt(after) : command.gt(after).and(command.lte(upTo)) }, { by: '_id', direction: 'asc' }, limit)

/** Entries by their ids, as far as they are there. */
export async function entriesById(ids: readonly string[]): Promise<Map<string, PointsEntry>> {
  const found = new Map<string, PointsEntry>()
  for (let index = 0; index < ids.length; index += IDS_AT_ONCE) {
    for (const entry of await find<PointsEntry>('pointsEntries', { _id: command.in(ids.slice(index, index + IDS_AT_ONCE)) }, null, IDS_AT_ONCE)) found.set(entry._id, entry)
  }
  return found
}

/**
 * Everything that waits in passbooks is brought among the entries. What follows from an entry may fail and be tried again
 * by the next sending; its day only needs the entry itself.
 * @returns subdistricts in which an entry of a day that is over may still be missing
 */
export async function sendWaiting(now: number, failed: (account: PointsAccount, error: unknown) => void): Promise<ReadonlySet<string>> {
  const stuck = new Set<string>()
  const open = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const waiting = (await waitingAccounts(now, now)).filter((account) => !stuck.has(account._id))
    if (waiting.length === 0) break
    for (const account of waiting) {
      try {
        await sendEntries(account, now)
      } catch (error) {
        stuck.add(account._id)
        failed(account, error)
        if (!(await areThere(account))) open.add(account.subdistrictId)
      }
    }
  }
  const left = await waitingAccounts(instantOf(civilDate(now)) - 1, now)
  for (const account of left) if (!stuck.has(account._id)) open.add(account.subdistrictId)
  return open
}

/** @returns false if an entry of this passbook could not be written */
async function areThere(account: PointsAccount): Promise<boolean> {
  try {
    for (const entry of Object.values(account.unsent)) await insertEntry(entry)
    return true
  } catch {
    return false
  }
}

/** Seals every day up to `upToOn` that is not sealed yet, in order. Twice, late or killed half-way it comes to the same seals. @returns how many */
export async function sealDays(subdistrictId: string, upToOn: string, now: number): Promise<number> {
  const [last] = await sealsUpTo(subdistrictId, upToOn, 1)
  let previous = last ?? null
  let day = previous === null ? await firstDayOf(subdistrictId) : addDays(previous.onDate, 1)
  let sealed = 0
  for (; day !== null && day <= upToOn && sealed < DAYS_AT_ONCE; day = addDays(day, 1)) {
    previous = await sealOne(subdistrictId, day, previous, now)
    sealed += 1
  }
  return sealed
}

/** The day of the first entry of a subdistrict; null: there is none. */
export async function firstDayOf(subdistrictId: string): Promise<string | null> {
  const [first] = await find<PointsEntry>('pointsEntries', { subdistrictId, onDate: command.gt('') }, { by: 'onDate', direction: 'asc' }, 1, ['onDate'])
  return first?.onDate ?? null
}

async function sealOne(subdistrictId: string, onDate: string, previous: DaySeal | null, now: number): Promise<DaySeal> {
  const _id = sealIdOf(subdistrictId, onDate)
  const parts: DaySeal['parts'][number][] = []
  let rollup: DayRollup = noRollup
  let count = 0
  for (let after = ''; ; ) {
    const entries = await entriesOfDay(subdistrictId, onDate, after, null, PART)
    const last = entries.at(-1)
    if (last === undefined) break
    const sealed = entries.map(hashOfEntry)
    const hash = fingerprint(sealed)
    const partId = `${_id}_${parts.length}_${hash.slice(0, 12)}`
    const part: SealPart = { _id: partId, sealId: _id, entries: sealed }
    await insert('pointsSealParts', part)
    parts.push({ partId, hash, lastId: last._id })
    rollup = withEntries(rollup, entries)
    count += entries.length
    if (entries.length < PART) break
    after = last._id
  }
  const chained = { subdistrictId, onDate, count, parts, before: previous?.hash ?? '', rollup, totals: withDay(previous?.totals ?? noTotals, count, rollup) }
  const seal: DaySeal = { _id, ...chained, sealedAt: now, hash: fingerprint(chainedOf(chained)), storedAs: null, unstoredAt: now }
  if (await insert('pointsSeals', seal)) return seal
  return (await findSeal(subdistrictId, onDate)) ?? seal
}

const COPIES = 50
/** The copies that are still owed, written to cloud storage. @returns how many */
export async function storeCopies(): Promise<number> {
  const owed = await find<DaySeal>('pointsSeals', { unstoredAt: command.gt(0) }, { by: 'unstoredAt', direction: 'asc' }, COPIES)
  for (const seal of owed) {
    const storedAs = (await standingCopy(seal)) ?? (await storeText(copyPath(seal), JSON.stringify({ ...chainedOf(seal), hash: seal.hash, entries: await entriesSealedIn(seal) })))
    await updateIf('pointsSeals', seal._id, { storedAs: null }, { storedAs: command.set(storedAs), unstoredAt: command.set(null) })
  }
  return owed.length
}

const copyPath = ({ subdistrictId, onDate }: Pick<DaySeal, 'subdistrictId' | 'onDate'>): string => `points-seals/${subdistrictId}/${onDate}.json`

/** A copy that is there already is never written again: a seal that was made to owe one could hide what the first one says. Found beside the copy of a neighbouring day. */
async function standingCopy(seal: DaySeal): Promise<string | null> {
  const neighbours = [...(await sealsUpTo(seal.subdistrictId, addDays(seal.onDate, -1), 1)), ...(await sealsAfter(seal.subdistrictId, seal.onDate, 1))]
  for (const { storedAs, subdistrictId, onDate } of neighbours) {
    const candidate = storedAs?.replace(copyPath({ subdistrictId, onDate }), copyPath(seal)) ?? null
    if (candidate !== null && (await storedText(candidate)) !== null) return candidate
  }
  return null
}

async function entriesSealedIn(seal: DaySeal): Promise<SealedEntry[]> {
  const all: SealedEntry[] = []
  for (const { partId } of seal.parts) all.push(...((await read<SealPart>('pointsSealParts', partId))?.entries ?? []))
  return all
}

/** Whether the copy that is kept apart states the same day. */
export async function lookAtCopy(seal: DaySeal, now: number): Promise<{ readonly isThere: boolean; readonly unfit: Unfit | null }> {
  if (seal.storedAs === null) return { isThere: false, unfit: seal.sealedAt > now - COPY_WITHIN ? null : copyUnfit(seal, null, []) }
  // What storage cannot give at this moment is asked for once more, before anybody is alarmed.
  const copy = copyOf((await storedText(seal.storedAs)) ?? (await storedText(seal.storedAs)))
  return { isThere: true, unfit: copyUnfit(seal, copy, await entriesSealedIn(seal)) }
}

function copyOf(text: string | null): SealCopy | null {
  try {
    const copy = JSON.parse(text ?? 'null') as Partial<SealCopy> | null
    return copy !== null && typeof copy.hash === 'string' && Array.isArray(copy.entries) ? { hash: copy.hash, entries: copy.entries } : null
  } catch {
    return null
  }
}

/** True if the seal states what was chained, after this seal of the day before. */
export const chainFits = (seal: DaySeal, before: string): boolean => seal.before === before && seal.hash === fingerprint(chainedOf(seal))

/** What one look at a piece of a day found. */
export interface PieceLook {
  readonly unfit: Unfit | null
  readonly entries: number
}

/** How many looks a day takes: one for each part; behind a last part that is full, one more for what may have been added there. */
export const piecesOf = ({ count, parts }: DaySeal): number => (count === parts.length * PART ? parts.length + 1 : parts.length)

/** One piece of a day against what stands there now. */
export async function lookAtPiece(seal: DaySeal, index: number): Promise<PieceLook> {
  const { subdistrictId, onDate, parts } = seal
  const stated = parts[index]
  const part = stated === undefined ? null : await read<SealPart>('pointsSealParts', stated.partId)
  const isLast = index === piecesOf(seal) - 1
  const found = (await entriesOfDay(subdistrictId, onDate, parts[index - 1]?.lastId ?? '', isLast ? null : (stated?.lastId ?? null), PART * 2)).map(hashOfEntry)
  if (stated !== undefined && (part === null || fingerprint(part.entries) !== stated.hash)) return { unfit: { entryId: stated.partId, onDate, how: part === null ? 'missing' : 'changed' }, entries: found.length }
  return { unfit: firstUnfit(onDate, part?.entries ?? [], found), entries: found.length }
}
