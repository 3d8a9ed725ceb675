/**
 * The reach ledger in the database (law 6): one line per addressee, written in bounded batches by the clock. Every step may
 * be repeated: lines have ids of their own, a cursor in the notice says how far it came, and what a line knows already it
 * is not told again.
 */
import { isAddressed } from '../../src/domain/audience'
import { civilDate, clockTime } from '../../src/domain/civil-time'
import { mayCarry, newConsent, spent, type Consent } from '../../src/domain/consent'
import { thing } from '../../src/domain/message'
import { templateIds } from '../../src/domain/message-templates'
import { appear, called, ended, ledgerWritten, lookedFor, told, type Notice } from '../../src/domain/notice'
import type { Person } from '../../src/domain/person'
import { addressed, attentionOf, noReach, receiptIdOf, reachedOf, type ReachCounts, type ReachState, type Receipt } from '../../src/domain/reach'
import { save } from './aggregate'
import { command, find, groupOf, insert, insertAll, put, read, sendSubscriptionMessage, updateWhere } from './cloud'
import { derivedId } from './keys'
import { grantsOf } from './notices'

/** People looked at in one step; a step costs at most five calls. */
const BATCH = 250
const NOT_REACHED: readonly ReachState[] = ['notYetSent', 'sent', 'noQuota', 'read']

/** Writes the lines that are missing for these people. @returns how many were addressed */
async function writeLines(notice: Notice, people: readonly Person[], now: number): Promise<void> {
  const today = civilDate(now)
  const grants = await grantsOf(people, notice.audience)
  const meant = people.filter((person) => isAddressed(person, notice.audience, grants.get(person._id) ?? [], today))
  if (meant.length === 0) return
  const there = new Set((await find<Receipt>('noticeReceipts', { _id: command.in(meant.map((person) => receiptIdOf(notice._id, person._id))) }, null, BATCH, ['_id'])).map((receipt) => receipt._id))
  await insertAll('noticeReceipts', meant.filter((person) => !there.has(receiptIdOf(notice._id, person._id))).map((person) => addressed(notice, person, today, now)))
}

/** Lines of an earlier edition ask anew: unread again, and owed a message where there is somebody to get it. What was understood before stays on record. */
async function askAnew(notice: Notice, communityId: string, now: number): Promise<void> {
  if (notice.edition <= 1) return
  const older = { noticeId: notice._id, communityId, edition: command.lt(notice.edition) }
  const anew = {
    edition: command.set(notice.edition), title: command.set(notice.text.title), listedAt: command.set(notice.listedAt), attention: command.set(attentionOf(notice.level)), by: command.set(null), stateAt: command.set(now),
    duty: command.set('none'), sendingSince: command.set(null), version: command.inc(1),
  }
  const isSent = notice.level !== 'ordinary'
  await updateWhere('noticeReceipts', { ...older, accountId: command.neq(null) }, { ...anew, state: command.set('notYetSent'), sendAt: command.set(isSent ? now : null) })
  await updateWhere('noticeReceipts', { ...older, accountId: null }, { ...anew, state: command.set(isSent ? 'noQuota' : 'notYetSent'), sendAt: command.set(null) })
}

/** One step of writing the ledger. @returns false if somebody changed the notice meanwhile */
async function writeStep(notice: Notice, now: number): Promise<Notice | null> {
  const { fanOut } = notice
  if (fanOut === null) return null
  const communityId = notice.audience.communityIds[fanOut.community]
  if (communityId === undefined) return saved(notice, ledgerWritten(notice))
  if (fanOut.afterId === '') await askAnew(notice, communityId, now)
  const people = await find<Person>('people', { communityId, _id: command.gt(fanOut.afterId) }, { by: '_id', direction: 'asc' }, BATCH)
  await writeLines(notice, people, now)
  const last = people.at(-1)
  const next = people.length < BATCH || last === undefined ? { ...fanOut, community: fanOut.community + 1, afterId: '' } : { ...fanOut, afterId: last._id }
  return saved(notice, { ...notice, fanOut: next })
}

