// Decides how a query reads its documents: by `_id`, by an index's equality prefix plus one range or sort, or, when
// nothing serves it, by looking at the whole collection (an error in strict mode).
import { after, encodeComponent, encodeValue, turn, typePrefix, type Direction, type IndexConfig } from './keys'
import type { Filter, Sort } from './query'
import { isFields } from './values'

/** An index as the planner sees it. `arrayFields` are the positions that hold an array in some document. */
export interface PlannedIndex extends IndexConfig {
  arrayFields: ReadonlySet<number>
}

/** `_id` is an index like any other, always there. */
export const ID_INDEX: PlannedIndex = { name: '_id_', keys: [['_id', 1]], unique: true, arrayFields: new Set() }

/** Keys from `lower` up to but not including `upper`. */
export interface KeyRange {
  lower: Buffer
  upper: Buffer
}

export type Plan =
  | { kind: 'index'; index: PlannedIndex; ranges: KeyRange[]; reverse: boolean; ordered: boolean; exact: boolean; served: boolean }
  | { kind: 'union'; branches: { plan: Plan; filter: Filter }[]; served: boolean }
  | { kind: 'scan'; served: false }

type Operator = 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'prefix' | 'other'
interface Condition {
  path: string
  operator: Operator
  value: unknown
  /** Whether index bounds say exactly what the condition says. */
  exact: boolean
}

/** `$in` is treated as so many equality look-ups; beyond this it no longer counts as served by an index. */
const MOST_LOOKUPS = 1000

/** The best plan for a filter and an order over these indexes. */
export function plan(filter: Filter, sort: Sort, indexes: readonly PlannedIndex[]): Plan {
  const conditions: Condition[] = []
  const alternatives: Filter[][] = []
  collect(filter, conditions, alternatives)
  const whole = alternatives.length === 0
  const best = [ID_INDEX, ...indexes].map((index) => consider(index, conditions, sort, whole)).sort((a, b) => b.rank - a.rank)[0]
  if (best?.plan.served && best.equalities > 0) return best.plan
  const branches = alternatives[0]
  if (branches) {
    const rest = withoutBranches(filter, branches)
    const union = branches.map((branch) => {
      const branchFilter = { $and: [...rest, branch] }
      return { plan: plan(branchFilter, sort, indexes), filter: branchFilter }
    })
    if (union.every((branch) => branch.plan.served)) return { kind: 'union', branches: union, served: true }
  }
  return best && best.rank > 0 ? best.plan : { kind: 'scan', served: false }
}

/** The index a query would need: its equalities, then its order or else its range. Used in the error of strict mode. */
export function wantedIndex(filter: Filter, sort: Sort): string {
  const conditions: Condition[] = []
  const alternatives: Filter[][] = []
  collect(filter, conditions, alternatives)
  const branches = alternatives[0]
  if (conditions.length === 0 && branches) return branches.map((branch) => wantedIndex(branch, sort)).join(' and ')
  const equal = [...new Set(conditions.filter(({ operator }) => operator === 'eq' || operator === 'in').map(({ path }) => path))]
  const ranged = conditions.filter(({ operator }) => !['eq', 'in', 'other'].includes(operator)).map(({ path }) => path)
  const keys: [string, Direction][] = equal.map((path) => [path, 1])
  for (const [path, direction] of sort) if (!equal.includes(path)) keys.push([path, direction])
  const [range] = ranged
  if (sort.length === 0 && range !== undefined && !equal.includes(range)) keys.push([range, 1])
  return keys.length === 0 ? 'any condition or order that an index could serve (an `_id` cursor is always served)' : JSON.stringify(keys)
}

function withoutBranches(filter: Filter, branches: Filter[]): Filter[] {
  if (filter['$or'] === branches) return [Object.fromEntries(Object.entries(filter).filter(([name]) => name !== '$or'))]
  const nested = filter['$and'] as Filter[]
  const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== '$and'))
  return [rest, ...nested.flatMap((part) => withoutBranches(part, branches))]
}

