/** A visit or a meal that comes: when, what, who comes; at its time the door code in one tap. */
import type { BookingBrief } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Pieces } from '@/components/pieces'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { EARLY } from '@/domain/door-code'
import { dishWords, mealComesWords } from '@/services/meal-words'
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
  booking.status === 'checkedIn' || ((booking.status === 'assigned' || (booking.kind === 'meal' && booking.status === 'booked')) && now >= booking.startsAt - EARLY)

export function NextVisit({ booking, now, isFirst, code, isOneOfSeveral, onOpen, onCode }: NextVisitProps) {
  const { words, tone } = statusWords(booking.status, undefined, booking.meal)
  const { meal } = booking
  const atTheDoor = meal ? (meal.way === 'delivery' ? '送餐员到了门口，把手机上的门码给送餐员看，接过餐。' : '取餐的时候，把手机上的门码给助餐点看。') : `${booking.workerName ?? '护理员'}${booking.status === 'checkedIn' ? '走的时候，再把门码给护理员看一次。' : '到了门口，再把手机上的门码给护理员看。'}`
  return (
    <Box className="stack">
      <CardLink tone={isFirst ? 'chosen' : 'plain'} onPress={onOpen}>
        <Box className="between">
          <Box className="lead"><Pieces words={meal ? mealComesWords(booking, now) : whenWords(booking.startsAt, booking.endsAt, now)} /></Box>
          {meal && booking.status === 'booked' ? null : <Tag tone={tone}>{words}</Tag>}
        </Box>
        <Box className="body">{meal ? dishWords(meal.dishName, meal.portions) : `${booking.serviceName} · ${booking.workerName ? `${booking.workerName}来` : booking.providerName}`}</Box>
      </CardLink>
      {code !== 'none'
        ? (
          <Card tone="willow">
            <Box className="stack">
              <Box className="body">{atTheDoor}</Box>
              <Button kind={code === 'main' ? 'primary' : 'outline'} icon="key-round" onPress={onCode}>{isOneOfSeveral ? `${booking.serviceName} ${clockTime(booking.startsAt)} 的门码` : '打开门码'}</Button>
            </Box>
          </Card>
        )
        : null}
    </Box>
  )
}
