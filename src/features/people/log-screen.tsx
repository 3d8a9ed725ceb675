/** What was done in somebody's name, and who looked at their number or address: for the person who asks at the counter. */
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { auditTitle, purposeWords } from '@/services/staff-words'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'

export function PersonLogScreen({ personId }: { personId: string }) {
  const pages = usePages('account.log', personId ? { personId } : null)
  const { first, items, problem } = pages
  return (
    <Screen title="谁办过、看过什么">
      <Content of={first}>
        {() => items.length === 0
          ? <Empty icon="file-text" title="还没有人替这位办过事" next="代办的事、看过的电话地址，都会记在这里。" />
          : (
            <Box className="stack">
              <Card>
                <Rows label="谁办过、看过什么">
                  {items.map((item, index) => (
                    <Row key={`${item.at}_${index}`} title={auditTitle(item)} detail={[momentWords(item.at), purposeWords(item.what, item.purpose)].filter(Boolean).join(' · ')} />
                  ))}
                </Rows>
              </Card>
              {problem ? <Problem problem={problem} onRetry={() => { void pages.next() }} /> : null}
              <Pager {...pages} />
            </Box>
          )}
      </Content>
    </Screen>
  )
}
