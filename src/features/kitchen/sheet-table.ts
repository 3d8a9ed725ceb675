/** The kitchen sheet as rows of a table file: counts, like the paper, and no names (law 9). */
import { clockTime } from '@/domain/civil-time'
import { adviceWords, allergenWords, sittingWords, wayWords } from '@/services/meal-words'
import type { Cell } from '@/services/table-file'
import type { Sheet } from './kitchen-words'

/** 备餐单 2026-11-24 午餐.csv */
export const fileNameOf = (sheet: Sheet): string => `备餐单 ${sheet.onDate} ${sittingWords(sheet.sitting)}.csv`

/** By dish, by diet and by site, each part under its own heading. */
export function rowsOf(sheet: Sheet): Cell[][] {
  return [
    ['备餐单', sheet.kitchenName, sheet.onDate, sittingWords(sheet.sitting), sheet.frozenAt === null ? '还没有定' : `${clockTime(sheet.frozenAt)} 定`],
    [], ['按菜', '份数', '定了以后增减'],
    ...sheet.dishes.map((row): Cell[] => [row.dishName, row.portions, row.changed]),
    [], ['按忌口', '不能吃', '要', '份数'],
    ...sheet.diets.map((row): Cell[] => [row.dishName, row.avoid.map(allergenWords).join(' '), row.advice.map(adviceWords).join(' '), row.portions]),
    [], ['按地方', '怎么取', '菜', '份数'],
    ...sheet.sites.map((row): Cell[] => [row.siteName, wayWords(row.way), row.dishName, row.portions]),
  ]
}
