/** Waiting for a seat, from the full slot to the visit: through the real function, the clock and the store. */
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Message } from '../../src/domain/message'
import { isOnOffer, queueOf } from '../../src/domain/waitlist'
import { anActivity } from './activity-world'
import { aFullSlot, fairTerms, lookAtWaitlists, waitingIn } from './waitlist-world'
import { delegation, MONDAY_NINE, startWorld, type World } from './world'

let world: World
let serial = 0
beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())

const nowOf = async (): Promise<number> => (await world.emulator.clock()).now
/** An elder with a phone, or without one. */
async function anElder(options: Parameters<World['addPerson']>[1] = {}): Promise<string> {
  serial += 1
  const id = `elder${String.fromCharCode(97 + (serial % 26))}${String.fromCharCode(97 + Math.floor(serial / 26))}`
  await world.addPerson(id, { openid: `o_${id}`, name: `示例${id}`, ...options })
  return id
}
async function free(slotId: string, bookingId: string): Promise<void> {
  const holder = Object.keys((await world.slot(slotId)).holders)[0] ?? ''
  await world.phone(`o_${holder}`).do('booking.cancel', { bookingId })
  await lookAtWaitlists(world)
}
const messagesAbout = async (personId: string): Promise<Message[]> => ((await world.emulator.dump(['messages']))['messages'] as unknown as Message[]).filter((message) => message.elderId === personId)
const offerTo = async (elderId: string) => (await world.phone(`o_${elderId}`).do('waitlist.mine', { elderId })).items.find((item) => item.offer !== null)

