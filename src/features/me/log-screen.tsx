/** 谁替我办了什么: every act in my name and every look at my number or address, newest first, also read aloud. */
import Taro from '@tarojs/taro'
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { usePages } from '@/services/use-pages'
import { useQuery } from '@/services/use-query'
import { logAloud, logDetail, logTitle } from './log-words'

/** Nobody listens to more at once. */
const READ_AT_ONCE = 10

export function LogScreen() {
  const profile = useQuery('account.profile', {})
  const personId = profile.output?.personId
  const pages = usePages('account.log', personId ? { personId } : null)
  const { first, items, problem } = pages
  const read = useReadAloud(items.slice(0, READ_AT_ONCE).map(logAloud).join(''))
  return (
    <Screen title="谁替我办了什么">
      <Content<unknown> of={personId ? first : profile}>
        {() => items.length === 0
          ? <Empty icon="file-text" title="还没有人替您办过事" next="家人或社工替您办的、看过您电话地址的，都会记在这里。" />
          : (
            <Box className="stack">
              <ReadAloud {...read} words="读给我听" />
              <Card>
                <Rows label="谁替我办了什么">
                  {items.map((item, index) => (
                    <Row key={`${item.at}_${index}`} title={logTitle(item)} detail={logDetail(item)} {...(item.bookingId ? { onPress: () => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${item.bookingId ?? ''}` }) } } : {})} />
                  ))}
                </Rows>
              </Card>
              {problem ? <Problem problem={problem} /> : null}
              <Pager {...pages} />
            </Box>
          )}
      </Content>
    </Screen>
  )
}