function collect(filter: Filter, conditions: Condition[], alternatives: Filter[][]): void {
  for (const [name, value] of Object.entries(filter)) {
    if (name === '$and') for (const part of value as Filter[]) collect(part, conditions, alternatives)
    else if (name === '$or') alternatives.push(value as Filter[])
    else if (name.startsWith('$')) conditions.push({ path: name, operator: 'other', value, exact: false })
    else conditions.push(...conditionsOn(name, value))
  }
}

function conditionsOn(path: string, value: unknown): Condition[] {
  if (value instanceof RegExp) return [prefixOf(path, value)]
  const operators = isFields(value) ? Object.keys(value).filter((name) => name.startsWith('$')) : []
  if (!isFields(value) || operators.length === 0) return [equality(path, value)]
  return operators.map((name): Condition => {
    const operand = value[name]
    switch (name) {
      case '$eq':
        return operand instanceof RegExp ? prefixOf(path, operand) : equality(path, operand)
      case '$in':
        if (!Array.isArray(operand) || operand.some((element) => Array.isArray(element) || element instanceof RegExp)) break
        return { path, operator: 'in', value: operand, exact: !operand.includes(null) }
      case '$all':
        if (Array.isArray(operand) && operand.length > 0 && !isFields(operand[0])) return { ...equality(path, operand[0]), exact: false }
        break
      case '$exists':
        if (!operand) return { path, operator: 'eq', value: null, exact: false }
        break
      case '$gt': case '$gte': case '$lt': case '$lte':
        if (['number', 'string', 'boolean'].includes(typeof operand) || operand instanceof Date) return { path, operator: name.slice(1) as Operator, value: operand, exact: true }
    }
    return { path, operator: 'other', value, exact: false }
  })
}

/** An array is compared as a whole as well as by element, which an index cannot look up. */
const equality = (path: string, value: unknown): Condition =>
  Array.isArray(value) || value instanceof RegExp ? { path, operator: 'other', value, exact: false } : { path, operator: 'eq', value, exact: value !== null }

/** `/^abc/` is a range of strings that begin with "abc". */
function prefixOf(path: string, expression: RegExp): Condition {
  const literal = expression.flags === '' ? /^\^([^\\^$.|?*+()[\]{}]+)/.exec(expression.source) : null
  // A quantifier after the last literal character makes that character optional.
  const next = literal ? expression.source[literal[0].length] : undefined
  const text = literal?.[1] && next !== undefined && '?*{'.includes(next) ? literal[1].slice(0, -1) : (literal?.[1] ?? '')
  return text === '' || expression.source.includes('|') ? { path, operator: 'other', value: expression, exact: false } : { path, operator: 'prefix', value: text, exact: false }
}

