/** Messages in the database: what a booking or a safety case owes to be told becomes one message per person, under an id that says which. */
import type { Telling } from '../../src/domain/booking-due'
import type { Booking } from '../../src/domain/booking-record'
import { pageOfCase, wordsOfRung } from '../../src/domain/case-message'
import type { ConsultTelling } from '../../src/domain/consult-message'
import type { Consultation } from '../../src/domain/consultation'
import { delegationState } from '../../src/domain/delegation'
import { civilDate } from '../../src/domain/civil-time'
import { expiryMessage } from '../../src/domain/expiry'
import type { LifeEvent } from '../../src/domain/life'
import type { lifeMessage } from '../../src/domain/life-message'
import { closedDayGist, offPlanGist, pageOf, SENDING_LOST_AFTER, told, unsent, wordsOf, wordsOfOffer, type Message } from '../../src/domain/message'
import { templateIds } from '../../src/domain/message-templates'
import { licenceMessage } from '../../src/domain/licence-message'
import type { Licence, Organisation } from '../../src/domain/organisation'
import type { NoticeQuestion, toldOf } from '../../src/domain/notice-question'
import type { Person } from '../../src/domain/person'
import { roundOf, rungAt, type SafetyCase } from '../../src/domain/safety-case'
import type { Series } from '../../src/domain/series'
import type { missedWords } from '../../src/domain/series-message'
import type { Slot } from '../../src/domain/slot'
import type { Offer } from '../../src/domain/waitlist'
import { save } from './aggregate'
import { command, dropWhere, find, insert, read, sendSubscriptionMessage } from './cloud'
import { derivedId } from './keys'

export { told }
export type { Message }

/** Writes one message; again writes nothing. Whoever has no account cannot get it from WeChat: straight to the call list. */
const queue = (message: Message, now: number): Promise<boolean> => insert('messages', message.accountId === null ? unsent(message, now) : message)

/** Writes the messages of some tellings; again writes nothing. */
export async function queueTellings(booking: Booking, tellings: readonly Telling[], elder: Person, now: number): Promise<void> {
  const today = civilDate(now)
  const familyIds = Object.values(elder.delegates).filter((given) => delegationState(given, today) === 'active' && given.scopes.includes('alerts')).map((given) => given.personId)
  const family = tellings.some((telling) => telling.to.includes('family')) && familyIds.length > 0 ? await find<Person>('people', { _id: command.in(familyIds) }, null, 20) : []
  for (const telling of tellings) {
    const worker = telling.workerId === undefined ? null : await read<Person>('people', telling.workerId)
    const people = [...(telling.to.includes('elder') && elder.standing !== 'left' ? [elder] : []), ...(telling.to.includes('family') ? family : []), ...(worker === null ? [] : [worker])].filter((person) => person._id !== telling.by.personId)
    for (const person of people) {
      const message: Message = {
        _id: derivedId('m', booking._id, telling.key, person._id), version: 1, subdistrictId: booking.subdistrictId, communityId: elder.communityId, elderId: elder._id,
        personId: person._id, personName: person.name, accountId: person.accountId, ...wordsOf(telling, booking),
        state: 'due', dueAt: telling.at, sendingSince: null, sentAt: null, calls: [], requests: {},
      }
      await queue(message, now)
    }
  }
}

/**
 * Tells who stands on these rungs of a case; again writes nothing. 120 is dialled by people; who has taken the case over knows,
 * unless there is news for them. Each round has messages of its own; who is owed several, or was not reached yet by an earlier one, needs
 * the latest alone.
 */
export async function queueRungs(safety: SafetyCase, owed: readonly number[], now: number): Promise<void> {
  const rungs = owed.flatMap((index) => {
    const { kind, personId } = safety.rungs[index] ?? { kind: 'emergency' as const, personId: null }
    return kind === 'emergency' || personId === null || (kind !== 'taker' && personId === safety.taken?.personId) ? [] : [{ index, kind, personId }]
  })
  if (rungs.length === 0) return
  const people = new Map((await find<Person>('people', { _id: command.in([...new Set(rungs.map((rung) => rung.personId))]) }, null, 100)).map((person) => [person._id, person]))
  const latest = [...new Map(rungs.map((rung) => [rung.personId, rung])).values()]
  const isRepeated = roundOf(safety) > 0
  const waiting = isRepeated ? await waitingOf(safety._id) : []
  for (const { index, kind, personId } of latest) {
    const person = people.get(personId)
    if (!person) continue
    const messageId = derivedId('m', safety._id, `rung_${index}`, personId)
    for (const message of waiting) if (message.personId === personId && message._id !== messageId) await save('messages', message, { ...message, state: 'skipped' })
    await queue({
      _id: messageId, version: 1, subdistrictId: safety.subdistrictId, communityId: safety.communityId, elderId: safety.elderId,
      personId, personName: person.name, accountId: person.accountId, ...wordsOfRung(kind, safety),
      state: 'due', dueAt: rungAt(safety, index), sendingSince: null, sentAt: null, calls: [], requests: {},
    }, now)
  }
}

