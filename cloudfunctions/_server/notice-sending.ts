/**
 * Messages of notices (law 6), spread over time. Each is claimed before it is sent, so that of two runs one sends it; a run
 * that was cut short in between is not repeated, because WeChat cannot be asked whether it sent: nobody is told twice, and
 * whoever may not have been told is telephoned like everybody without a consent.
 */
import { civilDate, DAY } from '../../src/domain/civil-time'
import { digested, mayCarry, spent, type Consent } from '../../src/domain/consent'
import { thing, time } from '../../src/domain/message'
import { templateIds } from '../../src/domain/message-templates'
import { isLive, type Notice } from '../../src/domain/notice'
import type { Person } from '../../src/domain/person'
import { claimed, isForDigest, sentOut, unsent, type Receipt } from '../../src/domain/reach'
import { save } from './aggregate'
import { command, find, sendSubscriptionMessage, updateWhere } from './cloud'
import { consentIdOf } from './consents'
import { noticesOf } from './notices'

/** Lines looked at in one round, and rounds in one run. */
const ROUND = 250
const ROUNDS = 20

/** What one owed message needs to know. */
interface Owed {
  readonly line: Receipt
  readonly notice: Notice
  readonly consent: Consent
}

/** Those of the round that WeChat can carry; all others are settled here, those alike in one call, without asking WeChat. */
async function sendable(due: readonly Receipt[], now: number): Promise<{ readonly owed: readonly Owed[]; readonly unsent: number }> {
  const people = new Map((await find<Person>('people', { _id: command.in(due.map((line) => line.personId)) }, null, ROUND, ['accountId', 'onlyMustReach'])).map((person) => [person._id, person]))
  const accountIds = [...new Set([...people.values()].flatMap((person) => person.accountId ?? []))]
  const [consents, noticeOf] = await Promise.all([
    accountIds.length === 0 ? [] : find<Consent>('consents', { _id: command.in(accountIds.map((accountId) => consentIdOf(accountId, templateIds.notice))) }, null, ROUND),
    noticesOf(due),
  ])
  const consentOf = new Map(consents.map((consent) => [consent.accountId, consent]))
  const owed: Owed[] = []
  const [without, unwanted]: [string[], string[]] = [[], []]
  for (const line of due) {
    const [person, notice] = [people.get(line.personId), noticeOf.get(line.noticeId)]
    const consent = consentOf.get(person?.accountId ?? '')
    if (notice === undefined || !isLive(notice, now) || (line.level !== 'mustReach' && person?.onlyMustReach === true)) unwanted.push(line._id)
    else if (line.sendingSince !== null || consent === undefined || !mayCarry(consent)) without.push(line._id)
    else owed.push({ line, notice, consent })
  }
  const still = { sendAt: command.gt(0).and(command.lte(now)) }
  // Nobody wanted it, or there is nothing to tell any more: it stays unsent. What cannot be carried is a state of its own.
  if (unwanted.length > 0) await updateWhere('noticeReceipts', { _id: command.in(unwanted), ...still }, { sendAt: command.set(null), sendingSince: command.set(null), version: command.inc(1) })
  if (without.length > 0) await updateWhere('noticeReceipts', { _id: command.in(without), ...still }, { ...Object.fromEntries(Object.entries(unsent).map(([field, value]) => [field, command.set(value)])), stateAt: command.set(now), version: command.inc(1) })
  return { owed, unsent: unwanted.length + without.length }
}

/** @returns the consent as it stands afterwards */
async function sendOne({ line, notice }: Owed, consent: Consent, now: number): Promise<{ readonly consent: Consent; readonly isSent: boolean | null }> {
  const sending = claimed(line, now)
  if (!(await save('noticeReceipts', line, sending))) return { consent, isSent: null }
  const outcome = await sendSubscriptionMessage({
    touser: consent.accountId, templateId: templateIds.notice, page: `pages/notices/notice/index?noticeId=${line.noticeId}&elderId=${line.personId}`,
    data: { thing1: thing(line.title), time2: time(notice.listedAt), thing3: thing(notice.text.whatToDo ?? '请看一看') },
  })
  // Whoever answered meanwhile has the last word.
  const standing = { ...sending, version: sending.version + 1 }
  await save('noticeReceipts', standing, sentOut(standing, outcome, now))
  const after = spent(consent, outcome, now)
  await save('consents', consent, after)
  return { consent: { ...after, version: consent.version + 1 }, isSent: outcome === 'sent' }
}

/** Sends what is owed, at most `limit` messages in one run. */
export async function sendNotices(now: number, limit: number): Promise<{ readonly sent: number; readonly unsent: number }> {
  const done = { sent: 0, unsent: 0 }
  for (let round = 0, asked = 0; round < ROUNDS && asked < limit; round++) {
    const due = await find<Receipt>('noticeReceipts', { sendAt: command.gt(0).and(command.lte(now)) }, { by: 'sendAt', direction: 'asc' }, ROUND)
    if (due.length === 0) break
    const { owed, unsent: without } = await sendable(due, now)
    done.unsent += without
    const consents = new Map<string, Consent>()
    for (const one of owed.slice(0, limit - asked)) {
      const consent = consents.get(one.consent._id) ?? one.consent
      // Two notices at once and one consent: the second is looked at again in the next round, and has none.
      if (!mayCarry(consent)) continue
      const { consent: after, isSent } = await sendOne(one, consent, now)
      consents.set(consent._id, after)
      asked += 1
      if (isSent !== null) done[isSent ? 'sent' : 'unsent'] += 1
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
