/**
 * Every action × everybody who might try it. The table below was read by people; an action without an example or a row
 * fails, and so does a cell that answers differently. What is foreign and what is missing answer alike.
 *
 *   ✓ may   · is told that there is no such thing   – may never (no such role)   ! had, or has, another delegation
 */
import { contracts, type ActionName } from '../../src/contract'
import { aBooking, examples, type Example } from './examples'
import { startMealWorld } from './meal-world'
import { newRequestId, type World } from './world'

const actors = {
  'the elder': 'o_mother',
  'family with scope': 'o_daughter',
  'family, ended': 'o_former',
  'neighbour': 'o_neighbour',
  'resident elsewhere in the subdistrict': 'o_far_resident',
  'resident of another subdistrict': 'o_stranger',
  'care worker, given the visit': 'o_worker',
  'care worker, same provider': 'o_colleague',
  'care worker, other provider': 'o_rival',
  'social worker of the community': 'o_social',
  'social worker, other community': 'o_social_taigu',
  'social worker, other subdistrict': 'o_strange_social',
  'admin': 'o_admin',
  'admin, other subdistrict': 'o_strange_admin',
  'kitchen staff': 'o_cook',
  'kitchen staff, other kitchen': 'o_rival_cook',
  'courier with the run': 'o_courier',
  'courier, same kitchen': 'o_courier2',
  'courier, other kitchen': 'o_rival_courier',
  'volunteer of the community': 'o_helper',
  'volunteer of another community': 'o_far_helper',
  'leader of a group': 'o_leader',
} as const

