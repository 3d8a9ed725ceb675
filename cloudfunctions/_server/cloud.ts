/**
 * The only importer of wx-server-sdk: everything that the product relies on in the platform stands here, with the
 * platform's traps closed (an update without a query changes all documents; a limit of 0 means 100; a missing document
 * throws; keys with dots nest).
 */
import { randomInt } from 'node:crypto'
import cloud from 'wx-server-sdk'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

interface Selection {
  where(condition: object): Selection
  orderBy(field: string, direction: 'asc' | 'desc'): Selection
  limit(max: number): Selection
  field(projection: Readonly<Record<string, true>>): Selection
  get(): Promise<{ data: unknown[] }>
  update(options: { data: object }): Promise<{ stats: { updated: number } }>
  remove(): Promise<{ stats: { removed: number } }>
  count(): Promise<{ total: number }>
}
interface Aggregate {
  match(condition: object): Aggregate
  group(stage: object): Aggregate
  limit(most: number): Aggregate
  end(): Promise<{ list: unknown[] }>
}
interface Doc {
  get(): Promise<{ data: unknown }>
  update(options: { data: object }): Promise<{ stats: { updated: number } }>
  set(options: { data: object }): Promise<unknown>
  remove(): Promise<{ stats: { removed: number } }>
}
interface Collection extends Selection {
  doc(id: string): Doc
  add(options: { data: object }): Promise<{ _id: string }>
  aggregate(): Aggregate
}
/** A transaction gives out `doc` alone: a where() in it would run outside and survive the rollback. */
export interface Transaction {
  collection(name: string): { doc(id: string): Doc }
}
interface Database {
  collection(name: string): Collection
  command: Command
  runTransaction<T>(run: (transaction: Transaction) => Promise<T>): Promise<T>
}
/** The commands that the product uses. */
export interface Command {
  eq(value: unknown): object
  neq(value: unknown): object
  gt(value: unknown): object & { and(other: object): object }
  gte(value: unknown): object & { and(other: object): object }
  lt(value: unknown): object & { and(other: object): object }
  lte(value: unknown): object & { and(other: object): object }
  in(values: readonly unknown[]): object
  exists(value: boolean): object
  set(value: unknown): object
  inc(by: number): object
  remove(): object
}

const database = cloud.database({ throwOnNotFound: false } as never) as unknown as Database
export const command: Command = database.command

/** Who the platform says is calling; never anything from the input. */
export function caller(): { readonly openid: string | null; readonly source: string } {
  const context = cloud.getWXContext() as { OPENID?: string | number; SOURCE?: string; FROM_OPENID?: string }
  const openid = context.OPENID === undefined || context.OPENID === '' ? null : String(context.OPENID)
  return { openid, source: context.SOURCE ?? '' }
}

export const isDuplicate = (error: unknown): boolean => /E11000|duplicate key|DUPLICATE/i.test(messageOf(error))
export const isConflict = (error: unknown): boolean => /TransactionConflict|write conflict/i.test(messageOf(error))
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : String(error))

/** A query: equality values, or conditions made with `command`. Never anything that came from input unparsed. */
export type Where = Readonly<Record<string, unknown>>

export async function read<T>(collection: string, id: string): Promise<T | null> {
  const { data } = await database.collection(collection).doc(id).get()
  return (Array.isArray(data) ? ((data[0] as T | undefined) ?? null) : ((data as T | null | undefined) ?? null))
}

/** At most `limit` documents (1–1000) in the order of one indexed field; `only` names the fields that are wanted, `_id` comes always. */
export async function find<T>(collection: string, where: Where, order: { by: string; direction: 'asc' | 'desc' } | null, limit: number, only?: readonly (keyof T & string)[]): Promise<T[]> {
  let selection = database.collection(collection).where(where)
  if (order) selection = selection.orderBy(order.by, order.direction)
  if (only) selection = selection.field(Object.fromEntries(only.map((name) => [name, true as const])))
  const { data } = await selection.limit(Math.min(1000, Math.max(1, limit))).get()
  return data as T[]
}

/** Adds a document under its own id. @returns false if that id exists already */
export async function insert<T extends { readonly _id: string }>(collection: string, document: T): Promise<boolean> {
  try {
    await database.collection(collection).add({ data: document })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** How many documents match, by an index. */
export async function countOf(collection: string, where: Where): Promise<number> {
  return (await database.collection(collection).where(where).count()).total
}

/** Documents that match, summed up in groups: `group` in the database's own words. At most 1000 groups come back. */
export async function groupOf<T>(collection: string, where: Where, group: object): Promise<T[]> {
  const { list } = await database.collection(collection).aggregate().match(where).group(group).limit(1000).end()
  return list as T[]
}

/** Adds documents that are not there yet, in one call; where somebody else was faster with one, each for itself. */
export async function insertAll<T extends { readonly _id: string }>(collection: string, documents: readonly T[]): Promise<void> {
  if (documents.length === 0) return
  try {
    await database.collection(collection).add({ data: documents as unknown as object })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    for (const document of documents) await insert(collection, document)
  }
}

/** Changes every document that matches. @throws for a query without a condition: it would change the whole collection. @returns how many */
export async function updateWhere(collection: string, where: Where, changes: Readonly<Record<string, unknown>>): Promise<number> {
  if (Object.keys(where).length === 0 || Object.keys(changes).length === 0) throw new Error(`changing ${collection} needs a condition and a change`)
  const { stats } = await database.collection(collection).where(where).update({ data: changes })
  return stats.updated
}

/** One conditional, atomic update of one document. @returns false if the condition did not hold */
export async function updateIf(collection: string, id: string, condition: Where, changes: Readonly<Record<string, unknown>>): Promise<boolean> {
  if (Object.keys(changes).length === 0) throw new Error(`an empty update of ${collection} would go out as no change at all`)
  const { stats } = await database.collection(collection).where({ ...condition, _id: id }).update({ data: changes })
  return stats.updated > 0
}

export async function put(collection: string, id: string, document: object): Promise<void> {
  await database.collection(collection).doc(id).set({ data: document })
}

export async function drop(collection: string, id: string): Promise<void> {
  await database.collection(collection).doc(id).remove()
}

/** Removes every document that matches. @throws for a query without a condition: it would empty the collection */
export async function dropWhere(collection: string, where: Where): Promise<number> {
  if (Object.keys(where).length === 0) throw new Error(`removing from ${collection} needs a condition`)
  const { stats } = await database.collection(collection).where(where).remove()
  return stats.removed
}

const TRANSACTION_ATTEMPTS = 8
/** First pause before a transaction is tried again, ms; it doubles, with chance, so that those who met do not meet again. */
const PAUSE = 12

/** A transaction over cold documents. The SDK retries conflicts of the commit alone; those of an operation are retried here. */
export async function transact<T>(run: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.runTransaction(run)
    } catch (error) {
      if (attempt >= TRANSACTION_ATTEMPTS || !isConflict(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, randomInt(PAUSE, PAUSE * 2 ** attempt)))
    }
  }
}

