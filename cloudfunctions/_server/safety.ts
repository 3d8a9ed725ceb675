/** Safety cases in the database: opened once under an id that says for what, with the ladder that holds and the people on it. */
import type { Booking, By } from '../../src/domain/booking-record'
import { ageOn, civilDate } from '../../src/domain/civil-time'
import { delegationState } from '../../src/domain/delegation'
import { ladderOn, rungsOf } from '../../src/domain/ladder'
import type { Person } from '../../src/domain/person'
import { openCase, type SafetyCase } from '../../src/domain/safety-case'
import { insert, read } from './cloud'
import { getPerson, getSubdistrict } from './people'

/** The id of the one safety case that an unanswered door opens. */
export const safetyCaseIdOf = (bookingId: string): string => `noContact_${bookingId}`

/** Opens a case under its id. @returns false if it is there already */
export async function openSafetyCase(its: Pick<SafetyCase, '_id' | 'bookingId' | 'reason' | 'words'>, elder: Person, by: By, at: number): Promise<boolean> {
  const subdistrict = await getSubdistrict(elder.subdistrictId)
  const today = civilDate(at)
  const family = Object.values(elder.delegates).filter((given) => delegationState(given, today) === 'active' && given.scopes.includes('alerts'))
    .map((given) => ({ personId: given.personId, name: given.name, kinship: given.kinship }))
  const ladder = ladderOn(subdistrict.ladders, today)
  const duty = subdistrict.communities.find((community) => community.communityId === elder.communityId)?.duty ?? []
  const rungs = ladder === null ? [] : rungsOf(ladder, at, { personId: elder._id, name: elder.name }, family, duty)
  return insert('safetyCases', openCase(
    { ...its, subdistrictId: elder.subdistrictId, communityId: elder.communityId, elderId: elder._id, elderName: elder.name, age: ageOn(elder.birthOn, today), livesAlone: elder.livesAlone, family },
    { version: ladder?.version ?? null, rungs, takenMinutes: ladder?.takenMinutes ?? 0 }, by, at,
  ))
}

/** A door that nobody opened; again opens nothing. */
export async function openMissedContact(booking: Booking, now: number): Promise<void> {
  const id = safetyCaseIdOf(booking._id)
  if ((await read<SafetyCase>('safetyCases', id)) !== null) return
  const entry = [...booking.timeline].reverse().find((line) => line.what === 'noContact')
  const by: By = entry?.by ?? { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }
  await openSafetyCase({ _id: id, bookingId: booking._id, reason: 'noContact', words: entry?.words ?? '' }, await getPerson(booking.elderId), by, entry?.at ?? now)
}
