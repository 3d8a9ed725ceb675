/**
 * Organisations 服务机构 that deliver from the menu: registered by one administrator with their licences, approved by another
 * (law 3). What has no valid licence takes no order; what runs out is announced, and what was promised before is listed.
 */
import type { By } from './booking-record'
import { addDays, civilDate } from './civil-time'
import { ensure } from './error'
import type { RequestLog } from './person'

export const organisationSorts = ['social', 'merchant', 'care'] as const
/** 社会组织, 商户, 服务机构 */
export type OrganisationSort = (typeof organisationSorts)[number]
export const licenceKinds = ['business', 'socialGroup', 'medical', 'drug', 'food', 'liability'] as const
export type LicenceKind = (typeof licenceKinds)[number]
export const licenceNames: Readonly<Record<LicenceKind, string>> = { business: '营业执照', socialGroup: '社会组织登记证书', medical: '医疗机构执业许可证', drug: '药品经营许可证', food: '食品经营许可证', liability: '责任保险' }

/** Something that one proposes and a second person decides. */
interface Proposed {
  readonly state: 'waiting' | 'approved' | 'refused'
  readonly by: By
  readonly at: number
  readonly decided: { readonly by: By; readonly at: number; readonly reason: string | null } | null
}

export interface LicenceTerms {
  readonly kind: LicenceKind
  readonly number: string
  /** civil days, both included */
  readonly fromOn: string
  readonly untilOn: string
}

export interface Licence extends LicenceTerms, Proposed {
  readonly licenceId: string
}

export interface OrganisationTerms {
  readonly name: string
  readonly sort: OrganisationSort
  readonly contactName: string
  readonly phone: string
  readonly address: string
  readonly communityIds: readonly string[]
}

