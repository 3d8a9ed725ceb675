// The demo clock and the timer triggers that it drives.
import type { EmulatorClient } from '../../emulator/client'
import { Schedule } from '../../emulator/timers'
import { probe, startWithFixtures } from './harness'

/** 2026-03-01 00:00 in UTC+8. */
const midnight = Date.UTC(2026, 1, 28, 16)
const minute = 60_000
const hour = 60 * minute

describe('a schedule', () => {
  const day = 24 * hour
  it('has seven fields, read in UTC+8', () => {
    expect(new Schedule('0 10 0 * * * *').next(midnight, midnight + day)).toBe(midnight + 10 * minute)
    expect(new Schedule('30 0 9 2 3 * 2026').next(midnight, midnight + 2 * day)).toBe(midnight + day + 9 * hour + 30_000)
    expect(new Schedule('0 0 0 * * * 2025').next(midnight, midnight + 400 * day)).toBeUndefined()
    expect(new Schedule('0 0 8 * * MON-FRI *').next(midnight, midnight + 7 * day)).toBe(midnight + day + 8 * hour)
  })

  it('gives the latest due times of a long stretch, in order, without walking all of it', () => {
    const everySecond = new Schedule('* * * * * * *')
    expect(everySecond.latest(midnight, midnight + 3650 * day, 3)).toEqual([-2, -1, 0].map(back => midnight + 3650 * day + back * 1000))
    expect(new Schedule('0 10 0 * * * *').latest(midnight, midnight + 2 * day, 3)).toEqual([midnight + 10 * minute, midnight + day + 10 * minute])
  })

  it.each(['0 0 * * * *', 'x 0 0 * * * *', '0 0 25 * * * *', '0 0 0 * * * soon'])('refuses %s', config => {
    expect(() => new Schedule(config)).toThrow(config)
  })
})

describe('the demo clock', () => {
  let emulator: EmulatorClient
  beforeAll(async () => {
    emulator = await startWithFixtures({ now: midnight, maxInstances: 1 })
  })
  afterAll(() => emulator.stop())

  interface Firing { trigger: string; time: string; now: number; databaseNow: number; openid: string | null; source: string }
  const firings = async (): Promise<Firing[]> => {
    const { firings: stored = [] } = await emulator.dump()
    return (stored as unknown as (Firing & { databaseNow: unknown })[]).map(each => ({ ...each, databaseNow: instant(each.databaseNow) })).sort((a, b) => a.now - b.now)
  }

  it('fires what falls due on the way, in order, with the clock standing at each firing time', async () => {
    const { fired: first } = await emulator.moveTo(midnight + 7 * minute)
    const { fired: second, now } = await emulator.moveTo(midnight + 12 * minute)
    expect([...first, ...second].map(({ trigger, at }) => [trigger, (at - midnight) / minute])).toEqual([['often', 5], ['nightly', 10], ['often', 10]])
    expect(now).toBeGreaterThanOrEqual(midnight + 12 * minute)
    const stored = await firings()
    expect(stored.map(({ trigger, time }) => [trigger, time])).toEqual([['often', '2026-02-28T16:05:00Z'], ['nightly', '2026-02-28T16:10:00Z'], ['often', '2026-02-28T16:10:00Z']])
    for (const { now: seen, databaseNow, time, openid, source } of stored) {
      // The clock stood there when the call began; the call itself takes some moments of it.
      expect(seen - Date.parse(time)).toBeGreaterThanOrEqual(0)
      expect(seen - Date.parse(time)).toBeLessThan(minute)
      expect(databaseNow - Date.parse(time)).toBeGreaterThanOrEqual(0)
      expect(databaseNow - Date.parse(time)).toBeLessThan(minute)
      expect({ openid, source }).toEqual({ openid: null, source: 'wx_trigger' })
    }
  })

  it('drops all but the latest time of a trigger in a long move', async () => {
    const { fired } = await emulator.moveTo(midnight + 3 * 24 * hour)
    expect(fired.filter(({ trigger }) => trigger === 'nightly').map(({ at }) => (at - midnight) / hour)).toEqual([48 + 1 / 6])
    expect(fired.filter(({ trigger }) => trigger === 'often').map(({ at }) => (midnight + 72 * hour - at) / minute)).toEqual([0])
    expect(fired.map(({ at }) => at)).toEqual([...fired.map(({ at }) => at)].sort((a, b) => a - b))
  })

  it('never moves back by itself', async () => {
    await expect(emulator.moveTo(midnight)).rejects.toThrow(/only moves forward/)
    const { now } = await emulator.moveTo(midnight + 4 * minute, true)
    expect(now).toBeLessThan(midnight + 5 * minute)
    expect((await emulator.moveTo(midnight + 5 * minute)).fired).toMatchObject([{ trigger: 'often', at: midnight + 5 * minute }])
  })

  it('fires a trigger when asked to, and only a declared one', async () => {
    expect(await emulator.fire('clockwork', 'nightly')).toMatchObject({ ok: true, result: { trigger: 'nightly' } })
    expect((await emulator.calls()).rows.at(-1)).toMatchObject({ function: 'clockwork', action: 'nightly', openid: '' })
    await expect(emulator.fire('clockwork', 'unknown')).rejects.toThrow(/declares no trigger/)
  })

  it('passes without a timer when asked to; what fell due fires at the next move', async () => {
    const { now } = await emulator.clock()
    expect((await emulator.pass(10 * minute)).now).toBeGreaterThanOrEqual(now + 10 * minute)
    expect((await emulator.advance(0)).fired.filter(({ trigger }) => trigger === 'often')).toHaveLength(1)
  })

  it('is the clock that functions and the database see', async () => {
    const { offsetMs } = await emulator.advance(1000)
    expect(await probe(emulator, 'who')).toMatchObject({ value: { offset: String(offsetMs) } })
  })

  it('fires as time passes when it follows, and not otherwise', async () => {
    await emulator.moveTo(Math.ceil((await emulator.clock()).now / (5 * minute)) * 5 * minute - 300)
    const before = (await emulator.calls()).latest
    await emulator.follow(true)
    for (;;) {
      const { rows } = await emulator.calls(before)
      if (rows.some(({ action }) => action === 'often')) break
    }
    await emulator.follow(false)
    expect((await emulator.clock()).isFollowing).toBe(false)
  })
})

/** The dump gives dates as the store keeps them: a number, an ISO text or EJSON. */
function instant(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return Date.parse(value)
  const { $date } = value as { $date: string | number | { $numberLong: string } }
  return typeof $date === 'object' ? Number($date.$numberLong) : new Date($date).getTime()
}
