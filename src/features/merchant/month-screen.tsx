/** 每月结算: what a month comes to, by what was collected, and the whole of it as a table to take along. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, Figure } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { civilDate } from '@/domain/civil-time'
import { call } from '@/services/call'
import { pointsWords } from '@/services/points-words'
import { useServerNow } from '@/services/server-clock'
import { saveTable, type Saved } from '@/services/table-file'
import { usePages } from '@/services/use-pages'
import { useStaff } from '@/services/use-staff'
import { wordingOf, type Wording } from '@/services/wording'
import { fileNameOf, moneyWords, monthBeside, monthWords, rowsOf, totalsWords, type SettledLine } from './merchant-words'
import { SettledRows } from './today-screen'

type Month = OutputOf<'merchant.month'>

const savedWords: Record<Saved, { title: string; next: string; isBad?: boolean }> = {
  saved: { title: '存好了', next: '在浏览器的下载里。' },
  shared: { title: '发出去了', next: '在您选的聊天里。' },
  copied: { title: '表格复制好了', next: '粘贴到表格或聊天里就行。' },
  failed: { title: '没有存成', next: '请再试一次。', isBad: true },
}
/** A table of more pages than these is not read on a telephone. */
const MOST_PAGES = 100

export function MonthScreen({ merchantId, month: given = '' }: { merchantId: string; month?: string }) {
  useStaff()
  const thisMonth = civilDate(useServerNow()).slice(0, 7)
  const [month, setMonth] = useState(/^\d{4}-\d{2}$/.test(given) ? given : thisMonth)
  const asked = { ...(merchantId === '' ? {} : { merchantId }), month }
  const pages = usePages('merchant.month', asked)
  const { first, items } = pages
  const [saved, setSaved] = useState<Saved | null>(null)
  const [problem, setProblem] = useState<Wording | null>(null)
  const { output } = first
  const show = (other: string) => { setSaved(null); setProblem(null); setMonth(other) }

  /** All pages of the month, asked for now: a table that goes to the books is never an old one. */
  const save = async () => {
    setSaved(null)
    setProblem(null)
    try {
      const lines: SettledLine[] = []
      let page: Month = await call('merchant.month', asked)
      const { totals, merchantName } = page
      lines.push(...page.items)
      for (let count = 1; page.nextCursor !== null && count < MOST_PAGES; count++) {
        page = await call('merchant.month', { ...asked, cursor: page.nextCursor })
        lines.push(...page.items)
      }
      if (totals) setSaved(await saveTable(fileNameOf(merchantName, month), rowsOf(merchantName, month, lines, totals)))
    } catch (error) {
      setProblem(wordingOf(error))
    }
  }
  const totals = output?.totals ?? null
  return (
    <Screen
      title="每月结算" subtitle={output?.merchantName}
      foot={totals && totals.count > 0 ? <Foot say={`${monthWords(month)}，${totalsWords(totals)}。`} problem={problem ? <Problem problem={problem} /> : null} main={<Button icon="file-text" onPress={save}>存成表格</Button>} /> : undefined}
    >
      <Heading level={2} className="hello">{monthWords(month)}</Heading>
      <Box className="pair">
        <Button kind="outline" onPress={() => show(monthBeside(month, -1))}>上个月</Button>
        <Button kind="outline" isDisabled={month >= thisMonth} onPress={() => show(monthBeside(month, 1))}>下个月</Button>
      </Box>
      {saved ? <Notice isAnnounced tone={savedWords[saved].isBad ? 'warm' : 'willow'} title={savedWords[saved].title}>{savedWords[saved].next}</Notice> : null}
      <Content of={first} shape="detail">
        {(shown) => shown.items.length === 0
          ? <Empty icon="clipboard-list" title={`${monthWords(month)}没有核销`} next="换个月看看，或者等有人来换。" />
          : (
            <>
              {shown.totals ? <Box className="trio"><Figure value={shown.totals.count} words="份" /><Figure value={pointsWords(shown.totals.points)} words="积分" /><Figure value={moneyWords(shown.totals.settleFen)} words="给您结" /></Box> : null}
              {shown.isPartial ? <Notice tone="gold" title="这个月太多，没有加全">合计只算到这里。请存成表格，或者请街道核对。</Notice> : null}
              {month === thisMonth ? <Box className="small">这个月还没有过完，数还会变。</Box> : null}
              {shown.rewards && shown.rewards.length > 0
                ? (
                  <Card>
                    <Heading level={3} className="lead">按换的东西</Heading>
                    <Rows label="按换的东西">{shown.rewards.map((reward) => <Row key={reward.rewardName} title={reward.rewardName} detail={`${reward.count} 份 · ${pointsWords(reward.points)} 积分`} end={moneyWords(reward.settleFen)} />)}</Rows>
                  </Card>
                )
                : null}
              <Heading level={3} className="section">一笔一笔</Heading>
              <Card><SettledRows lines={items} hasDate /></Card>
              {pages.problem ? <Problem problem={pages.problem} /> : null}
              <Pager {...pages} of="一笔一笔" />
            </>
          )}
      </Content>
    </Screen>
  )
}
