/**
 * 每周都约: the rhythm of a service, every date of it with what it meets, and for each that cannot be had another day or
 * none; one confirmation for all.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Stepper } from '@/components/stepper'
import { Tag } from '@/components/tag'
import { weekday } from '@/domain/civil-time'
import { MOST_DATES } from '@/domain/series'
import { useReadAloud } from '@/services/speech'
import { priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { placeWords, previewWords, rhythmWords } from './words'

type Preview = OutputOf<'series.preview'>
type Choice = InputOf<'series.start'>['choices'][number]

const USUAL = 8
const isGood = (date: Preview['dates'][number]): boolean => date.state === 'free' || date.state === 'later'

export function WeeklyScreen({ serviceItemId, elderId: asked, firstOn, startMinute }: { serviceItemId: string; elderId: string; firstOn: string; startMinute: number }) {
  const me = useMyId()
  const elderId = asked || me || ''
  const [every, setEvery] = useState<1 | 2>(1)
  const [count, setCount] = useState(USUAL)
  const [note, setNote] = useState('')
  const [choices, setChoices] = useState<Readonly<Record<number, Choice>>>({})
  const preview = useQuery('series.preview', elderId ? { elderId, serviceItemId, firstOn, startMinute, every, count } : null)
  const start = useAction('series.start')
  const { output } = preview
  const rhythm = rhythmWords({ every, weekday: weekday(firstOn), startMinute })
  const open = output?.dates.filter((date) => !isGood(date) && choices[date.n] === undefined) ?? []
  const chosen = Object.values(choices).filter((choice) => choice.n <= count)
  const skipped = chosen.filter((choice) => 'skip' in choice).length
  const whose = elderId === me ? '您' : output?.elder.name ?? ''
  const sentence = !output ? ''
    : open.length > 0 ? `${rhythm}，一共 ${count} 回，还有 ${open.length} 回约不上，要您定：换个时间，还是跳过。`
      : `给${whose}${rhythm} 约${output.serviceName}，一共 ${count - skipped} 回${skipped > 0 ? `，跳过 ${skipped} 回` : ''}${chosen.length > skipped ? `，${chosen.length - skipped} 回换了时间` : ''}，每回 ${priceWords(output.priceFen)}。护理员到${output.address || '家里'}。`
  const read = useReadAloud(sentence)

  const decide = (n: number, choice: Choice | null) => {
    start.clear()
    setChoices(Object.fromEntries([...Object.entries(choices).filter(([key]) => Number(key) !== n), ...(choice === null ? [] : [[String(n), choice] as const])]))
  }
  const anew = (change: () => void) => { start.clear(); setChoices({}); change() }
  const submit = async () => {
    const made = await start.run({ elderId, serviceItemId, firstOn, startMinute, every, count, choices: chosen, ...(note.trim() ? { note: note.trim() } : {}) })
    if (made) void Taro.redirectTo({ url: `/pages/plan/series/index?seriesId=${made.seriesId}&isNew=1` })
    else preview.reload()
  }

  return (
    <Screen
      title="每周都约" subtitle={output ? `给 ${output.elder.name}` : undefined}
      foot={output ? <Foot say={sentence} problem={start.problem ? <Problem problem={start.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={open.length > 0} isBusy={start.isPending} onPress={submit}>就这样约</Button>} /> : undefined}
    >
      <Box className="lead">{output ? `${output.serviceName} · ` : ''}{rhythm}</Box>
      <Segments label="隔多久一回" parts={[{ key: '1', words: '每周' }, { key: '2', words: '每两周' }]} selected={String(every)} onChoose={(key) => anew(() => setEvery(key === '2' ? 2 : 1))} />
      <Stepper label="一共几回" value={count} words={`${count} 回`} least={2} most={MOST_DATES} onChange={(value) => anew(() => setCount(value))} />
      <Content of={preview} shape="detail">
        {(shown) => (
          <>
            <Heading level={2} className="section">每一回</Heading>
            {shown.dates.map((date) => <DateCard key={date.n} date={date} choice={choices[date.n]} onDecide={(choice) => decide(date.n, choice)} />)}
            <Field label="想让护理员知道的（可以不写）" kind="many-words" value={note} onChange={setNote} maxLength={80} placeholder="门铃坏了，请敲门" />
            <Box className="small">近两周的马上约好，后面的到时候自动约，约不上会告诉您。每一回开始前 {shown.cancelHours} 小时，都可以自己取消。</Box>
          </>
        )}
      </Content>
    </Screen>
  )
}

function DateCard({ date, choice, onDecide }: { date: Preview['dates'][number]; choice: Choice | undefined; onDecide: (choice: Choice | null) => void }) {
  const { words, tone } = previewWords(date)
  const { alternative } = date
  const skips = choice !== undefined && 'skip' in choice
  return (
    <Card tone={choice === undefined && !isGood(date) ? 'gold' : 'plain'} label={`第 ${date.n} 回，${placeWords(date)}`}>
      <Box className="stack-tight">
        <Box className="between">
          <Box className="strong">{placeWords(choice && !skips && alternative ? alternative : date)}</Box>
          <Tag tone={skips ? 'plain' : choice ? 'willow' : tone}>{skips ? '跳过' : choice ? '换到这天' : words}</Tag>
        </Box>
        {choice && !skips ? <Box className="small">原来 {placeWords(date)}，{words}</Box> : null}
        {choice
          ? <Button kind="quiet" label={`第 ${date.n} 回，改主意`} onPress={() => onDecide(null)}>改主意</Button>
          : (
            <>
              {alternative ? <Button kind="outline" onPress={() => onDecide({ n: date.n, onDate: alternative.onDate, startMinute: alternative.startMinute })}>换到 {placeWords(alternative)}</Button> : null}
              {!alternative && !isGood(date) ? <Box className="small">前后几天都没有空。</Box> : null}
              <Button kind={isGood(date) ? 'quiet' : 'outline'} label={`跳过第 ${date.n} 回`} onPress={() => onDecide({ n: date.n, skip: true })}>跳过第 {date.n} 回</Button>
            </>
          )}
      </Box>
    </Card>
  )
}
