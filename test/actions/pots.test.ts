/** 爱心池, from a donation to a neighbour's passbook: two people, never more than is in it, and every figure opens its records. */
import { DAY, MINUTE } from '../../src/domain/civil-time'
import { balancesOf, potOf, type PointsEntry } from '../../src/domain/ledger'
import type { Need } from '../../src/domain/needs'
import { aNeed } from './examples'
import { startPointsWorld } from './points-world'
import { aSpender } from './reward-world'
import type { World } from './world'

let world: World
beforeAll(async () => {
  world = await startPointsWorld()
  const donor = await aSpender(world, 1000)
  await world.phone(`o_${donor}`).do('points.donate', { personId: donor, amount: 100, to: { what: 'pot' } })
})
afterAll(() => world.stop())

const phone = (openid: string) => world.phone(openid)
const potNow = async () => (await phone('o_social').do('pot.list', {})).pots[0]
const needs = async () => ((await world.emulator.dump(['needs']))['needs'] ?? []) as unknown as Need[]
const proposed = async (amount: number, by = 'o_social') => {
  const needId = await aNeed(world)
  const { potGiftId } = await phone(by).do('pot.propose', { to: { what: 'need', needId }, amount, reason: '腿摔伤了，要人陪' })
  return { needId, potGiftId, elderId: (await needs()).find((need) => need._id === needId)?.elderId ?? '' }
}

test('what was donated today is given from tomorrow on: only sealed days count', async () => {
  const needId = await aNeed(world)
  expect(await potNow()).toMatchObject({ cameIn: 0, given: 0, left: 0 })
  expect(await phone('o_social').codeOf('pot.propose', { to: { what: 'need', needId }, amount: 10, reason: '急用' })).toBe('POINTS_SHORT')
  await world.emulator.advance(DAY)
  expect(await potNow()).toMatchObject({ communityName: '华光城', cameIn: 100, given: 0, left: 100 })
})

test('a second person decides; the passbook has the line with its evidence, the need counts it, each figure opens its records', async () => {
  const { potGiftId, needId, elderId } = await proposed(30)
  expect((await phone('o_social').do('pot.list', {})).waiting).toMatchObject([{ potGiftId, blocked: 'SECOND_PERSON' }])
  expect(await phone('o_social').codeOf('pot.decide', { potGiftId, isApproved: true })).toBe('SECOND_PERSON')
  expect(await phone('o_social_taigu').codeOf('pot.decide', { potGiftId, isApproved: true })).toBe('NOT_FOUND')
  expect(await phone('o_social2').do('pot.decide', { potGiftId, isApproved: true })).toEqual({ status: 'approved', entryId: `fromPot_${potGiftId}` })
  expect(await potNow()).toMatchObject({ cameIn: 100, given: 30, left: 70 })
  expect((await needs()).find((need) => need._id === needId)?.given).toBe(30)
  const entries = (await world.emulator.dump(['pointsEntries']))['pointsEntries'] as unknown as PointsEntry[]
  expect(entries.find((entry) => entry._id === `fromPot_${potGiftId}`)).toMatchObject({ ownerId: elderId, amount: 30, kind: 'fromPot', from: potOf('huaguang') })
  expect((await phone('o_admin').do('points.entry', { entryId: `fromPot_${potGiftId}` })).facts).toMatchObject({ reason: '腿摔伤了，要人陪', verifiedByName: '张岚' })
  expect((await phone('o_admin').do('pot.records', { communityId: 'huaguang', which: 'out' })).items).toMatchObject([{ amount: 30, kind: 'fromPot' }])
  expect((await phone('o_admin').do('pot.records', { communityId: 'huaguang', which: 'in' })).items).toMatchObject([{ amount: 100, kind: 'donatedToPot' }])
})

test('an elder whose hardship is recorded can be given to without a need; family of the elder neither proposes nor decides', async () => {
  await world.addPerson('poor', { name: '困难老人', hardship: 'lowIncome', kinIds: ['social2'] })
  await world.addPerson('plain', { name: '示例老人' })
  expect(await phone('o_social').codeOf('pot.propose', { to: { what: 'elder', elderId: 'plain' }, amount: 5, reason: '低保' })).toBe('NO_MATCH')
  expect(await phone('o_social2').codeOf('pot.propose', { to: { what: 'elder', elderId: 'poor' }, amount: 5, reason: '低保' })).toBe('OWN_CASE')
  const { potGiftId } = await phone('o_social').do('pot.propose', { to: { what: 'elder', elderId: 'poor' }, amount: 5, reason: '低保' })
  expect(await phone('o_social2').codeOf('pot.decide', { potGiftId, isApproved: true })).toBe('OWN_CASE')
  expect(await phone('o_admin').codeOf('pot.decide', { potGiftId, isApproved: false })).toBe('REASON_REQUIRED')
  await phone('o_admin').do('pot.decide', { potGiftId, isApproved: false, reason: '上个月给过了' })
  expect(await potNow()).toMatchObject({ given: 30, left: 70 })
})

test('two proposals for the last points at once: one wins, the other hears why, and nothing is kept for it', async () => {
  const [one, other] = [await proposed(50), await proposed(50)]
  const codes = await Promise.all([phone('o_social2').codeOf('pot.decide', { potGiftId: one.potGiftId, isApproved: true }), phone('o_admin').codeOf('pot.decide', { potGiftId: other.potGiftId, isApproved: true })])
  expect([...codes].sort()).toEqual(['OK', 'POINTS_SHORT'])
  await world.emulator.advance(3 * MINUTE)
  expect(await potNow()).toMatchObject({ cameIn: 100, given: 80, left: 20 })
})

test('a donation that is given away already is not taken back; afterwards every law holds, and the sums of the entries are those of the pot', async () => {
  const entries = (await world.emulator.dump(['pointsEntries']))['pointsEntries'] as unknown as PointsEntry[]
  const donation = entries.find((entry) => entry.kind === 'donatedToPot')
  expect(await phone('o_admin').codeOf('points.reverse', { entryId: donation?._id ?? '', reason: '记错了' })).toBe('POINTS_SHORT')
  await world.emulator.advance(DAY)
  expect(await potNow()).toMatchObject({ cameIn: 100, given: 80, left: 20 })
  expect(balancesOf((await world.emulator.dump(['pointsEntries']))['pointsEntries'] as unknown as PointsEntry[]).get(potOf('huaguang'))).toBe(20)
  expect(await world.brokenLaws()).toEqual([])
})