const saved = async (before: Notice, after: Notice): Promise<Notice | null> => ((await save('notices', before, after)) ? { ...after, version: before.version + 1 } : null)

/** People who came into the audience's communities since, whoever sent them there. */
async function welcome(notice: Notice, now: number): Promise<void> {
  for (const communityId of notice.audience.communityIds) {
    for (let since = notice.lookedUntil; ; ) {
      const came = await find<Person>('people', { communityId, communitySince: command.gte(since) }, { by: 'communitySince', direction: 'asc' }, BATCH)
      await writeLines(notice, came, now)
      const last = came.at(-1)?.communitySince
      if (came.length < BATCH || last === undefined || last === since) break
      since = last
    }
  }
}

/** Lines learn that their notice was taken back, is on top, or is past its time. */
async function tellLines(notice: Notice): Promise<void> {
  const lines = { noticeId: notice._id }
  if (notice.owes === 'pin') await updateWhere('noticeReceipts', lines, { pinnedUntil: command.set(notice.pinnedUntil) })
  // What was taken back is worth a look to whoever may have relied on it; nobody is called for it any more.
  else if (notice.owes === 'withdrawal') await updateWhere('noticeReceipts', lines, { isWithdrawn: command.set(true), sendAt: command.set(null), duty: command.set('none'), pinnedUntil: command.set(null), attention: command.set(notice.level === 'ordinary' ? 0 : 1), version: command.inc(1) })
  else await updateWhere('noticeReceipts', lines, { attention: command.set(0), sendAt: command.set(null), pinnedUntil: command.set(null), version: command.inc(1) })
}

/**
 * What is due on one notice, as far as the time of this run allows: it appears, its lines are written or told, its call
 * list is made, newcomers are looked for.
 * @param steps how many batches may still be written in this run @returns how many it took
 */
export async function lookAtNotice(loaded: Notice, steps: number, now: number): Promise<number> {
  let notice: Notice | null = loaded
  if (notice.status === 'scheduled') notice = await saved(notice, appear(notice, now))
  if (notice !== null && notice.owes !== null) {
    await tellLines(notice)
    notice = await saved(notice, told(notice))
  }
  let taken = 0
  for (; notice !== null && notice.status === 'published' && notice.fanOut !== null && taken < steps; taken++) notice = await writeStep(notice, now)
  if (notice === null || notice.status !== 'published' || notice.fanOut !== null || notice.isOver) return taken
  if (now >= notice.validUntil) {
    await saved(notice, ended(notice))
    return taken
  }
  if (notice.deadlineAt !== null && notice.deadlineAt <= now && notice.calledFor < notice.edition) {
    for (const communityId of notice.audience.communityIds) {
      await updateWhere('noticeReceipts', { noticeId: notice._id, communityId, edition: notice.edition, state: command.in(NOT_REACHED), duty: 'none' }, { duty: command.set('call'), version: command.inc(1) })
    }
    notice = await saved(notice, called(notice))
  }
  if (notice !== null) {
    // From a minute before: whoever was being written while we looked is looked at again.
    await welcome(notice, now)
    await saved(notice, lookedFor(notice, now - 60_000))
  }
  return taken + 1
}

/** A send that never came back is not repeated: nobody is told twice, somebody telephones instead. ms */
const SENDING_LOST_AFTER = 300_000