function consider(index: PlannedIndex, conditions: Condition[], sort: Sort, whole: boolean): { plan: Extract<Plan, { kind: 'index' }>; rank: number; equalities: number } {
  const used = new Set<Condition>()
  const fixed = new Set<string>()
  let prefixes: Buffer[] = [Buffer.alloc(0)]
  let position = 0
  let equalities = 0
  for (; position < index.keys.length; position++) {
    const [path, direction] = index.keys[position] ?? ['', 1]
    const condition = conditions.find((c) => c.path === path && c.operator === 'eq') ?? conditions.find((c) => c.path === path && c.operator === 'in')
    if (!condition) break
    const values: unknown[] = condition.operator === 'in' ? distinct(condition.value as unknown[]) : [condition.value]
    if (prefixes.length * values.length > MOST_LOOKUPS) break
    const components = values.map((value) => encodeComponent(value, direction))
    prefixes = prefixes.flatMap((prefix) => components.map((component) => Buffer.concat([prefix, component])))
    used.add(condition)
    fixed.add(path)
    equalities++
  }
  const [next] = index.keys.slice(position)
  const bounds = next ? rangeOn(next[0], next[1], conditions, index.arrayFields.has(position)) : undefined
  bounds?.used.forEach((condition) => used.add(condition))
  const ranges = prefixes.map((prefix): KeyRange => ({
    lower: bounds ? Buffer.concat([prefix, bounds.lower]) : prefix,
    upper: bounds ? Buffer.concat([prefix, bounds.upper]) : after(prefix),
  }))
  const onePerRange = index.unique && position === index.keys.length
  const order = onePerRange ? { ordered: true, reverse: false } : orderOf(index, position, fixed, sort)
  const exact = whole && conditions.every((condition) => used.has(condition) && condition.exact) && index.arrayFields.size === 0
  const bounded = equalities > 0 || bounds !== undefined
  const served = order.ordered && (bounded || (sort.length > 0 && conditions.length === 0 && whole))
  const rank = (served ? 1000 : 0) + (onePerRange ? 500 : 0) + equalities * 20 + (bounds ? 10 : 0) + (sort.length > 0 && order.ordered ? 5 : 0) - (ranges.length > 1 ? 1 : 0)
  return { plan: { kind: 'index', index, ranges, ...order, exact, served }, rank: bounded || order.ordered && sort.length > 0 ? rank : 0, equalities }
}

function distinct(values: unknown[]): unknown[] {
  return [...new Map(values.map((value) => [encodeValue(value).toString('latin1'), value])).values()]
}

function rangeOn(path: string, direction: Direction, conditions: Condition[], isArray: boolean): { lower: Buffer; upper: Buffer; used: Condition[] } | undefined {
  const here = conditions.filter((c) => c.path === path && !['eq', 'in', 'other'].includes(c.operator))
  // Two bounds on an array may be met by two elements, so only one of them narrows the range.
  const used = isArray ? here.slice(0, 1) : here
  const [first] = used
  if (!first) return undefined
  const type = turn(typePrefix(encodeValue(first.value)), direction)
  let lower = type
  let upper = after(type)
  const raise = (bytes: Buffer): void => { if (Buffer.compare(bytes, lower) > 0) lower = bytes }
  const cut = (bytes: Buffer): void => { if (Buffer.compare(bytes, upper) < 0) upper = bytes }
  for (const { operator, value } of used) {
    const at = encodeComponent(value, direction)
    if (operator === 'prefix') {
      const start = turn(encodeValue(value).subarray(0, -2), direction)
      raise(start)
      cut(after(start))
    } else if ((operator === 'gt' || operator === 'gte') === (direction === 1)) raise(operator.endsWith('e') ? at : after(at))
    else cut(operator.endsWith('e') ? after(at) : at)
  }
  // Bounds of two types meet nowhere.
  const meets = used.every(({ value }) => typePrefix(encodeValue(value)).equals(typePrefix(encodeValue(first.value)))) && Buffer.compare(lower, upper) < 0
  return { lower, upper: meets ? upper : lower, used }
}

/** Whether the index yields the order, after its equality prefix, forwards or backwards. */
function orderOf(index: PlannedIndex, position: number, fixed: ReadonlySet<string>, sort: Sort): { ordered: boolean; reverse: boolean } {
  let at = position
  let turned: boolean | undefined
  for (const [path, direction] of sort) {
    const isFixed = fixed.has(path) && !index.keys.some(([key], i) => key === path && index.arrayFields.has(i))
    if (isFixed) continue
    const key = index.keys[at]
    if (!key || key[0] !== path || index.arrayFields.has(at)) return { ordered: false, reverse: false }
    const backwards = key[1] !== direction
    if (turned !== undefined && turned !== backwards) return { ordered: false, reverse: false }
    turned = backwards
    at++
    if (index.unique && at === index.keys.length) break // nothing left to tell apart
  }
  return { ordered: true, reverse: turned ?? false }
}
