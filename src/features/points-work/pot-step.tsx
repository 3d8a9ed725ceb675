/** Proposing that a pot gives: for which need, or which elder whose hardship is recorded, how many points, and why. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { inChinese, pointsWords } from '@/services/points-words'
import { useReadAloud } from '@/services/speech'
import { tellApart } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { useStaff } from '@/services/use-staff'
import type { Chosen, FindPerson } from './find-person'

type Pots = OutputOf<'pot.list'>

const AN_ELDER = 'elder'

export function PotStep({ pots, findPerson, onBack, onDone }: { pots: Pots; findPerson: FindPerson; onBack: () => void; onDone: (words: string) => void }) {
  const propose = useAction('pot.propose')
  // Only the counter of a community finds people by name.
  const mayFind = useStaff().includes('socialWorker')
  const [toId, setTo] = useState<string | null>(null)
  const [elder, setElder] = useState<Chosen | null>(null)
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const leftOf = (communityId: string): number => pots.pots.find((pot) => pot.communityId === communityId)?.left ?? 0
  const nameOf = (communityId: string): string => pots.pots.find((pot) => pot.communityId === communityId)?.communityName ?? ''
  const needs = pots.needs.filter((need) => need.given < need.wanted && leftOf(need.communityId) > 0)
  const need = needs.find((one) => one.needId === toId)
  const isElder = toId === AN_ELDER && elder !== null
  const [points, because] = [Number(typed), reason.trim()]
  const most = need ? Math.min(need.wanted - need.given, leftOf(need.communityId)) : Math.max(0, ...pots.pots.filter((pot) => pot.communityName === elder?.communityName).map((pot) => pot.left))
  const toWhom = need ? `${nameOf(need.communityId)}「${need.words}」` : (elder?.name ?? '')
  const lack = need === undefined && !isElder ? '先选帮哪一家。' : points < 1 || points > most ? `给多少分，写 1 到 ${pointsWords(most)}。` : because === '' ? '写上为什么给。' : null
  const sentence = lack ?? `从爱心池给${toWhom} ${pointsWords(points)} 分：${because}。另一位同事同意以后到账。`
  const read = useReadAloud(inChinese(sentence))
  const clear = () => propose.clear()
  const submit = async () => {
    if (lack !== null) return
    const to = need ? { what: 'need' as const, needId: need.needId } : { what: 'elder' as const, elderId: elder?.personId ?? '' }
    if (await propose.run({ to, amount: points, reason: because })) onDone('提好了，等另一位同事来定')
  }
  return (
    <Step
      title="提一个帮助" onBack={onBack}
      foot={<Foot say={sentence} problem={propose.problem ? <Problem problem={propose.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={propose.isPending} onPress={submit}>提上去</Button>} />}
    >
      <AnswerChoice
        label="帮哪一家" selected={toId === null ? [] : [toId]} onChoose={(key) => { clear(); setTo(key) }}
        answers={[
          ...needs.map((one) => ({ key: one.needId, title: one.words, detail: `${nameOf(one.communityId)} · 还差 ${pointsWords(one.wanted - one.given)} 分` })),
          ...(mayFind ? [{ key: AN_ELDER, title: '一位记着有困难的老人', detail: '社工核对过证明的，没有求助也可以' }] : []),
        ]}
      />
      {needs.length === 0 && !mayFind ? <Box className="small">现在没有求助。要帮别的老人，请社区的社工来提。</Box> : null}
      {toId !== AN_ELDER ? null : elder ? <PersonBar name={elder.name} words={tellApart(elder)} onChange={() => { clear(); setElder(null) }} /> : findPerson({ label: '老人的姓名', onChoose: setElder })}
      {need || isElder
        ? (
          <Box className="stack-wide">
            <Field label="给多少分" kind="digits" value={typed} onChange={(next) => { clear(); setTyped(next.replace(/\D/g, '')) }} maxLength={4} hint={`最多 ${pointsWords(most)} 分`} />
            <Field label="为什么给" kind="many-words" value={reason} onChange={(next) => { clear(); setReason(next) }} maxLength={120} hint="什么难处、谁核实的；以后查账看得到" />
          </Box>
        )
        : null}
    </Step>
  )
}
