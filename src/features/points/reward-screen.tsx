/** One reward: what it is, where and until when it is collected, for whom, and the sentence before the points are put aside. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Icon } from '@/components/icon'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { addDays, civilDate, spokenDay } from '@/domain/civil-time'
import { inChinese, pointsWords } from '@/services/points-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useOwner } from './owner'
import { iconOf, kindWords, limitWords, placesWords, stateWords, stockWords, wayOnWords, type Reward } from './reward-words'
import styles from './rewards.module.scss'

type Shown = OutputOf<'reward.show'>

export function RewardScreen({ rewardId, personId: given }: { rewardId: string; personId: string }) {
  const owner = useOwner(given)
  const { personId } = owner
  const reward = useQuery('reward.show', personId ? { personId, rewardId } : null)
  if (!reward.output) return <Screen title="兑换">{personId ? <Content of={reward} shape="detail">{() => null}</Content> : <Content of={owner.home} shape="detail">{() => null}</Content>}</Screen>
  return reward.output.reward.kind === 'care'
    ? <Care shown={reward.output} owner={owner} query={reward} />
    : <Redeem shown={reward.output} owner={owner} query={reward} />
}

interface OfReward {
  shown: Shown
  owner: ReturnType<typeof useOwner>
  query: ReturnType<typeof useQuery<'reward.show'>>
}

const subtitleOf = ({ isMe, name }: OfReward['owner'], balance: number): string => `${isMe ? '' : name}有 ${pointsWords(balance)}`

/** Points are put aside, and a code waits on the phone until it is collected. */
function Redeem({ shown, owner, query }: OfReward) {
  const { reward, balance } = shown
  const { personId, isMe, name, home } = owner
  const redeem = useAction('points.redeem')
  const [forId, setFor] = useState(personId)
  const others = isMe ? (home.output?.elders ?? []).filter((elder) => !elder.isMe) : []
  const forName = others.find((elder) => elder.personId === forId)?.name
  const until = addDays(civilDate(serverNow()), reward.collectDays)
  const isReady = reward.state === 'ready'
  const way = wayOnWords(reward)
  const whose = isMe ? '您' : `替${name}`
  const sentence = isReady
    ? `${whose}用 ${pointsWords(reward.points)} 分换${forName ? `给${forName}的` : ''}${reward.name}，${spokenDay(until)}前到${placesWords(reward)}取。换了以后还剩 ${pointsWords(balance - reward.points)} 分。`
    : `${reward.name}要 ${pointsWords(reward.points)} 分。${way?.title ?? ''}。`
  const read = useReadAloud(inChinese(sentence))
  const submit = async () => {
    const done = await redeem.run({ personId, rewardId: reward.rewardId, ...(forName ? { forElderId: forId } : {}) })
    if (done) void Taro.redirectTo({ url: `/pages/points/code/index?personId=${personId}&holdId=${done.holdId}` })
    else query.reload()
  }
  return (
    <Screen
      title="兑换" subtitle={subtitleOf(owner, balance)}
      foot={<Foot say={sentence} problem={redeem.problem ? <Problem problem={redeem.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={!isReady} isBusy={redeem.isPending} onPress={submit}>就换这个</Button>} />}
    >
      <Content of={query} shape="detail">
        {() => (
          <>
            <What reward={reward} />
            {way ? <Notice tone="gold" title={way.title}>{way.next}</Notice> : null}
            {others.length > 0 && isReady
              ? (
                <>
                  <Heading level={2} className="strong">给谁用</Heading>
                  <AnswerChoice label="给谁用" answers={[{ key: personId, title: '自己用' }, ...others.map((elder) => ({ key: elder.personId, title: elder.name, detail: elder.communityName }))]} selected={[forId]} onChoose={setFor} />
                </>
              )
              : null}
            <Box className="small">换了先冻结，{reward.collectDays} 天里去取。不想要了随时退，过期没取会自己退回来。</Box>
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Care is booked first and paid with points on the booking. */
function Care({ shown, owner, query }: OfReward) {
  const { reward, balance } = shown
  const way = wayOnWords(reward)
  const elders = (owner.home.output?.elders ?? []).filter((elder) => elder.isMe || elder.scopes.includes('book'))
  const [forId, setFor] = useState(owner.isMe ? (elders.find((elder) => !elder.isMe) ?? elders[0])?.personId : owner.personId)
  const forWhom = elders.find((elder) => elder.personId === forId)
  const sentence = `先约${reward.name}，约好了在「这次预约」里点「用积分付」，付 ${pointsWords(reward.points)} 分。做完、核实了才扣，没做成就退。`
  const read = useReadAloud(inChinese(sentence))
  return (
    <Screen
      title="兑换" subtitle={subtitleOf(owner, balance)}
      foot={<Foot say={sentence} other={<ReadAloud {...read} />} main={<Button isDisabled={reward.serviceItemId === null} onPress={() => { void Taro.navigateTo({ url: `/pages/service/index?serviceItemId=${reward.serviceItemId ?? ''}${forWhom ? `&elderId=${forWhom.personId}` : ''}` }) }}>去约时间</Button>} />}
    >
      <Content of={query} shape="detail">
        {() => (
          <>
            <What reward={reward} />
            {way ? <Notice tone="gold" title={way.title}>{way.next}</Notice> : null}
            {elders.length > 1
              ? (
                <>
                  <Heading level={2} className="strong">给谁约</Heading>
                  <AnswerChoice label="给谁约" answers={elders.map((elder) => ({ key: elder.personId, title: elder.isMe ? '自己' : elder.name, detail: elder.communityName }))} selected={forId ? [forId] : []} onChoose={setFor} />
                </>
              )
              : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

function What({ reward }: { reward: Reward }) {
  const state = stateWords(reward)
  return (
    <>
      <Card>
        <Box className={styles.card}>
          <Box className={styles.picture}><Icon name={iconOf(reward)} size="large" /></Box>
          <Box className={styles.words}>
            <Heading level={2} className="hello">{reward.name}</Heading>
            <Box className="small">{kindWords(reward.kind)}（示例）</Box>
            <Box className="between">
              <Box className="number price">{pointsWords(reward.points)} 分</Box>
              <Tag tone={state.tone}>{state.words}</Tag>
            </Box>
          </Box>
        </Box>
        {reward.words ? <Box className="body">{reward.words}</Box> : null}
        <Box className={reward.remaining <= 5 ? styles.few : 'small'}>{stockWords(reward.remaining)}</Box>
        {reward.limit ? <Box className="small">{limitWords(reward.limit)}</Box> : null}
      </Card>
      <Card label={reward.kind === 'care' ? '谁来做' : '到哪里取'}>
        <Box className="stack">
          {reward.merchants.map((merchant) => (
            <Box key={merchant.merchantId}>
              <Fact term={reward.kind === 'care' ? '谁来做' : '到这里取'}>{merchant.name}</Fact>
              {merchant.address ? <Box className="small">{merchant.address}</Box> : null}
            </Box>
          ))}
          {reward.validUntil ? <Fact term="换到">{spokenDay(reward.validUntil)}</Fact> : null}
        </Box>
      </Card>
    </>
  )
}
