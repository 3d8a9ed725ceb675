/**
 * Taking part: surveys through the built function, named and anonymous; the opinions of households; questions under a
 * notice; an activity that a notice carries. What was promised to be anonymous is looked for in the whole store.
 */
import { hashOf } from '../../cloudfunctions/_server/keys'
import { DAY, HOUR } from '../../src/domain/civil-time'
import { anActivity } from './activity-world'
import { aNotice, audienceOf } from './notice-world'
import { aCarrier, aCountedSurvey, aSurvey, building12, householdOf, opinion, saying, surveyOf } from './taking-part-world'
import { newRequestId, startWorld, type World } from './world'

let world: World
/** Which of the steps of an anonymous answer are killed, one person each: a sample, or with EVERY_STEP all of them. */
const ballotSteps = process.env['EVERY_STEP'] === undefined ? [0, 7, 11] : Array.from({ length: 12 }, (_, index) => index)
const nowOf = async (): Promise<number> => (await world.emulator.clock()).now
const count = () => world.emulator.fire('timers', 'lookAtTakingPart')
async function close(): Promise<void> {
  await world.emulator.pass(DAY + 2 * HOUR)
  await count()
}
/** Residents of a door who have a phone. */
async function residents(prefix: string, doors: readonly string[]): Promise<void> {
  for (const [index, door] of doors.entries()) await world.addPerson(`${prefix}${index}`, { openid: `o_${prefix}${index}`, name: '示例居民', address: door })
}
const answer = (id: string, noticeId: string, said = saying()) => world.phone(`o_${id}`).codeOf('survey.answer', { noticeId, elderId: id, said })
const stored = async (collection: string): Promise<Record<string, unknown>[]> => (await world.everything())[collection] ?? []

beforeAll(async () => {
  world = await startWorld()
  await residents('anon', Array.from({ length: 12 }, (_, index) => `华光城 5 幢 ${index + 101}`))
  await residents('gone', ['华光城 6 幢 101'])
  await residents('house', ['华光城 12 幢 601', '华光城12幢601室', '12号楼 602', '华光城 12 幢'])
  await residents('mover', ['华光城 12 幢 701', '华光城 12 幢 702', '华光城 12 幢 703'])
  await world.addPerson('twin', { name: '示例居民', address: '华光城 12 幢 705' })
})
afterAll(() => world.stop())

