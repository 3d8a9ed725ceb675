/** Today's runs with what this phone still holds: the run is read from what was kept when there is no signal. */
import { useEffect, useRef } from 'react'
import type { OutputOf, RunView } from '@/contract'
import { useCourierQueue, type CourierAction, type DoorQueue, type QueuedAct } from '@/services/queue'
import { useQuery, type Query } from '@/services/use-query'
import { inOrder, isOver, type Stop } from './run-words'

/** A colleague may take a run, an elder may say that it came: looks again this often, ms. */
const LOOK_AGAIN_MS = 6_000

export type Today = OutputOf<'courier.today'>
export type CourierQueue = DoorQueue<CourierAction>
export type CourierAct = QueuedAct<CourierAction>

export interface Runs {
  today: Query<'courier.today'>
  queue: CourierQueue
}

export function useRuns(): Runs {
  const today = useQuery('courier.today', {}, { pollMs: LOOK_AGAIN_MS })
  const queue = useCourierQueue()
  const waits = queue.acts.filter((act) => act.refused === undefined).length
  const waited = useRef(waits)
  const { reload } = today
  // What the server took is shown as the server tells it.
  useEffect(() => {
    if (waits < waited.current) reload()
    waited.current = waits
  }, [waits, reload])
  // Once the meal is in somebody's hands, or no longer wanted, what was refused at that door before says nothing any more.
  const { acts, dismiss } = queue
  const { output } = today
  useEffect(() => {
    const settled = new Set(output?.mine.flatMap((run) => run.stops).filter((stop) => stop.state === 'delivered' || stop.state === 'cancelled').map((stop) => stop.bookingId))
    for (const act of acts) if (act.refused !== undefined && settled.has(act.input.bookingId)) dismiss(act.requestId)
  }, [acts, dismiss, output])
  return { today, queue }
}

/** What waits at this stop, if anything. */
export const unsentAt = (queue: CourierQueue, stop: Stop): CourierAct | undefined => queue.acts.find((act) => act.input.bookingId === stop.bookingId && act.refused === undefined)
export const refusedAt = (queue: CourierQueue, bookingId: string): CourierAct | undefined => queue.acts.filter((act) => act.input.bookingId === bookingId && act.refused !== undefined).at(-1)
/** Takes away everything that was refused at a door: it was read, or done again. */
export const dismissAt = (queue: CourierQueue, bookingId: string): void => {
  for (const act of queue.acts) if (act.input.bookingId === bookingId && act.refused !== undefined) queue.dismiss(act.requestId)
}

/** The door to go to now: the first in walking order where nothing was done, on the phone or on the server. */
export const nextStop = (run: RunView, queue: CourierQueue): Stop | undefined => inOrder(run).find((stop) => !isOver(stop) && unsentAt(queue, stop) === undefined)
