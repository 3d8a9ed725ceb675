/** Files that nobody handed in, through the real SDK: swept a day later, in runs that may be killed, and never one that something names. */
import type { Upload } from '../../src/domain/upload'
import { DAY, HOUR } from '../../src/domain/civil-time'
import { aPicture } from './gallery-world'
import { aDraft, jpeg, stored, wishOf } from './notice-world'
import { newRequestId, startWorld, type World } from './world'

let world: World
beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
afterEach(() => world.emulator.faults({}))

const isThere = async (url: string): Promise<boolean> => (await fetch(url)).ok
const noted = async (): Promise<Upload[]> => ((await world.emulator.dump(['uploads']))['uploads'] ?? []) as unknown as Upload[]
const sweep = () => world.emulator.fire<{ ok: boolean; output: { files: number; failed: number } }>('timers', 'sweepFiles')
const swept = async (): Promise<number> => {
  const fired = await sweep()
  if (!fired.ok || !fired.result.ok || fired.result.output.failed > 0) throw new Error(JSON.stringify(fired))
  return fired.result.output.files
}
const now = async (): Promise<number> => (await world.emulator.clock()).now
const shown = async (noticeId: string): Promise<{ fileId: string; words: string; url: string }[]> => (await world.phone('o_social').do('notice.work', { noticeId })).pictures
const save = async (noticeId: string, pictures: readonly { readonly fileId: string; readonly words: string }[], title = '停水'): Promise<string> =>
  world.phone('o_social').codeOf('notice.save', { noticeId, ...wishOf(await now(), { title, pictures: pictures.map(({ fileId, words }) => ({ fileId, words })) }) })
/** A file where the server said, as the app does it. */
async function placed(openid: string, bytes = jpeg()): Promise<string> {
  const { path } = await world.phone(openid).do('file.place', { ending: '.jpg' })
  return stored(world, openid, path, bytes)
}
const handIn = (fileId: string) => world.phone('o_mother').ask('gallery.handIn', { elderId: 'mother', sort: 'photo', title: '晚霞', fileId, isNamed: false })

describe('a picture that a phone stored', () => {
  test('and never handed in is there for a day, and gone after it', async () => {
    const [early, late] = [await placed('o_mother'), await placed('o_mother')]
    await world.emulator.pass(DAY - HOUR)
    expect(await swept()).toBe(0)
    expect(await handIn(early)).toMatchObject({ ok: true })
    await world.emulator.pass(HOUR)
    expect(await swept()).toBe(2)
    expect(await handIn(late)).toMatchObject({ error: { code: 'FILE_REFUSED', details: { why: 'missing' } } })
    const [work] = (await world.phone('o_mother').do('gallery.mine', { elderId: 'mother' })).works
    expect(await isThere(work?.url ?? '')).toBe(true)
    await world.emulator.pass(2 * DAY)
    expect([await swept(), await isThere(work?.url ?? ''), await noted()]).toEqual([0, true, []])
  })
  test('has a place that the server chose: nobody names a path that is not theirs', async () => {
    for (const ending of ['.jpg/../../kept/a', '/kept/a.jpg', '.JPG', 'jpg', '.jpegjpeg']) expect(await world.phone('o_mother').codeOf('file.place', { ending })).toBe('BAD_INPUT')
    const envelope = { action: 'file.place', input: { ending: '.jpg' }, requestId: newRequestId(), contractVersion: 1 }
    const pathFor = async (openid: string) => (await world.phone(openid).raw(envelope) as { output: { path: string } }).output.path
    const first = await pathFor('o_mother')
    expect([await pathFor('o_mother') === first, await pathFor('o_social') === first]).toEqual([true, false])
  })
})

describe('a draft', () => {
  test('keeps its picture when the phone’s own file is swept, and so do its published editions', async () => {
    const noticeId = await aDraft(world, { level: 'ordinary', deadlineAt: null, opensCase: false, pictures: [{ fileId: await placed('o_social'), words: '水表' }] })
    await world.emulator.pass(DAY)
    await swept()
    expect(await noted()).toEqual([])
    const [first] = await shown(noticeId)
    await world.phone('o_social').do('notice.submit', { noticeId })
    await world.phone('o_social').do('notice.correct', { noticeId, title: '停水', body: '改到周四。', whatToDo: null, pictures: [{ fileId: await placed('o_social'), words: '阀门' }], attachments: [], summary: '改了图' })
    await world.emulator.pass(2 * DAY)
    await swept()
    expect([await isThere(first?.url ?? ''), await isThere((await shown(noticeId))[0]?.url ?? '')]).toEqual([true, true])
  })
  test('that gave a picture up has it deleted a day later, in a run that is killed and done again', async () => {
    const noticeId = await aDraft(world, { pictures: [{ fileId: await placed('o_social'), words: '一' }, { fileId: await placed('o_social'), words: '二' }] })
    const [one, two] = await shown(noticeId)
    expect(await save(noticeId, [two ?? { fileId: '', words: '' }])).toBe('OK')
    await world.emulator.pass(DAY)
    // Before and after each write and each deletion of the sweep.
    for (let nth = 1; nth <= 6; nth++) {
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['timers'], operations: ['database.modifyDocument', 'database.removeDocument', 'storage.batchDeleteFile'] } })
      await sweep()
      expect(await isThere(two?.url ?? '')).toBe(true)
    }
    await world.emulator.faults({})
    await swept()
    expect([await isThere(one?.url ?? ''), await isThere(two?.url ?? ''), await noted(), await swept()]).toEqual([false, true, [], 0])
  })
  test('that is saved with the picture while it is swept shows it afterwards', async () => {
    const picture = { fileId: await placed('o_social'), words: '水表' }
    const noticeId = await aDraft(world, { pictures: [picture] })
    const kept = (await shown(noticeId)).map(({ fileId, words }) => ({ fileId, words }))
    expect(await save(noticeId, [])).toBe('OK')
    await world.emulator.pass(DAY)
    const [code] = await Promise.all([save(noticeId, kept, '停水，再改'), swept(), save(noticeId, kept, '停水，又改')])
    // Named again in time it is shown; too late, the writer is told.
    expect(['OK', 'FILE_REFUSED']).toContain(code)
    await swept()
    for (const { url } of await shown(noticeId)) expect(await isThere(url)).toBe(true)
  })
  test('that never came to be leaves no copy: the call died after it was made', async () => {
    await world.emulator.pass(DAY)
    await swept()
    const fileId = await aPicture(world, 'o_social')
    await world.emulator.faults({ killFunction: { nth: [1] }, killWhen: 'before', only: { functions: ['api'], collections: ['notices'], operations: ['database.insertDocument'] } })
    await world.phone('o_social').raw({ action: 'notice.save', input: wishOf(await now(), { pictures: [{ fileId, words: '水表' }] }), requestId: newRequestId(), contractVersion: 1 }).catch(() => undefined)
    await world.emulator.faults({})
    expect(await noted()).toHaveLength(1)
    await world.emulator.pass(DAY)
    expect([await swept(), await noted()]).toEqual([1, []])
  })
})

test('more files than one deletion takes go in one run', async () => {
  const at = await now()
  await world.emulator.insert('uploads', Array.from({ length: 120 }, (_, index): Upload => ({ _id: `many${index}`, path: `notices/many${index}.jpg`, at, of: null, madeBy: { key: `many${index}`, hash: '' } })))
  const last = await stored(world, 'o_mother', 'notices/many119.jpg', jpeg())
  await world.emulator.pass(DAY)
  await swept()
  expect([await noted(), await handIn(last)]).toMatchObject([[], { error: { code: 'FILE_REFUSED' } }])
})
