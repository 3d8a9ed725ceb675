// The emulator's one HTTP server: the SDK's protocol (/admin), storage bytes (/cos), what a phone may call
// (/cloud), the H5 app (/app), the stage (/) and the control endpoints (/emulator).
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StaticFiles, withPhone } from './app'
import { ClockMovedBackError } from './clock'
import { companion } from './companion'
import type { Emulator } from './emulator'
import { FaultPlanError, type FaultPlan } from './faults'
import { readForm, callOpenApi } from './openapi'
import { largestPayload, type Caller, type Outcome } from './runner'
import { largestUpload, StoragePathError } from './storage'
import { TriggerError } from './timers'
import { WeChatError } from './wechat'

/** The demo person whose phone `/app/` shows when the address names nobody. */
const defaultPerson = 'demo_wang_min'
const shownRows = 200
const largestControlBody = 256 * 1024 * 1024

/** Ends a request with a status and a sentence. */
class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message)
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  /** The address's path, decoded. */
  readonly path: string
}

type Json = Record<string, unknown>

/** Serves one emulator on 127.0.0.1. */
export class Gateway {
  private readonly server: Server
  private readonly app: StaticFiles | undefined
  private readonly stage: StaticFiles | undefined
  private readonly phoneScript: string
  private readonly watchers = new Set<ServerResponse>()
  private port = 0

