// Values as they travel and rest: canonical EJSON text on the wire and on disk, plain JavaScript in between.
import { EJSON } from 'bson'
import { notSupported, requestFailed } from './errors'

export type Id = string | number
export type Fields = Record<string, unknown>
export type Document = Fields & { _id: Id }

/** MongoDB's limit. CloudBase may be stricter (1 MB is often named, unverified). */
const DOCUMENT_LIMIT_BYTES = 16 * 1024 * 1024

/** Names that mean something on every JavaScript object: mingo and the SDK would trip over a field called so. */
const UNSAFE_NAMES = new Set(Object.getOwnPropertyNames(Object.prototype))
export const isUnsafeName = (name: string): boolean => UNSAFE_NAMES.has(name)

/** True for a record of fields, false for arrays, dates, regular expressions and scalars. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof RegExp)

/**
 * Reads a payload string of the SDK. `serverTime` (ms) replaces `{"$tcb_server_date":{offset}}`.
 * Refuses BSON types that JavaScript has no value for, and field names such as `__proto__`.
 */
export function decode(text: string, serverTime: number): unknown {
  let parsed: unknown
  try {
    parsed = parse(text)
  } catch (error) {
    throw requestFailed(`malformed payload: ${error instanceof Error ? error.message : String(error)}`)
  }
  return revive(parsed, serverTime)
}

/** Types of EJSON besides numbers and dates. */
const UNUSUAL = /"\$(?:oid|binary|uuid|reg|symbol|timestamp|code|scope|ref|id|db|minKey|maxKey|numberDecimal|undefined)/

/** The same as EJSON.parse. Nearly all values are numbers and dates, which are read here in a fraction of its time. */
function parse(text: string): unknown {
  return UNUSUAL.test(text) ? EJSON.parse(text) : plainly(JSON.parse(text)) ?? EJSON.parse(text)
}

/** Turns EJSON's numbers and dates into values, in place; undefined where only EJSON itself can tell. */
function plainly(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if ((value[i] = plainly(value[i])) === undefined) return undefined
    return value
  }
  const fields = value as Fields
  for (const name in fields) {
    const inner = fields[name]
    if (name.startsWith('$')) {
      if (name === '$numberInt' || name === '$numberLong' || name === '$numberDouble') return typeof inner === 'string' && inner !== '' ? Number(inner) : undefined
      if (name === '$date') {
        const at = plainly(inner)
        return typeof at === 'number' ? new Date(at) : undefined
      }
    }
    if (typeof inner === 'object' && inner !== null && (fields[name] = plainly(inner)) === undefined) return undefined
  }
  return fields
}

function revive(value: unknown, serverTime: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = revive(value[i], serverTime)
    return value
  }
  if ('_bsontype' in value) {
    if (value._bsontype === 'BSONRegExp' && 'pattern' in value && 'options' in value) return regex(String(value.pattern), String(value.options))
    throw notSupported(`BSON type ${String(value._bsontype)}`)
  }
  const fields = value as Fields
  for (const name of Object.keys(fields)) {
    if (name.includes('.') ? name.split('.').some(isUnsafeName) : isUnsafeName(name)) throw notSupported(`the field name "${name}"`)
    if (name === '$tcb_server_date') {
      const spec = fields[name]
      return new Date(serverTime + (isFields(spec) && typeof spec['offset'] === 'number' ? spec['offset'] : 0))
    }
    fields[name] = revive(fields[name], serverTime)
  }
  return fields
}

/** A JavaScript expression stands in for PCRE; `x` (extended syntax) has no counterpart. */
function regex(pattern: string, options: string): RegExp {
  if (/[^imsu]/.test(options)) throw notSupported(`the regular expression option "${options}"`)
  try {
    return new RegExp(pattern, options)
  } catch {
    throw requestFailed(`Regular expression is invalid: /${pattern}/`)
  }
}

/** Writes canonical EJSON, which keeps integers, doubles, dates and nulls apart. */
export const encode = (value: unknown): string => written(value) ?? EJSON.stringify(value, { relaxed: false })

/** What EJSON writes for the values that nearly all documents are made of; undefined where only EJSON itself can tell. */
function written(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return value >= -0x8000_0000 && value <= 0x7fff_ffff ? `{"$numberInt":"${value}"}` : `{"$numberLong":"${value}"}`
    return Number.isFinite(value) && !Number.isInteger(value) ? `{"$numberDouble":"${value}"}` : undefined
  }
  if (typeof value === 'boolean' || value === null) return String(value)
  if (typeof value !== 'object') return undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : `{"$date":{"$numberLong":"${value.getTime()}"}}`
  const isList = Array.isArray(value)
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return undefined
  let text = ''
  for (const name of isList ? value.keys() : Object.keys(value)) {
    const inner = written((value as Fields)[name])
    if (inner === undefined) return undefined
    text += `${text === '' ? '' : ','}${isList ? '' : `${JSON.stringify(name)}:`}${inner}`
  }
  return isList ? `[${text}]` : `{${text}}`
}

/** Reads a document this database wrote itself. */
export const decodeStored = (text: string): Document => revive(parse(text), 0) as Document

/** A deep copy without shared parts. */
export function clone<T>(value: T): T {
  if (value instanceof Date) return new Date(value.getTime()) as T
  if (Array.isArray(value)) return value.map((element: unknown) => clone(element)) as T
  if (!isFields(value)) return value
  const copy: Fields = {}
  for (const name of Object.keys(value)) copy[name] = clone(value[name])
  return copy as T
}

/** Throws unless a document may be stored: its id a string or number, field names plain, size within the limit. */
export function assertStorable(document: Fields, text: string): asserts document is Document {
  const id = document['_id']
  if (!(typeof id === 'string' && id !== '') && !(typeof id === 'number' && Number.isFinite(id))) throw requestFailed('_id must be a non-empty string or a number')
  if (Buffer.byteLength(text) > DOCUMENT_LIMIT_BYTES) throw requestFailed(`document is larger than ${DOCUMENT_LIMIT_BYTES} bytes`)
  assertFieldNames(document)
}

function assertFieldNames(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(assertFieldNames)
  if (!isFields(value)) return
  for (const name of Object.keys(value)) {
    if (name.startsWith('$')) throw requestFailed(`The dollar ($) prefixed field '${name}' is not valid for storage.`)
    if (name === '' || name.includes('.')) throw notSupported(`storing a field called "${name}"`)
    assertFieldNames(value[name])
  }
}

/** What a path leads to: one value, or one per array element on the way. */
export interface Reach {
  /** `undefined` stands for "missing". Empty when an array on the way has no element that could hold the rest of the path. */
  values: unknown[]
  /** Whether an array was met before the end of the path. */
  throughArray: boolean
}

/** Follows a dotted path as MongoDB does: through array elements that are documents, and by index. */
export function valuesAt(document: unknown, path: string): Reach {
  const reach: Reach = { values: [], throughArray: false }
  follow(document, path.split('.'), 0, reach)
  return reach
}

function follow(value: unknown, parts: string[], at: number, reach: Reach): void {
  const part = parts[at]
  if (part === undefined) {
    reach.values.push(value)
  } else if (Array.isArray(value)) {
    reach.throughArray = true
    if (/^\d+$/.test(part) && Number(part) < value.length) follow(value[Number(part)], parts, at + 1, reach)
    for (const element of value) if (isFields(element)) follow(element, parts, at, reach)
  } else {
    const next = isFields(value) && Object.hasOwn(value, part) ? value[part] : undefined
    if (next === undefined) reach.values.push(undefined)
    else follow(next, parts, at + 1, reach)
  }
}
