/** What the phone still holds of a courier's doors: 未发出 until the server has answered, and why if it refused. */
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import type { CourierAct, CourierQueue, Today } from './use-runs'

const actWords = (act: CourierAct): string => (act.action === 'courier.handOver' ? '送到了' : '没人开门')

export function Unsent({ queue, today }: { queue: CourierQueue; today: Today | undefined }) {
  const stops = [...(today?.mine ?? []), ...(today?.open ?? [])].flatMap((run) => run.stops)
  const named = (act: CourierAct): string => `${stops.find((stop) => stop.bookingId === act.input.bookingId)?.elderName ?? ''}${actWords(act)}`
  const waiting = queue.acts.filter((act) => act.refused === undefined)
  return (
    <>
      {queue.acts.filter((act) => act.refused !== undefined).map((act) => (
        <Notice key={act.requestId} tone="warm" isAnnounced title={`${named(act)}，没有成：${act.refused?.title ?? ''}`} actions={<Button kind="outline" onPress={() => queue.dismiss(act.requestId)}>知道了</Button>}>
          {act.refused?.next}
        </Notice>
      ))}
      {waiting.length > 0
        ? (
          <Notice tone="gold" icon="wifi-off" isAnnounced title={`未发出 ${waiting.length} 件：${waiting.map(named).join('、')}`} actions={<Button kind="outline" icon="refresh-cw" onPress={queue.sendNow}>现在发出</Button>}>
            {waiting.some((act) => act.action === 'courier.noAnswer') ? '没人开门的，社工还不知道。请走到有信号的地方，看着它发出去。' : '存在手机里了。有了网络会自己发出去，不用再点。'}
          </Notice>
        )
        : null}
    </>
  )
}
