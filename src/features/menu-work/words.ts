/** Organisations, their licences and what they write for the menu, in words and as choices. */
import type { OutputOf } from '@/contract'
import { menuParts, menuSorts } from '@/domain/menu'
import { licenceKinds, licenceNames, organisationSorts, type OrganisationSort } from '@/domain/organisation'
import { partWords, sortNames } from '@/services/menu-words'
import { beginsWords } from '@/services/timeline-words'

export const sortOptions = menuSorts.map((key) => ({ key, words: sortNames[key] }))
export const partOptions = menuParts.map((key) => ({ key, title: partWords(key) }))

export const organisationSortNames: Readonly<Record<OrganisationSort, string>> = { social: '社会组织', merchant: '商户', care: '服务机构' }
export const organisationSortOptions = organisationSorts.map((key) => ({ key, words: organisationSortNames[key] }))

export { licenceNames }
export const licenceOptions = licenceKinds.map((key) => ({ key, words: licenceNames[key] }))

/** 周一、周三; every day: 每天 */
export const weekdaysWords = (weekdays: readonly number[]): string =>
  weekdays.length === 7 ? '每天' : [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => `周${'日一二三四五六'[day] ?? ''}`).join('、')

type Hand = OutputOf<'menu.toHandOn'>['orders'][number]['state']
export const handStateWords: Readonly<Record<Hand, string>> = { asked: '等答复', lost: '没有机构接', unlicensed: '接了单，证照过期了' }
/** 12:10 前答复; once that is over it goes on by itself. */
export const answerWords = (answerBy: number, now: number): string => (answerBy <= now ? '没有答复' : `${beginsWords(answerBy, now)} 前答复`)

type WhyNot = NonNullable<OutputOf<'menu.takers'>['takers'][number]['whyNot']>
export const whyNotWords: Readonly<Record<WhyNot, string>> = {
  unlicensed: '证照过期，不能接单。', closed: '那天停约了。', late: '那天的截止了，来不及。', dearer: '比说好的价贵，要老人自己另点。', theirs: '老人那天在这家已经点了一次。', full: '那天接满了。',
}
