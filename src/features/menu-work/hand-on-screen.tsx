/** 转给别家: who offers the same thing at that time, whom to telephone, and why the order cannot go there. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Fact } from '@/components/row'
import { goBack, Screen } from '@/components/screen'
import { useServerNow } from '@/services/server-clock'
import { priceWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { answerWords, handStateWords, whyNotWords } from './words'

type Shown = OutputOf<'menu.takers'>
type Taker = Shown['takers'][number]

const LOOK_AGAIN_MS = 10_000

export function HandOnScreen({ bookingId }: { bookingId: string }) {
  useStaff()
  const now = useServerNow()
  const takers = useQuery('menu.takers', { bookingId }, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  return (
    <Screen title="转给别家" subtitle={takers.output ? `${takers.output.order.elderName} · ${takers.output.order.serviceName}` : undefined}>
      {answered ? <Notice isAnnounced title={answered} actions={<Button kind="outline" onPress={goBack}>回去</Button>} /> : null}
      <Content of={takers} shape="detail">
        {(shown) => (
          <Box className="stack">
            <Card>
              <Fact term="什么时候">{whenWords(shown.order.startsAt, shown.order.endsAt, now)}</Fact>
              <Fact term="在哪家">{shown.order.providerName}{shown.state === null ? '' : `，${handStateWords[shown.state]}`}{shown.answerBy === null ? '' : `，${answerWords(shown.answerBy, now)}`}</Fact>
              <Fact term="说好的价">{priceWords(shown.order.priceFen)}</Fact>
            </Card>
            {shown.state === null ? <Notice tone="willow" title="这一单不用转">机构接了，证照也在期内；或者已经取消、已经做过。</Notice> : (
              <>
                <Heading level={2} className="section">那时候也能做的（{shown.takers.length}）</Heading>
                {shown.takers.length === 0 ? <Empty icon="building-2" title="那时候没有别家做这一样" next="可以替老人改时间，或者打电话说明，取消这一单。" /> : null}
                {shown.takers.map((taker) => <TakerCard key={taker.slotId} taker={taker} shown={shown} onDone={(words) => { setAnswered(words); takers.reload() }} onChanged={takers.reload} onBegin={() => setAnswered(null)} />)}
                <Box className="small">转过去以后，那家要重新接单；没接，会照样再问下一家。价钱不会比说好的高。</Box>
              </>
            )}
          </Box>
        )}
      </Content>
    </Screen>
  )
}

function TakerCard({ taker, shown, onDone, onChanged, onBegin }: { taker: Taker; shown: Shown; onDone: (words: string) => void; onChanged: () => void; onBegin: () => void }) {
  const handOn = useAction('menu.handOn')
  const [isAsking, setAsking] = useState(false)
  const submit = async () => {
    if (await handOn.run({ bookingId: shown.order.bookingId, fromId: shown.providerId, slotId: taker.slotId })) onDone(`转给${taker.providerName}了，等那家接单`)
    else onChanged()
  }
  return (
    <Card label={taker.providerName}>
      <Box className="stack-tight">
        <Box className="lead">{taker.providerName}</Box>
        <Box className="body">{taker.serviceName} · {priceWords(taker.priceFen)}{taker.whyNot === null ? ` · 还能接 ${taker.remaining} 单` : ''}</Box>
        <Box className="small">电话 {taker.phone}{taker.hadIt ? ' · 问过一次，没有接' : ''}</Box>
        {taker.whyNot === null ? null : <Box className="body">{whyNotWords[taker.whyNot]}</Box>}
        {handOn.problem ? <Problem problem={handOn.problem} /> : null}
        {isAsking
          ? <ConfirmSheet question={`把${shown.order.elderName}的${shown.order.serviceName}转给${taker.providerName}，${priceWords(taker.priceFen)}？`} yes="转过去" isBusy={handOn.isPending} onNo={() => { handOn.clear(); setAsking(false) }} onYes={submit} />
          : taker.whyNot === null ? <Button kind="outline" label={`转给${taker.providerName}`} onPress={() => { onBegin(); handOn.clear(); setAsking(true) }}>转给这家</Button> : null}
      </Box>
    </Card>
  )
}
