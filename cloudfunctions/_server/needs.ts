/** Needs in the database, and as neighbours and staff read them. */
import type { OutputOf } from '../../src/contract'
import type { Need } from '../../src/domain/needs'
import type { Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { command, find } from './cloud'
import { communityName } from './people'
import { communitiesOf } from './residents'

/** Far more than wait at a time, and than staff look back on. */
const OPEN_AT_MOST = 100

export const openNeedsOf = (subdistrictId: string): Promise<Need[]> => find<Need>('needs', { subdistrictId, status: 'open' }, { by: 'openedAt', direction: 'asc' }, OPEN_AT_MOST)
/** Of some communities, newest first, closed ones among them. */
export const needsIn = (communityIds: readonly string[]): Promise<Need[]> => (communityIds.length === 0 ? Promise.resolve([]) : find<Need>('needs', { communityId: command.in(communityIds) }, { by: 'openedAt', direction: 'desc' }, OPEN_AT_MOST))
export const openNeedOf = async (elderId: string): Promise<Need | null> => (await find<Need>('needs', { elderId }, null, OPEN_AT_MOST)).find((need) => need.status === 'open') ?? null

/** One's own community first. The elder is named to the social workers of the place alone. */
export const needViews = (needs: readonly Need[], subdistrict: Subdistrict, actor: Actor, communityId: string): OutputOf<'need.list'>['items'] => {
  const near = (need: Need): number => (need.communityId === communityId ? 0 : 1)
  return [...needs].sort((a, b) => near(a) - near(b)).map((need) => ({
    needId: need._id, communityName: communityName(subdistrict, need.communityId), words: need.words, wanted: need.wanted, given: need.given, openedAt: need.openedAt, isOpen: need.status === 'open', closed: need.closed && { at: need.closed.at, words: need.closed.words },
    elderName: communitiesOf(actor).includes(need.communityId) ? need.elderName : null, isMine: need.elderId === actor.personId,
  }))
}
