/** Everything that is kept about me, to read and to take along (law 9). */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { copyText } from '@/services/device'
import { useQuery } from '@/services/use-query'
import { exportParts } from './export-words'

/** A phone draws slowly beyond this; the copy holds all. */
const MOST_LINES = 30

export function ExportScreen() {
  const kept = useQuery('account.export', {})
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none')
  const { output } = kept
  return (
    <Screen title="留了我的什么" foot={output ? <Foot main={<Button icon="file-text" onPress={async () => setOutcome((await copyText(output.json)) ? 'copied' : 'failed')}>带走一份</Button>} /> : undefined}>
      {outcome === 'copied' ? <Notice isAnnounced title="抄好了">打开微信里和自己的聊天，长按粘贴，就能存下来。</Notice> : null}
      {outcome === 'failed' ? <Notice isAnnounced tone="warm" title="没有抄成">请再点一次，或者请社工帮忙。</Notice> : null}
      <Box className="body">系统里留了您的这些。「带走一份」抄走的是全部内容，一字不改。</Box>
      <Content of={kept} shape="detail">
        {({ json }) => exportParts(json).map((part) => (
          <Box key={part.key} className="stack">
            <Heading level={2} className="section">{part.title}</Heading>
            <Card label={part.title}>
              {part.key === 'person'
                ? part.lines.map((line) => <Fact key={line.key} term={line.term}>{line.words}</Fact>)
                : <Rows label={part.title}>{part.lines.slice(0, MOST_LINES).map((line) => <Row key={line.key} title={line.words} detail={line.term} />)}</Rows>}
              {part.lines.length > MOST_LINES ? <Box className="small">还有 {part.lines.length - MOST_LINES} 条，都在带走的那份里。</Box> : null}
            </Card>
          </Box>
        ))}
      </Content>
    </Screen>
  )
}
