/** Handlers of the merchant's counter in src/contract/rewards.ts: look at a code, settle it once, and what the month comes to. */
import type { OutputOf } from '../../src/contract'
import { addDays, instantOf, monthAfter } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { HoldFacts, PointsEntry } from '../../src/domain/ledger'
import { collect } from '../../src/domain/redemption'
import type { Merchant } from '../../src/domain/reward'
import type { Subject } from '../../src/domain/role'
import type { Provider } from '../../src/domain/service-item'
import { CODES_AT_ONCE, ensureSettles, type Counter } from '../../src/domain/voucher'
import { get } from '../_server/aggregate'
import { countFailure, ensureMayTry } from '../_server/attempts'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { derivedId } from '../_server/keys'
import { insertEntry, postOnce } from '../_server/ledger'
import { counterOf, findOldVoucher, findVoucher, merchantsOf, merchantStaff, providersAmong, providersOf, settledBetween, settledPage, whyOld, type Settled } from '../_server/merchants'
import { byOf } from '../_server/people'
import { claimKey, releaseKey } from '../_server/receipts'
import { getReward, rewardsOf } from '../_server/rewards'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

type Line = OutputOf<'merchant.today'>['items'][number]
/** Lines of a page: a day's, and a month's for the table. */
const DAY_PAGE = 50
const MONTH_PAGE = 200

const guessesOf = (openid: string): string => `voucher_${openid}`

/** What the counter hears of a refusal: codes of other places and codes that are none count as wrong guesses. */
async function refused(error: unknown, facts: Pick<HoldFacts, 'merchantIds'> | null, isHere: boolean, call: Call): Promise<unknown> {
  if (!(error instanceof DomainError) || (error.code !== 'VOUCHER_WRONG' && error.code !== 'VOUCHER_ELSEWHERE')) return error
  const left = await countFailure(guessesOf(call.openid), call.now)
  if (error.code === 'VOUCHER_WRONG') return new DomainError('VOUCHER_WRONG', { left })
  const names = facts === null || !isHere ? [] : (await providersAmong(facts.merchantIds)).map((provider) => provider.name)
  return new DomainError('VOUCHER_ELSEWHERE', { names, left })
}

/** Looks at a code that is not open, and refuses it. */
async function refuseOld(code: string, counter: Counter, call: Call): Promise<never> {
  const old = await findOldVoucher(code, counter)
  throw await refused(whyOld(old, counter), old?.made.hold ?? null, old?.made.subdistrictId === counter.subdistrictId, call)
}

const lineOf = (entry: PointsEntry): Line => ({
  entryId: entry._id, at: entry.at, onDate: entry.onDate, rewardName: entry.hold?.rewardName ?? entry.words, points: entry.amount, settleFen: entry.hold?.settleFen ?? 0, byName: entry.by.name, isVisit: entry.hold !== null && entry.hold.bookingId !== null,
})

const totalsOf = (rows: readonly Settled[]) => ({ count: rows.length, points: rows.reduce((sum, row) => sum + row.points, 0), settleFen: rows.reduce((sum, row) => sum + row.settleFen, 0) })

/** By reward, the most expensive together first. */
function byReward(rows: readonly Settled[]) {
  const names = [...new Set(rows.map((row) => row.rewardName))]
  return names.map((rewardName) => ({ rewardName, ...totalsOf(rows.filter((row) => row.rewardName === rewardName)) })).sort((a, b) => b.settleFen - a.settleFen || b.points - a.points)
}

/** The merchant that is meant: the one that is named, else the caller's first. */
async function aboutMerchant(named: string | undefined, call: Call): Promise<{ readonly subject: Subject; readonly provider: Provider | null; readonly counter: Counter }> {
  const counter = counterOf(call.actor)
  const merchantId = named ?? counter.merchantIds[0]
  if (merchantId === undefined) return { subject: { subdistrictId: call.actor.subdistrictId }, provider: null, counter }
  const provider = await get<Provider>('providers', merchantId)
  return { subject: { subdistrictId: provider.subdistrictId, providerId: merchantId }, provider, counter }
}

