/**
 * Beds 床位 of a service: what they are for, what to bring, and what the subdistrict pays of half a day or of a night.
 * Copied onto each slot, so that what was booked keeps the terms that it was booked under. All rates are 示例.
 */
import { ageOn } from './civil-time'
import type { AgeBand, Hardship, QuoteReason } from './meal-policy'

export const bedSorts = ['dayCare', 'physio', 'short', 'memory'] as const
/** 日托床位, 理疗床位, 短住床位, 记忆照护床位. */
export type BedSort = (typeof bedSorts)[number]

export interface BedSubsidy {
  /** a half-day or a night */
  readonly bands: readonly AgeBand[]
  readonly hardshipFen: Readonly<Record<Hardship, number>>
  /** what everybody pays themselves at least, a half-day or a night */
  readonly leastPayFen: number
}

export interface BedTerms {
  readonly sort: BedSort
  /** what to bring along, in words for the family */
  readonly bring: readonly string[]
  /** null: nothing is paid */
  readonly subsidy: BedSubsidy | null
}

/** Trained staff on shift where a bed needs them; changes from its version, as any document. */
export interface BedShift {
  readonly version: number
  readonly staff: readonly { readonly personId: string; readonly name: string; readonly at: number }[]
  /** present while anybody is: what a seat's own write looks at */
  readonly isStaffed?: true
  readonly requests: Readonly<Record<string, { readonly hash: string; readonly at: number; readonly answer: unknown }>>
}

/** One night of a stay, at the price under which it was taken. */
export interface Night {
  readonly slotId: string
  readonly priceFen: number
  readonly subsidyFen: number
}

export interface BedQuote {
  readonly priceFen: number
  readonly subsidyFen: number
  readonly payFen: number
  readonly reasons: readonly QuoteReason[]
}

/** What makes a booking one of a bed. */
export interface BedOrder {
  readonly sort: BedSort
  readonly bring: readonly string[]
  readonly quote: BedQuote
  /** in order, without a gap; empty: half a day */
  readonly nights: readonly Night[]
  /** the bed that was given on arrival */
  readonly bedNo: number | null
}

/** Who lies there, as far as the price depends on it. Nobody who is unverified is paid for. */
export interface Guest {
  readonly birthOn: string
  readonly standing: string
  readonly hardship: Hardship
}

/** What a care worker can be trained for, among the skills of their role. */
export const MEMORY_TRAINING = 'memoryCare'

export const needsTrained = (bed: Pick<BedTerms, 'sort'> | undefined): boolean => bed?.sort === 'memory'

/** What the subdistrict pays of one half-day or night, and why. */
export function subsidyOf(terms: BedTerms, priceFen: number, onDate: string, guest: Guest): { readonly subsidyFen: number; readonly reasons: readonly QuoteReason[] } {
  const { subsidy } = terms
  if (subsidy === null) return { subsidyFen: 0, reasons: ['noPolicy'] }
  if (guest.standing !== 'verified') return { subsidyFen: 0, reasons: ['unverified'] }
  const age = ageOn(guest.birthOn, onDate)
  const bandFen = Math.max(0, ...subsidy.bands.filter((band) => band.fromAge <= age).map((band) => band.subsidyFen))
  const hardFen = subsidy.hardshipFen[guest.hardship]
  const subsidyFen = Math.max(0, Math.min(bandFen + hardFen, priceFen - subsidy.leastPayFen))
  return { subsidyFen, reasons: [...(bandFen > 0 ? (['ageBand'] as const) : []), ...(hardFen > 0 ? (['hardship'] as const) : [])] }
}

/** The sum over nights. */
export function quoteOf(parts: readonly Pick<Night, 'priceFen' | 'subsidyFen'>[], reasons: readonly QuoteReason[]): BedQuote {
  const priceFen = parts.reduce((sum, part) => sum + part.priceFen, 0)
  const subsidyFen = parts.reduce((sum, part) => sum + part.subsidyFen, 0)
  return { priceFen, subsidyFen, payFen: priceFen - subsidyFen, reasons: [...new Set(reasons)] }
}
