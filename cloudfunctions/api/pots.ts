/** Handlers of src/contract/pots.ts. */
import type { OutputOf } from '../../src/contract'
import { isOwnCase } from '../../src/domain/own-case'
import { DomainError, ensure } from '../../src/domain/error'
import { potOf, type PointsEntry } from '../../src/domain/ledger'
import type { Need } from '../../src/domain/needs'
import type { Person } from '../../src/domain/person'
import { decideGift, giftEntryId, givenFrom, leftIn, proposeGift, type PotGift } from '../../src/domain/pot'
import { hasRole, type Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { changeOnce, createOnce, get } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { pageBy } from '../_server/pages'
import { byOf, communityName, getSubdistrict } from '../_server/people'
import { needOf, settleGift } from '../_server/pot-gifts'
import { keepInPot, potsNow } from '../_server/pots'
import { careOf, communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'

/** More than wait at a time, and as many as staff look back on without leafing through records. */
const WAITING_AT_MOST = 50
const DECIDED_SHOWN = 10
const ROWS = 20

const giftView = (gift: PotGift, needs: readonly Need[], subdistrict: Subdistrict, actor: Actor): OutputOf<'pot.list'>['waiting'][number] => ({
  potGiftId: gift._id, communityName: communityName(subdistrict, gift.communityId), elderName: gift.elderName, amount: gift.amount, reason: gift.reason, needWords: needs.find((need) => need._id === gift.needId)?.words ?? null,
  status: gift.status, byName: gift.by.name, byMe: gift.by.personId === actor.personId, at: gift.at, decided: gift.decided && { byName: gift.decided.by.name, at: gift.decided.at, reason: gift.decided.reason },
  entryId: gift.status === 'approved' ? giftEntryId(gift) : null,
  blocked: gift.by.personId === actor.personId ? 'SECOND_PERSON' : isOwnCase(actor.personId, { personId: gift.elderId, name: gift.elderName, kinIds: gift.nearIds }) ? 'OWN_CASE' : null,
})

export const potHandlers = {
  'pot.list': handler('pot.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const communityIds = hasRole(actor, 'admin') ? subdistrict.communities.map((one) => one.communityId) : communitiesOf(actor)
      const mine = careOf(actor)
      const [pots, waiting, approved, refused, open] = await Promise.all([
        potsNow(actor.subdistrictId, communityIds, today), find<PotGift>('potGifts', { ...mine, status: 'waiting' }, { by: 'at', direction: 'asc' }, WAITING_AT_MOST),
        ...(['approved', 'refused'] as const).map((status) => find<PotGift>('potGifts', { ...mine, status }, { by: 'at', direction: 'desc' }, DECIDED_SHOWN)),
        find<Need>('needs', { subdistrictId: actor.subdistrictId, status: 'open' }, { by: 'openedAt', direction: 'asc' }, WAITING_AT_MOST),
      ] as const) as [Awaited<ReturnType<typeof potsNow>>, PotGift[], PotGift[], PotGift[], Need[]]
      const gifts = [...waiting, ...approved, ...refused]
      const needIds = [...new Set(gifts.flatMap((gift) => gift.needId ?? []))]
      const needs = needIds.length === 0 ? [] : await find<Need>('needs', { _id: command.in(needIds) }, null, needIds.length)
      const view = (gift: PotGift) => giftView(gift, needs, subdistrict, actor)
      return {
        pots: pots.map((pot) => ({ communityId: pot._id, communityName: communityName(subdistrict, pot._id), cameIn: leftIn(pot) + givenFrom(pot), given: givenFrom(pot), left: leftIn(pot), sealedOn: pot.sealedOn === '' ? null : pot.sealedOn })),
        waiting: waiting.map(view), decided: [...approved, ...refused].sort((a, b) => (b.decided?.at ?? 0) - (a.decided?.at ?? 0)).slice(0, DECIDED_SHOWN).map(view),
        needs: open.filter((need) => communityIds.includes(need.communityId)).map((need) => ({ needId: need._id, communityId: need.communityId, words: need.words, wanted: need.wanted, given: need.given })),
      }
    },
  }),

  'pot.records': handler('pot.records', {
    load: async (input, { actor }) => ({ subject: { subdistrictId: actor.subdistrictId, communityId: input.communityId } }),
    async run(input, _loaded, { actor }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      ensure(subdistrict.communities.some(({ communityId }) => communityId === input.communityId), 'NOT_FOUND')
      const { items, nextCursor } = await pageBy<PointsEntry>('pointsEntries', { [input.which === 'in' ? 'to' : 'from']: potOf(input.communityId) }, 'at', 'desc', input.cursor, ROWS)
      return { items: items.map(({ _id, at, onDate, kind, words, amount }) => ({ entryId: _id, at, onDate, kind, words, amount })), nextCursor, communityName: communityName(subdistrict, input.communityId) }
    },
  }),

  'pot.propose': handler('pot.propose', {
    isFoundByKey: true,
    async load({ to }, { request }) {
      const need = to.what === 'need' ? await get<Need>('needs', to.needId) : null
      const elder: Person = await getResident(to.what === 'need' ? (need?.elderId ?? '') : to.elderId)
      const before = await find<PotGift>('potGifts', { _id: derivedId('pg', request.key) }, null, 1)
      const place = need ?? elder
      return { subject: { subdistrictId: place.subdistrictId, communityId: place.communityId }, need, elder, place, madeBefore: before[0] === undefined ? null : { hash: before[0].madeBy.hash, answer: { potGiftId: before[0]._id } } }
    },
    async run(input, { need, elder, place }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const [pot] = await potsNow(place.subdistrictId, [place.communityId], call.today)
      const gift = proposeGift({
        _id: derivedId('pg', call.request.key), subdistrictId: place.subdistrictId, communityId: place.communityId, needId: need?._id ?? null, elderId: elder._id, elderName: elder.name,
        nearIds: [elder._id, ...elder.kinIds, ...elder.delegateIds], amount: input.amount, reason: input.reason, by: byOf(call.actor, standing), at: call.now, madeBy: call.request,
      }, need, elder.hardship, pot === undefined ? 0 : leftIn(pot))
      return { potGiftId: (await createOnce('potGifts', gift))._id }
    },
  }),

  'pot.decide': handler('pot.decide', {
    async load(input) {
      const gift = await get<PotGift>('potGifts', input.potGiftId)
      return { subject: { subdistrictId: gift.subdistrictId, communityId: gift.communityId }, remembersIn: gift, gift }
    },
    async run(input, { gift }, call, standing) {
      const reason = input.reason === undefined || input.reason === '' ? null : input.reason
      await ensureAllowedText(call.openid, reason)
      const need = await needOf(gift)
      if (gift.needId !== null && need === null) throw new DomainError('NOT_FOUND')
      const decide = (current: PotGift): PotGift => decideGift(current, need, input.isApproved, byOf(call.actor, standing), reason, call.now)
      decide(gift)
      if (input.isApproved) await keepInPot(gift, giftEntryId(gift), gift.amount, null, call.now)
      const answer = { status: input.isApproved ? ('approved' as const) : ('refused' as const), entryId: input.isApproved ? giftEntryId(gift) : null }
      const { document } = await changeOnce('potGifts', gift, call.request, (current) => ({ next: decide(current), answer }))
      await settleGift(document, call.now)
      return answer
    },
  }),
}
