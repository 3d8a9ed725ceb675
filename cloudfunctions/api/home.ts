/** Handlers of src/contract/home.ts. */
import type { ElderChoice, OutputOf } from '../../src/contract'
import { isAwayOn } from '../../src/domain/away'
import { isComing, waitsForWordOf } from '../../src/domain/booking-acts'
import { atNextSession } from '../../src/domain/course'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, ageOn, civilDate, DAY, HOUR } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { dishStateOf } from '../../src/domain/meal-order'
import { isOwnCase } from '../../src/domain/own-case'
import type { Pair } from '../../src/domain/pair'
import type { Person } from '../../src/domain/person'
import { hasRole, type Actor } from '../../src/domain/role'
import { newestAlarm, type SafetyCase } from '../../src/domain/safety-case'
import type { Subdistrict } from '../../src/domain/service-item'
import { asks, understoodBefore, type Receipt } from '../../src/domain/reach'
import { isShiftUnderWay, type Shift } from '../../src/domain/shift'
import type { Slot } from '../../src/domain/slot'
import { byStart } from '../_server/bookings'
import { command, find } from '../_server/cloud'
import { findAccountOf } from '../_server/ledger'
import { communityName, eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf } from '../_server/residents'
import { liveCasesNaming } from '../_server/safety'
import { aboutNobody, handler } from '../_server/serve'
import { actedFor, bookingBrief, myself } from '../_server/views'
import { roleGrants } from '../_server/role-names'
import { slotsAwaitedBy } from '../_server/waitlist'
import { waitView } from '../_server/waitlist-views'

/** From this age somebody is shown their own services first, not those of the elders they act for. */
const ELDER_AGE = 60

interface Waiting {
  readonly _id: string
  readonly fromName: string
  readonly kinship: string
}

type Home = OutputOf<'home.show'>

/** Dishes looked at for the next sitting that is not ordered: a few days of several kitchens. */
const DISHES_AHEAD = 60
const MEAL_FIELDS = ['meal', 'orderUntil', 'frozenAt', 'onDate', 'startsAt', 'endsAt', 'remaining', 'isOpen', 'kind', 'providerId'] as const

/** The next sitting that can be ordered for this elder, and is not; null while nobody is at home to eat. */
async function nextMeal(elder: Person, { closedDays }: Subdistrict, now: number): Promise<Home['meal']> {
  const slots = await find<Slot>('slots', { communityIds: elder.communityId, kind: 'meal', orderUntil: command.gt(now) }, { by: 'orderUntil', direction: 'asc' }, DISHES_AHEAD, MEAL_FIELDS)
  const free = slots.filter((slot) => !isAwayOn(elder.away, slot.onDate) && dishStateOf(slot, elder.busy, closedDays, now) === 'free')
  const next = free.reduce<Slot | null>((first, slot) => (first === null || slot.startsAt < first.startsAt ? slot : first), null)
  if (next === null || next.meal === null) return null
  const same = free.filter((slot) => slot.onDate === next.onDate && slot.meal?.sitting === next.meal?.sitting)
  return { onDate: next.onDate, sitting: next.meal.sitting, startsAt: next.startsAt, orderUntil: Math.max(...same.map((slot) => slot.orderUntil)), remaining: same.reduce((sum, slot) => sum + slot.remaining, 0) }
}

/** Live cases of these elders; of staff also those of their communities, and those whose ladder asks them by name. */
async function liveCases(elders: readonly ElderChoice[], actor: Actor): Promise<Home['safety']> {
  const status = command.in(['open', 'taken'])
  const communityIds = communitiesOf(actor)
  const isStaff = hasRole(actor, 'socialWorker') || hasRole(actor, 'admin')
  const found = await Promise.all([
    find<SafetyCase>('safetyCases', { elderId: command.in(elders.map((elder) => elder.personId)), status }, null, 20),
    communityIds.length > 0 ? find<SafetyCase>('safetyCases', { communityId: command.in(communityIds), status }, { by: 'openedAt', direction: 'asc' }, 20) : [],
    isStaff ? liveCasesNaming(actor.personId) : [],
  ])
  const cases = [...new Map(found.flat().map((safety) => [safety._id, safety])).values()]
  const newestOf = (safety: SafetyCase) => { const { reason, at } = newestAlarm(safety); return { reason, at } }
  return cases.sort((a, b) => a.openedAt - b.openedAt).map((safety) => ({
    safetyCaseId: safety._id, elderId: safety.elderId, elderName: safety.elderName, isMe: elders.some((elder) => elder.isMe && elder.personId === safety.elderId), reason: safety.reason, openedAt: safety.openedAt,
    takenByName: safety.taken?.name ?? null, newest: newestOf(safety),
  }))
}

