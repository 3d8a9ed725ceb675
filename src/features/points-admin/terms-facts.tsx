/** Everything that one version of the points policy says, earner by earner. */
import { Box } from '@/components/box'
import { Fact } from '@/components/row'
import { pointsWords } from '@/services/points-words'
import { minutesWords } from '@/services/volunteer-words'
import { capsWords, earners, earnerWords, expiryWords, rateWords, type Terms } from './policy-words'

export function TermsFacts({ terms }: { terms: Terms }) {
  return (
    <Box className="stack">
      {earners.map((earner) => {
        const rates = terms.rates.filter((rate) => rate.earner === earner)
        return (
          <Box key={earner}>
            <Box className="strong body">{earnerWords[earner]}</Box>
            {rates.length === 0 ? <Box className="body">没有积分</Box> : rates.map((rate) => <Box key={`${rate.source}_${rate.serviceItemId ?? ''}`} className="body tabular">{rateWords(rate)}</Box>)}
            {rates.length === 0 ? null : <Box className="small">{capsWords(terms.caps[earner])}，多的进社区爱心池</Box>}
          </Box>
        )
      })}
      <Box>
        <Fact term="算多久">至少 {minutesWords(terms.leastMinutes)}，一次最多算 {minutesWords(terms.mostMinutes)}</Fact>
        <Fact term="送给家人">一月最多 {pointsWords(terms.giftMonthLimit)} 分</Fact>
        <Fact term="人工加分">{pointsWords(terms.byHandLimit)} 分以上要两个人</Fact>
        <Fact term="兑换后">{terms.collectDays} 天内领</Fact>
        <Fact term="过期">{expiryWords(terms)}</Fact>
        <Fact term="存折上限">{terms.balanceCap === null ? '没有上限' : `${pointsWords(terms.balanceCap)} 分`}</Fact>
      </Box>
    </Box>
  )
}
