/** A visit or a meal that comes: when, what, who comes; at its time the door code in one tap. */
import type { BookingBrief } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Pieces } from '@/components/pieces'
import { Tag } from '@/components/tag'
import { useTextSize } from '@/components/text-size'
import { clockTime, HOUR } from '@/domain/civil-time'
import { EARLY } from '@/domain/door-code'
import { nameStatusWords } from '@/services/activity-words'
import { dishWords, mealComesWords } from '@/services/meal-words'
import { briefStatusWords, whenWords } from '@/services/timeline-words'

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

const isBed = ({ kind }: BookingBrief): boolean => kind === 'stay' || kind === 'dayCare'

/** From when the elder's side has a code to show: a worker is coming and the slot is near, or the worker is there. */
export const isDoorTime = (booking: BookingBrief, now: number): boolean =>
  isBed(booking) ? (booking.status === 'booked' && now >= booking.startsAt - EARLY) || (booking.status === 'checkedIn' && now >= booking.endsAt - HOUR) : booking.kind !== 'activity' && (booking.status === 'checkedIn' || ((booking.status === 'assigned' || (booking.kind === 'meal' && booking.status === 'booked')) && now >= booking.startsAt - EARLY))

export function NextVisit({ booking, now, isFirst, code, isOneOfSeveral, onOpen, onCode }: NextVisitProps) {
  const { words, tone } = booking.activity ? nameStatusWords(booking.status) : briefStatusWords(booking)
  const { meal } = booking
  const { size } = useTextSize()
  const worker = booking.menu ? '来的人' : '护理员'
  const atTheDoor = isBed(booking) ? `${booking.status === 'checkedIn' ? '走' : '到'}的时候，把手机上的门码给工作人员看。` : meal ? (meal.way === 'delivery' ? '送餐员到了门口，把手机上的门码给送餐员看，接过餐。' : '取餐的时候，把手机上的门码给助餐点看。') : `${booking.workerName ?? '护理员'}${booking.status === 'checkedIn' ? `走的时候，再把门码给${worker}看一次。` : `到了门口，再把手机上的门码给${worker}看。`}`
  const what = (
    <>
      {isFirst && code === 'none' && size < 30 ? <Box className="label">接下来</Box> : null}
      <Box className="between">
        <Box className="lead"><Pieces words={meal ? mealComesWords(booking, now) : whenWords(booking.startsAt, booking.endsAt, now)} /></Box>
        {meal && booking.status === 'booked' ? null : <Tag tone={tone}>{words}</Tag>}
      </Box>
      <Box className="body">{meal ? dishWords(meal.dishName, meal.portions) : `${booking.serviceName} · ${booking.activity ? booking.activity.place : booking.workerName ? `${booking.workerName}来` : booking.providerName}`}</Box>
    </>
  )
  if (code === 'none') return <CardLink tone={isFirst ? 'chosen' : 'plain'} onPress={onOpen}>{what}</CardLink>
  // The code stands before what can be read about it: the way to it is in sight at every text size.
  return (
    <Box className="stack">
      <Card tone={code === 'main' ? 'chosen' : 'willow'}>
        <Box className="stack">
          <Button kind={code === 'main' ? 'primary' : 'outline'} icon="key-round" onPress={onCode}>{isOneOfSeveral ? `${booking.serviceName} ${clockTime(booking.startsAt)} 的门码` : '打开门码'}</Button>
          <Box className="body">{atTheDoor}</Box>
        </Box>
      </Card>
      <CardLink onPress={onOpen}>{what}</CardLink>
    </Box>
  )
}
