/**
 * Files in storage that nothing names, found and deleted by the clock. A file is noted before it is stored; what a notice
 * gave up stands in the notice itself, so that the write that claims it for deletion and one that names it again exclude each other.
 */
import { randomUUID } from 'node:crypto'
import { filesNamed, type Notice } from '../../src/domain/notice'
import type { Work } from '../../src/domain/gallery'
import { claimed, cleared, fateOf, FILE_KEPT, going, type Holder, type Upload } from '../../src/domain/upload'
import { change, get, save, type Request } from './aggregate'
import { command, dropFiles, dropWhere, find, insert, storeBytes, updateIf } from './cloud'

/** Files that one deletion takes, and rounds of one run: what is left is the next run's. */
const BATCH = 50
const ROUNDS = 10

export const uploadOf = (id: string, path: string, of: Holder | null, madeBy: Request, now: number): Upload => ({ _id: id, path, at: now, of, madeBy: { key: madeBy.key, hash: madeBy.hash } })

/** Puts a file's bytes where no phone can change them; nobody can guess the path before it is written. @param of what they are for @returns the file's id */
export async function keepCopy(bytes: Buffer, ending: string, of: Holder, now: number): Promise<string> {
  const id = randomUUID()
  const path = `kept/${id}.${ending}`
  await insert('uploads', uploadOf(id, path, of, { key: id, hash: '' }, now))
  return storeBytes(path, bytes)
}

const MARK = 'kept/mark.txt'
/** What stands before every path in this storage: known from a file of our own. */
const storageBase = async (): Promise<string> => (await storeBytes(MARK, Buffer.from('mark'))).slice(0, -MARK.length)

/** What the holders of these copies name, or have given up and delete themselves. */
async function namedBy(uploads: readonly Upload[]): Promise<ReadonlySet<string>> {
  const idsOf = (collection: Holder['collection']): string[] => [...new Set(uploads.flatMap(({ of }) => (of?.collection === collection ? of.id : [])))]
  const [noticeIds, workIds] = [idsOf('notices'), idsOf('works')]
  const [notices, works] = await Promise.all([
    noticeIds.length === 0 ? [] : find<Notice>('notices', { _id: command.in(noticeIds) }, null, noticeIds.length, ['text', 'submission', 'editions', 'leaves']),
    workIds.length === 0 ? [] : find<Work>('works', { _id: command.in(workIds) }, null, workIds.length, ['picture', 'leaves']),
  ])
  return new Set([...notices.flatMap((notice) => [...filesNamed(notice), ...(notice.leaves ?? []).map((one) => one.fileId)]), ...works.flatMap(({ picture, leaves }) => [...(picture === null ? [] : [picture.fileId]), ...leaves])])
}

/** Files that were noted a day ago and that nothing names. The note goes last: a run that is killed is done again. @returns how many went */
export async function sweepUploads(now: number): Promise<number> {
  let gone = 0
  let known: string | undefined
  for (let round = 0; round < ROUNDS; round++) {
    const stale = await find<Upload>('uploads', { at: command.lte(now - FILE_KEPT) }, { by: 'at', direction: 'asc' }, BATCH)
    if (stale.length === 0) break
    const base = (known ??= await storageBase())
    const named = await namedBy(stale)
    const goes = stale.filter((upload) => fateOf(upload, named, base + upload.path, now) === 'goes')
    const left = await dropFiles(goes.map((upload) => base + upload.path))
    const isLeft = (upload: Upload): boolean => left.includes(base + upload.path)
    gone += goes.length - left.length
    await dropWhere('uploads', { _id: command.in(stale.filter((upload) => !isLeft(upload)).map((upload) => upload._id)) })
    // Storage did not delete it: it is tried again in a day, and keeps nobody else waiting.
    for (const upload of stale.filter(isLeft)) await updateIf('uploads', upload._id, { at: upload.at }, { at: command.set(now) })
    if (stale.length < BATCH) break
  }
  return gone
}

/** Notices that gave a file up a day ago. */
export const noticesToSweep = (now: number): Promise<Notice[]> => find<Notice>('notices', { sweepAt: command.gt(0).and(command.lte(now)) }, { by: 'sweepAt', direction: 'asc' }, BATCH)

/** Claims the files, deletes them, and forgets them; from the claim on no draft can name them again. @returns how many went */
export async function sweepNotice(notice: Notice, now: number): Promise<number> {
  const next = claimed(notice, now)
  if (!(await save('notices', notice, next))) return 0
  const left = await dropFiles(going(next))
  const gone = going(next).filter((fileId) => !left.includes(fileId))
  await change<Notice>('notices', await get<Notice>('notices', notice._id), (current) => cleared(current, gone))
  return gone.length
}
