/** Notices in hostile hands: markup, links, files that are not what they say, times, audiences and answers that are not theirs; and what the content check holds is never published and never lost. */
import { DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { CONTRACT_VERSION } from '../../src/contract'
import { aDraft, aNotice, audienceOf, jpeg, linesOf, stored, tell, wishOf } from './notice-world'
import { newRequestId, startWorld, type World } from './world'

let world: World
let now: number
beforeAll(async () => {
  world = await startWorld()
  now = (await world.emulator.clock()).now
  await world.addPerson('social2', { openid: 'o_social2', name: '示例二', birthOn: '1985-01-01', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  await world.addPerson('second', { openid: 'o_second', name: '示例三', communityId: 'taigu', birthOn: '1985-01-01', grants: [{ role: 'admin' }] })
})
afterAll(() => world.stop())

const answerOf = async (changes: Parameters<typeof aDraft>[1], openid = 'o_social'): Promise<string> => {
  const saved = await world.phone(openid).ask('notice.save', wishOf(now, changes))
  const answer = saved.ok ? await world.phone(openid).ask('notice.submit', { noticeId: saved.output.noticeId }) : saved
  return answer.ok ? ('status' in answer.output ? `${answer.output.status} ${answer.output.why ?? ''}`.trim() : 'OK') : `${answer.error.code} ${String(answer.error.details?.['field'] ?? answer.error.details?.['why'] ?? '')}`.trim()
}
const held = async (noticeId: string) => ({ shown: (await world.phone('o_mother').do('notice.list', { elderId: 'mother' })).items.some((item) => item.noticeId === noticeId), lines: (await linesOf(world, noticeId)).length })

describe('words', () => {
  test('script and markup are text', async () => {
    const body = '<script>alert(1)</script><img src=x onerror=alert(1)> 11月25日 停水 **粗体** [点我](javascript:alert(1))'
    const noticeId = await aNotice(world, { changes: { body, title: '<b>停水</b>' } })
    expect(await world.phone('o_mother').do('notice.show', { noticeId, elderId: 'mother' })).toMatchObject({ body, title: '<b>停水</b>' })
  })
  test.each([['http://evil.example.com/a', 'LINK_REFUSED'], ['看 www.evil.com', 'LINK_REFUSED'], ['https://gov.cn.evil.com', 'LINK_REFUSED'], ['https://gov.cn@evil.com/', 'LINK_REFUSED'], ['https://www.nbyz.gov.cn/x', 'published']])('a link to %s: %s', async (link, expected) => {
    expect(await answerOf({ body: `11月25日 停水，${link}` })).toBe(expected)
    if (expected === 'published') expect(await answerOf({ body: '11月25日 停水', whatToDo: `打开 ${link}` })).toBe(expected)
  })
  test('what the check holds waits for a person, is shown to nobody, and is never lost', async () => {
    for (const changes of [{ body: '11月25日 停水，违禁词。' }, { title: '违禁词停水' }, { whatToDo: '违禁词' }, { body: `${'停'.repeat(1958)}违禁词` }]) {
      const noticeId = await aDraft(world, changes)
      expect(await world.phone('o_social').do('notice.submit', { noticeId })).toEqual({ status: 'waiting', why: 'content' })
      await tell(world)
      expect(await held(noticeId)).toEqual({ shown: false, lines: 0 })
      expect((await world.phone('o_social2').do('notice.desk', {})).open.map((row) => row.noticeId)).toContain(noticeId)
      // The writer cannot let it through, somebody else can send it back with a reason or publish it.
      expect(await world.phone('o_social').codeOf('notice.decide', { noticeId, isApproved: true })).toBe('SECOND_PERSON')
      await world.phone('o_social2').do('notice.decide', { noticeId, isApproved: false, reason: '换个说法' })
      expect(await world.phone('o_social').do('notice.work', { noticeId })).toMatchObject({ status: 'draft', returned: { words: '换个说法' } })
    }
  })
  test('a check that does not answer holds it, too', async () => {
    const noticeId = await aDraft(world)
    await world.emulator.faults({ errorBefore: 1, only: { functions: ['api'], operations: ['wx.'] } })
    expect(await world.phone('o_social').do('notice.submit', { noticeId })).toEqual({ status: 'waiting', why: 'content' })
    await world.emulator.faults({})
    await world.phone('o_social2').do('notice.decide', { noticeId, isApproved: true })
    await tell(world)
    expect((await held(noticeId)).shown).toBe(true)
  })
  test('a correction that is held leaves the old text where it is', async () => {
    const noticeId = await aNotice(world)
    expect(await world.phone('o_social').do('notice.correct', { noticeId, title: '停水', body: '改了，违禁词。', whatToDo: null, pictures: [], attachments: [], summary: '改了' })).toEqual({ edition: 1, why: 'content' })
    expect(await world.phone('o_mother').do('notice.show', { noticeId, elderId: 'mother' })).toMatchObject({ edition: 1, body: expect.stringContaining('接好用水') as string })
    await world.phone('o_social2').do('notice.decide', { noticeId, isApproved: true })
    expect(await world.phone('o_mother').do('notice.show', { noticeId, elderId: 'mother' })).toMatchObject({ edition: 2, body: '改了，违禁词。' })
  })
})

describe('files', () => {
  const put = (name: string, bytes: Buffer) => stored(world, 'o_social', `notices/${newRequestId()}/${name}`, bytes)
  const picture = async (bytes: Buffer) => ({ pictures: [{ fileId: await put('a.jpg', bytes), words: '水表' }] })
  const attached = async (name: string, bytes: Buffer) => ({ attachments: [{ fileId: await put('a', bytes), name }] })
  test('a picture passes the check, and has an address on the screen', async () => {
    const noticeId = await aNotice(world, { changes: await picture(jpeg()) })
    const [shown] = (await world.phone('o_mother').do('notice.show', { noticeId, elderId: 'mother' })).pictures
    expect(shown).toMatchObject({ words: '水表', url: expect.stringMatching(/^http/) as string })
  })
  test('a picture of 10 MB is refused, one that the check cannot take is held, so is a risky one', async () => {
    expect(await answerOf(await picture(jpeg(10 * 1024 * 1024)))).toBe('FILE_REFUSED tooLarge')
    expect(await answerOf(await picture(jpeg(2 * 1024 * 1024)))).toBe('waiting content')
    expect(await answerOf(await picture(Buffer.concat([jpeg(), Buffer.from('DEMO-RISKY-IMAGE')])))).toBe('waiting content')
  })
  test('a picture that is none, an attachment that is not what its name says, a file that is not there', async () => {
    expect(await answerOf(await picture(Buffer.from('<svg onload=alert(1)>')))).toBe('FILE_REFUSED kind')
    expect(await answerOf(await picture(Buffer.from('%PDF-1.7 x')))).toBe('FILE_REFUSED kind')
    expect(await answerOf(await attached('通知.pdf', jpeg()))).toBe('FILE_REFUSED name')
    expect(await answerOf(await attached('照片.jpg', Buffer.from('%PDF-1.7 x')))).toBe('FILE_REFUSED name')
    expect(await answerOf(await attached('看看.exe', Buffer.from('MZ binary')))).toBe('FILE_REFUSED kind')
    expect(await answerOf(await attached('看看.pdf.exe', Buffer.from('%PDF-1.7 x')))).toBe('FILE_REFUSED name')
    expect(await answerOf({ pictures: [{ fileId: 'cloud://demo-test.nowhere/notices/none.jpg', words: '无' }] })).toBe('FILE_REFUSED missing')
  })
  test('a file is looked at once: a draft that has it is kept on while files cannot be had', async () => {
    const its = await picture(jpeg())
    const noticeId = await aDraft(world, its)
    const wish = wishOf((await world.emulator.clock()).now, { ...its, title: '停水，改过的' })
    await world.emulator.faults({ errorBefore: 1, only: { functions: ['api'], operations: ['storage.'] } })
    const [kept, another] = [await world.phone('o_social').codeOf('notice.save', { ...wish, noticeId }), await world.phone('o_social').codeOf('notice.save', { ...wish, noticeId, pictures: [{ fileId: 'cloud://demo-test.nowhere/b.jpg', words: '另一张' }] })]
    await world.emulator.faults({})
    expect([kept, another]).toEqual(['OK', 'FILE_REFUSED'])
    expect((await world.phone('o_social').do('notice.work', { noticeId })).pictures).toHaveLength(1)
  })
  test('what was checked is what is shown: a file that is stored anew afterwards changes nothing, and nobody’s phone can write the copy', async () => {
    const path = `notices/${newRequestId()}/swap.jpg`
    const risky = Buffer.concat([jpeg(), Buffer.from('DEMO-RISKY-IMAGE')])
    const shownBytes = async (noticeId: string): Promise<Buffer> => Buffer.from(await (await fetch((await world.phone('o_mother').do('notice.show', { noticeId, elderId: 'mother' })).pictures[0]?.url ?? '')).arrayBuffer())
    // Stored anew before it is sent, and once more when it is out; the draft goes on naming the file as the phone knows it.
    const its = { pictures: [{ fileId: await stored(world, 'o_social', path, jpeg()), words: '水表' }] }
    const noticeId = await aDraft(world, its)
    await stored(world, 'o_social', path, risky)
    await world.phone('o_social').do('notice.save', { noticeId, ...wishOf(now, { ...its, title: '停水，又改' }) })
    expect(await world.phone('o_social').do('notice.submit', { noticeId })).toEqual({ status: 'published', why: null })
    await stored(world, 'o_social', path, risky)
    expect((await shownBytes(noticeId)).equals(jpeg())).toBe(true)
    const { fileId } = (await world.phone('o_social').do('notice.work', { noticeId })).pictures[0] ?? { fileId: '' }
    const copy = fileId.replace(/^cloud:\/\/[^/]+\//, '')
    for (const openid of ['o_social', 'o_mother']) await expect(world.emulator.upload(openid, copy, risky)).rejects.toMatchObject({ status: 403 })
    expect((await shownBytes(noticeId)).equals(jpeg())).toBe(true)
    // Whoever begins with the risky bytes is held, under whatever name.
    expect(await answerOf({ pictures: [{ fileId: await stored(world, 'o_social', path, risky), words: '水表' }] })).toBe('waiting content')
  })
  test('a correction checks what is new in it: a document that was accepted stays accepted, another one is read by a person', async () => {
    const paper = await attached('通知.pdf', Buffer.from('%PDF-1.7 x'))
    const noticeId = await aDraft(world, paper)
    expect(await world.phone('o_social').do('notice.submit', { noticeId })).toEqual({ status: 'waiting', why: 'content' })
    await world.phone('o_social2').do('notice.decide', { noticeId, isApproved: true })
    const correction = async (body: string, attachments: readonly { readonly fileId: string; readonly name: string }[]) => world.phone('o_social').do('notice.correct', { noticeId, title: '周三停水', body, whatToDo: null, pictures: [], attachments: [...attachments], summary: '改了' })
    const kept = async () => (await world.phone('o_social').do('notice.work', { noticeId })).attachments.map(({ fileId, name }) => ({ fileId, name }))
    expect(await correction('改为 11月26日 停水。', await kept())).toEqual({ edition: 2, why: null })
    // Named by where the phone had put it, and with words that are held, as ever.
    expect(await correction('改为 11月27日 停水。', paper.attachments)).toEqual({ edition: 3, why: null })
    expect(await correction('改了，违禁词。', await kept())).toEqual({ edition: 3, why: 'content' })
    await world.phone('o_social2').do('notice.decide', { noticeId, isApproved: false, reason: '换个说法' })
    expect(await correction('改为 11月28日 停水。', [...(await kept()), ...(await attached('新的.pdf', Buffer.from('%PDF-1.7 y'))).attachments])).toEqual({ edition: 3, why: 'content' })
  })
  test('a document is read by a person before it is published', async () => {
    expect(await answerOf(await attached('通知.pdf', Buffer.from('%PDF-1.7 x')))).toBe('waiting content')
  })
})

describe('times and audiences', () => {
  test.each<[string, Parameters<typeof aDraft>[1], string]>([
    ['a deadline before publication', { publishAt: 2 * HOUR, deadlineAt: HOUR }, 'BAD_INPUT deadlineAt'],
    ['a deadline in the past', { deadlineAt: -HOUR }, 'BAD_INPUT deadlineAt'],
    ['publication in the past', { publishAt: -1 }, 'BAD_INPUT publishAt'],
    ['an end before it begins', { validUntil: HOUR, publishAt: 2 * HOUR, deadlineAt: 3 * HOUR }, 'BAD_INPUT validUntil'],
    ['two years ahead', { validUntil: 800 * DAY }, 'BAD_INPUT validUntil'],
    ['an audience of nobody', { audience: audienceOf({ ageFrom: 120 }) }, 'NOBODY_ADDRESSED'],
    ['no community at all', { audience: audienceOf({ communityIds: [] }) }, 'BAD_INPUT'],
    ['an age backwards', { audience: audienceOf({ ageFrom: 80, ageTo: 60 }) }, 'BAD_INPUT ageFrom'],
    ['a grid that is not there', { audience: audienceOf({ grids: ['西网格'] }) }, 'BAD_INPUT grids'],
    ['another community', { audience: audienceOf({ communityIds: ['taigu'] }) }, 'NOT_FOUND'],
    ['one’s own and another', { audience: audienceOf({ communityIds: ['huaguang', 'taigu'] }) }, 'NOT_FOUND'],
    ['another subdistrict', { audience: audienceOf({ communityIds: ['faraway'] }) }, 'NOT_FOUND'],
  ])('%s is refused: %s', async (_name, changes, expected) => {
    now = (await world.emulator.clock()).now
    const at = (offset: number | null | undefined) => (offset === null || offset === undefined ? offset : now + offset)
    const dated = Object.fromEntries(Object.entries(changes ?? {}).map(([name, value]) => [name, name === 'audience' ? value : at(value as number)]))
    const answer = await answerOf(dated)
    expect(answer.startsWith(expected) ? expected : answer).toBe(expected)
  })
  test('an administrator cannot address another subdistrict; every community by name is the whole subdistrict, for two people', async () => {
    expect(await answerOf({ audience: audienceOf({ communityIds: ['faraway'] }) }, 'o_admin')).toBe('NOT_FOUND')
    expect(await answerOf({ audience: audienceOf({ communityIds: ['huaguang', 'taigu'], isWhole: false }) }, 'o_admin')).toBe('waiting secondPerson')
    expect(await answerOf({ audience: audienceOf({ communityIds: ['huaguang'], isWhole: true }) }, 'o_admin')).toBe('BAD_INPUT communityIds')
  })
  test('a draft cannot be moved to people whom its writer may not address, nor taken over by somebody else’s hands', async () => {
    const noticeId = await aDraft(world)
    expect(await world.phone('o_social').codeOf('notice.save', { noticeId, ...wishOf(now, { audience: audienceOf({ communityIds: ['taigu'] }) }) })).toBe('NOT_FOUND')
    for (const action of ['notice.submit', 'notice.work', 'notice.reach'] as const) expect(await world.phone('o_social_taigu').codeOf(action, { noticeId })).toBe('NOT_FOUND')
    for (const openid of ['o_mother', 'o_worker']) expect(await world.phone(openid).codeOf('notice.submit', { noticeId })).toBe('NOT_ALLOWED')
  })
  test('a yes that comes after the deadline publishes nothing', async () => {
    const noticeId = await aDraft(world, { body: '违禁词停水' })
    await world.phone('o_social').do('notice.submit', { noticeId })
    await world.emulator.pass(7 * HOUR)
    expect(await world.phone('o_social2').codeOf('notice.decide', { noticeId, isApproved: true })).toBe('BAD_INPUT')
    await tell(world)
    expect((await held(noticeId)).lines).toBe(0)
    expect(await world.phone('o_social2').codeOf('notice.decide', { noticeId, isApproved: false, reason: '过时了' })).toBe('OK')
  })
})

describe('answers that are not theirs', () => {
  let noticeId: string
  beforeAll(async () => {
    now = (await world.emulator.clock()).now
    noticeId = await aNotice(world)
    await tell(world)
  })
  const say = (openid: string, elderId: string, id = noticeId, edition = 1) => world.phone(openid).codeOf('notice.acknowledge', { noticeId: id, elderId, edition })
  test('without a right, with an ended one, with another scope, from elsewhere: nothing is acknowledged', async () => {
    await world.addPerson('booker', { openid: 'o_booker', name: '示例只约', birthOn: '1970-01-01', communitySince: now })
    await world.addPerson('cared', { name: '示例被照护', communitySince: now, delegates: { booker: { personId: 'booker', name: '示例只约', kinship: '儿子', scopes: ['book'], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'cared', name: '示例被照护', how: 'elderTap' }, endedAt: null, endedBy: null } }, delegateIds: ['booker'] })
    const id = await aNotice(world)
    await tell(world)
    expect(await say('o_booker', 'cared', id)).toBe('SCOPE_MISSING')
    expect(await say('o_former', 'mother')).toBe('DELEGATION_ENDED')
    for (const openid of ['o_neighbour', 'o_stranger', 'o_worker', 'o_social', 'o_social_taigu', 'o_admin', 'o_strange_admin']) expect([openid, await say(openid, 'mother')]).toEqual([openid, 'NOT_FOUND'])
    expect((await linesOf(world, noticeId)).find((line) => line.personId === 'mother')?.state).not.toBe('understood')
  })
  test('ids that were made up, an edition that is not there, operators in place of ids', async () => {
    for (const [id, elderId] of [['nowhere', 'mother'], [`${noticeId}_mother`, 'mother'], [noticeId, 'nobody']] as const) expect(await say('o_mother', elderId, id)).toBe('NOT_FOUND')
    // A person whose id ends like somebody else's line.
    await world.addPerson('x_mother', { openid: 'o_x_mother', name: '示例像她', communitySince: now })
    await world.emulator.insert('noticeReceipts', [{ ...(await linesOf(world, noticeId)).find((line) => line.personId === 'mother'), _id: `${noticeId}_y_x_mother`, personId: 'y_x_mother' }])
    expect(await say('o_x_mother', 'x_mother', `${noticeId}_y`)).toBe('NOT_FOUND')
    expect(await say('o_mother', 'mother', noticeId, 7)).toBe('CORRECTED')
    for (const input of [{ noticeId: { $gt: '' }, elderId: 'mother', edition: 1 }, { noticeId, elderId: ['mother'], edition: 1 }, { noticeId, elderId: 'mother', edition: 1, state: 'understood' }]) {
      expect((await world.phone('o_mother').raw({ action: 'notice.acknowledge', input, requestId: newRequestId(), contractVersion: CONTRACT_VERSION })).error?.code).toBe('BAD_INPUT')
    }
  })
  test('a consent for a template that the product does not have', async () => {
    expect(await world.phone('o_mother').codeOf('consent.record', { answers: [{ templateId: 'tpl_other', answer: 'accept' }] })).toBe('BAD_INPUT')
  })
  test('however many drafts colleagues have, the own one is on the desk', async () => {
    const mine = await aDraft(world, { audience: audienceOf({ communityIds: ['taigu'] }) }, 'o_social_taigu')
    for (let count = 0; count < 31; count++) await aDraft(world)
    expect((await world.phone('o_social_taigu').do('notice.desk', {})).open.map((row) => row.noticeId)).toContain(mine)
  })
  test('few stand on top, whoever asks', async () => {
    const until = (await world.emulator.clock()).now + HOUR
    for (let nth = 0; nth < 3; nth++) await world.phone('o_social').do('notice.pin', { noticeId: await aNotice(world), until })
    expect(await world.phone('o_social2').codeOf('notice.pin', { noticeId, until })).toBe('LIMIT_REACHED')
    expect(await world.phone('o_social').codeOf('notice.pin', { noticeId, until: until + 60 * DAY })).toBe('BAD_INPUT')
  })
  test('nine pins at once: three stand on top, the others hear that there is no room; taken down makes room for one', async () => {
    const until = (await world.emulator.clock()).now + HOUR
    const taigu = { changes: { audience: audienceOf({ communityIds: ['taigu'] }) }, openid: 'o_social_taigu' }
    const noticeIds = await Promise.all(Array.from({ length: 9 }, () => aNotice(world, taigu)))
    await world.emulator.faults({ seed: 5, latencyMs: [0, 15], only: { functions: ['api'] } })
    const answers = await Promise.all(noticeIds.map((id, nth) => world.phone(nth % 2 === 0 ? 'o_social_taigu' : 'o_admin').codeOf('notice.pin', { noticeId: id, until })))
    await world.emulator.faults({})
    expect(answers.filter((code) => code === 'OK')).toHaveLength(3)
    expect(new Set(answers)).toEqual(new Set(['OK', 'LIMIT_REACHED']))
    const pinned = noticeIds.filter((_, nth) => answers[nth] === 'OK')
    const stored = ((await world.emulator.dump(['notices']))['notices'] ?? []).filter((notice) => noticeIds.includes(String(notice['_id'])) && notice['pinnedUntil'] !== null)
    expect(stored.map((notice) => notice['_id']).sort()).toEqual([...pinned].sort())
    await world.phone('o_social_taigu').do('notice.pin', { noticeId: pinned[0] ?? '', until: null })
    const [next, last] = noticeIds.filter((id) => !pinned.includes(id))
    expect(await world.phone('o_social_taigu').codeOf('notice.pin', { noticeId: next ?? '', until })).toBe('OK')
    expect(await world.phone('o_social_taigu').codeOf('notice.pin', { noticeId: last ?? '', until })).toBe('LIMIT_REACHED')
  })
  test('afterwards every law holds', async () => {
    await world.emulator.pass(10 * MINUTE)
    await tell(world)
    expect((await world.brokenLaws()).filter((law) => !law.includes('y_x_mother'))).toEqual([])
  })
})
