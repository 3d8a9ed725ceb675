/** 微信提醒: WeChat carries one message for each consent, so it can be given again here whenever somebody likes. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { askAfterBooking, templateIds } from '@/domain/message-templates'
import { useReadAloud } from '@/services/speech'
import { askForMessages } from '@/services/subscribe'

const sentence = '点一次，微信就能告诉您一次：前一天提醒、护理员到了、厨房要换菜、做完请您确认。'

export function MessagesScreen() {
  const [answer, setAnswer] = useState<'none' | 'some' | 'refused'>('none')
  const read = useReadAloud(sentence)
  const ask = (ids: readonly string[]) => async () => {
    setAnswer('none')
    const given = await askForMessages(ids)
    setAnswer(Object.values(given).includes('accept') ? 'some' : 'refused')
  }
  return (
    <Screen title="微信提醒" foot={<Foot say={sentence} other={<ReadAloud {...read} />} main={<Button icon="bell" onPress={ask(askAfterBooking)}>告诉我</Button>} />}>
      {answer === 'some' ? <Notice isAnnounced title="好的，下一次在微信里告诉您" /> : null}
      {answer === 'refused' ? <Notice isAnnounced tone="gold" title="没有开微信提醒">不要紧，社区会打电话。</Notice> : null}
      <Box className="body">微信每同意一次，只能发一条。想多收几次，就多点几下。没有同意的，社区会打电话告诉您，不会漏掉。</Box>
      <Box className="body">替老人办事的家人，还可以收这几样：约好了、订好了、取消了、上门没联系上老人。</Box>
      <Button kind="outline" icon="bell" onPress={ask([templateIds.booked, templateIds.cancelled, templateIds.alert])}>家里老人的事告诉我</Button>
      <Box className="body">积分要到期了，也可以先在微信里告诉您。</Box>
      <Button kind="outline" icon="bell" onPress={ask([templateIds.expiry])}>积分到期告诉我</Button>
    </Screen>
  )
}
