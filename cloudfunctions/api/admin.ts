/** Handlers of src/contract/admin.ts: capacity, closed days, the audit, and whether every law holds now. */
import type { AuditEntry } from '../../src/domain/audit'
import type { Booking } from '../../src/domain/booking-record'
import { clockTime, DAY, instantOf, spokenDate } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import type { LawCheck } from '../../src/domain/laws'
import type { Standing } from '../../src/domain/role'
import { withClosedDay, type ServiceItem, type Subdistrict } from '../../src/domain/service-item'
import { withCapacity, type Slot } from '../../src/domain/slot'
import { audited } from '../_server/audited'
import { appendAudit, auditBefore, auditIdOf, auditsOf, entryAbout } from '../_server/audits'
import { getSlot } from '../_server/bookings'
import { command, find, read, updateIf } from '../_server/cloud'
import { tellClosedDay } from '../_server/messages'
import { byOf, getServiceItem, getSubdistrict } from '../_server/people'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
const CAPACITY_ATTEMPTS = 20
/** Far more slots than a subdistrict has on one civil day; the most that one query gives. */
const SLOTS_OF_A_DAY = 1000

/** Changes capacity and what is left of it together, guarded by what was loaded: seats may be taken meanwhile. */
async function setCapacity(loaded: Slot, capacity: number, { request, now }: Call): Promise<void> {
  let slot = loaded
  for (let attempt = 0; attempt < CAPACITY_ATTEMPTS; attempt++) {
    const before = slot.capacityRequests?.[request.key]
    if (before) {
      ensure(before.hash === request.hash, 'REQUEST_CONFLICT')
      return
    }
    const next = withCapacity(slot, capacity)
    const isSet = await updateIf('slots', slot._id, { capacity: slot.capacity, remaining: slot.remaining }, {
      capacity: command.set(next.capacity), remaining: command.inc(next.remaining - slot.remaining), waitLookAt: command.set(now), [`capacityRequests.${request.key}`]: command.set({ hash: request.hash, at: now }),
    })
    if (isSet) return
    slot = await getSlot(slot._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Opens or closes the free places of a day as the calendar now stands. @returns how many seats are held there */
async function settleDay(subdistrictId: string, onDate: string, now: number): Promise<number> {
  const { closedDays } = await getSubdistrict(subdistrictId)
  const isOpen = closedDays[onDate] === undefined
  const slots = await find<Slot>('slots', { subdistrictId, onDate }, null, SLOTS_OF_A_DAY)
  for (const slot of slots) {
    // A dish that its kitchen took off the menu, and an activity that was cancelled, stay off when the day is open again.
    if (slot.isOpen === isOpen || (isOpen && (slot.isHeld === true || slot.isOffPlan === true || (slot.kind !== 'homeCare' && slot.isClosedByDay !== true)))) continue
    await updateIf('slots', slot._id, { isOpen: !isOpen }, { isOpen: command.set(isOpen), ...(slot.kind === 'meal' ? {} : { waitLookAt: command.set(now) }), ...(slot.kind !== 'homeCare' ? { isClosedByDay: command.set(!isOpen) } : {}) })
  }
  const held = slots.flatMap((slot) => Object.values(slot.holders).map((seat) => seat.bookingId))
  for (let index = 0; index < held.length; index += 100) {
    const bookings = await find<Booking>('bookings', { _id: command.in(held.slice(index, index + 100)) }, null, 100)
    await tellClosedDay(bookings.filter((booking) => booking.status === 'booked' || booking.status === 'assigned'), closedDays[onDate] ?? null, now)
  }
  return held.length
}

const capacityEntry = (slot: Slot, capacity: number, call: Call, standing: Standing): AuditEntry => entryAbout(
  { _id: slot._id, name: `${slot.serviceName} ${spokenDate(slot.onDate)} ${clockTime(slot.startsAt)}`, subdistrictId: slot.subdistrictId }, 'capacitySet', byOf(call.actor, standing), call.now, { purpose: String(capacity) },
)

export const adminHandlers = {
  'admin.services': handler('admin.services', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, services] = await Promise.all([
        getSubdistrict(actor.subdistrictId), find<ServiceItem>('serviceItems', { subdistrictId: actor.subdistrictId }, { by: 'order', direction: 'asc' }, 100),
      ])
      const closedDays = Object.entries(subdistrict.closedDays).filter(([onDate]) => onDate >= today).sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        services: services.map(({ _id, name, providerName }) => ({ serviceItemId: _id, name, providerName })),
        closedDays: closedDays.map(([onDate, name]) => ({ onDate, name })),
      }
    },
  }),

  'admin.slots': handler('admin.slots', {
    async load(input) {
      const service = await getServiceItem(input.serviceItemId)
      return { subject: { subdistrictId: service.subdistrictId }, service }
    },
    async run(input, { service }) {
      const from = instantOf(input.fromOn)
      const slots = await find<Slot>('slots', { serviceItemId: service._id, startsAt: command.gte(from).and(command.lt(from + 7 * DAY)) }, { by: 'startsAt', direction: 'asc' }, 200)
      return {
        serviceName: service.name,
        slots: slots.map(({ _id, onDate, startsAt, endsAt, capacity, holders, isOpen }) => ({ slotId: _id, onDate, startsAt, endsAt, capacity, held: Object.keys(holders).length, isOpen })),
      }
    },
  }),

  'slot.setCapacity': audited('slot.setCapacity', {
    async load(input) {
      const slot = await getSlot(input.slotId)
      return { subject: { subdistrictId: slot.subdistrictId }, slot }
    },
    async run(input, { slot }, call, standing) {
      await setCapacity(slot, input.capacity, call)
      if (!(await appendAudit(capacityEntry(slot, input.capacity, call, standing), call.request, DONE))) await auditBefore(call.request, call.now)
      return DONE
    },
  }),

  'calendar.setClosedDay': audited('calendar.setClosedDay', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      const { actor, now, today, request } = call
      await ensureAllowedText(call.openid, input.name)
      const about = { _id: `day_${input.onDate}`, name: spokenDate(input.onDate), subdistrictId: actor.subdistrictId }
      await changeTogether([place<Subdistrict>('subdistricts', actor.subdistrictId)], request, ([current]) => ({
        next: [withClosedDay(current, input.onDate, input.isClosed ? input.name : null, today)] as const, answer: null as { readonly heldSeats: number } | null,
        audit: entryAbout(about, input.isClosed ? 'dayClosed' : 'dayOpened', byOf(actor, standing), now, { purpose: input.name }),
      }))
      // The slots follow the calendar as it stands, not this request: a late repetition never undoes a newer word.
      const answer = { heldSeats: await settleDay(actor.subdistrictId, input.onDate, now) }
      await updateIf('audits', auditIdOf(request), {}, { answer: command.set(answer) })
      return answer
    },
  }),

  'admin.audit': handler('admin.audit', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const { items, nextCursor } = await auditsOf(actor.subdistrictId, input.cursor, 30)
      return { items: items.map(({ at, by, what, aboutName, purpose }) => ({ at, byName: by.name, as: by.as, what, aboutName, purpose })), nextCursor }
    },
  }),

  'law.latest': handler('law.latest', {
    load: aboutNobody,
    async run() {
      const latest = await read<{ readonly at: number; readonly laws: readonly LawCheck[] }>('selfChecks', 'latest')
      return { at: latest?.at ?? null, laws: (latest?.laws ?? []).map((check) => ({ ...check, broken: [...check.broken] })) }
    },
  }),
}
