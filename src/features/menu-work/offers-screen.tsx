/** 菜单: what an organisation offers, and what waits for the subdistrict's yes. Its staff writes, an administrator decides. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { partWords, sortNames, unitPriceWords } from '@/services/menu-words'
import { useServerNow } from '@/services/server-clock'
import { momentWords, priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { OfferStep } from './offer-step'
import { weekdaysWords } from './words'

type Offer = OutputOf<'menu.offers'>['offers'][number]
type Terms = NonNullable<Offer['terms']>

const SHOWN = 6

export function OffersScreen() {
  const roles = useStaff()
  const offers = useQuery('menu.offers', {})
  const [editing, setEditing] = useState<Offer | 'new' | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setEditing(null); setAnswered(words); offers.reload() }
  const organisations = offers.output?.organisations ?? []
  if (editing !== null) return <OfferStep offer={editing === 'new' ? null : editing} organisations={organisations} onBack={() => setEditing(null)} onDone={done} />
  const inOrder = [...(offers.output?.offers ?? [])].sort((a, b) => Number(b.waiting !== null) - Number(a.waiting !== null) || Number(b.isOffered) - Number(a.isOffered))
  return (
    <Screen title="菜单" subtitle="示例" foot={organisations.length > 0 ? <Foot main={<Button icon="plus" onPress={() => { setAnswered(null); setEditing('new') }}>写一样新的</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={offers}>
        {() => inOrder.length === 0
          ? <Empty icon="notebook" title="菜单还是空的" next="机构写好一样，街道看过，就上菜单。" />
          : (
            <Parts rows={inOrder} size={SHOWN} of="菜单">
              {(rows) => rows.map((offer) => <OfferCard key={offer.offerId} offer={offer} isAdmin={roles.includes('admin')} isMine={organisations.some((one) => one.providerId === offer.providerId)} onEdit={() => { setAnswered(null); setEditing(offer) }} onDone={done} onChanged={offers.reload} />)}
            </Parts>
          )}
      </Content>
    </Screen>
  )
}

const TermsPart = ({ terms }: { terms: Terms }) => (
  <Box>
    <Fact term="价钱">{unitPriceWords(priceWords(terms.priceFen), terms.unit)}</Fact>
    <Fact term="做什么">{terms.details}</Fact>
    {terms.bring.length > 0 ? <Fact term="要备好">{terms.bring.join('、')}</Fact> : null}
    <Fact term="什么时候">{weekdaysWords(terms.weekdays)}，{terms.parts.map(partWords).join('，')}</Fact>
    <Fact term="一天几单">{terms.perDay}，提前 {terms.leadHours} 小时点</Fact>
    <Fact term="社区">{terms.communityIds.length} 个</Fact>
  </Box>
)

function OfferCard({ offer, isAdmin, isMine, onEdit, onDone, onChanged }: { offer: Offer; isAdmin: boolean; isMine: boolean; onEdit: () => void; onDone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  const decide = useAction('menu.decideOffer')
  const stop = useAction('menu.stopOffer')
  const [asking, setAsking] = useState<'approve' | 'refuse' | 'stop' | null>(null)
  const { waiting } = offer
  const shown = waiting?.terms ?? offer.terms
  if (shown === null) return null
  const leave = () => { setAsking(null); decide.clear(); stop.clear() }
  const say = async (isApproved: boolean, reason?: string) => {
    if (waiting && (await decide.run({ offerId: offer.offerId, seenAt: waiting.at, isApproved, ...(reason ? { reason } : {}) }))) onDone(isApproved ? `${shown.name}上了菜单` : `${shown.name}退回去了`)
    else onChanged()
  }
  return (
    <Card label={shown.name} tone={waiting ? 'gold' : 'plain'}>
      <Box className="stack">
        <Box className="between">
          <Box className="lead">{shown.name}</Box>
          <Tag tone={waiting ? 'gold' : offer.isOffered ? 'willow' : 'plain'}>{waiting ? '等街道看' : offer.isOffered ? '在菜单上' : '没有上'}</Tag>
        </Box>
        <Box className="small">{sortNames[shown.sort]} · {offer.providerName}</Box>
        <TermsPart terms={shown} />
        {waiting && offer.terms && offer.isOffered ? <Box className="body">现在菜单上是 {unitPriceWords(priceWords(offer.terms.priceFen), offer.terms.unit)}，点了的不变。</Box> : null}
        {waiting ? <Box className="small">{waiting.byName}写的，{momentWords(waiting.at, now)}</Box> : offer.decided ? <Box className="small">{offer.decided.byName}{offer.decided.isApproved ? '同意的' : '没有同意'}，{momentWords(offer.decided.at, now)}{offer.decided.reason ? `：${offer.decided.reason}` : ''}</Box> : null}
        {asking === 'approve'
          ? <ConfirmSheet question={`${shown.name}，${priceWords(shown.priceFen)}${shown.unit}，上菜单？`} yes="上菜单" isBusy={decide.isPending} onNo={leave} onYes={() => say(true)}>{decide.problem ? <Problem problem={decide.problem} /> : null}</ConfirmSheet>
          : asking === 'refuse'
            ? <ReasonSheet question={`${shown.name}先不上？`} yes="退回去" label="为什么（机构看得到）" maxLength={80} isBusy={decide.isPending} problem={decide.problem} onNo={leave} onYes={(reason) => say(false, reason)} />
            : asking === 'stop'
              ? <ConfirmSheet question={`${shown.name}不再接新的单？`} yes="停掉" isDangerous isBusy={stop.isPending} onNo={leave} onYes={async () => { if (await stop.run({ offerId: offer.offerId })) onDone(`${shown.name}停了，点了的照做`); else onChanged() }}>{stop.problem ? <Problem problem={stop.problem} /> : null}<Box className="body">已经点了的照样做。</Box></ConfirmSheet>
              : (
                <>
                  {isAdmin && waiting ? waiting.mayDecide ? <Box className="pair"><Button kind="outline" label={`退回，${shown.name}`} onPress={() => setAsking('refuse')}>退回</Button><Button kind="outline" icon="check" label={`同意，${shown.name}`} onPress={() => setAsking('approve')}>同意</Button></Box> : <Box className="small">您写的，要别人来看。</Box> : null}
                  {isMine || (isAdmin && !waiting && offer.isOffered)
                    ? <Box className="pair">{isMine ? <Button kind="outline" label={`改，${shown.name}`} onPress={onEdit}>改</Button> : null}{offer.isOffered || waiting ? <Button kind="outline" label={`停掉，${shown.name}`} onPress={() => setAsking('stop')}>停掉</Button> : null}</Box>
                    : null}
                </>
              )}
      </Box>
    </Card>
  )
}
