/** Handlers of what is published about points in src/contract/rewards.ts: the month's figures, and the entries behind each of them. */
import { instantOf, monthAfter } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { EntryKind, PointsEntry } from '../../src/domain/ledger'
import { coverageOf, figureKinds, figureOf, figures, fraudOf, worthOf, type PointsReport } from '../../src/domain/points-report'
import { hasRole } from '../../src/domain/role'
import { command, find } from '../_server/cloud'
import { cursorOf, placeIn } from '../_server/pages'
import { communityName, getSubdistrict } from '../_server/people'
import { aboutNobody, handler } from '../_server/serve'

const MONTHS = 24
const PAGE = 30
/** Entries of one moment that a page can meet, ties of the cursor's own moment among them. */
const TIES = 20

/** Newest first; entries of one moment by their ids. */
const newestFirst = (a: PointsEntry, b: PointsEntry): number => b.at - a.at || (a._id < b._id ? 1 : -1)

/** A page over entries of several kinds, each of which an index holds in the order of time. */
async function entriesOf(subdistrictId: string, kinds: readonly EntryKind[], from: number, below: number, cursor: string | undefined): Promise<{ readonly items: PointsEntry[]; readonly nextCursor: string | null }> {
  const place = placeIn(cursor)
  const upper = place === null ? command.lt(below) : command.lte(Math.min(below - 1, place.at))
  const pages = await Promise.all(kinds.map((kind) => find<PointsEntry>('pointsEntries', { subdistrictId, kind, at: command.gte(from).and(upper) }, { by: 'at', direction: 'desc' }, PAGE + TIES)))
  const rest = pages.flat().sort(newestFirst).filter((entry) => place === null || entry.at < place.at || (entry.at === place.at && entry._id < place.id))
  const items = rest.slice(0, PAGE)
  const last = items.at(-1)
  return { items, nextCursor: rest.length > PAGE && last !== undefined ? cursorOf(last, last.at) : null }
}

export const pointsReportHandlers = {
  'points.report': handler('points.report', {
    load: aboutNobody,
    async run({ month }, _loaded, { actor }) {
      const reports = await find<PointsReport>('pointsReports', { subdistrictId: actor.subdistrictId }, { by: 'month', direction: 'desc' }, MONTHS)
      const report = month === undefined ? reports[0] : reports.find((one) => one.month === month)
      if (month !== undefined && report === undefined) throw new DomainError('NOT_FOUND')
      const worth = worthOf(report?.offer ?? [])
      return {
        month: report?.month ?? null, upToOn: report?.upToOn ?? null, isFinal: report?.isFinal ?? false,
        months: reports.map((one) => ({ month: one.month, earned: figureOf(one, 'earned').points, collected: figureOf(one, 'collected').points, outstanding: one.outstanding })),
        outstanding: report?.outstanding ?? 0, held: report?.held ?? 0, pots: report?.pots ?? 0, pending: report?.pending ?? 0,
        figures: figures.map((figure) => figureOf(report ?? { kinds: {} }, figure)),
        fraud: { ...(report?.fraud ?? fraudOf([])), mayOpen: hasRole(actor, 'admin') || hasRole(actor, 'socialWorker') },
        waitMs: report === undefined || report.collected.count === 0 ? null : Math.round(report.collected.waitMs / report.collected.count),
        coverage: { worth, percent: coverageOf(worth, report?.outstanding ?? 0), rewards: (report?.offer ?? []).map((line) => ({ ...line })) },
      }
    },
  }),

  'points.records': handler('points.records', {
    load: aboutNobody,
    async run({ month, figure, cursor }, _loaded, { actor }) {
      const first = `${month}-01`
      const [subdistrict, { items, nextCursor }] = await Promise.all([
        getSubdistrict(actor.subdistrictId), entriesOf(actor.subdistrictId, figureKinds[figure], instantOf(first), instantOf(monthAfter(month)), cursor),
      ])
      const isStaff = hasRole(actor, 'admin') || hasRole(actor, 'socialWorker')
      return {
        items: items.map(({ _id, at, onDate, kind, words, amount, communityId }) => ({ entryId: isStaff ? _id : null, at, onDate, kind, words, amount, communityName: communityName(subdistrict, communityId) })), nextCursor,
      }
    },
  }),
}
