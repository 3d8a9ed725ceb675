/** Who works here: an administrator gives roles and takes them, to people who are registered and have an account. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }] as const
/** Roles that are given; a volunteer joins by themself. */
export const givenRoles = ['careWorker', 'kitchen', 'courier', 'merchant', 'socialWorker', 'careConsultant', 'admin'] as const
/** A role with its place: communities of a social worker, communities or grids of a care consultant, the provider, kitchen or merchant of the others; nothing of an administrator. */
const roleGiven = v.strictObject({ personId: f.id, role: v.picklist(givenRoles), providerId: v.optional(f.id), communityIds: v.optional(v.pipe(v.array(f.id), v.minLength(1), v.maxLength(30))), grids: v.optional(v.pipe(v.array(f.words(60)), v.minLength(1), v.maxLength(30))), /** of a care worker: trained for beds that need it; left out: as before */ isTrained: v.optional(v.boolean()) })
const roleHeld = v.strictObject({ role: v.picklist(givenRoles), providerId: v.nullable(w.text), communityIds: v.array(w.text), grids: v.array(w.text), placeName: w.text, isTrained: v.boolean(), /** false: the own role of an administrator, or the last one's */ canRevoke: v.boolean() })
const member = v.strictObject({ personId: w.text, name: w.text, communityName: w.text, phoneMasked: v.nullable(w.text), isMe: v.boolean(), roles: v.array(roleHeld) })

export const staffContracts = {
  /** Everybody with a role that was given, and where roles can be given. */
  'staff.list': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({ role: v.optional(v.picklist(givenRoles)) }),
    output: v.strictObject({
      people: v.array(member), communities: v.array(w.community), /** grids of the communities, each by its key */ grids: v.array(v.strictObject({ key: w.text, name: w.text, communityName: w.text })),
      /** providers, kitchens and merchants, each with the roles that can be given there */
      places: v.array(v.strictObject({ providerId: w.text, name: w.text, roles: v.array(v.picklist(givenRoles)) })),
    }),
  }),
  /** Registered residents with an account, by full name or mobile number. */
  'staff.find': define({ kind: 'query', needs: 'person', allow: admin, input: v.strictObject({ query: f.words(20) }), output: v.strictObject({ people: v.array(member) }) }),
  /** Given again changes nothing; further communities and grids are added. @throws NO_MATCH for somebody without an account or a place that is not here, UNVERIFIED, BAD_INPUT {field} */
  'staff.grant': define({ kind: 'mutation', needs: 'person', allow: ours, input: roleGiven, output: w.done }),
  /** @throws OWN_CASE for one's own role of an administrator; NOT_ALLOWED when one's own was taken meanwhile, so that the last administrator stays; WRONG_STATE when nobody has that role */
  'staff.revoke': define({ kind: 'mutation', needs: 'person', allow: ours, input: roleGiven, output: w.done }),
}
