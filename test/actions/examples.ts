/**
 * For each action an input about the elder in 华光城, fresh each time: a booking in the right state, a request that
 * waits, a code that is valid. The permission matrix and the replay tests share them; an action without one fails both.
 */
import { aFinishedClass, anActivity } from './activity-world'
import { aHouse, aMemoryNight, aStay, atTheHouse, nightsFrom } from './bed-world'
import { aConsultation, advice, answersOf, errandPlan } from './consult-world'
import type { ActionName, InputOf } from '../../src/contract'
import { book, take } from '../../src/domain/booking'
import type { Booking } from '../../src/domain/booking-record'
import { checkIn, checkOut, confirm } from '../../src/domain/visit'
import { addDays, civilDate, HOUR, MINUTE } from '../../src/domain/civil-time'
import type { DeliveryRun, RunStop } from '../../src/domain/delivery-run'
import type { ByHand } from '../../src/domain/by-hand'
import { rungsOf } from '../../src/domain/ladder'
import { enteredLine, type DeskHours } from '../../src/domain/desk-hours'
import { newEvent, type LifeEvent } from '../../src/domain/life'
import { flagOf, type Finding } from '../../src/domain/fraud'
import { FUND, newAccount, post, purseOf, type Draft } from '../../src/domain/ledger'
import { aMenuOffer, anOrder as aMenuOrder, anOrderLeft, anOrderWithNext, anOrganisation, aWaitingOffer, offerTerms, soon, theOrganisation } from './menu-world'
import type { MealOrder } from '../../src/domain/meal'
import type { Need } from '../../src/domain/needs'
import type { PointsProposal } from '../../src/domain/points-policy'
import { newPot, type PotGift } from '../../src/domain/pot'
import type { RoleGrant } from '../../src/domain/role'
import { openCase } from '../../src/domain/safety-case'
import type { Poll } from '../../src/domain/poll'
import { noRollup, noTotals, sealIdOf, type DaySeal } from '../../src/domain/seal'
import { startSeries, type Series } from '../../src/domain/series'
import type { ServiceItem } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { aPicture, aWork } from './gallery-world'
import { kitchen, ladder, mealSlotOf, policy } from './meal-world'
import { pointsPolicy, termsFrom } from './points-policy'
import { aReward, givePoints, rewardOf, theMerchants } from './reward-world'
import { aDraft, aNotice, audienceOf, theNotice, wishOf } from './notice-world'
import { aCountedSurvey, aQuestion, aSurvey, saying, surveyOf } from './taking-part-world'
import { aFullSlot, anOffer, fairTerms, placeOf } from './waitlist-world'
import { aGroup, aMissedShift, aPair, aProject, aServedElder, aShift, aTask, aTaskNow, hoursAhead, willow } from './volunteer-world'
import { bathing, MONDAY_NINE, person, slotOf, type World } from './world'

const by = (personId: string, as: 'elder' | 'careWorker') => ({ personId, name: personId, as, kinship: null, scope: null })
const server = { personId: 'worker', name: '陈霞', kinIds: [] }
let serial = 0

/** A booking of the elder in a state, with its seat, straight in the store; `changes` where a test needs another worker or day. */
export async function aBooking(world: World, state: 'booked' | 'assigned' | 'checkedIn' | 'checkedOut' | 'confirmed', changes: Partial<Booking> = {}): Promise<string> {
  serial += 1
  const id = `bm${serial}`
  const startsAt = state === 'booked' || state === 'assigned' ? (await nowOf(world)) + 48 * HOUR + (serial % 11) * 2 * HOUR : MONDAY_NINE - serial * 2 * HOUR
  const slot = slotOf(`sm${serial}`, { startsAt, endsAt: startsAt + HOUR, capacity: 1, remaining: 0, holders: { mother: { bookingId: id, at: 1 } } })
  const at = (time: number) => ({ at: time, provedAt: time, proof: 'elderTap' as const, codeWindow: null, capturedAt: null })
  const steps: ((booking: Booking) => Booking)[] = [
    (booking) => take(booking, server, by('worker', 'careWorker'), slot.startsAt - 1),
    (booking) => checkIn(booking, at(startsAt), by('mother', 'elder')),
    (booking) => checkOut(booking, at(startsAt + HOUR), by('mother', 'elder')),
    (booking) => confirm(booking, { at: startsAt + HOUR, proof: 'elderTap', byPersonId: 'mother', satisfaction: 'satisfied' }, by('mother', 'elder'), null),
  ]
  const count = { booked: 0, assigned: 1, checkedIn: 2, checkedOut: 3, confirmed: 4 }[state]
  const booking = steps.slice(0, count).reduce((current, step) => step(current), book(slot, { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }, { bookingId: id, key: id, hash: 'h', doorKey: 'd', note: null }, by('mother', 'elder'), 1))
  await world.emulator.insert('slots', [slot])
  await world.emulator.insert('bookings', [{ ...booking, ...changes }])
  return id
}

/** A weekly rhythm that begins in three weeks: nothing of it is open yet. */
async function aRhythm(world: World) {
  return { serviceItemId: bathing._id, firstOn: addDays(civilDate(await nowOf(world)), 21), startMinute: 9 * 60, every: 1 as const, count: 3 }
}

/** A series of three dates to come, straight in the store. */
export async function aSeries(world: World, changed: (series: Series) => Series = (series) => series): Promise<string> {
  const seriesId = `wm${++serial}`
  const now = await nowOf(world)
  const elder = { _id: 'mother', name: '王秀珍', subdistrictId: 'dongliu' }
  await world.emulator.insert('series', [changed(startSeries({ seriesId, elder, item: bathing, note: null }, await aRhythm(world), [], by('mother', 'elder'), civilDate(now), now))])
  return seriesId
}

async function aRequest(world: World): Promise<string> {
  const id = `dm${++serial}`
  await world.emulator.insert('delegationRequests', [{
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', fromPersonId: 'suitor', fromName: '示例', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01', elderName: '王秀珍', elderId: 'mother',
    status: 'waiting', at: MONDAY_NINE, decidedBy: null, decidedAt: null, madeBy: { key: id, hash: 'h' }, requests: {},
  }])
  return id
}

const warmest = { categoryId: 'warm', name: '最热心的邻居', candidates: [{ candidateId: 'first', name: '示例甲', words: '天天买菜' }, { candidateId: 'second', name: '示例乙', words: '修灯修水管' }] }

/** A vote that is open for ten days. */
async function aPoll(world: World): Promise<string> {
  const now = await nowOf(world)
  const poll: Poll = { _id: `poll${++serial}`, version: 1, subdistrictId: 'dongliu', title: '最美邻居', words: '选一位。', closesOn: civilDate(now + 10 * 24 * HOUR), categories: [warmest], openedBy: { ...by('admin2', 'elder'), as: 'admin' }, openedAt: now, closed: null, countAt: now + 11 * 24 * HOUR, tally: null, requests: {} }
  await world.emulator.insert('polls', [poll])
  return poll._id
}