describe('a survey with names', () => {
  test('is answered once; family and the counter answer as themselves, and the elder reads it', async () => {
    const noticeId = await aSurvey(world)
    expect(await world.phone('o_social').codeOf('survey.answer', { noticeId, elderId: 'mother', said: saying() })).toBe('IDENTITY_REQUIRED')
    await world.phone('o_daughter').do('survey.answer', { noticeId, elderId: 'mother', said: saying('b', '早一点好') })
    expect(await world.phone('o_mother').codeOf('survey.answer', { noticeId, elderId: 'mother', said: saying() })).toBe('ANSWERED_ALREADY')
    expect(await world.phone('o_mother').do('survey.show', { noticeId, elderId: 'mother' })).toMatchObject({ takers: 1, mayAnswer: false, result: null, mine: { byName: '王敏', as: 'family', kinship: '女儿', said: saying('b', '早一点好') } })
    expect((await world.phone('o_mother').do('account.log', { personId: 'mother' })).items.filter((item) => JSON.stringify(item).includes('surveyAnswered'))).toHaveLength(1)
    await world.phone('o_social').do('survey.answer', { noticeId, elderId: 'neighbour', said: saying('a'), asked: ['birthYear', 'building'] })
    expect(await stored('surveyAnswers')).toEqual(expect.arrayContaining([expect.objectContaining({ surveyId: noticeId, personId: 'neighbour', asked: ['birthYear', 'building'], by: expect.objectContaining({ as: 'socialWorker' }) })]))
  })

  test('copies at once leave one answer, whoever sends them', async () => {
    const noticeId = await aSurvey(world)
    const codes = await Promise.all([...Array.from({ length: 6 }, () => 'o_mother'), ...Array.from({ length: 6 }, () => 'o_daughter')].map((openid) => world.phone(openid).codeOf('survey.answer', { noticeId, elderId: 'mother', said: saying() }, newRequestId())))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['OK', 'ANSWERED_ALREADY']))
    expect((await stored('surveyAnswers')).filter((one) => one['surveyId'] === noticeId)).toHaveLength(1)
  })

  test('tells nobody how it stands before it is over; then the result stays, and becomes a notice of its own', async () => {
    const noticeId = await aSurvey(world)
    expect(await answer('mother', noticeId)).toBe('OK')
    expect(await world.phone('o_social').do('survey.work', { noticeId })).toMatchObject({ state: 'open', takers: 1, result: null, words: [] })
    expect(await world.phone('o_social').codeOf('survey.announce', { noticeId })).toBe('WRONG_STATE')
    await world.emulator.pass(DAY + HOUR)
    expect(await answer('neighbour', noticeId)).toBe('WRONG_STATE')
    await world.emulator.pass(HOUR)
    await count()
    const result = { takers: 1, questions: [expect.objectContaining({ figures: [{ optionId: 'a', words: '六点半', count: 1 }, { optionId: 'b', words: '七点', count: 0 }] }), expect.objectContaining({ kind: 'scale', average: 40 })] }
    expect(await world.phone('o_social').do('survey.work', { noticeId })).toMatchObject({ state: 'closed', result })
    const [settled] = (await stored('surveyResults')).filter((one) => one['_id'] === noticeId)
    await count()
    expect((await stored('surveyResults')).filter((one) => one['_id'] === noticeId)).toEqual([settled])

    const draft = await world.phone('o_social').do('survey.announce', { noticeId })
    expect(await world.phone('o_social').do('survey.announce', { noticeId })).toEqual(draft)
    expect(await world.phone('o_social').codeOf('notice.carry', { noticeId: draft.noticeId, carries: null })).toBe('WRONG_STATE')
    await world.phone('o_social').do('notice.submit', draft)
    const shown = await world.phone('o_mother').do('notice.show', { noticeId: draft.noticeId, elderId: 'mother' })
    expect(shown).toMatchObject({ title: '周三停水，请先储水：结果', part: { what: 'result', id: noticeId } })
    expect(shown.body).toContain('六点半 1 人')
    expect(await world.phone('o_mother').do('survey.show', { noticeId: draft.noticeId, elderId: 'mother' })).toMatchObject({ state: 'closed', result })
  })

  test('is for whom its notice is for, and written by whoever may address them', async () => {
    const noticeId = await aSurvey(world)
    expect(await world.phone('o_former').codeOf('survey.answer', { noticeId, elderId: 'former', said: saying() })).toBe('NOT_FOUND')
    const mine = await aCarrier(world, 'survey')
    expect(await world.phone('o_social_taigu').codeOf('notice.carry', { noticeId: mine, carries: null })).toBe('NOT_FOUND')
    expect(await world.phone('o_social').codeOf('notice.carry', { noticeId, carries: null })).toBe('WRONG_STATE')
  })

  test('that leaves no time is not published; what the check holds of it waits for a person', async () => {
    const late = await aCarrier(world, 'survey')
    await world.phone('o_social').do('notice.carry', { noticeId: late, carries: { ...surveyOf(await nowOf()), closesAt: (await nowOf()) + 9 * DAY } as never })
    expect(await world.phone('o_social').ask('notice.submit', { noticeId: late })).toMatchObject({ error: { code: 'BAD_INPUT', details: { field: 'closesAt' } } })
    const held = await aCarrier(world, 'survey')
    await world.phone('o_social').do('notice.carry', { noticeId: held, carries: { what: 'survey', isAnonymous: false, closesAt: (await nowOf()) + DAY, questions: [{ kind: 'one', questionId: 'q1', words: '这句话里有违禁词', options: [{ optionId: 'a', words: '好' }, { optionId: 'b', words: '不好' }] }] } })
    expect(await world.phone('o_social').do('notice.submit', { noticeId: held })).toEqual({ status: 'waiting', why: 'content' })
  })

  test('of a notice that was taken back is over, without a result', async () => {
    const noticeId = await aSurvey(world)
    await world.phone('o_social').do('notice.withdraw', { noticeId, reason: '问错了' })
    expect(await answer('mother', noticeId)).toBe('WRONG_STATE')
    await close()
    expect(await world.phone('o_social').do('survey.work', { noticeId })).toMatchObject({ state: 'withdrawn', result: null })
  })
})

