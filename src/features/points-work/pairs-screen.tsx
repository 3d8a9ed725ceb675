/** 结对: standing help between a volunteer and an elder; both agree before it begins, each may end it. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { spokenDate } from '@/domain/civil-time'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { pairStateWords, pairWhenWords } from '@/services/volunteer-words'
import type { FindPerson } from './find-person'
import { PairStep } from './pair-step'

type Pair = OutputOf<'pair.list'>['pairs'][number]
type Act = Pair['acts'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 5

export function PairsScreen({ findPerson }: { findPerson: FindPerson }) {
  const pairs = useQuery('pair.list', {}, { pollMs: LOOK_AGAIN_MS })
  const [isOffering, setOffering] = useState(false)
  const [asking, setAsking] = useState<{ pairId: string; act: Act } | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setOffering(false); setAsking(null); setAnswered(words); pairs.reload() }
  if (isOffering) return <PairStep findPerson={findPerson} onBack={() => setOffering(false)} onDone={() => done('提出来了，双方都同意以后，每周自动排班')} />
  const list = (title: string, rows: readonly Pair[]) => rows.length === 0
    ? null
    : (
      <Box className="stack">
        <Heading level={2} className="section">{title}</Heading>
        <Parts rows={rows} size={SHOWN} of={title}>
          {(part) => part.map((pair) => <PairCard key={pair.pairId} pair={pair} asking={asking?.pairId === pair.pairId ? asking.act : null} onAsk={(act) => { setAnswered(null); setAsking({ pairId: pair.pairId, act }) }} onNo={() => setAsking(null)} onDone={done} />)}
        </Parts>
      </Box>
    )
  return (
    <Screen title="结对" foot={asking === null ? <Foot main={<Button icon="users" onPress={() => { setAnswered(null); setOffering(true) }}>给两个人结对</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={pairs}>
        {(shown) => shown.pairs.length === 0
          ? <Empty icon="users" title="还没有结对" next="志愿者和老人处得来的，可以结成对，每周固定去帮忙。" />
          : (
            <>
              {list('等双方同意', shown.pairs.filter((pair) => pair.status === 'offered'))}
              {list('进行中', shown.pairs.filter((pair) => pair.status === 'active'))}
              {list('结束了的', shown.pairs.filter((pair) => pair.status === 'ended' || pair.status === 'refused'))}
            </>
          )}
      </Content>
    </Screen>
  )
}

interface PairCardProps {
  pair: Pair
  asking: Act | null
  onAsk: (act: Act) => void
  onNo: () => void
  onDone: (words: string) => void
}

function PairCard({ pair, asking, onAsk, onNo, onDone }: PairCardProps) {
  const accept = useAction('pair.accept')
  const end = useAction('pair.end')
  const state = pairStateWords(pair.status)
  const names = `${pair.volunteerName}和${pair.elderName}`
  return (
    <Card label={`${names}，${state.words}`}>
      <Box className="stack">
        <PersonLine name={pair.volunteerName} title={`${pair.volunteerName} → ${pair.elderName}`} detail={`${pair.title} · ${pairWhenWords(pair)}`} />
        <Box className="inline"><Tag tone={state.tone}>{state.words}</Tag></Box>
        <Box>
          <Fact term="做什么">{pair.what}</Fact>
          <Fact term="社区">{pair.communityName}</Fact>
          <Fact term="谁提的">{pair.offeredByName}，{momentWords(pair.offeredAt)}</Fact>
          {pair.status === 'offered' ? <Fact term="同意没有">志愿者{pair.volunteerAgreed ? '同意了' : '还没说'}，老人{pair.elderAgreed ? '同意了' : '还没说'}</Fact> : null}
          {pair.nextOn ? <Fact term="下一次">{spokenDate(pair.nextOn)}</Fact> : null}
          {pair.endedAt !== null ? <Fact term="结束">{momentWords(pair.endedAt)}{pair.endedByName ? `，${pair.endedByName}` : ''}</Fact> : null}
          {pair.reason ? <Fact term="原因">{pair.reason}</Fact> : null}
        </Box>
        {asking === 'accept'
          ? (
            <ReasonSheet
              question={`${pair.elderName}愿意让${pair.volunteerName}${pairWhenWords(pair)}来？`} yes="老人同意" label="老人怎么说" hint="电话里说的，还是当面说的" maxLength={80} isBusy={accept.isPending} problem={accept.problem}
              onNo={() => { accept.clear(); onNo() }} onYes={async (words) => { if (await accept.run({ pairId: pair.pairId, accepts: true, words })) onDone(`记下了，${pair.elderName}同意`) }}
            />
          )
          : asking === 'refuse'
            ? <ReasonSheet question={`${pair.elderName}不同意和${pair.volunteerName}结对？`} yes="老人不同意" isDangerous label="老人怎么说" maxLength={80} isBusy={accept.isPending} problem={accept.problem} onNo={() => { accept.clear(); onNo() }} onYes={async (words) => { if (await accept.run({ pairId: pair.pairId, accepts: false, words })) onDone('记下了，没有结成') }} />
            : asking === 'end'
              ? <ReasonSheet question={`${names}不结对了？以后排好的都取消。`} yes="结束结对" isDangerous isOptional label="为什么（可以不写）" maxLength={80} isBusy={end.isPending} problem={end.problem} onNo={() => { end.clear(); onNo() }} onYes={async (reason) => { if (await end.run({ pairId: pair.pairId, ...(reason ? { reason } : {}) })) onDone(`${names}的结对结束了`) }} />
              : (
                <>
                  {pair.acts.includes('accept') || pair.acts.includes('refuse')
                    ? (
                      <Box className="pair">
                        {pair.acts.includes('refuse') ? <Button kind="outline" label={`老人不同意，${names}`} onPress={() => onAsk('refuse')}>老人不同意</Button> : null}
                        {pair.acts.includes('accept') ? <Button kind="outline" label={`老人同意，${names}`} onPress={() => onAsk('accept')}>老人同意</Button> : null}
                      </Box>
                    )
                    : null}
                  {pair.acts.includes('end') ? <Button kind="quiet" label={`结束结对，${names}`} onPress={() => onAsk('end')}>结束结对</Button> : null}
                </>
              )}
      </Box>
    </Card>
  )
}
