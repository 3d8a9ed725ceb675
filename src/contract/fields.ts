/** Inputs as people and phones send them: every field bounded, no operator object, no field that was not asked for. */
import * as v from 'valibot'
import { isCivilDate } from '../domain/civil-time'
import { identityProofs } from '../domain/identity'
import { MOST_WALKED } from '../domain/walking'

/** Ids are made of what makes a thing unique; a dot would nest silently in an update. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,96}$/))
export const requestKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/))
export const civilDate = v.pipe(v.string(), v.check(isCivilDate))
/** ms since 1970; a phone's own time is evidence only (law 7). */
export const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4_102_444_800_000))
// Control characters are never typed by a person; line breaks are.
const printable = v.check((text: string) => ![...text].some((c) => (c.codePointAt(0) ?? 0) < 32 && c !== '\n'))
/** Something a person wrote, trimmed, at most `max` characters. */
export const words = (max: number) => v.pipe(v.string(), v.maxLength(max * 2), v.trim(), v.minLength(1), v.maxLength(max), printable)
export const optionalWords = (max: number) => v.optional(v.pipe(v.string(), v.maxLength(max * 2), v.trim(), v.maxLength(max), printable))
export const personName = v.pipe(v.string(), v.maxLength(60), v.trim(), v.minLength(2), v.maxLength(20), v.regex(/^[\p{Script=Han}A-Za-z·. ]+$/u))
export const mobilePhone = v.pipe(v.string(), v.trim(), v.regex(/^1\d{10}$/))
export const digits = (length: number) => v.pipe(v.string(), v.trim(), v.regex(new RegExp(`^\\d{${length}}$`)))
export const count = (min: number, max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max))
export const cursor = v.optional(v.pipe(v.string(), v.maxLength(160), v.regex(/^[A-Za-z0-9_-]+$/)))
/** How a social worker knew for whom they act: two things asked on the telephone at least, or the person stood there. The elder's side leaves it out. */
export const asked = v.optional(v.pipe(v.array(v.picklist(identityProofs)), v.maxLength(5)))
/** Minutes on foot from communities, as somebody walked them. */
export const ways = v.pipe(v.array(v.strictObject({ communityId: id, minutes: count(1, MOST_WALKED) })), v.maxLength(60))
