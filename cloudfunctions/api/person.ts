/** Handlers of src/contract/person.ts: people as staff meet them. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import { awayFrom, ensureSpan, isWithin, type Away, type Span } from '../../src/domain/away'
import { DAY, instantOf } from '../../src/domain/civil-time'
import { CLAIM_CODE_LIFE, isResident, type ClaimCode } from '../../src/domain/claim'
import { isOver } from '../../src/domain/consultation'
import { holdsSeat, type Booking, type By } from '../../src/domain/booking-record'
import { withDailyCheck } from '../../src/domain/daily-check'
import { alertedInOrder, delegationState } from '../../src/domain/delegation'
import { LATE } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import { awayBy, endEvent, newEvent, outcomeOf, type LifeEvent } from '../../src/domain/life'
import { merge } from '../../src/domain/merge'
import { confirmSeen, maskAddress, maskPhone, movedTo, register, withAway, type IdentityCheck, type Person } from '../../src/domain/person'
import type { Message } from '../../src/domain/message'
import { hasRole, type Actor, type Subject } from '../../src/domain/role'
import { namedOn, type SafetyCase } from '../../src/domain/safety-case'
import { heldDates, startOf } from '../../src/domain/series'
import { previewOf } from '../../src/domain/series-preview'
import { isShiftUnderWay, type Shift } from '../../src/domain/shift'
import type { Account } from '../_server/accounts'
import { get } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { appendAudit, auditBefore, entryAbout, finishAudit } from '../_server/audits'
import { byStart } from '../_server/bookings'
import { claimDigits, freeAttempt } from '../_server/claim-codes'
import { command, find } from '../_server/cloud'
import { aboutConsultation, followElder, getConsultation } from '../_server/consultations'
import { claimCodeId, derivedId, newDigits } from '../_server/keys'
import { bookingsWithin, getEvent, settleLife } from '../_server/life'
import { aboutElder, byOf, communityName, findPerson, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { settleMove } from '../_server/reach'
import { communitiesOf, ensureCommunity, foundOf, getResident, standingOf } from '../_server/residents'
import { findRun } from '../_server/runs'
import { factsFor, previewView, seriesOf } from '../_server/series'
import { handler, aboutNobody, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { moveWaits, slotsAwaitedBy } from '../_server/waitlist'
import { changeTogether, place } from '../_server/together'
import { bookingBrief } from '../_server/views'
import { withBooking } from './booking'

const DONE = { done: true } as const
const FOUND_AT_MOST = 20

async function aboutPerson(input: { readonly personId: string }) {
  const person = await getResident(input.personId)
  return { subject: aboutElder(person), person }
}
/** @throws WRONG_STATE {status} for who died or moved out */
const ensureLives = (person: Person): void => ensure(person.standing !== 'left', 'WRONG_STATE', { status: person.away?.why ?? 'left' })

async function aboutWhoLives(input: { readonly personId: string }) {
  const person = await getPerson(input.personId)
  ensure(isResident(person) || person.standing === 'left', 'NOT_FOUND')
  return { subject: aboutElder(person), person }
}

const awayView = (away: Away | null): OutputOf<'person.previewHome'>['away'] => away && { why: away.why, since: away.since, byName: away.byName, fromOn: away.fromOn ?? null, untilOn: away.untilOn ?? null }
const seenBy = (actor: Actor, identityCheck: IdentityCheck, at: number) => ({ personId: actor.personId, name: actor.name, at, identityCheck })

