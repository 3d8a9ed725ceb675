// How queries are served: what the planner looks at, what strict mode refuses and names, unique and compound indexes.
// The property test holds every planned answer against mingo over all documents.
import fc from 'fast-check'
import { Query } from 'mingo'
import type { Answer, Database } from '../../emulator/database'
import { failure, openTestDatabase, serve, type CloudDatabase, type Fields, type Served } from './database-support'

const CONFIG = {
  collections: {
    bookings: {
      rule: 'ADMINONLY',
      indexes: [
        { name: 'elder_starts', keys: [['elderId', 1], ['startsAt', 1]], unique: false },
        { name: 'status_starts_desc', keys: [['status', 1], ['startsAt', -1], ['_id', 1]], unique: false },
        { name: 'tags', keys: [['tags', 1], ['startsAt', 1]], unique: false },
        { name: 'code', keys: [['code', 1]], unique: true },
        { name: 'visits_by', keys: [['visits.by', 1]], unique: false },
        { name: 'one_seat', keys: [['elderId', 1], ['slotId', 1]], unique: true },
      ],
    },
    people: { rule: 'ADMINONLY', indexes: [{ name: 'name', keys: [['name', 1]], unique: false }] },
  },
} as const

let database: Database
let served: Served
let db: CloudDatabase
let _: CloudDatabase['command']

beforeAll(async () => {
  served = await serve(() => database)
  db = served.db
  _ = db.command
})
afterAll(() => served.stop())

const bookings = (): ReturnType<CloudDatabase['collection']> => db.collection('bookings')
const cost = (): Pick<Answer, 'scanned' | 'returned'> => ({ scanned: served.last().scanned, returned: served.last().returned })
const ids = (documents: Fields[]): unknown[] => documents.map((document) => document['_id'])

