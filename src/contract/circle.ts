/** What is within fifteen minutes of an elder's home, who is on duty for it, and the places as the subdistrict keeps them. */
import * as v from 'valibot'
import { placeSorts, RINGS } from '../domain/circle'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const lookFor = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }] as const
const admin = [{ role: 'admin', relation: 'none' }] as const
const elder = v.strictObject({ elderId: f.id })
const minuteOfDay = f.count(0, 24 * 60)
const metres = f.count(-5000, 5000)
const weekdays = v.pipe(v.array(f.count(0, 6)), v.minLength(1), v.maxLength(7))

const brief = {
  placeId: w.text, sort: v.picklist(placeSorts), name: w.text, address: w.text, phone: v.nullable(w.text),
  hours: v.strictObject({ weekdays: v.array(v.number()), fromMinute: v.number(), untilMinute: v.number() }),
}
const ring = v.picklist(RINGS)

export const circleContracts = {
  /** Nearest first; reckoned from the building in the register (null: from the middle of the community). Three calls. */
  'circle.show': define({
    kind: 'query', needs: 'person', allow: lookFor, input: elder,
    output: v.strictObject({
      elderName: w.text, isMe: v.boolean(), building: v.nullable(v.number()),
      places: v.array(v.strictObject({ ...brief, minutes: v.number(), ring, /** minutes east and north of home, for the drawing */ x: v.number(), y: v.number(), openUntil: v.nullable(w.text), serviceItemIds: v.array(w.text), kitchenId: v.nullable(w.text) })),
    }),
  }),
  /** What still has a free seat today for this elder, by service and by kitchen. Three calls. */
  'circle.today': define({ kind: 'query', needs: 'person', allow: lookFor, input: elder, output: v.strictObject({ serviceItemIds: v.array(w.text), kitchenIds: v.array(w.text) }) }),
  /** 一键找人: who is on duty for this home, in turn, and where to reach them. No private number leaves here. */
  'circle.who': define({
    kind: 'query', needs: 'person', allow: lookFor, input: elder,
    output: v.strictObject({
      elderName: w.text, isMe: v.boolean(), communityName: w.text, /** null: the community's own list, no grid has this building */ gridName: v.nullable(w.text), people: v.array(v.strictObject({ name: w.text })),
      station: v.nullable(v.strictObject({ ...brief, openUntil: v.nullable(w.text) })), dutyPhone: w.text,
    }),
  }),
  'circle.board': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      communities: v.array(w.community), metresAMinute: v.number(), detour: v.number(),
      places: v.array(v.strictObject({ ...brief, communityId: w.text, communityName: w.text, east: v.number(), north: v.number(), /** minutes that somebody walked, from its own community */ walked: v.nullable(v.number()) })),
    }),
  }),
  /** A new place, or one as it is now; what can be booked there stays. `place` left out: it is no more. @throws NOT_FOUND, BAD_INPUT {field}, CONTENT_REFUSED */
  'circle.setPlace': define({
    kind: 'mutation', needs: 'person', allow: admin,
    input: v.strictObject({
      placeId: v.optional(f.id),
      place: v.optional(v.strictObject({
        sort: v.picklist(placeSorts), name: f.words(24), address: f.words(40), phone: v.optional(v.pipe(v.string(), v.trim(), v.regex(/^[\d-]{5,20}$/))), communityId: f.id,
        east: metres, north: metres, weekdays, fromMinute: minuteOfDay, untilMinute: minuteOfDay, walked: v.optional(f.count(1, 60)),
      })),
    }),
    output: v.strictObject({ placeId: w.text }),
  }),
  /** How far it is to a place from each community: what somebody walked, and the straight line that holds otherwise. */
  'circle.ways': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({ placeId: f.id }),
    output: v.strictObject({ name: w.text, ways: v.array(v.strictObject({ ...w.community.entries, walked: v.nullable(v.number()), straight: v.nullable(v.number()) })) }),
  }),
  /** Every way that somebody walked; what is left out is reckoned by the straight line again. @throws NOT_FOUND, BAD_INPUT {field} */
  'circle.setWays': define({ kind: 'mutation', needs: 'person', allow: admin, input: v.strictObject({ placeId: f.id, ways: f.ways }), output: w.done }),
}
