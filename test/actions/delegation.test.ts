/** Asking for, giving, seeing and ending the right to act for an elder. */
import { DAY } from '../../src/domain/civil-time'
import { newRequestId, startWorld, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.addPerson('son', { openid: 'o_son', name: '王建军', birthOn: '1972-01-01', communityId: 'taigu' })
  await world.addPerson('quiet', { name: '周福寿', phone: '19000004321' })
  await world.addPerson('unseen', { openid: 'o_unseen', name: '示例新人', standing: 'unverified' })
})
afterAll(() => world.stop())

const wish = { elderName: '王秀珍', communityId: 'huaguang', kinship: '儿子', scopes: ['book', 'readCare'], endOn: '2027-06-01' } as const
const elderOf = async (id: string) => ((await world.everything())['people'] ?? []).find((person) => person['_id'] === id)
const ask = async (openid: string, more: object = {}) => (await world.phone(openid).do('delegation.request', { ...wish, scopes: [...wish.scopes], ...more })).delegationRequestId

describe('asking', () => {
  test('answers the same whether somebody matches or not', async () => {
    const son = world.phone('o_son')
    const answers = [await son.do('delegation.request', { ...wish, scopes: ['book'] }), await son.do('delegation.request', { ...wish, scopes: ['book'], elderName: '没有这人' })]
    for (const answer of answers) expect(Object.keys(answer)).toEqual(['delegationRequestId'])
    const mine = await son.do('delegation.mine', {})
    expect(mine.requests.map((request) => request.status)).toEqual(['waiting', 'waiting'])
    const waiting = await world.phone('o_social').do('worker.today', {})
    expect(waiting.requests.filter((request) => request.fromName === '王建军').map((request) => request.isMatched).sort()).toEqual([false, true])
    for (const request of mine.requests) await world.phone('o_social').do('delegation.refuse', { delegationRequestId: request.delegationRequestId })
  })
  test('law 8: again is the same request, another body a conflict', async () => {
    const requestId = newRequestId()
    const son = world.phone('o_son')
    const input = { ...wish, scopes: ['book' as const] }
    const [one, two] = await Promise.all([son.do('delegation.request', input, requestId), son.do('delegation.request', input, requestId)])
    expect(two).toEqual(one)
    expect(await son.codeOf('delegation.request', { ...input, kinship: '孙辈' }, requestId)).toBe('REQUEST_CONFLICT')
    await world.phone('o_mother').do('delegation.refuse', one)
  })
  test('an end in the past or in ten years, a scope twice and a place elsewhere are refused', async () => {
    const before = await world.everything()
    const son = world.phone('o_son')
    for (const more of [{ endOn: '2026-11-22' }, { endOn: '2036-01-01' }, { scopes: ['book' as const, 'book' as const] }, { communityId: 'faraway' }]) {
      expect(await son.codeOf('delegation.request', { ...wish, scopes: ['book'], ...more })).toBe('BAD_INPUT')
    }
    expect(await world.everything()).toEqual(before)
  })
})