describe('an anonymous survey', () => {
  test('keeps that somebody took part and what was said apart, in everything that is stored', async () => {
    const people = Array.from({ length: 12 }, (_, index) => `anon${index}`)
    const noticeId = await aSurvey(world, 'anonymous')
    const key = newRequestId()
    const before = await world.everything()
    const codes = await Promise.all(people.map((id, index) => world.phone(`o_${id}`).codeOf('survey.answer', { noticeId, elderId: id, said: saying(index % 3 === 0 ? 'b' : 'a', `话${String(99 - index)}`) }, index === 0 ? key : newRequestId())))
    expect(new Set(codes)).toEqual(new Set(['OK']))
    expect(await world.phone('o_anon0').codeOf('survey.answer', { noticeId, elderId: 'anon0', said: saying('b', '话99') }, key)).toBe('OK')
    expect(await world.phone('o_anon0').codeOf('survey.answer', { noticeId, elderId: 'anon0', said: saying('a', '话99') }, key)).toBe('REQUEST_CONFLICT')
    expect(await answer('anon0', noticeId)).toBe('ANSWERED_ALREADY')
    expect(await world.phone('o_daughter').codeOf('survey.answer', { noticeId, elderId: 'mother', said: saying() })).toBe('SELF_ONLY')
    expect(await world.phone('o_social').codeOf('survey.answer', { noticeId, elderId: 'mother', said: saying(), asked: ['inPerson'] })).toBe('SELF_ONLY')

    const after = await world.everything()
    const fresh = Object.entries(after).flatMap(([collection, documents]) => documents.filter((document) => !(before[collection] ?? []).some((old) => JSON.stringify(old) === JSON.stringify(document))).map((document) => ({ collection, document })))
    const ballots = fresh.filter(({ collection }) => collection === 'ballotBoxes').map(({ document }) => document)
    const others = fresh.filter(({ collection }) => collection !== 'ballotBoxes').map(({ document }) => document)
    // Nothing but the boxes holds an answer, nothing in them a person, a moment or a key.
    expect(JSON.stringify(others)).not.toMatch(/话\d|optionIds|"q1/)
    expect(Object.keys(Object.assign({}, ...ballots) as object).sort()).toEqual(['_id', 'counts', 'surveyId', 'version', 'words'])
    expect(JSON.stringify(ballots)).not.toMatch(/anon\d|test-|o_/)
    const takers = others.filter((document) => document['surveyId'] === noticeId)
    expect(takers).toHaveLength(12)
    for (const taker of takers) expect(Object.keys(taker).sort()).toEqual(['_id', 'madeBy', 'personId', 'surveyId'])
    expect(ballots.flatMap((box) => Object.values(box['words'] as Record<string, string[]>).flat())).toHaveLength(12)
    // The order in which boxes stand is not the order in which people came.
    for (const box of ballots) for (const words of Object.values(box['words'] as Record<string, string[]>)) expect(words).toEqual([...words].sort())
    expect((after['ballotBoxes'] ?? []).filter((box) => box['surveyId'] === noticeId)).toHaveLength(16)

    await close()
    const work = await world.phone('o_social').do('survey.work', { noticeId })
    expect(work).toMatchObject({ takers: 12, state: 'closed' })
    // Four said 七点: they are not told apart, and nor is who is left.
    expect(work.result?.questions[0]?.figures.map((figure) => figure.count)).toEqual([null, null])
    expect(work.words[0]?.items).toHaveLength(12)
    expect(work.words[0]?.items.every((item) => item.byName === null && item.building === null)).toBe(true)
  })

  test('copies at once cast one ballot', async () => {
    const noticeId = await aSurvey(world, 'anonymous')
    const codes = await Promise.all(Array.from({ length: 10 }, () => answer('mother', noticeId)))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['OK', 'ANSWERED_ALREADY']))
    const boxes = (await stored('ballotBoxes')).filter((box) => box['surveyId'] === noticeId)
    expect(boxes.flatMap((box) => Object.values(box['counts'] as Record<string, number>)).reduce((sum, one) => sum + one, 0)).toBe(2)
  })

  test('killed before or after any of its calls leaves both, or neither: as many ballots as people who took part', async () => {
    const noticeId = await aSurvey(world, 'anonymous')
    const answered: string[] = []
    for (const index of ballotSteps) {
      const ask = (): Promise<string> => world.phone(`o_anon${index}`).codeOf('survey.answer', { noticeId, elderId: `anon${index}`, said: saying() }, `killed-ballot-${index}`).catch(() => 'KILLED')
      await world.emulator.faults({ killFunction: { nth: [8 + Math.floor(index / 2)] }, killWhen: index % 2 === 0 ? 'before' : 'after', only: { functions: ['api'], operations: ['database.'] } })
      const first = await ask()
      await world.emulator.faults({})
      // What a dead transaction holds is let go by the database after a while: until then the person is asked to try again.
      const second = first === 'OK' ? first : await ask()
      expect(['OK', 'TRY_AGAIN']).toContain(second)
      if (second === 'OK') answered.push(`anon${index}`)
    }
    const takers = (await stored('surveyTakers')).filter((taker) => taker['surveyId'] === noticeId).map((taker) => String(taker['personId']))
    const boxes = (await stored('ballotBoxes')).filter((box) => box['surveyId'] === noticeId)
    expect(boxes.reduce((sum, box) => sum + ((box['counts'] as Record<string, number>)['q1 a'] ?? 0), 0)).toBe(takers.length)
    expect(takers.sort()).toEqual(expect.arrayContaining(answered.sort()))
    expect(answered.length).toBeGreaterThan(0)
  })

  test('stays, when who answered is erased; what they took part in is theirs to read', async () => {
    const noticeId = await aSurvey(world, 'anonymous')
    expect(await answer('gone0', noticeId)).toBe('OK')
    expect(JSON.stringify(await world.phone('o_gone0').do('account.export', {}))).toContain(noticeId)
    await world.phone('o_gone0').do('account.erase', { confirmName: '示例居民' })
    await world.emulator.fire('timers', 'settle')
    const all = await world.everything()
    expect((all['ballotBoxes'] ?? []).filter((box) => box['surveyId'] === noticeId).flatMap((box) => Object.values(box['counts'] as Record<string, number>)).reduce((sum, one) => sum + one, 0)).toBe(2)
    expect((all['surveyTakers'] ?? []).filter((taker) => taker['surveyId'] === noticeId && taker['personId'] !== 'gone0')).toHaveLength(1)
  })
})

