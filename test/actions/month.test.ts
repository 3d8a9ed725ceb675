/**
 * A month of two communities: baths by series and one by one, half-days, nights, a class, waitlists; people book, move,
 * skip, cancel, wait, take what is offered, go to hospital and come home; care workers come by door code, the house
 * receives, social workers of each community verify; and every hundredth database call meets a fault, in the actions and
 * in the clock's work. Whoever got no answer asks again with the same request. Afterwards the faults are off, the clock has
 * run, every law holds, and everything that was told is true. MONTH_DAYS=30 MONTH_PEOPLE=40 in the long run, a sample here.
 */
import type { ActionName } from '../../src/contract'
import { holdsSeat, slotIdsOf, type Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Person } from '../../src/domain/person'
import type { Series } from '../../src/domain/series'
import { heldIn, slotIdOf, type Slot } from '../../src/domain/slot'
import { isOnOffer, queueOf } from '../../src/domain/waitlist'
import { mulberry32 } from '../support/random'
import { askingIn, together } from './asking'
import { activityOf } from './activity-world'
import { aHouse, nightsFrom } from './bed-world'
import { startPointsWorld } from './points-world'
import { bathing, delegation, person, type World } from './world'

const DAYS = Number(process.env['MONTH_DAYS'] ?? 3)
const PEOPLE = Number(process.env['MONTH_PEOPLE'] ?? 10)
const SEED = Number(process.env['MONTH_SEED'] ?? 20_261_123)
const FIRST = '2026-11-23'
const AT_ONCE = 6

/** What a rule may answer; anything else is a fault of ours. */
const taken = ['SLOT_FULL', 'SLOT_PAST', 'SLOT_CLOSED', 'ALREADY_BOOKED', 'ELDER_BUSY', 'ELDER_AWAY', 'SEAT_OFFERED', 'LIMIT_OF_SERVICE']
const refusals: Partial<Record<ActionName, readonly string[]>> = {
  'booking.book': taken, 'booking.reschedule': [...taken, 'REASON_REQUIRED', 'WRONG_STATE', 'CANCEL_TOO_LATE', 'NOT_FOUND'], 'booking.cancel': ['WRONG_STATE', 'CANCEL_TOO_LATE'], 'booking.askOff': ['WRONG_STATE', 'SLOT_PAST'], 'booking.answerOff': ['WRONG_STATE'],
  'waitlist.join': [...taken, 'SEAT_FREE', 'WAITING_ALREADY', 'PLACES_FULL', 'QUEUE_FULL'], 'waitlist.accept': ['OFFER_OVER', 'NOT_FOUND', ...taken], 'waitlist.decline': ['OFFER_OVER', 'NOT_FOUND', 'ALREADY_BOOKED'],
  'stay.book': taken, 'stay.extend': [...taken, 'WRONG_STATE', 'BAD_INPUT'], 'stay.leaveEarly': ['WRONG_STATE', 'SLOT_PAST', 'BAD_INPUT'], 'activity.join': [...taken, 'OTHER_COMMUNITY'], 'series.start': ['ELDER_AWAY'], 'series.skip': ['WRONG_STATE', 'CANCEL_TOO_LATE'],
  'person.setAway': ['WRONG_STATE'], 'visit.take': ['ALREADY_TAKEN', 'WORKER_BUSY', 'WRONG_STATE'], 'visit.checkIn': ['WRONG_STATE', 'TOO_EARLY', 'DOOR_CODE_USED', 'DOOR_CODE_WRONG'], 'visit.checkOut': ['WRONG_STATE', 'DOOR_CODE_USED', 'DOOR_CODE_WRONG'], 'visit.doorCode': ['WRONG_STATE'],
  'visit.confirm': ['WRONG_STATE'], 'visit.verify': ['WRONG_STATE', 'EVIDENCE_INCOMPLETE'], 'bed.arrive': ['WRONG_STATE', 'TOO_EARLY', 'BED_TAKEN', 'BAD_INPUT'], 'bed.depart': ['WRONG_STATE'],
}

interface Elder {
  readonly id: string
  readonly index: number
  /** who taps: the elder, the daughter, or the social worker of the community */
  readonly openid: string
  readonly socialOpenid: string
}

/** What is there besides what a week repeats. */
interface Offered {
  readonly stayId: string
  readonly dayCareId: string
  readonly activityId: string
}

