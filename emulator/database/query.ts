// The query language: mingo executes it, with the operators replaced in which it differs from MongoDB.
// Replaced: comparisons (mingo orders arrays and strings its own way, misses nulls inside arrays, loses `$in` on nested
// arrays, takes digits for a number in `$mod`) and `$sort` (an array sorts by its least or greatest element). Left out: whatever would run code or write.
import { Aggregator } from 'mingo/aggregator'
import { Context } from 'mingo/core'
import * as accumulators from 'mingo/operators/accumulator'
import * as expressions from 'mingo/operators/expression'
import * as stages from 'mingo/operators/pipeline'
import * as projections from 'mingo/operators/projection'
import * as queries from 'mingo/operators/query'
import { Lazy, type Iterator as Stream } from 'mingo/lazy'
import { Query } from 'mingo/query'
import type { Any, Options } from 'mingo/types'
import { MingoError } from 'mingo/util'
import { notSupported, requestFailed } from './errors'
import { encodeValue, sortKey, typePrefix, type Direction } from './keys'
import { isFields, valuesAt, type Document, type Fields } from './values'

export type Filter = Fields
export type Sort = readonly (readonly [string, Direction])[]
type Test = (document: Any) => boolean

const sameValue = (a: unknown, b: unknown): boolean =>
  typeof a === typeof b && typeof a !== 'object' ? Object.is(a, b) || a === b : encodeValue(a).equals(encodeValue(b))

/** What a condition on a path is held against: the value, and each element when it is an array. */
function candidates(document: Any, path: string): unknown[] {
  return valuesAt(document, path).values.flatMap((value) => (Array.isArray(value) ? [value, ...(value as unknown[])] : [value]))
}

function equals(path: string, operand: Any): Test {
  if (operand instanceof RegExp) return (document) => candidates(document, path).some((value) => typeof value === 'string' && operand.test(value))
  return (document) => candidates(document, path).some((value) => sameValue(value, operand))
}

function isIn(path: string, operands: Any): Test {
  const tests = (operands as unknown[]).map((operand) => equals(path, operand))
  return (document) => tests.some((test) => test(document))
}

/** A range compares only within the operand's type. */
const range = (accept: (order: number) => boolean) => (path: string, operand: Any): Test => {
  const bound = encodeValue(operand)
  const type = typePrefix(bound)
  return (document) =>
    candidates(document, path).some((value) => {
      const encoded = encodeValue(value)
      return typePrefix(encoded).equals(type) && accept(Buffer.compare(encoded, bound))
    })
}

/** Mingo would take "3" for a number. */
function modulo(path: string, operand: Any): Test {
  const [divisor, remainder] = Array.isArray(operand) ? (operand as unknown[]) : []
  if (typeof divisor !== 'number' || typeof remainder !== 'number' || divisor === 0) throw requestFailed('malformed mod')
  return (document) => candidates(document, path).some((value) => typeof value === 'number' && Math.trunc(value) % divisor === remainder)
}

const not = (make: (path: string, operand: Any) => Test) => (path: string, operand: Any): Test => {
  const test = make(path, operand)
  return (document) => !test(document)
}

const comparisons = {
  $eq: equals, $ne: not(equals), $in: isIn, $nin: not(isIn),
  $lt: range((order) => order < 0), $lte: range((order) => order <= 0),
  $gt: range((order) => order > 0), $gte: range((order) => order >= 0), $mod: modulo,
}

/** The stages CloudBase documents, geoNear apart. `$lookup` is added where collections can be read (aggregate.ts). */
const STAGES = ['$addFields', '$bucket', '$bucketAuto', '$count', '$group', '$limit', '$match', '$project', '$replaceRoot', '$sample', '$skip', '$sortByCount', '$unwind'] as const
const RUNS_CODE = new Set(['$where', '$function', '$accumulator', '$jsonSchema'])

const without = <T extends object>(operators: T, names: ReadonlySet<string>): T =>
  Object.fromEntries(Object.entries(operators).filter(([name]) => name.startsWith('$') && !names.has(name))) as T

const queryOperators: Record<string, unknown> = { ...without(queries, RUNS_CODE), ...comparisons }
const expressionOperators = without(expressions, RUNS_CODE)
const accumulatorOperators = without(accumulators, RUNS_CODE)
const projectionOperators = without(projections, RUNS_CODE)
const stageOperators = Object.fromEntries(STAGES.map((name) => [name, stages[name]]))

