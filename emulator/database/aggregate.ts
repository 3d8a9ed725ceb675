// Aggregation: the leading `$match`, `$sort`, `$skip` and `$limit` go through the planner, the rest runs in memory.
import { Lazy } from 'mingo/lazy'
import { notSupported, requestFailed } from './errors'
import { readSort, runPipeline, type Filter, type Sort, type Stage } from './query'
import { EVERYTHING, find, type Cost } from './reading'
import type { Collection } from './store'
import { isFields, valuesAt, type Fields } from './values'

/** Seen on the real cloud: 20 documents without a `$limit` stage, 10,000 with one (developers.weixin.qq.com community, 000624c67c8b48611dba2b12058c13). */
const DEFAULT_RESULTS = 20
const MOST_RESULTS = 10_000

export type FindCollection = (name: unknown) => Collection

/** The results of a pipeline over a collection. */
export function aggregate(collection: Collection, pipeline: Fields[], findCollection: FindCollection, strict: boolean, cost: Cost): Fields[] {
  const rest = [...pipeline]
  const next = (name: string): unknown => (rest[0] && name in rest[0] ? rest.shift()?.[name] : undefined)
  const filters: Filter[] = []
  const takeMatches = (): void => {
    for (let match = next('$match'); match !== undefined; match = next('$match')) {
      if (!isFields(match)) throw requestFailed('the match filter must be an object')
      filters.push(match)
    }
  }
  takeMatches()
  const order = next('$sort')
  const sort: Sort = order === undefined ? [] : readSort(order)
  if (sort.length > 0) takeMatches() // the order of what is left does not depend on when it was left
  const skip = natural(next('$skip'), '$skip') ?? 0
  const limit = natural(next('$limit'), '$limit') ?? Number.POSITIVE_INFINITY
  const [only, more] = filters
  const filter = more ? { $and: filters } : (only ?? {})
  const extraStages = { $lookup: lookup(findCollection, strict, cost) }
  runPipeline([], rest, extraStages) // an unknown stage is an error even when nothing matches
  const documents = find(collection, { filter, sort, skip, limit }, strict, cost).map(({ document }) => document)
  const results = runPipeline(documents, rest, extraStages)
  return results.slice(0, pipeline.some((stage) => '$limit' in stage) ? MOST_RESULTS : DEFAULT_RESULTS)
}

function natural(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || (value === 0 && name === '$limit')) throw requestFailed(`invalid argument to ${name} stage: ${JSON.stringify(value)}`)
  return value
}

/** `$lookup`: by equal fields through the planner, or by a pipeline over the whole other collection. */
function lookup(findCollection: FindCollection, strict: boolean, cost: Cost): Stage {
  return (documents, spec) => {
    if (!isFields(spec) || typeof spec['from'] !== 'string' || typeof spec['as'] !== 'string') throw requestFailed('$lookup needs from and as')
    const { from, as, localField, foreignField, pipeline } = spec
    const foreign = findCollection(from)
    const attach = (document: Fields, joined: Fields[]): Fields => ({ ...document, [as as string]: joined })
    if (typeof localField === 'string' && typeof foreignField === 'string') {
      if (pipeline !== undefined) throw notSupported('$lookup with both localField and pipeline')
      return documents.map((document: Fields) => {
        const local = valuesAt(document, localField).values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value ?? null]))
        return attach(document, find(foreign, { ...EVERYTHING, filter: { [foreignField]: { $in: local } } }, strict, cost).map((found) => found.document))
      })
    }
    if (!Array.isArray(pipeline)) throw requestFailed('$lookup needs localField and foreignField, or pipeline')
    return documents.transform((all) => {
      if (all.length === 0) return Lazy([])
      const others = find(foreign, { ...EVERYTHING, filter: {} }, strict, cost).map((found) => found.document)
      return Lazy((all as Fields[]).map((document) => attach(document, runPipeline(others, bind(pipeline as Fields[], spec['let'], document), { $lookup: lookup(findCollection, strict, cost) }))))
    })
  }
}

/** Puts the values of `let` in the place of `$$name`, so that the inner pipeline needs no variables of its own. */
function bind(pipeline: Fields[], variables: unknown, document: Fields): Fields[] {
  if (!isFields(variables)) return pipeline
  const values = new Map(Object.entries(variables).map(([name, expression]) => {
    if (typeof expression !== 'string' || !/^\$[^$]/.test(expression)) throw notSupported('an expression in the let of $lookup')
    const { values: [value], throughArray } = valuesAt(document, expression.slice(1))
    if (throughArray) throw notSupported('an array path in the let of $lookup')
    return [`$$${name}`, { $literal: value ?? null }]
  }))
  const replace = (part: unknown): unknown => {
    if (typeof part === 'string') return values.get(part) ?? part
    if (Array.isArray(part)) return part.map(replace)
    return isFields(part) ? Object.fromEntries(Object.entries(part).map(([name, value]) => [name, replace(value)])) : part
  }
  return pipeline.map((stage) => replace(stage) as Fields)
}
