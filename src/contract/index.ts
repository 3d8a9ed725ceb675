/**
 * Every action of the product. Contracts change by addition; a phone whose version is below the oldest
 * that is still understood is told UPDATE_REQUIRED instead of failing oddly.
 */
import type * as v from 'valibot'
import type { ErrorCode, ErrorDetails } from '../domain/error'
import { accountContracts } from './account'
import { activityContracts } from './activity'
import { adminContracts } from './admin'
import { flagContracts, honourContracts, ledgerContracts } from './auditing'
import { bedContracts } from './bed'
import { bookingContracts } from './booking'
import { calendarContracts } from './calendar'
import { catalogueContracts } from './catalogue'
import type { Contract } from './define'
import { circleContracts } from './circle'
import { consultContracts } from './consult'
import { courierContracts } from './courier'
import { delegationContracts } from './delegation'
import { earningContracts } from './earning'
import { fileContracts } from './file'
import { galleryContracts } from './gallery'
import { homeContracts } from './home'
import { lifeContracts } from './life'
import { kitchenContracts } from './kitchen'
import { mealContracts } from './meal'
import { menuContracts } from './menu'
import { noticeContracts } from './notice'
import { organisationContracts } from './organisation'
import { personContracts } from './person'
import { needContracts, pointsContracts } from './points'
import { potContracts } from './pots'
import { policyContracts } from './policy'
import { providerContracts } from './provider'
import { rewardContracts } from './rewards'
import { safetyContracts } from './safety'
import { seriesContracts } from './series'
import { serviceContracts } from './service'
import { staffContracts } from './staff'
import { takingPartContracts } from './taking-part'
import { visitContracts } from './visit'
import { volunteerContracts } from './volunteer'
import { waitlistContracts } from './waitlist'
import { workerContracts } from './worker'

export { CONTRACT_VERSION, OLDEST_CONTRACT_VERSION } from './version'

export const contracts = {
  ...accountContracts, ...homeContracts, ...catalogueContracts, ...bookingContracts, ...visitContracts,
  ...workerContracts, ...delegationContracts, ...personContracts, ...adminContracts,
  ...mealContracts, ...kitchenContracts, ...courierContracts, ...safetyContracts, ...policyContracts, ...volunteerContracts, ...pointsContracts, ...needContracts, ...potContracts, ...rewardContracts,
  ...earningContracts, ...staffContracts, ...activityContracts,
  ...circleContracts,
  ...ledgerContracts, ...flagContracts, ...honourContracts,
  ...noticeContracts, ...takingPartContracts, ...seriesContracts, ...calendarContracts, ...waitlistContracts, ...bedContracts,
  ...lifeContracts,
  ...galleryContracts, ...fileContracts,
  ...serviceContracts,
  ...consultContracts,
  ...organisationContracts, ...menuContracts, ...providerContracts,
} satisfies Record<string, Contract>

export type Contracts = typeof contracts
export type ActionName = keyof Contracts
export type InputOf<A extends ActionName> = v.InferInput<Contracts[A]['input']>
export type ParsedOf<A extends ActionName> = v.InferOutput<Contracts[A]['input']>
export type OutputOf<A extends ActionName> = v.InferOutput<Contracts[A]['output']>

export type { Allow, Role, Relation } from '../domain/role'
export type { ErrorCode, ErrorDetails }

/** What `api` answers, always. */
export type Answer<A extends ActionName> =
  | { readonly ok: true; readonly output: OutputOf<A>; readonly serverNow: number }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly details?: ErrorDetails }; readonly serverNow: number; readonly traceId: string }

export type BookingView = OutputOf<'booking.show'>
export type BookingBrief = OutputOf<'booking.list'>['items'][number]
export type ElderChoice = OutputOf<'home.show'>['elders'][number]
export type SlotView = OutputOf<'catalogue.service'>['days'][number]['slots'][number]
export type DishView = OutputOf<'meal.menus'>['days'][number]['sittings'][number]['dishes'][number]
export type MealView = NonNullable<BookingView['order']>
export type SafetyCaseView = OutputOf<'safety.show'>
export type RunView = OutputOf<'courier.today'>['mine'][number]
export type TimelineLine = BookingView['timeline'][number]
