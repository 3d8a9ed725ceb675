/** Handlers of the ledger's part of src/contract/auditing.ts: whether everything adds up, and the seal of a day. */
import { civilDate, MINUTE } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import { EXPIRED, FUND, TRANSIT, type PointsAccount } from '../../src/domain/ledger'
import { shortHash, type DayRollup, type DaySeal, type Totals, type Unfit } from '../../src/domain/seal'
import { answeredBefore, get, remembered, save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { findLedgerCheck, newWalk, openLedgerCheck, resultOf, walkOn, type LedgerCheck } from '../_server/ledger-check'
import { findSeal, lookAtCopy, lookAtPiece, piecesOf, sealsUpTo } from '../_server/seals'
import { aboutNobody, handler } from '../_server/serve'

/** How long nobody presses again after a check was finished, ms. */
const PAUSE = 5 * MINUTE
/** What one call looks at: a call lives 20 s. */
const STRETCH = { steps: 24, ms: 6_000 }
const ATTEMPTS = 8
/** Sealed days on the public page. */
const DAYS = 7
/** Passbooks with something that waits to be collected, in one look. */
const HOLDING_AT_MOST = 1000
/** Pieces of a day that one look takes. */
const PIECES = 12

const sumOver = (accounts: Totals['accounts'], prefix: string): number => Object.entries(accounts).reduce((sum, [account, points]) => sum + (account.startsWith(prefix) ? points : 0), 0)
const given = ({ accounts }: DayRollup): number => Math.max(0, -(accounts[FUND] ?? 0))
const briefOf = ({ onDate, count, rollup, hash }: DaySeal) => ({ onDate, entries: count, given: given(rollup), spent: sumOver(rollup.accounts, 'merchant_'), shortHash: shortHash(hash) })

const sumsOf = ({ accounts, purses }: Totals) => ({
  issued: given({ accounts } as DayRollup), ...purses, pots: sumOver(accounts, 'pot_'), spent: sumOver(accounts, 'merchant_'), expired: accounts[EXPIRED] ?? 0, onTheWay: accounts[TRANSIT] ?? 0,
})

/** What is held in a subdistrict's passbooks at this moment; null: more of them than one look counts. */
async function heldNowIn(subdistrictId: string): Promise<number | null> {
  const holding = await find<PointsAccount>('pointsAccounts', { subdistrictId, holdEndsAt: command.gt(0) }, { by: 'holdEndsAt', direction: 'asc' }, HOLDING_AT_MOST, ['balances'])
  return holding.length === HOLDING_AT_MOST ? null : holding.reduce((sum, { balances }) => sum + balances.held, 0)
}

/** Every piece of a day, as far as one look takes. */
async function lookAt(seal: DaySeal, now: number): Promise<{ readonly fits: boolean; readonly unfit: Unfit | null; readonly copyFits: boolean | null; readonly isPartial: boolean }> {
  const pieces = piecesOf(seal)
  let unfit: Unfit | null = null
  for (let piece = 0; piece < Math.min(pieces, PIECES) && unfit === null; piece++) unfit = (await lookAtPiece(seal, piece)).unfit
  const copy = await lookAtCopy(seal, now)
  return { fits: unfit === null && copy.unfit === null, unfit: unfit ?? copy.unfit, copyFits: copy.unfit !== null ? false : copy.isThere ? true : null, isPartial: pieces > PIECES }
}

function answerOf({ result, walk }: Pick<LedgerCheck, 'result' | 'walk'>, now: number) {
  return walk === null && result !== null
    ? { isFinished: true, at: result.at, entries: result.entries, checks: result.checks.map((check) => ({ ...check, broken: [...check.broken] })), unfit: result.unfit }
    : { isFinished: false, at: now, entries: walk?.entries ?? 0, checks: [], unfit: null }
}

export const auditingHandlers = {
  'ledger.public': handler('ledger.public', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      const [seals, check, heldNow] = await Promise.all([sealsUpTo(actor.subdistrictId, today, DAYS), findLedgerCheck(actor.subdistrictId), input.withHeld === true ? heldNowIn(actor.subdistrictId) : undefined])
      const [last] = seals
      const result = check?.result ?? null
      const isTrue = result !== null && result.unfit === null && result.checks.every((one) => one.holds)
      return {
        ...(heldNow === undefined ? {} : { heldNow }),
        state: result === null ? ('notYet' as const) : isTrue ? ('allTrue' as const) : ('lookedAt' as const), checkedAt: result?.at ?? null, unfitOn: result?.unfit?.onDate ?? null, unfitHow: result?.unfit?.how ?? null,
        sealedOn: last?.onDate ?? null, sealedAt: last?.sealedAt ?? null, shortHash: last === undefined ? null : shortHash(last.hash), entries: last?.totals.entries ?? 0,
        sums: sumsOf(last?.totals ?? { entries: 0, accounts: {}, purses: { spendable: 0, held: 0, pending: 0 } }),
        checks: (result?.checks ?? []).map(({ law, holds, checked }) => ({ law, holds, checked })), days: seals.map(briefOf),
      }
    },
  }),

  'ledger.check': handler('ledger.check', {
    isFoundByKey: true,
    async load(_input, { actor }) {
      const check = await findLedgerCheck(actor.subdistrictId)
      return { subject: {}, remembersIn: check, check }
    },
    async run({ isAnew = false }, { check }, { actor, now, request }) {
      let current = check ?? (await openLedgerCheck(actor.subdistrictId))
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const before = answeredBefore(current.requests, request)
        if (before !== null) return before.answer as ReturnType<typeof answerOf>
        const isNew = isAnew || current.walk === null
        const lastAt = isNew ? Math.max(current.result?.at ?? 0, current.walkingSince ?? 0) : 0
        ensure(lastAt <= now - PAUSE, 'TOO_MANY_ATTEMPTS', { until: lastAt + PAUSE })
        const walk = await walkOn(actor.subdistrictId, isNew || current.walk === null ? await newWalk(actor.subdistrictId, now) : current.walk, STRETCH, now)
        const isDone = walk.phase === 'done'
        const next = { ...current, walk: isDone ? null : walk, walkingSince: isDone ? null : walk.startedAt, result: isDone ? resultOf(walk, now) : current.result }
        const answer = answerOf(next, now)
        if (await save('ledgerChecks', current, { ...next, requests: remembered(current.requests, request, answer, now) })) return answer
        current = await get<LedgerCheck>('ledgerChecks', current._id)
      }
      throw new DomainError('TRY_AGAIN')
    },
  }),

  'ledger.seal': handler('ledger.seal', {
    load: aboutNobody,
    async run({ onDate }, _loaded, { actor, now }, standing) {
      const seal = onDate > civilDate(now) ? null : await findSeal(actor.subdistrictId, onDate)
      if (seal === null) throw new DomainError('NOT_FOUND')
      const kinds = Object.entries(seal.rollup.kinds).map(([kind, { count, points }]) => ({ kind, count, points }))
      return {
        onDate, sealedAt: seal.sealedAt, entries: seal.count, hash: seal.hash, shortHash: shortHash(seal.hash), before: seal.before === '' ? null : seal.before, kinds,
        isStoredApart: seal.storedAs !== null, look: standing.role === 'resident' ? null : await lookAt(seal, now),
      }
    },
  }),
}
