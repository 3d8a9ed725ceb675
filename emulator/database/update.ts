// Update operators on one document, with MongoDB's type errors. Not mingo's: its updater passes over a wrong type in
// silence, turns null into an object, forgets `$slice` on a missing array and drops duplicates in `$addToSet`.
import { notSupported, requestFailed } from './errors'
import { compareValues, encodeValue } from './keys'
import { compile, readSort, sortDocuments } from './query'
import { clone, isFields, isUnsafeName, type Document, type Fields } from './values'

/** A place in a document: its container and the name or position in it. */
interface Slot {
  path: string
  container: Fields | unknown[]
  name: string
}

type Apply = (slot: Slot, operand: unknown, document: Document) => void

const OPERATORS: Record<string, Apply> = {
  $set: (slot, operand) => write(slot, clone(operand)),
  $unset: (slot) => remove(slot),
  $inc: (slot, operand) => arithmetic('$inc', 'increment', slot, operand, (current, by) => current + by),
  $mul: (slot, operand) => arithmetic('$mul', 'multiply', slot, operand, (current, by) => current * by),
  $min: (slot, operand) => extreme(slot, operand, -1),
  $max: (slot, operand) => extreme(slot, operand, 1),
  $bit: (slot, operand) => bit(slot, operand),
  $push: (slot, operand) => push(slot, operand),
  $addToSet: (slot, operand) => addToSet(slot, operand),
  $pop: (slot, operand) => pop(slot, operand),
  $pull: (slot, operand) => pull(slot, matcher(operand), '$pull'),
  $pullAll: (slot, operand) => pull(slot, oneOf(operand), '$pullAll'),
  $rename: (slot, operand, document) => rename(slot, operand, document),
}
/** These leave a missing path missing; all others create it. */
const NEVER_CREATE = new Set(['$unset', '$pop', '$pull', '$pullAll', '$rename'])

/** The document after an update such as `{$set: {...}, $inc: {...}}`. The one given is not touched. */
export function applyUpdate(document: Document, update: Fields): Document {
  const result = clone(document)
  for (const [name, changes] of Object.entries(update)) {
    const apply = OPERATORS[name] ?? fail(name)
    for (const [path, operand] of Object.entries(changes as Fields)) {
      const slot = reach(result, path, !NEVER_CREATE.has(name))
      if (slot) apply(slot, operand, result)
    }
  }
  return result
}

/** Refuses, before any document is looked at, an update that no document could take. */
export function assertUpdate(update: unknown): asserts update is Fields {
  if (!isFields(update) || Object.keys(update).length === 0) throw requestFailed('update must contain at least one operator: an empty object changes nothing')
  const paths: string[] = []
  for (const [name, changes] of Object.entries(update)) {
    if (!Object.hasOwn(OPERATORS, name)) fail(name)
    if (!isFields(changes)) throw requestFailed(`Modifiers operate on fields but we found another type for ${name}`)
    for (const [path, operand] of Object.entries(changes)) {
      paths.push(path)
      if (name === '$rename') paths.push(String(operand))
    }
  }
  for (const path of paths) {
    const parts = path.split('.')
    if (parts.some((part) => part === '')) throw requestFailed(`The update path '${path}' contains an empty field name, which is not allowed.`)
    if (parts.some((part) => part.startsWith('$'))) throw notSupported(`the positional path '${path}'`)
    if (parts.some(isUnsafeName)) throw notSupported(`the field name '${path}'`)
    if (parts[0] === '_id') throw requestFailed(`Performing an update on the path '${path}' would modify the immutable field '_id'`)
    if (paths.filter((other) => other === path || other.startsWith(`${path}.`)).length > 1) throw requestFailed(`Updating the path '${path}' would create a conflict at '${path}'`)
  }
}

function fail(name: string): never {
  throw name.startsWith('$') ? notSupported(`the update operator ${name}`) : requestFailed(`the update operation document must contain atomic operators, not '${name}'`)
}

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : value instanceof Date ? 'date' : typeof value === 'boolean' ? 'bool' : typeof value

function read({ container, name }: Slot): unknown {
  return Array.isArray(container) ? container[Number(name)] : Object.hasOwn(container, name) ? container[name] : undefined
}

function write({ container, name, path }: Slot, value: unknown): void {
  if (!Array.isArray(container)) container[name] = value
  else {
    if (Number(name) > container.length + 1000) throw requestFailed(`cannot fill array up to '${path}'`)
    while (container.length < Number(name)) container.push(null)
    container[Number(name)] = value
  }
}

function remove({ container, name }: Slot): void {
  if (!Array.isArray(container)) delete container[name]
  else if (Number(name) < container.length) container[Number(name)] = null
}

/** Follows a path to its slot. With `create`, missing documents on the way come into being and a wrong type is an error. */
function reach(document: Document, path: string, create: boolean): Slot | undefined {
  const parts = path.split('.')
  let container: Fields | unknown[] = document
  for (const [at, name] of parts.entries()) {
    if (Array.isArray(container) && !/^\d+$/.test(name)) {
      if (create) throw cannotCreate(name, parts.slice(0, at).join('.'), container)
      return undefined
    }
    const slot: Slot = { path, container, name }
    if (at === parts.length - 1) return slot
    let next = read(slot)
    if (next === undefined) {
      if (!create) return undefined
      next = {}
      write(slot, next)
    }
    if (!isFields(next) && !Array.isArray(next)) {
      if (create) throw cannotCreate(parts[at + 1] ?? '', parts.slice(0, at + 1).join('.'), next)
      return undefined
    }
    container = next
  }
  return undefined
}