/** Shifts looked at for an elder: a few days before and after. */
const SHIFTS_AHEAD = 12
const HELPERS_SHOWN = 4

/** Volunteers who come to this elder or are there, and those whose work waits for a word; family of the volunteer is not asked (law 3). */
async function helpersOf(elderId: string, viewerId: string, now: number): Promise<Home['helpers']> {
  const shifts = await find<Shift>('shifts', { elderId, startsAt: command.gte(now - 3 * DAY).and(command.lte(now + 3 * DAY)) }, { by: 'startsAt', direction: 'asc' }, SHIFTS_AHEAD)
  return shifts.filter((shift) => shift.status === 'checkedOut' || (isShiftUnderWay(shift) && now < shift.endsAt + HOUR)).slice(0, HELPERS_SHOWN).map((shift) => ({
    shiftId: shift._id, taskId: shift.taskId, title: shift.title, volunteerName: shift.volunteer.name, startsAt: shift.startsAt, endsAt: shift.endsAt, isHere: shift.status === 'checkedIn',
    asksMe: shift.status === 'checkedOut' && !isOwnCase(viewerId, shift.volunteer),
  }))
}

/** Offers of standing help looked at, the newest. */
const PAIRS_LOOKED_AT = 5

/** Standing help that waits for this elder's side. */
async function pairsWaitingFor(elderId: string): Promise<Home['pairsWaiting']> {
  const pairs = await find<Pair>('pairs', { elderId }, { by: 'offeredAt', direction: 'desc' }, PAIRS_LOOKED_AT)
  return pairs.filter((pair) => pair.status === 'offered' && pair.agreed.elder === null)
    .map((pair) => ({ pairId: pair._id, title: pair.title, volunteerName: pair.volunteer.name, weekday: pair.weekday, startMinute: pair.startMinute, minutes: pair.minutes }))
}

/** Notices shown on the first screen, and looked at for it. */
const NOTICES_SHOWN = 2
const NOTICES_LOOKED_AT = 6

/** What asks for an answer first, then what is worth a look; what is past its time is left to the list. */
async function noticesFor(elderId: string, now: number): Promise<Home['notices']> {
  const lines = await find<Receipt>('noticeReceipts', { personId: elderId, attention: command.gt(0) }, { by: 'attention', direction: 'desc' }, NOTICES_LOOKED_AT)
  return lines.filter((line) => line.validUntil > now).sort((a, b) => b.attention - a.attention || b.listedAt - a.listedAt).slice(0, NOTICES_SHOWN).map((line) => ({ noticeId: line.noticeId, title: line.title, asksMe: asks(line, now), isCorrected: understoodBefore(line) !== undefined, isWithdrawn: line.isWithdrawn }))
}

const dailyOf = (elder: Person, today: string): Home['daily'] =>
  elder.dailyCheck && { byMinute: elder.dailyCheck.byMinute, isDone: elder.lastWellAt !== null && civilDate(elder.lastWellAt) === today }

/** Days for which the way to what was ended stands on the first screen of the family. */
const FAREWELL_SHOWN = 60

/** Who went for good: myself, and those for whom I acted. */
function farewellsOf(me: Person, acting: readonly Person[], today: string): Pick<Home, 'left' | 'farewells'> {
  const farewells = acting.flatMap(({ standing, away, name }) => (standing === 'left' && away?.why === 'died' && away.eventId !== undefined && addDays(away.fromOn ?? today, FAREWELL_SHOWN) >= today ? [{ lifeEventId: away.eventId, name }] : []))
  const { away } = me
  return { ...(me.standing === 'left' && away !== null && (away.why === 'died' || away.why === 'movedOut') ? { left: away.why } : {}), ...(farewells.length > 0 ? { farewells } : {}) }
}

