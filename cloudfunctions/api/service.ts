/** Handlers of src/contract/service.ts: the catalogue, weekly times, prices, holds and ends. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import type { AuditWhat } from '../../src/domain/audit'
import type { BedSubsidy, Guest } from '../../src/domain/bed-terms'
import { isGivenUp, type Booking } from '../../src/domain/booking-record'
import { addDays, spokenDay } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import { monthOf } from '../../src/domain/meal-policy'
import type { Person } from '../../src/domain/person'
import type { Standing } from '../../src/domain/role'
import { priceOn, stateOf, weekOn, type Provider, type ServiceItem } from '../../src/domain/service-item'
import { end, ensureBedSort, ensurePrice, ensureRoom, ensureWeekly, hold, planChange, pricePreview, reopen, withPlan, withPrice, type Priced } from '../../src/domain/service-plan'
import { heldIn, openDays, type Slot } from '../../src/domain/slot'
import { isOnOffer } from '../../src/domain/waitlist'
import { declaredWays } from '../../src/domain/walking'
import type { Versioned } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { appendAudit, auditBefore, entryAbout, finishAudit } from '../_server/audits'
import { getSlot } from '../_server/bookings'
import { command, find, updateIf } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { tellOffPlan } from '../_server/messages'
import { byOf, getServiceItem, getSubdistrict } from '../_server/people'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { settleService, slotsAhead } from '../_server/services'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
/** Far more than a subdistrict has. */
const SERVICES_AT_MOST = 200
const PROVIDERS_AT_MOST = 500
/** Bookings of one service that a preview looks at, and people read at once. */
const BOOKINGS_LOOKED_AT = 1000
const PEOPLE_AT_ONCE = 200

type Kind = OutputOf<'admin.service'>['kind']
const kindOf = ({ kind }: ServiceItem): Kind => (kind === 'dayCare' || kind === 'stay' ? kind : 'homeCare')

async function withService(input: { readonly serviceItemId: string }) {
  const service = await getServiceItem(input.serviceItemId)
  return { subject: { subdistrictId: service.subdistrictId }, service }
}

const subsidyView = (subsidy: BedSubsidy | null): OutputOf<'admin.service'>['prices'][number]['subsidy'] =>
  subsidy && { bands: subsidy.bands.map((band) => ({ ...band })), hardshipFen: { none: 0, lowIncome: subsidy.hardshipFen.lowIncome, extreme: subsidy.hardshipFen.extreme }, leastPayFen: subsidy.leastPayFen }

const slotView = (slot: Slot) => ({ slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, held: heldIn(slot) })
const inTime = (slots: readonly Slot[]) => [...slots].sort((a, b) => a.startsAt - b.startsAt).map(slotView)

const wordsOf = ({ name, summary, details, icon, cancelHours, communityIds }: Pick<ParsedOf<'service.edit'>, 'name' | 'summary' | 'details' | 'icon' | 'cancelHours' | 'communityIds'>) => ({ name, summary, details, icon, cancelHours, communityIds })

/** @throws BAD_INPUT {field}, CONTENT_REFUSED */
async function ensureWords(input: Pick<ParsedOf<'service.edit'>, 'name' | 'summary' | 'details' | 'bring' | 'communityIds'>, call: Call): Promise<void> {
  const { communities } = await getSubdistrict(call.actor.subdistrictId)
  ensure(input.communityIds.every((id) => communities.some((one) => one.communityId === id)) && new Set(input.communityIds).size === input.communityIds.length, 'BAD_INPUT', { field: 'communityIds' })
  await ensureAllowedText(call.openid, [input.name, input.summary, input.details, ...input.bring].join('\n'))
}

/** One decision about a service, with its entry; then its slots. `answer` is of the service as it stands then. */
async function decide<A>(service: ServiceItem, what: AuditWhat, purpose: string, call: Call, standing: Standing, step: (current: ServiceItem) => ServiceItem, answerOf: (next: ServiceItem) => A): Promise<A> {
  const { answer } = await changeTogether([place<ServiceItem & Versioned>('serviceItems', service._id)], call.request, ([current]) => {
    const next = { ...step(current), version: current.version, unsettledAt: call.now }
    return { next: [next] as const, answer: answerOf(next), audit: entryAbout(service, what, byOf(call.actor, standing), call.now, { purpose }) }
  })
  await settleService(service, call.now)
  return answer
}

