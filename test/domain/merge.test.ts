// Two records become one 合并; an erased one 注销 leaves no name behind.
import fc from 'fast-check'
import { erase, merge, NOBODY, renamed, withOneDelegation } from '../../src/domain/merge'
import { given, giving, NOW, person, refusalOf, TODAY } from './support'

const DAY = 86_400_000
const bookedAt = (from: number, freedAt: number | null = null) => ({ bookingId: 'b', from, to: from + 3_600_000, at: 1, freedAt })

describe('merging: nothing of either record is lost', () => {
  const keep = person('keep', { phone: '19000000001', kinIds: ['son', 'drop'], ...giving(given('daughter', { endOn: '2026-11-20' })) })
  const drop = person('drop', {
    address: '华光城 12 幢 302', livesAlone: true, standing: 'unverified', accountId: 'o_mother', careNotes: '听力不好', careNotesConsentAt: 3, kinIds: ['son', 'cousin'],
    ...giving(given('daughter'), given('niece')), doorCard: { code: '12345678', issuedAt: 1, issuedBy: 's' }, busy: [bookedAt(NOW - 30 * DAY)], registeredAt: 0,
    requests: { k: { hash: 'h', at: 1, answer: 1 } },
  })
  const merged = merge(keep, drop, NOW, TODAY)

  test('what one lacks comes from the other', () => {
    expect(merged.keep).toMatchObject({ phone: '19000000001', address: '华光城 12 幢 302', livesAlone: true, standing: 'verified', accountId: 'o_mother', careNotes: '听力不好', careNotesConsentAt: 3, registeredAt: 0 })
    expect(merged.keep.doorCard?.code).toBe('12345678')
    expect([...merged.keep.kinIds].sort()).toEqual(['cousin', 'son'])
  })
  test('of two delegations of one family member, the one that holds stays', () => {
    expect([...merged.keep.delegateIds].sort()).toEqual(['daughter', 'niece'])
    expect(merged.keep.delegates['daughter']?.endOn).toBe('2027-06-01')
  })
  test('where the person was booked, and which requests were carried out, is remembered', () => {
    expect(merged.keep.busy).toEqual(drop.busy)
    expect(merged.keep.requests).toEqual(drop.requests)
  })
  test('the dropped record points to the kept one and holds nothing personal', () => {
    expect(merged.drop).toMatchObject({ standing: 'merged', mergedInto: 'keep', accountId: null, phone: null, address: null, careNotes: null, delegates: {}, busy: [], doorCard: null, unsettledAt: NOW })
  })
  test('nobody becomes their own family', () => {
    const both = merge(person('keep', giving(given('drop'))), person('drop', giving(given('keep'))), NOW, TODAY)
    expect(both.keep.delegates).toEqual({})
  })
})

describe('merging is refused', () => {
  const code = (keep = person('keep'), drop = person('drop')) => refusalOf(() => merge(keep, drop, NOW, TODAY))
  test('for one and the same record', () => expect(code(person('a'), person('a'))).toBe('SAME_PERSON'))
  test('when each belongs to an account of its own', () => expect(code(person('keep', { accountId: 'o_a' }), person('drop', { accountId: 'o_b' }))).toBe('MERGE_CONFLICT'))
  test('for a record out of use, or of another subdistrict', () => {
    expect(code(person('keep', { standing: 'merged' }))).toBe('NOT_FOUND')
    expect(code(person('keep'), person('drop', { standing: 'erased' }))).toBe('NOT_FOUND')
    expect(code(person('keep'), person('drop', { subdistrictId: 'elsewhere' }))).toBe('NOT_FOUND')
  })
  test('while the dropped one has a booking to come; not for one that is over or was given up', () => {
    expect(code(person('keep'), person('drop', { busy: [bookedAt(NOW + DAY)] }))).toBe('LIVE_BOOKINGS')
    expect(code(person('keep'), person('drop', { busy: [bookedAt(NOW + DAY, NOW)] }))).toBe('OK')
    expect(code(person('keep'), person('drop', { busy: [bookedAt(NOW - DAY)] }))).toBe('OK')
  })
})

