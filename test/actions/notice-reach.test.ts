/**
 * Law 6 through the real function: a notice reaches exactly those whom it is for, whoever moves meanwhile; a correction asks
 * anew; who has not understood by the deadline is called, then visited; a shut door is a safety case.
 */
import fc from 'fast-check'
import type { InputOf, OutputOf } from '../../src/contract'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { receiptIdOf } from '../../src/domain/reach'
import type { Role, RoleGrant } from '../../src/domain/role'
import { aNotice, audienceOf, lineOf, linesOf, tell, wishOf } from './notice-world'
import { newRequestId, person, startWorld, type World } from './world'

/** Enough for two batches of one community. */
const CROWD = 320
/** A hundred in the full run. */
const AUDIENCES = Number(process.env['NOTICE_AUDIENCES'] ?? 8)
const roles: readonly Exclude<Role, 'resident'>[] = ['volunteer', 'courier']

/** Whom the crowd is made of, in plain columns: what the test reckons with by itself. */
const crowd = Array.from({ length: CROWD }, (_, index) => ({
  id: `c${String(index).padStart(3, '0')}`, communityId: index % 8 === 7 ? 'taigu' : 'huaguang', year: 1930 + (index * 7) % 60, building: index % 5 === 0 ? null : 1 + (index * 3) % 9, livesAlone: index % 4 === 0,
  role: index % 6 === 0 ? roles[index % 2] ?? null : null, hasAccount: index % 3 !== 0, isGone: index % 41 === 40, bookedOn: index % 9 === 4 ? '2026-11-25' : null,
}))

