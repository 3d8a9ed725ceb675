/** The gallery through the real SDK: handed in, checked, looked at, liked once a person; taken down, taken back, and gone with its file. */
import { DAY, MINUTE } from '../../src/domain/civil-time'
import { TAKEN_DOWN_WITHIN, type Work } from '../../src/domain/gallery'
import { anActivity } from './activity-world'
import { aPicture, aWork } from './gallery-world'
import { jpeg } from './notice-world'
import { startWorld, type World } from './world'

let world: World
beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())

const risky = () => Buffer.concat([jpeg(), Buffer.from('DEMO-RISKY-IMAGE')])
const workOf = async (workId: string): Promise<Work | undefined> => ((await world.emulator.dump(['works']))['works'] ?? []).find((work) => work['_id'] === workId) as unknown as Work | undefined
const isThere = async (url: string): Promise<boolean> => (await fetch(url)).ok
const shownTo = async (openid: string) => (await world.phone(openid).do('gallery.list', {})).items
const handIn = async (openid: string, more: { readonly bytes?: Buffer; readonly title?: string; readonly isNamed?: boolean } = {}) =>
  (await world.phone(openid).do('gallery.handIn', { elderId: 'mother', sort: 'painting', title: more.title ?? '荷花', fileId: await aPicture(world, openid, more.bytes), isNamed: more.isNamed ?? false })).workId

