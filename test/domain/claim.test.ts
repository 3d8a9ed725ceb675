// Claiming 认领: who an account belongs to.
import { claim, CLAIM_CODE_LIFE, matchPhone, useCode, type ClaimCode } from '../../src/domain/claim'
import { confirmSeen, register, withCareNotes } from '../../src/domain/person'
import { NOW, person, refusalOf, TODAY } from './support'

const account = { _id: 'o_account', personId: null }
const code: ClaimCode = { _id: 'c', version: 1, subdistrictId: 'dongliu', personId: 'mother', issuedBy: 'social', issuedAt: NOW, expiresAt: NOW + CLAIM_CODE_LIFE, usedAt: null, madeBy: { key: 'k', hash: 'h' } }
const seen = { personId: 'social', name: '李静', at: NOW, identityCheck: 'idCardSeen' }

describe('an account says who it belongs to, once', () => {
  test('an unclaimed resident becomes the account’s own', () => expect(claim(account, person('mother')).accountId).toBe('o_account'))
  test('a resident who has an account is not claimed again, not even by that account', () => {
    expect(refusalOf(() => claim(account, person('mother', { accountId: 'o_other' })))).toBe('ALREADY_CLAIMED')
    expect(refusalOf(() => claim(account, person('mother', { accountId: 'o_account' })))).toBe('ALREADY_CLAIMED')
  })
  test('an account that belongs to somebody claims nobody else', () => expect(refusalOf(() => claim({ ...account, personId: 'daughter' }, person('mother')))).toBe('ALREADY_CLAIMED'))
  test('a record that was merged away or erased is nobody to claim', () => {
    expect(refusalOf(() => claim(account, person('mother', { standing: 'merged' })))).toBe('NO_MATCH')
    expect(refusalOf(() => claim(account, person('mother', { standing: 'erased' })))).toBe('NO_MATCH')
  })
})

describe('a code from the counter', () => {
  test('is used once', () => expect(refusalOf(() => useCode(useCode(code, NOW + 1), NOW + 2))).toBe('CLAIM_CODE_EXPIRED'))
  test('is good for a week, and not a moment longer', () => {
    expect(refusalOf(() => useCode(code, NOW + CLAIM_CODE_LIFE - 1))).toBe('OK')
    expect(refusalOf(() => useCode(code, NOW + CLAIM_CODE_LIFE))).toBe('CLAIM_CODE_EXPIRED')
  })
})

describe('a phone number that WeChat verified', () => {
  const mother = person('mother', { phone: '19000000001' })
  test('points to the one unclaimed resident who has it', () => expect(matchPhone([mother, person('father', { accountId: 'o_x' })], 'dongliu')).toBe(mother))
  test('points to nobody when two could be meant', () => expect(matchPhone([mother, person('father')], 'dongliu')).toBe('several'))
  test('points to nobody in another subdistrict, and to no record out of use', () => {
    expect(matchPhone([mother], 'elsewhere')).toBe('none')
    expect(matchPhone([{ ...mother, standing: 'merged' }, { ...mother, standing: 'erased' }], 'dongliu')).toBe('none')
    expect(matchPhone([], 'dongliu')).toBe('none')
  })
})

describe('registering', () => {
  const wish = { name: '林晓东', birthOn: '1955-07-19', communityId: 'huaguang', phone: null, address: null, livesAlone: false }
  const place = { subdistrictId: 'dongliu', today: TODAY }
  test('whoever types a name stays unverified; whom a social worker has seen is verified', () => {
    expect(register('p', wish, place, null, 'o_x', NOW).standing).toBe('unverified')
    expect(register('p', wish, place, seen, null, NOW).standing).toBe('verified')
  })
  test('nobody is born tomorrow or in the year 1800', () => {
    expect(refusalOf(() => register('p', { ...wish, birthOn: '2026-11-24' }, place, null, null, NOW))).toBe('BAD_INPUT')
    expect(refusalOf(() => register('p', { ...wish, birthOn: '1800-01-01' }, place, null, null, NOW))).toBe('BAD_INPUT')
    expect(refusalOf(() => register('p', { ...wish, birthOn: TODAY }, place, null, null, NOW))).toBe('OK')
  })
  test('being seen again keeps who saw them first', () => {
    const first = confirmSeen(person('p', { standing: 'unverified' }), seen)
    expect(first).toMatchObject({ standing: 'verified', seenBy: seen })
    expect(confirmSeen(first, { ...seen, name: '周岚' })).toBe(first)
  })
})

describe('law 9: care notes are health data', () => {
  const noted = withCareNotes(person('mother'), true, '听力不好', NOW)
  test('they are kept with their own consent', () => expect(noted).toMatchObject({ careNotes: '听力不好', careNotesConsentAt: NOW }))
  test('they are removed when the consent is withdrawn, whatever is sent along', () => expect(withCareNotes(noted, false, '听力不好', NOW + 1)).toMatchObject({ careNotes: null, careNotesConsentAt: null }))
  test('new words do not make the consent younger', () => expect(withCareNotes(noted, true, '腿脚不便', NOW + 5).careNotesConsentAt).toBe(NOW))
})
