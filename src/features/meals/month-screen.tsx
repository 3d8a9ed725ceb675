/** 每月餐费: a month of meals, what each cost, what the subdistrict paid, and what is on the bill. Prints on paper. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Parts } from '@/components/parts'
import { PersonChooser } from '@/components/person-chooser'
import { ReadAloud } from '@/components/read-aloud'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { WhoIsIt } from '@/components/who-is-it'
import { civilDate } from '@/domain/civil-time'
import { monthOf } from '@/domain/meal-policy'
import { asOption, useForWhom } from '@/services/for-whom'
import { useIdentity } from '@/services/identity'
import { dishWords, paymentWords, sittingWords } from '@/services/meal-words'
import { canPrint, printPage } from '@/services/printing'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, priceWords, statusWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import styles from './month.module.scss'

type Month = OutputOf<'meal.month'>

/** Rows drawn at once: a month holds up to 62 meals. */
const ROWS = 20

/** 2026-11 and so many months on, as 2026-12. */
function monthAfter(month: string, by: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** 11月, and with its year when it is another one. */
const monthWords = (month: string, thisMonth: string): string => `${month.slice(0, 4) === thisMonth.slice(0, 4) ? '' : `${month.slice(0, 4)}年`}${Number(month.slice(5, 7))}月`

/** A sum of money as it stands in a statement: 0 元 stays 0 元. */
const sumWords = (fen: number): string => (fen === 0 ? '0 元' : priceWords(fen))

export function MonthScreen({ elderId: given }: { elderId: string }) {
  const { elder, elders, choose } = useForWhom()
  const [chosen, setChosen] = useState(given)
  const elderId = chosen || elder?.personId || ''
  const thisMonth = monthOf(civilDate(serverNow()))
  const [month, setMonth] = useState(thisMonth)
  const identity = useIdentity(elderId)
  const statement = useQuery('meal.month', elderId ? { elderId, month, ...identity.given } : null)
  const people = elders.filter((one) => one.isMe || one.scopes.includes('book') || one.scopes.includes('readCare')).map(asOption)
  const { output } = statement
  const isMe = elders.find((one) => one.personId === elderId)?.isMe === true
  const sentence = output ? `${output.elder.name}，${monthWords(month, thisMonth)}一共 ${output.total.meals} 餐，${eatenWords(output)}。总价 ${sumWords(output.total.priceFen)}，街道补 ${sumWords(output.total.subsidyFen)}，${isMe ? '您' : '自'}付 ${sumWords(output.total.payFen)}。` : ''
  const read = useReadAloud(sentence)
  return (
    <Screen
      title="每月餐费" subtitle={output ? `给 ${output.elder.name}` : undefined}
      foot={output && output.rows.length > 0 ? <Foot say={sentence} other={canPrint ? <ReadAloud {...read} /> : undefined} main={canPrint ? <Button icon="file-text" onPress={printPage}>打印</Button> : <ReadAloud {...read} />} /> : undefined}
    >
      <PersonChooser people={people} selected={elderId} onChoose={(key) => { choose(key); setChosen(key) }} />
      <Box className={styles.months}>
        <Button kind="outline" icon="chevron-left" onPress={() => setMonth(monthAfter(month, -1))}>{monthWords(monthAfter(month, -1), thisMonth)}</Button>
        <Button kind="outline" isDisabled={month > thisMonth} onPress={() => setMonth(monthAfter(month, 1))}>{monthWords(monthAfter(month, 1), thisMonth)} ›</Button>
      </Box>
      {statement.problem && statement.code === 'IDENTITY_REQUIRED' ? <WhoIsIt problem={statement.problem} onHere={identity.isHere} onAsk={identity.ask} /> : (
        <Content of={statement} shape="detail">
          {(shown) => <Statement key={`${elderId}${month}`} shown={shown} title={monthWords(shown.month, thisMonth)} isMe={isMe} />}
        </Content>
      )}
    </Screen>
  )
}

/** What was eaten and what is still to come, each with what the elder pays. */
function eatenAndComing({ rows }: Month): { eaten: { meals: number; payFen: number }; coming: { meals: number; payFen: number } } {
  const sum = (some: Month['rows']) => ({ meals: some.length, payFen: some.reduce((fen, row) => fen + row.quote.payFen, 0) })
  return { eaten: sum(rows.filter((row) => row.counts && row.status === 'delivered')), coming: sum(rows.filter((row) => row.counts && row.status !== 'delivered')) }
}

/** 已吃 9 餐 72 元，还没吃 3 餐 24 元. */
function eatenWords(month: Month): string {
  const { eaten, coming } = eatenAndComing(month)
  return `已吃 ${eaten.meals} 餐 ${sumWords(eaten.payFen)}${coming.meals > 0 ? `，还没吃 ${coming.meals} 餐 ${sumWords(coming.payFen)}` : ''}`
}

function Statement({ shown, title, isMe }: { shown: Month; title: string; isMe: boolean }) {
  const { total } = shown
  const { eaten, coming } = eatenAndComing(shown)
  if (shown.rows.length === 0) return <Empty title={`${title}没有订过餐`} next="订了餐，每一餐的钱都记在这里。" />
  return (
    <Box className={styles.statement} spoken={{ role: 'region', label: `${title}餐费` }}>
      <Heading level={2} className="section">{shown.elder.name} · {title}餐费</Heading>
      <Card label="合计">
        <Box className="between"><Box className="lead">{isMe ? '您付' : '自付'}</Box><Box className={styles.pay}>{sumWords(total.payFen)}</Box></Box>
        <Fact term="已吃">{eaten.meals} 餐，{sumWords(eaten.payFen)}</Fact>
        <Fact term="还没吃">{coming.meals} 餐，{sumWords(coming.payFen)}</Fact>
        <Fact term="一共">{total.meals} 餐</Fact>
        <Fact term="总价">{sumWords(total.priceFen)}</Fact>
        <Fact term="街道补">{sumWords(total.subsidyFen)}{shown.capFen === null ? '' : `（每月最多 ${priceWords(shown.capFen)}）`}</Fact>
        <Fact term="到店付">{sumWords(total.atSiteFen)}</Fact>
        <Fact term="月底账单">{sumWords(total.billFen)}</Fact>
      </Card>
      <Heading level={2} className="section">每一餐</Heading>
      <Box className={styles.onScreen}><Parts rows={shown.rows} size={ROWS} of="每一餐">{(rows) => <Meals rows={rows} />}</Parts></Box>
      {canPrint ? <Box className={styles.onPaper} spoken={{ isHidden: true }}><Meals rows={shown.rows} /></Box> : null}
    </Box>
  )
}

function Meals({ rows }: { rows: readonly Month['rows'][number][] }) {
  return (
    <Card>
      <Rows label="每一餐">
        {rows.map((row) => {
          const { words, tone } = statusWords(row.status, undefined, { way: 'delivery' })
          return (
            <Row
              key={row.bookingId} title={`${dateWords(row.onDate)} ${sittingWords(row.sitting)}`}
              detail={<><Box>{dishWords(row.dishName, row.portions)}</Box><Box>{row.counts ? `${priceWords(row.quote.priceFen)}${row.quote.subsidyFen > 0 ? `，补 ${priceWords(row.quote.subsidyFen)}` : ''} · ${paymentWords(row.payment)}${row.payment === 'atSite' && row.isPaid ? '，付过了' : ''}` : '不收钱'}</Box></>}
              end={<><Box className={row.counts ? 'price' : 'small'}>{row.counts ? sumWords(row.quote.payFen) : ''}</Box><Tag tone={tone}>{words}</Tag></>}
            />
          )
        })}
      </Rows>
    </Card>
  )
}