export type Stage = (documents: Stream, operand: Any, options: Options) => Stream

/** `$sort` in MongoDB's order, arrays by their least or greatest element. */
const sortStage: Stage = (documents, operand) => documents.transform((all) => Lazy(sortDocuments(all as Document[], readSort(operand))))

function optionsWith(extraStages: Record<string, Stage>): Partial<Options> {
  const operators = {
    query: queryOperators, expression: expressionOperators, accumulator: accumulatorOperators,
    projection: projectionOperators, pipeline: { ...stageOperators, $sort: sortStage, ...extraStages },
  }
  return { context: Context.init(operators as Parameters<typeof Context.init>[0]), scriptEnabled: false }
}
const plain = optionsWith({})

/** Compiles a filter; throws on an operator that is not there. */
export function compile(filter: Filter): (document: Document) => boolean {
  assertFilter(filter)
  return understood(() => {
    const tests = Object.entries(filter).map(([path, condition]) => direct(path, condition) ?? interpreted({ [path]: condition }))
    return (document: Document) => tests.every((test) => test(document))
  })
}

/** Plain comparisons need no interpreter, and most conditions are nothing else. */
function direct(path: string, condition: unknown): Test | undefined {
  if (path.startsWith('$')) return undefined
  const names = isFields(condition) ? Object.keys(condition).filter((name) => name.startsWith('$')) : []
  if (!isFields(condition) || names.length === 0) return equals(path, condition)
  if (!names.every((name) => Object.hasOwn(comparisons, name))) return undefined
  const tests = names.map((name) => comparisons[name as keyof typeof comparisons](path, condition[name]))
  return (document) => tests.every((test) => test(document))
}

function interpreted(filter: Filter): Test {
  const query = new Query<Fields>(filter, plain)
  return (document) => query.test(document as Fields)
}

/** Applies a projection (1 or 0 per field, `$slice`, `$elemMatch`). */
export function project(documents: Document[], projection: Fields): Fields[] {
  const names = Object.keys(projection)
  if (names.length === 0) return documents
  // Fields of the document's own that are asked for by name: most projections, and mingo takes far longer over them.
  if (names.every((name) => projection[name] === 1 && !/[.$]/.test(name))) {
    const wanted = new Set([...names, '_id'])
    return documents.map((document) => Object.fromEntries(Object.entries(document).filter(([name]) => wanted.has(name))))
  }
  return understood(() => new Query<Document>({}, plain).find<Fields>(documents, projection).all())
}

/** Runs pipeline stages over documents in memory; `extraStages` are those that read other collections. */
export function runPipeline(documents: Fields[], pipeline: Fields[], extraStages: Record<string, Stage>): Fields[] {
  assertPipeline(pipeline)
  return understood(() => new Aggregator(pipeline, optionsWith(extraStages)).run<Fields>(documents))
}

/** Names an unknown stage or operator before any document is looked at. */
function assertPipeline(pipeline: Fields[]): void {
  for (const stage of pipeline) {
    const name = Object.keys(stage)[0] ?? ''
    const operand = stage[name]
    if (name === '$match') assertFilter(operand as Filter)
    else if (name === '$lookup') assertPipeline(isFields(operand) && Array.isArray(operand['pipeline']) ? (operand['pipeline'] as Fields[]) : [])
    else if (name === '$sort' || (STAGES as readonly string[]).includes(name)) assertOperators(operand)
    else throw notSupported(`the aggregation stage ${name}`)
  }
}

/** Reads `{field: 1 | -1}` in its order. */
export function readSort(spec: unknown): Sort {
  if (!isFields(spec) || Object.keys(spec).length === 0) throw requestFailed('a sort needs at least one field')
  return Object.entries(spec).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw requestFailed(`a sort direction is 1 or -1, not ${JSON.stringify(direction)}`)
    return [path, direction]
  })
}

