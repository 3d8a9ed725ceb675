/** What work earns, through the product's actions: verified visits, hours entered afterwards, and a policy that two administrators change. */
import { addDays, DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { purseOf, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import { killsOf } from '../support/kills'
import { aBooking } from './examples'
import { byHand } from './ledger-store'
import { pointsPolicy, termsFrom } from './points-policy'
import { startPointsWorld } from './points-world'
import { newRequestId, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startPointsWorld()
})
afterAll(() => world.stop())

const admin = () => world.phone('o_admin')
const second = () => world.phone('o_admin2')
const social = () => world.phone('o_social')
const entriesOf = async (ownerId: string): Promise<PointsEntry[]> => {
  const { pointsEntries = [], pointsAccounts = [] } = (await world.everything()) as unknown as { pointsEntries?: PointsEntry[]; pointsAccounts?: PointsAccount[] }
  const waiting = pointsAccounts.flatMap((account) => Object.values(account.unsent))
  return [...new Map([...pointsEntries, ...waiting].filter((entry) => entry.ownerId === ownerId).map((entry) => [entry._id, entry])).values()].sort((a, b) => a.seq - b.seq)
}
const accountOf = async (ownerId: string): Promise<PointsAccount | undefined> => ((await world.everything())['pointsAccounts'] as unknown as PointsAccount[] | undefined)?.find((account) => account._id === ownerId)
const bookingOf = async (bookingId: string) => (await world.everything())['bookings']?.find((one) => one['_id'] === bookingId)
const servedBy = (personId: string, kinIds: readonly string[] = []) => ({ worker: { personId, name: '示例护理', kinIds }, workerId: personId })
const verify = (bookingId: string, minutes?: number) => social().do('visit.verify', minutes === undefined ? { bookingId, outcome: 'verified' } : { bookingId, outcome: 'partly', reason: '只做了一半', minutes })

describe('a verified visit', () => {
  test('credits its worker once, by the policy of its day, and the booking says so', async () => {
    const bookingId = await aBooking(world, 'confirmed')
    await verify(bookingId)
    const [line, ...others] = await entriesOf('worker')
    expect(line).toMatchObject({ _id: `visit_${bookingId}`, to: purseOf('spendable', 'worker'), amount: 30, kind: 'visit', words: '助浴 1 小时', about: { personId: 'mother' }, policyVersion: 1, by: { personId: 'social' }, work: { earner: 'staff', serviceItemId: 'bathing', minutes: 60 } })
    expect(others).toEqual([])
    expect(await bookingOf(bookingId)).toMatchObject({ points: { earned: { ownerId: 'worker', amount: 30, excess: 0 } }, unsettledAt: null })
    expect((await accountOf('worker'))?.balances.spendable).toBe(30)
  })

  test('partly done counts the minutes that were verified; a rejected one brings nothing', async () => {
    const partly = await aBooking(world, 'confirmed')
    await verify(partly, 20)
    expect((await entriesOf('worker')).find((entry) => entry._id === `visit_${partly}`)).toMatchObject({ amount: 10, words: '助浴 20 分钟' })
    const rejected = await aBooking(world, 'confirmed')
    await social().do('visit.verify', { bookingId: rejected, outcome: 'rejected', reason: '没有做' })
    expect((await entriesOf('worker')).some((entry) => entry._id === `visit_${rejected}`)).toBe(false)
  })

  test('over the day’s cap the rest goes to the pot of the community', async () => {
    await world.addPerson('busy', { openid: 'o_busy', name: '示例护理', grants: [{ role: 'careWorker', providerId: 'carehome' }] })
    for (const minutes of [110, 110]) await verify(await aBooking(world, 'confirmed', { onDate: '2026-11-22', ...servedBy('busy') }), minutes)
    expect((await entriesOf('busy')).map((entry) => [entry.kind, entry.amount, entry.to])).toEqual([['visit', 55, 'spendable_busy'], ['visit', 5, 'spendable_busy'], ['excess', 50, 'pot_huaguang']])
  })

  test('costs no more than six calls', async () => {
    const costOf = async (act: () => Promise<unknown>): Promise<number> => {
      const { latest } = await world.emulator.calls()
      await act()
      return (await world.emulator.calls(latest)).rows.find((row) => row.action === 'visit.verify')?.dbCalls ?? 0
    }
    const [credited, rejected] = [await aBooking(world, 'confirmed'), await aBooking(world, 'confirmed')]
    const withCredit = await costOf(() => verify(credited))
    // A rejection does everything but the telling, which is one call, and the credit.
    const without = await costOf(() => social().do('visit.verify', { bookingId: rejected, outcome: 'rejected', reason: '没有做' }))
    expect(withCredit - without - 1).toBeLessThanOrEqual(6)
  })

  test.each(killsOf(6, 2))('killed $when call $nth on passbook and entries: the clock brings the same end, once', async ({ nth, when }) => {
    const workerId = `crash${nth}${when}`
    await world.addPerson(workerId, { name: '示例护理' })
    const bookingId = await aBooking(world, 'confirmed', servedBy(workerId))
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], collections: ['pointsAccounts', 'pointsEntries', 'bookings'] } })
    await world.emulator.call('o_social', { action: 'visit.verify', input: { bookingId, outcome: 'verified' }, requestId: `crash-${nth}-${when}`, contractVersion: 1 })
    await world.emulator.faults({})
    expect(await social().codeOf('visit.verify', { bookingId, outcome: 'verified' }, `crash-${nth}-${when}`)).toBe('OK')
    await world.emulator.pass(10 * MINUTE)
    for (const trigger of ['settle', 'settlePoints']) await world.emulator.fire('timers', trigger)
    const settled = await entriesOf(workerId)
    expect(settled.map((entry) => [entry._id, entry.amount])).toEqual([[`visit_${bookingId}`, 30]])
    expect((await accountOf(workerId))?.balances).toEqual({ spendable: 30, held: 0, pending: 0 })
    expect((await bookingOf(bookingId))).toMatchObject({ unsettledAt: null, points: { earned: { ownerId: workerId, amount: 30, excess: 0 } } })
    await world.emulator.fire('timers', 'settle')
    expect(await entriesOf(workerId)).toEqual(settled)
  })

  test('law 3: who is close to the worker neither verifies nor makes a credit', async () => {
    const bookingId = await aBooking(world, 'confirmed', servedBy('worker', ['social']))
    const before = await world.everything()
    expect(await social().codeOf('visit.verify', { bookingId, outcome: 'verified' })).toBe('OWN_CASE')
    expect(await world.everything()).toEqual(before)
  })
})

