/** The orders of a sitting one by one; when a dish has run out, another one is offered, and the elder decides. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { SlotChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Tag } from '@/components/tag'
import { allergenWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { statusWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { AskedCard } from './asked-card'
import { askedWords, dietOf, fits, payWords, portionsWords, whereOf, type Order, type Sheet } from './kitchen-words'
import styles from './kitchen.module.scss'

const SHOWN = 12
/** Few enough to be seen at once: nobody has to search. */
const FEW = 8

export function OrdersPart({ sheet, onChanged }: { sheet: Sheet; onChanged: () => void }) {
  const now = useServerNow()
  const [sought, setSought] = useState('')
  const [offering, setOffering] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const found = sheet.lines.filter((order) => fits(order, sought))
  const waiting = found.filter((order) => order.proposal?.asks === 'kitchen')
  const others = found.filter((order) => order.proposal?.asks !== 'kitchen')
  if (sheet.lines.length === 0) return <Empty icon="clipboard-list" title="还没有人订" next="订了的会一单一单出现在这里。" />
  return (
    <Box className="stack">
      {sheet.lines.length > FEW ? <Field label="找一单" value={sought} onChange={setSought} maxLength={20} placeholder="姓名、单号或菜" /> : null}
      {answered ? <Notice isAnnounced title={answered} /> : null}
      {found.length === 0 ? <Box className="body">没有找到「{sought.trim()}」。</Box> : null}
      {waiting.map((order) => <AskedCard key={order.bookingId} order={order} onAnswered={(words) => { setAnswered(words); onChanged() }} onChanged={onChanged} />)}
      <Parts rows={others} size={SHOWN} of="订单">
        {(rows) => rows.map((order) => offering === order.bookingId
          ? (
            <SubstituteSheet
              key={order.bookingId} sheet={sheet} order={order} onNo={() => setOffering(null)} onChanged={onChanged}
              onDone={() => { setOffering(null); setAnswered(`问${order.elderName}了，等一句话`); onChanged() }}
            />
          )
          : <OrderCard key={order.bookingId} order={order} mayOffer={now < sheet.startsAt} onOffer={() => { setAnswered(null); setOffering(order.bookingId) }} />)}
      </Parts>
    </Box>
  )
}

function OrderCard({ order, mayOffer, onOffer }: { order: Order; /** until it is served */ mayOffer: boolean; onOffer: () => void }) {
  const { words, tone } = statusWords(order.status, 'kitchen', { way: order.way })
  const diet = dietOf(order)
  return (
    <Card label={`${order.elderName}，${portionsWords(order)}`}>
      <Box className="stack">
        <Box>
          <Box className="between">
            <Box className="lead">{order.elderName}</Box>
            <Tag tone={tone}>{words}</Tag>
          </Box>
          <Box className="body strong">{portionsWords(order)}</Box>
          <Box className="small">{whereOf(order)} · {order.number}</Box>
          <Box className="small">{payWords(order)}</Box>
          {order.note ? <Box className="body">留言：{order.note}</Box> : null}
        </Box>
        {diet ? <Box className={order.avoid.length > 0 ? styles.allergy : 'body strong'}>{diet}</Box> : null}
        {order.proposal ? <Notice tone="gold" title={askedWords(order)}>等老人这边一句话。</Notice> : null}
        {mayOffer && order.status === 'booked' && order.proposal === null ? <Button kind="outline" label={`换一道菜，${order.elderName}`} onPress={onOffer}>换一道菜</Button> : null}
      </Box>
    </Card>
  )
}

interface SubstituteProps {
  sheet: Sheet
  order: Order
  onDone: () => void
  onNo: () => void
  onChanged: () => void
}

/** Which dish instead, and why; what the elder must not eat cannot be offered. */
function SubstituteSheet({ sheet, order, onDone, onNo, onChanged }: SubstituteProps) {
  const week = useQuery('kitchen.week', { fromOn: sheet.onDate })
  const offer = useAction('kitchen.offerSubstitute')
  const [slotId, setSlotId] = useState<string | null>(null)
  const [words, setWords] = useState(`${order.dishName}没有了`)
  const offers = week.output?.days.find((day) => day.onDate === sheet.onDate)?.sittings.find((one) => one.sitting === sheet.sitting)?.dishes.filter((dish) => dish.dishName !== order.dishName) ?? []
  const chosen = offers.find((dish) => dish.slotId === slotId)
  const inside = (dishId: string) => week.output?.dishes.find((dish) => dish.dishId === dishId)?.allergens.filter((one) => order.avoid.includes(one)) ?? []
  return (
    <ConfirmSheet
      question={`${order.elderName}的${portionsWords(order)}，${chosen ? `换成${chosen.dishName}` : '换成哪一道'}？老人答应了才换。`} yes="问老人" no="不换" isBusy={offer.isPending} isDisabled={chosen === undefined || words.trim() === ''}
      onNo={onNo} onYes={async () => { if (slotId !== null && await offer.run({ bookingId: order.bookingId, slotId, words: words.trim() })) onDone(); else onChanged() }}
    >
      {offer.problem ? <Problem problem={offer.problem} /> : null}
      <Content of={week}>
        {() => offers.length === 0
          ? <Box className="body">这一餐没有别的菜。请打电话给社工。</Box>
          : (
            <SlotChoice
              label="换成哪一道" selected={slotId} onChoose={setSlotId}
              slots={offers.map((dish) => {
                const left = dish.capacity - dish.ordered
                const not = inside(dish.dishId)
                const reason = not.length > 0 ? `有${not.map(allergenWords).join('、')}，不能吃` : left < order.portions ? '不够了' : undefined
                return { key: dish.slotId, title: dish.dishName, words: `还有 ${left} 份`, ...(dish.sides ? { detail: dish.sides } : {}), reason }
              })}
            />
          )}
      </Content>
      <Field label="和老人说一句" value={words} onChange={setWords} maxLength={80} />
    </ConfirmSheet>
  )
}