export type SendOutcome = 'sent' | 'noQuota' | 'failed'

/** Sends one subscription message. No quota is a state, not an error. */
export async function sendSubscriptionMessage(message: { touser: string; templateId: string; page: string; data: Readonly<Record<string, { value: string }>> }): Promise<SendOutcome> {
  try {
    await cloud.openapi['subscribeMessage'].send({ touser: message.touser, page: message.page, data: message.data, templateId: message.templateId, miniprogramState: 'formal' })
    return 'sent'
  } catch (error) {
    return codeOf(error) === 43101 || /43101/.test(messageOf(error)) ? 'noQuota' : 'failed'
  }
}

const codeOf = (error: unknown): number | null => (typeof error === 'object' && error !== null && 'errCode' in error ? Number(error.errCode) : null)

/** The phone number that WeChat verified for a one-time code; null if the code is worthless. */
export async function phoneNumberOf(code: string): Promise<string | null> {
  try {
    const reply = (await cloud.openapi['phonenumber'].getPhoneNumber({ code })) as { phoneInfo?: { purePhoneNumber?: string }; phone_info?: { purePhoneNumber?: string } }
    return reply.phoneInfo?.purePhoneNumber ?? reply.phone_info?.purePhoneNumber ?? null
  } catch {
    return null
  }
}

/** True if what a person wrote may be shown to others. A failing check refuses: nothing unchecked is published. */
export async function isTextAllowed(openid: string, content: string): Promise<boolean> {
  const reply = (await cloud.openapi['security'].msgSecCheck({ openid, content, version: 2, scene: 2 })) as { result?: { suggest?: string } }
  return reply.result?.suggest === 'pass'
}

/** True if a picture may be shown to others; what cannot be checked is not. At most 1 MB. */
export async function isPictureAllowed(bytes: Buffer, contentType: string): Promise<boolean> {
  try {
    await cloud.openapi['security'].imgSecCheck({ media: { contentType, value: bytes } } as never)
    return true
  } catch {
    return false
  }
}

/** A stored file's bytes; null when it cannot be had. */
export async function storedBytes(fileId: string): Promise<Buffer | null> {
  try {
    const { fileContent } = (await cloud.downloadFile({ fileID: fileId })) as { fileContent: Buffer }
    return fileContent
  } catch {
    return null
  }
}

/** Addresses under which stored files can be had for a while, by id. */
export async function addressesOf(fileIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (fileIds.length === 0) return new Map()
  const { fileList } = (await cloud.getTempFileURL({ fileList: [...fileIds] })) as unknown as { fileList: readonly { fileID: string; tempFileURL: string }[] }
  return new Map(fileList.map((file) => [file.fileID, file.tempFileURL]))
}

/** Stores bytes under a path that no phone can write afterwards: the file belongs to nobody who calls; again overwrites it. @returns the file's id */
export async function storeBytes(path: string, bytes: Buffer): Promise<string> {
  const { fileID } = (await cloud.uploadFile({ cloudPath: path, fileContent: bytes } as never)) as { fileID: string }
  return fileID
}

/** The platform's word for a file that is not there. */
const NO_SUCH_FILE = -503003

/** Files that the platform deletes in one call. */
const FILES_AT_ONCE = 50

/** Deletes stored files; one that is not there any more is no fault. @returns those that are still there */
export async function dropFiles(fileIds: readonly string[]): Promise<readonly string[]> {
  const left: string[] = []
  for (let from = 0; from < fileIds.length; from += FILES_AT_ONCE) {
    const { fileList } = (await cloud.deleteFile({ fileList: fileIds.slice(from, from + FILES_AT_ONCE) })) as { fileList: readonly { fileID: string; status: number }[] }
    left.push(...fileList.filter((file) => file.status !== 0 && file.status !== NO_SUCH_FILE).map((file) => file.fileID))
  }
  return left
}

/** Stores a text in cloud storage, apart from the database; again overwrites it. @returns the file's id */
export const storeText = (path: string, text: string): Promise<string> => storeBytes(path, Buffer.from(text))

/** What a stored file says; null when it cannot be had. */
export async function storedText(fileId: string): Promise<string | null> {
  try {
    const { fileContent } = (await cloud.downloadFile({ fileID: fileId })) as { fileContent: Buffer }
    return fileContent.toString('utf8')
  } catch {
    return null
  }
}
