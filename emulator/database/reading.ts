// Carries out a plan: fetches candidates, tests them against the whole filter, and counts what it looked at.
import { DatabaseError } from './errors'
import { plan, wantedIndex, type Plan } from './planner'
import { compile, sortDocuments, type Filter, type Sort } from './query'
import type { Collection, Row } from './store'
import { decodeStored, type Document } from './values'

/** A document that matched, with its row for whoever is about to change it. */
export interface Found {
  document: Document
  row: Row
}

/** What a request cost: documents looked at, and documents handed out, counted or changed. */
export interface Cost {
  scanned: number
  returned: number
}

export interface Search {
  filter: Filter
  sort: Sort
  skip: number
  limit: number
}

export const EVERYTHING = { sort: [], skip: 0, limit: Number.POSITIVE_INFINITY } as const

/** Finds documents. In strict mode a query that no index serves is an error that names both. */
export function find(collection: Collection, { filter, sort, skip, limit }: Search, strict: boolean, cost: Cost): Found[] {
  const matches = compile(filter) // names an unknown operator before the planner reads the filter
  const chosen = choose(collection, filter, sort, strict)
  return fetch(collection, chosen, matches, sort, skip + limit, cost).slice(skip)
}

/** Counts without fetching, where the index alone knows. Counting a whole collection looks at no document, as in MongoDB. */
export function count(collection: Collection, filter: Filter, strict: boolean, cost: Cost): number {
  const matches = compile(filter)
  if (Object.keys(filter).length === 0) return collection.size()
  const chosen = choose(collection, filter, [], strict)
  if (chosen.kind === 'index' && chosen.exact) {
    const total = collection.countIn(chosen.index, chosen.ranges)
    cost.scanned += total
    return total
  }
  return fetch(collection, chosen, matches, [], Number.POSITIVE_INFINITY, cost).length
}

function choose(collection: Collection, filter: Filter, sort: Sort, strict: boolean): Plan {
  const chosen = plan(filter, sort, collection.indexes)
  if (strict && !chosen.served) {
    const order = sort.length > 0 ? ` order ${JSON.stringify(Object.fromEntries(sort))}` : ''
    throw new DatabaseError('DATABASE_QUERY_WITHOUT_INDEX',
      `no index of "${collection.name}" serves the query ${describe(filter)}${order}; it lacks ${wantedIndex(filter, sort)} in cloudfunctions/database.json`)
  }
  return chosen
}

const describe = (filter: Filter): string => JSON.stringify(filter, (_, value: unknown) => (value instanceof RegExp ? String(value) : value))

function fetch(collection: Collection, chosen: Plan, matches: (document: Document) => boolean, sort: Sort, atMost: number, cost: Cost): Found[] {
  if (atMost <= 0) return []
  if (chosen.kind === 'union') {
    const seen = new Map<number, Found>()
    for (const branch of chosen.branches) {
      for (const found of fetch(collection, branch.plan, compile(branch.filter), sort, atMost, cost)) seen.set(found.row.rowId, found)
    }
    return inOrder([...seen.values()], sort, atMost)
  }
  const ordered = chosen.kind === 'index' && chosen.ordered
  const pieces = chosen.kind === 'scan' ? [collection.scan()] : chosen.ranges.map((range) => collection.range(chosen.index, range, chosen.reverse, chosen.exact ? atMost : undefined))
  // Several ranges are each in order; together they are not until they are sorted.
  const mayStop = sort.length === 0 || ordered
  const seen = new Set<number>()
  const found: Found[] = []
  for (const rows of pieces) {
    let here = 0
    for (const row of rows) {
      if (seen.has(row.rowId)) continue
      seen.add(row.rowId)
      cost.scanned++
      const document = decodeStored(row.text)
      if (!matches(document)) continue
      found.push({ document, row })
      if (mayStop && ++here === atMost) break
    }
    if (mayStop && sort.length === 0 && found.length >= atMost) break
  }
  return ordered && pieces.length === 1 ? found : inOrder(found, sort, atMost)
}

function inOrder(found: Found[], sort: Sort, atMost: number): Found[] {
  if (sort.length === 0) return found.slice(0, atMost)
  const rows = new Map(found.map((one) => [one.document, one]))
  return sortDocuments(found.map(({ document }) => document), sort).flatMap((document) => rows.get(document) ?? []).slice(0, atMost)
}
