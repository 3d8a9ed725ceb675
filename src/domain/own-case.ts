/**
 * No one judges their own case (law 3): whoever served, was paid, or is their family neither gives the elder's proof
 * nor verifies the service.
 */
import { ensure } from './error'

/** Who serves, with their close family as it was recorded when the work was given. */
export interface Server {
  readonly personId: string
  readonly name: string
  readonly kinIds: readonly string[]
}

/** True for who served, and for their close family. */
export const isOwnCase = (personId: string, server: Server): boolean => personId === server.personId || server.kinIds.includes(personId)

/** @throws OWN_CASE if this person served, or is close family of who served */
export const ensureNotOwnCase = (personId: string, server: Server): void => ensure(!isOwnCase(personId, server), 'OWN_CASE')
