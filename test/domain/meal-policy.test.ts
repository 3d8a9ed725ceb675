import fc from 'fast-check'
import { hardships, MOST_PORTIONS, monthOf, policyOn, quote, usedIn, withSubsidy, ensurePolicy, type Eater, type MealPolicy, type SubsidyTally } from '../../src/domain/meal-policy'
import { refusalOf as codeOf } from './support'

const madeBy = { personId: 'admin', name: '孙洁', at: 1 }
const policy: MealPolicy = {
  version: 1, validFrom: '2026-01-01', bands: [{ fromAge: 60, subsidyFen: 200 }, { fromAge: 80, subsidyFen: 400 }], hardshipFen: { none: 0, lowIncome: 300, extreme: 600 }, monthlyCapFen: 3_000, leastPayFen: 300, madeBy,
}
const eater: Eater = { birthOn: '1942-05-01', standing: 'verified', hardship: 'none' }
const order = { portionFen: 1_500, portions: 1, onDate: '2026-11-24' }

describe('price, subsidy, and what you pay', () => {
  test.each<[string, MealPolicy | null, Partial<Eater>, Partial<typeof order>, number, number, readonly string[]]>([
    ['by the highest band of the age', policy, {}, {}, 0, 400, ['ageBand']],
    ['of a lower band below it', policy, { birthOn: '1955-05-01' }, {}, 0, 200, ['ageBand']],
    ['from the very birthday', policy, { birthOn: '1946-11-24' }, {}, 0, 400, ['ageBand']],
    ['and not the day before', policy, { birthOn: '1946-11-25' }, {}, 0, 200, ['ageBand']],
    ['nothing for the young', policy, { birthOn: '1990-01-01' }, {}, 0, 0, []],
    ['hardship on top', policy, { hardship: 'extreme' }, {}, 0, 1_000, ['ageBand', 'hardship']],
    ['the least that everybody pays stays', policy, { hardship: 'extreme' }, { portionFen: 1_200 }, 0, 900, ['ageBand', 'hardship']],
    ['a dish cheaper than that least is paid whole', policy, {}, { portionFen: 200 }, 0, 0, ['ageBand']],
    ['one portion of three is subsidised', policy, {}, { portions: 3 }, 0, 400, ['ageBand']],
    ['what the month has left, and why', policy, {}, {}, 2_900, 100, ['ageBand', 'capReached']],
    ['nothing once the month is used up', policy, {}, {}, 3_000, 0, ['ageBand', 'capReached']],
    ['nothing more when a new policy has a smaller cap than was used', policy, {}, {}, 9_000, 0, ['ageBand', 'capReached']],
    ['nothing for somebody whom nobody has seen', policy, { standing: 'unverified' }, {}, 0, 0, ['unverified']],
    ['nothing without a policy', null, {}, {}, 0, 0, ['noPolicy']],
  ])('%s', (_name, held, who, what, usedFen, subsidyFen, reasons) => {
    const priced = quote(held, { ...eater, ...who }, { ...order, ...what }, usedFen)
    expect(priced).toMatchObject({ subsidyFen, reasons, policyVersion: held?.version ?? null })
    expect(priced.payFen).toBe(priced.priceFen - subsidyFen)
  })
})

