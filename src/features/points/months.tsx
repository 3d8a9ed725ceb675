/** What came in and went out by month and year, drawn small; a month opens its lines. */
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Parts } from '@/components/parts'
import { Plot } from '@/components/plot'
import { Fact, Row, Rows } from '@/components/row'
import { useTextSize } from '@/components/text-size'
import { chineseNumber, pointsWords } from '@/services/points-words'
import { monthWords } from './line-words'

type Passbook = OutputOf<'points.passbook'>

/** Rows of months shown at once. */
const ROWS = 4

/** 2026-11 and so many months on, as 2026-12. */
function monthAfter(month: string, by: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

export function Months({ months, years, thisMonth, onChoose }: { months: Passbook['months']; years: Passbook['years']; thisMonth: string; onChoose: (month: string) => void }) {
  const { size } = useTextSize()
  if (months.length === 0) return null
  const columns = Array.from({ length: size === 30 ? 4 : 6 }, (_, index) => monthAfter(thisMonth, index - (size === 30 ? 3 : 5))).map((month) => {
    const sums = months.find((one) => one.month === month)
    return { key: month, words: monthWords(month), up: sums?.in ?? 0, down: sums?.out ?? 0, isCurrent: month === thisMonth }
  })
  const label = `最近几个月的收支：${columns.map((column) => `${monthWords(column.key)}收${chineseNumber(column.up)}，支${chineseNumber(column.down)}`).join('；')}`
  return (
    <>
      <Heading level={2} className="section">每个月</Heading>
      <Card>
        <Box className="stack">
          <Plot columns={columns} label={label} upWords="收" downWords="支" />
          {years.slice(0, 2).map((year) => <Fact key={year.year} term={`${year.year} 年`}>收 {pointsWords(year.in)}，支 {pointsWords(year.out)}</Fact>)}
        </Box>
      </Card>
      <Card>
        <Parts rows={months} size={ROWS} of="每个月">
          {(rows) => (
            <Rows label="每个月">
              {rows.map((one) => {
                const name = `${one.month.slice(0, 4) === thisMonth.slice(0, 4) ? '' : `${one.month.slice(0, 4)}年`}${monthWords(one.month)}`
                const sums = `收 ${pointsWords(one.in)}，支 ${pointsWords(one.out)}`
                return <Row key={one.month} title={name} detail={sums} label={`${name}的每一笔，${sums}`} onPress={() => onChoose(one.month)} />
              })}
            </Rows>
          )}
        </Parts>
      </Card>
    </>
  )
}
