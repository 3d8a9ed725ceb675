/** The records behind one published figure, without anybody's name. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { usePages } from '@/services/use-pages'
import { figureOf, figureWords, wholeMonthWords, type Figure } from './report-words'

type Entry = OutputOf<'points.records'>['items'][number]

export function RecordsScreen({ month, figure: named }: { month: string; figure: string }) {
  const figure = figureOf(named)
  if (figure === undefined || !/^\d{4}-\d{2}$/.test(month)) return <Screen title="每一笔"><Empty icon="notebook" title="没有这一项" next="请回到积分账目，再点一次。" /></Screen>
  return <Records month={month} figure={figure} />
}

function Records({ month, figure }: { month: string; figure: Figure }) {
  const pages = usePages('points.records', { month, figure })
  return (
    <Screen title={figureWords(figure)} subtitle={wholeMonthWords(month)}>
      <Box className="small">每一笔都在这里，不写名字。</Box>
      <Content of={pages.first}>
        {() => pages.items.length === 0
          ? <Empty icon="notebook" title="这个月没有" next="有了就会一笔一笔记在这里。" />
          : (
            <>
              <Card label="每一笔"><Rows label="每一笔">{pages.items.map((entry, index) => <OneRecord key={index} entry={entry} />)}</Rows></Card>
              {pages.problem ? <Problem problem={pages.problem} /> : null}
              <Pager {...pages} />
            </>
          )}
      </Content>
    </Screen>
  )
}

/** Staff open the line; for everybody else it stays without a name. */
function OneRecord({ entry }: { entry: Entry }) {
  const { entryId } = entry
  return <Row title={entry.words} detail={`${momentWords(entry.at)} · ${entry.communityName}`} end={<Box className="body strong tabular">{pointsWords(entry.amount)}</Box>} {...(entryId === null ? {} : { onPress: () => { void Taro.navigateTo({ url: `/pages/points/entry/index?entryId=${entryId}` }) } })} />
}
