/** 报平安: who opted in and says no word is looked after; a word that comes late is heard, and somebody still makes sure. */
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { withDailyCheck } from '../../src/domain/daily-check'
import type { Person } from '../../src/domain/person'
import { ladder } from './meal-world'
import { delegation, newRequestId, person, startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

const NINE_THIRTY = 9 * 60 + 30
const due = instantOf('2026-11-23', NINE_THIRTY)
const tomorrow = due + DAY

let world: World
beforeEach(async () => {
  world = await startWorld({ ladders: [ladder], communities: [{ communityId: 'huaguang', name: '华光城', duty: [{ personId: 'social', name: '李静' }] }, { communityId: 'taigu', name: '太古城', duty: [] }] })
})
afterEach(() => world.stop())

const mother = () => world.phone('o_mother')
const cases = async () => (await world.emulator.dump(['safetyCases']))['safetyCases'] ?? []
const dueOf = async (id: string) => ((await world.emulator.dump(['people']))['people'] ?? []).find((one) => one['_id'] === id)?.['checkDueAt']

test('opted in, with a word each day: nobody is alarmed', async () => {
  await mother().do('well.setDaily', { elderId: 'mother', byMinute: NINE_THIRTY })
  expect(await mother().do('well.show', { elderId: 'mother' })).toMatchObject({ byMinute: NINE_THIRTY, nextAt: due, lastWellAt: null, safetyCaseId: null })
  expect(await mother().do('well.check', { elderId: 'mother' })).toEqual({ nextAt: tomorrow })
  await world.emulator.moveTo(due + HOUR)
  expect(await cases()).toEqual([])
  await mother().do('well.setDaily', { elderId: 'mother', byMinute: null })
  await world.emulator.advance(3 * DAY)
  expect(await cases()).toEqual([])
})

test('no word by the hour: one case, dated when it was due; a late word is heard and it stays open', async () => {
  await mother().do('well.setDaily', { elderId: 'mother', byMinute: NINE_THIRTY })
  await world.emulator.moveTo(due + MINUTE / 2)
  const [only, ...others] = await cases()
  expect(others).toEqual([])
  expect(only).toMatchObject({ _id: 'noCheckIn_mother_2026-11-23', status: 'open', reason: 'noCheckIn', openedAt: due, openedBy: 'system', words: '约好 09:30 前报平安，没有等到' })
  expect(await dueOf('mother')).toBe(tomorrow)
  const requestId = newRequestId()
  expect(await mother().do('well.check', { elderId: 'mother' }, requestId)).toEqual({ nextAt: tomorrow })
  await mother().do('well.check', { elderId: 'mother' }, requestId)
  const shown = await mother().do('safety.show', { safetyCaseId: 'noCheckIn_mother_2026-11-23' })
  expect(shown.status).toBe('open')
  expect(shown.timeline.filter((entry) => entry.what === 'saysFine')).toHaveLength(1)
  await world.phone('o_social').do('safety.close', { safetyCaseId: shown.safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '通过电话', finding: 'falseAlarm' } })
  expect(await world.brokenLaws()).toEqual([])
})

test('family and the counter pass a word on: the elder can read that they did, and the case that they spoke', async () => {
  await world.phone('o_social').do('well.setDaily', { elderId: 'mother', byMinute: NINE_THIRTY })
  await world.emulator.moveTo(due + MINUTE)
  await world.phone('o_daughter').do('well.check', { elderId: 'mother' })
  const shown = await mother().do('safety.show', { safetyCaseId: 'noCheckIn_mother_2026-11-23' })
  expect(shown.timeline.at(-1)).toMatchObject({ what: 'spoke', byName: '王敏', as: 'family', kinship: '女儿' })
  const { items } = await mother().do('account.log', { personId: 'mother' })
  expect(items.map((item) => [item.what, item.byName, item.purpose])).toEqual([['wellSaid', '王敏', null], ['dailySet', '李静', String(NINE_THIRTY)]])
})

