/** The menu in words: kinds of help, halves of a day, prices by the piece. */
import { PART_HOURS, type MenuPart, type MenuSort } from '../domain/menu'
import { minuteWords } from '../domain/civil-time'

export const sortNames: Readonly<Record<MenuSort, string>> = { shopping: '代买代购', medicine: '送药上门', repair: '小修小补', haircut: '上门理发', sharpening: '磨刀磨剪', checkup: '量血压血糖', company: '陪聊读报', other: '别的' }

const partNames: Readonly<Record<MenuPart, string>> = { morning: '上午', afternoon: '下午' }
/** 上午 08:30–11:30 */
export const partWords = (part: MenuPart): string => `${partNames[part]} ${minuteWords(PART_HOURS[part].fromMinute)}–${minuteWords(PART_HOURS[part].untilMinute)}`

/** 5 元一趟 */
export const unitPriceWords = (price: string, unit: string): string => (price === '不收费' ? price : `${price}${unit}`)
