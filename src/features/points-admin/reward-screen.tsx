/** One reward as the subdistrict keeps it: what it is, what it costs, how many there are, where it is collected. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { addDays, civilDate, isCivilDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { fenOf, typedYuan, yuanWords } from '@/services/yuan'
import { kinds, kindWords, limitWords, pictureOf, pictures, spans, validWords, type Reward } from './reward-words'

type Terms = Omit<InputOf<'reward.save'>, 'rewardId'>
type Choices = OutputOf<'reward.all'>

const MOST_POINTS = 100_000
const MOST_STOCK = 100_000
const MOST_COUNT = 30
const AHEAD_AT_MOST = 3 * 366

/** Everything as it was typed. */
interface Draft extends Omit<Terms, 'points' | 'stock' | 'collectDays' | 'settleFen' | 'perPerson' | 'validUntil'> {
  readonly points: string
  readonly stock: string
  readonly collectDays: string
  readonly settle: string
  /** '' no limit */
  readonly limit: string
  readonly per: 'month' | 'year' | 'ever'
  /** '' until it is closed */
  readonly validUntil: string
}

const draftOf = (reward: Reward | undefined, today: string, choices: Choices): Draft => reward === undefined
  ? { kind: 'goods', name: '', words: '', icon: 'gift', points: '', stock: '', limit: '', per: 'month', validFrom: today, validUntil: '', merchantIds: [], collectDays: '14', communityIds: choices.communities.map((one) => one.communityId), serviceItemId: null, settle: '', isOpen: true }
  : { kind: reward.kind, name: reward.name, words: reward.words, icon: reward.icon, points: String(reward.points), stock: String(reward.stock), limit: reward.perPerson === null ? '' : String(reward.perPerson.count), per: reward.perPerson?.per ?? 'month', validFrom: reward.validFrom, validUntil: reward.validUntil ?? '', merchantIds: reward.merchantIds, collectDays: String(reward.collectDays), communityIds: reward.communityIds, serviceItemId: reward.serviceItemId, settle: typedYuan(reward.settleFen), isOpen: reward.isOpen }

const whole = (text: string, from: number, until: number): number | null => (/^\d{1,7}$/.test(text) && Number(text) >= from && Number(text) <= until ? Number(text) : null)
const toggled = (all: readonly string[], chosen: readonly string[], key: string): string[] => all.filter((one) => (one === key) !== chosen.includes(one))

/** The reward that was typed, or what is still missing, as the next thing to do. */
function read(draft: Draft, stored: Reward | undefined): { terms: Terms } | { lack: string } {
  const [name, words] = [draft.name.trim(), draft.words.trim()]
  if (name === '') return { lack: '写上叫什么。' }
  if (words === '') return { lack: '写上能换到什么。' }
  const points = whole(draft.points, 1, MOST_POINTS)
  if (points === null) return { lack: '要多少分，写整数。' }
  const stock = whole(draft.stock, 0, MOST_STOCK)
  if (stock === null) return { lack: '一共几份，写整数。' }
  const given = stored ? stored.held + stored.taken : 0
  if (stock < given) return { lack: `已经换走、等领的有 ${given} 份，一共不能比这少。` }
  const limit = draft.limit === '' ? null : whole(draft.limit, 1, MOST_COUNT)
  if (draft.limit !== '' && limit === null) return { lack: `每人最多几份，写 1 到 ${MOST_COUNT}，不限就空着。` }
  if (!isCivilDate(draft.validFrom)) return { lack: '选从哪天起能换。' }
  if (draft.validUntil !== '' && draft.validUntil < draft.validFrom) return { lack: '最后一天不能比第一天早。' }
  if (draft.kind === 'care' && draft.serviceItemId === null) return { lack: '选是哪项服务。' }
  if (draft.merchantIds.length === 0) return { lack: '选到哪里领。' }
  const collectDays = whole(draft.collectDays, 1, 180)
  if (collectDays === null) return { lack: '几天内领，写 1 到 180。' }
  if (draft.communityIds.length === 0) return { lack: '至少选一个社区。' }
  const settleFen = fenOf(draft.settle)
  if (settleFen === null) return { lack: '每份给商户多少元，写数字。' }
  return {
    terms: {
      kind: draft.kind, name, words, icon: draft.icon, points, stock, perPerson: limit === null ? null : { count: limit, per: draft.per }, validFrom: draft.validFrom, validUntil: draft.validUntil === '' ? null : draft.validUntil,
      merchantIds: [...draft.merchantIds], collectDays, communityIds: [...draft.communityIds], serviceItemId: draft.kind === 'care' ? draft.serviceItemId : null, settleFen, isOpen: draft.isOpen,
    },
  }
}

