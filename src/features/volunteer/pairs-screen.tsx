/** 结对: standing help between a volunteer and an elder. Both sides agree before it begins, and either ends it at any time. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import type { OutputOf } from '@/contract'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dayWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { pairStateWords, pairWhenWords } from '@/services/volunteer-words'
import { OfferPair } from './offer-pair'

type Pair = OutputOf<'pair.list'>['pairs'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 8
const isLive = (pair: Pair): boolean => pair.status === 'active' || pair.status === 'offered'

export function PairsScreen() {
  useStaff()
  const now = useServerNow()
  const pairs = useQuery('pair.list', {}, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  const [isOffering, setOffering] = useState(false)
  const done = (words: string) => { setAnswered(words); setOffering(false); pairs.reload() }
  const elders = pairs.output?.elders ?? []
  if (isOffering) return <OfferPair elders={elders} onBack={() => setOffering(false)} onDone={() => done('问过去了。老人那边同意了，就每周来。')} />
  return (
    <Screen title="结对">
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={pairs}>
        {(shown) => {
          const live = [...shown.pairs].filter(isLive).sort((one, other) => other.acts.length - one.acts.length)
          const over = shown.pairs.filter((pair) => !isLive(pair))
          return (
            <>
              {live.length === 0 ? <Empty icon="hand-heart" title="还没有结对" next={elders.length > 0 ? '您帮过的老人，可以问一问要不要每周来。' : '一位志愿者，每周固定来帮一位老人。两边都同意，才算结成。'} /> : null}
              <Parts rows={live} size={SHOWN} of="结对">{(rows) => rows.map((pair) => <PairCard key={pair.pairId} pair={pair} now={now} onDone={done} onChanged={pairs.reload} />)}</Parts>
              {elders.length > 0 ? <Button kind="outline" icon="plus" onPress={() => { setAnswered(null); setOffering(true) }}>问一位老人，要不要每周来</Button> : null}
              {over.length > 0 ? <Heading level={2} className="section">以前的</Heading> : null}
              <Parts rows={over} size={SHOWN} of="以前的">{(rows) => rows.map((pair) => <PairCard key={pair.pairId} pair={pair} now={now} onDone={done} onChanged={pairs.reload} />)}</Parts>
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

/** Who has not said yes yet. */
const waitsFor = (pair: Pair): string => [pair.volunteerAgreed ? '' : `志愿者${pair.volunteerName}`, pair.elderAgreed ? '' : pair.elderName].filter(Boolean).join('、')

function PairCard({ pair, now, onDone, onChanged }: { pair: Pair; now: number; onDone: (words: string) => void; onChanged: () => void }) {
  const [asking, setAsking] = useState<'refuse' | 'end' | null>(null)
  const [reason, setReason] = useState('')
  const accept = useAction('pair.accept')
  const end = useAction('pair.end')
  const { words, tone } = pairStateWords(pair.status)
  const isVolunteer = pair.as === 'volunteer'
  const other = isVolunteer ? pair.elderName : `志愿者${pair.volunteerName}`
  const sentence = isVolunteer ? `${pairWhenWords(pair)}，您去${pair.elderName}家，${pair.what}` : `${pairWhenWords(pair)}，志愿者${pair.volunteerName}来${pair.as === 'elder' ? '您' : pair.elderName}这里，${pair.what}`
  const read = useReadAloud(sentence)
  const said = reason.trim()
  const answer = async (accepts: boolean) => {
    const done = await accept.run({ pairId: pair.pairId, accepts, ...(accepts || said === '' ? {} : { words: said }) })
    if (done) onDone(!accepts ? '回绝了' : done.status === 'active' ? '结好了，到日子就来' : '您同意了，等另一边')
    else onChanged()
  }
  return (
    <Card tone={pair.acts.includes('accept') ? 'gold' : 'plain'} label={`结对，${other}`}>
      <Box className="stack">
        <PersonLine name={isVolunteer ? pair.elderName : pair.volunteerName} title={pair.as === 'family' || pair.as === 'socialWorker' ? `${pair.volunteerName} 帮 ${pair.elderName}` : other} detail={`${pair.title} · ${pair.communityName}`} />
        <Box className="inline">{pair.acts.includes('accept') ? <Tag tone="gold">{pair.as === 'socialWorker' ? '等答复' : '等您答复'}</Tag> : <Tag tone={tone}>{words}</Tag>}</Box>
        <Box>
          <Fact term="什么时候">{pairWhenWords(pair)}</Fact>
          <Fact term="做什么">{pair.what}</Fact>
          <Fact term="地方">{pair.place}</Fact>
          {pair.nextOn !== null && pair.status === 'active' ? <Fact term="下一次">{dayWords(pair.nextOn, now)}</Fact> : null}
          {pair.status === 'offered' ? <Fact term="谁提的">{pair.offeredByName}，{momentWords(pair.offeredAt, now)}</Fact> : null}
          {pair.status === 'offered' && waitsFor(pair) !== '' ? <Fact term="还等谁">{waitsFor(pair)}</Fact> : null}
          {pair.endedAt === null ? null : <Fact term="结束">{[momentWords(pair.endedAt, now), pair.endedByName, pair.reason].filter(Boolean).join(' · ')}</Fact>}
        </Box>
        {accept.problem ? <Problem problem={accept.problem} /> : null}
        {asking !== null
          ? (
            <ConfirmSheet
              question={asking === 'refuse' ? `不要${isVolunteer ? `每周去${pair.elderName}家` : `志愿者${pair.volunteerName}每周来`}？` : `以后不${isVolunteer ? '去' : '来'}了？已经约好的几次也会取消。`}
              yes={asking === 'refuse' ? '不要' : '结束'} isDangerous isBusy={accept.isPending || end.isPending} onNo={() => setAsking(null)}
              onYes={async () => {
                if (asking === 'refuse') return answer(false)
                if (await end.run({ pairId: pair.pairId, ...(said === '' ? {} : { reason: said }) })) onDone('结束了'); else onChanged()
              }}
            >
              {end.problem ? <Problem problem={end.problem} /> : null}
              <Field label="为什么（可以不写）" value={reason} onChange={setReason} maxLength={80} hint="另一边看得到这句话" />
            </ConfirmSheet>
          )
          : (
            <>
              {pair.acts.includes('accept')
                ? (
                  <>
                    <ReadAloud {...read} />
                    <Box className="pair">
                      <Button kind="outline" label={`不要，${other}`} onPress={() => setAsking('refuse')}>不要</Button>
                      <Button isBusy={accept.isPending} label={`同意，${other}`} onPress={() => answer(true)}>同意</Button>
                    </Box>
                  </>
                )
                : null}
              {pair.acts.includes('end') && !pair.acts.includes('accept') ? <Button kind="quiet" label={`结束结对，${other}`} onPress={() => setAsking('end')}>不{isVolunteer ? '去' : '来'}了，结束</Button> : null}
            </>
          )}
      </Box>
    </Card>
  )
}
