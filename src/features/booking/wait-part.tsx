/** Times that are full: wait for one, see where one stands, or go to the seat that is held. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { askAfterWaiting } from '@/domain/message-templates'
import { askForMessages } from '@/services/subscribe'
import { dateWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { heldWords, positionWords } from '@/services/waitlist-words'

type Slot = OutputOf<'catalogue.service'>['days'][number]['slots'][number]

const openMine = (elderId: string) => { void Taro.navigateTo({ url: `/pages/waitlist/mine/index?elderId=${elderId}` }) }

export function WaitPart({ slots, elderId, whose, isMe, onChanged }: { slots: readonly Slot[]; elderId: string; whose: string; isMe: boolean; onChanged: () => void }) {
  const join = useAction('waitlist.join')
  const [answered, setAnswered] = useState<string | null>(null)
  const full = slots.filter((slot) => slot.state === 'full')
  const wait = async (slot: Slot) => {
    const done = await join.run({ elderId, slotId: slot.slotId })
    if (!done) { onChanged(); return }
    setAnswered(done.position === null ? `正好有名额，${heldSoon(whose)}` : `排上了，${positionWords(whose, done.position)}`)
    onChanged()
    // One consent, one message: asked for where it makes sense, and kept by WeChat.
    if (isMe) void askForMessages(askAfterWaiting)
  }
  if (full.length === 0 && answered === null) return null
  return (
    <Box className="stack">
      {answered ? <Notice isAnnounced title={answered}>轮到了会告诉{isMe ? '您' : '你们'}，也在首页和「预约」里。</Notice> : null}
      {join.problem ? <Problem problem={join.problem} /> : null}
      {full.length > 0 ? <Heading level={2} className="section">约满的，可以排候补</Heading> : null}
      {full.map((slot) => {
        const when = `${clockTime(slot.startsAt)}–${clockTime(slot.endsAt)}`
        return (
          <Card key={slot.slotId} tone={slot.offer ? 'gold' : 'plain'} label={`候补 ${dateWords(slot.onDate)} ${when}`}>
            <Box className="stack">
              <Box className="between">
                <Box className="lead tabular">{when}</Box>
                <Tag tone={slot.offer ? 'gold' : 'plain'}>{slot.offer ? '有名额了' : slot.waiting === 0 ? '没人排' : `${slot.waiting} 人在排`}</Tag>
              </Box>
              {slot.offer ? <Box className="strong">{heldWords(whose, slot.offer.until)}</Box> : slot.position === null ? null : <Box className="strong">{positionWords(whose, slot.position)}</Box>}
              {slot.offer || slot.position !== null
                ? <Button kind="outline" label={`${slot.offer ? '去接受' : '看候补'}，${when}`} onPress={() => openMine(elderId)}>{slot.offer ? '去接受' : '看候补'}</Button>
                : <Button kind="outline" icon="hourglass" isBusy={join.isPending} label={`排候补，${when}`} onPress={() => wait(slot)}>排候补</Button>}
            </Box>
          </Card>
        )
      })}
    </Box>
  )
}

const heldSoon = (whose: string): string => `给${whose}留着了，去「候补」里接受`
