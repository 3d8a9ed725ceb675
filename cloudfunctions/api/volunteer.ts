/** Handlers of src/contract/volunteer.ts: who volunteers, the tasks, and the shifts from claim to credit. */
import type { By } from '../../src/domain/booking-record'
import { instantOf } from '../../src/domain/civil-time'
import { CODE_WINDOW, LATE, windowOf, windowsUpTo, windowStart } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import type { Group } from '../../src/domain/group'
import { maskAddress, type Person } from '../../src/domain/person'
import { monthOf } from '../../src/domain/meal-policy'
import { hasRole, type Actor, type RoleGrant, type Standing, type Subject } from '../../src/domain/role'
import { checkInShift, checkOutShift, confirmShift, disputeShift, giveUpShift, hasLiveShifts, holdsShiftSeat, isShiftUnderWay, noShow, shiftFrom, verifyShift, type Shift } from '../../src/domain/shift'
import { cancelTask, publish, type Candidate, type Task } from '../../src/domain/task'
import { nearestFirst } from '../../src/domain/walking'
import type { Account } from '../_server/accounts'
import { changeOnce, createOnce } from '../_server/aggregate'
import { command, find, read } from '../_server/cloud'
import { derivedId, doorCodeAt, newSecret } from '../_server/keys'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { careOf, communitiesOf, ensureCommunity, getResident } from '../_server/residents'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { verifyingStaffOf } from '../_server/staff'
import { eldersBookedFor, figuresOf, kinOf, shiftBrief, shiftRow, shiftView, taskBrief, taskOffer, yearOf, type ShiftViewer } from '../_server/task-views'
import { cancelShifts, claimTask, findShift, getShift, getTask, proveShift, serverOf, settleShift, shiftIdOf, shiftsOf, volunteerGrant } from '../_server/tasks'
import { ensureAllowedText } from '../_server/text'

const DONE = { done: true } as const
/** Rows of one page that a phone is sent. */
const ROWS = 20
/** Shifts to come of one volunteer, and tasks of one host. */
const COMING_AT_MOST = 40
/** Lines on a certificate, and groups that somebody belongs to. */
const CERTIFICATE_ROWS = 50
const GROUPS_AT_MOST = 20

const placeOf = ({ subdistrictId, communityId }: { readonly subdistrictId: string; readonly communityId: string }): Subject => ({ subdistrictId, communityId })
/** What somebody wrote; null for nothing. */
const said = (words: string | undefined): string | null => (words === undefined || words === '' ? null : words)

export const asVolunteer = (actor: Actor): By => ({ personId: actor.personId, name: actor.name, as: 'volunteer', kinship: null, scope: null })

/** As whom the organiser of a task acts: a social worker, another volunteer, or a resident. */
const asOrganiser = (actor: Actor): By => ({ ...asVolunteer(actor), as: actor.grants.some((grant) => grant.role === 'socialWorker') ? 'socialWorker' : volunteerGrant(actor) === null ? 'elder' : 'volunteer' })

/** A task with the elder whom it serves. @param isNaming whom it names for this action */
async function withTask(taskId: string, isNaming: (task: Task) => readonly string[]) {
  const task = await getTask(taskId)
  const elder = task.elderId === null ? null : await getPerson(task.elderId)
  return { subject: { ...(elder === null ? {} : aboutElder(elder)), ...placeOf(task), named: isNaming(task) }, task, elder }
}

/** A shift with the elder whom it serves; the community is the task's. */
async function withShift(shiftId: string, isNaming: (shift: Shift) => readonly string[]) {
  const shift = await getShift(shiftId)
  const elder = shift.elderId === null ? null : await getPerson(shift.elderId)
  return { subject: { ...(elder === null ? {} : aboutElder(elder)), ...placeOf(shift), named: isNaming(shift) }, shift, elder, remembersIn: shift }
}

/** A volunteer's own shift: nobody else finds it. */
async function myShift(shiftId: string) {
  const shift = await getShift(shiftId)
  return { subject: { ...placeOf(shift), named: [shift.volunteerId] }, shift, remembersIn: shift }
}

const candidateOf = async (person: Person, actor: Actor): Promise<Candidate> => ({ ...(await serverOf(person)), skills: volunteerGrant(actor)?.skills ?? [] })

