// A small value in a file that is written again and again: one write in place, of one length, so that `kill -9` leaves
// either the old words or the new ones.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const length = 128

/** What is kept in a file as JSON of at most 128 characters. */
export class KeptFile {
  private descriptor: number | undefined

  constructor(private readonly file: string) {}

  /** What was written last; undefined when there is nothing, or nothing that can be read. */
  read(): unknown {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as unknown
    } catch {
      return undefined
    }
  }

  write(value: object): void {
    if (this.descriptor === undefined) {
      mkdirSync(dirname(this.file), { recursive: true })
      this.descriptor = openSync(this.file, existsSync(this.file) ? 'r+' : 'w+')
    }
    writeSync(this.descriptor, JSON.stringify(value).padEnd(length), 0)
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }
}
