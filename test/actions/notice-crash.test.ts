/**
 * The clock's work on notices killed at every operation, before and after it took effect, and resumed: everybody has one
 * line and at most one message, whoever may not have got theirs is called; and a storm of answers is counted exactly.
 */
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { sampleOf } from '../support/kills'
import { aDraft, audienceOf, linesOf, stored, jpeg, tell } from './notice-world'
import { newRequestId, startWorld, type World } from './world'

/** Every operation with EVERY_STEP=1; otherwise every twenty-third, others for each kind of kill. */
const STRIDE = process.env['EVERY_STEP'] === '1' ? 1 : 41
/** No run needs more operations than this. */
const MOST = 90
const people = ['k1allowed', 'k2allowed', 'k3allowed', 'k4none', 'k5noaccount', 'k6allowed']
const allowed = people.filter((id) => id.endsWith('allowed'))
/** Everybody answers, in `npm test` a few. */
const ANSWERING = Number(process.env['NOTICE_ANSWERS'] ?? 60)
const AT_ONCE = 200

let world: World
beforeAll(async () => {
  world = await startWorld()
  for (const id of people) await world.addPerson(id, { name: '示例老人', address: '华光城 50 幢 1', ...(id === 'k5noaccount' ? {} : { openid: `o_${id}` }) })
  for (let time = 0; time < (STRIDE === 1 ? 220 : 30); time++) await Promise.all(allowed.map((id) => world.emulator.subscribe(`o_${id}`, ['tpl_notice'])))
  for (const id of allowed) await world.phone(`o_${id}`).do('consent.record', { answers: [{ templateId: 'tpl_notice', answer: 'accept' }] })
})
afterAll(() => world.stop())

/** As many consents in the ledger as it takes. */
async function allow(): Promise<void> {
  for (const id of allowed) await world.phone(`o_${id}`).do('consent.record', { answers: [{ templateId: 'tpl_notice', answer: 'accept' }] })
}

type Kill = { readonly nth: number; readonly when: 'before' | 'after' }

/** One notice whose whole way is the clock's: it appears, is written and sent. @returns whether the kill happened */
async function killedAt({ nth, when }: Kill): Promise<boolean> {
  await allow()
  const now = (await world.emulator.clock()).now
  const noticeId = await aDraft(world, { audience: audienceOf({ buildings: ['50'] }), publishAt: now + MINUTE, deadlineAt: now + HOUR, title: `停水 ${nth} ${when}` })
  await world.phone('o_social').do('notice.submit', { noticeId })
  await world.emulator.pass(MINUTE)
  await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['timers'] } })
  await world.emulator.fire('timers', 'tellNotices')
  const { counts } = await world.emulator.faultReport()
  await world.emulator.faults({})
  await tell(world)
  // A claim that was cut short is given up after its time.
  await world.emulator.pass(6 * MINUTE)
  await tell(world)

  const lines = await linesOf(world, noticeId)
  expect({ nth, when, lines: lines.map((line) => line.personId).sort() }).toEqual({ nth, when, lines: people })
  const got = (await world.emulator.outbox()).filter((message) => message.page.includes(noticeId)).map((message) => message.openid)
  expect({ nth, when, got: new Set(got).size }).toEqual({ nth, when, got: got.length })
  const sent = lines.filter((line) => line.state === 'sent').map((line) => line.personId)
  // Who stands as sent has it; of those who allowed it at most one, whose message was on its way, stands as not sure.
  for (const id of sent) expect(got).toContain(`o_${id}`)
  const unsure = lines.filter((line) => line.state === 'unsure').map((line) => line.personId)
  expect({ nth, when, of: [...sent, ...unsure].sort() }).toEqual({ nth, when, of: allowed })
  expect(unsure.length).toBeLessThanOrEqual(1)
  expect(lines.filter((line) => !allowed.includes(line.personId)).map((line) => [line.personId, line.state])).toEqual([['k4none', 'noQuota'], ['k5noaccount', 'noQuota']])
  expect(lines.every((line) => line.sendAt === null)).toBe(true)
  await world.emulator.pass(HOUR)
  await tell(world)
  // Nobody is forgotten: who has not understood is called, message or not.
  expect((await linesOf(world, noticeId)).map((line) => line.duty)).toEqual(people.map(() => 'call'))
  await world.phone('o_social').do('notice.withdraw', { noticeId, reason: '修好了' })
  await tell(world)
  return (counts[when === 'before' ? 'killBefore' : 'killAfter'] ?? 0) > 0
}

