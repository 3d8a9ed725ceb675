/** 光荣榜: 五最四星 and 志愿之星 of a month or a year, made of records; ties are told, and whoever likes is not listed. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { isYear, periodWords } from './report-words'

type Honours = OutputOf<'honour.list'>
type List = Honours['lists'][number]

const groups: Record<List['group'], string> = { most: '五最', star: '四星', volunteer: '志愿之星' }

export function HonoursScreen() {
  const [period, setPeriod] = useState<string | null>(null)
  const honours = useQuery('honour.list', period === null ? {} : isYear(period) ? { year: period } : { month: period })
  return (
    <Screen title="光荣榜" subtitle={honours.output?.isComposed ? periodWords(honours.output.period) : undefined}>
      <Content of={honours}>
        {(shown) => (
          <>
            {shown.periods.length > 1 ? <SelectField label="哪一期" value={shown.period} onChange={setPeriod} options={shown.periods.map((one) => ({ key: one, words: periodWords(one) }))} /> : null}
            {shown.isComposed && shown.lists.some((list) => list.rows.length > 0)
              ? shown.lists.filter((list) => list.rows.length > 0).map((list) => <One key={list.categoryId} list={list} period={shown.period} />)
              : <Empty icon="award" title={`${periodWords(shown.period)}还没有榜`} next="每月、每年过完以后，照记录排出来，放在这里。" />}
            <OptOut isOptedOut={shown.isOptedOut} onChanged={honours.reload} />
          </>
        )}
      </Content>
    </Screen>
  )
}

function One({ list, period }: { list: List; period: string }) {
  return (
    <Card label={list.name}>
      <Box className="between">
        <Heading level={2} className="lead">{list.name}</Heading>
        <Tag tone="gold">{groups[list.group]}</Tag>
      </Box>
      <Box className="small">{list.measure}</Box>
      <Rows label={list.name}>
        {list.rows.map((row, index) => (
          <Row
            key={index} title={`第 ${row.rank} 名 ${row.isMe ? `${row.name}（您）` : row.name}`} detail={[row.communityName, row.isTie ? '并列' : '', row.certificateNumber ? '看证书' : ''].filter(Boolean).join(' · ')}
            end={<Box className="body strong tabular">{row.value} {list.unit}</Box>}
            {...(row.certificateNumber ? { onPress: () => { void Taro.navigateTo({ url: `/pages/points/certificate/index?period=${period}&number=${row.certificateNumber ?? ''}` }) } } : {})}
          />
        ))}
      </Rows>
    </Card>
  )
}

function OptOut({ isOptedOut, onChanged }: { isOptedOut: boolean; onChanged: () => void }) {
  const optOut = useAction('honour.optOut')
  const [isAsking, setAsking] = useState(false)
  if (isOptedOut) {
    return (
      <Notice tone="gold" icon="award" title="您选了不上榜" actions={<Button kind="outline" isBusy={optOut.isPending} onPress={async () => { if (await optOut.run({ isOut: false })) onChanged() }}>下一期上榜</Button>}>
        积分和记录都不受影响。
        {optOut.problem ? <Problem problem={optOut.problem} /> : null}
      </Notice>
    )
  }
  if (!isAsking) return <Button kind="outline" onPress={() => setAsking(true)}>不想上榜</Button>
  return (
    <ConfirmSheet isAside question="以后的榜上不写您的名字？积分和记录都不受影响。" yes="不上榜" isBusy={optOut.isPending} onNo={() => setAsking(false)} onYes={async () => { if (await optOut.run({ isOut: true })) { setAsking(false); onChanged() } }}>
      {optOut.problem ? <Problem problem={optOut.problem} /> : null}
    </ConfirmSheet>
  )
}
