/**
 * Audit entries in the database. An entry's id is made of the request that caused it, so a repeated request finds what
 * it did and answered (law 8) and never leaves a second entry.
 */
import type { AuditEntry, AuditWhat } from '../../src/domain/audit'
import { DomainError } from '../../src/domain/error'
import type { By } from '../../src/domain/booking-record'
import { REQUEST_MEMORY, type Request } from './aggregate'
import { command, insert, read, updateIf } from './cloud'
import { derivedId } from './keys'
import { pageBy } from './pages'

/** An entry as it is kept: with the request that caused it, and what was answered. */
export interface Audit extends AuditEntry {
  readonly _id: string
  readonly madeBy: Request
  /** null while the act is not finished */
  readonly answer: unknown
}

export const auditIdOf = (request: Request): string => derivedId('u', request.key)
export const auditOf = (entry: AuditEntry, request: Request, answer: unknown): Audit => ({ _id: auditIdOf(request), ...entry, madeBy: request, answer })

/** An entry about a person (or a slot, a day). */
export const entryAbout = (
  about: { readonly _id: string; readonly name: string; readonly subdistrictId: string }, what: AuditWhat, by: By, at: number, more: { readonly purpose?: string; readonly bookingId?: string } = {},
): AuditEntry => ({
  subdistrictId: about.subdistrictId, at, by, what, aboutId: about._id, aboutName: about.name, purpose: more.purpose ?? null, bookingId: more.bookingId ?? null,
})

/** The entry that this very request left before. @throws REQUEST_CONFLICT if it asked for something else then */
export async function auditBefore(request: Request, now: number): Promise<Audit | null> {
  const audit = await read<Audit>('audits', auditIdOf(request))
  if (audit === null || audit.at <= now - REQUEST_MEMORY) return null
  if (audit.madeBy.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
  return audit
}

/** What this request left before, once it was finished. @throws REQUEST_CONFLICT */
export async function doneBefore(request: Request, now: number): Promise<{ readonly hash: string; readonly answer: unknown } | null> {
  const audit = await auditBefore(request, now)
  return audit === null || audit.answer === null ? null : { hash: audit.madeBy.hash, answer: audit.answer }
}

/** Keeps an entry; again keeps the first one. */
export const appendAudit = (entry: AuditEntry, request: Request, answer: unknown): Promise<boolean> => insert('audits', auditOf(entry, request, answer))

/** What family or staff did in somebody's name stands in that person's log (law 5); again finds it there. */
export async function leaveEntry(elder: Parameters<typeof entryAbout>[0], what: AuditWhat, by: By, call: { readonly now: number; readonly request: Request }, purpose: string): Promise<void> {
  if (by.as !== 'elder') await appendAudit(entryAbout(elder, what, by, call.now, { purpose }), call.request, null)
}

/** The act is finished, after everything that follows from it: from now on a repetition only answers. */
export const finishAudit = async (request: Request, answer: unknown): Promise<void> => {
  await updateIf('audits', auditIdOf(request), {}, { answer: command.set(answer) })
}

/** The subdistrict's entries, newest first. */
export const auditsOf = (subdistrictId: string, cursor: string | undefined, size: number) => pageBy<Audit>('audits', { subdistrictId }, 'at', 'desc', cursor, size)