/** A doubt about two visits that somebody was paid for, with the passbook in which they stand. */
export async function aFlag(world: World): Promise<string> {
  const [ownerId, now] = [await anElder(world), await nowOf(world)]
  const visits = ['first', 'second'].map((which): Draft => ({ id: `visit_${which}${ownerId}`, from: FUND, to: purseOf('spendable', ownerId), amount: 20, kind: 'visit', words: '陪诊 1 小时', evidence: { what: 'visit', id: `${which}${ownerId}` }, by: { ...by('social2', 'elder'), as: 'socialWorker' } }))
  const passbook = post(newAccount(ownerId, { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' }), visits, now)
  await world.emulator.insert('pointsAccounts', [{ ...passbook.account, unsent: {}, unsettledAt: null }])
  await world.emulator.insert('pointsEntries', [...passbook.entries])
  const found: Finding = { rule: 'overlap', key: [ownerId], words: '同一个人的两次服务，时间叠在一起', people: [{ personId: ownerId, as: 'earner' }, { personId: 'social2', as: 'verifier' }], entryIds: visits.map((visit) => visit.id), points: 40, communityId: 'huaguang' }
  await world.emulator.insert('pointsFlags', [flagOf(`flag_${ownerId}`, 'dongliu', found, now)])
  return `flag_${ownerId}`
}

/** A day long ago on which nothing happened, as it was sealed. */
async function aSealedDay(world: World): Promise<string> {
  const onDate = addDays('2020-01-01', ++serial)
  const seal: DaySeal = { _id: sealIdOf('dongliu', onDate), subdistrictId: 'dongliu', onDate, sealedAt: 1, count: 0, parts: [], before: '', hash: 'a'.repeat(64), rollup: noRollup, totals: noTotals, storedAs: null, unstoredAt: null }
  await world.emulator.insert('pointsSeals', [seal])
  return onDate
}

const nowOf = async (world: World): Promise<number> => (await world.emulator.clock()).now
const daughter = { personId: 'daughter', name: '王敏', kinship: '女儿' }

const mother = { _id: 'mother', name: '王秀珍' }

/** A door of an elder that the care worker found shut a minute ago. */
export async function aCase(world: World, elder = mother): Promise<string> {
  const id = `cm${++serial}`
  const at = (await nowOf(world)) - MINUTE
  const rungs = rungsOf(ladder, at, { personId: elder._id, name: elder.name }, [daughter], [{ personId: 'social', name: '李静' }])
  const about = { _id: id, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: elder._id, elderName: elder.name, age: 84, livesAlone: true, bookingId: null, reason: 'noContact', words: '敲门', family: [daughter] } as const
  await world.emulator.insert('safetyCases', [openCase(about, { version: ladder.version, rungs, takenMinutes: ladder.takenMinutes }, by('worker', 'careWorker'), at)])
  return id
}

/** A dish on a menu, with an id and an hour of its own. `coming`: can still be ordered; `frozen`: past the cut-off; `serving`: now. */
async function dishOf(world: World, when: 'coming' | 'frozen' | 'serving', options: Partial<Slot> = {}): Promise<Slot> {
  serial += 1
  const now = await nowOf(world)
  const startsAt = when === 'coming' ? now + 20 * 24 * HOUR + serial * 3 * HOUR : when === 'frozen' ? now + 2 * HOUR : now - 10 * MINUTE
  const orderUntil = when === 'coming' ? startsAt - 19 * HOUR : now - HOUR
  return mealSlotOf(`dish${serial}`, { dish: 'pork', onDate: civilDate(startsAt), startsAt, orderUntil, frozenAt: when === 'coming' ? null : orderUntil, ...options })
}

async function aDish(world: World, ...what: Parameters<typeof dishOf> extends [World, ...infer Rest] ? Rest : never): Promise<Slot> {
  const slot = await dishOf(world, ...what)
  await world.emulator.insert('slots', [slot])
  return slot
}

/** What an order of a dish says about the meal. */
const mealOf = (slot: Slot, options: Partial<MealOrder> = {}): MealOrder => {
  if (slot.meal === null) throw new Error(`${slot._id} is no dish`)
  const { order: _order, ways: _ways, sites: _sites, ...dish } = slot.meal
  return {
    ...dish, portions: 1, way: 'delivery', siteId: null, siteName: null, quote: { priceFen: slot.priceFen, subsidyFen: 0, payFen: slot.priceFen, policyVersion: null, reasons: ['noPolicy'] },
    payment: { how: 'atSite', recordedAt: null }, orderUntil: slot.orderUntil, asked: [], proposal: null, runId: null, ...options,
  }
}

/** An order of an elder on a dish, with its seat, straight in the store. */
async function anOrder(world: World, slot: Slot, options: Partial<MealOrder> = {}, elder = mother): Promise<string> {
  const id = `bo${++serial}`
  const meal = mealOf(slot, options)
  const booking = { ...book(slot, { ...elder, communityId: 'huaguang' }, { bookingId: id, key: id, hash: 'h', doorKey: 'd', note: null }, by(elder._id, 'elder'), 1), meal, priceFen: meal.quote.priceFen }
  await world.emulator.insert('bookings', [booking])
  const seat = { bookingId: id, at: 1, count: meal.portions }
  await world.emulator.insert('slots', [{ ...slot, remaining: slot.remaining - meal.portions, holders: { [elder._id]: seat } }])
  return id
}

const anOrderThat = async (world: World, when: 'coming' | 'frozen' | 'serving', options: Partial<MealOrder> = {}): Promise<string> => anOrder(world, await dishOf(world, when), options)

/** An order that waits for the kitchen's word, or for the elder's. */
async function anAskedOrder(world: World, asks: 'kitchen' | 'elder'): Promise<string> {
  const slot = await dishOf(world, 'frozen')
  if (asks === 'kitchen') return anOrder(world, slot, { proposal: { what: 'cancel', asks, by: by('mother', 'elder'), at: 1, words: null, to: null } })
  const other = await aDish(world, 'frozen')
  const to = { slotId: other._id, dishName: other.meal?.dishName ?? '', portions: 1, way: 'delivery', siteId: null } as const
  return anOrder(world, slot, { proposal: { what: 'substitute', asks, by: { personId: 'cook', name: '沈阿姨' }, at: 1, words: '鱼没有了', to } })
}

/** A run of today with a meal for each of these elders on it, in their order; nobody's, or the courier's. */
export async function aRunTo(world: World, courierId: 'courier' | null, elders: readonly (typeof mother)[]): Promise<{ readonly runId: string; readonly bookingIds: readonly string[] }> {
  const runId = `run${++serial}`
  const stops: RunStop[] = []
  let slot = await dishOf(world, 'serving')
  for (const [index, elder] of elders.entries()) {
    if (index > 0) slot = await dishOf(world, 'serving')
    stops.push({
      bookingId: await anOrder(world, slot, { runId }, elder), number: `LE-${serial}`, elderId: elder._id, elderName: elder.name, livesAlone: false, address: '华光城 12 幢 302', dishName: slot.meal?.dishName ?? '', portions: 1, avoid: [], note: null, payFen: slot.priceFen, order: index + 1, state: 'todo', at: null,
    })
  }
  const run: DeliveryRun = {
    _id: runId, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', communityName: '华光城', kitchenId: kitchen._id, kitchenName: kitchen.name, onDate: slot.onDate, sitting: 'lunch', startsAt: slot.startsAt, endsAt: slot.endsAt,
    courierId, courierName: courierId && '刘强', courierKinIds: [], openFor: courierId === null ? kitchen._id : null, startedAt: null,
    carriers: courierId === null ? [] : [{ personId: courierId, name: '刘强', from: slot.startsAt - HOUR, until: null }],
    stops: Object.fromEntries(stops.map((stop) => [stop.bookingId, stop])), elderIds: elders.map((elder) => elder._id), forgetAt: slot.endsAt + 6 * HOUR, requests: {},
  }
  await world.emulator.insert('deliveryRuns', [run])
  return { runId, bookingIds: stops.map((stop) => stop.bookingId) }
}

/** A run with one stop. */
export async function aRun(world: World, courierId: 'courier' | null, elder = mother): Promise<{ readonly runId: string; readonly bookingId: string }> {
  const { runId, bookingIds } = await aRunTo(world, courierId, [elder])
  return { runId, bookingId: bookingIds[0] ?? '' }
}

/** A day of its own on which the kitchen has published nothing yet. */
const aMenuDay = async (world: World): Promise<string> => addDays(civilDate(await nowOf(world)), 8 + (++serial % 7))
const menu = [{ dishId: 'pork', portions: 20, priceFen: 1600 }]
const sameTerms = { name: kitchen.name, communityIds: [...kitchen.communityIds], ways: [...kitchen.ways], sites: [...kitchen.sites], hours: kitchen.hours, isOpen: true }
const tomorrow = async (world: World, days = 1): Promise<string> => addDays(civilDate(await nowOf(world)), days)
const steps = async (world: World) => ({ validFrom: await tomorrow(world, 1 + (++serial % 300)), day: [...ladder.day.map((step) => ({ ...step, waitMinutes: Math.max(1, step.waitMinutes) }))], night: [...ladder.night.map((step) => ({ ...step, waitMinutes: Math.max(1, step.waitMinutes) }))], nightFrom: ladder.nightFrom, nightUntil: ladder.nightUntil, takenMinutes: ladder.takenMinutes })
const terms = async (world: World) => ({ validFrom: await tomorrow(world, 1 + (++serial % 300)), bands: [...policy.bands], hardshipFen: policy.hardshipFen, monthlyCapFen: policy.monthlyCapFen, leastPayFen: policy.leastPayFen })

async function aMessage(world: World): Promise<string> {
  const id = `mm${++serial}`
  await world.emulator.insert('messages', [{ _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', personId: 'mother', personName: '王秀珍', accountId: null, templateId: 't', page: 'p', data: {}, gist: 'g', state: 'toCall', dueAt: 1, callUntil: null, sendingSince: null, sentAt: null, calls: [], requests: {} }])
  return id
}

async function anElder(world: World): Promise<string> {
  const id = `pm${++serial}`
  await world.addPerson(id, { name: '示例老人', standing: 'unverified' })
  return id
}

/** Terms that another administrator proposed, with a first day of their own. */
async function aProposal(world: World): Promise<string> {
  const id = `pp${++serial}`
  const proposal: PointsProposal = { _id: id, version: 1, subdistrictId: 'dongliu', terms: termsFrom(await tomorrow(world, 1000 + serial)), status: 'waiting', proposedBy: { personId: 'admin2', name: '何芳', at: 1 }, decidedBy: null, reason: null }
  await world.emulator.insert('pointsProposals', [proposal])
  return id
}

/** Two hours of somebody, entered by another social worker, as they stand in a passbook and wait. */
export async function aDesk(world: World): Promise<string> {
  const [personId, now] = [await anElder(world), await nowOf(world)]
  const hours: DeskHours = {
    _id: `desk${++serial}`, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', volunteer: { personId, name: '示例老人', kinIds: [] }, personId, onDate: civilDate(now - 24 * HOUR), startsAt: now - 26 * HOUR, endsAt: now - 24 * HOUR, what: '陪聊',
    reason: '忘了签到', points: 20, policyVersion: pointsPolicy.version, state: 'waiting', enteredBy: { ...by('social2', 'elder'), as: 'socialWorker' }, at: now, decidedBy: null, decidedAt: null, decidedReason: null, paid: null, unsettledAt: null,
    madeBy: { key: `desk${serial}`, hash: 'h' }, requests: {},
  }
  const passbook = post(newAccount(personId, { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' }), [enteredLine(hours, personId)], now)
  await world.emulator.insert('deskHours', [hours])
  await world.emulator.insert('pointsAccounts', [{ ...passbook.account, unsent: {}, unsettledAt: null }])
  await world.emulator.insert('pointsEntries', [...passbook.entries])
  return hours._id
}

/** Somebody with an account of their own, and these roles. */
async function aColleague(world: World, grants: readonly RoleGrant[]): Promise<string> {
  const id = `colleague${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例同事', grants })
  return id
}

/** Worlds in which the elder has points, and a bath that points pay. */
const saving = new WeakSet<object>()
/** The elder, with points to spend. */
async function theSaver(world: World): Promise<'mother'> {
  if (saving.has(world.emulator)) return 'mother'
  saving.add(world.emulator)
  await givePoints(world, 'mother', 1_000_000)
  await aReward(world, { kind: 'care', name: '助浴一次', points: 10, stock: 100_000, serviceItemId: bathing._id, merchantIds: [bathing.providerId] })
  return 'mother'
}

/** A bath of the elder that points can pay. */
async function aBathToPay(world: World): Promise<string> {
  await theSaver(world)
  return aBooking(world, 'booked')
}

/** A line that an administrator wrote by hand into the elder's passbook. */
async function aCreditByHand(world: World): Promise<string> {
  const { entryId } = await world.phone('o_admin').do('points.byHand', { ownerId: await theSaver(world), amount: 5, words: '活动补记', reason: `签到表在社区 ${++serial}` })
  if (entryId === null) throw new Error('five points need no second person')
  return entryId
}

/** A credit by hand that waits for another administrator than its own. */
async function aWaitingCredit(world: World): Promise<string> {
  const id = `hand${++serial}`
  const credit: ByHand = {
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', ownerId: await theSaver(world), ownerName: '王秀珍', isGroup: false, nearIds: ['mother', 'daughter'], amount: 500, words: '活动补记', reason: '签到表在社区', status: 'waiting',
    by: { personId: 'admin2', name: '何芳', as: 'admin', kinship: null, scope: null }, at: await nowOf(world), decided: null, unsettledAt: null, madeBy: { key: id, hash: 'h' }, requests: {},
  }
  await world.emulator.insert('pointsByHand', [credit])
  return id
}

async function aVerifiedElder(world: World): Promise<string> {
  const id = `vm${++serial}`
  await world.addPerson(id, { name: '示例老人' })
  return id
}

/** A need of an elder that a social worker opened. */
export async function aNeed(world: World, wanted = 100): Promise<string> {
  return (await world.phone('o_social').do('need.open', { elderId: await aVerifiedElder(world), words: '想请人陪着去医院几次', wanted, hasConsent: true })).needId
}

/** Worlds in which the pot of 华光城 has points: really donated, and taken as sealed already. */
const filled = new WeakSet<object>()
const DONATED = 900_000
export async function thePot(world: World): Promise<void> {
  if (filled.has(world.emulator)) return
  filled.add(world.emulator)
  await world.addPerson('donor', { openid: 'o_donor', name: '示例邻居' })
  await givePoints(world, 'donor', DONATED)
  await world.phone('o_donor').do('points.donate', { personId: 'donor', amount: DONATED, to: { what: 'pot' } })
  await world.emulator.insert('pots', [{ ...newPot('huaguang', 'dongliu'), sealedOn: '2099-01-01', sealed: DONATED }])
}

/** Ten points of the pot for a need, proposed by another social worker. */
export async function aPotGift(world: World, needId?: string): Promise<string> {
  await thePot(world)
  const need = await needNamed(world, needId ?? (await aNeed(world)))
  const id = `pg${++serial}`
  await world.emulator.insert('potGifts', [{
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', needId: need._id, elderId: need.elderId, elderName: need.elderName, nearIds: [need.elderId], amount: 10, reason: '腿摔伤了', status: 'waiting',
    by: { ...by('social2', 'elder'), as: 'socialWorker' }, at: await nowOf(world), decided: null, unsettledAt: null, madeBy: { key: id, hash: 'h' }, requests: {},
  } satisfies PotGift])
  return id
}

async function needNamed(world: World, needId: string): Promise<Need> {
  const need = ((await world.emulator.dump(['needs']))['needs'] as unknown as Need[]).find((one) => one._id === needId)
  if (need === undefined) throw new Error(`no need ${needId}`)
  return need
}

const textOfWish = ({ title, body, whatToDo, pictures, attachments }: InputOf<'notice.save'>) => ({ title, body, whatToDo, pictures, attachments })

export type Example<A extends ActionName> = (world: World, openid: string) => Promise<InputOf<A>> | InputOf<A>

/** For each action an input about the elder in 华光城, fresh for each cell. */
/** A visit at which the elder was not there, with its seat free. */
const aMissedVisit = async (world: World): Promise<string> => aBooking(world, 'checkedIn', { status: 'noShow', unsettledAt: 1, absence: { said: null }, startsAt: (await nowOf(world)) - HOUR, endsAt: await nowOf(world) })

/** A door that nobody opened, and that was looked after: nobody needed help. */
async function aDoorLookedAfter(world: World): Promise<string> {
  const at = await nowOf(world)
  const bookingId = await aBooking(world, 'assigned', { status: 'noContact', review: 'exception', startsAt: at - 2 * HOUR, endsAt: at - HOUR })
  const about = { _id: `noContact_${bookingId}`, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId, reason: 'noContact', words: '敲门', family: [daughter] } as const
  const closed = { personId: 'social', name: '李静', at, how: 'familyConfirmed', familyPersonId: 'daughter', words: '去医院了', finding: 'fine', seenAt: null } as const
  await world.emulator.insert('safetyCases', [{ ...openCase(about, { version: ladder.version, rungs: [], takenMinutes: 30 }, by('worker', 'careWorker'), at - HOUR), status: 'closed', closed, nextAt: null, dueAt: null }])
  return bookingId
}

/** A life event of an elder of one's own, entered by another member of staff; with a death that holds go points that stand still. */
export async function anEvent(world: World, changes: Partial<LifeEvent> = {}): Promise<string> {
  const [elderId, now] = [changes.elderId ?? (await anElder(world)), await nowOf(world)]
  const made = newEvent({ eventId: `le${++serial}`, person: person(elderId), what: 'died', span: { fromOn: civilDate(now), untilOn: null }, words: null, replaces: null }, { ...by('social2', 'elder'), as: 'socialWorker' }, now)
  await world.emulator.insert('lifeEvents', [{ ...made, family: [daughter], ...changes, elderId }])
  return made._id
}

/** A place of the circle, as an administrator wrote it. */
const aPlace = async (world: World): Promise<string> => (await world.phone('o_admin').do('circle.setPlace', { place: { sort: 'clinic', name: `示例卫生站 ${++serial}`, address: '华光城 8 幢旁', communityId: 'huaguang', east: 120, north: -80, weekdays: [1], fromMinute: 480, untilMinute: 1020 } })).placeId

/** A service of its own, with a week like the bath's and no slots yet. */
export async function aService(world: World, changes: Partial<ServiceItem> = {}): Promise<string> {
  const serviceItemId = `svc${++serial}`
  await world.emulator.insert('serviceItems', [{ ...bathing, _id: serviceItemId, name: `示例服务${serial}`, communityIds: ['taigu'], order: 100 + serial, ...changes }])
  return serviceItemId
}
/** A time that its service has no more, with the elder booked there. */
async function aLeftSlot(world: World): Promise<string> {
  const slotId = `left${++serial}`
  const startsAt = (await nowOf(world)) + 20 * 24 * HOUR + (serial % 400) * HOUR
  await world.emulator.insert('slots', [slotOf(slotId, { startsAt, endsAt: startsAt + HOUR / 2, onDate: civilDate(startsAt), isOffPlan: true })])
  await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId })
  return slotId
}
const serviceWords = () => ({ name: `剪指甲${++serial}`, summary: '上门剪指甲', details: '带好工具上门。价格为示例。', icon: 'scissors' as const, cancelHours: 4, communityIds: ['huaguang'], bring: [] })

async function aFarewell(world: World): Promise<string> {
  const elderId = await anElder(world)
  await givePoints(world, elderId, 30)
  return anEvent(world, { elderId, state: 'holds', confirmed: { by: by('admin2', 'elder'), at: 1 } })
}

export const examples: { [A in ActionName]: Example<A> } = {
  'account.open': () => ({}),
  'account.acceptTerms': () => ({ termsVersion: 'old' }),
  'account.claimByCode': () => ({ code: '12345678' }),
  'account.claimByPhone': () => ({ phoneCode: 'nothing' }),
  'account.register': () => ({ name: '示例新人', birthOn: '1950-01-01', communityId: 'huaguang' }),
  'account.profile': () => ({}),
  'account.setCareNotes': () => ({ consent: false }),
  'account.log': () => ({ personId: 'mother' }),
  'account.export': () => ({}),
  'account.erase': () => ({ confirmName: '不是这个名字' }),
  'home.show': () => ({}),
  'catalogue.list': () => ({ elderId: 'mother' }),
  'catalogue.service': () => ({ elderId: 'mother', serviceItemId: bathing._id }),
  'booking.book': async (world) => {
    const slotId = `sb${++serial}`
    const startsAt = MONDAY_NINE + 30 * 24 * HOUR + serial * 2 * HOUR
    await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR })
    return { elderId: 'mother', slotId }
  },
  'booking.list': () => ({ elderId: 'mother', when: 'coming' }),
  'booking.show': async (world) => ({ bookingId: await aBooking(world, 'assigned') }),
  'booking.cancel': async (world) => ({ bookingId: await aBooking(world, 'booked') }),
  'booking.reschedule': async (world) => {
    const [bookingId, startsAt] = [await aBooking(world, 'booked'), (await nowOf(world)) + 30 * 24 * HOUR + ++serial * 2 * HOUR]
    await world.addSlot(`to${serial}`, { startsAt, endsAt: startsAt + HOUR, onDate: civilDate(startsAt) })
    return { bookingId, slotId: `to${serial}` }
  },
  'organisation.list': () => ({}),
  'organisation.show': async (world) => { await theOrganisation(world); return { providerId: 'carehome' } },
  'organisation.register': () => ({ name: `示例便民店 ${++serial}`, sort: 'merchant', contactName: '店长', phone: '0574-00000002', address: '柳东路 2 号', communityIds: ['huaguang'], licence: { kind: 'business', number: '示例9', fromOn: '2024-01-01', untilOn: '2035-12-31' } }),
  'organisation.addLicence': async (world) => ({ providerId: await anOrganisation(world), kind: 'food', number: `示例 ${++serial}`, fromOn: '2024-01-01', untilOn: '2035-12-31' }),
  'organisation.decide': async (world) => ({ providerId: await anOrganisation(world, 'waiting'), isApproved: true }),
  'menu.show': () => ({ elderId: 'mother' }),
  'menu.offer': async (world) => ({ elderId: 'mother', offerId: (await aMenuOffer(world)).offerId }),
  'menu.order': async (world) => ({ elderId: 'mother', slotId: (await aMenuOffer(world)).dayOf(await soon(world)), part: 'morning', seenPriceFen: 500 }),
  'menu.move': async (world) => { const { bookingId, slotId } = await anOrderWithNext(world); return { bookingId, slotId, part: 'morning' } },
  'menu.toHandOn': () => ({}),
  'menu.takers': async (world) => ({ bookingId: await aMenuOrder(world) }),
  'menu.handOn': async (world) => { const { bookingId, next } = await anOrderWithNext(world); return { bookingId, fromId: 'carehome', slotId: next } },
  'menu.desk': () => ({}),
  'menu.accept': async (world) => ({ bookingId: await aMenuOrder(world) }),
  'menu.decline': async (world) => ({ bookingId: await aMenuOrder(world), words: '人手不够' }),
  'menu.setOut': async (world) => ({ bookingId: await aMenuOrder(world, 'assigned') }),
  'menu.decideOrder': async (world) => ({ bookingId: (await anOrderLeft(world)).bookingId, isKept: true, words: '已在换证' }),
  'menu.offers': () => ({}),
  'menu.saveOffer': async (world) => { await theOrganisation(world); return { providerId: 'carehome', ...offerTerms, bring: [], communityIds: ['huaguang'], weekdays: [1, 3], parts: ['morning'], name: `磨刀 ${++serial}` } },
  'menu.decideOffer': async (world) => ({ offerId: await aWaitingOffer(world), seenAt: 1, isApproved: true }),
  'menu.stopOffer': async (world) => ({ offerId: (await aMenuOffer(world)).offerId }),
  'menu.figures': () => ({ month: '2026-11' }),
  'menu.records': () => ({ month: '2026-11', providerId: 'carehome', offerId: 'none', communityId: 'huaguang' }),
  'provider.week': () => ({}),
  'visit.assign': async (world) => ({ bookingId: await aBooking(world, 'booked'), workerId: 'colleague' }),
  'stay.show': async (world) => ({ elderId: 'mother', serviceItemId: (await aHouse(world))._id }),
  'stay.book': async (world) => {
    const item = await aHouse(world)
    const fromOn = addDays(civilDate(await nowOf(world)), 3000 + 5 * ++serial)
    await nightsFrom(world, item, fromOn, 2)
    return { elderId: 'mother', serviceItemId: item._id, fromOn, toOn: addDays(fromOn, 2) }
  },
  'stay.extend': async (world) => {
    const { bookingId, toOn } = await aStay(world)
    return { bookingId, toOn: addDays(toOn, 1) }
  },
  'stay.leaveEarly': async (world) => {
    const { bookingId, toOn } = await aStay(world)
    return { bookingId, toOn: addDays(toOn, -1) }
  },
  'bed.services': () => ({}),
  'bed.board': async (world) => ({ serviceItemId: (await aHouse(world))._id }),
  'bed.arrive': async (world) => ({ bookingId: (await atTheHouse(world, 'booked')).bookingId, bedNo: 1 }),
  'bed.depart': async (world) => ({ bookingId: (await atTheHouse(world, 'checkedIn')).bookingId }),
  'bed.setShift': async (world) => ({ slotId: (await aMemoryNight(world)).slotId, isOn: true }),
  'series.preview': async (world) => ({ elderId: 'mother', ...(await aRhythm(world)) }),
  'series.start': async (world) => ({ elderId: 'mother', ...(await aRhythm(world)), choices: [] }),
  'series.list': () => ({ elderId: 'mother' }),
  'series.show': async (world) => ({ seriesId: await aSeries(world) }),
  'series.skip': async (world) => ({ seriesId: await aSeries(world), n: 2 }),
  'series.moveDate': async (world) => {
    const { firstOn } = await aRhythm(world)
    return { seriesId: await aSeries(world), n: 1, onDate: addDays(firstOn, 1), startMinute: 14 * 60 }
  },
  'series.previewChange': async (world) => ({ seriesId: await aSeries(world) }),
  'series.change': async (world) => ({ seriesId: await aSeries(world), fromN: 2, weekday: 5, startMinute: 14 * 60 }),
  'series.end': async (world) => ({ seriesId: await aSeries(world), fromN: 2 }),
  'series.pause': async (world) => ({ seriesId: await aSeries(world), reason: '住院' }),
  'series.resume': async (world) => ({ seriesId: await aSeries(world, (series) => ({ ...series, paused: { at: 1, by: by('mother', 'elder'), reason: null } })) }),
  'calendar.month': () => ({ month: '2026-11' }),
  'booking.askOff': async (world) => ({ bookingId: await aBooking(world, 'booked', { cancelHours: 999 }), why: 'sudden' }),
  'booking.answerOff': async (world) => ({ bookingId: await aBooking(world, 'booked', { cancelHours: 999, review: 'exception', offAsk: { at: 1, by: by('mother', 'elder'), why: 'sudden', words: null } }), isFreed: true, words: '老人来不了' }),
  'booking.sayWhy': async (world) => ({ bookingId: await aMissedVisit(world), why: 'forgot' }),
  'booking.absences': () => ({ elderId: 'mother' }),
  'booking.cancelLate': async (world) => ({ bookingId: await aBooking(world, 'booked'), as: 'cancelled', reason: '住院' }),
  'life.list': () => ({}),
  'life.show': async (world) => ({ lifeEventId: await anEvent(world, { state: 'holds' }) }),
  'life.reportDeath': async (world) => ({ personId: await anElder(world), onDate: civilDate(await nowOf(world)) }),
  'life.confirmDeath': async (world) => ({ lifeEventId: await anEvent(world) }),
  'life.withdrawDeath': async (world) => ({ lifeEventId: await anEvent(world), words: '弄错了人' }),
  'life.moveOut': async (world) => ({ personId: await anElder(world), onDate: civilDate(await nowOf(world)) }),
  'life.decidePoints': async (world) => ({ lifeEventId: await aFarewell(world), saidBy: '王敏', to: { how: 'donated' } }),
  'consult.ask': () => ({ elderId: 'mother', want: 'visit', topic: 'careAtHome', words: '一个人洗澡不放心', asked: ['inPerson'] }),
  'consult.list': () => ({ elderId: 'mother' }),
  'consult.show': async (world) => ({ consultationId: await aConsultation(world, 'planned') }),
  'consult.desk': () => ({}),
  'consult.take': async (world) => ({ consultationId: await aConsultation(world) }),
  'consult.passOn': async (world) => ({ consultationId: await aConsultation(world, 'taken'), words: '我要休假' }),
  'consult.answer': async (world) => ({ consultationId: await aConsultation(world, 'taken'), words: '周三上午来您家看看' }),
  'consult.setConsent': async (world) => ({ consultationId: await aConsultation(world, 'taken'), consent: { untilOn: addDays(civilDate(await nowOf(world)), 90), identityCheck: 'homeVisit' } }),
  'consult.draft': async (world) => ({ consultationId: await aConsultation(world, 'consented') }),
  'consult.saveDraft': async (world) => ({ consultationId: await aConsultation(world, 'consented'), answers: { bathing: 0 } }),
  'consult.sign': async (world) => ({ consultationId: await aConsultation(world, 'consented'), answers: answersOf({ bathing: 0 }) }),
  'consult.choices': async (world) => ({ consultationId: await aConsultation(world, 'taken') }),
  'consult.givePlan': async (world) => ({ consultationId: await aConsultation(world, 'taken'), items: [{ ...advice }] }),
  'consult.bookItem': async (world) => {
    const slotId = `consultslot${++serial}`
    const startsAt = (await nowOf(world)) + 30 * HOUR + (serial % 200) * 2 * HOUR
    await world.emulator.insert('slots', [slotOf(slotId, { startsAt, endsAt: startsAt + HOUR })])
    return { consultationId: await aConsultation(world, 'planned'), n: 1, choice: { how: 'once', slotId } }
  },
  'consult.linkItem': async (world) => ({ consultationId: await aConsultation(world, 'planned', {}, [errandPlan]), n: 1, bookingId: await aMenuOrder(world) }),
  'consult.answerItem': async (world) => ({ consultationId: await aConsultation(world, 'planned'), n: 2, isWanted: false, words: '房东不让装' }),
  'consult.review': async (world) => ({ consultationId: await aConsultation(world, 'due'), words: '洗得安心多了', nextOn: null }),
  'consult.close': async (world) => ({ consultationId: await aConsultation(world, 'taken'), words: '问清楚了' }),
  'consult.reopen': async (world) => ({ consultationId: await aConsultation(world, 'closed'), words: '还想问问扶手' }),
  'visit.mine': () => ({}),
  'visit.take': async (world) => ({ bookingId: await aBooking(world, 'booked') }),
  'visit.handBack': async (world) => ({ bookingId: await aBooking(world, 'assigned'), reason: '发烧' }),
  'visit.doorCode': async (world) => ({ bookingId: await aBooking(world, 'checkedIn') }),
  'visit.checkIn': async (world) => ({ bookingId: await aBooking(world, 'assigned'), code: '000000' }),
  'visit.checkOut': async (world) => ({ bookingId: await aBooking(world, 'checkedIn'), code: '000000' }),
  'visit.vouch': async (world) => ({ bookingId: await aBooking(world, 'checkedIn'), moment: 'checkOut' }),
  'visit.notThere': async (world) => ({ bookingId: await aDoorLookedAfter(world), words: '家里没人，女儿说去医院了' }),
  'visit.noContact': async (world) => ({ bookingId: await aBooking(world, 'assigned'), tried: '敲门' }),
  'visit.confirm': async (world) => ({ bookingId: await aBooking(world, 'checkedOut'), satisfaction: 'satisfied' }),
  'visit.dispute': async (world) => ({ bookingId: await aBooking(world, 'checkedOut'), words: '没来' }),
  'visit.callBack': async (world) => ({ bookingId: await aBooking(world, 'checkedOut'), outcome: 'confirmed', words: '来过' }),
  'visit.verify': async (world) => ({ bookingId: await aBooking(world, 'confirmed'), outcome: 'verified' }),
  'visit.verifyComplete': async (world) => ({ bookingIds: [await aBooking(world, 'confirmed')] }),
  'waitlist.mine': () => ({ elderId: 'mother' }),
  'waitlist.join': async (world) => ({ elderId: 'mother', slotId: (await aFullSlot(world)).slotId }),
  'waitlist.leave': async (world) => ({ elderId: 'mother', slotId: (await aFullSlot(world, [placeOf('mother', 1)])).slotId }),
  'waitlist.accept': async (world) => ({ elderId: 'mother', ...(await anOffer(world, 'mother', await nowOf(world))) }),
  'waitlist.decline': async (world) => ({ elderId: 'mother', ...(await anOffer(world, 'mother', await nowOf(world))) }),
  'waitlist.board': () => ({}),
  'waitlist.state': async (world) => ({ elderId: 'mother', slotId: (await aFullSlot(world, [placeOf('mother', 1)])).slotId, isMedical: true, elderAgreed: true }),
  'fair.show': () => ({ serviceItemId: bathing._id }),
  'fair.preview': () => ({ serviceItemId: bathing._id, ...fairTerms }),
  'fair.set': () => ({ serviceItemId: bathing._id, ...fairTerms }),
  'worker.today': () => ({}),
  'worker.waiting': () => ({}),
  'safety.call': () => ({ elderId: 'mother', words: `摔倒了 ${++serial}` }),
  'safety.show': async (world) => ({ safetyCaseId: await aCase(world) }),
  'safety.take': async (world) => ({ safetyCaseId: await aCase(world), takenById: null }),
  'safety.report': async (world) => ({ safetyCaseId: await aCase(world), what: 'spoke', words: '电话里说没事' }),
  'safety.saysFine': async (world) => ({ safetyCaseId: await aCase(world) }),
  'safety.close': async (world) => ({ safetyCaseId: await aCase(world), how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '在女儿家', finding: 'fine' } }),
  'safety.figures': async (world) => ({ fromOn: await tomorrow(world, -30), untilOn: await tomorrow(world, 0) }),
  'well.check': () => ({ elderId: 'mother' }),
  'well.setDaily': () => ({ elderId: 'mother', byMinute: null }),
  'well.show': () => ({ elderId: 'mother' }),
  'message.called': async (world) => ({ messageId: await aMessage(world), outcome: 'told' }),
  'delegation.request': () => ({ elderName: '王秀珍', communityId: 'huaguang', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01' }),
  'delegation.mine': () => ({}),
  'delegation.ofMe': () => ({}),
  'delegation.approve': async (world) => ({ delegationRequestId: await aRequest(world) }),
  'delegation.refuse': async (world) => ({ delegationRequestId: await aRequest(world) }),
  'delegation.approveAtCounter': async (world) => ({ delegationRequestId: await aRequest(world), elderId: 'mother', identityCheck: 'idCardSeen' }),
  // An expired one: the others keep their right.
  'delegation.setOrder': () => ({ elderId: 'mother', personIds: ['daughter'] }),
  'delegation.end': () => ({ elderId: 'mother', personId: 'former' }),
  'person.find': () => ({ name: '王秀珍' }),
  'person.show': () => ({ personId: 'mother' }),
  'person.register': () => ({ name: '示例老人', birthOn: '1940-01-01', communityId: 'huaguang', livesAlone: true, identityCheck: 'idCardSeen' }),
  'person.move': async (world) => {
    const id = `mover${++serial}`
    await world.addPerson(id, { name: '示例搬家' })
    return { personId: id, communityId: 'taigu', address: '太古城 3 幢 201' }
  },
  'person.setAddress': () => ({ personId: 'mother', address: `华光城 ${++serial} 幢 302` }),
  'person.confirmSeen': async (world) => ({ personId: await anElder(world), identityCheck: 'idCardSeen' }),
  'person.issueClaimCode': async (world) => ({ personId: await anElder(world) }),
  'person.issueDoorCard': async (world) => ({ personId: await anElder(world) }),
  'person.merge': async (world) => ({ keepId: await anElder(world), dropId: await anElder(world) }),
  'person.unmask': async (world) => ({ field: 'phone', about: { by: 'booking', bookingId: await aBooking(world, 'assigned') }, purpose: 'visit' }),
  'person.setHardship': () => ({ personId: 'mother', hardship: 'none', seen: `低保证 ${++serial}` }),
  // At home, as she is: the others go on ordering for her.
  'person.previewAway': async (world) => ({ personId: 'mother', why: 'hospital', fromOn: civilDate(await nowOf(world)), untilOn: null }),
  'person.previewHome': () => ({ personId: 'mother' }),
  'person.setAway': () => ({ personId: 'mother', why: null }),
  'meal.menus': () => ({ elderId: 'mother' }),
  'meal.order': async (world) => ({ elderId: 'mother', slotId: (await aDish(world, 'coming'))._id, portions: 1, way: 'delivery', payment: 'monthlyBill', asked: ['birthYear', 'building'] }),
  'meal.orderSeveral': async (world) => {
    const dishes = [await aDish(world, 'coming'), await aDish(world, 'coming')]
    return { elderId: 'mother', orders: dishes.map((slot) => ({ slotId: slot._id, portions: 1, way: 'delivery' as const })), payment: 'monthlyBill', asked: ['birthYear', 'building'] }
  },
  'meal.again': () => ({ elderId: 'mother' }),
  'meal.change': async (world) => {
    const slot = await dishOf(world, 'coming')
    const other = await aDish(world, 'coming', { onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, orderUntil: slot.orderUntil })
    return { bookingId: await anOrder(world, slot), slotId: other._id, portions: 2, way: 'delivery', asked: ['birthYear', 'building'] }
  },
  'meal.askKitchen': async (world) => ({ bookingId: await anOrderThat(world, 'frozen'), wish: { what: 'cancel' }, words: '要去医院' }),
  'meal.answerSubstitute': async (world) => ({ bookingId: await anAskedOrder(world, 'elder'), accept: false }),
  'meal.received': async (world) => ({ bookingId: await anOrderThat(world, 'serving') }),
  'meal.month': async (world) => ({ elderId: 'mother', month: (await tomorrow(world, 0)).slice(0, 7), asked: ['birthYear', 'building'] }),
  'diet.show': () => ({ elderId: 'mother', asked: ['inPerson'] }),
  'diet.set': () => ({ elderId: 'mother', consent: true, allergens: ['sesame'], advice: [], asked: ['inPerson'] }),
  'kitchen.week': () => ({}),
  'kitchen.saveDish': () => ({ kitchenId: kitchen._id, name: `家常小炒 ${++serial}`, sides: '米饭', picture: 'pork', tags: [], allergens: [], priceFen: 1200, portions: 20 }),
  'kitchen.publish': async (world) => ({ kitchenId: kitchen._id, onDate: await aMenuDay(world), sitting: 'lunch', dishes: menu }),
  'kitchen.copyWeek': async (world) => ({ kitchenId: kitchen._id, toOn: await aMenuDay(world) }),
  'kitchen.sheet': async (world) => ({ kitchenId: kitchen._id, onDate: await tomorrow(world), sitting: 'lunch' }),
  'kitchen.answer': async (world) => ({ bookingId: await anAskedOrder(world, 'kitchen'), agree: true }),
  'kitchen.offerSubstitute': async (world) => ({ bookingId: await anOrderThat(world, 'frozen'), slotId: (await aDish(world, 'frozen'))._id, words: '鱼没有了' }),
  'kitchen.serve': async (world) => ({ bookingId: await anOrderThat(world, 'serving', { way: 'dineIn', siteId: 'hall', siteName: '华光城食堂' }), code: '000000' }),
  'kitchen.giveRun': async (world) => ({ runId: (await aRun(world, null)).runId, courierId: 'courier2' }),
  'courier.today': () => ({}),
  'courier.takeRun': async (world) => ({ runId: (await aRun(world, null)).runId }),
  'courier.startRun': async (world) => ({ runId: (await aRun(world, 'courier')).runId }),
  'courier.handRun': async (world) => ({ runId: (await aRun(world, 'courier')).runId, courierId: 'courier2' }),
  'courier.handOver': async (world) => ({ bookingId: (await aRun(world, 'courier')).bookingId }),
  'courier.noAnswer': async (world) => ({ bookingId: (await aRun(world, 'courier')).bookingId, tried: '敲门三次，电话没人接' }),
  'admin.kitchens': () => ({}),
  'kitchen.save': () => ({ kitchenId: kitchen._id, ...sameTerms, phone: `0574-${String(80_000_000 + ++serial)}` }),
  'kitchen.preview': () => ({ kitchenId: kitchen._id, hours: kitchen.hours }),
  'policy.meals': () => ({}),
  'policy.preview': terms,
  'policy.set': terms,
  'policy.ladder': () => ({}),
  'policy.previewLadder': steps,
  'policy.setLadder': steps,
  'duty.set': () => ({ communityId: 'huaguang', personIds: ++serial % 2 === 0 ? ['social'] : ['social', 'socialTaigu'] }),
  'admin.services': () => ({}),
  'admin.slots': () => ({ serviceItemId: bathing._id, fromOn: '2026-11-24' }),
  'slot.setCapacity': async (world) => {
    const slotId = `sc${++serial}`
    await world.addSlot(slotId)
    return { slotId, capacity: 3 }
  },
  'admin.catalogue': () => ({}),
  'admin.service': () => ({ serviceItemId: bathing._id }),
  'service.create': () => ({ ...serviceWords(), kind: 'homeCare', providerId: 'carehome', durationMinutes: 60, priceFen: 5_000 }),
  'service.edit': async (world) => ({ serviceItemId: await aService(world), ...serviceWords() }),
  'service.setWays': async (world) => ({ serviceItemId: await aService(world), ways: [{ communityId: 'huaguang', minutes: 7 }] }),
  'service.hold': async (world) => ({ serviceItemId: await aService(world), why: '护理员培训' }),
  'service.reopen': async (world) => ({ serviceItemId: await aService(world, { hold: { why: '护理员培训', at: 1, by: { personId: 'admin', name: '孙洁' } } }) }),
  'service.end': async (world) => ({ serviceItemId: await aService(world), fromOn: await tomorrow(world, 3), why: '没有人做了' }),
  'service.askToCall': async (world) => ({ slotId: await aLeftSlot(world) }),
  'service.previewWeekly': async (world) => ({ serviceItemId: bathing._id, validFrom: await tomorrow(world, 2), weekly: [{ weekday: 1, startMinute: 600, capacity: 2 }] }),
  'service.setWeekly': async (world) => ({ serviceItemId: await aService(world), validFrom: await tomorrow(world, 2), weekly: [{ weekday: 1, startMinute: 600, capacity: 2 }] }),
  'service.previewPrice': async (world) => ({ serviceItemId: bathing._id, validFrom: await tomorrow(world, 2), priceFen: 7_000, subsidy: null }),
  'service.setPrice': async (world) => ({ serviceItemId: await aService(world), validFrom: await tomorrow(world, 2), priceFen: 7_000, subsidy: null }),
  'calendar.setClosedDay': () => ({ onDate: '2027-02-06', name: '除夕', isClosed: false }),
  'flag.list': () => ({ status: 'open' }),
  'flag.show': async (world) => ({ flagId: await aFlag(world) }),
  'flag.decide': async (world) => ({ flagId: await aFlag(world), decision: 'confirmed', reason: '两处签到对不上' }),
  'honour.list': () => ({}),
  'honour.optOut': () => ({ isOut: ++serial % 2 === 0 }),
  'poll.list': () => ({}),
  'poll.show': async (world) => ({ pollId: await aPoll(world) }),
  'poll.vote': async (world) => ({ pollId: await aPoll(world), categoryId: 'warm', candidateId: 'first' }),
  'poll.open': async (world) => ({ title: '最美邻居', words: '选一位您心里最美的邻居。', closesOn: await tomorrow(world, 10 + ++serial), categories: [{ ...warmest, candidates: [...warmest.candidates] }] }),
  'poll.close': async (world) => ({ pollId: await aPoll(world), reason: '候选人退出了' }),
  'ledger.public': () => ({}),
  'ledger.check': () => ({}),
  'ledger.seal': async (world) => ({ onDate: await aSealedDay(world) }),
  'admin.audit': () => ({}),
  'law.latest': () => ({}),
  'pointsPolicy.list': () => ({}),
  'pointsPolicy.now': () => ({}),
  'pointsPolicy.preview': async (world) => termsFrom(await tomorrow(world)),
  'pointsPolicy.propose': async (world) => termsFrom(await tomorrow(world, 400 + ++serial)),
  'pointsPolicy.decide': async (world) => ({ proposalId: await aProposal(world), isApproved: true }),
  'pointsPolicy.withdraw': async (world) => ({ proposalId: await aProposal(world) }),
  'desk.enter': async (world) => ({ personId: await anElder(world), onDate: await tomorrow(world, -2), fromMinute: 540, untilMinute: 660, what: '陪聊', reason: '当天手机没有电' }),
  'desk.list': () => ({}),
  'desk.decide': async (world) => ({ deskId: await aDesk(world), isApproved: true }),
  'staff.list': () => ({}),
  'staff.find': () => ({ query: '陈霞' }),
  'staff.grant': async (world) => ({ personId: await aColleague(world, []), role: 'courier', providerId: kitchen._id }),
  'staff.revoke': async (world) => ({ personId: await aColleague(world, [{ role: 'courier', providerId: kitchen._id }]), role: 'courier', providerId: kitchen._id }),
  'points.passbook': async (world) => ({ personId: await theSaver(world) }),
  'points.entry': async (world) => ({ entryId: `byHand_${await theSaver(world)}` }),
  'points.mine': async (world) => ({ personId: await theSaver(world) }),
  'points.codes': async (world) => ({ personId: await theSaver(world) }),
  'points.redeem': async (world) => ({ personId: await theSaver(world), rewardId: await aReward(world) }),
  'points.cancelHold': async (world) => ({ personId: await theSaver(world), holdId: (await world.phone('o_mother').do('points.redeem', { personId: 'mother', rewardId: await aReward(world) })).holdId }),
  'points.give': async (world) => ({ personId: await theSaver(world), toPersonId: 'daughter', amount: 1 + (++serial % 2) }),
  'points.donate': async (world) => ({ personId: await theSaver(world), amount: 1 + (++serial % 5), to: { what: 'pot' } }),
  'points.giveChoices': async (world) => ({ personId: await theSaver(world) }),
  'points.visitOffer': async (world) => ({ bookingId: await aBathToPay(world) }),
  'points.payVisit': async (world) => ({ personId: await theSaver(world), bookingId: await aBathToPay(world) }),
  'points.unpayVisit': async (world) => {
    const bookingId = await aBathToPay(world)
    await world.phone('o_mother').do('points.payVisit', { personId: await theSaver(world), bookingId })
    return { bookingId }
  },
  'points.reverse': async (world) => ({ entryId: await aCreditByHand(world), reason: `记错了 ${++serial}` }),
  'points.byHand': async (world) => ({ ownerId: await theSaver(world), amount: 5 + (++serial % 5), words: '活动补记', reason: '签到表在社区' }),
  'points.byHandList': () => ({}),
  'points.byHandDecide': async (world) => ({ byHandId: await aWaitingCredit(world), isApproved: true }),
  'reward.list': () => ({ personId: 'mother' }),
  'reward.show': async (world) => ({ personId: 'mother', rewardId: await aReward(world) }),
  'reward.all': () => ({}),
  'reward.save': async (world) => {
    await theMerchants(world)
    const { _id, version: _v, subdistrictId: _s, remaining: _r, holders: _h, taken: _t, unsettledAt: _u, requests: _q, ...terms } = rewardOf(await aReward(world))
    return { rewardId: _id, ...terms, perPerson: null, merchantIds: [...terms.merchantIds], communityIds: [...terms.communityIds], stock: 30 }
  },
  'merchant.check': () => ({ code: '12345678' }),
  'merchant.settleVoucher': () => ({ code: '12345678' }),
  'merchant.today': () => ({}),
  'merchant.month': async (world) => {
    await theMerchants(world)
    return { merchantId: 'barber', month: '2026-11' }
  },
  'merchant.list': () => ({}),
  'merchant.save': async (world) => {
    await theMerchants(world)
    return { merchantId: 'barber', name: '示例理发店', phone: `0574-${String(80_000_000 + ++serial)}`, address: '华光城 3 幢', isOpen: true }
  },
  'points.report': () => ({}),
  'points.records': () => ({ month: '2026-11', figure: 'earned' }),
  'need.list': () => ({}),
  'need.open': async (world) => ({ elderId: await aVerifiedElder(world), words: '想请人陪着去医院几次', wanted: 100, hasConsent: true }),
  'need.close': async (world) => ({ needId: await aNeed(world), words: '已经够了' }),
  'pot.list': () => ({}),
  'pot.records': () => ({ communityId: 'huaguang', which: 'in' }),
  'pot.propose': async (world) => {
    await thePot(world)
    return { to: { what: 'need', needId: await aNeed(world) }, amount: 10, reason: '腿摔伤了' }
  },
  'pot.decide': async (world) => ({ potGiftId: await aPotGift(world), isApproved: true }),
  // Refused: whoever tries it stays what they are for the actions that follow.
  'circle.show': () => ({ elderId: 'mother' }),
  'circle.today': () => ({ elderId: 'mother' }),
  'circle.who': () => ({ elderId: 'mother' }),
  'circle.board': () => ({}),
  'circle.setPlace': () => ({ place: { sort: 'clinic', name: `示例卫生站 ${++serial}`, address: '华光城 8 幢旁', phone: '0574-80000001', communityId: 'huaguang', east: 120, north: -80, weekdays: [1, 2, 3, 4, 5], fromMinute: 8 * 60, untilMinute: 17 * 60 } }),
  'circle.ways': async (world) => ({ placeId: await aPlace(world) }),
  'circle.setWays': async (world) => ({ placeId: await aPlace(world), ways: [{ communityId: 'huaguang', minutes: 7 }] }),
  'activity.list': () => ({ elderId: 'mother' }),
  'activity.show': async (world) => ({ elderId: 'mother', activityId: (await anActivity(world, 'coming', 'social2')).activityId }),
  'activity.join': async (world) => ({ elderId: 'mother', activityId: (await anActivity(world, 'coming', 'social2')).activityId }),
  'activity.checkIn': async (world) => ({ bookingId: (await anActivity(world, 'now', 'social', 'booked')).bookingId, code: '000000' }),
  'activity.certify': async (world) => ({ bookingId: await aFinishedClass(world, [1, 3]) }),
  'activity.certificate': async (world) => ({ bookingId: await aFinishedClass(world, [1, 3], true) }),
  'activity.publish': async (world) => ({ sort: 'class', title: '手机课', what: '学用手机', place: '社区教室', communityId: 'huaguang', onDate: await tomorrow(world, 3 + ++serial), startMinute: 540, endMinute: 630, seats: 12 }),
  'activity.cancel': async (world) => ({ activityId: (await anActivity(world, 'coming', 'social', 'booked')).activityId, reason: '老师病了' }),
  'activity.board': () => ({ which: 'waiting' }),
  'activity.sheet': async (world) => ({ activityId: (await anActivity(world, 'over', 'social2', 'came')).activityId }),
  'activity.code': async (world) => ({ activityId: (await anActivity(world, 'now', 'social', 'booked')).activityId }),
  'activity.rollCall': async (world) => anActivity(world, 'now', 'social', 'booked'),
  'activity.verify': async (world) => ({ activityId: (await anActivity(world, 'over', 'social2', 'came')).activityId }),
  'volunteer.join': () => ({ skills: ['company'], communityIds: ['nowhere'] }),
  'volunteer.leave': async (world, openid) => {
    // With a shift ahead nobody leaves.
    if (openid === 'o_helper' || openid === 'o_far_helper') await world.phone(openid).do('task.claim', { taskId: (await aTask(world, openid === 'o_helper' ? {} : { communityId: 'taigu', elder: null }))._id })
    return {}
  },
  'volunteer.me': () => ({}),
  'volunteer.certificate': () => ({ year: 2026 }),
  'task.list': () => ({}),
  'task.show': async (world) => ({ taskId: (await aTask(world))._id }),
  'task.claim': async (world) => ({ taskId: (await aTask(world))._id }),
  'task.giveUp': async (world) => ({ shiftId: (await aShift(world, 'claimed')).shift._id }),
  'task.publish': async (world) => ({ title: '陪伴聊天', what: '陪老人说说话', place: '华光城 12 幢楼下', communityId: 'huaguang', ...(await hoursAhead(world)), skills: ['company'], seats: 2, elderId: 'mother', walking: [{ communityId: 'taigu', minutes: 12 }] }),
  'task.cancel': async (world) => ({ taskId: (await aTask(world))._id, reason: '下雨改期' }),
  'task.board': () => ({ which: 'coming' }),
  'shift.mine': () => ({}),
  'shift.show': async (world) => ({ shiftId: (await aShift(world, 'claimed')).shift._id }),
  'shift.code': async (world) => ({ taskId: (await aTaskNow(world))._id }),
  'shift.checkIn': async (world) => ({ shiftId: (await aShift(world, 'claimed')).shift._id, code: '000000' }),
  'shift.checkOut': async (world) => ({ shiftId: (await aShift(world, 'checkedIn')).shift._id, code: '000000' }),
  'shift.confirm': async (world) => ({ shiftId: (await aShift(world, 'checkedOut')).shift._id, said: 'tookPlace', words: '来过了' }),
  'shift.review': () => ({}),
  'shift.verify': async (world) => ({ shiftId: (await aShift(world, 'confirmed')).shift._id, outcome: 'verified' }),
  'shift.noShow': async (world) => ({ shiftId: (await aMissedShift(world))._id, reason: '没有来' }),
  'pair.list': () => ({}),
  'pair.offer': async (world) => {
    await aServedElder(world)
    return { elderId: 'mother', volunteerId: 'helper', title: '陪聊', what: '每周说说话', weekday: ++serial % 7, startMinute: 540, minutes: 60 }
  },
  'pair.accept': async (world) => ({ pairId: (await aPair(world, 'offered'))._id, accepts: true, words: '电话里同意' }),
  'pair.end': async (world) => ({ pairId: (await aPair(world, 'active'))._id, reason: '搬家了' }),
  'group.list': () => ({}),
  'group.save': () => ({ name: `示例合唱团 ${++serial}`, communityId: 'huaguang', leaderId: 'leader', memberIds: ['helper'], isOpen: true }),
  'group.show': () => ({ groupId: willow._id }),
  'project.list': () => ({}),
  'project.publish': async (world) => ({ title: '楼道美化', what: `清洗 ${++serial} 幢楼道`, place: '华光城', communityId: 'huaguang', dueOn: await tomorrow(world, 60), points: 100 }),
  'project.claim': async (world) => ({ projectId: (await aProject(world, 'open'))._id, groupId: (await aGroup(world))._id }),
  'project.evidence': async (world) => ({ projectId: (await aProject(world, 'claimed'))._id, words: '墙面清洗了一半' }),
  'project.finish': async (world) => ({ projectId: (await aProject(world, 'evidenced'))._id, words: '全部完成' }),
  'project.giveUp': async (world) => ({ projectId: (await aProject(world, 'claimed'))._id, reason: '人手不够' }),
  'project.verify': async (world) => ({ projectId: (await aProject(world, 'finished'))._id, outcome: 'verified' }),
  'file.place': () => ({ ending: '.jpg' }),
  'gallery.list': () => ({}),
  'gallery.show': async (world) => ({ workId: (await aWork(world)).workId }),
  'gallery.mine': () => ({ elderId: 'mother' }),
  'gallery.handIn': async (world) => ({ elderId: 'mother', sort: 'painting', title: '荷花', fileId: await aPicture(world), isNamed: true }),
  'gallery.addPicture': async (world) => ({ activityId: (await anActivity(world, 'over', 'social')).activityId, title: '大家一起练', fileId: await aPicture(world) }),
  'gallery.takeBack': async (world) => ({ workId: (await aWork(world)).workId }),
  'gallery.setNamed': async (world) => ({ workId: (await aWork(world)).workId, isNamed: false }),
  'gallery.like': async (world) => ({ workId: (await aWork(world)).workId, isLiked: true }),
  'gallery.ask': async (world) => ({ workId: (await aWork(world)).workId, elderId: 'mother', about: 'me', words: '里面有我' }),
  'gallery.board': () => ({}),
  'gallery.decide': async (world) => ({ workId: (await aWork(world, 'waiting')).workId, decision: 'publish' }),
  'gallery.answer': async (world) => ({ ...(await aWork(world, 'published', 'me')), isUpheld: true, words: '撤下了' }),
  'notice.count': () => ({ audience: audienceOf() }),
  'notice.save': async (world) => wishOf(await nowOf(world), { title: `停水通知 ${++serial}` }),
  'notice.submit': async (world) => ({ noticeId: await aDraft(world) }),
  'notice.correct': async (world) => {
    const text = textOfWish(wishOf(await nowOf(world), { body: `11月25日 9:00 到 ${12 + (++serial % 6)}:00 停水。` }))
    return { noticeId: await aNotice(world), ...text, summary: '时间改了' }
  },
  'notice.decide': async (world) => ({ noticeId: await aNotice(world, { isHeld: true }), isApproved: true }),
  'notice.withdraw': async (world) => ({ noticeId: await aNotice(world), reason: '水管修好了' }),
  'notice.pin': async (world) => ({ noticeId: await aNotice(world), until: (await nowOf(world)) + HOUR }),
  'notice.desk': () => ({}),
  'notice.work': async (world) => ({ noticeId: await theNotice(world) }),
  'notice.reach': async (world) => ({ noticeId: await theNotice(world) }),
  'notice.duty': () => ({ what: 'call' }),
  'notice.told': async (world) => ({ noticeId: await aNotice(world), personId: 'mother', how: 'phone', outcome: 'told' }),
  'notice.takeHelp': async (world) => ({ noticeId: await aNotice(world, { helpFor: 'mother' }), personId: 'mother' }),
  'notice.finishHelp': async (world, openid) => {
    const noticeId = await aNotice(world, { helpFor: 'mother' })
    await world.phone(openid === 'o_admin' ? 'o_admin' : 'o_social').do('notice.takeHelp', { noticeId, personId: 'mother' })
    return { noticeId, personId: 'mother', words: '水提上去了' }
  },
  'notice.list': () => ({ elderId: 'mother' }),
  'notice.show': async (world) => ({ noticeId: await theNotice(world), elderId: 'mother' }),
  'notice.read': async (world) => ({ noticeId: await aNotice(world), elderId: 'mother' }),
  'notice.acknowledge': async (world) => ({ noticeId: await aNotice(world), elderId: 'mother', edition: 1 }),
  'notice.askForHelp': async (world) => ({ noticeId: await aNotice(world), elderId: 'mother', edition: 1, words: '提不动水' }),
  'notice.archive': () => ({}),
  'notice.past': async (world) => ({ noticeId: await theNotice(world) }),
  'notice.setWish': () => ({ elderId: 'mother', onlyMustReach: ++serial % 2 === 0 }),
  'notice.carry': async (world) => ({ noticeId: await aDraft(world, { level: 'ordinary', deadlineAt: null, opensCase: false }), carries: surveyOf(await nowOf(world)) }),
  'notice.carried': async (world) => ({ noticeId: await theNotice(world) }),
  'survey.show': async (world) => ({ noticeId: await aSurvey(world), elderId: 'mother' }),
  'survey.answer': async (world) => ({ noticeId: await aSurvey(world), elderId: 'mother', said: saying(), asked: ['inPerson'] }),
  'survey.work': async (world) => ({ noticeId: await aSurvey(world) }),
  'survey.announce': async (world) => ({ noticeId: await aCountedSurvey(world) }),
  'notice.ask': async (world) => ({ noticeId: await aNotice(world), elderId: 'mother', words: '几点来水？' }),
  'notice.questions': async (world) => ({ noticeId: await theNotice(world), elderId: 'mother' }),
  'notice.asked': () => ({}),
  'notice.answerQuestion': async (world) => ({ questionId: await aQuestion(world), words: '中午十二点就来水。' }),
  'notice.withdrawQuestion': async (world) => ({ questionId: await aQuestion(world), reason: '写了邻居的名字' }),
  'consent.record': () => ({ answers: [{ templateId: ++serial % 2 === 0 ? 'tpl_notice' : 'tpl_digest', answer: 'accept' }] }),
}
