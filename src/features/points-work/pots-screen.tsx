/** 爱心池: what came in, what was given, what is left; one proposes that it gives to a neighbour in need, another decides. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { spokenDay } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import type { FindPerson } from './find-person'
import { open, openEntry } from './open'
import { PotStep } from './pot-step'

type Pots = OutputOf<'pot.list'>
type Pot = Pots['pots'][number]
type Gift = Pots['waiting'][number]

const SHOWN = 5
const stateWords = { waiting: { words: '等第二个人定', tone: 'gold' }, approved: { words: '给了', tone: 'willow' }, refused: { words: '没有同意', tone: 'plain' } } as const
const blockedWords: Record<NonNullable<Gift['blocked']>, string> = { SECOND_PERSON: '您提的，要请另一位同事来定。', OWN_CASE: '和您或您家里人有关，要请另一位同事来定。' }

export function PotsScreen({ findPerson }: { findPerson: FindPerson }) {
  const pots = useQuery('pot.list', {})
  const [isProposing, setProposing] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setProposing(false); setAnswered(words); pots.reload() }
  if (isProposing && pots.output) return <PotStep pots={pots.output} findPerson={findPerson} onBack={() => setProposing(false)} onDone={done} />
  const isEmpty = pots.output?.pots.every((pot) => pot.left === 0) ?? true
  return (
    <Screen title="爱心池" foot={isEmpty ? undefined : <Foot main={<Button icon="hand-heart" onPress={() => { setAnswered(null); setProposing(true) }}>提一个帮助</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={pots} shape="detail">
        {(shown) => (
          <>
            <Box className="small">邻居捐的，和超过上限的积分，用来帮有难处的邻居。一个人提，另一个人定。今天进来的，明天起能用。</Box>
            {shown.waiting.length > 0 ? <Heading level={2} className="section">等第二个人定</Heading> : null}
            <Parts rows={shown.waiting} size={SHOWN} of="等第二个人定的">{(rows) => rows.map((gift) => <GiftCard key={gift.potGiftId} gift={gift} onDone={done} />)}</Parts>
            <Heading level={2} className="section">各社区的爱心池</Heading>
            <Parts rows={[...shown.pots].sort((a, b) => b.left - a.left)} size={SHOWN} of="各社区的爱心池">{(rows) => rows.map((pot) => <PotCard key={pot.communityId} pot={pot} />)}</Parts>
            {shown.decided.length > 0 ? <Heading level={2} className="section">最近定过的</Heading> : null}
            <Parts rows={shown.decided} size={SHOWN} of="最近定过的">{(rows) => rows.map((gift) => <GiftCard key={gift.potGiftId} gift={gift} onDone={done} />)}</Parts>
            {shown.pots.length === 0 ? <Empty icon="hand-heart" title="没有您管的社区" next="请街道先给您定好社区。" /> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

function PotCard({ pot }: { pot: Pot }) {
  const records = (which: 'in' | 'out') => open('pot-records', `communityId=${pot.communityId}&which=${which}`)
  return (
    <Card label={`${pot.communityName}爱心池`}>
      <Box className="stack">
        <Box className="lead tabular">{pot.communityName} · 还有 {pointsWords(pot.left)} 分</Box>
        <Rows>
          <Row title="进来的" detail={pot.sealedOn === null ? '还没有封过账' : `到${spokenDay(pot.sealedOn)}`} end={<Box className="body strong tabular">{pointsWords(pot.cameIn)}</Box>} onPress={() => records('in')} />
          <Row title="给出去的" end={<Box className="body strong tabular">{pointsWords(pot.given)}</Box>} onPress={() => records('out')} />
        </Rows>
      </Box>
    </Card>
  )
}

function GiftCard({ gift, onDone }: { gift: Gift; onDone: (words: string) => void }) {
  const decide = useAction('pot.decide')
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null)
  const state = stateWords[gift.status]
  const no = () => { decide.clear(); setAsking(null) }
  const points = pointsWords(gift.amount)
  const { entryId } = gift
  return (
    <Card tone={gift.status === 'waiting' ? 'gold' : 'plain'} label={`${gift.elderName}，${points} 分`}>
      <Box className="stack">
        <PersonLine name={gift.elderName} title={`给${gift.elderName} ${points} 分`} detail={`${gift.communityName}爱心池`} />
        <Box className="inline"><Tag tone={state.tone}>{state.words}</Tag></Box>
        <Box>
          <Fact term="帮什么">{gift.needWords ?? '记着有困难的老人'}</Fact>
          <Fact term="为什么">{gift.reason}</Fact>
          <Fact term="谁提的">{gift.byMe ? '您' : gift.byName}，{momentWords(gift.at)}</Fact>
          {gift.decided ? <Fact term="谁定的">{gift.decided.byName}，{momentWords(gift.decided.at)}</Fact> : null}
          {gift.decided?.reason ? <Fact term="原因">{gift.decided.reason}</Fact> : null}
        </Box>
        {entryId ? <Button kind="outline" icon="file-text" label={`看这一笔，${gift.elderName}`} onPress={() => openEntry(entryId)}>看这一笔</Button> : null}
        {gift.status !== 'waiting'
          ? null
          : gift.blocked !== null
            ? <Box className="small">{blockedWords[gift.blocked]}</Box>
            : asking === 'approve'
              ? (
                <ConfirmSheet question={`同意从${gift.communityName}爱心池给${gift.elderName} ${points} 分？`} yes="同意" isAside isBusy={decide.isPending} onNo={no} onYes={async () => { if (await decide.run({ potGiftId: gift.potGiftId, isApproved: true })) onDone(`给了，${gift.elderName}的存折里多了 ${points} 分`) }}>
                  {decide.problem ? <Problem problem={decide.problem} /> : null}
                </ConfirmSheet>
              )
              : asking === 'refuse'
                ? <ReasonSheet question={`不同意给${gift.elderName}？`} yes="不同意" isBesides hint={`${gift.byName}看得到这句话`} isBusy={decide.isPending} problem={decide.problem} onNo={no} onYes={async (reason) => { if (await decide.run({ potGiftId: gift.potGiftId, isApproved: false, reason })) onDone('记下了，没有同意') }} />
                : (
                  <Box className="pair">
                    <Button kind="outline" label={`不同意，${gift.elderName}`} onPress={() => setAsking('refuse')}>不同意</Button>
                    <Button kind="outline" label={`同意，${gift.elderName}`} onPress={() => setAsking('approve')}>同意</Button>
                  </Box>
                )}
      </Box>
    </Card>
  )
}
