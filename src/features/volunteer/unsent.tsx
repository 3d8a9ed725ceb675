/** Check-ins and check-outs of shifts that the phone still holds: 未发出 until the server has answered, and why if it refused. */
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import type { DoorQueue, QueuedAct, ShiftAction } from '@/services/queue'

const actWords = (act: QueuedAct<ShiftAction>): string => (act.action === 'shift.checkIn' ? '签到' : '签退')

interface UnsentProps {
  queue: DoorQueue<ShiftAction>
  /** one shift only; left out: all, with the task's title where it is known */
  shiftId?: string
  titleOf?: (shiftId: string) => string | undefined
}

export function Unsent({ queue, shiftId, titleOf }: UnsentProps) {
  const acts = queue.acts.filter((act) => shiftId === undefined || act.input.shiftId === shiftId)
  const waiting = acts.filter((act) => act.refused === undefined)
  const named = (act: QueuedAct<ShiftAction>): string => [titleOf?.(act.input.shiftId), actWords(act)].filter(Boolean).join(' ')
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
            存在手机里了。有了网络会自己发出去，时间以码为准。
          </Notice>
        )
        : null}
    </>
  )
}
