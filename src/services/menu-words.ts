/** The menu service in words: kinds of help, halves of a day, organisations and their licences. */
import { licenceNames } from '../domain/licence-message'
import { menuParts, menuSorts, PART_HOURS, type MenuPart, type MenuSort } from '../domain/menu'
import { minuteWords } from '../domain/civil-time'
import { licenceKinds, organisationSorts, type OrganisationSort } from '../domain/organisation'

export const sortNames: Readonly<Record<MenuSort, string>> = { shopping: '代买代购', medicine: '送药上门', repair: '小修小补', haircut: '上门理发', sharpening: '磨刀磨剪', checkup: '量血压血糖', company: '陪聊读报', other: '别的' }
export const sortOptions = menuSorts.map((key) => ({ key, words: sortNames[key] }))

const partNames: Readonly<Record<MenuPart, string>> = { morning: '上午', afternoon: '下午' }
/** 上午 08:30–11:30 */
export const partWords = (part: MenuPart): string => `${partNames[part]} ${minuteWords(PART_HOURS[part].fromMinute)}–${minuteWords(PART_HOURS[part].untilMinute)}`
export const partOptions = menuParts.map((key) => ({ key, title: partWords(key) }))

export const organisationSortNames: Readonly<Record<OrganisationSort, string>> = { social: '社会组织', merchant: '商户', care: '服务机构' }
export const organisationSortOptions = organisationSorts.map((key) => ({ key, words: organisationSortNames[key] }))

export { licenceNames }
export const licenceOptions = licenceKinds.map((key) => ({ key, words: licenceNames[key] }))

/** 周一、周三; every day: 每天 */
export const weekdaysWords = (weekdays: readonly number[]): string =>
  weekdays.length === 7 ? '每天' : [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => `周${'日一二三四五六'[day] ?? ''}`).join('、')

/** 5 元一趟 */
export const unitPriceWords = (price: string, unit: string): string => (price === '不收费' ? price : `${price}${unit}`)
