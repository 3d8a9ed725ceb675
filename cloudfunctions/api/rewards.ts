/** Handlers of rewards in src/contract/rewards.ts: what a person could have for points, and what an administrator offers. */
import type { OutputOf } from '../../src/contract'
import { DomainError, ensure } from '../../src/domain/error'
import type { PointsAccount } from '../../src/domain/ledger'
import type { Person } from '../../src/domain/person'
import { ensureRewardTerms, heldOf, leftFor, newReward, notOffered, withTerms, type Merchant, type Reward, type RewardTerms } from '../../src/domain/reward'
import type { Provider, ServiceItem } from '../../src/domain/service-item'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { find } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { findAccountOf } from '../_server/ledger'
import { merchantsAmong, merchantsOf, providersAmong } from '../_server/merchants'
import { aboutElder, byOf, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { getReward, rewardsOf } from '../_server/rewards'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

type RewardView = OutputOf<'reward.list'>['items'][number]
type Place = RewardView['merchants'][number]
const SERVICES_AT_MOST = 200

/** Where rewards are collected: open merchants with their address; a provider who serves at home has none. */
async function placesOf(rewards: readonly Reward[]): Promise<(reward: Reward) => Place[]> {
  const ids = [...new Set(rewards.flatMap((reward) => reward.merchantIds))]
  const [merchants, providers] = await Promise.all([merchantsAmong(ids), providersAmong([...new Set(rewards.flatMap((reward) => (reward.kind === 'care' ? reward.merchantIds : [])))])])
  const byId = new Map<string, Merchant | Provider>([...providers.map((one) => [one._id, one] as const), ...merchants.map((one) => [one._id, one] as const)])
  return (reward) => reward.merchantIds.flatMap((merchantId) => {
    const found = byId.get(merchantId)
    if (found === undefined || ('isOpen' in found && !found.isOpen)) return []
    return [{ merchantId, name: found.name, address: 'address' in found ? found.address : '', phone: found.phone }]
  })
}

const spendableOf = (account: PointsAccount | null): number => account?.balances.spendable ?? 0

function viewOf(reward: Reward, person: Person, account: PointsAccount | null, places: (reward: Reward) => Place[], today: string, now: number): RewardView {
  const short = Math.max(0, reward.points - spendableOf(account))
  const left = leftFor(reward, account?.took ?? {}, now)
  const state = today < reward.validFrom ? 'notYet' : reward.remaining <= 0 ? 'outOfStock' : left === 0 ? 'limitReached' : person.standing !== 'verified' ? 'unverified' : short > 0 ? 'short' : 'ready'
  return {
    rewardId: reward._id, kind: reward.kind, name: reward.name, words: reward.words, icon: reward.icon, points: reward.points, state, short, remaining: Math.max(0, reward.remaining),
    limit: reward.perPerson === null || left === null ? null : { ...reward.perPerson, left }, validFrom: reward.validFrom, validUntil: reward.validUntil, collectDays: reward.collectDays, merchants: places(reward), serviceItemId: reward.serviceItemId,
  }
}

/** What can be had now first, then what is nearest. */
const nearestFirst = (a: RewardView, b: RewardView): number => {
  const group = ({ state }: RewardView): number => (state === 'ready' ? 0 : state === 'short' || state === 'unverified' ? 1 : 2)
  return group(a) - group(b) || a.short - b.short || a.points - b.points || (a.rewardId < b.rewardId ? -1 : 1)
}

const aboutOwner = async (personId: string) => {
  const person = await getPerson(personId)
  return { subject: aboutElder(person), person }
}

export const rewardHandlers = {
  'reward.list': handler('reward.list', {
    load: ({ personId }) => aboutOwner(personId),
    async run(_input, { person }, { today, now }) {
      const [account, rewards] = await Promise.all([findAccountOf(person._id), rewardsOf(person.subdistrictId)])
      const offered = rewards.filter((reward) => [null, 'notYet'].includes(notOffered(reward, person, today)))
      const places = await placesOf(offered)
      return { balance: spendableOf(account), items: offered.map((reward) => viewOf(reward, person, account, places, today, now)).sort(nearestFirst) }
    },
  }),

  'reward.show': handler('reward.show', {
    load: ({ personId }) => aboutOwner(personId),
    async run({ rewardId }, { person }, { today, now }) {
      const [account, reward] = await Promise.all([findAccountOf(person._id), getReward(rewardId)])
      const why = notOffered(reward, person, today)
      ensure(why !== 'elsewhere', 'NOT_FOUND')
      if (why === 'closed' || why === 'over') throw new DomainError('NOT_OFFERED', { why })
      return { balance: spendableOf(account), reward: viewOf(reward, person, account, await placesOf([reward]), today, now) }
    },
  }),

  'reward.all': handler('reward.all', {
    load: aboutNobody,
    async run(_input, _loaded, { actor }) {
      const { subdistrictId } = actor
      const [rewards, merchants, subdistrict, services] = await Promise.all([
        rewardsOf(subdistrictId), merchantsOf(subdistrictId), getSubdistrict(subdistrictId), find<ServiceItem>('serviceItems', { subdistrictId }, { by: 'order', direction: 'asc' }, SERVICES_AT_MOST),
      ])
      return {
        rewards: rewards.map(({ _id, version: _v, subdistrictId: _s, holders, perPerson, merchantIds, communityIds, unsettledAt: _u, sweptAt: _w, requests: _r, ...terms }) => ({
          rewardId: _id, ...terms, held: heldOf({ holders }), perPerson: perPerson && { ...perPerson }, merchantIds: [...merchantIds], communityIds: [...communityIds],
        })).sort((a, b) => Number(b.isOpen) - Number(a.isOpen)),
        merchants: merchants.map(({ _id, name }) => ({ merchantId: _id, name })),
        communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })),
        services: services.map(({ _id, name, providerId, providerName, priceFen }) => ({ serviceItemId: _id, name, providerId, providerName, priceFen })),
      }
    },
  }),

  'reward.save': audited('reward.save', {
    async load({ rewardId }, { actor }) {
      const reward = rewardId === undefined ? null : await getReward(rewardId)
      return { subject: { subdistrictId: reward?.subdistrictId ?? actor.subdistrictId }, reward }
    },
    async run({ rewardId: _id, ...terms }, { reward }, call, standing) {
      const { subdistrictId } = call.actor
      ensureRewardTerms(terms)
      await ensurePlaces(terms, subdistrictId)
      await ensureAllowedText(call.openid, `${terms.name} ${terms.words}`)
      const rewardId = reward?._id ?? derivedId('w', call.request.key)
      const audit = entryAbout({ _id: rewardId, name: terms.name, subdistrictId }, 'rewardSaved', byOf(call.actor, standing), call.now)
      const answer = { rewardId }
      if (reward === null) return (await changeTogether([], call.request, () => ({ next: [] as const, answer, audit, added: [{ collection: 'rewards', document: newReward(rewardId, subdistrictId, terms) }] }))).answer
      return (await changeTogether([place<Reward>('rewards', rewardId)], call.request, ([current]) => ({ next: [withTerms(current, terms)] as const, answer, audit }))).answer
    },
  }),
}

/** Every place that the terms name is in this subdistrict; care is given by who offers the service. @throws BAD_INPUT {field} */
async function ensurePlaces(terms: RewardTerms, subdistrictId: string): Promise<void> {
  const { communities } = await getSubdistrict(subdistrictId)
  ensure(terms.communityIds.every((id) => communities.some((community) => community.communityId === id)), 'BAD_INPUT', { field: 'communityIds' })
  if (terms.serviceItemId !== null) {
    const service = await getServiceItem(terms.serviceItemId)
    ensure(service.subdistrictId === subdistrictId, 'NOT_FOUND')
    ensure(terms.merchantIds.length === 1 && terms.merchantIds[0] === service.providerId, 'BAD_INPUT', { field: 'merchantIds' })
    return
  }
  const merchants = await merchantsAmong(terms.merchantIds)
  ensure(merchants.length === terms.merchantIds.length && merchants.every((merchant) => merchant.subdistrictId === subdistrictId), 'BAD_INPUT', { field: 'merchantIds' })
}
