/** A volunteer's shifts in the demo: published, claimed, proved by the rotating code, confirmed and verified, each at its time. */
import type { InputOf } from '../../src/contract'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'

/** One task with one volunteer, and how far it came. Times are wall-clock times of its day. */
export interface Shift {
  readonly title: string
  readonly what: string
  readonly place: string
  readonly communityId: string
  readonly day: number
  readonly from: string
  readonly until: string
  readonly skill: InputOf<'task.publish'>['skills'][number]
  readonly seats?: number
  readonly published: { readonly by: string; readonly day: number; readonly at: string }
  readonly elderId?: () => string
  /** who runs it; left out: who publishes it */
  readonly organiserId?: () => string
  /** the volunteers who claim it, right after it was published; none: it is still open */
  readonly volunteers: readonly string[]
  /** whose phone shows the code and says that it took place */
  readonly shownBy?: string
  readonly checkIn?: string
  readonly checkOut?: string
  readonly confirmed?: string
  readonly verified?: { readonly by: string; readonly day: number; readonly at: string; readonly minutes: number }
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Puts a shift's scenes into the calendar. */
export function tellShift(calendar: Calendar, callAs: CallAs, its: Shift): void {
  const { published, day, shownBy } = its
  const claimed: { readonly openid: string; readonly shiftId: string }[] = []
  let taskId = ''
  calendar.scene(published.day, published.at, async () => {
    taskId = (await callAs(published.by, 'task.publish', {
      title: its.title, what: its.what, place: its.place, communityId: its.communityId, onDate: calendar.date(day), startMinute: minuteOf(its.from), endMinute: minuteOf(its.until), skills: [its.skill], seats: its.seats ?? 1,
      ...(its.elderId === undefined ? {} : { elderId: its.elderId() }), ...(its.organiserId === undefined ? {} : { organiserId: its.organiserId() }),
    })).taskId
    for (const openid of its.volunteers) claimed.push({ openid, shiftId: (await callAs(openid, 'task.claim', { taskId })).shiftId })
  })
  const atTheDoor = (at: string, action: 'shift.checkIn' | 'shift.checkOut'): void => calendar.scene(day, at, async () => {
    if (shownBy === undefined) throw new Error(`demo data: nobody shows the code of ${its.title}`)
    for (const { openid, shiftId } of claimed) await callAs(openid, action, { shiftId, code: (await callAs(shownBy, 'shift.code', { taskId })).code })
  })
  if (its.checkIn !== undefined) atTheDoor(its.checkIn, 'shift.checkIn')
  if (its.checkOut !== undefined) atTheDoor(its.checkOut, 'shift.checkOut')
  if (its.confirmed !== undefined && shownBy !== undefined) {
    calendar.scene(day, its.confirmed, async () => {
      for (const { shiftId } of claimed) await callAs(shownBy, 'shift.confirm', { shiftId, said: 'tookPlace' })
    })
  }
  const { verified } = its
  if (verified) {
    calendar.scene(verified.day, verified.at, async () => {
      for (const { shiftId } of claimed) await callAs(verified.by, 'shift.verify', { shiftId, outcome: 'verified', minutes: verified.minutes })
    })
  }
}
