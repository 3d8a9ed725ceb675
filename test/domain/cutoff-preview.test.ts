/** What another cut-off would have changed, as sentences. */
import { instantOf } from '../../src/domain/civil-time'
import { cutoffPreview, type OrderMade } from '../../src/domain/cutoff-preview'
import type { SittingHours } from '../../src/domain/kitchen'

const today = '2026-11-23'
const now = instantOf(today, 9 * 60)
/** Lunch at 11:00, ordered until eight of its own day. */
const hours: SittingHours = { fromMinute: 660, untilMinute: 750, cutoffMinute: 480, cutoffDaysBefore: 0 }
const lunchOnly = { lunch: hours, dinner: null }
const sheet = (onDate: string, sitting: 'lunch' | 'dinner' = 'lunch') => ({ onDate, sitting, startsAt: instantOf(onDate, 660) })
const made = (onDate: string, minute: number, madeOn = onDate): OrderMade => ({ sitting: 'lunch', onDate, madeAt: instantOf(madeOn, minute) })
const preview = (sheets: ReturnType<typeof sheet>[] = [], orders: OrderMade[] = [], closedDays: Record<string, string> = {}) => cutoffPreview(lunchOnly, sheets, orders, closedDays, today, now)[0]

describe('a changed cut-off holds', () => {
  test('from the first day whose menu is not published, and whose new cut-off is still ahead', () => {
    expect(preview()?.holdsFrom).toBe('2026-11-24')
    expect(preview([sheet('2026-11-24'), sheet('2026-11-25')])?.holdsFrom).toBe('2026-11-26')
    expect(cutoffPreview({ lunch: { ...hours, cutoffMinute: 600 }, dinner: null }, [], [], {}, today, now)[0]?.holdsFrom).toBe(today)
  })
  test('not from a day on which the kitchen rests, and a gap in the menus counts as free', () => {
    expect(preview([sheet('2026-11-25')], [], { '2026-11-24': '休息' })?.holdsFrom).toBe('2026-11-26')
    expect(preview([sheet('2026-11-24'), sheet('2026-11-26')])?.holdsFrom).toBe('2026-11-25')
  })
  test('for no day while all four weeks are published; what is published and to come keeps its own', () => {
    const all = Array.from({ length: 29 }, (_, day) => sheet(day < 8 ? `2026-11-${23 + day}` : `2026-12-${String(day - 7).padStart(2, '0')}`))
    expect(preview(all)).toMatchObject({ holdsFrom: null, publishedDays: 29 })
    expect(preview([{ ...sheet(today), startsAt: now - 1 }, sheet('2026-11-24'), sheet('2026-11-24', 'dinner')])?.publishedDays).toBe(1)
  })
})

describe('last month, by the new cut-off', () => {
  test('an order of the second before counts, one of the very moment is too late, whatever its day', () => {
    const orders = [made('2026-10-12', 480), { ...made('2026-10-12', 480), madeAt: instantOf('2026-10-12', 480) - 1 }, made('2026-10-13', 540), made('2026-10-14', 1200, '2026-10-13')]
    expect(preview([], orders)).toMatchObject({ orders: 4, tooLate: 2 })
  })
  test('each sitting for itself; one that is not served is not looked at', () => {
    const dinner: OrderMade = { sitting: 'dinner', onDate: '2026-10-12', madeAt: instantOf('2026-10-12', 900) }
    expect(cutoffPreview({ lunch: hours, dinner: { ...hours, fromMinute: 1020, untilMinute: 1080, cutoffMinute: 840 } }, [], [dinner], {}, today, now)).toMatchObject([{ sitting: 'lunch', orders: 0 }, { sitting: 'dinner', orders: 1, tooLate: 1 }])
    expect(cutoffPreview(lunchOnly, [], [dinner], {}, today, now)).toHaveLength(1)
  })
})
