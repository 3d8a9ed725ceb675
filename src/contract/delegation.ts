/** Asking for, giving, seeing and ending the right to act for an elder. */
import * as v from 'valibot'
import { delegationScopes } from '../domain/delegation'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const mine = [{ role: 'resident', relation: 'none' }] as const
const self = [{ role: 'resident', relation: 'self' }] as const
const scopes = v.pipe(v.array(v.picklist(delegationScopes)), v.minLength(1), v.maxLength(4))
export const kinships = ['女儿', '儿子', '老伴', '孙辈', '兄弟姐妹', '其他家人'] as const

export const delegationContracts = {
  /**
   * The daughter names her elder by name, community and the last four digits of the elder's phone.
   * Answers the same whether somebody matches or not; what matches nobody goes to the community's social workers.
   */
  'delegation.request': define({
    kind: 'mutation', needs: 'person', allow: mine,
    input: v.strictObject({ elderName: f.personName, communityId: f.id, phoneLast4: v.optional(f.digits(4)), kinship: v.picklist(kinships), scopes, endOn: f.civilDate }),
    output: v.strictObject({ delegationRequestId: w.text }),
  }),
  /** Whom I act for, and what I have asked for. */
  'delegation.mine': define({
    kind: 'query', needs: 'person', allow: mine, input: v.strictObject({}),
    output: v.strictObject({
      elders: v.array(w.elderChoice),
      requests: v.array(v.strictObject({ delegationRequestId: w.text, elderName: w.text, kinship: w.text, status: v.picklist(['waiting', 'approved', 'refused']), at: w.instant })),
    }),
  }),
  /** The elder's own view: who may act for me, and who asks. */
  'delegation.ofMe': define({
    kind: 'query', needs: 'person', allow: mine, input: v.strictObject({}),
    output: v.strictObject({
      delegates: v.array(v.strictObject({ personId: w.text, name: w.text, kinship: w.text, scopes: v.array(v.picklist(delegationScopes)), endOn: w.text, state: v.picklist(['active', 'ended', 'expired']), givenAt: w.instant, how: v.picklist(['elderTap', 'counter']) })),
      /** family to be alerted, by who is called first */
      callOrder: v.array(w.text),
      requests: v.array(v.strictObject({ delegationRequestId: w.text, fromName: w.text, kinship: w.text, scopes: v.array(v.picklist(delegationScopes)), endOn: w.text, at: w.instant })),
    }),
  }),
  /** The elder's own tap. The elder may give less than was asked. */
  'delegation.approve': define({ kind: 'mutation', needs: 'person', allow: self, input: v.strictObject({ delegationRequestId: f.id, scopes: v.optional(scopes), endOn: v.optional(f.civilDate) }), output: w.done }),
  'delegation.refuse': define({ kind: 'mutation', needs: 'person', allow: [...self, { role: 'socialWorker', relation: 'community' }], input: v.strictObject({ delegationRequestId: f.id }), output: w.done }),
  /** At the counter, the elder present, with an identity check; for elders without a phone, or a request that matched nobody. */
  'delegation.approveAtCounter': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ delegationRequestId: f.id, elderId: f.id, identityCheck: v.picklist(['idCardSeen', 'knownInPerson', 'homeVisit']) }), output: w.done,
  }),
  /** Ended by the elder, by the family member, or at the counter. */
  'delegation.end': define({
    kind: 'mutation', needs: 'person', allow: [...self, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'resident', relation: 'delegate', scope: 'alerts' }, { role: 'resident', relation: 'delegate', scope: 'spendPoints' }, { role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ elderId: f.id, personId: f.id }), output: w.done,
  }),
  /** Who of the family is called first when something may have happened: by the elder, or by a social worker for them. @throws NO_MATCH for who is not to be alerted, BAD_INPUT {field} */
  'delegation.setOrder': define({
    kind: 'mutation', needs: 'person', allow: [...self, { role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ elderId: f.id, personIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(20)) }), output: w.done,
  }),
}