type Mark = '✓' | '·' | '–' | '!'
/** One mark per actor, in the order above; those of a kitchen, and volunteers, stand apart. Where nothing is said of volunteers they are residents like others. */
const table: Record<ActionName, string> = {
  'account.open': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.acceptTerms': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.claimByCode': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.claimByPhone': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.register': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.profile': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.setCareNotes': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.log': '✓········✓···· ·····',
  'account.export': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'account.erase': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'home.show': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'catalogue.list': '✓✓!······✓···· ·····',
  'catalogue.service': '✓✓!······✓···· ·····',
  'booking.book': '✓✓!······✓···· ·····',
  'booking.list': '✓✓!······✓···· ·····',
  'booking.show': '✓✓!···✓··✓··✓· ·····',
  'booking.cancel': '✓✓!······✓···· ·····',
  'booking.reschedule': '✓✓!······✓···· ·····',
  'series.preview': '✓✓!······✓···· ·····',
  'series.start': '✓✓!······✓···· ·····',
  'series.list': '✓✓!······✓···· ·····',
  'series.show': '✓✓!······✓···· ·····',
  'series.skip': '✓✓!······✓···· ·····',
  'series.moveDate': '✓✓!······✓···· ·····',
  'series.previewChange': '✓✓!······✓···· ·····',
  'series.change': '✓✓!······✓···· ·····',
  'series.end': '✓✓!······✓···· ·····',
  'series.pause': '✓✓!······✓···· ·····',
  'series.resume': '✓✓!······✓···· ·····',
  'calendar.month': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'booking.cancelLate': '–––––––––✓··–– –––––',
  'visit.mine': '––––––✓✓✓––––– –––––',
  'visit.take': '––––––✓✓·––––– –––––',
  'visit.handBack': '––––––✓··––––– –––––',
  'visit.doorCode': '✓✓!··········· ·····',
  'visit.checkIn': '––––––✓··––––– –––––',
  'visit.checkOut': '––––––✓··––––– –––––',
  'visit.vouch': '✓✓!··········· ·····',
  'visit.noContact': '––––––✓··––––– –––––',
  'visit.confirm': '✓✓!··········· ·····',
  'visit.dispute': '✓✓!··········· ·····',
  'visit.callBack': '–––––––––✓··–– –––––',
  'visit.verify': '–––––––––✓··–– –––––',
  'visit.verifyComplete': '–––––––––✓✓✓–– –––––',
  'waitlist.mine': '✓✓!······✓···· ·····',
  'waitlist.join': '✓✓!······✓···· ·····',
  'waitlist.leave': '✓✓!······✓···· ·····',
  'waitlist.accept': '✓✓!······✓···· ·····',
  'waitlist.decline': '✓✓!······✓···· ·····',
  'waitlist.board': '–––––––––✓✓✓–– –––––',
  'waitlist.state': '–––––––––✓··–– –––––',
  'fair.show': '––––––––––––✓· –––––',
  'fair.preview': '––––––––––––✓· –––––',
  'fair.set': '––––––––––––✓· –––––',
  'worker.today': '–––––––––✓✓✓–– –––––',
  'worker.waiting': '–––––––––✓✓✓✓✓ –––––',
  'safety.call': '✓✓!······✓···· ·····',
  'safety.show': '✓✓!······✓··✓· ·····',
  'safety.take': '·✓!······✓··✓· ·····',
  'safety.report': '·✓!······✓··✓· ·····',
  'safety.saysFine': '✓············· ·····',
  'safety.close': '·✓!······✓··✓· ·····',
  'safety.figures': '–––––––––✓✓✓✓✓ –––––',
  'well.check': '✓✓!······✓···· ·····',
  'well.setDaily': '✓········✓···· ·····',
  'well.show': '✓✓!······✓···· ·····',
  'message.called': '–––––––––✓··–– –––––',
  'delegation.request': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'delegation.mine': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'delegation.ofMe': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'delegation.approve': '✓············· ·····',
  'delegation.refuse': '✓········✓···· ·····',
  'delegation.approveAtCounter': '–––––––––✓··–– –––––',
  'delegation.setOrder': '✓········✓···· ·····',
  'delegation.end': '✓·!······✓···· ·····',
  'person.find': '–––––––––✓✓✓✓✓ –––––',
  'person.show': '–––––––––✓··–– –––––',
  'person.register': '–––––––––✓··–– –––––',
  'person.move': '–––––––––✓··✓· ––––– –––',
  'person.setAddress': '✓✓!······✓···· ·····',
  'person.confirmSeen': '–––––––––✓··–– –––––',
  'person.issueClaimCode': '–––––––––✓··–– –––––',
  'person.issueDoorCard': '–––––––––✓··–– –––––',
  'person.merge': '–––––––––✓··–– –––––',
  'person.unmask': '······✓··✓···· ·····',
  'person.setHardship': '–––––––––✓··–– –––––',
  'person.setAway': '✓✓!······✓···· ·····',
  'meal.menus': '✓✓!······✓···· ·····',
  'meal.order': '✓✓!······✓···· ·····',
  'meal.orderSeveral': '✓✓!······✓···· ·····',
  'meal.again': '✓✓!······✓···· ·····',
  'meal.change': '✓✓!······✓···· ·····',
  'meal.askKitchen': '✓✓!······✓···· ·····',
  'meal.answerSubstitute': '✓✓!······✓···· ·····',
  'meal.received': '✓✓!··········· ·····',
  'meal.month': '✓✓!······✓···· ·····',
  'diet.show': '✓✓!······✓···· ·····',
  'diet.set': '✓✓!······✓···· ·····',
  'kitchen.week': '–––––––––––––– ✓✓–––',
  'kitchen.saveDish': '–––––––––––––– ✓·–––',
  'kitchen.publish': '–––––––––––––– ✓·–––',
  'kitchen.copyWeek': '–––––––––––––– ✓·–––',
  'kitchen.sheet': '–––––––––––––– ✓·–––',
  'kitchen.answer': '–––––––––––––– ✓·–––',
  'kitchen.offerSubstitute': '–––––––––––––– ✓·–––',
  'kitchen.serve': '–––––––––––––– ✓·–––',
  'kitchen.giveRun': '–––––––––––––– ✓·–––',
  'courier.today': '–––––––––––––– ––✓✓✓',
  'courier.takeRun': '–––––––––––––– ––✓✓·',
  'courier.startRun': '–––––––––––––– ––✓··',
  'courier.handRun': '–––––––––––––– ––✓··',
  'courier.handOver': '–––––––––––––– ––✓··',
  'courier.noAnswer': '–––––––––––––– ––✓··',
  'admin.kitchens': '––––––––––––✓✓ –––––',
  'kitchen.save': '––––––––––––✓· –––––',
  'kitchen.preview': '––––––––––––✓· –––––',
  'policy.meals': '––––––––––––✓✓ –––––',
  'policy.preview': '––––––––––––✓✓ –––––',
  'policy.set': '––––––––––––✓✓ –––––',
  'policy.ladder': '––––––––––––✓✓ –––––',
  'policy.previewLadder': '––––––––––––✓✓ –––––',
  'policy.setLadder': '––––––––––––✓✓ –––––',
  'duty.set': '––––––––––––✓✓ –––––',
  'admin.services': '––––––––––––✓✓ –––––',
  'admin.slots': '––––––––––––✓· –––––',
  'slot.setCapacity': '––––––––––––✓· –––––',
  'calendar.setClosedDay': '––––––––––––✓✓ –––––',
  'admin.audit': '––––––––––––✓✓ –––––',
  'flag.list': '–––––––––✓✓✓✓✓ –––––',
  'flag.show': '–––––––––✓··✓· –––––',
  'flag.decide': '––––––––––––✓· –––––',
  'honour.list': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'honour.optOut': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'poll.list': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'poll.show': '✓✓✓✓✓·✓✓✓✓✓·✓· ✓✓✓✓✓',
  'poll.vote': '✓✓✓✓✓·✓✓✓✓✓·✓· ✓✓✓✓✓',
  'poll.open': '––––––––––––✓✓ –––––',
  'poll.close': '––––––––––––✓· –––––',
  'ledger.public': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'ledger.check': '–––––––––✓✓✓✓✓ –––––',
  'ledger.seal': '✓✓✓✓✓·✓✓✓✓✓·✓· ✓✓✓✓✓',
  'law.latest': '–––––––––✓✓✓✓✓ –––––',
  'pointsPolicy.list': '––––––––––––✓✓ –––––',
  'pointsPolicy.now': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'pointsPolicy.preview': '––––––––––––✓✓ –––––',
  'pointsPolicy.propose': '––––––––––––✓✓ –––––',
  'pointsPolicy.decide': '––––––––––––✓· –––––',
  'pointsPolicy.withdraw': '––––––––––––✓· –––––',
  'desk.enter': '–––––––––✓··–– –––––',
  'desk.list': '–––––––––✓✓✓✓✓ –––––',
  'desk.decide': '–––––––––✓··✓· –––––',
  'reward.list': '✓!!······✓···· ·····',
  'reward.show': '✓!!······✓···· ·····',
  'reward.all': '––––––––––––✓✓ –––––',
  'reward.save': '––––––––––––✓· –––––',
  // Who may at the counter, and whose: test/actions/merchant.test.ts.
  'merchant.check': '–––––––––––––– –––––',
  'merchant.settleVoucher': '–––––––––––––– –––––',
  'merchant.today': '–––––––––––––– –––––',
  'merchant.month': '––––––––––––✓· –––––',
  'merchant.list': '––––––––––––✓✓ –––––',
  'merchant.save': '––––––––––––✓· –––––',
  'points.report': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'points.records': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'staff.list': '––––––––––––✓✓ –––––',
  'staff.find': '––––––––––––✓✓ –––––',
  'staff.grant': '––––––––––––✓· –––––',
  'staff.revoke': '––––––––––––✓· –––––',
  'points.passbook': '✓!!······✓··✓· ·····',
  'points.entry': '✓!!······✓··✓· ·····',
  'points.mine': '✓!!······✓···· ·····',
  'points.codes': '✓!!······✓···· ·····',
  'points.redeem': '✓!!······✓···· ·····',
  'points.cancelHold': '✓!!······✓···· ·····',
  'points.give': '✓············· ·····',
  'points.donate': '✓············· ·····',
  'points.giveChoices': '✓············· ·····',
  'points.visitOffer': '✓✓!······✓···· ·····',
  'points.payVisit': '✓!!······✓···· ·····',
  'points.unpayVisit': '✓!!······✓···· ·····',
  'points.reverse': '––––––––––––✓· –––––',
  'points.byHand': '––––––––––––✓· –––––',
  'points.byHandList': '––––––––––––✓✓ –––––',
  'points.byHandDecide': '––––––––––––✓· –––––',
  'need.list': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'need.open': '–––––––––✓··–– –––––',
  'need.close': '–––––––––✓··–– –––––',
  'pot.list': '–––––––––✓✓✓✓✓ –––––',
  'pot.records': '–––––––––✓··✓· –––––',
  'pot.propose': '–––––––––✓··✓· –––––',
  'pot.decide': '–––––––––✓··✓· –––––',
  'activity.list': '✓✓!······✓···· ·····',
  'activity.show': '✓✓!······✓···· ·····',
  'activity.join': '✓✓!······✓···· ·····',
  'activity.checkIn': '✓············· ·····',
  'activity.publish': '–––––––––✓··–– –––––',
  'activity.cancel': '–––––––––✓··–– –––––',
  'activity.board': '–––––––––✓✓✓✓✓ –––––',
  'activity.sheet': '·········✓··✓· ·····',
  'activity.code': '·········✓···· ·····',
  'activity.rollCall': '·········✓···· ·····',
  'activity.verify': '–––––––––✓··✓· –––––',
  'volunteer.join': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'volunteer.leave': '–––––––––––––– ––––– ✓✓–',
  'volunteer.me': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'volunteer.certificate': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'task.list': '–––––––––––––– ––––– ✓✓–',
  'task.show': '✓✓!······✓··✓· ····· ✓··',
  'task.claim': '–––––––––––––– ––––– ✓·–',
  'task.giveUp': '·············· ····· ✓··',
  'task.publish': '–––––––––✓··–– ––––– –––',
  'task.cancel': '–––––––––✓··–– ––––– –––',
  'task.board': '–––––––––✓✓✓✓✓ ––––– –––',
  'shift.mine': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'shift.show': '✓✓!······✓··✓· ····· ✓··',
  'shift.code': '✓✓!······✓···· ····· ···',
  'shift.checkIn': '·············· ····· ✓··',
  'shift.checkOut': '·············· ····· ✓··',
  'shift.confirm': '✓✓!······✓···· ····· ···',
  'shift.review': '–––––––––✓✓✓✓✓ ––––– –––',
  'shift.verify': '–––––––––✓··✓· ––––– –––',
  'shift.noShow': '–––––––––✓··–– ––––– –––',
  'pair.list': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'pair.offer': '–––––––––✓··–– ––––– ✓·–',
  'pair.accept': '✓✓!······✓···· ····· ✓··',
  'pair.end': '✓✓!······✓···· ····· ✓··',
  'group.list': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'group.save': '–––––––––✓··–– ––––– –––',
  'group.show': '·········✓··✓· ····· ✓·✓',
  'project.list': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'project.publish': '–––––––––✓··–– ––––– –––',
  'project.claim': '·············· ····· ··✓',
  'project.evidence': '·············· ····· ··✓',
  'project.finish': '·············· ····· ··✓',
  'project.giveUp': '·············· ····· ··✓',
  'project.verify': '–––––––––✓··✓· ––––– –––',
  'notice.count': '–––––––––✓··✓· ––––– –––',
  'notice.save': '–––––––––✓··✓· ––––– –––',
  'notice.submit': '–––––––––✓··✓· ––––– –––',
  'notice.correct': '–––––––––✓··✓· ––––– –––',
  'notice.decide': '–––––––––✓··✓· ––––– –––',
  'notice.withdraw': '–––––––––✓··✓· ––––– –––',
  'notice.pin': '–––––––––✓··✓· ––––– –––',
  'notice.desk': '–––––––––✓✓✓✓✓ ––––– –––',
  'notice.work': '–––––––––✓··✓· ––––– –––',
  'notice.reach': '–––––––––✓··✓· ––––– –––',
  'notice.duty': '–––––––––✓✓✓✓✓ ––––– –––',
  'notice.told': '–––––––––✓··✓· ––––– –––',
  'notice.takeHelp': '–––––––––✓··✓· ––––– –––',
  'notice.finishHelp': '–––––––––✓··✓· ––––– –––',
  'notice.list': '✓✓!······✓···· ·····',
  'notice.show': '✓✓!······✓···· ·····',
  'notice.read': '✓✓!··········· ·····',
  'notice.acknowledge': '✓✓!··········· ·····',
  'notice.askForHelp': '✓✓!··········· ·····',
  'notice.archive': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
  'notice.past': '✓··✓··✓✓✓✓··✓· ✓✓✓✓✓',
  'notice.setWish': '✓✓!······✓···· ·····',
  'notice.carry': '–––––––––✓··✓· ––––– –––',
  'notice.carried': '–––––––––✓··✓· ––––– –––',
  'survey.show': '✓✓!······✓···· ·····',
  'survey.answer': '✓✓!······✓···· ·····',
  'survey.work': '–––––––––✓··✓· ––––– –––',
  'survey.announce': '–––––––––✓··✓· ––––– –––',
  'notice.ask': '✓✓!······✓···· ·····',
  'notice.questions': '✓✓!······✓···· ·····',
  'notice.asked': '–––––––––✓✓✓✓✓ ––––– –––',
  'notice.answerQuestion': '–––––––––✓··✓· ––––– –––',
  'notice.withdrawQuestion': '–––––––––✓··✓· ––––– –––',
  'consent.record': '✓✓✓✓✓✓✓✓✓✓✓✓✓✓ ✓✓✓✓✓',
}

