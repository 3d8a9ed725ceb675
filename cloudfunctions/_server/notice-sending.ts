/**
 * Messages of notices (law 6), spread over time: to the addressee, or, of what must reach, to the family of one without an
 * account. Each is claimed before it is sent, so that of two runs one sends it. A run that was cut short in between is not
 * repeated, because WeChat cannot be asked whether it sent: nobody is told twice, the line says that it is not sure, counts
 * as not reached, and stands on the call list at the deadline like everybody who has not understood.
 */
import { civilDate, DAY } from '../../src/domain/civil-time'
import { digested, mayCarry, spent, type Consent } from '../../src/domain/consent'
import { thing, time } from '../../src/domain/message'
import { templateIds } from '../../src/domain/message-templates'
import { isLive, type Notice } from '../../src/domain/notice'
import type { Person } from '../../src/domain/person'
import { claimed, familyOf, isForDigest, owedTo, sentOut, settledState, type Receipt } from '../../src/domain/reach'
import { save } from './aggregate'
import { command, find, read, sendSubscriptionMessage, updateWhere, type SendOutcome } from './cloud'
import { consentIdOf } from './consents'
import { noticesOf } from './notices'

/** Lines looked at in one round, and rounds in one run. */
const ROUND = 250
const ROUNDS = 20

/** Who gets a line's message: the addressee, or family with what they are to them. */
interface Recipient {
  readonly personId: string
  readonly name: string
  readonly kinship: string | null
  readonly accountId: string
}

/** One line that owes messages. */
interface Owed {
  readonly line: Receipt
  readonly notice: Notice
  readonly to: readonly (Recipient & { readonly consent: Consent })[]
}

/** Fields of a person by which a message finds its way. */
const WAY = ['accountId', 'onlyMustReach', 'name', 'delegates', 'callOrder'] as const
type Way = Pick<Person, '_id' | (typeof WAY)[number]>

const byId = <D extends { readonly _id: string }>(documents: readonly D[]): ReadonlyMap<string, D> => new Map(documents.map((document) => [document._id, document]))

/** Everybody who might get the message of one of these lines, whether they allowed it or not. */
async function recipientsOf(lines: readonly Receipt[], people: ReadonlyMap<string, Way>, now: number): Promise<ReadonlyMap<string, readonly Recipient[]>> {
  const today = civilDate(now)
  const familyFor = (line: Receipt) => { const person = people.get(line.personId); return person === undefined ? [] : familyOf(line.level, person, today) }
  const familyIds = [...new Set(lines.flatMap((line) => familyFor(line).map((one) => one.personId)))]
  const family = byId(familyIds.length === 0 ? [] : await find<Way>('people', { _id: command.in(familyIds) }, null, familyIds.length, WAY))
  return new Map(lines.map((line) => {
    const person = people.get(line.personId)
    const own = person === undefined || person.accountId === null ? [] : [{ personId: person._id, name: person.name, kinship: null, accountId: person.accountId }]
    return [line._id, [...own, ...familyFor(line).flatMap(({ personId, kinship }) => { const one = family.get(personId); return one === undefined || one.accountId === null ? [] : [{ personId, name: one.name, kinship, accountId: one.accountId }] })]]
  }))
}

/** Lines of the round that WeChat can carry something for; all others are settled here, those alike in one call, without asking WeChat. */
async function sendable(due: readonly Receipt[], now: number): Promise<{ readonly owed: readonly Owed[]; readonly unsent: number }> {
  const [people, noticeOf] = await Promise.all([find<Way>('people', { _id: command.in([...new Set(due.map((line) => line.personId))]) }, null, ROUND, WAY).then(byId), noticesOf(due)])
  const recipients = await recipientsOf(due, people, now)
  const accountIds = [...new Set([...recipients.values()].flatMap((all) => all.map((one) => one.accountId)))]
  const consents = byId(accountIds.length === 0 ? [] : await find<Consent>('consents', { _id: command.in(accountIds.map((accountId) => consentIdOf(accountId, templateIds.notice))) }, null, accountIds.length))
  const owed: Owed[] = []
  const done: Record<'unwanted' | ReturnType<typeof settledState>, string[]> = { unwanted: [], sent: [], unsure: [], noQuota: [] }
  for (const line of due) {
    const notice = noticeOf.get(line.noticeId)
    if (notice === undefined || !isLive(notice, now) || (line.level !== 'mustReach' && people.get(line.personId)?.onlyMustReach === true)) { done.unwanted.push(line._id); continue }
    const to = owedTo(line, recipients.get(line._id) ?? []).flatMap((one) => {
      const consent = consents.get(consentIdOf(one.accountId, templateIds.notice))
      return consent !== undefined && mayCarry(consent) ? [{ ...one, consent }] : []
    })
    if (to.length === 0) done[settledState(line)].push(line._id)
    else owed.push({ line, notice, to })
  }
  const still = { sendAt: command.gt(0).and(command.lte(now)) }
  const settled = { sendAt: command.set(null), sendingSince: command.set(null), version: command.inc(1) }
  // Nobody wanted it, or there is nothing to tell any more: it stays unsent. What cannot be carried, or perhaps was, is a state of its own.
  const asItIs = [...done.unwanted, ...done.sent]
  if (asItIs.length > 0) await updateWhere('noticeReceipts', { _id: command.in(asItIs), ...still }, settled)
  for (const state of ['unsure', 'noQuota'] as const) {
    if (done[state].length > 0) await updateWhere('noticeReceipts', { _id: command.in(done[state]), ...still }, { ...settled, state: command.set(state), stateAt: command.set(now) })
  }
  return { owed, unsent: due.length - owed.length }
}

