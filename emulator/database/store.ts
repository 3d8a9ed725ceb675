// Documents and their indexes in SQLite: one table of documents per collection, one table of ordered keys per index.
// Writes of one turn of the event loop share one SQLite transaction and are answered after its commit, so that what was
// acknowledged survives `kill -9` (WAL, synchronous=NORMAL: the operating system has it; a power cut is not covered).
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { collectionMissing, DatabaseError, duplicateKey, requestFailed } from './errors'
import { encodeValue, indexEntries, type IndexConfig } from './keys'
import { ID_INDEX, type KeyRange, type PlannedIndex } from './planner'
import { decodeStored, type Document, type Fields, type Id } from './values'

/** `cloudfunctions/database.json`: the collections, who may touch them (closed to clients), and their indexes. */
export interface DatabaseConfig {
  collections: Record<string, { rule?: string; indexes: readonly { name: string; keys: readonly (readonly [string, number])[]; unique?: boolean }[] }>
}

/** A document as it lies in its table. `text` is its canonical EJSON. */
export interface Row {
  rowId: number
  text: string
}

/** Documented: 100 collections in an environment; 20 indexes in a collection (100 in another place: the lower holds here). */
const MOST_COLLECTIONS = 100
const MOST_INDEXES = 20

type Bind = number | string | Buffer
type Statement = ReturnType<InstanceType<typeof Sqlite>['prepare']>
type Raw = readonly [Bind, Bind, Bind]

/** Rows are fetched in pieces, so that no statement stays open while others write. */
const FIRST_PIECE = 100
const NEXT_PIECE = 1000

// libsql takes parameters as one array: a lone Buffer would be read as named parameters. Rows come as arrays (`raw`),
// because libsql adds a `_metadata` field to rows that are objects.
const all = <T>(statement: Statement, ...bind: Bind[]): T[] => statement.all(bind) as T[]
const one = <T>(statement: Statement, ...bind: Bind[]): T | undefined => statement.get(bind) as T | undefined
const run = (statement: Statement, ...bind: Bind[]): number => Number(statement.run(bind).lastInsertRowid)

export const idKey = (id: Id): Buffer => encodeValue(id)

/** A statement that reads, its rows as arrays. */
const reader = (sql: InstanceType<typeof Sqlite>, text: string): Statement => sql.prepare(text).raw()

interface StoredIndex extends PlannedIndex {
  arrayFields: Set<number>
  table: string
  readonly statements: { add: Statement; drop: Statement; holder: Statement; up: Statement; down: Statement; count: Statement }
}

/** Most of the thousands of statements are never used in the life of a process: each is made when it is first asked for. */
function onDemand<T extends Record<string, () => Statement>>(makers: T): { readonly [name in keyof T]: Statement } {
  const made: Record<string, Statement> = {}
  const properties = Object.entries(makers).map(([name, make]) => [name, { get: () => (made[name] ??= make()) }] as const)
  return Object.defineProperties({}, Object.fromEntries(properties)) as { readonly [name in keyof T]: Statement }
}

/** One collection: reads by key range, writes with every index kept in step. */
export class Collection {
  readonly indexes: StoredIndex[] = []
  /** Nothing was ever written since it was created or emptied. */
  private isEmpty = false
  private readonly statements

  constructor(private readonly sql: InstanceType<typeof Sqlite>, readonly name: string, readonly table: string, private readonly noteArrayField: (index: StoredIndex) => void) {
    this.statements = onDemand({
      byId: () => reader(sql, `SELECT rowid, doc FROM ${table} WHERE id = ?`),
      byRow: () => reader(sql, `SELECT doc FROM ${table} WHERE rowid = ?`),
      insert: () => sql.prepare(`INSERT INTO ${table} (id, doc) VALUES (?, ?)`),
      update: () => sql.prepare(`UPDATE ${table} SET doc = ? WHERE rowid = ?`),
      remove: () => sql.prepare(`DELETE FROM ${table} WHERE rowid = ?`),
      scan: () => reader(sql, `SELECT rowid, rowid, doc FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`),
      up: () => reader(sql, `SELECT id, rowid, doc FROM ${table} WHERE id >= ? AND id < ? AND id > ? ORDER BY id LIMIT ?`),
      down: () => reader(sql, `SELECT id, rowid, doc FROM ${table} WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?`),
      size: () => reader(sql, `SELECT count(*) FROM ${table}`),
      count: () => reader(sql, `SELECT count(*) FROM ${table} WHERE id >= ? AND id < ?`),
    })
  }

  get(id: Id): Row | undefined {
    const row = one<[number, string]>(this.statements.byId, idKey(id))
    return row && { rowId: row[0], text: row[1] }
  }

