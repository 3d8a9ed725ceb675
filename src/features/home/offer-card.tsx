/** A seat that is held for the elder on the screen: until when, and one tap to take it. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { beginsWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'

type Offered = OutputOf<'home.show'>['offers'][number]

export function OfferCard({ offered, elderId, whose, now, onDone }: { offered: Offered; elderId: string; whose: string; now: number; onDone: () => void }) {
  const accept = useAction('waitlist.accept')
  const { slotId, serviceName, startsAt, endsAt, offer } = offered
  const title = `${serviceName}有名额了`
  return (
    <Card tone="gold" label={title}>
      <Box className="stack">
        <Box className="lead">{title}</Box>
        <Box className="body">{whenWords(startsAt, endsAt, now)}，给{whose}留到{beginsWords(offer.until, now)}</Box>
        {accept.problem ? <Problem problem={accept.problem} /> : null}
        <Button kind="outline" isBusy={accept.isPending} label={`接受，${serviceName}`} onPress={async () => { await accept.run({ elderId, slotId, placeId: offer.placeId }); onDone() }}>接受</Button>
        <TextLink onPress={() => { void Taro.navigateTo({ url: `/pages/waitlist/mine/index?elderId=${elderId}` }) }}>看一看，或者不要</TextLink>
      </Box>
    </Card>
  )
}
