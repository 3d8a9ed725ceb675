/** Handlers of src/contract/circle.ts. */
import type { InputOf } from '../../src/contract'
import { homeOf, openUntil, stationOf, straightFrom, within, withPlace, type Circle, type CirclePlace } from '../../src/domain/circle'
import { DomainError, ensure } from '../../src/domain/error'
import { buildingOf, dutyAt } from '../../src/domain/grid'
import type { Slot } from '../../src/domain/slot'
import { seatsFor } from '../../src/domain/waitlist'
import { declaredWays } from '../../src/domain/walking'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { beginCircle, getCircle } from '../_server/circles'
import { find } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place as placeOf } from '../_server/together'

/** Slots of one day in a subdistrict. */
const SLOTS_OF_A_DAY = 1000
const SLOT_FIELDS = ['kind', 'serviceItemId', 'providerId', 'communityIds', 'startsAt', 'orderUntil', 'frozenAt', 'isOpen', 'remaining', 'capacity', 'holders', 'queue', 'fair', 'kept', 'onDate'] as const

async function withElder({ elderId }: { readonly elderId: string }) {
  const elder = await getPerson(elderId)
  return { subject: aboutElder(elder), elder }
}

const brief = ({ placeId, sort, name, address, phone, hours }: CirclePlace) => ({ placeId, sort, name, address, phone, hours: { ...hours, weekdays: [...hours.weekdays] } })

type Wish = NonNullable<InputOf<'circle.setPlace'>['place']>

/** The place as it was written; what can be booked there, and ways walked from elsewhere, stay. */
function placeFrom(placeId: string, wish: Wish, before: CirclePlace | undefined): CirclePlace {
  const { [wish.communityId]: _, ...elsewhere } = before?.walking ?? {}
  return {
    placeId, sort: wish.sort, name: wish.name, address: wish.address, phone: wish.phone ?? null, communityId: wish.communityId, spot: { x: wish.east, y: wish.north },
    hours: { weekdays: [...new Set(wish.weekdays)].sort((a, b) => a - b), fromMinute: wish.fromMinute, untilMinute: wish.untilMinute },
    walking: wish.walked === undefined ? elsewhere : { ...elsewhere, [wish.communityId]: wish.walked }, serviceItemIds: before?.serviceItemIds ?? [], kitchenId: before?.kitchenId ?? null,
  }
}