/** Message that says what expires with a month's end: once for each owner and month. */
export const expiryMessageId = (ownerId: string, onDate: string): string => derivedId('m', 'expiry', ownerId, onDate.slice(0, 7))

/** Tells an owner, or who leads a group, that points expire; again writes nothing. */
export const queueExpiry = (owner: Pick<Person, '_id' | 'name' | 'subdistrictId' | 'communityId'>, to: Pick<Person, '_id' | 'name' | 'accountId'>, expiring: { readonly amount: number; readonly onDate: string }, now: number): Promise<boolean> =>
  queue({
    _id: expiryMessageId(owner._id, expiring.onDate), version: 1, subdistrictId: owner.subdistrictId, communityId: owner.communityId, elderId: to._id, personId: to._id, personName: to.name, accountId: to.accountId,
    ...expiryMessage(owner, expiring, civilDate(now)), state: 'due', sendingSince: null, sentAt: null, calls: [], requests: {},
  }, now)

/** Tells who asked something under a notice what became of it: once for each answer or withdrawal. */
export const queueQuestion = (question: NoticeQuestion, to: Pick<Person, '_id' | 'name' | 'accountId'>, words: ReturnType<typeof toldOf>, now: number): Promise<boolean> =>
  queue({
    _id: derivedId('m', question._id, question.status), version: 1, subdistrictId: question.subdistrictId, communityId: question.communityId, elderId: question.elderId, personId: to._id, personName: to.name, accountId: to.accountId,
    ...words, state: 'due', dueAt: now, sendingSince: null, sentAt: null, calls: [], requests: {},
  }, now)

/** Tells who asked what became of a date of a series that could not be had: once for each. Erased askers hear nothing more: then the elder does. */
export const queueSeries = (series: Series, about: { readonly key: string; readonly words: ReturnType<typeof missedWords> }, to: Pick<Person, '_id' | 'name' | 'accountId' | 'communityId'>, now: number): Promise<boolean> =>
  queue({
    _id: derivedId('m', series._id, about.key, to._id), version: 1, subdistrictId: series.subdistrictId, communityId: to.communityId, elderId: series.elderId, personId: to._id, personName: to.name, accountId: to.accountId,
    ...about.words, state: 'due', dueAt: now, sendingSince: null, sentAt: null, calls: [], requests: {},
  }, now)

/** Tells somebody of a life event: once for each of what they have to do with it. */
export const queueLife = (event: LifeEvent, about: string, to: Pick<Person, '_id' | 'name' | 'accountId'>, words: ReturnType<typeof lifeMessage>, now: number): Promise<boolean> =>
  queue({
    _id: derivedId('m', event._id, about, to._id), version: 1, subdistrictId: event.subdistrictId, communityId: event.communityId, elderId: event.elderId, personId: to._id, personName: to.name, accountId: to.accountId,
    ...words, state: 'due', dueAt: now, sendingSince: null, sentAt: null, calls: [], requests: {},
  }, now)

/** Tells somebody of a line of a consultation: once for each line and whom it is for. */
export const queueConsult = (one: Consultation, about: string, to: Pick<Person, '_id' | 'name' | 'accountId'>, words: ReturnType<ConsultTelling['words']>, now: number): Promise<boolean> =>
  queue({
    _id: derivedId('m', one._id, about, to._id), version: 1, subdistrictId: one.subdistrictId, communityId: one.communityId, elderId: one.elderId, personId: to._id, personName: to.name, accountId: to.accountId,
    ...words, state: 'due', dueAt: now, sendingSince: null, sentAt: null, calls: [], requests: {},
  }, now)

/** Tells somebody that a licence runs out, or has: once for each of the two. */
export const queueLicence = (organisation: Organisation, licence: Licence, to: Pick<Person, '_id' | 'name' | 'accountId' | 'communityId'>, now: number): Promise<boolean> =>
  queue({
    _id: derivedId('m', licence.licenceId, licence.untilOn < civilDate(now) ? 'over' : 'ahead', to._id), version: 1, subdistrictId: organisation.subdistrictId, communityId: to.communityId, elderId: to._id, personId: to._id, personName: to.name, accountId: to.accountId,
    ...licenceMessage(organisation, licence, civilDate(now)), state: 'due', dueAt: now, sendingSince: null, sentAt: null, calls: [], requests: {},
  }, now)

/** Messages of one person that may be found open. */
const OF_A_PERSON = 500

/** Who has died is told nothing any more, by WeChat or on the telephone. */
export async function quietenPerson(personId: string): Promise<void> {
  for (const message of await find<Message>('messages', { personId }, null, OF_A_PERSON)) {
    if (message.state === 'due' || message.state === 'toCall') await save('messages', message, { ...message, state: 'skipped' })
  }
}

