/** 补录工时: hours that nobody recorded at the time. They wait, unspendable, until a second person looked at them. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { minuteWords, spokenDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { useStaff } from '@/services/use-staff'
import { DeskStep } from './desk-step'
import type { FindPerson } from './find-person'

type Desk = OutputOf<'desk.list'>['items'][number]
interface Asking {
  deskId: string
  isApproving: boolean
}

const stateWords = { waiting: { words: '等第二个人看', tone: 'gold' }, approved: { words: '同意了', tone: 'willow' }, refused: { words: '没有同意', tone: 'plain' } } as const
const cannotWords: Record<Exclude<NonNullable<Desk['cannot']>, 'decided'>, string> = { enteredByMe: '这是您补录的，请另一位同事来看。', ownCase: '和您或您家里人有关，请另一位同事来看。' }

/** Social workers enter hours; administrators only look at them and decide. */
export function DeskScreen({ findPerson }: { findPerson: FindPerson }) {
  const mayEnter = useStaff().includes('socialWorker')
  const pages = usePages('desk.list', {})
  const [isEntering, setEntering] = useState(false)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { first, items, problem } = pages
  if (isEntering) {
    return (
      <DeskStep
        findPerson={findPerson} onBack={() => setEntering(false)}
        onDone={(name, points) => { setEntering(false); setAnswered(`${name}的工时补录好了，值 ${pointsWords(points)} 分。另一位同事同意以后才能用。`); first.reload() }}
      />
    )
  }
  const isWaiting = (desk: Desk) => desk.state === 'waiting'
  const done = (words: string) => { setAsking(null); setAnswered(words); first.reload() }
  return (
    <Screen title="补录工时" foot={!mayEnter || asking !== null ? undefined : <Foot main={<Button icon="plus" onPress={() => { setAnswered(null); setEntering(true) }}>替人补录</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={first}>
        {() => items.length === 0
          ? <Empty icon="clock" title="还没有补录的工时" next="做的时候没有签到的，可以补录；要两位同事都看过，积分才能用。" />
          : (
            <Box className="stack">
              {items.some(isWaiting) ? <Heading level={2} className="section">等第二个人看的</Heading> : null}
              {items.filter(isWaiting).map((desk) => <DeskCard key={desk.deskId} desk={desk} asking={asking?.deskId === desk.deskId ? asking : null} onAsk={(isApproving) => { setAnswered(null); setAsking({ deskId: desk.deskId, isApproving }) }} onNo={() => setAsking(null)} onDone={done} />)}
              {items.some((desk) => !isWaiting(desk)) ? <Heading level={2} className="section">看过的</Heading> : null}
              {items.filter((desk) => !isWaiting(desk)).map((desk) => <DeskCard key={desk.deskId} desk={desk} asking={null} onAsk={() => undefined} onNo={() => undefined} onDone={done} />)}
              {problem ? <Problem problem={problem} onRetry={() => { void pages.next() }} /> : null}
              <Pager {...pages} of="补录工时" />
            </Box>
          )}
      </Content>
    </Screen>
  )
}

interface DeskCardProps {
  desk: Desk
  asking: Asking | null
  onAsk: (isApproving: boolean) => void
  onNo: () => void
  onDone: (words: string) => void
}

function DeskCard({ desk, asking, onAsk, onNo, onDone }: DeskCardProps) {
  const decide = useAction('desk.decide')
  const state = stateWords[desk.state]
  const no = () => { decide.clear(); onNo() }
  return (
    <Card tone={desk.state === 'waiting' ? 'gold' : 'plain'} label={`${desk.personName}，${spokenDate(desk.onDate)}`}>
      <Box className="stack">
        <PersonLine name={desk.personName} title={`${desk.personName} · ${desk.what}`} detail={`${spokenDate(desk.onDate)} ${minuteWords(desk.fromMinute)}–${minuteWords(desk.untilMinute)}`} />
        <Box className="inline"><Tag tone={state.tone}>{state.words}</Tag><Tag tone="plain">{pointsWords(desk.points)} 分</Tag></Box>
        <Box>
          <Fact term="社区">{desk.communityName}</Fact>
          <Fact term="为什么没签到">{desk.reason}</Fact>
          <Fact term="补录">{desk.enteredByName}，{momentWords(desk.enteredAt)}</Fact>
          {desk.decidedByName && desk.decidedAt !== null ? <Fact term="复核">{desk.decidedByName}，{momentWords(desk.decidedAt)}</Fact> : null}
          {desk.decidedReason ? <Fact term="原因">{desk.decidedReason}</Fact> : null}
          {desk.kept !== null ? <Fact term="入账">{pointsWords(desk.kept)} 分{desk.over ? `，${pointsWords(desk.over)} 分超过上限，进了社区爱心池` : ''}</Fact> : null}
        </Box>
        {desk.cannot !== null && desk.cannot !== 'decided' ? <Box className="small">{cannotWords[desk.cannot]}</Box> : null}
        {desk.cannot !== null
          ? null
          : asking === null
            ? (
              <Box className="pair">
                <Button kind="outline" label={`不同意，${desk.personName}`} onPress={() => onAsk(false)}>不同意</Button>
                <Button kind="outline" label={`同意，${desk.personName}`} onPress={() => onAsk(true)}>同意</Button>
              </Box>
            )
            : asking.isApproving
              ? (
                <ConfirmSheet
                  question={`${desk.personName} ${spokenDate(desk.onDate)}做了「${desk.what}」，您核对过，同意给 ${pointsWords(desk.points)} 分？`} yes="同意" isBusy={decide.isPending} onNo={no}
                  onYes={async () => { const done = await decide.run({ deskId: desk.deskId, isApproved: true }); if (done) onDone(`同意了，${desk.personName}的存折里加了 ${pointsWords(done.kept)} 分${done.over > 0 ? `，${pointsWords(done.over)} 分超过上限，进了社区爱心池` : ''}`) }}
                >
                  {decide.problem ? <Problem problem={decide.problem} /> : null}
                </ConfirmSheet>
              )
              : (
                <ReasonSheet
                  question={`不同意${desk.personName}这次补录？`} yes="不同意" isDangerous isBusy={decide.isPending} problem={decide.problem} maxLength={200} hint={`${desk.personName}和${desk.enteredByName}看得到这句话`} onNo={no}
                  onYes={async (reason) => { if (await decide.run({ deskId: desk.deskId, isApproved: false, reason })) onDone('记下了，没有同意；存折里等着的积分退掉了') }}
                />
              )}
      </Box>
    </Card>
  )
}