describe('from a full slot to the seat', () => {
  test('in order of stated reasons, told with the time, taken in one tap', async () => {
    const { slotId, bookingId } = await aFullSlot(world)
    const [plain, alone] = [await anElder(), await anElder({ livesAlone: true, hardship: 'lowIncome' })]
    expect(await world.phone(`o_${plain}`).do('waitlist.join', { elderId: plain, slotId })).toEqual({ position: 1 })
    expect(await world.phone(`o_${alone}`).do('waitlist.join', { elderId: alone, slotId })).toEqual({ position: 1 })
    const mine = await world.phone(`o_${plain}`).do('waitlist.mine', { elderId: plain })
    expect(mine.items).toMatchObject([{ slotId, position: 2, waiting: 2, reasons: [], offer: null }])
    // What the social worker sees is the order, and why.
    const board = await world.phone('o_social').do('waitlist.board', {})
    expect(board.items.find((item) => item.slotId === slotId)).toMatchObject({ booked: 1, onOffer: [], waiting: [{ personId: alone, position: 1, reasons: ['hardship', 'livesAlone'] }, { personId: plain, position: 2 }] })
    // A medical need that the elder agreed to be stated goes first.
    expect(await world.phone('o_social').do('waitlist.state', { elderId: plain, slotId, isMedical: true, elderAgreed: true })).toEqual({ position: 1 })
    expect((await world.phone(`o_${plain}`).do('account.log', { personId: plain })).items).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'needStated' })]))

    await free(slotId, bookingId)
    const offered = await offerTo(plain)
    expect(offered?.offer?.until).toBe((await world.slot(slotId)).holders[plain]?.offer?.until)
    expect(await messagesAbout(plain)).toMatchObject([{ personId: plain, templateId: 'tpl_offer', callUntil: offered?.offer?.until }])
    expect((await world.phone(`o_${plain}`).do('home.show', {})).offers).toMatchObject([{ slotId, offer: offered?.offer }])
    expect(await world.phone(`o_${plain}`).do('booking.list', { elderId: plain, when: 'coming' })).toMatchObject({ waits: 1, offers: 1 })
    // It is nobody else's meanwhile.
    const newcomer = await anElder()
    expect(await world.phone(`o_${newcomer}`).codeOf('booking.book', { elderId: newcomer, slotId })).toBe('SLOT_FULL')
    expect(await world.phone(`o_${plain}`).codeOf('booking.book', { elderId: plain, slotId })).toBe('SEAT_OFFERED')

    const { latest } = await world.emulator.calls()
    const made = await world.phone(`o_${plain}`).do('waitlist.accept', { elderId: plain, slotId, placeId: offered?.offer?.placeId ?? '' })
    const [row] = (await world.emulator.calls(latest)).rows.filter((one) => one.function === 'api')
    expect(row).toMatchObject({ action: 'waitlist.accept', dbCalls: 6 })
    expect((await world.phone(`o_${plain}`).do('booking.show', { bookingId: made.bookingId })).status).toBe('booked')
    const slot = await world.slot(slotId)
    expect(slot).toMatchObject({ remaining: 0, holders: { [plain]: { bookingId: made.bookingId } } })
    expect(waitingIn(slot)).toEqual([alone])
    expect(await world.brokenLaws()).toEqual([])
  })

  test('declined, it is the next one’s at once; run out, at the next look; the last message is taken back', async () => {
    const { slotId, bookingId } = await aFullSlot(world)
    const [first, second, third] = [await anElder(), await anElder(), await anElder({ openid: undefined as never })]
    for (const elderId of [first, second]) await world.phone(`o_${elderId}`).do('waitlist.join', { elderId, slotId })
    await world.phone('o_social').do('waitlist.join', { elderId: third, slotId })
    await free(slotId, bookingId)
    await world.phone(`o_${first}`).do('waitlist.decline', { elderId: first, slotId, placeId: (await offerTo(first))?.offer?.placeId ?? '' })
    expect(isOnOffer((await world.slot(slotId)).holders[second])).toBe(true)
    await lookAtWaitlists(world)
    const until = (await world.slot(slotId)).holders[second]?.offer?.until ?? 0
    await world.emulator.pass(until - (await nowOf()) + 1)
    expect(await world.phone(`o_${second}`).codeOf('waitlist.accept', { elderId: second, slotId, placeId: (await world.slot(slotId)).holders[second]?.bookingId ?? '' })).toBe('OFFER_OVER')
    await lookAtWaitlists(world)
    // An elder without an account is telephoned: the social worker takes the answer.
    const call = (await world.phone('o_social').do('worker.today', {})).toCall.find((one) => one.personId === third)
    expect(call?.offer).toMatchObject({ slotId })
    const made = await world.phone('o_social').do('waitlist.accept', { elderId: third, slotId, placeId: call?.offer?.placeId ?? '' })
    expect((await world.phone('o_social').do('booking.show', { bookingId: made.bookingId })).timeline[0]).toMatchObject({ as: 'socialWorker' })
    await lookAtWaitlists(world)
    expect((await world.phone('o_social').do('worker.today', {})).toCall.filter((one) => one.personId === third)).toEqual([])
    expect(queueOf(await world.slot(slotId)).ended.map((offer) => offer.how)).toEqual(['declined', 'ranOut', 'accepted'])
    expect(await world.brokenLaws()).toEqual([])
  })

  test('family with the right to book waits, hears and answers for an elder, who can read it', async () => {
    const { slotId, bookingId } = await aFullSlot(world)
    await world.phone('o_daughter').do('waitlist.join', { elderId: 'mother', slotId })
    await free(slotId, bookingId)
    expect((await messagesAbout('mother')).filter((message) => message.offer?.slotId === slotId).map((message) => message.personId).sort()).toEqual(['daughter', 'mother'])
    const offer = (await world.phone('o_daughter').do('home.show', { elderId: 'mother' })).offers.find((one) => one.slotId === slotId)?.offer
    const made = await world.phone('o_daughter').do('waitlist.accept', { elderId: 'mother', slotId, placeId: offer?.placeId ?? '' })
    // The mother's own tap comes too late: it is hers already.
    expect(await world.phone('o_mother').codeOf('waitlist.accept', { elderId: 'mother', slotId, placeId: offer?.placeId ?? '' })).toBe('ALREADY_BOOKED')
    const log = (await world.phone('o_mother').do('account.log', { personId: 'mother' })).items.map((item) => item.what)
    expect(log).toEqual(expect.arrayContaining(['waitJoined', 'booked']))
    await world.phone('o_daughter').do('booking.cancel', { bookingId: made.bookingId })
  })

  test('an activity: put down, waited for, taken back, offered, taken; within seven calls', async () => {
    const { activityId } = await anActivity(world, 'coming', 'social')
    await world.phone('o_admin').do('slot.setCapacity', { slotId: activityId, capacity: 1 })
    const [one, two] = [await anElder(), await anElder()]
    const { bookingId } = await world.phone(`o_${one}`).do('activity.join', { elderId: one, activityId })
    expect(await world.phone(`o_${two}`).do('activity.show', { elderId: two, activityId })).toMatchObject({ state: 'full', remaining: 0, position: null })
    await world.phone(`o_${two}`).do('waitlist.join', { elderId: two, slotId: activityId })
    expect(await world.phone(`o_${two}`).do('activity.show', { elderId: two, activityId })).toMatchObject({ state: 'full', position: 1, waiting: 1, bookingId: null })
    await world.phone(`o_${one}`).do('booking.cancel', { bookingId })
    await lookAtWaitlists(world)
    const shown = await world.phone(`o_${two}`).do('activity.show', { elderId: two, activityId })
    expect(shown).toMatchObject({ position: null, bookingId: null })
    const { latest } = await world.emulator.calls()
    await world.phone(`o_${two}`).do('waitlist.accept', { elderId: two, slotId: activityId, placeId: shown.offer?.placeId ?? '' })
    expect((await world.emulator.calls(latest)).rows.find((row) => row.function === 'api')?.dbCalls).toBe(7)
    expect(await world.phone(`o_${two}`).do('activity.show', { elderId: two, activityId })).toMatchObject({ state: 'mine', offer: null })
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('what is refused changes nothing', () => {
  test('joining twice, joining when a seat is free, an answer by somebody else, too late or to a forged offer, capacity below what is on offer', async () => {
    const { slotId, bookingId } = await aFullSlot(world)
    const [elder, other] = [await anElder(), await anElder()]
    const open = `open${++serial}`
    await world.addSlot(open, { startsAt: MONDAY_NINE + 20 * DAY, endsAt: MONDAY_NINE + 20 * DAY + HOUR })
    await world.phone(`o_${elder}`).do('waitlist.join', { elderId: elder, slotId })
    const before = await world.writes()
    expect(await world.phone(`o_${elder}`).codeOf('waitlist.join', { elderId: elder, slotId })).toBe('WAITING_ALREADY')
    expect(await world.phone(`o_${elder}`).codeOf('waitlist.join', { elderId: elder, slotId: open })).toBe('SEAT_FREE')
    expect(await world.phone(`o_${other}`).codeOf('waitlist.join', { elderId: elder, slotId })).toBe('NOT_FOUND')
    expect(await world.phone(`o_${other}`).codeOf('waitlist.leave', { elderId: other, slotId })).toBe('NOT_FOUND')
    expect(await world.writes()).toEqual(before)
    await free(slotId, bookingId)
    const placeId = (await offerTo(elder))?.offer?.placeId ?? ''
    const held = await world.writes()
    expect(await world.phone(`o_${other}`).codeOf('waitlist.accept', { elderId: elder, slotId, placeId })).toBe('NOT_FOUND')
    expect(await world.phone(`o_${other}`).codeOf('waitlist.accept', { elderId: other, slotId, placeId })).toBe('NOT_FOUND')
    expect(await world.phone(`o_${elder}`).codeOf('waitlist.accept', { elderId: elder, slotId, placeId: 'bforged' })).toBe('NOT_FOUND')
    expect(await world.phone(`o_${elder}`).codeOf('waitlist.join', { elderId: elder, slotId })).toBe('SEAT_OFFERED')
    expect(await world.phone('o_admin').codeOf('slot.setCapacity', { slotId, capacity: 0 })).toBe('BELOW_HELD')
    expect(await world.writes()).toEqual(held)
    await world.emulator.pass(31 * MINUTE)
    const over = await world.writes()
    expect(await world.phone(`o_${elder}`).codeOf('waitlist.accept', { elderId: elder, slotId, placeId })).toBe('OFFER_OVER')
    expect(await world.writes()).toEqual(over)
  })

  test('who is elsewhere at that time is told so, and the seat stays held for them', async () => {
    const { slotId, bookingId } = await aFullSlot(world)
    const elder = await anElder()
    await world.phone(`o_${elder}`).do('waitlist.join', { elderId: elder, slotId })
    await free(slotId, bookingId)
    const { startsAt } = await world.slot(slotId)
    const elsewhere = `else${++serial}`
    await world.addSlot(elsewhere, { startsAt, endsAt: startsAt + HOUR })
    await world.phone(`o_${elder}`).do('booking.book', { elderId: elder, slotId: elsewhere })
    expect(await world.phone(`o_${elder}`).codeOf('waitlist.accept', { elderId: elder, slotId, placeId: (await offerTo(elder))?.offer?.placeId ?? '' })).toBe('ELDER_BUSY')
    expect(isOnOffer((await world.slot(slotId)).holders[elder])).toBe(true)
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('what is fair for a service', () => {
  const tuesday = instantOf('2026-12-15', 9 * 60)
  test('a share is kept for phone and counter until its hour, then it is everybody’s and theirs first who wait', async () => {
    await world.phone('o_admin').do('fair.set', { serviceItemId: 'bathing', ...fairTerms, share: { seats: 1, daysBefore: 1, untilMinute: 16 * 60 } })
    const fair = ((await world.emulator.dump(['serviceItems']))['serviceItems'] as { fair: never }[])[0]?.fair
    const slot = { capacity: 2, remaining: 2, startsAt: tuesday, endsAt: tuesday + HOUR, onDate: '2026-12-15', fair, kept: 1 }
    await world.addSlot('shared', slot as never)
    const [one, two, three] = [await anElder(), await anElder(), await anElder()]
    await world.emulator.pass(instantOf('2026-12-13', 9 * 60) - (await nowOf()))
    const seen = async (openid: string, elderId: string) => (await world.phone(openid).do('catalogue.service', { elderId, serviceItemId: 'bathing', fromOn: '2026-12-15' })).days.flatMap((day) => day.slots).find((each) => each.slotId === 'shared')
    expect(await seen(`o_${one}`, one)).toMatchObject({ remaining: 1, forResidents: null })
    expect(await seen('o_social', one)).toMatchObject({ remaining: 2, forResidents: 1 })
    await world.phone(`o_${one}`).do('booking.book', { elderId: one, slotId: 'shared' })
    expect(await world.phone(`o_${two}`).codeOf('booking.book', { elderId: two, slotId: 'shared' })).toBe('SLOT_FULL')
    await world.phone(`o_${two}`).do('waitlist.join', { elderId: two, slotId: 'shared' })
    // While somebody waits, the counter still has what is kept for it; and then nobody waits in vain for that seat.
    expect(await world.phone('o_social').codeOf('waitlist.join', { elderId: three, slotId: 'shared' })).toBe('SEAT_FREE')
    await world.emulator.pass(instantOf('2026-12-14', 16 * 60) - (await nowOf()))
    expect(await world.phone(`o_${three}`).codeOf('booking.book', { elderId: three, slotId: 'shared' })).toBe('SLOT_FULL')
    await lookAtWaitlists(world)
    expect(isOnOffer((await world.slot('shared')).holders[two])).toBe(true)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a limit holds for everybody, two at once included, and a social worker goes beyond it with a reason that is kept', async () => {
    await world.phone('o_admin').do('fair.set', { serviceItemId: 'bathing', ...fairTerms, limit: { most: 1, per: 'week' } })
    const fair = ((await world.emulator.dump(['serviceItems']))['serviceItems'] as { fair: never }[])[0]?.fair
    const elderId = await anElder()
    const slots = ['2026-12-21', '2026-12-22', '2026-12-23'].map((onDate, index) => ({ id: `limited${index}`, onDate, startsAt: instantOf(onDate, 9 * 60) }))
    for (const { id, onDate, startsAt } of slots) await world.addSlot(id, { onDate, startsAt, endsAt: startsAt + HOUR, fair, kept: 0 } as never)
    const codes = await Promise.all(slots.slice(0, 2).map(({ id }) => world.phone(`o_${elderId}`).codeOf('booking.book', { elderId, slotId: id })))
    expect([...codes].sort()).toEqual(['LIMIT_OF_SERVICE', 'OK'])
    const refused = await world.phone(`o_${elderId}`).ask('booking.book', { elderId, slotId: 'limited2', beyondLimit: '我想洗' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'LIMIT_OF_SERVICE', details: { most: 1, per: 'week', until: instantOf('2026-12-28') } } })
    const { bookingId } = await world.phone('o_social').do('booking.book', { elderId, slotId: 'limited2', beyondLimit: '出院第一周，医生要求' })
    expect((await world.phone('o_social').do('booking.show', { bookingId })).timeline[0]).toMatchObject({ what: 'booked', words: '出院第一周，医生要求' })
    expect((await world.phone('o_admin').do('admin.audit', {})).items).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'limitExceeded', purpose: '出院第一周，医生要求' })]))
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a preview looks at last month and writes nothing', async () => {
    const before = await world.writes()
    const preview = await world.phone('o_admin').do('fair.preview', { serviceItemId: 'bathing', ...fairTerms })
    expect(preview).toMatchObject({ fromOn: '2026-11-01', toOn: '2026-11-30', isAll: true })
    expect(await world.phone('o_admin').codeOf('fair.set', { serviceItemId: 'bathing', ...fairTerms, hold: { ...fairTerms.hold, dayTo: 8 * 60 } })).toBe('BAD_INPUT')
    expect(await world.writes()).toEqual(before)
  })
})