describe('strict mode', () => {
  beforeAll(() => {
    database = openTestDatabase({ indexes: CONFIG, strict: true }).database
    // 200 bookings of 20 elders, ten each; b000 belongs to e0, b001 to e1, …
    database.insertMany('bookings', Array.from({ length: 200 }, (_element, n) => ({
      _id: `b${String(n).padStart(3, '0')}`, elderId: `e${n % 20}`, startsAt: n, status: n % 2 === 0 ? 'booked' : 'done', code: `c${n}`, slotId: `s${n}`, note: `n${n % 3}`,
      tags: n < 3 ? ['bath', 'first'] : ['bath'], visits: [{ by: `w${n % 4}` }, { by: `w${(n + 1) % 4}` }],
    })))
    database.insertMany('people', Array.from({ length: 20 }, (_element, n) => ({ _id: `e${n}`, name: `person ${n}` })))
  })
  afterAll(() => database.close())

  test.each<[string, () => Promise<unknown>, number, number]>([
    ['a document by id', () => bookings().doc('b007').get(), 1, 1],
    ['an id with a further condition', () => bookings().where({ _id: 'b007', startsAt: _.gt(0) }).get(), 1, 1],
    ['ids in a list, in any order', () => bookings().where({ _id: _.in(['b007', 'b003', 'b003', 'nobody']) }).orderBy('startsAt', 'desc').get(), 2, 2],
    ['an equality prefix', () => bookings().where({ elderId: 'e3' }).get(), 10, 10],
    ['an equality prefix with a range', () => bookings().where({ elderId: 'e3', startsAt: _.and(_.gte(23), _.lt(83)) }).get(), 3, 3],
    ['an equality prefix in order, cut short', () => bookings().where({ elderId: 'e3' }).orderBy('startsAt', 'desc').limit(2).get(), 2, 2],
    ['an equality prefix with skip', () => bookings().where({ elderId: 'e3' }).orderBy('startsAt', 'asc').skip(4).limit(2).get(), 6, 2],
    ['a descending index backwards', () => bookings().where({ status: 'done', startsAt: _.lt(20) }).orderBy('startsAt', 'asc').orderBy('_id', 'desc').limit(3).get(), 3, 3],
    ['several equality look-ups, merged in order', () => bookings().where({ elderId: _.in(['e3', 'e4']) }).orderBy('startsAt', 'asc').limit(3).get(), 6, 3],
    ['a residual condition is looked at and counted', () => bookings().where({ elderId: 'e3', note: 'n0' }).get(), 10, 4],
    ['an element of an array', () => bookings().where({ tags: 'first' }).orderBy('startsAt', 'asc').get(), 3, 3],
    ['a field inside an array', () => bookings().where({ visits: { by: 'w2' } }).limit(7).get(), 7, 7],
    ['a unique key', () => bookings().where({ code: 'c77' }).get(), 1, 1],
    ['a unique key that nobody has', () => bookings().where({ code: 'none' }).get(), 0, 0],
    ['strings that begin so', () => bookings().where({ code: /^c19/ }).get(), 11, 11],
    ['a cursor over the whole collection, first page', () => bookings().orderBy('_id', 'asc').limit(50).get(), 50, 50],
    ['a cursor over the whole collection, next page', () => bookings().where({ _id: _.gt('b149') }).orderBy('_id', 'asc').limit(30).get(), 30, 30],
    ['a cursor going down', () => bookings().where({ _id: _.lt('b150') }).orderBy('_id', 'desc').limit(30).get(), 30, 30],
    ['a whole index in order', () => bookings().orderBy('code', 'asc').limit(5).get(), 5, 5],
    ['or, each branch by its index', () => bookings().where(_.or({ elderId: 'e3', startsAt: _.lt(40) }, { code: 'c5' })).get(), 3, 3],
    ['or beside an equality', () => bookings().where(_.and({ elderId: 'e3' }, _.or({ startsAt: 3 }, { startsAt: 23 }))).get(), 10, 2],
    ['a count that the index knows', () => bookings().where({ elderId: 'e3', startsAt: _.gte(100) }).count(), 5, 5],
    ['a count of everything', () => bookings().count(), 0, 200],
    ['an update by index', () => bookings().where({ elderId: 'e19', note: 'n1' }).update({ data: { seen: true } }), 10, 4],
    ['a removal by index', () => bookings().where({ elderId: 'nobody' }).remove(), 0, 0],
    ['an aggregation with match, sort and limit', () => bookings().aggregate().match({ elderId: 'e3' }).sort({ startsAt: -1 }).limit(3).project({ startsAt: 1 }).end(), 3, 3],
    ['an aggregation that matches after it sorts', () => bookings().aggregate().sort({ startsAt: 1 }).match({ elderId: 'e3' }).limit(2).end(), 2, 2],
    ['an aggregation that joins by id', () => bookings().aggregate().match({ elderId: 'e3' }).limit(3).lookup({ from: 'people', localField: 'elderId', foreignField: '_id', as: 'who' }).end(), 6, 3],
  ])('%s', async (_name, call, scanned, returned) => {
    await call()
    expect(cost()).toEqual({ scanned, returned })
  })

  test('pages through a whole collection, each document once', async () => {
    const seen: unknown[] = []
    for (let last = ''; ;) {
      const { data } = await bookings().where({ _id: _.gt(last) }).orderBy('_id', 'asc').limit(37).get()
      seen.push(...ids(data))
      if (data.length === 0) break
      last = String(data[data.length - 1]?.['_id'])
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_element, n) => `b${String(n).padStart(3, '0')}`))
  })

  test.each<[string, () => Promise<unknown>, string]>([
    ['no condition and no order', () => bookings().limit(10).get(), 'an `_id` cursor is always served'],
    ['a field without index', () => bookings().where({ slotId: 's1' }).get(), '[["slotId",1]]'],
    ['a later field of an index alone', () => bookings().where({ startsAt: _.gt(3) }).get(), '[["startsAt",1]]'],
    ['an order that the index does not give', () => bookings().where({ elderId: 'e3' }).orderBy('note', 'asc').get(), '[["elderId",1],["note",1]]'],
    ['two orders that the index gives only apart', () => bookings().where({ status: 'done' }).orderBy('startsAt', 'desc').orderBy('_id', 'desc').get(), '[["status",1],["startsAt",-1],["_id",-1]]'],
    ['an order after a range on another field', () => bookings().where({ code: _.gt('c1') }).orderBy('startsAt', 'asc').get(), '[["startsAt",1]]'],
    ['a cursor with a condition beside it', () => bookings().where({ note: 'n1' }).orderBy('_id', 'asc').limit(5).get(), '[["note",1],["_id",1]]'],
    ['a negation', () => bookings().where({ elderId: _.neq('e3') }).get(), 'lacks'],
    ['or with one branch that nothing serves', () => bookings().where(_.or({ elderId: 'e3' }, { note: 'n1' })).get(), '[["note",1]]'],
    ['an order by a field of arrays', () => bookings().orderBy('tags', 'asc').get(), '[["tags",1]]'],
    ['a count', () => bookings().where({ note: 'n1' }).count(), '[["note",1]]'],
    ['an update', () => bookings().where({ note: 'n1' }).update({ data: { seen: true } }), '[["note",1]]'],
    ['a bare update', () => bookings().update({ data: { seen: true } }), 'lacks'],
    ['a removal', () => bookings().where({ note: 'n1' }).remove(), '[["note",1]]'],
    ['an aggregation over everything', () => bookings().aggregate().group({ _id: '$note' }).end(), 'lacks'],
    ['an aggregation that joins by a field without index', () => bookings().aggregate().match({ _id: 'b001' }).lookup({ from: 'people', localField: 'note', foreignField: 'nick', as: 'who' }).end(), '[["nick",1]]'],
  ])('refuses %s, and names the index that is missing', async (_name, call, index) => {
    const before = database.changes()
    const { message } = await failure(call())
    expect(message).toMatch(/no index of "(bookings|people)" serves the query \{.*it lacks .* in cloudfunctions\/database\.json/)
    expect(message).toContain(index)
    expect(database.changes()).toEqual(before)
    expect(served.last().scanned).toBeLessThanOrEqual(1)
  })
})

