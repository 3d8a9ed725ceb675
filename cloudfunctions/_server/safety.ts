/** Safety cases in the database: opened once under an id that says for what, with the ladder that holds and the people on it. */
import type { OutputOf } from '../../src/contract'
import type { Booking, By } from '../../src/domain/booking-record'
import { ageOn, civilDate, clockTime } from '../../src/domain/civil-time'
import { missedCheck } from '../../src/domain/daily-check'
import { alertedInOrder } from '../../src/domain/delegation'
import { DomainError } from '../../src/domain/error'
import { dutyAt } from '../../src/domain/grid'
import { isNight, isNightPart, ladderOn, planOf, rungsOf, type CasePlan, type Rung } from '../../src/domain/ladder'
import type { Person, RequestLog } from '../../src/domain/person'
import { escalate, missAgain, namedOn, newestAlarm, openCase, pressAgain, withDuty, type Moment, type SafetyCase } from '../../src/domain/safety-case'
import type { Subdistrict } from '../../src/domain/service-item'
import { answeredBefore, change, changeOnce, REQUEST_MEMORY, type Request } from './aggregate'
import { command, find, insert, read } from './cloud'
import { communityName, getPerson, getSubdistrict } from './people'

/** The id of the one safety case that an unanswered door opens. */
export const safetyCaseIdOf = (bookingId: string): string => `noContact_${bookingId}`
/** The id of the one safety case that a missed daily word opens. */
export const missedCheckIdOf = (elderId: string, onDate: string): string => `noCheckIn_${elderId}_${onDate}`
const SYSTEM: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }
const helpIdOf = (elderId: string, onDate: string, count: number): string => `help_${elderId}_${onDate}_${count}`

/** Who goes for this elder, in this order. */
const dutyOf = (subdistrict: Subdistrict, elder: Person): CasePlan['duty'] => dutyAt(subdistrict.communities.find((community) => community.communityId === elder.communityId), elder.address)

/** Who is asked for this elder as things stand: the ladders, who goes, and the family to be alerted. */
async function momentOf(elder: Person, at: number): Promise<Moment> {
  const subdistrict = await getSubdistrict(elder.subdistrictId)
  const today = civilDate(at)
  const family = alertedInOrder(elder, today).map((given) => ({ personId: given.personId, name: given.name, kinship: given.kinship }))
  return { plan: planOf(subdistrict.ladders, dutyOf(subdistrict, elder), today), family }
}

/**
 * Opens a case under its id. Without a ladder in the subdistrict it has no rungs: it stands open on the social workers'
 * page, and nobody else is asked by the clock.
 * @returns false if it is there already
 */
export async function openSafetyCase(its: Pick<SafetyCase, '_id' | 'bookingId' | 'reason' | 'words'>, elder: Person, by: By, at: number, requests: RequestLog = {}): Promise<boolean> {
  const { plan, family } = await momentOf(elder, at)
  const ladder = plan === null ? null : ladderOn(plan.ladders, civilDate(at))
  const rungs = plan === null || ladder === null ? [] : rungsOf(ladder, at, { personId: elder._id, name: elder.name }, family, plan.duty)
  const opened = openCase(
    { ...its, subdistrictId: elder.subdistrictId, communityId: elder.communityId, elderId: elder._id, elderName: elder.name, age: ageOn(elder.birthOn, civilDate(at)), livesAlone: elder.livesAlone, family },
    { version: ladder?.version ?? null, rungs, takenMinutes: ladder?.takenMinutes ?? 0, ...(plan === null ? {} : { plan }) }, by, at,
  )
  return insert('safetyCases', { ...opened, requests })
}

/**
 * One elder, one live case: what is missed while somebody looks for the elder already is told there, as one more line.
 * The same miss again finds where it went, and adds nothing.
 * @returns the case that holds it
 * @throws TRY_AGAIN
 */
