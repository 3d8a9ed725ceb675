/** Messages in the database: what a booking owes to be told becomes one message per person, under an id that says which. */
import type { Booking, Telling } from '../../src/domain/booking'
import { delegationState } from '../../src/domain/delegation'
import { civilDate } from '../../src/domain/civil-time'
import { SENDING_LOST_AFTER, told, wordsOf, type Message } from '../../src/domain/message'
import type { Person } from '../../src/domain/person'
import { save } from './aggregate'
import { command, find, insert, sendSubscriptionMessage } from './cloud'
import { derivedId } from './keys'

export { told }
export type { Message }

/** Writes the messages of some tellings; again writes nothing. */
export async function queueTellings(booking: Booking, tellings: readonly Telling[], elder: Person, now: number): Promise<void> {
  const today = civilDate(now)
  const familyIds = Object.values(elder.delegates).filter((given) => delegationState(given, today) === 'active' && given.scopes.includes('alerts')).map((given) => given.personId)
  const family = tellings.some((telling) => telling.to.includes('family')) && familyIds.length > 0 ? await find<Person>('people', { _id: command.in(familyIds) }, null, 20) : []
  for (const telling of tellings) {
    const people = [...(telling.to.includes('elder') ? [elder] : []), ...(telling.to.includes('family') ? family : [])].filter((person) => person._id !== telling.by.personId)
    for (const person of people) {
      const message: Message = {
        _id: derivedId('m', booking._id, telling.key, person._id), version: 1, subdistrictId: booking.subdistrictId, communityId: elder.communityId, elderId: elder._id,
        personId: person._id, personName: person.name, accountId: person.accountId, ...wordsOf(telling, booking),
        // Whoever has no account cannot get a message from WeChat: straight to the call list.
        state: person.accountId === null ? 'toCall' : 'due', dueAt: telling.at, sendingSince: null, sentAt: null, calls: [], requests: {},
      }
      await insert('messages', message)
    }
  }
}

/** Sends what is due, at most `limit`. A message is claimed before it is sent, so that nobody is told twice. */
export async function sendDue(now: number, limit: number): Promise<{ readonly sent: number; readonly toCall: number }> {
  const outcome = { sent: 0, toCall: 0 }
  const due = await find<Message>('messages', { state: 'due', dueAt: command.lte(now) }, { by: 'dueAt', direction: 'asc' }, limit)
  for (const message of due) {
    const claimed: Message = { ...message, state: 'sending', sendingSince: now }
    if (!(await save('messages', message, claimed))) continue
    const result = await sendSubscriptionMessage({ touser: message.accountId ?? '', templateId: message.templateId, page: message.page, data: message.data })
    const after: Message = result === 'sent' ? { ...claimed, state: 'sent', sentAt: now, version: claimed.version + 1 } : { ...claimed, state: 'toCall', version: claimed.version + 1 }
    await save('messages', { ...claimed, version: claimed.version + 1 }, after)
    outcome[result === 'sent' ? 'sent' : 'toCall'] += 1
  }
  const lost = await find<Message>('messages', { state: 'sending', dueAt: command.lte(now - SENDING_LOST_AFTER) }, { by: 'dueAt', direction: 'asc' }, limit)
  for (const message of lost) {
    if ((message.sendingSince ?? 0) > now - SENDING_LOST_AFTER) continue
    if (await save('messages', message, { ...message, state: 'toCall' })) outcome.toCall += 1
  }
  return outcome
}