export const personHandlers = {
  'person.find': handler('person.find', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const theirs = hasRole(actor, 'admin') ? subdistrict.communities.map(({ communityId }) => communityId) : communitiesOf(actor)
      const asked = theirs.filter((communityId) => input.communityId === undefined || communityId === input.communityId)
      const found = await Promise.all(asked.map((communityId) => find<Person>('people', { communityId, name: input.name }, null, FOUND_AT_MOST)))
      return { people: found.flat().filter(isResident).slice(0, FOUND_AT_MOST).map((person) => foundOf(person, subdistrict, today)) }
    },
  }),

  'person.show': handler('person.show', {
    load: aboutPerson,
    async run(_input, { person }, { today }) {
      const [subdistrict, coming] = await Promise.all([
        getSubdistrict(person.subdistrictId),
        find<Booking>('bookings', { elderId: person._id, endsAt: command.gte(instantOf(today)) }, { by: 'endsAt', direction: 'asc' }, 20).then(byStart),
      ])
      return {
        ...foundOf(person, subdistrict, today), birthOn: person.birthOn, phone: person.phone === null ? null : maskPhone(person.phone),
        address: person.address === null ? null : maskAddress(person.address), careNotes: person.careNotes, standing: standingOf(person),
        seenByName: person.seenBy?.name ?? null, seenAt: person.seenBy?.at ?? null, hasDoorCard: person.doorCard !== null,
        delegates: Object.values(person.delegates).map((given) => ({ personId: given.personId, name: given.name, kinship: given.kinship, endOn: given.endOn, state: delegationState(given, today) })),
        callOrder: alertedInOrder(person, today).map((given) => given.personId),
        hardship: person.hardship, away: awayView(awayFrom(person.away, today)), hasDiet: person.diet !== null, dailyByMinute: person.dailyCheck?.byMinute ?? null,
        coming: coming.filter((booking) => holdsSeat(booking.status)).map((booking) => bookingBrief(booking, subdistrict)),
      }
    },
  }),

  'person.register': audited('person.register', {
    load: async (input, { actor }) => ({ subject: { subdistrictId: actor.subdistrictId, communityId: input.communityId } }),
    async run(input, _loaded, call, standing) {
      const { actor, now, today } = call
      const address = input.address === undefined || input.address === '' ? null : input.address
      const person = register(
        derivedId('p', call.request.key), { name: input.name, birthOn: input.birthOn, communityId: input.communityId, phone: input.phone ?? null, address, livesAlone: input.livesAlone },
        { subdistrictId: actor.subdistrictId, today }, seenBy(actor, input.identityCheck, now), null, now,
      )
      await ensureAllowedText(call.openid, `${input.name} ${address ?? ''}`)
      const { answer } = await changeTogether([], call.request, () => ({
        next: [] as const, answer: { personId: person._id }, audit: entryAbout(person, 'registered', byOf(actor, standing), now, { purpose: input.identityCheck }),
        added: [{ collection: 'people', document: person }],
      }))
      return answer
    },
  }),

  'person.setAddress': audited('person.setAddress', {
    load: aboutPerson,
    async run(input, { person }, call, standing) {
      await ensureAllowedText(call.openid, input.address)
      const { answer } = await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => ({
        next: [{ ...current, address: input.address }] as const, answer: DONE, audit: entryAbout(current, 'addressChanged', byOf(call.actor, standing, current), call.now),
      }))
      await followElder(person._id, call.now)
      return answer
    },
  }),

  'person.move': audited('person.move', {
    load: aboutPerson,
    async run({ communityId, address }, { person }, call, standing) {
      const subdistrict = await getSubdistrict(person.subdistrictId)
      ensureCommunity(subdistrict, communityId)
      await ensureAllowedText(call.openid, address)
      const { answer } = await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => ({
        next: [movedTo(current, communityId, address === undefined || address === '' ? null : address, call.now)] as const, answer: DONE,
        audit: entryAbout(current, 'moved', byOf(call.actor, standing), call.now, { purpose: communityName(subdistrict, communityId) }),
      }))
      await moveWaits(person._id, { id: person._id, name: person.name, communityId }, call.now)
      await followElder(person._id, call.now)
      return answer
    },
  }),

  'person.setHardship': audited('person.setHardship', {
    load: aboutPerson,
    async run(input, { person }, call, standing) {
      ensure(person._id !== call.actor.personId, 'OWN_CASE')
      await ensureAllowedText(call.openid, input.seen)
      const { answer } = await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => ({
        next: [{ ...current, hardship: input.hardship }] as const, answer: DONE, audit: entryAbout(current, 'hardshipSet', byOf(call.actor, standing), call.now, { purpose: input.seen }),
      }))
      return answer
    },
  }),

  'person.previewAway': handler('person.previewAway', {
    load: aboutWhoLives,
    async run({ why, fromOn, untilOn }, { person }, call, standing) {
      const span = { fromOn, untilOn }
      ensureSpan(span, call.today)
      const wish = { what: why, by: byOf(call.actor, standing, person), ...span }
      const [bookings, series, slots] = await Promise.all([bookingsWithin(span, person._id, call.now), seriesOf(person._id, call.today), slotsAwaitedBy(person._id)])
      return {
        elderName: person.name,
        bookings: bookings.flatMap((booking) => {
          const outcome = outcomeOf(booking, wish, call.now)
          return outcome === null ? [] : [{ bookingId: booking._id, kind: booking.kind, title: booking.serviceName, detail: booking.meal?.dishName ?? booking.activity?.place ?? booking.worker?.name ?? booking.providerName, startsAt: booking.startsAt, outcome }]
        }),
        series: series.flatMap((one) => {
          const dates = one.paused === null ? one.dates.filter((date) => (date.state === 'planned' || date.state === 'booked') && startOf(date) > call.now && isWithin(span, date.onDate)).length : 0
          return dates === 0 ? [] : [{ seriesId: one._id, serviceName: one.serviceName, dates }]
        }),
        places: slots.filter((slot) => isWithin(span, slot.onDate)).map((slot) => ({ title: slot.serviceName, startsAt: slot.startsAt })), isFreezing: why === 'hospital',
      }
    },
  }),

  'person.previewHome': handler('person.previewHome', {
    load: aboutWhoLives,
    async run(_input, { person }, call, standing) {
      const [subdistrict, all] = await Promise.all([getSubdistrict(person.subdistrictId), seriesOf(person._id, call.today)])
      const series: OutputOf<'person.previewHome'>['series'] = []
      for (const one of all) {
        const held = heldDates(one, call.now)
        if (held.length === 0) continue
        const item = await getServiceItem(one.serviceItemId)
        const facts = await factsFor(person, item, subdistrict, [], standing.role === 'socialWorker', call.now)
        series.push({ seriesId: one._id, serviceName: one.serviceName, providerName: one.providerName, dates: previewOf(held, facts).map((date) => previewView(date, facts)) })
      }
      return { elderName: person.name, isMe: person._id === call.actor.personId, away: awayView(awayFrom(person.away, call.today)), series }
    },
  }),

  'person.setAway': audited('person.setAway', {
    load: aboutWhoLives,
    async run(input, { person }, call, standing) {
      const by = byOf(call.actor, standing, person)
      const { why } = input
      const eventId = why === null ? await comeHome(person, by, call) : await goAway(person, why, { fromOn: input.fromOn ?? call.today, untilOn: input.untilOn ?? null }, by, call)
      const answer: OutputOf<'person.setAway'> = { cancelled: 0, left: 0, activities: 0, ...(eventId === null ? {} : await settleLife(await getEvent(eventId), call.now)) }
      await finishAudit(call.request, answer)
      return answer
    },
  }),

  'person.confirmSeen': audited('person.confirmSeen', {
    load: aboutPerson,
    async run(input, { person }, call, standing) {
      ensure(person._id !== call.actor.personId, 'OWN_CASE')
      const { answer } = await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => ({
        next: [confirmSeen(current, seenBy(call.actor, input.identityCheck, call.now))] as const, answer: DONE,
        audit: entryAbout(current, 'seen', byOf(call.actor, standing), call.now, { purpose: input.identityCheck }),
      }))
      return answer
    },
  }),

  'person.issueClaimCode': audited('person.issueClaimCode', {
    load: aboutPerson,
    answerAgain: async (kept, _input, call) => claimCodeOf(call, kept as KeptClaimCode),
    async run(_input, { person }, call, standing) {
      const attempt = await freeAttempt(call.openid, call.requestId)
      const code: ClaimCode = {
        _id: claimCodeId(claimDigits(call.openid, call.requestId, attempt)), version: 1, subdistrictId: person.subdistrictId, personId: person._id, issuedBy: call.actor.personId,
        issuedAt: call.now, expiresAt: call.now + CLAIM_CODE_LIFE, usedAt: null, madeBy: call.request,
      }
      const { answer } = await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => {
        ensure(current.accountId === null, 'ALREADY_CLAIMED')
        return {
          next: [current] as const, answer: { attempt, validUntil: code.expiresAt }, audit: entryAbout(current, 'claimCodeIssued', byOf(call.actor, standing), call.now),
          added: [{ collection: 'claimCodes', document: code }],
        }
      })
      return claimCodeOf(call, answer)
    },
  }),

  'person.issueDoorCard': audited('person.issueDoorCard', {
    load: aboutPerson,
    answerAgain: async (kept, input) => ({ code: (kept as { code: string }).code, name: (await getPerson(input.personId)).name }),
    async run(_input, { person }, call, standing) {
      const code = newDigits(8)
      const { answer } = await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => ({
        next: [{ ...current, doorCard: { code, issuedAt: call.now, issuedBy: call.actor.personId } }] as const, answer: { code },
        audit: entryAbout(current, 'doorCardIssued', byOf(call.actor, standing), call.now),
      }))
      return { code: answer.code, name: person.name }
    },
  }),

  'person.merge': audited('person.merge', {
    async load(input) {
      const [keep, drop] = await Promise.all([findPerson(input.keepId), findPerson(input.dropId)])
      return { subject: keep === null ? {} : aboutElder(keep), keep, drop }
    },
    async run(_input, { keep, drop }, call, standing) {
      ensure(keep !== null && drop !== null && communitiesOf(call.actor).includes(drop.communityId), 'NOT_FOUND')
      const people = [place<Person>('people', keep._id), place<Person>('people', drop._id)] as const
      const audit = entryAbout(keep, 'merged', byOf(call.actor, standing), call.now)
      const decide = (mine: Person, theirs: Person) => {
        ensure(theirs.accountId === drop.accountId, 'TRY_AGAIN') // claimed since it was loaded
        return merge(mine, theirs, call.now, call.today)
      }
      const { documents } = drop.accountId === null
        ? await changeTogether(people, call.request, ([mine, theirs]) => {
          const merged = decide(mine, theirs)
          return { next: [merged.keep, merged.drop] as const, answer: DONE, audit }
        })
        : await changeTogether([...people, place<Account>('accounts', drop.accountId)] as const, call.request, ([mine, theirs, account]) => {
          const merged = decide(mine, theirs)
          return { next: [merged.keep, merged.drop, { ...account, personId: merged.keep._id, name: merged.keep.name }] as const, answer: DONE, audit }
        })
      if (documents) await settleMove(documents[1])
      await followElder(keep._id, call.now)
      return DONE
    },
  }),

  'person.unmask': audited('person.unmask', {
    load: ({ about }, { now }) => aboutWhom(about, now),
    answerAgain: async (_kept, input, { now }) => ({ value: (await aboutWhom(input.about, now)).elder[input.field] }),
    async run(input, { elder, booking, isToBeCalled, isAtHand }, call, standing) {
      // Only as long as the work needs it: afterwards the visit, the case or the message is no reason any more.
      ensure(standing.role !== 'careWorker' || (booking !== null && ['assigned', 'checkedIn', 'checkedOut'].includes(booking.status)), 'NOT_FOUND')
      ensure(standing.role !== 'courier' || (booking !== null && input.field === 'phone' && ['booked', 'handedOver', 'noContact'].includes(booking.status)), 'NOT_FOUND')
      ensure((standing.role !== 'volunteer' && standing.role !== 'careConsultant') || isAtHand === true, 'NOT_FOUND')
      ensure(isToBeCalled === null || (isToBeCalled && input.field === 'phone'), 'NOT_FOUND')
      const entry = entryAbout(elder, input.field === 'phone' ? 'unmaskedPhone' : 'unmaskedAddress', byOf(call.actor, standing, elder), call.now, {
        purpose: input.purpose, ...(booking === null ? {} : { bookingId: booking._id }),
      })
      // First the entry, then the value: nothing is looked at unseen. Asked twice at once, there is one entry.
      if (!(await appendAudit(entry, call.request, DONE)) && (await auditBefore(call.request, call.now)) === null) throw new DomainError('REQUEST_CONFLICT')
      return { value: elder[input.field] }
    },
  }),
}

