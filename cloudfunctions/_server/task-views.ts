/** Tasks and shifts as answers show them: only what the viewer may see, and what they can do now. */
import type { OutputOf } from '../../src/contract'
import type { ShiftBrief, ShiftRow, TaskBrief, TaskOffer } from '../../src/contract/volunteer'
import { clash } from '../../src/domain/busy'
import { instantOf } from '../../src/domain/civil-time'
import { delegationState } from '../../src/domain/delegation'
import type { PointsFlag } from '../../src/domain/fraud'
import { isOwnCase } from '../../src/domain/own-case'
import type { Person } from '../../src/domain/person'
import type { Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { actsOfShift, blockedFor, isDone, isWeakShift, promiseIdOf, servedIn, shiftFrom, shiftLacking, verifiersOf, type Shift, type ShiftLine } from '../../src/domain/shift'
import { isOwnTask, plannedMinutes, skillsMissing, stateOf, type Candidate, type Task } from '../../src/domain/task'
import { walkBetween } from '../../src/domain/walking'
import { command, find } from './cloud'
import { communityName, eldersOf } from './people'
import type { Staff } from './staff'
import { entriesById } from './seals'

/** @param fromId the community from which the way is walked; null: the viewer's is of no matter */
export const taskBrief = (task: Task, subdistrict: Subdistrict, fromId: string | null, now: number): TaskBrief => ({
  taskId: task._id, title: task.title, place: task.place, communityId: task.communityId, communityName: communityName(subdistrict, task.communityId), onDate: task.onDate, startsAt: task.startsAt, endsAt: task.endsAt,
  skills: [...task.skills], seats: task.seats, remaining: Math.max(0, task.remaining), status: stateOf(task, now), isForElder: task.elderId !== null, isPair: task.pairId !== null, organiserName: task.organiser.name,
  walkingMinutes: fromId === null ? null : (task.walkingMinutes[fromId] ?? walkBetween(subdistrict.walking, fromId, task.communityId)),
})

/** How a task stands for one volunteer. */
export function taskOffer(task: Task, subdistrict: Subdistrict, viewer: Person, candidate: Candidate, now: number): TaskOffer {
  const mine = task.holders[viewer._id]
  const isElsewhere = clash(viewer.serving ?? [], task.startsAt, task.endsAt, mine === undefined ? undefined : promiseIdOf({ _id: mine.shiftId, turn: mine.turn })) !== undefined
  const state = mine !== undefined ? 'mine' : task.remaining <= 0 || task.status === 'cancelled' || task.startsAt <= now ? 'full' : isOwnTask(task, candidate) ? 'ownCase' : skillsMissing(task, candidate.skills).length > 0 ? 'skill' : isElsewhere ? 'clash' : 'free'
  return { ...taskBrief(task, subdistrict, viewer.communityId, now), state, shiftId: mine?.shiftId ?? null }
}

export const shiftBrief = (shift: Shift, subdistrict: Subdistrict): ShiftBrief => ({
  shiftId: shift._id, taskId: shift.taskId, title: shift.title, place: shift.place, communityName: communityName(subdistrict, shift.communityId), onDate: shift.onDate, startsAt: shift.startsAt, endsAt: shift.endsAt, status: shift.status,
  volunteerName: shift.volunteer.name, elderName: shift.elderName, isPair: shift.pairId !== null, checkedInAt: shift.checkIn?.provedAt ?? null, checkedOutAt: shift.checkOut?.provedAt ?? null,
  minutes: shift.verifiedMinutes ?? servedIn(shift), points: shift.points === null ? null : { ...shift.points },
})

/** The elder's family by record and by delegation: for whom a verification would be their own case (law 3). */
export const kinOf = (elder: Person | null | undefined): readonly string[] => (elder ? [...elder.kinIds, ...elder.delegateIds] : [])

/** Names of one row. */
const VERIFIERS_SHOWN = 3

/** @param staff who could verify it; empty: nobody is named */
export const shiftRow = (shift: Shift, subdistrict: Subdistrict, viewerId: string, elder: Person | null | undefined, staff: readonly Staff[]): ShiftRow => ({
  ...shiftBrief(shift, subdistrict), missing: isDone(shift) ? [] : [...shiftLacking(shift)], isWeakProof: isWeakShift(shift), plannedMinutes: plannedMinutes(shift), servedMinutes: servedIn(shift),
  confirmedByName: [...shift.timeline].reverse().find((line) => line.what === 'confirmed')?.by.name ?? null, blocked: blockedFor(shift, viewerId, kinOf(elder)),
  verifiers: shift.verifiedBy === null ? verifiersOf(shift, kinOf(elder), staff).slice(0, VERIFIERS_SHOWN).map((one) => ({ ...one })) : [],
})

/** As whom somebody looks at a shift. */
export type ShiftViewer = OutputOf<'shift.show'>['as']

/** What was said about a volunteer to the social worker is not for the volunteer. */
const hiddenFromVolunteer: readonly ShiftLine['what'][] = ['confirmed', 'disputed', 'late']
const decided: readonly ShiftLine['what'][] = ['partly', 'rejected', 'noShow', 'cancelled', 'verified']

export function shiftView(shift: Shift, task: Task, subdistrict: Subdistrict, viewer: Actor, as: ShiftViewer, elder: Person | null, staff: readonly Staff[], now: number): OutputOf<'shift.show'> {
  const row = shiftRow(shift, subdistrict, viewer.personId, elder, staff)
  const isStaff = as === 'socialWorker' || as === 'admin'
  // A social worker who runs the task wears both hats.
  const hats: readonly ShiftViewer[] = isStaff && shift.organiserId === viewer.personId ? [as, 'organiser'] : [as]
  // Whom it was for says that it took place; that their verifying it would be their own case is another matter.
  const isOwn = isOwnCase(viewer.personId, shift.volunteer) ? 'OWN_CASE' as const : null
  const acts = [...new Set(hats.flatMap((hat) => actsOfShift(shift, hat, hat === 'socialWorker' || hat === 'admin' ? row.blocked : isOwn, now)))]
  return {
    ...row, blocked: isStaff ? row.blocked : null, as, what: task.what, organiserName: task.organiser.name, checkInFrom: shiftFrom(shift), acts,
    timeline: shift.timeline.map((line) => ({
      what: line.what, at: line.at, byName: line.by.name, byMe: line.by.personId === viewer.personId, as: line.by.as, kinship: line.by.kinship, proof: line.proof, provedAt: line.provedAt,
      words: as === 'volunteer' && hiddenFromVolunteer.includes(line.what) ? null : line.words,
    })),
    reason: [...shift.timeline].reverse().find((line) => decided.includes(line.what))?.words ?? null,
  }
}

/** More shifts than anybody does in a year. */
const YEAR_AT_MOST = 1000
/** Confirmed doubts that name one person, at most. */
const FLAGS_AT_MOST = 200

export type YearShift = Pick<Shift, '_id' | 'status' | 'verifiedMinutes' | 'onDate' | 'title' | 'communityId' | 'points'>

/** Verified shifts of a civil year, oldest first; what was taken back, or confirmed as fraud, counts no more. */
export async function yearOf(volunteerId: string, year: number): Promise<readonly YearShift[]> {
  const within = command.gte(instantOf(`${year}-01-01`)).and(command.lt(instantOf(`${year + 1}-01-01`)))
  const done = (await find<Shift>('shifts', { volunteerId, startsAt: within }, { by: 'startsAt', direction: 'asc' }, YEAR_AT_MOST, ['status', 'verifiedMinutes', 'onDate', 'title', 'communityId', 'points'])).filter(isDone)
  const voided = await voidOf(volunteerId, done.map(entryIdOf))
  return done.filter((shift) => !voided.has(entryIdOf(shift)))
}

const entryIdOf = (shift: YearShift): string => shift.points?.entryId ?? `shift_${shift._id}`

/** Which of somebody's lines were reversed, or named by a confirmed doubt (whose points may have been spent). */
async function voidOf(volunteerId: string, entryIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (entryIds.length === 0) return new Set()
  const [reversals, flags] = await Promise.all([
    entriesById(entryIds.map((id) => `reversal_${id}`)), find<PointsFlag>('pointsFlags', { 'people.personId': volunteerId, status: 'confirmed' }, null, FLAGS_AT_MOST, ['decided']),
  ])
  return new Set([...[...reversals.values()].flatMap((entry) => entry.reverses ?? []), ...flags.flatMap((flag) => flag.decided?.entryIds ?? [])])
}

export const figuresOf = (year: number, shifts: readonly YearShift[]): { readonly year: number; readonly shifts: number; readonly minutes: number } =>
  ({ year, shifts: shifts.length, minutes: shifts.reduce((sum, shift) => sum + (shift.verifiedMinutes ?? 0), 0) })

/** Elders for whom somebody may show a code and say that it took place. */
export const eldersBookedFor = async (personId: string, today: string): Promise<readonly Person[]> =>
  (await eldersOf(personId)).filter((elder) => {
    const given = elder.delegates[personId]
    return given !== undefined && delegationState(given, today) === 'active' && given.scopes.includes('book')
  })
