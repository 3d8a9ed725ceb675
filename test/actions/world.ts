/**
 * A small world on a real emulator: two communities of one subdistrict, one of another, people of every role, one
 * provider and its services. Standing records (who exists, which roles they were given) are put straight into the
 * store; everything that happens goes through the product's own actions and the real SDK.
 */
import { randomBytes } from 'node:crypto'
import type { ConnectedEmulator } from '../../emulator/client'
import { CONTRACT_VERSION, type ActionName, type Answer, type InputOf, type OutputOf } from '../../src/contract'
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import type { Person } from '../../src/domain/person'
import type { RoleGrant } from '../../src/domain/role'
import type { ServiceItem, Subdistrict } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { borrowEmulator, type BorrowedEmulator } from '../support/emulators'

/** Monday 2026-11-23, 09:00 in UTC+8: where the clock stands when a test begins. */
export const MONDAY_NINE = instantOf('2026-11-23', 9 * 60)

export type Mutation = { readonly requestId?: string }
let made = 0
export const newRequestId = (): string => `test-${process.pid}-${++made}-${randomBytes(3).toString('hex')}`

/** One phone: calls as its owner, through the platform. */
export interface Phone {
  readonly openid: string
  /** the whole answer, refusals included */
  ask<A extends ActionName>(action: A, input: InputOf<A>, requestId?: string): Promise<Answer<A>>
  /** the output; throws what was refused, so that a test reads as a story */
  do<A extends ActionName>(action: A, input: InputOf<A>, requestId?: string): Promise<OutputOf<A>>
  /** the code of the refusal, or 'OK' */
  codeOf<A extends ActionName>(action: A, input: InputOf<A>, requestId?: string): Promise<string>
  /** whatever a broken or hostile phone might send */
  raw(event: unknown): Promise<{ ok: boolean; output?: unknown; error?: { code: string; details?: Record<string, unknown> } }>
}

export function phoneOf(emulator: ConnectedEmulator, openid: string): Phone {
  async function raw(event: unknown) {
    const reply = await emulator.call<{ ok: boolean; output?: unknown; error?: { code: string; details?: Record<string, unknown> } }>(openid, event as object)
    if (reply.result === undefined) throw new Error(`the platform answered ${reply.errMsg}`)
    return reply.result
  }
  async function ask<A extends ActionName>(action: A, input: InputOf<A>, requestId = newRequestId()): Promise<Answer<A>> {
    return (await raw({ action, input, requestId, contractVersion: CONTRACT_VERSION })) as unknown as Answer<A>
  }
  return {
    openid, raw, ask,
    async do(action, input, requestId) {
      const answer = await ask(action, input, requestId)
      if (!answer.ok) throw new Error(`${action} was refused: ${answer.error.code} ${JSON.stringify(answer.error.details ?? {})}`)
      return answer.output
    },
    async codeOf(action, input, requestId) {
      const answer = await ask(action, input, requestId)
      return answer.ok ? 'OK' : answer.error.code
    },
  }
}

export interface World {
  readonly emulator: BorrowedEmulator
  phone(openid: string): Phone
  /** Everything in the database, except attempt counters: what a refusal must leave untouched. */
  everything(): Promise<Record<string, Record<string, unknown>[]>>
  /** How often each collection was written, except attempt counters: equal at two moments means that nothing was written between them. */
  writes(): Promise<Record<string, number>>
  addPerson(id: string, options?: Partial<Person> & { readonly openid?: string; readonly grants?: readonly RoleGrant[] }): Promise<void>
  addSlot(id: string, options?: Partial<Slot>): Promise<void>
  slot(id: string): Promise<Slot>
  /** Every law of the product over the whole store; the names of those that do not hold. */
  brokenLaws(): Promise<readonly string[]>
  stop(): Promise<void>
}

/** Days on which nothing takes place in either subdistrict. */
export const closedDays: Readonly<Record<string, string>> = { '2027-01-01': '元旦' }

