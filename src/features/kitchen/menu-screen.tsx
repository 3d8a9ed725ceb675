/** 一周菜单: per day and sitting the dishes with portions and price; published sitting by sitting, or last week's again. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { AnswerChoice, DayStrip, type DayOption } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { civilDate, spokenDate, weekday } from '@/domain/civil-time'
import { sittingWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { priceWords } from '@/services/timeline-words'
import { useAction, type Act } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { CopyWeek } from './copy-week'
import { cutoffWords, hoursWords, isStillOpen, portionsOf, type Day, type Sitting, type SittingDay, type Week } from './kitchen-words'
import { isSameMenu, MOST_DISHES, standing, usual, type MenuLine } from './menu-draft'
import { MenuLineCard } from './menu-line'
import { open } from './open'

export function MenuScreen({ onDate: firstOn }: { onDate: string }) {
  useStaff()
  const now = useServerNow()
  const today = civilDate(now)
  const [fromOn, setFromOn] = useState('')
  const week = useQuery('kitchen.week', { fromOn: fromOn || today })
  const publish = useAction('kitchen.publish')
  const [chosenDay, setDay] = useState(firstOn)
  const [chosenSitting, setSitting] = useState<Sitting>('lunch')
  const [drafts, setDrafts] = useState<Readonly<Record<string, readonly MenuLine[]>>>({})
  const [isAdding, setAdding] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = week

  const day = output?.days.find((one) => one.onDate === chosenDay) ?? output?.days[0]
  const sitting = day?.sittings.find((one) => one.sitting === chosenSitting) ?? day?.sittings[0]
  const key = day && sitting ? `${day.onDate} ${sitting.sitting}` : ''
  const stands = standing(sitting)
  const lines = drafts[key] ?? stands
  const isChanged = sitting !== undefined && !isSameMenu(lines, stands)
  const draw = (next: readonly MenuLine[]) => { publish.clear(); setAnswered(null); setDrafts({ ...drafts, [key]: next }) }
  const drop = () => { publish.clear(); setDrafts(Object.fromEntries(Object.entries(drafts).filter(([one]) => one !== key))) }
  const move = (to: string) => { setAnswered(null); setAdding(false); setFromOn(to); setDay(to) }
  const sendOut = async (kitchenId: string, onDate: string, what: SittingDay) => {
    const done = await publish.run({ kitchenId, onDate, sitting: what.sitting, dishes: lines.map((line) => ({ ...line })) })
    if (done) {
      drop()
      setAnswered(`${spokenDate(onDate)}${sittingWords(what.sitting)}发布了，${lines.length} 道菜`)
    }
    week.reload()
  }
  const say = day && sitting ? (lines.length === 0 ? `${spokenDate(day.onDate)}${sittingWords(sitting.sitting)}，菜都拿下，不供了。` : `${spokenDate(day.onDate)}${sittingWords(sitting.sitting)}，${lines.length} 道菜，共 ${portionsOf(lines)} 份，发布后老人就能订。`) : ''

  return (
    <Screen
      title="一周菜单" subtitle={output?.name}
      foot={output && day && sitting && isChanged && !isAdding
        ? <Foot say={say} problem={<PublishProblem publish={publish} />} other={<Button kind="outline" onPress={drop}>不改了</Button>} main={<Button isBusy={publish.isPending} onPress={() => sendOut(output.kitchenId, day.onDate, sitting)}>发布</Button>} />
        : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={week}>
        {(shown) => (
          <Box className="stack">
            <Box className="pair">
              <Button kind="outline" isDisabled={shown.previousOn === null} onPress={() => { if (shown.previousOn !== null) move(shown.previousOn) }}>前一周</Button>
              <Button kind="outline" isDisabled={shown.nextOn === null} onPress={() => { if (shown.nextOn !== null) move(shown.nextOn) }}>后一周</Button>
            </Box>
            <DayStrip days={shown.days.map((one) => dayOption(one, today, drafts))} selected={day?.onDate ?? ''} onChoose={(onDate) => { setAdding(false); setAnswered(null); publish.clear(); setDay(onDate) }} />
            {day ? <Heading level={2} className="section">{spokenDate(day.onDate)}</Heading> : null}
            {day?.holidayName ? <Notice tone="gold" icon="calendar-days" title={`休息：${day.holidayName}`}>这一天不供餐，不用排菜单。</Notice> : null}
            {day && !day.holidayName && day.sittings.length > 1
              ? <Segments label="哪一餐" selected={sitting?.sitting ?? ''} onChoose={(next) => { setAdding(false); publish.clear(); setSitting(next === 'dinner' ? 'dinner' : 'lunch') }} parts={day.sittings.map((one) => ({ key: one.sitting, words: sittingWords(one.sitting) }))} />
              : null}
            {day && sitting && !day.holidayName
              ? <SittingPart week={shown} sitting={sitting} now={now} lines={lines} isAdding={isAdding} onAdding={setAdding} onDraw={draw} />
              : null}
            {isChanged || isAdding ? null : <CopyWeek week={shown} onCopied={week.reload} />}
          </Box>
        )}
      </Content>
    </Screen>
  )
}

/** Going below what is ordered is said in portions. */
function PublishProblem({ publish }: { publish: Act<'kitchen.publish'> }) {
  if (!publish.problem) return null
  const { code, details } = publish
  if (code === 'BELOW_HELD') return <Problem problem={{ title: '份数不能比已经订的还少', next: typeof details?.['held'] === 'number' ? `已经订了 ${details['held']} 份。` : '请先看订了几份。' }} />
  if (code === 'SLOT_CLOSED') return <Problem problem={{ title: '这一天休息', next: '休息日不供餐，请换一天。' }} />
  return <Problem problem={publish.problem} />
}

