/** Roles that an administrator gives and takes: found by name or number, to people with an account, never their own administrator's. */
import { startPointsWorld } from './points-world'
import { newRequestId, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startPointsWorld()
})
afterAll(() => world.stop())

const admin = () => world.phone('o_admin')
const rolesOf = async (personId: string) => (await admin().do('staff.list', {})).people.find((one) => one.personId === personId)?.roles.map(({ role, placeName }) => [role, placeName])

test('everybody who works here, with their place in words', async () => {
  const { people, communities, places } = await admin().do('staff.list', {})
  expect(people.find((one) => one.personId === 'worker')).toMatchObject({ name: '陈霞', phoneMasked: '190****0000', isMe: false, roles: [{ role: 'careWorker', placeName: '示例护理站', canRevoke: true }] })
  expect(people.find((one) => one.personId === 'admin')).toMatchObject({ isMe: true, roles: [{ role: 'admin', placeName: '东柳街道', canRevoke: false }] })
  expect(people.some((one) => one.personId === 'strangeAdmin' || one.personId === 'mother')).toBe(false)
  expect(communities.map(({ name }) => name)).toEqual(['华光城', '太古城'])
  expect(places.find((one) => one.providerId === 'canteen')).toMatchObject({ name: '示例长者食堂', roles: ['kitchen', 'courier'] })
  expect(places.find((one) => one.providerId === 'carehome')).toMatchObject({ roles: ['careWorker'] })
  expect((await admin().do('staff.list', { role: 'courier' })).people.map((one) => one.personId).sort()).toEqual(['courier', 'courier2', 'rivalCourier'])
})

test('found by full name or mobile number, with an account, in this subdistrict', async () => {
  await world.addPerson('silent', { name: '示例无号', phone: '19011112222' })
  await world.addPerson('spoken', { openid: 'o_spoken', name: '示例有号', phone: '19011112222' })
  expect((await admin().do('staff.find', { query: '19011112222' })).people.map((one) => one.personId)).toEqual(['spoken'])
  expect((await admin().do('staff.find', { query: '王敏' })).people).toMatchObject([{ personId: 'daughter', communityName: '太古城', roles: [] }])
  expect((await admin().do('staff.find', { query: '别处人' })).people).toEqual([])
  expect((await admin().do('staff.find', { query: '示例无号' })).people).toEqual([])
})

test('a role is given, used, and taken; both are in the audit', async () => {
  expect(await world.phone('o_daughter').codeOf('worker.today', {})).toBe('NOT_ALLOWED')
  const requestId = newRequestId()
  await admin().do('staff.grant', { personId: 'daughter', role: 'socialWorker', communityIds: ['huaguang'] }, requestId)
  await admin().do('staff.grant', { personId: 'daughter', role: 'socialWorker', communityIds: ['huaguang'] }, requestId)
  await admin().do('staff.grant', { personId: 'daughter', role: 'socialWorker', communityIds: ['taigu'] })
  await admin().do('staff.grant', { personId: 'daughter', role: 'courier', providerId: 'canteen' })
  expect(await rolesOf('daughter')).toEqual([['socialWorker', '华光城、太古城'], ['courier', '示例长者食堂']])
  expect(await world.phone('o_daughter').codeOf('worker.today', {})).toBe('OK')
  await admin().do('staff.revoke', { personId: 'daughter', role: 'socialWorker', communityIds: ['huaguang'] })
  expect(await rolesOf('daughter')).toEqual([['socialWorker', '太古城'], ['courier', '示例长者食堂']])
  await admin().do('staff.revoke', { personId: 'daughter', role: 'socialWorker' })
  await admin().do('staff.revoke', { personId: 'daughter', role: 'courier', providerId: 'canteen' })
  expect(await rolesOf('daughter')).toBeUndefined()
  expect(await admin().codeOf('staff.revoke', { personId: 'daughter', role: 'courier', providerId: 'canteen' })).toBe('WRONG_STATE')
  expect(await world.phone('o_daughter').codeOf('worker.today', {})).toBe('NOT_ALLOWED')
  const { items } = await admin().do('admin.audit', {})
  expect(items.map((item) => [item.what, item.aboutName, item.purpose])).toEqual([
    ['roleTaken', '王敏', 'courier'], ['roleTaken', '王敏', 'socialWorker'], ['roleTaken', '王敏', 'socialWorker'], ['roleGiven', '王敏', 'courier'], ['roleGiven', '王敏', 'socialWorker'], ['roleGiven', '王敏', 'socialWorker'],
  ])
})

test('refused without an account, unseen, to a place that is not here or does not fit; nothing is written', async () => {
  await world.addPerson('unseen', { openid: 'o_unseen', name: '示例未见', standing: 'unverified' })
  await world.emulator.insert('providers', [{ _id: 'far_provider', subdistrictId: 'elsewhere', name: '别处', phone: '1' }])
  const before = await world.everything()
  expect(await admin().codeOf('staff.grant', { personId: 'silent', role: 'admin' })).toBe('NO_MATCH')
  expect(await admin().codeOf('staff.grant', { personId: 'unseen', role: 'admin' })).toBe('UNVERIFIED')
  expect(await admin().codeOf('staff.grant', { personId: 'stranger', role: 'admin' })).toBe('NOT_FOUND')
  expect(await admin().codeOf('staff.grant', { personId: 'daughter', role: 'careWorker', providerId: 'canteen' })).toBe('NO_MATCH')
  expect(await admin().codeOf('staff.grant', { personId: 'daughter', role: 'courier', providerId: 'far_provider' })).toBe('NO_MATCH')
  expect(await admin().codeOf('staff.grant', { personId: 'daughter', role: 'merchant' })).toBe('BAD_INPUT')
  expect(await admin().codeOf('staff.grant', { personId: 'daughter', role: 'socialWorker' })).toBe('BAD_INPUT')
  expect(await admin().codeOf('staff.grant', { personId: 'daughter', role: 'socialWorker', communityIds: ['faraway'] })).toBe('BAD_INPUT')
  expect(await admin().codeOf('staff.grant', { personId: 'daughter', role: 'volunteer' as never })).toBe('BAD_INPUT')
  expect(await world.phone('o_social').codeOf('staff.grant', { personId: 'daughter', role: 'admin' })).toBe('NOT_ALLOWED')
  expect(await world.everything()).toEqual(before)
})

test('nobody takes their own role of an administrator; of two who take each other’s at once one stays', async () => {
  expect(await admin().codeOf('staff.revoke', { personId: 'admin', role: 'admin' })).toBe('OWN_CASE')
  const codes = await Promise.all([admin().codeOf('staff.revoke', { personId: 'admin2', role: 'admin' }), world.phone('o_admin2').codeOf('staff.revoke', { personId: 'admin', role: 'admin' })])
  expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
  const accounts = (await world.everything())['accounts'] as unknown as { _id: string; subdistrictId: string; grants: { role: string }[] }[]
  expect(accounts.filter((account) => account.subdistrictId === 'dongliu' && account.grants.some((grant) => grant.role === 'admin'))).toHaveLength(1)
})