const madeBy = ({ actor, now }: Call) => ({ personId: actor.personId, name: actor.name, at: now })
const byWhom = ({ actor }: Call) => ({ personId: actor.personId, name: actor.name })

/** What of a month's bookings of a service was paid, and by whom; a stay counts its nights. */
async function bookedIn(item: ServiceItem, month: string, belowOn: string): Promise<{ readonly bookings: readonly Priced[]; readonly isPartial: boolean }> {
  const page = await find<Booking>('bookings', { providerId: item.providerId, onDate: command.gte(`${month}-01`).and(command.lt(belowOn)), serviceItemId: item._id }, { by: 'onDate', direction: 'asc' }, BOOKINGS_LOOKED_AT, ['elderId', 'status', 'onDate', 'priceFen', 'bed'])
  const bookings = page.filter((booking) => !isGivenUp(booking)).map((booking) => ({
    elderId: booking.elderId, onDate: booking.onDate, units: Math.max(1, booking.bed?.nights.length ?? 0), priceFen: booking.bed?.quote.priceFen ?? booking.priceFen, subsidyFen: booking.bed?.quote.subsidyFen ?? 0,
  }))
  return { bookings, isPartial: page.length === BOOKINGS_LOOKED_AT }
}

async function guestsOf(elderIds: readonly string[]): Promise<ReadonlyMap<string, Guest>> {
  const guests = new Map<string, Guest>()
  for (let index = 0; index < elderIds.length; index += PEOPLE_AT_ONCE) {
    const batch = elderIds.slice(index, index + PEOPLE_AT_ONCE)
    for (const elder of await find<Person>('people', { _id: command.in(batch) }, null, PEOPLE_AT_ONCE, ['birthOn', 'standing', 'hardship'])) if (elder.standing !== 'erased') guests.set(elder._id, elder)
  }
  return guests
}

/** Versions as a page shows them: what holds today, then what comes, by day. */
function shownVersions<T extends { readonly version: number; readonly validFrom: string; readonly madeBy: { readonly name: string; readonly at: number } }>(versions: readonly T[] | undefined, nowVersion: number, today: string): { readonly one: T; readonly isNow: boolean }[] {
  const coming = (versions ?? []).filter((one) => one.validFrom > today && !(versions ?? []).some((other) => other.validFrom === one.validFrom && other.version > one.version))
  const now = (versions ?? []).find((one) => one.version === nowVersion)
  return [...(now === undefined ? [] : [{ one: now, isNow: true }]), ...coming.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).map((one) => ({ one, isNow: false }))]
}