const subdistrict = (id: string, name: string, communities: readonly [string, string][]) => ({
  _id: id, version: 1, name, dutyPhone: '0574-00000000', communities: communities.map(([communityId, communityName]) => ({ communityId, name: communityName, duty: [] })), closedDays, mealPolicies: [], ladders: [],
})

export const bathing: ServiceItem = {
  _id: 'bathing', subdistrictId: 'dongliu', providerId: 'carehome', providerName: '示例护理站', name: '助浴', kind: 'homeCare', icon: 'bath', summary: '护理员上门助浴', details: '带防滑垫', priceFen: 6000,
  durationMinutes: 60, cancelHours: 4, communityIds: ['huaguang', 'taigu'], walkingMinutes: { huaguang: 8 }, order: 1, isOpen: true,
  weekly: [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => [9 * 60, 10 * 60 + 30, 14 * 60].map((startMinute) => ({ weekday, startMinute, capacity: 2 }))),
}

export function person(id: string, options: Partial<Person> = {}): Person {
  return {
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', name: `示例${id.replace(/[^A-Za-z]/g, '').slice(0, 8)}`, birthOn: '1942-05-01', phone: '19000000000', address: '华光城 12 幢 302', livesAlone: false,
    standing: 'verified', seenBy: null, registeredAt: MONDAY_NINE - 1, accountId: null, careNotes: null, careNotesConsentAt: null, kinIds: [], delegates: {}, delegateIds: [], busy: [], doorCard: null,
    mergedInto: null, requests: {}, diet: null, hardship: 'none', away: null, dailyCheck: null, lastWellAt: null, checkDueAt: null, subsidies: {}, ...options,
  }
}

export const slotOf = (id: string, options: Partial<Slot> = {}): Slot => {
  const onDate = options.onDate ?? addDays(civilDate(MONDAY_NINE), 1)
  const startsAt = options.startsAt ?? instantOf(onDate, 14 * 60)
  const capacity = options.capacity ?? 1
  return {
    _id: id, subdistrictId: 'dongliu', kind: 'homeCare', meal: null, orderUntil: startsAt, frozenAt: null, serviceItemId: 'bathing', serviceName: '助浴', providerId: 'carehome', providerName: '示例护理站', communityIds: ['huaguang', 'taigu'], priceFen: 6000, cancelHours: 4, onDate,
    startsAt, endsAt: startsAt + 3_600_000, capacity, remaining: capacity, holders: {}, isOpen: true, unsettledAt: null, ...options,
  }
}

/** The right to act for an elder, as it stands in the elder's own document. */
export const delegation = (familyId: string, name: string, scopes: readonly ('book' | 'readCare' | 'alerts' | 'spendPoints')[] = ['book', 'readCare', 'alerts'], endOn = '2027-11-01'): Pick<Person, 'delegates' | 'delegateIds'> => ({
  delegateIds: [familyId],
  delegates: { [familyId]: { personId: familyId, name, kinship: '女儿', scopes, endOn, givenAt: 1, givenBy: { personId: familyId, name, how: 'elderTap' }, endedAt: null, endedBy: null } },
})

/**
 * Starts an emulator with the standing records. The people of the main story keep these ids everywhere.
 * @param ofDongliu what the subdistrict's own record holds besides: policies, people on duty
 */