describe('hours entered afterwards', () => {
  test('approving takes no more than fourteen calls, of which the credit has six', async () => {
    await world.addPerson('onPaper', { name: '示例居民' })
    const { deskId } = await social().do('desk.enter', { personId: 'onPaper', onDate: '2026-11-20', fromMinute: 540, untilMinute: 600, what: '陪聊', reason: '当天手机没有电' })
    const { latest } = await world.emulator.calls()
    await world.phone('o_social2').do('desk.decide', { deskId, isApproved: true })
    const row = (await world.emulator.calls(latest)).rows.find(({ action }) => action === 'desk.decide')
    // Beside the credit: the receipt looked for and kept, the account, the hours read, decided and marked as paid, whose they are, and the line that was pending.
    expect({ dbCalls: row?.dbCalls, isWithin: (row?.dbCalls ?? Number.NaN) - 8 <= 6 }).toMatchObject({ isWithin: true })
  })

  const enter = (personId: string, changes: object = {}) => ({ personId, onDate: '2026-11-21', fromMinute: 540, untilMinute: 660, what: '陪聊', reason: '当天手机没有电', ...changes })

  test('wait unspendable until a second person approves them', async () => {
    const { deskId, points } = await social().do('desk.enter', enter('neighbour'))
    expect(points).toBe(20)
    expect((await accountOf('neighbour'))?.balances).toEqual({ spendable: 0, held: 0, pending: 20 })
    expect((await social().do('desk.list', { state: 'waiting' })).items).toMatchObject([{ deskId, personName: '周福生', fromMinute: 540, untilMinute: 660, points: 20, state: 'waiting', enteredByName: '李静', cannot: 'enteredByMe' }])
    expect((await world.phone('o_social2').do('desk.list', { state: 'waiting' })).items[0]?.cannot).toBeNull()
    expect((await world.phone('o_social_taigu').do('desk.list', {})).items).toEqual([])

    const before = await world.everything()
    expect(await social().codeOf('desk.decide', { deskId, isApproved: true })).toBe('SECOND_PERSON')
    expect(await world.phone('o_social2').codeOf('desk.decide', { deskId, isApproved: false })).toBe('REASON_REQUIRED')
    expect(await world.everything()).toEqual(before)

    const key = newRequestId()
    expect(await world.phone('o_social2').do('desk.decide', { deskId, isApproved: true }, key)).toEqual({ kept: 20, over: 0 })
    expect(await world.phone('o_social2').do('desk.decide', { deskId, isApproved: true }, key)).toEqual({ kept: 20, over: 0 })
    expect(await admin().codeOf('desk.decide', { deskId, isApproved: false, reason: '不对' })).toBe('WRONG_STATE')
    expect((await accountOf('neighbour'))?.balances).toEqual({ spendable: 20, held: 0, pending: 0 })
    expect((await entriesOf('neighbour')).map((entry) => [entry._id, entry.kind, entry.words])).toEqual([[`desk_${deskId}`, 'desk', '陪聊 2 小时（补录）'], [`deskApproved_${deskId}`, 'deskApproved', '陪聊 2 小时（补录）']])
    expect((await social().do('desk.list', { state: 'approved' })).items[0]).toMatchObject({ kept: 20, over: 0, decidedByName: '张岚', cannot: 'decided' })
  })

  test('refused ones are taken back, and free the time', async () => {
    const { deskId } = await social().do('desk.enter', enter('neighbour', { fromMinute: 700, untilMinute: 760 }))
    expect(await social().codeOf('desk.enter', enter('neighbour', { fromMinute: 750, untilMinute: 800 }))).toBe('HOURS_OVERLAP')
    expect(await admin().do('desk.decide', { deskId, isApproved: false, reason: '当天没有来' })).toEqual({ kept: 0, over: 0 })
    expect((await accountOf('neighbour'))?.balances).toMatchObject({ spendable: 20, pending: 0 })
    expect((await entriesOf('neighbour')).at(-1)).toMatchObject({ kind: 'reversal', reverses: `desk_${deskId}`, words: '陪聊（补录没有通过）' })
    expect(await social().codeOf('desk.enter', enter('neighbour', { fromMinute: 750, untilMinute: 800 }))).toBe('OK')
  })

  test('are refused over a visit or shift that this person attended, by its name', async () => {
    const startsAt = instantOf('2026-11-20', 9 * 60)
    const moment = (at: number) => ({ at, provedAt: at, proof: 'elderTap', codeWindow: null, capturedAt: null })
    await world.emulator.insert('shifts', [{ _id: 'walked', subdistrictId: 'dongliu', communityId: 'huaguang', volunteerId: 'walker', title: '陪走路', status: 'verified', startsAt, endsAt: startsAt + HOUR, checkIn: moment(startsAt), checkOut: moment(startsAt + HOUR) }])
    const over = { onDate: '2026-11-20', fromMinute: 570, untilMinute: 660 }
    await world.addPerson('walker', { name: '示例志愿者' })
    expect(await social().ask('desk.enter', enter('walker', over))).toMatchObject({ ok: false, error: { code: 'HOURS_OVERLAP', details: { what: '陪走路', from: startsAt, until: startsAt + HOUR } } })
    expect(await social().codeOf('desk.enter', enter('walker', { ...over, fromMinute: 600 }))).toBe('OK')
    await byHand(world, 'shifts', 'walked', null)
  })

  test('are refused for oneself and family, for the future and long ago, and when no policy gives anything', async () => {
    await world.addPerson('kin', { name: '示例家人', kinIds: ['social'] })
    const before = await world.everything()
    expect(await social().codeOf('desk.enter', enter('social'))).toBe('OWN_CASE')
    expect(await social().codeOf('desk.enter', enter('kin'))).toBe('OWN_CASE')
    for (const changes of [{ onDate: '2026-11-24' }, { onDate: '2026-10-01' }, { untilMinute: 545 }, { fromMinute: 540.5 }, { fromMinute: -1 }, { untilMinute: 2 ** 53 }]) expect(await social().codeOf('desk.enter', enter('neighbour', changes))).toBe('BAD_INPUT')
    expect(await world.phone('o_social_taigu').codeOf('desk.enter', enter('neighbour'))).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
  })

  test('a crash between the decision and the passbook is settled by the clock', async () => {
    const { deskId } = await social().do('desk.enter', enter('frail'))
    await world.emulator.faults({ killFunction: { nth: [2] }, killWhen: 'before', only: { functions: ['api'], collections: ['pointsAccounts'] } })
    await world.emulator.call('o_social2', { action: 'desk.decide', input: { deskId, isApproved: true }, requestId: 'crash-of-desk', contractVersion: 1 })
    await world.emulator.faults({})
    expect((await accountOf('frail'))?.balances.pending).toBe(20)
    await world.emulator.advance(5 * MINUTE)
    expect((await accountOf('frail'))?.balances).toEqual({ spendable: 20, held: 0, pending: 0 })
    expect((await social().do('desk.list', { state: 'approved' })).items.find((item) => item.deskId === deskId)).toMatchObject({ kept: 20, over: 0 })
  })
})