describe('law 9: erasing', () => {
  const mother = person('mother', { name: '王秀珍', phone: '19000000001', address: '华光城', careNotes: '听力不好', careNotesConsentAt: 1, accountId: 'o_mother', kinIds: ['daughter'], ...giving(given('daughter')) })
  test('needs the right name, typed', () => expect(refusalOf(() => erase(mother, 'x1', '王秀', NOW))).toBe('BAD_INPUT'))
  test('waits while a booking is to come', () => expect(refusalOf(() => erase({ ...mother, busy: [bookedAt(NOW + DAY)] }, 'x1', '王秀珍', NOW))).toBe('LIVE_BOOKINGS'))
  test('leaves nothing personal, neither in the record nor in the nobody who takes its place', () => {
    const { gone, nobody } = erase(mother, 'x1', '王秀珍', NOW)
    for (const record of [gone, nobody]) {
      expect(record).toMatchObject({ name: NOBODY, phone: null, address: null, careNotes: null, accountId: null, standing: 'erased', delegates: {}, kinIds: [] })
      expect(JSON.stringify(record)).not.toMatch(/王秀珍|1900000|华光城|1942|daughter/)
    }
    expect(gone).toMatchObject({ mergedInto: 'x1', unsettledAt: NOW })
    expect(nobody).toMatchObject({ _id: 'x1', mergedInto: null })
    expect(JSON.stringify(nobody)).not.toContain('mother')
  })
})

describe('one name in place of another', () => {
  const to = { id: 'x1', name: NOBODY }
  test('wherever a document names the person: fields, lists, maps, however deep', () => {
    const booking = {
      _id: 'mother', elderId: 'mother', elderName: '王秀珍', worker: { personId: 'w', name: '陈霞', kinIds: ['mother'] }, holders: { mother: { bookingId: 'b' } },
      timeline: [{ by: { personId: 'mother', name: '王秀珍' } }, { by: { personId: 'w', name: '陈霞' } }], madeBy: { key: 'mother' },
    }
    expect(renamed(booking, 'mother', to)).toEqual({
      _id: 'mother', elderId: 'x1', elderName: NOBODY, worker: { personId: 'w', name: '陈霞', kinIds: ['x1'] }, holders: { x1: { bookingId: 'b' } },
      timeline: [{ by: { personId: 'x1', name: NOBODY } }, { by: { personId: 'w', name: '陈霞' } }], madeBy: { key: 'mother' },
    })
  })
  test('names beside ids of every kind are told', () => {
    expect(renamed({ aboutId: 'mother', aboutName: '王秀珍', personId: 'mother', personName: '王秀珍', fromPersonId: 'mother', fromName: '王秀珍' }, 'mother', to))
      .toEqual({ aboutId: 'x1', aboutName: NOBODY, personId: 'x1', personName: NOBODY, fromPersonId: 'x1', fromName: NOBODY })
  })
  test('what does not name the person stays the very same', () => {
    // A field of that name cannot be stored: the database refuses it.
    const stored = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"__proto__"'))
    fc.assert(fc.property(stored, (value) => expect(renamed(value, 'an id that nothing has', to)).toBe(value)))
  })
  test('twice is once, and afterwards nothing names the person', () => {
    const someId = fc.constantFrom('mother', 'daughter', 'worker')
    const document = fc.object({ values: [someId, fc.integer(), fc.constant(null)], key: fc.constantFrom('elderId', 'elderName', 'personId', 'name', 'by', 'mother', 'kinIds'), maxDepth: 4 })
    fc.assert(fc.property(document, (value) => {
      const once = renamed(value, 'mother', to)
      expect(renamed(once, 'mother', to)).toEqual(once)
      expect(JSON.stringify(once)).not.toContain('"mother"')
    }))
  })
})

test('an elder who gave both records a right gave it to one person', () => {
  const elder = person('elder', giving(given('drop', { scopes: ['book', 'alerts'] }), given('keep', { endedAt: 4 }), given('son')))
  const after = withOneDelegation(elder, 'drop', 'keep', TODAY)
  expect([...after.delegateIds].sort()).toEqual(['keep', 'son'])
  expect(after.delegates['keep']).toMatchObject({ personId: 'keep', scopes: ['book', 'alerts'], endedAt: null })
  expect(withOneDelegation(after, 'drop', 'keep', TODAY)).toBe(after)
})