describe('the opinions of households', () => {
  test('one of each door, however many ask at once; the result is by all households, and stays', async () => {
    const noticeId = await aSurvey(world, 'household')
    const codes = await Promise.all(['house0', 'house1', 'house0', 'house1'].map((id) => answer(id, noticeId, opinion('agree'))))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(await answer('house2', noticeId, opinion('against', '太吵'))).toBe('OK')
    expect(await answer('house3', noticeId, opinion('agree'))).toBe('ADDRESS_MISSING')
    // Everybody of the story lives at 12 幢 302.
    expect(await answer('mother', noticeId, opinion('agree'))).toBe('OK')
    const neighbours = await world.phone('o_neighbour').do('survey.show', { noticeId, elderId: 'neighbour' })
    expect(neighbours).toMatchObject({ takers: 3, households: 7, mayAnswer: false, mine: { byName: '王秀珍', isMine: false, said: [] } })
    await close()
    expect(await world.phone('o_mother').do('survey.show', { noticeId, elderId: 'mother' })).toMatchObject({ state: 'closed', result: { takers: 3, households: 7, hasPassed: false } })
    expect((await world.phone('o_social').do('survey.work', { noticeId })).words[0]?.items).toEqual([{ words: '太吵', byName: '示例居民', building: '12' }])
  })

  test('somebody who moves to another door, and two records of one human, speak once', async () => {
    const noticeId = await aSurvey(world, 'household')
    expect(await answer('mover0', noticeId, opinion('agree'))).toBe('OK')
    await world.phone('o_social').do('person.setAddress', { personId: 'mover0', address: '华光城 12 幢 704' })
    expect(await answer('mover0', noticeId, opinion('against'))).toBe('ANSWERED_ALREADY')
    await world.phone('o_social').do('survey.answer', { noticeId, elderId: 'twin', said: opinion('abstain'), asked: ['inPerson'] })
    expect(await answer('mover1', noticeId, opinion('agree'))).toBe('OK')
    await world.phone('o_social').do('person.merge', { keepId: 'mover1', dropId: 'twin' })
    expect(await answer('mover1', noticeId, opinion('against'))).toBe('ANSWERED_ALREADY')
    await close()
    const { result } = await world.phone('o_social').do('survey.work', { noticeId })
    expect(result).toMatchObject({ takers: 2 })
    expect(result?.questions[0]?.figures.map((figure) => figure.count)).toEqual([2, 0, 0])
  })

  test('names buildings', async () => {
    const noticeId = await aCarrier(world, 'survey')
    await world.phone('o_social').do('notice.carry', { noticeId, carries: householdOf(await nowOf()) })
    expect(await world.phone('o_social').ask('notice.submit', { noticeId })).toMatchObject({ error: { code: 'BAD_INPUT', details: { field: 'buildings' } } })
    expect(building12.buildings).toEqual(['12'])
  })
})

