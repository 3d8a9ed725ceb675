/** What the subdistrict settles: kitchens and cut-offs, the subsidy, the ladder, who is on duty. Every act leaves its entry; a version is never edited. */
import type { InputOf } from '../../src/contract'
import { addDays, instantOf } from '../../src/domain/civil-time'
import { quote } from '../../src/domain/meal-policy'
import { startMealWorld, kitchen, ladder, lunch, policy } from './meal-world'
import { newRequestId, person, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startMealWorld()
})
afterAll(() => world.stop())

const admin = () => world.phone('o_admin')
const TOMORROW = '2026-11-24'
const { version: _v, madeBy: _m, ...terms } = policy
const generous = (validFrom: string): InputOf<'policy.set'> => ({ ...terms, validFrom, bands: [...terms.bands], monthlyCapFen: 100_000 })
const { version: _lv, madeBy: _lm, ...ladderTerms } = ladder
const steps = (list: typeof ladder.day) => list.map((step) => ({ ...step }))
const quicker = (validFrom: string): InputOf<'policy.setLadder'> => ({ ...ladderTerms, validFrom, day: steps(ladder.day).map((step) => ({ ...step, waitMinutes: 2 })), night: steps(ladder.night) })
const entries = async (what: string) => (await admin().do('admin.audit', {})).items.filter((item) => item.what === what)

describe('the subsidy', () => {
  test('a new version begins tomorrow at the earliest; what held before stays as it was', async () => {
    const before = await world.everything()
    expect(await admin().codeOf('policy.set', generous('2026-11-23'))).toBe('BAD_INPUT')
    expect(await admin().codeOf('policy.set', { ...generous(TOMORROW), hardshipFen: { none: 0, lowIncome: 300, extreme: -1 } })).toBe('BAD_INPUT')
    expect(await admin().codeOf('policy.set', { ...generous(TOMORROW), bands: [{ fromAge: 60, subsidyFen: 1 }, { fromAge: 60, subsidyFen: 2 }] })).toBe('BAD_INPUT')
    for (const openid of ['o_social', 'o_cook', 'o_mother']) expect(await world.phone(openid).codeOf('policy.set', generous(TOMORROW))).toBe('NOT_ALLOWED')
    expect(await world.everything()).toEqual(before)
    const requestId = newRequestId()
    expect(await admin().do('policy.set', generous('2026-12-01'), requestId)).toEqual({ version: 2 })
    expect(await admin().do('policy.set', generous('2026-12-01'), requestId)).toEqual({ version: 2 })
    expect(await admin().do('policy.set', generous('2026-12-01'))).toEqual({ version: 3 })
    const { policies } = await admin().do('policy.meals', {})
    expect(policies.map((one) => [one.version, one.state, one.madeByName])).toEqual([[3, 'coming', '孙洁'], [2, 'past', '孙洁'], [1, 'now', '孙洁']])
    expect(policies[2]).toMatchObject({ validFrom: '2026-01-01', monthlyCapFen: 3000 })
    expect(await entries('policySet')).toMatchObject([{ aboutName: '第 3 版，12月1日起', byName: '孙洁' }, { aboutName: '第 2 版，12月1日起' }])
  })

  test('two at once are two versions', async () => {
    const versions = await Promise.all([admin().do('policy.set', generous('2027-01-01')), admin().do('policy.set', generous('2027-01-02'))])
    expect(versions.map(({ version }) => version).sort()).toEqual([4, 5])
  })

  test('the preview prices last month’s orders once more, elder by elder with the cap, and writes nothing', async () => {
    const price = (elderId: string, onDate: string, usedFen: number, status = 'delivered', portionFen = 1400) => {
      const paid = quote(policy, { birthOn: person(elderId).birthOn, standing: 'verified', hardship: 'none' }, { portionFen, portions: 1, onDate }, usedFen)
      const startsAt = instantOf(onDate, 11 * 60)
      return { order: { _id: `old_${elderId}_${onDate}_${status}`, subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'meal', elderId, status, onDate, startsAt, endsAt: startsAt + 1, timeline: [], meal: { portions: 1, quote: paid } }, paid }
    }
    // Ten lunches of one elder: the cap of 3000 fen is reached with the sixth.
    let used = 0
    const days = Array.from({ length: 10 }, (_, index) => addDays('2026-10-05', index))
    const ofOne = days.map((onDate) => {
      const { order, paid } = price('mother', onDate, used)
      used += paid.subsidyFen
      return order
    })
    const others = [price('neighbour', '2026-10-31', 0).order, price('neighbour', '2026-10-30', 0, 'cancelled').order, price('neighbour', '2026-11-01', 0).order, price('neighbour', '2026-09-30', 0).order]
    await world.emulator.insert('bookings', [...ofOne, ...others])
    const before = await world.everything()
    expect(await admin().do('policy.preview', generous(TOMORROW))).toEqual({
      month: '2026-10', before: { orders: 11, elders: 2, subsidyFen: 3500, payFen: 11 * 1400 - 3500, capReached: 1 }, after: { orders: 11, elders: 2, subsidyFen: 5500, payFen: 11 * 1400 - 5500, capReached: 0 },
      eldersWhoPayMore: 0, eldersWhoPayLess: 1, isPartial: false,
    })
    expect((await admin().do('policy.preview', { ...generous(TOMORROW), bands: [] })).after).toMatchObject({ subsidyFen: 0, capReached: 0 })
    expect((await admin().do('policy.preview', { ...generous(TOMORROW), bands: [] })).eldersWhoPayMore).toBe(2)
    expect((await world.phone('o_strange_admin').do('policy.preview', generous(TOMORROW))).before.orders).toBe(0)
    expect(await world.everything()).toEqual(before)
  })
})

