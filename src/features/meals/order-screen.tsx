/**
 * Ordering a meal: the day, the sitting with its cut-off as a clock, the dish, and above the one button the sentence that
 * says who, when, what, how and what it costs. What was taken last time, and what suits, is chosen already: tomorrow's
 * lunch is one tap from here.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { DishView } from '@/contract'
import { Box, Words } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { useTextSize } from '@/components/text-size'
import { WhoIsItFoot } from '@/components/who-is-it'
import { clockTime } from '@/domain/civil-time'
import { wholeAddress } from '@/services/door-address'
import { againstWords, cautionWords, cutoffWords, lessSubsidyWords, paymentWords, sittingWords } from '@/services/meal-words'
import { forWords, planQuery, useFromPlan, type WayHere } from '@/services/from-plan'
import { useIdentity } from '@/services/identity'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { AwayNotice } from './away'
import { CutoffClock } from './cutoff-clock'
import { DishList } from './dish-list'
import { HowItComes } from './how-it-comes'
import { daysInSight, draftWords, firstOpen, isOrderable, mealDayOption, quoteOf, sentencePieces, sittingState, suggestedDish, wayOf, wayOptions, whenMealWords, wishOf, type Day, type Draft, type Menus, type Payment, type SittingMenu, type When } from './menu'
import { Ordered } from './ordered'
import { refusalWords } from './refusals'
import styles from './meals.module.scss'

/** Portions go while somebody thinks: looks again this often, ms. */
const LOOK_AGAIN_MS = 10_000
const TICK_MS = 10_000

interface OrderScreenProps {
  elderId: string
  /** what the way here was about; otherwise what can be ordered next */
  when: When | null
  /** an item of a care plan may have led here: a meal that is brought */
  cameBy: WayHere
}

const open = (url: string) => { void Taro.navigateTo({ url }) }

/** Which day and sitting is shown: the one chosen, the one the way here was about, what is suggested, whatever there is. */
function shownWhen(menus: Menus, chosen: When | null, now: number): { day: Day; menu: SittingMenu | undefined } | undefined {
  const at = (when: When | null | undefined) => {
    const day = when ? menus.days.find((one) => one.onDate === when.onDate) : undefined
    return day && when ? { day, menu: day.sittings.find((one) => one.sitting === when.sitting) ?? day.sittings[0] } : undefined
  }
  const [first] = menus.days
  return at(chosen) ?? at(menus.suggested) ?? at(firstOpen(menus.days, now)) ?? (first ? { day: first, menu: first.sittings[0] } : undefined)
}

