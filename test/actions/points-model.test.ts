/**
 * Law 2 against a model: random programmes of earning, holding, posting, voiding, transferring, reversing and expiring run
 * through the real functions and the real SDK, while functions are killed in the middle and phones ask again. After each
 * step every account adds up to zero with all others, and every balance, hold and stock is what twenty lines of
 * arithmetic say. LEDGER_RUNS says how many programmes (a sample here, 1,000 in the long run).
 */
import fc from 'fast-check'
import { DAY, MINUTE } from '../../src/domain/civil-time'
import { balancesOf, TRANSIT, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import { rewardHolds, type Reward } from '../../src/domain/reward'
import { byHand } from './ledger-store'
import { pointsPolicy } from './points-policy'
import { startPointsWorld } from './points-world'
import { addMerchants, passbookWith, rewardOf } from './reward-world'
import { delegation, MONDAY_NINE, newRequestId, type World } from './world'

const RUNS = Number(process.env['LEDGER_RUNS'] ?? 4)
/** A new world now and then: what is compared after each step stays small, and the day does not end. */
const RUNS_IN_A_WORLD = 25
const PRICE = 80
const STOCK = 3
const GIFT_LIMIT = pointsPolicy.giftMonthLimit

const who = fc.constantFrom<0 | 1>(0, 1)
const which = fc.nat({ max: 2 })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('earn' as const), who, amount: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('hold' as const), who }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('post' as const), who, which }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('void' as const), who, which }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('give' as const), who, amount: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('donate' as const), who, amount: fc.integer({ min: 1, max: 150 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('reverse' as const), which }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lapse' as const), who, which }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('expire' as const) }) },
)
/** Kills the function at one of its calls: before it took effect, or after. */
const fault = fc.option(fc.record({ nth: fc.integer({ min: 1, max: 12 }), when: fc.constantFrom<'before' | 'after'>('before', 'after') }), { freq: 2 })
const programme = fc.array(fc.record({ step, fault, isAskedAgain: fc.boolean() }), { minLength: 6, maxLength: 14 })
type Programme = typeof programme extends fc.Arbitrary<infer P> ? P : never

/** What one owner has, by arithmetic. `old`: what came in last month; `out`: all that ever left. */
interface Owner {
  readonly id: string
  spendable: number
  held: number
  old: number
  out: number
  given: number
  readonly holds: { readonly holdId: string; readonly code: string }[]
}

let world: World | null = null
let runs = 0
afterAll(() => world?.stop())

async function freshWorld(): Promise<World> {
  if (world !== null && runs++ % RUNS_IN_A_WORLD !== 0) return world
  await world?.stop()
  // Points of months before this one expire when the clock is told to look.
  world = await startPointsWorld({ pointsPolicies: [{ ...pointsPolicy, expireAfterMonths: 0 }] })
  await addMerchants(world)
  return world
}

let serial = 0

