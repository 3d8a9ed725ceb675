/** No-shows of one elder within a year, by service, with why as it was said. Nothing follows from them by itself. */
import Taro from '@tarojs/taro'
import { Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { absenceWhyWords } from '@/services/staff-words'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

export function AbsencesScreen({ elderId }: { elderId: string }) {
  const absences = useQuery('booking.absences', { elderId })
  return (
    <Screen title="没到场的记录" subtitle={absences.output?.elderName}>
      <Content of={absences} shape="list">
        {(shown) => shown.counts.length === 0 ? <Empty icon="circle-check" title="一年里没有" next="有了会记在这里，也会问为什么。" /> : (
          <>
            <Notice title="只为帮上忙">不扣分，也不限制预约。常忘的，可以提前打个电话。</Notice>
            <Heading level={2} className="section">一年里</Heading>
            <Card label="一年里"><Rows>{shown.counts.map((one) => <Row key={one.serviceName} title={one.serviceName} detail={one.whys.map(({ why, count }) => `${absenceWhyWords(why)} ${count} 次`).join('，') || '还没有说为什么'} end={<Tag tone="plain">{one.count} 次</Tag>} />)}</Rows></Card>
            <Heading level={2} className="section">每一次</Heading>
            <Card label="每一次"><Rows>{shown.items.map((one) => <Row key={one.bookingId} title={`${one.serviceName} ${momentWords(one.startsAt)}`} detail={one.why === null ? '还没有说' : `${absenceWhyWords(one.why)}${one.words ? `：${one.words}` : ''}`} onPress={() => { void Taro.navigateTo({ url: `/pages/social-worker/review/index?bookingId=${one.bookingId}` }) }} />)}</Rows></Card>
          </>
        )}
      </Content>
    </Screen>
  )
}
