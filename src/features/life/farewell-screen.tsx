/** For the family of somebody who died or moved out: what was ended, and whom to call. Plain words; nothing is asked of them here. */
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Listed } from '@/components/listed'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { dial } from '@/services/device'
import { beginsWords, dateWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

export function FarewellScreen({ lifeEventId }: { lifeEventId: string }) {
  const event = useQuery('life.show', { lifeEventId })
  const { output } = event
  return (
    <Screen title={output?.elderName ?? '说明'}>
      <Content of={event} shape="detail">
        {(shown) => (
          <>
            <Notice icon="file-text" title={shown.what === 'died' ? `${shown.elderName}的服务都停了` : `${shown.elderName}迁出了，服务都停了`}>
              {shown.what === 'died' ? '请节哀。不再上门，不再送餐，也不会再发消息、打电话到这里。' : `从${dateWords(shown.fromOn)}起。`}
            </Notice>
            <Heading level={2} className="section">有事找谁</Heading>
            <Card label="有事找谁">
              <Box className="stack">
                <Box className="body">{shown.contactName ? `社工${shown.contactName}，${shown.communityName}。` : `${shown.communityName}的社工。`}{shown.what === 'died' ? '留下的东西怎么办，慢慢商量，不急。' : '要材料、要证明，都可以问。'}</Box>
                <Button icon="phone-call" kind="outline" onPress={() => dial(shown.dutyPhone)}>打给社区 {shown.dutyPhone}</Button>
              </Box>
            </Card>
            <Listed
              title="停了的"
              lines={[
                ...shown.series.map((one) => ({ title: `每周的${one.title}`, detail: one.detail })),
                ...shown.ended.map((one) => ({ title: one.title, detail: `${beginsWords(one.startsAt)} · ${one.detail}` })),
              ]}
            />
            <Box className="small">家人代办的授权也一起停了。</Box>
          </>
        )}
      </Content>
    </Screen>
  )
}
