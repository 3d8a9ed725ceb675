/** Handlers of src/contract/policy.ts: kitchens and cut-offs, the subsidy, the ladder, who is on duty. */
import type { ParsedOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, instantOf, spokenDay } from '../../src/domain/civil-time'
import { cutoffPreview, type OrderMade } from '../../src/domain/cutoff-preview'
import { DomainError, ensure } from '../../src/domain/error'
import { withGrid } from '../../src/domain/grid'
import type { Kitchen } from '../../src/domain/kitchen'
import { MENU_DAYS_AHEAD } from '../../src/domain/kitchen-menu'
import { ensureHours, ensureKitchenTerms, type KitchenTerms } from '../../src/domain/kitchen-terms'
import { ensureLadder, ladderOn } from '../../src/domain/ladder'
import { ladderPreviewOf } from '../../src/domain/ladder-preview'
import { counts } from '../../src/domain/meal-order'
import { ensurePolicy, monthOf, policyOn, type Eater } from '../../src/domain/meal-policy'
import type { Person } from '../../src/domain/person'
import { previewOf, type PricedOrder } from '../../src/domain/policy-preview'
import type { SafetyCase } from '../../src/domain/safety-case'
import type { Subdistrict } from '../../src/domain/service-item'
import { get } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout, finishAudit } from '../_server/audits'
import { command, find } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { getKitchen, sheetsOfDays } from '../_server/kitchens'
import { byOf, getSubdistrict } from '../_server/people'
import { tellCasesOfDuty } from '../_server/safety'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { dutyStaffAmong, dutyStaffOf, kitchenStaffOf, placeNamesOf, type Staff } from '../_server/staff'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
/** Far more kitchens than a subdistrict has. */
const KITCHENS_AT_MOST = 200
/** Orders that a preview looks at, orders on one page, and elders read at once. */
const ORDERS_AT_MOST = 20_000
const ORDERS_PAGE = 1000
const ELDERS_AT_ONCE = 200
/** Cases that a preview of the ladder looks at. */
const CASES_PAGE = 500

const subdistrictOf = (call: Call) => place<Subdistrict>('subdistricts', call.actor.subdistrictId)
const nextVersion = (versions: readonly { readonly version: number }[]): number => Math.max(0, ...versions.map(({ version }) => version)) + 1
const newestFirst = <T extends { readonly validFrom: string; readonly version: number }>(versions: readonly T[]): T[] =>
  [...versions].sort((a, b) => (a.validFrom === b.validFrom ? b.version - a.version : a.validFrom < b.validFrom ? 1 : -1))

/** Whether a version is still to come, holds now, or is over: also one that a newer version of the same day replaced. */
function stateOf<T extends { readonly validFrom: string; readonly version: number }>(one: T, all: readonly T[], nowVersion: number | undefined, today: string): 'coming' | 'now' | 'past' {
  if (one.validFrom <= today) return one.version === nowVersion ? 'now' : 'past'
  return all.some((other) => other.validFrom === one.validFrom && other.version > one.version) ? 'past' : 'coming'
}

type Wish = ParsedOf<'kitchen.save'>
const termsOf = ({ kitchenId: _id, ...terms }: Wish): KitchenTerms => terms

const namesIn = (staff: readonly Staff[], kitchenId: string, role: 'kitchen' | 'courier'): string[] =>
  staff.filter((one) => one.grants.some((grant) => grant.role === role && grant.providerId === kitchenId)).map((one) => one.name)

