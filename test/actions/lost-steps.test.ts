/**
 * Whatever step is lost: an act on people is interrupted at each of its operations in turn, before or after the operation
 * took effect; the phone sends the same request again, the clock settles the rest. The act stands exactly once.
 */
import type { ActionName, InputOf } from '../../src/contract'
import { HOUR, DAY } from '../../src/domain/civil-time'
import { TERMS_VERSION } from '../../src/domain/terms'
import { book } from '../../src/domain/booking'
import { aCase, aRun } from './examples'
import { startMealWorld } from './meal-world'
import { delegation, MONDAY_NINE, newRequestId, slotOf, type World } from './world'

let world: World
let serial = 0
beforeAll(async () => {
  world = await startMealWorld()
  await world.addPerson('son', { openid: 'o_son', name: '王建军', communityId: 'taigu' })
})
afterAll(() => world.stop())

type Stored = Record<string, Record<string, unknown>[]>
const one = (stored: Stored, collection: string, id: string) => stored[collection]?.find((document) => document['_id'] === id)
const audits = (stored: Stored, aboutId: string, what: string) => (stored['audits'] ?? []).filter((audit) => audit['aboutId'] === aboutId && audit['what'] === what)
/** Documents that still carry a word, receipts of answers apart. */
const carrying = (stored: Stored, word: string) => Object.entries(stored).flatMap(([collection, documents]) => documents.filter((document) => JSON.stringify(document).includes(word)).map((document) => `${collection}/${String(document['_id'])}`))

/** One act, with everything that it needs made fresh, and what must be true afterwards. */
interface Act<A extends ActionName = ActionName> {
  readonly action: A
  make(id: string): Promise<{ readonly openid: string; readonly input: InputOf<A> }>
  stands(stored: Stored, id: string): void
}
const act = <A extends ActionName>(its: Act<A>): Act => its as unknown as Act

/** Somebody with a visit that was yesterday, a meal on a courier's run and a safety case, straight in the store: all in their name. */
async function withAPastVisit(elderId: string, options: Parameters<World['addPerson']>[1]): Promise<void> {
  const [startsAt, bookingId] = [MONDAY_NINE - DAY, `b_${elderId}`]
  const slot = slotOf(`s_${elderId}`, { startsAt, endsAt: startsAt + HOUR, remaining: 0, holders: { [elderId]: { bookingId, at: 1 } } })
  const name = options?.name ?? ''
  await world.addPerson(elderId, { ...options, busy: [{ bookingId, from: startsAt, to: startsAt + HOUR, at: 1, freedAt: null }] })
  await world.emulator.insert('slots', [slot])
  await world.emulator.insert('bookings', [
    book(slot, { _id: elderId, name, communityId: 'huaguang' }, { bookingId, key: bookingId, hash: 'h', doorKey: 'd', note: null }, { personId: elderId, name, as: 'elder', kinship: null, scope: null }, 1),
  ])
  await aRun(world, 'courier', { _id: elderId, name })
  await aCase(world, { _id: elderId, name })
}

