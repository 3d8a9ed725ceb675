/** The function that residents, families and staff call: one handler per action of the contract. */
import { serve } from '../_server/serve'
import { accountHandlers } from './account'
import { activityHandlers } from './activity'
import { adminHandlers } from './admin'
import { auditingHandlers } from './auditing'
import { bedHandlers } from './bed'
import { bookingHandlers } from './booking'
import { calendarHandlers } from './calendar'
import { catalogueHandlers } from './catalogue'
import { circleHandlers } from './circle'
import { consultHandlers } from './consult'
import { courierHandlers } from './courier'
import { delegationHandlers } from './delegation'
import { dietHandlers } from './diet'
import { earningHandlers } from './earning'
import { flagHandlers } from './flags'
import { fileHandlers } from './file'
import { galleryHandlers } from './gallery'
import { homeHandlers } from './home'
import { honourHandlers } from './honours'
import { lifeHandlers } from './life'
import { kitchenHandlers } from './kitchen'
import { mealHandlers } from './meal'
import { menuHandlers } from './menu'
import { merchantHandlers } from './merchant'
import { needHandlers } from './needs'
import { noticeHandlers } from './notices'
import { organisationHandlers } from './organisation'
import { pairHandlers } from './pair'
import { personHandlers } from './person'
import { pointsHandlers } from './points'
import { pointsReportHandlers } from './points-report'
import { policyHandlers } from './policy'
import { potHandlers } from './pots'
import { projectHandlers } from './project'
import { providerHandlers } from './provider'
import { rewardHandlers } from './rewards'
import { safetyHandlers } from './safety'
import { seriesHandlers } from './series'
import { serviceHandlers } from './service'
import { staffHandlers } from './staff'
import { takingPartHandlers } from './taking-part'
import { visitHandlers } from './visit'
import { volunteerHandlers } from './volunteer'
import { waitlistHandlers } from './waitlist'
import { workerHandlers } from './worker'

export const main = serve({
  ...circleHandlers,
  ...galleryHandlers, ...fileHandlers,
  ...serviceHandlers, ...consultHandlers,
  ...organisationHandlers, ...menuHandlers, ...providerHandlers,
  ...auditingHandlers, ...flagHandlers, ...honourHandlers,
  ...accountHandlers, ...homeHandlers, ...catalogueHandlers, ...bookingHandlers, ...visitHandlers, ...volunteerHandlers, ...pairHandlers, ...projectHandlers,
  ...workerHandlers, ...delegationHandlers, ...personHandlers, ...adminHandlers, ...safetyHandlers, ...policyHandlers, ...kitchenHandlers, ...courierHandlers, ...mealHandlers, ...dietHandlers, ...pointsHandlers, ...needHandlers, ...potHandlers,
  ...earningHandlers, ...staffHandlers, ...rewardHandlers, ...merchantHandlers, ...pointsReportHandlers, ...activityHandlers, ...noticeHandlers, ...takingPartHandlers, ...seriesHandlers, ...calendarHandlers, ...waitlistHandlers, ...bedHandlers, ...lifeHandlers,
})
