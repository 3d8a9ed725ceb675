/** Handlers of src/contract/consult.ts. */
import type { OutputOf } from '../../src/contract'
import { isActivity, activityState, type ActivitySlot } from '../../src/domain/activity'
import type { AuditWhat } from '../../src/domain/audit'
import { ensureBookable } from '../../src/domain/booking'
import { isGivenUp, type Booking, type By } from '../../src/domain/booking-record'
import { ageOn, HOUR } from '../../src/domain/civil-time'
import * as rule from '../../src/domain/consultation'
import type { Consultation, PlanItem, PlanWish } from '../../src/domain/consultation'
import { delegationState } from '../../src/domain/delegation'
import { DomainError, ensure } from '../../src/domain/error'
import { ensureWithinLimit } from '../../src/domain/fair'
import { askedBy, ensureIdentified } from '../../src/domain/identity'
import { maskAddress, maskPhone, type Person } from '../../src/domain/person'
import { hasRole, type Actor, type Standing } from '../../src/domain/role'
import { isAwayOn } from '../../src/domain/away'
import type { ServiceItem, Subdistrict } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { change, changeOnce } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { command, find, read } from '../_server/cloud'
import { aboutConsultation, bookingsOfPlan, consultantPlaces, consultationsOf, getConsultation, isFreeAgain, itemRequest, ordersFor, placeFor } from '../_server/consultations'
import { derivedId } from '../_server/keys'
import { aboutElder, byOf, communityName, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { briefOf as personBrief, communitiesOf } from '../_server/residents'
import { aboutNobody, handler, type AnyHandler, type Call } from '../_server/serve'
import { consultantsOf } from '../_server/staff'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'
import { activityHandlers } from './activity'
import { bookingHandlers } from './booking'
import { seriesHandlers } from './series'

const DONE = { done: true } as const
/** Rows of one list at a desk. */
const ROWS = 50
/** Slots among which the first free one is looked for; what a plan can propose. */
const SLOTS_LOOKED_AT = 40
const CHOICES_AT_MOST = 60

async function withElder(input: { readonly elderId: string }) {
  const elder = await getPerson(input.elderId)
  return { subject: aboutElder(elder), elder }
}

async function withOne(input: { readonly consultationId: string }) {
  const one = await getConsultation(input.consultationId)
  const elder = await getPerson(one.elderId)
  return { subject: aboutConsultation(one, elder), one, elder }
}

const wordsOf = (words: string | undefined): string | null => (words === undefined || words === '' ? null : words)

type Brief = OutputOf<'consult.list'>['items'][number]
const brief = (one: Consultation, subdistrict: Subdistrict): Brief => ({
  consultationId: one._id, elderId: one.elderId, elderName: one.elderName, communityName: communityName(subdistrict, one.communityId), want: one.want, topic: one.topic, words: one.words, state: one.state, askedAt: one.askedAt,
  askedByName: one.askedBy.name, consultantName: one.consultant?.name ?? null, answerBy: one.answerBy, reviewOn: one.reviewOn, openItems: one.plan?.items.filter((item) => item.state === 'open').length ?? 0,
})

/** One act on one consultation: the document, and its entry in the elder's log, together. */
async function act<A>(one: Consultation, what: AuditWhat, by: By, call: Call, decide: (current: Consultation) => Consultation, answer: A, purpose?: string): Promise<A> {
  const { answer: kept } = await changeTogether([place<Consultation>('consultations', one._id)], call.request, ([current]) => ({
    next: [decide(current)] as const, answer, audit: entryAbout({ _id: one.elderId, name: one.elderName, subdistrictId: one.subdistrictId }, what, by, call.now, purpose === undefined ? {} : { purpose }),
  }))
  return kept
}

export const consultHandlers = {
  'consult.ask': audited('consult.ask', {
    load: withElder,
    async run({ want, topic, words, asked }, { elder }, call, standing) {
      ensureIdentified(askedBy(standing, asked))
      ensure(elder.standing !== 'left', 'WRONG_STATE', { status: elder.away?.why ?? 'left' })
      await ensureAllowedText(call.openid, words)
      const [subdistrict, consultants] = await Promise.all([getSubdistrict(elder.subdistrictId), consultantsOf(elder.subdistrictId)])
      const { grid, hasConsultant, closedDays } = placeFor(subdistrict, elder, consultants)
      const by = byOf(call.actor, standing, elder)
      const one = rule.ask({ consultationId: derivedId('c', call.request.key), elder, grid, hasConsultant, closedDays, ...call.request }, { want, topic, words }, by, call.now)
      const { answer } = await changeTogether([], call.request, () => ({
        next: [] as const, answer: { consultationId: one._id, answerBy: one.answerBy ?? call.now, isPool: one.state === 'pool' }, audit: entryAbout(elder, 'consultAsked', by, call.now, { purpose: topic }), added: [{ collection: 'consultations', document: one }],
      }))
      return answer
    },
  }),

  'consult.list': handler('consult.list', {
    load: withElder,
    async run(_input, { elder }) {
      const [subdistrict, all] = await Promise.all([getSubdistrict(elder.subdistrictId), consultationsOf(elder._id)])
      return { elder: personBrief(elder, subdistrict), items: all.map((one) => brief(one, subdistrict)) }
    },
  }),

  'consult.show': handler('consult.show', {
    load: withOne,
    async run(_input, { one, elder }, call, standing) {
      const [subdistrict, bookings] = await Promise.all([getSubdistrict(one.subdistrictId), bookingsOfPlan(one.plan?.items ?? [])])
      const { as, mayBook, mayRead } = viewerOf(one, elder, call.actor, standing, call.today)
      const acts = rule.actsOn(one, elder, { personId: call.actor.personId, as, mayBook }, call.today)
      const open = acts.includes('answerPlan') ? (one.plan?.items ?? []).filter((item) => item.state === 'open' || item.state === 'declined' || item.state === 'wanted' || isCalledOff(item, bookings)) : []
      const [offers, orders] = await Promise.all([offersFor(open, elder, subdistrict, as === 'socialWorker', call.now), ordersFor(one, open, call.now)])
      const isStaff = as === 'careConsultant' || as === 'socialWorker'
      const before = as === 'careConsultant' ? (await consultationsOf(elder._id)).filter((other) => other._id !== one._id) : []
      return {
        ...brief(one, subdistrict), as, askedByKinship: one.askedBy.kinship, dutyPhone: subdistrict.dutyPhone,
        elder: isStaff ? {
          age: ageOn(elder.birthOn, call.today), livesAlone: elder.livesAlone, hasAccount: elder.accountId !== null, phoneMasked: elder.phone === null ? null : maskPhone(elder.phone), addressMasked: elder.address === null ? null : maskAddress(elder.address),
          away: isAwayOn(elder.away, call.today) ? elder.away.why : null, before: before.map((other) => ({ consultationId: other._id, topic: other.topic, askedAt: other.askedAt, state: other.state })),
        } : null,
        answers: one.answers.map(({ at, by, words }) => ({ at, byName: by.name, words })),
        consent: one.consent && { at: one.consent.at, untilOn: one.consent.untilOn, how: one.consent.how, byName: one.consent.by.name }, consentEnded: one.consentEnded && { at: one.consentEnded.at, byName: one.consentEnded.by.name },
        assessments: one.assessments.map(({ n, at, by, findings }) => ({ n, at, byName: by.name, findings: mayRead && findings !== null && rule.mayAssess(one, call.today) ? { ...findings, answers: { ...findings.answers } } : null })), draftAt: mayRead && as === 'careConsultant' ? (one.draft?.at ?? null) : null,
        plan: one.plan && { at: one.plan.at, byName: one.plan.by.name, words: one.plan.words, items: one.plan.items.filter((item) => item.state !== 'dropped').map((item) => itemView(item, bookings.get(item.n) ?? [], offers.get(item.n) ?? null, orders.get(item.n), call.now)) },
        reviews: one.reviews.map(({ at, by, words, done }) => ({ at, byName: by.name, words, done })),
        timeline: one.timeline.map(({ what, at, by, words }) => ({ what, at, byName: by.name, as: by.as, kinship: by.kinship, byMe: by.personId === call.actor.personId, words })), acts: [...acts],
      }
    },
  }),

  'consult.desk': handler('consult.desk', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const oldest = { by: 'askedAt', direction: 'asc' } as const
      const views = (all: readonly Consultation[]): Brief[] => all.map((one) => brief(one, subdistrict))
      if (!hasRole(actor, 'careConsultant')) {
        const open = await find<Consultation>('consultations', { communityId: command.in(communitiesOf(actor)), state: command.in(['waiting', 'pool', 'taken', 'answered', 'planned']) }, oldest, ROWS * 2)
        return { as: 'socialWorker' as const, fresh: views(open.filter((one) => one.state === 'waiting')), pool: views(open.filter((one) => one.state === 'pool')), mine: views(open.filter((one) => one.consultant !== null)), reviews: [], today }
      }
      const places = consultantPlaces(actor)
      const [fresh, pool, mine] = await Promise.all([
        places.communityIds.length === 0 ? [] : find<Consultation>('consultations', { communityId: command.in(places.communityIds), state: 'waiting' }, oldest, ROWS * 4),
        find<Consultation>('consultations', { subdistrictId: actor.subdistrictId, state: 'pool' }, oldest, ROWS),
        find<Consultation>('consultations', { 'consultant.personId': actor.personId, state: command.in(['taken', 'answered', 'planned']) }, oldest, ROWS),
      ])
      const isDue = (one: Consultation): boolean => one.reviewOn !== null && one.reviewOn <= today
      return { as: 'careConsultant' as const, fresh: views(fresh.filter(places.covers)), pool: views(pool), mine: views(mine.filter((one) => !isDue(one))), reviews: views(mine.filter(isDue)), today }
    },
  }),

  'consult.take': audited('consult.take', {
    load: withOne,
    async run(_input, { one, elder }, call, standing) {
      // Of another grid it is there for a consultant only while it is in the pool.
      ensure(standing.relation !== 'subdistrict' || one.state === 'pool', 'NOT_FOUND')
      const by = byOf(call.actor, standing)
      return act(one, 'consultTaken', by, call, (current) => rule.take(current, elder, by, call.now), DONE)
    },
  }),

  'consult.passOn': audited('consult.passOn', {
    load: withOne,
    async run({ words }, { one }, call, standing) {
      await ensureAllowedText(call.openid, words)
      const { closedDays } = await getSubdistrict(one.subdistrictId)
      const by = byOf(call.actor, standing)
      return act(one, 'consultPassedOn', by, call, (current) => rule.passOn(current, words, by, closedDays, call.now), DONE)
    },
  }),

  'consult.answer': audited('consult.answer', {
    load: withOne,
    async run({ words }, { one }, call, standing) {
      await ensureAllowedText(call.openid, words)
      const by = byOf(call.actor, standing)
      return act(one, 'consultAnswered', by, call, (current) => rule.answer(current, words, by, call.now), DONE)
    },
  }),

  'consult.setConsent': audited('consult.setConsent', {
    load: withOne,
    async run({ consent }, { one, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      return act(one, consent === null ? 'consultConsentEnded' : 'consultConsented', by, call, (current) => (consent === null ? rule.endConsent(current, by, call.now) : rule.giveConsent(current, elder, { untilOn: consent.untilOn, identityCheck: consent.identityCheck ?? null }, by, call.today, call.now)), DONE, consent?.identityCheck)
    },
  }),

  'consult.draft': handler('consult.draft', {
    load: withOne,
    async run(_input, { one }, call, standing) {
      rule.ensureMine(one, byOf(call.actor, standing))
      ensure(rule.mayAssess(one, call.today), 'CONSENT_REQUIRED')
      const last = one.assessments.at(-1)?.findings ?? null
      return { elderName: one.elderName, draft: one.draft && { at: one.draft.at, answers: { ...one.draft.answers }, words: one.draft.words }, last: last && { ...last, answers: { ...last.answers } } }
    },
  }),

  'consult.saveDraft': handler('consult.saveDraft', {
    async load(input) {
      const loaded = await withOne(input)
      return { ...loaded, remembersIn: loaded.one }
    },
    async run({ answers, words }, { one, elder }, call, standing) {
      const by = byOf(call.actor, standing)
      return (await changeOnce('consultations', one, call.request, (current) => ({ next: rule.saveDraft(current, elder, { answers, words: wordsOf(words) }, by, call.today, call.now), answer: DONE }))).answer
    },
  }),

  'consult.sign': audited('consult.sign', {
    load: withOne,
    async run({ answers, words }, { one, elder }, call, standing) {
      const by = byOf(call.actor, standing)
      const { score, level } = rule.scoreOf(answers)
      return act(one, 'consultAssessed', by, call, (current) => rule.sign(current, elder, { answers, words: wordsOf(words) }, by, call.today, call.now), { score, level })
    },
  }),

  'consult.choices': handler('consult.choices', {
    load: withOne,
    async run(_input, { elder }, { now }) {
      const [services, activities] = await Promise.all([
        find<ServiceItem>('serviceItems', { communityIds: elder.communityId }, { by: 'order', direction: 'asc' }, CHOICES_AT_MOST),
        find<ActivitySlot>('slots', { communityIds: elder.communityId, kind: 'activity', startsAt: command.gt(now) }, { by: 'startsAt', direction: 'asc' }, CHOICES_AT_MOST),
      ])
      return {
        services: services.filter((item) => item.isOpen && item.kind !== 'meal').map((item) => ({ serviceItemId: item._id, name: item.name, providerName: item.providerName, priceFen: item.priceFen, kind: item.kind })),
        activities: activities.filter((slot) => slot.isOpen).map((slot) => ({ slotId: slot._id, name: slot.serviceName, startsAt: slot.startsAt, place: slot.activity.place })),
      }
    },
  }),

  'consult.givePlan': audited('consult.givePlan', {
    load: withOne,
    async run({ words, items }, { one, elder }, call, standing) {
      await ensureAllowedText(call.openid, [words, ...items.flatMap((item) => [item.title, item.reason])].filter(Boolean).join('\n'))
      const wishes = await Promise.all(items.map(({ n, ...item }) => offered(n === undefined ? item : { ...item, n }, elder)))
      const by = byOf(call.actor, standing)
      return act(one, 'consultPlanned', by, call, (current) => rule.givePlan(current, elder, { words: wordsOf(words), items: wishes }, by, call.today, call.now), DONE)
    },
  }),

  'consult.bookItem': handler('consult.bookItem', {
    load: withOne,
    async run({ n, choice }, { one, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      const wanted = choice.how === 'once' ? choice : { ...choice, skip: [...new Set(choice.skip ?? [])] }
      const before = rule.itemOf(one, n)
      const isFree = before.state === 'booked' && (await isFreeAgain(before))
      if (before.state === 'booked' && !isFree) return bookedView(before)
      const begun = await change('consultations', one, (current) => {
        const item = rule.itemOf(current, n)
        return item.state === 'booked' && item.turn !== before.turn ? current : rule.beginItem(current, n, wanted, isFree && item.turn === before.turn, by, call.now)
      })
      const item = rule.itemOf(begun, n)
      if (item.state === 'booked') return bookedView(item)
      try {
        const booked = await bookFor(one._id, item, elder._id, call, standing)
        await change('consultations', await getConsultation(one._id), (current) => rule.itemBooked(current, n, item.turn, booked, call.now))
        return bookedView({ booked })
      } catch (error) {
        if (error instanceof DomainError) await change('consultations', await getConsultation(one._id), (current) => rule.itemNotBooked(current, n, item.turn, call.now))
        throw error
      }
    },
  }),

  'consult.linkItem': handler('consult.linkItem', {
    async load(input) {
      const [loaded, booking] = await Promise.all([withOne(input), read<Booking>('bookings', input.bookingId)])
      return { ...loaded, booking, remembersIn: loaded.one }
    },
    async run({ n }, { one, elder, booking }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      ensure(booking !== null, 'NOT_FOUND')
      const before = rule.itemOf(one, n)
      const isFree = before.state === 'booked' && (await isFreeAgain(before))
      return (await changeOnce('consultations', one, call.request, (current) => ({ next: rule.linkItem(current, n, booking, isFree && rule.itemOf(current, n).turn === before.turn, by, call.now), answer: DONE }))).answer
    },
  }),

  'consult.answerItem': audited('consult.answerItem', {
    load: withOne,
    async run({ n, isWanted, words }, { one, elder }, call, standing) {
      await ensureAllowedText(call.openid, words)
      const by = byOf(call.actor, standing, elder)
      return act(one, 'consultItemAnswered', by, call, (current) => rule.answerItem(current, n, isWanted, wordsOf(words), by, call.now), DONE, rule.itemOf(one, n).title)
    },
  }),

  'consult.review': audited('consult.review', {
    load: withOne,
    async run({ words, nextOn }, { one, elder }, call, standing) {
      await ensureAllowedText(call.openid, words)
      const by = byOf(call.actor, standing)
      const bookings = [...(await bookingsOfPlan(one.plan?.items ?? [])).values()].flat()
      return act(one, 'consultReviewed', by, call, (current) => rule.review(current, elder, { words, done: bookings.filter(tookPlace).length, nextOn }, by, call.today, call.now), DONE)
    },
  }),

  'consult.close': audited('consult.close', {
    load: withOne,
    async run({ words }, { one, elder }, call, standing) {
      await ensureAllowedText(call.openid, words)
      const by = byOf(call.actor, standing, elder)
      return act(one, 'consultClosed', by, call, (current) => rule.close(current, wordsOf(words), by, call.now), DONE)
    },
  }),

  'consult.reopen': audited('consult.reopen', {
    load: withOne,
    async run({ words }, { one, elder }, call, standing) {
      ensure(elder.standing !== 'left', 'WRONG_STATE', { status: elder.away?.why ?? 'left' })
      await ensureAllowedText(call.openid, words)
      const { closedDays } = await getSubdistrict(one.subdistrictId)
      const by = byOf(call.actor, standing, elder)
      return act(one, 'consultReopened', by, call, (current) => rule.reopen(current, words, by, closedDays, call.now), DONE)
    },
  }),
}

/** As whom somebody looks, whether they act for the elder, and whether what was found is for them. */
function viewerOf(one: Consultation, elder: Person, actor: Actor, standing: Standing, today: string): { readonly as: OutputOf<'consult.show'>['as']; readonly mayBook: boolean; readonly mayRead: boolean } {
  if (standing.role === 'careConsultant') return { as: 'careConsultant', mayBook: false, mayRead: one.consultant?.personId === actor.personId }
  if (standing.role === 'socialWorker') return { as: 'socialWorker', mayBook: true, mayRead: false }
  if (standing.relation === 'self') return { as: 'elder', mayBook: true, mayRead: true }
  const given = elder.delegates[actor.personId]
  const scopes = given !== undefined && delegationState(given, today) === 'active' ? given.scopes : []
  return { as: 'family', mayBook: scopes.includes('book'), mayRead: scopes.includes('readCare') }
}

type ItemView = NonNullable<OutputOf<'consult.show'>['plan']>['items'][number]
type Offer = NonNullable<ItemView['offer']>

/** A visit of the plan that took place. */
const tookPlace = (booking: Booking): boolean => ['checkedOut', 'confirmed', 'disputed', 'verified', 'partly', 'delivered'].includes(booking.status)
const bookedView = ({ booked }: Pick<PlanItem, 'booked'>): OutputOf<'consult.bookItem'> => ({ bookingId: booked !== null && 'bookingId' in booked ? booked.bookingId : null, seriesId: booked !== null && 'seriesId' in booked ? booked.seriesId : null })

/** Whether the one booking that an item became was given up, so that it is open again. */
const isCalledOff = ({ n, booked }: PlanItem, bookings: ReadonlyMap<number, readonly Booking[]>): boolean => booked !== null && 'bookingId' in booked && (bookings.get(n) ?? []).every(isGivenUp)
/** What it is called where a plan speaks of it. */
const nameOf = ({ meal, serviceName }: Booking): string => meal?.dishName ?? serviceName

function itemView(item: PlanItem, bookings: readonly Booking[], offer: Offer | null, order: Booking | undefined, now: number): ItemView {
  const { n, what, title, reason, serviceItemId, slotId, rhythm, times, state, words } = item
  const single = item.booked !== null && 'bookingId' in item.booked ? bookings[0] : undefined
  return {
    n, what, title, reason, serviceItemId, slotId, rhythm, times, state, words, byName: item.by?.name ?? null, ...bookedView(item), booking: single === undefined ? null : { status: single.status, startsAt: single.startsAt, name: nameOf(single) },
    done: bookings.filter(tookPlace).length, coming: bookings.filter((booking) => !isGivenUp(booking) && !tookPlace(booking) && booking.startsAt > now).length, offer,
    found: order === undefined ? null : { bookingId: order._id, startsAt: order.startsAt, name: nameOf(order) },
  }
}

/** The first time that this elder could have, for each item that is still open. */
async function offersFor(open: readonly PlanItem[], elder: Person, { closedDays }: Subdistrict, isDesk: boolean, now: number): Promise<ReadonlyMap<number, Offer>> {
  const activityIds = open.flatMap((item) => item.slotId ?? [])
  const [activities, ...lists] = await Promise.all([
    activityIds.length === 0 ? [] : find<Slot>('slots', { _id: command.in(activityIds) }, null, activityIds.length),
    ...open.map((item) => (item.what === 'service' ? find<Slot>('slots', { serviceItemId: item.serviceItemId, startsAt: command.gt(now) }, { by: 'startsAt', direction: 'asc' }, SLOTS_LOOKED_AT) : [])),
  ])
  const isFree = (slot: Slot): boolean => {
    if (isActivity(slot)) return activityState(slot, elder, closedDays, now) === 'free'
    // One that can still be cancelled without asking: it is proposed, not looked for.
    if (slot.startsAt <= now + slot.cancelHours * HOUR) return false
    try {
      ensureBookable(slot, elder, '', now, isDesk)
      ensureWithinLimit(elder.busy, slot, '')
      return true
    } catch (error) {
      if (error instanceof DomainError) return false
      throw error
    }
  }
  return new Map(open.flatMap((item, index): (readonly [number, Offer])[] => {
    const slot = (item.what === 'activity' ? activities.filter((candidate) => candidate._id === item.slotId) : (lists[index] ?? [])).find(isFree)
    return slot === undefined ? [] : [[item.n, { slotId: slot._id, startsAt: slot.startsAt, endsAt: slot.endsAt, providerName: slot.providerName, priceFen: slot.priceFen }]]
  }))
}

/** What a plan proposes is really offered to this elder. @throws NO_MATCH */
async function offered(wish: Omit<PlanWish, 'n'> & { readonly n?: number }, elder: Person): Promise<PlanWish> {
  if (wish.serviceItemId !== null) {
    const item = await getServiceItem(wish.serviceItemId)
    ensure(item.subdistrictId === elder.subdistrictId && item.communityIds.includes(elder.communityId) && item.isOpen && (item.kind === 'stay') === (wish.what === 'stay'), 'NO_MATCH')
  }
  if (wish.slotId !== null) {
    const [slot] = await find<Slot>('slots', { _id: command.in([wish.slotId]) }, null, 1)
    ensure(slot !== undefined && slot.kind === 'activity' && slot.communityIds.includes(elder.communityId), 'NO_MATCH')
  }
  return wish
}

/** The existing action, under a key of the item's own: again finds what it made. */
async function through(action: AnyHandler, input: object, call: Call, standing: Standing): Promise<unknown> {
  const loaded = await action.load(input, call)
  if (loaded.madeBefore) return loaded.madeBefore.answer
  return action.run(input, loaded, call, standing)
}

async function bookFor(consultationId: string, item: PlanItem, elderId: string, call: Call, standing: Standing): Promise<NonNullable<PlanItem['booked']>> {
  const request = itemRequest(consultationId, item)
  const asItem: Call = { ...call, request, requestId: request.key }
  const { choice } = item
  ensure(choice !== null, 'WRONG_STATE', { status: item.state })
  if (choice.how === 'once') {
    return item.what === 'activity'
      ? { bookingId: ((await through(activityHandlers['activity.join'], { elderId, activityId: choice.slotId }, asItem, standing)) as OutputOf<'activity.join'>).bookingId }
      : { bookingId: ((await through(bookingHandlers['booking.book'], { elderId, slotId: choice.slotId }, asItem, standing)) as OutputOf<'booking.book'>).bookingId }
  }
  const { firstOn, startMinute, every, count, skip } = choice
  const made = (await through(seriesHandlers['series.start'], { elderId, serviceItemId: item.serviceItemId, firstOn, startMinute, every, count, choices: skip.map((n) => ({ n, skip: true as const })) }, asItem, standing)) as OutputOf<'series.start'>
  return { seriesId: made.seriesId }
}
