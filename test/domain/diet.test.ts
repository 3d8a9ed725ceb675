import fc from 'fast-check'
import { against, allergens, blockedBy, dietTags, ensureDeclared, ensureFit, hiddenIn, type Allergen, type Diet, type DietTag, type Food } from '../../src/domain/diet'
import { DomainError } from '../../src/domain/error'
import { refusalOf as codeOf } from './support'

const diet = (must: readonly Allergen[], advice: readonly DietTag[] = []): Diet => ({ allergens: must, advice, consentAt: 1, consentHow: 'elderTap' })
const food = (contains: readonly Allergen[], tags: readonly DietTag[] = []): Food => ({ allergens: contains, tags })
const anyAllergens = fc.subarray([...allergens])
const anyTags = fc.subarray([...dietTags])
const anyDiet = fc.record({ allergens: anyAllergens, advice: anyTags, consentAt: fc.nat(), consentHow: fc.constantFrom('elderTap' as const, 'counter' as const) })
const anyFood = fc.record({ allergens: anyAllergens, tags: anyTags })

describe('what a person must not eat blocks, what they were advised warns', () => {
  test.each<[string, Diet | null, Food, boolean, string]>([
    ['a dish without what is to be avoided is fine', diet(['peanut']), food(['soy']), false, 'OK'],
    ['one with it is blocked', diet(['peanut']), food(['peanut']), false, 'ALLERGEN'],
    ['and stays blocked when the person insists', diet(['peanut']), food(['peanut']), true, 'ALLERGEN'],
    ['a dish that is not what was advised warns', diet([], ['lowSalt']), food([]), false, 'DIET_ADVICE'],
    ['and may be taken by who has read the warning', diet([], ['lowSalt']), food([]), true, 'OK'],
    ['a dish that fits the advice needs no word', diet([], ['lowSalt']), food([], ['lowSalt', 'soft']), false, 'OK'],
    ['of two advices one is not enough', diet([], ['lowSalt', 'soft']), food([], ['soft']), false, 'DIET_ADVICE'],
    ['the allergen is named before the advice', diet(['egg'], ['lowSalt']), food(['egg']), false, 'ALLERGEN'],
    ['without a profile nothing is known and nothing is blocked', null, food([...allergens]), false, 'OK'],
  ])('%s', (_name, whose, what, knows, expected) => expect(codeOf(() => ensureFit(whose, what, knows))).toBe(expected))

  test('the refusal names what blocks, and nothing else of the profile', () => {
    try {
      ensureFit(diet(['peanut', 'egg', 'milk']), food(['egg', 'fish']), true)
      throw new Error('not refused')
    } catch (error) {
      expect(error instanceof DomainError && error.details).toEqual({ allergens: ['egg'] })
    }
  })

  test('no dish passes that shares an allergen with the person, whatever is said and whatever its tags', () => {
    fc.assert(fc.property(anyDiet, anyFood, fc.boolean(), (whose, what, knows) => {
      const shares = what.allergens.some((one) => whose.allergens.includes(one))
      const code = codeOf(() => ensureFit(whose, what, knows))
      expect(code === 'ALLERGEN').toBe(shares)
      if (knows && !shares) expect(code).toBe('OK')
      if (!knows && !shares) expect(code === 'OK').toBe(whose.advice.every((tag) => what.tags.includes(tag)))
    }))
  })

  test('more in the dish never makes it safer; more to avoid never lets more through', () => {
    fc.assert(fc.property(anyDiet, anyFood, anyAllergens, (whose, what, more) => {
      const blocked = blockedBy(whose, what)
      expect(blockedBy(whose, { ...what, allergens: [...new Set([...what.allergens, ...more])] })).toEqual(expect.arrayContaining([...blocked]))
      expect(blockedBy({ ...whose, allergens: [...new Set([...whose.allergens, ...more])] }, what)).toEqual(expect.arrayContaining([...blocked]))
      expect(blocked.every((one) => whose.allergens.includes(one) && what.allergens.includes(one))).toBe(true)
    }))
  })

  test('a tag takes advice away and never adds any', () => {
    fc.assert(fc.property(anyDiet, anyFood, fc.constantFrom(...dietTags), (whose, what, tag) => {
      expect(against(whose, { ...what, tags: [...what.tags, tag] })).toEqual(against(whose, what).filter((one) => one !== tag))
    }))
  })
})

describe('the words of a dish may not hide what they name', () => {
  test.each<[string, string, readonly Allergen[], readonly Allergen[]]>([
    ['清蒸鲈鱼 without fish declared', '清蒸鲈鱼', [], ['fish']],
    ['declared, it hides nothing', '清蒸鲈鱼', ['fish'], []],
    ['鱼香肉丝 only sounds like fish', '鱼香肉丝', [], []],
    ['but 鱼香 beside a real fish hides it', '鱼香肉丝 带鱼', [], ['fish']],
    ['鱼腥草 is a herb', '凉拌鱼腥草', [], []],
    ['宫保鸡丁 has peanuts in it', '宫保鸡丁', [], ['peanut']],
    ['a side counts like the dish', '清炒时蔬 番茄蛋汤', [], ['egg']],
    ['several at once, in the order of the list', '虾仁蛋炒面', ['soy'], ['egg', 'shellfish', 'gluten']],
    ['bean curd is soy', '麻婆豆腐', [], ['soy']],
    ['sesame paste', '麻酱凉面', ['gluten'], ['sesame']],
    ['a plain dish', '白切鸡 冬瓜汤 软米饭', [], []],
  ])('%s', (_name, words, declared, hidden) => {
    expect(hiddenIn(words, declared)).toEqual(hidden)
    expect(codeOf(() => ensureDeclared(words, declared))).toBe(hidden.length > 0 ? 'ALLERGEN_HIDDEN' : 'OK')
  })

  test('a renamed dish that still names what is in it never passes undeclared; declaring everything always does', () => {
    const naming: readonly (readonly [Allergen, string])[] = [['peanut', '花生'], ['nut', '核桃'], ['egg', '蛋'], ['milk', '牛奶'], ['fish', '鱼'], ['shellfish', '虾'], ['soy', '豆腐'], ['gluten', '面'], ['sesame', '芝麻']]
    const plain = fc.constantFrom('家常', '清炒', '鱼香', '鱼腥草', '面条菜', '白菜', ' ', '')
    fc.assert(fc.property(fc.constantFrom(...naming), plain, plain, anyAllergens, ([allergen, word], before, after, declared) => {
      const name = `${before} ${word} ${after}`
      expect(hiddenIn(name, declared).includes(allergen)).toBe(!declared.includes(allergen))
      expect(hiddenIn(name, allergens)).toEqual([])
      // What is hidden is exactly what is named, less what is declared.
      expect(hiddenIn(name, declared)).toEqual(hiddenIn(name, []).filter((one) => !declared.includes(one)))
    }))
  })
})