async function run(steps: Programme): Promise<void> {
  const here = await freshWorld()
  const { emulator } = here
  const n = ++serial
  const [first, second] = [`model${n}a`, `model${n}b`]
  await here.addPerson(first, { openid: `o_${first}`, name: '示例甲', ...delegation(second, '示例乙') })
  await here.addPerson(second, { openid: `o_${second}`, name: '示例乙' })
  const rewardId = `modelreward${n}`
  await emulator.insert('rewards', [rewardOf(rewardId, { points: PRICE, stock: STOCK })])
  const owners = [{ id: first, old: 150 }, { id: second, old: 40 }].map(({ id, old }): Owner => ({ id, spendable: old, held: 0, old, out: 0, given: 0, holds: [] }))
  for (const owner of owners) {
    const { account, entries } = passbookWith(owner.id, owner.old, MONDAY_NINE - 40 * DAY)
    await emulator.insert('pointsAccounts', [account])
    await emulator.insert('pointsEntries', Object.values(entries))
  }
  const stock = { remaining: STOCK, taken: 0 }
  const credits: { readonly entryId: string; readonly owner: Owner; readonly amount: number; isReversed: boolean }[] = []

  /** Asks as a phone does, until there is an answer; again afterwards, it is the same one. */
  async function ask(openid: string, action: string, input: object, killed: Programme[number]['fault'], isAskedAgain: boolean): Promise<{ code: string; output: Record<string, unknown> }> {
    const requestId = newRequestId()
    const call = () => emulator.call<{ ok: boolean; output?: Record<string, unknown>; error?: { code: string } }>(openid, { action, input, requestId, contractVersion: 1 })
    if (killed !== null) await emulator.faults({ killFunction: { nth: [killed.nth] }, killWhen: killed.when, only: { functions: ['api'], operations: ['database.'] } })
    let reply = await call()
    if (killed !== null) await emulator.faults({})
    for (let attempt = 0; attempt < 3 && (reply.result === undefined || ['UNEXPECTED', 'TRY_AGAIN'].includes(reply.result.error?.code ?? '')); attempt++) reply = await call()
    const answer = reply.result
    if (answer === undefined) throw new Error(`${action} never got an answer`)
    if (isAskedAgain) expect((await call()).result).toEqual({ ...answer, serverNow: expect.any(Number), ...(answer.ok ? {} : { traceId: expect.any(String) }) })
    return { code: answer.ok ? 'OK' : (answer.error?.code ?? ''), output: answer.output ?? {} }
  }

  async function fire(trigger: string, killed: Programme[number]['fault']): Promise<void> {
    if (killed !== null) {
      await emulator.faults({ killFunction: { nth: [killed.nth] }, killWhen: killed.when, only: { functions: ['timers'], operations: ['database.'] } })
      await emulator.fire('timers', trigger)
      await emulator.faults({})
    }
    await emulator.fire('timers', trigger)
  }

  const leave = (owner: Owner, amount: number): void => {
    owner.spendable -= amount
    owner.out += amount
  }

  /** The step in the product and in the model. @returns what both should have answered */
  async function take({ step: one, fault: killed, isAskedAgain }: Programme[number]): Promise<{ real: string; model: string }> {
    switch (one.what) {
      case 'earn': {
        const owner = owners[one.who] as Owner
        const { code, output } = await ask('o_admin', 'points.byHand', { ownerId: owner.id, amount: one.amount, words: '活动补记', reason: `第 ${credits.length + 1} 次` }, killed, isAskedAgain)
        owner.spendable += one.amount
        credits.push({ entryId: String(output['entryId']), owner, amount: one.amount, isReversed: false })
        return { real: code, model: 'OK' }
      }
      case 'hold': {
        const owner = owners[one.who] as Owner
        const model = stock.remaining === 0 ? 'OUT_OF_STOCK' : owner.spendable < PRICE ? 'POINTS_SHORT' : 'OK'
        const { code, output } = await ask(`o_${owner.id}`, 'points.redeem', { personId: owner.id, rewardId }, killed, isAskedAgain)
        if (model === 'OK') {
          leave(owner, PRICE)
          owner.held += PRICE
          stock.remaining -= 1
          owner.holds.push({ holdId: String(output['holdId']), code: String(output['code']) })
        }
        return { real: code, model }
      }
      case 'post':
      case 'void':
      case 'lapse': {
        const owner = owners[one.who] as Owner
        const open = owner.holds[one.which]
        if (open === undefined) return { real: '', model: '' }
        owner.holds.splice(one.which, 1)
        owner.held -= PRICE
        if (one.what === 'post') stock.taken += 1
        else {
          owner.spendable += PRICE
          stock.remaining += 1
        }
        if (one.what === 'lapse') {
          await byHand(here, 'pointsAccounts', owner.id, { [`holds.${open.holdId}.endsAt`]: 1, holdEndsAt: 1 })
          await fire('settlePoints', killed)
          return { real: '', model: '' }
        }
        const { code } = one.what === 'post'
          ? await ask('o_barber', 'merchant.settleVoucher', { code: open.code }, killed, isAskedAgain)
          : await ask(`o_${owner.id}`, 'points.cancelHold', { personId: owner.id, holdId: open.holdId }, killed, isAskedAgain)
        return { real: code, model: 'OK' }
      }
      case 'give': {
        const [from, to] = (one.who === 0 ? owners : [...owners].reverse()) as [Owner, Owner]
        const model = one.amount > GIFT_LIMIT - from.given ? 'LIMIT_REACHED' : one.amount > from.spendable ? 'POINTS_SHORT' : 'OK'
        const { code } = await ask(`o_${from.id}`, 'points.give', { personId: from.id, toPersonId: to.id, amount: one.amount }, killed, isAskedAgain)
        if (model === 'OK') {
          leave(from, one.amount)
          from.given += one.amount
          to.spendable += one.amount
        }
        return { real: code, model }
      }
      case 'donate': {
        const owner = owners[one.who] as Owner
        const model = one.amount > owner.spendable ? 'POINTS_SHORT' : 'OK'
        const { code } = await ask(`o_${owner.id}`, 'points.donate', { personId: owner.id, amount: one.amount, to: { what: 'pot' } }, killed, isAskedAgain)
        if (model === 'OK') leave(owner, one.amount)
        return { real: code, model }
      }
      case 'reverse': {
        const credit = credits[one.which]
        if (credit === undefined) return { real: '', model: '' }
        const model = credit.isReversed ? 'WRONG_STATE' : credit.owner.spendable < credit.amount ? 'POINTS_SHORT' : 'OK'
        const { code } = await ask('o_admin2', 'points.reverse', { entryId: credit.entryId, reason: `记错了 ${newRequestId()}` }, killed, isAskedAgain)
        if (model === 'OK') {
          leave(credit.owner, credit.amount)
          credit.isReversed = true
        }
        return { real: code, model }
      }
      case 'expire': {
        await fire('expirePoints', killed)
        for (const owner of owners) leave(owner, Math.max(0, owner.old - owner.out))
        return { real: '', model: '' }
      }
    }
  }

  const stored = async () => (await emulator.dump(['pointsAccounts', 'pointsEntries', 'rewards'])) as unknown as { pointsAccounts: PointsAccount[]; pointsEntries: PointsEntry[]; rewards: Reward[] }

  /** @param isSettled true once the clock has passed: nothing waits any more */
  async function compare(at: string, isSettled = false): Promise<void> {
    const all = await stored()
    const entries = new Map([...all.pointsEntries, ...all.pointsAccounts.flatMap((account) => Object.values(account.unsent))].map((entry) => [entry._id, entry]))
    const balances = balancesOf(entries.values())
    expect({ at, sum: [...balances.values()].reduce((sum, points) => sum + points, 0), transit: balances.get(TRANSIT) ?? 0 }).toEqual({ at, sum: 0, transit: 0 })
    for (const owner of owners) {
      const account = all.pointsAccounts.find((one) => one._id === owner.id)
      const lines = [...entries.values()].filter((entry) => entry.ownerId === owner.id).sort((a, b) => a.seq - b.seq)
      expect({ at, ...account?.balances, holds: Object.keys(account?.holds ?? {}).sort() }).toEqual({ at, spendable: owner.spendable, held: owner.held, pending: 0, holds: owner.holds.map((hold) => hold.holdId).sort() })
      expect({ at, spendable: balances.get(`spendable_${owner.id}`), held: balances.get(`held_${owner.id}`) ?? 0 }).toEqual({ at, spendable: owner.spendable, held: owner.held })
      expect(lines.map((line) => line.seq)).toEqual(lines.map((_, index) => index + 1))
      expect(Object.values(account?.balances ?? {}).every((points) => points >= 0) && lines.every((line) => line.balance >= 0)).toBe(true)
    }
    const reward = all.rewards.find((one) => one._id === rewardId)
    // At the counter nobody waits for the stock: what was collected leaves its place when its entry is sent.
    const leaving = Object.keys(reward?.holders ?? {}).filter((holdId) => !owners.some((owner) => owner.holds.some((hold) => hold.holdId === holdId))).length
    expect({ at, remaining: reward?.remaining, taken: (reward?.taken ?? 0) + (isSettled ? 0 : leaving), holds: reward !== undefined && rewardHolds(reward) }).toEqual({ at, ...stock, holds: true })
    if (isSettled) expect(all.pointsAccounts.filter((account) => owners.some((owner) => owner.id === account._id)).map((account) => account.unsent)).toEqual([{}, {}])
  }

  for (const [index, one] of steps.entries()) {
    const at = `${index}: ${JSON.stringify(one)}`
    const { real, model } = await take(one)
    expect({ at, answer: real }).toEqual({ at, answer: model })
    // What a killed function left is the clock's to finish, once nobody can be working on it.
    if (one.fault !== null) {
      await emulator.advance(MINUTE + 1_000)
      await emulator.fire('timers', 'settlePoints')
    }
    await compare(at)
  }
  await emulator.advance(5 * MINUTE)
  await compare('the end', true)
  const end = await stored()
  for (const trigger of ['settlePoints', 'settleStock']) await emulator.fire('timers', trigger)
  expect(await stored()).toEqual(end)
}

test(`${RUNS} random programmes: no difference between model and ledger, zero-sum after each step`, async () => {
  const seed = Number(process.env['LEDGER_SEED'] ?? 20261123)
  await fc.assert(fc.asyncProperty(programme, run), { numRuns: RUNS, seed, endOnFailure: RUNS > 100 })
})
