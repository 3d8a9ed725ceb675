/** 兑换: what points can have, with 够换 or 还差多少 on each, and only what can be had now when that is asked. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Icon } from '@/components/icon'
import { Parts } from '@/components/parts'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { pointsWords } from '@/services/points-words'
import { useQuery } from '@/services/use-query'
import { useOwner } from './owner'
import { iconOf, kindWords, placesWords, stateWords, stockWords, type Reward } from './reward-words'
import styles from './rewards.module.scss'

/** Cards drawn at once. */
const SHOWN = 8

export function RewardsScreen({ personId: given }: { personId: string }) {
  const [chosen, setChosen] = useState(given)
  const { home, personId, name, isMe, people, choose } = useOwner(chosen)
  const rewards = useQuery('reward.list', personId ? { personId } : null)
  const [which, setWhich] = useState<'all' | 'ready'>('all')
  return (
    <Screen title="积分兑换" subtitle={rewards.output ? `${isMe ? '' : name}有 ${pointsWords(rewards.output.balance)}` : undefined}>
      {people.length > 1 ? <PersonChooser people={people} selected={personId} onChoose={(key) => { choose(key); setChosen(key) }} /> : null}
      <Segments label="看哪些" parts={[{ key: 'all', words: '全部' }, { key: 'ready', words: '够换的' }]} selected={which} onChoose={(key) => setWhich(key === 'ready' ? 'ready' : 'all')} />
      {personId
        ? <Content of={rewards}>{(shown) => <List key={which} items={shown.items} which={which} personId={personId} onAll={() => setWhich('all')} />}</Content>
        : <Content of={home}>{() => null}</Content>}
    </Screen>
  )
}

function List({ items, which, personId, onAll }: { items: OutputOf<'reward.list'>['items']; which: 'all' | 'ready'; personId: string; onAll: () => void }) {
  const shown = items.filter((reward) => which === 'all' || reward.state === 'ready')
  if (items.length === 0) return <Empty icon="gift" title="现在还没有可以换的" next="商户和街道上了新的，会放在这里。积分一直留着。" />
  if (shown.length === 0) return <Empty icon="gift" title="现在还没有够换的" next="再攒一攒就有了。看看每一样还差多少。" action={{ words: '看全部', onPress: onAll }} />
  return (
    <>
      <Parts rows={shown} size={SHOWN} of="可以换的">{(rows) => <Box className="stack">{rows.map((reward) => <RewardCard key={reward.rewardId} reward={reward} personId={personId} />)}</Box>}</Parts>
      <Box className="small">兑换的价格和份数是示例。</Box>
    </>
  )
}

function RewardCard({ reward, personId }: { reward: Reward; personId: string }) {
  const state = stateWords(reward)
  return (
    <CardLink onPress={() => { void Taro.navigateTo({ url: `/pages/points/reward/index?rewardId=${reward.rewardId}&personId=${personId}` }) }}>
      <Box className={styles.card}>
        <Box className={styles.picture}><Icon name={iconOf(reward)} size="large" /></Box>
        <Box className={styles.words}>
          <Box className="lead">{reward.name}</Box>
          <Box className="small">{[kindWords(reward.kind), placesWords(reward)].filter(Boolean).join(' · ')}</Box>
          <Box className="between">
            <Box className="price">{pointsWords(reward.points)} 分</Box>
            <Tag tone={state.tone}>{state.words}</Tag>
          </Box>
          {reward.state === 'ready' && reward.remaining <= 5 ? <Box className={styles.few}>{stockWords(reward.remaining)}</Box> : null}
        </Box>
      </Box>
    </CardLink>
  )
}
