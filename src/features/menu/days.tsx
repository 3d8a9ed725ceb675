/** Days of an offer and the halves of one of them, to choose from. */
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { SlotChoice } from '@/components/choice'
import { addDays, weekday } from '@/domain/civil-time'
import type { MenuPart } from '@/domain/menu'
import { partWords } from '@/services/menu-words'
import { useServerNow } from '@/services/server-clock'
import { beginsWords, dateWords } from '@/services/timeline-words'

type Day = OutputOf<'menu.offer'>['days'][number]

/** Places go while somebody thinks: looks again this often, ms. */
export const LOOK_AGAIN_MS = 10_000
const shut: Readonly<Record<Exclude<Day['state'], 'free'>, string>> = { full: '满了', past: '截止', closed: '休息', mine: '点过了', away: '不在家' }

export const dayOption = (day: Day, today: string) => ({
  key: day.onDate, top: day.onDate === today ? '今天' : day.onDate === addDays(today, 1) ? '明天' : `周${'日一二三四五六'[weekday(day.onDate)] ?? ''}`, number: String(Number(day.onDate.slice(8, 10))), label: dateWords(day.onDate),
  ...(day.state === 'free' ? {} : { note: shut[day.state] }),
})

/** The halves of one day, and until when it can be ordered. */
export function Halves({ day, chosen, onChoose }: { day: Day; chosen: MenuPart | null; onChoose: (part: MenuPart) => void }) {
  const now = useServerNow()
  return (
    <Box className="stack">
      <Heading level={2} className="section">{dateWords(day.onDate, now)}</Heading>
      {day.state === 'free'
        ? (
          <>
            <SlotChoice
              label="选上午还是下午" selected={chosen} onChoose={(key) => { const part = day.parts.find((one) => one.part === key); if (part) onChoose(part.part) }}
              slots={day.parts.map((one) => ({ key: one.part, title: partWords(one.part), words: '能点', ...(one.isFree ? {} : { reason: '这时候要出门' }) }))}
            />
            <Box className="small">这天还能接 {day.remaining} 单，{beginsWords(day.orderUntil, now)} 前点。</Box>
          </>
        )
        : <Box className="body">{day.state === 'mine' ? '这天已经点过一次了。' : day.state === 'away' ? '登记的是这天不在家。' : day.state === 'full' ? '这天接满了，请看别的日子。' : '这天点不了，请看别的日子。'}</Box>}
    </Box>
  )
}