describe('the policy', () => {
  const TOMORROW = '2026-11-24'

  test('is changed by two administrators, from tomorrow on, one version a day', async () => {
    const before = await world.everything()
    expect(await admin().codeOf('pointsPolicy.propose', termsFrom('2026-11-23'))).toBe('BAD_INPUT')
    expect(await admin().codeOf('pointsPolicy.propose', termsFrom(TOMORROW, { giftMonthLimit: 2 ** 53 }))).toBe('BAD_INPUT')
    expect(await admin().codeOf('pointsPolicy.propose', termsFrom(TOMORROW, { rates: [{ source: 'visit', earner: 'staff', serviceItemId: 'no-such-service', per: 'hour', points: 1 }] }))).toBe('BAD_INPUT')
    expect(await social().codeOf('pointsPolicy.propose', termsFrom(TOMORROW))).toBe('NOT_ALLOWED')
    expect(await world.everything()).toEqual(before)

    const { proposalId } = await admin().do('pointsPolicy.propose', termsFrom(TOMORROW, { byHandLimit: 80 }))
    expect(await second().codeOf('pointsPolicy.propose', termsFrom(TOMORROW))).toBe('POLICY_OVERLAP')
    expect(await admin().codeOf('pointsPolicy.decide', { proposalId, isApproved: true })).toBe('SECOND_PERSON')
    expect((await admin().do('pointsPolicy.list', {})).proposals).toMatchObject([{ proposalId, byMe: true, status: 'waiting', byHandLimit: 80, rates: expect.arrayContaining([expect.objectContaining({ serviceItemId: 'bathing', serviceName: '助浴' })]) }])
    expect(await second().do('pointsPolicy.decide', { proposalId, isApproved: true })).toEqual({ version: 2 })
    expect(await second().codeOf('pointsPolicy.decide', { proposalId, isApproved: true })).toBe('WRONG_STATE')
    expect(await admin().codeOf('pointsPolicy.withdraw', { proposalId })).toBe('WRONG_STATE')
    expect(await admin().codeOf('pointsPolicy.propose', termsFrom(TOMORROW))).toBe('POLICY_OVERLAP')
    expect((await admin().do('pointsPolicy.list', {})).policies.map((policy) => [policy.version, policy.state, policy.byHandLimit])).toEqual([[2, 'coming', 80], [1, 'now', 50]])
    expect(await world.phone('o_mother').do('pointsPolicy.now', {})).toMatchObject({ now: { version: 1 }, coming: [{ version: 2 }] })
    expect((await admin().do('admin.audit', {})).items.slice(0, 2).map((item) => [item.what, item.byName])).toEqual([['pointsPolicyApproved', '何芳'], ['pointsPolicyProposed', '孙洁']])
  })

  test('a proposal is withdrawn or refused, and its day is free again; one whose day has come is no longer approved', async () => {
    const first = await admin().do('pointsPolicy.propose', termsFrom('2026-12-10'))
    await admin().do('pointsPolicy.withdraw', first)
    const next = await admin().do('pointsPolicy.propose', termsFrom('2026-12-10'))
    expect(await second().codeOf('pointsPolicy.decide', { ...next, isApproved: false })).toBe('REASON_REQUIRED')
    expect(await second().do('pointsPolicy.decide', { ...next, isApproved: false, reason: '太高了' })).toEqual({ version: null })
    const late = await admin().do('pointsPolicy.propose', termsFrom('2026-11-25'))
    await world.emulator.advance(3 * DAY)
    expect(await second().codeOf('pointsPolicy.decide', { ...late, isApproved: true })).toBe('BAD_INPUT')
    await admin().do('pointsPolicy.withdraw', late)
  })

  test('the preview does last month’s work once more and writes nothing', async () => {
    const work = (id: string, ownerId: string, minutes: number, onDate: string) => ({
      _id: `shift_${id}`, subdistrictId: 'dongliu', communityId: 'huaguang', ownerId, seq: Number(id), from: 'fund', to: purseOf('spendable', ownerId), amount: 1, kind: 'shift', words: '陪诊', about: null, at: instantOf(onDate), onDate, evidence: { what: 'shift', id }, policyVersion: 1,
      by: { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null }, reverses: null, balance: 1, hold: null, merchantId: null, work: { earner: 'volunteer', serviceItemId: null, minutes, onDate },
    })
    await world.emulator.insert('pointsEntries', [work('901', 'x', 120, '2026-10-05'), work('902', 'x', 120, '2026-10-05'), work('903', 'y', 60, '2026-10-31'), work('904', 'y', 60, '2026-11-01'), work('905', 'y', 60, '2026-09-30')])
    await world.emulator.insert('serviceEvents', [{ _id: 'visitVerified_old', subdistrictId: 'dongliu', communityId: 'huaguang', bookingId: 'old', serviceItemId: 'bathing', elderId: 'mother', workerId: 'z', outcome: 'verified', minutes: 60, verifiedBy: 'social', at: instantOf('2026-10-10', 600) }])
    const before = await world.everything()
    const generous = termsFrom('2026-12-20', { caps: { ...pointsPolicy.caps, volunteer: { day: 500, month: 500 } } })
    expect(await admin().do('pointsPolicy.preview', generous)).toEqual({
      month: '2026-10', before: { events: 4, people: 3, points: 60 + 20 + 30, excess: 20, capped: 1 }, after: { events: 4, people: 3, points: 80 + 20 + 30, excess: 0, capped: 0 }, whoGetMore: 1, whoGetLess: 0, isPartial: false,
    })
    expect(await world.everything()).toEqual(before)
  })

  test('a visit earns by the version of its day, whenever it is verified', async () => {
    const onDate = addDays('2026-11-23', -1)
    await verify(await aBooking(world, 'confirmed', { onDate, ...servedBy('colleague') }))
    expect((await entriesOf('colleague')).map((entry) => [entry.policyVersion, entry.work?.onDate])).toEqual([[1, onDate]])
  })
})
