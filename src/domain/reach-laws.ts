/** Law 6 re-checked over what is stored: everybody whom a notice is for has one line, each line says one thing, and it fits its notice. */
import type { Notice } from './notice'
import { isCalling, isLive } from './notice'
import type { Person } from './person'
import { isReached, reachStates, receiptIdOf, type Receipt } from './reach'

/** Nothing of the notice is still on its way to its lines. */
const isSettled = (notice: Notice): boolean => notice.fanOut === null && notice.lines === null

/** One line by itself and beside its notice. @param grace how long a half-done act may stand, ms */
export function lineHolds(line: Receipt, notice: Notice, now: number, grace: number): boolean {
  const isOpen = !isReached(line.state)
  const isSound = line._id === receiptIdOf(line.noticeId, line.personId) && line.noticeId === notice._id && reachStates.includes(line.state) && notice.audience.communityIds.includes(line.communityId)
  const isOneThing = isOpen !== line.understood.some((one) => one.edition === line.edition) && (line.duty === 'none' || (isOpen && !line.isWithdrawn && line.hasMovedAway !== true)) && (line.sendAt === null || isOpen)
  const hasItsCase = line.owesCaseAt === null || line.owesCaseAt === undefined || line.owesCaseAt > now - grace
  if (!isSound || !isOneThing || !hasItsCase || line.edition > notice.edition) return false
  if (!isSettled(notice) || line.stateAt > now - grace) return true
  return line.edition === notice.edition && line.isWithdrawn === (notice.status === 'withdrawn') && (!isCalling(notice) || !isOpen || line.hasMovedAway === true || line.duty !== 'none')
}

const isNarrow = ({ audience }: Notice): boolean =>
  audience.buildings.length > 0 || (audience.grids ?? []).length > 0 || audience.roles.length > 0 || audience.ageFrom !== null || audience.ageTo !== null || audience.livesAlone || audience.bookingOn !== null

/**
 * Who is missing, and who stands there without living there. What makes somebody meant apart from where they live (age,
 * roles, bookings) is judged when they are looked at, so only those notices are compared that are for all who live there.
 * @param lineOf the line of a person; null: there is none
 */
export function strayFrom(notice: Notice, people: readonly Person[], lineOf: (personId: string) => Pick<Receipt, 'hasMovedAway'> | null, now: number, grace: number): readonly string[] {
  if (!isLive(notice, now) || !isSettled(notice)) return []
  return people.filter((person) => {
    if ((person.standing !== 'verified' && person.standing !== 'unverified') || (person.communitySince ?? person.registeredAt) > now - grace) return false
    const line = lineOf(person._id)
    const isHere = notice.audience.communityIds.includes(person.communityId)
    return line === null ? isHere && !isNarrow(notice) : !isHere && line.hasMovedAway !== true
  }).map((person) => receiptIdOf(notice._id, person._id))
}
