/** A civil day out of two weeks, and of those after them. */
import { useState } from 'react'
import { DayStrip } from '@/components/choice'
import { addDays, civilDate, spokenDate, weekday } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'

const SHOWN = 14

export function DayPick({ fromOn, weeks, selected, onChoose }: { fromOn: string; /** pages of two weeks at most */ weeks: number; selected: string; onChoose: (onDate: string) => void }) {
  const [page, setPage] = useState(0)
  const today = civilDate(serverNow())
  const days = Array.from({ length: SHOWN }, (_, index) => addDays(fromOn, page * SHOWN + index)).map((onDate) => ({
    key: onDate, top: onDate === today ? '今天' : `周${'日一二三四五六'[weekday(onDate)] ?? ''}`, number: String(Number(onDate.slice(8, 10))), label: spokenDate(onDate),
    ...(onDate.endsWith('-01') ? { note: `${Number(onDate.slice(5, 7))}月` } : {}),
  }))
  const further = page + 1 < weeks ? { words: '再往后 ›', onPress: () => setPage(page + 1) } : page > 0 ? { words: '‹ 从头看', onPress: () => setPage(0) } : undefined
  return <DayStrip days={days} selected={selected} onChoose={onChoose} further={further} />
}
