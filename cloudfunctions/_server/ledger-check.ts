/**
 * The check over the whole ledger of a subdistrict, in steps of one bounded page each: every passbook line by line, stock
 * and seats, every sealed day. How far it has come is kept, so that a long check goes on where a call ended; what it found
 * is kept for everybody to read. Entries younger than the passbook's cover, as it was read, are left to the next check.
 */
import { addDays, civilDate } from '../../src/domain/civil-time'
import { purses, TRANSIT, type PointsAccount, type PointsEntry, type Purse } from '../../src/domain/ledger'
import { counterpartOf, coverHolds, forgottenLines, nextLine, paidOnceHolds, pendingHolds, reversalHolds, staleHolds, startOfPassbook, transitHolds, type PassbookWalk } from '../../src/domain/ledger-laws'
import { GRACE, laws, type Law, type LawCheck } from '../../src/domain/laws'
import type { RequestLog } from '../../src/domain/person'
import { potHolds, type Pot } from '../../src/domain/pot'
import { rewardHolds, type Reward } from '../../src/domain/reward'
import { noTotals, sumOf, type DaySeal, type Totals, type Unfit } from '../../src/domain/seal'
import { taskHolds, type Task } from '../../src/domain/task'
import { get } from './aggregate'
import { command, find, insert, read } from './cloud'
import { now as clockNow } from './clock'
import { chainFits, entriesById, lookAtCopy, lookAtPiece, piecesOf, sealsAfter, sealsUpTo } from './seals'

/** Lines that one step walks, passbooks that it looks for them in, and documents of other kinds on a page. */
const LINES = 800
const PASSBOOKS = 100
const PAGE = 200
const SEALS = 5
/** Ids of what does not fit, at most. */
const SHOWN = 20

export const ledgerLaws = ['zeroSum', 'passbook', 'transit', 'paidOnce', 'holds', 'pending', 'reversal', 'stock', 'seats', 'pots', 'sealed'] as const satisfies readonly Law[]
type LedgerLaw = (typeof ledgerLaws)[number]

interface Tally {
  readonly checked: number
  readonly broken: readonly string[]
}

/** How far a check has come. */
export interface Walk {
  readonly startedAt: number
  readonly phase: 'passbooks' | 'rewards' | 'tasks' | 'pots' | 'seals' | 'done'
  /** the last document of the phase that was looked at */
  readonly after: string
  /** a passbook too long for one page, as far as it was walked */
  readonly long: { readonly ownerId: string; readonly walk: PassbookWalk } | null
  /** the piece of the day after `after` that comes next */
  readonly piece: number
  readonly passbooks: number
  readonly entries: number
  readonly tallies: Readonly<Partial<Record<LedgerLaw, Tally>>>
  /** everything walked, from the lines; and what of it lies up to `sealedOn` */
  readonly all: Totals
  readonly sealed: Totals
  readonly sealedOn: string
  /** what the covers of all passbooks say */
  readonly covers: Readonly<Record<Purse, number>>
  readonly before: string
  readonly unfit: Unfit | null
}

export interface LedgerResult {
  readonly at: number
  readonly passbooks: number
  readonly entries: number
  readonly checks: readonly LawCheck[]
  readonly unfit: Unfit | null
}

export interface LedgerCheck {
  /** the subdistrict */
  readonly _id: string
  readonly version: number
  readonly walk: Walk | null
  /** since when a check is under way; null: none is */
  readonly walkingSince: number | null
  readonly result: LedgerResult | null
  readonly requests: RequestLog
}

export const findLedgerCheck = (subdistrictId: string): Promise<LedgerCheck | null> => read<LedgerCheck>('ledgerChecks', subdistrictId)

export async function openLedgerCheck(subdistrictId: string): Promise<LedgerCheck> {
  const found = await findLedgerCheck(subdistrictId)
  if (found !== null) return found
  const fresh: LedgerCheck = { _id: subdistrictId, version: 1, walk: null, walkingSince: null, result: null, requests: {} }
  return (await insert('ledgerChecks', fresh)) ? fresh : get<LedgerCheck>('ledgerChecks', subdistrictId)
}

/** A check from the beginning, over what is sealed by now. */
export async function newWalk(subdistrictId: string, now: number): Promise<Walk> {
  const [last] = await sealsUpTo(subdistrictId, civilDate(now), 1)
  return {
    startedAt: now, phase: 'passbooks', after: '', long: null, piece: 0, passbooks: 0, entries: 0, tallies: {}, all: noTotals, sealed: noTotals, sealedOn: last?.onDate ?? '', covers: noTotals.purses, before: '', unfit: null,
  }
}

