/** A task and a shift as cards in a list. */
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Pieces } from '@/components/pieces'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { placeWords } from '@/services/staff-words'
import { whenWords } from '@/services/timeline-words'
import { creditWords, offerWords, seatsWords, shiftStateWords, shiftTimeWords, skillsAsked, walkWords } from '@/services/volunteer-words'
import { openShift, openTask } from './open'

export type Offer = OutputOf<'task.list'>['items'][number]
export type Shift = OutputOf<'shift.mine'>['coming'][number]

/** Where it is and how far to walk: 华光城社区食堂 · 走路 8 分钟. */
export const placeAndWalk = (task: { place: string; communityName: string; walkingMinutes: number | null }): string =>
  [placeWords(task.communityName, task.place), walkWords(task.walkingMinutes)].filter(Boolean).join(' · ')

export function OfferCard({ task, now }: { task: Offer; now: number }) {
  const { words, tone } = offerWords(task.state)
  return (
    <CardLink onPress={() => { if (task.state === 'mine' && task.shiftId !== null) openShift(task.shiftId); else openTask(task.taskId) }}>
      <Box className="between">
        <Box className="lead">{task.title} ›</Box>
        <Tag tone={tone}>{words}</Tag>
      </Box>
      <Box className="body"><Pieces words={whenWords(task.startsAt, task.endsAt, now)} /></Box>
      <Box className="small">{placeAndWalk(task)}</Box>
      <Box className="small">{skillsAsked(task.skills)} · {seatsWords(task)}</Box>
    </CardLink>
  )
}

/** `isNext`: the one to go to now; `isUnsent`: the phone holds something about it. */
export function ShiftCard({ shift, now, isNext = false, isUnsent = false }: { shift: Shift; now: number; isNext?: boolean; isUnsent?: boolean }) {
  const { words, tone } = shiftStateWords(shift.status)
  const credit = creditWords(shift.points)
  return (
    <CardLink tone={isNext ? 'chosen' : 'plain'} onPress={() => openShift(shift.shiftId)}>
      <Box className="between">
        <Box className="lead">{shift.title} ›</Box>
        {isUnsent ? <Tag tone="gold">未发出</Tag> : isNext && shift.status === 'claimed' ? <Tag>接下来</Tag> : <Tag tone={tone}>{words}</Tag>}
      </Box>
      <Box className="body"><Pieces words={shiftTimeWords(shift, now)} /></Box>
      <Box className="small">{[shift.elderName === null ? null : `给 ${shift.elderName}`, placeWords(shift.communityName, shift.place)].filter(Boolean).join(' · ')}</Box>
      {credit === null ? null : <Box className="accent body">{credit}</Box>}
    </CardLink>
  )
}
