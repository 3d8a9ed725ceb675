/** One dish of a menu: how many portions at what price, what is ordered already, and changing that. */
import { useState } from 'react'
import { Bar } from '@/components/bar'
import { Box, Words } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { DishPicture } from '@/components/dish-picture'
import { Field } from '@/components/field'
import { Tag } from '@/components/tag'
import { dietTagWords } from '@/services/meal-words'
import { priceWords } from '@/services/timeline-words'
import { fenOf, PORTIONS_RANGE, portionsTyped, PRICE_RANGE, yuanOf, type Dish } from './kitchen-words'
import type { MenuLine } from './menu-draft'
import styles from './kitchen.module.scss'

interface MenuLineProps {
  line: MenuLine
  dish: Pick<Dish, 'name' | 'sides' | 'picture' | 'tags'>
  ordered: number
  /** past the cut-off it is only read */
  onChange: ((line: MenuLine) => void) | null
  onTakeOff: (() => void) | null
}

export function MenuLineCard({ line, dish, ordered, onChange, onTakeOff }: MenuLineProps) {
  const [isChanging, setChanging] = useState(false)
  if (isChanging && onChange) return <LineSheet line={line} name={dish.name} ordered={ordered} onNo={() => setChanging(false)} onYes={(next) => { onChange(next); setChanging(false) }} />
  const left = line.portions - ordered
  return (
    <Card label={dish.name}>
      <Box className="stack">
        <Box className={styles.dish}>
          <DishPicture name={dish.picture} />
          <Box className={styles.words}>
            <Box className="lead">{dish.name}</Box>
            {dish.sides ? <Box className="small">{dish.sides}</Box> : null}
            <Box className="body tabular">{line.portions} 份 · <Words className="price">{priceWords(line.priceFen)}</Words></Box>
          </Box>
        </Box>
        {dish.tags.length > 0 ? <Box className="inline">{dish.tags.map((tag) => <Tag key={tag}>{dietTagWords(tag)}</Tag>)}</Box> : null}
        {ordered > 0
          ? (
            <Box>
              <Box className="small tabular">订了 {ordered} 份，{left > 0 ? `还有 ${left} 份` : '订满了'}</Box>
              <Bar share={ordered / Math.max(1, line.portions)} tone={left > 0 ? 'willow' : 'warm'} />
            </Box>
          )
          : null}
        {onChange
          ? (
            <Box className={onTakeOff ? 'pair' : 'stack'}>
              {onTakeOff ? <Button kind="outline" label={`拿下${dish.name}`} onPress={onTakeOff}>拿下</Button> : null}
              <Button kind="outline" icon="pencil" label={`改${dish.name}的份数和价钱`} onPress={() => setChanging(true)}>改</Button>
            </Box>
          )
          : null}
      </Box>
    </Card>
  )
}

function LineSheet({ line, name, ordered, onNo, onYes }: { line: MenuLine; name: string; ordered: number; onNo: () => void; onYes: (line: MenuLine) => void }) {
  const [portions, setPortions] = useState(String(line.portions))
  const [price, setPrice] = useState(yuanOf(line.priceFen))
  const [count, fen] = [portionsTyped(portions), fenOf(price)]
  const tooFew = count !== null && count < ordered
  return (
    <ConfirmSheet
      isAside question={`${name}，备几份，几元一份？`} yes="改好了" no="不改" isDisabled={count === null || fen === null || tooFew} onNo={onNo}
      onYes={() => { if (count !== null && fen !== null) onYes({ ...line, portions: count, priceFen: fen }) }}
    >
      <Box className="pair">
        <Field label="份数" kind="digits" value={portions} onChange={setPortions} maxLength={3} {...(tooFew ? { error: `已经订了 ${ordered} 份` } : count === null ? { error: `份数要在 ${PORTIONS_RANGE}` } : {})} />
        <Field label="几元一份" value={price} onChange={setPrice} maxLength={6} {...(fen === null ? { error: `价钱要在 ${PRICE_RANGE}` } : {})} />
      </Box>
    </ConfirmSheet>
  )
}
