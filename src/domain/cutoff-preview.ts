/**
 * What another cut-off 订餐截止 would have changed: from which menu day it would hold, what is published keeping its own, and
 * how many orders of a month were made after it.
 */
import { addDays } from './civil-time'
import { timesOf, type KitchenSheet, type SittingHours } from './kitchen'
import { MENU_DAYS_AHEAD } from './kitchen-menu'
import { sittings, type Sitting } from './meal'

/** An order as far as a cut-off is concerned with it. */
export interface OrderMade {
  readonly sitting: Sitting
  readonly onDate: string
  readonly madeAt: number
}

export interface CutoffPreview {
  readonly sitting: Sitting
  /** the first day without a menu on which the new cut-off is still ahead; null: everything that can be published is */
  readonly holdsFrom: string | null
  /** days that are published and to come: their cut-off stays */
  readonly publishedDays: number
  readonly orders: number
  /** of those, made after the new cut-off of their day */
  readonly tooLate: number
}

/**
 * @param sheets of the days from `today` on
 * @param closedDays civil date → why nothing takes place
 */
export function cutoffPreview(
  hours: Readonly<Record<Sitting, SittingHours | null>>, sheets: readonly Pick<KitchenSheet, 'onDate' | 'sitting' | 'startsAt'>[], orders: readonly OrderMade[], closedDays: Readonly<Record<string, string>>, today: string, now: number,
): CutoffPreview[] {
  const days = Array.from({ length: MENU_DAYS_AHEAD + 1 }, (_, index) => addDays(today, index))
  return sittings.flatMap((sitting) => {
    const its = hours[sitting]
    if (its === null) return []
    const published = sheets.filter((sheet) => sheet.sitting === sitting)
    const isFree = (onDate: string): boolean => closedDays[onDate] === undefined && timesOf(its, onDate).orderUntil > now && !published.some((sheet) => sheet.onDate === onDate)
    const mine = orders.filter((order) => order.sitting === sitting)
    return [{
      sitting, holdsFrom: days.find(isFree) ?? null, publishedDays: published.filter((sheet) => sheet.startsAt > now).length,
      orders: mine.length, tooLate: mine.filter((order) => order.madeAt >= timesOf(its, order.onDate).orderUntil).length,
    }]
  })
}
