/** One shift as the social worker looks at it: what happened, how it was proved, what is missing, and the verdict. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonBar, PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { creditWords, minutesWords, shiftLackWords, shiftLinesInWords, shiftStateWords } from '@/services/volunteer-words'
import { blockedWords, verifiersWords } from './blocked-words'
import { openEntry } from './open'

type Shift = OutputOf<'shift.show'>
type Outcome = InputOf<'shift.verify'>['outcome']

const LOOK_AGAIN_MS = 6_000

export function ShiftScreen({ shiftId }: { shiftId: string }) {
  const now = useServerNow()
  const shift = useQuery('shift.show', { shiftId }, { pollMs: LOOK_AGAIN_MS })
  const noShow = useAction('shift.noShow')
  const confirm = useAction('shift.confirm')
  const [step, setStep] = useState<'verify' | 'noShow' | 'tookPlace' | 'notSo' | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = shift
  const done = (words: string) => { setAnswered(words); setStep(null); shift.reload() }
  if (output && step === 'verify') return <VerifyStep shift={output} onBack={() => setStep(null)} onDone={done} />
  const mayVerify = output?.acts.includes('verify') === true && output.blocked === null
  return (
    <Screen
      title="这一班" subtitle={output?.communityName}
      foot={mayVerify && step === null
        ? <Foot say={output.missing.length === 0 ? '签到、签退、确认都有凭证，时间对得上。' : '看过以后，写明您的判断。'} main={<Button onPress={() => { setAnswered(null); setStep('verify') }}>核实</Button>} />
        : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={shift} shape="detail">
        {(shown) => (
          <>
            <Card>
              <Box className="stack">
                <PersonLine name={shown.volunteerName} title={`${shown.volunteerName} · ${shown.title}`} detail={whenWords(shown.startsAt, shown.endsAt, now)} />
                <Box className="inline"><Tag tone={shiftStateWords(shown.status).tone}>{shiftStateWords(shown.status).words}</Tag></Box>
              </Box>
            </Card>
            {mayVerify && shown.missing.length > 0 ? <Notice tone="gold" title="还不齐">{shown.missing.map(shiftLackWords).join('，')}。</Notice> : null}
            {shown.blocked !== null ? <Notice tone="gold" icon="users" title="要请别的同事核实">{blockedWords(shown.blocked)}。{verifiersWords(shown.verifiers)}。</Notice> : null}
            <Card label="经过"><Timeline lines={shiftLinesInWords(shown, now)} /></Card>
            {mayVerify && shown.elderName === null && shown.missing.includes('confirm') && !shown.acts.includes('confirm')
              ? <Notice icon="phone-call" title="先问问负责人">这一班没有老人可以打电话。请问{shown.organiserName}做了没有：他在自己手机上点确认，或者您按问到的写明判断。</Notice>
              : null}
            {shown.as === 'socialWorker' && (shown.acts.includes('confirm') || shown.acts.includes('dispute'))
              ? step === 'tookPlace' || step === 'notSo'
                ? (
                  <ReasonSheet
                    question={askedWords(shown, step)} yes="记下来" label={shown.elderName === null ? '当时的情况' : '他的原话'} isAside isBusy={confirm.isPending} problem={confirm.problem}
                    onNo={() => { confirm.clear(); setStep(null) }}
                    onYes={async (words) => { if (await confirm.run({ shiftId, said: step, words })) done('记下来了') }}
                  />
                )
                : (
                  <Box className="stack">
                    {shown.acts.includes('dispute') ? <Button kind="outline" onPress={() => { setAnswered(null); setStep('notSo') }}>{shown.elderName === null ? '我在场，不是这样' : '电话里说不对'}</Button> : null}
                    {shown.acts.includes('confirm') ? <Button kind="outline" onPress={() => { setAnswered(null); setStep('tookPlace') }}>{shown.elderName === null ? '我在场，做了' : '电话里说做了'}</Button> : null}
                  </Box>
                )
              : null}
            {shown.acts.includes('noShow')
              ? step === 'noShow'
                ? (
                  <ReasonSheet
                    question={`${shown.volunteerName}没有到场？`} yes="记为没到场" isDangerous isBusy={noShow.isPending} problem={noShow.problem} maxLength={80} hint="志愿者看得到这句话"
                    onNo={() => { noShow.clear(); setStep(null) }}
                    onYes={async (reason) => { if (await noShow.run({ shiftId, reason })) done('记为没有到场了') }}
                  />
                )
                : <Button kind="outline" onPress={() => { setAnswered(null); setStep('noShow') }}>没有到场</Button>
              : null}
            <Card label="这一班的情况">
              <Fact term="做什么">{shown.what}</Fact>
              <Fact term="地点">{shown.place}</Fact>
              {shown.elderName ? <Fact term="为谁">{shown.elderName}</Fact> : null}
              <Fact term="负责人">{shown.organiserName}</Fact>
              <Fact term="原定">{minutesWords(shown.plannedMinutes)}</Fact>
              {shown.servedMinutes === null ? null : <Fact term="做了">{minutesWords(shown.servedMinutes)}</Fact>}
              {shown.confirmedByName ? <Fact term="谁确认">{shown.confirmedByName}</Fact> : null}
              {shown.reason ? <Fact term="原因">{shown.reason}</Fact> : null}
              {creditWords(shown.points) === null ? null : <Fact term="积分">{creditWords(shown.points)}</Fact>}
            </Card>
            {shown.points?.entryId ? <Button kind="outline" icon="file-text" onPress={() => { const entryId = shown.points?.entryId; if (entryId) openEntry(entryId) }}>看存折里这一笔</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Whose word it is: the elder's on the telephone; where there is none, that of who ran it. */