const mineOf = async (counter: Counter, provider: Provider) => {
  const others = counter.merchantIds.filter((id) => id !== provider._id)
  return [...(counter.merchantIds.includes(provider._id) ? [provider] : []), ...(await providersAmong(others))].map(({ _id, name }) => ({ merchantId: _id, name }))
}

export const merchantHandlers = {
  'merchant.check': handler('merchant.check', {
    load: aboutNobody,
    async run({ code }, _loaded, call) {
      const counter = counterOf(call.actor)
      await ensureMayTry(guessesOf(call.openid), call.now, CODES_AT_ONCE)
      const found = await findVoucher(code, counter)
      if (found === null) return refuseOld(code, counter, call)
      const { account, hold } = found
      try {
        const merchantId = ensureSettles(hold, account.subdistrictId, counter, call.now)
        const [reward, [merchant]] = await Promise.all([getReward(hold.rewardId), providersAmong([merchantId])])
        return {
          rewardName: hold.rewardName, words: reward.words, icon: reward.icon, kind: reward.kind, points: hold.points, settleFen: hold.settleFen, heldAt: hold.heldAt, endsAt: hold.endsAt, merchantId, merchantName: merchant?.name ?? '',
        }
      } catch (error) {
        throw await refused(error, hold, account.subdistrictId === counter.subdistrictId, call)
      }
    },
  }),

  // Seven calls: session, the passbook by its code, the guess (read and entered), the key, the passbook, the entry. The place in
  // the stock stays held until the passbook's entry is followed: what is left of the stock is the same.
  'merchant.settleVoucher': handler('merchant.settleVoucher', {
    isFoundByKey: true,
    // Nothing is said of what was found before the guess is entered, and nothing at all to who is no merchant.
    async load({ code }, { actor }) {
      const counter = counterOf(actor)
      if (counter.merchantIds.length === 0) return { subject: {}, found: null, counter }
      const found = await findVoucher(code, counter)
      const account = found?.account ?? (await findOldVoucher(code, counter))?.account ?? null
      return { subject: {}, found, counter, remembersIn: account }
    },
    async run({ code }, { found, counter }, call, standing) {
      await ensureMayTry(guessesOf(call.openid), call.now, CODES_AT_ONCE)
      if (found === null) return refuseOld(code, counter, call)
      const { account, hold } = found
      const by = byOf(call.actor, standing)
      let isTaken = false
      try {
        ensureSettles(hold, account.subdistrictId, counter, call.now)
        isTaken = await claimKey(call.request, call.now)
        const posted = await postOnce(account, call.request, (current) => {
          const open = current.holds[hold.holdId]
          // Somebody was faster: what became of it stands among the entries.
          if (open === undefined) throw new DomainError('NOT_FOUND')
          const merchantId = ensureSettles(open, current.subdistrictId, counter, call.now)
          const { drafts, account: next } = collect(current, open.holdId, merchantId, by)
          return { drafts, account: next, answer: { entryId: `settled_${open.holdId}`, rewardName: open.rewardName, points: open.points, settleFen: open.settleFen, at: call.now, merchantId } }
        }, call.now, false)
        // The counter's list shows it at once; everything else that follows is brought to its end by the clock.
        for (const entry of posted.entries) await insertEntry(entry)
        return posted.answer
      } catch (error) {
        if (isTaken && error instanceof DomainError) await releaseKey(call.request)
        if (error instanceof DomainError && error.code === 'NOT_FOUND') return refuseOld(code, counter, call)
        throw await refused(error, hold, account.subdistrictId === counter.subdistrictId, call)
      }
    },
  }),

  'merchant.today': handler('merchant.today', {
    load: ({ merchantId }, call) => aboutMerchant(merchantId, call),
    async run({ onDate = '', cursor }, { provider, counter }, { today }) {
      if (provider === null) throw new DomainError('NOT_FOUND')
      const day = onDate === '' ? today : onDate
      const [from, below] = [instantOf(day), instantOf(addDays(day, 1))]
      const [{ items, nextCursor }, sum, mine] = await Promise.all([
        settledPage(provider._id, from, below, 'desc', cursor, DAY_PAGE), cursor === undefined ? settledBetween(provider._id, from, below) : null, mineOf(counter, provider),
      ])
      return { merchantId: provider._id, merchantName: provider.name, mine, onDate: day, items: items.map(lineOf), nextCursor, totals: sum && totalsOf(sum.rows) }
    },
  }),

  'merchant.month': handler('merchant.month', {
    load: ({ merchantId }, call) => aboutMerchant(merchantId, call),
    async run({ month, cursor }, { provider, counter }) {
      if (provider === null) throw new DomainError('BAD_INPUT', { field: 'merchantId' })
      const first = `${month}-01`
      const [from, below] = [instantOf(first), instantOf(monthAfter(month))]
      const [{ items, nextCursor }, sum, mine] = await Promise.all([
        settledPage(provider._id, from, below, 'asc', cursor, MONTH_PAGE), cursor === undefined ? settledBetween(provider._id, from, below) : null, mineOf(counter, provider),
      ])
      return {
        merchantId: provider._id, merchantName: provider.name, mine, month, items: items.map(lineOf), nextCursor, totals: sum && totalsOf(sum.rows), rewards: sum && byReward(sum.rows), isPartial: sum?.isPartial ?? false,
      }
    },
  }),

  'merchant.list': handler('merchant.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor: { subdistrictId } }) {
      const [merchants, providers, rewards] = await Promise.all([merchantsOf(subdistrictId), providersOf(subdistrictId), rewardsOf(subdistrictId)])
      const staff = await merchantStaff(merchants.map((merchant) => merchant._id))
      const namesAt = (id: string): string[] => rewards.flatMap((reward) => (reward.isOpen && reward.merchantIds.includes(id) ? [reward.name] : []))
      const careIds = new Set(rewards.flatMap((reward) => (reward.kind === 'care' ? reward.merchantIds : [])))
      return {
        merchants: merchants.map(({ _id, name, address, phone, isOpen }) => ({ merchantId: _id, name, address, phone, isOpen, staffNames: [...(staff.get(_id) ?? [])], rewardNames: namesAt(_id) })),
        providers: providers.flatMap(({ _id, name, phone }) => (careIds.has(_id) ? [{ merchantId: _id, name, phone, rewardNames: namesAt(_id) }] : [])),
      }
    },
  }),

  'merchant.save': audited('merchant.save', {
    async load({ merchantId }, { actor }) {
      const merchant = merchantId === undefined ? null : await get<Merchant>('merchants', merchantId)
      return { subject: { subdistrictId: merchant?.subdistrictId ?? actor.subdistrictId }, merchant }
    },
    async run({ merchantId: _id, ...terms }, { merchant }, call, standing) {
      const { subdistrictId } = call.actor
      await ensureAllowedText(call.openid, `${terms.name} ${terms.address}`)
      const merchantId = merchant?._id ?? derivedId('m', call.request.key)
      const audit = entryAbout({ _id: merchantId, name: terms.name, subdistrictId }, 'merchantSaved', byOf(call.actor, standing), call.now)
      const answer = { merchantId }
      // A merchant is a provider, too: both carry the same name.
      const provider = { collection: 'providers', document: { _id: merchantId, subdistrictId, name: terms.name, phone: terms.phone } }
      if (merchant === null) {
        const fresh: Merchant = { _id: merchantId, version: 1, subdistrictId, ...terms, requests: {} }
        return (await changeTogether([], call.request, () => ({ next: [] as const, answer, audit, added: [{ collection: 'merchants', document: fresh }, provider] }))).answer
      }
      return (await changeTogether([place<Merchant>('merchants', merchantId)], call.request, ([current]) => ({ next: [{ ...current, ...terms }] as const, answer, audit, added: [provider] }))).answer
    },
  }),
}
