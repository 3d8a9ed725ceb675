// The demo clock: real time plus an offset. This is the emulator's one file that reads the machine's clock.
import { KeptFile } from './kept-file'

/** Milliseconds of real time since 1970. Time-outs and measurements use it; nothing that people see does. */
export const wallClock = (): number => Date.now()

/** What survives a restart: how far demo time is ahead of real time (ms), and whether passing time fires timers. */
export interface ClockState {
  readonly offsetMs: number
  readonly isFollowing: boolean
}

/** Thrown for a move to the past that was not forced: stored instants would lie in the future. */
export class ClockMovedBackError extends Error {}

/** Demo time: ticks with real time, can be moved ahead, and remembers its offset in a file. */
export class DemoClock {
  private state: ClockState

  private readonly kept: KeptFile | undefined

  /** `file` keeps the state (undefined: memory only); `startAt` (ms) sets demo time when no state was stored. */
  constructor(file: string | undefined, startAt?: number, isFollowing = false) {
    this.kept = file === undefined ? undefined : new KeptFile(file)
    this.state = { offsetMs: startAt === undefined ? 0 : startAt - wallClock(), isFollowing }
    const stored = this.kept?.read() as Partial<ClockState> | undefined
    if (typeof stored?.offsetMs === 'number' && startAt === undefined) this.state = { offsetMs: stored.offsetMs, isFollowing }
    this.store()
  }

  /** Demo time in ms. */
  now(): number {
    return wallClock() + this.state.offsetMs
  }

  /** Demo time minus real time, in ms: what a function adds to its own clock. */
  get offsetMs(): number {
    return this.state.offsetMs
  }

  /** True when timers fire as time passes, not only when the clock is moved. */
  get isFollowing(): boolean {
    return this.state.isFollowing
  }

  /** Makes demo time `at` (ms). Earlier than now needs `force`. @throws ClockMovedBackError */
  moveTo(at: number, force = false): void {
    if (at < this.now() && !force) throw new ClockMovedBackError('the clock only moves forward; pass force to set it back')
    this.state = { ...this.state, offsetMs: at - wallClock() }
    this.store()
  }

  follow(isFollowing: boolean): void {
    this.state = { ...this.state, isFollowing }
    this.store()
  }

  close(): void {
    this.kept?.close()
  }

  private store(): void {
    this.kept?.write(this.state)
  }
}