describe('the ladder and who is on duty', () => {
  test('a new ladder begins on a coming day; until then cases begin with the old one', async () => {
    const before = await world.everything()
    expect(await admin().codeOf('policy.setLadder', quicker('2026-11-23'))).toBe('BAD_INPUT')
    expect(await admin().codeOf('policy.setLadder', { ...quicker(TOMORROW), night: [{ kind: 'duty', waitMinutes: 5 }, { kind: 'next', waitMinutes: 5 }] })).toBe('BAD_INPUT')
    expect(await world.everything()).toEqual(before)
    expect(await admin().do('policy.setLadder', quicker(TOMORROW))).toEqual({ version: 2 })
    const shown = await admin().do('policy.ladder', {})
    expect(shown.ladders.map((one) => [one.version, one.state])).toEqual([[2, 'coming'], [1, 'now']])
    const { safetyCaseId } = await world.phone('o_mother').do('safety.call', { elderId: 'mother' })
    expect((await world.phone('o_social').do('safety.show', { safetyCaseId })).rungs.map((rung) => rung.name)).toEqual(['王秀珍', '王敏', '李静', '周岚', ''])
    // Last month had no case: nothing to compare, and nothing was written.
    expect(await admin().do('policy.previewLadder', quicker(TOMORROW))).toEqual({ month: '2026-10', cases: 0, sooner: 0, later: 0, others: 0, isPartial: false })
    expect(await entries('ladderSet')).toMatchObject([{ aboutName: '第 2 版，11月24日起' }])
  })

  test('who goes, in this order: staff of this subdistrict alone', async () => {
    const before = await world.everything()
    for (const personIds of [['mother'], ['social', 'strangeSocial'], ['nobody'], ['courier']]) expect(await admin().codeOf('duty.set', { communityId: 'huaguang', personIds })).toBe('NO_MATCH')
    expect(await admin().codeOf('duty.set', { communityId: 'huaguang', personIds: ['social', 'social'] })).toBe('BAD_INPUT')
    expect(await admin().codeOf('duty.set', { communityId: 'faraway', personIds: ['social'] })).toBe('BAD_INPUT')
    expect(await world.phone('o_social').codeOf('duty.set', { communityId: 'huaguang', personIds: ['social'] })).toBe('NOT_ALLOWED')
    expect(await world.everything()).toEqual(before)
    await admin().do('duty.set', { communityId: 'huaguang', personIds: ['worker', 'social'] })
    await admin().do('duty.set', { communityId: 'huaguang', personIds: ['socialTaigu'], grid: { name: '南网格', buildings: [12, 11] } })
    expect(await admin().codeOf('duty.set', { communityId: 'huaguang', personIds: ['social'], grid: { name: '北网格', buildings: [12] } })).toBe('BAD_INPUT')
    expect((await admin().do('policy.ladder', {})).duty[0]?.grids).toEqual([{ name: '南网格', buildings: [11, 12], people: [{ personId: 'socialTaigu', name: '周岚' }] }])
    await admin().do('duty.set', { communityId: 'huaguang', personIds: ['social'], grid: { name: '南网格', buildings: [] } })
    const { duty, staff } = await admin().do('policy.ladder', {})
    expect(duty).toEqual([
      { communityId: 'huaguang', name: '华光城', people: [{ personId: 'worker', name: '陈霞' }, { personId: 'social', name: '李静' }], grids: [] },
      { communityId: 'taigu', name: '太古城', people: [{ personId: 'socialTaigu', name: '周岚' }, { personId: 'social', name: '李静' }], grids: [] },
    ])
    expect(staff.map((one) => one.personId).sort()).toEqual(['admin', 'colleague', 'rival', 'social', 'socialTaigu', 'worker'])
    expect(staff.find((one) => one.personId === 'worker')?.placeName).toBe('示例护理站')
    expect((await entries('dutySet')).map((entry) => entry['aboutName']).sort()).toEqual(['华光城', '华光城南网格', '华光城南网格'])
  })
})

