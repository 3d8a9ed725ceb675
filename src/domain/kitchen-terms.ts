/** What the subdistrict settles about a kitchen: whom it serves, how, where, and until when it takes orders. */
import { ensure } from './error'
import type { Kitchen, SittingHours } from './kitchen'
import { sittings } from './meal'

export type KitchenTerms = Pick<Kitchen, 'name' | 'phone' | 'communityIds' | 'ways' | 'sites' | 'hours' | 'isOpen'>

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length

/** Served for a while, and ordered before that begins. */
const areHours = (hours: SittingHours | null): boolean =>
  hours === null || (hours.fromMinute < hours.untilMinute && (hours.cutoffDaysBefore > 0 || hours.cutoffMinute < hours.fromMinute))

/** @throws BAD_INPUT {field} for hours that cannot be, or no sitting at all */
export const ensureHours = (hours: Kitchen['hours']): void =>
  ensure(sittings.some((sitting) => hours[sitting] !== null) && sittings.every((sitting) => areHours(hours[sitting])), 'BAD_INPUT', { field: 'hours' })

/** @throws BAD_INPUT {field} for communities that the subdistrict does not have, a way that needs a site without one, hours that cannot be */
export function ensureKitchenTerms(terms: KitchenTerms, communityIds: readonly string[]): void {
  ensure(isUnique(terms.communityIds) && terms.communityIds.every((id) => communityIds.includes(id)), 'BAD_INPUT', { field: 'communityIds' })
  ensure(isUnique(terms.ways), 'BAD_INPUT', { field: 'ways' })
  const needsSite = terms.ways.some((way) => way !== 'delivery')
  ensure(isUnique(terms.sites.map((site) => site.siteId)) && (!needsSite || terms.sites.length > 0), 'BAD_INPUT', { field: 'sites' })
  ensureHours(terms.hours)
}
