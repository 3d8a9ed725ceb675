/** 厨房的菜: every dish with what is in it; those that are no longer made stand last. */
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { DishPicture } from '@/components/dish-picture'
import { Parts } from '@/components/parts'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { allergenWords, dietTagWords } from '@/services/meal-words'
import { priceWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import type { Dish } from './kitchen-words'
import { open } from './open'
import styles from './kitchen.module.scss'

const SHOWN = 10

export function DishesScreen() {
  useStaff()
  const week = useQuery('kitchen.week', {})
  const { output } = week
  return (
    <Screen title="厨房的菜" subtitle={output?.name} foot={output ? <Foot main={<Button icon="plus" onPress={() => open(`dish/index?kitchenId=${output.kitchenId}`)}>写一道新菜</Button>} /> : undefined}>
      <Content of={week}>
        {(shown) => {
          const made = shown.dishes.filter((dish) => !dish.isRetired)
          const retired = shown.dishes.filter((dish) => dish.isRetired)
          const card = (dish: Dish) => <DishCard key={dish.dishId} dish={dish} onPress={() => open(`dish/index?kitchenId=${shown.kitchenId}&dishId=${dish.dishId}`)} />
          return (
            <>
              {made.length === 0 ? <Empty icon="clipboard-list" title="还没有菜" next="写好了菜，才能排菜单。" /> : null}
              <Parts rows={made} size={SHOWN} of="在做的菜">{(rows) => rows.map(card)}</Parts>
              {retired.length > 0 ? <Heading level={2} className="section">不做了的</Heading> : null}
              <Parts rows={retired} size={SHOWN} of="不做了的菜">{(rows) => rows.map(card)}</Parts>
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

function DishCard({ dish, onPress }: { dish: Dish; onPress: () => void }) {
  return (
    <CardLink onPress={onPress}>
      <Box className={styles.dish}>
        <DishPicture name={dish.picture} isQuiet={dish.isRetired} />
        <Box className={styles.words}>
          <Box className="lead">{dish.name} ›</Box>
          {dish.sides ? <Box className="body">{dish.sides}</Box> : null}
          <Box className="small tabular">{priceWords(dish.priceFen)} · 平常 {dish.portions} 份</Box>
          {dish.allergens.length > 0 ? <Box className="small">有{dish.allergens.map(allergenWords).join('、')}</Box> : null}
          {dish.tags.length > 0 ? <Box className="inline">{dish.tags.map((tag) => <Tag key={tag}>{dietTagWords(tag)}</Tag>)}</Box> : null}
        </Box>
      </Box>
    </CardLink>
  )
}
