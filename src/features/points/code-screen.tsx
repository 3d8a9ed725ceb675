/**
 * 兑换码: what waits to be collected, each with its code in digits that can be read across a counter and as a picture to
 * scan. Kept on the phone once it was loaded, since shops have bad signal; while there is one, it says at once when the code was used.
 */
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { BigCode } from '@/components/big-code'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { AgeLine, Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { civilDate, DAY, instantOf } from '@/domain/civil-time'
import { accountSeen } from '@/services/cache'
import { dial } from '@/services/device'
import { keepCodes, keptCodes, type OpenCode } from '@/services/kept-codes'
import { chineseDay, chineseNumber, pointsWords } from '@/services/points-words'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { byWords } from './line-words'
import { useOwner } from './owner'

/** The merchant stands opposite: what they do with the code should show soon, ms. */
const LOOK_AGAIN_MS = 4_000
/** Codes shown at once: each is a large picture. */
const SHOWN = 3

const toPassbook = () => { void Taro.reLaunch({ url: '/pages/points/passbook/index' }) }

/** The last civil day on which it can be collected: it ends with that day. */
const lastDayOf = (item: OpenCode): string => civilDate(item.endsAt - 1)

/** 还有 3 天, 今天最后一天; counted in civil days. */
function daysLeftWords(item: OpenCode, now: number): string {
  const days = Math.round((instantOf(lastDayOf(item)) - instantOf(civilDate(now))) / DAY)
  return days <= 0 ? '今天最后一天' : days === 1 ? '明天最后一天' : `还有 ${days} 天`
}

export function CodeScreen({ personId: given, holdId }: { personId: string; holdId: string }) {
  const { personId } = useOwner(given)
  // Without network nothing may be known but who used this phone last.
  const ownerId = given || personId || (accountSeen() ?? '')
  const codes = useQuery('points.codes', ownerId ? { personId: ownerId } : null, { pollMs: LOOK_AGAIN_MS })
  const { output } = codes
  const isFresh = output !== undefined && codes.ageWords === undefined
  useEffect(() => { if (output && isFresh) keepCodes(ownerId, output.items) }, [ownerId, output, isFresh])
  // Without an answer, and not refused: what the phone kept.
  const items = output?.items ?? (codes.isOffline || codes.isLoading ? keptCodes(ownerId) : [])
  // Codes that were open before one's eyes and are not any more.
  const seen = useRef<Record<string, OpenCode>>({})
  useEffect(() => { for (const item of items) seen.current[item.holdId] = item })
  const gone = isFresh ? Object.values(seen.current).filter((one) => !output.items.some((item) => item.holdId === one.holdId)) : []
  const [cancelled, setCancelled] = useState<string[]>([])
  const sorted = [...items].sort((a, b) => Number(b.holdId === holdId) - Number(a.holdId === holdId))
  const name = output && !output.cover.isMe ? output.cover.name : undefined
  return (
    <Screen title="兑换码" subtitle={name ? `${name}的` : undefined}>
      {gone.map((one) => (cancelled.includes(one.holdId) ? <Notice key={one.holdId} title={`${one.rewardName}取消了`} isAnnounced>{pointsWords(one.points)} 分退回存折。</Notice> : <Gone key={one.holdId} code={one} ownerId={ownerId} />))}
      {items.length > 0
        ? (
          <>
            {codes.isOffline ? <AgeLine ageWords={codes.ageWords ?? '以前'} isOffline onRetry={codes.reload} /> : null}
            <Parts rows={sorted} size={SHOWN} of="兑换码">
              {(rows) => <Box className="stack-wide">{rows.map((item) => <One key={item.holdId} item={item} personId={ownerId} isOffline={codes.isOffline} isFirst={item.holdId === sorted[0]?.holdId} onCancelled={() => { setCancelled([...cancelled, item.holdId]); codes.reload() }} />)}</Box>}
            </Parts>
            <Box className="small centre">兑换码只给店里的人看，电话里不要报给别人。没有网络也能用。</Box>
          </>
        )
        : <Content of={codes} shape="detail">{() => (gone.length > 0 ? <Button kind="outline" onPress={toPassbook}>看存折</Button> : <Empty icon="gift" title="没有等着取的" next="用积分换了东西，兑换码就在这里。" action={{ words: '去看看能换什么', onPress: () => { void Taro.navigateTo({ url: `/pages/points/rewards/index?personId=${ownerId}` }) } }} />)}</Content>}
    </Screen>
  )
}

/** What became of a code: used at a merchant, or given back. */
function Gone({ code, ownerId }: { code: OpenCode; ownerId: string }) {
  const used = useQuery('points.entry', { entryId: `settled_${code.holdId}`, personId: ownerId })
  if (used.output) return <Notice title={`${code.rewardName}取好了`} isAnnounced>{used.output.merchantName ?? ''} {momentWords(used.output.line.at)} 核销，用了 {pointsWords(code.points)} 分。</Notice>
  if (used.code === undefined) return null
  return <Notice tone="gold" title={`${code.rewardName}的码不能用了`} isAnnounced>取消了，或者过期了，{pointsWords(code.points)} 分退回存折。</Notice>
}

function One({ item, personId, isOffline, isFirst, onCancelled }: { item: OpenCode; personId: string; isOffline: boolean; isFirst: boolean; onCancelled: () => void }) {
  const now = useServerNow()
  const [isAsking, setAsking] = useState(false)
  const cancel = useAction('points.cancelHold')
  const isOver = item.endsAt <= now
  const places = item.merchants.map((merchant) => merchant.name).join('、')
  const read = useReadAloud(`${item.rewardName}，${item.code ? `兑换码 ${item.code.split('').join(' ')}，` : ''}${places ? `到${places}去取，` : ''}${chineseDay(lastDayOf(item))}前有效，冻结${chineseNumber(item.points)}分。`)
  return (
    <Card label={item.rewardName}>
      <Box className="stack">
        <Box className="between">
          <Heading level={2} className="lead">{item.rewardName}{item.forName ? `，给 ${item.forName}` : ''}</Heading>
          <Tag tone={isOver ? 'warm' : now > item.endsAt - 3 * DAY ? 'gold' : 'willow'}>{isOver ? '过期了' : daysLeftWords(item, now)}</Tag>
        </Box>
        {isOver
          ? <Box className="body">过了期，{pointsWords(item.points)} 分会自己退回存折。</Box>
          : item.code !== null
            ? <BigCode digits={item.code} scanned={item.code} label="兑换码" />
            : <Box className="body">用来付上门服务，不用去取。</Box>}
        <Box>
          {item.merchants.map((merchant) => <Fact key={merchant.merchantId} term="到这里取">{merchant.name}{merchant.address ? `，${merchant.address}` : ''}</Fact>)}
          <Fact term="有效到">{dateWords(lastDayOf(item), now)}</Fact>
          <Fact term="冻结">{pointsWords(item.points)} 分</Fact>
          {item.by ? <Fact term="谁换的">{byWords(item.by)}</Fact> : null}
        </Box>
        {isFirst ? <ReadAloud {...read} /> : null}
        {item.merchants[0]?.phone ? <Button kind="outline" icon="phone-call" label={`给店里打电话，${item.merchants[0].name}`} onPress={() => dial(item.merchants[0]?.phone ?? '')}>给店里打电话</Button> : null}
        {item.bookingId !== null
          ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${item.bookingId ?? ''}` }) }}>看这次服务</Button>
          : isAsking
            ? (
              <ConfirmSheet question={`不要${item.rewardName}了？${pointsWords(item.points)} 分退回存折，这个码就不能用了。`} yes="不要了" isDangerous isBusy={cancel.isPending} onNo={() => { cancel.clear(); setAsking(false) }} onYes={async () => { if (await cancel.run({ personId, holdId: item.holdId })) onCancelled() }}>
                {cancel.problem ? <Problem problem={cancel.problem} /> : null}
              </ConfirmSheet>
            )
            : isOver || isOffline ? null : <Button kind="outline" onPress={() => setAsking(true)}>不要了，退积分</Button>}
      </Box>
    </Card>
  )
}
