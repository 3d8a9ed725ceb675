/** Handlers of src/contract/series.ts. What people decide is one transaction with its audit entry; the dates are settled after it. */
import type { OutputOf } from '../../src/contract'
import type { AuditWhat } from '../../src/domain/audit'
import { cancel, mayCancel } from '../../src/domain/booking'
import { isGivenUp, type Booking, type By } from '../../src/domain/booking-record'
import { addDays, minuteWords } from '../../src/domain/civil-time'
import { ensure } from '../../src/domain/error'
import { maskAddress, type Person } from '../../src/domain/person'
import * as rule from '../../src/domain/series'
import { isGood, nearestPlace, previewOf, type Facts } from '../../src/domain/series-preview'
import { priceOn, weekOn, type ServiceItem, type Subdistrict } from '../../src/domain/service-item'
import { DAYS_AHEAD } from '../../src/domain/slot'
import { changeOnce } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { getBooking, settleBooking } from '../_server/bookings'
import { derivedId } from '../_server/keys'
import { aboutElder, byOf, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { briefOf } from '../_server/residents'
import { bookingsOf, factsFor, getSeries, placeView, previewView, seriesOf, settleSeries } from '../_server/series'
import { handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place as placeOf } from '../_server/together'

const DONE = { done: true } as const
type Series = rule.Series

async function withElder(input: { readonly elderId: string }) {
  const elder = await getPerson(input.elderId)
  return { subject: aboutElder(elder), elder }
}

async function withSeries(input: { readonly seriesId: string }) {
  const series = await getSeries(input.seriesId)
  const elder = await getPerson(series.elderId)
  return { subject: aboutElder(elder), series, elder }
}

/** Home care that the elder's community gets. @throws NOT_FOUND */
async function offerFor(elder: Person, serviceItemId: string): Promise<{ readonly item: ServiceItem; readonly subdistrict: Subdistrict }> {
  const [item, subdistrict] = await Promise.all([getServiceItem(serviceItemId), getSubdistrict(elder.subdistrictId)])
  ensure(item.subdistrictId === elder.subdistrictId && item.communityIds.includes(elder.communityId) && item.kind === 'homeCare', 'NOT_FOUND')
  return { item, subdistrict }
}

const at = placeView

function brief(series: Series, now: number): OutputOf<'series.list'>['items'][number] {
  const next = series.paused === null ? series.dates.filter((date) => ['planned', 'booking', 'booked'].includes(date.state) && rule.startOf(date) > now).map(rule.startOf).sort((a, b) => a - b)[0] : undefined
  return {
    seriesId: series._id, elderId: series.elderId, elderName: series.elderName, serviceItemId: series.serviceItemId, serviceName: series.serviceName, providerName: series.providerName, every: series.every, weekday: series.weekday,
    startMinute: series.startMinute, durationMinutes: series.durationMinutes, isPaused: series.paused !== null, isOver: !rule.isRunning(series, now), nextAt: next ?? null, lastOn: series.lastOn,
  }
}

/** What a date says to who looks at it, with what became of its booking. */
function dateView(series: Series, date: rule.SeriesDate, booking: Booking | undefined, now: number, facts: Facts, taken: readonly rule.Place[]): OutputOf<'series.show'>['dates'][number] {
  const isOff = booking !== undefined && isGivenUp(booking)
  const startsAt = booking?.startsAt ?? rule.startOf(date)
  const state = date.state === 'booked' && isOff ? 'cancelled' : date.state === 'planned' && startsAt <= now ? 'lapsed' : date.state
  return {
    n: date.n, onDate: booking?.onDate ?? date.onDate, startMinute: date.startMinute, startsAt, state, why: date.why, bookingId: booking === undefined ? null : booking._id, status: booking?.status ?? null,
    movingTo: date.moveTo && at(date.moveTo), isHeld: series.paused === null && date.state === 'planned' && rule.heldSince(series, date.onDate) !== null, alternative: date.state === 'missed' && startsAt > now ? nullable(nearestPlace(date, facts, taken)) : null,
    canSkip: rule.isWanted(date) && startsAt > now && (booking === undefined || (!isOff && (booking.status === 'booked' || booking.status === 'assigned') && mayCancel(booking, now))),
  }
}
const nullable = (place: rule.Place | null) => place && at(place)

const rhythmWords = (series: Pick<Series, 'every' | 'weekday' | 'startMinute' | 'serviceName'>): string => `${series.every === 1 ? '每周' : '每两周的周'}${'日一二三四五六'[series.weekday] ?? ''} ${minuteWords(series.startMinute)} 的${series.serviceName}`

/** One decision: the series and its audit entry together, then the dates. */
async function decide(series: Series, elder: Person, by: By, what: AuditWhat, call: Call, step: (current: Series) => Series): Promise<typeof DONE> {
  const { documents } = await changeTogether([placeOf<Series>('series', series._id)], call.request, ([current]) => {
    const next = step(current)
    return { next: [next] as const, answer: DONE, audit: entryAbout(elder, what, by, call.now, { purpose: rhythmWords(next) }) }
  })
  if (documents !== null) await settleSeries(await getSeries(series._id), call.now)
  return DONE
}

export const seriesHandlers = {
  'series.preview': handler('series.preview', {
    load: withElder,
    async run(input, { elder }, { now, today }, standing) {
      const { item, subdistrict } = await offerFor(elder, input.serviceItemId)
      const rhythm = rule.rhythmOf(input, today)
      const facts = await factsFor(elder, item, subdistrict, [], standing.role === 'socialWorker', now)
      return {
        elder: briefOf(elder, subdistrict), address: standing.role === 'resident' ? (elder.address ?? '') : maskAddress(elder.address ?? ''), serviceName: item.name, providerName: item.providerName, priceFen: priceOn(item, input.firstOn).priceFen, cancelHours: item.cancelHours,
        dates: previewOf(rhythm, facts).map((date) => previewView(date, facts)),
      }
    },
  }),

  'series.start': audited('series.start', {
    load: withElder,
    async run(input, { elder }, call, standing) {
      const { item } = await offerFor(elder, input.serviceItemId)
      ensure(elder.address !== null && elder.address.trim() !== '', 'ADDRESS_MISSING')
      await ensureAllowedText(call.openid, input.note)
      const by = byOf(call.actor, standing, elder)
      const seriesId = derivedId('w', call.request.key)
      const note = input.note === undefined || input.note === '' ? null : input.note
      const series = rule.startSeries({ seriesId, elder, item, note }, input, input.choices.map((choice) => ('skip' in choice ? choice : { n: choice.n, onDate: choice.onDate, startMinute: choice.startMinute })), by, call.today, call.now)
      const { answer } = await changeTogether([], call.request, () => ({
        next: [] as const, answer: { seriesId }, audit: entryAbout(elder, 'seriesStarted', by, call.now, { purpose: rhythmWords(series) }), added: [{ collection: 'series', document: series }],
      }))
      await settleSeries(await getSeries(seriesId), call.now)
      return answer
    },
  }),

  'series.list': handler('series.list', {
    load: withElder,
    async run(_input, { elder }, { now, today }) {
      const [subdistrict, found] = await Promise.all([getSubdistrict(elder.subdistrictId), seriesOf(elder._id, addDays(today, -1))])
      return { elder: briefOf(elder, subdistrict), items: found.map((series) => brief(series, now)).filter((one) => !one.isOver) }
    },
  }),

  'series.show': handler('series.show', {
    load: withSeries,
    async run(_input, { series, elder }, { now }, standing) {
      const [bookings, item, subdistrict] = await Promise.all([bookingsOf(series), getServiceItem(series.serviceItemId), getSubdistrict(series.subdistrictId)])
      const hasMissed = series.dates.some((date) => date.state === 'missed' && rule.startOf(date) > now)
      const facts = hasMissed ? await factsFor(elder, item, subdistrict, [...bookings.keys()], standing.role === 'socialWorker', now) : { item, closedDays: subdistrict.closedDays, slots: [], elder, ownIds: [], isDesk: false, now }
      const taken = series.dates.filter(rule.isWanted)
      return {
        ...brief(series, now), note: series.note, askedByName: series.askedBy.name, askedByKinship: series.askedBy.kinship, askedByAs: series.askedBy.as, paused: series.paused && { at: series.paused.at, byName: series.paused.by.name, reason: series.paused.reason },
        mayChange: standing.scope !== 'readCare', dates: series.dates.map((date) => dateView(series, date, date.bookingId === null ? undefined : bookings.get(date.bookingId), now, facts, taken)),
      }
    },
  }),

  'series.skip': audited('series.skip', {
    load: withSeries,
    async run(input, { series, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      rule.skipDate(series, input.n, by, call.now)
      const date = rule.dateOf(series, input.n)
      // The booking first: what cannot be cancelled any more is not left out, and nothing is written.
      const booking = date.state === 'booked' && date.bookingId !== null ? await getBooking(date.bookingId) : null
      if (booking !== null && !isGivenUp(booking)) {
        const { document } = await changeOnce('bookings', booking, call.request, (current) => ({ next: cancel(current, by, '这一回跳过', call.now), answer: DONE }))
        await settleBooking(document, call.now)
      }
      return decide(series, elder, by, 'seriesSkipped', call, (current) => rule.skipDate(current, input.n, by, call.now))
    },
  }),

  'series.moveDate': audited('series.moveDate', {
    load: withSeries,
    async run(input, { series, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      return decide(series, elder, by, 'seriesMoved', call, (current) => rule.moveDate(current, input.n, input, by, call.today, call.now))
    },
  }),

  'series.previewChange': handler('series.previewChange', {
    load: withSeries,
    async run({ to }, { series, elder }, { now, today }, standing) {
      const [{ item, subdistrict }, bookings] = await Promise.all([offerFor(elder, series.serviceItemId), bookingsOf(series)])
      const facts = await factsFor(elder, item, subdistrict, [...bookings.keys()], standing.role === 'socialWorker', now)
      const isAlone = (date: rule.SeriesDate): boolean => {
        const booking = date.bookingId === null ? undefined : bookings.get(date.bookingId)
        return booking !== undefined && !['booked', 'assigned'].includes(booking.status)
      }
      const places = to === undefined
        ? series.dates.filter((date) => ['planned', 'booked'].includes(date.state) && rule.startOf(date) > now && !isAlone(date)).map((date) => ({ n: date.n, onDate: date.onDate, startMinute: date.startMinute }))
        : rule.reached(series, to.fromN, to, now).filter((date) => !isAlone(date)).map((date) => ({ n: date.n, ...rule.shifted(series, date.n, to) }))
      return {
        dates: previewOf(places, facts).map((date) => previewView({ ...date, alternative: isGood(date.state) ? null : date.alternative }, facts)),
        times: weekOn(item, addDays(today, DAYS_AHEAD - 1)).weekly.map(({ weekday, startMinute }) => ({ weekday, startMinute })),
      }
    },
  }),

  'series.change': audited('series.change', {
    load: withSeries,
    async run(input, { series, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      return decide(series, elder, by, 'seriesChanged', call, (current) => rule.changeFrom(current, input.fromN, input, by, call.now))
    },
  }),

  'series.end': audited('series.end', {
    load: withSeries,
    async run(input, { series, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      return decide(series, elder, by, 'seriesEnded', call, (current) => rule.endFrom(current, input.fromN, by, call.now))
    },
  }),

  'series.pause': audited('series.pause', {
    load: withSeries,
    async run(input, { series, elder }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const by = byOf(call.actor, standing, elder)
      return decide(series, elder, by, 'seriesPaused', call, (current) => rule.pauseSeries(current, by, input.reason ?? null, call.now))
    },
  }),

  'series.resume': audited('series.resume', {
    load: withSeries,
    async run(_input, { series, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      return decide(series, elder, by, 'seriesResumed', call, (current) => rule.resumeSeries(current, by, call.now))
    },
  }),
}