export async function startWorld(ofDongliu: Partial<Subdistrict> = {}): Promise<World> {
  // The same for all worlds: an emulator that has run for a while answers in half the time of a new one.
  const emulator = await borrowEmulator({ now: MONDAY_NINE, env: 'demo-test', maxInstances: 4 })

  const world: World = {
    emulator,
    phone: (openid) => phoneOf(emulator, openid),
    async everything() {
      const { attempts: _attempts, ...collections } = await emulator.dump()
      return collections
    },
    async writes() {
      const { attempts: _attempts, ...collections } = await emulator.changes()
      return collections
    },
    async addPerson(id, { openid, grants, ...options } = {}) {
      const document = person(id, { ...options, accountId: openid ?? null })
      await emulator.insert('people', [document])
      if (openid !== undefined) {
        await emulator.insert('accounts', [{ _id: openid, version: 1, subdistrictId: document.subdistrictId, termsVersion: 'test', termsAt: 1, personId: id, name: document.name, grants: grants ?? [], requests: {} }])
      }
    },
    addSlot: (id, options) => emulator.insert('slots', [slotOf(id, options)]),
    async slot(id) {
      const found = (await emulator.dump())['slots']?.find((slot) => slot['_id'] === id)
      if (!found) throw new Error(`no slot ${id}`)
      return found as unknown as Slot
    },
    async brokenLaws() {
      const check = await emulator.fire<{ ok: boolean; output: { laws: { law: string; holds: boolean; broken: string[] }[] } }>('timers', 'selfCheck')
      if (!check.ok || !check.result.ok) throw new Error(`the self-check did not run: ${JSON.stringify(check)}`)
      return check.result.output.laws.filter((law) => !law.holds).map((law) => `${law.law}: ${law.broken.join(' ')}`)
    },
    stop: () => emulator.stop(),
  }

  await emulator.insert('subdistricts', [
    { ...subdistrict('dongliu', '东柳街道', [['huaguang', '华光城'], ['taigu', '太古城']]), ...ofDongliu },
    subdistrict('elsewhere', '别处街道', [['faraway', '别处']]),
  ])
  await emulator.insert('providers', [{ _id: 'carehome', subdistrictId: 'dongliu', name: '示例护理站', phone: '0574-00000001' }, { _id: 'otherhome', subdistrictId: 'dongliu', name: '示例护理二站', phone: '0574-00000002' }])
  await emulator.insert('serviceItems', [bathing])
  const given = delegation('daughter', '王敏')
  const ended = delegation('former', '示例前家属', ['book', 'readCare', 'alerts'], '2025-11-01')
  await world.addPerson('mother', { openid: 'o_mother', name: '王秀珍', delegates: { ...given.delegates, ...ended.delegates }, delegateIds: [...given.delegateIds, ...ended.delegateIds] })
  await world.addPerson('former', { openid: 'o_former', name: '示例前家属', birthOn: '1970-03-03', communityId: 'taigu' })
  await world.addPerson('daughter', { openid: 'o_daughter', name: '王敏', birthOn: '1970-03-03', communityId: 'taigu' })
  await world.addPerson('suitor', { openid: 'o_suitor', name: '示例儿子', birthOn: '1972-03-03', communityId: 'taigu' })
  await world.addPerson('neighbour', { openid: 'o_neighbour', name: '周福生' })
  await world.addPerson('worker', { openid: 'o_worker', name: '陈霞', birthOn: '1985-01-01', grants: [{ role: 'careWorker', providerId: 'carehome' }] })
  await world.addPerson('colleague', { openid: 'o_colleague', name: '赵军', birthOn: '1985-01-01', grants: [{ role: 'careWorker', providerId: 'carehome' }] })
  await world.addPerson('rival', { openid: 'o_rival', name: '钱波', birthOn: '1985-01-01', grants: [{ role: 'careWorker', providerId: 'otherhome' }] })
  await world.addPerson('social', { openid: 'o_social', name: '李静', birthOn: '1988-01-01', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  await world.addPerson('socialTaigu', { openid: 'o_social_taigu', name: '周岚', birthOn: '1988-01-01', communityId: 'taigu', grants: [{ role: 'socialWorker', communityIds: ['taigu'] }] })
  await world.addPerson('admin', { openid: 'o_admin', name: '孙洁', birthOn: '1980-01-01', grants: [{ role: 'admin' }] })
  await world.addPerson('stranger', { openid: 'o_stranger', name: '别处人', subdistrictId: 'elsewhere', communityId: 'faraway' })
  await world.addPerson('strangeSocial', { openid: 'o_strange_social', name: '别处社工', subdistrictId: 'elsewhere', communityId: 'faraway', grants: [{ role: 'socialWorker', communityIds: ['faraway'] }] })
  await world.addPerson('strangeAdmin', { openid: 'o_strange_admin', name: '别处主任', subdistrictId: 'elsewhere', communityId: 'faraway', grants: [{ role: 'admin' }] })
  return world
}
