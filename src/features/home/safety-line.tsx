/** A live safety case on the first screen, before everything else: whose, what, how long since the newest alarm, and who is on it. */
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Tag } from '@/components/tag'
import { clockTime, MINUTE } from '@/domain/civil-time'

type Safety = OutputOf<'home.show'>['safety'][number]

const ofOther: Record<Safety['reason'], string> = { noContact: '的门没人开', noCheckIn: '没有报平安', calledForHelp: '在呼叫' }
const ofMine: Record<Safety['reason'], string> = { noContact: '敲您的门没人应', noCheckIn: '您还没有报平安', calledForHelp: '您在呼叫' }

/** 不到 1 分钟, 已 12 分钟, 已 2 小时. */
function sinceWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE)
  return minutes < 1 ? '刚刚' : minutes < 120 ? `已 ${minutes} 分钟` : `已 ${Math.floor(minutes / 60)} 小时`
}

export function SafetyLine({ safety, now, onOpen }: { safety: Safety; now: number; onOpen: () => void }) {
  return (
    <CardLink tone="sos" onPress={onOpen}>
      <Box className="between">
        <Tag tone="sos">要紧</Tag>
        <Box className="small tabular">{sinceWords(now - safety.newest.at)}</Box>
      </Box>
      <Box className="lead">{safety.newest.at === safety.openedAt ? '' : `${clockTime(safety.newest.at)} `}{safety.isMe ? ofMine[safety.newest.reason] : `${safety.elderName}${ofOther[safety.newest.reason]}`} ›</Box>
      <Box className="body">{safety.takenByName === null ? (safety.isMe ? '没事的话，点开说一声。' : '还没有人去看，点开就能办。') : `${safety.takenByName}在联系、在去看。`}</Box>
    </CardLink>
  )
}
