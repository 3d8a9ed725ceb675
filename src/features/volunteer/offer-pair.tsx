/** Asking an elder whom one has served whether one may come every week. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { minuteWords } from '@/domain/civil-time'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { minutesWords, pairWhenWords } from '@/services/volunteer-words'

const days = [1, 2, 3, 4, 5, 6, 0]
/** Half hours from 6:00 to 21:00, when somebody may come. */
const starts = Array.from({ length: 31 }, (_, index) => 6 * 60 + index * 30)
const lengths = [30, 60, 90, 120, 180]
const titles = ['聊天陪伴', '代买代办', '陪走陪诊', '打扫收拾', '教用手机']

export function OfferPair({ elders, onBack, onDone }: { elders: readonly { personId: string; name: string }[]; onBack: () => void; onDone: () => void }) {
  const offer = useAction('pair.offer')
  const [elderId, setElder] = useState(elders.length === 1 ? (elders[0]?.personId ?? '') : '')
  const [title, setTitle] = useState('')
  const [what, setWhat] = useState('')
  const [weekday, setWeekday] = useState('3')
  const [start, setStart] = useState(String(14 * 60))
  const [length, setLength] = useState('60')
  const elder = elders.find((one) => one.personId === elderId)
  const times = { weekday: Number(weekday), startMinute: Number(start), minutes: Number(length) }
  const isReady = elder !== undefined && title !== '' && what.trim() !== ''
  const sentence = elder === undefined ? '先选一位您帮过的老人。' : `${pairWhenWords(times)}，去${elder.name}家，${title || '做什么还没选'}。问一问愿不愿意。`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="问要不要结对" onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={offer.problem ? <Problem problem={offer.problem} /> : null} other={<ReadAloud {...read} />}
          main={<Button isDisabled={!isReady} isBusy={offer.isPending} onPress={async () => { if (await offer.run({ elderId, title, what: what.trim(), ...times })) onDone() }}>问一问</Button>}
        />
      )}
    >
      <Heading level={2} className="section">哪一位</Heading>
      <AnswerChoice label="哪一位" selected={[elderId]} answers={elders.map((one) => ({ key: one.personId, title: one.name, detail: '您帮过' }))} onChoose={setElder} />
      <Heading level={2} className="section">做什么</Heading>
      <AnswerChoice label="做什么" selected={[title]} answers={titles.map((one) => ({ key: one, title: one }))} onChoose={(key) => { setTitle(key); if (what.trim() === '' || titles.includes(what)) setWhat(key) }} />
      <Field label="具体一点" value={what} onChange={setWhat} maxLength={120} hint="例如：陪老人下楼走走，读读报" />
      <Box className="pair">
        <SelectField label="每周几" value={weekday} onChange={setWeekday} options={days.map((day) => ({ key: String(day), words: `周${'日一二三四五六'[day] ?? ''}` }))} />
        <SelectField label="几点" value={start} onChange={setStart} options={starts.map((minute) => ({ key: String(minute), words: minuteWords(minute) }))} />
      </Box>
      <SelectField label="多久" value={length} onChange={setLength} options={lengths.map((minutes) => ({ key: String(minutes), words: minutesWords(minutes) }))} />
    </Step>
  )
}
