/** The home screen: one call, and what comes next comes first. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

export const homeContracts = {
  'home.show': define({
    kind: 'query', needs: 'person',
    allow: [{ role: 'resident', relation: 'none' }],
    input: v.strictObject({ elderId: v.optional(f.id) }),
    output: v.strictObject({
      me: v.strictObject({ ...w.personBrief.entries, standing: v.picklist(['unverified', 'verified']), roles: v.array(w.roleGrant) }),
      subdistrictName: w.text,
      dutyPhone: w.text,
      elders: v.array(w.elderChoice),
      /** the elder that the screen is about; null for someone who may act for nobody, not even themselves */
      elder: v.nullable(w.elderChoice),
      next: v.array(w.bookingBrief),
      /** bookings that wait for this viewer's word */
      toConfirm: v.array(w.bookingBrief),
      /** delegation requests that wait for my own tap */
      requestsWaiting: v.array(v.strictObject({ delegationRequestId: w.text, fromName: w.text, kinship: w.text })),
    }),
  }),
}
