/**
 * Changing an order: another dish of the same sitting, other portions, another way. Before the cut-off it is simply done;
 * afterwards the kitchen is asked, and the order stands as it is until it answers.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BookingView, DishView, MealView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { WhoIsItFoot } from '@/components/who-is-it'
import { cautionWords, lessSubsidyWords, payWords, placeWords, quoteWords } from '@/services/meal-words'
import { useIdentity } from '@/services/identity'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { CutoffClock } from './cutoff-clock'
import { DishList } from './dish-list'
import { HowItComes } from './how-it-comes'
import { draftWords, quoteOf, wayOf, wayOptions, whenMealWords, wishOf, type Draft, type Menus } from './menu'
import { refusalWords } from './refusals'

const LOOK_AGAIN_MS = 10_000
/** States of a dish that keep it from this order; that another dish of the sitting is taken does not. */
const isGone = (dish: DishView, isAsking: boolean): boolean => dish.state === 'full' || dish.state === 'closed' || dish.state === 'clash' || (dish.state === 'past' && !isAsking)

const seeBooking = (bookingId: string) => { void Taro.redirectTo({ url: `/pages/booking/index?bookingId=${bookingId}` }) }

export function ChangeScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const view = booking.output
  const menus = useQuery('meal.menus', view?.order ? { elderId: view.elderId, fromOn: view.onDate } : null, { pollMs: LOOK_AGAIN_MS })
  if (!view) return <Screen title="改订餐"><Content of={booking}>{() => null}</Content></Screen>
  if (view.order === null || !(view.acts.includes('change') || view.acts.includes('askKitchen'))) {
    return <Screen title="改订餐" subtitle={`给 ${view.elderName}`}><Empty icon="clock" title="这一餐不能改了" next="可以看看现在到哪一步。" action={{ words: '看这一餐', onPress: () => seeBooking(bookingId) }} /></Screen>
  }
  if (!menus.output) return <Screen title="改订餐" subtitle={`给 ${view.elderName}`}><Content of={menus}>{() => null}</Content></Screen>
  return <Change view={view} order={view.order} menus={menus.output} reload={() => { booking.reload(); menus.reload() }} />
}

function Change({ view, order, menus, reload }: { view: BookingView; order: MealView; menus: Menus; reload: () => void }) {
  const now = useServerNow(10_000)
  const [dishChosen, setDish] = useState<string | null>(null)
  const [portionsChosen, setPortions] = useState<number | null>(null)
  const [wayChosen, setWay] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const change = useAction('meal.change')
  const ask = useAction('meal.askKitchen')
  const identity = useIdentity(view.elderId)
  const sitting = menus.days.find((day) => day.onDate === view.onDate)?.sittings.find((one) => one.sitting === order.sitting)
  const mine = sitting?.dishes.find((dish) => dish.slotId === order.slotId)
  const isAsking = order.orderUntil <= now
  // Once it is cooked for, only the kitchen that cooks it can be asked.
  const dishes = sitting?.dishes.filter((dish) => !isAsking || dish.kitchenId === mine?.kitchenId) ?? []
  const mayChoose = (dish: DishView) => dish.slotId === mine?.slotId || (dish.blockedBy.length === 0 && dish.remaining > 0 && !isGone(dish, isAsking))
  const dish = dishChosen === null ? mine : dishes.find((one) => one.slotId === dishChosen && mayChoose(one))
  const ways = dish ? wayOptions(dish, menus.address) : []
  const way = wayOf(ways, wayChosen, { lastWay: order.way, lastSiteId: order.siteId })
  const isSameDish = dish !== undefined && dish.slotId === order.slotId
  // What is held already stays to be had.
  const most = dish ? dish.remaining + (isSameDish ? order.portions : 0) : 1
  const portions = Math.min(portionsChosen ?? order.portions, Math.max(1, most))
  const draft: Draft | undefined = dish && way ? { dish, portions, way } : undefined
  const isChanged = draft !== undefined && !(isSameDish && portions === order.portions && draft.way.way === order.way && (draft.way.siteId ?? null) === order.siteId)
  const fitting = dishes.find((one) => one.against.length === 0 && one.blockedBy.length === 0 && mayChoose(one)) ?? dishes.find((one) => one.blockedBy.length === 0 && mayChoose(one))
  const isMe = view.as === 'elder'
  const whose = isMe ? '您' : view.elderName
  const quote = draft ? quoteOf(draft) : undefined
  const meal = whenMealWords({ onDate: view.onDate, sitting: order.sitting }, now)
  const wanted = draft && quote ? `${draftWords(draft)}，${placeWords(draft.way.way, draft.way.siteName)}。${quoteWords(quote, isMe ? '您' : '自')}。` : ''
  const caution = draft ? cautionWords(draft.dish.against) : ''
  const sentence = !isChanged ? `${view.elderName}，${meal}。想改什么，请在上面选。`
    : isAsking ? `请厨房把${view.elderName}${meal}改成${wanted}${caution}厨房答应了才算，没答应就还是原来的。`
      : `${view.elderName}，${meal}，改成${wanted}${caution}`
  const read = useReadAloud(sentence)
  const refusal = refusalWords(isAsking ? ask : change)
  const clear = () => { change.clear(); ask.clear() }
  const submit = async () => {
    if (!draft) return
    const wish = wishOf(draft)
    const typed = words.trim()
    const done = isAsking ? await ask.run({ bookingId: view.bookingId, wish: { what: 'change', ...wish }, ...(typed ? { words: typed } : {}) }) : await change.run({ bookingId: view.bookingId, ...wish, ...identity.given })
    if (done) seeBooking(view.bookingId)
    else reload()
  }
  return (
    <Screen
      title={isAsking ? '问问厨房' : '改订餐'} subtitle={`给 ${view.elderName}`}
      foot={refusal && change.code === 'IDENTITY_REQUIRED'
        ? <WhoIsItFoot problem={refusal} onHere={() => { clear(); identity.isHere() }} onAsk={() => { clear(); identity.ask() }} />
        : <Foot say={sentence} problem={refusal ? <Problem problem={refusal} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={!isChanged} isBusy={change.isPending || ask.isPending} onPress={submit}>{isAsking ? '问厨房' : caution && isChanged ? '还是这样改' : '就这样改'}</Button>} />}
    >
      <Box className="strong">{meal}，现在订的是{order.dishName} {order.portions} 份，{payWords(order.quote, isMe ? '您' : '自')}</Box>
      {!isAsking ? <CutoffClock until={order.orderUntil} onDate={view.onDate} onPassed={reload} /> : <Notice tone="gold" icon="clock" title="截止时间过了">厨房在备餐。可以问问厨房能不能改。</Notice>}
      <DishList
        dishes={dishes} chosen={dish?.slotId ?? null} mayChoose={mayChoose} fitting={fitting} whose={whose} label={`选菜，${meal}`} isAsking={isAsking}
        onChoose={(slotId) => { clear(); setDish(slotId); setWay(null) }}
      />
      {draft ? <HowItComes portions={draft.portions} most={most} onPortions={(count) => { clear(); setPortions(count) }} way={draft.way} ways={ways} onWay={(key) => { clear(); setWay(key) }} /> : null}
      {quote && lessSubsidyWords(quote) !== null ? <Box className="small">{lessSubsidyWords(quote)}</Box> : null}
      {isAsking ? <Field label="想对厨房说的（可以不写）" value={words} onChange={setWords} maxLength={80} /> : null}
    </Screen>
  )
}