export interface Organisation extends OrganisationTerms, Proposed {
  /** also the provider's, whose staff serves */
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly licences: readonly Licence[]
  /** civil day on which the clock looks at its licences next; null: none is approved */
  readonly lookOn: string | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** A licence that runs out is announced this many days ahead. 示例 policy. */
export const ANNOUNCED_DAYS = 30
const MOST_LICENCES = 40

const waiting = (by: By, at: number): Proposed => ({ state: 'waiting', by, at, decided: null })

/** @throws BAD_INPUT {field} for one that ends before it begins, or has ended */
function newLicence(licenceId: string, terms: LicenceTerms, by: By, now: number): Licence {
  ensure(terms.fromOn <= terms.untilOn, 'BAD_INPUT', { field: 'untilOn' })
  ensure(terms.untilOn >= civilDate(now), 'BAD_INPUT', { field: 'untilOn' })
  return { licenceId, ...terms, ...waiting(by, now) }
}

export const newOrganisation = (of: { readonly organisationId: string; readonly subdistrictId: string; readonly key: string; readonly hash: string }, terms: OrganisationTerms, first: LicenceTerms, by: By, now: number): Organisation => ({
  _id: of.organisationId, version: 1, subdistrictId: of.subdistrictId, ...terms, ...waiting(by, now), licences: [newLicence(`${of.organisationId}_1`, first, by, now)], lookOn: null, madeBy: { key: of.key, hash: of.hash }, requests: {},
})

/** A further licence, or the next of one that runs out: it counts once a second person has looked at it. @throws BAD_INPUT {field}, LIMIT_REACHED {most} */
export function addLicence(organisation: Organisation, terms: LicenceTerms, by: By, now: number): Organisation {
  ensure(organisation.state !== 'refused', 'WRONG_STATE', { status: organisation.state })
  ensure(organisation.licences.length < MOST_LICENCES, 'LIMIT_REACHED', { most: MOST_LICENCES })
  return { ...organisation, licences: [...organisation.licences, newLicence(`${organisation._id}_${organisation.licences.length + 1}`, terms, by, now)] }
}

/** @throws WRONG_STATE {status}, SECOND_PERSON, REASON_REQUIRED */
function decided<T extends Proposed>(proposed: T, isApproved: boolean, by: By, reason: string | null, now: number): T {
  ensure(proposed.state === 'waiting', 'WRONG_STATE', { status: proposed.state })
  ensure(proposed.by.personId !== by.personId, 'SECOND_PERSON')
  ensure(isApproved || reason !== null, 'REASON_REQUIRED')
  return { ...proposed, state: isApproved ? 'approved' : 'refused', decided: { by, at: now, reason } }
}

/** The second person's word on the organisation, with every licence that it was registered with. @throws as `decided` */
export function decideOrganisation(organisation: Organisation, isApproved: boolean, by: By, reason: string | null, now: number): Organisation {
  const next = decided(organisation, isApproved, by, reason, now)
  const licences = next.licences.map((licence) => (licence.state === 'waiting' && licence.by.personId !== by.personId ? decided(licence, isApproved, by, reason, now) : licence))
  return toBeLookedAt({ ...next, licences }, civilDate(now))
}

/** The same on one licence that was added since. @throws as `decided`, NOT_FOUND */
export function decideLicence(organisation: Organisation, licenceId: string, isApproved: boolean, by: By, reason: string | null, now: number): Organisation {
  ensure(organisation.state === 'approved', 'WRONG_STATE', { status: organisation.state })
  ensure(organisation.licences.some((licence) => licence.licenceId === licenceId), 'NOT_FOUND')
  const licences = organisation.licences.map((licence) => (licence.licenceId === licenceId ? decided(licence, isApproved, by, reason, now) : licence))
  return toBeLookedAt({ ...organisation, licences }, civilDate(now))
}

type Licensed = Pick<Organisation, 'state' | 'licences'>

/** The licences that count: of each kind the one that lasts longest. */
export function licencesThatCount({ licences }: Pick<Organisation, 'licences'>): readonly Licence[] {
  const longest = new Map<LicenceKind, Licence>()
  for (const licence of licences) if (licence.state === 'approved' && licence.untilOn > (longest.get(licence.kind)?.untilOn ?? '')) longest.set(licence.kind, licence)
  return [...longest.values()].sort((a, b) => (a.untilOn < b.untilOn ? -1 : 1))
}

/** The last day on which every licence holds; null: none was approved. */
export const licensedUntil = (organisation: Pick<Organisation, 'licences'>): string | null => licencesThatCount(organisation)[0]?.untilOn ?? null

/** Whether it may take an order on this day: approved, and every kind of licence that it has holds; two that follow each other are one. */
export function isLicensed(organisation: Licensed, onDate: string): boolean {
  const counting = organisation.licences.filter((licence) => licence.state === 'approved')
  const holds = (kind: LicenceKind): boolean => counting.some((licence) => licence.kind === kind && licence.fromOn <= onDate && onDate <= licence.untilOn)
  return organisation.state === 'approved' && counting.length > 0 && counting.every((licence) => holds(licence.kind))
}

/** @throws LICENCE_EXPIRED {untilOn} */
export const ensureLicensed = (organisation: Licensed, today: string): void => ensure(isLicensed(organisation, today), 'LICENCE_EXPIRED', { untilOn: licensedUntil(organisation) ?? '' })

/** What of its licences is to be announced today: those that end within a month, and those that have. */
export const endingOf = (organisation: Licensed, today: string): readonly Licence[] =>
  (organisation.state === 'approved' ? licencesThatCount(organisation).filter((licence) => licence.untilOn <= addDays(today, ANNOUNCED_DAYS)) : [])

/** A word on its licences: the clock looks at them again tonight. */
const toBeLookedAt = (organisation: Organisation, today: string): Organisation => ({ ...organisation, lookOn: organisation.state === 'approved' ? today : null })

/** The clock has looked today: it looks again a month before an end, and on the day after it. */
export function looked(organisation: Organisation, today: string): Organisation {
  const days = licencesThatCount(organisation).flatMap(({ untilOn }) => [addDays(untilOn, -ANNOUNCED_DAYS), addDays(untilOn, 1)].filter((day) => day > today))
  return { ...organisation, lookOn: days.sort()[0] ?? null }
}
