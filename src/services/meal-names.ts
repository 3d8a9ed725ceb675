/** What the parts of a meal are called on every screen: sittings, ways, what is in a dish, what it is fit for. */
import type { Allergen, DietTag } from '../domain/diet'
import type { MealWay, Sitting } from '../domain/meal'

export const sittingNames: Readonly<Record<Sitting, string>> = { lunch: '午餐', dinner: '晚餐' }
export const wayNames: Readonly<Record<MealWay, string>> = { dineIn: '堂食', pickUp: '自取', delivery: '送到家' }
export const allergenNames: Readonly<Record<Allergen, string>> = {
  peanut: '花生', nut: '坚果', egg: '蛋', milk: '奶', fish: '鱼', shellfish: '虾蟹贝', soy: '豆制品', gluten: '面食', sesame: '芝麻',
}
export const dietNames: Readonly<Record<DietTag, string>> = { lowSalt: '低盐', diabetic: '糖尿病', soft: '软食', halal: '清真' }

/** 花生、芝麻 */
export const allergenWords = (given: readonly Allergen[]): string => given.map((one) => allergenNames[one]).join('、')
/** 低盐、软食 */
export const dietWords = (given: readonly DietTag[]): string => given.map((one) => dietNames[one]).join('、')
/** 不能吃花生、芝麻; nothing for nobody's. */
export const avoidWords = (given: readonly Allergen[]): string => (given.length === 0 ? '' : `不能吃${allergenWords(given)}`)