export const serviceHandlers = {
  'admin.catalogue': handler('admin.catalogue', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, services, providers] = await Promise.all([
        getSubdistrict(actor.subdistrictId), find<ServiceItem>('serviceItems', { subdistrictId: actor.subdistrictId }, { by: 'order', direction: 'asc' }, SERVICES_AT_MOST), find<Provider>('providers', { subdistrictId: actor.subdistrictId }, null, PROVIDERS_AT_MOST),
      ])
      return {
        services: services.map((item) => ({ serviceItemId: item._id, name: item.name, kind: kindOf(item), icon: item.icon, summary: item.summary, providerName: item.providerName, priceFen: priceOn(item, today).priceFen, communities: item.communityIds.length, ...stateOf(item, today) })),
        communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })), providers: providers.map(({ _id, name }) => ({ providerId: _id, name })),
      }
    },
  }),

  'admin.service': handler('admin.service', {
    load: withService,
    async run(_input, { service: item }, { now, today }) {
      const [subdistrict, slots] = await Promise.all([getSubdistrict(item.subdistrictId), slotsAhead(item, now)])
      const [week, price] = [weekOn(item, today), priceOn(item, today)]
      const first = { version: 0, validFrom: '', madeByName: '', madeAt: 0, isNow: true }
      const made = <T extends { readonly version: number; readonly validFrom: string; readonly madeBy: { readonly name: string; readonly at: number } }>({ one, isNow }: { readonly one: T; readonly isNow: boolean }) => ({ version: one.version, validFrom: one.validFrom, madeByName: one.madeBy.name, madeAt: one.madeBy.at, isNow })
      return {
        serviceItemId: item._id, kind: kindOf(item), providerName: item.providerName, durationMinutes: item.durationMinutes, isBed: item.bed !== undefined, ...wordsOf({ ...item, icon: item.icon as ParsedOf<'service.edit'>['icon'], communityIds: [...item.communityIds] }), bring: [...(item.bed?.bring ?? [])], ...stateOf(item, today), ways: Object.entries(item.walkingMinutes).map(([communityId, minutes]) => ({ communityId, minutes })),
        weeks: [...(week.version === 0 ? [{ ...first, weekly: week.weekly.map((one) => ({ ...one })) }] : []), ...shownVersions(item.plans, week.version, today).map((shown) => ({ ...made(shown), weekly: shown.one.weekly.map((one) => ({ ...one })) }))],
        prices: [
          ...(price.version === 0 ? [{ ...first, priceFen: price.priceFen, subsidy: subsidyView(price.subsidy) }] : []),
          ...shownVersions(item.prices, price.version, today).map((shown) => ({ ...made(shown), priceFen: shown.one.priceFen, subsidy: subsidyView(shown.one.subsidy) })),
        ],
        kept: item.fair?.share?.seats ?? 0, left: slots.filter((slot) => (slot.isOffPlan === true || slot.isHeld === true) && heldIn(slot) > 0).map((slot) => ({ ...slotView(slot), isAsked: slot.callsAskedAt !== undefined })), communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })),
      }
    },
  }),

  'service.create': audited('service.create', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      const { subdistrictId } = call.actor
      await ensureWords(input, call)
      ensureBedSort(input.kind, input.bedSort)
      const [providers, services] = await Promise.all([find<Provider>('providers', { subdistrictId }, null, PROVIDERS_AT_MOST), find<ServiceItem>('serviceItems', { subdistrictId }, { by: 'order', direction: 'desc' }, 1, ['order'])])
      const provider = providers.find((one) => one._id === input.providerId)
      if (provider === undefined) throw new DomainError('NO_MATCH')
      const serviceItemId = derivedId('s', call.request.key)
      const item: ServiceItem = {
        _id: serviceItemId, version: 1, subdistrictId, providerId: provider._id, providerName: provider.name, ...wordsOf(input), kind: input.kind, priceFen: input.priceFen, durationMinutes: input.durationMinutes,
        walkingMinutes: {}, weekly: [], order: (services[0]?.order ?? 0) + 10, isOpen: true, ...(input.bedSort === undefined ? {} : { bed: { sort: input.bedSort, bring: input.bring, subsidy: null } }),
      }
      const { answer } = await changeTogether([], call.request, () => ({
        next: [] as const, answer: { serviceItemId }, audit: entryAbout(item, 'serviceSaved', byOf(call.actor, standing), call.now), added: [{ collection: 'serviceItems', document: item }],
      }))
      return answer
    },
  }),

  'service.edit': audited('service.edit', {
    load: withService,
    async run(input, { service }, call, standing) {
      await ensureWords(input, call)
      return decide(service, 'serviceSaved', input.name, call, standing, (current) => ({ ...current, ...wordsOf(input), ...(current.bed === undefined ? {} : { bed: { ...current.bed, bring: input.bring } }) }), () => DONE)
    },
  }),

  'service.setWays': audited('service.setWays', {
    load: withService,
    async run({ ways }, { service }, call, standing) {
      const walkingMinutes = declaredWays(ways, (await getSubdistrict(service.subdistrictId)).communities.map(({ communityId }) => communityId))
      return decide(service, 'waysSet', service.name, call, standing, (current) => ({ ...current, walkingMinutes }), () => DONE)
    },
  }),

  'service.hold': audited('service.hold', {
    load: withService,
    async run(input, { service }, call, standing) {
      await ensureAllowedText(call.openid, input.why)
      await decide(service, 'serviceHeld', input.why, call, standing, (current) => hold(current, { why: input.why, at: call.now, by: byWhom(call) }), () => null)
      const answer = { booked: (await slotsAhead(service, call.now)).reduce((sum, slot) => sum + heldIn(slot), 0) }
      await finishAudit(call.request, answer)
      return answer
    },
  }),

  'service.reopen': audited('service.reopen', {
    load: withService,
    run: (_input, { service }, call, standing) => decide(service, 'serviceReopened', service.name, call, standing, reopen, () => DONE),
  }),

  'service.end': audited('service.end', {
    load: withService,
    async run(input, { service }, call, standing) {
      await ensureAllowedText(call.openid, input.why)
      await decide(service, 'serviceEnded', `${spokenDay(input.fromOn)}起：${input.why}`, call, standing, (current) => end(current, { fromOn: input.fromOn, why: input.why, at: call.now, by: byWhom(call) }, call.today), () => null)
      const answer = { booked: (await slotsAhead(service, call.now)).filter((slot) => slot.onDate >= input.fromOn).reduce((sum, slot) => sum + heldIn(slot), 0) }
      await finishAudit(call.request, answer)
      return answer
    },
  }),

  'service.askToCall': audited('service.askToCall', {
    async load(input) {
      const slot = await getSlot(input.slotId)
      return { subject: { subdistrictId: slot.subdistrictId }, slot }
    },
    async run(_input, { slot }, call, standing) {
      ensure(slot.startsAt > call.now && (slot.isOffPlan === true || slot.isHeld === true), 'WRONG_STATE', { status: 'open' })
      const item = await getServiceItem(slot.serviceItemId)
      const ids = Object.values(slot.holders).flatMap((seat) => (isOnOffer(seat) ? [] : [seat.bookingId]))
      const bookings = (ids.length === 0 ? [] : await find<Booking>('bookings', { _id: command.in(ids) }, null, ids.length)).filter((booking) => !isGivenUp(booking))
      await tellOffPlan(bookings, slot.isHeld === true ? (item.hold?.why ?? '暂停了') : `${slot.serviceName}这个时间以后不排了`, call.now)
      await updateIf('slots', slot._id, {}, { callsAskedAt: command.set(call.now) })
      const answer = { toCall: bookings.length }
      const about = { _id: slot._id, name: `${slot.serviceName} ${spokenDay(slot.onDate)}`, subdistrictId: slot.subdistrictId }
      if (!(await appendAudit(entryAbout(about, 'callsAsked', byOf(call.actor, standing), call.now), call.request, answer))) await auditBefore(call.request, call.now)
      return answer
    },
  }),

  'service.previewWeekly': handler('service.previewWeekly', {
    load: withService,
    async run({ validFrom, weekly }, { service }, call) {
      const { now, today } = call
      ensureWeekly(service, weekly, validFrom, today)
      const [{ closedDays }, slots] = await Promise.all([getSubdistrict(service.subdistrictId), slotsAhead(service, now)])
      const change = planChange(service, { validFrom, weekly, madeBy: madeBy(call) }, slots, closedDays, today, now)
      const sized = (rows: readonly { readonly slot: Slot; readonly to: number }[]) => rows.map(({ slot, to }) => ({ ...slotView(slot), from: slot.capacity, to }))
      return { openUntil: openDays(today, service.kind).at(-1) ?? today, added: inTime(change.added), removed: inTime(change.removed), kept: inTime(change.kept), resized: sized(change.resized), belowHeld: sized(change.belowHeld) }
    },
  }),

  'service.setWeekly': audited('service.setWeekly', {
    load: withService,
    async run({ validFrom, weekly, keepsBooked }, { service }, call, standing) {
      const { now, today } = call
      ensureWeekly(service, weekly, validFrom, today)
      const [{ closedDays }, slots] = await Promise.all([getSubdistrict(service.subdistrictId), slotsAhead(service, now)])
      const plan = { validFrom, weekly, madeBy: madeBy(call) }
      ensureRoom(planChange(service, plan, slots, closedDays, today, now), keepsBooked === true)
      return decide(service, 'weeklySet', `${spokenDay(validFrom)}起`, call, standing, (current) => withPlan(current, plan), (next) => ({ version: next.plans?.at(-1)?.version ?? 0 }))
    },
  }),

  'service.previewPrice': handler('service.previewPrice', {
    load: withService,
    async run({ serviceItemId: _id, ...terms }, { service }, { today }) {
      ensurePrice(service, terms, today)
      const month = monthOf(addDays(`${monthOf(today)}-01`, -1))
      const { bookings, isPartial } = await bookedIn(service, month, `${monthOf(today)}-01`)
      const guests = await guestsOf([...new Set(bookings.map((booking) => booking.elderId))])
      const { before, after, elders, payMore, payLess } = pricePreview(service, terms, bookings, (elderId) => guests.get(elderId) ?? null)
      return { month, bookings: bookings.length, elders, before: { ...before }, after: { ...after }, payMore, payLess, isPartial }
    },
  }),

  'service.setPrice': audited('service.setPrice', {
    load: withService,
    async run({ serviceItemId: _id, ...terms }, { service }, call, standing) {
      ensurePrice(service, terms, call.today)
      return decide(service, 'priceSet', `${spokenDay(terms.validFrom)}起`, call, standing, (current) => withPrice(current, { ...terms, madeBy: madeBy(call) }), (next) => ({ version: next.prices?.at(-1)?.version ?? 0 }))
    },
  }),
}
