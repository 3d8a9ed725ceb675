/** Handlers of src/contract/catalogue.ts. */
import type { SlotView } from '../../src/contract'
import { quoteOf, subsidyOf } from '../../src/domain/bed-terms'
import { clash, whereaboutsOf } from '../../src/domain/busy'
import { addDays, instantOf } from '../../src/domain/civil-time'
import { ensure } from '../../src/domain/error'
import { maskAddress, type Person } from '../../src/domain/person'
import { bedOn, isOfferedOn, priceOn, type ServiceItem } from '../../src/domain/service-item'
import { DAYS_AHEAD, type Slot } from '../../src/domain/slot'
import { isOnOffer, positionOf, queueOf, seatsFor } from '../../src/domain/waitlist'
import { command, find } from '../_server/cloud'
import { aboutElder, communityName, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { handler } from '../_server/serve'
import { bedQuoteView } from '../_server/views'
import { offerOf } from '../_server/waitlist-views'

const DAYS_SHOWN = 7
/** More services than any community has. */
const SERVICES_AT_MOST = 60

async function withElder(input: { readonly elderId: string }) {
  const elder = await getPerson(input.elderId)
  return { subject: aboutElder(elder), elder }
}

const brief = (item: ServiceItem, elder: Person, onDate: string, nextFreeAt: number | null) => ({
  serviceItemId: item._id, name: item.name, kind: item.kind, icon: item.icon, summary: item.summary, providerName: item.providerName, priceFen: priceOn(item, onDate).priceFen,
  durationMinutes: item.durationMinutes, walkingMinutes: item.walkingMinutes[elder.communityId] ?? null, nextFreeAt,
})

const bedOf = (item: ServiceItem, elder: Person, onDate: string) => {
  const [bed, { priceFen }] = [bedOn(item, onDate), priceOn(item, onDate)]
  if (bed === undefined) return null
  const { subsidyFen, reasons } = subsidyOf(bed, priceFen, onDate, elder)
  return { bring: [...bed.bring], quote: bedQuoteView(quoteOf([{ priceFen, subsidyFen }], reasons)) }
}

/** Slots with an empty seat that are looked at for one that this caller can have: the first may be owed to who waits, or kept. */
const EMPTY_LOOKED_AT = 8

const nextFree = async (serviceItemId: string, isDesk: boolean, now: number): Promise<number | null> =>
  (await find<Slot>('slots', { serviceItemId, startsAt: command.gt(now), isOpen: true, remaining: command.gt(0) }, { by: 'startsAt', direction: 'asc' }, EMPTY_LOOKED_AT)).find((slot) => seatsFor(slot, isDesk, now) > 0)?.startsAt ?? null

function slotState(slot: Slot, elder: Person, isDesk: boolean, now: number, movingId?: string): SlotView['state'] {
  const seat = slot.holders[elder._id]
  if (seat !== undefined && !isOnOffer(seat)) return 'mine'
  if (slot.startsAt <= now) return 'past'
  if (!slot.isOpen) return 'closed'
  if (clash(elder.busy, slot.startsAt, slot.endsAt, movingId, whereaboutsOf(slot.kind))) return 'clash'
  return seat === undefined && seatsFor(slot, isDesk, now) > 0 ? 'free' : 'full'
}

/** What is paid of one half-day; null where there is no bed. */
function slotQuote({ bed, priceFen, onDate }: Slot, elder: Person): SlotView['quote'] {
  if (bed === undefined) return null
  const { subsidyFen, reasons } = subsidyOf(bed, priceFen, onDate, elder)
  return bedQuoteView(quoteOf([{ priceFen, subsidyFen }], reasons))
}

const slotView = (slot: Slot, elder: Person, isDesk: boolean, now: number, movingId?: string): SlotView => ({
  slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, priceFen: slot.priceFen, capacity: slot.capacity, remaining: seatsFor(slot, isDesk, now), state: slotState(slot, elder, isDesk, now, movingId),
  waiting: Object.keys(queueOf(slot).places).length, position: positionOf(slot, elder._id), offer: offerOf(slot, elder._id), quote: slotQuote(slot, elder), forResidents: isDesk ? seatsFor(slot, false, now) : null,
})

export const catalogueHandlers = {
  'catalogue.list': handler('catalogue.list', {
    load: withElder,
    async run(_input, { elder }, { now, today }, standing) {
      const isDesk = standing.role === 'socialWorker'
      const [subdistrict, items] = await Promise.all([
        getSubdistrict(elder.subdistrictId), find<ServiceItem>('serviceItems', { communityIds: elder.communityId }, { by: 'order', direction: 'asc' }, SERVICES_AT_MOST),
      ])
      const open = items.filter((item) => isOfferedOn(item, today))
      const free = await Promise.all(open.map((item) => nextFree(item._id, isDesk, now)))
      return { elder: { personId: elder._id, name: elder.name, communityName: communityName(subdistrict, elder.communityId) }, services: open.map((item, index) => brief(item, elder, today, free[index] ?? null)) }
    },
  }),

  'catalogue.service': handler('catalogue.service', {
    load: withElder,
    async run(input, { elder }, { now, today }, standing) {
      const isDesk = standing.role === 'socialWorker'
      const [item, subdistrict] = await Promise.all([getServiceItem(input.serviceItemId), getSubdistrict(elder.subdistrictId)])
      ensure(item.subdistrictId === elder.subdistrictId && item.communityIds.includes(elder.communityId), 'NOT_FOUND')
      const lastOn = addDays(today, DAYS_AHEAD - 1)
      const wished = input.fromOn ?? today
      const fromOn = wished < today ? today : wished > lastOn ? lastOn : wished
      const slots = await find<Slot>(
        'slots', { serviceItemId: item._id, startsAt: command.gte(instantOf(fromOn)).and(command.lt(instantOf(addDays(fromOn, DAYS_SHOWN)))) }, { by: 'startsAt', direction: 'asc' }, 200,
      )
      const days = Array.from({ length: DAYS_SHOWN }, (_, index) => addDays(fromOn, index)).filter((onDate) => onDate <= lastOn)
      const nextOn = addDays(fromOn, DAYS_SHOWN)
      const previousOn = addDays(fromOn, -DAYS_SHOWN)
      return {
        elder: { personId: elder._id, name: elder.name, communityName: communityName(subdistrict, elder.communityId) },
        address: standing.role === 'resident' ? (elder.address ?? '') : maskAddress(elder.address ?? ''),
        service: { ...brief(item, elder, fromOn, slots.find((slot) => slotState(slot, elder, isDesk, now) === 'free')?.startsAt ?? null), details: item.details, cancelHours: item.cancelHours, holdWhy: item.hold?.why ?? null, bed: bedOf(item, elder, fromOn) },
        fromOn,
        days: days.map((onDate) => ({ onDate, holidayName: subdistrict.closedDays[onDate] ?? null, slots: slots.filter((slot) => slot.onDate === onDate).map((slot) => slotView(slot, elder, isDesk, now, input.movingId)) })),
        previousOn: fromOn <= today ? null : previousOn < today ? today : previousOn,
        nextOn: nextOn <= lastOn ? nextOn : null,
      }
    },
  }),
}