const cannotCreate = (name: string, at: string, found: unknown): Error => requestFailed(`Cannot create field '${name}' in element {${at}: ${JSON.stringify(found)}}`)

function arithmetic(operator: string, verb: string, slot: Slot, operand: unknown, compute: (current: number, by: number) => number): void {
  if (typeof operand !== 'number') throw requestFailed(`Cannot ${verb} with non-numeric argument: {${slot.path}: ${JSON.stringify(operand)}}`)
  const current = read(slot)
  if (current === undefined) return write(slot, operator === '$inc' ? operand : 0)
  if (typeof current !== 'number') throw requestFailed(`Cannot apply ${operator} to a value of non-numeric type. The field '${slot.path}' has non-numeric type ${typeName(current)}`)
  write(slot, compute(current, operand))
}

function extreme(slot: Slot, operand: unknown, direction: number): void {
  const current = read(slot)
  if (current === undefined || compareValues(operand, current) * direction > 0) write(slot, clone(operand))
}

function bit(slot: Slot, operand: unknown): void {
  const current = read(slot) ?? 0
  if (!Number.isInteger(current)) throw requestFailed(`Cannot apply $bit to a value of non-integral type. The field '${slot.path}' has type ${typeName(current)}`)
  let value = current as number
  for (const [name, mask] of Object.entries(isFields(operand) ? operand : {})) {
    if (!Number.isInteger(mask) || !['and', 'or', 'xor'].includes(name)) throw requestFailed(`The $bit modifier is not compatible with ${JSON.stringify(operand)}`)
    value = name === 'and' ? value & Number(mask) : name === 'or' ? value | Number(mask) : value ^ Number(mask)
  }
  write(slot, value)
}

/** The array of a slot, or undefined when the field is missing. */
function arrayAt(slot: Slot, complaint: (type: string) => string): unknown[] | undefined {
  const current = read(slot)
  if (current === undefined) return undefined
  if (!Array.isArray(current)) throw requestFailed(complaint(typeName(current)))
  return current as unknown[]
}

function eachOf(operand: unknown, operator: string): unknown[] {
  if (!isFields(operand) || !('$each' in operand)) return [clone(operand)]
  if (!Array.isArray(operand['$each'])) throw requestFailed(`The argument to $each in ${operator} must be an array but it was of type ${typeName(operand['$each'])}`)
  return clone(operand['$each']) as unknown[]
}

function push(slot: Slot, operand: unknown): void {
  const array = [...(arrayAt(slot, (type) => `The field '${slot.path}' must be an array but is of type ${type}`) ?? [])]
  const each = eachOf(operand, '$push')
  const modifiers = isFields(operand) && '$each' in operand ? operand : {}
  for (const [name, value] of Object.entries(modifiers)) {
    if (!['$each', '$position', '$slice', '$sort'].includes(name)) throw requestFailed(`Unrecognized clause in $push: ${name}`)
    if ((name === '$position' || name === '$slice') && !Number.isInteger(value)) throw requestFailed(`The value for ${name} must be an integer value`)
  }
  const { $position: position, $slice: slice, $sort: sort } = modifiers
  array.splice(typeof position === 'number' ? position : array.length, 0, ...each)
  if (sort === 1 || sort === -1) array.sort((a, b) => compareValues(a, b) * sort)
  else if (sort !== undefined) array.splice(0, array.length, ...sortDocuments(array as Fields[], readSort(sort)))
  write(slot, typeof slice !== 'number' ? array : slice < 0 ? array.slice(slice) : array.slice(0, slice))
}

function addToSet(slot: Slot, operand: unknown): void {
  const array = arrayAt(slot, (type) => `Cannot apply $addToSet to non-array field. Field named '${slot.path}' has non-array type ${type}`) ?? []
  for (const value of eachOf(operand, '$addToSet')) {
    const encoded = encodeValue(value)
    if (!array.some((element) => encodeValue(element).equals(encoded))) array.push(value)
  }
  write(slot, array)
}

function pop(slot: Slot, operand: unknown): void {
  if (operand !== 1 && operand !== -1) throw requestFailed(`$pop expects 1 or -1, found: ${JSON.stringify(operand)}`)
  const array = arrayAt(slot, (type) => `Path '${slot.path}' contains an element of non-array type '${type}'`)
  if (operand === 1) array?.pop()
  else array?.shift()
}

function pull(slot: Slot, matches: (element: unknown) => boolean, operator: string): void {
  const array = arrayAt(slot, () => `Cannot apply ${operator} to a non-array value`)
  if (array) write(slot, array.filter((element) => !matches(element)))
}

/** `$pull` takes a value, a condition on the element, or a query on its fields. */
function matcher(operand: unknown): (element: unknown) => boolean {
  const isQuery = isFields(operand) && !Object.keys(operand).some((name) => name.startsWith('$'))
  const test = compile(isQuery ? operand : { element: operand })
  if (!isQuery) return (element) => !(Array.isArray(element) && !Array.isArray(operand)) && test({ _id: 0, element })
  return (element) => isFields(element) && test(element as Document)
}

function oneOf(operand: unknown): (element: unknown) => boolean {
  if (!Array.isArray(operand)) throw requestFailed('$pullAll requires an array argument')
  const values = operand.map((value: unknown) => encodeValue(value))
  return (element) => values.some((value) => value.equals(encodeValue(element)))
}

function rename(slot: Slot, target: unknown, document: Document): void {
  if (typeof target !== 'string') throw requestFailed(`The 'to' field for $rename must be a string: ${JSON.stringify(target)}`)
  const value = read(slot)
  const to = value === undefined ? undefined : reach(document, target, true)
  if (!to) return
  remove(slot)
  write(to, value)
}
