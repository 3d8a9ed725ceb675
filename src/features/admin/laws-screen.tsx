/** 此刻都成立吗: every law of the product over everything that is stored, as the last self-check found it. */
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

const LOOK_AGAIN_MS = 8_000

export function LawsScreen() {
  const latest = useQuery('law.latest', {}, { pollMs: LOOK_AGAIN_MS })
  return (
    <Screen title="此刻都成立吗">
      <Content of={latest} shape="detail">
        {({ at, laws }) => {
          const broken = laws.filter((law) => !law.holds)
          return at === null
            ? <Empty icon="shield-check" title="还没有查过" next="每天夜里自动查一遍，查完这里就有。" />
            : (
              <Box className="stack">
                {broken.length === 0
                  ? <Notice icon="shield-check" title={`${laws.length} 条都成立`}>{momentWords(at)} 查的，全部数据一条不漏。</Notice>
                  : <Notice tone="sos" title={`有 ${broken.length} 条不成立`}>{momentWords(at)} 查的。请把下面的编号告诉技术人员。</Notice>}
                <Card>
                  <Rows label="每一条">
                    {[...broken, ...laws.filter((law) => law.holds)].map((law) => (
                      <Row key={law.law} title={law.law} detail={law.holds ? `看了 ${law.checked} 份` : law.broken.join('、')} end={law.holds ? <Tag>成立</Tag> : <Tag tone="sos">不成立</Tag>} />
                    ))}
                  </Rows>
                </Card>
              </Box>
            )
        }}
      </Content>
    </Screen>
  )
}