let world: World
beforeAll(async () => {
  world = await startWorld({ communities: [{ communityId: 'huaguang', name: '华光城', duty: [], grids: [{ name: '东网格', buildings: [1, 2, 3], duty: [] }] }, { communityId: 'taigu', name: '太古城', duty: [] }] })
  await world.addPerson('second', { openid: 'o_second', name: '示例二', communityId: 'taigu', birthOn: '1985-01-01', grants: [{ role: 'admin' }] })
  await world.emulator.insert('people', crowd.map((one) => person(one.id, {
    communityId: one.communityId, birthOn: `${one.year}-06-15`, address: one.building === null ? '园丁新村' : `华光城 ${one.building} 幢 302`, livesAlone: one.livesAlone, accountId: one.hasAccount ? `o_${one.id}` : null,
    ...(one.isGone ? { standing: 'merged', mergedInto: 'mother', phone: null, address: null } : {}),
    busy: one.bookedOn === null ? [] : [{ bookingId: `b_${one.id}`, from: instantOf(one.bookedOn, 600), to: instantOf(one.bookedOn, 660), at: 1, freedAt: null }],
  })))
  await world.emulator.insert('accounts', crowd.filter((one) => one.hasAccount).map((one) => ({
    _id: `o_${one.id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: one.id, name: '示例居民', grants: one.role === null ? [] : [{ role: one.role } satisfies RoleGrant], requests: {},
  })))
})
afterAll(() => world.stop())

const now = async (): Promise<number> => (await world.emulator.clock()).now
const ids = async (noticeId: string): Promise<string[]> => (await linesOf(world, noticeId)).map((line) => line.personId).sort()
type Wish = Partial<InputOf<'notice.save'>>

/** Published by whoever may, with the second person's yes where that is needed. */
async function published(changes: Wish, openid = 'o_admin'): Promise<string> {
  const { noticeId } = await world.phone(openid).do('notice.save', wishOf(await now(), changes))
  const { status } = await world.phone(openid).do('notice.submit', { noticeId })
  if (status === 'waiting') await world.phone('o_second').do('notice.decide', { noticeId, isApproved: true })
  return noticeId
}

describe('whom it is for', () => {
  const audiences = fc.record({
    communityIds: fc.subarray(['huaguang', 'taigu'], { minLength: 1 }), buildings: fc.subarray(['1', '2', '4', '9']), grids: fc.subarray(['东网格']), roles: fc.subarray([...roles]),
    ageFrom: fc.option(fc.integer({ min: 50, max: 90 })), span: fc.option(fc.integer({ min: 0, max: 30 })), livesAlone: fc.boolean(), bookingOn: fc.constantFrom<string | null>(null, null, '2026-11-25', '2026-11-26'),
  })
  test('nobody outside, nobody missing, and as many as were said before', async () => {
    await fc.assert(fc.asyncProperty(audiences, async ({ span, ...its }) => {
      const isOne = its.communityIds.length === 1
      const audience = audienceOf({ ...its, isWhole: !isOne, buildings: isOne ? its.buildings : [], grids: its.communityIds.join('') === 'huaguang' ? its.grids : [], ageTo: span === null ? null : (its.ageFrom ?? 60) + span })
      // Reckoned from the columns above, not by the product's rule.
      const ofThese = new Set([...audience.buildings, ...((audience.grids ?? []).length > 0 ? ['1', '2', '3'] : [])])
      const expected = crowd.filter((one) => {
        const age = 2026 - one.year
        return !one.isGone && audience.communityIds.includes(one.communityId) && (ofThese.size === 0 || ofThese.has(String(one.building))) && (audience.ageFrom === null || age >= audience.ageFrom) && (audience.ageTo === null || age <= audience.ageTo)
          && (!audience.livesAlone || one.livesAlone) && (audience.roles.length === 0 || (one.hasAccount && one.role !== null && audience.roles.includes(one.role))) && (audience.bookingOn === null || one.bookedOn === audience.bookingOn)
      })
      const counted = await world.phone('o_admin').do('notice.count', { audience })
      if (counted.people === 0) {
        expect(expected).toEqual([])
        const { noticeId } = await world.phone('o_admin').do('notice.save', wishOf(await now(), { audience }))
        expect(await world.phone('o_admin').codeOf('notice.submit', { noticeId })).toBe('NOBODY_ADDRESSED')
        return
      }
      const noticeId = await published({ audience })
      await tell(world)
      const lines = await linesOf(world, noticeId)
      expect(lines.map((line) => line.personId).filter((id) => id.startsWith('c')).sort()).toEqual(expected.map((one) => one.id))
      expect({ ...counted, without: counted.withoutAccount }).toMatchObject({ people: lines.length, isAtLeast: false, without: lines.filter((line) => line.accountId === null).length })
      expect(new Set(lines.map((line) => line._id)).size).toBe(lines.length)
      await world.phone('o_admin').do('notice.withdraw', { noticeId, reason: '试过了' })
    }), { numRuns: AUDIENCES, seed: 20_261_123 })
  }, AUDIENCES * 15_000)

  test('publishing returns with the first batch written; people who move meanwhile are met wherever they went', async () => {
    await world.addPerson('zleaver', { openid: 'o_zleaver', name: '示例搬走', address: '华光城 1 幢 1' })
    await world.addPerson('acomer', { openid: 'o_acomer', name: '示例搬来', communityId: 'taigu' })
    const noticeId = await published({}, 'o_social')
    const first = await ids(noticeId)
    expect(first.length).toBeGreaterThan(100)
    expect(first).not.toContain('zleaver')
    // One leaves before the batches come to them, one comes to where they have been, one is new, one moves out afterwards.
    await world.phone('o_social').do('person.move', { personId: 'zleaver', communityId: 'taigu' })
    await world.phone('o_social_taigu').do('person.move', { personId: 'acomer', communityId: 'huaguang', address: '华光城 3 幢 101' })
    const { personId: freshId } = await world.phone('o_social').do('person.register', { name: '示例新来', birthOn: '1950-01-01', communityId: 'huaguang', livesAlone: true, identityCheck: 'idCardSeen' })
    await tell(world)
    const meant = await ids(noticeId)
    expect(meant).toEqual(expect.arrayContaining(['acomer', freshId, 'mother']))
    expect(meant).not.toContain('zleaver')
    await world.phone('o_social').do('person.move', { personId: 'acomer', communityId: 'taigu' })
    await tell(world)
    expect(await lineOf(world, noticeId, 'acomer')).toMatchObject({ hasMovedAway: true, duty: 'none', sendAt: null, attention: 0 })
    const { byCommunity } = await world.phone('o_social').do('notice.reach', { noticeId })
    expect(byCommunity[0]?.addressed).toBe(meant.length - 1)
    await world.phone('o_social').do('notice.withdraw', { noticeId, reason: '修好了' })
  }, 60_000)

  test('who moves within the audience takes the line along, to the call list of the new community', async () => {
    await world.addPerson('within', { name: '示例换社区', address: '华光城 2 幢 1', phone: '19000000001' })
    const noticeId = await published({ audience: audienceOf({ communityIds: ['huaguang', 'taigu'], isWhole: true }), deadlineAt: (await now()) + HOUR })
    await tell(world)
    await world.phone('o_social').do('person.move', { personId: 'within', communityId: 'taigu', address: '太古城 3 幢 5' })
    await world.emulator.pass(HOUR)
    await tell(world)
    expect(await lineOf(world, noticeId, 'within')).toMatchObject({ communityId: 'taigu', building: '3', duty: 'call' })
    expect(await world.phone('o_social').codeOf('notice.told', { noticeId, personId: 'within', how: 'phone', outcome: 'told' })).toBe('NOT_FOUND')
    expect(await world.phone('o_social_taigu').codeOf('notice.told', { noticeId, personId: 'within', how: 'phone', outcome: 'told' })).toBe('OK')
    await world.phone('o_admin').do('notice.withdraw', { noticeId, reason: '修好了' })
  }, 60_000)

  test('who comes to be meant in another way is on the list at the deadline', async () => {
    await world.addPerson('bylater', { name: '示例后来', address: '园丁新村' })
    const noticeId = await published({ audience: audienceOf({ buildings: ['77'] }), deadlineAt: (await now()) + HOUR }).catch(() => null)
    expect(noticeId).toBeNull()
    await world.addPerson('first77', { name: '示例先来', address: '华光城 77 幢 1' })
    const id = await published({ audience: audienceOf({ buildings: ['77'] }), deadlineAt: (await now()) + HOUR })
    await world.phone('o_social').do('person.setAddress', { personId: 'bylater', address: '华光城 77 幢 2' })
    await world.emulator.pass(HOUR)
    await tell(world)
    expect((await linesOf(world, id)).map((line) => [line.personId, line.duty])).toEqual(expect.arrayContaining([['first77', 'call'], ['bylater', 'call']]))
  })
})

describe('the deadline', () => {
  let noticeId: string
  const listed = async (what: 'call' | 'visit') => (await world.phone('o_social').do('notice.duty', { what, noticeId })).items
  const told = (personId: string, how: 'phone' | 'door', outcome: 'told' | 'noAnswer' | 'needsHelp', requestId = newRequestId()) => world.phone('o_social').do('notice.told', { noticeId, personId, how, outcome, ...(outcome === 'needsHelp' ? { words: '提不动水' } : {}) }, requestId)
  beforeAll(async () => {
    // One whom WeChat reaches, one without an account, one without a telephone, an elder whose daughter answers for her.
    await world.addPerson('d88reached', { openid: 'o_d88reached', name: '示例甲', address: '华光城 88 幢 1' })
    await world.addPerson('d88noaccount', { name: '示例乙', address: '华光城 88 幢 2', birthOn: '1936-01-01', livesAlone: true })
    await world.addPerson('d88nophone', { name: '示例丙', address: '华光城 88 幢 3', phone: null })
    await world.addPerson('d2alone', { name: '示例丁', address: '华光城 2 幢 3', birthOn: '1930-01-01', livesAlone: true })
    await world.addPerson('d88helped', { openid: 'o_d88helped', name: '示例戊', address: '华光城 88 幢 4' })
    await world.emulator.subscribe('o_d88reached', ['tpl_notice'])
    await world.phone('o_d88reached').do('consent.record', { answers: [{ templateId: 'tpl_notice', answer: 'accept' }] })
    noticeId = await published({ audience: audienceOf({ buildings: ['88', '2'] }), deadlineAt: (await now()) + HOUR }, 'o_social')
    await tell(world)
  })
  test('no quota is a state; one message went out, to the one who allowed it', async () => {
    expect(await lineOf(world, noticeId, 'd88reached')).toMatchObject({ state: 'sent', sendAt: null })
    for (const personId of ['d88noaccount', 'd88nophone', 'd88helped']) expect(await lineOf(world, noticeId, personId)).toMatchObject({ state: 'noQuota', sendAt: null })
    expect((await world.emulator.outbox()).filter((message) => message.page.includes(noticeId)).map((message) => message.openid)).toEqual(['o_d88reached'])
    expect((await world.emulator.dump(['consents']))['consents']?.find((consent) => consent['accountId'] === 'o_d88reached')).toMatchObject({ left: 0, used: 1 })
  })
  test('everybody who asked for help is found, page by page in the order of asking, and it is said how many they are', async () => {
    const [many, line] = ['nhelpmany', await lineOf(world, noticeId, 'd88helped')]
    const by = { personId: 'd88helped', name: '示例戊', as: 'elder' as const, kinship: null, scope: null }
    // Three of them ask in the same moment each time.
    const lines = Array.from({ length: 125 }, (_, index) => ({ ...line, _id: receiptIdOf(many, `asker${index}`), noticeId: many, personId: `asker${index}`, help: { at: line.listedAt + Math.floor(index / 3), words: null, by, state: 'open' as const, taken: null, done: null } }))
    await world.emulator.insert('noticeReceipts', lines)
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: OutputOf<'notice.duty'> = await world.phone('o_social').do('notice.duty', { what: 'help', noticeId: many, ...(cursor === undefined ? {} : { cursor }) })
      expect([page.items.length <= 20, page.all]).toEqual([true, cursor === undefined ? 125 : null])
      seen.push(...page.items.map((row) => row.personId))
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([125, 125])
    expect(await world.phone('o_social_taigu').do('notice.duty', { what: 'help', noticeId: many })).toMatchObject({ items: [], all: 0 })
  })
  test('要帮忙 is a task at once, before any deadline; of two who take it one does', async () => {
    await world.phone('o_d88helped').do('notice.askForHelp', { noticeId, elderId: 'd88helped', edition: 1, words: '提不动水' })
    expect((await world.phone('o_social').do('notice.duty', { what: 'help', noticeId })).items).toMatchObject([{ personId: 'd88helped', state: 'understood', help: { words: '提不动水', state: 'open' } }])
    const answers = await Promise.all(['o_social', 'o_admin'].map((openid) => world.phone(openid).codeOf('notice.takeHelp', { noticeId, personId: 'd88helped' })))
    expect(answers.sort()).toEqual(['ALREADY_TAKEN', 'OK'])
  })
  test('at the deadline who has not understood is called; whom nobody can telephone is gone to', async () => {
    expect(await listed('call')).toEqual([])
    await world.emulator.pass(HOUR)
    await tell(world)
    const call = (await listed('call')).map((row) => row.personId)
    // The grid first, then the building, then who is alone and very old.
    expect(call.filter((id) => id.startsWith('d'))).toEqual(['d2alone', 'd88noaccount', 'd88reached'])
    expect((await listed('call'))[0]).toMatchObject({ gridName: '东网格', building: '2' })
    expect((await listed('visit')).map((row) => row.personId)).toEqual(['d88nophone'])
  })
  test('no answer twice on the telephone is a visit; a shut door is a safety case, each shut door one, told again none', async () => {
    await told('d88noaccount', 'phone', 'noAnswer')
    expect(await told('d88noaccount', 'phone', 'noAnswer')).toMatchObject({ duty: 'visit', safetyCaseId: null })
    const requestId = newRequestId()
    const shut = await told('d88noaccount', 'door', 'noAnswer', requestId)
    expect(shut.safetyCaseId).not.toBeNull()
    expect(await told('d88noaccount', 'door', 'noAnswer', requestId)).toEqual(shut)
    await world.phone('o_admin').do('safety.close', { safetyCaseId: shut.safetyCaseId ?? '', how: { by: 'seenInPerson', words: '在菜场', finding: 'fine', seenAt: await now() } })
    const again = await told('d88noaccount', 'door', 'noAnswer')
    expect(again.safetyCaseId).not.toBe(shut.safetyCaseId)
    const cases = ((await world.emulator.dump(['safetyCases']))['safetyCases'] ?? []).filter((safety) => safety['elderId'] === 'd88noaccount')
    expect(cases.map((safety) => safety['status']).sort()).toEqual(['closed', 'open'])
    expect(await told('d88noaccount', 'door', 'told')).toMatchObject({ state: 'toldAtDoor', duty: 'none' })
  })
  test('the door was shut and the call was cut short: the clock opens the case', async () => {
    for (const nth of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const personId = `cut${nth}x`
      await world.addPerson(personId, { name: '示例断了', address: '华光城 88 幢 9', phone: null })
      await world.emulator.pass(MINUTE)
      await tell(world)
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['api'], actions: ['notice.told'], operations: ['database.'] } })
      await world.phone('o_social').ask('notice.told', { noticeId, personId, how: 'door', outcome: 'noAnswer' }).catch(() => null)
      await world.emulator.faults({})
      const line = (await linesOf(world, noticeId)).find((one) => one.personId === personId)
      await world.emulator.pass(2 * MINUTE)
      await tell(world)
      const cases = ((await world.emulator.dump(['safetyCases']))['safetyCases'] ?? []).filter((safety) => safety['elderId'] === personId)
      expect({ nth, cases: cases.length }).toEqual({ nth, cases: (line?.tries.length ?? 0) > 0 ? 1 : 0 })
    }
  }, 60_000)
  test('needs help at the door is told and a task', async () => {
    expect(await told('d88nophone', 'door', 'needsHelp')).toMatchObject({ state: 'toldAtDoor', duty: 'none' })
    expect((await world.phone('o_social').do('notice.duty', { what: 'help', noticeId })).items.map((row) => row.personId)).toContain('d88nophone')
  })
  test('past its time nobody is called for it any more, and its figures stand', async () => {
    await world.emulator.pass(4 * DAY)
    await tell(world)
    expect([await listed('call'), await listed('visit')]).toEqual([[], []])
    expect((await world.phone('o_social').do('notice.reach', { noticeId })).counts).toMatchObject({ understood: 1, toldAtDoor: 2 })
  })
})

describe('a correction', () => {
  const text = { title: '周三停水，请先储水', body: '改为 11月26日 停水。', whatToDo: '今晚接好水' }
  test('asks again whoever had acknowledged, keeps what they said, and is acknowledged as it stands on the screen', async () => {
    await world.addPerson('e99', { openid: 'o_e99', name: '示例己', address: '华光城 99 幢 1', delegates: { daughter: { personId: 'daughter', name: '王敏', kinship: '女儿', scopes: ['alerts'], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'e99', name: '示例己', how: 'elderTap' }, endedAt: null, endedBy: null } }, delegateIds: ['daughter'] })
    await world.addPerson('f99', { openid: 'o_f99', name: '示例庚', address: '华光城 99 幢 2' })
    const noticeId = await published({ audience: audienceOf({ buildings: ['99'] }) }, 'o_social')
    await tell(world)
    const say = (openid: string, elderId: string, edition: number) => world.phone(openid).codeOf('notice.acknowledge', { noticeId, elderId, edition })
    expect(await say('o_daughter', 'e99', 1)).toBe('OK')
    expect(await lineOf(world, noticeId, 'e99')).toMatchObject({ state: 'understood', by: { as: 'family', name: '王敏', kinship: '女儿' } })
    expect((await world.phone('o_e99').do('account.log', { personId: 'e99' })).items.map((item) => item.what)).toContain('noticeAcknowledged')
    // Published by hand past the ledger's step: whoever has the new text on the screen answers it, before their line knows.
    await world.emulator.faults({ errorBefore: { nth: [1] }, only: { functions: ['api'], actions: ['notice.correct'], collections: ['noticeReceipts'] } })
    await world.phone('o_social').ask('notice.correct', { noticeId, ...text, pictures: [], attachments: [], summary: '改到周四' })
    await world.emulator.faults({})
    expect(await lineOf(world, noticeId, 'f99')).toMatchObject({ edition: 1 })
    expect(await say('o_f99', 'f99', 2)).toBe('OK')
    await tell(world)
    expect(await lineOf(world, noticeId, 'f99')).toMatchObject({ edition: 2, state: 'understood' })
    expect(await lineOf(world, noticeId, 'e99')).toMatchObject({ edition: 2, state: 'noQuota', by: null, attention: 2, understood: [{ edition: 1, by: { as: 'family' } }] })
    expect(await say('o_e99', 'e99', 1)).toBe('CORRECTED')
    const shown = await world.phone('o_e99').do('notice.show', { noticeId, elderId: 'e99' })
    expect(shown.corrected?.differences).toEqual([{ was: expect.stringContaining('11月25日'), is: '改为 11月26日 停水。' }, { was: expect.any(String), is: null }])
    expect(await say('o_e99', 'e99', 2)).toBe('OK')
    expect((await lineOf(world, noticeId, 'e99')).understood.map((one) => one.edition)).toEqual([1, 2])
  })
  test('after the deadline needs a new one', async () => {
    const noticeId = await published({ audience: audienceOf({ buildings: ['99'] }), deadlineAt: (await now()) + HOUR }, 'o_social')
    await world.emulator.pass(2 * HOUR)
    await tell(world)
    const correction = { noticeId, ...text, pictures: [], attachments: [], summary: '改到周四' }
    expect(await world.phone('o_social').ask('notice.correct', correction)).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', details: { field: 'deadlineAt' } } })
    await world.phone('o_social').do('notice.correct', { ...correction, deadlineAt: (await now()) + 3 * HOUR })
    await tell(world)
    expect(await lineOf(world, noticeId, 'f99')).toMatchObject({ edition: 2, duty: 'none' })
    await world.emulator.pass(4 * HOUR)
    await tell(world)
    expect(await lineOf(world, noticeId, 'f99')).toMatchObject({ edition: 2, duty: 'call' })
  })
})

/** For the house of the people of the story. */
const near = { changes: { audience: audienceOf({ buildings: ['12'] }) } } as const

describe('on top, taken back, and in the evening', () => {
  test('a pin stands above newer ones until its end', async () => {
    const at = async () => (await world.phone('o_mother').do('notice.list', { elderId: 'mother' })).items
    const pinned = await aNotice(world, near)
    await world.phone('o_social').do('notice.pin', { noticeId: pinned, until: (await now()) + 2 * HOUR })
    await world.emulator.pass(MINUTE)
    const newer = await aNotice(world, near)
    await tell(world)
    expect((await at()).slice(0, 2).map((item) => [item.noticeId, item.isPinned])).toEqual([[pinned, true], [newer, false]])
    await world.emulator.pass(2 * HOUR)
    await tell(world)
    expect((await at()).slice(0, 2).map((item) => [item.noticeId, item.isPinned])).toEqual([[newer, false], [pinned, false]])
  })
  test('past its time it is in the archive only, taken back or not', async () => {
    const mother = world.phone('o_mother')
    const [kept, back] = [await aNotice(world, near), await aNotice(world, near)]
    await tell(world)
    await world.phone('o_social').do('notice.withdraw', { noticeId: back, reason: '修好了' })
    await tell(world)
    const listed = async () => (await mother.do('notice.list', { elderId: 'mother' })).items.map((item) => item.noticeId).filter((id) => [kept, back].includes(id)).sort()
    expect(await listed()).toEqual([kept, back].sort())
    await world.emulator.pass(4 * DAY)
    await tell(world)
    expect(await listed()).toEqual([])
    const found = (await mother.do('notice.archive', {})).items.filter((item) => [kept, back].includes(item.noticeId))
    expect(found.map((item) => [item.isExpired, item.isWithdrawn]).sort()).toEqual([[true, false], [true, true]])
    expect((await mother.do('notice.show', { noticeId: kept, elderId: 'mother' })).isExpired).toBe(true)
  })
  test('what a slow function wrote after it was taken back learns it, too', async () => {
    const noticeId = await aNotice(world, near)
    await tell(world)
    const line = await lineOf(world, noticeId, 'mother')
    await world.phone('o_social').do('notice.withdraw', { noticeId, reason: '修好了' })
    await tell(world)
    expect(await lineOf(world, noticeId, 'mother')).toMatchObject({ isWithdrawn: true, sendAt: null, duty: 'none' })
    await world.emulator.insert('noticeReceipts', [{ ...line, _id: `${noticeId}_slow`, personId: 'slow' }])
    await world.emulator.pass(2 * MINUTE)
    await tell(world)
    expect(await lineOf(world, noticeId, 'slow')).toMatchObject({ isWithdrawn: true, sendAt: null })
  })
  test('a digest goes once an evening to who allowed it, for what is ordinary and unread', async () => {
    for (const openid of ['o_mother', 'o_neighbour']) {
      await world.emulator.subscribe(openid, ['tpl_digest'])
      await world.emulator.subscribe(openid, ['tpl_digest'])
      for (let time = 0; time < 2; time++) await world.phone(openid).do('consent.record', { answers: [{ templateId: 'tpl_digest', answer: 'accept' }] })
    }
    await world.phone('o_neighbour').do('notice.setWish', { elderId: 'neighbour', onlyMustReach: true })
    const { latest } = await world.emulator.calls()
    await aNotice(world, { changes: { ...near.changes, level: 'ordinary', deadlineAt: null, opensCase: false, title: '周五唱歌', validUntil: (await now()) + 3 * DAY } })
    await tell(world)
    for (let run = 0; run < 3; run++) await world.emulator.fire('timers', 'digestNotices')
    const digests = async () => (await world.emulator.outbox()).filter((message) => message.templateId === 'tpl_digest').map((message) => message.openid)
    expect(await digests()).toEqual(['o_mother'])
    await world.emulator.pass(DAY)
    await world.emulator.fire('timers', 'digestNotices')
    expect(await digests()).toEqual(['o_mother'])
    expect((await world.emulator.calls(latest)).rows.every((row) => row.ok)).toBe(true)
  })
})

describe('one person, one place', () => {
  test('a merge makes one line of two, the farther answer holds; an erasure leaves nothing; an export holds it', async () => {
    await world.addPerson('twin1', { openid: 'o_twin1', name: '示例双', address: '华光城 66 幢 1' })
    await world.addPerson('twin2', { name: '示例双', address: '华光城 66 幢 2' })
    const noticeId = await published({ audience: audienceOf({ buildings: ['66'] }) }, 'o_social')
    await tell(world)
    await world.phone('o_social').do('notice.told', { noticeId, personId: 'twin2', how: 'phone', outcome: 'told' })
    await world.phone('o_social').do('person.merge', { keepId: 'twin1', dropId: 'twin2' })
    await world.emulator.fire('timers', 'settle')
    expect((await linesOf(world, noticeId)).map((line) => [line.personId, line.state])).toEqual([['twin1', 'toldByPhone']])
    const { items } = await world.phone('o_twin1').do('notice.list', { elderId: 'twin1' })
    expect(items.filter((item) => item.noticeId === noticeId)).toHaveLength(1)
    expect(JSON.stringify(await world.phone('o_twin1').do('account.export', {}))).toContain(noticeId)
    await world.phone('o_twin1').do('account.erase', { confirmName: '示例双' })
    await world.emulator.fire('timers', 'settle')
    expect(await linesOf(world, noticeId)).toEqual([])
  })
  test('who wrote, told and helped is nobody after an erasure', async () => {
    await world.addPerson('gone', { openid: 'o_gone', name: '示例走人', birthOn: '1980-01-01', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
    const noticeId = await published(near.changes, 'o_gone')
    await tell(world)
    await world.phone('o_gone').do('notice.told', { noticeId, personId: 'neighbour', how: 'phone', outcome: 'needsHelp', words: '提水' })
    await world.phone('o_gone').do('notice.takeHelp', { noticeId, personId: 'neighbour' })
    await world.phone('o_gone').do('account.erase', { confirmName: '示例走人' })
    for (let round = 0; round < 3; round++) await world.emulator.fire('timers', 'settle')
    const kept = await world.emulator.dump(['notices', 'noticeReceipts', 'consents'])
    expect(JSON.stringify(kept)).not.toContain('示例走人')
    expect((kept['notices'] ?? []).find((notice) => notice['_id'] === noticeId)).toMatchObject({ writtenBy: { name: '已注销' } })
  })
  test('a year after its end the lines are forgotten, the figures stay', async () => {
    const noticeId = await published({ audience: audienceOf({ buildings: ['99'] }), validUntil: (await now()) + DAY }, 'o_social')
    await tell(world)
    await world.emulator.pass(2 * DAY)
    await tell(world)
    await world.emulator.pass(2 * MINUTE)
    await tell(world)
    const before = await world.phone('o_social').do('notice.reach', { noticeId })
    await world.emulator.pass(370 * DAY)
    for (let night = 0; night < 6; night++) await world.emulator.fire('timers', 'forget')
    expect(await linesOf(world, noticeId)).toEqual([])
    expect((await world.phone('o_social').do('notice.reach', { noticeId })).counts).toEqual(before.counts)
  })
})

test('afterwards every law holds, and the law finds who is missing', async () => {
  await tell(world)
  await world.emulator.pass(10 * MINUTE)
  await tell(world)
  expect(await world.brokenLaws()).toEqual([])
  const noticeId = await published({}, 'o_social')
  await tell(world)
  await world.emulator.pass(10 * MINUTE)
  await world.emulator.insert('people', [person('overlooked', { communityId: 'huaguang' })])
  expect(await world.brokenLaws()).toEqual([`每条通知：该到的人都在册，一人一处: ${noticeId}_overlooked`])
}, 60_000)
