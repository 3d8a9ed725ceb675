// Serves built files: the H5 app (with the phone's script put into its page) and the stage.
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.map': 'application/json', '.txt': 'text/plain; charset=utf-8',
}
const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.map', '.txt'])
/** A content hash in the name: the file never changes under this name. */
const hashedName = /[.-][0-9a-f]{8,}\./

/** Files under one folder, compressed once and kept. */
export class StaticFiles {
  private readonly kept = new Map<string, { version: string; plain: Buffer; gzip: Buffer | undefined }>()

  /** `transform` may change a page's text (html only) for this request. */
  constructor(private readonly folder: string, private readonly transform: (html: string, request: IncomingMessage) => string = html => html) {}

  /** Answers with the file at `path` (relative, decoded). @returns false when there is none */
  serve(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    const relative = normalize(path === '' ? 'index.html' : path)
    if (relative.startsWith('..') || relative.includes('\0') || relative.startsWith(sep)) return false
    const file = join(this.folder, relative)
    if (!existsSync(file) || !statSync(file).isFile()) return false
    const extension = extname(file)
    const { plain, gzip } = this.load(file, extension)
    const isPage = extension === '.html'
    const body = isPage ? Buffer.from(this.transform(plain.toString('utf8'), request)) : plain
    const acceptsGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    const compressed = acceptsGzip ? (isPage ? gzipSync(body, { level: 1 }) : gzip) : undefined
    response.writeHead(200, {
      'content-type': types[extension] ?? 'application/octet-stream',
      'content-length': (compressed ?? body).length,
      'cache-control': !isPage && hashedName.test(relative) ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(compressed ? { 'content-encoding': 'gzip' } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : (compressed ?? body))
    return true
  }

  private load(file: string, extension: string): { plain: Buffer; gzip: Buffer | undefined } {
    const { mtimeMs, size } = statSync(file)
    const version = `${mtimeMs}-${size}`
    const known = this.kept.get(file)
    if (known?.version === version) return known
    const plain = readFileSync(file)
    const fresh = { version, plain, gzip: compressible.has(extension) && extension !== '.html' ? gzipSync(plain) : undefined }
    this.kept.set(file, fresh)
    return fresh
  }
}

/** Puts the phone's script and its setup first into the page's head. */
export function withPhone(html: string, script: string, setup: { phone: string; openid: string; isWatching: boolean }): string {
  const safe = JSON.stringify(setup).replace(/</g, '\\u003c')
  const tag = `<script>window.__phone=${safe};${script.replace(/<\/script/gi, '<\\/script')}</script>`
  // A function as replacement: the script's own dollar signs must stay what they are.
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, head => head + tag) : tag + html
}