export const homeHandlers = {
  'home.show': handler('home.show', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now, today }) {
      const [me, acting, subdistrict, waiting] = await Promise.all([
        getPerson(actor.personId), eldersOf(actor.personId), getSubdistrict(actor.subdistrictId),
        find<Waiting>('delegationRequests', { elderId: actor.personId, status: 'waiting' }, { by: 'at', direction: 'asc' }, 10),
      ])
      const mine = myself(me, subdistrict)
      const others = acting.flatMap((elder) => actedFor(elder, actor.personId, subdistrict, today) ?? [])
      const elders = ageOn(me.birthOn, today) >= ELDER_AGE ? [mine, ...others] : [...others, mine]
      const elder = input.elderId === undefined ? elders[0] : elders.find((choice) => choice.personId === input.elderId)
      if (!elder) throw new DomainError('NOT_FOUND')
      const who = elder.isMe ? me : acting.find((candidate) => candidate._id === elder.personId)
      const [bookings, meal, safety, helpers, pairsWaiting, account, notices, awaited] = await Promise.all([
        elder.scopes.includes('readCare') || elder.scopes.includes('book')
          ? find<Booking>('bookings', { elderId: elder.personId, endsAt: command.gte(now - 3 * DAY) }, { by: 'endsAt', direction: 'asc' }, 20).then(byStart)
          : [],
        who !== undefined && elder.scopes.includes('book') ? nextMeal(who, subdistrict, now) : null,
        liveCases(elders.filter((choice) => choice.isMe || choice.scopes.includes('alerts')), actor),
        elder.scopes.includes('book') ? helpersOf(elder.personId, actor.personId, now) : [],
        elder.scopes.includes('book') ? pairsWaitingFor(elder.personId) : [],
        elder.isMe || elder.scopes.includes('spendPoints') ? findAccountOf(elder.personId) : null,
        elder.isMe || elder.scopes.includes('alerts') ? noticesFor(elder.personId, now) : [],
        elder.scopes.includes('book') ? slotsAwaitedBy(elder.personId) : [],
      ])
      const coming = bookings.filter((booking) => isComing(booking, now)).map((booking) => atNextSession(booking, now)).sort((a, b) => a.startsAt - b.startsAt)
      const brief = (booking: Booking) => bookingBrief(booking, subdistrict)
      return {
        me: { personId: me._id, name: me.name, communityName: communityName(subdistrict, me.communityId), standing: standingOf(me), roles: await roleGrants(actor, subdistrict) },
        ...farewellsOf(me, acting, today), subdistrictName: subdistrict.name, dutyPhone: subdistrict.dutyPhone, elders, elder,
        next: coming.slice(0, 3).map(brief), comingCount: coming.length,
        toConfirm: elder.scopes.includes('book') ? bookings.filter((booking) => waitsForWordOf(booking, actor.personId, now)).map(brief) : [],
        meal, safety, helpers, pairsWaiting, notices, points: account && { spendable: account.balances.spendable, openCodes: Object.values(account.holds).filter((hold) => hold.code !== null).length }, daily: who !== undefined && (elder.isMe || elder.scopes.includes('alerts')) ? dailyOf(who, today) : null,
        offers: awaited.flatMap((slot) => waitView(slot, elder.personId, now)).flatMap(({ slotId, serviceName, startsAt, endsAt, offer }) => (offer === null ? [] : [{ slotId, serviceName, startsAt, endsAt, offer }])).sort((a, b) => a.offer.until - b.offer.until),
        requestsWaiting: waiting.map((request) => ({ delegationRequestId: request._id, fromName: request.fromName, kinship: request.kinship })),
      }
    },
  }),
}

const standingOf = (person: Person): 'verified' | 'unverified' => (person.standing === 'verified' ? 'verified' : 'unverified')
