/**
 * Volunteer tasks and shifts in the database: a claim takes the seat, then the volunteer's time, then writes the shift;
 * whatever a crash leaves is settled to what the shift states. A verified shift is credited once, under its natural key.
 */
import type { By } from '../../src/domain/booking-record'
import { clash } from '../../src/domain/busy'
import { matchWindow, windowOf, windowsUpTo, windowStart } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import type { Moment } from '../../src/domain/evidence'
import type { Server } from '../../src/domain/own-case'
import type { Person } from '../../src/domain/person'
import type { Actor, RoleGrant } from '../../src/domain/role'
import { cancelShift, claimed, claimedAgain, holdsShiftSeat, isDone, promiseIdOf, type Credit, type Shift } from '../../src/domain/shift'
import { ensureMayClaim, skills as everySkill, type Candidate, type Skill, type Task } from '../../src/domain/task'
import { change, changeOnce, get, remembered, type Request } from './aggregate'
import { countFailure, ensureMayTry } from './attempts'
import { command, find, insert, read, updateIf } from './cloud'
import { creditWork } from './earning'
import { derivedId, doorCodeAt } from './keys'
import { ownerOf } from './ledger'
import { eldersOf, findPerson, getPerson } from './people'
import { promiseTime, releaseServer } from './serving'

export const getTask = (taskId: string): Promise<Task> => get<Task>('tasks', taskId)
export const getShift = (shiftId: string): Promise<Shift> => get<Shift>('shifts', shiftId)
export const shiftIdOf = (taskId: string, volunteerId: string): string => derivedId('sh', taskId, volunteerId)
/** More seats than any task has. */
const SHIFTS_AT_MOST = 250
export const shiftsOf = (taskId: string): Promise<Shift[]> => find<Shift>('shifts', { taskId }, null, SHIFTS_AT_MOST)

/** Somebody who serves, with their close family: by record, and by delegations in either direction (law 3). */
export async function serverOf(person: Person): Promise<Server> {
  const actsFor = await eldersOf(person._id)
  return { personId: person._id, name: person.name, kinIds: [...new Set([...person.kinIds, ...person.delegateIds, ...actsFor.map((elder) => elder._id)])] }
}

const isSkill = (skill: string): skill is Skill => (everySkill as readonly string[]).includes(skill)
/** What an account joined with as a volunteer; null for who did not. */
export function volunteerGrant(actor: Pick<Actor, 'grants'>): { readonly skills: readonly Skill[]; readonly communityIds: readonly string[] } | null {
  const grant: RoleGrant | undefined = actor.grants.find((one) => one.role === 'volunteer')
  return grant === undefined ? null : { skills: (grant.skills ?? []).filter(isSkill), communityIds: grant.communityIds ?? [] }
}

const SEAT_ATTEMPTS = 6