async function openOrTell(miss: { readonly caseId: string; readonly what: string; readonly bookingId: string | null; readonly reason: 'noContact' | 'noCheckIn'; readonly words: string }, elder: Person, by: By, at: number, now: number): Promise<string> {
  const held = await holderOf(miss.caseId, miss.what)
  if (held !== null) return held
  const moment = await momentOf(elder, at)
  for (let attempt = 0; attempt < CALL_ATTEMPTS; attempt++) {
    const [standing] = (await liveCasesOf(elder._id)).sort((a, b) => a.openedAt - b.openedAt)
    if (!standing) {
      await openSafetyCase({ _id: miss.caseId, bookingId: miss.bookingId, reason: miss.reason, words: miss.words }, elder, by, at)
      return miss.caseId
    }
    if (standing._id === miss.caseId) return miss.caseId
    try {
      return (await change('safetyCases', standing, (current) => missAgain(current, miss.what, by, miss.words, at, now, moment)))._id
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'WRONG_STATE')) throw error // closed meanwhile: this is a new one
    }
  }
  throw new DomainError('TRY_AGAIN')
}

/** The case that was opened for a miss, or that it was told in; null: none yet. */
async function holderOf(caseId: string, what: string): Promise<string | null> {
  if ((await read<SafetyCase>('safetyCases', caseId)) !== null) return caseId
  return (await find<SafetyCase>('safetyCases', { also: what }, null, 1))[0]?._id ?? null
}

/** The case that looks after a door which nobody opened. */
export const missedContactCase = async (bookingId: string): Promise<string> => (await holderOf(safetyCaseIdOf(bookingId), bookingId)) ?? safetyCaseIdOf(bookingId)

/** What became of a door that nobody opened; null: nobody stood before it in vain. */
export const doorOf = async (booking: Pick<Booking, '_id' | 'status'>): Promise<SafetyCase | null> => (booking.status === 'noContact' ? read<SafetyCase>('safetyCases', await missedContactCase(booking._id)) : null)

/** A door that nobody opened; again opens nothing. */
export async function openMissedContact(booking: Booking, now: number): Promise<void> {
  const caseId = safetyCaseIdOf(booking._id)
  if ((await read<SafetyCase>('safetyCases', caseId)) !== null) return
  const entry = [...booking.timeline].reverse().find((line) => line.what === 'noContact')
  await openOrTell({ caseId, what: booking._id, bookingId: booking._id, reason: 'noContact', words: entry?.words ?? '' }, await getPerson(booking.elderId), entry?.by ?? SYSTEM, entry?.at ?? now, now)
}

/** A door that stayed shut when somebody came with a notice; again opens nothing. @param caseId names the door @returns the case that holds it */
export const openNoticeCase = (elder: Person, caseId: string, title: string, by: By, now: number): Promise<string> =>
  openOrTell({ caseId, what: caseId, bookingId: null, reason: 'noContact', words: `上门通知「${title}」，没有人应门` }, elder, by, now, now)

/** A daily word that did not come by now, for the latest day it was awaited. Again opens nothing. */
export async function openMissedCheck(elder: Person, now: number): Promise<void> {
  const missed = missedCheck(elder, now)
  if (missed === null) return
  const caseId = missedCheckIdOf(elder._id, missed.onDate)
  await openOrTell({ caseId, what: caseId, bookingId: null, reason: 'noCheckIn', words: `约好 ${clockTime(missed.dueAt)} 前报平安，没有等到` }, elder, SYSTEM, missed.dueAt, now)
}

/** Live cases whose ladder asks this member of staff by name, whatever their own community; oldest first. */
export async function liveCasesNaming(personId: string): Promise<SafetyCase[]> {
  const cases = await find<SafetyCase>('safetyCases', { 'rungs.personId': personId, status: command.in(['open', 'taken']) }, null, 50)
  return cases.filter((safety) => safety.elderId !== personId && namedOn(safety).includes(personId)).sort((a, b) => a.openedAt - b.openedAt)
}

/** Live cases of a community: what is being looked after there at one time. */
const LIVE_AT_MOST = 500

/** Who is on duty there has changed: live cases ask them from the next round on. They follow the record as it stands; again changes nothing. */
export async function tellCasesOfDuty(subdistrictId: string, communityId: string, now: number): Promise<void> {
  const subdistrict = await getSubdistrict(subdistrictId)
  const live = await find<SafetyCase>('safetyCases', { communityId, status: command.in(['open', 'taken']) }, null, LIVE_AT_MOST)
  for (const safety of live) {
    const duty = dutyOf(subdistrict, await getPerson(safety.elderId))
    await change('safetyCases', safety, (current) => withDuty(current, duty, now))
  }
}

