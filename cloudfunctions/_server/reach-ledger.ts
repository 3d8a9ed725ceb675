/**
 * The reach ledger in the database (law 6): one line per addressee, written and told in bounded batches by the clock. Every
 * step may be repeated: lines have ids of their own, a cursor in the notice says how far it came, and what a line knows
 * already it is not told again.
 */
import { isAddressed } from '../../src/domain/audience'
import { civilDate, DAY } from '../../src/domain/civil-time'
import { atItsTime, FUNCTION_LIFE, isCalling, isLive, toldLines, wentThrough, type Notice } from '../../src/domain/notice'
import type { Person } from '../../src/domain/person'
import { addressed, broughtUp, lineIdsOf, receiptIdOf, relocated, type Receipt } from '../../src/domain/reach'
import type { Subdistrict } from '../../src/domain/service-item'
import { change, difference, save } from './aggregate'
import { command, find, insertAll, put, read, updateWhere } from './cloud'
import { grantsOf, noticesOf } from './notices'
import { getSubdistrict } from './people'

/** People, or lines, looked at in one step; a step costs at most six calls. */
const BATCH = 250
const PERSON_FIELDS = ['subdistrictId', 'communityId', 'standing', 'mergedInto', 'birthOn', 'livesAlone', 'address', 'phone', 'busy', 'accountId', 'name', 'communitySince', 'delegates', 'callOrder'] as const

type Communities = Subdistrict['communities']

/** Grids are asked for once somebody has to be called. */
const communitiesFor = async (notice: Notice): Promise<Communities> => (isCalling(notice) ? (await getSubdistrict(notice.subdistrictId)).communities : [])

/** Writes the lines that are missing for these people. */
async function writeLines(notice: Notice, people: readonly Person[], communities: Communities, now: number): Promise<void> {
  const today = civilDate(now)
  const grants = await grantsOf(people, notice.audience)
  const meant = people.filter((person) => isAddressed(person, notice.audience, grants.get(person._id) ?? [], today))
  if (meant.length === 0) return
  const there = new Set((await find<Receipt>('noticeReceipts', { _id: command.in(meant.map((person) => receiptIdOf(notice._id, person._id))) }, null, meant.length, ['_id'])).map((receipt) => receipt._id))
  await insertAll('noticeReceipts', meant.filter((person) => !there.has(receiptIdOf(notice._id, person._id))).map((person) => addressed(notice, person, today, now, communities)))
}

const saved = async (before: Notice, after: Notice): Promise<Notice | null> => ((await save('notices', before, after)) ? { ...after, version: before.version + 1 } : null)

/** One step over the people of the audience's communities. @returns null if somebody changed the notice meanwhile */
async function writeStep(notice: Notice, now: number): Promise<Notice | null> {
  const { fanOut } = notice
  const communityId = fanOut === null ? undefined : notice.audience.communityIds[fanOut.community]
  if (fanOut === null || communityId === undefined) return saved(notice, wentThrough(notice, null))
  const people = await find<Person>('people', { communityId, _id: command.gt(fanOut.afterId) }, { by: '_id', direction: 'asc' }, BATCH, PERSON_FIELDS)
  await writeLines(notice, people, await communitiesFor(notice), now)
  const last = people.at(-1)
  const isLast = people.length < BATCH || last === undefined
  const next = isLast ? { ...fanOut, community: fanOut.community + 1, afterId: '' } : { ...fanOut, afterId: last._id }
  return saved(notice, wentThrough(notice, next.community >= notice.audience.communityIds.length ? null : next))
}

/** Lines that are to change alike are changed in one call, if each still says what was read. @returns false if one does not */
async function writeChanges(lines: readonly { readonly before: Receipt; readonly after: Receipt }[]): Promise<boolean> {
  const groups = new Map<string, { readonly ids: string[]; readonly before: Receipt; readonly changes: Record<string, unknown> }>()
  for (const { before, after } of lines) {
    const changes = difference(before, after)
    if (Object.keys(changes).length === 0) continue
    const key = JSON.stringify([before.edition, before.state, before.duty, Object.keys(changes).map((name) => [name, after[name as keyof Receipt]])])
    const group = groups.get(key)
    if (group) group.ids.push(before._id)
    else groups.set(key, { ids: [before._id], before, changes })
  }
  let isWhole = true
  for (const { ids, before, changes } of groups.values()) {
    const guard = { edition: before.edition, state: before.state, duty: before.duty }
    const written = await updateWhere('noticeReceipts', { _id: command.in(ids), ...guard }, { ...changes, version: command.inc(1) })
    if (written < ids.length) isWhole = false
  }
  return isWhole
}

