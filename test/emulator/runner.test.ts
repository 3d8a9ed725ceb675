// The function runner held against what the platform does: identity, limits, instances, and functions that end badly.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmulatorRefusal, type EmulatorClient } from '../../emulator/client'
import { probe, startWithFixtures } from './harness'

let emulator: EmulatorClient
beforeAll(async () => {
  emulator = await startWithFixtures({ isStrict: true, maxInstances: 3 })
})
afterAll(() => emulator.stop())

const rough = (action: string, name = 'rough') => emulator.call('demo_rough', { action }, name)

describe('who calls', () => {
  it('tells a function who calls, in the way the real SDK reads it', async () => {
    const { value } = await probe<Record<string, unknown>>(emulator, 'who', {}, 'demo_li_na')
    expect(value).toMatchObject({ OPENID: 'demo_li_na', APPID: 'wx_demo_app', SOURCE: 'wx_client', ENV: 'demo-local' })
    expect(value?.event).toMatchObject({ userInfo: { openId: 'demo_li_na', appId: 'wx_demo_app' } })
  })

  it('gives a function UTC, none of the machine\'s environment, and nothing that the oldest Node of the platform lacks', async () => {
    const { value } = await probe<Record<string, unknown>>(emulator, 'who')
    expect(value).toMatchObject({ hour: 0, path: null, fetch: 'undefined' })
  })

  it('keeps the identity of concurrent callers apart through every database call', async () => {
    const people = Array.from({ length: 24 }, (_, index) => `demo_person_${index}`)
    const seen = await Promise.all(people.map(openid => probe<string[]>(emulator, 'whoThroughout', { rounds: 4 }, openid)))
    expect(seen.map(({ value }) => value)).toEqual(people.map(openid => [openid, openid, openid, openid, openid]))
  })

  it('leaves no identity behind for a caller without one', async () => {
    await Promise.all(Array.from({ length: 6 }, () => probe(emulator, 'who', {}, 'demo_li_na')))
    const answer = await emulator.invoke<{ value: Record<string, unknown> }>('probe', { action: 'who' }, { source: 'wx_http' })
    expect(answer).toMatchObject({ ok: true, result: { value: { SOURCE: 'wx_http' } } })
    expect(answer.ok && 'OPENID' in answer.result.value).toBe(false)
  })

  it('passes the chain of sources, and no OPENID, to a function that a function calls', async () => {
    const { value } = await probe<{ result: { value: Record<string, unknown> } }>(emulator, 'callOther', { name: 'probe', data: { action: 'who' } })
    expect(value?.result.value).toMatchObject({ SOURCE: 'wx_client,scf' })
    expect(value?.result.value).not.toHaveProperty('OPENID')
  })

  it('refuses an openid that the SDK would turn into a number', async () => {
    await expect(emulator.login('12345')).rejects.toThrow(EmulatorRefusal)
  })
})

describe('instances', () => {
  it('serves more callers with more instances, up to the bound', async () => {
    await emulator.recycle('probe')
    await Promise.all(Array.from({ length: 30 }, () => probe(emulator, 'whoThroughout', { rounds: 3 })))
    const { functions } = await emulator.state()
    expect(functions.find(({ name }) => name === 'probe')?.instances).toBe(3)
  })

  it('keeps an instance warm: what it holds in memory is there at the next call', async () => {
    await emulator.recycle('probe')
    const first = await probe<{ served: number }>(emulator, 'instance')
    const second = await probe<{ served: number }>(emulator, 'instance')
    expect([first.value?.served, second.value?.served]).toEqual([1, 2])
    const { rows } = await emulator.calls()
    expect(rows.slice(-2).map(({ cold }) => cold)).toEqual([true, false])
  })
})

describe('a function that ends badly', () => {
  it.each([
    ['throws', 'throw', -504002, /thrown on purpose/],
    ['throws outside of its promise', 'later', -504002, /thrown later on purpose/],
    ['leaves a rejection unhandled', 'rejected', -504002, /nobody caught me/],
    ['exits', 'exit', -504002, /exited with code 3/],
    ['tries to kill its process', 'kill', -504002, /not available/],
    ['calls itself without end', 'deep', -504002, /Maximum call stack/],
    ['runs out of memory', 'memory', -504002, /memory limit of 64 MB exceeded/, 'greedy'],
    ['never answers', 'hang', -504003, /timed out after 1 seconds/],
    ['never lets go of the processor', 'spin', -504003, /timed out after 1 seconds/],
    ['answers with what is no JSON', 'circular', -504002, /circular/],
    ['answers with more than 6 MB', 'largeReply', -504002, /larger than 6291456/],
  ])('that %s gives its caller an error, and the next caller an answer', async (_name, action, errCode, message, name = 'rough') => {
    const failed = await rough(action, name)
    expect(failed.errCode).toBe(errCode)
    expect(failed.errMsg).toMatch(/^cloud\.callFunction:fail/)
    expect(failed.errMsg).toMatch(message)
    expect(await rough('fine', name)).toMatchObject({ errMsg: 'cloud.callFunction:ok', result: 'fine' })
  })

  it('answers null when a function returns nothing', async () => {
    expect(await rough('nothing')).toMatchObject({ errMsg: 'cloud.callFunction:ok', result: null })
  })

  it('says so when a function cannot be loaded or does not exist', async () => {
    expect(await emulator.call('demo_rough', {}, 'broken')).toMatchObject({ errCode: -504002, errMsg: expect.stringMatching(/broken on purpose/) })
    expect(await emulator.call('demo_rough', {}, 'missing')).toMatchObject({ errCode: -501000 })
    expect(await emulator.call('demo_rough', {}, '../probe')).toMatchObject({ errCode: -501000 })
  })

  it('fails only the call that failed, not those beside it', async () => {
    const answers = await Promise.all(['fine', 'throw', 'fine', 'exit', 'fine', 'fine'].map((action) => rough(action)))
    expect(answers.map(({ errMsg }) => errMsg === 'cloud.callFunction:ok')).toEqual([true, false, true, false, true, true])
  })
})

