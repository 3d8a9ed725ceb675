/** Check-ins and check-outs that the phone still holds: 未发出 until the server has answered, and why if it refused. */
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import type { DoorQueue, QueuedAct, VisitAction } from '@/services/queue'

const actWords = (act: QueuedAct<VisitAction>): string => (act.action === 'visit.checkIn' ? '签到' : '签退')

interface WaitingActsProps {
  queue: DoorQueue<VisitAction>
  /** one visit only; left out: all, with the elder's name where it is known */
  bookingId?: string
  nameOf?: (bookingId: string) => string | undefined
}

export function WaitingActs({ queue, bookingId, nameOf }: WaitingActsProps) {
  const acts = queue.acts.filter((act) => bookingId === undefined || act.input.bookingId === bookingId)
  const waiting = acts.filter((act) => act.refused === undefined)
  const named = (act: QueuedAct<VisitAction>): string => `${nameOf?.(act.input.bookingId) ?? ''}${actWords(act)}`
  return (
    <>
      {acts.filter((act) => act.refused !== undefined).map((act) => (
        <Notice key={act.requestId} tone="warm" isAnnounced title={`${named(act)}没有成：${act.refused?.title ?? ''}`} actions={<Button kind="outline" onPress={() => queue.dismiss(act.requestId)}>知道了</Button>}>
          {act.refused?.next}
        </Notice>
      ))}
      {waiting.length > 0
        ? (
          <Notice tone="gold" icon="wifi-off" isAnnounced title={`未发出：${waiting.map(named).join('、')}`} actions={<Button kind="outline" icon="refresh-cw" onPress={queue.sendNow}>现在发出</Button>}>
            存在手机里了。有了网络会自己发出去，时间以门码为准。
          </Notice>
        )
        : null}
    </>
  )
}
