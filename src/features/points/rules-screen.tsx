/** 积分规则, for anybody: what work earns now, what is the most, whether anything expires, and what is decided for later. */
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Parts } from '@/components/parts'
import { ReadAloud } from '@/components/read-aloud'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { spokenDay } from '@/domain/civil-time'
import { announcedAhead, canPay } from '@/domain/points-policy'
import { inChinese, pointsWords } from '@/services/points-words'
import { useReadAloud } from '@/services/speech'
import { dateWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

type Policy = NonNullable<OutputOf<'pointsPolicy.now'>['now']>
type Rate = Policy['rates'][number]

/** Rows drawn at once. */
const ROWS = 12

const sources: Record<Rate['source'], string> = { visit: '上门服务', shift: '志愿服务', activity: '活动、课程', project: '项目认领', desk: '补记的工时' }
const earners: Record<Rate['earner'], string> = { volunteer: '志愿者', staff: '服务人员', group: '团队' }

/** 一小时 60 分, 一次 20 分, 最多 1,000 分. */
const worthWords = ({ per, points }: Rate): string => (per === 'hour' ? `一小时 ${pointsWords(points)} 分` : per === 'time' ? `一次 ${pointsWords(points)} 分` : `写明多少，最多 ${pointsWords(points)} 分`)
const expiryWords = ({ expireAfterMonths, announceDays }: Policy): string => (expireAfterMonths === null ? '不过期' : `${expireAfterMonths} 个月没用完的，月底过期，至少提前 ${announcedAhead({ announceDays })} 天告诉您；来不及告诉的，顺延到下个月底`)

/** The sentence that is read: what an hour earns, the most of a day, and whether points expire. */
function saidOf(policy: Policy): string {
  const hour = policy.rates.find((rate) => rate.source === 'shift' && rate.earner === 'volunteer')
  return inChinese(`${hour ? `志愿服务${worthWords(hour)}。` : ''}一天最多 ${policy.caps.volunteer.day} 分，一个月最多 ${policy.caps.volunteer.month} 分，多的进社区爱心池。积分${expiryWords(policy)}。`)
}

export function RulesScreen() {
  const policy = useQuery('pointsPolicy.now', {})
  const now = policy.output?.now
  const read = useReadAloud(now ? saidOf(now) : '')
  return (
    <Screen title="积分规则" subtitle="示例" foot={now ? <Foot main={<ReadAloud {...read} />} /> : undefined}>
      <Content of={policy} shape="detail">
        {(shown) => (
          <>
            {shown.now ? <Rules policy={shown.now} /> : <Empty icon="file-text" title="现在还没有积分规则" next="街道两位同事都同意了，规则才会生效，那天起开始记分。" />}
            {shown.coming.map((one) => (
              <Box key={one.version} className="stack">
                <Heading level={2} className="section">{dateWords(one.validFrom)}起，换新规则</Heading>
                <Rules policy={one} />
              </Box>
            ))}
          </>
        )}
      </Content>
    </Screen>
  )
}

function Rules({ policy }: { policy: Policy }) {
  // Who earns nothing needs no most.
  const earning = (['volunteer', 'staff', 'group'] as const).filter((earner) => policy.rates.some((rate) => rate.earner === earner && canPay(rate)))
  return (
    <>
      <Box className="inline"><Tag>第 {policy.version} 版</Tag><Box className="small">{spokenDay(policy.validFrom)}起，{policy.proposedByName}提出，{policy.decidedByName}同意</Box></Box>
      <Card label="做什么有多少分">
        <Parts rows={policy.rates.filter(canPay)} size={ROWS} of="做什么有多少分">
          {(rows) => <Rows label="做什么有多少分">{rows.map((rate, index) => <Row key={index} title={rate.serviceName ?? sources[rate.source]} detail={earners[rate.earner]} end={<Box className="body strong tabular">{worthWords(rate)}</Box>} />)}</Rows>}
        </Parts>
      </Card>
      <Card label="最多多少">
        {earning.map((earner) => <Fact key={earner} term={earners[earner]}>一天 {pointsWords(policy.caps[earner].day)} 分，一个月 {pointsWords(policy.caps[earner].month)} 分</Fact>)}
        <Fact term="多出来的">进社区爱心池，帮有难处的邻居</Fact>
        <Fact term="至少做多久">{policy.leastMinutes} 分钟</Fact>
        <Fact term="每月转给家人">最多 {pointsWords(policy.giftMonthLimit)} 分</Fact>
        <Fact term="过期">{expiryWords(policy)}</Fact>
        {policy.balanceCap === null ? null : <Fact term="存折里最多">{pointsWords(policy.balanceCap)} 分，多的进社区爱心池</Fact>}
      </Card>
    </>
  )
}
