/**
 * Audit 留痕 (laws 5 and 9): who did something in somebody's name, looked at a number that is masked, or changed what
 * others rely on. Entries are added, never changed; the person they are about can read them.
 */
import type { By } from './booking-record'

/** Everything that leaves an entry. Screens word each of them. */
export const auditWhats = [
  'unmaskedPhone', 'unmaskedAddress', 'delegationGiven', 'delegationRefused', 'delegationEnded',
  'claimed', 'registered', 'seen', 'addressChanged', 'claimCodeIssued', 'doorCardIssued', 'merged', 'erased', 'capacitySet', 'dayClosed', 'dayOpened',
  'wellSaid', 'dailySet', 'kitchenSaved', 'policySet', 'ladderSet', 'dutySet', 'callOrderSet',
  'hardshipSet', 'awaySet', 'backHome', 'dietSet',
  'pointsPolicyProposed', 'pointsPolicyApproved', 'pointsPolicyRefused', 'pointsPolicyWithdrawn', 'roleGiven', 'roleTaken',
  'rewardSaved', 'merchantSaved',
  'pointsSpent', 'pointsReturned',
  'noticeAcknowledged', 'helpAsked', 'moved',
  'surveyAnswered', 'questionAsked',
  'placeSaved', 'placeRemoved', 'waysSet',
  'seriesStarted', 'seriesSkipped', 'seriesMoved', 'seriesChanged', 'seriesEnded', 'seriesPaused', 'seriesResumed',
  'deathReported', 'deathConfirmed', 'deathWithdrawn', 'movedOut', 'farewellPoints',
  'consultAsked', 'consultTaken', 'consultPassedOn', 'consultAnswered', 'consultConsented', 'consultConsentEnded', 'consultAssessed', 'consultPlanned', 'consultItemAnswered', 'consultReviewed', 'consultClosed', 'consultReopened',
  'waitJoined', 'waitLeft', 'needStated', 'limitExceeded', 'fairSet',
  'workHandedIn', 'workTakenBack', 'workNamed', 'workAsked', 'workDecided',
  'serviceSaved', 'serviceHeld', 'serviceReopened', 'serviceEnded', 'weeklySet', 'priceSet', 'callsAsked',
  'organisationRegistered', 'organisationApproved', 'organisationRefused', 'licenceAdded', 'offerWritten', 'offerApproved', 'offerRefused', 'offerStopped',
] as const
export type AuditWhat = (typeof auditWhats)[number]

export interface AuditEntry {
  readonly subdistrictId: string
  readonly at: number
  readonly by: By
  readonly what: AuditWhat
  /** the person, slot or day that it is about */
  readonly aboutId: string
  readonly aboutName: string
  readonly purpose: string | null
  readonly bookingId: string | null
}