describe('an activity that a notice carries', () => {
  test('is joined by the elder’s daughter, with the action there is; one that is not for the audience is not carried', async () => {
    const { activityId } = await anActivity(world, 'coming', 'social')
    const noticeId = await aCarrier(world, 'activity', activityId)
    await world.phone('o_social').do('notice.submit', { noticeId })
    expect(await world.phone('o_daughter').do('notice.show', { noticeId, elderId: 'mother' })).toMatchObject({ part: { what: 'activity', id: activityId } })
    await world.phone('o_daughter').do('activity.join', { elderId: 'mother', activityId })
    expect(await world.phone('o_mother').do('activity.show', { elderId: 'mother', activityId })).toMatchObject({ remaining: 4, mine: { bookedByName: '王敏' } })
    const far = await aNoticeDraftFor(['huaguang', 'taigu'])
    await world.phone('o_admin').do('notice.carry', { noticeId: far, carries: { what: 'activity', activityId } })
    expect(await world.phone('o_admin').ask('notice.submit', { noticeId: far })).toMatchObject({ error: { code: 'BAD_INPUT', details: { field: 'activityId' } } })
    expect(await world.phone('o_admin').codeOf('notice.carry', { noticeId: far, carries: { what: 'activity', activityId: 'none' } })).toBe('NOT_FOUND')
  })
  async function aNoticeDraftFor(communityIds: string[]): Promise<string> {
    const now = await nowOf()
    return (await world.phone('o_admin').do('notice.save', { level: 'ordinary', audience: audienceOf({ communityIds }), title: '来练八段锦', body: '大家来。', whatToDo: null, pictures: [], attachments: [], publishAt: null, validUntil: now + 3 * DAY, deadlineAt: null, opensCase: false })).noticeId
  }
})

