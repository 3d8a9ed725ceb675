/** Changing how many places one time has. What is taken stands beside it; going below it is refused, with the number. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { clockTime, spokenDate } from '@/domain/civil-time'
import { useAction } from '@/services/use-action'
import styles from './capacity.module.scss'

export type Slot = OutputOf<'admin.slots'>['slots'][number]

const MOST = 500

interface CapacitySheetProps {
  slot: Slot
  serviceName: string
  onDone: (capacity: number) => void
  onNo: () => void
  /** somebody booked meanwhile: look again */
  onChanged: () => void
}

export function CapacitySheet({ slot, serviceName, onDone, onNo, onChanged }: CapacitySheetProps) {
  const set = useAction('slot.setCapacity')
  const [capacity, setCapacity] = useState(slot.capacity)
  const to = (next: number) => { set.clear(); setCapacity(Math.min(MOST, Math.max(0, next))) }
  return (
    <ConfirmSheet
      question={`${serviceName}，${spokenDate(slot.onDate)} ${clockTime(slot.startsAt)}–${clockTime(slot.endsAt)}，名额改成 ${capacity} 位？`}
      yes="改好了" no="不改" isBusy={set.isPending} isDisabled={capacity === slot.capacity} onNo={onNo}
      onYes={async () => { if (await set.run({ slotId: slot.slotId, capacity })) onDone(capacity); else onChanged() }}
    >
      {set.problem ? <Problem problem={set.problem} /> : null}
      <Box className="body">已经约了 {slot.held} 位，现在名额 {slot.capacity} 位。</Box>
      <Box className={styles.stepper}>
        <Box className={styles.step}><Button kind="outline" isDisabled={capacity === 0} onPress={() => to(capacity - 1)}>少一位</Button></Box>
        <Box className={styles.count} spoken={{ role: 'status', live: 'polite', label: `${capacity} 位` }}>{capacity}</Box>
        <Box className={styles.step}><Button kind="outline" onPress={() => to(capacity + 1)}>多一位</Button></Box>
      </Box>
    </ConfirmSheet>
  )
}
