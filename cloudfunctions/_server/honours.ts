/** Honours in the database: a month's tallies are walked once, day by day, and kept in parts, so that a year is the sum of its months. */
import { addDays, instantOf } from '../../src/domain/civil-time'
import { bestOf, honourCategories, honoursIdOf, noTally, together, withEntry, type HonourChoice, type Honours, type HonourTally, choiceIdOf } from '../../src/domain/honour'
import type { PointsAccount, PointsEntry } from '../../src/domain/ledger'
import { command, find, insert, put, read } from './cloud'
import { pageBy } from './pages'
import { entriesOfDay, IDS_AT_ONCE } from './seals'

const PAGE = 1000
/** Owners in one part. */
const PART = 200
const REVERSAL_PAGES = 20

type Tallies = Map<string, HonourTally>
interface TallyPart {
  readonly _id: string
  readonly tallies: readonly (readonly [ownerId: string, tally: HonourTally])[]
}

const partId = (subdistrictId: string, month: string, part: number): string => `tallies_${subdistrictId}_${month}_${part}`
export const findHonours = (subdistrictId: string, period: string): Promise<Honours | null> => read<Honours>('honours', honoursIdOf(subdistrictId, period))

/** Months and years that have lists, newest first. */
export const periodsOf = async (subdistrictId: string): Promise<string[]> =>
  (await find<Honours>('honours', { subdistrictId, period: command.gt('') }, { by: 'period', direction: 'desc' }, 24, ['period'])).map((honours) => honours.period)

/** The lists of a month that is over, and with December those of its year; again finds them composed. */
export async function composeMonth(subdistrictId: string, month: string, now: number): Promise<boolean> {
  const isNew = (await findHonours(subdistrictId, month)) === null
  if (isNew) {
    const tallies = await talliesOf(subdistrictId, month)
    const sorted = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))
    let parts = 0
    for (let index = 0; index < sorted.length; index += PART) await put('honourTallies', partId(subdistrictId, month, parts++), { tallies: sorted.slice(index, index + PART) })
    await insert('honours', { _id: honoursIdOf(subdistrictId, month), subdistrictId, period: month, composedAt: now, lists: await listsOf(tallies), parts } satisfies Honours)
  }
  if (month.endsWith('-12')) await composeYear(subdistrictId, month.slice(0, 4), now)
  return isNew
}

async function composeYear(subdistrictId: string, year: string, now: number): Promise<void> {
  if ((await findHonours(subdistrictId, year)) !== null) return
  const tallies: Tallies = new Map()
  for (let month = 1; month <= 12; month++) {
    const period = `${year}-${String(month).padStart(2, '0')}`
    const { parts } = (await findHonours(subdistrictId, period)) ?? { parts: 0 }
    for (let part = 0; part < parts; part++) {
      for (const [ownerId, tally] of (await read<TallyPart>('honourTallies', partId(subdistrictId, period, part)))?.tallies ?? []) tallies.set(ownerId, together(tallies.get(ownerId) ?? noTally, tally))
    }
  }
  await insert('honours', { _id: honoursIdOf(subdistrictId, year), subdistrictId, period: year, composedAt: now, lists: await listsOf(tallies), parts: 0 } satisfies Honours)
}

/** What everybody did in a month, from its entries; what was taken back since does not count. */
async function talliesOf(subdistrictId: string, month: string): Promise<Tallies> {
  const reversed = await reversedSince(subdistrictId, instantOf(`${month}-01`))
  const tallies: Tallies = new Map()
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) {
    for (let after = ''; ; ) {
      const entries = await entriesOfDay(subdistrictId, day, after, null, PAGE)
      for (const entry of entries) if (!reversed.has(entry._id)) tallies.set(entry.ownerId, withEntry(tallies.get(entry.ownerId) ?? noTally, entry))
      const last = entries.at(-1)
      if (entries.length < PAGE || last === undefined) break
      after = last._id
    }
  }
  return tallies
}

async function reversedSince(subdistrictId: string, from: number): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  let cursor: string | undefined
  for (let page = 0; page < REVERSAL_PAGES; page++) {
    const { items, nextCursor } = await pageBy<PointsEntry>('pointsEntries', { subdistrictId, kind: 'reversal' }, 'at', 'asc', cursor, PAGE - 21, { from })
    for (const entry of items) if (entry.reverses !== null) ids.add(entry.reverses)
    if (nextCursor === null) break
    cursor = nextCursor
  }
  return ids
}

async function listsOf(tallies: Tallies): Promise<Honours['lists']> {
  const groups = await groupsAmong([...tallies.keys()])
  return honourCategories.map(({ categoryId, measure, of }) => ({ categoryId, rows: bestOf([...tallies].filter(([ownerId]) => groups.has(ownerId) === (of === 'group')), measure) }))
}

async function groupsAmong(ownerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const groups = new Set<string>()
  for (let index = 0; index < ownerIds.length; index += IDS_AT_ONCE) {
    const accounts = await find<PointsAccount>('pointsAccounts', { _id: command.in(ownerIds.slice(index, index + IDS_AT_ONCE)) }, null, IDS_AT_ONCE, ['kind'])
    for (const account of accounts) if (account.kind === 'group') groups.add(account._id)
  }
  return groups
}

/** Those of these people who asked not to be listed. */
export async function optedOut(personIds: readonly string[]): Promise<ReadonlySet<string>> {
  const out = new Set<string>()
  for (let index = 0; index < personIds.length; index += IDS_AT_ONCE) {
    const choices = await find<HonourChoice>('honourChoices', { _id: command.in(personIds.slice(index, index + IDS_AT_ONCE).map(choiceIdOf)) }, null, IDS_AT_ONCE, ['personId', 'isOut'])
    for (const choice of choices) if (choice.isOut) out.add(choice.personId)
  }
  return out
}

/** Somebody's own choice; who never chose is listed. */
export async function openChoice(personId: string): Promise<HonourChoice> {
  const found = await read<HonourChoice>('honourChoices', choiceIdOf(personId))
  if (found !== null) return found
  const fresh: HonourChoice = { _id: choiceIdOf(personId), version: 1, personId, isOut: false, requests: {} }
  await insert('honourChoices', fresh)
  return (await read<HonourChoice>('honourChoices', choiceIdOf(personId))) ?? fresh
}