describe('questions under a notice', () => {
  test('are answered for everybody without the asker’s name; the asker is told once', async () => {
    const noticeId = await aNotice(world)
    const { questionId } = await world.phone('o_daughter').do('notice.ask', { noticeId, elderId: 'mother', words: '几点来水？' })
    expect((await world.phone('o_neighbour').do('notice.questions', { noticeId, elderId: 'neighbour' })).items).toEqual([])
    expect((await world.phone('o_social').do('notice.asked', {})).items).toEqual(expect.arrayContaining([expect.objectContaining({ questionId, elderName: '王秀珍', isHeld: false, status: 'open' })]))
    expect((await world.phone('o_social_taigu').do('notice.asked', {})).items).toEqual([])
    await world.phone('o_social').do('notice.answerQuestion', { questionId, words: '中午十二点。' })
    const shown = await world.phone('o_neighbour').do('notice.questions', { noticeId, elderId: 'neighbour' })
    expect(shown.items).toEqual([expect.objectContaining({ words: '几点来水？', answer: expect.objectContaining({ words: '中午十二点。', byName: '李静' }) })])
    expect(JSON.stringify(shown.items)).not.toMatch(/王秀珍|王敏/)
    await count()
    await count()
    const told = (await stored('messages')).filter((message) => message['templateId'] === 'tpl_answered')
    expect(told).toEqual([expect.objectContaining({ personId: 'daughter', gist: '问：几点来水？ 答：中午十二点。' })])
    expect(JSON.stringify((await world.phone('o_mother').do('account.log', { personId: 'mother' })).items)).toContain('questionAsked')
  })

  test('what the check holds is kept for a person, and taken back with a reason that its asker reads', async () => {
    const noticeId = await aNotice(world)
    const { questionId, isHeld } = await world.phone('o_mother').do('notice.ask', { noticeId, elderId: 'mother', words: '这句话里有违禁词' })
    expect(isHeld).toBe(true)
    await world.phone('o_social').do('notice.withdrawQuestion', { questionId, reason: '骂人的话不放' })
    expect((await world.phone('o_mother').do('notice.questions', { noticeId, elderId: 'mother' })).mine).toEqual([expect.objectContaining({ status: 'withdrawn', reason: '骂人的话不放', answer: null })])
    expect(await world.phone('o_social').codeOf('notice.answerQuestion', { questionId, words: '再答' })).toBe('WRONG_STATE')
  })

  test('somebody for whom the notice is not asks nothing; nobody has more than three waiting', async () => {
    const noticeId = await aNotice(world)
    expect(await world.phone('o_former').codeOf('notice.ask', { noticeId, elderId: 'former', words: '为什么' })).toBe('NOT_FOUND')
    const codes: string[] = []
    for (const words of ['一', '二', '三', '四']) codes.push(await world.phone('o_mother').codeOf('notice.ask', { noticeId, elderId: 'mother', words: `问题${words}` }))
    expect(codes).toEqual(['OK', 'OK', 'OK', 'LIMIT_REACHED'])
  })
})

describe('what holds', () => {
  test('every law, and one that says so when there are not as many ballots as people who took part', async () => {
    const noticeId = await aCountedSurvey(world)
    expect(await world.phone('o_mother').do('survey.show', { noticeId, elderId: 'mother' })).toMatchObject({ state: 'closed', takers: 0 })
    // The clock was moved without its timers: the ledgers of notices catch up first.
    for (let run = 0; run < 2; run++) await world.emulator.fire('timers', 'tellNotices')
    expect(await world.brokenLaws()).toEqual([])
    const results = await stored('surveyResults')
    const [taker] = (await stored('surveyTakers')).filter((one) => results.some((result) => result['_id'] === one['surveyId']))
    await world.emulator.insert('surveyTakers', [{ ...taker, _id: 'forged', personId: 'former' }])
    expect(await world.brokenLaws()).toEqual([expect.stringContaining(String(taker?.['surveyId']))])
  })

  test('the hash of what was said is another under each key: nobody finds an answer by trying them', () => {
    const input = { noticeId: 'n', elderId: 'mother', said: saying() }
    expect(hashOf('key-one', 'survey.answer', input)).not.toBe(hashOf('key-two', 'survey.answer', input))
    expect(hashOf('key-one', 'survey.answer', input)).toBe(hashOf('key-one', 'survey.answer', { said: saying(), elderId: 'mother', noticeId: 'n' }))
  })
})
