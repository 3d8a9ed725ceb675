/** 约好了: the number, what happens next, and the question whether to be told, each in its own time. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Timeline } from '@/components/timeline'
import { DAY } from '@/domain/civil-time'
import { askAfterBooking } from '@/domain/message-templates'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { askForMessages } from '@/services/subscribe'
import { priceWords, whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

/** Whether a reminder the day before still comes; `startsAt` and `now` in ms. */
const isDayAhead = (startsAt: number, now: number): boolean => startsAt - now >= DAY

const home = () => { void Taro.reLaunch({ url: '/pages/home/index' }) }

export function BookedScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const now = useServerNow()
  const [answer, setAnswer] = useState<'none' | 'some' | 'refused'>('none')
  const { output } = booking
  const whose = output?.as === 'elder' ? '您的' : `${output?.elderName ?? ''}的`
  const sentence = output ? `约好了。${whose}${output.serviceName}，${whenWords(output.startsAt, output.endsAt)}，护理员到${output.address || '家里'}，${priceWords(output.priceFen)}。` : ''
  const read = useReadAloud(sentence)
  const ask = async () => {
    const given = await askForMessages(askAfterBooking)
    setAnswer(Object.values(given).includes('accept') ? 'some' : 'refused')
  }
  return (
    <Screen
      title="约好了" subtitle={output?.number} onBack={home}
      foot={output ? <Foot other={<ReadAloud {...read} />} main={<Button onPress={() => { void Taro.redirectTo({ url: `/pages/booking/index?bookingId=${bookingId}` }) }}>看这次预约</Button>} /> : undefined}
    >
      <Content of={booking} shape="detail">
        {(shown) => (
          <>
            <Notice isAnnounced title={`${shown.elderName} · ${shown.serviceName}`}>{whenWords(shown.startsAt, shown.endsAt)}</Notice>
            <Card>
              <Fact term="编号">{shown.number}</Fact>
              <Fact term="上门到">{shown.address}</Fact>
              <Fact term="费用">{priceWords(shown.priceFen)}</Fact>
              {shown.note ? <Fact term="留言">{shown.note}</Fact> : null}
            </Card>
            <Heading level={2} className="section">接下来</Heading>
            <Card>
              <Timeline
                label="接下来会怎样"
                lines={[
                  { key: 'take', mark: 'todo', title: '护理员接单', detail: '接了单，这里会写是谁来。' },
                  ...(isDayAhead(shown.startsAt, now) ? [{ key: 'remind', mark: 'todo' as const, title: '前一天提醒您' }] : []),
                  shown.as === 'family'
                    ? { key: 'door', mark: 'todo', title: '护理员到门口，凭门码签到', detail: `门码在${shown.elderName}的手机和您的手机上都能看到。` }
                    : { key: 'door', mark: 'todo', title: '护理员到门口，给看门码', detail: '门码在首页，来的时候会出现。' },
                ]}
              />
            </Card>
            {answer === 'none'
              ? (
                <Card tone="willow">
                  <Box className="stack">
                    <Box className="body">要不要在微信里告诉您：{isDayAhead(shown.startsAt, now) ? '前一天提醒、' : ''}护理员到了、做完请您确认？</Box>
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