test.each(['before', 'after'] as const)('killed %s each operation: one line and one message each, nobody forgotten', async (when) => {
  let nth = when === 'before' ? 1 : 4
  while (nth < MOST && (await killedAt({ nth, when }))) nth += STRIDE
  expect(nth).toBeGreaterThan(15)
  expect(nth).toBeLessThan(MOST)
}, STRIDE === 1 ? 1_800_000 : 240_000)

test('two clocks at once: one message each', async () => {
  await allow()
  const noticeId = await aDraft(world, { audience: audienceOf({ buildings: ['50'] }) })
  await world.phone('o_social').do('notice.submit', { noticeId })
  await Promise.all([1, 2, 3, 4].map(() => world.emulator.fire('timers', 'tellNotices')))
  await tell(world)
  const got = (await world.emulator.outbox()).filter((message) => message.page.includes(noticeId)).map((message) => message.openid)
  expect(got.sort()).toEqual(allowed.map((id) => `o_${id}`))
  expect((await linesOf(world, noticeId)).filter((line) => line.state === 'sent').map((line) => line.personId)).toEqual(allowed)
})

test('publishing is cut short: sent again it is published once, and the clock does the rest', async () => {
  for (const nth of sampleOf([3, 6, 8, 9, 11, 13], 2)) {
    const noticeId = await aDraft(world, { audience: audienceOf({ buildings: ['50'] }), pictures: [{ fileId: await stored(world, 'o_social', `notices/cut${nth}.jpg`, jpeg()), words: '水表' }] })
    const requestId = newRequestId()
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['api'], actions: ['notice.submit'] } })
    await world.phone('o_social').codeOf('notice.submit', { noticeId }, requestId).catch(() => 'LOST')
    await world.emulator.faults({})
    expect(await world.phone('o_social').codeOf('notice.submit', { noticeId }, requestId)).toBe('OK')
    await tell(world)
    expect((await world.phone('o_social').do('notice.work', { noticeId })).editions).toEqual([])
    expect((await linesOf(world, noticeId)).map((line) => [line.personId, line.edition])).toEqual(people.map((id) => [id, 1]))
    await world.phone('o_social').do('notice.withdraw', { noticeId, reason: '修好了' })
  }
}, 60_000)

test(`${ANSWERING} answer at once: each counts once, and the figures are exact`, async () => {
  const crowd = Array.from({ length: ANSWERING }, (_, index) => `storm${index}x`)
  for (const id of crowd) await world.addPerson(id, { openid: `o_${id}`, name: '示例邻居', address: '华光城 51 幢 1' })
  const noticeId = await aDraft(world, { audience: audienceOf({ buildings: ['51'] }) })
  await world.phone('o_social').do('notice.submit', { noticeId })
  await tell(world)
  // Half of them tap twice, a tenth asks for help as well; at any moment two hundred are under way.
  const taps = crowd.flatMap((id, index) => {
    const said = () => world.phone(`o_${id}`).codeOf('notice.acknowledge', { noticeId, elderId: id, edition: 1 })
    return [said, ...(index % 2 === 0 ? [said] : []), ...(index % 10 === 0 ? [() => world.phone(`o_${id}`).codeOf('notice.askForHelp', { noticeId, elderId: id, edition: 1 })] : [])]
  })
  const answers = new Set<string>()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let tap = taps.pop(); tap !== undefined; tap = taps.pop()) answers.add(await tap())
  }))
  expect(answers).toEqual(new Set(['OK']))
  const reach = await world.phone('o_social').do('notice.reach', { noticeId })
  expect(reach.counts).toEqual({ notYetSent: 0, sent: 0, unsure: 0, noQuota: 0, read: 0, understood: ANSWERING, toldByPhone: 0, toldAtDoor: 0 })
  expect(reach).toMatchObject({ helpOpen: Math.ceil(ANSWERING / 10), byCommunity: [{ addressed: ANSWERING, reached: ANSWERING }], byBuilding: [{ building: '51', addressed: ANSWERING, reached: ANSWERING }] })
  expect(reach.overTime.at(-1)?.reached).toBe(ANSWERING)
  expect((await linesOf(world, noticeId)).every((line) => line.understood.length === 1)).toBe(true)
}, 240_000)

test('afterwards every law holds', async () => {
  await world.emulator.pass(10 * MINUTE)
  await tell(world)
  expect(await world.brokenLaws()).toEqual([])
})