/** How much of a check one call does: pages, and the time after which it begins no further one, ms. */
export interface Stretch {
  readonly steps: number
  readonly ms: number
}

/** Walks on for a while; at least one step. */
export async function walkOn(subdistrictId: string, from: Walk, { steps, ms }: Stretch, now: number): Promise<Walk> {
  const until = clockNow() + ms
  let walk = from
  for (let step = 0; step < steps && walk.phase !== 'done' && (step === 0 || clockNow() < until); step++) walk = await stepOf(subdistrictId, walk, now)
  return walk
}

export function resultOf(walk: Walk, now: number): LedgerResult {
  const checks = ledgerLaws.map((law): LawCheck => {
    const { checked, broken } = walk.tallies[law] ?? { checked: 0, broken: [] }
    return { law: laws[law], holds: broken.length === 0, checked, broken }
  })
  return { at: now, passbooks: walk.passbooks, entries: walk.entries, checks, unfit: walk.unfit }
}

function stepOf(subdistrictId: string, walk: Walk, now: number): Promise<Walk> {
  switch (walk.phase) {
    case 'passbooks':
      return walk.long === null ? stepPassbooks(subdistrictId, walk, now) : stepLong(walk, walk.long, now)
    case 'rewards':
      return stepRewards(subdistrictId, walk, now)
    case 'tasks':
      return stepTasks(subdistrictId, walk)
    case 'pots':
      return stepPots(subdistrictId, walk)
    default:
      return stepSeals(subdistrictId, walk, now)
  }
}

/** A law that was looked at `checked` times more, and what broke it. */
function tallied(walk: Walk, law: LedgerLaw, checked: number, broken: readonly string[]): Walk {
  const tally = walk.tallies[law] ?? { checked: 0, broken: [] }
  return { ...walk, tallies: { ...walk.tallies, [law]: { checked: tally.checked + checked, broken: [...new Set([...tally.broken, ...broken])].slice(0, SHOWN) } } }
}

const phase = (walk: Walk, next: Walk['phase']): Walk => ({ ...walk, phase: next, after: '', piece: 0 })

async function stepPassbooks(subdistrictId: string, walk: Walk, now: number): Promise<Walk> {
  const accounts = await find<PointsAccount>('pointsAccounts', { subdistrictId, _id: command.gt(walk.after) }, { by: '_id', direction: 'asc' }, PASSBOOKS)
  const [first] = accounts
  if (first === undefined) return phase(await ended(subdistrictId, walk), 'rewards')
  if (first.seq > LINES) return { ...walk, long: { ownerId: first._id, walk: startOfPassbook } }
  // As many passbooks as have their lines on one page: each cover says how many there are.
  let lines = 0
  const some = accounts.filter((account) => (lines += account.seq) <= LINES)
  const found = await find<PointsEntry>('pointsEntries', { ownerId: command.in(some.map((account) => account._id)) }, null, 1000)
  let next = walk
  const seen: PointsEntry[] = []
  for (const account of some) {
    const passbook = linesOf(account, found)
    const { reached, fault } = walked(startOfPassbook, passbook)
    next = covered(next, account, reached, fault, now)
    seen.push(...passbook)
  }
  return single({ ...next, after: some.at(-1)?._id ?? walk.after }, seen, now)
}

/** One page of a passbook that has more lines than a page. */
async function stepLong(walk: Walk, long: NonNullable<Walk['long']>, now: number): Promise<Walk> {
  // The cover is read before its lines: every line that it counts stands among the entries, or in it.
  const account = await get<PointsAccount>('pointsAccounts', long.ownerId)
  const found = await find<PointsEntry>('pointsEntries', { ownerId: long.ownerId, seq: command.gt(long.walk.seq) }, { by: 'seq', direction: 'asc' }, LINES)
  const passbook = linesOf(account, found, long.walk.seq).slice(0, LINES)
  const { reached, fault } = walked(long.walk, passbook)
  const isOver = fault !== null || reached.seq >= account.seq || passbook.length === 0
  const next = isOver ? { ...covered(walk, account, reached, fault, now), after: account._id, long: null } : { ...walk, long: { ownerId: long.ownerId, walk: reached } }
  return single(next, passbook, now)
}

/** The lines that a cover counts, in order, with those that still wait in it; lines that came later are left out. */
function linesOf(account: PointsAccount, found: readonly PointsEntry[], after = 0): PointsEntry[] {
  const mine = found.filter((entry) => entry.ownerId === account._id && entry.seq <= account.seq)
  const ids = new Set(mine.map((entry) => entry._id))
  const waiting = Object.values(account.unsent).filter((entry) => entry.seq > after && !ids.has(entry._id))
  return [...mine, ...waiting].sort((a, b) => a.seq - b.seq || (a._id < b._id ? -1 : 1))
}

