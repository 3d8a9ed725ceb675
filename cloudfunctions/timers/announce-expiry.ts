/**
 * Every night: whose points expire soon is told, once for each owner and month. Passbooks are looked at a page at a time,
 * what is told already stands there under its own id: killed half-way, the next run goes on. Nothing is read while
 * nothing is to be announced.
 */
import { civilDate } from '../../src/domain/civil-time'
import { announced, expiring } from '../../src/domain/expiry'
import type { Group } from '../../src/domain/group'
import type { PointsAccount } from '../../src/domain/ledger'
import type { Message } from '../../src/domain/message'
import type { Person } from '../../src/domain/person'
import { command, find } from '../_server/cloud'
import { expiryMessageId, queueExpiry } from '../_server/messages'
import { each } from './each'
import { allSubdistricts } from './seal-day'

const PAGE = 100
/** Messages written in one run; the rest has its turn an hour later. */
const AT_MOST = 2000

export async function announceExpiry(now: number): Promise<{ readonly looked: number; readonly told: number; readonly failed: number }> {
  const today = civilDate(now)
  const done = { looked: 0, told: 0, failed: 0 }
  for (const { _id: subdistrictId, pointsPolicies } of await allSubdistricts()) {
    if (announced(pointsPolicies, today).length === 0) continue
    for (let after = ''; done.told < AT_MOST; ) {
      const page = await find<PointsAccount>('pointsAccounts', { subdistrictId, _id: command.gt(after) }, { by: '_id', direction: 'asc' }, PAGE, ['kind', 'months'])
      const due = page.flatMap((account) => {
        const soon = expiring(account, pointsPolicies, today)
        return soon === null ? [] : [{ _id: account._id, kind: account.kind, messageId: expiryMessageId(account._id, soon.onDate), soon }]
      })
      const known = due.length === 0 ? new Set<string>() : new Set((await find<Message>('messages', { _id: command.in(due.map((one) => one.messageId)) }, null, PAGE, ['version'])).map((message) => message._id))
      const open = due.filter((one) => !known.has(one.messageId))
      const { people, groups } = await ownersOf(open)
      done.failed += await each(open, async ({ _id, soon }) => {
        const group = groups.get(_id)
        const to = people.get(group?.leaderId ?? _id)
        // Behind a record that was merged or erased nobody is left; what is in its passbook is moved by the clock.
        if (to === undefined || to.standing === 'erased' || to.standing === 'left' || to.mergedInto !== null) return
        if (await queueExpiry(group ?? to, to, soon, now)) done.told += 1
      })
      done.looked += page.length
      const last = page.at(-1)
      if (page.length < PAGE || last === undefined) break
      after = last._id
    }
  }
  return done
}

async function ownersOf(owners: readonly { readonly _id: string; readonly kind: PointsAccount['kind'] }[]): Promise<{ readonly people: ReadonlyMap<string, Person>; readonly groups: ReadonlyMap<string, Group> }> {
  const byId = <T extends { readonly _id: string }>(found: readonly T[]): ReadonlyMap<string, T> => new Map(found.map((one) => [one._id, one]))
  const groupIds = owners.filter((owner) => owner.kind === 'group').map((owner) => owner._id)
  const groups = byId(groupIds.length === 0 ? [] : await find<Group>('groups', { _id: command.in(groupIds) }, null, PAGE))
  const personIds = [...new Set(owners.map((owner) => groups.get(owner._id)?.leaderId ?? owner._id))]
  return { groups, people: byId(personIds.length === 0 ? [] : await find<Person>('people', { _id: command.in(personIds) }, null, PAGE)) }
}