/** Takes the seat in one conditional update that repeats the rule's guard; gives the shift whose seat it is. @throws what `ensureMayClaim` throws, TRY_AGAIN */
async function takeSeat(loaded: Task, volunteer: Candidate, shift: Pick<Shift, '_id' | 'turn'>, now: number): Promise<string> {
  let task = loaded
  const seat = `holders.${volunteer.personId}`
  for (let attempt = 0; attempt < SEAT_ATTEMPTS; attempt++) {
    ensureMayClaim(task, volunteer, now)
    const held = task.holders[volunteer.personId]
    if (held !== undefined) return held.shiftId
    const isTaken = await updateIf(
      'tasks', task._id, { status: 'open', remaining: command.gt(0), [seat]: command.exists(false) },
      { remaining: command.inc(-1), [seat]: command.set({ shiftId: shift._id, turn: shift.turn, at: now }), unsettledAt: command.set(now), version: command.inc(1) },
    )
    if (isTaken) return shift._id
    task = await getTask(task._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Gives the seat of exactly this turn back; again changes nothing. */
const freeSeat = (shift: Pick<Shift, '_id' | 'taskId' | 'volunteerId' | 'turn'>): Promise<boolean> => {
  const seat = `holders.${shift.volunteerId}`
  return updateIf('tasks', shift.taskId, { [`${seat}.shiftId`]: shift._id, [`${seat}.turn`]: shift.turn }, { remaining: command.inc(1), [seat]: command.remove(), version: command.inc(1) })
}

/**
 * A volunteer claims a task. Claimed already, it answers the same shift.
 * @param before the shift that an earlier claim made; null: none
 * @param request null for the clock, whose claims are found by their shift
 * @throws what `ensureMayClaim` throws, WORKER_BUSY {from, to}, WRONG_STATE for a shift that is over
 */
export async function claimTask(task: Task, before: Shift | null, person: Person, stated: readonly Skill[], by: By, request: Request | null, now: number): Promise<Shift> {
  const volunteer: Candidate = { ...(await serverOf(person)), skills: stated }
  if (before !== null && holdsShiftSeat(before.status)) return before
  ensure(before === null || before.status === 'givenUp', 'WRONG_STATE', { status: before?.status ?? '' })
  ensureMayClaim(task, volunteer, now)
  if (before !== null) await settleShift(before, now)
  const wanted = { _id: shiftIdOf(task._id, person._id), turn: (before?.turn ?? 0) + 1 }
  const time = { bookingId: promiseIdOf(wanted), from: task.startsAt, to: task.endsAt, at: now }
  // Asked before anything is written: what is promised elsewhere costs nobody a seat.
  const isBusy = clash(person.serving ?? [], task.startsAt, task.endsAt, time.bookingId) !== undefined
  if (isBusy) await promiseTime(person, time, now)
  try {
    const seatedId = await takeSeat(task, volunteer, wanted, now)
    // A merged record may bring a shift that was claimed under its other id.
    if (seatedId !== wanted._id) return await getShift(seatedId)
  } catch (error) {
    if (isBusy) await releaseServer(person._id, time.bookingId, now)
    throw error
  }
  try {
    if (!isBusy) await promiseTime(person, time, now)
  } catch (error) {
    if (error instanceof DomainError) await freeSeat({ ...wanted, taskId: task._id, volunteerId: person._id })
    throw error
  }
  const { skills: _skills, ...server } = volunteer
  const known = (shift: Shift): Shift => (request === null ? shift : { ...shift, requests: remembered(shift.requests, request, { shiftId: shift._id }, now) })
  if (before === null) {
    const fresh = known(claimed(task, server, wanted._id, by, now))
    if (await insert('shifts', fresh)) return fresh
    return getShift(wanted._id)
  }
  const again = (current: Shift): Shift => (current.turn >= wanted.turn ? current : claimedAgain(current, server, by, now))
  return request === null ? change('shifts', before, again) : (await changeOnce('shifts', before, request, (current) => ({ next: again(current), answer: { shiftId: current._id } }))).document
}

/** What a code at the door proves: the rotating one of the task, or the elder's printed card. @throws DOOR_CODE_WRONG, DOOR_CODE_USED */
function momentOf(task: Task, shift: Shift, elder: Person | null, code: string, capturedAt: number | null, now: number): Moment {
  if (code.length === 8) {
    ensure(elder !== null && elder.doorCard !== null && elder.doorCard.code === code, 'DOOR_CODE_WRONG')
    return { at: now, provedAt: now, proof: 'doorCard', codeWindow: null, capturedAt }
  }
  const used = [shift.checkIn?.codeWindow ?? null, shift.checkOut?.codeWindow ?? null]
  const window = matchWindow(code, windowsUpTo(task, now), used, (candidate) => doorCodeAt(task.doorKey, candidate))
  return { at: now, provedAt: window === windowOf(now) ? now : windowStart(window), proof: 'doorCode', codeWindow: window, capturedAt }
}

/** A code that a volunteer typed: entered as a guess, looked at, and used by the rule, all of it once. @throws TOO_MANY_ATTEMPTS {until}, DOOR_CODE_WRONG {left}, DOOR_CODE_USED, and what `rule` throws */
export async function proveShift(
  input: { readonly code: string; readonly capturedAt?: number | undefined }, shift: Shift, call: { readonly request: Request; readonly now: number }, rule: (current: Shift, moment: Moment) => Shift,
): Promise<{ readonly proof: 'doorCode' | 'doorCard'; readonly provedAt: number }> {
  const [task, elder] = await Promise.all([getTask(shift.taskId), input.code.length === 8 && shift.elderId !== null ? getPerson(shift.elderId) : null])
  const door = `door_${shift._id}`
  await ensureMayTry(door, call.now)
  try {
    const { answer } = await changeOnce('shifts', shift, call.request, (current) => {
      const moment = momentOf(task, current, elder, input.code, input.capturedAt ?? null, call.now)
      return { next: rule(current, moment), answer: { proof: moment.proof === 'doorCard' ? ('doorCard' as const) : ('doorCode' as const), provedAt: moment.provedAt } }
    })
    return answer
  } catch (error) {
    if (error instanceof DomainError && error.code === 'DOOR_CODE_WRONG') throw new DomainError('DOOR_CODE_WRONG', { left: await countFailure(door, call.now) })
    throw error
  }
}

/** What a verified shift earns, once (its natural key finds it again). */
async function creditShift(shift: Shift, now: number): Promise<Credit> {
  const nothing: Credit = { earned: 0, excess: 0, entryId: null }
  const person = await findPerson(shift.volunteerId)
  if (person === null || shift.verifiedBy === null || (shift.verifiedMinutes ?? 0) <= 0) return nothing
  const volunteer = person.mergedInto === null ? person : await getPerson(person.mergedInto)
  if (volunteer.standing === 'erased') return nothing
  const credit = await creditWork(ownerOf(volunteer), {
    source: 'shift', id: shift._id, earner: 'volunteer', serviceItemId: null, minutes: shift.verifiedMinutes ?? 0, onDate: shift.onDate, stated: null, words: shift.title,
    about: shift.elderId === null || shift.elderName === null ? null : { personId: shift.elderId, name: shift.elderName }, by: shift.verifiedBy,
  }, now)
  return credit ?? nothing
}

/** Brings everything beside a shift to what it states: seat and time freed, credit paid. Every step may be repeated. @returns the shift as it then stands */
export async function settleShift(shift: Shift, now: number): Promise<Shift> {
  if (shift.unsettledAt === null) return shift
  if (!holdsShiftSeat(shift.status)) {
    await freeSeat(shift)
    await releaseServer(shift.volunteerId, promiseIdOf(shift), now)
  }
  const points = isDone(shift) ? await creditShift(shift, now) : shift.points
  const isSettled = await updateIf('shifts', shift._id, { unsettledAt: shift.unsettledAt, turn: shift.turn }, { unsettledAt: command.set(null), points: command.set(points), version: command.inc(1) })
  return { ...shift, points, unsettledAt: null, version: shift.version + (isSettled ? 1 : 0) }
}

/** Shifts of a task that was cancelled are cancelled with it; again changes nothing. */
export async function cancelShifts({ cancelled }: Task, shifts: readonly Shift[], now: number): Promise<void> {
  if (cancelled === null) return
  for (const shift of shifts) {
    if (shift.status === 'claimed') await settleShift(await change('shifts', shift, (current) => cancelShift(current, cancelled.by, cancelled.reason, now)), now)
  }
}

/** Frees the seats that no shift of that very turn holds; cancels the shifts of a task that was cancelled. @param olderThan younger seats may belong to a claim that is still under way, ms */
export async function settleTask(task: Task, now: number, olderThan: number): Promise<void> {
  const shifts = await shiftsOf(task._id)
  await cancelShifts(task, shifts, now)
  for (const [volunteerId, seat] of Object.entries(task.holders)) {
    const shift = shifts.find((one) => one._id === seat.shiftId)
    if (seat.at > olderThan || (shift !== undefined && shift.turn >= seat.turn)) continue
    const stray = { _id: seat.shiftId, taskId: task._id, volunteerId, turn: seat.turn }
    await releaseServer(volunteerId, promiseIdOf(stray), now)
    await freeSeat(stray)
  }
  await updateIf('tasks', task._id, { unsettledAt: task.unsettledAt }, { unsettledAt: command.set(null), version: command.inc(1) })
}

export const findShift = (shiftId: string): Promise<Shift | null> => read<Shift>('shifts', shiftId)