/** Tells whoever can answer an offer: the elder, and family with the right to book. Without an account it stands on the call list at once. */
export async function queueOffer(slot: Slot, offer: Offer, elder: Person, now: number): Promise<void> {
  const today = civilDate(now)
  const familyIds = Object.values(elder.delegates).filter((given) => delegationState(given, today) === 'active' && given.scopes.includes('book')).map((given) => given.personId)
  const family = familyIds.length === 0 ? [] : await find<Person>('people', { _id: command.in(familyIds) }, null, 20)
  for (const person of [elder, ...family]) {
    await queue({
      _id: derivedId('m', slot._id, offer.place.placeId, String(offer.at), person._id), version: 1, subdistrictId: slot.subdistrictId, communityId: elder.communityId, elderId: elder._id, personId: person._id, personName: person.name,
      accountId: person.accountId, ...wordsOfOffer(slot, offer), state: 'due', dueAt: now, sendingSince: null, sentAt: null, calls: [], requests: {},
    }, now)
  }
}

/** Messages of one offer: the elder and as much family as anybody has. */
const OF_AN_OFFER = 50

/** Offers that were answered or passed on need nobody to be told or telephoned any more; again changes nothing. */
export async function quietenOffers(placeIds: readonly string[]): Promise<void> {
  for (const placeId of placeIds) {
    for (const message of await find<Message>('messages', { 'offer.placeId': placeId, state: command.in(['due', 'toCall']) }, null, OF_AN_OFFER)) await save('messages', message, { ...message, state: 'skipped' })
  }
}

const QUIETENED = 200

/** Messages of a case that are still to be sent, or to be told on the telephone; two a person at most. */
const waitingOf = (safetyCaseId: string): Promise<Message[]> => find<Message>('messages', { page: pageOfCase(safetyCaseId), state: command.in(['due', 'toCall']) }, null, QUIETENED)

/** A case that is closed needs nobody to be told or telephoned any more. */
export async function quietenCase(safetyCaseId: string): Promise<void> {
  for (const message of await waitingOf(safetyCaseId)) await save('messages', message, { ...message, state: 'skipped' })
}

const closedDayMessageId = (bookingId: string): string => derivedId('m', bookingId, 'closedDay')

/** Puts bookings that stand on a closed day on the call list, or takes them off when the day is open again; again changes nothing. */
export async function tellClosedDay(bookings: readonly Booking[], why: string | null, now: number): Promise<void> {
  if (why === null) {
    if (bookings.length > 0) await dropWhere('messages', { _id: command.in(bookings.map((booking) => closedDayMessageId(booking._id))), state: 'toCall' })
    return
  }
  for (const booking of bookings) await toCall(booking, closedDayMessageId(booking._id), closedDayGist(why, booking), now)
}

/** Puts bookings at a time that their service has no more on the call list; again changes nothing. */
export async function tellOffPlan(bookings: readonly Booking[], why: string, now: number): Promise<void> {
  for (const booking of bookings) await toCall(booking, derivedId('m', booking._id, 'offPlan'), offPlanGist(why, booking), now)
}

/** Somebody has to telephone the elder of a booking before it begins. */
const toCall = (booking: Booking, messageId: string, gist: string, now: number): Promise<boolean> =>
  insert<Message>('messages', {
    _id: messageId, version: 1, subdistrictId: booking.subdistrictId, communityId: booking.communityId, elderId: booking.elderId, personId: booking.elderId,
    personName: booking.elderName, accountId: null, templateId: templateIds.cancelled, page: pageOf(booking._id), data: {}, gist, state: 'toCall', dueAt: now,
    callUntil: booking.startsAt, sendingSince: null, sentAt: null, calls: [], requests: {},
  })

/** Sends what is due, at most `limit`. A message is claimed before it is sent, so that nobody is told twice. */
export async function sendDue(now: number, limit: number): Promise<{ readonly sent: number; readonly unsent: number }> {
  const outcome = { sent: 0, unsent: 0 }
  const due = await find<Message>('messages', { state: 'due', dueAt: command.lte(now) }, { by: 'dueAt', direction: 'asc' }, limit)
  for (const message of due) {
    const claimed: Message = { ...message, state: 'sending', sendingSince: now }
    if (!(await save('messages', message, claimed))) continue
    const result = await sendSubscriptionMessage({ touser: message.accountId ?? '', templateId: message.templateId, page: message.page, data: message.data })
    const sending: Message = { ...claimed, version: claimed.version + 1 }
    await save('messages', sending, result === 'sent' ? { ...sending, state: 'sent', sentAt: now } : unsent(sending, now))
    outcome[result === 'sent' ? 'sent' : 'unsent'] += 1
  }
  const lost = await find<Message>('messages', { state: 'sending', dueAt: command.lte(now - SENDING_LOST_AFTER) }, { by: 'dueAt', direction: 'asc' }, limit)
  for (const message of lost) {
    if ((message.sendingSince ?? 0) > now - SENDING_LOST_AFTER) continue
    if (await save('messages', message, unsent(message, now))) outcome.unsent += 1
  }
  // A reminder of what has begun is no longer worth a call.
  const stale = await find<Message>('messages', { state: 'toCall', callUntil: command.gt(0).and(command.lte(now)) }, { by: 'callUntil', direction: 'asc' }, limit)
  for (const message of stale) await save('messages', message, unsent(message, now))
  return outcome
}
