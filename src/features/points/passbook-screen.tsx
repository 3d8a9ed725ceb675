/** 积分存折: what can be spent, every line with where it came from, each month in and out, and whether the books of all add up. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { PersonChooser } from '@/components/person-chooser'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { civilDate } from '@/domain/civil-time'
import { chineseNumber, inChinese, lineSaid } from '@/services/points-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { tabsFor } from '@/services/tabs'
import { usePages } from '@/services/use-pages'
import { useQuery } from '@/services/use-query'
import { Cover, type CoverOf } from './cover'
import { ledgerWords } from './ledger-words'
import { monthWords, type Line } from './line-words'
import { Months } from './months'
import { useOwner } from './owner'
import { PassbookTable } from './passbook-table'

type Passbook = OutputOf<'points.passbook'>

/** Others give, verify and redeem: what is shown is looked at again while somebody looks at it, ms. */
const LOOK_AGAIN_MS = 15_000
/** Lines that are read aloud: nobody listens longer. */
const READ = 5

const open = (url: string) => { void Taro.navigateTo({ url }) }

/** 可用积分一千二百八十六，冻结四十。十一月二十号，理发券，减八十，还剩一千一百六十六。 */
const aloud = (cover: CoverOf, lines: readonly Line[], today: string): string => [
  `${cover.isMe ? '' : cover.name}可用积分${chineseNumber(cover.spendable)}${cover.held > 0 ? `，冻结${chineseNumber(cover.held)}` : ''}${cover.pending > 0 ? `，等批${chineseNumber(cover.pending)}` : ''}${cover.expiring ? `，${inChinese(cover.expiring.onDate.slice(5).replace(/^0?(\d+)-0?(\d+)$/, '$1月$2号'))}到期${chineseNumber(cover.expiring.amount)}` : ''}`,
  ...lines.slice(0, READ).map((line) => lineSaid(line, today)),
].map((sentence) => `${sentence}。`).join('')

/** `personId`: a group of mine, whose passbook it is; '' for the tab. */
export function PassbookScreen({ personId: given }: { personId: string }) {
  const { home, personId, people, choose, withheldBy, isElsewhere } = useOwner(given)
  return (
    <Screen title="积分存折" subtitle="柳安币" {...(given === '' ? { hasBack: false, tabBar: <TabBar items={tabsFor()} current="points" /> } : {})}>
      {people.length > 1 && given === '' ? <PersonChooser people={people} selected={personId} onChoose={choose} /> : null}
      {withheldBy ? <Box className="small">{withheldBy}没有把积分交给您办，这里是您自己的存折。</Box> : null}
      {personId ? <Passbook key={personId} personId={personId} isElsewhere={isElsewhere} /> : <Content of={home} shape="detail">{() => null}</Content>}
    </Screen>
  )
}

function Passbook({ personId, isElsewhere }: { personId: string; isElsewhere: boolean }) {
  const [month, setMonth] = useState<string | null>(null)
  const pages = usePages('points.passbook', { personId, ...(month === null ? {} : { month }) }, { pollMs: LOOK_AGAIN_MS })
  return <Content of={pages.first} shape="detail">{(shown) => <Pages shown={shown} pages={pages} isElsewhere={isElsewhere} month={month} setMonth={setMonth} />}</Content>
}

function Pages({ shown, pages, isElsewhere, month, setMonth }: { shown: Passbook; pages: ReturnType<typeof usePages<'points.passbook'>>; isElsewhere: boolean; month: string | null; setMonth: (month: string | null) => void }) {
  const { cover } = shown
  const { personId } = cover
  const { items, problem } = pages
  const today = civilDate(serverNow())
  const read = useReadAloud(aloud(cover, items, today))
  return (
    <>
      <Cover cover={cover} />
      {isElsewhere ? cover.spendable === 0 ? null : <Button onPress={() => open(`/pages/points/give/index?groupId=${personId}`)}>捐出去</Button> : (
        <Box className="pair">
          <Button onPress={() => open(`/pages/points/rewards/index?personId=${personId}`)}>去兑换</Button>
          {cover.isMe ? <Button kind="outline" onPress={() => open('/pages/points/give/index')}>转给家人</Button> : null}
        </Box>
      )}
      {cover.openCodes > 0 ? <CardLink tone="gold" onPress={() => open(`/pages/points/code/index?personId=${personId}`)}><Box className="lead">{cover.openCodes} 样换好了，等您去取 ›</Box></CardLink> : null}
      {month === null ? null : (
        <Box className="between">
          <Heading level={2} className="section">{month.slice(0, 4) === today.slice(0, 4) ? '' : `${month.slice(0, 4)}年`}{monthWords(month)}的</Heading>
          <TextLink onPress={() => setMonth(null)}>看全部</TextLink>
        </Box>
      )}
      {items.length === 0
        ? <Empty icon="notebook" title={month === null ? '存折里还没有一笔' : '这个月没有'} next={isElsewhere ? '认领项目，做完核实以后积分会记在这里，可以捐给邻居。每一笔都查得到来处。' : '做志愿服务、参加活动，核实以后积分会记在这里。每一笔都查得到来处。'} {...(month === null ? { action: isElsewhere ? { words: '看看有什么项目', onPress: () => open('/pages/volunteer/projects/index') } : { words: '看看积分能换什么', onPress: () => open(`/pages/points/rewards/index?personId=${personId}`) } } : {})} />
        : <Card label="存折"><PassbookTable lines={items} ownerId={personId} today={today} /></Card>}
      {problem ? <Problem problem={problem} /> : null}
      <Pager {...pages} of="存折" />
      {items.length > 0 ? <ReadAloud {...read} /> : null}
      <Checked />
      <Months months={shown.months} years={shown.years} thisMonth={today.slice(0, 7)} onChoose={(chosen) => { setMonth(chosen); void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined) }} />
      <Card>
        <Rows label="还有">
          <Row icon="file-text" title="积分规则" detail="做什么有多少分，过不过期" onPress={() => open('/pages/points/rules/index')} />
          <Row icon="award" title="光荣榜" detail="五最四星、志愿之星" onPress={() => open('/pages/points/honours/index')} />
          <Row icon="vote" title="投票" detail="一人一类一票" onPress={() => open('/pages/points/votes/index')} />
        </Rows>
      </Card>
    </>
  )
}

/** 账已核对: the check over everybody's books, with the page that shows it. */
function Checked() {
  const ledger = useQuery('ledger.public', {})
  const words = ledgerWords(ledger.output, serverNow())
  return (
    <CardLink onPress={() => open('/pages/points/accounts/index')}>
      <Box className="inline"><Tag tone={words.tone}>{words.tag}</Tag></Box>
      <Box className="small">{words.say} ›</Box>
    </CardLink>
  )
}