describe(`a month of two communities, ${DAYS} days, ${PEOPLE} people, seed ${SEED}`, () => {
  let world: World
  beforeAll(async () => {
    world = await startPointsWorld()
  })
  afterAll(() => world.stop())

  const { told, ask } = askingIn(() => world, refusals)
  const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
  const at = (onDate: string, hour: number, minute = 0): Promise<unknown> => world.emulator.moveTo(instantOf(onDate, hour * 60 + minute))
  const chanceOf = (...parts: readonly number[]) => mulberry32(parts.reduce((sum, part) => (Math.imul(sum, 31) + part) >>> 0, SEED))
  const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

  const elders: readonly Elder[] = Array.from({ length: PEOPLE }, (_, index) => {
    const socialOpenid = index % 2 === 0 ? 'o_social' : 'o_social_taigu'
    return { id: `m${index}`, index, socialOpenid, openid: index % 5 === 4 ? socialOpenid : index % 5 === 3 ? 'o_daughter' : `o_m${index}` }
  })
  const elderOf = (id: string): Elder => elders.find((one) => one.id === id) as Elder
  const workers = ['o_worker', 'o_colleague']
  /** What somebody was told to be theirs, and what of it was told to be given back. */
  const mine = new Map<string, { readonly elder: Elder; isGivenBack: boolean }>()
  const keep = (elder: Elder, made: { readonly bookingId: string } | null): void => { if (made) mine.set(made.bookingId, { elder, isGivenBack: false }) }

  async function settleIn(): Promise<Offered> {
    await world.emulator.insert('people', elders.map(({ id, index, openid }) => person(id, {
      accountId: openid === `o_${id}` ? openid : null, name: `示例${'甲乙丙丁戊己庚辛壬癸'[index % 10] ?? ''}老人`, communityId: index % 2 === 0 ? 'huaguang' : 'taigu', livesAlone: index % 4 === 0, ...(openid === 'o_daughter' ? delegation('daughter', '王敏') : {}),
    })))
    await world.emulator.insert('accounts', elders.filter(({ id, openid }) => openid === `o_${id}`).map(({ id }) => ({ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例老人', grants: [], requests: {} })))
    await world.emulator.insert('serviceItems', [{ ...bathing, _id: 'barber', name: '理发', weekly: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, startMinute: 16 * 60, capacity: 1 })) }])
    const [stay, dayCare] = [await aHouse(world, 'short', 'monthStay'), await aHouse(world, 'dayCare', 'monthDay')]
    await nightsFrom(world, stay, FIRST, DAYS + 8, { capacity: 2, remaining: 2 })
    await nightsFrom(world, dayCare, FIRST, DAYS + 8, { capacity: 3, remaining: 3 })
    const activity = activityOf('coming', instantOf(FIRST), 'social', 4)
    await world.emulator.insert('slots', [activity])
    await world.emulator.fire('timers', 'generateSlots')
    return { stayId: stay._id, dayCareId: dayCare._id, activityId: activity._id }
  }

  /** What one person does in a morning. */
  async function wishes(day: number, onDate: string, elder: Elder, of: Offered): Promise<void> {
    const random = chanceOf(day, elder.index)
    const { id: elderId, openid } = elder
    const near = addDays(onDate, 1 + Math.floor(random() * 4))
    const chance = random()
    if (day === 0 && elder.index % 3 === 0) await ask(openid, 'series.start', { elderId, serviceItemId: 'bathing', firstOn: addDays(onDate, 2), startMinute: 540, every: 1, count: Math.max(2, Math.ceil(DAYS / 7)), choices: [] })
    else if (chance < 0.4) {
      const slotId = random() < 0.5 ? slotIdOf('bathing', { onDate: near, startMinute: 540 }) : slotIdOf('barber', { onDate: near, startMinute: 960 })
      const made = await ask(openid, 'booking.book', { elderId, slotId })
      keep(elder, made)
      if (!made) await ask(openid, 'waitlist.join', { elderId, slotId })
    } else if (chance < 0.5) keep(elder, await ask(openid, 'booking.book', { elderId, slotId: `${of.dayCareId}_${near.replaceAll('-', '')}` }))
    else if (chance < 0.62) keep(elder, await ask(openid, 'stay.book', { elderId, serviceItemId: of.stayId, fromOn: near, toOn: addDays(near, 1 + Math.floor(random() * 3)) }))
    else if (chance < 0.67) keep(elder, await ask(openid, 'activity.join', { elderId, activityId: of.activityId }))
    else if (chance < 0.9) await changeOwn(elder, random, near)
    else if (chance < 0.95) {
      const { away } = (await stored<Person>('people')).find((one) => one._id === elderId) as Person
      await ask(openid, 'person.setAway', away === null ? { personId: elderId, why: random() < 0.5 ? 'hospital' : 'away', fromOn: onDate, untilOn: addDays(onDate, 2) } : { personId: elderId, why: null })
    }
  }

  async function changeOwn(elder: Elder, random: () => number, near: string): Promise<void> {
    const open = (await stored<Booking>('bookings')).filter((booking) => booking.elderId === elder.id && (booking.status === 'booked' || booking.status === 'assigned'))
    const [booking, series] = [open.length > 0 ? pick(random, open) : null, (await stored<Series>('series')).find((one) => one.elderId === elder.id)]
    if (series && random() < 0.3) await ask(elder.openid, 'series.skip', { seriesId: series._id, n: 1 + Math.floor(random() * series.dates.length) })
    else if (booking === null) return
    else if (booking.kind === 'stay') await ask(elder.openid, random() < 0.5 ? 'stay.extend' : 'stay.leaveEarly', { bookingId: booking._id, toOn: addDays(civilDate(booking.endsAt), random() < 0.5 ? 1 : -1) })
    else if (booking.kind === 'homeCare' && random() < 0.4) await ask(elder.openid, 'booking.reschedule', { bookingId: booking._id, slotId: slotIdOf(booking.serviceItemId, { onDate: near, startMinute: booking.serviceItemId === 'bathing' ? 840 : 960 }) })
    else {
      const isGiven = await ask(elder.openid, 'booking.cancel', { bookingId: booking._id })
      const own = mine.get(booking._id)
      if (isGiven && own) own.isGivenBack = true
      if (!isGiven && elder.openid !== elder.socialOpenid) {
        await ask(elder.openid, 'booking.askOff', { bookingId: booking._id, why: 'unwell' })
        await ask(elder.socialOpenid, 'booking.answerOff', { bookingId: booking._id, isFreed: true, words: '老人不舒服' })
      }
    }
  }

  /** Whoever has an offer takes it, or leaves it to the next. */
  async function answerOffers(day: number): Promise<void> {
    const { now } = await world.emulator.clock()
    const offers = (await stored<Slot>('slots')).flatMap((slot) => Object.values(slot.holders).flatMap((seat) => (isOnOffer(seat) ? [{ slotId: slot._id, place: seat.offer.place }] : [])))
    await together(AT_ONCE, offers, async ({ slotId, place }) => {
      const elder = elderOf(place.personId)
      const input = { elderId: elder.id, slotId, placeId: place.placeId }
      if (chanceOf(day, elder.index, now % 97)() < 0.7) keep(elder, await ask(elder.openid, 'waitlist.accept', input))
      else await ask(elder.openid, 'waitlist.decline', input)
    })
  }

  const visitsAt = async (onDate: string, kinds: readonly string[], statuses: readonly string[]): Promise<Booking[]> =>
    (await stored<Booking>('bookings')).filter((booking) => kinds.includes(booking.kind) && statuses.includes(booking.status) && civilDate(booking.startsAt) === onDate && elders.some((one) => one.id === booking.elderId))

  async function serve(onDate: string): Promise<void> {
    const visits = await visitsAt(onDate, ['homeCare'], ['booked', 'assigned'])
    await together(AT_ONCE, visits, async (booking) => { for (const openid of workers) if (await ask(openid, 'visit.take', { bookingId: booking._id })) return })
    for (const [hour, minute] of [[9, 2], [14, 2], [16, 2]] as const) {
      if ((await world.emulator.clock()).now > instantOf(onDate, hour * 60 + minute)) continue
      await at(onDate, hour, minute)
      const due = (await visitsAt(onDate, ['homeCare'], ['assigned'])).filter((booking) => Math.abs(booking.startsAt - instantOf(onDate, hour * 60)) < MINUTE)
      const doorOf = async (booking: Booking, action: 'visit.checkIn' | 'visit.checkOut'): Promise<void> => {
        const { openid, socialOpenid, id } = elderOf(booking.elderId)
        const worker = (await stored<Booking>('bookings')).find((one) => one._id === booking._id)?.worker?.personId
        if (worker === undefined || openid === socialOpenid) return
        const code = await ask(openid === `o_${id}` ? openid : 'o_daughter', 'visit.doorCode', { bookingId: booking._id })
        if (code) await ask(`o_${worker}`, action, { bookingId: booking._id, code: code.code })
      }
      await together(AT_ONCE, due, (booking) => doorOf(booking, 'visit.checkIn'))
      await world.emulator.pass(40 * MINUTE)
      await together(AT_ONCE, due, (booking) => doorOf(booking, 'visit.checkOut'))
    }
    await together(AT_ONCE, await visitsAt(onDate, ['homeCare'], ['checkedOut']), async (booking) => {
      const { openid, socialOpenid } = elderOf(booking.elderId)
      if (openid !== socialOpenid) await ask(openid, 'visit.confirm', { bookingId: booking._id, satisfaction: 'satisfied' })
      await ask(socialOpenid, 'visit.verify', { bookingId: booking._id, outcome: 'verified' })
    })
    for (const booking of await stored<Booking>('bookings')) if (booking.bed && booking.status === 'checkedIn' && civilDate(booking.endsAt) === onDate) await ask('o_colleague', 'bed.depart', { bookingId: booking._id })
    const guests = await visitsAt(onDate, ['stay', 'dayCare'], ['booked'])
    for (const booking of guests) for (const bedNo of [1, 2, 3]) if (await ask('o_colleague', 'bed.arrive', { bookingId: booking._id, bedNo })) break
  }

  test('everything that was told is true, no seat, no place and no date is lost', async () => {
    const of = await settleIn()
    await world.emulator.faults({ seed: SEED, errorBefore: 0.004, errorAfter: 0.004, killFunction: 0.002, killWhen: 'after', only: { operations: ['database.'] } })
    for (let day = 0; day < DAYS; day++) {
      const onDate = addDays(FIRST, day)
      if (day > 0) await at(onDate, 8)
      await together(AT_ONCE, elders, (elder) => wishes(day, onDate, elder, of))
      await world.emulator.advance(2 * MINUTE)
      await answerOffers(day)
      await serve(onDate)
      await world.emulator.advance(35 * MINUTE)
      await answerOffers(day)
    }
    await world.emulator.faults({})
    await world.emulator.lapse()
    for (let round = 0; round < 3; round++) await world.emulator.advance(6 * MINUTE)

    expect(await world.brokenLaws()).toEqual([])
    const [bookings, slots, all, series] = [await stored<Booking>('bookings'), await stored<Slot>('slots'), await stored<Person>('people'), await stored<Series>('series')]
    // Each yes stands as a booking, and what was given back as cancelled.
    for (const [bookingId, { elder, isGivenBack }] of mine) {
      const booking = bookings.find((one) => one._id === bookingId)
      expect({ bookingId, elderId: booking?.elderId, isCancelled: isGivenBack ? booking?.status : 'any' }).toEqual({ bookingId, elderId: elder.id, isCancelled: isGivenBack ? 'cancelled' : 'any' })
    }
    const live = bookings.filter((booking) => holdsSeat(booking.status))
    for (const slot of slots) {
      const here = live.filter((booking) => slotIdsOf(booking).includes(slot._id)).map((booking) => booking._id).sort()
      const held = Object.values(slot.holders).flatMap((holder) => (here.includes(holder.bookingId) ? [holder.bookingId] : []))
      expect({ slot: slot._id, held: held.sort(), sum: slot.remaining + heldIn(slot) }).toEqual({ slot: slot._id, held: here, sum: slot.capacity })
    }
    // Nobody is promised to two places at once, and nobody waits for what is long over.
    for (const elder of elders) {
      const times = (all.find((one) => one._id === elder.id)?.busy ?? []).filter((time) => time.freedAt === null).sort((one, other) => one.from - other.from)
      times.forEach((time, index) => expect(time.from).toBeGreaterThanOrEqual(times[index - 1]?.to ?? 0))
    }
    const { now } = await world.emulator.clock()
    expect(slots.filter((slot) => slot.startsAt < now - 60 * MINUTE && Object.keys(queueOf(slot).places).length > 0).map((slot) => slot._id)).toEqual([])
    // Each booked date of a series has its booking.
    const missing = series.flatMap((one) => one.dates.filter((date) => date.state === 'booked' && !bookings.some((booking) => booking._id === date.bookingId && booking.elderId === one.elderId)).map((date) => `${one._id} ${date.n}`))
    expect(missing).toEqual([])
    console.log(`told: ${Object.entries(told).sort().map(([what, times]) => `${what} ${times}`).join(', ')}`)
    expect(told['booking.book OK'] ?? 0).toBeGreaterThan(0)
    expect(told['series.start OK'] ?? 0).toBeGreaterThan(0)
  }, process.env['MONTH_DAYS'] === undefined ? 240_000 : 3_600_000)
})
