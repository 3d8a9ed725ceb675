/**
 * 短住: the day of arrival, then the day of leaving among those that can be had, every night with what is left of it, what
 * it costs and what is paid of it, and what to bring; above the one button the sentence that says all of it.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { clockTime, HOUR, spokenDay } from '@/domain/civil-time'
import { forWords, useFromPlan, type WayHere } from '@/services/from-plan'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { beginsWords, dateWords, priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { costWords, dayOption, endsAfter, leavingOption, nightAt, nightNote, nightsIn, nightWords, sumOf, type Stay } from './nights'

const LOOK_AGAIN_MS = 10_000
const DAYS = 7

export function StayScreen({ serviceItemId, elderId: asked, cameBy }: { serviceItemId: string; elderId: string; cameBy: WayHere }) {
  const me = useMyId()
  const elderId = asked || me || ''
  const stay = useQuery('stay.show', elderId ? { elderId, serviceItemId } : null, { pollMs: LOOK_AGAIN_MS })
  const [week, setWeek] = useState(0)
  const [fromChosen, setFrom] = useState<string | null>(null)
  const [toChosen, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const book = useAction('stay.book')
  const { plan, link, isLinking } = useFromPlan(cameBy)
  const now = useServerNow()
  const { output } = stay
  // A night that somebody else took meanwhile is no longer chosen.
  const wished = output && fromChosen !== null ? nightAt(output, fromChosen) : undefined
  const fromOn = wished?.state === 'free' ? wished.onDate : null
  const ends = output && fromOn !== null ? endsAfter(output, fromOn) : []
  const toOn = toChosen !== null && ends.includes(toChosen) ? toChosen : null
  const nights = output && fromOn !== null && toOn !== null ? nightsIn(output, fromOn, toOn) : []
  const first = nights[0]
  const last = nights[nights.length - 1]
  const sentence = !output ? '' : fromOn === null ? '先选哪天到。' : first === undefined || last === undefined ? '再选哪天走。'
    : `${elderId === me ? '给您自己' : `给${output.elder.name}`}约${output.service.name}，${beginsWords(first.startsAt, now)} 以后到，${beginsWords(last.endsAt, now)} 前走，住 ${nights.length} 晚，${costWords(sumOf(nights))}。${beginsWords(first.startsAt - output.service.cancelHours * HOUR, now)} 前可以自己取消。`
  const read = useReadAloud(sentence)
  const submit = async (beyondLimit?: string) => {
    if (fromOn === null || toOn === null) return
    const words = note.trim()
    const made = await book.run({ elderId, serviceItemId, fromOn, toOn, ...(words ? { note: words } : {}), ...(beyondLimit ? { beyondLimit } : {}) })
    if (!made) return stay.reload()
    await link(made.bookingId)
    void Taro.redirectTo({ url: `/pages/booked/index?bookingId=${made.bookingId}` })
  }
  return (
    <Screen
      title={output?.service.name ?? '短住'} subtitle={output ? forWords(output.elder.name, plan) : undefined}
      foot={output ? <Foot say={sentence} problem={book.problem ? <Problem problem={book.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={nights.length === 0} isBusy={book.isPending || isLinking} onPress={() => submit()}>就约这几晚</Button>} /> : undefined}
    >
      <Content of={stay} shape="detail">
        {(shown) => (
          <>
            <Box>
              <Box className="body">{shown.service.summary}</Box>
              <Box className="inline"><Box className="price">每晚 {priceWords(shown.service.priceFen)}</Box><Box className="small">{shown.service.providerName}</Box></Box>
              <Box className="small">{paidWords(shown)}</Box>
            </Box>
            {shown.nights.length === 0 ? <Empty icon="clock" title="还没有可以住的日子" next="过几天再来看看，或者打电话给社区。" /> : null}
            <Heading level={2} className="section">哪天到</Heading>
            {week > 0 ? <TextLink onPress={() => setWeek(week - 1)}>看前一周</TextLink> : null}
            <DayStrip
              days={shown.nights.slice(week * DAYS, (week + 1) * DAYS).map((night) => dayOption(night.onDate, now, nightNote(night)))} selected={fromOn ?? ''}
              onChoose={(day) => { book.clear(); setTo(null); setFrom(day) }} further={(week + 1) * DAYS < shown.nights.length ? { words: '后一周 ›', onPress: () => setWeek(week + 1) } : undefined}
            />
            {wished && wished.state !== 'free' ? <Notice tone="gold" isAnnounced title={`${spokenDay(wished.onDate)}那晚${nightWords(wished)}`}>请换一天到。</Notice> : null}
            {fromOn !== null
              ? (
                <>
                  <Heading level={2} className="section">哪天走</Heading>
                  <Box className="small">最多住 {shown.mostNights} 晚；中间有一晚没有空，就只能住到那天早上。</Box>
                  <DayStrip days={ends.map((day) => leavingOption(day, now))} selected={toOn ?? ''} onChoose={(day) => { book.clear(); setTo(day) }} />
                </>
              )
              : null}
            {nights.length > 0
              ? (
                <Card label="每一晚">
                  <Rows>{nights.map((night) => <Row key={night.slotId} title={`${dateWords(night.onDate, now)} 晚`} detail={nightWords(night)} end={<Box className="small tabular">{costWords(night)}</Box>} />)}</Rows>
                </Card>
              )
              : null}
            <Card label="带上">
              <Box className="strong">带上</Box>
              <Box className="body">{shown.service.bring.join('、')}</Box>
            </Card>
            <Field label="想让那边知道的（可以不写）" kind="many-words" value={note} onChange={setNote} maxLength={80} placeholder="晚上要起夜" />
            <Box className="small">{hoursWords(shown)}{shown.service.details}</Box>
            {book.code === 'LIMIT_OF_SERVICE' && nights.some((night) => night.forResidents !== null)
              ? <ReasonSheet question={`${shown.elder.name}已经到了规定的次数，这次还要约？`} yes="写好理由，约上" isAside isBusy={book.isPending} problem={undefined} onYes={(reason) => submit(reason)} onNo={book.clear} /> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** What is paid of a night, or why nothing is. */
function paidWords({ nights: [first], reasons }: Stay): string {
  if (first === undefined) return ''
  if (first.subsidyFen > 0) return `每晚补贴 ${priceWords(first.subsidyFen)}${reasons.includes('hardship') ? '（年龄和困难情况）' : '（按年龄）'}，自付 ${priceWords(first.priceFen - first.subsidyFen)}。`
  return reasons.includes('unverified') ? '社工见过面以后才有补贴。' : '没有补贴。'
}

const hoursWords = ({ nights: [first] }: Stay): string => (first === undefined ? '' : `${clockTime(first.startsAt)} 以后到，走的那天 ${clockTime(first.endsAt)} 以前离开。`)
