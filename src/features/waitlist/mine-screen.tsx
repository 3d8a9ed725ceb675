/** 候补: what is held for somebody now, with one big button, and where they wait, each with the place in the line and why. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { ReadAloud } from '@/components/read-aloud'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { askAfterWaiting } from '@/domain/message-templates'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { priceWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { useReminder } from '@/services/use-reminder'
import { heldWords, positionWords, reasonWords } from '@/services/waitlist-words'

type Wait = OutputOf<'waitlist.mine'>['items'][number]
type Offered = Wait & { offer: NonNullable<Wait['offer']> }

/** A seat is held for half an hour: what changes is seen soon, ms. */
const LOOK_AGAIN_MS = 8_000

export function MyWaitsScreen({ elderId: asked }: { elderId: string }) {
  const me = useMyId()
  const elderId = asked || me || ''
  const mine = useQuery('waitlist.mine', elderId ? { elderId } : null, { pollMs: LOOK_AGAIN_MS })
  const reminder = useReminder(askAfterWaiting)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = mine
  const whose = output === undefined ? '' : output.isMe ? '您' : output.elderName
  const say = (words: string) => { setAnswered(words); mine.reload() }
  const remind = async () => {
    const answer = await reminder.ask()
    if (answer) say(answer === 'accept' ? '好的，轮到了在微信里告诉您' : '没有开微信提醒，社区会打电话')
  }
  return (
    <Screen title="候补" subtitle={output && !output.isMe ? `给 ${output.elderName}` : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={mine} shape="tiles">
        {(shown) => {
          const offers = shown.items.filter((item): item is Offered => item.offer !== null)
          const waiting = shown.items.filter((item) => item.offer === null)
          return (
            <>
              {offers.map((item) => <OfferCard key={item.slotId} item={item} elderId={elderId} whose={whose} isFirst={item === offers[0]} onGone={say} onChanged={mine.reload} />)}
              {shown.items.length === 0 ? <Empty icon="clock" title={`${whose}没有在排的`} next="约满的时间，可以点「排候补」。有人退了，就轮到排着的人。" /> : null}
              {waiting.length > 0 ? <Heading level={2} className="section">正在排的</Heading> : null}
              {waiting.map((item) => <WaitCard key={item.slotId} item={item} elderId={elderId} whose={whose} onGone={say} />)}
              {waiting.length > 0 ? <Button kind="outline" icon="bell" isBusy={reminder.isPending} onPress={remind}>轮到了，微信告诉我</Button> : null}
              {reminder.problem ? <Problem problem={reminder.problem} /> : null}
              {waiting.length > 0 ? <Box className="small">先照顾有医疗需要、家庭困难和独居的老人，一样的按先来后到。轮到了给您留一会儿，过了时间就轮到下一位。</Box> : null}
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

const opened = (kind: string, bookingId: string, item: Wait, elderId: string): string =>
  (kind === 'activity' ? `/pages/activities/activity/index?activityId=${item.slotId}&elderId=${elderId}` : `/pages/booked/index?bookingId=${bookingId}`)

/** A seat is held: one tap, and it is booked. */
function OfferCard({ item, elderId, whose, isFirst, onGone, onChanged }: { item: Offered; elderId: string; whose: string; isFirst: boolean; onGone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  const [accept, decline] = [useAction('waitlist.accept'), useAction('waitlist.decline')]
  const [isDeclining, setDeclining] = useState(false)
  const place = { elderId, slotId: item.slotId, placeId: item.offer.placeId }
  const problem = accept.problem ?? decline.problem
  const when = whenWords(item.startsAt, item.endsAt, now)
  const sentence = `${item.serviceName}有名额了，${when}，${heldWords(whose, item.offer.until, now)}。${item.priceFen > 0 ? `${priceWords(item.priceFen)}。` : ''}`
  const read = useReadAloud(sentence)
  const take = async () => {
    const made = await accept.run(place)
    if (made) void Taro.redirectTo({ url: opened(item.kind, made.bookingId, item, elderId) })
    else onChanged()
  }
  const refuse = async () => { if (await decline.run(place)) onGone('好的，名额让给下一位了'); else onChanged() }
  return (
    <Card tone="gold" label={`${item.serviceName}有名额了`}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{item.serviceName}有名额了</Box><Tag tone="gold">等您答复</Tag></Box>
        <Box className="body"><Pieces words={when} /></Box>
        <Box className="strong">{heldWords(whose, item.offer.until, now)}</Box>
        <Box className="small">{item.providerName}{item.priceFen > 0 ? ` · ${priceWords(item.priceFen)}` : ''}</Box>
        {problem ? <Problem problem={problem} /> : null}
        {isDeclining
          ? <ConfirmSheet question={`${item.serviceName}，${when}，不要了？名额马上给下一位。`} yes="不要了" no="再想想" isDangerous isBesides isBusy={decline.isPending} onYes={refuse} onNo={() => setDeclining(false)} />
          : (
            <>
              <Button kind={isFirst ? 'primary' : 'outline'} isBusy={accept.isPending} label={`接受，${item.serviceName} ${when}`} onPress={take}>接受</Button>
              <Box className="pair">
                <ReadAloud {...read} />
                <Button kind="outline" label={`不要，${item.serviceName} ${when}`} onPress={() => { accept.clear(); setDeclining(true) }}>不要</Button>
              </Box>
            </>
          )}
      </Box>
    </Card>
  )
}

function WaitCard({ item, elderId, whose, onGone }: { item: Wait; elderId: string; whose: string; onGone: (words: string) => void }) {
  const now = useServerNow()
  const leave = useAction('waitlist.leave')
  const [isLeaving, setLeaving] = useState(false)
  const when = whenWords(item.startsAt, item.endsAt, now)
  return (
    <Card label={`${item.serviceName} ${when}`}>
      <Box className="stack">
        <Box className="lead">{item.serviceName}</Box>
        <Box className="body"><Pieces words={when} /></Box>
        <Box className="strong tabular">{positionWords(whose, item.position ?? item.waiting)}</Box>
        {item.reasons.length > 0 ? <Box className="small">排在前面的理由：{reasonWords(item.reasons)}</Box> : null}
        {leave.problem ? <Problem problem={leave.problem} /> : null}
        {isLeaving
          ? <ConfirmSheet question={`${item.serviceName}不排了？再排要从后面排起。`} yes="不排了" no="接着排" isDangerous isBesides isBusy={leave.isPending} onYes={async () => { if (await leave.run({ elderId, slotId: item.slotId })) onGone('不排了') }} onNo={() => setLeaving(false)} />
          : <Button kind="outline" label={`不排了，${item.serviceName} ${when}`} onPress={() => setLeaving(true)}>不排了</Button>}
      </Box>
    </Card>
  )
}
