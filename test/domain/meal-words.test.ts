/** What people read of meals: how a dish goes against the advice, why it cannot be had, and what became of an order. */
import type { BookingView, DishView, TimelineLine } from '../../src/contract'
import { instantOf } from '../../src/domain/civil-time'
import { dietTags, type DietTag } from '../../src/domain/diet'
import { shutWords } from '../../src/features/meals/menu'
import { againstWords, cautionWords } from '../../src/services/meal-words'
import { timelineLines } from '../../src/services/timeline-words'

describe('a dish that goes against the advice', () => {
  test.each<[readonly DietTag[], string]>([
    [['lowSalt'], '偏咸'], [['soft'], '偏硬'], [['diabetic'], '糖尿病人不宜'], [['halal'], '不是清真的'],
    [['lowSalt', 'diabetic'], '偏咸，糖尿病人不宜'], [['lowSalt', 'soft'], '偏咸又偏硬'], [['soft', 'diabetic'], '偏硬，糖尿病人不宜'], [['diabetic', 'halal'], '糖尿病人不宜，不是清真的'],
    [['lowSalt', 'halal'], '偏咸，不是清真的'], [['soft', 'halal'], '偏硬，不是清真的'], [['lowSalt', 'diabetic', 'soft'], '偏咸又偏硬，糖尿病人不宜'], [['halal', 'soft', 'diabetic', 'lowSalt'], '偏咸又偏硬，糖尿病人不宜，不是清真的'],
  ])('%j: %s', (tags, words) => {
    expect(againstWords(tags)).toBe(words)
    expect(cautionWords(tags)).toBe(`这道菜${words}。`)
  })

  test('every combination is a phrase of its own, whatever the order; nothing against it, nothing said', () => {
    const all = Array.from({ length: 2 ** dietTags.length }, (_, bits) => dietTags.filter((_tag, index) => (bits & (1 << index)) !== 0))
    expect(new Set(all.map(againstWords)).size).toBe(all.length)
    for (const tags of all) expect(againstWords([...tags].reverse())).toBe(againstWords(tags))
    expect(cautionWords([])).toBe('')
  })
})

describe('a dish that cannot be chosen', () => {
  const dish = (state: DishView['state'], remaining: number) => ({ state, remaining }) as DishView
  const never = () => false

  test('says why; after the cut-off, where the kitchen is asked, what is gone is full', () => {
    expect(shutWords(dish('past', 0), never)).toBe('截止了')
    expect(shutWords(dish('past', 0), never, true)).toBe('订满了')
    expect(shutWords(dish('closed', 0), never, true)).toBe('停订')
    expect(shutWords(dish('full', 0), never)).toBe('订满了')
    expect(shutWords(dish('past', 3), () => true, true)).toBeNull()
  })
})

describe('the cut-off on the timeline', () => {
  const until = instantOf('2026-11-23', 10 * 60)
  const line = (what: TimelineLine['what'], at: number): TimelineLine => ({ what, at, as: 'elder', byName: '王秀珍', byMe: true, kinship: null, proof: null, provedAt: null, words: null })
  const view = (timeline: TimelineLine[], status: BookingView['status'] = 'booked') => ({
    kind: 'meal', as: 'elder', status, elderName: '王秀珍', serviceName: '午餐', startsAt: instantOf('2026-11-23', 660), endsAt: instantOf('2026-11-23', 750), minutesServed: null, workerName: null, earned: null, timeline,
    meal: { way: 'delivery', siteName: null }, order: { orderUntil: until, courierName: null, proposal: null },
  }) as unknown as BookingView
  const stepAt = (shown: BookingView, now: number) => timelineLines(shown, now).map(({ mark, title }) => `${mark} ${title}`).map((words) => words.replace(/，.*/, ''))

  test('is to come before it, and done from its moment on, in its place', () => {
    const ordered = line('booked', until - 3_600_000)
    expect(stepAt(view([ordered]), until - 1).slice(0, 2)).toEqual(['done 您订了午餐', 'todo 订餐截止'])
    expect(stepAt(view([ordered]), until).slice(0, 2)).toEqual(['done 您订了午餐', 'done 订餐截止'])
    expect(stepAt(view([ordered, line('delivered', until + 5_000_000)], 'delivered'), until + 6_000_000)).toEqual(['done 您订了午餐', 'done 订餐截止', 'done 您说收到了'])
    expect(timelineLines(view([ordered]), until + 60_000)[1]?.when).toBe('今天 10:00')
  })

  test('is left out of what was cancelled before it', () => {
    expect(stepAt(view([line('booked', until - 7_200_000), line('cancelled', until - 3_600_000)], 'cancelled'), until + 60_000)).toEqual(['done 您订了午餐', 'done 您取消了'])
  })
})
