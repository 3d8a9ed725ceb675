/** 约好了, 订好了: the number, what happens next, and the question whether to be told, each in its own time. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { Timeline } from '@/components/timeline'
import { DAY } from '@/domain/civil-time'
import { askAfterBooking } from '@/domain/message-templates'
import { dishWords, paymentWords, placeWords, quoteWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { askForMessages } from '@/services/subscribe'
import { priceWords, timelineLines, whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

/** Whether a reminder the day before still comes; `startsAt` and `now` in ms. */
const isDayAhead = (startsAt: number, now: number): boolean => startsAt - now >= DAY

const isElderSide = (view: BookingView): boolean => view.as === 'elder' || view.as === 'family'

const home = () => { void Taro.reLaunch({ url: '/pages/home/index' }) }

/** What was booked, as a sentence: who, what, when, where and what it costs. */
function sentenceOf(view: BookingView): string {
  const whose = view.as === 'elder' ? '您的' : `${view.elderName}的`
  if (view.order) return `订好了。${whose}${whenWords(view.startsAt, view.endsAt)} ${view.serviceName}，${dishWords(view.order.dishName, view.order.portions)}，${placeWords(view.order.way, view.order.siteName)}，${quoteWords(view.order.quote, view.as === 'elder' ? '您' : '自')}。`
  if (view.bed) return `约好了。${whose}${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}，到${view.providerName}，自付 ${priceWords(view.bed.quote.payFen)}。请带上${view.bed.bring.join('、')}。`
  if (view.menu) return `点好了。${whose}${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}，${view.providerName}的人到${view.address || '家里'}，${priceWords(view.priceFen)}。等机构接单。`
  return `约好了。${whose}${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}，护理员到${view.address || '家里'}，${priceWords(view.priceFen)}。`
}

/** `isMeal`: so that the title is right before the answer is here. */
export function BookedScreen({ bookingId, isMeal: isMealAsked = false }: { bookingId: string; isMeal?: boolean }) {
  const booking = useQuery('booking.show', { bookingId })
  const now = useServerNow()
  const [answer, setAnswer] = useState<'none' | 'some' | 'refused'>('none')
  const { output } = booking
  const isMeal = output ? output.order !== null : isMealAsked
  const sentence = output ? sentenceOf(output) : ''
  const read = useReadAloud(sentence)
  const ask = async () => {
    const given = await askForMessages(askAfterBooking)
    setAnswer(Object.values(given).includes('accept') ? 'some' : 'refused')
  }
  return (
    <Screen
      title={isMeal ? '订好了' : '约好了'} subtitle={output?.number} onBack={output && !isElderSide(output) ? goBack : home}
      foot={output ? <Foot other={<ReadAloud {...read} />} main={<Button onPress={() => { void Taro.redirectTo({ url: `/pages/booking/index?bookingId=${bookingId}` }) }}>{isMeal ? '看这一餐' : '看这次预约'}</Button>} /> : undefined}
    >
      <Content of={booking} shape="detail">
        {(shown) => (
          <>
            <Notice isAnnounced title={`${shown.elderName} · ${shown.serviceName}`}>{whenWords(shown.startsAt, shown.endsAt)}</Notice>
            <Card>
              <Fact term="编号">{shown.number}</Fact>
              {shown.order
                ? (
                  <>
                    <Fact term="订了">{dishWords(shown.order.dishName, shown.order.portions)}</Fact>
                    <Fact term={shown.order.way === 'delivery' ? '送到' : '地点'}>{shown.order.way === 'delivery' ? shown.address : placeWords(shown.order.way, shown.order.siteName)}</Fact>
                    <Fact term="费用">{quoteWords(shown.order.quote, shown.as === 'elder' ? '您' : '自')}{shown.order.quote.payFen > 0 ? `，${paymentWords(shown.order.payment.how)}` : ''}</Fact>
                  </>
                )
                : shown.bed ? <><Fact term="去哪里">{shown.providerName}</Fact><Fact term="费用">{priceWords(shown.priceFen)}，补贴 {priceWords(shown.bed.quote.subsidyFen)}，自付 {priceWords(shown.bed.quote.payFen)}</Fact><Fact term="带上">{shown.bed.bring.join('、')}</Fact></>
                  : <><Fact term="上门到">{shown.address}</Fact><Fact term="费用">{priceWords(shown.priceFen)}</Fact></>}
              {shown.note ? <Fact term="留言">{shown.note}</Fact> : null}
            </Card>
            <Heading level={2} className="section">接下来</Heading>
            <Card>
              <Timeline
                label="接下来会怎样"
                lines={shown.order || shown.bed || shown.menu ? timelineLines(shown, now).filter((line) => line.mark === 'todo') : [
                  { key: 'take', mark: 'todo', title: '护理员接单', detail: '接了单，这里会写是谁来。' },
                  ...(isDayAhead(shown.startsAt, now) ? [{ key: 'remind', mark: 'todo' as const, title: '前一天提醒您' }] : []),
                  shown.as === 'family'
                    ? { key: 'door', mark: 'todo', title: '护理员到门口，凭门码签到', detail: `门码在${shown.elderName}的手机和您的手机上都能看到。` }
                    : { key: 'door', mark: 'todo', title: '护理员到门口，给看门码', detail: '门码在首页，来的时候会出现。' },
                ]}
              />
            </Card>
            {shown.acts.includes('slip') ? <Button kind="outline" icon="file-text" onPress={() => { void Taro.navigateTo({ url: `/pages/social-worker/slip/index?bookingId=${bookingId}` }) }}>打一张条子</Button> : null}
            {!isElderSide(shown) ? null : answer === 'none'
              ? (
                <Card tone="willow">
                  <Box className="stack">
                    <Box className="body">要不要在微信里告诉您：{shown.order ? '餐送到了、厨房要换菜' : shown.bed ? '前一天提醒、接到了、结束后请您确认' : shown.menu ? '机构接单了、人出门了、做完请您确认' : `${isDayAhead(shown.startsAt, now) ? '前一天提醒、' : ''}护理员到了、做完请您确认`}？</Box>
                    <Button kind="outline" icon="bell" onPress={ask}>到时候告诉我</Button>
                  </Box>
                </Card>
              )
              : <Notice isAnnounced icon="bell" title={answer === 'some' ? '好的，到时候在微信里告诉您' : '没有开微信提醒'}>{answer === 'some' ? '' : '不要紧，打开这里就能看到。'}</Notice>}
          </>
        )}
      </Content>
    </Screen>
  )
}
