/** A visit that comes: when, what, who comes; at the time of the visit the door code in one tap. */
import type { BookingBrief } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Pieces } from '@/components/pieces'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { EARLY } from '@/domain/door-code'
import { statusWords, whenWords } from '@/services/timeline-words'

interface NextVisitProps {
  booking: BookingBrief
  /** the server's time, ms */
  now: number
  isFirst: boolean
  /** how the way to the door code stands here: filled for the visit under way or next, outlined for others, or not yet */
  code: 'main' | 'other' | 'none'
  /** several visits have a code now: each button says of what it is */
  isOneOfSeveral: boolean
  onOpen: () => void
  onCode: () => void
}

/** From when the elder's side has a code to show: a worker is coming and the slot is near, or the worker is there. */
export const isDoorTime = (booking: BookingBrief, now: number): boolean =>
  booking.status === 'checkedIn' || (booking.status === 'assigned' && now >= booking.startsAt - EARLY)

export function NextVisit({ booking, now, isFirst, code, isOneOfSeveral, onOpen, onCode }: NextVisitProps) {
  const { words, tone } = statusWords(booking.status)
  return (
    <Box className="stack">
      <CardLink tone={isFirst ? 'chosen' : 'plain'} onPress={onOpen}>
        <Box className="between">
          <Box className="lead"><Pieces words={whenWords(booking.startsAt, booking.endsAt, now)} /></Box>
          <Tag tone={tone}>{words}</Tag>
        </Box>
        <Box className="body">{booking.serviceName} · {booking.workerName ? `${booking.workerName}来` : booking.providerName}</Box>
      </CardLink>
      {code !== 'none'
        ? (
          <Card tone="willow">
            <Box className="stack">
              <Box className="body">{booking.workerName ?? '护理员'}{booking.status === 'checkedIn' ? '走的时候，再给看一次门码。' : '到了门口，再给看门码。'}</Box>
              <Button kind={code === 'main' ? 'primary' : 'outline'} icon="key-round" onPress={onCode}>{isOneOfSeveral ? `${booking.serviceName} ${clockTime(booking.startsAt)} 的门码` : '门码'}</Button>
            </Box>
          </Card>
        )
        : null}
    </Box>
  )
}