describe('a record that goes elsewhere', () => {
  async function waiting(elderId: string): Promise<string> {
    const { slotId } = await aFullSlot(world)
    await world.phone('o_social').do('waitlist.join', { elderId, slotId })
    return slotId
  }

  test('merged: the place is the kept record’s; moved out of the service’s reach: it is given up; erased: nothing names them; exported: their own place alone', async () => {
    const [keep, drop, mover, eraser] = [await anElder({ openid: undefined as never }), await anElder({ openid: undefined as never }), await anElder(), await anElder()]
    const [ofDrop, ofMover, ofEraser] = [await waiting(drop), await waiting(mover), await waiting(eraser)]
    await world.phone('o_social').do('person.merge', { keepId: keep, dropId: drop })
    await world.emulator.fire('timers', 'settle')
    expect(waitingIn(await world.slot(ofDrop))).toEqual([keep])
    const exported = (await world.phone(`o_${eraser}`).do('account.export', {})).json
    expect(exported).toContain(ofEraser)
    expect(exported).not.toContain('holders')
    await world.phone('o_social').do('person.move', { personId: mover, communityId: 'taigu' })
    expect(waitingIn(await world.slot(ofMover))).toEqual([mover])
    expect(queueOf(await world.slot(ofMover)).communityIds).toEqual(['taigu'])
    await world.phone(`o_${eraser}`).do('account.erase', { confirmName: `示例${eraser}` })
    await world.emulator.fire('timers', 'settle')
    expect(JSON.stringify(await world.everything())).not.toContain(eraser)
    expect(await world.brokenLaws()).toEqual([])
  })
})

test('an elder’s delegation that has ended answers nothing for them', async () => {
  const elder = await anElder({ ...delegation('former', '示例前家属', ['book'], '2025-11-01') })
  const { slotId } = await aFullSlot(world)
  expect(await world.phone('o_former').codeOf('waitlist.join', { elderId: elder, slotId })).toBe('DELEGATION_ENDED')
})