/** As whom somebody looks at a task or shift that names them. */
function viewerOf(standing: Standing, isVolunteer: boolean): ShiftViewer {
  if (isVolunteer) return 'volunteer'
  if (standing.role === 'socialWorker' || standing.role === 'admin') return standing.role
  return standing.relation === 'self' ? 'elder' : standing.relation === 'delegate' ? 'family' : 'organiser'
}

const accountOf = (call: Call): Account => {
  if (call.account === null) throw new DomainError('TERMS_REQUIRED')
  return call.account
}

/** The account with a volunteer's grant, or without it. */
const withGrant = (account: Account, grant: RoleGrant | null): Account => ({ ...account, grants: [...account.grants.filter((one) => one.role !== 'volunteer'), ...(grant === null ? [] : [grant])] })

const communityChoices = (subdistrict: { readonly communities: readonly { readonly communityId: string; readonly name: string }[] }) => subdistrict.communities.map(({ communityId, name }) => ({ communityId, name }))

const PLACE = '-in-'

/** A page of what is offered, community by community in this order; the cursor names the community and the place in it. At most one query a community. */
async function nearestTasks(communityIds: readonly string[], cursor: string | undefined, now: number): Promise<{ readonly items: readonly Task[]; readonly nextCursor: string | null }> {
  const [from, inner] = cursor === undefined ? [undefined, undefined] : cursor.split(PLACE)
  const first = from === undefined ? 0 : communityIds.indexOf(from)
  const items: Task[] = []
  for (const [index, communityId] of communityIds.entries()) {
    if (index < first || first < 0) continue
    if (items.length === ROWS) return { items, nextCursor: `${communityId}${PLACE}` }
    const page = await pageBy<Task>('tasks', { offeredIn: communityId }, 'startsAt', 'asc', communityId === from && inner !== '' ? inner : undefined, ROWS - items.length, { from: now })
    items.push(...page.items)
    if (page.nextCursor !== null) return { items, nextCursor: `${communityId}${PLACE}${page.nextCursor}` }
  }
  return { items, nextCursor: null }
}