  size(): number {
    return one<[number]>(this.statements.size)?.[0] ?? 0
  }

  /** How many entries lie in the ranges. One entry is one document as long as the index holds no arrays. */
  countIn(index: PlannedIndex, ranges: readonly KeyRange[]): number {
    const statement = index === ID_INDEX ? this.statements.count : this.stored(index).statements.count
    return ranges.reduce((sum, { lower, upper }) => sum + (one<[number]>(statement, lower, upper)?.[0] ?? 0), 0)
  }

  /** Every document, in order of insertion. */
  *scan(): Generator<Row> {
    let last = -1
    for (let size = FIRST_PIECE; ; size = NEXT_PIECE) {
      const rows = all<Raw>(this.statements.scan, last, size)
      for (const row of rows) yield { rowId: row[1] as number, text: row[2] as string }
      if (rows.length < size) return
      last = rows[rows.length - 1]?.[1] as number
    }
  }

  /** The documents of a key range in the index's order; `atMost` says how many the caller will look at, if it knows. */
  *range(index: PlannedIndex, { lower, upper }: KeyRange, reverse: boolean, atMost?: number): Generator<Row> {
    let [low, high, row] = [lower, upper, reverse ? Number.MAX_SAFE_INTEGER : -1]
    let from = lower
    for (let size = Math.min(atMost ?? FIRST_PIECE, FIRST_PIECE); ; size = NEXT_PIECE) {
      let rows: Raw[]
      if (index === ID_INDEX) {
        rows = reverse ? all<Raw>(this.statements.down, low, high, size) : all<Raw>(this.statements.up, low, high, row === -1 ? Buffer.alloc(0) : from, size)
      } else {
        const { up, down } = this.stored(index).statements
        // The last row's key is exclusive from the second piece on; before that, the range itself is the bound.
        rows = reverse ? all<Raw>(down, low, high, row === Number.MAX_SAFE_INTEGER ? -1 : row, size) : all<Raw>(up, from, row, high, size)
      }
      for (const found of rows) yield { rowId: found[1] as number, text: found[2] as string }
      const last = rows[rows.length - 1]
      if (rows.length < size || !last) return
      row = last[1] as number
      if (reverse) high = last[0] as Buffer
      else from = last[0] as Buffer
      low = lower
    }
  }

  /** The document that holds this key of a unique index. */
  holder(index: PlannedIndex, key: Buffer): number | undefined {
    return one<[number]>(this.stored(index).statements.holder, key)?.[0]
  }

  /** Its id. */
  holderId(index: PlannedIndex, key: Buffer): Id | undefined {
    const rowId = this.holder(index, key)
    const row = rowId === undefined ? undefined : one<[string]>(this.statements.byRow, rowId)
    return row && decodeStored(row[0])._id
  }

  duplicate(index: IndexConfig, document: Document): Error {
    const held = index.keys.map(([path]) => `${path}: ${JSON.stringify(path.split('.').reduce<unknown>((value, part) => (value as Fields | undefined)?.[part], document) ?? null)}`)
    return duplicateKey(this.name, index.name, `{ ${held.join(', ')} }`)
  }

  /** Writes a document in place of `before`. Throws E11000 if another document holds one of its unique keys, unless that was checked before. */
  put(document: Document, text: string, before: Row | undefined, uniqueChecked = false): void {
    this.isEmpty = false
    const entries = this.indexes.map((index) => ({ index, ...indexEntries(document, index) }))
    for (const { index, keys } of entries) {
      if (!index.unique || uniqueChecked) continue
      for (const key of keys) {
        const holder = one<[number]>(index.statements.holder, key)?.[0]
        if (holder !== undefined && holder !== before?.rowId) throw this.duplicate(index, document)
      }
    }
    const rowId = before ? before.rowId : run(this.statements.insert, idKey(document._id), text)
    if (before) run(this.statements.update, text, rowId)
    const old = before && decodeStored(before.text)
    for (const { index, keys, arrayFields } of entries) {
      const oldKeys = old ? indexEntries(old, index).keys : []
      for (const key of oldKeys) if (!keys.some((kept) => kept.equals(key))) run(index.statements.drop, key, rowId)
      for (const key of keys) if (!oldKeys.some((kept) => kept.equals(key))) run(index.statements.add, key, rowId)
      this.noteArrays(index, arrayFields)
    }
  }

  remove(row: Row): void {
    const old = decodeStored(row.text)
    for (const index of this.indexes) for (const key of indexEntries(old, index).keys) run(index.statements.drop, key, row.rowId)
    run(this.statements.remove, row.rowId)
  }

