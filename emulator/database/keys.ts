// Order-preserving keys: bytes that compare as MongoDB compares values, so that SQLite can keep an index in order.
// One encoding decides everywhere: equality, ranges, sorting, uniqueness.
import { requestFailed } from './errors'
import { isFields, valuesAt, type Document } from './values'

export type Direction = 1 | -1
export interface IndexConfig {
  name: string
  keys: readonly (readonly [string, Direction])[]
  unique: boolean
}

/** Documented: an index entry holds at most 1024 bytes. */
const KEY_LIMIT_BYTES = 1024

// The first byte of an encoded value is its type; their order is MongoDB's comparison order of types.
const END = 0x00
const EMPTY_ARRAY = 0x04 // an empty array leaves "undefined" in an index, which sorts before null
const NULL = 0x05
const NAN = 0x0f // by itself, so that a range of numbers leaves it out, as MongoDB does
const NUMBER = 0x10
// 0x20, a space, is STRING
const OBJECT = 0x30
const ARRAY = 0x40
const BOOLEAN = 0x60
const DATE = 0x70
const REGEX = 0x80

/** The encoded value. A missing field counts as null. No encoding is a prefix of another one. */
export function encodeValue(value: unknown): Buffer {
  const parts: Buffer[] = []
  append(value, parts)
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

/** The type byte alone: every value of a type starts with it. */
export const typePrefix = (encoded: Buffer): Buffer => encoded.subarray(0, 1)

function append(value: unknown, parts: Buffer[]): void {
  if (value === null || value === undefined) parts.push(Buffer.of(NULL))
  else if (typeof value === 'number') parts.push(Number.isNaN(value) ? Buffer.of(NAN) : number(NUMBER, value))
  else if (typeof value === 'string') parts.push(text(value, ' '))
  else if (typeof value === 'boolean') parts.push(Buffer.of(BOOLEAN, value ? 1 : 0))
  else if (value instanceof Date) parts.push(number(DATE, value.getTime()))
  else if (value instanceof RegExp) parts.push(Buffer.of(REGEX), text(value.source), text(value.flags))
  else if (Array.isArray(value)) {
    parts.push(Buffer.of(ARRAY))
    for (const element of value) append(element, parts)
    parts.push(Buffer.of(END))
  } else if (isFields(value)) {
    parts.push(Buffer.of(OBJECT))
    // MongoDB compares documents field by field: type, then name, then value.
    for (const [name, field] of Object.entries(value)) {
      const encoded = encodeValue(field)
      parts.push(typePrefix(encoded), text(name), encoded)
    }
    parts.push(Buffer.of(END))
  } else throw requestFailed(`a value of type ${typeof value} cannot be compared`)
}

/** Nine bytes: IEEE 754 with the sign turned round, so that bytes order as numbers do. */
function number(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = type
  bytes.writeDoubleBE(value === 0 ? 0 : value, 1)
  const negative = (bytes[1] ?? 0) & 0x80
  for (let i = 1; i < 9; i++) bytes[i] = negative ? ~(bytes[i] ?? 0) : i === 1 ? (bytes[i] ?? 0) ^ 0x80 : (bytes[i] ?? 0)
  return bytes
}

/** UTF-8 ended by two zeros; a zero inside becomes 00 FF, which sorts after the end. `type` is the type byte as a character. */
function text(value: string, type = ''): Buffer {
  if (!value.includes('\0')) return Buffer.from(`${type}${value}\0\0`)
  const pieces = value.split('\0').flatMap((piece, i) => (i === 0 ? [Buffer.from(piece)] : [Buffer.of(0x00, 0xff), Buffer.from(piece)]))
  return Buffer.concat([Buffer.from(type), ...pieces, Buffer.of(0x00, 0x00)])
}

/** The order of two values, whatever their types. */
export const compareValues = (a: unknown, b: unknown): number => Buffer.compare(encodeValue(a), encodeValue(b))

/** One field's share of an index key; a descending field has its bytes turned round. */
export const encodeComponent = (value: unknown, direction: Direction): Buffer => turn(encodeValue(value), direction)

/** Turns every byte round when the direction is descending. */
export function turn(bytes: Buffer, direction: Direction): Buffer {
  if (direction === 1) return bytes
  const turned = Buffer.from(bytes)
  for (let i = 0; i < turned.length; i++) turned[i] = ~(turned[i] ?? 0)
  return turned
}

/** The first key after every key that starts with this prefix. */
export function after(prefix: Buffer): Buffer {
  const bytes = Buffer.from(prefix)
  for (let last = bytes.length - 1; last >= 0; last--) {
    const byte = bytes[last] ?? 0
    if (byte < 0xff) {
      bytes[last] = byte + 1
      return bytes.subarray(0, last + 1)
    }
  }
  return Buffer.alloc(KEY_LIMIT_BYTES + 2, 0xff)
}

/** The keys one document has in one index, and which of the index's fields held an array. */
export interface IndexEntries {
  keys: Buffer[]
  arrayFields: number[]
}

/** One key, or one per element when a field holds an array (at most one field may). */
export function indexEntries(document: Document, index: IndexConfig): IndexEntries {
  let keys: Buffer[] = [Buffer.alloc(0)]
  const arrayFields: number[] = []
  index.keys.forEach(([path, direction], position) => {
    const { values, throughArray } = valuesAt(document, path)
    const isArray = throughArray || values.some(Array.isArray)
    if (isArray) arrayFields.push(position)
    if (arrayFields.length > 1) throw requestFailed(`cannot index parallel arrays: index ${index.name}`)
    const encoded = isArray ? elements(values) : [encodeValue(values[0])]
    keys = keys.flatMap((key) => encoded.map((bytes) => Buffer.concat([key, turn(bytes, direction)])))
  })
  const distinct = new Map(keys.map((key) => [key.toString('latin1'), key]))
  for (const key of distinct.values()) {
    if (key.length > KEY_LIMIT_BYTES) throw requestFailed(`key too large to index ${index.name}: ${key.length} bytes, at most ${KEY_LIMIT_BYTES}`)
  }
  return { keys: [...distinct.values()], arrayFields }
}

function elements(values: unknown[]): Buffer[] {
  const encoded = values.flatMap((value) => (!Array.isArray(value) ? [encodeValue(value)] : value.length === 0 ? [Buffer.of(EMPTY_ARRAY)] : value.map(encodeValue)))
  return encoded.length === 0 ? [encodeValue(null)] : encoded
}

/** The bytes a document sorts by: the least element of an array going up, the greatest going down. */
export function sortKey(document: Document, path: string, direction: Direction): Buffer {
  const candidates = elements(valuesAt(document, path).values)
  return candidates.reduce((best, bytes) => (Buffer.compare(bytes, best) * direction < 0 ? bytes : best))
}
