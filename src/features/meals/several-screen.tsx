/**
 * Several days in one go: each sitting with what suits ticked or not, another dish where somebody wants it, or everything as
 * last week; one look at the sum, one tap, and then for each meal what became of it.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { DishView, OutputOf } from '@/contract'
import { Box, Heading, Words } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pressable } from '@/components/pressable'
import { classes } from '@/components/platform'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { WhoIsItFoot } from '@/components/who-is-it'
import { DomainError, errorCodes } from '@/domain/error'
import { monthOf } from '@/domain/meal-policy'
import { call } from '@/services/call'
import { againstWords, dishWords, paymentWords, sittingWords } from '@/services/meal-words'
import { forWords, useFromPlan, type WayHere } from '@/services/from-plan'
import { useIdentity } from '@/services/identity'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { wordingOf, type Wording } from '@/services/wording'
import { AwayNotice } from './away'
import { isOrderable, quoteOf, sittingState, suggestedDish, wayOf, wayOptions, whenMealWords, wishOf, type Draft, type Menus, type Payment, type Sitting, type SittingMenu, type When, type WayOption } from './menu'
import { refusalWords } from './refusals'
import styles from './several.module.scss'

type Again = OutputOf<'meal.again'>['proposals'][number]
type Result = OutputOf<'meal.orderSeveral'>
/** A sitting that is ticked. */
interface Pick { when: When; dish: DishView; portions: number; way: string | null }

const LOOK_AGAIN_MS = 15_000
const keyOf = ({ onDate, sitting }: When): string => `${onDate}_${sitting}`
const byTime = (a: Pick, b: Pick): number => (keyOf(a.when) < keyOf(b.when) ? -1 : 1)

/** Why nothing comes of a meal of last week. */
const againReasons: Record<NonNullable<Again['reason']>, string> = { ordered: '已经订了', noMenu: '还没有菜单', closed: '停订了', past: '截止了', full: '订满了', notSafe: '没有能吃的菜' }