  /** Removes every document. */
  clear(): void {
    if (this.isEmpty) return
    for (const index of this.indexes) {
      this.sql.exec(`DELETE FROM ${index.table}`)
      if (index.arrayFields.size === 0) continue
      index.arrayFields.clear()
      this.noteArrayField(index)
    }
    this.sql.exec(`DELETE FROM ${this.table}`)
    this.isEmpty = true
  }

  /** Takes an index into use; fills it from the documents when it is new. */
  openIndex(config: IndexConfig, table: string, arrayFields: Set<number>, fill: boolean): void {
    const { sql } = this
    const from = `FROM ${table} i CROSS JOIN ${this.table} d ON d.rowid = i.doc`
    const index: StoredIndex = {
      ...config, table, arrayFields,
      statements: onDemand({
        add: () => sql.prepare(`INSERT INTO ${table} (key, doc) VALUES (?, ?)`),
        drop: () => sql.prepare(`DELETE FROM ${table} WHERE key = ? AND doc = ?`),
        holder: () => reader(sql, `SELECT doc FROM ${table} WHERE key = ? LIMIT 1`),
        up: () => reader(sql, `SELECT i.key, i.doc, d.doc ${from} WHERE (i.key, i.doc) > (?, ?) AND i.key < ? ORDER BY i.key, i.doc LIMIT ?`),
        down: () => reader(sql, `SELECT i.key, i.doc, d.doc ${from} WHERE i.key >= ? AND (i.key, i.doc) < (?, ?) ORDER BY i.key DESC, i.doc DESC LIMIT ?`),
        count: () => reader(sql, `SELECT count(*) FROM ${table} WHERE key >= ? AND key < ?`),
      }),
    }
    if (fill) {
      for (const row of this.scan()) {
        const document = decodeStored(row.text)
        const entries = indexEntries(document, index)
        for (const key of entries.keys) {
          if (index.unique && one(index.statements.holder, key) !== undefined) throw this.duplicate(index, document)
          run(index.statements.add, key, row.rowId)
        }
        this.noteArrays(index, entries.arrayFields)
      }
    }
    this.indexes.push(index)
  }

  private noteArrays(index: StoredIndex, positions: readonly number[]): void {
    for (const position of positions) {
      if (index.arrayFields.has(position)) continue
      index.arrayFields.add(position)
      this.noteArrayField(index)
    }
  }

  private stored(index: PlannedIndex): StoredIndex {
    const found = this.indexes.find((own) => own === index)
    if (!found) throw new Error(`index ${index.name} does not belong to ${this.name}`)
    return found
  }
}

/** The SQLite file, its collections, and the commit that many writes share. */
export class Store {
  private readonly sql: InstanceType<typeof Sqlite>
  private readonly collections = new Map<string, Collection>()
  private pending: { done: Promise<void>; resolve: () => void; reject: (error: unknown) => void } | undefined
  private nextTable = 1

  constructor(dir: string | null, private readonly config: DatabaseConfig) {
    if (dir !== null) mkdirSync(dir, { recursive: true })
    this.sql = new Sqlite(dir === null ? ':memory:' : join(dir, 'database.sqlite'))
    this.sql.pragma('journal_mode = WAL')
    this.sql.pragma('synchronous = NORMAL')
    this.sql.pragma('cache_size = -65536') // 64 MB
    try {
      this.sql.exec('CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, tbl TEXT NOT NULL)')
      this.sql.exec('CREATE TABLE IF NOT EXISTS indexes (tbl TEXT PRIMARY KEY, collection TEXT NOT NULL, spec TEXT NOT NULL, arrays TEXT NOT NULL)')
      this.inOne(() => this.open())
    } catch (error) {
      this.sql.close()
      throw error
    }
  }

  collection(name: unknown): Collection {
    const found = typeof name === 'string' ? this.collections.get(name) : undefined
    if (!found) throw collectionMissing(String(name))
    return found
  }

  names(): string[] {
    return [...this.collections.keys()].sort()
  }

  /** Creates a collection; one that exists already is left as it is (what the real cloud answers then is unverified). */
  create(name: string): void {
    if (this.collections.has(name)) return
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw requestFailed(`not a collection name: ${name}`)
    if (this.collections.size >= MOST_COLLECTIONS) throw new DatabaseError('DATABASE_COLLECTION_EXCEED_LIMIT', `an environment has at most ${MOST_COLLECTIONS} collections`)
    const table = this.newTable('docs')
    this.sql.exec(`CREATE TABLE ${table} (rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc TEXT NOT NULL)`)
    run(this.sql.prepare('INSERT INTO collections (name, tbl) VALUES (?, ?)'), name, table)
    this.openCollection(name, table)
  }

