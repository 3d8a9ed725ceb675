/** New steps of the ladder, by day and by night. Cases that are open take them with their next alarm. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { DateField, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate, isCivilDate } from '@/domain/civil-time'
import { AGAIN_MINUTES } from '@/domain/ladder'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { fromWords, rungNames, type LadderStep, type LadderTerms } from './policy-words'

type Ladder = InputOf<'policy.setLadder'>
type Kind = LadderStep['kind']

const AHEAD_AT_MOST = 366
const MOST_STEPS = 8
const waits = [1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60, 90, 120]
const takenWaits = [5, 10, 15, 20, 30, 45, 60, 90, 120]
const againWaits = [10, 20, 30, 45, 60, 90, 120, 180, 240]
/** What may stand before 120, which is always last. */
const kinds = ['elder', 'family', 'duty', 'next'] as const satisfies readonly Kind[]
const last: LadderStep = { kind: 'emergency', waitMinutes: 1 }

const usual: Omit<Ladder, 'validFrom'> = {
  day: [{ kind: 'elder', waitMinutes: 5 }, { kind: 'family', waitMinutes: 10 }, { kind: 'duty', waitMinutes: 20 }, { kind: 'next', waitMinutes: 20 }, last],
  night: [{ kind: 'elder', waitMinutes: 3 }, { kind: 'family', waitMinutes: 5 }, { kind: 'duty', waitMinutes: 15 }, last],
  nightFrom: 21 * 60, nightUntil: 7 * 60, takenMinutes: 30, againMinutes: AGAIN_MINUTES,
}

const minutesOf = (list: readonly number[], value: number) => [...new Set([...list, value])].sort((a, b) => a - b).map((minutes) => ({ key: String(minutes), words: `${minutes} 分钟` }))

export function NewLadderStep({ basis, onBack, onDone }: { basis: LadderTerms | null; onBack: () => void; onDone: (validFrom: string) => void }) {
  const today = civilDate(serverNow())
  const set = useAction('policy.setLadder')
  const [asked, setAsked] = useState<Ladder | null>(null)
  const preview = useQuery('policy.previewLadder', asked)
  const [ladder, setLadder] = useState<Ladder>(() => {
    const { day, night, nightFrom, nightUntil, takenMinutes, againMinutes } = basis ?? usual
    return { validFrom: addDays(today, 1), day, night, nightFrom, nightUntil, takenMinutes, againMinutes: againMinutes ?? AGAIN_MINUTES }
  })
  const edit = (part: Partial<Ladder>) => { setAsked(null); set.clear(); setLadder({ ...ladder, ...part }) }
  const lack = !isCivilDate(ladder.validFrom) || ladder.validFrom <= today ? '选从哪天起，最早明天。'
    : !ladder.day.some((step) => step.kind === 'duty') ? '白天要有一步「值班的人上门」。'
      : !ladder.night.some((step) => step.kind === 'duty') ? '夜里要有一步「值班的人上门」。'
        : ladder.nightFrom === ladder.nightUntil ? '夜里的开始和结束不能一样。' : null
  const sentence = lack ?? `${fromWords(ladder.validFrom)}新报的事：白天先${rungNames[ladder.day[0]?.kind ?? 'elder']}，最后打 120，一共 ${ladder.day.length} 步；夜里 ${ladder.night.length} 步。正在办的不变。`
  const aloud = useReadAloud(sentence)
  return (
    <Step
      title="改联络步骤" onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={set.problem ? <Problem problem={set.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={asked !== null && preview.output !== undefined
            ? <Button isBusy={set.isPending} onPress={async () => { if (await set.run(asked)) onDone(asked.validFrom) }}>就这样定</Button>
            : <Button isDisabled={lack !== null} isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => setAsked(ladder)}>先看上个月</Button>}
        />
      )}
    >
      {asked === null
        ? null
        : (
          <Box className="stack">
            <Heading level={2} className="section">要是上个月就这样</Heading>
            <Content of={preview} shape="detail">{(shown) => <Card tone="gold" label="要是上个月就这样"><Box className="lead tabular">{previewWords(shown)}</Box></Card>}</Content>
          </Box>
        )}
      <DateField label="从哪天起" value={ladder.validFrom} onChange={(validFrom) => edit({ validFrom })} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} hint="最早明天；正在办的不变" />
      <Heading level={2} className="section">白天的步骤</Heading>
      <StepList of="白天" steps={ladder.day} onChange={(day) => edit({ day })} />
      <Heading level={2} className="section">夜里的步骤</Heading>
      <Box className="pair">
        <MinuteField label="夜里从" value={ladder.nightFrom} from={18 * 60} onChange={(nightFrom) => edit({ nightFrom })} />
        <MinuteField label="到早上" value={ladder.nightUntil} until={10 * 60} onChange={(nightUntil) => edit({ nightUntil })} />
      </Box>
      <StepList of="夜里" steps={ladder.night} onChange={(night) => edit({ night })} />
      <Heading level={2} className="section">有人接手以后</Heading>
      <SelectField label="多久没有进展，接着往下走" value={String(ladder.takenMinutes)} onChange={(key) => edit({ takenMinutes: Number(key) })} options={minutesOf(takenWaits, ladder.takenMinutes)} />
      <Heading level={2} className="section">都问过了，还没有结果</Heading>
      <SelectField label="打 120 以后多久，从头再找一遍" value={String(ladder.againMinutes ?? AGAIN_MINUTES)} onChange={(key) => edit({ againMinutes: Number(key) })} options={minutesOf(againWaits, ladder.againMinutes ?? AGAIN_MINUTES)} />
    </Step>
  )
}

