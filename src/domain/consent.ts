/**
 * Consents to subscription messages 订阅授权: WeChat carries one message per consent and template, or as many as there
 * are for a template that the person allowed for good. No quota is a state, not an error.
 */
export interface Consent {
  /** made of account and template: there is one */
  readonly _id: string
  readonly version: number
  readonly accountId: string
  readonly personId: string
  readonly templateId: string
  /** messages that may still be sent */
  readonly left: number
  /** allowed for good, where the category has such templates */
  readonly isLongTerm: boolean
  readonly granted: number
  readonly used: number
  readonly refusedAt: number | null
  readonly updatedAt: number
}

export const newConsent = (id: string, accountId: string, personId: string, templateId: string, now: number): Consent =>
  ({ _id: id, version: 1, accountId, personId, templateId, left: 0, isLongTerm: false, granted: 0, used: 0, refusedAt: null, updatedAt: now })

/** What somebody answered when WeChat asked. */
export const answered = (consent: Consent, answer: 'accept' | 'reject', now: number): Consent =>
  answer === 'accept' ? { ...consent, left: consent.left + 1, granted: consent.granted + 1, updatedAt: now } : { ...consent, refusedAt: now, updatedAt: now }

export const mayCarry = (consent: Pick<Consent, 'left' | 'isLongTerm'> | null): boolean => consent !== null && (consent.isLongTerm || consent.left > 0)

/** One message went out; or WeChat said that there is none left, whatever the ledger thought. */
export const spent = (consent: Consent, outcome: 'sent' | 'noQuota', now: number): Consent => ({
  ...consent, left: outcome === 'noQuota' || consent.isLongTerm ? 0 : Math.max(0, consent.left - 1), used: consent.used + (outcome === 'sent' ? 1 : 0), updatedAt: now,
})
