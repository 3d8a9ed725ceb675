/** Entering hours for somebody: who, which day, from when to when, what, and why it was not recorded at the time. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { DateField, Field } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate, isCivilDate, minuteWords, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { tellApart } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { minutesWords } from '@/services/volunteer-words'
import type { Chosen, FindPerson } from './find-person'

/** Days back that can still be entered. */
const BACK_AT_MOST = 31
const SHORTEST = 15
const LONGEST = 12 * 60

interface DeskStepProps {
  findPerson: FindPerson
  onBack: () => void
  onDone: (name: string, points: number) => void
}

export function DeskStep({ findPerson, onBack, onDone }: DeskStepProps) {
  const enter = useAction('desk.enter')
  const today = civilDate(serverNow())
  const [person, setPerson] = useState<Chosen | null>(null)
  const [onDate, setOnDate] = useState('')
  const [fromMinute, setFrom] = useState(9 * 60)
  const [untilMinute, setUntil] = useState(11 * 60)
  const [what, setWhat] = useState('')
  const [reason, setReason] = useState('')
  const [done, because] = [what.trim(), reason.trim()]
  const minutes = untilMinute - fromMinute
  const lack = person === null ? '先找到是哪一位做的。'
    : !isCivilDate(onDate) ? '选哪一天做的。'
      : minutes < SHORTEST ? `结束至少比开始晚 ${SHORTEST} 分钟。`
        : minutes > LONGEST ? '一次最多补录 12 小时。'
          : done === '' ? '写上做了什么。'
            : because === '' ? '写上当时为什么没有签到。' : null
  const sentence = lack ?? `${person?.name ?? ''}，${spokenDate(onDate)} ${minuteWords(fromMinute)}–${minuteWords(untilMinute)}，${done}，共 ${minutesWords(minutes)}。另一位同事看过才算。`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (person === null || lack !== null) return
    const entered = await enter.run({ personId: person.personId, onDate, fromMinute, untilMinute, what: done, reason: because })
    if (entered) onDone(person.name, entered.points)
  }
  return (
    <Step
      title="替人补录工时" onBack={onBack}
      foot={<Foot say={sentence} problem={enter.problem ? <Problem problem={enter.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={enter.isPending} onPress={submit}>补录</Button>} />}
    >
      {person
        ? <PersonBar name={person.name} words={tellApart(person)} onChange={() => { enter.clear(); setPerson(null) }} />
        : findPerson({ label: '谁做的', onChoose: setPerson })}
      {person
        ? (
          <Box className="stack-wide">
            <DateField label="哪一天" value={onDate} onChange={setOnDate} from={addDays(today, -BACK_AT_MOST)} until={today} hint={`最早补 ${BACK_AT_MOST} 天以内的`} />
            <Box className="pair">
              <MinuteField label="几点开始" value={fromMinute} onChange={setFrom} from={6 * 60} until={21 * 60 + 45} />
              <MinuteField label="几点结束" value={untilMinute} onChange={setUntil} from={6 * 60 + 15} until={22 * 60} />
            </Box>
            <Field label="做了什么" value={what} onChange={setWhat} maxLength={40} placeholder="陪老人去医院" hint="存折上看得到，不要写别人的名字" />
            <Field label="当时为什么没有签到" kind="many-words" value={reason} onChange={setReason} maxLength={200} hint="复核的同事看得到" />
          </Box>
        )
        : null}
    </Step>
  )
}
