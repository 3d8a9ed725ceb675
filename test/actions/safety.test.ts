/** 一键呼叫 and safety cases (law 4), as the elder, the family and the staff live them. */
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Person } from '../../src/domain/person'
import { ladder } from './meal-world'
import { delegation, MONDAY_NINE, newRequestId, startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

const duty = [{ personId: 'social', name: '李静' }, { personId: 'socialTaigu', name: '周岚' }]
const withLadder = { ladders: [ladder], communities: [{ communityId: 'huaguang', name: '华光城', duty }, { communityId: 'taigu', name: '太古城', duty: [...duty].reverse() }] }

let world: World
beforeAll(async () => {
  world = await startWorld(withLadder)
})
afterAll(() => world.stop())

let serial = 0
/** An elder of 华光城 with an account, whose daughter 王敏 is alerted. */
async function anElder(options: Partial<Person> = {}): Promise<string> {
  const id = `elder${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', livesAlone: true, ...delegation('daughter', '王敏'), ...options })
  return id
}
const as = (id: string) => world.phone(`o_${id}`)
const casesOf = async (elderId: string) => ((await world.emulator.dump(['safetyCases']))['safetyCases'] ?? []).filter((safety) => safety['elderId'] === elderId)
const linesOf = async (safetyCaseId: string) => (await world.phone('o_social').do('safety.show', { safetyCaseId })).timeline.map((entry) => entry.what)
const closing = (now: number) => ({ by: 'seenInPerson', words: '人在家，没事', finding: 'fine', seenAt: now }) as const
const clock = async () => (await world.emulator.clock()).now

test('who of the family is called first is the elder’s word, also told at the counter, where it is written down', async () => {
  const given = (personId: string, name: string) => delegation(personId, name, ['alerts'])
  const [daughter, son] = [given('daughter', '王敏'), given('neighbour', '示例邻居')]
  await world.addPerson('called', { openid: 'o_called', name: '示例先后', delegates: { ...daughter.delegates, ...son.delegates }, delegateIds: ['daughter', 'neighbour'] })
  const family = async () => {
    const { safetyCaseId } = await world.phone('o_called').do('safety.call', { elderId: 'called' })
    const names = (await world.phone('o_social').do('safety.show', { safetyCaseId })).rungs.filter((rung) => rung.kind === 'family').map((rung) => rung.name)
    await world.phone('o_social').do('safety.close', { safetyCaseId, how: closing((await world.emulator.clock()).now) })
    return names
  }
  expect(await family()).toEqual(['王敏', '示例邻居'])
  expect(await world.phone('o_called').codeOf('delegation.setOrder', { elderId: 'called', personIds: ['former'] })).toBe('NO_MATCH')
  await world.phone('o_social').do('delegation.setOrder', { elderId: 'called', personIds: ['neighbour'] })
  expect(await family()).toEqual(['示例邻居', '王敏'])
  expect((await world.phone('o_called').do('delegation.ofMe', {})).callOrder).toEqual(['neighbour', 'daughter'])
  expect((await world.phone('o_called').do('account.log', { personId: 'called' })).items).toContainEqual(expect.objectContaining({ what: 'callOrderSet', byName: '李静' }))
})

describe('一键呼叫', () => {
  test('one case, seen alike by the elder, the family, the social worker and the subdistrict', async () => {
    const elder = await anElder()
    const { safetyCaseId, isNew } = await as(elder).do('safety.call', { elderId: elder, words: '摔了一跤' })
    expect(isNew).toBe(true)
    const shown = await Promise.all((['o_social', 'o_daughter', 'o_admin', `o_${elder}`] as const).map((openid) => world.phone(openid).do('safety.show', { safetyCaseId })))
    expect(shown.map((one) => one.as)).toEqual(['socialWorker', 'family', 'admin', 'elder'])
    for (const one of shown) {
      expect(one).toMatchObject({ status: 'open', reason: 'calledForHelp', words: '摔了一跤', rung: { kind: 'elder' }, isNight: false, nextAt: one.openedAt + 5 * MINUTE, dutyPhone: '0574-00000000' })
      expect(one.rungs.map((rung) => [rung.kind, rung.name, (rung.at - one.openedAt) / MINUTE, rung.isReached])).toEqual([
        ['elder', '示例老人', 0, true], ['family', '王敏', 5, false], ['duty', '李静', 10, false], ['next', '周岚', 25, false], ['emergency', '', 35, false],
      ])
    }
    expect((await world.phone('o_social').do('worker.today', {})).safety.find((safety) => safety.safetyCaseId === safetyCaseId)).toMatchObject({ status: 'open', rung: { kind: 'elder' } })
  })
  test('pressed ten times at once, and again later, it is one case', async () => {
    const elder = await anElder()
    const answers = await Promise.all(Array.from({ length: 10 }, () => as(elder).do('safety.call', { elderId: elder })))
    expect(new Set(answers.map((answer) => answer.safetyCaseId)).size).toBe(1)
    expect(answers.filter((answer) => answer.isNew)).toHaveLength(1)
    await world.emulator.advance(2 * MINUTE)
    expect(await world.phone('o_daughter').do('safety.call', { elderId: elder })).toEqual({ safetyCaseId: answers[0]?.safetyCaseId, isNew: false })
    expect(await casesOf(elder)).toHaveLength(1)
    expect((await linesOf(answers[0]?.safetyCaseId ?? '')).filter((what) => what === 'pressedAgain')).toHaveLength(10)
  })
  test('closed, another call the same day is another case; a late copy of the first press opens nothing', async () => {
    const elder = await anElder()
    const requestId = newRequestId()
    const first = await as(elder).do('safety.call', { elderId: elder }, requestId)
    await world.phone('o_social').do('safety.close', { safetyCaseId: first.safetyCaseId, how: closing(await clock()) })
    const second = await as(elder).do('safety.call', { elderId: elder })
    expect(second).toMatchObject({ isNew: true })
    expect(await as(elder).do('safety.call', { elderId: elder }, requestId)).toEqual(first)
    expect(await casesOf(elder)).toHaveLength(2)
    expect(await linesOf(second.safetyCaseId)).not.toContain('pressedAgain')
  })
  test.each(sampleOf([3, 4, 5, 6, 7], 2))('killed after database call %i and pressed again by the phone: one case, and the same answer', async (nth) => {
    const elder = await anElder()
    const requestId = newRequestId()
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: 'after', only: { actions: ['safety.call'] } })
    await world.phone(`o_${elder}`).ask('safety.call', { elderId: elder }, requestId).catch(() => null)
    await world.emulator.faults({})
    const answer = await as(elder).do('safety.call', { elderId: elder }, requestId)
    expect(answer).toMatchObject({ isNew: true })
    // By then it may be closed, and the receipt lost: the case itself remembers.
    await world.phone('o_social').do('safety.close', { safetyCaseId: answer.safetyCaseId, how: closing(await clock()) })
    expect(await as(elder).do('safety.call', { elderId: elder }, requestId)).toEqual(answer)
    expect(await casesOf(elder)).toHaveLength(1)
  })
  test('words that may not be shown never hold up a call', async () => {
    const elder = await anElder()
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder, words: '加微信领现金' })
    expect((await as(elder).do('safety.show', { safetyCaseId })).reason).toBe('calledForHelp')
  })
  test('in somebody else’s name: refused, and nothing is written', async () => {
    const elder = await anElder()
    const before = await world.everything()
    for (const openid of ['o_neighbour', 'o_stranger', 'o_worker', 'o_suitor', 'o_social_taigu', 'o_strange_social', 'o_admin']) expect([openid, await world.phone(openid).codeOf('safety.call', { elderId: elder })]).toEqual([openid, 'NOT_FOUND'])
    expect(await world.phone('o_former').codeOf('safety.call', { elderId: 'mother' })).toBe('DELEGATION_ENDED')
    expect(await world.everything()).toEqual(before)
  })
  test('family without the right to be alerted is told so; the counter’s telephone may', async () => {
    const elder = await anElder(delegation('suitor', '示例儿子', ['book']))
    expect(await world.phone('o_suitor').codeOf('safety.call', { elderId: elder })).toBe('SCOPE_MISSING')
    expect(await world.phone('o_social').do('safety.call', { elderId: elder, words: '邻居打电话来' })).toMatchObject({ isNew: true })
  })
})

describe('taking over and closing', () => {
  test('two at once: one gets it, the other hears who', async () => {
    const elder = await anElder()
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
    const answers = await Promise.all(['o_social', 'o_daughter', 'o_admin'].map((openid) => world.phone(openid).ask('safety.take', { safetyCaseId, takenById: null })))
    const shown = await as(elder).do('safety.show', { safetyCaseId })
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer.error).toEqual({ code: 'ALREADY_TAKEN', details: { name: shown.takenByName } })
    expect(shown.timeline.filter((entry) => entry.what === 'taken')).toHaveLength(1)
  })
  test('a colleague takes it on who has read who had it', async () => {
    const elder = await anElder()
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
    await world.phone('o_daughter').do('safety.take', { safetyCaseId, takenById: null })
    const { takenById } = await world.phone('o_social').do('safety.show', { safetyCaseId })
    await world.phone('o_social').do('safety.take', { safetyCaseId, takenById })
    expect(await world.phone('o_daughter').do('safety.show', { safetyCaseId })).toMatchObject({ takenByName: '李静', takenByMe: false, acts: ['take', 'report', 'close'] })
  })
  test('the elder’s own word stays a word; family closes for themself alone, staff by seeing', async () => {
    const elder = await anElder()
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
    await as(elder).do('safety.saysFine', { safetyCaseId })
    const now = await clock()
    const before = await world.everything()
    expect(await as(elder).codeOf('safety.close', { safetyCaseId, how: closing(now) })).toBe('NOT_FOUND')
    expect(await world.phone('o_daughter').codeOf('safety.close', { safetyCaseId, how: closing(now) })).toBe('NOT_ALLOWED')
    expect(await world.phone('o_daughter').codeOf('safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'neighbour', words: '在邻居家', finding: 'fine' } })).toBe('NO_MATCH')
    expect(await world.phone('o_social').codeOf('safety.close', { safetyCaseId, how: closing(now + HOUR) })).toBe('BAD_INPUT')
    expect(await world.phone('o_neighbour').codeOf('safety.close', { safetyCaseId, how: closing(now) })).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
    await world.phone('o_daughter').do('safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '在我家', finding: 'falseAlarm' } })
    expect(await as(elder).do('safety.show', { safetyCaseId })).toMatchObject({ status: 'closed', acts: [], closed: { byName: '王敏', how: 'familyConfirmed', finding: 'falseAlarm', seenAt: null } })
    expect(await world.brokenLaws()).toEqual([])
  })
  test('the worker who could not find anyone neither sees nor closes it, with another role of theirs neither', async () => {
    const elder = await anElder()
    await world.addPerson('both', { openid: 'o_both', name: '示例双岗', grants: [{ role: 'careWorker', providerId: 'carehome' }, { role: 'socialWorker', communityIds: ['huaguang'] }] })
    const startsAt = (await clock()) + HOUR
    await world.addSlot('door', { startsAt, endsAt: startsAt + HOUR })
    const { bookingId } = await as(elder).do('booking.book', { elderId: elder, slotId: 'door' })
    await world.phone('o_both').do('visit.take', { bookingId })
    await world.emulator.passTo(startsAt + 5 * MINUTE)
    const { safetyCaseId } = await world.phone('o_both').do('visit.noContact', { bookingId, tried: '敲门没人应' })
    expect(await world.phone('o_both').codeOf('safety.close', { safetyCaseId, how: closing(await clock()) })).toBe('OWN_CASE')
    expect(await world.phone('o_worker').codeOf('safety.close', { safetyCaseId, how: closing(await clock()) })).toBe('NOT_FOUND')
    await world.phone('o_social').do('safety.close', { safetyCaseId, how: closing(await clock()) })
  })
  test('what is reported stands on the timeline for everybody; nobody reached calls the next at once', async () => {
    const elder = await anElder()
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
    await world.phone('o_social').do('safety.report', { safetyCaseId, what: 'noAnswer', words: '打了三次' })
    const shown = await world.phone('o_daughter').do('safety.show', { safetyCaseId })
    expect(shown.timeline.map((entry) => [entry.what, entry.byName, entry.words])).toEqual([['opened', '示例老人', ''], ['rung', '系统', null], ['noAnswer', '李静', '打了三次'], ['rung', '系统', null]])
    expect(shown).toMatchObject({ rung: { kind: 'family', name: '王敏' } })
    expect(await world.phone('o_social').codeOf('safety.report', { safetyCaseId, what: 'spoke', words: '加微信领现金'.repeat(30) })).toBe('BAD_INPUT')
  })
})

describe('whoever stands on the ladder by name, of whatever community', () => {
  const next = () => world.phone('o_social_taigu')
  test('sees the same case, rings the family, reports, takes it over and closes it', async () => {
    const elder = await anElder({ phone: '19000000001' })
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
    expect(await next().do('safety.show', { safetyCaseId })).toMatchObject({ as: 'socialWorker', acts: ['take', 'report', 'close'] })
    expect(await next().do('person.unmask', { field: 'phone', purpose: 'safety', about: { by: 'safetyCase', safetyCaseId, personId: elder } })).toEqual({ value: '19000000001' })
    await next().do('safety.report', { safetyCaseId, what: 'onTheWay' })
    await next().do('safety.take', { safetyCaseId, takenById: null })
    await next().do('safety.close', { safetyCaseId, how: closing(await clock()) })
    expect(await next().codeOf('person.unmask', { field: 'phone', purpose: 'safety', about: { by: 'safetyCase', safetyCaseId, personId: elder } })).toBe('NOT_FOUND')
    expect(await world.phone('o_strange_social').codeOf('safety.show', { safetyCaseId })).toBe('NOT_FOUND')
  })
})

describe('family rings the elder from the live case', () => {
  test('the elder alone, her number alone, while it is open; she can read that it was looked at', async () => {
    const elder = await anElder({ phone: '19000000002', ...delegation('daughter', '王敏') })
    const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
    const look = (personId: string, field: 'phone' | 'address' = 'phone') => world.phone('o_daughter').codeOf('person.unmask', { field, purpose: 'safety', about: { by: 'safetyCase', safetyCaseId, personId } })
    expect(await world.phone('o_daughter').do('person.unmask', { field: 'phone', purpose: 'safety', about: { by: 'safetyCase', safetyCaseId, personId: elder } })).toEqual({ value: '19000000002' })
    expect((await as(elder).do('account.log', { personId: elder })).items.find((item) => item.what === 'unmaskedPhone')).toMatchObject({ byName: '王敏', purpose: 'safety' })
    expect(await look(elder, 'address')).toBe('NOT_FOUND')
    expect(await look('daughter')).toBe('NOT_FOUND')
    expect(await world.phone('o_neighbour').codeOf('person.unmask', { field: 'phone', purpose: 'safety', about: { by: 'safetyCase', safetyCaseId, personId: elder } })).toBe('NOT_FOUND')
    expect(await world.phone('o_daughter').codeOf('person.unmask', { field: 'phone', purpose: 'safety', about: { by: 'person', personId: elder } })).toBe('NOT_FOUND')
    await world.phone('o_social').do('safety.close', { safetyCaseId, how: closing(await clock()) })
    expect(await look(elder)).toBe('NOT_FOUND')
  })
})

test('one elder, one live case: a shut door and a call for help while somebody looks already are told there', async () => {
  const elder = await anElder()
  const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
  const startsAt = (await clock()) + HOUR
  await world.addSlot('door2', { startsAt, endsAt: startsAt + HOUR })
  const { bookingId } = await as(elder).do('booking.book', { elderId: elder, slotId: 'door2' })
  await world.phone('o_worker').do('visit.take', { bookingId })
  await world.emulator.passTo(startsAt + 5 * MINUTE)
  const requestId = newRequestId()
  const told = () => world.phone('o_worker').do('visit.noContact', { bookingId, tried: '敲门没人应' }, requestId)
  expect(await told()).toEqual({ safetyCaseId })
  expect(await told()).toEqual({ safetyCaseId })
  expect(await casesOf(elder)).toEqual([expect.objectContaining({ _id: safetyCaseId, also: [bookingId] })])
  expect((await linesOf(safetyCaseId)).filter((what) => what === 'missedAgain')).toHaveLength(1)
  expect(await as(elder).do('safety.call', { elderId: elder })).toEqual({ safetyCaseId, isNew: false })
  await world.emulator.fire('timers', 'selfCheck')
  expect((await world.phone('o_admin').do('law.latest', {})).laws.filter((law) => !law.holds)).toEqual([])
  await world.phone('o_social').do('safety.close', { safetyCaseId, how: closing(await clock()) })
  await world.emulator.fire('timers', 'settle')
  expect(await casesOf(elder)).toHaveLength(1)
})

test('worker.today: who has nobody first, whoever waits longest before the others', async () => {
  const own = await startWorld(withLadder)
  try {
    const ids = ['first', 'second', 'third']
    const cases: string[] = []
    for (const id of ids) {
      await own.addPerson(id, { openid: `o_${id}`, name: '示例老人' })
      cases.push((await own.phone(`o_${id}`).do('safety.call', { elderId: id })).safetyCaseId)
      await own.emulator.advance(MINUTE)
    }
    await own.phone('o_social').do('safety.take', { safetyCaseId: cases[0] ?? '', takenById: null })
    const { safety } = await own.phone('o_social').do('worker.today', {})
    expect(safety.map((one) => one.safetyCaseId)).toEqual([cases[1], cases[2], cases[0]])
    // Whom the ladder asks by name sees them too, each once; whoever it does not name sees none.
    expect((await own.phone('o_social_taigu').do('worker.today', {})).safety.map((one) => one.safetyCaseId)).toEqual([cases[1], cases[2], cases[0]])
    for (const openid of ['o_social', 'o_social_taigu']) expect((await own.phone(openid).do('home.show', {})).safety.map((one) => one.safetyCaseId)).toEqual(cases)
    expect((await own.phone('o_neighbour').do('home.show', {})).safety).toEqual([])
    expect((await own.phone('o_strange_social').do('worker.today', {})).safety).toEqual([])
  } finally {
    await own.stop()
  }
})

describe('the figures', () => {
  test('a social worker sees their communities, the subdistrict all of them, nobody else any', async () => {
    const own = await startWorld(withLadder)
    try {
      const today = '2026-11-23'
      await own.addPerson('there', { openid: 'o_there', name: '示例太古', communityId: 'taigu' })
      const { safetyCaseId } = await own.phone('o_neighbour').do('safety.call', { elderId: 'neighbour' })
      await own.phone('o_there').do('safety.call', { elderId: 'there' })
      await own.emulator.advance(4 * MINUTE)
      await own.phone('o_social').do('safety.take', { safetyCaseId, takenById: null })
      await own.emulator.advance(10 * MINUTE)
      await own.phone('o_social').do('safety.close', { safetyCaseId, how: { by: 'seenInPerson', words: '扶起来了', finding: 'neededHelp', seenAt: MONDAY_NINE + 12 * MINUTE } })
      const mine = await own.phone('o_social').do('safety.figures', { fromOn: today, untilOn: today })
      expect(mine).toMatchObject({
        placeNames: ['华光城'], opened: 1, stillOpen: 0, byCommunity: [{ communityName: '华光城', count: 1, medianMinutesToClosed: 14 }],
        cases: [{ safetyCaseId, elderName: '周福生', minutesToTaken: 4, minutesToClosed: 14, finding: 'neededHelp' }],
      })
      expect(mine.within).toEqual([{ minutes: 15, count: 1 }, { minutes: 30, count: 0 }, { minutes: 60, count: 0 }, { minutes: 120, count: 0 }, { minutes: null, count: 0 }])
      expect(await own.phone('o_admin').do('safety.figures', { fromOn: today, untilOn: today })).toMatchObject({ placeNames: ['东柳街道'], opened: 2, stillOpen: 1, })
      expect((await own.phone('o_admin').do('safety.figures', { fromOn: '2026-11-22', untilOn: '2026-11-22' })).opened).toBe(0)
      expect((await own.phone('o_strange_admin').do('safety.figures', { fromOn: today, untilOn: today })).opened).toBe(0)
      expect(await own.phone('o_mother').codeOf('safety.figures', { fromOn: today, untilOn: today })).toBe('NOT_ALLOWED')
      for (const span of [{ fromOn: today, untilOn: '2026-11-22' }, { fromOn: '2020-01-01', untilOn: today }]) expect(await own.phone('o_admin').codeOf('safety.figures', span)).toBe('BAD_INPUT')
    } finally {
      await own.stop()
    }
  })
})

test('by night the ladder is another', async () => {
  const elder = await anElder()
  await world.emulator.moveTo(instantOf('2026-11-23', 22 * 60))
  const { safetyCaseId } = await as(elder).do('safety.call', { elderId: elder })
  expect(await world.phone('o_social').do('safety.show', { safetyCaseId })).toMatchObject({ isNight: true, rung: { kind: 'family', name: '王敏', kinship: '女儿' } })
})