test('a stranger says no word for somebody else, and opts nobody in', async () => {
  const before = await world.everything()
  for (const openid of ['o_neighbour', 'o_stranger', 'o_social_taigu', 'o_worker']) {
    expect(await world.phone(openid).codeOf('well.check', { elderId: 'mother' })).toBe('NOT_FOUND')
    expect(await world.phone(openid).codeOf('well.setDaily', { elderId: 'mother', byMinute: NINE_THIRTY })).toBe('NOT_FOUND')
  }
  // Family may pass a word on; whether it is awaited is the elder's own wish.
  expect(await world.phone('o_daughter').codeOf('well.setDaily', { elderId: 'mother', byMinute: null })).not.toBe('OK')
  expect(await mother().codeOf('well.setDaily', { elderId: 'mother', byMinute: 22 * 60 })).toBe('BAD_INPUT')
  expect(await world.everything()).toEqual(before)
})

/** Somebody who was awaited since Monday half past nine. */
const awaited = (id: string, options: Partial<Person> = {}): Person => ({
  ...person(id, { name: '示例老人', ...delegation('daughter', '王敏'), dailyCheck: { byMinute: NINE_THIRTY, since: 1 }, checkDueAt: due, ...options }),
})

test('in hospital or away nobody is awaited; at home again, from the next hour on', async () => {
  const away = withDailyCheck(awaited('ill', { away: { why: 'hospital', since: 1, byName: '李静' } }), due - HOUR)
  await world.emulator.insert('people', [away])
  await world.emulator.moveTo(due + 3 * DAY)
  expect(await cases()).toEqual([])
})

test('the clock is days late: one case for the latest day that was missed', async () => {
  await world.emulator.moveTo(due + 3 * DAY + 5 * MINUTE)
  await world.emulator.insert('people', [awaited('late')])
  await world.emulator.fire('timers', 'escalate')
  await world.emulator.fire('timers', 'escalate')
  expect((await cases()).map((one) => one['_id'])).toEqual(['noCheckIn_late_2026-11-26'])
  expect(await dueOf('late')).toBe(due + 4 * DAY)
})

test('while one missed word is looked after, the next day opens no second case; after it, it does', async () => {
  await world.emulator.insert('people', [awaited('silent')])
  await world.emulator.moveTo(due + MINUTE)
  await world.emulator.moveTo(due + DAY + MINUTE)
  expect((await cases()).map((one) => one['_id'])).toEqual(['noCheckIn_silent_2026-11-23'])
  await world.phone('o_social').do('safety.close', { safetyCaseId: 'noCheckIn_silent_2026-11-23', how: { by: 'seenInPerson', words: '手机没电', finding: 'fine', seenAt: due + DAY } })
  await world.emulator.moveTo(due + 2 * DAY + MINUTE)
  expect((await cases()).map((one) => [one['_id'], one['status']])).toEqual([['noCheckIn_silent_2026-11-23', 'closed'], ['noCheckIn_silent_2026-11-25', 'open']])
  expect(await world.brokenLaws()).toEqual([])
})

test.each(sampleOf([2, 4, 5, 7, 9, 11], 2))('killed at database call %i: the next run comes to the same end', async (nth) => {
  await world.emulator.moveTo(due - MINUTE / 2)
  await world.emulator.insert('people', [awaited('one'), awaited('two', { accountId: null })])
  await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['timers'] } })
  await world.emulator.moveTo(due)
  await world.emulator.faults({})
  await world.emulator.fire('timers', 'escalate')
  await world.emulator.fire('timers', 'escalate')
  const found = await cases()
  expect(found.map((one) => [one['_id'], one['openedAt'], one['rung'], one['told'], one['nextAt']])).toEqual(['one', 'two'].map((id) => [`noCheckIn_${id}_2026-11-23`, due, 0, [0], due + 5 * MINUTE]))
  expect([await dueOf('one'), await dueOf('two')]).toEqual([tomorrow, tomorrow])
  const messages = (await world.emulator.dump(['messages']))['messages'] ?? []
  expect(messages.map((message) => [message['personId'], message['state']]).sort()).toEqual([['one', 'toCall'], ['two', 'toCall']])
})
