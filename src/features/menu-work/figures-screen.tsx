/** 服务了多少人: heads and services of a month, counted from the orders that were verified; each figure opens its orders. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink, Figure } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { saveTable, type Cell, type Saved } from '@/services/table-file'
import { dateWords, priceWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'

type Figures = OutputOf<'menu.figures'>
type One = Figures['figures'][number]

const SHOWN = 8
const MONTHS = 12
const monthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`
const savedWords: Readonly<Record<Saved, string>> = { saved: '存好了', shared: '发出去了', copied: '复制好了，可以粘贴', failed: '没有存成，请再试一次' }

/** This month and those before it. */
function monthsUntil(today: string): string[] {
  const months = [today.slice(0, 7)]
  while (months.length < MONTHS) months.push(addDays(`${months[months.length - 1] ?? today.slice(0, 7)}-01`, -1).slice(0, 7))
  return months
}

const rowsOf = (shown: Figures): Cell[][] => [
  ['你点我送', monthWords(shown.month)], ['一共', `${shown.people} 人`, `${shown.services} 次`],
  [], ['机构', '菜单', '社区', '人数', '次数'], ...shown.figures.map((one): Cell[] => [one.providerName, one.offerName, one.communityName, one.people, one.services]),
]

export function FiguresScreen() {
  useStaff()
  const now = useServerNow()
  const today = civilDate(now)
  const [asked, setMonth] = useState<string | null>(null)
  // The server's month, not the phone's: it is known a moment after the first drawing.
  const month = asked ?? today.slice(0, 7)
  const [chosen, setChosen] = useState<One | null>(null)
  const [saved, setSaved] = useState<Saved | null>(null)
  const figures = useQuery('menu.figures', { month })
  if (chosen !== null) return <RecordsStep month={month} of={chosen} onBack={() => setChosen(null)} />
  return (
    <Screen title="服务了多少人" subtitle="你点我送">
      <SelectField label="哪个月" value={month} onChange={(key) => { setSaved(null); setMonth(key) }} options={monthsUntil(today).map((key) => ({ key, words: monthWords(key) }))} />
      {saved ? <Notice isAnnounced tone={saved === 'failed' ? 'warm' : 'willow'} title={savedWords[saved]} /> : null}
      <Content of={figures}>
        {(shown) => shown.figures.length === 0
          ? <Empty icon="users" title={`${monthWords(shown.month)}还没有核实过的`} next="做完、老人确认、社工核实了的，数在这里。" />
          : (
            <Box className="stack">
              <Card label="一共"><Box className="pair"><Figure value={shown.people} words="人" /><Figure value={shown.services} words="次" /></Box></Card>
              <Box className="small">从每一单数出来的，同一位老人只算一个人。</Box>
              {shown.isPartial ? <Notice tone="gold" title="太多了，没有全数进来" /> : null}
              <Parts rows={shown.figures} size={SHOWN} of="机构和菜单">
                {(rows) => rows.map((one) => (
                  <CardLink key={`${one.offerId} ${one.communityId}`} onPress={() => setChosen(one)}>
                    <Box className="stack-tight">
                      <Box className="between"><Box className="lead">{one.offerName}</Box><Box className="strong tabular">{one.people} 人 {one.services} 次</Box></Box>
                      <Box className="small">{one.providerName} · {one.communityName} ›</Box>
                    </Box>
                  </CardLink>
                ))}
              </Parts>
              <Button kind="outline" icon="file-text" onPress={async () => setSaved(await saveTable(`你点我送 ${shown.month}.csv`, rowsOf(shown)))}>存成表格</Button>
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function RecordsStep({ month, of, onBack }: { month: string; of: One; onBack: () => void }) {
  const now = useServerNow()
  const records = useQuery('menu.records', { month, providerId: of.providerId, offerId: of.offerId, communityId: of.communityId })
  return (
    <Step title={of.offerName} subtitle={monthWords(month)} onBack={onBack}>
      <Content of={records}>
        {(shown) => (
          <Box className="stack">
            <Heading level={2} className="section">{of.providerName} · {of.communityName}（{shown.records.length}）</Heading>
            <Parts rows={shown.records} size={SHOWN} of="每一单">
              {(rows) => (
                <Card label="每一单">
                  <Rows>{rows.map((one) => <Row key={one.bookingId} title={`${one.elderName} · ${dateWords(one.onDate, now)}`} detail={`${one.workerName ?? ''}做的，${one.verifiedByName}核实${one.outcome === 'partly' ? '了一部分' : ''}，${one.number}`} end={<Box className="tabular">{priceWords(one.priceFen)}</Box>} />)}</Rows>
                </Card>
              )}
            </Parts>
          </Box>
        )}
      </Content>
    </Step>
  )
}