  constructor(private readonly emulator: Emulator) {
    const { app, stage, isWatching } = emulator.options
    this.phoneScript = app === undefined ? '' : companion('phone', 'browser')
    this.app = app === undefined ? undefined : new StaticFiles(app, (html, request) => {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams
      return withPhone(html, this.phoneScript, { phone: query.get('phone') ?? '', openid: query.get('as') ?? defaultPerson, isWatching })
    })
    this.stage = stage === undefined ? undefined : new StaticFiles(stage)
    this.server = createServer((request, response) => void this.answer(request, response))
    // Longer than the SDK keeps a free connection (5 s), so that it never sends into one we just closed.
    this.server.keepAliveTimeout = 65_000
    this.server.requestTimeout = 120_000
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Listens; rejects when the port is taken. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, '127.0.0.1', () => {
        this.port = (this.server.address() as AddressInfo).port
        resolve()
      })
    })
  }

  close(): Promise<void> {
    for (const watcher of this.watchers) watcher.end()
    return new Promise(resolve => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.refuseStrangers(request)
      const url = new URL(request.url ?? '/', 'http://127.0.0.1')
      const exchange: Exchange = { request, response, url, path: decode(url.pathname) }
      await this.route(exchange)
    } catch (error) {
      const { status, message } = refusalFor(error)
      if (status === 500) console.error(error)
      if (response.headersSent) response.destroy()
      else send(response, status, { error: message })
    }
  }

  /** Pages of other sites must not reach the emulator through a name that they point at 127.0.0.1, nor by posting to it. */
  private refuseStrangers(request: IncomingMessage): void {
    const host = request.headers.host ?? ''
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) throw new Refusal(403, 'only 127.0.0.1 and localhost are served')
    const origin = request.headers.origin
    if (origin !== undefined && request.method !== 'GET' && request.method !== 'HEAD' && origin !== `http://${host}`) {
      throw new Refusal(403, 'requests from other origins are refused')
    }
  }

  private async route(exchange: Exchange): Promise<void> {
    const [, area = '', ...rest] = exchange.path.split('/')
    switch (area) {
      case 'admin': return this.admin(exchange, rest)
      case 'cos': return this.cos(exchange, exchange.path.slice('/cos/'.length))
      case 'cloud': return this.cloud(exchange, rest.join('/'))
      case 'emulator': return this.control(exchange, rest.join('/'))
      case 'app': return this.page(exchange, exchange.path.slice('/app'.length))
      default: return this.stagePage(exchange)
    }
  }

  // ---- what the SDK sends

  private async admin({ request, response, url }: Exchange, [kind, instanceId]: readonly string[]): Promise<void> {
    const env = url.searchParams.get('env') ?? ''
    const requestId = randomUUID()
    if (env !== this.emulator.options.env) {
      return send(response, 200, { requestId, code: 'INVALIID_ENV', message: `environment "${env}" is not served here` })
    }
    const form = /^multipart\/form-data/i.test(request.headers['content-type'] ?? '') ? await readForm(request) : undefined
    const body: Json = form ? { action: form.action } : parse(await read(request, largestControlBody))
    const caller = kind === 'i' ? this.emulator.runner.running(instanceId ?? '') : undefined
    const answer = await this.emulator.operate(body, caller, async () => {
      if (form) {
        const reply = await callOpenApi(form, { ...this.emulator.openApiParts, declared: caller?.deployed.openapi })
        return 'protobuf' in reply ? reply.protobuf : { ...reply }
      }
      const action = String(body.action)
      if (action.startsWith('storage.')) return this.emulator.storage.handle(body)
      if (action === 'functions.invokeFunction') return this.nested(body, caller?.invocation.source)
      return { code: 'INVALID_PARAM', message: `${action} is not supported by the emulator` }
    })
    if (answer === undefined) return void response.destroy()
    if (Buffer.isBuffer(answer)) {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': answer.length })
      return void response.end(answer)
    }
    send(response, 200, { requestId, ...answer })
  }

  /** A function calls a function. The called one sees the chain of sources, and no OPENID (see README). */
  private async nested(body: Json, source: string | undefined): Promise<Json> {
    const chain = source === undefined ? 'scf' : `${source},scf`
    const outcome = await this.emulator.runner.invoke(String(body.function_name), String(body.request_data || '{}'), { source: chain })
    if (outcome.ok) return { data: { response_data: outcome.reply } }
    return { code: outcome.errCode === -504002 ? 'FUNCTIONS_EXECUTE_FAIL' : 'FUNCTIONS_REQUEST_FAIL', message: outcome.message }
  }

  private async cos({ request, response, url }: Exchange, path: string): Promise<void> {
    const { storage } = this.emulator
    if (request.method === 'PUT') {
      if (!storage.mayWrite(path, String(request.headers.authorization ?? ''))) return sendXml(response, 403, 'AccessDenied', 'Access Denied.')
      storage.write(path, await read(request, largestUpload), null)
      response.writeHead(200, { 'content-length': 0 })
      return void response.end()
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, 'storage takes PUT and GET')
    if (!storage.mayRead(path, url.searchParams.get('t') ?? '', url.searchParams.get('sign') ?? '')) return sendXml(response, 403, 'AccessDenied', 'Access Denied.')
    const file = storage.read(path)
    if (!file) return sendXml(response, 404, 'NoSuchKey', 'The specified key does not exist.')
    response.writeHead(200, { 'content-type': file.type, 'content-length': file.size, 'x-content-type-options': 'nosniff' })
    if (request.method === 'HEAD') return void response.end()
    file.stream().on('error', () => response.destroy()).pipe(response)
  }

  // ---- what a phone may call

  private async cloud({ request, response, url }: Exchange, what: string): Promise<void> {
    if (request.method !== 'POST') throw new Refusal(405, 'phones post')
    const { wechat } = this.emulator
    if (what === 'login') {
      const { openid } = parse(await read(request, largestPayload))
      return send(response, 200, { token: wechat.token(checkedOpenid(openid)) })
    }
    const openid = wechat.openidOf(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (openid === undefined) throw new Refusal(401, 'log in first')
    switch (what) {
      case 'call': {
        const { name, data } = parse(await read(request, largestPayload + 4096))
        return this.sendCall(response, await this.call(openid, name, data))
      }
      case 'phone-code':
        return send(response, 200, { code: wechat.issuePhoneCode(openid) })
      case 'subscribe': {
        const { templateIds, accept } = parse(await read(request, largestPayload))
        const answers = (typeof accept === 'object' && accept !== null ? accept : {}) as Record<string, unknown>
        return send(response, 200, wechat.answerPrompt(openid, strings(templateIds), id => (typeof accept === 'boolean' ? accept : answers[id] === true)))
      }
      case 'upload': {
        const path = url.searchParams.get('path') ?? ''
        if (!this.emulator.storage.mayPhoneWrite(path, openid)) throw new Refusal(403, 'STORAGE_EXCEED_AUTHORITY')
        return send(response, 200, { fileID: this.emulator.storage.write(path, await read(request, largestUpload), openid) })
      }
      default:
        throw new Refusal(404, `a phone cannot call /cloud/${what}`)
    }
  }

  /** As WeChat does for a mini-program: the event also carries `userInfo`. */
  private call(openid: string, name: unknown, data: unknown): Promise<Outcome> {
    const event = { ...(typeof data === 'object' && data !== null ? data : {}), userInfo: { appId: this.emulator.appid, openId: openid } }
    return this.emulator.runner.invoke(String(name), JSON.stringify(event), { openid, source: 'wx_client' })
  }

  private sendCall(response: ServerResponse, outcome: Outcome): void {
    if (outcome.ok) return sendText(response, `{"errMsg":"cloud.callFunction:ok","result":${outcome.reply},"requestID":${JSON.stringify(outcome.requestId)}}`)
    const { errCode, message, requestId } = outcome
    const text = errCode === -504002 ? `functions execute fail | errMsg: ${message}` : `| errMsg: ${message}`
    send(response, 200, { errCode, errMsg: `cloud.callFunction:fail Error: errCode: ${errCode} ${text}`, requestID: requestId })
  }

  // ---- control

  private async control({ request, response, url }: Exchange, what: string): Promise<void> {
    const { emulator } = this
    const since = Number(url.searchParams.get('since') ?? 0)
    if (request.method === 'GET' || request.method === 'HEAD') {
      switch (what) {
        case 'state': return send(response, 200, this.state(since))
        case 'clock': return send(response, 200, { ...this.clock() })
        case 'changes': return send(response, 200, { changes: emulator.database.changes() })
        case 'outbox': return send(response, 200, { messages: emulator.wechat.outbox(since) })
        case 'accounts': return send(response, 200, { accounts: emulator.wechat.accounts() })
        case 'calls': return send(response, 200, { latest: emulator.meter.latest, rows: emulator.meter.since(since, Number(url.searchParams.get('limit') ?? 5000)) })
        case 'logs': return send(response, 200, { lines: emulator.logs.read(url.searchParams.get('requestId') ?? '') })
        case 'faults': return send(response, 200, emulator.faults.report())
        case 'reload': return this.watch(response)
      }
      throw new Refusal(404, `there is no /emulator/${what}`)
    }
    if (request.method !== 'POST') throw new Refusal(405, 'control endpoints take GET and POST')
    const body = parse(await read(request, largestControlBody))
    switch (what) {
      case 'clock': return send(response, 200, { ...(await this.moveClock(body)) })
      case 'fire': return this.sendOutcome(response, await emulator.timers.fire(String(body.function), String(body.trigger)))
      case 'invoke': {
        const { openid, unionid, source } = (body.context ?? {}) as { openid?: string; unionid?: string; source?: string }
        const caller: Caller = { source: source ?? (openid === undefined ? 'wx_unknown' : 'wx_client'), ...(openid === undefined ? {} : { openid: checkedOpenid(openid) }), ...(unionid === undefined ? {} : { unionid }) }
        return this.sendOutcome(response, await emulator.runner.invoke(String(body.function), JSON.stringify(body.event ?? {}), caller))
      }
      case 'call': {
        const { openid, name = 'api', data, ...rest } = body
        return this.sendCall(response, await this.call(checkedOpenid(openid), name, data ?? rest))
      }
      case 'dump': return sendText(response, this.dump(body))
      case 'insert': {
        const documents = Array.isArray(body.docs) ? body.docs : [body.doc]
        emulator.database.insertMany(String(body.collection), documents as Json[])
        return send(response, 200, { inserted: documents.length })
      }
      case 'reset':
        emulator.reset()
        return send(response, 200, {})
      case 'restore': {
        const { from, now } = body
        if (typeof from !== 'string' || typeof now !== 'number') throw new Refusal(400, 'restore takes {from} and {now}')
        await emulator.restore(from, now)
        return send(response, 200, {})
      }
      case 'lapse':
        emulator.database.lapse()
        return send(response, 200, {})
      case 'recycle':
        emulator.runner.recycle(typeof body.function === 'string' ? body.function : undefined)
        return send(response, 200, {})
      case 'faults':
        emulator.faults.set(body as FaultPlan)
        return send(response, 200, emulator.faults.report())
      case 'accounts': {
        const { phone, nickname } = body
        const openid = checkedOpenid(body.openid)
        emulator.wechat.saveAccount({ openid, ...(typeof phone === 'string' ? { phone } : {}), ...(typeof nickname === 'string' ? { nickname } : {}) })
        return send(response, 200, {})
      }
      case 'reload':
        for (const watcher of this.watchers) watcher.write('event: reload\ndata: {}\n\n')
        return send(response, 200, { pages: this.watchers.size })
    }
    throw new Refusal(404, `there is no /emulator/${what}`)
  }

  /** Documents of all collections, or of those named in `only`; a collection is left out whose mark in `known` still holds. */
  private dump({ only, known }: Json): string {
    const contents = this.emulator.database.contents(Array.isArray(only) ? strings(only) : undefined)
    const marks = (known ?? {}) as Record<string, string>
    const told = Object.entries(contents).map(([name, { mark, text }]) => `${JSON.stringify(name)}:{"mark":${JSON.stringify(mark)}${marks[name] === mark ? '' : `,"documents":${text}`}}`)
    return `{"collections":{${told.join(',')}}}`
  }

  private clock(): Json {
    const { clock } = this.emulator
    return { now: clock.now(), offsetMs: clock.offsetMs, isFollowing: clock.isFollowing }
  }

  private async moveClock({ advanceMs, to, force, follow, quiet }: Json): Promise<Json> {
    const { clock, timers } = this.emulator
    if (typeof follow === 'boolean') {
      clock.follow(follow)
      timers.start()
      return this.clock()
    }
    const target = typeof advanceMs === 'number' ? clock.now() + advanceMs : to
    if (typeof target !== 'number' || !Number.isFinite(target)) throw new Refusal(400, 'the clock takes {advanceMs} or {to}, with {force} or {quiet}, or {follow}')
    if (quiet === true) {
      clock.moveTo(target)
      return { ...this.clock(), fired: [] }
    }
    const fired = await timers.moveTo(target, force === true)
    return { ...this.clock(), fired }
  }

  private state(since: number): Json {
    const { emulator } = this
    return {
      env: emulator.options.env,
      clock: this.clock(),
      latest: emulator.meter.latest,
      calls: emulator.meter.since(since, shownRows),
      outbox: emulator.wechat.outbox(0, shownRows),
      accounts: emulator.wechat.accounts(),
      changes: emulator.database.changes(),
      functions: emulator.runner.report(),
      triggers: emulator.timers.list(),
      faults: emulator.faults.report(),
    }
  }

  private sendOutcome(response: ServerResponse, outcome: Outcome): void {
    const { requestId } = outcome
    if (outcome.ok) return sendText(response, `{"ok":true,"result":${outcome.reply},"requestId":${JSON.stringify(requestId)}}`)
    send(response, 200, { ok: false, errCode: outcome.errCode, errMsg: outcome.message, requestId })
  }

  /** Keeps a page informed of rebuilds. */
  private watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': connected\n\n')
    this.watchers.add(response)
    response.on('close', () => this.watchers.delete(response))
  }

  // ---- pages

  private page({ request, response, url }: Exchange, path: string): void {
    if (!this.app) throw new Refusal(404, 'no app is served here')
    if (path === '') {
      response.writeHead(302, { location: `/app/${url.search}` })
      return void response.end()
    }
    if (!this.app.serve(path.slice(1), request, response)) throw new Refusal(404, `the app has no file ${path}`)
  }

  private stagePage({ request, response, path }: Exchange): void {
    if (!this.stage) {
      if (path !== '/' || !this.app) throw new Refusal(404, `nothing is served at ${path}`)
      response.writeHead(302, { location: '/app/' })
      return void response.end()
    }
    const file = path.replace(/^\/(stage\/)?/, '')
    if (!this.stage.serve(file, request, response)) throw new Refusal(404, `nothing is served at ${path}`)
  }
}

