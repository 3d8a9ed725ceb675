/**
 * Consents to subscription messages 订阅授权: WeChat carries one message per consent and template, or as many as there
 * are for a template that the person allowed for good. No quota is a state, not an error.
 */
import { addDays, civilDate } from './civil-time'
import { longTermTemplates, templateIds } from './message-templates'

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
  /** civil day from which on a digest may be sent again; null: none is left, or this template has none */
  readonly digestOn: string | null
  readonly updatedAt: number
}

export const newConsent = (id: string, accountId: string, personId: string, templateId: string, now: number): Consent =>
  ({ _id: id, version: 1, accountId, personId, templateId, left: 0, isLongTerm: false, granted: 0, used: 0, refusedAt: null, digestOn: null, updatedAt: now })

/** What somebody answered when WeChat asked. A no to a template that was allowed for good ends it. */
export function answered(consent: Consent, answer: 'accept' | 'reject', now: number): Consent {
  if (answer === 'reject') return { ...consent, isLongTerm: false, refusedAt: now, updatedAt: now }
  const isLongTerm = longTermTemplates.includes(consent.templateId)
  return { ...consent, isLongTerm, left: isLongTerm ? 0 : consent.left + 1, granted: consent.granted + 1, digestOn: consent.templateId === templateIds.digest ? consent.digestOn ?? civilDate(now) : null, updatedAt: now }
}

export const mayCarry = (consent: Pick<Consent, 'left' | 'isLongTerm'> | null): boolean => consent !== null && (consent.isLongTerm || consent.left > 0)

/** What became of one message: WeChat's word that there is none left counts more than the ledger. */
export const spent = (consent: Consent, outcome: 'sent' | 'noQuota' | 'failed', now: number): Consent => ({
  ...consent, left: outcome === 'noQuota' || consent.isLongTerm ? 0 : Math.max(0, consent.left - 1), isLongTerm: consent.isLongTerm && outcome !== 'noQuota', used: consent.used + (outcome === 'sent' ? 1 : 0), updatedAt: now,
})

/** Looked at for today's digest, sent or not: again tomorrow, as long as a message is left. */
export const digested = (consent: Consent, today: string): Consent => ({ ...consent, digestOn: mayCarry(consent) ? addDays(today, 1) : null })
