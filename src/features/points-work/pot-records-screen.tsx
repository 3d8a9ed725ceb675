/** The records of one pot: what came in, or what was given; each opens its line. */
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { kindWords } from '@/services/entry-kinds'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'
import { openEntry } from './open'

export function PotRecordsScreen({ communityId, which }: { communityId: string; which: 'in' | 'out' }) {
  const pages = usePages('pot.records', { communityId, which })
  return (
    <Screen title={which === 'in' ? '爱心池进来的' : '爱心池出去的'} subtitle={pages.first.output?.communityName}>
      <Box className="small">每一笔都在这里，不写名字。</Box>
      <Content of={pages.first}>
        {() => pages.items.length === 0
          ? <Empty icon="hand-heart" title={which === 'in' ? '还没有进来过' : '还没有出去过'} next={which === 'in' ? '邻居捐的，和超过上限的积分，会记在这里。' : '给了有难处的邻居，会记在这里。'} />
          : (
            <>
              <Card label="每一笔">
                <Rows label="每一笔">{pages.items.map((entry) => <Row key={entry.entryId} title={entry.words} detail={`${kindWords(entry.kind)} · ${momentWords(entry.at)}`} end={<Box className="body strong tabular">{pointsWords(entry.amount)}</Box>} onPress={() => openEntry(entry.entryId)} />)}</Rows>
              </Card>
              {pages.problem ? <Problem problem={pages.problem} onRetry={() => { void pages.next() }} /> : null}
              <Pager {...pages} of="爱心池的每一笔" />
            </>
          )}
      </Content>
    </Screen>
  )
}