/** One step over the lines that are there: each learns what its notice says now. @returns null if the notice, or a line, was changed meanwhile */
async function tellStep(notice: Notice, now: number): Promise<Notice | null> {
  const { after, below } = lineIdsOf(notice._id)
  const found = await find<Receipt>('noticeReceipts', { _id: command.gt(notice.lines?.afterId || after).and(command.lt(below)) }, { by: '_id', direction: 'asc' }, BATCH)
  const lines = found.filter((line) => line.noticeId === notice._id)
  const isAboutPeople = isCalling(notice) && lines.length > 0
  const [communities, people] = await Promise.all([
    communitiesFor(notice), isAboutPeople ? find<Person>('people', { _id: command.in(lines.map((line) => line.personId)) }, null, BATCH, PERSON_FIELDS) : [],
  ])
  const byId = new Map(people.map((person) => [person._id, person]))
  if (!(await writeChanges(lines.map((before) => ({ before, after: broughtUp(before, notice, byId.get(before.personId) ?? null, now, communities) }))))) return null
  const last = found.at(-1)
  return saved(notice, toldLines(notice, found.length < BATCH || last === undefined ? null : last._id))
}

/**
 * What is due on one notice: what the time changes, its lines told, its people written.
 * @param steps how many batches may still be looked at in this run @returns how many it took
 */
export async function lookAtNotice(loaded: Notice, steps: number, now: number): Promise<number> {
  const changed = atItsTime(loaded, now)
  let notice = changed === loaded ? loaded : await saved(loaded, changed)
  let taken = 0
  for (; notice !== null && taken < steps; taken++) {
    if (notice.lines !== null && notice.lines.startsAt <= now) notice = await tellStep(notice, now)
    else if (notice.fanOut !== null) notice = await writeStep(notice, now)
    else break
  }
  return taken
}

/** Where the look for newcomers stands. */
interface Mark {
  readonly _id: string
  readonly at: number
}
const NEWCOMERS = 'newcomers'
/** How far back the very first look goes, ms. */
const FIRST_LOOK = DAY
/** Live notices of one community, and lines of one person, at most. */
const LIVE_AT_MOST = 300

/**
 * People who came into a community lately, by registering or by moving: what is live there is theirs too, and what they
 * had goes along or ends. Whoever moves while a notice is being sent is met here, whichever way the sending went.
 */
export async function welcome(now: number): Promise<number> {
  const since = (await read<Mark>('clockMarks', NEWCOMERS))?.at ?? now - FIRST_LOOK
  const came = await find<Person>('people', { communitySince: command.gte(since) }, { by: 'communitySince', direction: 'asc' }, BATCH, PERSON_FIELDS)
  for (const communityId of new Set(came.map((person) => person.communityId))) {
    const people = came.filter((person) => person.communityId === communityId)
    const notices = (await find<Notice>('notices', { 'audience.communityIds': communityId, status: 'published', listedAt: command.gt(0) }, { by: 'listedAt', direction: 'desc' }, LIVE_AT_MOST)).filter((notice) => isLive(notice, now))
    for (const notice of notices) await writeLines(notice, people, await communitiesFor(notice), now)
  }
  for (const person of came) await takeAlong(person, now)
  const last = came.at(-1)?.communitySince
  if (last !== undefined) {
    // Whoever was being written while we looked is looked at again. Many of one very instant are more than a batch: the next look goes past it.
    const until = came.length === BATCH && last === since ? last + 1 : came.length === BATCH ? last : Math.min(last + 1, now - FUNCTION_LIFE)
    if (until > since) await put('clockMarks', NEWCOMERS, { at: until })
  }
  return came.length
}

/** Who died or moved out is nobody's addressee any more: what is live leaves every list. Again changes nothing. */
export async function leaveNotices(person: Person): Promise<void> {
  const lines = await find<Receipt>('noticeReceipts', { personId: person._id, sortAt: command.gt(0) }, { by: 'sortAt', direction: 'desc' }, LIVE_AT_MOST)
  const live = lines.filter((line) => line.hasMovedAway !== true)
  const notices = live.length === 0 ? new Map<string, Notice>() : await noticesOf(live)
  for (const line of live) {
    const notice = notices.get(line.noticeId)
    if (notice !== undefined) await change('noticeReceipts', line, (current) => relocated(current, notice, person))
  }
}

/** What somebody was told where they lived before. */
async function takeAlong(person: Person, now: number): Promise<void> {
  const lines = await find<Receipt>('noticeReceipts', { personId: person._id, sortAt: command.gt(0) }, { by: 'sortAt', direction: 'desc' }, LIVE_AT_MOST)
  const live = lines.filter((line) => line.validUntil > now && !line.isWithdrawn && (line.communityId !== person.communityId || line.hasMovedAway === true))
  if (live.length === 0) return
  const notices = await noticesOf(live)
  const { communities } = await getSubdistrict(person.subdistrictId)
  for (const line of live) {
    const notice = notices.get(line.noticeId)
    if (notice !== undefined) await save('noticeReceipts', line, relocated(line, notice, person, communities))
  }
}
