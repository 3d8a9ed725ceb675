/**
 * The server's time as the phone knows it (law 7). Every answer carries it; screens use it and never the phone's own,
 * which may be days wrong. The phone's time is only used to measure how long ago an answer came.
 */
import { useEffect, useState } from 'react'

let offsetMs = 0
const listeners = new Set<() => void>()

/** Takes the time from an answer. */
export function noteServerNow(serverNow: number): void {
  const next = serverNow - Date.now()
  const jumped = Math.abs(next - offsetMs) > 2000
  offsetMs = next
  if (jumped) listeners.forEach((listener) => listener())
}

/** The server's time now, ms. Before the first answer: the phone's. */
export const serverNow = (): number => Date.now() + offsetMs

/** The phone's own time, ms: evidence of when something was captured, never a rule's input. */
export const phoneNow = (): number => Date.now()

/** The server's time, told anew every `everyMs` and at once when it jumps. */
export function useServerNow(everyMs = 30_000): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const tell = () => setNow(serverNow())
    const timer = setInterval(tell, everyMs)
    listeners.add(tell)
    // The first answer may have come between drawing and listening.
    tell()
    return () => { clearInterval(timer); listeners.delete(tell) }
  }, [everyMs])
  return now
}
