/** Another week from a day on: typed in, looked at against the times that stand open, then set. Nobody who is booked loses a seat. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { DateField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { Stepper } from '@/components/stepper'
import { addDays, civilDate, isCivilDate, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { minuteWords } from './policy-words'
import { slotWords, weekdays, weekdayWords, type Service, type Week } from './service-words'

type Preview = OutputOf<'service.previewWeekly'>

const AHEAD_AT_MOST = 366
/** What was asked for stands on top. */
const toTop = () => { void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined) }
const MOST_PLACES = 200
const NAMED = 4

export function WeeklyStep({ service, onBack, onDone }: { service: Service; onBack: () => void; onDone: (validFrom: string) => void }) {
  const today = civilDate(serverNow())
  const [validFrom, setValidFrom] = useState(addDays(today, 1))
  const [week, setWeek] = useState<Week>(service.weeks.at(-1)?.weekly ?? [])
  const [weekday, setWeekday] = useState<number>(1)
  const [adding, setAdding] = useState(9 * 60)
  const [asked, setAsked] = useState<InputOf<'service.previewWeekly'> | null>(null)
  const preview = useQuery('service.previewWeekly', asked)
  const set = useAction('service.setWeekly')
  const read = preview.output
  const lack = !isCivilDate(validFrom) || validFrom <= today ? '选从哪天起，最早明天。' : null
  const isReady = asked !== null && read !== undefined
  const sentence = lack ?? (isReady ? previewSentence(read, validFrom) : `${spokenDate(validFrom)}起，按这个时间排。约好的不动。`)
  const aloud = useReadAloud(sentence)
  const edit = (next: Week) => { setAsked(null); set.clear(); setWeek(next) }
  const times = week.filter((one) => one.weekday === weekday).sort((a, b) => a.startMinute - b.startMinute)
  const of = (startMinute: number) => (one: Week[number]): boolean => one.weekday === weekday && one.startMinute === startMinute
  const asThis = () => edit(weekdays.flatMap((day) => times.map((one) => ({ ...one, weekday: day }))))
  const isThere = times.some((one) => one.startMinute === adding) || (service.kind === 'stay' && times.length > 0)
  const submit = async () => {
    if (asked === null || read === undefined) return
    if (await set.run({ ...asked, ...(read.belowHeld.length > 0 ? { keepsBooked: true } : {}) })) onDone(asked.validFrom)
    else preview.reload()
  }
  return (
    <Step
      title="改每周的时间" subtitle={service.name} onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={set.problem ? <Problem problem={set.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={isReady
            ? <Button isBusy={set.isPending} onPress={submit}>就这样定</Button>
            : <Button isDisabled={lack !== null} isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => { setAsked({ serviceItemId: service.serviceItemId, validFrom, weekly: week }); toTop() }}>先看会怎样</Button>}
        />
      )}
    >
      {asked === null ? null : <Content of={preview} shape="detail">{(shown) => <PreviewCard preview={shown} />}</Content>}
      <DateField label="从哪天起" value={validFrom} onChange={(day) => { setAsked(null); set.clear(); setValidFrom(day) }} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} hint="最早明天" />
      <Heading level={2} className="section">每周的时间</Heading>
      <DayStrip days={weekdays.map((day) => ({ key: String(day), top: weekdayWords(day), number: String(week.filter((one) => one.weekday === day).length), note: '个时间', label: weekdayWords(day) }))} selected={String(weekday)} onChoose={(key) => setWeekday(Number(key))} />
      {times.length === 0 ? <Box className="body">{weekdayWords(weekday)}没有时间。</Box> : null}
      {times.map((one) => (
        <Card key={one.startMinute} label={`${weekdayWords(weekday)} ${minuteWords(one.startMinute)}`}>
          <Box className="stack">
            <Box className="lead tabular">{minuteWords(one.startMinute)} 开始</Box>
            <Stepper label={`${minuteWords(one.startMinute)} 几位`} value={one.capacity} words={`${one.capacity} 位`} least={1} most={MOST_PLACES} onChange={(capacity) => edit(week.map((other) => (of(one.startMinute)(other) ? { ...other, capacity } : other)))} />
            <Button kind="outline" label={`去掉这个时间，${weekdayWords(weekday)} ${minuteWords(one.startMinute)}`} onPress={() => edit(week.filter((other) => !of(one.startMinute)(other)))}>去掉这个时间</Button>
          </Box>
        </Card>
      ))}
      <Card label="加一个时间">
        <Box className="stack">
          <MinuteField label="几点开始" value={adding} onChange={setAdding} />
          <Button kind="outline" icon="plus" isDisabled={isThere} onPress={() => edit([...week, { weekday, startMinute: adding, capacity: times[0]?.capacity ?? 1 }])}>加到{weekdayWords(weekday)}</Button>
        </Box>
      </Card>
      {times.length > 0 ? <Button kind="outline" onPress={asThis}>每天都照{weekdayWords(weekday)}这样</Button> : null}
    </Step>
  )
}

/** 11月26日起：多 6 个时间，少 4 个空着的，2 个名额变了。 */
function previewSentence(preview: Preview, validFrom: string): string {
  const parts = [preview.added.length > 0 ? `多 ${preview.added.length} 个时间` : '', preview.removed.length > 0 ? `少 ${preview.removed.length} 个空着的` : '', preview.resized.length > 0 ? `${preview.resized.length} 个名额变了` : ''].filter(Boolean)
  return `${spokenDate(validFrom)}起：${parts.join('，') || `到 ${spokenDate(preview.openUntil)} 没有变化`}。${preview.kept.length > 0 ? `${preview.kept.length} 个不排了但有人约的，照样做完。` : ''}`
}

function PreviewCard({ preview }: { preview: Preview }) {
  return (
    <Box className="stack">
      <Heading level={2} className="section">会怎样</Heading>
      <Notice tone="gold" icon="calendar-days" title={`到 ${spokenDate(preview.openUntil)}，已经开放的时间`}>
        多 {preview.added.length} 个，少 {preview.removed.length} 个空着的，{preview.resized.length} 个名额变了。再往后的，到时候照新的排。
      </Notice>
      {preview.kept.length > 0
        ? <Notice tone="warm" title={`${preview.kept.length} 个时间不排了，但有人约了`}>{named(preview.kept.map((slot) => `${slotWords(slot)}，${slot.held} 位`))}约好的照样做完，不再收新的人。想改日子的，请社工打电话。</Notice>
        : null}
      {preview.belowHeld.length > 0
        ? <Notice tone="warm" title={`${preview.belowHeld.length} 个时间，约的人比新名额多`}>{named(preview.belowHeld.map((slot) => `${slotWords(slot)}，约了 ${slot.held} 位，新名额 ${slot.to} 位`))}这几个按约了的人数留，不退任何人。</Notice>
        : null}
    </Box>
  )
}

/** The first few, and how many more. */
const named = (lines: readonly string[]) => (
  <>
    {lines.slice(0, NAMED).map((line) => <Box key={line}>{line}</Box>)}
    {lines.length > NAMED ? <Box>还有 {lines.length - NAMED} 个</Box> : null}
  </>
)