/** The meals of a span of time with their prices, oldest first, as far as they can be looked at. */
async function ordersOf(subdistrictId: string, from: number, below: number): Promise<{ readonly orders: readonly PricedOrder[]; readonly isPartial: boolean }> {
  const seen = new Set<string>()
  const orders: PricedOrder[] = []
  for (let since = from; ; ) {
    const page = await find<Booking>('bookings', { subdistrictId, kind: 'meal', startsAt: command.gte(since).and(command.lt(below)) }, { by: 'startsAt', direction: 'asc' }, ORDERS_PAGE, ['elderId', 'status', 'onDate', 'startsAt', 'meal'])
    const fresh = page.filter((booking) => !seen.has(booking._id))
    for (const booking of fresh) {
      seen.add(booking._id)
      if (booking.meal && counts(booking)) orders.push({ elderId: booking.elderId, onDate: booking.onDate, startsAt: booking.startsAt, portions: booking.meal.portions, quote: booking.meal.quote })
    }
    const last = page.at(-1)
    if (page.length < ORDERS_PAGE || !last) return { orders, isPartial: false }
    // More orders of one very moment than a page holds cannot be walked through by time.
    if (seen.size >= ORDERS_AT_MOST || fresh.length === 0) return { orders, isPartial: true }
    since = last.startsAt
  }
}

/** When a kitchen's orders of some days were made, the earliest days first, as far as one page holds them. */
async function ordersMade(kitchenId: string, fromOn: string, belowOn: string): Promise<{ readonly orders: readonly OrderMade[]; readonly isPartial: boolean }> {
  const page = await find<Booking>('bookings', { providerId: kitchenId, onDate: command.gte(fromOn).and(command.lt(belowOn)) }, { by: 'onDate', direction: 'asc' }, ORDERS_PAGE, ['status', 'onDate', 'meal', 'timeline'])
  const orders = page.filter(counts).flatMap((booking) => { const [made] = booking.timeline; return booking.meal && made ? [{ sitting: booking.meal.sitting, onDate: booking.onDate, madeAt: made.at }] : [] })
  return { orders, isPartial: page.length === ORDERS_PAGE }
}

async function eatersOf(elderIds: readonly string[]): Promise<ReadonlyMap<string, Eater>> {
  const eaters = new Map<string, Eater>()
  for (let index = 0; index < elderIds.length; index += ELDERS_AT_ONCE) {
    const batch = elderIds.slice(index, index + ELDERS_AT_ONCE)
    for (const elder of await find<Person>('people', { _id: command.in(batch) }, null, ELDERS_AT_ONCE, ['birthOn', 'standing', 'hardship'])) if (elder.standing !== 'erased') eaters.set(elder._id, elder)
  }
  return eaters
}