/** Cases of one elder that are not closed; far fewer than 50. */
export const liveCasesOf = (elderId: string): Promise<SafetyCase[]> => find<SafetyCase>('safetyCases', { elderId, status: command.in(['open', 'taken']) }, null, 50)

const CALL_ATTEMPTS = 8
/** Cases of one elder within the memory of requests, at most. */
const RECENT_CASES = 300

/**
 * Help is asked for. While a case of this elder is live, it is told there; two presses at once meet at one id.
 * The case itself remembers the request, so that a repetition finds what it did, also when the case is closed by then.
 * @throws REQUEST_CONFLICT, TRY_AGAIN
 */
export async function callForHelp(elder: Person, by: By, words: string, request: Request, now: number): Promise<OutputOf<'safety.call'>> {
  const today = civilDate(now)
  for (let attempt = 0; attempt < CALL_ATTEMPTS; attempt++) {
    const [live, recent] = await Promise.all([
      liveCasesOf(elder._id), find<SafetyCase>('safetyCases', { elderId: elder._id, openedAt: command.gt(now - REQUEST_MEMORY) }, { by: 'openedAt', direction: 'desc' }, RECENT_CASES),
    ])
    for (const safety of recent) {
      const before = answeredBefore(safety.requests, request)
      if (before) return before.answer as OutputOf<'safety.call'>
    }
    // One that was opened between the two reads is found by the later of them.
    const current = [...live, ...recent].filter((safety) => safety.status !== 'closed')
    const standing = current.find((safety) => safety.reason === 'calledForHelp') ?? current[0]
    if (standing) {
      const moment = await momentOf(elder, now)
      try {
        const { answer } = await changeOnce('safetyCases', standing, request, (current) => ({
          next: pressAgain(current, by, words === '' ? null : words, now, moment), answer: { safetyCaseId: current._id, isNew: false },
        }))
        return answer
      } catch (error) {
        if (error instanceof DomainError && error.code === 'WRONG_STATE') continue // closed meanwhile: this one is a new call
        throw error
      }
    }
    const taken = new Set(recent.map((safety) => safety._id))
    let count = 1
    while (taken.has(helpIdOf(elder._id, today, count))) count += 1
    const safetyCaseId = helpIdOf(elder._id, today, count)
    const answer = { safetyCaseId, isNew: true }
    if (await openSafetyCase({ _id: safetyCaseId, bookingId: null, reason: 'calledForHelp', words }, elder, by, now, { [request.key]: { hash: request.hash, at: now, answer } })) return answer
  }
  throw new DomainError('TRY_AGAIN')
}

export const rungBrief = (rung: Rung | undefined) => (rung === undefined ? null : { kind: rung.kind, name: rung.name, kinship: rung.kinship })

/** A case as a list shows it: as far up the ladder as the policy says by now, even if the clock is late. */
export function caseBrief(stored: SafetyCase, subdistrict: Subdistrict, viewerId: string, now: number): OutputOf<'worker.today'>['safety'][number] {
  const safety = escalate(stored, now)
  const ladder = subdistrict.ladders.find((candidate) => candidate.version === safety.ladderVersion)
  const rung = safety.rungs[safety.rung]
  const part = rung?.part ?? safety.rungs[safety.rung + 1]?.part
  return {
    safetyCaseId: safety._id, status: safety.status, elderId: safety.elderId, elderName: safety.elderName, age: safety.age, livesAlone: safety.livesAlone,
    communityName: communityName(subdistrict, safety.communityId), openedAt: safety.openedAt, reason: safety.reason, words: safety.words,
    takenByName: safety.taken?.name ?? null, takenByMe: safety.taken?.personId === viewerId, bookingId: safety.bookingId, family: [...safety.family],
    rung: rungBrief(rung), nextAt: safety.nextAt, isNight: part === undefined ? ladder !== undefined && isNight(ladder, safety.openedAt) : isNightPart(part),
    newest: newestAlarm(safety),
  }
}
