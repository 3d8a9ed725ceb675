/**
 * A function killed before and after each database call of an act on points. Without a second try the clock brings it to
 * an end: wholly or not at all, nothing lost, nothing on its way. Then the phone sends the same request again, and the end
 * is the very one that it has without a crash; a second pass of the clock changes nothing.
 */
import type { ActionName, InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { DAY, MINUTE } from '../../src/domain/civil-time'
import type { DeskHours } from '../../src/domain/desk-hours'
import type { PointsFlag } from '../../src/domain/fraud'
import { balancesOf, FUND, post, potOf, purseOf, systemBy, TRANSIT, type Draft, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import type { Need } from '../../src/domain/needs'
import type { Person } from '../../src/domain/person'
import type { Pot } from '../../src/domain/pot'
import type { Project } from '../../src/domain/project'
import { rewardHolds, type Reward } from '../../src/domain/reward'
import { seatsHold, type Shift } from '../../src/domain/shift'
import type { Task } from '../../src/domain/task'
import { aBooking, aDesk, aFlag, aNeed, aPotGift } from './examples'
import { byHand } from './ledger-store'
import { pointsPolicy } from './points-policy'
import { startPointsWorld } from './points-world'
import { addMerchants, aReward, aSpender, passbookWith } from './reward-world'
import { aGroup, aProject, aShift } from './volunteer-world'
import { bathing, delegation, newRequestId, type World } from './world'

/** Each database call in turn with EVERY_STEP=1; otherwise one in a hundred, others for each act and each side of a call. */
const STRIDE = process.env['EVERY_STEP'] === '1' ? 1 : 101

let world: World
beforeAll(async () => {
  // What came in two months ago expires; what the scenes give each other never does while they last.
  world = await startPointsWorld({ pointsPolicies: [{ ...pointsPolicy, expireAfterMonths: 1 }] })
  await addMerchants(world)
})
afterAll(() => world.stop())

interface Stored {
  readonly pointsAccounts: readonly PointsAccount[]
  readonly pointsEntries: readonly PointsEntry[]
  readonly rewards: readonly Reward[]
  readonly bookings: readonly Booking[]
  readonly needs: readonly Need[]
  readonly shifts: readonly Shift[]
  readonly projects: readonly Project[]
  readonly tasks: readonly Task[]
  readonly pots: readonly Pot[]
  readonly deskHours: readonly DeskHours[]
  readonly pointsFlags: readonly PointsFlag[]
  readonly people: readonly Person[]
}
const stored = async (): Promise<Stored> => ({ pointsAccounts: [], pointsEntries: [], rewards: [], bookings: [], needs: [], shifts: [], projects: [], tasks: [], pots: [], deskHours: [], pointsFlags: [], people: [], ...((await world.emulator.dump(['pointsAccounts', 'pointsEntries', 'rewards', 'bookings', 'needs', 'pointsByHand', 'shifts', 'projects', 'tasks', 'pots', 'potGifts', 'deskHours', 'pointsFlags', 'people'])) as unknown as Partial<Stored>) })

interface Scene {
  readonly openid: string
  /** an action with its input, or a trigger of the clock */
  readonly does: { readonly action: ActionName; readonly input: unknown } | { readonly trigger: string }
  readonly owners: readonly string[]
  readonly rewardId?: string
  readonly bookingId?: string
  readonly needId?: string
  readonly shiftId?: string
  readonly projectId?: string
  readonly deskId?: string
  readonly flagId?: string
}

/** What has to be the same in the end, whatever its ids. */
function endOf(now: Stored, { owners, rewardId, bookingId, needId, shiftId, projectId, deskId, flagId }: Scene) {
  const reward = now.rewards.find((one) => one._id === rewardId)
  return {
    owners: owners.map((id) => {
      const account = now.pointsAccounts.find((one) => one._id === id)
      const lines = now.pointsEntries.filter((entry) => entry.ownerId === id).sort((a, b) => a.seq - b.seq)
      return { ...account?.balances, holds: Object.keys(account?.holds ?? {}).length, standing: now.people.find((one) => one._id === id)?.standing, lines: lines.map((entry) => [entry.seq, entry.kind, entry.amount, entry.balance]) }
    }),
    reward: reward && { remaining: reward.remaining, taken: reward.taken, held: Object.keys(reward.holders).length },
    paid: now.bookings.find((one) => one._id === bookingId)?.points?.paid?.state ?? null,
    given: now.needs.find((one) => one._id === needId)?.given ?? null,
    verified: [...now.shifts.filter((one) => one._id === shiftId), ...now.projects.filter((one) => one._id === projectId)].map(({ status, points, unsettledAt }) => ({ status, earned: points?.earned, unsettledAt })),
    hours: now.deskHours.filter((one) => one._id === deskId).map(({ state, paid, unsettledAt }) => ({ state, paid, unsettledAt })),
    doubt: now.pointsFlags.filter((one) => one._id === flagId).map(({ status, outcome, unsettledAt }) => ({ status, outcome, unsettledAt })),
  }
}

/** Nothing lost, nothing on its way: true after the clock has passed, whatever took place. */
function ensureWhole(now: Stored, { owners, rewardId, bookingId, needId, shiftId }: Scene): void {
  const balances = balancesOf(now.pointsEntries)
  expect([...balances.values()].reduce((sum, points) => sum + points, 0)).toBe(0)
  expect(balances.get(TRANSIT) ?? 0).toBe(0)
  const accounts = now.pointsAccounts.filter((account) => owners.includes(account._id))
  for (const account of accounts) {
    expect({ id: account._id, unsent: account.unsent, unsettledAt: account.unsettledAt }).toEqual({ id: account._id, unsent: {}, unsettledAt: null })
    expect({ id: account._id, spendable: balances.get(`spendable_${account._id}`) ?? 0, held: balances.get(`held_${account._id}`) ?? 0 }).toEqual({ id: account._id, spendable: account.balances.spendable, held: account.balances.held })
    expect(Object.values(account.holds).reduce((sum, hold) => sum + hold.points, 0)).toBe(account.balances.held)
  }
  const reward = now.rewards.find((one) => one._id === rewardId)
  if (reward !== undefined) {
    expect(rewardHolds(reward)).toBe(true)
    expect(Object.keys(reward.holders).sort()).toEqual(accounts.flatMap((account) => Object.keys(account.holds)).sort())
  }
  const paid = now.bookings.find((one) => one._id === bookingId)?.points?.paid
  if (paid !== undefined) expect(accounts.some((account) => account.holds[paid.holdId] !== undefined)).toBe(paid.state === 'held')
  const need = now.needs.find((one) => one._id === needId)
  if (need !== undefined) expect(now.pointsEntries.filter((entry) => (entry.kind === 'giftIn' && entry.evidence.id === needId) || (entry.kind === 'fromPot' && entry.ownerId === need.elderId)).reduce((sum, entry) => sum + entry.amount, 0)).toBe(need.given)
  const shift = now.shifts.find((one) => one._id === shiftId)
  if (shift !== undefined) expect(seatsHold(now.tasks.find((task) => task._id === shift.taskId) as Task, [shift], 0)).toBe(true)
  // What is kept aside in a pot is exactly what it gave since.
  for (const pot of now.pots) expect(Object.keys(pot.kept).sort()).toEqual(now.pointsEntries.filter((entry) => entry.from === potOf(pot._id)).map((entry) => entry._id).sort())
}

let serial = 0
const ownerOfHours = async (deskId: string): Promise<string> => (await stored()).deskHours.find((one) => one._id === deskId)?.personId ?? ''
const does = <A extends ActionName>(action: A, input: InputOf<A>) => ({ action, input })
const redeemed = async (id: string, rewardId: string) => world.phone(`o_${id}`).do('points.redeem', { personId: id, rewardId })

/** A bath of an elder with points, and what it costs. */
async function aBath(state: 'booked' | 'confirmed'): Promise<{ id: string; bookingId: string; rewardId: string }> {
  const id = await aSpender(world, 500)
  // One reward for the service at a time: the cheapest is offered.
  const rewardId = await aReward(world, { kind: 'care', name: '助浴一次', points: 100, stock: 5, serviceItemId: `service_${id}`, merchantIds: [bathing.providerId] })
  const startsAt = (await world.emulator.clock()).now + 10 * DAY
  const mine = { elderId: id, elderName: '示例居民', serviceItemId: `service_${id}` }
  const bookingId = await aBooking(world, state, state === 'booked' ? { ...mine, startsAt, endsAt: startsAt + DAY } : mine)
  return { id, bookingId, rewardId }
}

async function aPaidBath(): Promise<{ id: string; bookingId: string; rewardId: string }> {
  const bath = await aBath('booked')
  await world.phone(`o_${bath.id}`).do('points.payVisit', { bookingId: bath.bookingId, personId: bath.id })
  return bath
}

const acts: Readonly<Record<string, () => Promise<Scene>>> = {
  async redeem() {
    const [id, rewardId] = [await aSpender(world), await aReward(world, { stock: 1 })]
    return { openid: `o_${id}`, does: does('points.redeem', { personId: id, rewardId }), owners: [id], rewardId }
  },
  async cancel() {
    const [id, rewardId] = [await aSpender(world), await aReward(world)]
    const { holdId } = await redeemed(id, rewardId)
    return { openid: `o_${id}`, does: does('points.cancelHold', { personId: id, holdId }), owners: [id], rewardId }
  },
  async settle() {
    const [id, rewardId] = [await aSpender(world), await aReward(world)]
    const { code } = await redeemed(id, rewardId)
    return { openid: 'o_barber', does: does('merchant.settleVoucher', { code: code ?? '' }), owners: [id], rewardId }
  },
  async lapse() {
    const [id, rewardId] = [await aSpender(world), await aReward(world)]
    const { holdId } = await redeemed(id, rewardId)
    await byHand(world, 'pointsAccounts', id, { [`holds.${holdId}.endsAt`]: 1, holdEndsAt: 1 })
    return { openid: '', does: { trigger: 'settlePoints' }, owners: [id], rewardId }
  },
  async give() {
    const id = await aSpender(world)
    const to = await aSpender(world, 10, delegation(id, '示例居民'))
    return { openid: `o_${id}`, does: does('points.give', { personId: id, toPersonId: to, amount: 70 }), owners: [id, to] }
  },
  async donate() {
    const id = await aSpender(world)
    return { openid: `o_${id}`, does: does('points.donate', { personId: id, amount: 70, to: { what: 'pot' } }), owners: [id] }
  },
  async 'donate to a need'() {
    const [id, needId] = [await aSpender(world), await aNeed(world)]
    const elderId = (await stored()).needs.find((need) => need._id === needId)?.elderId ?? ''
    return { openid: `o_${id}`, does: does('points.donate', { personId: id, amount: 70, to: { what: 'need', needId } }), owners: [id, elderId], needId }
  },
  async 'pay a visit'() {
    const { id, bookingId, rewardId } = await aBath('booked')
    return { openid: `o_${id}`, does: does('points.payVisit', { bookingId, personId: id }), owners: [id], bookingId, rewardId }
  },
  async 'take the payment back'() {
    const { id, bookingId, rewardId } = await aPaidBath()
    return { openid: `o_${id}`, does: does('points.unpayVisit', { bookingId }), owners: [id], bookingId, rewardId }
  },
  async 'cancel a paid visit'() {
    const { id, bookingId, rewardId } = await aPaidBath()
    return { openid: `o_${id}`, does: does('booking.cancel', { bookingId }), owners: [id], bookingId, rewardId }
  },
  async 'verify a paid visit'() {
    const { id, bookingId, rewardId } = await aPaidBath()
    const now = (await world.emulator.clock()).now
    const at = { at: now, provedAt: now, proof: 'elderTap', codeWindow: null, capturedAt: null }
    await byHand(world, 'bookings', bookingId, { status: 'confirmed', evidence: { checkIn: at, checkOut: at, handover: null, confirm: { at: now, proof: 'elderTap', byPersonId: id, satisfaction: 'satisfied' } } })
    return { openid: 'o_social', does: does('visit.verify', { bookingId, outcome: 'verified' }), owners: [id], bookingId, rewardId }
  },
  async 'a pot gives'() {
    const needId = await aNeed(world)
    const elderId = (await stored()).needs.find((need) => need._id === needId)?.elderId ?? ''
    return { openid: 'o_social', does: does('pot.decide', { potGiftId: await aPotGift(world, needId), isApproved: true }), owners: [elderId], needId }
  },
  async 'verify a shift'() {
    const personId = await aSpender(world, 40)
    const { shift } = await aShift(world, 'confirmed', {}, { personId, name: '示例居民', kinIds: [] })
    return { openid: 'o_social', does: does('shift.verify', { shiftId: shift._id, outcome: 'verified' }), owners: [personId], shiftId: shift._id }
  },
  async 'verify a project'() {
    const group = await aGroup(world)
    const project = await aProject(world, 'finished', group)
    return { openid: 'o_social', does: does('project.verify', { projectId: project._id, outcome: 'verified' }), owners: [group._id], projectId: project._id }
  },
  async expire() {
    const id = `saver${serial++}`
    await world.addPerson(id, { name: '示例居民' })
    const now = (await world.emulator.clock()).now
    // Forty that are old, and ten that stay.
    const old = passbookWith(id, 40, now - 100 * DAY)
    const fresh: Draft = { id: `byHand_fresh${id}`, from: FUND, to: purseOf('spendable', id), amount: 10, kind: 'byHand', words: '示例补记', evidence: { what: 'byHand', id }, by: systemBy }
    const { account, entries } = post(old.account, [fresh], now)
    await world.emulator.insert('pointsAccounts', [{ ...account, unsent: {}, unsettledAt: null }])
    await world.emulator.insert('pointsEntries', [...Object.values(old.entries), ...entries])
    return { openid: '', does: { trigger: 'expirePoints' }, owners: [id] }
  },
  async merge() {
    const [dropId, keepId, rewardId] = [await aSpender(world, 300), `keep${serial++}`, await aReward(world)]
    await world.addPerson(keepId, { name: '示例居民' })
    await redeemed(dropId, rewardId)
    return { openid: 'o_social', does: does('person.merge', { keepId, dropId }), owners: [keepId, dropId], rewardId }
  },
  async 'confirm a doubt'() {
    const flagId = await aFlag(world)
    return { openid: 'o_admin', does: does('flag.decide', { flagId, decision: 'confirmed', reason: '两处签到对不上' }), owners: [flagId.replace('flag_', '')], flagId }
  },
  async 'approve hours'() {
    const deskId = await aDesk(world)
    return { openid: 'o_admin', does: does('desk.decide', { deskId, isApproved: true }), owners: [await ownerOfHours(deskId)], deskId }
  },
  async 'refuse hours'() {
    const deskId = await aDesk(world)
    return { openid: 'o_admin', does: does('desk.decide', { deskId, isApproved: false, reason: '当天没有来' }), owners: [await ownerOfHours(deskId)], deskId }
  },
  async reverse() {
    const id = await aSpender(world, 40)
    return { openid: 'o_admin', does: does('points.reverse', { entryId: `byHand_${id}`, reason: '记错人了' }), owners: [id] }
  },
  async 'by hand'() {
    const id = await aSpender(world, 40)
    return { openid: 'o_admin', does: does('points.byHand', { ownerId: id, amount: 30, words: '活动补记', reason: '签到表在社区' }), owners: [id] }
  },
  async 'by hand, second person'() {
    const id = await aSpender(world, 40)
    const { byHandId } = await world.phone('o_admin').do('points.byHand', { ownerId: id, amount: 300, words: '活动补记', reason: '签到表在社区' })
    return { openid: 'o_admin2', does: does('points.byHandDecide', { byHandId, isApproved: true }), owners: [id] }
  },
}

async function act(scene: Scene, requestId: string): Promise<boolean> {
  if ('trigger' in scene.does) return (await world.emulator.fire('timers', scene.does.trigger)).ok
  const { action, input } = scene.does
  return (await world.emulator.call<{ ok: boolean }>(scene.openid, { action, input, requestId, contractVersion: 1 })).result?.ok === true
}

/** Work that a crash left is settled after minutes, and the line that it then writes is sent on minutes later. */
async function clockPasses(): Promise<void> {
  await world.emulator.lapse()
  for (let round = 0; round < 2; round++) {
    await world.emulator.pass(5 * MINUTE)
    for (const trigger of ['settle', 'lookAtShifts', 'settlePoints', 'settleStock', 'expirePoints']) await world.emulator.fire('timers', trigger)
  }
}

describe.each(Object.keys(acts))('%s', (name) => {
  const make = acts[name] as () => Promise<Scene>
  let end: ReturnType<typeof endOf>
  let calls = 0
  beforeAll(async () => {
    const scene = await make()
    const { latest } = await world.emulator.calls()
    expect(await act(scene, newRequestId())).toBe(true)
    calls = (await world.emulator.calls(latest)).rows[0]?.dbCalls ?? 0
    await clockPasses()
    const now = await stored()
    ensureWhole(now, scene)
    end = endOf(now, scene)
  })

  test('killed at any of its calls, it comes to the same end', async () => {
    expect(calls).toBeGreaterThan(2)
    const every = Array.from({ length: calls }, (_, index) => index + 1).flatMap((nth) => (['before', 'after'] as const).map((when) => ({ nth, when })))
    const start = Object.keys(acts).indexOf(name)
    const killed = every.filter((_, index) => (index + start) % STRIDE === 0)
    for (const { nth, when } of killed) {
      const scene = await make()
      const requestId = newRequestId()
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['trigger' in scene.does ? 'timers' : 'api'], operations: ['database.'] } })
      await act(scene, requestId)
      await world.emulator.faults({})
      await clockPasses()
      ensureWhole(await stored(), scene)
      expect({ nth, when, isOk: await act(scene, requestId) }).toEqual({ nth, when, isOk: true })
      await clockPasses()
      const now = await stored()
      ensureWhole(now, scene)
      expect({ nth, when, ...endOf(now, scene) }).toEqual({ nth, when, ...end })
      for (const trigger of ['settlePoints', 'settleStock', 'settle']) await world.emulator.fire('timers', trigger)
      expect(await stored()).toEqual(now)
    }
  })
})