/** Sends what is owed, at most `limit`: claimed before it is sent. What there is no consent for is a state, and costs no call to WeChat. */
export async function sendNotices(now: number, limit: number): Promise<{ readonly sent: number; readonly unsent: number }> {
  const done = { sent: 0, unsent: 0 }
  const due = await find<Receipt>('noticeReceipts', { sendAt: command.gt(0).and(command.lte(now)) }, { by: 'sendAt', direction: 'asc' }, limit)
  if (due.length === 0) return done
  const [people, consents, notices] = await Promise.all([
    find<Person>('people', { _id: command.in(due.map((receipt) => receipt.personId)) }, null, limit, ['onlyMustReach']),
    find<Consent>('consents', { _id: command.in(due.flatMap((receipt) => (receipt.accountId === null ? [] : consentIdOf(receipt.accountId, templateIds.notice)))) }, null, limit),
    find<Notice>('notices', { _id: command.in([...new Set(due.map((receipt) => receipt.noticeId))]) }, null, limit),
  ])
  const wishes = new Map(people.map((person) => [person._id, person.onlyMustReach === true]))
  const ledger = new Map(consents.map((consent) => [consent.accountId, consent]))
  for (const receipt of due) {
    const notice = notices.find((one) => one._id === receipt.noticeId)
    const consent = ledger.get(receipt.accountId ?? '') ?? null
    const isUnwanted = receipt.level !== 'mustReach' && wishes.get(receipt.personId) === true
    if (receipt.sendingSince !== null || notice === undefined || isUnwanted || !mayCarry(consent) || consent === null) {
      if (await save('noticeReceipts', receipt, { ...receipt, state: 'noQuota', stateAt: now, sendAt: null, sendingSince: null })) done.unsent += 1
      continue
    }
    const claimed: Receipt = { ...receipt, sendingSince: now, sendAt: now + SENDING_LOST_AFTER }
    if (!(await save('noticeReceipts', receipt, claimed))) continue
    const result = await sendSubscriptionMessage({
      touser: receipt.accountId ?? '', templateId: templateIds.notice, page: `pages/notices/notice/index?noticeId=${receipt.noticeId}&elderId=${receipt.personId}`,
      data: { thing1: thing(receipt.title), time2: { value: `${civilDate(notice.listedAt).replace('-', '年').replace('-', '月')}日 ${clockTime(notice.listedAt)}` }, thing3: thing(notice.text.whatToDo ?? '请看一看') },
    })
    const sending: Receipt = { ...claimed, version: claimed.version + 1 }
    await save('noticeReceipts', sending, { ...sending, state: result === 'sent' ? 'sent' : 'noQuota', stateAt: now, sendAt: null, sendingSince: null })
    const after = spent(consent, result === 'sent' ? 'sent' : 'noQuota', now)
    ledger.set(consent.accountId, after)
    await save('consents', consent, after)
    done[result === 'sent' ? 'sent' : 'unsent'] += 1
  }
  return done
}

export const consentIdOf = (accountId: string, templateId: string): string => derivedId('consent', accountId, templateId)

/** The ledger of one template, opened if it is not there yet. */
export async function consentOf(accountId: string, personId: string, templateId: string, now: number): Promise<Consent> {
  const id = consentIdOf(accountId, templateId)
  const found = await read<Consent>('consents', id)
  if (found !== null) return found
  const fresh = newConsent(id, accountId, personId, templateId, now)
  return (await insert('consents', fresh)) ? fresh : ((await read<Consent>('consents', id)) ?? fresh)
}

const DIGESTS = 500

/** In the evening: how many new notices somebody has not opened, to those who allowed it. Nobody twice a day, whatever happens. */
export async function sendDigests(now: number): Promise<{ readonly sent: number }> {
  const done = { sent: 0 }
  const today = civilDate(now)
  const consents = await find<Consent>('consents', { templateId: templateIds.digest, left: command.gt(0) }, { by: 'left', direction: 'asc' }, DIGESTS)
  for (const consent of consents) {
    if (consent.used > 0 && civilDate(consent.updatedAt) === today) continue
    const person = await read<Person>('people', consent.personId)
    if (person === null || person.onlyMustReach === true) continue
    const fresh = (await find<Receipt>('noticeReceipts', { personId: consent.personId, listedAt: command.gt(now - 86_400_000) }, { by: 'listedAt', direction: 'desc' }, 20)).filter((receipt) => receipt.level === 'ordinary' && receipt.state === 'notYetSent' && !receipt.isWithdrawn)
    const first = fresh[0]
    if (first === undefined) continue
    // The consent is spent before it is used: a send that never came back is not repeated.
    if (!(await save('consents', consent, spent(consent, 'sent', now)))) continue
    const outcome = await sendSubscriptionMessage({
      touser: consent.accountId, templateId: templateIds.digest, page: `pages/notices/list/index?elderId=${consent.personId}`,
      data: { thing1: thing(fresh.length === 1 ? first.title : `${first.title} 等 ${fresh.length} 条`), time2: { value: `${today.replace('-', '年').replace('-', '月')}日 ${clockTime(now)}` }, thing3: thing('今天的新通知，有空看看') },
    })
    if (outcome === 'sent') done.sent += 1
  }
  return done
}

