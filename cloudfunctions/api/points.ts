/** Handlers of src/contract/points.ts: the passbook, redemptions, gifts, visits paid with points, what staff write by hand. */
import type { OutputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { credited, decide, enter, type ByHand } from '../../src/domain/by-hand'
import { DomainError, ensure } from '../../src/domain/error'
import { donateToNeed, donateToPot, ensureMayGive, give, isBound, leftToGive } from '../../src/domain/gift'
import type { PointsAccount, PointsEntry } from '../../src/domain/ledger'
import { ensureTakes, type Need } from '../../src/domain/needs'
import type { Person } from '../../src/domain/person'
import { policyOn } from '../../src/domain/points-policy'
import { giveBack, openHold } from '../../src/domain/redemption'
import type { Reward } from '../../src/domain/reward'
import { authorise, type Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { contracts } from '../../src/contract'
import { changeOnce, createOnce, get } from '../_server/aggregate'
import { command, find, read } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { findAccountOf, findEntry, ownerOf, PAYABLE, postOnce, reverseEntry } from '../_server/ledger'
import { needViews, openNeedsOf } from '../_server/needs'
import { pageBy } from '../_server/pages'
import { codesOf, coverOf, factsBehind, isLiving, isNear, keeperOf, lineOf, linesOf, orEmpty, type Keeper } from '../_server/passbooks'
import { aboutElder, byOf, communityName, eldersOf, findPerson, getPerson, getSubdistrict } from '../_server/people'
import { holdIdOf, redeem } from '../_server/redemptions'
import { getResident } from '../_server/residents'
import { getReward } from '../_server/rewards'
import { settleByHand } from '../_server/by-hand'
import { handler, aboutNobody, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { withBooking } from './booking'

const PAGE = 20
const MONTHS_SHOWN = 24
/** Members of a family that can be given to; far more than any has. */
const FAMILY_AT_MOST = 60

/** A passbook and whose it is; `account` is null while nothing was ever written into it. */
async function withPassbook({ personId }: { readonly personId: string }) {
  const [keeper, account] = await Promise.all([keeperOf(personId), findAccountOf(personId)])
  return { subject: keeper.subject, remembersIn: account, keeper, account: orEmpty(account, keeper) }
}

/** A person who spends, with the passbook that remembers the request. */
async function withSpender({ personId }: { readonly personId: string }) {
  const owner = await getResident(personId)
  const account = await findAccountOf(owner._id)
  return { subject: aboutElder(owner), remembersIn: account, owner, account: orEmpty(account, ownerOf(owner)) }
}

const coverFor = async ({ keeper, account }: { readonly keeper: Keeper; readonly account: PointsAccount }, { actor, today }: Call) => coverOf(account, keeper, await getSubdistrict(keeper.subdistrictId), actor, today)

const entryId = (key: string, kind: string, call: Call): string => `${kind}_${derivedId('p', call.request.key, key)}`
const seqOf = (cursor: string | undefined): number => (cursor !== undefined && /^\d{1,12}$/.test(cursor) ? Number(cursor) : Number.MAX_SAFE_INTEGER)

function byYear(months: PointsAccount['months']): OutputOf<'points.passbook'>['years'] {
  const years = new Map<string, { in: number; out: number }>()
  for (const [month, sums] of Object.entries(months)) {
    const year = years.get(month.slice(0, 4)) ?? { in: 0, out: 0 }
    years.set(month.slice(0, 4), { in: year.in + sums.in, out: year.out + sums.out })
  }
  return [...years].map(([year, sums]) => ({ year, ...sums })).sort((a, b) => (a.year < b.year ? 1 : -1))
}

/** The visit, who would pay, and the passbook that remembers the request. */
async function withPayment(input: { readonly bookingId: string; readonly personId: string }) {
  const [{ booking, elder }, spender] = await Promise.all([withBooking(input), withSpender(input)])
  // Not remembered before it runs: whether the visit still names this payment is known only then.
  return { ...spender, remembersIn: null, booking, elder }
}

/** What is offered for this service in points, cheapest first; null: nothing. */
async function careRewardFor(booking: Booking, today: string): Promise<Reward | null> {
  if (booking.kind !== 'homeCare') return null
  const offered = await find<Reward>('rewards', { serviceItemId: booking.serviceItemId }, null, 20)
  return offered
    .filter((reward) => reward.subdistrictId === booking.subdistrictId && reward.kind === 'care' && reward.isOpen && reward.communityIds.includes(booking.communityId) && reward.validFrom <= today && (reward.validUntil === null || today <= reward.validUntil))
    .sort((a, b) => a.points - b.points)[0] ?? null
}

const isPayable = (booking: Booking): boolean => PAYABLE.some((status) => status === booking.status)

/** True for somebody who may spend this person's points. */
function maySpend(actor: Actor, owner: Person, today: string): boolean {
  try {
    authorise(actor, contracts['points.payVisit'].allow, aboutElder(owner), today)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

const byHandView = (byHand: ByHand, subdistrict: Subdistrict, actor: Actor): OutputOf<'points.byHandList'>['items'][number] => ({
  byHandId: byHand._id, ownerId: byHand.ownerId, ownerName: byHand.ownerName, isGroup: byHand.isGroup, communityName: communityName(subdistrict, byHand.communityId), amount: byHand.amount, words: byHand.words, reason: byHand.reason,
  status: byHand.status, byName: byHand.by.name, byMe: byHand.by.personId === actor.personId, at: byHand.at, decided: byHand.decided && { byName: byHand.decided.by.name, at: byHand.decided.at, reason: byHand.decided.reason },
})

/** Family of a person: by record, who acts for them, and for whom they act. */
async function familyOf(me: Person, today: string): Promise<readonly Person[]> {
  const [acting, others] = await Promise.all([eldersOf(me._id), find<Person>('people', { _id: command.in([...new Set([...me.kinIds, ...me.delegateIds])]) }, null, FAMILY_AT_MOST)])
  const all = new Map([...acting, ...others].map((person) => [person._id, person]))
  return [...all.values()].filter((person) => person._id !== me._id && person.standing === 'verified' && person.subdistrictId === me.subdistrictId && isBound(me, person, today))
}

export const pointsHandlers = {
  'points.passbook': handler('points.passbook', {
    load: withPassbook,
    async run(input, { keeper, account }, { actor, today }) {
      const [subdistrict, page] = await Promise.all([getSubdistrict(keeper.subdistrictId), linesOf(account, seqOf(input.cursor), input.month)])
      const months = Object.entries(account.months).sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, MONTHS_SHOWN)
      return { cover: coverOf(account, keeper, subdistrict, actor, today), ...page, months: months.map(([month, sums]) => ({ month, in: sums.in, out: sums.out })), years: byYear(account.months) }
    },
  }),

  'points.entry': handler('points.entry', {
    async load(input) {
      const entry = (await findEntry(input.entryId)) ?? (input.personId === undefined ? null : ((await findAccountOf(input.personId))?.unsent[input.entryId] ?? null))
      if (entry === null) throw new DomainError('NOT_FOUND')
      const keeper = await keeperOf(entry.ownerId)
      return { subject: keeper.subject, entry, keeper }
    },
    async run(_input, { entry, keeper }, { actor }, standing) {
      const [facts, reversal, merchant] = await Promise.all([
        factsBehind(entry), findEntry(`reversal_${entry._id}`), entry.merchantId === null ? null : read<{ readonly name: string }>('providers', entry.merchantId),
      ])
      const canReverse = standing.role === 'admin' && reversal === null && !['reversal', 'hold', 'settled', 'cancelled', 'lapsed', 'giftOut', 'giftIn', 'mergeOut', 'mergeIn'].includes(entry.kind) && !isNear(keeper, actor.personId)
      return {
        line: lineOf(entry), ownerId: entry.ownerId, ownerName: keeper.name, isMe: entry.ownerId === actor.personId, evidence: { ...entry.evidence }, facts, policyVersion: entry.policyVersion, merchantName: merchant?.name ?? null, reverses: entry.reverses,
        reversedBy: reversal && { entryId: reversal._id, at: reversal.at, words: reversal.words },
        acts: [...(canReverse ? (['reverse'] as const) : []), ...(entry.evidence.what === 'visit' ? (['openBooking'] as const) : [])],
      }
    },
  }),

  'points.mine': handler('points.mine', { load: withPassbook, run: (_input, loaded, call) => coverFor(loaded, call) }),

  'points.codes': handler('points.codes', {
    load: withPassbook,
    run: async (_input, loaded, call) => ({ cover: await coverFor(loaded, call), items: await codesOf(loaded.account) }),
  }),

  'points.redeem': handler('points.redeem', {
    isFoundByKey: true,
    load: withSpender,
    async run(input, { owner, account }, { actor, request, now, today }, standing) {
      const [reward, elder] = await Promise.all([getReward(input.rewardId), input.forElderId === undefined || input.forElderId === owner._id ? null : getResident(input.forElderId)])
      ensure(reward.subdistrictId === owner.subdistrictId, 'NOT_FOUND')
      // Care is paid with the visit that it is for.
      ensure(reward.serviceItemId === null, 'NOT_OFFERED', { why: 'visit' })
      ensure(elder === null || (elder.subdistrictId === owner.subdistrictId && isBound(owner, elder, today)), 'NO_MATCH', { why: 'notBound' })
      return redeem({ owner, account, reward, forElder: elder, booking: null, by: byOf(actor, standing, owner) }, request, now)
    },
  }),

  'points.cancelHold': handler('points.cancelHold', {
    load: withSpender,
    async run(input, { owner, account }, { actor, request, now }, standing) {
      ensure(openHold(account, input.holdId).bookingId === null, 'WRONG_STATE', { status: 'visit' })
      const by = byOf(actor, standing, owner)
      const { answer } = await postOnce(account, request, (current) => {
        const step = giveBack(current, input.holdId, 'cancelled', by)
        return { ...step, answer: { balance: current.balances.spendable + openHold(current, input.holdId).points } }
      }, now)
      return answer
    },
  }),

  'points.give': handler('points.give', {
    isFoundByKey: true,
    load: withSpender,
    async run(input, { owner, account }, call, standing) {
      const [found, subdistrict] = await Promise.all([findPerson(input.toPersonId), getSubdistrict(owner.subdistrictId)])
      const to = found === null || found.mergedInto === null ? found : await getPerson(found.mergedInto)
      // Who is not there and who is not bound answer alike.
      if (to === null) throw new DomainError('NO_MATCH', { why: 'notBound' })
      ensureMayGive(owner, to, call.today)
      await ensureAllowedText(call.openid, input.words)
      const id = entryId(owner._id, 'giftOut', call)
      const limit = policyOn(subdistrict.pointsPolicies, call.today)?.giftMonthLimit ?? 0
      const words = input.words === undefined || input.words === '' ? null : input.words
      const { answer } = await postOnce(account, call.request, (current) => ({
        drafts: give(current, id.slice('giftOut_'.length), to, input.amount, words, limit, byOf(call.actor, standing), call.now), answer: { entryId: id, balance: current.balances.spendable - input.amount },
      }), call.now)
      return answer
    },
  }),

  'points.donate': handler('points.donate', {
    isFoundByKey: true,
    async load(input) {
      const { keeper, account } = await withPassbook(input)
      const need = input.to.what === 'need' ? await get<Need>('needs', input.to.needId) : null
      // Of a group only its leader gives.
      const leaderId = keeper.person === null ? (await get<{ readonly leaderId: string }>('groups', keeper._id)).leaderId : null
      return { subject: leaderId === null ? keeper.subject : { ...keeper.subject, named: [leaderId] }, remembersIn: account, keeper, account, need }
    },
    async run(input, { keeper, account, need }, call, standing) {
      ensure(isLiving(keeper) && (need === null || need.subdistrictId === keeper.subdistrictId), 'NOT_FOUND')
      ensure(keeper.person === null || keeper.person.standing === 'verified', 'UNVERIFIED')
      const by = byOf(call.actor, standing)
      const id = entryId(keeper._id, need === null ? 'donatedToPot' : 'giftOut', call)
      const key = id.slice(id.indexOf('_') + 1)
      if (need !== null) ensureTakes(need, keeper._id, input.amount)
      const { answer } = await postOnce(account, call.request, (current) => ({
        drafts: need === null ? donateToPot(current, key, input.amount, by) : donateToNeed(current, key, need, input.amount, by), answer: { entryId: id, balance: current.balances.spendable - input.amount },
      }), call.now)
      return answer
    },
  }),

  'points.giveChoices': handler('points.giveChoices', {
    load: withPassbook,
    async run(_input, { keeper, account }, { actor, today }) {
      const me = await getPerson(actor.personId)
      const [subdistrict, family, needs] = await Promise.all([getSubdistrict(me.subdistrictId), familyOf(me, today), openNeedsOf(me.subdistrictId)])
      return {
        cover: coverOf(account, keeper, subdistrict, actor, today),
        people: family.map((person) => ({ personId: person._id, name: person.name, communityName: communityName(subdistrict, person.communityId), kinship: me.delegates[person._id]?.kinship ?? null })),
        leftThisMonth: leftToGive(account, policyOn(subdistrict.pointsPolicies, today)?.giftMonthLimit ?? 0, today),
        potName: `${communityName(subdistrict, me.communityId)}爱心池`, needs: needViews(needs.filter((need) => need.elderId !== me._id), subdistrict, actor, me.communityId),
      }
    },
  }),

  'points.visitOffer': handler('points.visitOffer', {
    load: withBooking,
    async run(_input, { booking, elder }, { actor, today, now }) {
      const paid = booking.points?.paid ?? null
      const me = actor.personId === elder._id ? elder : await getPerson(actor.personId)
      const payer = paid === null ? null : paid.ownerId === elder._id ? elder : paid.ownerId === me._id ? me : await getPerson(paid.ownerId)
      const isOpen = isPayable(booking) && now < booking.startsAt && paid?.state !== 'held'
      const reward = isOpen ? await careRewardFor(booking, today) : null
      const could = reward === null ? [] : [elder, ...(me._id !== elder._id && isBound(me, elder, today) ? [me] : [])].filter((person) => person.standing === 'verified' && maySpend(actor, person, today))
      const accounts = await Promise.all(could.map((person) => findAccountOf(person._id)))
      return {
        offer: reward && { rewardId: reward._id, rewardName: reward.name, points: reward.points },
        payers: could.map((person, index) => {
          const spendable = accounts[index]?.balances.spendable ?? 0
          return { personId: person._id, name: person.name, isMe: person._id === actor.personId, spendable, isEnough: spendable >= (reward?.points ?? 0) }
        }),
        paid: paid && payer && { points: paid.points, payerName: payer.name, mayUndo: paid.state === 'held' && isPayable(booking) && now < booking.startsAt && maySpend(actor, payer, today), state: paid.state },
      }
    },
  }),

  'points.payVisit': handler('points.payVisit', {
    load: withPayment,
    async run(_input, { owner, account, booking, elder }, { actor, request, now, today }, standing) {
      ensure(booking.subdistrictId === owner.subdistrictId && (owner._id === elder._id || isBound(owner, elder, today)), 'NOT_FOUND')
      const isMine = booking.points?.paid?.holdId === holdIdOf(request, owner._id)
      ensure(isMine || (isPayable(booking) && now < booking.startsAt), 'WRONG_STATE', { status: booking.status })
      ensure(isMine || booking.points?.paid?.state !== 'held', 'WRONG_STATE', { status: 'paid' })
      const reward = isMine ? await getReward(booking.points.paid.rewardId) : await careRewardFor(booking, today)
      if (reward === null) throw new DomainError('NOT_OFFERED', { why: 'closed' })
      const { holdId, points, balance } = await redeem({ owner, account, reward, forElder: elder._id === owner._id ? null : elder, booking, by: byOf(actor, standing, owner) }, request, now)
      const after = await get<Booking>('bookings', booking._id)
      // Given up, or paid by somebody else, in this very moment: the points are back already.
      ensure(after.points?.paid?.holdId === holdId, 'WRONG_STATE', { status: after.points?.paid?.state === 'held' ? 'paid' : after.status })
      return { holdId, points, balance }
    },
  }),

  'points.unpayVisit': handler('points.unpayVisit', {
    async load(input) {
      const booking = await get<Booking>('bookings', input.bookingId)
      const paid = booking.points?.paid
      if (paid === undefined) throw new DomainError('NOT_FOUND')
      return { ...(await withSpender({ personId: paid.ownerId })), booking, holdId: paid.holdId }
    },
    async run(_input, { owner, account, booking, holdId }, { actor, request, now }, standing) {
      ensure(isPayable(booking) && now < booking.startsAt, 'WRONG_STATE', { status: booking.status })
      const by = byOf(actor, standing, owner)
      const { answer } = await postOnce(account, request, (current) => {
        ensure(current.holds[holdId] !== undefined, 'WRONG_STATE', { status: 'returned' })
        return { ...giveBack(current, holdId, 'cancelled', by), answer: { balance: current.balances.spendable + openHold(current, holdId).points } }
      }, now)
      return answer
    },
  }),

  'points.reverse': handler('points.reverse', {
    async load(input) {
      const entry = await get<PointsEntry>('pointsEntries', input.entryId)
      return { subject: { subdistrictId: entry.subdistrictId }, entry }
    },
    async run(input, { entry }, call, standing) {
      const keeper = await keeperOf(entry.ownerId)
      ensure(!isNear(keeper, call.actor.personId), 'OWN_CASE')
      await ensureAllowedText(call.openid, input.reason)
      const { account, isNew, reversal } = await reverseEntry(entry, input.reason, byOf(call.actor, standing), call.now)
      // The same word of the same person is the same request that lost its answer.
      ensure(isNew || (reversal.by.personId === call.actor.personId && reversal.words === input.reason), 'WRONG_STATE', { status: 'reversed' })
      return { entryId: reversal._id, balance: isNew ? account.balances.spendable : reversal.balance }
    },
  }),

  'points.byHand': handler('points.byHand', {
    async load(input) {
      const keeper = await keeperOf(input.ownerId)
      ensure(isLiving(keeper) && keeper._id === (keeper.person?._id ?? keeper._id), 'NOT_FOUND')
      return { subject: { subdistrictId: keeper.subdistrictId }, keeper }
    },
    async run(input, { keeper }, call, standing) {
      await ensureAllowedText(call.openid, `${input.words} ${input.reason}`)
      const limit = policyOn((await getSubdistrict(keeper.subdistrictId)).pointsPolicies, call.today)?.byHandLimit ?? 0
      const byHand = await createOnce('pointsByHand', enter({
        _id: derivedId('bh', call.request.key), subdistrictId: keeper.subdistrictId, communityId: keeper.communityId, ownerId: keeper._id, ownerName: keeper.name, isGroup: keeper.kind === 'group', nearIds: keeper.nearIds,
        amount: input.amount, words: input.words, reason: input.reason, by: byOf(call.actor, standing), at: call.now, madeBy: call.request,
      }, limit))
      const isCredited = await settleByHand(byHand, call.now)
      return { byHandId: byHand._id, status: byHand.status === 'waiting' ? 'waiting' as const : 'approved' as const, entryId: isCredited ? credited(byHand).id : null }
    },
  }),

  'points.byHandList': handler('points.byHandList', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      const { subdistrictId } = actor
      const [subdistrict, waiting, page] = await Promise.all([
        getSubdistrict(subdistrictId), find<ByHand>('pointsByHand', { subdistrictId, status: 'waiting' }, { by: 'at', direction: 'asc' }, 50), pageBy<ByHand>('pointsByHand', { subdistrictId }, 'at', 'desc', input.cursor, PAGE),
      ])
      const view = (byHand: ByHand) => byHandView(byHand, subdistrict, actor)
      return { limit: policyOn(subdistrict.pointsPolicies, today)?.byHandLimit ?? 0, waiting: waiting.map(view), items: page.items.filter((byHand) => byHand.status !== 'waiting').map(view), nextCursor: page.nextCursor }
    },
  }),

  'points.byHandDecide': handler('points.byHandDecide', {
    async load(input) {
      const byHand = await get<ByHand>('pointsByHand', input.byHandId)
      return { subject: { subdistrictId: byHand.subdistrictId }, remembersIn: byHand, byHand }
    },
    async run(input, { byHand }, call, standing) {
      const reason = input.reason === undefined || input.reason === '' ? null : input.reason
      await ensureAllowedText(call.openid, reason)
      const answer = { status: input.isApproved ? ('approved' as const) : ('refused' as const), entryId: input.isApproved ? credited(byHand).id : null }
      const { document } = await changeOnce('pointsByHand', byHand, call.request, (current) => ({ next: decide(current, input.isApproved, byOf(call.actor, standing), reason, call.now), answer }))
      await settleByHand(document, call.now)
      return answer
    },
  }),
}
