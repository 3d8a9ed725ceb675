import fc from 'fast-check'
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { keptNow, usualFair, type FairPolicy } from '../../src/domain/fair'
import { ensureSeat, heldIn, slotFaults, withCapacity, type Seat, type Slot } from '../../src/domain/slot'
import { accept, advance, afterTelling, decline, inOrder, isOnOffer, join, leave, MOST_WAITING, positionOf, queueFaults, queueOf, reasonsOf, reopen, seatsFor, withMedical, withPersonMoved, type WaitReason } from '../../src/domain/waitlist'
import { placeOf, queueWith, waitingIn } from '../actions/waitlist-world'
import { MONDAY_NINE, slotOf } from '../actions/world'
import { refusalOf } from './support'

const now = MONDAY_NINE
const held = (personId: string): Readonly<Record<string, Seat>> => ({ [personId]: { bookingId: `b_${personId}`, at: 1 } })
/** One seat, taken. */
const full = slotOf('s', { capacity: 1, remaining: 0, holders: held('neighbour') })
const freed = (slot: Slot): Slot => ({ ...slot, remaining: slot.remaining + 1, holders: Object.fromEntries(Object.entries(slot.holders).filter(([id]) => id !== 'neighbour')), waitLookAt: now })
const waits = (slot: Slot, personId: string, at = now, reasons: readonly WaitReason[] = []): Slot => join(slot, placeOf(personId, at, reasons), false, at)

describe('waiting', () => {
  test('begins when there is no seat to have, once, and for nobody who has one', () => {
    expect(refusalOf(() => join(slotOf('s'), placeOf('mother', now), false, now))).toBe('SEAT_FREE')
    const slot = waits(full, 'mother')
    expect(positionOf(slot, 'mother')).toBe(1)
    expect(refusalOf(() => waits(slot, 'mother'))).toBe('WAITING_ALREADY')
    expect(refusalOf(() => waits(slot, 'neighbour'))).toBe('ALREADY_BOOKED')
    expect(refusalOf(() => waits({ ...full, isOpen: false }, 'mother'))).toBe('SLOT_CLOSED')
    expect(refusalOf(() => join(full, placeOf('far', now, [], { communityId: 'faraway' }), false, now))).toBe('OTHER_COMMUNITY')
    expect(refusalOf(() => waits(full, 'mother', full.startsAt))).toBe('SLOT_PAST')
  })

  test('is in order: a medical need, hardship, living alone, then who came first', () => {
    const places = [placeOf('first', 1), placeOf('alone', 2, ['livesAlone']), placeOf('poor', 3, ['hardship']), placeOf('ill', 4, ['medical']), placeOf('both', 5, ['hardship', 'livesAlone']), placeOf('second', 6)]
    expect(inOrder(queueWith(places).places).map((place) => place.personId)).toEqual(['ill', 'both', 'poor', 'alone', 'first', 'second'])
  })

  test('takes hardship and living alone from the record', () => {
    expect(reasonsOf({ hardship: 'lowIncome', livesAlone: true }, false)).toEqual(['hardship', 'livesAlone'])
    expect(reasonsOf({ hardship: 'none', livesAlone: false }, true)).toEqual(['medical'])
  })

  test('a stated medical need moves somebody up, taken back they stand where they stood', () => {
    const slot = waits(waits(full, 'mother'), 'father', now + 1)
    const stated = withMedical(slot, 'father', true, now + 2)
    expect(waitingIn(stated)).toEqual(['father', 'mother'])
    expect(waitingIn(withMedical(stated, 'father', false, now + 3))).toEqual(['mother', 'father'])
    expect(refusalOf(() => withMedical(slot, 'stranger', true, now))).toBe('NOT_FOUND')
  })

  test('has an end', () => {
    const places = Array.from({ length: MOST_WAITING }, (_, index) => placeOf(`p${index}`, index))
    expect(refusalOf(() => waits({ ...full, queue: queueWith(places) }, 'mother'))).toBe('QUEUE_FULL')
  })
})

