/** 用积分付: a booked visit paid with points, by the elder or by family who act for them. Held now, taken when the visit was verified, given back when it came to nothing. */
import { useState } from 'react'
import type { BookingView, OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Offer = OutputOf<'points.visitOffer'>
type Paid = NonNullable<Offer['paid']>

const paidWords: Record<Paid['state'], string> = { held: '做完、核实了才扣，没做成就退', posted: '核实了，已经扣好', returned: '没做成，退回存折了' }

/** Nothing, where it is not offered. */
export function PayWithPoints({ view, onChanged }: { view: BookingView; onChanged: () => void }) {
  const offer = useQuery('points.visitOffer', { bookingId: view.bookingId })
  const [isAsking, setAsking] = useState(false)
  const { output } = offer
  if (!output) return null
  const changed = () => { setAsking(false); offer.reload(); onChanged() }
  // What came back can be paid anew.
  if (output.paid && (output.paid.state !== 'returned' || !output.offer)) return <WasPaid bookingId={view.bookingId} paid={output.paid} onChanged={changed} />
  if (!output.offer || output.payers.length === 0) return null
  return isAsking
    ? <Pay view={view} offer={output.offer} payers={output.payers} onNo={() => setAsking(false)} onDone={changed} />
    : <Button kind="outline" icon="gift" onPress={() => setAsking(true)}>用积分付，{output.offer.points} 分</Button>
}

function Pay({ view, offer, payers, onNo, onDone }: { view: BookingView; offer: NonNullable<Offer['offer']>; payers: Offer['payers']; onNo: () => void; onDone: () => void }) {
  const now = useServerNow()
  const pay = useAction('points.payVisit')
  const [chosen, setChosen] = useState((payers.find((one) => one.isEnough) ?? payers[0])?.personId ?? '')
  const payer = payers.find((one) => one.personId === chosen)
  const whose = payer?.isMe === true ? '您' : `${payer?.name ?? ''}`
  const question = payer?.isEnough === true
    ? `用${whose}的 ${offer.points} 分，付${view.as === 'elder' ? '' : `${view.elderName} `}${whenWords(view.startsAt, view.endsAt, now)}的${view.serviceName}？做完、核实了才扣，没做成就退。${whose}还剩 ${payer.spendable - offer.points} 分。`
    : `要 ${offer.points} 分，${whose}有 ${payer?.spendable ?? 0} 分，还差 ${offer.points - (payer?.spendable ?? 0)} 分。`
  return (
    <ConfirmSheet question={question} yes="就用积分付" isAside isBusy={pay.isPending} isDisabled={payer?.isEnough !== true} onNo={onNo} onYes={async () => { if (await pay.run({ bookingId: view.bookingId, personId: chosen })) onDone() }}>
      {pay.problem ? <Problem problem={pay.problem} /> : null}
      {payers.length > 1 ? <AnswerChoice label="用谁的积分" answers={payers.map((one) => ({ key: one.personId, title: one.isMe ? '用您的' : `用${one.name}的`, detail: `有 ${one.spendable} 分${one.isEnough ? '' : '，不够'}` }))} selected={[chosen]} onChoose={(key) => { pay.clear(); setChosen(key) }} /> : null}
    </ConfirmSheet>
  )
}

function WasPaid({ bookingId, paid, onChanged }: { bookingId: string; paid: Paid; onChanged: () => void }) {
  const undo = useAction('points.unpayVisit')
  const [isAsking, setAsking] = useState(false)
  return (
    <Card label="用积分付">
      <Box className="stack">
        <Box className="between"><Box className="lead">{paid.payerName}用 {paid.points} 分付</Box><Tag tone={paid.state === 'held' ? 'gold' : paid.state === 'posted' ? 'willow' : 'plain'}>{paid.state === 'held' ? '先冻结着' : paid.state === 'posted' ? '扣好了' : '退回了'}</Tag></Box>
        <Box className="small">{paidWords[paid.state]}。</Box>
        {!paid.mayUndo ? null : isAsking
          ? (
            <ConfirmSheet question={`不用积分付了？${paid.points} 分退回${paid.payerName}的存折。`} yes="退回来" isAside isBusy={undo.isPending} onNo={() => setAsking(false)} onYes={async () => { if (await undo.run({ bookingId })) { setAsking(false); onChanged() } }}>
              {undo.problem ? <Problem problem={undo.problem} /> : null}
            </ConfirmSheet>
          )
          : <Button kind="outline" onPress={() => setAsking(true)}>不用积分付了</Button>}
      </Box>
    </Card>
  )
}