describe('a work', () => {
  test('that family hands in is seen by nobody else until a social worker has looked, and then without a name that was not given', async () => {
    const workId = await handIn('o_daughter', { title: '雪里的梅花' })
    expect((await shownTo('o_neighbour')).map((work) => work.workId)).not.toContain(workId)
    expect(await world.phone('o_neighbour').codeOf('gallery.show', { workId })).toBe('NOT_FOUND')
    expect((await world.phone('o_mother').do('gallery.mine', { elderId: 'mother' })).works[0]).toMatchObject({ workId, state: 'waiting', handedInByName: '王敏' })
    expect((await world.phone('o_mother').do('account.log', { personId: 'mother' })).items[0]).toMatchObject({ byName: '王敏', what: 'workHandedIn', purpose: '雪里的梅花' })

    const [row] = (await world.phone('o_social').do('gallery.board', {})).items
    expect(row).toMatchObject({ workId, isHeld: false, blocked: null, author: { name: '王秀珍', isNamed: false } })
    await world.phone('o_social').do('gallery.decide', { workId, decision: 'publish' })
    const [shown] = await shownTo('o_neighbour')
    expect(shown).toMatchObject({ workId, authorName: null, likes: 0 })
    expect(await isThere(shown?.url ?? '')).toBe(true)
    await world.phone('o_mother').do('gallery.setNamed', { workId, isNamed: true })
    expect(await world.phone('o_neighbour').do('gallery.show', { workId })).toMatchObject({ authorName: '王秀珍', isMine: false })
  })

  test('goes out of the app as a picture only while nobody asks about it, and never a picture of an activity', async () => {
    const handedOn = async (workId: string) => (await world.phone('o_suitor').do('gallery.show', { workId })).mayBeHandedOn
    const [free, asked, group] = [await aWork(world), await aWork(world, 'published', 'unseemly'), await aWork(world, 'waiting', null, { sort: 'activity', author: null, activity: { activityId: 'a1', title: '八段锦' } })]
    expect([await handedOn(free.workId), await handedOn(asked.workId), await handedOn(group.workId)]).toEqual([true, false, false])
    expect(await world.phone('o_suitor').codeOf('gallery.show', { workId: (await aWork(world, 'published', 'me')).workId })).toBe('NOT_FOUND')
  })

  test('is liked once by each, also when both thumbs come at once', async () => {
    const { workId } = await aWork(world)
    await Promise.all(['o_neighbour', 'o_neighbour', 'o_suitor', 'o_worker'].map((openid) => world.phone(openid).do('gallery.like', { workId, isLiked: true })))
    expect(await world.phone('o_neighbour').do('gallery.show', { workId })).toMatchObject({ likes: 3, isLiked: true })
    expect(await world.phone('o_neighbour').do('gallery.like', { workId, isLiked: false })).toEqual({ likes: 2 })
  })

  test('that the check holds back is lost to nobody and published by nobody alone', async () => {
    const before = (await shownTo('o_mother')).length
    const workId = await handIn('o_social', { bytes: risky() })
    expect(await world.phone('o_social').codeOf('gallery.decide', { workId, decision: 'publish' })).toBe('SECOND_PERSON')
    expect((await world.phone('o_social').do('gallery.board', {})).items.find((row) => row.workId === workId)).toMatchObject({ isHeld: true, blocked: 'SECOND_PERSON' })
    expect(await world.phone('o_admin').codeOf('gallery.decide', { workId, decision: 'return' })).toBe('REASON_REQUIRED')
    await world.phone('o_admin').do('gallery.decide', { workId, decision: 'return', words: '图不合适' })
    expect((await world.phone('o_mother').do('gallery.mine', { elderId: 'mother' })).works.find((work) => work.workId === workId)).toMatchObject({ state: 'returned', decidedByName: '孙洁', decidedWords: '图不合适' })
    expect((await shownTo('o_mother')).length).toBe(before)
    const words = await handIn('o_mother', { title: '赌博' })
    expect(await workOf(words)).toMatchObject({ state: 'waiting', check: 'held' })
  })

  test('that staff take down goes with its file, and its author reads why', async () => {
    const { workId } = await aWork(world)
    const { url, mayRemove } = await world.phone('o_social').do('gallery.show', { workId })
    expect([mayRemove, (await world.phone('o_social_taigu').do('gallery.show', { workId })).mayRemove]).toEqual([true, false])
    expect(await world.phone('o_social_taigu').codeOf('gallery.decide', { workId, decision: 'remove', words: '不合适' })).toBe('NOT_FOUND')
    await world.phone('o_social').do('gallery.decide', { workId, decision: 'remove', words: '有人的门牌' })
    expect(await isThere(url)).toBe(false)
    expect((await world.phone('o_mother').do('gallery.mine', { elderId: 'mother' })).works.find((work) => work.workId === workId)).toMatchObject({ state: 'removed', decidedWords: '有人的门牌' })
  })

  test('nobody hides the whole gallery by asking', async () => {
    const works = await Promise.all(Array.from({ length: 6 }, () => aWork(world)))
    const codes: string[] = []
    for (const { workId } of works) codes.push(await world.phone('o_suitor').codeOf('gallery.ask', { workId, elderId: 'suitor', about: 'me' }))
    expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'LIMIT_REACHED'])
  })

  test('taken back goes with its file, also when the call dies before the file is deleted', async () => {
    const { workId } = await aWork(world)
    const { url } = await world.phone('o_mother').do('gallery.show', { workId })
    await world.emulator.faults({ killFunction: { nth: [1] }, killWhen: 'before', only: { operations: ['storage.batchDeleteFile'] } })
    await world.phone('o_mother').raw({ action: 'gallery.takeBack', input: { workId }, requestId: 'take-it-back', contractVersion: 1 }).catch(() => undefined)
    await world.emulator.faults({})
    expect(await workOf(workId)).toMatchObject({ state: 'takenBack', picture: null })
    expect(await isThere(url)).toBe(true)
    await world.emulator.pass(3 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    expect(await isThere(url)).toBe(false)
    expect(await world.phone('o_neighbour').codeOf('gallery.show', { workId })).toBe('NOT_FOUND')
  })

  test('a file that is no picture, and an eleventh work that waits, are refused', async () => {
    expect(await world.phone('o_mother').ask('gallery.handIn', { elderId: 'mother', sort: 'photo', title: '一份文件', fileId: await aPicture(world, 'o_mother', Buffer.from('%PDF-1.4')), isNamed: true })).toMatchObject({ error: { code: 'FILE_REFUSED', details: { why: 'kind' } } })
    const waiting = (await world.phone('o_mother').do('gallery.mine', { elderId: 'mother' })).works.filter((work) => work.state === 'waiting').length
    for (let more = waiting; more < 10; more++) await aWork(world, 'waiting')
    expect(await world.phone('o_mother').ask('gallery.handIn', { elderId: 'mother', sort: 'photo', title: '第十一幅', fileId: await aPicture(world), isNamed: true })).toMatchObject({ error: { code: 'LIMIT_REACHED', details: { works: 10 } } })
  })
})

