// The meter: what each invocation cost, and what it logged. Kept in memory, bounded.

/** One finished invocation. Times are ms; `at` is demo time, `bytes` the size of the reply as JSON. */
export interface MeterRow {
  readonly seq: number
  readonly at: number
  readonly requestId: string
  readonly function: string
  /** `event.action`, or the trigger's name. */
  readonly action: string
  readonly openid: string
  /** False when the function failed, or answered `{ok:false}`. */
  readonly ok: boolean
  /** The answer's `error.code`, or the platform's errCode. */
  readonly code: string
  readonly dbCalls: number
  readonly scanned: number
  readonly returned: number
  readonly bytes: number
  readonly ms: number
  readonly cold: boolean
}

const keptRows = 5000

/** The last calls, with a running number so that a reader can ask for what is new. */
export class Meter {
  private rows: MeterRow[] = []
  private seq = 0

  add(row: Omit<MeterRow, 'seq'>): void {
    this.seq += 1
    this.rows.push({ seq: this.seq, ...row })
    if (this.rows.length > keptRows * 1.2) this.rows = this.rows.slice(-keptRows)
  }

  get latest(): number {
    return this.seq
  }

  /** Rows after `since`, oldest first, at most the last `limit`. */
  since(since: number, limit: number): MeterRow[] {
    return this.rows.filter(row => row.seq > since).slice(-limit)
  }
}

/** One line that a function wrote. */
export interface LogLine {
  readonly at: number
  readonly level: string
  readonly text: string
}

const keptRequests = 500
const keptLines = 200
const keptCharacters = 64 * 1024

/** Logs by request id; a function that never stops writing fills its own page only. */
export class LogBook {
  private pages = new Map<string, { lines: LogLine[]; characters: number; isFull: boolean }>()

  write(requestId: string, line: LogLine): void {
    let page = this.pages.get(requestId)
    if (!page) {
      page = { lines: [], characters: 0, isFull: false }
      this.pages.set(requestId, page)
      const oldest = this.pages.keys().next()
      if (this.pages.size > keptRequests && !oldest.done) this.pages.delete(oldest.value)
    }
    if (page.isFull) return
    page.characters += line.text.length
    if (page.lines.length >= keptLines || page.characters > keptCharacters) {
      page.isFull = true
      page.lines.push({ at: line.at, level: 'warn', text: 'log cut here: too long' })
      return
    }
    page.lines.push(line)
  }

  read(requestId: string): readonly LogLine[] {
    return this.pages.get(requestId)?.lines ?? []
  }
}