const acts: readonly Act[] = [
  act({
    action: 'account.claimByCode',
    async make(id) {
      await world.addPerson(id, { name: '示例认领' })
      await world.phone(`o_${id}`).do('account.acceptTerms', { termsVersion: TERMS_VERSION })
      return { openid: `o_${id}`, input: { code: (await world.phone('o_social').do('person.issueClaimCode', { personId: id })).code } }
    },
    stands(stored, id) {
      expect(one(stored, 'people', id)).toMatchObject({ accountId: `o_${id}` })
      expect(one(stored, 'accounts', `o_${id}`)).toMatchObject({ personId: id, name: '示例认领' })
      expect(stored['claimCodes']?.find((code) => code['personId'] === id)?.['usedAt']).not.toBeNull()
      expect(audits(stored, id, 'claimed')).toHaveLength(1)
    },
  }),
  act({
    action: 'account.register',
    async make(id) {
      await world.phone(`o_${id}`).do('account.acceptTerms', { termsVersion: TERMS_VERSION })
      return { openid: `o_${id}`, input: { name: '示例新人', birthOn: '1950-01-01', communityId: 'huaguang' } }
    },
    stands(stored, id) {
      const mine = (stored['people'] ?? []).filter((person) => person['accountId'] === `o_${id}`)
      expect(mine).toHaveLength(1)
      expect(one(stored, 'accounts', `o_${id}`)?.['personId']).toBe(mine[0]?.['_id'])
    },
  }),
  act({
    action: 'delegation.approve',
    async make(id) {
      await world.addPerson(id, { openid: `o_${id}`, name: `示例${'甲乙丙丁'[serial % 4] ?? ''}老人${'一二三四五六七八九十'[serial % 10] ?? ''}` })
      const name = String(one(await world.everything(), 'people', id)?.['name'])
      await world.phone('o_son').do('delegation.request', { elderName: name, communityId: 'huaguang', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01' })
      await world.emulator.insert('delegationRequests', [{
        _id: `r_${id}`, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', fromPersonId: 'son', fromName: '王建军', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01', elderName: name, elderId: id,
        status: 'waiting', at: MONDAY_NINE, decidedBy: null, decidedAt: null, madeBy: { key: id, hash: 'h' },
      }])
      return { openid: `o_${id}`, input: { delegationRequestId: `r_${id}` } }
    },
    stands(stored, id) {
      expect(one(stored, 'people', id)).toMatchObject({ delegateIds: ['son'], delegates: { son: { scopes: ['book'], endedAt: null } } })
      expect(one(stored, 'delegationRequests', `r_${id}`)).toMatchObject({ status: 'approved' })
      expect(audits(stored, id, 'delegationGiven')).toHaveLength(1)
    },
  }),
  act({
    action: 'person.merge',
    async make(id) {
      await world.addPerson(`keep${id}`, { name: '示例合并' })
      await withAPastVisit(`drop${id}`, { openid: `o_${id}`, name: '示例合并', ...delegation('daughter', '王敏') })
      return { openid: 'o_social', input: { keepId: `keep${id}`, dropId: `drop${id}` } }
    },
    stands(stored, id) {
      expect(one(stored, 'people', `drop${id}`)).toMatchObject({ standing: 'merged', mergedInto: `keep${id}`, unsettledAt: null })
      expect(one(stored, 'accounts', `o_${id}`)).toMatchObject({ personId: `keep${id}` })
      expect(carrying(stored, `"drop${id}"`)).toEqual([`people/drop${id}`])
      expect(audits(stored, `keep${id}`, 'merged')).toHaveLength(1)
    },
  }),
  act({
    action: 'account.erase',
    async make(id) {
      await withAPastVisit(id, { openid: `o_${id}`, name: '示例注销', phone: '19000007654', ...delegation('daughter', '王敏') })
      return { openid: `o_${id}`, input: { confirmName: '示例注销' } }
    },
    stands(stored, id) {
      for (const trace of [`"${id}"`, `o_${id}`, '示例注销', '19000007654']) expect(carrying(stored, trace)).toEqual([])
    },
  }),
  act({
    action: 'slot.setCapacity',
    async make(id) {
      await world.addSlot(id, { capacity: 2 })
      return { openid: 'o_admin', input: { slotId: id, capacity: 5 } }
    },
    stands(stored, id) {
      expect(one(stored, 'slots', id)).toMatchObject({ capacity: 5, remaining: 5 })
      expect(audits(stored, id, 'capacitySet')).toHaveLength(1)
    },
  }),
  act({
    action: 'courier.startRun',
    async make(id) {
      await world.addPerson(id, { name: '示例等餐' })
      return { openid: 'o_courier', input: { runId: (await aRun(world, 'courier', { _id: id, name: '示例等餐' })).runId } }
    },
    stands(stored, id) {
      expect(stored['deliveryRuns']?.find((run) => (run['elderIds'] as string[]).includes(id))?.['startedAt']).not.toBeNull()
      expect(audits(stored, id, 'unmaskedAddress')).toHaveLength(1)
    },
  }),
  act({
    action: 'person.unmask',
    async make(id) {
      await world.addPerson(id, { name: '示例电话' })
      return { openid: 'o_social', input: { field: 'phone', about: { by: 'person', personId: id }, purpose: 'callBack' } }
    },
    stands: (stored, id) => expect(audits(stored, id, 'unmaskedPhone')).toHaveLength(1),
  }),
]

async function interrupted({ action, make, stands }: Act, fault: { readonly errorBefore?: number; readonly errorAfter?: number; readonly killFunction?: number }): Promise<boolean> {
  const id = `lost${++serial}x`
  const { openid, input } = await make(id)
  const requestId = newRequestId()
  const phone = world.phone(openid)
  const plan = Object.fromEntries(Object.entries(fault).map(([kind, nth]) => [kind, { nth: [nth] }]))
  await world.emulator.faults({ seed: serial, ...plan, only: { actions: [action], functions: ['api'] } })
  // A phone that lost the answer, or heard "try again", sends the same request once more.
  const first = await phone.codeOf(action, input, requestId).catch(() => 'LOST')
  const { counts } = await world.emulator.faultReport()
  await world.emulator.faults({})
  const again = await phone.codeOf(action, input, requestId)
  expect({ action, fault, first, again }).toEqual({ action, fault, first, again: 'OK' })
  await world.emulator.fire('timers', 'settle')
  stands(await world.everything(), id)
  return Object.keys(fault).some((kind) => (counts[kind] ?? 0) > 0)
}

/** Each operation in turn with EVERY_STEP=1; otherwise every sixty-first, others for each kind of fault. */
const STRIDE = process.env['EVERY_STEP'] === '1' ? 1 : 61
/** No act needs more operations than this. */
const MOST_OPERATIONS = 240

describe.each(acts.map((its) => [its.action, its] as const))('%s', (_name, its) => {
  test.each(['errorBefore', 'errorAfter'] as const)('operation by operation: %s', async (kind) => {
    let operation = kind === 'errorBefore' ? 1 : 2
    while (operation < MOST_OPERATIONS && (await interrupted(its, { [kind]: operation }))) operation += STRIDE
    expect(operation).toBeGreaterThan(3)
    expect(operation).toBeLessThan(MOST_OPERATIONS)
  }, 120_000)

  test('the function is killed half-way', async () => {
    for (const operation of [4, 7]) await interrupted(its, { killFunction: operation })
  }, 60_000)
})

test('afterwards every law holds', async () => {
  // Past the meals that were put straight into the store.
  await world.emulator.advance(3 * HOUR)
  expect(await world.brokenLaws()).toEqual([])
})
