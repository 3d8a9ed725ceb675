/** The answer to a seat that is held, as the elder gives it on the telephone. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { ReasonSheet } from '@/components/reason-sheet'
import { useAction } from '@/services/use-action'

interface OfferAnswerProps {
  name: string
  elderId: string
  offer: { slotId: string; placeId: string; until: number }
  onDone: (words: string) => void
}

export function OfferAnswer({ name, elderId, offer, onDone }: OfferAnswerProps) {
  const [accept, decline] = [useAction('waitlist.accept'), useAction('waitlist.decline')]
  const [isBeyond, setBeyond] = useState(false)
  const place = { elderId, slotId: offer.slotId, placeId: offer.placeId }
  const take = async (beyondLimit?: string) => {
    if (await accept.run({ ...place, ...(beyondLimit === undefined ? {} : { beyondLimit }) })) onDone(`约好了，${name}的名额定下来了`)
  }
  const refuse = async () => { if (await decline.run(place)) onDone(`记下了，${name}不要，给下一位了`) }
  const problem = accept.problem ?? decline.problem
  if (isBeyond) {
    return <ReasonSheet question={`${name}已经到了规定的次数，这次还要约？`} yes="约上" isAside isBusy={accept.isPending} problem={accept.problem} onYes={take} onNo={() => { accept.clear(); setBeyond(false) }} />
  }
  return (
    <Box className="stack-tight">
      {problem ? <Problem problem={problem} /> : null}
      {accept.code === 'LIMIT_OF_SERVICE' ? <Button kind="outline" label={`写明理由约上，${name}`} onPress={() => setBeyond(true)}>写明理由，还是约上</Button> : null}
      <Box className="pair">
        <Button kind="outline" isBusy={decline.isPending} label={`不要，${name}`} onPress={refuse}>不要</Button>
        <Button kind="outline" isBusy={accept.isPending} label={`接受，${name}`} onPress={() => take()}>接受</Button>
      </Box>
    </Box>
  )
}
