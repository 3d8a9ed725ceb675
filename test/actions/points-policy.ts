/** The policy of points that the worlds of the tests have. Rates are 示例. */
import type { PointsPolicy } from '../../src/domain/points-policy'

const signed = (personId: string, name: string) => ({ personId, name, at: 1 })

/** A volunteer's hour is worth 20, a bath to its worker 30 an hour, every other visit 10; 60 a day and 300 a month. */
export const pointsPolicy: PointsPolicy = {
  version: 1, validFrom: '2026-01-01',
  rates: [
    { source: 'shift', earner: 'volunteer', serviceItemId: null, per: 'hour', points: 20 }, { source: 'shift', earner: 'group', serviceItemId: null, per: 'hour', points: 10 },
    { source: 'desk', earner: 'volunteer', serviceItemId: null, per: 'hour', points: 10 }, { source: 'activity', earner: 'volunteer', serviceItemId: null, per: 'time', points: 5 },
    { source: 'visit', earner: 'staff', serviceItemId: 'bathing', per: 'hour', points: 30 }, { source: 'visit', earner: 'staff', serviceItemId: null, per: 'hour', points: 10 },
    { source: 'project', earner: 'group', serviceItemId: null, per: 'stated', points: 500 }, { source: 'project', earner: 'volunteer', serviceItemId: null, per: 'stated', points: 100 },
  ],
  caps: { volunteer: { day: 60, month: 300 }, staff: { day: 60, month: 300 }, group: { day: 500, month: 2000 } },
  leastMinutes: 15, mostMinutes: 240, giftMonthLimit: 200, byHandLimit: 50, collectDays: 14, expireAfterMonths: null, announceDays: 30, balanceCap: null,
  proposedBy: signed('admin', '孙洁'), decidedBy: signed('admin2', '何芳'),
}

/** The terms alone, as a screen sends them, beginning on a day. */
export function termsFrom(validFrom: string, changes: Partial<PointsPolicy> = {}) {
  const { version: _v, proposedBy: _p, decidedBy: _d, rates, caps, ...terms } = { ...pointsPolicy, ...changes, validFrom }
  return { ...terms, rates: rates.map((rate) => ({ ...rate })), caps: { volunteer: { ...caps.volunteer }, staff: { ...caps.staff }, group: { ...caps.group } } }
}