export function OrderScreen({ elderId: given, when, cameBy }: OrderScreenProps) {
  const me = useMyId()
  const elderId = given || me || ''
  const isMe = elderId === me
  const [fromOn, setFromOn] = useState<string | undefined>(undefined)
  const menus = useQuery('meal.menus', elderId ? { elderId, ...(fromOn ? { fromOn } : {}) } : null, { pollMs: LOOK_AGAIN_MS })
  const [whenChosen, setWhen] = useState(when)
  const [dishChosen, setDish] = useState<string | null>(null)
  const [portionsChosen, setPortions] = useState(1)
  const { plan, link, isLinking } = useFromPlan(cameBy)
  const [wayChosen, setWay] = useState<string | null>(plan ? 'delivery' : null)
  const [paymentChosen, setPayment] = useState<Payment | null>(null)
  const [note, setNote] = useState('')
  const [door, setDoor] = useState('')
  const [doorKept, setDoorKept] = useState('')
  const [answered, setAnswered] = useState<string | null>(null)
  const order = useAction('meal.order')
  const identity = useIdentity(elderId)
  const keepDoor = useAction('person.setAddress')
  const now = useServerNow(TICK_MS)
  const { size } = useTextSize()
  const [isUnfolded, setUnfolded] = useState(false)

  const { output } = menus
  const shown = output ? shownWhen(output, whenChosen, now) : undefined
  const menu = shown?.menu
  const at: When | undefined = shown && menu ? { onDate: shown.day.onDate, sitting: menu.sitting } : undefined
  const address = output?.address || doorKept
  const mayChoose = (dish: DishView) => isOrderable(dish, now)
  const fitting = menu ? suggestedDish(menu, now) : undefined
  // A dish that was chosen and is gone meanwhile is no longer chosen, and no other is put in its place unseen.
  const dish = dishChosen === null ? fitting : menu?.dishes.find((one) => one.slotId === dishChosen && mayChoose(one))
  const ways = dish ? wayOptions(dish, address) : []
  const way = output ? wayOf(ways, wayChosen, output) : undefined
  const portions = dish ? Math.min(portionsChosen, Math.max(1, dish.remaining)) : portionsChosen
  const draft: Draft | undefined = dish && way ? { dish, portions, way } : undefined
  const payment = paymentChosen ?? output?.lastPayment ?? 'monthlyBill'
  const whose = isMe ? '您' : output?.elder.name ?? ''
  const isAway = output !== undefined && output.away !== null
  const isDoorMissing = draft?.way.way === 'delivery' && address === ''
  const state = menu ? sittingState(menu, now) : 'none'
  const quote = draft ? quoteOf(draft) : undefined
  const pieces = draft && at && output ? sentencePieces(draft, at, output.elder.name, isMe, now) : undefined
  const howPaid = quote && quote.payFen > 0 ? `，${paymentWords(payment)}` : ''
  const caution = draft ? cautionWords(draft.dish.against) : ''
  const sentence = isDoorMissing ? `${whose}的门牌还没有登记，先填上再订。` : pieces ? `${pieces.who}，${pieces.when}，${pieces.what}。${pieces.subsidy}${pieces.pay}${howPaid}。${caution}` : '请选一道菜。'
  const read = useReadAloud(sentence)
  const refusal = refusalWords(order)

  const clear = () => { order.clear(); setAnswered(null) }
  const look = (next: When) => { clear(); setWhen(next); setDish(null) }
  const week = (date: string | null) => { clear(); setFromOn(date ?? undefined); setWhen(null); setDish(null) }
  const submit = async (wanted: Draft) => {
    const words = note.trim()
    const made = await order.run({ elderId, ...wishOf(wanted), payment, ...(words ? { note: words } : {}), ...identity.given })
    if (!made) return menus.reload()
    await link(made.bookingId)
    void Taro.redirectTo({ url: `/pages/booked/index?bookingId=${made.bookingId}&kind=meal` })
  }
  const saveDoor = async (seen: Menus) => {
    const whole = wholeAddress(seen.elder.communityName, door)
    if (!(await keepDoor.run({ personId: elderId, address: whole }))) return
    setDoorKept(whole)
    clear()
    menus.reload()
  }

  const foot = () => {
    if (!output) return undefined
    if (isAway) {
      return (
        <Foot
          say={`${whose}${output.away === 'hospital' ? '在住院' : '不在家'}，先不订餐。`}
          main={<Button onPress={() => open(`/pages/life/away/index?elderId=${elderId}`)}>回家了</Button>}
        />
      )
    }
    if (state !== 'open') return undefined
    if (refusal && order.code === 'IDENTITY_REQUIRED' && !keepDoor.problem) return <WhoIsItFoot problem={refusal} onHere={() => { clear(); identity.isHere() }} onAsk={() => { clear(); identity.ask() }} />
    const problem = keepDoor.problem ? <Problem problem={keepDoor.problem} /> : refusal && !isDoorMissing ? <Problem problem={refusal} /> : null
    // At the largest text what is chosen stands on the screen above; the foot says what counts, and the whole is read out.
    const short = draft && pieces && quote ? <><Words className="accent">{pieces.when}</Words>，{draftWords(draft)}，<Words className="accent">{pieces.pay}</Words>。{draft.dish.against.length > 0 ? `${againstWords(draft.dish.against)}。` : ''}</> : null
    const say = isDoorMissing || !pieces ? sentence : size === 30 ? short : <><Words className="accent">{pieces.who}</Words>，<Words className="accent">{pieces.when}</Words>，{pieces.what}。{pieces.subsidy}<Words className="accent">{pieces.pay}</Words>{howPaid}。{caution}</>
    return (
      <Foot
        say={say} problem={problem} other={<ReadAloud {...read} />}
        main={isDoorMissing
          ? <Button isDisabled={door.trim() === ''} isBusy={keepDoor.isPending} onPress={() => saveDoor(output)}>记下门牌</Button>
          : <Button isDisabled={!draft} isBusy={order.isPending || isLinking} onPress={() => (draft ? submit(draft) : undefined)}>{caution ? '还是订这个' : '就订这个'}</Button>}
      />
    )
  }

  return (
    <Screen title="订餐" subtitle={output ? forWords(output.elder.name, plan) : undefined} foot={foot()}>
      {answered ? <Notice title={answered} isAnnounced /> : null}
      <Content of={menus} shape="list">
        {(seen) => (
          <>
            {seen.away !== null ? <AwayNotice why={seen.away} whose={whose} /> : null}
            {isDoorMissing ? <Card tone="gold"><Field label="门牌" value={door} onChange={(typed) => { keepDoor.clear(); setDoor(typed) }} maxLength={50} hint="例如 12 幢 302" /></Card> : null}
            {seen.previousOn ? <TextLink onPress={() => week(seen.previousOn)}>看前一周</TextLink> : null}
            <DayStrip
              days={daysInSight(seen.days, shown?.day.onDate, now, isUnfolded ? 20 : size).map((day) => mealDayOption(day, now))} selected={shown?.day.onDate ?? ''}
              onChoose={(onDate) => { const day = seen.days.find((one) => one.onDate === onDate); look({ onDate, sitting: day?.sittings.find((one) => one.sitting === at?.sitting)?.sitting ?? day?.sittings[0]?.sitting ?? 'lunch' }) }}
              further={size !== 20 && !isUnfolded && seen.days.length > 3 ? { words: '往后看', onPress: () => setUnfolded(true) } : seen.nextOn ? { words: '后一周 ›', onPress: () => week(seen.nextOn) } : undefined}
            />
            {shown && shown.day.sittings.length > 1
              ? <Segments label="哪一餐" parts={shown.day.sittings.map((one) => ({ key: one.sitting, words: <Box><Box>{sittingWords(one.sitting)}</Box>{size === 30 ? null : <Box className={styles.hours}>{clockTime(one.startsAt)}–{clockTime(one.endsAt)}</Box>}</Box> }))} selected={menu?.sitting ?? ''} onChoose={(key) => look({ onDate: shown.day.onDate, sitting: key === 'dinner' ? 'dinner' : 'lunch' })} />
              : menu ? <Box className="strong">{sittingWords(menu.sitting)} {clockTime(menu.startsAt)}–{clockTime(menu.endsAt)}</Box> : null}
            {shown && menu && at && seen.away === null
              ? menu.bookingId !== null
                ? <Ordered when={at} menu={menu} bookingId={menu.bookingId} elderId={elderId} whose={whose} onChanged={(words) => { setAnswered(words); menus.reload() }} next={firstOpen(seen.days, now, at)} onNext={look} />
                : (
                  <>
                    {state === 'open' ? <CutoffClock until={dish?.orderUntil ?? menu.orderUntil} onDate={at.onDate} onPassed={menus.reload} /> : <Shut state={state} at={at} menu={menu} next={firstOpen(seen.days, now, at)} onNext={look} />}
                    <DishList
                      dishes={menu.dishes} chosen={dish?.slotId ?? null} mayChoose={mayChoose} fitting={fitting} whose={whose} label={`选菜，${whenMealWords(at, now)}`}
                      onChoose={(slotId) => { clear(); setDish(slotId); setPortions(1) }}
                    />
                    {draft && quote
                      ? (
                        <>
                          {size === 30 ? <Box className="small">{sittingWords(at.sitting)} {clockTime(menu.startsAt)}–{clockTime(menu.endsAt)}</Box> : null}
                          <HowItComes
                            portions={portions} most={draft.dish.remaining} onPortions={(count) => { clear(); setPortions(count) }} way={draft.way} ways={ways} onWay={(key) => { clear(); setWay(key) }}
                            payment={{ how: payment, onChoose: (how) => { clear(); setPayment(how) }, isFree: quote.payFen === 0 }}
                          />
                          {lessSubsidyWords(quote) === null ? null : <Box className="small">{lessSubsidyWords(quote)}</Box>}
                          {draft.way.way === 'delivery' ? <Field label="想让送餐员知道的（可以不写）" value={note} onChange={setNote} maxLength={80} placeholder="门铃坏了，请敲门" /> : null}
                        </>
                      )
                      : null}
                  </>
                )
              : null}
            {shown && menu === undefined && seen.away === null ? <NoMenu day={shown.day} next={firstOpen(seen.days, now)} onNext={look} now={now} /> : null}
            <Card>
              <Rows label="还可以">
                <Row icon="calendar-days" title="一次订几天" detail="也可以和上周一样" onPress={() => open(`/pages/meals/several/index?elderId=${elderId}${planQuery(plan)}`)} />
                <Row icon="shield-check" title="饮食忌口" detail={seen.hasDiet ? '留了，不能吃的会避开' : '还没有留，留了会替您避开'} onPress={() => open(`/pages/meals/diet/index?elderId=${elderId}`)} />
                <Row icon="file-text" title="每月餐费" detail="总价、补贴、要付多少" onPress={() => open(`/pages/meals/month/index?elderId=${elderId}`)} />
              </Rows>
            </Card>
            {seen.away === null ? <TextLink onPress={() => open(`/pages/life/away/index?elderId=${elderId}`)}>要住院、出门，先说一声</TextLink> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Why a sitting cannot be ordered, and the way on. */
function Shut({ state, at, menu, next, onNext }: { state: ReturnType<typeof sittingState>; at: When; menu: SittingMenu; next: When | undefined; onNext: (when: When) => void }) {
  const now = useServerNow()
  const meal = whenMealWords(at, now)
  const words = state === 'past' ? `${meal} ${cutoffWords(menu.orderUntil, at.onDate, now)} 截止了，厨房在备餐。`
    : state === 'full' ? `${meal}都订满了。`
      : state === 'closed' ? `${meal}停订了。`
        : state === 'clash' ? `${meal}的时候已有别的安排，不在家。`
          : state === 'notSafe' ? `${meal}的菜都有忌口的，已经避开。`
            : `${meal}还没有菜单。`
  return (
    <Notice tone="gold" icon={state === 'past' ? 'clock' : 'circle-alert'} title={words} actions={next ? <Button kind="outline" onPress={() => onNext(next)}>可以订{whenMealWords(next, now)}</Button> : undefined}>
      {next ? '' : '这一周没有别的可以订了。'}
    </Notice>
  )
}

/** A day on which nothing is served. */
function NoMenu({ day, next, onNext, now }: { day: Day; next: When | undefined; onNext: (when: When) => void; now: number }) {
  return (
    <Empty
      icon="clock" title={day.holidayName ? `这天${day.holidayName}，厨房休息` : '这天还没有菜单'} next={next ? '别的日子可以订。' : '厨房排好菜单，会放在这里。'}
      {...(next ? { action: { words: `订${whenMealWords(next, now)}`, onPress: () => onNext(next) } } : {})}
    />
  )
}