export function RewardScreen({ rewardId }: { rewardId: string }) {
  const rewards = useQuery('reward.all', {})
  const stored = rewards.output?.rewards.find((one) => one.rewardId === rewardId)
  return rewards.output === undefined || (rewardId !== '' && stored === undefined)
    ? <Screen title="兑换品"><Content of={rewards} shape="detail">{() => <Empty icon="hand-heart" title="没有这种兑换品" next="请返回，从列表里再选一次。" />}</Content></Screen>
    : <RewardForm stored={stored} choices={rewards.output} onSaved={rewards.reload} />
}

function RewardForm({ stored, choices, onSaved }: { stored: Reward | undefined; choices: Choices; onSaved: () => void }) {
  const save = useAction('reward.save')
  const today = civilDate(serverNow())
  const [edited, setEdited] = useState<Draft | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const draft = edited ?? draftOf(stored, today, choices)
  const found = read(draft, stored)
  const sentence = 'lack' in found
    ? found.lack
    : `${found.terms.name}，${pointsWords(found.terms.points)} 分，一共 ${pointsWords(found.terms.stock)} 份，${limitWords(found.terms.perPerson)}，${validWords(found.terms)}，每份给商户 ${yuanWords(found.terms.settleFen)}${found.terms.isOpen ? '' : '，先不换'}。`
  const aloud = useReadAloud(sentence)
  const edit = (part: Partial<Draft>) => { setSaved(null); save.clear(); setEdited({ ...draft, ...part }) }
  const submit = async () => {
    if ('lack' in found) return
    const done = await save.run({ ...(stored ? { rewardId: stored.rewardId } : {}), ...found.terms })
    if (!done) return
    setSaved(`${found.terms.name}存好了`)
    onSaved()
  }
  if (saved !== null && stored === undefined) {
    return (
      <Screen title="兑换品" foot={<Foot main={<Button onPress={goBack}>返回兑换品</Button>} />}>
        <Notice isAnnounced title={saved}>老人在「积分」里看得到，够不够换、还差多少都写着。</Notice>
      </Screen>
    )
  }
  const services = choices.services.filter((service) => draft.kind === 'care' || service.serviceItemId === draft.serviceItemId)
  return (
    <Screen
      title={stored ? '兑换品' : '加一种'} subtitle="示例"
      foot={saved === null
        ? <Foot say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={<ReadAloud {...aloud} />} main={<Button isDisabled={edited === null || 'lack' in found} isBusy={save.isPending} onPress={submit}>{stored ? '就这样改' : '就这样加'}</Button>} />
        : <Foot main={<Button onPress={goBack}>返回兑换品</Button>} />}
    >
      {saved ? <Notice isAnnounced title={saved}>已经换了的，价钱和地方照旧。</Notice> : null}
      {stored
        ? (
          <Card label="现在有多少">
            <Fact term="还剩">{pointsWords(stored.remaining)} 份</Fact>
            <Fact term="等领">{pointsWords(stored.held)} 份</Fact>
            <Fact term="领走">{pointsWords(stored.taken)} 份</Fact>
          </Card>
        )
        : null}
      <Box className="stack-wide">
        <Field label="叫什么" value={draft.name} onChange={(name) => edit({ name })} maxLength={16} placeholder="大米 5 斤" />
        <Field label="能换到什么" kind="many-words" value={draft.words} onChange={(words) => edit({ words })} maxLength={120} />
        <Box className="stack">
          <Heading level={2} className="section">是哪一种</Heading>
          {stored ? <Box className="body">{kindWords(stored.kind)}</Box> : <AnswerChoice label="是哪一种" selected={[draft.kind]} onChoose={(key) => edit({ kind: kinds.find((one) => one.key === key)?.key ?? draft.kind, serviceItemId: null, merchantIds: [] })} answers={kinds} />}
        </Box>
        <SelectField label="图" value={pictureOf(draft.icon)} onChange={(icon) => edit({ icon })} options={pictures} />
        <Box className="pair">
          <Field label="要多少分" kind="digits" value={draft.points} onChange={(points) => edit({ points: points.replace(/\D/g, '') })} maxLength={6} />
          <Field label="每份给商户几元" value={draft.settle} onChange={(settle) => edit({ settle })} maxLength={8} />
        </Box>
        <Field label="一共几份" kind="digits" value={draft.stock} onChange={(stock) => edit({ stock: stock.replace(/\D/g, '') })} maxLength={6} hint="补货就把这个数加大；换走的、等领的也算在里面" />
        <Box className="pair">
          <Field label="每人最多几份" kind="digits" value={draft.limit} onChange={(limit) => edit({ limit: limit.replace(/\D/g, '') })} maxLength={4} placeholder="不限" />
          {draft.limit === '' ? null : <SelectField label="多久算一次" value={draft.per} onChange={(key) => edit({ per: key === 'year' ? 'year' : key === 'ever' ? 'ever' : 'month' })} options={(['month', 'year', 'ever'] as const).map((key) => ({ key, words: spans[key] }))} />}
        </Box>
        <DateField label="从哪天起能换" value={draft.validFrom} onChange={(validFrom) => edit({ validFrom })} from={draft.validFrom < today ? draft.validFrom : today} until={addDays(today, AHEAD_AT_MOST)} />
        <Box className="stack">
          <AnswerChoice label="到哪天为止" selected={[draft.validUntil === '' ? 'open' : 'day']} onChoose={(key) => edit({ validUntil: key === 'open' ? '' : addDays(draft.validFrom > today ? draft.validFrom : today, 90) })} answers={[{ key: 'open', title: '一直有' }, { key: 'day', title: '到哪一天为止' }]} />
          {draft.validUntil === '' ? null : <DateField label="最后一天" value={draft.validUntil} onChange={(validUntil) => edit({ validUntil })} from={today} until={addDays(today, AHEAD_AT_MOST)} />}
        </Box>
        {draft.kind === 'care'
          ? <SelectField label="哪项服务" value={draft.serviceItemId ?? ''} onChange={(key) => { const service = choices.services.find((one) => one.serviceItemId === key); if (service) edit({ serviceItemId: key, merchantIds: [service.providerId], settle: draft.settle === '' ? typedYuan(service.priceFen) : draft.settle }) }} options={services.map((one) => ({ key: one.serviceItemId, words: `${one.name} · ${one.providerName}` }))} />
          : (
            <Box className="stack">
              <Heading level={2} className="section">到哪里领</Heading>
              {choices.merchants.length === 0 ? <Box className="small">还没有商户，先到「商户」里加。</Box> : <AnswerChoice isMany label="到哪里领" selected={draft.merchantIds} onChoose={(key) => edit({ merchantIds: toggled(choices.merchants.map((one) => one.merchantId), draft.merchantIds, key) })} answers={choices.merchants.map((one) => ({ key: one.merchantId, title: one.name }))} />}
            </Box>
          )}
        {draft.kind === 'care' ? null : <Field label="换了几天内领" kind="digits" value={draft.collectDays} onChange={(collectDays) => edit({ collectDays: collectDays.replace(/\D/g, '') })} maxLength={3} hint="过了自动退回积分" />}
        <Box className="stack">
          <Heading level={2} className="section">哪些社区的人能换</Heading>
          <Button kind="outline" onPress={() => edit({ communityIds: draft.communityIds.length === choices.communities.length ? [] : choices.communities.map((one) => one.communityId) })}>{draft.communityIds.length === choices.communities.length ? '一个都不选' : `${choices.communities.length} 个全选`}</Button>
          <AnswerChoice isMany label="哪些社区的人能换" selected={draft.communityIds} onChoose={(key) => edit({ communityIds: toggled(choices.communities.map((one) => one.communityId), draft.communityIds, key) })} answers={choices.communities.map((one) => ({ key: one.communityId, title: one.name }))} />
        </Box>
        <Box className="stack">
          <Heading level={2} className="section">现在换吗</Heading>
          <AnswerChoice label="现在换吗" selected={[draft.isOpen ? 'open' : 'closed']} onChoose={(key) => edit({ isOpen: key === 'open' })} answers={[{ key: 'open', title: '换' }, { key: 'closed', title: '先不换', detail: '已经换了的照样领' }]} />
        </Box>
      </Box>
    </Screen>
  )
}
