/** Actions that are being built: refused until their handler stands here no more. */
import { DomainError } from '../../src/domain/error'
import type { ActionName } from '../../src/contract'
import type { AnyHandler } from '../_server/serve'

const names = [
] as const satisfies readonly ActionName[]

const pending: AnyHandler = { load: async () => ({ subject: {} }), run: async () => { throw new DomainError('UNKNOWN_ACTION') } }

export const pendingHandlers = Object.fromEntries(names.map((name) => [name, pending])) as Record<(typeof names)[number], AnyHandler>