test('outside strict mode an unserved query looks at the whole collection, and says so', async () => {
  database = openTestDatabase({ indexes: CONFIG }).database
  database.insertMany('bookings', Array.from({ length: 50 }, (_element, n) => ({ _id: `b${n}`, code: n, elderId: `e${n}`, note: n % 2 })))
  await bookings().where({ note: 1 }).limit(5).get()
  expect(cost()).toEqual({ scanned: 10, returned: 5 })
  await bookings().where({ note: 1 }).orderBy('slotId', 'desc').limit(5).get()
  expect(cost()).toEqual({ scanned: 50, returned: 5 })
  database.close()
})

describe('unique indexes', () => {
  beforeEach(() => { database = openTestDatabase({ indexes: CONFIG, strict: true }).database })
  afterEach(() => database.close())
  const put = (data: Fields): Promise<unknown> => bookings().add({ data })

  test('refuse a second holder on insert, update and set, and change nothing', async () => {
    await put({ _id: 'a', code: 'x', elderId: 'e1', slotId: 's1' })
    await put({ _id: 'b', code: 'y', elderId: 'e1', slotId: 's2' })
    const before = database.dump()
    expect((await failure(put({ _id: 'c', code: 'x', elderId: 'e9', slotId: 's9' }))).message).toMatch(/E11000 duplicate key error collection: bookings index: code dup key: \{ code: "x" \}/)
    expect((await failure(put({ _id: 'c', code: 'z', elderId: 'e1', slotId: 's2' }))).message).toMatch(/index: one_seat dup key: \{ elderId: "e1", slotId: "s2" \}/)
    expect((await failure(bookings().doc('b').update({ data: { code: 'x' } }))).message).toMatch(/E11000/)
    expect((await failure(bookings().doc('b').set({ data: { code: 'x', elderId: 'e3' } }))).message).toMatch(/E11000/)
    expect(database.dump()).toEqual(before)
  })

  test('take a missing field for null', async () => {
    await put({ _id: 'a', elderId: 'e1', slotId: 's1' })
    expect((await failure(put({ _id: 'b', elderId: 'e2', slotId: 's2' }))).message).toMatch(/index: code dup key: \{ code: null \}/)
    expect((await failure(put({ _id: 'b', code: null, elderId: 'e2', slotId: 's2' }))).message).toMatch(/E11000/)
  })

  test('give a key free with its document, and keep numbers and strings apart', async () => {
    await put({ _id: 'a', code: 1, elderId: 'e1', slotId: 's1' })
    await put({ _id: 'b', code: '1', elderId: 'e2', slotId: 's2' })
    await bookings().doc('a').remove()
    await put({ _id: 'c', code: 1, elderId: 'e1', slotId: 's1' })
    await bookings().doc('b').update({ data: { code: '2' } })
    await put({ _id: 'd', code: '1', elderId: 'e3', slotId: 's3' })
    expect(ids((await bookings().orderBy('code', 'asc').get()).data)).toEqual(['c', 'd', 'b'])
  })

  test('let exactly one of many win', async () => {
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_element, n) => put({ _id: `a${n}`, code: 'same', elderId: `e${n}`, slotId: 's' })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(database.dump()['bookings']).toHaveLength(1)
  })

  test('refuse keys over 1024 bytes and two arrays in one index', async () => {
    expect((await failure(put({ _id: 'a', code: '长'.repeat(400), elderId: 'e1' }))).message).toMatch(/key too large to index code/)
    expect((await failure(put({ _id: 'a', code: 'x', tags: ['a'], startsAt: [1] }))).message).toMatch(/parallel arrays/)
    expect(database.dump()['bookings']).toEqual([])
  })
})

