/** Organisations, their licences and what they write for the menu, in words and as choices. */
import { menuParts, menuSorts } from '@/domain/menu'
import { licenceKinds, licenceNames, organisationSorts, type OrganisationSort } from '@/domain/organisation'
import { partWords, sortNames } from '@/services/menu-words'

export const sortOptions = menuSorts.map((key) => ({ key, words: sortNames[key] }))
export const partOptions = menuParts.map((key) => ({ key, title: partWords(key) }))

export const organisationSortNames: Readonly<Record<OrganisationSort, string>> = { social: '社会组织', merchant: '商户', care: '服务机构' }
export const organisationSortOptions = organisationSorts.map((key) => ({ key, words: organisationSortNames[key] }))

export { licenceNames }
export const licenceOptions = licenceKinds.map((key) => ({ key, words: licenceNames[key] }))

/** 周一、周三; every day: 每天 */
export const weekdaysWords = (weekdays: readonly number[]): string =>
  weekdays.length === 7 ? '每天' : [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => `周${'日一二三四五六'[day] ?? ''}`).join('、')