export const circleHandlers = {
  'circle.show': handler('circle.show', {
    load: withElder,
    async run(_input, { elder }, { actor, now }) {
      const circle = await getCircle(elder.subdistrictId)
      return {
        elderName: elder.name, isMe: elder._id === actor.personId, building: homeOf(circle, elder.communityId, elder.address)?.building ?? null,
        places: within(circle, elder.communityId, elder.address).map(({ place, minutes, ring, drawn }) => ({
          ...brief(place), minutes, ring, x: drawn.x, y: drawn.y, openUntil: openUntil(place.hours, now), serviceItemIds: [...place.serviceItemIds], kitchenId: place.kitchenId,
        })),
      }
    },
  }),

  'circle.today': handler('circle.today', {
    load: withElder,
    async run(_input, { elder }, { now, today }) {
      const slots = await find<Slot>('slots', { subdistrictId: elder.subdistrictId, onDate: today }, null, SLOTS_OF_A_DAY, SLOT_FIELDS)
      const free = slots.filter((slot) => slot.isOpen && slot.communityIds.includes(elder.communityId) && (slot.kind === 'meal' ? slot.orderUntil > now && slot.frozenAt === null : slot.startsAt > now) && seatsFor(slot, false, now) > 0)
      const of = (kind: Slot['kind'], key: 'serviceItemId' | 'providerId'): string[] => [...new Set(free.filter((slot) => slot.kind === kind).map((slot) => slot[key]))].sort()
      return { serviceItemIds: of('homeCare', 'serviceItemId'), kitchenIds: of('meal', 'providerId') }
    },
  }),

  'circle.who': handler('circle.who', {
    load: withElder,
    async run(_input, { elder }, { actor, now }) {
      const [subdistrict, circle] = await Promise.all([getSubdistrict(elder.subdistrictId), getCircle(elder.subdistrictId)])
      const community = subdistrict.communities.find((one) => one.communityId === elder.communityId)
      const building = buildingOf(elder.address)
      const grid = building === null ? undefined : community?.grids?.find((one) => one.duty.length > 0 && one.buildings.includes(building))
      const station = stationOf(circle, elder.communityId)
      return {
        elderName: elder.name, isMe: elder._id === actor.personId, communityName: communityName(subdistrict, elder.communityId), gridName: grid?.name ?? null, people: dutyAt(community, elder.address).map(({ name }) => ({ name })),
        station: station && { ...brief(station), openUntil: openUntil(station.hours, now) }, dutyPhone: subdistrict.dutyPhone,
      }
    },
  }),

  'circle.board': handler('circle.board', {
    load: aboutNobody,
    async run(_input, _loaded, { actor }) {
      const [subdistrict, circle] = await Promise.all([getSubdistrict(actor.subdistrictId), getCircle(actor.subdistrictId)])
      return {
        communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })), metresAMinute: circle.policy.metresAMinute, detour: circle.policy.detour,
        places: circle.places.map((place) => ({ ...brief(place), communityId: place.communityId, communityName: communityName(subdistrict, place.communityId), east: place.spot.x, north: place.spot.y, walked: place.walking[place.communityId] ?? null })),
      }
    },
  }),

  'circle.setPlace': audited('circle.setPlace', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      const { actor, now, openid, request } = call
      if (input.place !== undefined) await ensureAllowedText(openid, `${input.place.name}\n${input.place.address}`)
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      ensure(input.place === undefined || subdistrict.communities.some(({ communityId }) => communityId === input.place?.communityId), 'BAD_INPUT', { field: 'communityId' })
      ensure(input.place !== undefined || input.placeId !== undefined, 'BAD_INPUT', { field: 'place' })
      await beginCircle(actor.subdistrictId)
      const circle = await getCircle(actor.subdistrictId)
      const { answer } = await changeTogether([placeOf<Circle>('circles', circle._id)], request, ([current]) => {
        const before = current.places.find((one) => one.placeId === input.placeId)
        ensure(input.placeId === undefined || before !== undefined, 'NOT_FOUND')
        const placeId = input.placeId ?? derivedId('l', request.key)
        const next = withPlace(current, placeId, input.place === undefined ? null : placeFrom(placeId, input.place, before))
        const about = { _id: placeId, name: input.place?.name ?? before?.name ?? '', subdistrictId: current.subdistrictId }
        return { next: [next] as const, answer: { placeId }, audit: entryAbout(about, input.place === undefined ? 'placeRemoved' : 'placeSaved', byOf(actor, standing), now) }
      })
      return answer
    },
  }),

  'circle.ways': handler('circle.ways', {
    load: aboutNobody,
    async run({ placeId }, _loaded, { actor }) {
      const [subdistrict, circle] = await Promise.all([getSubdistrict(actor.subdistrictId), getCircle(actor.subdistrictId)])
      const place = circle.places.find((one) => one.placeId === placeId)
      if (place === undefined) throw new DomainError('NOT_FOUND')
      return { name: place.name, ways: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name, walked: place.walking[communityId] ?? null, straight: straightFrom(circle, communityId, place) })) }
    },
  }),

  'circle.setWays': audited('circle.setWays', {
    load: aboutNobody,
    async run({ placeId, ways }, _loaded, { actor, now, request }, standing) {
      const [subdistrict, circle] = await Promise.all([getSubdistrict(actor.subdistrictId), getCircle(actor.subdistrictId)])
      ensure(circle.places.some((one) => one.placeId === placeId), 'NOT_FOUND')
      const walking = declaredWays(ways, subdistrict.communities.map(({ communityId }) => communityId))
      const { answer } = await changeTogether([placeOf<Circle>('circles', circle._id)], request, ([current]) => {
        const before = current.places.find((one) => one.placeId === placeId)
        if (before === undefined) throw new DomainError('NOT_FOUND')
        return { next: [withPlace(current, placeId, { ...before, walking })] as const, answer: { done: true } as const, audit: entryAbout({ _id: placeId, name: before.name, subdistrictId: current.subdistrictId }, 'waysSet', byOf(actor, standing), now) }
      })
      return answer
    },
  }),
}
