/**
 * Diet 饮食: what a person must not eat blocks a dish, what they were advised to eat warns (domain.md, "meal"). Kept
 * only with the person's own consent (law 9). A dish declares what is in it; its words may not hide what they name.
 */
import { DomainError } from './error'

export const allergens = ['peanut', 'nut', 'egg', 'milk', 'fish', 'shellfish', 'soy', 'gluten', 'sesame'] as const
/** What a kitchen must declare. */
export type Allergen = (typeof allergens)[number]

export const dietTags = ['lowSalt', 'diabetic', 'soft', 'halal'] as const
/** What a dish is fit for, and what a person was advised: 低盐, 糖尿病, 软食, 清真. */
export type DietTag = (typeof dietTags)[number]

/** A person's own profile of diet, with the consent that allows it to be kept. */
export interface Diet {
  readonly allergens: readonly Allergen[]
  readonly advice: readonly DietTag[]
  readonly consentAt: number
  /** the elder's own tap, or said to a social worker */
  readonly consentHow: 'elderTap' | 'counter'
}

/** What a dish is made of, as far as it matters here. */
export interface Food {
  readonly allergens: readonly Allergen[]
  readonly tags: readonly DietTag[]
}

/** What in this dish the person must not eat. */
export const blockedBy = (diet: Diet | null, food: Food): readonly Allergen[] => (diet === null ? [] : food.allergens.filter((allergen) => diet.allergens.includes(allergen)))

/** What the person was advised and this dish is not. */
export const against = (diet: Diet | null, food: Food): readonly DietTag[] => (diet === null ? [] : diet.advice.filter((tag) => !food.tags.includes(tag)))

/** @throws ALLERGEN {allergens}, always; DIET_ADVICE {advice} unless the person knows */
export function ensureFit(diet: Diet | null, food: Food, knowsAdvice: boolean): void {
  const blocked = blockedBy(diet, food)
  if (blocked.length > 0) throw new DomainError('ALLERGEN', { allergens: blocked })
  const advice = against(diet, food)
  if (advice.length > 0 && !knowsAdvice) throw new DomainError('DIET_ADVICE', { advice })
}

/** Words in a dish's name or sides that name an allergen. 示例 list, to be kept by a dietitian. */
const NAMES: Readonly<Record<Allergen, RegExp>> = {
  peanut: /花生|宫保/u,
  nut: /核桃|腰果|杏仁|松仁|榛子|开心果/u,
  egg: /蛋/u,
  milk: /牛奶|奶油|芝士|奶酪|酸奶/u,
  fish: /鱼|鲈|鲳|鳕|带鱼/u,
  shellfish: /虾|蟹|蛤|贝|蛏|牡蛎|海鲜/u,
  soy: /豆腐|豆干|香干|豆浆|毛豆|黄豆|素鸡|腐竹/u,
  gluten: /面|馄饨|饺|馒头|包子|饼|麸|花卷/u,
  sesame: /芝麻|麻酱|麻油/u,
}
/** Names that only sound like it: 鱼香肉丝 has no fish. */
const ONLY_SOUND = /鱼香|鱼腥草|面条菜/gu

/** Allergens that the words of a dish name and its declaration leaves out. */
export function hiddenIn(words: string, declared: readonly Allergen[]): readonly Allergen[] {
  const plain = words.replace(ONLY_SOUND, '')
  return allergens.filter((allergen) => NAMES[allergen].test(plain) && !declared.includes(allergen))
}

/** @throws ALLERGEN_HIDDEN {allergens} */
export function ensureDeclared(words: string, declared: readonly Allergen[]): void {
  const hidden = hiddenIn(words, declared)
  if (hidden.length > 0) throw new DomainError('ALLERGEN_HIDDEN', { allergens: hidden })
}