const markOf = (code: string): Mark => (code === 'NOT_FOUND' ? '·' : code === 'NOT_ALLOWED' ? '–' : code === 'DELEGATION_ENDED' || code === 'SCOPE_MISSING' ? '!' : '✓')

/** The row of an action: volunteers of this and of another community, and a leader, are neighbours where it says nothing. */
function rowOf(action: ActionName): string {
  const [most = '', kitchen = '', volunteers] = table[action].split(' ')
  return `${most}${kitchen}${volunteers ?? `${most[3]}${most[4]}${most[3]}`}`
}

describe('who may do what', () => {
  let world: World
  beforeAll(async () => {
    world = await startMealWorld({ maxInstances: 4 })
    await world.addPerson('far', { openid: 'o_far_resident', name: '示例儿子', communityId: 'taigu' })
    await world.emulator.fire('timers', 'generateSlots')
  })
  afterAll(() => world.stop())

  test('every action has an example and a row', () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(contracts).sort())
    expect(Object.keys(table).sort()).toEqual(Object.keys(contracts).sort())
  })

  test.each(Object.keys(contracts) as ActionName[])('%s', async (action) => {
    let row = ''
    const seen: Record<string, string> = {}
    const example = examples[action] as Example<ActionName>
    let input: unknown
    for (const [name, openid] of Object.entries(actors)) {
      // Who is refused has changed nothing: the next one asks for the same. What is made for the caller is made anew.
      if (!/[·–]$/.test(row) || example.length > 1) input = await example(world, openid)
      const code = await world.phone(openid).codeOf(action, input as never, newRequestId())
      seen[name] = code
      row += markOf(code)
    }
    // A handler that breaks is no permission.
    expect(Object.entries(seen).filter(([, code]) => code === 'UNEXPECTED' || code === 'UNKNOWN_ACTION')).toEqual([])
    expect({ row, seen }).toEqual({ row: rowOf(action), seen })
  })

  test('a social worker of another community verifies nothing by naming it in a batch', async () => {
    const bookingId = await aBooking(world, 'confirmed')
    expect(await world.phone('o_social_taigu').do('visit.verifyComplete', { bookingIds: [bookingId] })).toEqual({ verified: [], left: [{ bookingId, code: 'NOT_FOUND' }] })
    expect((await world.phone('o_mother').do('booking.show', { bookingId })).status).toBe('confirmed')
  })

  test('people of another subdistrict find nobody here by name', async () => {
    expect(await world.phone('o_strange_social').do('person.find', { name: '王秀珍' })).toEqual({ people: [] })
  })

  test('what is foreign and what is missing answer alike', async () => {
    const foreign = await world.phone('o_neighbour').ask('booking.show', { bookingId: await aBooking(world, 'assigned') })
    const missing = await world.phone('o_neighbour').ask('booking.show', { bookingId: 'nothing-like-this' })
    expect(foreign.ok).toBe(false)
    expect({ ...foreign, serverNow: 0, traceId: '' }).toEqual({ ...missing, serverNow: 0, traceId: '' })
  })
})
