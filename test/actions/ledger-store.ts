/**
 * A ledger with many entries in it, made by the rules themselves and put straight into the store: visits that paid,
 * redemptions that were collected, gifts and donations, spread evenly over some days. And a hand that writes into the
 * store past every rule, for the checks to find.
 */
import { DAY, instantOf } from '../../src/domain/civil-time'
import { FUND, merchantOf, newAccount, post, potOf, purseOf, TRANSIT, withHold, type Draft, type HoldFacts, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import { mulberry32 } from '../support/random'
import type { World } from './world'

/** Documents put in at a time. */
const BATCH = 2_000
const social = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const

export async function insertAll(world: World, collection: string, documents: readonly object[]): Promise<void> {
  for (let from = 0; from < documents.length; from += BATCH) await world.emulator.insert(collection, documents.slice(from, from + BATCH))
}

export interface Made {
  readonly accounts: Map<string, PointsAccount>
  readonly entries: PointsEntry[]
}

/** `count` entries of `people` passbooks over `days` civil days from `fromOn` on. @param first owner, who exists; the others are `saver1` and so on */
export function ledgerOf(count: number, people: number, fromOn: string, days: number, first = 'saver0'): Made {
  const chance = mulberry32(7)
  const pick = (below: number): number => Math.floor(chance() * below)
  const owners = [first, ...Array.from({ length: people - 1 }, (_, index) => `saver${index + 1}`)]
  // The first has a passbook much longer than the others'.
  const someone = (): string => (chance() < 0.03 ? first : (owners[pick(people)] ?? first))
  const accounts = new Map(owners.map((id) => [id, newAccount(id, { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' })]))
  const entries: PointsEntry[] = []
  const write = (ownerId: string, drafts: readonly Draft[], at: number, changed = accounts.get(ownerId) as PointsAccount): PointsAccount => {
    const posted = post(changed, drafts, at)
    const settled: PointsAccount = { ...posted.account, unsent: {}, unsettledAt: null }
    accounts.set(ownerId, settled)
    entries.push(...posted.entries)
    return settled
  }
  const from = instantOf(fromOn)
  for (let n = 0; entries.length < count; n++) {
    const at = from + Math.floor((entries.length / count) * days * DAY)
    const ownerId = someone()
    const { spendable } = (accounts.get(ownerId) as PointsAccount).balances
    const roll = chance()
    if (roll < 0.75 || spendable < 20 || entries.length === count - 1) {
      const elderId = someone()
      write(ownerId, [{ id: `visit_v${n}`, from: FUND, to: purseOf('spendable', ownerId), amount: 10 + pick(20), kind: 'visit', words: '陪诊 1 小时', about: { personId: elderId, name: '示例老人' }, evidence: { what: 'visit', id: `v${n}` }, policyVersion: 1, by: social, work: { earner: 'volunteer', serviceItemId: null, minutes: 60, onDate: fromOn } }], at)
    } else if (roll < 0.9) {
      const hold: HoldFacts = { holdId: `h${n}`, rewardId: 'soap', rewardName: '洗衣液', settleFen: 800, heldAt: at, forElderId: null, bookingId: null, merchantIds: ['shop'], codeId: null, endsAt: at + DAY }
      const draft = { amount: 20, words: hold.rewardName, evidence: { what: 'redemption' as const, id: hold.holdId }, by: social, hold }
      const held = write(ownerId, [{ ...draft, id: `hold_${hold.holdId}`, from: purseOf('spendable', ownerId), to: purseOf('held', ownerId), kind: 'hold' }], at)
      write(ownerId, [{ ...draft, id: `settled_${hold.holdId}`, from: purseOf('held', ownerId), to: merchantOf('shop'), kind: 'settled', merchantId: 'shop' }], at, withHold(held, hold.holdId, null))
    } else if (roll < 0.95) {
      const toId = someone()
      if (toId === ownerId) continue
      const draft = { amount: 5, words: '转赠', evidence: { what: 'gift' as const, id: `g${n}` }, by: social }
      write(ownerId, [{ ...draft, id: `giftOut_g${n}`, from: purseOf('spendable', ownerId), to: TRANSIT, kind: 'giftOut', about: { personId: toId, name: '示例老人' } }], at)
      write(toId, [{ ...draft, id: `giftIn_g${n}`, from: TRANSIT, to: purseOf('spendable', toId), kind: 'giftIn', about: { personId: ownerId, name: '示例老人' } }], at)
    } else {
      write(ownerId, [{ id: `donatedToPot_d${n}`, from: purseOf('spendable', ownerId), to: potOf('huaguang'), amount: 5, kind: 'donatedToPot', words: '捐给社区爱心池', evidence: { what: 'gift', id: `d${n}` }, by: social }], at)
    }
  }
  return { accounts, entries }
}

/** Puts a ledger into the store. */
export async function store(world: World, { accounts, entries }: Made): Promise<void> {
  await insertAll(world, 'pointsAccounts', [...accounts.values()])
  await insertAll(world, 'pointsEntries', entries)
}

/** Changes a document past every rule, as somebody with the keys to the database could; null removes it. */
export async function byHand(world: World, collection: string, id: string, changes: Readonly<Record<string, unknown>> | null): Promise<void> {
  const what = changes === null ? { action: 'database.removeDocument' } : { action: 'database.modifyDocument', data: JSON.stringify({ $set: changes }), merge: true, upsert: false }
  const answer = await fetch(`${world.emulator.url}/admin?env=demo-test`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ collectionName: collection, query: JSON.stringify({ _id: id }), queryType: 'DOC', multi: false, ...what }),
  })
  const { data, message } = (await answer.json()) as { data?: { updated?: number; deleted?: number }; message?: string }
  if ((data?.updated ?? data?.deleted) !== 1) throw new Error(`${collection} ${id} was not changed: ${message ?? 'no such document'}`)
}
