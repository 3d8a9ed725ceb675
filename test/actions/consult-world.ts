/** Care consultants beside the people of the world, and consultations of one elder in a state, straight in the store. */
import { barthel, type SchemeAnswers } from '../../src/domain/barthel'
import type { By } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY } from '../../src/domain/civil-time'
import * as rule from '../../src/domain/consultation'
import type { Consultation, PlanWish } from '../../src/domain/consultation'
import { person, type World } from './world'

export const consultantBy: By = { personId: 'consultant', name: '顾清', as: 'careConsultant', kinship: null, scope: null }
const elderBy: By = { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null }

/** Everything without help, except where it says otherwise. */
export const answersOf = (changes: SchemeAnswers = {}): Record<string, number> => ({ ...Object.fromEntries(barthel.map((item) => [item.key, item.options[0]?.points ?? 0])), ...changes })

/** One of 华光城, one of 太古城, and one more of 华光城 who has nothing yet. */
export async function addConsultants(world: World): Promise<void> {
  await world.addPerson('consultant', { openid: 'o_consultant', name: '顾清', grants: [{ role: 'careConsultant', communityIds: ['huaguang'] }] })
  await world.addPerson('farconsultant', { openid: 'o_far_consultant', name: '方远', communityId: 'taigu', grants: [{ role: 'careConsultant', communityIds: ['taigu'] }] })
}

export const bathPlan: PlanWish = { what: 'service', title: '助浴', reason: '洗澡要人帮', serviceItemId: 'bathing', slotId: null, rhythm: 'once', times: 1 }
const ownPage = { reason: '示例', serviceItemId: null, slotId: null, rhythm: null, times: 1 }
export const errandPlan: PlanWish = { what: 'menu', title: '你点我送', ...ownPage }
export const mealPlan: PlanWish = { what: 'meal', title: '订餐送到家', ...ownPage }
export const stayPlan = (serviceItemId: string): PlanWish => ({ what: 'stay', title: '短住', ...ownPage, serviceItemId })
export const advice: PlanWish = { what: 'advice', title: '浴室装扶手', reason: '地滑', serviceItemId: null, slotId: null, rhythm: null, times: 1 }

let serial = 0
const steps = ['waiting', 'taken', 'consented', 'assessed', 'planned', 'due'] as const
export type Step = (typeof steps)[number] | 'closed'

/** A consultation brought as far as this by the rules themselves. */
export async function aConsultation(world: World, step: Step = 'waiting', changes: Partial<Consultation> = {}, plan: readonly PlanWish[] = [bathPlan, advice]): Promise<string> {
  const { now } = await world.emulator.clock()
  const id = `cm${++serial}`
  // A review is due: what came before lies a month back.
  const at = step === 'due' ? now - 31 * DAY : now
  const today = civilDate(at)
  const elder = person('mother', { name: '王秀珍' })
  const acts: readonly ((one: Consultation) => Consultation)[] = [
    (one) => rule.take(one, elder, consultantBy, at),
    (one) => rule.giveConsent(one, elder, { untilOn: addDays(civilDate(now), 180), identityCheck: null }, elderBy, today, at),
    (one) => rule.sign(one, elder, { answers: answersOf({ bathing: 0, stairs: 5 }), words: '洗澡怕滑' }, consultantBy, today, at),
    (one) => rule.givePlan(one, elder, { words: null, items: plan }, consultantBy, today, at),
  ]
  const asked = rule.ask({ consultationId: id, elder, grid: null, hasConsultant: true, closedDays: {}, key: id, hash: 'h' }, { want: 'visit', topic: 'careAtHome', words: '一个人洗澡不放心' }, elderBy, at)
  const count = step === 'closed' ? 1 : Math.min(steps.indexOf(step), acts.length)
  const reached = acts.slice(0, count).reduce((one, act) => act(one), asked)
  const made = step === 'closed' ? rule.close(reached, '问清楚了', consultantBy, at) : reached
  await world.emulator.insert('consultations', [{ ...made, toldLines: made.timeline.length, ...changes }])
  return id
}