describe('a freed seat', () => {
  const slot = freed(waits(waits(full, 'mother'), 'father', now + 1))

  test('is no newcomer’s while somebody waits', () => {
    expect(seatsFor(slot, false, now)).toBe(0)
    expect(refusalOf(() => ensureSeat(slot, { personId: 'newcomer', communityId: 'huaguang' }, 'b', now))).toBe('SLOT_FULL')
    expect(refusalOf(() => ensureSeat(slot, { personId: 'newcomer', communityId: 'huaguang', isDesk: true }, 'b', now))).toBe('SLOT_FULL')
  })

  const offered = advance(slot, now)
  const mine = offered.holders['mother']

  test('is offered to who is next, and held: remaining and held are the capacity', () => {
    expect(isOnOffer(mine)).toBe(true)
    expect(mine?.offer).toMatchObject({ at: now, until: now + 30 * MINUTE, acceptedAt: null, isTold: false })
    expect(waitingIn(offered)).toEqual(['father'])
    expect(slotFaults(offered)).toEqual([])
    expect(refusalOf(() => ensureSeat(offered, { personId: 'mother', communityId: 'huaguang' }, 'other', now))).toBe('SEAT_OFFERED')
    expect(advance(offered, now)).toEqual(offered)
  })

  test('is taken in one tap by whom it is held for, and by nobody else', () => {
    const placeId = mine?.bookingId ?? ''
    const taken = accept(offered, 'mother', placeId, 'b1', now + MINUTE)
    expect(isOnOffer(taken.holders['mother'])).toBe(false)
    expect(queueOf(taken).ended).toMatchObject([{ placeId, how: 'accepted' }])
    expect(accept(taken, 'mother', placeId, 'b1', now + 2 * MINUTE)).toBe(taken)
    expect(refusalOf(() => accept(taken, 'mother', placeId, 'b2', now + 2 * MINUTE))).toBe('ALREADY_BOOKED')
    expect(refusalOf(() => accept(offered, 'father', placeId, 'b1', now))).toBe('NOT_FOUND')
    expect(refusalOf(() => accept(offered, 'mother', 'bforged', 'b1', now))).toBe('NOT_FOUND')
    expect(refusalOf(() => decline(taken, 'mother', placeId, now + MINUTE))).toBe('ALREADY_BOOKED')
  })

  test('goes to the next at once when it is declined, and when its time has run out', () => {
    const placeId = mine?.bookingId ?? ''
    for (const [passed, how] of [[decline(offered, 'mother', placeId, now + MINUTE), 'declined'], [advance(offered, now + 30 * MINUTE), 'ranOut'], [leave(offered, 'mother', now + MINUTE), 'declined']] as const) {
      expect(isOnOffer(passed.holders['father'])).toBe(true)
      expect(passed.holders['mother']).toBeUndefined()
      expect(queueOf(passed).ended).toMatchObject([{ placeId, how }])
      expect(refusalOf(() => accept(passed, 'mother', placeId, 'b1', now + 31 * MINUTE))).toBe('OFFER_OVER')
    }
    expect(refusalOf(() => accept(offered, 'mother', placeId, 'b1', now + 30 * MINUTE))).toBe('OFFER_OVER')
  })

  test('a call that was cut short after the tap loses nothing: the seat is held again, for a new while if need be', () => {
    const placeId = mine?.bookingId ?? ''
    const again = reopen(accept(offered, 'mother', placeId, 'b1', now + MINUTE), 'mother', 'b1', now + HOUR)
    expect(again.holders['mother']?.offer).toMatchObject({ until: now + HOUR + 30 * MINUTE, acceptedAt: null })
    expect(queueOf(again).ended).toEqual([])
    expect(reopen(again, 'mother', 'b1', now + HOUR)).toBe(again)
  })

  test('capacity is never lowered below what is held or on offer', () => {
    expect(refusalOf(() => withCapacity(offered, 0))).toBe('BELOW_HELD')
  })

  test('while the time is closed nothing is offered, and who was asked waits on', () => {
    const closed = advance({ ...offered, isOpen: false }, now + MINUTE)
    expect(closed).toMatchObject({ remaining: 1, holders: {} })
    expect(waitingIn(closed)).toEqual(['mother', 'father'])
    expect(isOnOffer(advance({ ...closed, isOpen: true }, now + 2 * MINUTE).holders['mother'])).toBe(true)
  })

  test('when it has begun nobody waits any more', () => {
    const over = advance(offered, slot.startsAt)
    expect(queueOf(over)).toMatchObject({ personIds: [], places: {} })
    expect(over.waitLookAt).toBe(slot.startsAt) // its end is still to be made known
    expect(afterTelling(over, [], queueOf(over).ended.map((offer) => offer.placeId), slot.startsAt).waitLookAt).toBeNull()
  })

  test('what is told is not told again', () => {
    const placeId = mine?.bookingId ?? ''
    expect(offered.waitLookAt).toBe(now)
    expect(afterTelling(offered, [placeId], [], now).waitLookAt).toBe(now + 30 * MINUTE)
  })

  test('follows a record: to who it became, to the next when nobody is left, and once where both waited', () => {
    const to = { id: 'kept', name: '合并', communityId: 'huaguang' }
    expect(isOnOffer(withPersonMoved(offered, 'mother', to, now).holders['kept'])).toBe(true)
    expect(isOnOffer(withPersonMoved(offered, 'mother', null, now).holders['father'])).toBe(true)
    expect(isOnOffer(withPersonMoved(offered, 'mother', { id: 'mother', name: '搬', communityId: 'faraway' }, now).holders['father'])).toBe(true)
    const both = waits(waits(full, 'mother'), 'father', now + 1)
    const one = withPersonMoved(both, 'mother', { id: 'father', name: '合并', communityId: 'huaguang' }, now)
    expect(queueOf(one)).toMatchObject({ personIds: ['father'], places: { father: { joinedAt: now } } })
    for (const slot of [withPersonMoved(offered, 'mother', to, now), one]) expect(queueFaults(slot, now, HOUR)).toEqual([])
  })
})

