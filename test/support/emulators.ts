/**
 * Emulators for tests, kept between worlds: starting one and its functions costs more than most tests do. Whoever begins
 * a world borrows an emulator that has forgotten everything but its compiled code, empty or with a copy of given data, and
 * gives it back at the end. One that is still at work then is ended instead, so that nothing of a test reaches the next.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectEmulator, startEmulator, type ConnectedEmulator, type EmulatorClient, type StartOptions } from '../../emulator/client'

/** What a test may ask for; everything else about an emulator is a matter of its own tests. */
export type BorrowOptions = Required<Pick<StartOptions, 'now'>> & Pick<StartOptions, 'env' | 'maxInstances' | 'functions' | 'app' | 'withStage' | 'from'>

export interface BorrowedEmulator extends ConnectedEmulator {
  /** Gives it back. */
  stop: () => Promise<void>
}

interface Kept {
  readonly key: string
  readonly emulator: EmulatorClient
}

const address = 'EMULATORS_OF_TESTS'
const idleAtMost = 4

const start = (options: BorrowOptions): Promise<EmulatorClient> => startEmulator({ isStrict: true, ...options })

async function beginAnew(emulator: EmulatorClient, { from, now }: BorrowOptions): Promise<void> {
  await emulator.faults({})
  if (from !== undefined) return emulator.restore(from, now)
  await emulator.reset()
  await emulator.moveTo(now, true)
}

/** Opens the store of emulators, before any test. @returns how to close it, after all */
export async function openEmulators(): Promise<() => Promise<void>> {
  const idle: Kept[] = []
  const lent = new Map<string, Kept>()

  async function borrow(options: BorrowOptions): Promise<{ url: string; data: string }> {
    const key = JSON.stringify([options.env, options.maxInstances, options.functions, options.app, options.withStage])
    const index = idle.findIndex((kept) => kept.key === key)
    const [kept = { key, emulator: await start(options) }] = index < 0 ? [] : idle.splice(index, 1)
    if (index >= 0) await beginAnew(kept.emulator, options)
    lent.set(kept.emulator.url, kept)
    return { url: kept.emulator.url, data: kept.emulator.data }
  }

  async function giveBack(url: string): Promise<object> {
    const kept = lent.get(url)
    lent.delete(url)
    if (!kept) return {}
    const { functions, clock } = await kept.emulator.state()
    const isAtWork = clock.isFollowing || functions.some(({ busy, queued }) => busy + queued > 0)
    if (!isAtWork) idle.push(kept)
    const surplus = isAtWork ? kept : idle.length > idleAtMost ? idle.shift() : undefined
    await surplus?.emulator.stop()
    return {}
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(parts).toString('utf8')) as { borrow?: BorrowOptions; giveBack?: string }
      const work = asked.borrow ? borrow(asked.borrow) : giveBack(asked.giveBack ?? '')
      work.then((answer) => response.end(JSON.stringify(answer)), (error: unknown) => response.writeHead(500).end(String(error)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.env[address] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([...idle, ...lent.values()].map(({ emulator }) => emulator.stop()))
  }
}

async function ask<T>(store: string, body: { borrow: BorrowOptions } | { giveBack: string }): Promise<T> {
  const answer = await fetch(store, { method: 'POST', body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return JSON.parse(text) as T
}

/** An emulator with nothing but what lies in the folder `from`, if that is given, its clock at `now`; one of one's own where no store is open, as in benchmarks. */
export async function borrowEmulator(options: BorrowOptions): Promise<BorrowedEmulator> {
  const store = process.env[address]
  if (store === undefined) return start(options)
  const { url, data } = await ask<{ url: string; data: string }>(store, { borrow: options })
  let isGivenBack = false
  return {
    ...connectEmulator(url, data),
    stop: async () => {
      if (isGivenBack) return
      isGivenBack = true
      await ask(store, { giveBack: url })
    },
  }
}
