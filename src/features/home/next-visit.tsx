/** A visit that comes: when, what, who comes; at the time of the visit the door code in one tap. */
import type { BookingBrief } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Tag } from '@/components/tag'
import { EARLY } from '@/domain/door-code'
import { statusWords, whenWords } from '@/services/timeline-words'

interface NextVisitProps {
  booking: BookingBrief
  /** the server's time, ms */
  now: number
  isFirst: boolean
  showsCode: boolean
  onOpen: () => void
  onCode: () => void
}

/** From when the elder's side has a code to show: a worker is coming and the slot is near, or the worker is there. */
export const isDoorTime = (booking: BookingBrief, now: number): boolean =>
  booking.status === 'checkedIn' || (booking.status === 'assigned' && now >= booking.startsAt - EARLY)

export function NextVisit({ booking, now, isFirst, showsCode, onOpen, onCode }: NextVisitProps) {
  const { words, tone } = statusWords(booking.status)
  return (
    <Box className="stack">
      <CardLink tone={isFirst ? 'chosen' : 'plain'} onPress={onOpen}>
        <Box className="between">
          <Box className="lead">{whenWords(booking.startsAt, booking.endsAt, now)}</Box>
          <Tag tone={tone}>{words}</Tag>
        </Box>
        <Box className="body">{booking.serviceName} · {booking.workerName ? `${booking.workerName}来` : booking.providerName}</Box>
      </CardLink>
      {showsCode
        ? (
          <Card tone="willow">
            <Box className="stack">
              <Box className="body">{booking.workerName ?? '护理员'}{booking.status === 'checkedIn' ? '走的时候' : '到了门口'}，请给看一下门码。</Box>
              <Button icon="key-round" onPress={onCode}>门码</Button>
            </Box>
          </Card>
        )
        : null}
    </Box>
  )
}
