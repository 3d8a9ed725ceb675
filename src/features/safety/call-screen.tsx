/**
 * 一键呼叫: five seconds to think better of it, then the call goes out and the live case is shown. Without an answer within
 * a few seconds the phone dials the duty number by itself, and the call is tried again under the same key until it is heard.
 * It is a step of the first screen and no page of its own: a page may not come where there is no network.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { dial, EMERGENCY } from '@/services/device'
import { dutyPhone } from '@/services/for-whom'
import { onNetworkBack } from '@/services/network'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import styles from './safety.module.scss'

const SECONDS = 5
/** Longer than a slow network, shorter than somebody on the floor should wait, ms. */
const NO_ANSWER_AFTER_MS = 6_000
const TRY_AGAIN_MS = 8_000

/** counting: can be taken back; calling: on its way; dialling: nobody answered, the telephone takes over; refused: a rule says no */
type Phase = 'counting' | 'calling' | 'dialling' | 'refused'

interface CallProps {
  /** '' is whoever uses the phone */
  elderId: string
  /** how somebody else is called */
  name: string
  onBack: () => void
  /** it was heard; `isNew` false: there was a live case already. Stays the same from one drawing to the next, as the countdown does */
  onHeard: (safetyCaseId: string, isNew: boolean) => void
}

export function CallScreen({ elderId: given, name, onBack, onHeard }: CallProps) {
  const me = useMyId()
  const elderId = given || me
  const isForMe = given === '' || given === me
  const { run, isPending, problem, code } = useAction('safety.call')
  const [phase, setPhase] = useState<Phase>('counting')
  const [left, setLeft] = useState(SECONDS)
  const isHere = useRef(true)
  const phone = dutyPhone()
  const whom = isForMe ? '' : `替${name || '老人'}`
  const question = `${SECONDS} 秒后${whom}呼叫家人和社区`
  const { onPress: readAloud } = useReadAloud(question)
  const read = useRef(readAloud)

  const ask = useCallback(async () => {
    if (elderId === undefined) return
    const answer = await run({ elderId })
    if (!answer || !isHere.current) return
    // Several tries may have waited for the one answer: the first of them leads on.
    isHere.current = false
    onHeard(answer.safetyCaseId, answer.isNew)
  }, [elderId, run, onHeard])
  const callNow = useCallback(() => { setPhase('calling'); void ask() }, [ask])
  const dialInstead = useCallback(() => { setPhase('dialling'); if (phone !== undefined) dial(phone) }, [phone])

  useEffect(() => {
    isHere.current = true
    read.current()
    return () => { isHere.current = false }
  }, [])
  useEffect(() => {
    if (phase !== 'counting') return
    if (left === 0) { callNow(); return }
    const timer = setTimeout(() => setLeft(left - 1), 1_000)
    return () => clearTimeout(timer)
  }, [phase, left, callNow])
  useEffect(() => {
    if (phase !== 'calling') return
    if (!isPending && problem !== undefined) {
      // No answer, or the server could not: the telephone works without either.
      if (code === undefined || code === 'TRY_AGAIN' || code === 'UNEXPECTED') dialInstead()
      else setPhase('refused')
      return
    }
    const timer = setTimeout(dialInstead, NO_ANSWER_AFTER_MS)
    return () => clearTimeout(timer)
  }, [phase, isPending, problem, code, dialInstead])
  useEffect(() => {
    if (phase !== 'dialling') return
    const timer = setInterval(() => { void ask() }, TRY_AGAIN_MS)
    const stop = onNetworkBack(() => { void ask() })
    return () => { clearInterval(timer); stop() }
  }, [phase, ask])

  if (phase === 'counting') {
    return (
      <Step title="一键呼叫" subtitle={whom} onBack={onBack} foot={<Box className={styles.huge}><Foot main={<Button icon="x" onPress={onBack}>取消</Button>} /></Box>}>
        <Box className={styles.count}>
          <Box className={styles.number} spoken={{ isHidden: true }}>{left}</Box>
          <Box className={styles.say} spoken={{ role: 'alert' }}>{question}</Box>
          <Box className={styles.more}>按错了，点下面的「取消」。</Box>
        </Box>
        <Button kind="dangerOutline" icon="phone-call" onPress={callNow}>不等了，马上叫</Button>
      </Step>
    )
  }
  if (phase === 'calling') {
    return (
      <Step title="一键呼叫" subtitle={whom} onBack={onBack}>
        <Box className={styles.count}>
          <Box className={styles.say} spoken={{ role: 'alert' }}>正在呼叫家人和社区</Box>
          <Box className={styles.more}>几秒钟没有回音，就直接打社区电话。</Box>
        </Box>
      </Step>
    )
  }
  return (
    <Step
      title="一键呼叫" subtitle={whom} onBack={onBack}
      foot={phone === undefined
        ? <Foot say="这部手机还没有记下社区的电话，有危险请打 120。" other={<Button kind="outline" onPress={onBack}>返回</Button>} main={<Button kind="danger" icon="phone-call" onPress={() => dial(EMERGENCY)}>打 120</Button>} />
        : <Foot say={`社区值班电话 ${phone}。`} other={<Button kind="outline" onPress={onBack}>返回</Button>} main={<Button kind="danger" icon="phone-call" label={`打给社区，${phone}`} onPress={() => dial(phone)}>打给社区</Button>} />}
    >
      {phase === 'refused' && problem
        ? <Problem problem={problem} />
        : (
          <Notice isAnnounced tone="sos" title={phone === undefined ? '没有连上' : `没有连上，改打社区电话 ${phone}`}>
            {phone === undefined ? '' : '请在拨号的画面上按「呼叫」。'}这里也在接着叫，一连上，家人和社区马上就知道。
          </Notice>
        )}
      {phone === undefined ? null : <Button kind="dangerOutline" icon="phone-call" onPress={() => dial(EMERGENCY)}>打 120</Button>}
    </Step>
  )
}
