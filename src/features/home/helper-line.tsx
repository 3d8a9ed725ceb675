/** A volunteer who comes to the elder on the screen: when they come, the code while they are at the door, and the word that is asked for afterwards. */
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Pieces } from '@/components/pieces'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { EARLY } from '@/domain/door-code'
import { whenWords } from '@/services/timeline-words'

type Helper = OutputOf<'home.show'>['helpers'][number]

interface HelperLineProps {
  helper: Helper
  /** 您, or the elder's name */
  whose: string
  now: number
  onShift: () => void
  onCode: () => void
}

export function HelperLine({ helper, whose, now, onShift, onCode }: HelperLineProps) {
  const isDue = helper.isHere || (!helper.asksMe && now >= helper.startsAt - EARLY && now < helper.endsAt)
  const what = helper.asksMe ? `志愿者${helper.volunteerName}给${whose}做完了「${helper.title}」，请确认` : isDue ? `给志愿者${helper.volunteerName}看${helper.isHere ? '签退' : '签到'}码` : `志愿者${helper.volunteerName}来，${helper.title}`
  return (
    <CardLink tone={helper.asksMe ? 'gold' : isDue ? 'chosen' : 'plain'} onPress={isDue ? onCode : onShift}>
      <Box className="between">
        <Tag tone={helper.asksMe ? 'gold' : 'willow'}>{helper.asksMe ? '等您确认' : helper.isHere ? '正在帮忙' : '志愿者'}</Tag>
        <Box className="label"><Pieces words={whenWords(helper.startsAt, helper.endsAt, now)} /></Box>
      </Box>
      <Box className="lead">{what} ›</Box>
    </CardLink>
  )
}