/** Whatever people, staff and the clock do, in whatever order. */
const people = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'] as const
const step = fc.record({
  what: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('join', 'look') }, { weight: 4, arbitrary: fc.constantFrom('book', 'deskBook', 'cancel', 'answer') }, { weight: 2, arbitrary: fc.constantFrom('decline', 'leave', 'medical', 'cutShort', 'accept', 'more', 'fewer', 'shut', 'open', 'move') }),
  who: fc.constantFrom(...people), wait: fc.constantFrom(0, 0, MINUTE, MINUTE, 10 * MINUTE, 31 * MINUTE, 3 * HOUR),
})
const policy = fc.constantFrom<FairPolicy | undefined>(undefined, { ...usualFair, version: 1, share: { seats: 1, daysBefore: 1, untilMinute: 16 * 60 } })

test('in whatever order: seats add up, the order is kept, nobody waits while a seat is free, no offer is lost and no seat is offered twice', () => {
  const reached = new Set<string>()
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), policy, (steps, fair) => {
    const startsAt = instantOf('2026-11-25', 14 * 60)
    let at = now
    let slot: Slot = slotOf('s', { onDate: '2026-11-25', startsAt, endsAt: startsAt + HOUR, capacity: 1, remaining: 1, ...(fair === undefined ? {} : { fair, kept: 1 }) })
    const offers = new Map<string, string>()
    let serial = 0
    const take = (personId: string, isDesk: boolean): Slot => {
      const owed = Object.keys(queueOf(slot).places).length
      const kept = keptNow(slot, at)
      ensureSeat(slot, { personId, communityId: 'huaguang', isDesk }, `b${serial}`, at)
      // Who comes new takes nothing that is owed; phone and counter take what is kept for them.
      if (owed > 0) expect(isDesk && kept > 0).toBe(true)
      if (!isDesk) expect(slot.remaining).toBeGreaterThan(kept)
      return { ...slot, remaining: slot.remaining - 1, holders: { ...slot.holders, [personId]: { bookingId: `b${serial}`, at } }, ...(isDesk && kept > 0 ? { kept: (slot.kept ?? 0) - 1 } : {}) }
    }
    const acts: Record<string, (personId: string) => Slot> = {
      join: (personId) => join(slot, placeOf(personId, at, personId === 'p4' ? ['hardship'] : [], { placeId: `o${serial}` }), false, at),
      leave: (personId) => leave(slot, personId, at),
      book: (personId) => take(personId, false), deskBook: (personId) => take(personId, true),
      cancel(personId) {
        const seat = slot.holders[personId]
        if (seat === undefined || isOnOffer(seat)) return slot
        const { [personId]: _, ...holders } = slot.holders
        return { ...slot, remaining: slot.remaining + 1, holders, waitLookAt: at }
      },
      look: () => advance(slot, at),
      accept: (personId) => accept(slot, personId, slot.holders[personId]?.bookingId ?? 'none', `b${serial}`, at),
      // Whoever is on offer takes it.
      answer: () => { const [personId, seat] = Object.entries(slot.holders).find(([, one]) => isOnOffer(one)) ?? ['', undefined]; return seat === undefined ? slot : accept(slot, personId, seat.bookingId, `b${serial}`, at) },
      decline: (personId) => decline(slot, personId, slot.holders[personId]?.bookingId ?? 'none', at),
      cutShort: (personId) => reopen(slot, personId, slot.holders[personId]?.bookingId ?? 'none', at),
      medical: (personId) => withMedical(slot, personId, true, at),
      move: (personId) => withPersonMoved(slot, personId, null, at),
      more: () => ({ ...slot, ...withCapacity(slot, slot.capacity + 1), waitLookAt: at }), fewer: () => ({ ...slot, ...withCapacity(slot, slot.capacity - 1), waitLookAt: at }),
      shut: () => ({ ...slot, isOpen: false, waitLookAt: at }), open: () => ({ ...slot, isOpen: true, waitLookAt: at }),
    }
    for (const { what, who, wait } of steps) {
      at += wait
      serial += 1
      const before = slot
      try {
        slot = acts[what]?.(who) ?? slot
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        reached.add(error.code)
        expect(slot).toBe(before)
      }
      const looked = advance(slot, at)
      for (const one of [slot, looked]) {
        expect(slotFaults(one)).toEqual([])
        expect(heldIn(one)).toBeLessThanOrEqual(one.capacity)
      }
      expect(queueFaults(looked, at, 0)).toEqual([])
      // What is new on offer went to who was next.
      const fresh = Object.values(looked.holders).filter((seat) => isOnOffer(seat) && !isOnOffer(before.holders[seat.offer.place.personId])).map((seat) => seat.offer?.place)
      const order = inOrder({ ...queueOf(looked).places, ...Object.fromEntries(fresh.map((place) => [place?.personId ?? '', place ?? placeOf('x', 0)])) }).slice(0, fresh.length).map((place) => place.placeId)
      if (what !== 'cutShort') expect(fresh.map((place) => place?.placeId).sort()).toEqual([...order].sort())
      if (looked.isOpen && looked.startsAt > at && Object.keys(queueOf(looked).places).length > 0) expect(looked.remaining - keptNow(looked, at)).toBeLessThanOrEqual(0)
      // Every offer that was ever made is open, was taken, or has ended.
      for (const [personId, seat] of Object.entries(slot.holders)) if (isOnOffer(seat)) { offers.set(seat.bookingId, personId); reached.add('offered') }
      for (const [placeId, personId] of offers) {
        const seat = slot.holders[personId]
        const isOpen = isOnOffer(seat) && seat.bookingId === placeId
        const ended = queueOf(slot).ended.filter((offer) => offer.placeId === placeId)
        const waitsOn = queueOf(slot).places[personId]?.placeId === placeId
        expect({ placeId, isSomewhere: isOpen || ended.length > 0 || waitsOn }).toEqual({ placeId, isSomewhere: true })
        if (isOpen) expect(ended.filter((offer) => offer.how !== 'withdrawn')).toEqual([])
        for (const offer of ended) reached.add(offer.how)
      }
    }
  }), { numRuns: Number(process.env['LAW_RUNS'] ?? 100), seed: 20_261_130 })
  expect([...reached].sort()).toEqual(expect.arrayContaining(['offered', 'accepted', 'declined', 'ranOut', 'withdrawn', 'SLOT_FULL', 'SEAT_FREE', 'WAITING_ALREADY', 'SEAT_OFFERED', 'BELOW_HELD']))
})
