/** 查阅记录: who looked at what was masked, who acted for whom, who changed what others rely on; newest first. */
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { auditTitle, purposeWords } from '@/services/staff-words'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'

export function AuditScreen() {
  const pages = usePages('admin.audit', {})
  const { first, items, problem } = pages
  return (
    <Screen title="查阅记录">
      <Content of={first}>
        {() => items.length === 0
          ? <Empty icon="file-text" title="还没有记录" next="谁看过手机号、改过名额，都会记在这里，改不掉。" />
          : (
            <Box className="stack">
              <Card>
                <Rows label="查阅记录">
                  {items.map((item, index) => (
                    <Row
                      key={`${item.at}_${index}`} title={auditTitle({ byName: item.byName, as: item.as, what: item.what, about: item.aboutName })}
                      detail={[momentWords(item.at), purposeWords(item.what, item.purpose)].filter(Boolean).join(' · ')}
                    />
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
