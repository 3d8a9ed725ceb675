// Roles and relations: by which right somebody acts, and what everybody else is told.
import { authorise, hasRole, type Actor, type Allow, type RoleGrant } from '../../src/domain/role'
import { given, giving, person, refusalOf, TODAY } from './support'

const actor = (personId: string, ...grants: readonly RoleGrant[]): Actor => ({ accountId: `o_${personId}`, personId, name: personId, subdistrictId: 'dongliu', grants })
const elder = person('mother', giving(given('daughter', { scopes: ['book'] }), given('son', { endOn: '2026-11-22' }), given('former', { endedAt: 5 })))
const about = { subdistrictId: 'dongliu', communityId: 'huaguang', elder: { personId: 'mother', delegates: elder.delegates } }
const book: readonly Allow[] = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }]
const tell = (who: Actor, allow: readonly Allow[] = book, subject: Parameters<typeof authorise>[2] = about) => refusalOf(() => authorise(who, allow, subject, TODAY))

describe('who may act for an elder', () => {
  test('the elder, by their own right', () => expect(authorise(actor('mother'), book, about, TODAY)).toEqual({ role: 'resident', relation: 'self' }))
  test('family with the scope, and the scope is named', () => expect(authorise(actor('daughter'), book, about, TODAY)).toEqual({ role: 'resident', relation: 'delegate', scope: 'book' }))
  test('family without the scope hears that it is missing', () => expect(tell(actor('daughter'), [{ role: 'resident', relation: 'delegate', scope: 'spendPoints' }])).toBe('SCOPE_MISSING'))
  test('family whose right ended or ran out hears that', () => {
    expect(tell(actor('former'))).toBe('DELEGATION_ENDED')
    expect(tell(actor('son'))).toBe('DELEGATION_ENDED')
  })
  test('a neighbour hears what somebody hears who asks for what does not exist', () => expect(tell(actor('neighbour'))).toBe('NOT_FOUND'))
})

describe('a role has a place', () => {
  const here = actor('social', { role: 'socialWorker', communityIds: ['huaguang'] })
  const there = actor('other', { role: 'socialWorker', communityIds: ['taigu'] })
  test('a social worker acts in their own communities', () => {
    expect(tell(here)).toBe('OK')
    expect(tell(there)).toBe('NOT_FOUND')
  })
  test('the same community name in another subdistrict is another place', () => expect(tell(here, book, { ...about, subdistrictId: 'elsewhere' })).toBe('NOT_FOUND'))
  test('a social worker may be a daughter, too, and then acts as one', () => {
    const both = { ...here, personId: 'daughter' }
    expect(authorise(both, book, about, TODAY)).toMatchObject({ role: 'resident', relation: 'delegate' })
  })
  const take: readonly Allow[] = [{ role: 'careWorker', relation: 'assigned' }, { role: 'careWorker', relation: 'provider' }]
  const visit = (workerId: string | null) => ({ ...about, visit: { providerId: 'carehome', workerId } })
  const worker = (personId: string, providerId: string) => actor(personId, { role: 'careWorker', providerId })
  test('a visit that nobody has taken is seen by its provider’s workers alone', () => {
    expect(tell(worker('w1', 'carehome'), take, visit(null))).toBe('OK')
    expect(tell(worker('w1', 'otherhome'), take, visit(null))).toBe('NOT_FOUND')
  })
  test('a visit that was taken belongs to who took it', () => {
    expect(tell(worker('w1', 'carehome'), take, visit('w1'))).toBe('OK')
    expect(tell(worker('w2', 'carehome'), take, visit('w1'))).toBe('NOT_FOUND')
  })
  test('who left the provider has no visit any more', () => expect(tell(worker('w1', 'otherhome'), take, visit('w1'))).toBe('NOT_FOUND'))
  test('who never has the role is told so, before anything is looked at', () => {
    expect(tell(actor('neighbour'), take, visit(null))).toBe('NOT_ALLOWED')
    expect(hasRole(actor('neighbour'), 'admin')).toBe(false)
    expect(hasRole(actor('neighbour'), 'resident')).toBe(true)
  })
  test('an administrator’s right ends at the subdistrict', () => {
    const ours: readonly Allow[] = [{ role: 'admin', relation: 'subdistrict' }]
    const admin = actor('admin', { role: 'admin' })
    expect(tell(admin, ours, { subdistrictId: 'dongliu' })).toBe('OK')
    expect(tell(admin, ours, { subdistrictId: 'elsewhere' })).toBe('NOT_FOUND')
    expect(tell(admin, ours, {})).toBe('NOT_FOUND')
  })
})
