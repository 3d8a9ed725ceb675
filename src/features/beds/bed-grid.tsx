/** Beds down, nights across, a week at a time; at large text every night under the other, because a grid would be too small to read. */
import { useState } from 'react'
import { Box, Words } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { classes } from '@/components/platform'
import { Row, Rows } from '@/components/row'
import { useTextSize } from '@/components/text-size'
import { addDays, weekday } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { dateWords } from '@/services/timeline-words'
import type { Board, Guest } from './board'
import styles from './bed-grid.module.scss'

const WEEK = 7

const bedOf = (guest: Guest): number | null => guest.bedNo ?? guest.placedIn
const liesOn = (guest: Guest, onDate: string): boolean => guest.fromOn <= onDate && onDate < guest.toOn

export function BedGrid({ board }: { board: Board }) {
  const { size } = useTextSize()
  const now = useServerNow()
  const [week, setWeek] = useState(0)
  const lying = board.guests.filter((guest) => guest.status !== 'checkedOut')
  if (size > 22) {
    return (
      <Card label="这两周">
        <Rows>
          {board.slots.map((slot) => {
            const names = lying.filter((guest) => liesOn(guest, slot.onDate)).map((guest) => `${bedOf(guest) ?? '？'} 号 ${guest.elderName}`)
            return <Row key={slot.slotId} title={`${dateWords(slot.onDate, now)} 晚`} detail={names.length > 0 ? names.join('，') : '空着'} end={<Box className="tabular">{slot.held} / {slot.capacity}{slot.isOpen ? '' : '，停约'}</Box>} />
          })}
        </Rows>
      </Card>
    )
  }
  const days = Array.from({ length: WEEK }, (_, index) => addDays(board.fromOn, week * WEEK + index))
  const homeless = lying.filter((guest) => bedOf(guest) === null && days.some((day) => liesOn(guest, day)))
  return (
    <Box className="stack">
      <Box className="pair">
        <Button kind="outline" isDisabled={week === 0} onPress={() => setWeek(0)}>这七天</Button>
        <Button kind="outline" isDisabled={week === 1} onPress={() => setWeek(1)}>后七天</Button>
      </Box>
      <Box className={styles.grid}>
        <Box className={styles.line}>
          <Box className={styles.bed} />
          {days.map((day) => {
            const slot = board.slots.find((one) => one.onDate === day)
            return (
              <Box key={day} className={classes(styles.head, (slot === undefined || !slot.isOpen) && styles.shut)}>
                <Box>{day === board.today ? '今' : '日一二三四五六'[weekday(day)]}</Box>
                <Box className={styles.day}>{Number(day.slice(8, 10))}</Box>
                <Box>{slot === undefined || !slot.isOpen ? '休' : slot.held >= slot.capacity ? '满' : `${slot.held}/${slot.capacity}`}</Box>
              </Box>
            )
          })}
        </Box>
        {Array.from({ length: board.beds }, (_, index) => index + 1).map((bed) => (
          <Box key={bed} className={styles.line}>
            <Box className={styles.bed}>{bed} 号</Box>
            {blocksOf(lying.filter((guest) => bedOf(guest) === bed), days).map((block) => (
              <Box key={block.from} className={classes(styles.cell, block.guest !== null && styles.taken, block.guest?.status === 'checkedIn' && styles.there)} style={{ gridColumn: `span ${block.span}` }}>
                {block.guest ? <Words>{block.guest.elderName}</Words> : null}
              </Box>
            ))}
          </Box>
        ))}
      </Box>
      <Box className="small">深色的已经住着，浅色的约好了还没到。</Box>
      {homeless.length > 0 ? <Box className="body">还没排上床：{homeless.map((guest) => guest.elderName).join('、')}。到的那天再选床。</Box> : null}
    </Box>
  )
}

interface Block {
  readonly from: string
  readonly span: number
  readonly guest: Guest | null
}

/** A bed's week as blocks: somebody over their nights, or one empty night. */
function blocksOf(guests: readonly Guest[], days: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (const day of days) {
    const guest = guests.find((one) => liesOn(one, day)) ?? null
    const last = blocks[blocks.length - 1]
    if (last && guest !== null && last.guest?.bookingId === guest.bookingId) blocks[blocks.length - 1] = { ...last, span: last.span + 1 }
    else blocks.push({ from: day, span: 1, guest })
  }
  return blocks
}
