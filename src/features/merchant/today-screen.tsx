/** 核销: one large field for the eight digits, the camera beside it, look first and settle then; below, what was settled today. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, Figure } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { CodeInput, SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { clockTime } from '@/domain/civil-time'
import { call } from '@/services/call'
import { canScan, scan } from '@/services/device'
import { pointsWords } from '@/services/points-words'
import { tabsFor } from '@/services/tabs'
import { usePages } from '@/services/use-pages'
import { useStaff } from '@/services/use-staff'
import { wordingOf, type Wording } from '@/services/wording'
import { CheckStep, type Checked, type Settled } from './check-step'
import { moneyWords, type SettledLine } from './merchant-words'

/** Colleagues settle too, ms. */
const LOOK_AGAIN_MS = 15_000
/** Digits of a code. */
const CODE = 8

export function MerchantTodayScreen() {
  const roles = useStaff()
  const [merchantId, setMerchant] = useState<string | null>(null)
  const pages = usePages('merchant.today', merchantId === null ? {} : { merchantId }, { pollMs: LOOK_AGAIN_MS })
  const { first, items } = pages
  const [code, setCode] = useState('')
  const [checked, setChecked] = useState<Checked | null>(null)
  const [problem, setProblem] = useState<Wording | null>(null)
  const [settled, setSettled] = useState<Settled | null>(null)

  // What a code is for is asked anew each time and never kept: a minute later it may be used.
  const look = async (digits: string) => {
    setSettled(null)
    setProblem(null)
    try {
      setChecked(await call('merchant.check', { code: digits }))
    } catch (error) {
      setProblem(wordingOf(error))
    }
  }
  const scanIt = async () => {
    const scanned = await scan()
    if (scanned === null) return
    const digits = scanned.replace(/\D/g, '')
    if (digits.length !== CODE) { setProblem({ title: '这不是兑换码', next: '请扫顾客手机上「兑换码」那一页，或者直接输 8 位数字。' }); return }
    setCode(digits)
    await look(digits)
  }
  if (checked) {
    return (
      <CheckStep
        code={code} checked={checked} onBack={() => { setChecked(null); first.reload() }}
        onSettled={(done) => { setChecked(null); setCode(''); setSettled(done); first.reload() }}
      />
    )
  }
  const mine = first.output?.mine ?? []
  return (
    <Screen title="核销" subtitle={first.output?.merchantName} hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      {settled ? <Notice isAnnounced title="核销好了">「{settled.rewardName}」{pointsWords(settled.points)} 积分，{clockTime(settled.at)}，给您结 {moneyWords(settled.settleFen)}。</Notice> : null}
      {problem ? <Problem problem={problem} /> : null}
      <CodeInput label="顾客手机上的 8 位数字" length={CODE} value={code} onChange={(typed) => { setProblem(null); setSettled(null); setCode(typed) }} hint="先看一看换的是什么，再核销" />
      {canScan ? <Button kind="outline" icon="qr-code" onPress={scanIt}>扫顾客的码</Button> : null}
      <Button isDisabled={code.length !== CODE} onPress={() => look(code)}>看一看</Button>
      {mine.length > 1 ? <SelectField label="哪一家" value={first.output?.merchantId ?? ''} onChange={setMerchant} options={mine.map((one) => ({ key: one.merchantId, words: one.name }))} /> : null}
      <Heading level={2} className="section">今天核销的</Heading>
      <Content of={first}>
        {(shown) => (
          <>
            {shown.totals && shown.totals.count > 0
              ? <Box className="trio"><Figure value={shown.totals.count} words="份" /><Figure value={pointsWords(shown.totals.points)} words="积分" /><Figure value={moneyWords(shown.totals.settleFen)} words="给您结" /></Box>
              : null}
            {items.length === 0 ? <Empty icon="clipboard-list" title="今天还没有" next="核销一个，这里就记一笔。" /> : <Card><SettledRows lines={items} /></Card>}
            {pages.problem ? <Problem problem={pages.problem} /> : null}
            <Pager {...pages} of="今天核销的" />
          </>
        )}
      </Content>
      <Card><Rows label="结算"><Row icon="file-text" title="每月结算" detail="一共多少，存成表格" onPress={() => { void Taro.navigateTo({ url: `/pages/merchant/month/index${first.output ? `?merchantId=${first.output.merchantId}` : ''}` }) }} /></Rows></Card>
    </Screen>
  )
}

/** Settled lines under each other; `hasDate`: of several days. */
export function SettledRows({ lines, hasDate = false }: { lines: readonly SettledLine[]; hasDate?: boolean }) {
  return (
    <Rows label="核销的">
      {lines.map((line) => (
        <Row
          key={line.entryId} title={line.rewardName} end={`${pointsWords(line.points)} 积分`}
          detail={`${hasDate ? `${Number(line.onDate.slice(5, 7))}月${Number(line.onDate.slice(8, 10))}日 ` : ''}${clockTime(line.at)} · ${line.isVisit ? '上门服务' : line.byName} · ${moneyWords(line.settleFen)}`}
        />
      ))}
    </Rows>
  )
}