/** Sorts stably in MongoDB's order of values. */
export function sortDocuments<T extends Fields>(documents: T[], sort: Sort): T[] {
  const keyed = documents.map((document) => ({ document, keys: sort.map(([path, direction]) => sortKey(document as unknown as Document, path, direction)) }))
  keyed.sort((a, b) => {
    for (let i = 0; i < sort.length; i++) {
      const [left, right, by] = [a.keys[i], b.keys[i], sort[i]]
      const order = left && right && by ? Buffer.compare(left, right) * by[1] : 0
      if (order !== 0) return order
    }
    return 0
  })
  return keyed.map(({ document }) => document)
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr'])
/** Belong to another operator: `$regex` reads `$options`. */
const COMPANIONS = new Set(['$options'])

/** Names an unknown operator before any document is looked at: an empty collection must not hide a mistake. */
function assertFilter(filter: Filter): void {
  if (!isFields(filter)) throw requestFailed('a query must be an object')
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$expr') assertOperators(condition)
    else if (LOGICAL.has(name)) {
      if (!Array.isArray(condition) || condition.length === 0) throw requestFailed(`${name} must be a nonempty array`)
      condition.forEach((branch) => assertFilter(branch as Filter))
    } else if (name.startsWith('$')) throw notSupported(`the query operator ${name}`)
    else assertCondition(condition)
  }
}

const isNatural = (operand: unknown): boolean => typeof operand === 'number' && Number.isInteger(operand) && operand >= 0
const TYPES = new Set<unknown>(['double', 'string', 'object', 'array', 'bool', 'date', 'null', 'regex', 'int', 'long', 'number'])
const notRegex = (operand: unknown): boolean => !(operand instanceof RegExp)

/** What MongoDB asks of an operand; mingo would find nothing instead. */
const OPERANDS: Record<string, [accepts: (operand: unknown) => boolean, complaint: string]> = {
  $size: [isNatural, 'needs a whole number'],
  $all: [Array.isArray, 'needs an array'],
  $in: [Array.isArray, 'needs an array'],
  $nin: [Array.isArray, 'needs an array'],
  $elemMatch: [isFields, 'needs an object'],
  $not: [(operand) => operand instanceof RegExp || (isFields(operand) && Object.keys(operand).length > 0), 'needs a regex or a document'],
  $regex: [(operand) => typeof operand === 'string' || operand instanceof RegExp, 'has to be a string'],
  $type: [(operand) => TYPES.has(operand) || (Array.isArray(operand) && operand.every((name) => TYPES.has(name))), 'needs the name of a type'],
  $gt: [notRegex, "can't have a regex"], $gte: [notRegex, "can't have a regex"], $lt: [notRegex, "can't have a regex"], $lte: [notRegex, "can't have a regex"],
}

function assertCondition(condition: unknown): void {
  if (!isFields(condition)) return
  const names = Object.keys(condition)
  const operators = names.filter((name) => name.startsWith('$'))
  if (operators.length === 0) return
  if (operators.length < names.length) throw requestFailed(`unknown operator: ${names.find((name) => !name.startsWith('$')) ?? ''}`)
  for (const name of names) {
    if (COMPANIONS.has(name)) continue
    if (!Object.hasOwn(queryOperators, name) || LOGICAL.has(name)) throw notSupported(`the query operator ${name}`)
    const operand = condition[name]
    const [accepts, complaint] = OPERANDS[name] ?? []
    if (accepts && !accepts(operand)) throw requestFailed(`${name} ${complaint}: ${JSON.stringify(operand)}`)
    if (name === '$not') assertCondition(operand)
    if (name === '$elemMatch' && isFields(operand)) {
      if (Object.keys(operand).every((key) => key.startsWith('$') && !LOGICAL.has(key))) assertCondition(operand)
      else assertFilter(operand)
    }
  }
}

const EXPRESSION_WORDS = new Set(['$each', '$slice', '$position', '$sort'])

function assertOperators(expression: unknown): void {
  if (Array.isArray(expression)) return expression.forEach(assertOperators)
  // Mingo would answer with the machine's clock, not the demo clock.
  if (typeof expression === 'string' && expression.startsWith('$$NOW')) throw notSupported('$$NOW')
  if (!isFields(expression)) return
  for (const [name, operand] of Object.entries(expression)) {
    const known = [queryOperators, expressionOperators, accumulatorOperators, projectionOperators].some((operators) => Object.hasOwn(operators, name))
    if (name.startsWith('$') && !known && !EXPRESSION_WORDS.has(name)) throw notSupported(`the operator ${name}`)
    if (name !== '$literal') assertOperators(operand)
  }
}

/** Mingo's refusals become answers of the database. */
function understood<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof MingoError) throw requestFailed(error.message)
    throw error
  }
}
