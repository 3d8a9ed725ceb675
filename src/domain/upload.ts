/**
 * Files that lie in storage and nowhere else: a phone asked for a place, or a copy was made, and what they were meant for
 * was never written. Each is noted before it is stored, so that the clock finds it whatever happened afterwards.
 */
import { DAY } from './civil-time'

/** No call lives a minute, no writer keeps a chosen picture open over a night: after a day nobody is still about to use it. 示例 policy. */
export const FILE_KEPT = DAY

/** What a copy is made for. */
export interface Holder {
  readonly collection: 'notices' | 'works'
  readonly id: string
}

export interface Upload {
  readonly _id: string
  /** where in storage */
  readonly path: string
  readonly at: number
  /** null: a phone's own file, of which only copies are ever kept */
  readonly of: Holder | null
  readonly madeBy: { readonly key: string; readonly hash: string }
}

/** A file that something gave up: until when it still might be asked for, and since when it is being deleted. */
export interface Leaving {
  readonly fileId: string
  readonly at: number
  /** null: it can still come back */
  readonly goingAt: number | null
}

export const isStale = (at: number, now: number): boolean => at <= now - FILE_KEPT

/**
 * What becomes of a note after its day: a phone's file goes, a copy goes unless its holder names it, or has given it up
 * itself (then it is the holder's to delete).
 */
export const fateOf = (upload: Upload, named: ReadonlySet<string>, fileId: string, now: number): 'waits' | 'goes' | 'isHeld' =>
  !isStale(upload.at, now) ? 'waits' : upload.of !== null && named.has(fileId) ? 'isHeld' : 'goes'

interface Holding {
  readonly leaves?: readonly Leaving[]
  readonly sweepAt?: number | null
}

const arranged = <H extends Holding>(holder: H, leaves: readonly Leaving[]): H =>
  leaves.length === 0 && holder.leaves === undefined ? holder : { ...holder, leaves, sweepAt: leaves.length === 0 ? null : Math.min(...leaves.map((one) => one.goingAt ?? one.at + FILE_KEPT)) }

/** What was named before and is not now leaves; what is named again stays, unless it is being deleted (`ensureThere`). */
export function givenUp<H extends Holding>(holder: H, before: readonly string[], after: readonly string[], now: number): H {
  const leaves = (holder.leaves ?? []).filter((one) => one.goingAt !== null || !after.includes(one.fileId))
  const dropped = [...new Set(before)].filter((id) => !after.includes(id) && !leaves.some((one) => one.fileId === id))
  return arranged(holder, [...leaves, ...dropped.map((fileId) => ({ fileId, at: now, goingAt: null }))])
}

/** None of these is being deleted. */
export const areThere = (holder: Holding, fileIds: readonly string[]): boolean => !(holder.leaves ?? []).some((one) => one.goingAt !== null && fileIds.includes(one.fileId))

/** Claims what left a day ago: from this write on nothing can name it again. */
export const claimed = <H extends Holding>(holder: H, now: number): H =>
  arranged(holder, (holder.leaves ?? []).map((one) => (one.goingAt === null && isStale(one.at, now) ? { ...one, goingAt: now } : one)))

/** What was claimed. */
export const going = (holder: Holding): readonly string[] => (holder.leaves ?? []).filter((one) => one.goingAt !== null).map((one) => one.fileId)

/** Its files are deleted. */
export const cleared = <H extends Holding>(holder: H, gone: readonly string[]): H => arranged(holder, (holder.leaves ?? []).filter((one) => !gone.includes(one.fileId)))
