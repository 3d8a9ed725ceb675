/**
 * The dishes of a sitting, one to choose: picture, what it is fit for, price with the subsidy taken off, what is left. A
 * dish that must not be eaten stays in sight, greyed with the reason, and offers the safe one in its place.
 */
import type { DishView } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Words } from '@/components/box'
import { Button } from '@/components/button'
import { DishPicture } from '@/components/dish-picture'
import { classes } from '@/components/platform'
import { Pressable } from '@/components/pressable'
import { Tag } from '@/components/tag'
import { againstWords, allergenWords, dishAgainstWords, dietTagWords } from '@/services/meal-words'
import { priceWords } from '@/services/timeline-words'
import { shutWords } from './menu'
import styles from './meals.module.scss'

interface DishListProps {
  dishes: readonly DishView[]
  chosen: string | null
  /** free, safe, and not past its cut-off */
  mayChoose: (dish: DishView) => boolean
  /** the dish to offer in place of one that must not be eaten, or goes against advice */
  fitting: DishView | undefined
  /** 您, or the elder's name */
  whose: string
  label: string
  /** after the cut-off, where the kitchen is asked */
  isAsking?: boolean
  onChoose: (slotId: string) => void
}

/** What suits first, with its kitchen; what cannot be had any more last in its kitchen. Otherwise as on the menu. */
function inOrder(dishes: readonly DishView[], fitting: DishView | undefined, mayChoose: (dish: DishView) => boolean): readonly DishView[] {
  const kitchens = [...new Set([...(fitting ? [fitting.kitchenId] : []), ...dishes.map((dish) => dish.kitchenId)])]
  const rank = (dish: DishView): number => kitchens.indexOf(dish.kitchenId) * 3 + (dish.slotId === fitting?.slotId ? 0 : mayChoose(dish) || dish.blockedBy.length > 0 ? 1 : 2)
  return dishes.map((dish, index) => ({ dish, index })).sort((a, b) => rank(a.dish) - rank(b.dish) || a.index - b.index).map(({ dish }) => dish)
}

export function DishList({ dishes: offered, chosen, mayChoose, fitting, whose, label, isAsking = false, onChoose }: DishListProps) {
  const dishes = inOrder(offered, fitting, mayChoose)
  const isSeveralKitchens = new Set(dishes.map((dish) => dish.kitchenId)).size > 1
  return (
    <Box className="stack" spoken={{ role: 'group', label }}>
      {dishes.map((dish, index) => (
        <Box key={dish.slotId} className="stack">
          {isSeveralKitchens && dishes[index - 1]?.kitchenId !== dish.kitchenId ? <Box className="small">{dish.kitchenName}</Box> : null}
          {dish.blockedBy.length > 0
            ? <Blocked dish={dish} whose={whose} instead={fitting} isInsteadChosen={fitting !== undefined && fitting.slotId === chosen} onChoose={onChoose} />
            : <Dish dish={dish} isChosen={dish.slotId === chosen} reason={shutWords(dish, mayChoose, isAsking)} onChoose={onChoose} />}
          {dish.slotId === chosen && dish.against.length > 0 ? <Against dish={dish} whose={whose} instead={fitting} onChoose={onChoose} /> : null}
        </Box>
      ))}
    </Box>
  )
}

function Dish({ dish, isChosen, reason, onChoose }: { dish: DishView; isChosen: boolean; reason: string | null; onChoose: (slotId: string) => void }) {
  const { quote } = dish
  const isFew = dish.remaining * 4 <= dish.capacity
  const isShut = reason !== null
  const fits = dish.tags.map(dietTagWords).join(' · ')
  const label = [dish.dishName, ...dish.tags.map(dietTagWords), dish.sides, `${quote.subsidyFen > 0 ? `原价 ${priceWords(quote.priceFen)}，补贴后 ` : ''}${priceWords(quote.payFen)}`, dish.against.length > 0 && !isShut ? againstWords(dish.against) : '', reason ?? `剩 ${dish.remaining} 份`].filter(Boolean).join('，')
  return (
    <Pressable role="radio" isDisabled={isShut} spoken={{ isChecked: isChosen }} label={label} className={classes(styles.dish, isChosen && styles.chosen, isShut && styles.shut)} onPress={() => onChoose(dish.slotId)}>
      <Box className={styles.picture}><DishPicture name={dish.picture} isQuiet={isShut} /></Box>
      <Box className={styles.words}>
        <Box className={styles.name}>{isChosen ? '✓ ' : ''}{dish.dishName}</Box>
        {fits ? <Box className={styles.fits}>{fits}</Box> : null}
        {dish.sides ? <Box className={styles.sides}>{dish.sides}</Box> : null}
        {dish.against.length > 0 && !isShut ? <Box className={styles.against}>{againstWords(dish.against)}</Box> : null}
        <Box className={styles.money}>
          <Box><Words className={styles.price}>{priceWords(quote.payFen)}</Words>{quote.subsidyFen > 0 ? <Words className={styles.before}>{priceWords(quote.priceFen)}</Words> : null}</Box>
          <Words className={classes(styles.rest, isFew && !isShut && styles.few)}>{reason ?? `剩 ${dish.remaining} 份`}</Words>
        </Box>
        {isShut ? null : <Bar share={dish.capacity === 0 ? 0 : dish.remaining / dish.capacity} tone={isFew ? 'warm' : 'willow'} />}
      </Box>
    </Pressable>
  )
}

/** In its own place: why not, and what instead. */
function Blocked({ dish, whose, instead, isInsteadChosen, onChoose }: { dish: DishView; whose: string; instead: DishView | undefined; isInsteadChosen: boolean; onChoose: (slotId: string) => void }) {
  return (
    <Box className={classes(styles.dish, styles.blocked)} spoken={{ role: 'group', label: `${dish.dishName}，${whose}不能吃，已经避开` }}>
      <Box className={styles.picture}><DishPicture name={dish.picture} isQuiet /></Box>
      <Box className={styles.words}>
        <Box className={styles.name}>{dish.dishName}</Box>
        <Box className={styles.sides}>{dish.blockedBy.map(allergenWords).join('、')}（{whose}的忌口）</Box>
        <Box className={styles.avoided}><Tag tone="sos">已为{whose}避开</Tag></Box>
        {instead === undefined ? null : isInsteadChosen
          ? <Box className={styles.sides}>已选了能吃的：{instead.dishName}</Box>
          : <Box className={styles.instead}><Button kind="outline" label={`换成${instead.dishName}，不要${dish.dishName}`} onPress={() => onChoose(instead.slotId)}>换成{instead.dishName}</Button></Box>}
      </Box>
    </Box>
  )
}

/** Advice warns and offers; the person decides. */
function Against({ dish, whose, instead, onChoose }: { dish: DishView; whose: string; instead: DishView | undefined; onChoose: (slotId: string) => void }) {
  const fits = instead !== undefined && instead.slotId !== dish.slotId && instead.against.length === 0
  return (
    <Box className={styles.warning} spoken={{ role: 'status', live: 'polite' }}>
      <Box className="body">{dishAgainstWords(dish.against)}{fits ? `${instead.dishName}适合${whose}。` : '这一餐没有更合适的。'}</Box>
      {fits ? <Button kind="outline" label={`换成${instead.dishName}，不要${dish.dishName}`} onPress={() => onChoose(instead.slotId)}>换成{instead.dishName}</Button> : null}
    </Box>
  )
}
