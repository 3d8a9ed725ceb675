/** A new dish, or one changed: what is in it must be declared, and what its words name must not be hidden. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { dishPictures, DishPicture } from '@/components/dish-picture'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Foot, goBack, Screen } from '@/components/screen'
import { allergens, dietTags, hiddenIn, type Allergen, type DietTag } from '@/domain/diet'
import { allergenWords, dietTagWords } from '@/services/meal-words'
import { priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { Chips } from './chips'
import { fenOf, PORTIONS_RANGE, portionsTyped, PRICE_RANGE, yuanOf, type Dish } from './kitchen-words'

export function DishScreen({ kitchenId, dishId }: { kitchenId: string; dishId: string }) {
  useStaff()
  const week = useQuery('kitchen.week', dishId ? {} : null)
  if (dishId === '') return <DishForm kitchenId={kitchenId} before={null} />
  const before = week.output?.dishes.find((dish) => dish.dishId === dishId)
  // Once it is there it is being changed here: a fresh answer must not take away what was typed.
  if (before) return <DishForm kitchenId={kitchenId} before={before} />
  return <Screen title="这道菜"><Content<OutputOf<'kitchen.week'>> of={week} shape="detail">{() => <Problem problem={{ title: '没有找到这道菜', next: '请返回上一页，再看一看。' }} />}</Content></Screen>
}

const toggled = <T extends string>(all: readonly T[], chosen: readonly T[], key: string): T[] => all.filter((one) => (one === key ? !chosen.includes(one) : chosen.includes(one)))

function DishForm({ kitchenId, before }: { kitchenId: string; before: Dish | null }) {
  const save = useAction('kitchen.saveDish')
  const [name, setName] = useState(before?.name ?? '')
  const [sides, setSides] = useState(before?.sides ?? '')
  const [picture, setPicture] = useState<string>(dishPictures.find((one) => one.name === before?.picture)?.name ?? 'utensils')
  const [tags, setTags] = useState<readonly DietTag[]>(before?.tags ?? [])
  const [inside, setInside] = useState<readonly Allergen[]>(before?.allergens ?? [])
  const [price, setPrice] = useState(before ? yuanOf(before.priceFen) : '')
  const [portions, setPortions] = useState(before ? String(before.portions) : '')
  const [isAsking, setAsking] = useState(false)
  /** 存好 was pressed with something missing: what it is, stands above the button until it is right */
  const [isTried, setTried] = useState(false)
  const [fen, count] = [fenOf(price), portionsTyped(portions)]
  const hidden = hiddenIn(`${name} ${sides}`, inside)
  const refused = save.code === 'ALLERGEN_HIDDEN' ? allergens.filter((one) => { const named: unknown = save.details?.['allergens']; return Array.isArray(named) && named.includes(one) }) : []
  const missing = allergens.filter((one) => !inside.includes(one) && (hidden.includes(one) || refused.includes(one)))
  const isReady = name.trim() !== '' && fen !== null && count !== null
  const lacks = [
    ...(name.trim() === '' ? ['菜名还没有写'] : []),
    ...(fen === null ? [price.trim() === '' ? '价钱还没有写' : `价钱要在 ${PRICE_RANGE}`] : []),
    ...(count === null ? [portions.trim() === '' ? '份数还没有写' : `份数要在 ${PORTIONS_RANGE}`] : []),
  ]
  const say = isReady ? `${name.trim()}${sides.trim() ? `，配${sides.trim()}` : ''}，${priceWords(fen)}，平常 ${count} 份，${inside.length > 0 ? `有${inside.map(allergenWords).join('、')}` : '没有要写的过敏原'}。` : '写上菜名、价钱、平常几份。'

  const send = async (isRetired: boolean) => {
    setTried(!isReady)
    if (!isReady) return
    const done = await save.run({ kitchenId, ...(before ? { dishId: before.dishId, isRetired } : {}), name: name.trim(), sides: sides.trim(), picture, tags: [...tags], allergens: [...inside], priceFen: fen, portions: count })
    if (done) goBack()
  }
  return (
    <Screen
      title={before ? '改这道菜' : '新菜'} subtitle={before?.name}
      foot={isAsking
        ? undefined
        : <Foot say={say} problem={isTried && !isReady ? <Notice tone="warm" isAnnounced title={lacks.join('，')} /> : save.problem && save.code !== 'ALLERGEN_HIDDEN' ? <Problem problem={save.problem} /> : null} main={<Button isBusy={save.isPending} onPress={() => send(before?.isRetired ?? false)}>存好</Button>} />}
    >
      <Field label="菜名" value={name} onChange={setName} maxLength={16} placeholder="清蒸鲈鱼" />
      <Field label="配什么（可以不写）" value={sides} onChange={setSides} maxLength={40} placeholder="西兰花 冬瓜汤 软米饭" />
      <Box className="pair">
        <Field label="几元一份" value={price} onChange={setPrice} maxLength={6} {...(price !== '' && fen === null ? { error: `价钱要在 ${PRICE_RANGE}` } : {})} />
        <Field label="平常几份" kind="digits" value={portions} onChange={setPortions} maxLength={3} {...(portions !== '' && count === null ? { error: `份数要在 ${PORTIONS_RANGE}` } : {})} />
      </Box>
      <Heading level={2} className="section">里面有什么</Heading>
      {missing.length > 0
        ? (
          <Notice tone="warm" isAnnounced title={`菜名里有，这里没有写：${missing.map(allergenWords).join('、')}`} actions={<Button kind="outline" icon="check" onPress={() => { save.clear(); setInside(allergens.filter((one) => inside.includes(one) || missing.includes(one))) }}>都写上</Button>}>
            不能吃的人靠这几个字避开，不写全，这道菜存不了。
          </Notice>
        )
        : null}
      <Chips
        label="里面有什么" selected={inside} onChoose={(key) => { save.clear(); setInside(toggled(allergens, inside, key)) }}
        chips={allergens.map((one) => ({ key: one, words: allergenWords(one), isFixed: before?.allergens.includes(one) ?? false }))}
      />
      {before && before.allergens.length > 0 ? <Box className="small">写过的去不掉。换了做法，请另写一道菜。</Box> : null}
      <Heading level={2} className="section">适合谁</Heading>
      <Chips label="适合谁" selected={tags} onChoose={(key) => setTags(toggled(dietTags, tags, key))} chips={dietTags.map((one) => ({ key: one, words: dietTagWords(one) }))} />
      <Heading level={2} className="section">画哪一张</Heading>
      <Chips label="画哪一张" isOne selected={[picture]} onChoose={setPicture} chips={dishPictures.map((one) => ({ key: one.name, words: one.words, picture: <DishPicture name={one.name} /> }))} />
      {before === null
        ? null
        : isAsking
          ? (
            <ConfirmSheet
              question={before.isRetired ? `${before.name}又做了？可以再排进菜单。` : `${before.name}不做了？已经发布的菜单不变，以后排不进菜单。`} yes={before.isRetired ? '又做了' : '不做了'} isBusy={save.isPending} isDisabled={!isReady}
              onNo={() => { save.clear(); setAsking(false) }} onYes={() => send(!before.isRetired)}
            >
              {save.problem ? <Problem problem={save.problem} /> : null}
            </ConfirmSheet>
          )
          : <Button kind="quiet" onPress={() => setAsking(true)}>{before.isRetired ? '又做这道菜了' : '不做这道菜了'}</Button>}
    </Screen>
  )
}
