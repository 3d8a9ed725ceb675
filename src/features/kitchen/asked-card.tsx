/** Something the elder's side asks after the cut-off: the kitchen says whether it can still be done. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { askedWords, whereOf, type Order } from './kitchen-words'

interface AskedCardProps {
  order: Order
  /** in words what was answered */
  onAnswered: (words: string) => void
  /** it was refused because things moved on */
  onChanged: () => void
}

export function AskedCard({ order, onAnswered, onChanged }: AskedCardProps) {
  const answer = useAction('kitchen.answer')
  const [isRefusing, setRefusing] = useState(false)
  const [why, setWhy] = useState('')
  const { proposal } = order
  const say = async (agree: boolean) => {
    const words = why.trim()
    if (await answer.run({ bookingId: order.bookingId, agree, ...(agree || words === '' ? {} : { words }) })) onAnswered(agree ? `同意了：${askedWords(order)}` : `回了来不及：${askedWords(order)}`)
    else onChanged()
  }
  if (isRefusing) {
    return (
      <ConfirmSheet question={`告诉${order.elderName}，来不及了？`} yes="来不及" no="再想想" isBusy={answer.isPending} onNo={() => { answer.clear(); setRefusing(false) }} onYes={() => say(false)}>
        {answer.problem ? <Problem problem={answer.problem} /> : null}
        <Field label="为什么（可以不写）" value={why} onChange={setWhy} maxLength={80} hint="老人和家属看得到这句话" />
      </ConfirmSheet>
    )
  }
  return (
    <Card tone="gold" label={askedWords(order)}>
      <Box className="stack">
        <Box>
          <Box className="lead">{askedWords(order)}</Box>
          <Box className="small">{order.number} · {whereOf(order)}</Box>
          {proposal ? <Box className="small">{proposal.byName}，{momentWords(proposal.at)}</Box> : null}
          {proposal?.words ? <Box className="body">「{proposal.words}」</Box> : null}
        </Box>
        {answer.problem ? <Problem problem={answer.problem} /> : null}
        <Box className="pair">
          <Button kind="outline" isDisabled={answer.isPending} label={`来不及，${askedWords(order)}`} onPress={() => { answer.clear(); setRefusing(true) }}>来不及</Button>
          <Button kind="outline" icon="check" isBusy={answer.isPending} label={`同意，${askedWords(order)}`} onPress={() => say(true)}>同意</Button>
        </Box>
      </Box>
    </Card>
  )
}
