// Cloud storage through the real SDK: upload, temporary address, download, deletion, and paths that would climb out.
import type { EmulatorClient } from '../../emulator/client'
import { probe, startWithFixtures } from './harness'

let emulator: EmulatorClient
beforeAll(async () => {
  emulator = await startWithFixtures({ maxInstances: 1 })
})
afterAll(() => emulator.stop())

interface Uploaded { fileID: string; url: string; text: string }

it('stores what was uploaded and gives it back by a temporary address', async () => {
  const { value } = await probe<Uploaded>(emulator, 'upload', { path: 'visits/2026/照片 1.txt', text: '你好' })
  expect(value).toMatchObject({ text: '你好', fileID: expect.stringMatching(/^cloud:\/\/demo-local\..*\/visits\/2026\/照片 1\.txt$/) })
  const answer = await fetch(value?.url ?? '')
  expect(await answer.text()).toBe('你好')
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
})

it('shows a file to nobody without a signature, or with another file\'s', async () => {
  const { value } = await probe<Uploaded>(emulator, 'upload', { path: 'a.txt', text: 'a' })
  await probe<Uploaded>(emulator, 'upload', { path: 'b.txt', text: 'b' })
  const signed = new URL(value?.url ?? '')
  expect((await fetch(`${signed.origin}/cos/b.txt${signed.search}`)).status).toBe(403)
  expect((await fetch(`${signed.origin}/cos/a.txt`)).status).toBe(403)
  expect((await fetch(`${signed.origin}/cos/a.txt`, { method: 'PUT', body: 'x' })).status).toBe(403)
})

it('deletes, and then has no address', async () => {
  const { value } = await probe<Uploaded>(emulator, 'upload', { path: 'gone.txt', text: 'x' })
  expect(await probe(emulator, 'deleteFile', { fileID: value?.fileID })).toMatchObject({ value: [{ status: 0 }] })
  const { value: list } = await probe<{ tempFileURL: string }[]>(emulator, 'tempUrl', { fileID: value?.fileID })
  expect(list?.[0]?.tempFileURL).toBe('')
})

it.each(['../outside.txt', 'a/../../outside.txt', '/etc/passwd', 'a//b', '.hidden', 'a\\b', 'a?b', ''])('refuses the path "%s"', async path => {
  const { value, failed } = await probe(emulator, 'upload', { path, text: 'x' })
  expect(value).toBeUndefined()
  expect(failed).toBeDefined()
})

it('lets a phone write its own files anew, and neither those of others nor those of a function', async () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const stored = async (fileID: string): Promise<string> => {
    const { value } = await probe<{ tempFileURL: string }[]>(emulator, 'tempUrl', { fileID })
    return (await fetch(value?.[0]?.tempFileURL ?? '')).text()
  }
  const mine = await emulator.upload('o_mine', 'pictures/mine.txt', bytes('one'))
  await emulator.upload('o_mine', 'pictures/mine.txt', bytes('two'))
  await expect(emulator.upload('o_other', 'pictures/mine.txt', bytes('three'))).rejects.toThrow('STORAGE_EXCEED_AUTHORITY')
  expect(await stored(mine)).toBe('two')
  const { value } = await probe<Uploaded>(emulator, 'upload', { path: 'kept/copy.txt', text: 'copy' })
  await expect(emulator.upload('o_mine', 'kept/copy.txt', bytes('other'))).rejects.toThrow('STORAGE_EXCEED_AUTHORITY')
  expect(await stored(value?.fileID ?? '')).toBe('copy')
})