function walked(from: PassbookWalk, lines: readonly PointsEntry[]): { readonly reached: PassbookWalk; readonly fault: string | null } {
  let reached = from
  for (const entry of lines) {
    const next = nextLine(reached, entry)
    if (next === null) return { reached, fault: entry._id }
    reached = next
  }
  return { reached, fault: null }
}

function covered(walk: Walk, account: PointsAccount, reached: PassbookWalk, fault: string | null, now: number): Walk {
  const broken = fault !== null ? [fault] : coverHolds(account, reached) ? [] : [account._id]
  const withCover = { ...walk, passbooks: walk.passbooks + 1, covers: plusAll(walk.covers, account.balances) }
  return tallied(tallied(withCover, 'passbook', 1, [...broken, ...forgottenLines(account, now)]), 'holds', Object.keys(account.holds).length, staleHolds(account, now))
}

const plusAll = (sums: Readonly<Record<Purse, number>>, more: Readonly<Record<Purse, number>>): Readonly<Record<Purse, number>> =>
  ({ spendable: sums.spendable + more.spendable, held: sums.held + more.held, pending: sums.pending + more.pending })

/** Each line by itself, and with the other line that it needs. */
async function single(walk: Walk, lines: readonly PointsEntry[], now: number): Promise<Walk> {
  const here = new Map(lines.map((entry) => [entry._id, entry]))
  const wanted = [...new Set(lines.map(counterpartOf).filter((id) => id !== null && !here.has(id)))] as string[]
  const others = await entriesById(wanted)
  const counterpart = (entry: PointsEntry): PointsEntry | undefined => {
    const id = counterpartOf(entry)
    return id === null ? undefined : (here.get(id) ?? others.get(id))
  }
  const over = (from: Walk, law: LedgerLaw, which: (entry: PointsEntry) => boolean, holds: (entry: PointsEntry) => boolean): Walk => {
    const looked = lines.filter(which)
    return tallied(from, law, looked.length, looked.filter((entry) => !holds(entry)).map((entry) => entry._id))
  }
  let next: Walk = { ...walk, entries: walk.entries + lines.length, all: plusLines(walk.all, lines), sealed: plusLines(walk.sealed, lines.filter((entry) => entry.onDate <= walk.sealedOn)) }
  next = over(next, 'paidOnce', () => true, paidOnceHolds)
  next = over(next, 'pending', (entry) => [entry.from, entry.to].some((account) => account.startsWith('pending_')), (entry) => pendingHolds(entry, counterpart(entry)?.by.personId ?? null))
  next = over(next, 'transit', (entry) => entry.from === TRANSIT || entry.to === TRANSIT, (entry) => transitHolds(entry, counterpart(entry), now))
  return over(next, 'reversal', (entry) => entry.kind === 'reversal' || entry.reverses !== null, (entry) => reversalHolds(entry, counterpart(entry)))
}

function plusLines(totals: Totals, lines: readonly PointsEntry[]): Totals {
  const accounts: Record<string, number> = { ...totals.accounts }
  const sums: Record<Purse, number> = { ...totals.purses }
  for (const { from, to, amount } of lines) {
    for (const [account, change] of [[from, -amount], [to, amount]] as const) {
      const purse = purses.find((one) => account.startsWith(`${one}_`))
      if (purse === undefined) accounts[account] = (accounts[account] ?? 0) + change
      else sums[purse] += change
    }
  }
  return { entries: totals.entries + lines.length, accounts, purses: sums }
}

/** After the last passbook: the covers and the system's accounts come to zero, and the sealed days to what their seals say. */
async function ended(subdistrictId: string, walk: Walk): Promise<Walk> {
  const sum = sumOf({ accounts: walk.all.accounts, purses: walk.covers })
  const next = tallied(walk, 'zeroSum', 1 + Object.keys(walk.all.accounts).length, sum === 0 ? [] : [`${sum}`])
  if (walk.sealedOn === '') return next
  const [last] = await sealsUpTo(subdistrictId, walk.sealedOn, 1)
  const isSame = last?.onDate === walk.sealedOn && sameTotals(last.totals, walk.sealed)
  return tallied(next, 'sealed', 1, isSame ? [] : [last?._id ?? walk.sealedOn])
}

