// Timer triggers, driven by the demo clock: moving it forward fires what falls due on the way, in order,
// with the clock standing at each firing time; following real time fires it as time passes.
import { Cron } from 'croner'
import type { DemoClock } from './clock'
import { KeptFile } from './kept-file'
import type { FunctionRunner, Outcome } from './runner'

/** Of a trigger that fell due more often than this in one move, the latest times are kept: what it does must not hang on each of them. */
export const firingsKeptPerMove = 1
const longestNap = 20_000
const utcOffsetMinutes = 480

/** One trigger at one due time (ms). */
export interface Firing {
  readonly function: string
  readonly trigger: string
  readonly at: number
}

/** Thrown for a trigger that does not exist or a schedule that cannot be read. */
export class TriggerError extends Error {}

/** The seven fields second, minute, hour, day, month, weekday, year, meant in UTC+8. */
export class Schedule {
  private readonly cron: Cron
  private readonly years: string

  /** @throws TriggerError */
  constructor(config: string) {
    const fields = config.trim().split(/\s+/)
    if (fields.length !== 7) throw new TriggerError(`a schedule has seven fields, not ${fields.length}: "${config}"`)
    this.years = fields[6] ?? '*'
    if (!/^(\*|\d{4}(-\d{4})?(,\d{4}(-\d{4})?)*)$/.test(this.years)) throw new TriggerError(`unreadable year in "${config}"`)
    try {
      this.cron = new Cron(fields.slice(0, 6).join(' '), { utcOffset: utcOffsetMinutes })
    } catch (error) {
      throw new TriggerError(`unreadable schedule "${config}": ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** The first due time after `from`, not later than `to`. All in ms. */
  next(from: number, to: number): number | undefined {
    for (let at = from; ;) {
      const due = this.cron.nextRun(new Date(at))?.getTime()
      if (due === undefined || due > to) return undefined
      if (this.isInYear(due)) return due
      at = due
    }
  }

  /** The latest `count` due times in (from, to], earliest first. */
  latest(from: number, to: number, count: number): number[] {
    for (let span = 60_000; ; span *= 2) {
      const start = Math.max(from, to - span)
      const found: number[] = []
      for (let at = this.next(start, to); at !== undefined; at = this.next(at, to)) found.push(at)
      if (found.length >= count || start === from) return found.slice(-count)
    }
  }

  private isInYear(at: number): boolean {
    if (this.years === '*') return true
    const year = new Date(at + utcOffsetMinutes * 60_000).getUTCFullYear()
    return this.years.split(',').some(part => {
      const [first = NaN, last = first] = part.split('-').map(Number)
      return year >= first && year <= last
    })
  }
}

/** Fires triggers and remembers up to when it has done so. */
export class Timers {
  private readonly kept: KeptFile
  private handledUntil: number
  private work: Promise<void> = Promise.resolve()
  private nap: NodeJS.Timeout | undefined
  private isClosed = false
  private readonly schedules = new Map<string, Schedule | undefined>()

  constructor(
    private readonly clock: DemoClock,
    private readonly runner: FunctionRunner,
    file: string,
  ) {
    this.kept = new KeptFile(file)
    const { handledUntil } = (this.kept.read() ?? {}) as { handledUntil?: unknown }
    this.handledUntil = typeof handledUntil === 'number' ? handledUntil : clock.now()
    this.remember(this.handledUntil)
  }

  /** All triggers with their next due time. */
  list(): { function: string; trigger: string; config: string; nextAt: number | undefined }[] {
    const now = this.clock.now()
    return this.declared().map(({ name, trigger, config, schedule }) => ({
      function: name, trigger, config, nextAt: schedule.next(now, now + 400 * 24 * 3600 * 1000),
    }))
  }

  /** What is due in (from, to], in order; see `firingsKeptPerMove`. */
  due(from: number, to: number): Firing[] {
    return this.declared()
      .flatMap(({ name, trigger, schedule }) => schedule.latest(from, to, firingsKeptPerMove).map(at => ({ function: name, trigger, at })))
      .sort((a, b) => a.at - b.at || (a.function + a.trigger < b.function + b.trigger ? -1 : 1))
  }

  /** Moves demo time to `to` (ms), firing what falls due. @returns what was fired */
  moveTo(to: number, force = false): Promise<Firing[]> {
    return this.inTurn(async () => {
      if (to < this.clock.now()) {
        this.clock.moveTo(to, force)
        this.remember(to)
        return []
      }
      const fired = await this.fireUntil(to)
      if (to > this.clock.now()) this.clock.moveTo(to)
      return fired
    })
  }

  /** Moves demo time ahead by `ms`. */
  advance(ms: number): Promise<Firing[]> {
    return this.moveTo(this.clock.now() + ms)
  }

  /** Fires one trigger now, whatever its schedule says. @throws TriggerError */
  async fire(functionName: string, trigger: string): Promise<Outcome> {
    if (!this.declared().some(each => each.name === functionName && each.trigger === trigger)) {
      throw new TriggerError(`function "${functionName}" declares no trigger "${trigger}"`)
    }
    return this.run({ function: functionName, trigger, at: this.clock.now() })
  }

  /** Fires what falls due as time passes, from now on. */
  start(): void {
    if (this.isClosed || !this.clock.isFollowing || this.nap) return
    const round = async (): Promise<void> => {
      await this.inTurn(() => this.fireUntil(this.clock.now()))
      if (this.isClosed || !this.clock.isFollowing) {
        this.nap = undefined
        return
      }
      const now = this.clock.now()
      const nexts = this.declared().flatMap(({ schedule }) => schedule.next(now, now + longestNap) ?? [])
      this.nap = setTimeout(() => void round(), Math.min(longestNap, Math.max(50, Math.min(...nexts, now + longestNap) - now)))
    }
    this.nap = setTimeout(() => void round(), 0)
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.nap)
    await this.work
    this.kept.close()
  }

  private async fireUntil(to: number): Promise<Firing[]> {
    const firings = this.due(this.handledUntil, to)
    for (const [index, firing] of firings.entries()) {
      if (this.isClosed) return firings
      if (firing.at > this.clock.now()) this.clock.moveTo(firing.at)
      await this.run(firing)
      // Once for all that fell due together: after a stop between them they fire again, as the platform may do, too.
      if (firings[index + 1]?.at !== firing.at) this.remember(firing.at)
    }
    this.remember(Math.max(to, this.handledUntil))
    return firings
  }

  private run(firing: Firing): Promise<Outcome> {
    const time = new Date(firing.at).toISOString().replace(/\.\d{3}Z$/, 'Z')
    const event = JSON.stringify({ Type: 'Timer', TriggerName: firing.trigger, Time: time, Message: '' })
    return this.runner.invoke(firing.function, event, { source: 'wx_trigger' }, firing.trigger)
  }

  private declared(): { name: string; trigger: string; config: string; schedule: Schedule }[] {
    return this.runner.list().flatMap(({ name, triggers }) => triggers
      .filter(({ type }) => type === 'timer')
      .flatMap(({ name: trigger, config }) => {
        const schedule = this.schedule(config)
        return schedule ? [{ name, trigger, config, schedule }] : []
      }))
  }

  /** A schedule that cannot be read is said once, and never fires. */
  private schedule(config: string): Schedule | undefined {
    if (!this.schedules.has(config)) {
      try {
        this.schedules.set(config, new Schedule(config))
      } catch (error) {
        console.error(error instanceof Error ? error.message : error)
        this.schedules.set(config, undefined)
      }
    }
    return this.schedules.get(config)
  }

  private inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.work.then(step)
    this.work = turn.then(() => undefined, () => undefined)
    return turn
  }

  private remember(at: number): void {
    this.handledUntil = at
    this.kept.write({ handledUntil: at })
  }
}