export const policyHandlers = {
  'admin.kitchens': handler('admin.kitchens', {
    load: aboutNobody,
    async run(_input, _loaded, { actor }) {
      const [subdistrict, kitchens] = await Promise.all([getSubdistrict(actor.subdistrictId), find<Kitchen>('kitchens', { subdistrictId: actor.subdistrictId }, null, KITCHENS_AT_MOST)])
      const staff = kitchens.length === 0 ? [] : await kitchenStaffOf(kitchens.map((kitchen) => kitchen._id))
      return {
        kitchens: kitchens.map(({ _id, name, phone, communityIds, ways, sites, hours, isOpen }) => ({
          kitchenId: _id, name, phone, communityIds: [...communityIds], ways: [...ways], sites: [...sites], hours: { lunch: hours.lunch, dinner: hours.dinner }, isOpen,
          staffNames: namesIn(staff, _id, 'kitchen'), courierNames: namesIn(staff, _id, 'courier'),
        })),
        communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })),
      }
    },
  }),

  'kitchen.save': audited('kitchen.save', {
    async load(input, { actor }) {
      const kitchen = input.kitchenId === undefined ? null : await get<Kitchen>('kitchens', input.kitchenId)
      return { subject: { subdistrictId: kitchen?.subdistrictId ?? actor.subdistrictId }, kitchen }
    },
    async run(input, { kitchen }, call, standing) {
      const subdistrict = await getSubdistrict(call.actor.subdistrictId)
      const terms = termsOf(input)
      ensureKitchenTerms(terms, subdistrict.communities.map((community) => community.communityId))
      await ensureAllowedText(call.openid, [terms.name, ...terms.sites.flatMap((site) => [site.name, site.address])].join(' '))
      const kitchenId = kitchen?._id ?? derivedId('k', call.request.key)
      const audit = entryAbout({ _id: kitchenId, name: terms.name, subdistrictId: subdistrict._id }, 'kitchenSaved', byOf(call.actor, standing), call.now)
      // A kitchen is a provider, too: both carry the same name.
      const provider = { collection: 'providers', document: { _id: kitchenId, subdistrictId: subdistrict._id, name: terms.name, phone: terms.phone } }
      if (kitchen === null) {
        const fresh: Kitchen = { _id: kitchenId, version: 1, subdistrictId: subdistrict._id, ...terms, dishes: {}, requests: {} }
        return (await changeTogether([], call.request, () => ({ next: [] as const, answer: { kitchenId }, audit, added: [{ collection: 'kitchens', document: fresh }, provider] }))).answer
      }
      return (await changeTogether([place<Kitchen>('kitchens', kitchenId)], call.request, ([current]) => ({ next: [{ ...current, ...terms }] as const, answer: { kitchenId }, audit, added: [provider] }))).answer
    },
  }),

  'kitchen.preview': handler('kitchen.preview', {
    async load(input) {
      const kitchen = await getKitchen(input.kitchenId)
      return { subject: { subdistrictId: kitchen.subdistrictId }, kitchen }
    },
    async run({ hours }, { kitchen }, { now, today }) {
      ensureHours(hours)
      const month = monthOf(addDays(`${monthOf(today)}-01`, -1))
      const [{ closedDays }, sheets, { orders, isPartial }] = await Promise.all([getSubdistrict(kitchen.subdistrictId), sheetsOfDays(kitchen._id, today, MENU_DAYS_AHEAD + 1), ordersMade(kitchen._id, `${month}-01`, `${monthOf(today)}-01`)])
      return { month, sittings: cutoffPreview(hours, sheets, orders, closedDays, today, now).map((one) => ({ ...one })), isPartial }
    },
  }),

  'policy.meals': handler('policy.meals', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const { mealPolicies } = await getSubdistrict(actor.subdistrictId)
      const now = policyOn(mealPolicies, today)?.version
      return {
        policies: newestFirst(mealPolicies).map(({ madeBy, ...policy }) => ({
          ...policy, bands: [...policy.bands], hardshipFen: { ...policy.hardshipFen }, madeByName: madeBy.name, madeAt: madeBy.at, state: stateOf(policy, mealPolicies, now, today),
        })),
      }
    },
  }),

  'policy.preview': handler('policy.preview', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now, today }) {
      ensurePolicy(input, today)
      const month = monthOf(addDays(`${monthOf(today)}-01`, -1))
      const { orders, isPartial } = await ordersOf(actor.subdistrictId, instantOf(`${month}-01`), instantOf(`${monthOf(today)}-01`))
      const eaters = await eatersOf([...new Set(orders.map((order) => order.elderId))])
      const { before, after, eldersWhoPayMore, eldersWhoPayLess } = previewOf({ ...input, version: 0, madeBy: { personId: actor.personId, name: actor.name, at: now } }, orders, (elderId) => eaters.get(elderId) ?? null)
      return { month, before: { ...before }, after: { ...after }, eldersWhoPayMore, eldersWhoPayLess, isPartial }
    },
  }),

  'policy.set': audited('policy.set', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      const { answer } = await changeTogether([subdistrictOf(call)], call.request, ([current]) => {
        ensurePolicy(input, call.today)
        const version = nextVersion(current.mealPolicies)
        const made = { ...input, version, madeBy: { personId: call.actor.personId, name: call.actor.name, at: call.now } }
        const about = { _id: `mealPolicy_${version}`, name: `第 ${version} 版，${spokenDay(input.validFrom)}起`, subdistrictId: current._id }
        return { next: [{ ...current, mealPolicies: [...current.mealPolicies, made] }] as const, answer: { version }, audit: entryAbout(about, 'policySet', byOf(call.actor, standing), call.now) }
      })
      return answer
    },
  }),

  'policy.ladder': handler('policy.ladder', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, staff] = await Promise.all([getSubdistrict(actor.subdistrictId), dutyStaffOf(actor.subdistrictId)])
      const places = await placeNamesOf(staff, subdistrict)
      const now = ladderOn(subdistrict.ladders, today)?.version
      return {
        ladders: newestFirst(subdistrict.ladders).map(({ madeBy, ...ladder }) => ({
          ...ladder, day: [...ladder.day], night: [...ladder.night], madeByName: madeBy.name, madeAt: madeBy.at, state: stateOf(ladder, subdistrict.ladders, now, today),
        })),
        duty: subdistrict.communities.map(({ communityId, name, duty, grids }) => ({
          communityId, name, people: [...duty], grids: (grids ?? []).map((grid) => ({ name: grid.name, buildings: [...grid.buildings], people: [...grid.duty] })),
        })),
        staff: staff.map(({ personId, name }) => ({ personId, name, placeName: places.get(personId) ?? '' })),
      }
    },
  }),

  'policy.previewLadder': handler('policy.previewLadder', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      ensureLadder(input, today)
      const month = monthOf(addDays(`${monthOf(today)}-01`, -1))
      const opened = command.gte(instantOf(`${month}-01`)).and(command.lt(instantOf(`${monthOf(today)}-01`)))
      const cases = await find<SafetyCase>('safetyCases', { subdistrictId: actor.subdistrictId, openedAt: opened }, { by: 'openedAt', direction: 'desc' }, CASES_PAGE)
      return { month, ...ladderPreviewOf(input, cases), isPartial: cases.length === CASES_PAGE }
    },
  }),

  'policy.setLadder': audited('policy.setLadder', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      const { answer } = await changeTogether([subdistrictOf(call)], call.request, ([current]) => {
        ensureLadder(input, call.today)
        const version = nextVersion(current.ladders)
        const made = { ...input, version, madeBy: { personId: call.actor.personId, name: call.actor.name, at: call.now } }
        const about = { _id: `ladder_${version}`, name: `第 ${version} 版，${spokenDay(input.validFrom)}起`, subdistrictId: current._id }
        return { next: [{ ...current, ladders: [...current.ladders, made] }] as const, answer: { version }, audit: entryAbout(about, 'ladderSet', byOf(call.actor, standing), call.now) }
      })
      return answer
    },
  }),

  'duty.set': audited('duty.set', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      ensure(new Set(input.personIds).size === input.personIds.length, 'BAD_INPUT', { field: 'personIds' })
      const staff = new Map((await dutyStaffAmong(call.actor.subdistrictId, input.personIds)).map((one) => [one.personId, one.name]))
      const duty = input.personIds.map((personId) => {
        const name = staff.get(personId)
        if (name === undefined) throw new DomainError('NO_MATCH')
        return { personId, name }
      })
      await changeTogether([subdistrictOf(call)], call.request, ([current]) => {
        const community = current.communities.find((one) => one.communityId === input.communityId)
        if (!community) throw new DomainError('BAD_INPUT', { field: 'communityId' })
        const about = { _id: `duty_${community.communityId}`, name: `${community.name}${input.grid?.name ?? ''}`, subdistrictId: current._id }
        const next = input.grid === undefined ? { ...community, duty } : withGrid(community, { ...input.grid, duty })
        return {
          next: [{ ...current, communities: current.communities.map((one) => (one === community ? next : one)) }] as const, answer: null as typeof DONE | null,
          audit: entryAbout(about, 'dutySet', byOf(call.actor, standing), call.now),
        }
      })
      await tellCasesOfDuty(call.actor.subdistrictId, input.communityId, call.now)
      await finishAudit(call.request, DONE)
      return DONE
    },
  }),
}