/** What a notice's figures are, from the ledger; kept for a minute, so that many eyes cost one look. */
export interface Tally {
  readonly _id: string
  readonly at: number
  readonly counts: ReachCounts
  readonly communities: readonly { readonly communityId: string; readonly addressed: number; readonly reached: number; readonly toCall: number; readonly toVisit: number }[]
  readonly buildings: readonly { readonly building: string | null; readonly addressed: number; readonly reached: number }[]
  readonly overTime: readonly { readonly until: number; readonly reached: number }[]
  readonly helpOpen: number
}

/** How old a figure may be, ms. */
const FRESH = 15_000
/** Spans of the plot. */
const SPANS = 12

export async function tallyOf(notice: Notice, now: number): Promise<Tally> {
  const kept = await read<Tally>('reachTallies', notice._id)
  if (kept !== null && kept.at > now - FRESH) return kept
  const span = Math.max(60_000, Math.ceil((Math.min(now, notice.validUntil) - notice.listedAt) / SPANS))
  const groups = await groupOf<{ _id: { c: string; b: string | null; s: ReachState; d: Receipt['duty']; t: number; h: string | null }; n: number }>('noticeReceipts', { noticeId: notice._id }, {
    _id: { c: '$communityId', b: '$building', s: '$state', d: '$duty', h: '$help.state', t: { $floor: { $divide: [{ $subtract: ['$stateAt', notice.listedAt] }, span] } } }, n: { $sum: 1 },
  })
  const tally = summed(notice, groups.map(({ _id, n }) => ({ communityId: _id.c, building: _id.b, state: _id.s, duty: _id.d, span: _id.t, help: _id.h, count: n })), span, now)
  const { _id, ...figures } = tally
  await put('reachTallies', _id, figures)
  return tally
}

interface Group {
  readonly communityId: string
  readonly building: string | null
  readonly state: ReachState
  readonly duty: Receipt['duty']
  readonly span: number
  readonly help: string | null
  readonly count: number
}

function summed(notice: Notice, groups: readonly Group[], span: number, now: number): Tally {
  const sum = (of: readonly Group[], fits: (group: Group) => boolean): number => of.reduce((total, group) => total + (fits(group) ? group.count : 0), 0)
  const isIn = (group: Group): boolean => reachedOf({ ...noReach, [group.state]: 1 }) === 1
  const counts = Object.fromEntries(Object.keys(noReach).map((state) => [state, sum(groups, (group) => group.state === state)])) as ReachCounts
  const buildings = [...new Set(groups.map((group) => group.building))].sort((a, b) => Number(a ?? 1e6) - Number(b ?? 1e6))
  return {
    _id: notice._id, at: now, counts,
    communities: notice.audience.communityIds.map((communityId) => {
      const here = groups.filter((group) => group.communityId === communityId)
      return { communityId, addressed: sum(here, () => true), reached: sum(here, isIn), toCall: sum(here, (group) => group.duty === 'call'), toVisit: sum(here, (group) => group.duty === 'visit') }
    }),
    // Buildings tell something within one community; over several their numbers repeat.
    buildings: notice.audience.communityIds.length > 1 ? [] : buildings.map((building) => {
      const here = groups.filter((group) => group.building === building)
      return { building, addressed: sum(here, () => true), reached: sum(here, isIn) }
    }),
    overTime: Array.from({ length: SPANS }, (_, index) => ({ until: Math.min(notice.listedAt + (index + 1) * span, now), reached: sum(groups, (group) => isIn(group) && group.span <= index) })),
    helpOpen: sum(groups, (group) => group.help === 'open' || group.help === 'taken'),
  }
}

