/** How a safety case ends: the person was seen, or a family member explained it, and what it turned out to be. Nothing else closes it. */
import { useState } from 'react'
import type { InputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { clockTime, MINUTE } from '@/domain/civil-time'
import { lastAlarmAt } from '@/domain/safety-case'
import { findingChoices, findingWords, type Finding, type SafetyView } from '@/services/safety-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'

type How = InputOf<'safety.close'>['how']

/** Minutes ago at which somebody was seen. */
const AGO = [0, 10, 30, 60] as const

interface CloseStepProps {
  safety: SafetyView
  /** the family member who closes with their own word; null for staff */
  meAsFamily: string | null
  onBack: () => void
  onDone: () => void
}

export function CloseStep({ safety, meAsFamily, onBack, onDone }: CloseStepProps) {
  const close = useAction('safety.close')
  const [by, setBy] = useState<How['by'] | null>(meAsFamily === null ? null : 'familyConfirmed')
  const [familyId, setFamilyId] = useState<string | null>(meAsFamily)
  // The moment itself is kept, not "10 minutes ago": trying again says the same.
  const [seen, setSeen] = useState<{ ago: number; at: number } | null>(null)
  const [finding, setFinding] = useState<Finding | null>(null)
  const [words, setWords] = useState('')
  const member = safety.family.find((one) => one.personId === familyId)
  const said = words.trim()
  const how: How | null = said === '' || finding === null ? null
    : by === 'seenInPerson' && seen !== null ? { by, words: said, finding, seenAt: seen.at }
      : by === 'familyConfirmed' && member ? { by, familyPersonId: member.personId, words: said, finding } : null
  const who = meAsFamily === null ? `${member?.kinship ?? ''}${member?.name ?? ''}` : '您'
  const sentence = how === null ? (meAsFamily === null ? '要亲眼见到人，或者家人说清楚，这件事才算完。' : '说清楚人在哪里、怎么样，这件事才算完。')
    : how.by === 'seenInPerson' ? `您 ${clockTime(how.seenAt)} 见到了${safety.elderName}，${findingWords(how.finding)}：${said}` : `${who}说清楚了，${findingWords(how.finding)}：${said}`
  const read = useReadAloud(sentence)
  const now = serverNow()
  // Seen before the newest alarm is not seen.
  const alarmAt = lastAlarmAt(safety)
  return (
    <Step
      title="有结果了" subtitle={safety.elderName} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={close.problem ? <Problem problem={close.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={<Button isDisabled={how === null} isBusy={close.isPending} onPress={async () => { if (how && (await close.run({ safetyCaseId: safety.safetyCaseId, how }))) onDone() }}>这件事完了</Button>}
        />
      )}
    >
      <PersonBar name={safety.elderName} words={`${safety.age} 岁 · ${safety.communityName}`} />
      {meAsFamily === null
        ? (
          <AnswerChoice
            label="怎么知道人平安" selected={by ? [by] : []} onChoose={(key) => setBy(key === 'seenInPerson' ? 'seenInPerson' : 'familyConfirmed')}
            answers={[
              { key: 'seenInPerson', title: '见到人了', detail: '您或同事当面看到' },
              ...(safety.family.length > 0 ? [{ key: 'familyConfirmed', title: '家人说清楚了', detail: '家人说得出人在哪里' }] : []),
            ]}
          />
        )
        : null}
      {by === 'seenInPerson' ? <Heading level={2} className="section">什么时候见到的</Heading> : null}
      {by === 'seenInPerson' && alarmAt > safety.openedAt ? <Box className="small">{clockTime(alarmAt)} 又报了一次，要那以后见到才算。</Box> : null}
      {by === 'seenInPerson'
        ? (
          <AnswerChoice
            label="什么时候见到的" selected={seen === null ? [] : [String(seen.ago)]}
            onChoose={(key) => { const ago = Number(key); setSeen({ ago, at: Math.max(alarmAt, serverNow() - ago * MINUTE) }) }}
            answers={AGO.filter((ago) => ago === 0 || now - ago * MINUTE >= alarmAt).map((ago) => ({ key: String(ago), title: ago === 0 ? '就是现在' : ago === 60 ? '1 小时前' : `${ago} 分钟前` }))}
          />
        )
        : null}
      {by === 'familyConfirmed' && meAsFamily === null
        ? <AnswerChoice label="哪一位家人" selected={familyId ? [familyId] : []} onChoose={setFamilyId} answers={safety.family.map((one) => ({ key: one.personId, title: `${one.kinship}${one.name}` }))} />
        : null}
      {by ? <Field label={by === 'seenInPerson' ? '人怎么样' : meAsFamily === null ? '家人怎么说' : '人在哪里、怎么样'} kind="many-words" value={words} onChange={setWords} maxLength={120} /> : null}
      {by ? <Heading level={2} className="section">是怎么回事</Heading> : null}
      {by ? <AnswerChoice label="是怎么回事" selected={finding ? [finding] : []} onChoose={(key) => setFinding(findingChoices.find((one) => one.key === key)?.key ?? null)} answers={findingChoices} /> : null}
    </Step>
  )
}