function dayOption(day: Day, today: string, drafts: Readonly<Record<string, unknown>>): DayOption {
  const isDraft = Object.keys(drafts).some((key) => key.startsWith(day.onDate))
  const dishes = day.sittings.flatMap((sitting) => sitting.dishes.filter((dish) => dish.isOpen)).length
  const note = day.holidayName ? '休' : isDraft ? '未发' : dishes === 0 ? '没排' : `${dishes} 道`
  return { key: day.onDate, top: day.onDate === today ? '今天' : `周${'日一二三四五六'[weekday(day.onDate)] ?? ''}`, number: String(Number(day.onDate.slice(8, 10))), note, label: spokenDate(day.onDate) }
}

interface SittingPartProps {
  week: Week
  sitting: SittingDay
  now: number
  lines: readonly MenuLine[]
  isAdding: boolean
  onAdding: (isAdding: boolean) => void
  onDraw: (lines: readonly MenuLine[]) => void
}

function SittingPart({ week, sitting, now, lines, isAdding, onAdding, onDraw }: SittingPartProps) {
  const mayChange = isStillOpen(sitting, now)
  const offers = week.dishes.filter((dish) => !dish.isRetired && !lines.some((line) => line.dishId === dish.dishId))
  return (
    <Box className="stack">
      <Box><Box className="body strong tabular">{hoursWords(sitting)} 供餐</Box><Box className="small">{cutoffWords(sitting, now)}</Box></Box>
      {lines.length === 0 && !isAdding ? <Empty icon="clipboard-list" title="这一餐还没有菜" next={mayChange ? '加上菜，再点发布。' : '已经截止，排不了了。'} /> : null}
      {lines.map((line) => {
        const offer = sitting.dishes.find((one) => one.dishId === line.dishId)
        const known = week.dishes.find((one) => one.dishId === line.dishId)
        const dish = { name: offer?.dishName ?? known?.name ?? '', sides: offer?.sides ?? known?.sides ?? '', picture: offer?.picture ?? known?.picture ?? '', tags: known?.tags ?? [] }
        const ordered = offer?.ordered ?? 0
        return (
          <MenuLineCard
            key={`${sitting.sitting} ${line.dishId}`} line={line} dish={dish} ordered={ordered}
            onChange={mayChange ? (next) => onDraw(lines.map((one) => (one.dishId === next.dishId ? next : one))) : null}
            onTakeOff={mayChange && ordered === 0 ? () => onDraw(lines.filter((one) => one.dishId !== line.dishId)) : null}
          />
        )
      })}
      {isAdding
        ? (
          <Box className="stack">
            <Heading level={3} className="lead">加哪一道</Heading>
            <AnswerChoice
              label="加哪一道" selected={[]} answers={offers.map((dish) => ({ key: dish.dishId, title: dish.name, detail: [dish.sides, `${dish.portions} 份`, priceWords(dish.priceFen)].filter(Boolean).join(' · ') }))}
              onChoose={(dishId) => { const dish = offers.find((one) => one.dishId === dishId); onAdding(false); if (dish) onDraw([...lines, usual(dish)]) }}
            />
            {offers.length === 0 ? <Box className="body">厨房的菜都在上面了。</Box> : null}
            <TextLink onPress={() => open(`dish/index?kitchenId=${week.kitchenId}`)}>写一道新菜</TextLink>
            <Button kind="quiet" onPress={() => onAdding(false)}>先不加</Button>
          </Box>
        )
        : mayChange && lines.length < MOST_DISHES ? <Button kind="outline" icon="plus" onPress={() => onAdding(true)}>加一道菜</Button> : null}
    </Box>
  )
}
