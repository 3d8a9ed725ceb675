/** Handlers of the doubts in src/contract/auditing.ts: listed, opened with their entries, decided by an admin who is not concerned. */
import { civilDate } from '../../src/domain/civil-time'
import { ensure } from '../../src/domain/error'
import { decideFlag, isConcerned, type PointsFlag } from '../../src/domain/fraud'
import type { Group } from '../../src/domain/group'
import type { Person } from '../../src/domain/person'
import { hasRole, type Actor } from '../../src/domain/role'
import { changeOnce } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { getFlag, servicesBehind, settleFlag } from '../_server/flags'
import { pageBy } from '../_server/pages'
import { byOf, communityName, getSubdistrict } from '../_server/people'
import { communitiesOf } from '../_server/residents'
import { entriesById, IDS_AT_ONCE } from '../_server/seals'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'

const PAGE = 20

type Known = Pick<Person, '_id' | 'name' | 'kinIds'>

/** People, and groups, by id; 100 at a time. */
async function named(ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const all = [...new Set(ids)]
  const known = new Map<string, Known>()
  for (let index = 0; index < all.length; index += IDS_AT_ONCE) {
    const some = all.slice(index, index + IDS_AT_ONCE)
    for (const person of await find<Person>('people', { _id: command.in(some) }, null, IDS_AT_ONCE, ['name', 'kinIds'])) known.set(person._id, person)
    const left = some.filter((id) => !known.has(id))
    if (left.length > 0) for (const group of await find<Group>('groups', { _id: command.in(left) }, null, IDS_AT_ONCE)) known.set(group._id, { _id: group._id, name: group.name, kinIds: group.memberIds })
  }
  return known
}

const briefOf = (flag: PointsFlag, known: ReadonlyMap<string, Known>, placeName: (communityId: string) => string) => ({
  flagId: flag._id, rule: flag.rule, status: flag.status, words: flag.words, people: flag.people.map((one) => ({ ...one, name: known.get(one.personId)?.name ?? '' })), communityName: placeName(flag.communityId), at: flag.at, entries: flag.entryIds.length, points: flag.points,
})

/** An admin sees the whole subdistrict, a social worker their communities. */
const isTheirs = (flag: PointsFlag, actor: Actor): boolean => hasRole(actor, 'admin') || communitiesOf(actor).includes(flag.communityId)

async function withFlag(input: { readonly flagId: string }) {
  const flag = await getFlag(input.flagId)
  return { subject: { subdistrictId: flag.subdistrictId, communityId: flag.communityId }, flag, known: await named(flag.people.map((one) => one.personId)) }
}

export const flagHandlers = {
  'flag.list': handler('flag.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const [subdistrict, { items, nextCursor }] = await Promise.all([getSubdistrict(actor.subdistrictId), pageBy<PointsFlag>('pointsFlags', { subdistrictId: actor.subdistrictId, isOpen: input.status === 'open' }, 'at', 'desc', input.cursor, PAGE)])
      const theirs = items.filter((flag) => isTheirs(flag, actor))
      const known = await named(theirs.flatMap((flag) => flag.people.map((one) => one.personId)))
      return { items: theirs.map((flag) => briefOf(flag, known, (communityId) => communityName(subdistrict, communityId))), nextCursor }
    },
  }),

  'flag.show': handler('flag.show', {
    load: withFlag,
    async run(_input, { flag, known }, { actor }, standing) {
      const [subdistrict, entries, reversals] = await Promise.all([getSubdistrict(flag.subdistrictId), entriesById(flag.entryIds), entriesById(flag.entryIds.map((id) => `reversal_${id}`))])
      const shown = flag.entryIds.flatMap((id) => entries.get(id) ?? []).sort((a, b) => a.at - b.at || (a._id < b._id ? -1 : 1))
      const [services, owners] = await Promise.all([servicesBehind(shown), named(shown.map((entry) => entry.ownerId))])
      const placeName = (communityId: string): string => communityName(subdistrict, communityId)
      const mayDecide = flag.status === 'open' && standing.role === 'admin' && !isConcerned(flag, actor.personId, (id) => known.get(id)?.kinIds ?? [])
      return {
        ...briefOf(flag, known, placeName),
        lines: shown.map((entry) => {
          const served = services.get(entry._id)
          return {
            entryId: entry._id, at: entry.at, onDate: entry.work?.onDate ?? civilDate(entry.at), words: entry.words, amount: entry.amount, ownerName: owners.get(entry.ownerId)?.name ?? '', aboutName: entry.about?.name ?? null, byName: entry.by.name,
            evidence: { ...entry.evidence }, from: served?.from ?? null, until: served?.until ?? null, placeName: served === undefined || served.placeId === null ? null : placeName(served.placeId), isReversed: reversals.has(`reversal_${entry._id}`),
          }
        }),
        decided: flag.decided === null ? null : { byName: flag.decided.by.name, at: flag.decided.at, reason: flag.decided.reason, ...(flag.outcome ?? { reversed: 0, taken: 0, shortBy: 0 }) },
        acts: mayDecide ? (['dismiss', 'confirm'] as const).slice() : [],
      }
    },
  }),

  'flag.decide': handler('flag.decide', {
    load: withFlag,
    async run(input, { flag, known }, call, standing) {
      ensure(!isConcerned(flag, call.actor.personId, (id) => known.get(id)?.kinIds ?? []), 'OWN_CASE')
      await ensureAllowedText(call.openid, input.reason)
      const { document } = await changeOnce('pointsFlags', flag, call.request, (current) => ({ next: decideFlag(current, input.decision, input.reason, input.entryIds ?? null, byOf(call.actor, standing), call.now), answer: null }))
      // Whoever comes second, or again after a crash, ends what the decision began.
      return settleFlag(document, call.now)
    },
  }),
}
