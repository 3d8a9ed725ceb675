/** Merchants, rewards and people with points, for the tests of spending. Standing records and balances are put into the store; redeeming and settling go through the product's own actions. */
import { newAccount, post, purseOf, FUND, type PointsAccount } from '../../src/domain/ledger'
import { newReward, type Merchant, type Reward } from '../../src/domain/reward'
import type { World } from './world'

const merchantOf = (id: string, name: string, subdistrictId = 'dongliu'): Merchant => ({ _id: id, version: 1, subdistrictId, name, phone: '0574-00000011', address: '华光城 3 幢', isOpen: true, requests: {} })

/** `barber` with `o_barber` and `o_barber2`, `grocer` with `o_grocer`, and `farshop` of another subdistrict with `o_farshop`. */
export async function addMerchants(world: World): Promise<void> {
  const merchants = [merchantOf('barber', '示例理发店'), merchantOf('grocer', '示例便利店'), merchantOf('farshop', '别处小店', 'elsewhere')]
  await world.emulator.insert('merchants', merchants)
  await world.emulator.insert('providers', merchants.map(({ _id, subdistrictId, name, phone }) => ({ _id, subdistrictId, name, phone })))
  const staff = (providerId: string) => [{ role: 'merchant' as const, providerId }]
  await world.addPerson('barberman', { openid: 'o_barber', name: '郭师傅', birthOn: '1980-01-01', communityId: 'taigu', grants: staff('barber') })
  await world.addPerson('barberman2', { openid: 'o_barber2', name: '小郭', birthOn: '1999-01-01', communityId: 'taigu', grants: staff('barber') })
  await world.addPerson('grocerman', { openid: 'o_grocer', name: '方老板', birthOn: '1982-01-01', communityId: 'taigu', grants: staff('grocer') })
  await world.addPerson('farman', { openid: 'o_farshop', name: '别处老板', birthOn: '1982-01-01', subdistrictId: 'elsewhere', communityId: 'faraway', grants: staff('farshop') })
}

const withMerchants = new WeakMap<World, Promise<void>>()
/** The merchants, added once to each world. */
export function theMerchants(world: World): Promise<void> {
  const added = withMerchants.get(world) ?? addMerchants(world)
  withMerchants.set(world, added)
  return added
}

export const rewardOf = (id: string, options: Partial<Reward> = {}): Reward => ({
  ...newReward(id, options.subdistrictId ?? 'dongliu', {
    kind: 'service', name: '理发券', words: '凭券理发一次（示例）', icon: 'scissors', points: 80, stock: options.stock ?? 20, perPerson: null, validFrom: '2026-01-01', validUntil: null, merchantIds: ['barber'], collectDays: 14,
    communityIds: ['huaguang', 'taigu'], serviceItemId: null, settleFen: 2000, isOpen: true,
  }), ...options,
})

let serial = 0
export async function aReward(world: World, options: Partial<Reward> = {}): Promise<string> {
  const id = `rw${++serial}`
  await world.emulator.insert('rewards', [rewardOf(id, options)])
  return id
}

/** A passbook with points that were given by hand. */
export function passbookWith(ownerId: string, points: number, at: number): { readonly account: PointsAccount; readonly entries: PointsAccount['unsent'] } {
  const by = { personId: 'admin', name: '孙洁', as: 'admin', kinship: null, scope: null } as const
  const empty = newAccount(ownerId, { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' })
  const { account } = post(empty, [{ id: `byHand_${ownerId}`, from: FUND, to: purseOf('spendable', ownerId), amount: points, kind: 'byHand', words: '示例补记', evidence: { what: 'byHand', id: ownerId }, by }], at)
  return { account: { ...account, unsent: {}, unsettledAt: null }, entries: account.unsent }
}

export async function givePoints(world: World, ownerId: string, points: number): Promise<void> {
  const { account, entries } = passbookWith(ownerId, points, (await world.emulator.clock()).now)
  await world.emulator.insert('pointsAccounts', [account])
  await world.emulator.insert('pointsEntries', Object.values(entries))
}

/** Somebody with points of their own, as fresh as the redemption. */
export async function aSpender(world: World, points = 1000, options: Parameters<World['addPerson']>[1] = {}): Promise<string> {
  const id = `spender${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例居民', ...options })
  await givePoints(world, id, points)
  return id
}

/** A voucher that somebody redeemed through the product, good at the barber's. */
export async function aVoucher(world: World, options: { readonly ownerId?: string; readonly rewardId?: string } = {}): Promise<{ readonly code: string; readonly holdId: string; readonly ownerId: string; readonly rewardId: string }> {
  const ownerId = options.ownerId ?? (await aSpender(world))
  const rewardId = options.rewardId ?? (await aReward(world))
  const { code, holdId } = await world.phone(`o_${ownerId}`).do('points.redeem', { personId: ownerId, rewardId })
  if (code === null) throw new Error('a voucher has a code')
  return { code, holdId, ownerId, rewardId }
}