describe('kitchens', () => {
  const { _id, version: _kv, subdistrictId: _ks, dishes: _kd, requests: _kr, ...its } = kitchen
  const wish = (): Omit<InputOf<'kitchen.save'>, 'kitchenId'> => ({ ...its, communityIds: [...its.communityIds], ways: [...its.ways], sites: [...its.sites], hours: { lunch: { ...lunch }, dinner: null }, name: '示例新食堂' })

  test('a new one is there as kitchen and provider, once; changed, both carry the new name and dishes stay', async () => {
    const requestId = newRequestId()
    const { kitchenId } = await admin().do('kitchen.save', wish(), requestId)
    expect(await admin().do('kitchen.save', wish(), requestId)).toEqual({ kitchenId })
    await admin().do('kitchen.save', { ...wish(), kitchenId: _id, name: '示例长者一食堂' })
    const { kitchens, communities } = await admin().do('admin.kitchens', {})
    expect(kitchens.map((one) => one.name).sort()).toEqual(['示例二食堂', '示例新食堂', '示例长者一食堂'].sort())
    expect(kitchens.find((one) => one.kitchenId === _id)).toMatchObject({ staffNames: ['沈阿姨'], courierNames: ['刘强', '马亮'], hours: { dinner: null } })
    expect(communities).toHaveLength(2)
    const stored = await world.emulator.dump(['kitchens', 'providers'])
    expect(stored['providers']?.find((provider) => provider['_id'] === _id)).toMatchObject({ name: '示例长者一食堂', phone: kitchen.phone })
    expect(Object.keys(stored['kitchens']?.find((one) => one['_id'] === _id)?.['dishes'] as object)).toEqual(Object.keys(kitchen.dishes))
    expect((await entries('kitchenSaved')).map((item) => item.aboutName)).toEqual(['示例长者一食堂', '示例新食堂'])
  })

  test('other hours: from which menu day they hold, and how many of last month’s orders came after them; nothing is written', async () => {
    const ordered = (id: string, onDate: string, minute: number, more: object = {}) => ({
      _id: `cut_${id}`, subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'meal', providerId: _id, elderId: `cut_${id}`, status: 'delivered', onDate, startsAt: instantOf(onDate, 660), endsAt: instantOf(onDate, 750),
      meal: { sitting: 'lunch', portions: 1 }, timeline: [{ what: 'booked', at: instantOf(addDays(onDate, -1), minute) }], ...more,
    })
    await world.emulator.insert('bookings', [
      ordered('early', '2026-10-12', 14 * 60), ordered('late', '2026-10-12', 15 * 60 + 30), ordered('later', '2026-10-31', 15 * 60), ordered('undone', '2026-10-12', 15 * 60 + 30, { status: 'cancelled' }),
      ordered('elsewhere', '2026-10-12', 15 * 60 + 30, { providerId: 'otherkitchen' }), ordered('before', '2026-09-30', 15 * 60 + 30), ordered('since', '2026-11-02', 15 * 60 + 30),
    ])
    const before = await world.everything()
    const hours = { lunch: { ...lunch, cutoffMinute: 15 * 60 }, dinner: null }
    // Menus of seven days from tomorrow stand already.
    expect(await admin().do('kitchen.preview', { kitchenId: _id, hours })).toEqual({ month: '2026-10', sittings: [{ sitting: 'lunch', holdsFrom: '2026-12-01', publishedDays: 7, orders: 3, tooLate: 2 }], isPartial: false })
    expect((await world.emulator.calls()).rows.at(-1)).toMatchObject({ dbCalls: 5 })
    expect(await admin().codeOf('kitchen.preview', { kitchenId: _id, hours: { lunch: null, dinner: null } })).toBe('BAD_INPUT')
    expect(await world.phone('o_strange_admin').codeOf('kitchen.preview', { kitchenId: _id, hours })).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
    await world.emulator.insert('bookings', Array.from({ length: 1000 }, (_, index) => ordered(`many${index}`, '2026-10-20', 15 * 60)))
    expect(await admin().do('kitchen.preview', { kitchenId: _id, hours })).toMatchObject({ isPartial: true, sittings: [{ orders: 999, tooLate: 998 }] })
  })

  test.each([
    ['a community of another subdistrict', { communityIds: ['faraway'] }],
    ['meals to fetch and nowhere to fetch them', { sites: [] }],
    ['served until before it begins', { hours: { lunch: { ...lunch, untilMinute: lunch.fromMinute }, dinner: null } }],
    ['ordered until after it begins', { hours: { lunch: { ...lunch, cutoffDaysBefore: 0, cutoffMinute: lunch.fromMinute }, dinner: null } }],
    ['no sitting at all', { hours: { lunch: null, dinner: null } }],
    ['a phone number that is none', { phone: '打给我' }],
  ])('%s: refused, nothing written', async (_name, wrong) => {
    const before = await world.everything()
    expect(await admin().codeOf('kitchen.save', { ...wish(), ...wrong })).toBe('BAD_INPUT')
    expect(await world.everything()).toEqual(before)
  })

  test('not by staff of the kitchen, nor by another subdistrict', async () => {
    expect(await world.phone('o_cook').codeOf('kitchen.save', { ...wish(), kitchenId: _id })).toBe('NOT_ALLOWED')
    expect(await world.phone('o_strange_admin').codeOf('kitchen.save', { ...wish(), kitchenId: _id })).toBe('NOT_FOUND')
    expect((await world.phone('o_strange_admin').do('admin.kitchens', {})).kitchens).toEqual([])
  })
})
