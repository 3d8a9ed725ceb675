/** One day's seal 封条: how many entries it covers, its digest to be compared aloud, and whether the entries still fit it. */
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { spokenDate } from '@/domain/civil-time'
import { kindWords } from '@/services/entry-kinds'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

type Look = NonNullable<OutputOf<'ledger.seal'>['look']>

const howWords = { changed: '被改过', missing: '不见了', added: '是后来加进去的' } as const

function LookedAt({ look }: { look: Look }) {
  if (look.unfit && look.unfit.how !== 'copy') return <Notice tone="sos" title={`有一笔${howWords[look.unfit.how]}`}>和封条不一样：{look.unfit.entryId}。请告诉技术人员，不要自己改。</Notice>
  if (!look.fits || look.copyFits === false) return <Notice tone="sos" title="和另存的封条对不上">请告诉技术人员，不要自己改。</Notice>
  return <Notice icon="shield-check" title="一笔没有动过">{look.isPartial ? '这天笔数多，现在看了一部分；夜里会全部看一遍。' : '每一笔都和封条一样。'}{look.copyFits === null ? '另存的那份还没有存好。' : '另存的那份也一样。'}</Notice>
}

export function SealScreen({ onDate }: { onDate: string }) {
  const seal = useQuery('ledger.seal', { onDate })
  return (
    <Screen title="封条" subtitle={onDate === '' ? undefined : spokenDate(onDate)}>
      <Content of={seal} shape="detail">
        {(shown) => (
          <>
            {shown.look ? <LookedAt look={shown.look} /> : null}
            <Card label="封条">
              <Box className="stack">
                <Box className="number centre" spoken={{ label: `封条 ${shown.shortHash.split('').join(' ')}` }}>{shown.shortHash}</Box>
                <Box>
                  <Fact term="封好">{momentWords(shown.sealedAt)}</Fact>
                  <Fact term="封了">{pointsWords(shown.entries)} 笔</Fact>
                  <Fact term="另外存一份">{shown.isStoredApart ? '存好了' : '还没有存好'}</Fact>
                </Box>
                <Box className="small">完整：{shown.hash}</Box>
                <Box className="small">{shown.before === null ? '这是第一张封条。' : `接在前一天后面：${shown.before}`}</Box>
              </Box>
            </Card>
            <Heading level={2} className="section">这天有什么</Heading>
            <Card label="这天有什么">
              {shown.kinds.length === 0 ? <Box className="body">一笔也没有。</Box> : <Rows>{shown.kinds.map((kind) => <Row key={kind.kind} title={kindWords(kind.kind)} detail={`${kind.count} 笔`} end={<Box className="body tabular">{pointsWords(kind.points)} 分</Box>} />)}</Rows>}
            </Card>
          </>
        )}
      </Content>
    </Screen>
  )
}
