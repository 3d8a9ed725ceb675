/**
 * A dish as a drawn picture: one of a few, chosen by the kitchen by name. The dish's own name stands beside it, so that the
 * picture is only seen. It has its own style sheet: phones that order no meals do not carry it.
 */
import { Box } from './box'
import { classes } from './platform'
import styles from './dish-picture.module.scss'

/** The pictures there are, in the order in which a kitchen chooses. */
export const dishPictures = [
  { name: 'fish', words: '鱼' }, { name: 'beef', words: '肉' }, { name: 'drumstick', words: '鸡鸭' }, { name: 'shrimp', words: '虾' }, { name: 'egg', words: '蛋' },
  { name: 'bean', words: '豆' }, { name: 'salad', words: '素菜' }, { name: 'soup', words: '汤羹' }, { name: 'wheat', words: '面点' }, { name: 'utensils', words: '套餐' },
] as const

/** `name`: one of {@link dishPictures}; whatever else is drawn as a set meal. */
export function DishPicture({ name, isQuiet = false }: { name: string; isQuiet?: boolean }) {
  const known = dishPictures.find((one) => one.name === name)?.name ?? 'utensils'
  return <Box className={classes(styles.picture, isQuiet && styles.quiet)} spoken={{ isHidden: true }}><Box className={classes(styles.drawn, styles[known])} /></Box>
}
