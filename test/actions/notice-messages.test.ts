/**
 * Who is messaged in the place of an elder without an account, and what a message that was cut short between claim and send
 * comes to, killed at each of its steps: nobody is told twice, nobody is forgotten, and the ledger says what is not known.
 */
import { DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import type { DelegationScope } from '../../src/domain/delegation'
import type { Person } from '../../src/domain/person'
import { aDraft, audienceOf, lineOf, linesOf, tell } from './notice-world'
import { startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

let world: World
beforeAll(async () => {
  world = await startWorld()
  for (const id of ['girl', 'boy', 'booker', 'silent']) await world.addPerson(id, { openid: `o_${id}`, name: `示例${id}`, birthOn: '1970-01-01', communityId: 'taigu' })
})
afterAll(() => world.stop())

const family = (...who: readonly (readonly [id: string, kinship: string, scopes: readonly DelegationScope[], endOn?: string])[]): Pick<Person, 'delegates' | 'delegateIds'> => ({
  delegateIds: who.map(([id]) => id),
  delegates: Object.fromEntries(who.map(([id, kinship, scopes, endOn = '2027-11-01']) => [id, { personId: id, name: `示例${id}`, kinship, scopes, endOn, givenAt: 1, givenBy: { personId: 'social', name: '李静', how: 'counter' as const, identityCheck: 'idCardSeen' }, endedAt: null, endedBy: null }])),
})
const allow = async (...openids: readonly string[]): Promise<void> => {
  for (const openid of openids) {
    await world.emulator.subscribe(openid, ['tpl_notice'])
    await world.phone(openid).do('consent.record', { answers: [{ templateId: 'tpl_notice', answer: 'accept' }] })
  }
}
const published = async (building: string, changes: Parameters<typeof aDraft>[1] = {}): Promise<string> => {
  const noticeId = await aDraft(world, { audience: audienceOf({ buildings: [building] }), deadlineAt: (await world.emulator.clock()).now + HOUR, ...changes })
  await world.phone('o_social').do('notice.submit', { noticeId })
  return noticeId
}
const messages = async (noticeId: string) => (await world.emulator.outbox()).filter((message) => message.page.includes(noticeId))
const messaged = async (noticeId: string): Promise<string[]> => (await messages(noticeId)).map((message) => message.openid).sort()
const listed = async (noticeId: string) => [...(await world.phone('o_social').do('notice.duty', { what: 'call', noticeId })).items, ...(await world.phone('o_social').do('notice.duty', { what: 'visit', noticeId })).items]

describe('an elder without an account', () => {
  let noticeId: string
  beforeAll(async () => {
    const alerts: readonly DelegationScope[] = ['alerts']
    await world.addPerson('e71', { name: '示例甲', address: '华光城 71 幢 1', ...family(['girl', '女儿', alerts], ['boy', '儿子', ['book', 'alerts']], ['silent', '侄子', alerts]) })
    await world.addPerson('f71', { name: '示例乙', address: '华光城 71 幢 2', ...family(['booker', '儿子', ['book', 'readCare']]) })
    await world.addPerson('g71', { name: '示例丙', address: '华光城 71 幢 3', ...family(['silent', '女儿', alerts]) })
    await world.addPerson('h71', { name: '示例丁', address: '华光城 71 幢 4', ...family(['booker', '女儿', alerts, '2026-11-01']) })
    await allow('o_girl', 'o_boy', 'o_booker')
    noticeId = await published('71')
    await tell(world)
  })
  test('family who are to be alerted and allowed it get the message, each one; the line says who', async () => {
    expect(await messaged(noticeId)).toEqual(['o_boy', 'o_girl'])
    const [message] = await messages(noticeId)
    // It says whose notice it is, and opens hers.
    expect([message?.page, message?.lines[0]?.value]).toEqual([expect.stringContaining('elderId=e71'), expect.stringMatching(/^示例甲：周三停水/)])
    expect(await lineOf(world, noticeId, 'e71')).toMatchObject({ state: 'sent', sendAt: null, sentTo: [{ personId: 'girl', kinship: '女儿', outcome: 'sent' }, { personId: 'boy', kinship: '儿子', outcome: 'sent' }] })
    expect(await world.phone('o_social').do('notice.reach', { noticeId })).toMatchObject({ counts: { sent: 1, noQuota: 3, understood: 0 }, sentToFamily: 1 })
  })
  test('without a consent, the scope, or time left it is no quota as before, and nobody’s consent is spent', async () => {
    for (const id of ['f71', 'g71', 'h71']) expect([id, await lineOf(world, noticeId, id)]).toMatchObject([id, { state: 'noQuota', sendAt: null }])
    const consents = (await world.emulator.dump(['consents']))['consents'] ?? []
    expect(Object.fromEntries(consents.map((consent) => [consent['accountId'], consent['left']]))).toEqual({ o_girl: 0, o_boy: 0, o_booker: 1 })
  })
  test('family says 我知道了 for her, shown as theirs, and is asked whether to be told of the next one', async () => {
    expect((await world.phone('o_girl').do('notice.show', { noticeId, elderId: 'e71' })).mayAskConsent).toBe(true)
    await world.phone('o_girl').do('notice.acknowledge', { noticeId, elderId: 'e71', edition: 1 })
    expect(await lineOf(world, noticeId, 'e71')).toMatchObject({ state: 'understood', by: { as: 'family', kinship: '女儿', scope: 'alerts' } })
    expect(await world.phone('o_booker').codeOf('notice.acknowledge', { noticeId, elderId: 'f71', edition: 1 })).toBe('SCOPE_MISSING')
  })
  test('a correction is sent anew, to each once more; who has not understood is telephoned, and the list says who was messaged', async () => {
    await allow('o_girl')
    await world.phone('o_social').do('notice.correct', { noticeId, title: '改到周四停水', body: '改为 11月26日 停水。', whatToDo: null, pictures: [], attachments: [], summary: '改到周四' })
    await tell(world)
    expect(await messaged(noticeId)).toEqual(['o_boy', 'o_girl', 'o_girl'])
    await world.emulator.pass(HOUR)
    await tell(world)
    const rows = await listed(noticeId)
    expect(rows.map((row) => row.personId).sort()).toEqual(['e71', 'f71', 'g71', 'h71'])
    expect(rows.find((row) => row.personId === 'e71')).toMatchObject({ state: 'sent', sentTo: [{ name: '示例girl', kinship: '女儿', isSure: true }] })
    expect(rows.find((row) => row.personId === 'g71')?.sentTo).toEqual([])
  })
  test('what need not reach is not sent to family', async () => {
    await allow('o_girl')
    const important = await published('71', { level: 'important', deadlineAt: null, opensCase: false })
    await tell(world)
    expect(await messaged(important)).toEqual([])
  })
  test('one consent carries one message: of two parents at once one is messaged, the other telephoned', async () => {
    for (const id of ['m74', 'n74']) await world.addPerson(id, { name: `示例${id}`, address: '华光城 74 幢 1', ...family(['silent', '女儿', ['alerts']]) })
    await allow('o_silent')
    const both = await published('74')
    await tell(world)
    expect((await linesOf(world, both)).map((line) => line.state).sort()).toEqual(['noQuota', 'sent'])
    expect(await messaged(both)).toEqual(['o_silent'])
  })
  test('whoever was messaged and is erased leaves no name on the line', async () => {
    await world.addPerson('leaver', { openid: 'o_leaver', name: '示例走人', birthOn: '1970-01-01', communityId: 'taigu' })
    await world.addPerson('k75', { name: '示例己', address: '华光城 75 幢 1', delegateIds: ['leaver'], delegates: { leaver: { ...family(['leaver', '女儿', ['alerts']]).delegates['leaver'] as Person['delegates'][string], name: '示例走人' } } })
    await allow('o_leaver')
    const left = await published('75')
    await tell(world)
    expect(JSON.stringify(await lineOf(world, left, 'k75'))).toContain('示例走人')
    await world.phone('o_leaver').do('account.erase', { confirmName: '示例走人' })
    for (let round = 0; round < 2; round++) await world.emulator.fire('timers', 'settle')
    expect(JSON.stringify(await lineOf(world, left, 'k75'))).not.toContain('示例走人')
    expect(await lineOf(world, left, 'k75')).toMatchObject({ sentTo: [{ name: '已注销', outcome: 'sent' }] })
  })
})

describe('a message that is cut short', () => {
  const CLAIM = { operations: ['database.modifyDocument', 'database.updateDocument'], collections: ['noticeReceipts'], nth: 1 }
  const OUTCOME = { ...CLAIM, nth: 2 }
  const SEND = { operations: ['wx.'], nth: 1 }
  // What is known at each step: before the claim nothing happened yet; with it nobody sends again; with the outcome it is known.
  test.each(sampleOf([
    ['before it is claimed', CLAIM, 'before', 'sent', 1],
    ['once it is claimed', CLAIM, 'after', 'unsure', 0],
    ['before it is sent', SEND, 'before', 'unsure', 0],
    ['once it was sent', SEND, 'after', 'unsure', 1],
    ['before it is known that it was', OUTCOME, 'before', 'unsure', 1],
    ['once it is known', OUTCOME, 'after', 'sent', 1],
  ] as const, 2))('%s: never sent twice, never counted as reached, and telephoned at the deadline', async (name, { nth, ...only }, killWhen, state, sent) => {
    for (const [index, ids] of [['own81', 'o_own81'], ['far81', 'o_girl']].entries()) {
      const [id = '', openid = ''] = ids
      const building = `8${index + 1}`
      if (!(await exists(id))) await world.addPerson(id, { name: `示例${id}`, address: `华光城 ${building} 幢 1`, ...(index === 0 ? { openid } : family(['girl', '女儿', ['alerts']])) })
      await allow(openid)
      const noticeId = await published(building, { validUntil: (await world.emulator.clock()).now + 3 * DAY })
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen, only: { functions: ['timers'], ...only } })
      await world.emulator.fire('timers', 'tellNotices')
      const { counts } = await world.emulator.faultReport()
      await world.emulator.faults({})
      expect((counts.killBefore ?? 0) + (counts.killAfter ?? 0)).toBe(1)
      // As long as somebody may still be sending it, nothing is said of it; then it is given up, and not repeated.
      await tell(world)
      if (state === 'unsure') expect(await lineOf(world, noticeId, id)).toMatchObject({ state: 'notYetSent' })
      await world.emulator.pass(6 * MINUTE)
      await tell(world)
      expect([name, id, await messaged(noticeId)]).toEqual([name, id, Array.from({ length: sent }, () => openid)])
      expect(await lineOf(world, noticeId, id)).toMatchObject({ state, sendAt: null, sendingSince: null, duty: 'none' })
      expect((await world.phone('o_social').do('notice.reach', { noticeId })).counts).toMatchObject({ [state]: 1, understood: 0 })
      await world.emulator.pass(HOUR)
      await tell(world)
      expect(await listed(noticeId)).toMatchObject([{ personId: id, state, sentTo: [{ kinship: index === 0 ? null : '女儿', isSure: state === 'sent' }] }])
      expect(await messaged(noticeId)).toHaveLength(sent)
      await world.phone('o_social').do('notice.withdraw', { noticeId, reason: '修好了' })
      await tell(world)
    }
  }, 60_000)
  const exists = async (id: string): Promise<boolean> => ((await world.emulator.dump(['people']))['people'] ?? []).some((one) => one['_id'] === id)

  test('of a family the others still get theirs; who opens it meanwhile has the last word', async () => {
    await world.addPerson('e90', { name: '示例庚', address: '华光城 90 幢 1', ...family(['boy', '儿子', ['alerts']], ['girl', '女儿', ['alerts']]) })
    await allow('o_boy', 'o_girl')
    const noticeId = await published('90')
    await world.emulator.faults({ killFunction: { nth: [1] }, killWhen: 'after', only: { functions: ['timers'], operations: [...SEND.operations] } })
    await world.emulator.fire('timers', 'tellNotices')
    await world.emulator.faults({})
    await world.emulator.pass(6 * MINUTE)
    await tell(world)
    expect(await messaged(noticeId)).toEqual(['o_boy', 'o_girl'])
    expect(await lineOf(world, noticeId, 'e90')).toMatchObject({ state: 'sent', sentTo: [{ personId: 'boy', outcome: null }, { personId: 'girl', outcome: 'sent' }] })
    await world.phone('o_boy').do('notice.acknowledge', { noticeId, elderId: 'e90', edition: 1 })
    expect(await lineOf(world, noticeId, 'e90')).toMatchObject({ state: 'understood', by: { kinship: '儿子' } })
  })
  test('afterwards every law holds', async () => {
    await world.emulator.pass(10 * MINUTE)
    await tell(world)
    expect(await world.brokenLaws()).toEqual([])
  })
})