const sameTotals = (one: Totals, other: Totals): boolean =>
  one.entries === other.entries && purses.every((purse) => one.purses[purse] === other.purses[purse]) &&
  [...new Set([...Object.keys(one.accounts), ...Object.keys(other.accounts)])].every((account) => (one.accounts[account] ?? 0) === (other.accounts[account] ?? 0))

async function stepRewards(subdistrictId: string, walk: Walk, now: number): Promise<Walk> {
  const found = await find<Reward>('rewards', { subdistrictId, _id: command.gt(walk.after) }, { by: '_id', direction: 'asc' }, PAGE)
  const last = found.at(-1)
  if (last === undefined) return phase(walk, 'tasks')
  const places = found.flatMap((reward) => Object.entries(reward.holders).map(([holdId, place]) => ({ rewardId: reward._id, holdId, ...place }))).filter((place) => place.at < now - 2 * GRACE)
  // What a place is kept for was collected, or is open in its owner's passbook; both leave an entry.
  const entries = await entriesById(places.map((place) => `hold_${place.holdId}`))
  const ends = await entriesById(places.flatMap((place) => ['settled', 'cancelled', 'lapsed'].map((kind) => `${kind}_${place.holdId}`)))
  const isOver = (holdId: string): boolean => [...ends.values()].some((entry) => entry.hold?.holdId === holdId && entry.at < now - 2 * GRACE)
  const stray = places.filter((place) => entries.get(`hold_${place.holdId}`)?.ownerId !== place.ownerId || isOver(place.holdId)).map((place) => place.rewardId)
  return { ...tallied(walk, 'stock', found.length, [...found.filter((reward) => !rewardHolds(reward)).map((reward) => reward._id), ...stray]), after: last._id }
}

async function stepTasks(subdistrictId: string, walk: Walk): Promise<Walk> {
  const found = await find<Task>('tasks', { subdistrictId, _id: command.gt(walk.after) }, { by: '_id', direction: 'asc' }, PAGE)
  const last = found.at(-1)
  if (last === undefined) return phase(walk, 'pots')
  return { ...tallied(walk, 'seats', found.length, found.filter((task) => !taskHolds(task)).map((task) => task._id)), after: last._id }
}

/** No pot is below zero: neither by its sealed days, nor with all that has left it since. */
async function stepPots(subdistrictId: string, walk: Walk): Promise<Walk> {
  const found = await find<Pot>('pots', { subdistrictId, _id: command.gt(walk.after) }, { by: '_id', direction: 'asc' }, PAGE)
  const last = found.at(-1)
  const next = tallied(walk, 'pots', found.length, found.filter((pot) => !potHolds(pot)).map((pot) => pot._id))
  if (last !== undefined) return { ...next, after: last._id }
  const sums = Object.entries(walk.sealed.accounts).filter(([account]) => account.startsWith('pot_'))
  return phase(tallied(next, 'pots', sums.length, sums.filter(([, sum]) => sum < 0).map(([account]) => account)), 'seals')
}

/** Every day of every check is compared with its copy: what was rewritten is found in one night. Days whose entries fit one query each are looked at several in a step; a long day piece by piece. */
async function stepSeals(subdistrictId: string, walk: Walk, now: number): Promise<Walk> {
  const seals = (await sealsAfter(subdistrictId, walk.after, SEALS)).filter((seal) => seal.onDate <= walk.sealedOn)
  if (seals.length === 0) return phase(walk, 'done')
  let next = walk
  for (const seal of seals) {
    const { walk: after, isDayOver } = await stepDay(next, seal, now)
    next = after
    if (!isDayOver) break
  }
  return next
}

async function stepDay(walk: Walk, seal: DaySeal, now: number): Promise<{ readonly walk: Walk; readonly isDayOver: boolean }> {
  const isFollowing = walk.after === '' || seal.onDate === addDays(walk.after, 1)
  const chain = walk.piece > 0 || (isFollowing && chainFits(seal, walk.before)) ? [] : [seal._id]
  const pieces = piecesOf(seal)
  const look = await lookAtPiece(seal, walk.piece)
  // With its last piece a day is compared with its copy: one file more, whatever the day has.
  const unfit = look.unfit ?? (walk.piece + 1 < pieces ? null : (await lookAtCopy(seal, now)).unfit)
  const looked = tallied({ ...walk, unfit: walk.unfit ?? unfit }, 'sealed', walk.piece === 0 ? 1 : 0, [...chain, ...(unfit === null ? [] : [unfit.entryId])])
  return walk.piece + 1 < pieces ? { walk: { ...looked, piece: walk.piece + 1 }, isDayOver: false } : { walk: { ...looked, after: seal.onDate, piece: 0, before: seal.hash }, isDayOver: true }
}
