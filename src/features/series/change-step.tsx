/** Another weekday or time from a date on, with what each date would meet there. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { DayStrip, SlotChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Foot, Screen } from '@/components/screen'
import { minuteWords } from '@/domain/civil-time'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { PreviewRows } from './preview-rows'
import { placeWords, rhythmWords, weekdayWords } from './words'

const WEEK = [1, 2, 3, 4, 5, 6, 0]

export function ChangeStep({ series, fromN, onBack, onDone }: { series: OutputOf<'series.show'>; fromN: number; onBack: () => void; onDone: () => void }) {
  const [day, setDay] = useState(series.weekday)
  const [minute, setMinute] = useState(series.startMinute)
  const preview = useQuery('series.previewChange', { seriesId: series.seriesId, to: { fromN, weekday: day, startMinute: minute } })
  const change = useAction('series.change')
  const { output } = preview
  const from = series.dates.find((date) => date.n === fromN)
  const times = [...new Set((output?.times ?? []).filter((time) => time.weekday === day).map((time) => time.startMinute))].sort((a, b) => a - b)
  const isSame = day === series.weekday && minute === series.startMinute
  const isOffered = times.includes(minute)
  const stuck = output?.dates.filter((date) => date.state !== 'free' && date.state !== 'later').length ?? 0
  const sentence = isSame ? '请选新的日子和时间。' : !isOffered ? '请选一个时间。' : `从${from ? ` ${placeWords(from)} ` : '下一回'}起，改成${rhythmWords({ every: series.every, weekday: day, startMinute: minute })}。跳过的还是跳过。${stuck > 0 ? `有 ${stuck} 回改不过去，约好的留在原来的时间。` : ''}`
  return (
    <Screen
      title="改时间" subtitle={`给 ${series.elderName}`} onBack={onBack}
      foot={<Foot say={sentence} problem={change.problem ? <Problem problem={change.problem} /> : null} main={<Button isDisabled={isSame || !isOffered || (output?.dates.length ?? 0) === 0} isBusy={change.isPending} onPress={async () => { if (await change.run({ seriesId: series.seriesId, fromN, weekday: day, startMinute: minute })) onDone(); else preview.reload() }}>就改成这样</Button>} />}
    >
      <Box className="lead">现在是{rhythmWords(series)}</Box>
      <DayStrip days={WEEK.map((one) => ({ key: String(one), top: '周', number: weekdayWords(one).slice(1), label: weekdayWords(one) }))} selected={String(day)} onChoose={(key) => { change.clear(); setDay(Number(key)) }} />
      <Content of={preview} shape="detail">
        {(shown) => (
          <>
            {times.length === 0 ? <Box className="body">{weekdayWords(day)}没有安排，请选别的日子。</Box> : <SlotChoice label="选时间" selected={isOffered ? String(minute) : null} onChoose={(key) => { change.clear(); setMinute(Number(key)) }} slots={times.map((time) => ({ key: String(time), title: minuteWords(time), words: '' }))} />}
            {!isSame && isOffered ? <Heading level={2} className="section">改了以后</Heading> : null}
            {!isSame && isOffered ? <PreviewRows dates={shown.dates} /> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
