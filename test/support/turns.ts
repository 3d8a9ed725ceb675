/**
 * Long runs that take turns in `npm test`, which has eight minutes: of each family some run on one day and others on the
 * next, drawn by a seed that is printed. TURN draws another day's; `npm run test:long` runs all of them.
 */
import { DAY, HOUR } from '../../src/domain/civil-time'
import { inAnyOrder } from './random'

/** Files whose long runs are alike, and how many of them run on one day at most. */
interface Family {
  readonly what: string
  readonly take: number
  readonly isOne: (file: string) => boolean
}

const named = (...names: readonly string[]) => (file: string): boolean => names.some((name) => file.endsWith(`/${name}.test.ts`))
/** What looks at every page, in turns of its own. */
const everyPage = named('accessibility', 'weapp-screens')
/** The first path, in the browser and in WeChat, and what is quick: these run every day. */
const everyDay = named('path', 'weapp-path', 'weapp-size', 'phones-apart')

const families: readonly Family[] = [
  { what: 'every page', take: 1, isOne: everyPage },
  { what: 'journeys in the browser', take: 5, isOne: (file) => file.includes('/screens/') && !everyPage(file) && !everyDay(file) },
  { what: 'the local cloud itself', take: 4, isOne: (file) => file.includes('/emulator/') },
  { what: 'races', take: 2, isOne: named('race', 'meal-race', 'points-race', 'waitlist-race') },
  {
    what: 'acts and clocks killed at every step, simulated weeks, large stores', take: 4,
    isOne: named('lost-steps', 'meal-crash', 'points-crash', 'notice-crash', 'life-crash', 'series-crash', 'waitlist-crash', 'meal-timers', 'week', 'month', 'random-days', 'points-model', 'points-year', 'booking-scale', 'notice-scale'),
  },
  { what: 'every action, by everybody, again and with bad input', take: 1, isOne: named('permission-matrix', 'replay', 'abuse') },
]

export interface Turn {
  readonly what: string
  readonly runs: readonly string[]
  readonly waits: readonly string[]
}

/** The number of the day in UTC+8, or what TURN says. */
export const seedOf = (now: number): number => Number(process.env['TURN'] ?? Math.floor((now + 8 * HOUR) / DAY))

/** Whose turn it is among these test files (`test/…`, with slashes); what belongs to no family always runs. */
export function turnsOf(files: readonly string[], seed: number): readonly Turn[] {
  return families.map(({ what, take, isOne }) => {
    const members = files.filter(isOne).sort()
    const turns = Math.ceil(members.length / take)
    // Before anybody has a second turn, everybody has had one.
    const order = inAnyOrder(Math.floor(seed / turns), members.length)
    const chosen = new Set(order.filter((_, place) => place % turns === seed % turns))
    return { what, runs: members.filter((_, index) => chosen.has(index)), waits: members.filter((_, index) => !chosen.has(index)) }
  })
}