describe('giving by the elder’s own tap', () => {
  test('the mother sees who asks, gives less than was asked, and ends it again', async () => {
    const [mother, son] = [world.phone('o_mother'), world.phone('o_son')]
    const delegationRequestId = await ask('o_son')
    expect((await mother.do('delegation.ofMe', {})).requests).toMatchObject([{ delegationRequestId, fromName: '王建军', kinship: '儿子', scopes: ['book', 'readCare'] }])
    expect(await mother.codeOf('delegation.approve', { delegationRequestId, scopes: ['spendPoints'] })).toBe('BAD_INPUT')
    expect(await mother.codeOf('delegation.approve', { delegationRequestId, endOn: '2027-06-02' })).toBe('BAD_INPUT')
    const requestId = newRequestId()
    const input = { delegationRequestId, scopes: ['readCare' as const] }
    const answers = await Promise.all(Array.from({ length: 4 }, () => mother.codeOf('delegation.approve', input, requestId)))
    expect(answers.filter((code) => code !== 'OK' && code !== 'TRY_AGAIN')).toEqual([])
    expect(await mother.do('delegation.approve', input, requestId)).toEqual({ done: true })
    expect(await mother.codeOf('delegation.approve', { delegationRequestId }, requestId)).toBe('REQUEST_CONFLICT')
    expect(await mother.codeOf('delegation.approve', { delegationRequestId })).toBe('WRONG_STATE')

    expect((await son.do('delegation.mine', {})).elders).toMatchObject([{ personId: 'mother', kinship: '儿子', scopes: ['readCare'] }])
    expect(await son.codeOf('booking.list', { elderId: 'mother', when: 'coming' })).toBe('OK')
    expect(await son.codeOf('catalogue.list', { elderId: 'mother' })).toBe('SCOPE_MISSING')

    await mother.do('delegation.end', { elderId: 'mother', personId: 'son' })
    expect(await son.codeOf('booking.list', { elderId: 'mother', when: 'coming' })).toBe('DELEGATION_ENDED')
    // A late duplicate of the approval never brings back what was ended.
    expect(await mother.do('delegation.approve', input, requestId)).toEqual({ done: true })
    expect(await son.codeOf('booking.list', { elderId: 'mother', when: 'coming' })).toBe('DELEGATION_ENDED')
    expect((await mother.do('delegation.ofMe', {})).delegates.find((given) => given.personId === 'son')).toMatchObject({ state: 'ended', how: 'elderTap' })
  })
  test('nobody else approves, and what is foreign and what is missing answer alike', async () => {
    const delegationRequestId = await ask('o_son')
    for (const openid of ['o_son', 'o_daughter', 'o_neighbour', 'o_admin']) expect(await world.phone(openid).codeOf('delegation.approve', { delegationRequestId })).toBe('NOT_FOUND')
    expect(await world.phone('o_son').codeOf('delegation.approve', { delegationRequestId: 'nothing' })).toBe('NOT_FOUND')
    await world.phone('o_mother').do('delegation.refuse', { delegationRequestId })
    expect((await world.phone('o_son').do('delegation.mine', {})).requests[0]).toMatchObject({ delegationRequestId, status: 'refused' })
  })
  test('whom no social worker has seen is given nothing', async () => {
    const delegationRequestId = await ask('o_unseen')
    expect(await world.phone('o_mother').codeOf('delegation.approve', { delegationRequestId })).toBe('UNVERIFIED')
  })
  test('it runs out by itself on its last civil day', async () => {
    const delegationRequestId = await ask('o_son', { scopes: ['book'], endOn: '2026-11-25' })
    await world.phone('o_mother').do('delegation.approve', { delegationRequestId })
    expect(await world.phone('o_son').codeOf('catalogue.list', { elderId: 'mother' })).toBe('OK')
    await world.emulator.advance(3 * DAY)
    expect(await world.phone('o_son').codeOf('catalogue.list', { elderId: 'mother' })).toBe('DELEGATION_ENDED')
    expect((await world.phone('o_mother').do('delegation.ofMe', {})).delegates.find((given) => given.personId === 'son')).toMatchObject({ state: 'expired' })
  })
})

describe('giving at the counter', () => {
  test('for an elder without a phone, with an identity check that stays on record', async () => {
    const social = world.phone('o_social')
    const delegationRequestId = await ask('o_son', { elderName: '周福寿', phoneLast4: '0000' })
    const [waiting] = (await social.do('worker.today', {})).requests.filter((request) => request.delegationRequestId === delegationRequestId)
    expect(waiting).toMatchObject({ elderName: '周福寿', isMatched: false })
    expect(await world.phone('o_social_taigu').codeOf('delegation.approveAtCounter', { delegationRequestId, elderId: 'quiet', identityCheck: 'idCardSeen' })).toBe('NOT_FOUND')
    const requestId = newRequestId()
    const input = { delegationRequestId, elderId: 'quiet', identityCheck: 'idCardSeen' as const }
    await social.do('delegation.approveAtCounter', input, requestId)
    await social.do('delegation.approveAtCounter', input, requestId)
    expect(await social.codeOf('delegation.approveAtCounter', { ...input, elderId: 'mother' }, requestId)).toBe('REQUEST_CONFLICT')
    expect((await elderOf('quiet'))?.['delegates']).toMatchObject({ son: { givenBy: { personId: 'social', how: 'counter', identityCheck: 'idCardSeen' } } })
    const log = await social.do('account.log', { personId: 'quiet' })
    expect(log.items).toMatchObject([{ what: 'delegationGiven', byName: '李静', as: 'socialWorker', purpose: 'idCardSeen' }])
    expect(await world.phone('o_son').codeOf('catalogue.list', { elderId: 'quiet' })).toBe('OK')
  })
  test('law 3: nobody gives themself a right at their own counter', async () => {
    const delegationRequestId = await ask('o_social', { elderName: '周福寿' })
    expect(await world.phone('o_social').codeOf('delegation.approveAtCounter', { delegationRequestId, elderId: 'quiet', identityCheck: 'knownInPerson' })).toBe('OWN_CASE')
  })
  test('a family member ends their own right, not somebody else’s', async () => {
    expect(await world.phone('o_son').codeOf('delegation.end', { elderId: 'quiet', personId: 'daughter' })).toBe('NOT_FOUND')
    await world.phone('o_son').do('delegation.end', { elderId: 'quiet', personId: 'son' })
    expect(await world.phone('o_son').codeOf('delegation.end', { elderId: 'quiet', personId: 'son' })).toBe('DELEGATION_ENDED')
    expect(await world.phone('o_neighbour').codeOf('delegation.end', { elderId: 'quiet', personId: 'son' })).toBe('NOT_FOUND')
    expect(await world.phone('o_social').codeOf('delegation.end', { elderId: 'quiet', personId: 'son' })).toBe('WRONG_STATE')
  })
})
