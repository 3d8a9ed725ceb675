/**
 * Law 8, again changes nothing: every mutation repeated at once, concurrently, a day later, and with another body under
 * the same key. A refusal leaves nothing behind, and its key may be tried again.
 */
import { contracts, type ActionName, type InputOf } from '../../src/contract'
import { addDays, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { isEveryStep, sampleOf } from '../support/kills'
import { anActivity } from './activity-world'
import { aMemoryNight, theNurse } from './bed-world'
import { addConsultants } from './consult-world'
import { aBooking, examples, type Example } from './examples'
import { startMealWorld } from './meal-world'
import { atTheTask, volunteerGrantOf } from './volunteer-world'
import { aVoucher, theMerchants } from './reward-world'
import { fairTerms } from './waitlist-world'
import { newRequestId, type World } from './world'

/** Who may do it, and an input that succeeds where the example of the matrix would be refused. */
interface Story {
  readonly by: string
  readonly input?: (world: World) => Promise<unknown>
}

let serial = 0
async function newAccount(world: World): Promise<string> {
  const openid = `o_replay${++serial}`
  await world.phone(openid).do('account.acceptTerms', { termsVersion: (await world.phone(openid).do('account.open', {})).termsVersion })
  return openid
}

async function claimCode(world: World): Promise<string> {
  const id = `replay${++serial}`
  await world.addPerson(id, { name: '示例老人' })
  return (await world.phone('o_social').do('person.issueClaimCode', { personId: id })).code
}

async function atTheDoor(world: World, state: 'assigned' | 'checkedIn'): Promise<unknown> {
  const now = (await world.emulator.clock()).now
  const slotId = `replayslot${++serial}`
  // After what an earlier scene left under way: nobody is promised to two doors at once.
  const startsAt = now + 90 * MINUTE
  const elder = `doorelder${serial}`
  await world.addPerson(elder, { openid: `o_${elder}`, name: '示例老人' })
  await world.addSlot(slotId, { startsAt, endsAt: startsAt + 60 * MINUTE })
  const { bookingId } = await world.phone(`o_${elder}`).do('booking.book', { elderId: elder, slotId })
  await world.phone('o_worker').do('visit.take', { bookingId })
  await world.emulator.passTo(startsAt + 3 * MINUTE)
  const code = async () => (await world.phone(`o_${elder}`).do('visit.doorCode', { bookingId })).code
  if (state === 'checkedIn') {
    await world.phone('o_worker').do('visit.checkIn', { bookingId, code: await code() })
    await world.emulator.pass(10 * MINUTE)
  }
  return { bookingId, code: await code() }
}

async function anElder(world: World): Promise<string> {
  const id = `replayelder${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人' })
  return id
}

async function whoChecksIn(world: World): Promise<string> {
  const elderId = await anElder(world)
  await world.phone('o_social').do('well.setDaily', { elderId, byMinute: 12 * 60 })
  return elderId
}

/** A menu published on a day of its own, to be copied to the week after. */
async function copyAMenu(world: World): Promise<unknown> {
  const menu = await (examples['kitchen.publish'] as Example<'kitchen.publish'>)(world, 'o_cook')
  await world.phone('o_cook').do('kitchen.publish', menu)
  return { kitchenId: menu.kitchenId, toOn: addDays(menu.onDate, 1 + (++serial % 7)) }
}

/** Somebody who eats here shows the code of this order. */
async function atTheCounter(world: World): Promise<unknown> {
  const { bookingId } = await (examples['kitchen.serve'] as Example<'kitchen.serve'>)(world, 'o_cook')
  return { bookingId, code: (await world.phone('o_mother').do('visit.doorCode', { bookingId })).code }
}

/** The ledger is not checked again at once. The other body begins anew. */
async function afterAPause(world: World): Promise<unknown> {
  await world.emulator.pass(6 * MINUTE)
  return { isAnew: ++serial % 2 === 0 }
}

/** The code on the organiser's phone. */
async function atTheActivity(world: World): Promise<unknown> {
  const { activityId, bookingId } = await anActivity(world, 'now', 'social', 'booked')
  return { bookingId, code: (await world.phone('o_social').do('activity.code', { activityId })).code }
}

const stories: Partial<Record<ActionName, Story>> = {
  'account.setCareNotes': { by: 'o_mother', input: async () => ({ consent: true, careNotes: `腿脚不便 ${++serial}` }) },
  'booking.book': { by: 'o_daughter' },
  'waitlist.join': { by: 'o_daughter' },
  'waitlist.leave': { by: 'o_mother' },
  'waitlist.accept': { by: 'o_daughter' },
  'waitlist.decline': { by: 'o_daughter' },
  'waitlist.state': { by: 'o_social' },
  'fair.set': { by: 'o_admin', input: async () => ({ serviceItemId: 'bathing', ...fairTerms, limit: { most: 20 + (++serial % 30), per: 'month' } }) },
  'booking.cancel': { by: 'o_daughter' },
  'booking.reschedule': { by: 'o_daughter' },
  'booking.askOff': { by: 'o_daughter' },
  'booking.answerOff': { by: 'o_social' },
  'booking.sayWhy': { by: 'o_daughter' },
  'consult.ask': { by: 'o_daughter', input: async () => ({ elderId: 'mother', want: 'question', topic: 'other', words: `怎么办 ${++serial}` }) },
  'consult.take': { by: 'o_consultant' },
  'consult.passOn': { by: 'o_social' },
  'consult.answer': { by: 'o_consultant' },
  'consult.setConsent': { by: 'o_mother' },
  'consult.saveDraft': { by: 'o_consultant' },
  'consult.sign': { by: 'o_consultant' },
  'consult.givePlan': { by: 'o_consultant' },
  'consult.bookItem': { by: 'o_daughter' },
  'consult.linkItem': { by: 'o_daughter' },
  'consult.answerItem': { by: 'o_mother' },
  'consult.review': { by: 'o_consultant' },
  'consult.close': { by: 'o_consultant' },
  'consult.reopen': { by: 'o_mother' },
  'life.reportDeath': { by: 'o_social' },
  'life.confirmDeath': { by: 'o_admin' },
  'life.withdrawDeath': { by: 'o_social' },
  'life.moveOut': { by: 'o_social' },
  'life.decidePoints': { by: 'o_social' },
  'booking.cancelLate': { by: 'o_social' },
  'organisation.register': { by: 'o_admin' },
  'organisation.addLicence': { by: 'o_admin' },
  'organisation.decide': { by: 'o_admin' },
  'menu.order': { by: 'o_daughter' },
  'menu.move': { by: 'o_daughter' },
  'menu.handOn': { by: 'o_social' },
  'menu.accept': { by: 'o_worker' },
  'menu.decline': { by: 'o_worker' },
  'menu.setOut': { by: 'o_worker' },
  'menu.decideOrder': { by: 'o_admin' },
  'menu.saveOffer': { by: 'o_worker' },
  'menu.decideOffer': { by: 'o_admin' },
  'menu.stopOffer': { by: 'o_worker' },
  'visit.assign': { by: 'o_worker' },
  'stay.book': { by: 'o_daughter' },
  'stay.extend': { by: 'o_daughter' },
  'stay.leaveEarly': { by: 'o_mother' },
  'bed.arrive': { by: 'o_worker' },
  'bed.depart': { by: 'o_worker' },
  'bed.setShift': { by: 'o_nurse', input: async (world) => theNurse(world).then(async () => ({ slotId: (await aMemoryNight(world)).slotId, isOn: true })) },
  'series.start': { by: 'o_daughter', input: async (world) => ({ ...(await (examples['series.start'] as Example<'series.start'>)(world, 'o_daughter')), note: `带毛巾 ${++serial}` }) },
  'series.skip': { by: 'o_daughter' },
  'series.moveDate': { by: 'o_daughter' },
  'series.change': { by: 'o_social' },
  'series.end': { by: 'o_mother' },
  'series.pause': { by: 'o_daughter' },
  'series.resume': { by: 'o_daughter' },
  'visit.take': { by: 'o_worker' },
  'visit.handBack': { by: 'o_worker' },
  'visit.checkIn': { by: 'o_worker', input: (world) => atTheDoor(world, 'assigned') },
  'visit.checkOut': { by: 'o_worker', input: (world) => atTheDoor(world, 'checkedIn') },
  'visit.vouch': { by: 'o_mother' },
  'visit.noContact': {
    by: 'o_worker',
    input: async (world) => ({ bookingId: ((await atTheDoor(world, 'assigned')) as { bookingId: string }).bookingId, tried: '敲门三次' }),
  },
  'visit.notThere': { by: 'o_worker' },
  'visit.confirm': { by: 'o_mother' },
  'visit.dispute': { by: 'o_daughter' },
  'visit.callBack': { by: 'o_social' },
  'visit.verify': { by: 'o_social' },
  'visit.verifyComplete': { by: 'o_social' },
  'safety.call': { by: 'o_mother' },
  'safety.take': { by: 'o_social' },
  'safety.report': { by: 'o_daughter' },
  'safety.saysFine': { by: 'o_mother' },
  'safety.close': { by: 'o_social' },
  'well.check': { by: 'o_social', input: async (world) => ({ elderId: await whoChecksIn(world) }) },
  'well.setDaily': { by: 'o_social', input: async (world) => ({ elderId: await anElder(world), byMinute: 9 * 60 }) },
  'message.called': { by: 'o_social' },
  'delegation.request': { by: 'o_former', input: async () => ({ elderName: '王秀珍', communityId: 'huaguang', kinship: '儿子', scopes: ['book'], endOn: `2027-06-${String((++serial % 27) + 1).padStart(2, '0')}` }) },
  'delegation.approve': { by: 'o_mother' },
  'delegation.refuse': { by: 'o_mother' },
  'delegation.approveAtCounter': { by: 'o_social' },
  'person.register': { by: 'o_social', input: async () => ({ name: '示例老人', birthOn: `1940-01-${String((++serial % 27) + 1).padStart(2, '0')}`, communityId: 'huaguang', livesAlone: true, identityCheck: 'idCardSeen' }) },
  'person.move': { by: 'o_social' },
  'person.setAddress': { by: 'o_daughter' },
  'person.confirmSeen': { by: 'o_social' },
  'person.issueClaimCode': { by: 'o_social' },
  'person.issueDoorCard': { by: 'o_social' },
  'person.merge': { by: 'o_social' },
  'person.unmask': { by: 'o_worker' },
  'person.setHardship': { by: 'o_social', input: async (world) => ({ personId: await anElder(world), hardship: 'lowIncome', seen: '低保证' }) },
  'person.setAway': { by: 'o_social', input: async (world) => ({ personId: await anElder(world), why: 'hospital' }) },
  'meal.order': { by: 'o_daughter' },
  'meal.orderSeveral': { by: 'o_daughter' },
  'meal.change': { by: 'o_daughter' },
  'meal.askKitchen': { by: 'o_mother' },
  'meal.answerSubstitute': { by: 'o_daughter' },
  'meal.received': { by: 'o_mother' },
  'diet.set': { by: 'o_social', input: async (world) => ({ elderId: await anElder(world), consent: true, allergens: ['peanut'], advice: ['soft'], asked: ['inPerson'] }) },
  'kitchen.saveDish': { by: 'o_cook' },
  'kitchen.publish': { by: 'o_cook' },
  'kitchen.copyWeek': { by: 'o_cook', input: copyAMenu },
  'kitchen.answer': { by: 'o_cook' },
  'kitchen.offerSubstitute': { by: 'o_cook' },
  'kitchen.serve': { by: 'o_cook', input: atTheCounter },
  'kitchen.giveRun': { by: 'o_cook' },
  'courier.takeRun': { by: 'o_courier' },
  'courier.startRun': { by: 'o_courier' },
  'courier.handRun': { by: 'o_courier' },
  'courier.handOver': { by: 'o_courier' },
  'courier.noAnswer': { by: 'o_courier' },
  'kitchen.save': { by: 'o_admin' },
  'policy.set': { by: 'o_admin' },
  'policy.setLadder': { by: 'o_admin' },
  'duty.set': { by: 'o_admin' },
  'flag.decide': { by: 'o_admin' },
  'honour.optOut': { by: 'o_daughter' },
  'poll.vote': { by: 'o_mother' },
  'poll.open': { by: 'o_admin' },
  'poll.close': { by: 'o_admin' },
  'ledger.check': { by: 'o_social', input: afterAPause },
  'slot.setCapacity': { by: 'o_admin' },
  'pointsPolicy.propose': { by: 'o_admin' },
  'pointsPolicy.decide': { by: 'o_admin' },
  'pointsPolicy.withdraw': { by: 'o_admin' },
  'desk.enter': { by: 'o_social' },
  'desk.decide': { by: 'o_social' },
  'staff.grant': { by: 'o_admin' },
  'staff.revoke': { by: 'o_admin' },
  'reward.save': { by: 'o_admin' },
  'merchant.save': { by: 'o_admin' },
  'merchant.settleVoucher': { by: 'o_barber', input: async (world) => theMerchants(world).then(async () => ({ code: (await aVoucher(world)).code })) },
  'service.create': { by: 'o_admin' },
  'service.edit': { by: 'o_admin' },
  'service.setWays': { by: 'o_admin' },
  'service.hold': { by: 'o_admin' },
  'service.reopen': { by: 'o_admin' },
  'service.end': { by: 'o_admin' },
  'service.askToCall': { by: 'o_admin' },
  'service.setWeekly': { by: 'o_admin' },
  'service.setPrice': { by: 'o_admin' },
  'calendar.setClosedDay': { by: 'o_admin', input: async () => ({ onDate: `2027-03-${String((++serial % 27) + 1).padStart(2, '0')}`, name: '检修', isClosed: true }) },
  'points.redeem': { by: 'o_mother' },
  'points.cancelHold': { by: 'o_mother' },
  'points.give': { by: 'o_mother' },
  'points.donate': { by: 'o_mother' },
  'points.payVisit': { by: 'o_mother' },
  'points.unpayVisit': { by: 'o_mother' },
  'points.reverse': { by: 'o_admin' },
  'points.byHand': { by: 'o_admin' },
  'points.byHandDecide': { by: 'o_admin' },
  'need.open': { by: 'o_social' },
  'need.close': { by: 'o_social' },
  'pot.propose': { by: 'o_social' },
  'circle.setPlace': { by: 'o_admin' },
  'circle.setWays': { by: 'o_admin' },
  'activity.join': { by: 'o_daughter' },
  'pot.decide': { by: 'o_social' },
  'activity.checkIn': { by: 'o_mother', input: atTheActivity },
  'activity.certify': { by: 'o_daughter' },
  'activity.publish': { by: 'o_social' },
  'activity.cancel': { by: 'o_social' },
  'activity.rollCall': { by: 'o_social' },
  'activity.verify': { by: 'o_social' },
  'task.claim': { by: 'o_helper' },
  'task.giveUp': { by: 'o_helper' },
  'task.publish': { by: 'o_social' },
  'task.cancel': { by: 'o_social' },
  'shift.checkIn': { by: 'o_helper', input: (world) => atTheTask(world, 'claimed') },
  'shift.checkOut': { by: 'o_helper', input: (world) => atTheTask(world, 'checkedIn') },
  'shift.confirm': { by: 'o_mother' },
  'shift.verify': { by: 'o_social' },
  'shift.noShow': { by: 'o_social' },
  'pair.offer': { by: 'o_social', input: async (world) => ({ elderId: await anElder(world), volunteerId: 'helper', title: '陪聊', what: '每周说说话', weekday: 3, startMinute: 540, minutes: 60 }) },
  'pair.accept': { by: 'o_mother' },
  'pair.end': { by: 'o_helper' },
  'group.save': { by: 'o_social' },
  'project.publish': { by: 'o_social' },
  'project.claim': { by: 'o_leader' },
  'project.evidence': { by: 'o_leader' },
  'project.finish': { by: 'o_leader' },
  'project.giveUp': { by: 'o_leader' },
  'project.verify': { by: 'o_social' },
  'file.place': { by: 'o_mother', input: async () => ({ ending: ++serial % 2 === 0 ? '.jpg' : '.png' }) },
  'gallery.handIn': { by: 'o_daughter' },
  'gallery.addPicture': { by: 'o_social' },
  'gallery.takeBack': { by: 'o_daughter' },
  'gallery.setNamed': { by: 'o_mother' },
  'gallery.like': { by: 'o_neighbour' },
  'gallery.ask': { by: 'o_daughter' },
  'gallery.decide': { by: 'o_social' },
  'gallery.answer': { by: 'o_social' },
  'notice.save': { by: 'o_social' },
  'notice.submit': { by: 'o_social' },
  'notice.correct': { by: 'o_social' },
  'notice.decide': { by: 'o_admin' },
  'notice.withdraw': { by: 'o_social' },
  'notice.pin': { by: 'o_social' },
  'notice.told': { by: 'o_social' },
  'notice.takeHelp': { by: 'o_social' },
  'notice.finishHelp': { by: 'o_social' },
  'notice.read': { by: 'o_mother' },
  'notice.acknowledge': { by: 'o_daughter' },
  'notice.askForHelp': { by: 'o_mother' },
  'notice.setWish': { by: 'o_mother' },
  'notice.carry': { by: 'o_social' },
  'survey.answer': { by: 'o_daughter' },
  'survey.announce': { by: 'o_social' },
  'notice.ask': { by: 'o_mother' },
  'notice.answerQuestion': { by: 'o_social' },
  'notice.withdrawQuestion': { by: 'o_social' },
  'consent.record': { by: 'o_mother' },
}

/** Mutations on the caller's own account, which can happen to one account once. */
const ownStories: Partial<Record<ActionName, (world: World) => Promise<{ openid: string; input: unknown; other: unknown }>>> = {
  'volunteer.join': async (world) => ({ openid: `o_${await anElder(world)}`, input: { skills: ['company'], communityIds: ['huaguang'] }, other: { skills: [], communityIds: ['taigu'] } }),
  'volunteer.leave': async (world) => {
    const id = `replayhelper${++serial}`
    await world.addPerson(id, { openid: `o_${id}`, name: '示例志愿者', grants: volunteerGrantOf() })
    return { openid: `o_${id}`, input: {}, other: { words: '搬家了' } }
  },
  'account.acceptTerms': async (world) => {
    const openid = `o_replay${++serial}`
    const { termsVersion } = await world.phone(openid).do('account.open', {})
    return { openid, input: { termsVersion }, other: { termsVersion: 'another' } }
  },
  'account.claimByCode': async (world) => ({ openid: await newAccount(world), input: { code: await claimCode(world) }, other: { code: await claimCode(world) } }),
  'account.claimByPhone': async (world) => {
    const openid = await newAccount(world)
    const phone = `190${String(20_000_000 + ++serial)}`
    await world.addPerson(`byphone${serial}`, { name: '示例老人', phone })
    await world.emulator.saveAccount({ openid, phone, nickname: '示例' })
    return { openid, input: { phoneCode: await world.emulator.phoneCode(openid) }, other: { phoneCode: await world.emulator.phoneCode(openid) } }
  },
  'account.register': async (world) => ({
    openid: await newAccount(world), input: { name: '示例新人', birthOn: '1950-01-01', communityId: 'huaguang' }, other: { name: '示例新人', birthOn: '1951-01-01', communityId: 'huaguang' },
  }),
  'account.erase': async (world) => {
    const openid = await newAccount(world)
    await world.phone(openid).do('account.register', { name: '示例新人', birthOn: '1950-01-01', communityId: 'huaguang' })
    return { openid, input: { confirmName: '示例新人' }, other: { confirmName: '别的名字' } }
  },
  'delegation.setOrder': async (world) => {
    const elder = `calling${++serial}`
    const given = (familyId: string) => ({ personId: familyId, name: '示例', kinship: '女儿', scopes: ['alerts' as const], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: elder, name: '示例', how: 'elderTap' as const }, endedAt: null, endedBy: null })
    await world.addPerson(elder, { openid: `o_${elder}`, delegates: { daughter: given('daughter'), neighbour: given('neighbour') }, delegateIds: ['daughter', 'neighbour'] })
    return { openid: `o_${elder}`, input: { elderId: elder, personIds: ['neighbour', 'daughter'] }, other: { elderId: elder, personIds: ['daughter'] } }
  },
  'delegation.end': async (world) => {
    const elder = `ending${++serial}`
    const given = (familyId: string) => ({ personId: familyId, name: '示例', kinship: '女儿', scopes: ['book' as const], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: elder, name: '示例', how: 'elderTap' as const }, endedAt: null, endedBy: null })
    await world.addPerson(elder, { openid: `o_${elder}`, delegates: { daughter: given('daughter'), neighbour: given('neighbour') }, delegateIds: ['daughter', 'neighbour'] })
    return { openid: `o_${elder}`, input: { elderId: elder, personId: 'daughter' }, other: { elderId: elder, personId: 'neighbour' } }
  },
}

const mutations = (Object.keys(contracts) as ActionName[]).filter((action) => contracts[action].kind === 'mutation')
/** All with EVERY_STEP=1, otherwise a seeded third. */
const asked = sampleOf(mutations, Math.ceil(mutations.length / 3))
/** Between two stories, ms: as long as answers are remembered for thirty days, the first must be when the last was told. */
const PAUSE = Math.min(3 * HOUR, Math.floor((25 * DAY) / asked.length))

describe('law 8: again changes nothing', () => {
  let world: World
  const told: { readonly action: ActionName; readonly ask: () => Promise<object>; readonly first: object | undefined }[] = []
  beforeAll(async () => {
    world = await startMealWorld()
    await world.addPerson('far', { openid: 'o_far_resident', name: '示例儿子', communityId: 'taigu' })
    await addConsultants(world)
    await world.emulator.fire('timers', 'generateSlots')
  })
  afterAll(() => world.stop())

  async function scene(action: ActionName): Promise<{ openid: string; input: unknown; other: unknown }> {
    const own = ownStories[action]
    if (own) return own(world)
    const story = stories[action]
    if (!story) throw new Error(`${action} has no story of a repetition`)
    const make = story.input ?? ((given: World) => (examples[action] as Example<ActionName>)(given, story.by))
    // The other body first: what it prepares may move the clock.
    const other = await make(world)
    return { openid: story.by, other, input: await make(world) }
  }

  test('every mutation has its story', () => {
    expect(mutations.filter((action) => !stories[action] && !ownStories[action])).toEqual([])
  })

  test.each(asked)('%s', async (action) => {
    const { openid, input, other } = await scene(action)
    const phone = world.phone(openid)
    const key = newRequestId()
    const ask = (body: unknown) => phone.ask(action, body as InputOf<ActionName>, key)

    // The function dies when all is done but the receipt.
    await world.emulator.faults({ errorBefore: { nth: [1] }, only: { functions: ['api'], collections: ['receipts'], operations: ['database.insertDocument'] } })
    await ask(input)
    await world.emulator.faults({})

    // five times at once, as a nervous thumb and a bad network do
    const together = await Promise.all(Array.from({ length: 5 }, () => ask(input)))
    const first = together.find((answer) => answer.ok)
    for (const answer of together) {
      // WeChat gives a phone number for its code once: a copy that asked WeChat second is refused, and did nothing.
      if (action === 'account.claimByPhone' && !answer.ok) expect(answer.error.code).toBe('BAD_INPUT')
      else expect({ ...answer, serverNow: 0 }).toEqual({ ...first, serverNow: 0 })
    }
    expect(first).toMatchObject({ ok: true })

    const settled = await world.writes()
    const again = await ask(input)
    expect({ ...again, serverNow: 0 }).toEqual({ ...first, serverNow: 0 })
    expect(await world.writes()).toEqual(settled)

    expect(await ask(other)).toMatchObject({ ok: false, error: { code: 'REQUEST_CONFLICT' } })
    expect(await world.writes()).toEqual(settled)

    told.push({ action, ask: () => ask(input), first })
    // So that what the next story puts into an elder's day does not lie on top of this one's, and the first is still remembered after the last.
    await world.emulator.pass(PAUSE)
  })

  // Timers fire for all of them together: that is dear.
  test.each([...(isEveryStep ? ([['three hours', 3 * HOUR]] as const) : []), ['a day', DAY] as const])('%s later, too', async (_words, later) => {
    await world.emulator.advance(later)
    const { uploads: noted = 0, ...before } = await world.writes()
    for (const { action, ask, first } of told) expect({ action, answer: { ...(await ask()), serverNow: 0 } }).toEqual({ action, answer: { ...first, serverNow: 0 } })
    const { uploads: notedNow = 0, ...now } = await world.writes()
    expect(now).toEqual(before)
    // A place for a file that the clock has forgotten is noted anew, once: the phone may be about to store something there.
    expect(notedNow - noted).toBeLessThanOrEqual(asked.includes('file.place') ? 1 : 0)
    expect(told.map(({ action }) => action)).toEqual(asked)
  })

  test('after all this every law holds', async () => {
    // The visits and meals that stories began with were put into the store, without the elder's time: they lie behind by then.
    await world.emulator.advance(30 * DAY)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a refusal leaves nothing behind, and its key may be tried again', async () => {
    const bookingId = await aBooking(world, 'checkedOut')
    const before = await world.writes()
    const key = newRequestId()
    expect(await world.phone('o_social').codeOf('visit.verify', { bookingId, outcome: 'verified' }, key)).toBe('EVIDENCE_INCOMPLETE')
    expect(await world.writes()).toEqual(before)
    expect(await world.phone('o_social').codeOf('visit.verify', { bookingId, outcome: 'partly', reason: '老人说只洗了一半' }, key)).toBe('OK')
  })
})