function refusalFor(error: unknown): { status: number; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Refusal) return { status: error.status, message }
  if (error instanceof WeChatError) return { status: 400, message: `${error.errcode} ${message}` }
  if (error instanceof ClockMovedBackError || error instanceof FaultPlanError || error instanceof TriggerError || error instanceof StoragePathError) return { status: 400, message }
  return { status: 500, message }
}

function checkedOpenid(openid: unknown): string {
  // The SDK turns a value of digits into a number, so a real openid, which never is one, must not look like one.
  if (typeof openid !== 'string' || !/^[\w-]{1,64}$/.test(openid) || /^-?\d+$/.test(openid)) throw new Refusal(400, 'an openid has letters, digits, _ and -, and is not a number')
  return openid
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new Refusal(400, 'the address cannot be read')
  }
}

function read(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
    })
    // The rest is read and dropped, so that the caller hears the answer instead of a broken connection.
    request.on('end', () => (size > limit ? reject(new Refusal(413, `more than ${limit} bytes`)) : resolve(Buffer.concat(chunks))))
    request.on('error', reject)
  })
}

function parse(bytes: Buffer): Json {
  if (bytes.length === 0) return {}
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    // Falls through to the refusal: what came is no JSON.
  }
  throw new Refusal(400, 'the body is not a JSON object')
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' })
  response.end(text)
}

function sendText(response: ServerResponse, json: string): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json), 'cache-control': 'no-store' })
  response.end(json)
}

function sendXml(response: ServerResponse, status: number, code: string, message: string): void {
  const text = `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>emulator</RequestId><TraceId>emulator</TraceId></Error>`
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