/** The person and the event together; what follows is settled after it. @returns the event */
async function goAway(person: Person, why: 'hospital' | 'away', span: Span, by: By, call: Call): Promise<string> {
  ensureSpan(span, call.today)
  const eventId = derivedId('l', call.request.key)
  await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => {
    ensureLives(current)
    const event = newEvent({ eventId, person: current, what: why, span, words: null, replaces: current.away?.eventId ?? null }, by, call.now)
    return {
      next: [withDailyCheck(withAway(current, awayBy(event)), call.now)] as const, answer: null, audit: entryAbout(current, 'awaySet', by, call.now, { purpose: why }),
      added: [{ collection: 'lifeEvents', document: event }],
    }
  })
  return eventId
}

/** @returns the event that ended; null: none did */
async function comeHome(person: Person, by: By, call: Call): Promise<string | null> {
  const audit = entryAbout(person, 'backHome', by, call.now)
  const eventId = person.away?.eventId
  if (eventId === undefined) {
    await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => {
      ensureLives(current)
      ensure(current.away?.eventId === undefined, 'TRY_AGAIN') // away since it was loaded
      return { next: [withDailyCheck(withAway(current, null), call.now)] as const, answer: null, audit }
    })
    return null
  }
  await changeTogether([place<Person>('people', person._id), place<LifeEvent>('lifeEvents', eventId)] as const, call.request, ([current, event]) => {
    ensure(current.away?.eventId === eventId, 'TRY_AGAIN')
    return { next: [withDailyCheck(withAway(current, null), call.now), endEvent(event, by, call.now)] as const, answer: null, audit }
  })
  return eventId
}