/** What the phone shows: to family, whose notice it is. */
const wordsOf = (line: Receipt, notice: Notice, isFamily: boolean) => ({
  thing1: thing(isFamily ? `${line.personName}：${line.title}` : line.title), time2: time(notice.listedAt), thing3: thing(isFamily ? '请看一看，告诉老人' : notice.text.whatToDo ?? '请看一看'),
})

/** What became of a claimed message, written down whatever happened to its line meanwhile. @returns the line as it stands then; null: it is not there any more */
async function writeOutcome(sending: Receipt, outcome: SendOutcome, isMore: boolean, now: number): Promise<Receipt | null> {
  for (let current: Receipt | null = { ...sending, version: sending.version + 1 }; current !== null; current = await read<Receipt>('noticeReceipts', sending._id)) {
    const after = sentOut(current, sending, outcome, isMore, now)
    if (await save('noticeReceipts', current, after)) return { ...after, version: current.version + 1 }
  }
  return null
}

/** @returns the line and the consent as they stand afterwards; a line of null: nothing more is owed to it here */
async function sendOne(line: Receipt, notice: Notice, to: Owed['to'][number], consent: Consent, isMore: boolean, now: number): Promise<{ readonly line: Receipt | null; readonly consent: Consent; readonly isSent: boolean }> {
  const sending = claimed(line, to, now)
  if (!(await save('noticeReceipts', line, sending))) return { line: null, consent, isSent: false }
  const outcome = await sendSubscriptionMessage({
    touser: to.accountId, templateId: templateIds.notice, page: `pages/notices/notice/index?noticeId=${line.noticeId}&elderId=${line.personId}`, data: wordsOf(line, notice, to.kinship !== null),
  })
  const written = await writeOutcome(sending, outcome, isMore, now)
  const after = spent(consent, outcome, now)
  await save('consents', consent, after)
  // Whoever answered meanwhile is owed nothing more.
  return { line: isMore && written?.sendAt === now ? written : null, consent: { ...after, version: consent.version + 1 }, isSent: outcome === 'sent' }
}

/** Sends what is owed, at most about `limit` messages in one run. */
export async function sendNotices(now: number, limit: number): Promise<{ readonly sent: number; readonly unsent: number }> {
  const done = { sent: 0, unsent: 0 }
  for (let round = 0, asked = 0; round < ROUNDS && asked < limit; round++) {
    const due = await find<Receipt>('noticeReceipts', { sendAt: command.gt(0).and(command.lte(now)) }, { by: 'sendAt', direction: 'asc' }, ROUND)
    if (due.length === 0) break
    const { owed, unsent: without } = await sendable(due, now)
    done.unsent += without
    const consents = new Map<string, Consent>()
    for (const { line: first, notice, to } of owed) {
      if (asked >= limit) break
      let line: Receipt | null = first
      for (const [index, recipient] of to.entries()) {
        const consent = consents.get(recipient.consent._id) ?? recipient.consent
        // Two notices at once and one consent: the second is looked at again in the next round, and has none.
        if (line === null || !mayCarry(consent)) continue
        const { line: after, consent: left, isSent }: Awaited<ReturnType<typeof sendOne>> = await sendOne(line, notice, recipient, consent, index < to.length - 1, now)
        consents.set(consent._id, left)
        line = after
        asked += 1
        done[isSent ? 'sent' : 'unsent'] += 1
      }
    }
    if (due.length < ROUND && owed.length === 0) break
  }
  return done
}

/** Notices of one person that a digest looks at. */
const FRESH = 40

/** In the evening: how many new notices somebody has not opened, to those who allowed it. Nobody twice a day, whatever happens. @returns how many were looked at, and sent */
export async function sendDigests(now: number, limit: number): Promise<{ readonly looked: number; readonly sent: number }> {
  const today = civilDate(now)
  const consents = await find<Consent>('consents', { templateId: templateIds.digest, digestOn: command.gt('').and(command.lte(today)) }, { by: 'digestOn', direction: 'asc' }, limit)
  const people = new Map((consents.length === 0 ? [] : await find<Person>('people', { _id: command.in(consents.map((consent) => consent.personId)) }, null, limit, ['onlyMustReach'])).map((person) => [person._id, person]))
  let sent = 0
  for (const consent of consents) {
    const person = people.get(consent.personId)
    const lines = person === undefined || person.onlyMustReach === true ? [] : await find<Receipt>('noticeReceipts', { personId: person._id, sortAt: command.gt(now - DAY) }, { by: 'sortAt', direction: 'desc' }, FRESH)
    const fresh = lines.filter((line) => isForDigest(line, now - DAY, now))
    const [first] = fresh
    // The consent is spent before it is used: a digest that never came back is not repeated.
    const after = digested(first === undefined ? consent : spent(consent, 'sent', now), today)
    if (!(await save('consents', consent, after)) || first === undefined) continue
    const outcome = await sendSubscriptionMessage({
      touser: consent.accountId, templateId: templateIds.digest, page: `pages/notices/list/index?elderId=${consent.personId}`,
      data: { thing1: thing(fresh.length === 1 ? first.title : `${first.title} 等 ${fresh.length} 条`), time2: time(now), thing3: thing('今天的新通知，有空看看') },
    })
    if (outcome === 'sent') sent += 1
    else if (outcome === 'noQuota') await save('consents', { ...after, version: consent.version + 1 }, digested(spent(after, 'noQuota', now), today))
  }
  return { looked: consents.length, sent }
}
