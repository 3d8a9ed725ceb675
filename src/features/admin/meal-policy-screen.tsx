/** 补贴标准: what the subdistrict pays of a meal, from when; a new one shows first what it would have changed last month. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { NewPolicyStep } from './new-policy-step'
import { yuanWords } from '@/services/yuan'
import { fromWords, stateWords, type MealPolicyTerms } from './policy-words'

export function MealPolicyScreen() {
  const policies = useQuery('policy.meals', {})
  const [isMaking, setMaking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const all = policies.output?.policies ?? []
  if (isMaking && policies.output) {
    return (
      <NewPolicyStep
        policies={all} onBack={() => setMaking(false)}
        onDone={(validFrom) => { setMaking(false); setAnswered(`${fromWords(validFrom)}按新的标准补。在这之前的饭，还按现在的。`); policies.reload() }}
      />
    )
  }
  return (
    <Screen title="补贴标准" subtitle="助餐" foot={<Foot main={<Button isDisabled={policies.output === undefined} icon="pencil" onPress={() => { setAnswered(null); setMaking(true) }}>定新的标准</Button>} />}>
      {answered ? <Notice isAnnounced title="定好了">{answered}</Notice> : null}
      <Content of={policies}>
        {() => all.length === 0
          ? <Empty icon="hand-heart" title="还没有补贴标准" next="没有标准，老人付全价。在下面定一个，写明从哪天起。" />
          : <Box className="stack">{all.map((policy) => <PolicyCard key={policy.version} policy={policy} />)}</Box>}
      </Content>
    </Screen>
  )
}

function PolicyCard({ policy }: { policy: MealPolicyTerms }) {
  const state = stateWords[policy.state]
  return (
    <Card tone={policy.state === 'now' ? 'willow' : 'plain'} label={`第 ${policy.version} 版，${state.words}`}>
      <Box className="stack">
        <Box className="between">
          <Heading level={2} className="lead">{fromWords(policy.validFrom)}</Heading>
          <Tag tone={state.tone}>{state.words}</Tag>
        </Box>
        <Box className="stack-tight">
          {policy.bands.length === 0 ? <Box className="body">不按年龄补贴</Box> : null}
          {[...policy.bands].sort((a, b) => a.fromAge - b.fromAge).map((band) => <Fact key={band.fromAge} term={`${band.fromAge} 岁起`}>每餐补 {yuanWords(band.subsidyFen)}</Fact>)}
          <Fact term="低保低收入">每餐加 {yuanWords(policy.hardshipFen.lowIncome)}</Fact>
          <Fact term="特困">每餐加 {yuanWords(policy.hardshipFen.extreme)}</Fact>
          <Fact term="一人一月">最多补 {yuanWords(policy.monthlyCapFen)}</Fact>
          <Fact term="自己付">每餐至少 {yuanWords(policy.leastPayFen)}</Fact>
        </Box>
        <Box className="small">第 {policy.version} 版，{policy.madeByName} {momentWords(policy.madeAt)} 定的</Box>
      </Box>
    </Card>
  )
}
