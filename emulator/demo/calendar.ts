/**
 * The demo's days, counted from the day on which the phones wake up, and its scenes: what happens at which civil time.
 * Scenes are played in the order of their time, with the demo clock standing there, so that every document carries
 * the time at which it would have been written.
 */
import { addDays, civilDate, DAY, instantOf, weekday } from '../../src/domain/civil-time'
import { slotsOn } from '../../src/domain/slot'
import type { ServiceItem } from '../../src/domain/service-item'
import type { EmulatorClient } from '../client'

/** The last day of which the demo tells anything. */
const LAST_DAY = 14

export class Calendar {
  /** the civil day on which the demo stands when it is loaded */
  readonly today: string
  private readonly scenes: { readonly at: number; readonly play: () => Promise<void> }[] = []

  constructor(now: number) {
    this.today = civilDate(now)
  }

  /** The civil date `day` days after today (negative: before). */
  date(day: number): string {
    return addDays(this.today, day)
  }

  /** Which day, counted from the demo's own, a day of the month before is. */
  lastMonth(dayOfMonth: number): number {
    const firstOfThis = `${this.today.slice(0, 7)}-01`
    const first = `${addDays(firstOfThis, -1).slice(0, 7)}-01`
    return (instantOf(first) - instantOf(this.today)) / DAY + dayOfMonth - 1
  }

  /** The first of a month: 0 is this one, 1 the next. */
  firstOfMonth(months: number): string {
    const number = Number(this.today.slice(0, 4)) * 12 + Number(this.today.slice(5, 7)) - 1 + months
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}-01`
  }

  /** The next New Year's Day that is none of the days that the demo tells of. */
  newYear(): string {
    const year = Number(this.today.slice(0, 4)) + 1
    return `${year}-01-01` > this.date(LAST_DAY) ? `${year}-01-01` : `${year + 1}-01-01`
  }

  /** The instant of a wall-clock time such as `14:02` on a day. */
  at(day: number, time: string): number {
    return instantOf(this.date(day), Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  }

  /** The first of these days on which a service has slots: some rest on Sundays. @throws when it has none on any */
  openDay(item: ServiceItem, ...days: readonly number[]): number {
    const found = days.find((day) => item.weekly.some((opening) => opening.weekday === weekday(this.date(day))))
    if (found === undefined) throw new Error(`${item.name} has no slots on any of the days ${days.join(', ')}`)
    return found
  }

  /** The slot of a service that begins at a time. @throws when there is none */
  slotId(item: ServiceItem, day: number, time: string): string {
    const slot = slotsOn(item, this.date(day), {}).find(({ startsAt }) => startsAt === this.at(day, time))
    if (!slot) throw new Error(`${item.name} has no slot on ${this.date(day)} at ${time}`)
    return slot._id
  }

  /** Something that happens. Scenes of the same time keep the order in which they were told. */
  scene(day: number, time: string, play: () => Promise<void>): void {
    this.scenes.push({ at: this.at(day, time), play })
  }

  /**
   * Plays all scenes; the clock's timers fire on the way. A move of hours fires only the last few times of a timer, so
   * what a scene owes people is told right after it, as it would have been within minutes.
   */
  async play(client: EmulatorClient): Promise<void> {
    for (const at of [...new Set(this.scenes.map((scene) => scene.at))].sort((a, b) => a - b)) {
      const { now } = await client.clock()
      if (at > now) await client.moveTo(at)
      for (const scene of this.scenes) if (scene.at === at) await scene.play()
      await client.fire('timers', 'lookAtBookings')
      await client.fire('timers', 'sendMessages')
    }
  }
}