describe('a picture of a past activity', () => {
  test('stands on the activity; whoever is on it has it hidden at once, answered within a day, and gone with its file', async () => {
    const { activityId } = await anActivity(world, 'over', 'social')
    const { activityId: coming } = await anActivity(world, 'coming', 'social')
    expect(await world.phone('o_social').codeOf('gallery.addPicture', { activityId: coming, title: '还没开始', fileId: await aPicture(world, 'o_social') })).toBe('TOO_EARLY')
    const { workId, state } = await world.phone('o_social').do('gallery.addPicture', { activityId, title: '大家一起练', fileId: await aPicture(world, 'o_social') })
    expect(state).toBe('published')
    const { items } = await world.phone('o_neighbour').do('gallery.list', { activityId })
    expect(items).toMatchObject([{ workId, title: '大家一起练', activity: { activityId } }])

    const { dueAt } = await world.phone('o_neighbour').do('gallery.ask', { workId, elderId: 'neighbour', about: 'me' })
    expect(dueAt - (await world.emulator.clock()).now).toBeLessThanOrEqual(TAKEN_DOWN_WITHIN)
    expect((await world.phone('o_mother').do('gallery.list', { activityId })).items).toEqual([])
    const row = (await world.phone('o_admin').do('gallery.board', {})).items.find((one) => one.workId === workId)
    expect(row).toMatchObject({ state: 'hidden', dueAt, asks: [{ about: 'me', elderName: '周福生' }] })
    const askId = row?.asks[0]?.askId ?? ''
    expect(await world.phone('o_social').codeOf('gallery.answer', { workId, askId, isUpheld: false, words: '不是您' })).toBe('SECOND_PERSON')
    await world.phone('o_social').do('gallery.answer', { workId, askId, isUpheld: true, words: '撤下了，对不起' })
    expect(await isThere(items[0]?.url ?? '')).toBe(false)
    expect((await world.phone('o_neighbour').do('gallery.mine', { elderId: 'neighbour' })).asks[0]).toMatchObject({ title: '大家一起练', answer: { isUpheld: true, words: '撤下了，对不起', byName: '李静' } })
  })
})

describe('law 9', () => {
  test('an export holds what is mine and nobody else\'s question; an erasure takes works, files, likes and names', async () => {
    await world.addPerson('leaver', { openid: 'o_leaver', name: '要走的人' })
    const leaver = world.phone('o_leaver')
    await leaver.do('account.acceptTerms', { termsVersion: (await leaver.do('account.open', {})).termsVersion })
    const { workId: liked } = await aWork(world, 'published', 'unseemly')
    await leaver.do('gallery.like', { workId: liked, isLiked: true })
    await leaver.do('gallery.ask', { workId: liked, elderId: 'leaver', about: 'unseemly', words: '看着不舒服' })
    const mine = await aWork(world, 'published', 'me', { author: { personId: 'leaver', name: '要走的人', isNamed: true } })
    const { json } = await leaver.do('account.export', {})
    expect(json).toContain('看着不舒服')
    expect(json).toContain('荷花')
    expect(json).not.toContain('周福生')

    const { picture } = (await workOf(mine.workId)) ?? {}
    await leaver.do('account.erase', { confirmName: '要走的人' })
    await world.emulator.fire('timers', 'settle')
    expect(picture).not.toBeNull()
    expect(await workOf(mine.workId)).toBeUndefined()
    expect(await world.phone('o_social').codeOf('gallery.handIn', { elderId: 'mother', sort: 'photo', title: '旧图', fileId: picture?.fileId ?? '', isNamed: true })).toMatch(/FILE_REFUSED|LIMIT_REACHED/)
    const left = JSON.stringify((await world.emulator.dump(['works']))['works'])
    expect(left).not.toContain('要走的人')
    expect(left).not.toContain('"leaver"')
  })

  test('two records that become one like a work once, and keep what either handed in', async () => {
    await world.addPerson('keep', { openid: 'o_keep', name: '合并人' })
    await world.addPerson('drop', { name: '合并人' })
    const { workId } = await aWork(world, 'published', null, { author: { personId: 'drop', name: '合并人', isNamed: true } })
    const document = await workOf(workId)
    await world.emulator.insert('works', [{ ...document, _id: `${workId}b`, likerIds: ['keep', 'drop', 'mother'] }])
    await world.phone('o_social').do('person.merge', { keepId: 'keep', dropId: 'drop' })
    expect((await world.phone('o_keep').do('gallery.mine', { elderId: 'keep' })).works).toHaveLength(2)
    expect(await world.phone('o_keep').do('gallery.show', { workId: `${workId}b` })).toMatchObject({ likes: 2, isLiked: true, isMine: true })
  })

  test('what nobody has looked at in time stands on top', async () => {
    const before = (await world.phone('o_social').do('gallery.board', {})).items.length
    const { workId } = await aWork(world, 'published', 'me')
    await world.emulator.pass(DAY)
    const { items } = await world.phone('o_social').do('gallery.board', {})
    expect(items.map((row) => row.dueAt)).toEqual([...items.map((row) => row.dueAt)].sort((a, b) => a - b))
    expect(Math.min(before + 1, 12)).toBe(items.length)
    expect(items.some((row) => row.workId === workId) || items.length === 12).toBe(true)
    expect(await world.brokenLaws()).toEqual([])
  })
})
