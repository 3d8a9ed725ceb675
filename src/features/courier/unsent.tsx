/** What the phone still holds of a courier's doors: 未发出 until the server has answered, and at its own door why it was not taken. */
import type { RunView } from '@/contract'
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import type { Stop } from './run-words'
import { dismissAt, refusedAt, type CourierAct, type CourierQueue } from './use-runs'

const actWords = (act: CourierAct): string => (act.action === 'courier.handOver' ? '送到了' : '没人开门')

/** Why it was not taken, and what to do. What is not found at a door of a run was handed on. */
export function refusedWords({ refused }: CourierAct): { why: string; next: string } {
  if (refused === undefined) return { why: '', next: '' }
  if (refused.code === 'NOT_FOUND') return { why: '这一家已经交给同事了', next: '请接着送的同事在自己手机上记。' }
  return refused.code === 'DOOR_CODE_WRONG' ? { why: '门码不对', next: `${refused.title}。${refused.next}` } : { why: refused.title, next: refused.next }
}

/** What was refused at this door, until it was read or something later was taken there. */
export function RefusedHere({ queue, stop }: { queue: CourierQueue; stop: Pick<Stop, 'bookingId' | 'elderName'> }) {
  const act = refusedAt(queue, stop.bookingId)
  if (act === undefined) return null
  const { why, next } = refusedWords(act)
  return (
    <Notice tone="warm" isAnnounced title={`${stop.elderName}这一家没有记上：${why}`} actions={<Button kind="outline" label={`知道了，${stop.elderName}`} onPress={() => dismissAt(queue, stop.bookingId)}>知道了</Button>}>
      {next}
    </Notice>
  )
}

/** What was refused at doors that are on no run of mine any more: nowhere else would it be read. */
export function RefusedElsewhere({ queue, runs }: { queue: CourierQueue; runs: readonly RunView[] }) {
  const mine = new Set(runs.flatMap((run) => run.stops).map((stop) => stop.bookingId))
  const doors = new Set(queue.acts.filter((act) => act.refused !== undefined && !mine.has(act.input.bookingId)).map((act) => act.input.bookingId))
  return <>{[...doors].map((bookingId) => <RefusedHere key={bookingId} queue={queue} stop={{ bookingId, elderName: '交出去的' }} />)}</>
}

export function Unsent({ queue, runs }: { queue: CourierQueue; runs: readonly RunView[] }) {
  const stops = runs.flatMap((run) => run.stops)
  const named = (act: CourierAct): string => `${stops.find((stop) => stop.bookingId === act.input.bookingId)?.elderName ?? ''}${actWords(act)}`
  const waiting = queue.acts.filter((act) => act.refused === undefined)
  if (waiting.length === 0) return null
  return (
    <Notice tone="gold" icon="wifi-off" isAnnounced title={`未发出 ${waiting.length} 件：${waiting.map(named).join('、')}`} actions={<Button kind="outline" icon="refresh-cw" onPress={queue.sendNow}>现在发出</Button>}>
      {waiting.some((act) => act.action === 'courier.noAnswer') ? '没人开门的，社工还不知道。请走到有信号的地方，看着它发出去。' : '存在手机里了。有了网络会自己发出去，不用再点。'}
    </Notice>
  )
}