const anyPolicy: fc.Arbitrary<MealPolicy> = fc.record({
  version: fc.integer({ min: 1, max: 9 }), validFrom: fc.constantFrom('2026-01-01', '2026-11-01', '2026-11-24', '2026-12-01'),
  bands: fc.uniqueArray(fc.record({ fromAge: fc.integer({ min: 50, max: 120 }), subsidyFen: fc.integer({ min: 0, max: 5_000 }) }), { maxLength: 6, selector: (band) => band.fromAge }),
  hardshipFen: fc.record({ none: fc.constant(0), lowIncome: fc.integer({ min: 0, max: 5_000 }), extreme: fc.integer({ min: 0, max: 5_000 }) }),
  monthlyCapFen: fc.integer({ min: 0, max: 200_000 }), leastPayFen: fc.integer({ min: 0, max: 5_000 }), madeBy: fc.constant(madeBy),
})
const anyBirth = fc.tuple(fc.integer({ min: 1910, max: 1990 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
const anyEater: fc.Arbitrary<Eater> = fc.record({ birthOn: anyBirth, standing: fc.constantFrom('verified', 'verified', 'unverified'), hardship: fc.constantFrom(...hardships) })
const anyOrder = fc.record({ portionFen: fc.integer({ min: 100, max: 20_000 }), portions: fc.integer({ min: 1, max: MOST_PORTIONS }), onDate: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-24', '2026-11-30', '2026-12-01') })

describe('for every policy, person and order', () => {
  test('nobody is paid to eat, pay and subsidy make the price, and the least is paid', () => {
    fc.assert(fc.property(fc.option(anyPolicy), anyEater, anyOrder, fc.integer({ min: 0, max: 300_000 }), (held, who, what, usedFen) => {
      const { priceFen, subsidyFen, payFen, reasons } = quote(held, who, what, usedFen)
      expect(priceFen).toBe(what.portionFen * what.portions)
      expect(subsidyFen).toBeGreaterThanOrEqual(0)
      expect(payFen).toBe(priceFen - subsidyFen)
      // A subsidised portion costs its least at least; the others cost what they cost.
      if (subsidyFen > 0) expect(payFen).toBeGreaterThanOrEqual((held?.leastPayFen ?? 0) + what.portionFen * (what.portions - 1))
      if (held) expect(usedFen + subsidyFen).toBeLessThanOrEqual(Math.max(usedFen, held.monthlyCapFen))
      if (who.standing !== 'verified' || !held) expect(subsidyFen).toBe(0)
      if (subsidyFen > 0) expect(reasons.includes('ageBand') || reasons.includes('hardship')).toBe(true)
      expect(Number.isSafeInteger(subsidyFen) && Number.isSafeInteger(payFen)).toBe(true)
    }))
  })

  test('nobody gets less for being older, as long as the bands do not fall; nor for being poorer, nor more for having used more', () => {
    fc.assert(fc.property(anyPolicy, anyEater, anyOrder, anyBirth, fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 50_000 }), (held, who, what, otherBirth, usedFen, moreFen) => {
      const rising = { ...held, bands: [...held.bands].sort((a, b) => a.fromAge - b.fromAge).map((band, index, sorted) => ({ ...band, subsidyFen: Math.max(...sorted.slice(0, index + 1).map((one) => one.subsidyFen)) })) }
      const [older, younger] = who.birthOn < otherBirth ? [who.birthOn, otherBirth] : [otherBirth, who.birthOn]
      const get = (eats: Partial<Eater>, used = usedFen): number => quote(rising, { ...who, ...eats }, what, used).subsidyFen
      expect(get({ birthOn: older })).toBeGreaterThanOrEqual(get({ birthOn: younger }))
      expect(get({ hardship: 'lowIncome' })).toBeGreaterThanOrEqual(get({ hardship: 'none' }))
      expect(get({ hardship: 'extreme' }) >= get({ hardship: 'none' })).toBe(true)
      expect(get({}, usedFen + moreFen)).toBeLessThanOrEqual(get({}))
    }))
  })

  test('the same question has the same answer, and nothing that was given is changed', () => {
    fc.assert(fc.property(anyPolicy, anyEater, anyOrder, fc.nat(100_000), (held, who, what, usedFen) => {
      const before = JSON.stringify([held, who, what])
      expect(quote(held, who, what, usedFen)).toEqual(quote(held, who, what, usedFen))
      expect(JSON.stringify([held, who, what])).toBe(before)
    }))
  })
})

describe('the policy of the day', () => {
  const from = (version: number, validFrom: string): MealPolicy => ({ ...policy, version, validFrom })
  test.each<[string, readonly MealPolicy[], string, number | null]>([
    ['none before the first has begun', [from(1, '2026-11-01')], '2026-10-31', null],
    ['the first from its very day', [from(1, '2026-11-01')], '2026-11-01', 1],
    ['the old one until the day before the new one', [from(1, '2026-11-01'), from(2, '2026-12-01')], '2026-11-30', 1],
    ['the new one from its day', [from(1, '2026-11-01'), from(2, '2026-12-01')], '2026-12-01', 2],
    ['in whatever order they are kept', [from(2, '2026-12-01'), from(1, '2026-11-01')], '2026-12-05', 2],
    ['of two of one day the newer', [from(2, '2026-12-01'), from(3, '2026-12-01')], '2026-12-05', 3],
    ['an earlier beginning never wins by being newer', [from(2, '2026-12-01'), from(3, '2026-11-01')], '2026-12-05', 2],
  ])('%s', (_name, policies, onDate, version) => expect(policyOn(policies, onDate)?.version ?? null).toBe(version))

  test('it has begun, and none that has begun begins later', () => {
    fc.assert(fc.property(fc.array(anyPolicy, { maxLength: 6 }), fc.constantFrom('2025-12-31', '2026-01-01', '2026-11-23', '2026-11-24', '2027-01-01'), (policies, onDate) => {
      const held = policyOn(policies, onDate)
      const begun = policies.filter((one) => one.validFrom <= onDate)
      expect(held === null).toBe(begun.length === 0)
      expect(begun.every((one) => held !== null && one.validFrom <= held.validFrom)).toBe(true)
    }))
  })

  test('a policy begins tomorrow at the earliest: nobody’s order changes its price', () => {
    const { version: _version, madeBy: _madeBy, ...wish } = policy
    expect(codeOf(() => ensurePolicy({ ...wish, validFrom: '2026-11-24' }, '2026-11-23'))).toBe('OK')
    expect(codeOf(() => ensurePolicy({ ...wish, validFrom: '2026-11-23' }, '2026-11-23'))).toBe('BAD_INPUT')
    expect(codeOf(() => ensurePolicy({ ...wish, validFrom: '2026-11-24', bands: [{ fromAge: 60, subsidyFen: 1 }, { fromAge: 60, subsidyFen: 2 }] }, '2026-11-23'))).toBe('BAD_INPUT')
    expect(codeOf(() => ensurePolicy({ ...wish, validFrom: '2026-11-24', hardshipFen: { none: 1, lowIncome: 0, extreme: 0 } }, '2026-11-23'))).toBe('BAD_INPUT')
  })
})

describe('the month', () => {
  test('whatever is ordered, changed and given up in whatever order: no month goes over its cap', () => {
    const step = fc.record({ bookingId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), onDate: fc.constantFrom('2026-11-24', '2026-11-30', '2026-12-01', '2026-12-24'), what: fc.constantFrom('order', 'order', 'order', 'giveUp'), portionFen: fc.integer({ min: 100, max: 3_000 }) })
    fc.assert(fc.property(anyPolicy, anyEater, fc.array(step, { maxLength: 60 }), (held, who, steps) => {
      let tally: SubsidyTally = {}
      const orders = new Map<string, { month: string; fen: number }>()
      for (const { bookingId, onDate, what, portionFen } of steps) {
        const month = monthOf(onDate)
        const earlier = orders.get(bookingId)
        // A change stays in its sitting, so in its month.
        if (earlier && earlier.month !== month) continue
        const fen = what === 'giveUp' ? 0 : quote(held, who, { portionFen, portions: 1, onDate }, usedIn(tally, month, bookingId)).subsidyFen
        tally = withSubsidy(tally, month, bookingId, fen)
        orders.set(bookingId, { month, fen })
        for (const one of new Set([...orders.values()].map((kept) => kept.month))) {
          const sum = [...orders.values()].filter((kept) => kept.month === one).reduce((total, kept) => total + kept.fen, 0)
          expect(usedIn(tally, one)).toBe(sum)
          expect(sum).toBeLessThanOrEqual(held.monthlyCapFen)
        }
      }
    }))
  })

  test('an order is left out of its own sum, taken out with 0, and put in twice it counts once', () => {
    const tally = withSubsidy(withSubsidy({}, '2026-11', 'a', 400), '2026-11', 'b', 300)
    expect(usedIn(tally, '2026-11')).toBe(700)
    expect(usedIn(tally, '2026-11', 'a')).toBe(300)
    expect(withSubsidy(tally, '2026-11', 'a', 400)).toEqual(tally)
    expect(withSubsidy(withSubsidy(tally, '2026-11', 'a', 0), '2026-11', 'b', 0)).toEqual({})
    expect(usedIn(tally, '2026-12')).toBe(0)
  })

  test('months long gone are dropped, the newest stay', () => {
    const months = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12']
    const tally = months.reduce<SubsidyTally>((kept, month) => withSubsidy(kept, month, 'a', 100), {})
    expect(Object.keys(tally).sort()).toEqual(['2026-10', '2026-11', '2026-12'])
  })
})
