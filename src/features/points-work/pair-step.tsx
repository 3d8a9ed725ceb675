/** Offering standing help for two people: which volunteer, which elder, what, and when each week. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useReadAloud } from '@/services/speech'
import { tellApart } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { minutesWords, pairWhenWords } from '@/services/volunteer-words'
import type { Chosen, FindPerson } from './find-person'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const
const LENGTHS = [30, 45, 60, 90, 120, 180, 240] as const

export function PairStep({ findPerson, onBack, onDone }: { findPerson: FindPerson; onBack: () => void; onDone: () => void }) {
  const offer = useAction('pair.offer')
  const [elder, setElder] = useState<Chosen | null>(null)
  const [volunteer, setVolunteer] = useState<Chosen | null>(null)
  const [title, setTitle] = useState('')
  const [what, setWhat] = useState('')
  const [weekday, setWeekday] = useState(3)
  const [startMinute, setStart] = useState(9 * 60)
  const [minutes, setMinutes] = useState(60)
  const lack = elder === null ? '先找到老人。' : volunteer === null ? '再找到志愿者。' : title.trim() === '' ? '写上叫什么。' : what.trim() === '' ? '写上每次做什么。' : null
  const sentence = lack ?? `${volunteer?.name ?? ''}${pairWhenWords({ weekday, startMinute, minutes })}去帮${elder?.name ?? ''}：${title.trim()}。双方都同意才开始。`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (elder === null || volunteer === null || lack !== null) return
    if (await offer.run({ elderId: elder.personId, volunteerId: volunteer.personId, title: title.trim(), what: what.trim(), weekday, startMinute, minutes })) onDone()
  }
  return (
    <Step
      title="给两个人结对" onBack={onBack}
      foot={<Foot say={sentence} problem={offer.problem ? <Problem problem={offer.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={offer.isPending} onPress={submit}>提出来</Button>} />}
    >
      <Heading level={2} className="section">哪位老人</Heading>
      {elder ? <PersonBar name={elder.name} words={tellApart(elder)} onChange={() => { offer.clear(); setElder(null) }} /> : findPerson({ label: '老人的姓名', onChoose: setElder })}
      {elder ? <Heading level={2} className="section">哪位志愿者</Heading> : null}
      {elder
        ? volunteer
          ? <PersonBar name={volunteer.name} words={tellApart(volunteer)} onChange={() => { offer.clear(); setVolunteer(null) }} />
          : findPerson({ label: '志愿者的姓名', without: [elder.personId], onChoose: setVolunteer })
        : null}
      {elder && volunteer
        ? (
          <Box className="stack-wide">
            <Field label="叫什么" value={title} onChange={setTitle} maxLength={24} placeholder="陪着买菜" />
            <Field label="每次做什么" kind="many-words" value={what} onChange={setWhat} maxLength={120} />
            <SelectField label="星期几" value={String(weekday)} onChange={(key) => setWeekday(Number(key))} options={WEEKDAYS.map((day) => ({ key: String(day), words: `每周${'日一二三四五六'[day] ?? ''}` }))} />
            <Box className="pair">
              <MinuteField label="几点" value={startMinute} onChange={setStart} from={6 * 60} until={21 * 60} />
              <SelectField label="多久" value={String(minutes)} onChange={(key) => setMinutes(Number(key))} options={LENGTHS.map((length) => ({ key: String(length), words: minutesWords(length) }))} />
            </Box>
          </Box>
        )
        : null}
    </Step>
  )
}