const askedWords = ({ elderName, volunteerName }: Shift, step: 'tookPlace' | 'notSo'): string =>
  elderName === null ? (step === 'tookPlace' ? `您在场，${volunteerName}做过了？` : '您在场，不是这样？') : `${elderName}在电话里说，${step === 'tookPlace' ? `${volunteerName}来做过了` : '不是这样'}？`

/** The verdict with its reason: all of it, part of it with how many minutes, or none. */
function VerifyStep({ shift, onBack, onDone }: { shift: Shift; onBack: () => void; onDone: (words: string) => void }) {
  const verify = useAction('shift.verify')
  const isWhole = shift.missing.every((what) => what === 'strongProof')
  const [outcome, setOutcome] = useState<Outcome | null>(isWhole ? 'verified' : null)
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState(String(Math.min(shift.servedMinutes ?? shift.plannedMinutes, shift.plannedMinutes)))
  const because = reason.trim()
  const needsReason = outcome !== 'verified' || shift.missing.length > 0
  const counted = Number(minutes)
  const isReady = outcome !== null && (!needsReason || because !== '') && (outcome !== 'partly' || (counted >= 1 && counted <= shift.plannedMinutes))
  const about = `${shift.volunteerName}的「${shift.title}」，${whenWords(shift.startsAt, shift.endsAt)}`
  const verdict = outcome === 'verified' ? '全部核实' : outcome === 'partly' ? `核实 ${minutes || '…'} 分钟` : '不通过，没有积分'
  const sentence = outcome === null ? `${about}，怎么核实？` : `${about}，${verdict}。${because}`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (outcome === null) return
    const done = await verify.run({ shiftId: shift.shiftId, outcome, ...(because ? { reason: because } : {}), ...(outcome === 'partly' ? { minutes: counted } : {}) })
    if (done) onDone(outcome === 'rejected' ? '记下了，没有通过' : ['核实好了', creditWords(done.points)].filter(Boolean).join('，'))
  }
  return (
    <Step
      title="核实" subtitle={shift.communityName} onBack={onBack}
      foot={<Foot say={sentence} problem={verify.problem ? <Problem problem={verify.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={!isReady} isBusy={verify.isPending} onPress={submit}>就这样定</Button>} />}
    >
      <PersonBar name={shift.volunteerName} words={`${shift.title} · ${whenWords(shift.startsAt, shift.endsAt)}`} />
      {shift.missing.length > 0 ? <Notice tone="gold" title={shift.missing.map(shiftLackWords).join('，')}>{isWhole ? '可以核实，但要写明为什么信得过。' : '全部核实要先补齐。现在可以核实一部分，或者不通过。'}</Notice> : null}
      <AnswerChoice
        label="怎么核实" selected={outcome ? [outcome] : []} onChoose={(key) => setOutcome(key === 'verified' ? 'verified' : key === 'partly' ? 'partly' : 'rejected')}
        answers={[
          ...(isWhole ? [{ key: 'verified', title: '全部核实', ...(shift.servedMinutes === null ? {} : { detail: `做了 ${minutesWords(shift.servedMinutes)}` }) }] : []),
          { key: 'partly', title: '核实一部分', detail: `写明多少分钟、为什么；最多 ${shift.plannedMinutes} 分钟` },
          { key: 'rejected', title: '不通过', detail: '写明为什么；没有积分' },
        ]}
      />
      {outcome === 'partly' ? <Field label="核实多少分钟" kind="digits" value={minutes} onChange={(typed) => setMinutes(typed.replace(/\D/g, '').slice(0, 3))} maxLength={3} {...(counted > shift.plannedMinutes ? { error: `最多 ${shift.plannedMinutes} 分钟` } : {})} /> : null}
      {outcome !== null ? <Field label={needsReason ? '为什么' : '想补一句（可以不写）'} kind="many-words" value={reason} onChange={setReason} maxLength={120} hint={needsReason ? '志愿者看得到这句话' : undefined} /> : null}
    </Step>
  )
}
