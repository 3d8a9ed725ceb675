/** 兑换品: what points can have, how many are left, waiting and collected; open ones first. */
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Parts } from '@/components/parts'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { pointsWords } from '@/services/points-words'
import { useQuery } from '@/services/use-query'
import { yuanWords } from '@/services/yuan'
import { open } from './open'
import { kindWords, limitWords, validWords } from './reward-words'

type Reward = OutputOf<'reward.all'>['rewards'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 6

export function RewardsScreen() {
  const rewards = useQuery('reward.all', {}, { pollMs: LOOK_AGAIN_MS })
  return (
    <Screen title="兑换品" subtitle="示例" foot={<Foot main={<Button icon="plus" onPress={() => open('reward')}>加一种</Button>} />}>
      <Content of={rewards}>
        {(shown) => shown.rewards.length === 0
          ? <Empty icon="hand-heart" title="还没有兑换品" next="没有东西可换，积分就用不掉。在下面加一种。" />
          : <Parts rows={shown.rewards} size={SHOWN} of="兑换品">{(rows) => rows.map((reward) => <RewardCard key={reward.rewardId} reward={reward} />)}</Parts>}
      </Content>
    </Screen>
  )
}

function RewardCard({ reward }: { reward: Reward }) {
  return (
    <CardLink onPress={() => open('reward', `rewardId=${reward.rewardId}`)}>
      <Box className="stack">
        <Box className="between">
          <Box className="lead">{reward.name} ›</Box>
          {!reward.isOpen ? <Tag tone="plain">停了</Tag> : reward.remaining === 0 ? <Tag tone="warm">换完了</Tag> : <Tag>在换</Tag>}
        </Box>
        <Box>
          <Box className="body tabular">{pointsWords(reward.points)} 分 · {kindWords(reward.kind)} · {limitWords(reward.perPerson)}</Box>
          <Box className="small">{validWords(reward)} · 每份给商户 {yuanWords(reward.settleFen)}</Box>
        </Box>
        <Box>
          <Box className="body tabular">剩 {pointsWords(reward.remaining)}，等领 {pointsWords(reward.held)}，领走 {pointsWords(reward.taken)}，一共 {pointsWords(reward.stock)}</Box>
          <Bar share={reward.stock === 0 ? 0 : reward.remaining / reward.stock} tone={reward.remaining === 0 ? 'warm' : 'willow'} />
        </Box>
      </Box>
    </CardLink>
  )
}
