/** One service as the social worker looks at it: what happened, how it was proved, what is missing, and what to do about it. */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { useServerNow } from '@/services/server-clock'
import { missingShown, placeWords } from '@/services/staff-words'
import { missingWords, priceWords, statusWords, timelineLines, whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { CallBackStep, TakeOffStep, VerifyStep } from './review-steps'

const LOOK_AGAIN_MS = 6_000

type Step = 'callBack' | 'verify' | 'takeOff' | null

/** What is asked of the social worker now; the first that applies. */
function mainOf(view: BookingView): { step: 'callBack' | 'verify'; say: string; words: string } | null {
  const isWhole = view.missing.every((what) => what === 'strongProof')
  if (view.acts.includes('callBack') && !isWhole) return { step: 'callBack', say: '缺的，打个电话问一问就能补上。', words: '打电话回访' }
  if (view.acts.includes('verify')) return { step: 'verify', say: view.missing.length === 0 ? '签到、签退、老人确认都有凭证，时间对得上。' : '看过以后，写明您的判断。', words: '核实' }
  return null
}

export function ReviewScreen({ bookingId }: { bookingId: string }) {
  const now = useServerNow()
  const booking = useQuery('booking.show', { bookingId }, { pollMs: LOOK_AGAIN_MS })
  const [step, setStep] = useState<Step>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = booking
  const begin = (next: Step) => { setAnswered(null); setStep(next) }
  const back = () => { setStep(null); booking.reload() }
  const done = (words: string) => { setAnswered(words); back() }

  if (output && step === 'callBack') return <CallBackStep view={output} onBack={back} onDone={done} />
  if (output && step === 'verify') return <VerifyStep view={output} onBack={back} onDone={done} />
  if (output && step === 'takeOff') return <TakeOffStep view={output} hasStarted={now >= output.startsAt} onBack={back} onDone={done} />

  const main = output ? mainOf(output) : null
  const may = (act: BookingView['acts'][number]): boolean => output?.acts.includes(act) === true
  return (
    <Screen
      title="这次服务" subtitle={output?.number}
      foot={main
        ? <Foot say={main.say} other={main.step === 'callBack' && may('verify') ? <Button kind="outline" onPress={() => begin('verify')}>不打电话，直接核实</Button> : undefined} main={<Button onPress={() => begin(main.step)}>{main.words}</Button>} />
        : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={booking} shape="detail">
        {(view) => (
          <>
            <Card>
              <Box className="stack">
                <PersonLine name={view.elderName} title={`${view.elderName} · ${view.serviceName}`} detail={`${whenWords(view.startsAt, view.endsAt, now)} · ${view.workerName ? `护理员 ${view.workerName}` : view.providerName}`} />
                <Box className="inline"><Tag tone={statusWords(view.status).tone}>{statusWords(view.status).words}</Tag></Box>
              </Box>
            </Card>
            {main && view.missing.length > 0 ? <Notice tone="gold" title="还不齐">{missingShown(view.missing).map(missingWords).join('，')}。</Notice> : null}
            <Card><Timeline lines={timelineLines(view, now)} /></Card>
            <Card>
              <Fact term="编号">{view.number}</Fact>
              <Fact term="地址">{placeWords(view.communityName, view.address)}</Fact>
              <Fact term="服务方">{view.providerName}</Fact>
              <Fact term="费用">{priceWords(view.priceFen)}</Fact>
              {view.minutesServed === null ? null : <Fact term="服务了">{view.minutesServed} 分钟</Fact>}
              {view.note ? <Fact term="留言">{view.note}</Fact> : null}
            </Card>
            {may('cancelLate') ? <Button kind="outline" onPress={() => begin('takeOff')}>取消，或没到场</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
