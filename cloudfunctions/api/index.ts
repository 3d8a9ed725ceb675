/** The function that residents, families and staff call: one handler per action of the contract. */
import { serve } from '../_server/serve'
import { accountHandlers } from './account'
import { adminHandlers } from './admin'
import { bookingHandlers } from './booking'
import { catalogueHandlers } from './catalogue'
import { courierHandlers } from './courier'
import { delegationHandlers } from './delegation'
import { dietHandlers } from './diet'
import { homeHandlers } from './home'
import { kitchenHandlers } from './kitchen'
import { mealHandlers } from './meal'
import { personHandlers } from './person'
import { policyHandlers } from './policy'
import { safetyHandlers } from './safety'
import { visitHandlers } from './visit'
import { workerHandlers } from './worker'

export const main = serve({
  ...accountHandlers, ...homeHandlers, ...catalogueHandlers, ...bookingHandlers, ...visitHandlers,
  ...workerHandlers, ...delegationHandlers, ...personHandlers, ...adminHandlers, ...safetyHandlers, ...policyHandlers, ...kitchenHandlers, ...courierHandlers, ...mealHandlers, ...dietHandlers,
})
