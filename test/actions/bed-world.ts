/** A house with beds: nights and half-days put straight into the store, the rest through the product's own actions. */
import { MEMORY_TRAINING, type BedSort, type BedTerms } from '../../src/domain/bed-terms'
import { addDays, civilDate, DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { ServiceItem } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { bathing, slotOf, type World } from './world'

let serial = 0

export const bedTerms = (sort: BedSort = 'short'): BedTerms => ({
  sort, bring: ['换洗衣服', '在吃的药'],
  subsidy: { bands: [{ fromAge: 80, subsidyFen: 4000 }], hardshipFen: { none: 0, lowIncome: 2000, extreme: 4000 }, leastPayFen: 3000 },
})

/** A service of the house, with its own beds; again finds it there. */
export async function aHouse(world: World, sort: BedSort = 'short', id = `house${++serial}`): Promise<ServiceItem> {
  const kind = sort === 'dayCare' || sort === 'physio' ? 'dayCare' : 'stay'
  const item: ServiceItem = { ...bathing, _id: id, name: kind === 'stay' ? '短住' : '日托', kind, icon: 'house-heart', priceFen: 12_000, durationMinutes: kind === 'stay' ? 21 * 60 : 4 * 60, cancelHours: 24, bed: bedTerms(sort), weekly: [], order: 90 }
  await world.emulator.insert('serviceItems', [item])
  return item
}

/** Nights from a day on, each from two in the afternoon to eleven the next morning. @returns their ids */
export async function nightsFrom(world: World, item: ServiceItem, fromOn: string, count: number, changes: Partial<Slot> = {}): Promise<readonly string[]> {
  const slots = Array.from({ length: count }, (_, index) => {
    const onDate = addDays(fromOn, index)
    const startsAt = instantOf(onDate, 14 * 60)
    return slotOf(`${item._id}_${onDate.replaceAll('-', '')}`, { kind: item.kind, serviceItemId: item._id, serviceName: item.name, priceFen: item.priceFen, cancelHours: item.cancelHours, onDate, startsAt, endsAt: startsAt + 21 * HOUR, ...(item.bed === undefined ? {} : { bed: item.bed }), ...changes })
  })
  await world.emulator.insert('slots', slots)
  return slots.map((slot) => slot._id)
}

/** Somebody with a phone and nothing booked. */
export async function aGuest(world: World, changes: Parameters<World['addPerson']>[1] = {}): Promise<string> {
  const id = `guest${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', ...changes })
  return id
}

/** A stay of this elder, with nights behind it that are free; days of its own. */
export async function aStay(world: World, elderId = 'mother', nights = 2): Promise<{ readonly bookingId: string; readonly item: ServiceItem; readonly fromOn: string; readonly toOn: string }> {
  const item = await aHouse(world)
  const fromOn = addDays(civilDate((await world.emulator.clock()).now), 400 + 5 * ++serial)
  await nightsFrom(world, item, fromOn, nights + 2)
  const toOn = addDays(fromOn, nights)
  const { bookingId } = await world.phone('o_social').do('stay.book', { elderId, serviceItemId: item._id, fromOn, toOn })
  return { bookingId, item, fromOn, toOn }
}

/** Somebody whose half-day at the house begins within the hour, or who is there already. */
export async function atTheHouse(world: World, state: 'booked' | 'checkedIn'): Promise<{ readonly bookingId: string; readonly elderId: string }> {
  const [item, elderId, { now }] = [await aHouse(world, 'dayCare'), await aGuest(world), await world.emulator.clock()]
  const startsAt = now + 20 * MINUTE
  const slotId = `half${++serial}`
  await world.addSlot(slotId, { kind: 'dayCare', serviceItemId: item._id, serviceName: item.name, bed: bedTerms('dayCare'), startsAt, endsAt: startsAt + 4 * HOUR, onDate: civilDate(startsAt), capacity: 4, remaining: 4, cancelHours: 0 })
  const { bookingId } = await world.phone(`o_${elderId}`).do('booking.book', { elderId, slotId })
  if (state === 'checkedIn') await world.phone('o_colleague').do('bed.arrive', { bookingId, bedNo: 1 })
  return { bookingId, elderId }
}

/** Somebody of the house who is trained for beds that need it; again finds them there. */
export async function theNurse(world: World): Promise<string> {
  const { accounts = [] } = await world.emulator.dump(['accounts'])
  if (!accounts.some((account) => account['_id'] === 'o_nurse')) await world.addPerson('nurse', { openid: 'o_nurse', name: '示例护士', birthOn: '1985-01-01', grants: [{ role: 'careWorker', providerId: 'carehome', skills: [MEMORY_TRAINING] }] })
  return 'o_nurse'
}

/** One night of a bed that needs trained staff. */
export async function aMemoryNight(world: World, changes: Partial<Slot> = {}): Promise<{ readonly slotId: string; readonly item: ServiceItem; readonly onDate: string }> {
  const item = await aHouse(world, 'memory')
  const onDate = addDays(civilDate((await world.emulator.clock()).now + DAY), 1)
  const [slotId = ''] = await nightsFrom(world, item, onDate, 1, changes)
  return { slotId, item, onDate }
}
