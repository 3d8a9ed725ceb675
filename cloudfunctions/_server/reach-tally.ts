/** A notice's figures, summed by the database from the ledger, and kept for a moment so that many eyes cost one look. */
import type { Notice } from '../../src/domain/notice'
import { isReached, noReach, reachStates, type ReachCounts, type ReachState, type Receipt } from '../../src/domain/reach'
import { command, groupOf, put, read } from './cloud'

export interface Tally {
  readonly _id: string
  readonly at: number
  /** the notice is past its time and nothing of it changes any more */
  readonly isFinal: boolean
  readonly counts: ReachCounts
  readonly communities: readonly { readonly communityId: string; readonly addressed: number; readonly reached: number; readonly toCall: number; readonly toVisit: number }[]
  readonly buildings: readonly { readonly building: string | null; readonly addressed: number; readonly reached: number }[]
  readonly overTime: readonly { readonly until: number; readonly reached: number }[]
  readonly helpOpen: number
  /** of those to whom it was sent: to family, in their place; absent: kept before it was counted */
  readonly sentToFamily?: number
}

/** How old a figure may be, ms. */
const FRESH = 15_000
/** Spans of the plot. */
const SPANS = 12
const REACHED = reachStates.filter(isReached)
const HELPING = ['open', 'taken']

interface Place {
  readonly communityId: string
  readonly state: ReachState
  readonly duty: Receipt['duty']
  readonly isToFamily: boolean
}

/** Who moved away without an answer belongs to nobody's figures any more; who answered is counted where they answered. */
const counted = (state: ReachState, hasMovedAway: boolean | null): boolean => hasMovedAway !== true || isReached(state)

/** Three questions whose groups stay far below what one answer holds: by community, by building, over time. */
async function groupsOf(notice: Notice, span: number) {
  const lines = { noticeId: notice._id }
  const isOnePlace = notice.audience.communityIds.length === 1
  const [places, buildings, spans, helping] = await Promise.all([
    groupOf<{ _id: { c: string; s: ReachState; d: Receipt['duty']; m: boolean | null; f: boolean | null }; n: number }>('noticeReceipts', lines, { _id: { c: '$communityId', s: '$state', d: '$duty', m: '$hasMovedAway', f: '$isSentToFamily' }, n: { $sum: 1 } }),
    isOnePlace ? groupOf<{ _id: { b: string | null; r: boolean; m: boolean | null }; n: number }>('noticeReceipts', lines, { _id: { b: '$building', r: { $in: ['$state', REACHED] }, m: '$hasMovedAway' }, n: { $sum: 1 } }) : [],
    groupOf<{ _id: number; n: number }>('noticeReceipts', { ...lines, state: command.in(REACHED) }, { _id: { $floor: { $divide: [{ $subtract: ['$stateAt', notice.listedAt] }, span] } }, n: { $sum: 1 } }),
    groupOf<{ _id: null; n: number }>('noticeReceipts', { ...lines, 'help.state': command.in(HELPING) }, { _id: null, n: { $sum: 1 } }),
  ])
  return {
    places: places.filter(({ _id }) => counted(_id.s, _id.m)).map(({ _id, n }) => ({ communityId: _id.c, state: _id.s, duty: _id.d, isToFamily: _id.f === true, count: n })),
    buildings: buildings.filter(({ _id }) => _id.r || _id.m !== true).map(({ _id, n }) => ({ building: _id.b, isReached: _id.r, count: n })),
    spans: spans.map(({ _id, n }) => ({ span: _id, count: n })), helpOpen: helping[0]?.n ?? 0,
  }
}

function sum<T extends { readonly count: number }>(of: readonly T[], fits: (group: T) => boolean = () => true): number {
  return of.reduce((total, group) => total + (fits(group) ? group.count : 0), 0)
}

export async function tallyOf(notice: Notice, now: number): Promise<Tally> {
  const kept = await read<Tally>('reachTallies', notice._id)
  const isFinal = (notice.isOver || notice.status === 'withdrawn') && notice.lines === null
  if (kept !== null && (kept.isFinal || (!isFinal && kept.at > now - FRESH))) return kept
  const span = Math.max(60_000, Math.ceil((Math.min(now, notice.validUntil) - notice.listedAt) / SPANS))
  const { places, buildings, spans, helpOpen } = await groupsOf(notice, span)
  const isIn = ({ state }: Place): boolean => isReached(state)
  const tally: Tally = {
    _id: notice._id, at: now, isFinal, helpOpen, sentToFamily: sum(places, (group) => group.state === 'sent' && group.isToFamily),
    counts: Object.fromEntries(Object.keys(noReach).map((state) => [state, sum(places, (group) => group.state === state)])) as ReachCounts,
    communities: [...new Set([...notice.audience.communityIds, ...places.map((group) => group.communityId)])].map((communityId) => {
      const here = places.filter((group) => group.communityId === communityId)
      return { communityId, addressed: sum(here), reached: sum(here, isIn), toCall: sum(here, (group) => group.duty === 'call'), toVisit: sum(here, (group) => group.duty === 'visit') }
    }),
    // Buildings tell something within one community; over several their numbers repeat.
    buildings: [...new Set(buildings.map((group) => group.building))].sort((a, b) => Number(a ?? 1e6) - Number(b ?? 1e6)).map((building) => {
      const here = buildings.filter((group) => group.building === building)
      return { building, addressed: sum(here), reached: sum(here, (group) => group.isReached) }
    }),
    overTime: Array.from({ length: SPANS }, (_, index) => ({ until: Math.min(notice.listedAt + (index + 1) * span, now), reached: sum(spans, (group) => group.span <= index) })),
  }
  const { _id, ...figures } = tally
  await put('reachTallies', _id, figures)
  return tally
}