describe('payloads, logs and the meter', () => {
  it('refuses an event above 6 MB and takes one just below', async () => {
    expect(await emulator.call('demo_rough', { action: 'fine', text: 'x'.repeat(6 * 1024 * 1024) }, 'rough')).toMatchObject({ errCode: -501007 })
    const large = await emulator.call('demo_rough', { action: 'fine', text: 'x'.repeat(5 * 1024 * 1024) }, 'rough')
    expect(large.result).toBe('fine')
    expect((await emulator.logs(large.requestID)).map(({ text }) => text).join()).toMatch(/advises less than 102400/)
  })

  it('keeps logs by request, and cuts a log that is too long', async () => {
    const small = await emulator.call('demo_probe', { action: 'log', input: { lines: 2, text: 'hello' } }, 'probe')
    expect((await emulator.logs(small.requestID)).map(({ text }) => text)).toEqual(['hello', 'hello'])
    const long = await emulator.call('demo_probe', { action: 'log', input: { lines: 1000, text: 'y'.repeat(1000) } }, 'probe')
    const lines = await emulator.logs(long.requestID)
    expect(lines.length).toBeLessThanOrEqual(201)
    expect(lines.at(-1)?.text).toMatch(/cut here/)
  })

  it('counts the database calls of each invocation, concurrent ones apart', async () => {
    const { latest } = await emulator.calls()
    await Promise.all([1, 5, 2, 7].map(rounds => probe(emulator, 'whoThroughout', { rounds }, `demo_rounds_${rounds}`)))
    const { rows } = await emulator.calls(latest)
    expect(new Map(rows.map(({ openid, dbCalls }) => [openid, dbCalls]))).toEqual(new Map([1, 5, 2, 7].map(rounds => [`demo_rounds_${rounds}`, rounds])))
    expect(rows[0]).toMatchObject({ function: 'probe', action: 'whoThroughout', ok: true, code: '' })
  })
})

describe('a function that is rebuilt or badly declared', () => {
  let folder: string
  let other: EmulatorClient
  const deploy = (name: string, code: string, config = '{}'): void => {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'index.js'), code)
    writeFileSync(join(folder, name, 'config.json'), config)
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'functions-'))
    deploy('greet', 'exports.main = async () => "one"')
    deploy('undeclared', 'exports.main = async () => 1', '{ not json')
    deploy('mistimed', 'exports.main = async () => 1', '{"triggers":[{"name":"bad","type":"timer","config":"every day"}]}')
    deploy('mainless', 'exports.handler = 1')
    other = await startWithFixtures({ functions: folder })
  })
  afterAll(async () => {
    await other.stop()
    rmSync(folder, { recursive: true })
  })

  it('runs the new bundle from the next call on, and finishes what is running on the old one', async () => {
    deploy('greet', 'exports.main = async event => { await new Promise(done => setTimeout(done, event.wait)); return "one" }')
    const slow = other.call('demo_a', { wait: 150 }, 'greet')
    // The slow call has begun once the emulator counts it as running.
    for (let busy = 0; busy === 0;) busy = (await other.state()).functions.find(({ name }) => name === 'greet')?.busy ?? 0
    deploy('greet', 'exports.main = async () => "two, the new one"')
    expect(await other.call('demo_a', {}, 'greet')).toMatchObject({ result: 'two, the new one' })
    expect(await slow).toMatchObject({ result: 'one' })
  })

  it('knows a function from the moment its folder is there', async () => {
    deploy('late', 'exports.main = async () => "here"')
    expect(await other.call('demo_a', {}, 'late')).toMatchObject({ result: 'here' })
  })

  it('says what is wrong with a declaration and goes on', async () => {
    expect(await other.call('demo_a', {}, 'undeclared')).toMatchObject({ errCode: -504001, errMsg: expect.stringMatching(/config\.json of undeclared/) })
    expect(await other.call('demo_a', {}, 'mainless')).toMatchObject({ errCode: -504002, errMsg: expect.stringMatching(/no function called main/) })
    expect((await other.advance(3_600_000)).fired).toEqual([])
    expect(await other.call('demo_a', {}, 'mistimed')).toMatchObject({ result: 1 })
  })
})
