// Cloud storage: files in the data folder, reached by signed addresses as in the real cloud.
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, type ReadStream } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { randomUUID } from 'node:crypto'

const uploadLifeMs = 10 * 60_000
const downloadLifeMs = 2 * 3600_000
export const largestUpload = 50 * 1024 * 1024

export interface StorageParts {
  readonly folder: string
  readonly env: string
  readonly baseUrl: () => string
  readonly wallClock: () => number
  readonly sign: (text: string) => string
  readonly isSigned: (text: string, signature: string) => boolean
}

/** A path that cannot be stored: empty, climbing, or with characters that no file system or address takes. */
export class StoragePathError extends Error {}

/** Uploads, temporary addresses and deletion of files. */
export class Storage {
  private readonly prefix: string

  constructor(private readonly parts: StorageParts) {
    this.prefix = `cloud://${parts.env}.${Buffer.from(parts.env).toString('hex').slice(0, 4)}-${parts.env}-1250000000/`
  }

  fileId(path: string): string {
    return this.prefix + path
  }

  /** Answers the SDK's storage.* requests. */
  handle(body: Record<string, unknown>): Record<string, unknown> {
    switch (body.action) {
      case 'storage.getUploadMetadata':
        return this.uploadMetadata(String(body.path))
      case 'storage.batchGetDownloadUrl':
        return { data: { download_list: list(body.file_list).map(file => this.download(file as { fileid?: unknown; max_age?: unknown })) } }
      case 'storage.batchDeleteFile':
        return { data: { delete_list: list(body.fileid_list).map(id => this.remove(String(id))) } }
      default:
        return { code: 'INVALID_PARAM', message: `${String(body.action)} is not supported by the emulator` }
    }
  }

  /** True when this request may write the path: its authorization was issued for it and is fresh. */
  mayWrite(path: string, authorization: string): boolean {
    const [expires = '', signature = ''] = authorization.split('.')
    return Number(expires) > this.parts.wallClock() && this.parts.isSigned(`put:${path}:${expires}`, signature)
  }

  mayRead(path: string, expires: string, signature: string): boolean {
    return Number(expires) * 1000 > this.parts.wallClock() && this.parts.isSigned(`get:${path}:${expires}`, signature)
  }

  /**
   * True when this phone may write the path. The default of the real cloud: whoever stored a file first may write it again,
   * and phones may not write what a function or the console stored.
   */
  mayPhoneWrite(path: string, openid: string): boolean {
    const target = this.locate(path)
    return !existsSync(target) || (existsSync(ownerOf(target)) && readFileSync(ownerOf(target), 'utf8') === openid)
  }

  /** Stores bytes under a path, in one step. @param openid of the phone; null: a function's @throws StoragePathError @returns the file's id */
  write(path: string, bytes: Buffer, openid: string | null): string {
    const target = this.locate(path)
    mkdirSync(dirname(target), { recursive: true })
    const next = join(this.parts.folder, `.${randomUUID()}`)
    writeFileSync(next, bytes)
    if (openid === null) rmSync(ownerOf(target), { force: true })
    else writeFileSync(ownerOf(target), openid)
    renameSync(next, target)
    return this.fileId(path)
  }

  /** The stored bytes, their number and type; undefined when there is no such file. */
  read(path: string): { stream: () => ReadStream; size: number; type: string } | undefined {
    const file = this.locate(path)
    if (!existsSync(file) || !statSync(file).isFile()) return undefined
    return { stream: () => createReadStream(file), size: statSync(file).size, type: contentType(path) }
  }

  reset(): void {
    rmSync(this.parts.folder, { recursive: true, force: true })
  }

  private uploadMetadata(path: string): Record<string, unknown> {
    try {
      this.locate(path)
    } catch (error) {
      return { code: 'STORAGE_REQUEST_FAIL', message: error instanceof Error ? error.message : String(error) }
    }
    const expires = String(this.parts.wallClock() + uploadLifeMs)
    const authorization = `${expires}.${this.parts.sign(`put:${path}:${expires}`)}`
    return { data: { url: `${this.parts.baseUrl()}/cos/${encode(path)}`, token: 'emulator', authorization, fileId: this.fileId(path), cosFileId: randomUUID() } }
  }

  private download({ fileid, max_age: maxAge }: { fileid?: unknown; max_age?: unknown }): Record<string, unknown> {
    const path = this.pathOf(String(fileid))
    if (path === undefined || !this.read(path)) return { fileID: fileid, tempFileURL: '', code: 'STORAGE_FILE_NONEXIST', status: -503003 }
    const life = typeof maxAge === 'number' && maxAge > 0 ? maxAge * 1000 : downloadLifeMs
    const expires = String(Math.ceil((this.parts.wallClock() + life) / 1000))
    const query = `sign=${this.parts.sign(`get:${path}:${expires}`)}&t=${expires}`
    return { code: 'SUCCESS', fileID: fileid, tempFileURL: `${this.parts.baseUrl()}/cos/${path}?${query}` }
  }

  private remove(fileId: string): Record<string, unknown> {
    const path = this.pathOf(fileId)
    if (path === undefined || !this.read(path)) return { fileID: fileId, code: 'STORAGE_FILE_NONEXIST' }
    rmSync(this.locate(path))
    rmSync(ownerOf(this.locate(path)), { force: true })
    return { fileID: fileId, code: 'SUCCESS' }
  }

  private pathOf(fileId: string): string | undefined {
    const path = fileId.startsWith(this.prefix) ? fileId.slice(this.prefix.length) : undefined
    return path !== undefined && isStorable(path) ? path : undefined
  }

  private locate(path: string): string {
    if (!isStorable(path)) throw new StoragePathError(`"${path.slice(0, 100)}" cannot be a path in storage`)
    return join(this.parts.folder, ...path.split('/'))
  }
}

/** Where it is written whose a file is: beside it, under a name that no path can have. */
const ownerOf = (file: string): string => join(dirname(file), `.owner of ${basename(file)}`)

function isStorable(path: string): boolean {
  return path.length > 0 && Buffer.byteLength(path) <= 850
    && ![...path].some(letter => letter < ' ' || '\\:*?"<>|#%\u007f'.includes(letter))
    && path.split('/').every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.') && !part.endsWith(' '))
}

const types: Record<string, string> = {
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4', '.mp4': 'video/mp4', '.pdf': 'application/pdf', '.txt': 'text/plain; charset=utf-8', '.json': 'application/json', '.csv': 'text/csv; charset=utf-8',
}

function contentType(path: string): string {
  return types[extname(path).toLowerCase()] ?? 'application/octet-stream'
}

function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