export function SeveralScreen({ elderId: given, cameBy }: { elderId: string; cameBy: WayHere }) {
  const me = useMyId()
  const elderId = given || me || ''
  const isMe = elderId === me
  const menus = useQuery('meal.menus', elderId ? { elderId } : null, { pollMs: LOOK_AGAIN_MS })
  const [sittingChosen, setSitting] = useState<Sitting>('lunch')
  const [picks, setPicks] = useState<Readonly<Record<string, Pick>>>({})
  const [open, setOpen] = useState<string | null>(null)
  const { plan, link, isLinking } = useFromPlan(cameBy)
  const [wayChosen, setWay] = useState<string | null>(plan ? 'delivery' : null)
  const [paymentChosen, setPayment] = useState<Payment | null>(null)
  const [again, setAgain] = useState<readonly Again[] | null>(null)
  const [problem, setProblem] = useState<Wording | null>(null)
  const [done, setDone] = useState<{ result: Result; picks: readonly Pick[] } | null>(null)
  const order = useAction('meal.orderSeveral')
  const identity = useIdentity(elderId)
  const now = useServerNow(15_000)

  const { output } = menus
  // What went meanwhile is no longer ticked.
  const menuOf = (when: When): SittingMenu | undefined => output?.days.find((day) => day.onDate === when.onDate)?.sittings.find((one) => one.sitting === when.sitting)
  const dishNow = (pick: Pick): DishView | undefined => { const menu = menuOf(pick.when); return menu?.bookingId === null ? menu.dishes.find((dish) => dish.slotId === pick.dish.slotId && isOrderable(dish, now)) : undefined }
  const wayFor = (dish: DishView, own: string | null): WayOption | undefined => (output ? wayOf(wayOptions(dish, output.address), wayChosen ?? own, output) : undefined)
  const ticked = Object.values(picks).sort(byTime).flatMap((pick): (Pick & { draft: Draft })[] => {
    const dish = dishNow(pick)
    const way = dish ? wayFor(dish, pick.way) : undefined
    return dish && way ? [{ ...pick, dish, draft: { dish, portions: Math.min(pick.portions, dish.remaining), way } }] : []
  })
  const sum = total(ticked, output)
  const payment = paymentChosen ?? output?.lastPayment ?? 'monthlyBill'
  const needsDoor = ticked.some(({ draft }) => draft.way.way === 'delivery') && output?.address === ''
  const ways = mostWays(ticked.map(({ dish }) => dish), output?.address ?? '')
  const sentence = ticked.length === 0 ? '请点要订的日子。'
    : `${output?.elder.name ?? ''}，${ticked.map(({ when, draft }) => `${whenMealWords(when, now)} ${dishWords(draft.dish.dishName, draft.portions)}${draft.dish.against.length > 0 ? `（${againstWords(draft.dish.against)}）` : ''}`).join('、')}，一共 ${ticked.length} 餐。${sum.subsidyFen > 0 ? `街道补 ${priceWords(sum.subsidyFen)}，` : ''}${isMe ? '您' : '自'}付 ${priceWords(sum.payFen)}，${paymentWords(payment)}。`
  const warned = ticked.filter(({ dish }) => dish.against.length > 0).length
  const short = ticked.length === 0 ? sentence : <><Words className="accent">{output?.elder.name}，{ticked.length} 餐</Words>。总价 {priceWords(sum.priceFen)}{sum.subsidyFen > 0 ? `，街道补 ${priceWords(sum.subsidyFen)}` : ''}，<Words className="accent">{isMe ? '您' : '自'}付 {priceWords(sum.payFen)}</Words>，{paymentWords(payment)}。{warned > 0 ? `有 ${warned} 餐和饮食要求不一样。` : ''}</>
  const read = useReadAloud(sentence)
  const refusal = needsDoor ? { title: '还不知道送到哪扇门', next: '请先到「订餐」里填上门牌，或者改成自取。' } : problem ?? refusalWords(order)

  const toggle = (when: When, dish: DishView | undefined) => {
    order.clear(); setProblem(null)
    const key = keyOf(when)
    if (picks[key]) setPicks(Object.fromEntries(Object.entries(picks).filter(([one]) => one !== key)))
    else if (dish) setPicks({ ...picks, [key]: { when, dish, portions: 1, way: null } })
  }
  const asLastWeek = async () => {
    order.clear(); setProblem(null)
    try {
      const { proposals } = await call('meal.again', { elderId })
      setAgain(proposals)
      const filled = proposals.flatMap(({ onDate, sitting, dish, portions, way, siteId }): [string, Pick][] => (dish ? [[keyOf({ onDate, sitting }), { when: { onDate, sitting }, dish, portions, way: siteId === null ? way : `${way}_${siteId}` }]] : []))
      setPicks(Object.fromEntries(filled))
      if (filled.length > 0 && filled.every(([, pick]) => pick.when.sitting === 'dinner')) setSitting('dinner')
    } catch (error) {
      setProblem(wordingOf(error))
    }
  }
  const submit = async () => {
    const result = await order.run({ elderId, orders: ticked.map(({ draft }) => wishOf(draft)), payment, ...identity.given })
    // Of several the item remembers the first.
    await link(result?.ordered[0]?.bookingId)
    if (result) setDone({ result, picks: ticked })
    menus.reload()
  }

  if (done) return <Outcome result={done.result} picks={done.picks} name={output?.elder.name ?? ''} onAgain={() => { setDone(null); setPicks({}); setAgain(null) }} />
  const isHome = output?.away === null
  return (
    <Screen
      title="订几天" subtitle={output ? forWords(output.elder.name, plan) : undefined}
      foot={!output || !isHome ? undefined
        : refusal && order.code === 'IDENTITY_REQUIRED' ? <WhoIsItFoot problem={refusal} onHere={() => { order.clear(); identity.isHere() }} onAsk={() => { order.clear(); identity.ask() }} />
          : <Foot say={short} problem={refusal ? <Problem problem={refusal} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={ticked.length === 0 || needsDoor} isBusy={order.isPending || isLinking} onPress={submit}>{ticked.length > 0 ? `订这 ${ticked.length} 餐` : '就订这些'}</Button>} />}
    >
      <Content of={menus}>
        {(seen) => seen.away !== null ? <AwayNotice why={seen.away} whose={isMe ? '您' : seen.elder.name} /> : (
          <>
            <Button kind="outline" icon="refresh-cw" onPress={asLastWeek}>和上周一样</Button>
            {again ? <LastWeek proposals={again} now={now} /> : null}
            <Segments label="哪一餐" parts={[{ key: 'lunch', words: countWords('lunch', ticked) }, { key: 'dinner', words: countWords('dinner', ticked) }]} selected={sittingChosen} onChoose={(key) => { setOpen(null); setSitting(key === 'dinner' ? 'dinner' : 'lunch') }} />
            {seen.days.map((day) => {
              const menu = day.sittings.find((one) => one.sitting === sittingChosen)
              const when: When = { onDate: day.onDate, sitting: sittingChosen }
              const pick = picks[keyOf(when)]
              return (
                <OneMeal
                  key={day.onDate} dayWords={dateWords(day.onDate, now)} holidayName={day.holidayName} menu={menu} now={now} dish={(pick ? dishNow(pick) : undefined) ?? (menu ? suggestedDish(menu, now) : undefined)}
                  isTicked={pick !== undefined && dishNow(pick) !== undefined} portions={pick?.portions ?? 1} isOpen={open === day.onDate} onToggle={(dish) => toggle(when, dish)} onOpen={() => setOpen(open === day.onDate ? null : day.onDate)}
                  onDish={(dish) => { order.clear(); setOpen(null); setPicks({ ...picks, [keyOf(when)]: { when, dish, portions: pick?.portions ?? 1, way: pick?.way ?? null } }) }}
                />
              )
            })}
            {ticked.length > 0
              ? (
                <Card label="怎么取、怎么付">
                  <Box className="stack">
                    {ways.length > 1 ? <Heading level={2} className="section">怎么取</Heading> : null}
                    {ways.length > 1 ? <AnswerChoice label="怎么取" answers={ways.map((one) => ({ key: one.key, title: one.title, detail: one.detail }))} selected={[wayChosen ?? ticked[0]?.draft.way.key ?? '']} onChoose={setWay} /> : null}
                    <Heading level={2} className="section">怎么付</Heading>
                    <AnswerChoice label="怎么付" answers={[{ key: 'monthlyBill', title: paymentWords('monthlyBill') }, { key: 'atSite', title: paymentWords('atSite') }]} selected={[payment]} onChoose={(key) => setPayment(key === 'atSite' ? 'atSite' : 'monthlyBill')} />
                  </Box>
                </Card>
              )
              : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

const countWords = (sitting: Sitting, ticked: readonly Pick[]): string => {
  const count = ticked.filter(({ when }) => when.sitting === sitting).length
  return count > 0 ? `${sittingWords(sitting)} ${count} 餐` : sittingWords(sitting)
}

/** The ways of the dish that has most of them. */
const mostWays = (dishes: readonly DishView[], address: string): readonly WayOption[] => dishes.map((dish) => wayOptions(dish, address)).reduce((most, ways) => (ways.length > most.length ? ways : most), [])

/** The sum, with the month's cap on the subsidy of all of them together; what is booked in the end says each order itself. */
function total(ticked: readonly { draft: Draft; when: When }[], menus: Menus | undefined): { priceFen: number; subsidyFen: number; payFen: number } {
  const priceFen = ticked.reduce((sum, { draft }) => sum + quoteOf(draft).priceFen, 0)
  const months = [...new Set(ticked.map(({ when }) => monthOf(when.onDate)))]
  const subsidyFen = months.reduce((sum, month) => {
    const wished = ticked.filter(({ when }) => monthOf(when.onDate) === month).reduce((inMonth, { draft }) => inMonth + quoteOf(draft).subsidyFen, 0)
    const cap = menus?.monthCapFen ?? null
    const used = menus && monthOf(menus.fromOn) === month ? menus.monthUsedFen : 0
    return sum + (cap === null ? wished : Math.min(wished, Math.max(0, cap - used)))
  }, 0)
  return { priceFen, subsidyFen, payFen: priceFen - subsidyFen }
}

interface OneMealProps {
  dayWords: string
  holidayName: string | null
  menu: SittingMenu | undefined
  now: number
  dish: DishView | undefined
  isTicked: boolean
  portions: number
  isOpen: boolean
  onToggle: (dish: DishView | undefined) => void
  onOpen: () => void
  onDish: (dish: DishView) => void
}

const shutWords = { ordered: '已经订了', none: '没有菜单', past: '截止了', clash: '这时已有别的安排', notSafe: '没有能吃的菜', closed: '停订了', full: '订满了' } as const

/** One day: what would come, with a tick; another dish on request. */
function OneMeal({ dayWords, holidayName, menu, now, dish, isTicked, portions, isOpen, onToggle, onOpen, onDish }: OneMealProps) {
  const state = menu ? sittingState(menu, now) : 'none'
  const others = menu?.dishes.filter((one) => isOrderable(one, now)) ?? []
  if (state !== 'open') {
    const words = menu === undefined && holidayName ? `${holidayName}，厨房休息` : shutWords[state]
    return <Box className={styles.shut}><Words className={styles.day}>{dayWords}</Words><Words className={styles.why}>{words}</Words></Box>
  }
  const link = isOpen ? '收起' : dish ? '换一道' : '挑一道'
  const hasChoice = others.length > 1 || !dish
  return (
    <Card tone={isTicked ? 'chosen' : 'plain'}>
      <Box className={styles.line}>
        {dish
          ? (
            <Pressable role="checkbox" spoken={{ isChecked: isTicked }} className={styles.meal} onPress={() => onToggle(dish)}>
              <Box className={classes(styles.tick, isTicked && styles.ticked)} spoken={{ isHidden: true }}>{isTicked ? '✓' : ''}</Box>
              <Box className={styles.words}>
                <Box className={styles.day}>{dayWords}</Box>
                <Box className={styles.dish}>{dishWords(dish.dishName, portions)}</Box>
                {dish.against.length > 0 ? <Box className={styles.against}>{againstWords(dish.against)}</Box> : null}
                <Box className={styles.why}><Words className="price">{priceWords(dish.quote.payFen)}</Words> · 剩 {dish.remaining} 份</Box>
              </Box>
            </Pressable>
          )
          // Nothing fits what was advised: whatever is taken is chosen knowingly.
          : <Box className={styles.words}><Box className={styles.day}>{dayWords}</Box><Box className={styles.why}>没有合饮食要求的，可以自己挑</Box></Box>}
        {hasChoice ? <Box className={styles.other}><TextLink label={`${dayWords}，${link}`} onPress={onOpen}>{link}</TextLink></Box> : null}
      </Box>
      {isOpen
        ? <Box className={styles.choice}><AnswerChoice label={`${dayWords}，选菜`} answers={others.map((one) => ({ key: one.slotId, title: one.dishName, detail: [one.against.length > 0 ? againstWords(one.against) : '', one.sides, priceWords(one.quote.payFen)].filter(Boolean).join(' · ') }))} selected={isTicked && dish ? [dish.slotId] : []} onChoose={(key) => { const chosen = others.find((one) => one.slotId === key); if (chosen) onDish(chosen) }} /></Box>
        : null}
    </Card>
  )
}

/** What became of last week: what is not the same, and why. */
function LastWeek({ proposals, now }: { proposals: readonly Again[]; now: number }) {
  if (proposals.length === 0) return <Notice tone="gold" isAnnounced title="上周没有订过餐">请在下面点要订的日子。</Notice>
  const others = proposals.filter((one) => !one.isSame || one.dish === null)
  const words = (one: Again): string => `${whenMealWords(one, now)}：${one.dish ? `没有${one.lastDishName}，换成了${one.dish.dishName}` : `${one.lastDishName}，${one.reason ? againReasons[one.reason] : '订不了'}`}`
  return (
    <Notice isAnnounced title={proposals.some((one) => one.dish) ? '照上周填好了，请看一看' : '上周的菜，这周都订不了'} tone={proposals.some((one) => one.dish) ? 'willow' : 'gold'}>
      {others.map((one) => <Box key={keyOf(one)}>{words(one)}</Box>)}
    </Notice>
  )
}

/** For each meal what happened. */
function Outcome({ result, picks, name, onAgain }: { result: Result; picks: readonly Pick[]; name: string; onAgain: () => void }) {
  const now = useServerNow()
  const whenOf = (slotId: string) => picks.find((pick) => pick.dish.slotId === slotId)
  const line = (slotId: string) => { const pick = whenOf(slotId); return pick ? `${whenMealWords(pick.when, now)} · ${dishWords(pick.dish.dishName, pick.portions)}` : '' }
  const paid = result.ordered.reduce((sum, one) => sum + one.quote.payFen, 0)
  const problem = (code: string): Wording => {
    const known = errorCodes.find((one) => one === code) ?? 'UNEXPECTED'
    const words = wordingOf(new DomainError(known))
    return refusalWords({ code: known, details: undefined, problem: words }) ?? words
  }
  return (
    <Screen
      title={result.ordered.length > 0 ? '订好了' : '没有订上'} subtitle={`给 ${name}`} onBack={() => { void Taro.reLaunch({ url: '/pages/home/index' }) }}
      foot={<Foot say={result.ordered.length > 0 ? `${name}，订好了 ${result.ordered.length} 餐，一共付 ${priceWords(paid)}。` : '一餐都没有订上，请再看看。'} other={result.refused.length > 0 ? <Button kind="outline" onPress={onAgain}>再选选</Button> : undefined} main={<Button onPress={() => { void Taro.reLaunch({ url: '/pages/bookings/index' }) }}>看预约</Button>} />}
    >
      {result.ordered.length > 0 ? <Notice isAnnounced title={`订好了 ${result.ordered.length} 餐`} /> : <Empty title="没有订上" next="下面写了为什么。" />}
      {result.ordered.length > 0
        ? (
          <Card>
            <Rows label="订好的">
              {result.ordered.map((one) => <Row key={one.slotId} title={line(one.slotId)} detail={`付 ${priceWords(one.quote.payFen)}${one.quote.subsidyFen > 0 ? `，街道补 ${priceWords(one.quote.subsidyFen)}` : ''}`} end={<Tag>订好了</Tag>} onPress={() => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${one.bookingId}` }) }} />)}
            </Rows>
          </Card>
        )
        : null}
      {result.refused.length > 0
        ? (
          <>
            <Heading level={2} className="section">没有订上</Heading>
            <Card><Rows label="没有订上">{result.refused.map((one) => <Row key={one.slotId} title={line(one.slotId)} detail={`${problem(one.code).title}。${problem(one.code).next}`} />)}</Rows></Card>
          </>
        )
        : null}
    </Screen>
  )
}
