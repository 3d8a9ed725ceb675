// Delegation 授权: a family member acts with what the elder gave, as long as it holds.
import fc from 'fast-check'
import { addDays } from '../../src/domain/civil-time'
import {
  alertedInOrder, decide, delegationScopes, delegationState, ensureMayAsk, give, grantedOf, LONGEST_DELEGATION_DAYS, matchElder, withCallOrder, withDelegation, withoutDelegation, withoutEntry, type Delegation, type DelegationRequest,
} from '../../src/domain/delegation'
import { given, giving, NOW, person, refusalOf, TODAY } from './support'

const elder = person('elder', { phone: '19000001234' })
const seenElder = { personId: 'elder', standing: 'verified' }
const wish = { ...given('daughter'), scopes: ['book', 'readCare'] as const }
const request: DelegationRequest = {
  _id: 'r', version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', fromPersonId: 'daughter', fromName: '王敏', kinship: '女儿', scopes: ['book', 'readCare'], endOn: '2027-06-01', elderName: '王秀珍',
  elderId: 'elder', status: 'waiting', at: NOW, decidedBy: null, decidedAt: null, madeBy: { key: 'k', hash: 'h' },
}
const by = { personId: 'elder', name: '王秀珍' }

describe('giving', () => {
  test('holds from now to its last civil day, that day included', () => {
    const right = give(wish, seenElder, 'verified', NOW, TODAY)
    expect(delegationState(right, '2027-06-01')).toBe('active')
    expect(delegationState(right, '2027-06-02')).toBe('expired')
  })
  test('needs two people whom a social worker has seen', () => {
    expect(refusalOf(() => give(wish, { ...seenElder, standing: 'unverified' }, 'verified', NOW, TODAY))).toBe('UNVERIFIED')
    expect(refusalOf(() => give(wish, seenElder, 'unverified', NOW, TODAY))).toBe('UNVERIFIED')
  })
  test('nobody is their own family', () => expect(refusalOf(() => give(given('elder'), seenElder, 'verified', NOW, TODAY))).toBe('SAME_PERSON'))
  test('needs a scope, and an end within a year', () => {
    expect(refusalOf(() => give({ ...wish, scopes: [] }, seenElder, 'verified', NOW, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => give({ ...wish, endOn: '2026-11-22' }, seenElder, 'verified', NOW, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => give({ ...wish, endOn: addDays(TODAY, LONGEST_DELEGATION_DAYS) }, seenElder, 'verified', NOW, TODAY))).toBe('OK')
    expect(refusalOf(() => give({ ...wish, endOn: addDays(TODAY, LONGEST_DELEGATION_DAYS + 1) }, seenElder, 'verified', NOW, TODAY))).toBe('BAD_INPUT')
  })
})

describe('asking', () => {
  test('the same scope twice, yesterday or in ten years is refused before anybody is asked', () => {
    expect(refusalOf(() => ensureMayAsk({ scopes: ['book', 'book'], endOn: '2027-01-01' }, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureMayAsk({ scopes: ['book'], endOn: '2026-11-22' }, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureMayAsk({ scopes: ['book'], endOn: '2036-11-22' }, TODAY))).toBe('BAD_INPUT')
  })
  test('one namesake is meant; of two, the one whose phone ends so', () => {
    const other = person('other', { phone: '19000009999' })
    expect(matchElder([elder], 'daughter', undefined)).toBe(elder)
    expect(matchElder([elder, other], 'daughter', undefined)).toBeNull()
    expect(matchElder([elder, other], 'daughter', '1234')).toBe(elder)
    expect(matchElder([elder], 'daughter', '0000')).toBeNull()
  })
  test('nobody is matched who is unverified, merged away, or oneself', () => {
    expect(matchElder([person('elder', { standing: 'unverified' })], 'daughter', undefined)).toBeNull()
    expect(matchElder([person('elder', { standing: 'merged' })], 'daughter', undefined)).toBeNull()
    expect(matchElder([person('daughter')], 'daughter', undefined)).toBeNull()
  })
  test('a request is answered once', () => {
    const approved = decide(request, 'approved', by, NOW)
    expect(approved).toMatchObject({ status: 'approved', decidedBy: by, decidedAt: NOW })
    expect(refusalOf(() => decide(approved, 'refused', by, NOW))).toBe('WRONG_STATE')
  })
})

describe('the elder may give less than was asked, never more', () => {
  test('fewer scopes and an earlier end', () => expect(grantedOf(request, { scopes: ['book'], endOn: '2027-01-01' })).toMatchObject({ scopes: ['book'], endOn: '2027-01-01' }))
  test('what was asked for, when nothing else is said', () => expect(grantedOf(request, {})).toMatchObject({ scopes: request.scopes, endOn: request.endOn, personId: 'daughter' }))
  test('a later end is refused', () => expect(refusalOf(() => grantedOf(request, { endOn: '2027-06-02' }))).toBe('BAD_INPUT'))
  test('whatever is chosen, nothing is given that was not asked for', () => {
    fc.assert(fc.property(fc.subarray([...delegationScopes]), fc.subarray([...delegationScopes], { minLength: 1 }), (asked, chosen) => {
      const outcome = refusalOf(() => grantedOf({ ...request, scopes: asked }, { scopes: chosen }))
      expect(outcome).toBe(chosen.every((scope) => asked.includes(scope)) ? 'OK' : 'BAD_INPUT')
    }))
  })
})

describe('ending', () => {
  const withTwo = person('elder', giving(given('daughter'), given('son')))
  test('takes one right at once and leaves the other', () => {
    const after = withoutDelegation(withTwo, 'daughter', 'elder', NOW)
    expect(delegationState(after.delegates['daughter'] ?? given('x'), TODAY)).toBe('ended')
    expect(delegationState(after.delegates['son'] ?? given('x', { endedAt: 1 }), TODAY)).toBe('active')
    expect(after.delegates['daughter']).toMatchObject({ endedBy: 'elder', endedAt: NOW })
  })
  test('what has ended is not ended again, what was never given is not there', () => {
    expect(refusalOf(() => withoutDelegation(withoutDelegation(withTwo, 'son', 'elder', NOW), 'son', 'elder', NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => withoutDelegation(withTwo, 'nobody', 'elder', NOW))).toBe('NOT_FOUND')
  })
  test('the index keeps pace with the map, whatever is given, ended or erased', () => {
    const act = fc.tuple(fc.constantFrom('give', 'end', 'erase'), fc.constantFrom('a', 'b', 'c'))
    fc.assert(fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      let current = person('elder')
      for (const [what, id] of acts) {
        if (what === 'give') current = withDelegation(current, given(id))
        else if (what === 'erase') current = withoutEntry(current, id)
        else if (refusalOf(() => withoutDelegation(current, id, 'elder', NOW)) === 'OK') current = withoutDelegation(current, id, 'elder', NOW)
        expect([...current.delegateIds].sort()).toEqual(Object.keys(current.delegates).sort())
      }
    }))
  })
})

describe('who is called first', () => {
  const family = (personId: string, more: Partial<Delegation> = {}): Delegation => ({ personId, name: personId, kinship: '儿子', scopes: ['alerts'], endOn: '2027-01-01', givenAt: 1, givenBy: { personId: 'elder', name: '', how: 'elderTap' }, endedAt: null, endedBy: null, ...more })
  const elder = { delegates: { a: family('a'), b: family('b'), c: family('c'), books: family('books', { scopes: ['book'] }), gone: family('gone', { endedAt: 2 }) }, delegateIds: ['a', 'b', 'c', 'books', 'gone'] }
  const order = (of: Parameters<typeof alertedInOrder>[0]) => alertedInOrder(of, '2026-11-23').map((one) => one.personId)
  test('as they came, until the elder says who; the others follow', () => {
    expect(order(elder)).toEqual(['a', 'b', 'c'])
    expect(order(withCallOrder(elder, ['c'], '2026-11-23'))).toEqual(['c', 'a', 'b'])
  })
  test('only who is to be alerted, and nobody twice', () => {
    for (const personId of ['books', 'gone', 'stranger']) expect(refusalOf(() => withCallOrder(elder, [personId], '2026-11-23'))).toBe('NO_MATCH')
    expect(refusalOf(() => withCallOrder(elder, ['a', 'a'], '2026-11-23'))).toBe('BAD_INPUT')
  })
  test('whose right ended is not called, whatever the order says, and who is erased stands in none', () => {
    expect(order({ ...elder, callOrder: ['gone', 'b'] })).toEqual(['b', 'a', 'c'])
    expect(withoutEntry({ ...elder, callOrder: ['c', 'a'] }, 'c').callOrder).toEqual(['a'])
  })
})