interface KeptClaimCode {
  readonly attempt: number
  readonly validUntil: number
}

/** The digits again: they are kept nowhere, and follow from the request. */
const claimCodeOf = (call: Call, { attempt, validUntil }: KeptClaimCode) => ({ code: claimDigits(call.openid, call.requestId, attempt), validUntil })

interface Whom {
  readonly subject: Subject
  /** whose number or address */
  readonly elder: Person
  readonly booking: Booking | null
  /** for a safety case or a message: whether it still waits for a call; null for what needs none */
  readonly isToBeCalled: boolean | null
  /** for a volunteer's shift: whether it is near or under way; for a consultation: whether it is open */
  readonly isAtHand?: boolean
}

/** Whose number or address, and by which piece of work. @throws NOT_FOUND for a person whom the case does not name */
async function aboutWhom(about: ParsedOf<'person.unmask'>['about'], now: number): Promise<Whom> {
  switch (about.by) {
    case 'person': {
      const elder = await getResident(about.personId)
      return { subject: placeOf(elder), elder, booking: null, isToBeCalled: null }
    }
    case 'booking': {
      const { subject, elder, booking } = await withBooking(about)
      const run = await findRun(booking.meal?.runId ?? null)
      // Who carries a meal stands on its run. Family rings from a safety case only.
      return { subject: { ...placeOf(elder), visit: run === null ? subject.visit : { providerId: run.kitchenId, workerId: run.courierId } }, elder, booking, isToBeCalled: null }
    }
    case 'safetyCase': {
      const safety = await get<SafetyCase>('safetyCases', about.safetyCaseId)
      ensure([safety.elderId, ...safety.family.map((member) => member.personId)].includes(about.personId), 'NOT_FOUND')
      const whom = await getResident(about.personId)
      const subject = { ...placeOf(safety), named: namedOn(safety) }
      return { subject: about.personId === safety.elderId ? { ...aboutElder(whom), ...subject } : subject, elder: whom, booking: null, isToBeCalled: safety.status !== 'closed' }
    }
    case 'shift': {
      const shift = await get<Shift>('shifts', about.shiftId)
      ensure(shift.elderId !== null, 'NOT_FOUND')
      return { subject: { ...placeOf(shift), named: [shift.volunteerId] }, elder: await getResident(shift.elderId), booking: null, isToBeCalled: null, isAtHand: isShiftUnderWay(shift) && now >= shift.startsAt - DAY && now <= shift.endsAt + LATE }
    }
    case 'consultation': {
      const one = await getConsultation(about.consultationId)
      const elder = await getResident(one.elderId)
      // Whose hands it is in, as long as it is open.
      return { subject: { ...aboutConsultation(one, elder), ...placeOf(elder) }, elder, booking: null, isToBeCalled: null, isAtHand: !isOver(one) }
    }
    case 'message': {
      const message = await get<Message>('messages', about.messageId)
      return { subject: placeOf(message), elder: await getResident(message.personId), booking: null, isToBeCalled: message.state === 'toCall' }
    }
  }
}

const placeOf = ({ subdistrictId, communityId }: { readonly subdistrictId: string; readonly communityId: string }): Subject => ({ subdistrictId, communityId })
