/** How a safety case ends: the person was seen, or a family member explained it. Nothing else closes it. */
import { useState } from 'react'
import type { InputOf } from '@/contract'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import type { Safety } from './safety-card'

type How = InputOf<'safety.close'>['how']

export function CloseSafetyStep({ safety, onBack, onDone }: { safety: Safety; onBack: () => void; onDone: () => void }) {
  const close = useAction('safety.close')
  const [by, setBy] = useState<How['by'] | null>(null)
  const [familyId, setFamilyId] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const member = safety.family.find((one) => one.personId === familyId)
  const said = words.trim()
  const how: How | null = said === '' ? null
    : by === 'seenInPerson' ? { by, words: said }
      : by === 'familyConfirmed' && member ? { by, familyPersonId: member.personId, words: said } : null
  const sentence = how === null ? '要亲眼见到人，或者家人说清楚，这件事才算完。'
    : how.by === 'seenInPerson' ? `您见到了${safety.elderName}，${said}` : `${member?.kinship ?? ''}${member?.name ?? ''}说清楚了：${said}`
  const read = useReadAloud(sentence)
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
      <AnswerChoice
        label="怎么知道人平安" selected={by ? [by] : []} onChoose={(key) => setBy(key === 'seenInPerson' ? 'seenInPerson' : 'familyConfirmed')}
        answers={[
          { key: 'seenInPerson', title: '见到人了', detail: '您或同事当面看到' },
          ...(safety.family.length > 0 ? [{ key: 'familyConfirmed', title: '家人说清楚了', detail: '家人说得出人在哪里' }] : []),
        ]}
      />
      {by === 'familyConfirmed'
        ? <AnswerChoice label="哪一位家人" selected={familyId ? [familyId] : []} onChoose={setFamilyId} answers={safety.family.map((one) => ({ key: one.personId, title: `${one.kinship}${one.name}` }))} />
        : null}
      {by ? <Field label={by === 'seenInPerson' ? '人怎么样' : '家人怎么说'} kind="many-words" value={words} onChange={setWords} maxLength={120} /> : null}
    </Step>
  )
}