describe('a planned answer is the answer over all documents', () => {
  // Few values and few conditions, so that most filters find something.
  const scalar = fc.constantFrom<unknown>(null, -2, -1, 1, 2, 'a', 'ab', 'b', true, new Date(1000))
  const document = fc.record({ elderId: scalar, startsAt: scalar, status: scalar, tags: fc.oneof(fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }), fc.constantFrom('x', 'z')) }, { requiredKeys: ['status'] })
  const ranged = fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), fc.constantFrom<unknown>(-2, -1, 1, 2, 'a', 'b', new Date(1000))).map(([operator, bound]) => ({ [operator]: bound }))
  const condition = fc.oneof<fc.Arbitrary<unknown>[]>(scalar, ranged, ranged, fc.tuple(ranged, ranged).map(([a, b]) => ({ ...a, ...b })), fc.array(scalar, { minLength: 2, maxLength: 4 }).map(($in) => ({ $in })), scalar.map(($ne) => ({ $ne })), fc.boolean().map(($exists) => ({ $exists })))
  const onTags = fc.constantFrom<unknown>('x', 'y', { $gt: 'x' }, { $gte: 'y', $lt: 'z' }, { $gt: 'x', $lt: 'z' }, { $in: ['x', 'y'] }, { $all: ['x', 'y'] })
  const onId = fc.constantFrom<unknown>('d1', 'd5', { $gt: 'd3' }, { $lte: 'd4' }, { $in: ['d2', 'd6'] })
  const single = fc.oneof({ weight: 4, arbitrary: fc.tuple(fc.constantFrom('elderId', 'startsAt', 'status'), condition) }, fc.tuple(fc.constant('tags'), onTags), fc.tuple(fc.constant('_id'), onId))
  const flat = fc.array(single, { maxLength: 2 }).map((entries): Fields => Object.fromEntries(entries))
  const filter = fc.oneof({ weight: 4, arbitrary: flat }, fc.tuple(flat, fc.array(flat, { minLength: 1, maxLength: 3 })).map(([rest, $or]): Fields => ({ ...rest, $or })), fc.tuple(flat, flat).map((parts): Fields => ({ $and: parts })))
  const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('elderId', 'startsAt', 'status', '_id'), fc.constantFrom(1, -1)), { maxLength: 3, selector: ([path]) => path }).map((entries) => Object.fromEntries(entries))

  /** MongoDB's order of the types used here. */
  const rank = (value: unknown): [number, number | string] =>
    value === null || value === undefined ? [0, 0] : typeof value === 'number' ? [1, value] : typeof value === 'string' ? [2, value] : typeof value === 'boolean' ? [3, Number(value)] : [4, Number(value)]
  const compare = (a: unknown, b: unknown): number => {
    const [left, right] = [rank(a), rank(b)]
    return left[0] - right[0] || (left[1] < right[1] ? -1 : left[1] > right[1] ? 1 : 0)
  }

  test('for any documents, filter, order, skip and limit', async () => {
    let [runs, found, saved] = [0, 0, 0]
    await fc.assert(fc.asyncProperty(fc.array(document, { minLength: 4, maxLength: 12 }), filter, sort, fc.nat(3), fc.integer({ min: 1, max: 12 }), async (contents, query, order, offset, limit) => {
      const documents: Fields[] = contents.map((fields, n) => ({ _id: `d${n}`, ...fields }))
      const local = openTestDatabase({ indexes: { collections: { all: { indexes: CONFIG.collections.bookings.indexes.filter(({ unique }) => !unique) } } } }).database
      try {
        local.insertMany('all', documents)
        const request = { collectionName: 'all', queryType: 'WHERE', query: JSON.stringify(query, ejson), ...(Object.keys(order).length > 0 ? { order: JSON.stringify(order) } : {}) }
        const expected = new Query<Fields>(query).find<Fields>(documents).all()
        expected.sort((a, b) => Object.entries(order).reduce((sum, [path, direction]) => sum || compare(a[path], b[path]) * direction, 0))
        const list = async (page: Fields): Promise<Fields[]> => {
          const { reply } = await local.handle({ action: 'database.getDocument', ...request, ...page })
          return (reply['data'] as { list: string[] }).list.map((text) => JSON.parse(text) as Fields)
        }
        const everything = await list({ limit: 100 })
        expect(ids(everything).sort()).toEqual(ids(expected).sort())
        const position = new Map(documents.map((one) => [one['_id'], one]))
        const keys = (found: Fields[]): unknown[] => found.map((one) => Object.keys(order).map((path) => rank(position.get(one['_id'])?.[path])))
        expect(keys(everything)).toEqual(keys(expected))
        const page = await list({ limit, offset })
        expect(keys(page)).toEqual(keys(expected.slice(offset, offset + limit)))
        expect(page.every((one) => ids(expected).includes(one['_id']))).toBe(true)
        const count = await local.handle({ action: 'database.calculateDocument', ...request })
        expect(count.reply).toMatchObject({ data: { total: expected.length } })
        runs++
        if (expected.length > 0) found++
        if (count.scanned < documents.length) saved++
      } finally {
        local.close()
      }
    }), { numRuns: 500, seed: 20260302 })
    // Empty answers and whole scans would prove nothing.
    expect(found / runs).toBeGreaterThan(0.5)
    expect(saved / runs).toBeGreaterThan(0.4)
  })

  /** Dates as the SDK writes them; `JSON.stringify` has turned them to text before a replacer sees them. */
  function ejson(this: unknown, key: string, value: unknown): unknown {
    const original = (this as Fields)[key]
    return original instanceof Date ? { $date: { $numberLong: String(original.getTime()) } } : value
  }
})
