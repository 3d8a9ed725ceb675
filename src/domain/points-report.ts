/**
 * What the programme publishes every month 积分月报: points outstanding, given and redeemed, what could be had for them, and
 * how long people waited until they collected. Each figure is made of entries of some kinds, and opens them.
 */
import type { EntryKind } from './ledger'

/** The figures, each with the kinds of entries that it counts. */
export const figureKinds = {
  earned: ['visit', 'shift', 'project', 'byHand', 'activity', 'deskApproved'],
  /** hours entered afterwards: they count as earned only when a second person approved them */
  waiting: ['desk'],
  redeemed: ['hold'],
  collected: ['settled'],
  /** given up, or not collected in time */
  returned: ['cancelled', 'lapsed'],
  /** donated, or above a cap */
  toPots: ['donatedToPot', 'excess'],
  fromPots: ['fromPot'],
  gifts: ['giftOut'],
  expired: ['expired'],
  reversed: ['reversal'],
} as const satisfies Readonly<Record<string, readonly EntryKind[]>>

export type Figure = keyof typeof figureKinds
export const figures = Object.keys(figureKinds) as readonly Figure[]
