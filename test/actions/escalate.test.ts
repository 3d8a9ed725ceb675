/** The ladder's clock (law 4): who is told when, by day and by night; late, twice or killed half-way it ends the same. */
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { ladder } from './meal-world'
import { startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

const duty = [{ personId: 'social', name: '李静' }, { personId: 'socialTaigu', name: '周岚' }]
const begin = () => startWorld({ ladders: [ladder], communities: [{ communityId: 'huaguang', name: '华光城', duty }, { communityId: 'taigu', name: '太古城', duty: [] }] })

const call = async (world: World) => (await world.phone('o_mother').do('safety.call', { elderId: 'mother' })).safetyCaseId
const caseOf = async (world: World, id: string) => ((await world.emulator.dump(['safetyCases']))['safetyCases'] ?? []).find((safety) => safety['_id'] === id)
/** Who was to be told, in the order of the ladder, with the minutes after the case was opened. */
async function told(world: World, openedAt: number): Promise<unknown[]> {
  const messages = (await world.emulator.dump(['messages']))['messages'] ?? []
  return messages.sort((a, b) => Number(a['dueAt']) - Number(b['dueAt'])).map((message) => [message['personId'], Math.round((Number(message['dueAt']) - openedAt) / MINUTE)])
}
const BY_DAY = [['mother', 0], ['daughter', 5], ['social', 10], ['socialTaigu', 25]]

test('by day: the elder, the family, who is on duty, the next; then everybody is told to dial 120', async () => {
  const world = await begin()
  try {
    await world.emulator.subscribe('o_daughter', ['tpl_alert'])
    const safetyCaseId = await call(world)
    const { openedAt } = await world.phone('o_social').do('safety.show', { safetyCaseId })
    for (const [minutes, count] of [[1, 1], [4, 1], [6, 2], [11, 3], [24, 3], [26, 4], [40, 4]] as const) {
      await world.emulator.moveTo(openedAt + minutes * MINUTE)
      expect([minutes, await told(world, openedAt)]).toEqual([minutes, BY_DAY.slice(0, count)])
    }
    expect(await world.phone('o_daughter').do('safety.show', { safetyCaseId })).toMatchObject({ rung: { kind: 'emergency' }, nextAt: openedAt + 95 * MINUTE, status: 'open' })
    const sent = (await world.emulator.outbox()).filter((message) => message.openid === 'o_daughter')
    expect(sent).toMatchObject([{ templateId: 'tpl_alert', page: `pages/safety/case/index?safetyCaseId=${safetyCaseId}` }])
    // Who has no consent to messages left is telephoned: it stands on the list with what to say.
    const { toCall } = await world.phone('o_social').do('worker.today', {})
    expect(toCall.map((one) => one.personName)).toEqual(['王秀珍', '李静', '周岚'])
    expect(toCall[0]?.gist).toContain('问问是否平安')
    // Closed, nobody is to be telephoned about it any more.
    const seenAt = (await world.emulator.clock()).now
    await world.phone('o_social').do('safety.close', { safetyCaseId, how: { by: 'seenInPerson', words: '扶起来了', finding: 'neededHelp', seenAt } })
    await world.emulator.advance(MINUTE)
    expect((await world.phone('o_social').do('worker.today', {})).toCall).toEqual([])
    expect(await world.brokenLaws()).toEqual([])
  } finally {
    await world.stop()
  }
})

test('by night: family at once, then who is on duty, then 120', async () => {
  const world = await begin()
  try {
    await world.emulator.moveTo(instantOf('2026-11-23', 23 * 60))
    const safetyCaseId = await call(world)
    const { openedAt } = await world.phone('o_social').do('safety.show', { safetyCaseId })
    await world.emulator.advance(HOUR)
    expect(await told(world, openedAt)).toEqual([['daughter', 0], ['social', 5]])
    expect(await world.phone('o_social').do('safety.show', { safetyCaseId })).toMatchObject({ rung: { kind: 'emergency' }, nextAt: openedAt + 75 * MINUTE })
  } finally {
    await world.stop()
  }
})

test('taken over, the clock waits; nothing heard, it goes on', async () => {
  const world = await begin()
  try {
    const safetyCaseId = await call(world)
    const { openedAt } = await world.phone('o_social').do('safety.show', { safetyCaseId })
    await world.emulator.moveTo(openedAt + 2 * MINUTE)
    await world.phone('o_social').do('safety.take', { safetyCaseId, takenById: null })
    await world.emulator.moveTo(openedAt + 31 * MINUTE)
    expect(await told(world, openedAt)).toEqual([['mother', 0]])
    // 李静 has it: her own rung need not be told to her.
    await world.emulator.moveTo(openedAt + 80 * MINUTE)
    expect(await told(world, openedAt)).toEqual([['mother', 0], ['daughter', 32], ['socialTaigu', 52]])
  } finally {
    await world.stop()
  }
})

describe('whatever befalls the clock', () => {
  let world: World
  let openedAt: number
  let safetyCaseId: string
  beforeEach(async () => {
    world = await begin()
    safetyCaseId = await call(world)
    openedAt = (await world.phone('o_social').do('safety.show', { safetyCaseId })).openedAt
  })
  afterEach(() => world.stop())
  const end = { status: 'open', rung: 4, told: [0, 1, 2, 3, 4] }
  const rungLines = async () => ((await caseOf(world, safetyCaseId))?.['timeline'] as { what: string; at: number }[] | undefined)?.filter((entry) => entry.what === 'rung').map((entry) => (entry.at - openedAt) / MINUTE)

  test('hours late: each rung is dated by the policy, everybody is told once', async () => {
    await world.emulator.moveTo(openedAt + 90 * MINUTE)
    expect(await rungLines()).toEqual([0, 5, 10, 25, 35])
    expect(await told(world, openedAt)).toEqual(BY_DAY)
    expect(await caseOf(world, safetyCaseId)).toMatchObject(end)
  })
  test('three runs at once: everybody is told once', async () => {
    await world.emulator.moveTo(openedAt + 30 * MINUTE)
    await Promise.all([1, 2, 3].map(() => world.emulator.fire('timers', 'escalate')))
    await world.emulator.moveTo(openedAt + 90 * MINUTE)
    expect(await told(world, openedAt)).toEqual(BY_DAY)
    expect(await caseOf(world, safetyCaseId)).toMatchObject(end)
  })
  test.each(sampleOf([2, 3, 4, 5, 6], 2))('killed at database call %i: the next run comes to the same end', async (nth) => {
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['timers'] } })
    await world.emulator.moveTo(openedAt + HOUR)
    await world.emulator.faults({})
    await world.emulator.fire('timers', 'escalate')
    expect(await rungLines()).toEqual([0, 5, 10, 25, 35])
    expect(await told(world, openedAt)).toEqual(BY_DAY)
    expect(await caseOf(world, safetyCaseId)).toMatchObject(end)
    expect(await world.brokenLaws()).toEqual([])
  })
})