/** 10月 12 件：有人早些问到的 3 件，晚些的 1 件，问的人不一样的 2 件。 */
function previewWords(preview: OutputOf<'policy.previewLadder'>): string {
  const month = `${Number(preview.month.slice(5, 7))}月`
  if (preview.cases === 0) return `${month}没有安全事件，没有可比的。`
  const least = preview.isPartial ? '至少 ' : ''
  const parts = ([['有人早些问到的', preview.sooner], ['有人晚些问到的', preview.later], ['问的人不一样的', preview.others]] as const).flatMap(([words, count]) => (count > 0 ? [`${words} ${least}${count} 件`] : []))
  return `${month} ${least}${preview.cases} 件：${parts.join('，') || '都和原来一样'}。`
}

/** The steps of a day or a night in their order; 120 stands last and cannot be moved. */
function StepList({ of, steps, onChange }: { of: string; steps: readonly LadderStep[]; onChange: (steps: LadderStep[]) => void }) {
  const moved = steps.slice(0, -1)
  const put = (next: readonly LadderStep[]) => onChange([...next, steps[steps.length - 1] ?? last])
  const change = (index: number, part: Partial<LadderStep>) => put(moved.map((step, at) => (at === index ? { ...step, ...part } : step)))
  return (
    <>
      {moved.map((step, index) => (
        <Card key={index} label={`${of}第 ${index + 1} 步`}>
          <Box className="stack">
            <SelectField label={`${of}第 ${index + 1} 步`} value={step.kind} onChange={(key) => change(index, { kind: kinds.find((kind) => kind === key) ?? step.kind })} options={kinds.map((kind) => ({ key: kind, words: rungNames[kind] }))} />
            <SelectField label={step.kind === 'family' ? '没人接，每位等多久' : '没有回音，等多久'} value={String(step.waitMinutes)} onChange={(key) => change(index, { waitMinutes: Number(key) })} options={minutesOf(waits, step.waitMinutes)} />
            <Box className="pair">
              {index === 0 ? null : <Button kind="outline" label={`提前，${of}第 ${index + 1} 步`} onPress={() => put([...moved.slice(0, index - 1), step, ...moved.slice(index - 1, index), ...moved.slice(index + 1)])}>提前</Button>}
              {moved.length > 1 ? <Button kind="outline" label={`去掉，${of}第 ${index + 1} 步`} onPress={() => put(moved.filter((_, at) => at !== index))}>去掉</Button> : null}
            </Box>
          </Box>
        </Card>
      ))}
      <Card label={`${of}最后一步`}><Box className="lead">最后：打 120</Box></Card>
      {steps.length < MOST_STEPS ? <Button kind="outline" icon="plus" label={`加一步，${of}`} onPress={() => put([...moved, { kind: 'next', waitMinutes: 20 }])}>加一步</Button> : null}
    </>
  )
}