  /** Opens the shared SQLite transaction of this turn, if none is open. */
  begin(): void {
    if (this.pending) return
    let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined]
    const done = new Promise<void>((onDone, onError) => { [resolve, reject] = [onDone, onError] })
    done.catch(() => undefined) // whoever waits gets it too; nobody may be waiting
    this.sql.exec('BEGIN IMMEDIATE')
    this.pending = { done, resolve, reject }
    setImmediate(() => this.flush())
  }

  /** Runs `write` within the shared transaction: all of it takes effect, or none. */
  together(write: () => void): void {
    this.begin()
    this.sql.exec('SAVEPOINT together')
    try {
      write()
      this.sql.exec('RELEASE together')
    } catch (error) {
      this.sql.exec('ROLLBACK TO together')
      this.sql.exec('RELEASE together')
      throw error
    }
  }

  /** Resolves once everything written or read so far is durable. */
  async durable(): Promise<void> {
    await this.pending?.done
  }

  /** Commits what is pending, now. */
  flush(): void {
    const { pending } = this
    if (!pending) return
    this.pending = undefined
    try {
      this.sql.exec('COMMIT')
      pending.resolve()
    } catch (error) {
      pending.reject(error)
      throw error // the file and what was promised from memory differ: only a new process can put that right
    }
  }

  /** Runs `write` as one SQLite transaction of its own. */
  inOne<T>(write: () => T): T {
    this.flush()
    this.sql.exec('BEGIN IMMEDIATE')
    try {
      const result = write()
      this.sql.exec('COMMIT')
      return result
    } catch (error) {
      this.sql.exec('ROLLBACK')
      throw error
    }
  }

  /** Empties the collections of the configuration and drops all others. */
  reset(): void {
    this.inOne(() => {
      for (const [name, collection] of this.collections) {
        if (this.config.collections[name] !== undefined) collection.clear()
        else this.drop(collection)
      }
    })
  }

  close(): void {
    this.flush()
    this.sql.close()
  }

  private open(): void {
    const existing = all<[string, string]>(reader(this.sql, 'SELECT name, tbl FROM collections ORDER BY rowid'))
    const stored = all<[string]>(reader(this.sql, 'SELECT tbl FROM indexes'))
    this.nextTable = 1 + Math.max(0, ...[...existing.map(([, table]) => table), ...stored.map(([table]) => table)].map((table) => Number(table.split('_')[1])))
    for (const [name, table] of existing) this.openCollection(name, table)
    for (const name of Object.keys(this.config.collections)) this.create(name)
  }

  private drop({ name, table, indexes }: Collection): void {
    this.collections.delete(name)
    for (const own of [table, ...indexes.map((index) => index.table)]) this.sql.exec(`DROP TABLE ${own}`)
    run(this.sql.prepare('DELETE FROM indexes WHERE collection = ?'), name)
    run(this.sql.prepare('DELETE FROM collections WHERE name = ?'), name)
  }

  private openCollection(name: string, table: string): void {
    const collection = new Collection(this.sql, name, table, (index) =>
      run(this.sql.prepare('UPDATE indexes SET arrays = ? WHERE tbl = ?'), JSON.stringify([...index.arrayFields]), index.table))
    this.collections.set(name, collection)
    const declared = (this.config.collections[name]?.indexes ?? []).map((index): IndexConfig => ({
      name: index.name,
      unique: index.unique ?? false,
      keys: index.keys.map(([path, direction]) => [path, direction === -1 ? -1 : 1]),
    }))
    if (declared.length > MOST_INDEXES) throw requestFailed(`collection ${name} declares ${declared.length} indexes, at most ${MOST_INDEXES}`)
    const stored = all<[string, string, string]>(reader(this.sql, 'SELECT tbl, spec, arrays FROM indexes WHERE collection = ?'), name)
    for (const [indexTable, spec] of stored) {
      if (declared.some((index) => JSON.stringify(index) === spec)) continue
      this.sql.exec(`DROP TABLE ${indexTable}`)
      run(this.sql.prepare('DELETE FROM indexes WHERE tbl = ?'), indexTable)
    }
    for (const index of declared) {
      const spec = JSON.stringify(index)
      const found = stored.find(([, own]) => own === spec)
      const indexTable = found?.[0] ?? this.newTable('index')
      if (!found) {
        this.sql.exec(`CREATE TABLE ${indexTable} (key BLOB NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (key, doc)) WITHOUT ROWID`)
        run(this.sql.prepare('INSERT INTO indexes (tbl, collection, spec, arrays) VALUES (?, ?, ?, ?)'), indexTable, name, spec, '[]')
      }
      collection.openIndex(index, indexTable, new Set(found ? (JSON.parse(found[2]) as number[]) : []), !found)
    }
  }

  private newTable(kind: string): string {
    return `${kind}_${this.nextTable++}`
  }
}
