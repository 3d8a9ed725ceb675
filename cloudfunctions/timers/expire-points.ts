/** Every night: what the policy lets expire leaves the passbooks, each month once. Without such a policy nothing is read. */
import { civilDate } from '../../src/domain/civil-time'
import { endingAt, expired } from '../../src/domain/expiry'
import type { PointsAccount } from '../../src/domain/ledger'
import { monthOf } from '../../src/domain/meal-policy'
import type { Subdistrict } from '../../src/domain/service-item'
import { command, find } from '../_server/cloud'
import { postOnce } from '../_server/ledger'
import { each } from './each'

const PAGE = 500
/** Passbooks written in one run; the rest has its turn the next night. */
const AT_MOST = 1000

export async function expirePoints(now: number): Promise<{ readonly looked: number; readonly expired: number; readonly failed: number }> {
  const today = civilDate(now)
  const done = { looked: 0, expired: 0, failed: 0 }
  for (const subdistrict of await find<Subdistrict>('subdistricts', { _id: command.gt('') }, { by: '_id', direction: 'asc' }, 1000)) {
    const policies = subdistrict.pointsPolicies
    if (endingAt(policies, monthOf(today)) === null) continue
    for (let after = ''; done.expired < AT_MOST; ) {
      const page = await find<PointsAccount>('pointsAccounts', { subdistrictId: subdistrict._id, _id: command.gt(after) }, { by: '_id', direction: 'asc' }, PAGE)
      done.failed += await each(page.filter((account) => (account.frozen ?? null) === null && expired(account, policies, today) !== null), async (account) => {
        const { isNew } = await postOnce(account, null, (current) => {
          const draft = (current.frozen ?? null) === null ? expired(current, policies, today) : null
          return { drafts: draft === null ? [] : [draft], answer: null }
        }, now)
        if (isNew) done.expired += 1
      })
      done.looked += page.length
      const last = page.at(-1)
      if (page.length < PAGE || last === undefined) break
      after = last._id
    }
  }
  return done
}