test('nobody took it: a shut door later tells everybody once more, who has it by then first; ten presses are one round', async () => {
  const world = await begin()
  try {
    const safetyCaseId = await call(world)
    const { openedAt } = await world.phone('o_social').do('safety.show', { safetyCaseId })
    await world.emulator.moveTo(openedAt + 50 * MINUTE)
    for (let press = 0; press < 10; press++) expect(await world.phone('o_daughter').do('safety.call', { elderId: 'mother' })).toEqual({ safetyCaseId, isNew: false })
    for (const minutes of [76, 80]) await world.emulator.moveTo(openedAt + minutes * MINUTE)
    expect(await told(world, openedAt)).toEqual([...BY_DAY, ['mother', 50], ['daughter', 55], ['social', 60], ['socialTaigu', 75]])
    // Who was not reached by the first message is telephoned once, about the second.
    expect((await world.phone('o_social').do('worker.today', {})).toCall.map((one) => one.personName)).toEqual(['王秀珍', '王敏', '李静', '周岚'])
    await world.phone('o_social').do('safety.take', { safetyCaseId, takenById: null })
    await world.phone('o_mother').do('safety.call', { elderId: 'mother' })
    await world.emulator.advance(MINUTE)
    expect((await told(world, openedAt)).at(-1)).toEqual(['social', 80])
    expect(await world.phone('o_social').do('safety.show', { safetyCaseId })).toMatchObject({ round: 3, rungsBefore: 9, rung: { kind: 'taker', name: '李静' } })
    expect(await world.brokenLaws()).toEqual([])
  } finally {
    await world.stop()
  }
})

test('run out and left alone it goes round again, and says so', async () => {
  const world = await begin()
  try {
    const safetyCaseId = await call(world)
    const { openedAt } = await world.phone('o_social').do('safety.show', { safetyCaseId })
    await world.emulator.moveTo(openedAt + 40 * MINUTE)
    await world.phone('o_admin').do('duty.set', { communityId: 'huaguang', personIds: ['socialTaigu'] })
    await world.emulator.moveTo(openedAt + 96 * MINUTE)
    expect((await told(world, openedAt)).at(-1)).toEqual(['mother', 95])
    expect((await world.phone('o_social').do('safety.show', { safetyCaseId })).rungs.map((rung) => rung.name)).toEqual(['王秀珍', '王敏', '周岚', ''])
    expect((await world.phone('o_social').do('safety.show', { safetyCaseId })).timeline.map((entry) => entry.what)).toContain('goesRound')
    expect(await world.brokenLaws()).toEqual([])
  } finally {
    await world.stop()
  }
})

test('who is on duty and is erased goes off every list; on a ladder that runs, the name goes', async () => {
  const world = await begin()
  try {
    const safetyCaseId = await call(world)
    await world.phone('o_social_taigu').do('account.erase', { confirmName: '周岚' })
    await world.emulator.fire('timers', 'settle')
    const { subdistricts } = await world.emulator.dump(['subdistricts'])
    expect(JSON.stringify(subdistricts)).not.toContain('周岚')
    expect(JSON.stringify(await caseOf(world, safetyCaseId))).not.toContain('周岚')
    await world.emulator.advance(HOUR)
    expect(await caseOf(world, safetyCaseId)).toMatchObject({ rung: 4 })
  } finally {
    await world.stop()
  }
})

test('without a ladder a case is open and seen, and the clock has nothing to do', async () => {
  const world = await startWorld()
  try {
    const safetyCaseId = await call(world)
    await world.emulator.advance(HOUR)
    expect((await world.phone('o_social').do('worker.today', {})).safety).toMatchObject([{ safetyCaseId, status: 'open', rung: null, nextAt: null }])
    expect((await world.emulator.dump(['messages']))['messages'] ?? []).toEqual([])
    expect(await world.brokenLaws()).toEqual([])
  } finally {
    await world.stop()
  }
})
