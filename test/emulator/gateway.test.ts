// The gateway: who may speak to the emulator, what a phone may call, how the app is served, what survives a kill.
import { request } from 'node:http'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmulatorClient } from '../../emulator/client'
import { probe, startWithFixtures } from './harness'

let emulator: EmulatorClient
let app: string
beforeAll(async () => {
  app = mkdtempSync(join(tmpdir(), 'app-'))
  mkdirSync(join(app, 'js'))
  writeFileSync(join(app, 'index.html'), '<!doctype html><html><head><title>app</title></head><body></body></html>')
  writeFileSync(join(app, 'js', 'app.0123abcd.js'), '/* $& $1 */ console.log("app")')
  emulator = await startWithFixtures({ app })
})
afterAll(async () => {
  await emulator.stop()
  rmSync(app, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: string
}

/** A request with headers that fetch would not let us set. */
function ask(path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(emulator.url + path, { method, headers }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('who may speak to it', () => {
  it('refuses an environment that is not called demo-…', async () => {
    await expect(startWithFixtures({ env: 'prod-1' })).rejects.toThrow(/demo-…/)
    expect((await ask('/admin?env=prod-1', { method: 'POST', body: '{"action":"database.getDocument"}' })).body).toMatch(/INVALIID_ENV/)
  })

  it('says in one line that a port is taken', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(startWithFixtures({ port })).rejects.toThrow(new RegExp(`^port ${port} is taken[^\n]*$`))
    await new Promise(resolve => other.close(resolve))
  })

  it('refuses names that point at this machine but are not its own', async () => {
    expect((await ask('/emulator/state', { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await ask('/emulator/state', { headers: { host: 'localhost.evil.example:80' } })).status).toBe(403)
    expect((await ask('/emulator/state', { headers: { host: 'localhost:4180' } })).status).toBe(200)
  })

  it('refuses posts from pages of other origins', async () => {
    for (const path of ['/emulator/reset', '/emulator/clock', '/cloud/login', '/admin?env=demo-local']) {
      for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1']) {
        expect((await ask(path, { method: 'POST', headers: { origin }, body: '{}' })).status).toBe(403)
      }
    }
    expect((await ask('/cloud/login', { method: 'POST', headers: { origin: emulator.url }, body: '{"openid":"demo_a"}' })).status).toBe(200)
  })

  it('takes a data folder for itself, and no folder with other files', async () => {
    await expect(startWithFixtures({ data: emulator.data })).rejects.toThrow(/used by another running emulator/)
    await expect(startWithFixtures({ data: app })).rejects.toThrow(/holds other files/)
  })

  it('answers bad requests with a sentence and goes on', async () => {
    expect((await ask('/emulator/nothing')).status).toBe(404)
    expect((await ask('/emulator/clock', { method: 'POST', body: 'no json' })).status).toBe(400)
    expect((await ask('/emulator/clock', { method: 'POST', body: '[]' })).status).toBe(400)
    expect((await ask('/%zz')).status).toBe(400)
    expect((await ask('/admin?env=demo-local', { method: 'POST', body: '{"action":"made.up"}' })).body).toMatch(/not supported/)
  })
})

describe('a phone', () => {
  it('calls nothing before it logged in', async () => {
    for (const token of [undefined, 'Bearer x', 'Bearer ZGVtbw.wrong']) {
      const answer = await ask('/cloud/call', { method: 'POST', headers: token === undefined ? {} : { authorization: token }, body: '{"name":"probe"}' })
      expect(answer.status).toBe(401)
    }
  })

  it('cannot pass itself off as another by what it sends', async () => {
    const answer = await emulator.call<{ value: { OPENID: string; event: { userInfo: object } } }>('demo_a', { action: 'who', userInfo: { openId: 'demo_b' }, openid: 'demo_b' }, 'probe')
    expect(answer.result?.value).toMatchObject({ OPENID: 'demo_a', event: { userInfo: { openId: 'demo_a' } } })
  })
})

describe('the app', () => {
  it('gets the phone\'s script and setup into its page, and only there', async () => {
    const page = await ask('/app/?phone=left&as=demo_li_na')
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.body).toMatch(/<head><script>window\.__phone=\{"phone":"left","openid":"demo_li_na","isWatching":false\};/)
    expect((await ask('/app/')).body).toMatch(/"phone":"","openid":"demo_wang_min"/)
    expect((await ask('/app/js/app.0123abcd.js')).body).toBe('/* $& $1 */ console.log("app")')
  })

  it('cannot be tricked into running what an address says', async () => {
    expect((await ask(`/app/?phone=${encodeURIComponent('</script><script>alert(1)')}`)).body).not.toMatch(/<script>alert/)
  })

  it('serves hashed files compressed and for ever', async () => {
    const file = await ask('/app/js/app.0123abcd.js', { headers: { 'accept-encoding': 'gzip' } })
    expect(file.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': expect.stringMatching(/immutable/) })
  })

  it('serves nothing outside its folder', async () => {
    for (const path of ['/app/../package.json', '/app/%2e%2e/package.json', '/app/..%2f..%2fetc/passwd', '/app/js']) {
      expect((await ask(path)).status).toBe(404)
    }
  })
})

describe('what survives', () => {
  it('keeps every acknowledged write when the process is killed in the middle of writing', async () => {
    const killed = await startWithFixtures({ maxInstances: 2 })
    const acknowledged = new Set<string>()
    const write = async (writer: number): Promise<void> => {
      for (let turn = 0; ; turn += 1) {
        const id = `w${writer}_${turn}`
        try {
          const { failed } = await probe(killed, 'write', { id, fields: { n: turn } }, `demo_writer_${writer}`)
          if (!failed) acknowledged.add(id)
        } catch {
          return
        }
        if (acknowledged.size >= 60) void killed.kill()
      }
    }
    await Promise.all([0, 1, 2, 3].map(write))
    await killed.restart()
    const { notes = [] } = await killed.dump()
    const stored = new Set(notes.map(({ _id }) => _id))
    expect(acknowledged.size).toBeGreaterThanOrEqual(60)
    expect([...acknowledged].filter(id => !stored.has(id))).toEqual([])
    await killed.stop()
  })

  it('keeps documents, accounts, consents, tokens and the clock over a restart', async () => {
    const restarted = await startWithFixtures()
    await probe(restarted, 'write', { id: 'kept', fields: { n: 1 } })
    await restarted.saveAccount({ openid: 'demo_a', phone: '13800000000' })
    await restarted.subscribe('demo_a', ['tpl_once'])
    await restarted.advance(3_600_000)
    const before = await restarted.clock()
    await restarted.restart()
    expect((await restarted.dump()).notes).toMatchObject([{ _id: 'kept', n: 1 }])
    expect(await restarted.accounts()).toEqual([{ openid: 'demo_a', phone: '13800000000' }])
    expect(await probe(restarted, 'send', { touser: 'demo_a', templateId: 'tpl_once', data: { thing1: { value: '助浴' }, time2: { value: '09:00' } } })).toMatchObject({ value: { errCode: 0 } })
    expect((await restarted.clock()).offsetMs).toBe(before.offsetMs)
    await restarted.stop()
  })

  it('begins anew when asked to, with nothing or with a copy of other data', async () => {
    const data = mkdtempSync(join(tmpdir(), 'data-'))
    const first = await startWithFixtures({ data })
    await probe(first, 'write', { id: 'old', fields: { n: 1 } })
    await first.saveAccount({ openid: 'demo_a' })
    await first.stop()

    await probe(emulator, 'write', { id: 'own', fields: { n: 1 } })
    await emulator.saveAccount({ openid: 'demo_own' })
    const at = Date.UTC(2030, 0, 1)
    await emulator.restore(data, at)
    expect((await emulator.dump()).notes).toMatchObject([{ _id: 'old', n: 1 }])
    expect(await emulator.accounts()).toEqual([{ openid: 'demo_a' }])
    expect((await emulator.clock()).now - at).toBeLessThan(60_000)
    await probe(emulator, 'write', { id: 'later', fields: { n: 2 } })
    expect((await emulator.dump()).notes).toHaveLength(2)

    const anew = await startWithFixtures({ data, isFresh: true })
    expect(await anew.dump(['notes'])).toEqual({ notes: [] })
    expect(await anew.accounts()).toEqual([])
    await anew.stop()
    rmSync(data, { recursive: true })
  })

  it('keeps every message that was sent, and every consent, when the process is killed', async () => {
    const killed = await startWithFixtures({ maxInstances: 1 })
    for (let turn = 0; turn < 3; turn += 1) await killed.subscribe('demo_a', ['tpl_once'])
    for (let turn = 0; turn < 2; turn += 1) await probe(killed, 'send', { touser: 'demo_a', templateId: 'tpl_once', data: { thing1: { value: '助浴' }, time2: { value: '09:00' } } })
    await killed.kill()
    await killed.restart()
    expect(await killed.outbox()).toHaveLength(2)
    const outcomes = [0, 1].map(() => probe(killed, 'send', { touser: 'demo_a', templateId: 'tpl_once', data: { thing1: { value: '助浴' }, time2: { value: '09:00' } } }))
    expect((await Promise.all(outcomes)).map(({ failed }) => failed?.errCode ?? 0).sort()).toEqual([0, 43101].sort())
    await killed.stop()
  })

  it('forgets everything on reset', async () => {
    await probe(emulator, 'write', { id: 'gone', fields: { n: 1 } })
    await emulator.reset()
    expect((await emulator.dump()).notes ?? []).toEqual([])
    expect(await probe(emulator, 'count')).toMatchObject({ value: { total: 0 } })
  })
})