export const volunteerHandlers = {
  'volunteer.join': handler('volunteer.join', {
    load: async (_input, { account }) => ({ subject: {}, remembersIn: account }),
    async run(input, _loaded, call) {
      const [person, subdistrict] = await Promise.all([getPerson(call.actor.personId), getSubdistrict(call.actor.subdistrictId)])
      ensure(person.standing === 'verified', 'UNVERIFIED')
      for (const communityId of input.communityIds) ensureCommunity(subdistrict, communityId)
      const grant: RoleGrant = { role: 'volunteer', communityIds: [...new Set(input.communityIds)], skills: [...new Set(input.skills)] }
      return (await changeOnce('accounts', accountOf(call), call.request, (current) => ({ next: withGrant(current, grant), answer: DONE }))).answer
    },
  }),

  'volunteer.leave': handler('volunteer.leave', {
    load: async (_input, { account }) => ({ subject: {}, remembersIn: account }),
    async run(_input, _loaded, call) {
      const person = await getPerson(call.actor.personId)
      ensure(!hasLiveShifts(person, call.now), 'LIVE_SHIFTS')
      return (await changeOnce('accounts', accountOf(call), call.request, (current) => ({ next: withGrant(current, null), answer: DONE }))).answer
    },
  }),

  'volunteer.me': handler('volunteer.me', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const year = Number(today.slice(0, 4))
      const [person, subdistrict, shifts, groups] = await Promise.all([
        getPerson(actor.personId), getSubdistrict(actor.subdistrictId), yearOf(actor.personId, year), find<Group>('groups', { memberIds: actor.personId }, { by: 'savedAt', direction: 'desc' }, GROUPS_AT_MOST),
      ])
      const grant = volunteerGrant(actor)
      return {
        isVolunteer: grant !== null, isVerified: person.standing === 'verified', name: person.name, communityName: communityName(subdistrict, person.communityId), skills: [...(grant?.skills ?? [])], communityIds: [...(grant?.communityIds ?? [person.communityId])],
        choices: communityChoices(subdistrict), thisYear: figuresOf(year, shifts), groups: groups.filter((group) => group.isOpen).map((group) => ({ groupId: group._id, name: group.name, isMyLead: group.leaderId === actor.personId })),
      }
    },
  }),

  'volunteer.certificate': handler('volunteer.certificate', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      const [person, subdistrict, shifts] = await Promise.all([getPerson(actor.personId), getSubdistrict(actor.subdistrictId), yearOf(actor.personId, input.year)])
      const months = new Map<string, { month: string; shifts: number; minutes: number }>()
      for (const shift of shifts) {
        const month = months.get(monthOf(shift.onDate)) ?? { month: monthOf(shift.onDate), shifts: 0, minutes: 0 }
        months.set(month.month, { ...month, shifts: month.shifts + 1, minutes: month.minutes + (shift.verifiedMinutes ?? 0) })
      }
      return {
        ...figuresOf(input.year, shifts), number: `ZY-${input.year}-${doorCodeAt(person._id, input.year)}`, name: person.name, communityName: communityName(subdistrict, person.communityId), subdistrictName: subdistrict.name, issuedOn: today,
        points: shifts.reduce((sum, shift) => sum + (shift.points?.earned ?? 0), 0), months: [...months.values()],
        items: [...shifts].reverse().slice(0, CERTIFICATE_ROWS).map((shift) => ({ shiftId: shift._id, onDate: shift.onDate, title: shift.title, communityName: communityName(subdistrict, shift.communityId), minutes: shift.verifiedMinutes ?? 0 })),
        more: Math.max(0, shifts.length - CERTIFICATE_ROWS),
      }
    },
  }),

  'task.list': handler('task.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now }) {
      const mine = volunteerGrant(actor)?.communityIds ?? []
      const asked = input.communityId === undefined ? mine : mine.filter((communityId) => communityId === input.communityId)
      const [person, subdistrict] = await Promise.all([getPerson(actor.personId), getSubdistrict(actor.subdistrictId)])
      const page = input.order === 'nearest'
        ? await nearestTasks(nearestFirst(subdistrict.walking, person.communityId, asked), input.cursor, now)
        : await pageBy<Task>('tasks', { offeredIn: command.in(asked) }, 'startsAt', 'asc', input.cursor, ROWS, { from: now })
      const candidate = await candidateOf(person, actor)
      return {
        items: page.items.map((task) => taskOffer(task, subdistrict, person, candidate, now)), nextCursor: page.nextCursor,
        communities: communityChoices(subdistrict).filter(({ communityId }) => mine.includes(communityId)),
      }
    },
  }),

  'task.show': handler('task.show', {
    load: ({ taskId }) => withTask(taskId, (task) => [task.organiserId, ...Object.keys(task.holders)]),
    async run(_input, { task, elder }, { actor, now }, standing) {
      const mine = task.holders[actor.personId]
      const [person, subdistrict, shifts] = await Promise.all([getPerson(actor.personId), getSubdistrict(task.subdistrictId), shiftsOf(task._id)])
      const as = viewerOf(standing, mine !== undefined || (standing.relation === 'community' && standing.role === 'volunteer'))
      const offer = taskOffer(task, subdistrict, person, await candidateOf(person, actor), now)
      const isHost = as === 'organiser' || as === 'elder' || as === 'family' || task.organiserId === actor.personId
      const live = shifts.filter((shift) => holdsShiftSeat(shift.status))
      const isTime = now >= shiftFrom(task) && now <= task.endsAt + LATE
      const mayGiveUp = live.some((shift) => shift.volunteerId === actor.personId && shift.status === 'claimed') && now < task.startsAt
      const mayCancel = as === 'socialWorker' && task.status === 'open' && live.every((shift) => shift.status === 'claimed') && task.endsAt > now
      return {
        ...offer, what: task.what, as: as === 'admin' ? 'socialWorker' : as, organiserId: task.organiserId,
        elder: task.elder !== null && elder !== null && (as !== 'volunteer' || mine !== undefined) ? { personId: elder._id, name: elder.name, address: maskAddress(elder.address ?? '') } : null,
        volunteers: as === 'volunteer' ? [] : live.map((shift) => ({ shiftId: shift._id, personId: shift.volunteerId, name: shift.volunteer.name, status: shift.status, checkedInAt: shift.checkIn?.provedAt ?? null, checkedOutAt: shift.checkOut?.provedAt ?? null })),
        cancelReason: task.cancelled?.reason ?? null, publishedByName: task.publishedBy.name,
        acts: [
          ...(as === 'volunteer' && offer.state === 'free' ? (['claim'] as const) : []), ...(mayGiveUp ? (['giveUp'] as const) : []),
          ...(isHost && mine === undefined && task.status === 'open' && isTime && live.some(isShiftUnderWay) ? (['code'] as const) : []), ...(mayCancel ? (['cancel'] as const) : []),
        ],
      }
    },
  }),

  'task.claim': handler('task.claim', {
    async load({ taskId }, { actor }) {
      const [task, before] = await Promise.all([getTask(taskId), findShift(shiftIdOf(taskId, actor.personId))])
      return { subject: placeOf(task), task, before, remembersIn: before }
    },
    async run(_input, { task, before }, { actor, now, request }) {
      const shift = await claimTask(task, before, await getPerson(actor.personId), volunteerGrant(actor)?.skills ?? [], asVolunteer(actor), request, now)
      return { shiftId: shift._id }
    },
  }),

  'task.giveUp': handler('task.giveUp', {
    load: ({ shiftId }) => myShift(shiftId),
    async run(input, { shift }, call) {
      await ensureAllowedText(call.openid, input.reason)
      const { document, answer } = await changeOnce('shifts', shift, call.request, (current) => ({ next: giveUpShift(current, asVolunteer(call.actor), said(input.reason), call.now), answer: DONE }))
      await settleShift(document, call.now)
      return answer
    },
  }),

  'task.publish': handler('task.publish', {
    isFoundByKey: true,
    async load(input, { actor, request }) {
      const before = await read<Task>('tasks', derivedId('t', request.key))
      return { subject: { subdistrictId: actor.subdistrictId, communityId: input.communityId }, madeBefore: before && { hash: before.madeBy.hash, answer: { taskId: before._id } } }
    },
    async run(input, _loaded, call, standing) {
      const { actor, now, request } = call
      const { elderId, organiserId, walking, ...stated } = input
      await ensureAllowedText(call.openid, `${input.title}\n${input.what}\n${input.place}`)
      const [subdistrict, elder, organiser] = await Promise.all([getSubdistrict(actor.subdistrictId), elderId === undefined ? null : getResident(elderId), getResident(organiserId ?? actor.personId)])
      for (const { communityId } of walking ?? []) ensureCommunity(subdistrict, communityId)
      ensure(elder === null || (elder.subdistrictId === actor.subdistrictId && elder.communityId === input.communityId), 'NOT_FOUND')
      ensure(organiser.subdistrictId === actor.subdistrictId, 'NOT_FOUND')
      ensure(organiser.standing === 'verified' && (elder === null || elder.standing === 'verified'), 'UNVERIFIED')
      const task = publish({
        ...stated, elder: elder && { personId: elder._id, name: elder.name }, organiser: { personId: organiser._id, name: organiser.name }, pairId: null, onlyFor: null,
        walkingMinutes: Object.fromEntries((walking ?? []).map(({ communityId, minutes }) => [communityId, minutes])),
      }, { taskId: derivedId('t', request.key), subdistrictId: actor.subdistrictId, doorKey: newSecret(), key: request.key, hash: request.hash }, byOf(actor, standing), now)
      return { taskId: (await createOnce<Task>('tasks', task))._id }
    },
  }),

  'task.cancel': handler('task.cancel', {
    async load({ taskId }) {
      const task = await getTask(taskId)
      return { subject: placeOf(task), task, remembersIn: task }
    },
    async run(input, { task }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const shifts = await shiftsOf(task._id)
      const hasBegun = shifts.some((shift) => holdsShiftSeat(shift.status) && shift.status !== 'claimed')
      const { document, answer } = await changeOnce('tasks', task, call.request, (current) => ({ next: cancelTask(current, hasBegun, byOf(call.actor, standing), input.reason, call.now), answer: DONE }))
      await cancelShifts(document, shifts, call.now)
      return answer
    },
  }),

  'task.board': handler('task.board', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now, today }) {
      const communityIds = communitiesOf(actor)
      const midnight = instantOf(today)
      const [subdistrict, page] = await Promise.all([
        getSubdistrict(actor.subdistrictId),
        pageBy<Task>('tasks', careOf(actor), 'startsAt', input.which === 'coming' ? 'asc' : 'desc', input.cursor, ROWS, input.which === 'coming' ? { from: midnight } : { below: midnight }),
      ])
      const shifts = page.items.length === 0 ? [] : await find<Shift>('shifts', { taskId: command.in(page.items.map((task) => task._id)) }, null, 1000, ['taskId', 'volunteer', 'status'])
      const namesIn = (taskId: string): string[] => shifts.filter((shift) => shift.taskId === taskId && holdsShiftSeat(shift.status)).map((shift) => shift.volunteer.name)
      return {
        items: page.items.map((task) => ({ ...taskBrief(task, subdistrict, null, now), elderName: task.elder?.name ?? null, volunteerNames: namesIn(task._id) })), nextCursor: page.nextCursor,
        communities: communityChoices(subdistrict).filter(({ communityId }) => communityIds.includes(communityId)),
      }
    },
  }),

  'shift.mine': handler('shift.mine', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now, today }) {
      const me = actor.personId
      const since = instantOf(today) - LATE
      const elders = await eldersBookedFor(me, today)
      const elderIds = [me, ...elders.map((elder) => elder._id)]
      const [subdistrict, coming, past, year, organised, served] = await Promise.all([
        getSubdistrict(actor.subdistrictId), find<Shift>('shifts', { volunteerId: me, startsAt: command.gte(since) }, { by: 'startsAt', direction: 'asc' }, COMING_AT_MOST),
        pageBy<Shift>('shifts', { volunteerId: me }, 'startsAt', 'desc', input.cursor, ROWS, { below: now }), yearOf(me, Number(today.slice(0, 4))),
        find<Task>('tasks', { organiserId: me, startsAt: command.gte(since) }, { by: 'startsAt', direction: 'asc' }, COMING_AT_MOST),
        find<Task>('tasks', { elderId: command.in(elderIds), startsAt: command.gte(since) }, { by: 'startsAt', direction: 'asc' }, COMING_AT_MOST),
      ])
      const isComing = (shift: Shift): boolean => (isShiftUnderWay(shift) && shift.endsAt + LATE > now) || (shift.status === 'cancelled' && shift.startsAt > now)
      const hosting = [...new Map([...organised, ...served].filter((task) => task.status === 'open' && task.endsAt + LATE > now).map((task) => [task._id, task])).values()].sort((a, b) => a.startsAt - b.startsAt)
      return {
        coming: coming.filter(isComing).map((shift) => shiftBrief(shift, subdistrict)),
        past: { items: past.items.filter((shift) => !isComing(shift) && shift.status !== 'givenUp').map((shift) => shiftBrief(shift, subdistrict)), nextCursor: past.nextCursor },
        thisYear: figuresOf(Number(today.slice(0, 4)), year),
        hosting: hosting.map((task) => ({ ...taskBrief(task, subdistrict, null, now), elderName: task.elder?.name ?? null, as: task.elderId === me ? ('elder' as const) : task.organiserId === me ? ('organiser' as const) : ('family' as const) })),
      }
    },
  }),

  'shift.show': handler('shift.show', {
    load: async ({ shiftId }) => ({ ...(await withShift(shiftId, (shift) => [shift.volunteerId, shift.organiserId])), remembersIn: null }),
    async run(_input, { shift, elder }, { actor, now }, standing) {
      const as = viewerOf(standing, shift.volunteerId === actor.personId)
      const isStaff = as === 'socialWorker' || as === 'admin'
      const [task, subdistrict, staff] = await Promise.all([getTask(shift.taskId), getSubdistrict(shift.subdistrictId), isStaff ? verifyingStaffOf(shift.subdistrictId) : []])
      return shiftView(shift, task, subdistrict, actor, as, elder, staff, now)
    },
  }),

  'shift.code': handler('shift.code', {
    load: ({ taskId }) => withTask(taskId, (task) => [task.organiserId]),
    async run(_input, { task }, { actor, now }) {
      ensure(task.holders[actor.personId] === undefined, 'OWN_CASE')
      ensure(task.status === 'open', 'WRONG_STATE', { status: task.status })
      const window = windowOf(now)
      ensure(window >= windowOf(shiftFrom(task)), 'TOO_EARLY', { from: shiftFrom(task) })
      ensure(windowsUpTo(task, now).includes(window), 'WRONG_STATE', { status: 'over' })
      const shifts = (await shiftsOf(task._id)).filter((shift) => holdsShiftSeat(shift.status))
      return { code: doorCodeAt(task.doorKey, window), validUntil: windowStart(window) + CODE_WINDOW, title: task.title, volunteers: shifts.map((shift) => ({ shiftId: shift._id, name: shift.volunteer.name, status: shift.status })) }
    },
  }),

  'shift.checkIn': handler('shift.checkIn', {
    load: ({ shiftId }) => myShift(shiftId),
    run: (input, { shift }, call) => proveShift(input, shift, call, (current, moment) => checkInShift(current, moment, asVolunteer(call.actor))),
  }),

  'shift.checkOut': handler('shift.checkOut', {
    load: ({ shiftId }) => myShift(shiftId),
    run: (input, { shift }, call) => proveShift(input, shift, call, (current, moment) => checkOutShift(current, moment, asVolunteer(call.actor))),
  }),

  'shift.confirm': handler('shift.confirm', {
    load: ({ shiftId }) => withShift(shiftId, (shift) => [shift.organiserId]),
    async run(input, { shift, elder }, call, standing) {
      const { actor, now, request } = call
      await ensureAllowedText(call.openid, input.words)
      const proof = standing.relation === 'self' ? 'elderTap' : standing.relation === 'delegate' ? 'familyTap' : standing.relation === 'named' ? 'organiserTap' : 'callBack'
      const by = standing.relation === 'named' ? asOrganiser(actor) : byOf(actor, standing, elder ?? undefined)
      const words = said(input.words)
      const { answer } = await changeOnce('shifts', shift, request, (current) => ({
        next: input.said === 'notSo' ? disputeShift(current, by, words, now) : confirmShift(current, { at: now, byPersonId: actor.personId, proof }, by, words), answer: DONE,
      }))
      return answer
    },
  }),

  'shift.review': handler('shift.review', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const waiting = (review: 'complete' | 'exception', cursor: string | undefined) => pageBy<Shift>('shifts', { ...careOf(actor), review }, 'startsAt', 'asc', cursor, ROWS)
      const [subdistrict, complete, exceptions] = await Promise.all([getSubdistrict(actor.subdistrictId), waiting('complete', input.completeCursor), waiting('exception', input.exceptionsCursor)])
      const shifts = [...complete.items, ...exceptions.items]
      const elderIds = [...new Set(shifts.flatMap((shift) => shift.elderId ?? []))]
      const [found, staff] = await Promise.all([elderIds.length === 0 ? [] : find<Person>('people', { _id: command.in(elderIds) }, null, elderIds.length), shifts.length === 0 ? [] : verifyingStaffOf(actor.subdistrictId)])
      const elders = new Map(found.map((elder) => [elder._id, elder]))
      const row = (shift: Shift) => shiftRow(shift, subdistrict, actor.personId, elders.get(shift.elderId ?? ''), staff)
      return { complete: complete.items.map(row), nextComplete: complete.nextCursor, exceptions: exceptions.items.map(row), nextExceptions: exceptions.nextCursor, isWholeSubdistrict: hasRole(actor, 'admin') }
    },
  }),

  'shift.verify': handler('shift.verify', {
    // Not remembered before it runs: what it brought is known only after it was settled.
    load: async ({ shiftId }) => ({ ...(await withShift(shiftId, () => [])), remembersIn: null }),
    async run(input, { shift, elder }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const { document } = await changeOnce('shifts', shift, call.request, (current) => ({
        next: verifyShift(current, kinOf(elder), input.outcome, byOf(call.actor, standing), said(input.reason), input.minutes ?? null, call.now), answer: DONE,
      }))
      return { points: (await settleShift(document, call.now)).points }
    },
  }),

  'shift.noShow': handler('shift.noShow', {
    load: ({ shiftId }) => withShift(shiftId, () => []),
    async run(input, { shift }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const { document, answer } = await changeOnce('shifts', shift, call.request, (current) => ({ next: noShow(current, byOf(call.actor, standing), input.reason, call.now), answer: DONE }))
      await settleShift(document, call.now)
      return answer
    },
  }),
}

