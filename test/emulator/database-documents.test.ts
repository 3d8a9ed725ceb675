// Documents, queries, updates and aggregation as a cloud function sees them: the unmodified SDK against the database.
// Traps 3 to 7 of the SDK are held here, so that nobody builds on a behaviour the real cloud does not have.
import { EJSON } from 'bson'
import fc from 'fast-check'
import type { Database } from '../../emulator/database'
import { decodeStored, encode } from '../../emulator/database/values'
import { failure, NOW, openTestDatabase, serve, type CloudDatabase, type Fields, type Served } from './database-support'

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
beforeEach(() => {
  database?.close()
  database = openTestDatabase({ indexes: { collections: { orders: { rule: 'ADMINONLY', indexes: [] }, people: { rule: 'ADMINONLY', indexes: [] } } } }).database
})
afterAll(() => database.close())

const orders = (): ReturnType<CloudDatabase['collection']> => db.collection('orders')
const read = async (id: string): Promise<Fields | null> => (await orders().doc(id).get()).data
const add = (...documents: Fields[]): Promise<unknown> => orders().add({ data: documents })
const idsWhere = async (query: unknown): Promise<unknown[]> => (await orders().where(query).get()).data.map((document) => document['_id'])

describe('a document', () => {
  test('is written and read as EJSON does it, whatever it holds', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constantFrom(null, -0, 1e20, 2 ** 31, -(2 ** 31) - 1, 5e-324), fc.date({ noInvalidDate: true }))
    const name = fc.string().filter((text) => !text.startsWith('$') && !text.split('.').some((part) => part in {}))
    const { document } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(name, tie('value'))),
      document: fc.dictionary(name, tie('value')),
    }))
    fc.assert(fc.property(document, (one) => {
      const text = EJSON.stringify(one, { relaxed: false })
      expect(encode(one)).toBe(text)
      expect(decodeStored(text)).toEqual(EJSON.parse(text))
    }), { numRuns: 150, seed: 20261130 })
  })

  test('comes back as it was put: numbers, dates, null, nested objects and arrays', async () => {
    const document = { _id: 'o1', n: 1, price: 9.5, big: 5_000_000_000, huge: 1e308, minus: -0.5, at: new Date(1704164645000), tags: ['a', ['b']], nested: { x: { y: 1 } }, nul: null, empty: {}, none: [], yes: true, text: '张奶奶 👵' }
    await orders().add({ data: document })
    expect(await read('o1')).toEqual(document)
  })

  test('without an id gets one of 32 hexadecimal digits; numbers are ids too', async () => {
    const { _id: id } = await orders().add({ data: { n: 1 } })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    await orders().add({ data: { _id: 7, n: 2 } })
    await orders().add({ data: { _id: '7', n: 3 } })
    expect((await orders().doc(7).get()).data).toEqual({ _id: 7, n: 2 })
    expect((await orders().doc('7').get()).data).toEqual({ _id: '7', n: 3 })
  })

  test('serverDate is the demo clock, with an offset in ms', async () => {
    await orders().add({ data: { _id: 'o1', at: db.serverDate(), later: db.serverDate({ offset: 60_000 }) } })
    await orders().doc('o1').update({ data: { deep: { at: db.serverDate() } } })
    expect(await read('o1')).toEqual({ _id: 'o1', at: new Date(NOW), later: new Date(NOW + 60_000), deep: { at: new Date(NOW) } })
  })

  test('set creates, then replaces as a whole', async () => {
    expect((await orders().doc('o1').set({ data: { a: 1, b: 2 } })).stats).toEqual({ updated: 0, created: 1 })
    expect((await orders().doc('o1').set({ data: { c: 3 } })).stats).toEqual({ updated: 1, created: 0 })
    expect(await read('o1')).toEqual({ _id: 'o1', c: 3 })
  })

  test('remove says how many went', async () => {
    await add({ _id: 'o1', n: 1 }, { _id: 'o2', n: 1 }, { _id: 'o3', n: 2 })
    expect((await orders().doc('o1').remove()).stats.removed).toBe(1)
    expect((await orders().doc('o1').remove()).stats.removed).toBe(0)
    expect((await orders().where({ n: 1 }).remove()).stats.removed).toBe(1)
    expect(await idsWhere({})).toEqual(['o3'])
  })

  test('a second document with the same id is refused, and the first stays', async () => {
    await add({ _id: 'o1', n: 1 })
    expect((await failure(orders().add({ data: { _id: 'o1', n: 2 } }))).message).toMatch(/E11000 duplicate key error collection: orders index: _id_ dup key/)
    expect((await failure(add({ _id: 'o5' }, { _id: 'o5' }))).message).toMatch(/E11000/)
    expect(await read('o1')).toEqual({ _id: 'o1', n: 1 })
  })

  test.each([['__proto__'], ['constructor'], ['toString']])('a field called %s is refused and harms nothing', async (name) => {
    const data = JSON.parse(`{"_id":"o1","inner":{"${name}":{"polluted":true}}}`) as Fields
    const { reply } = await database.handle({ action: 'database.insertDocument', collectionName: 'orders', data: [JSON.stringify(data)] })
    expect(reply).toMatchObject({ code: 'DATABASE_REQUEST_FAILED', message: expect.stringContaining(`"${name}"`) as string })
    const update = await database.handle({ action: 'database.modifyDocument', collectionName: 'orders', query: '{"_id":"o1"}', data: `{"$set":{"a.${name}.b":true}}`, multi: true, merge: true })
    expect(update.ok).toBe(false)
    expect(({} as Fields)['polluted']).toBeUndefined()
    expect(database.dump()['orders']).toEqual([])
  })

  test.each([
    ['{"_id":{"a":1}}', /_id must be/], ['{"_id":""}', /_id must be/], ['{"_id":"x","$set":1}', /dollar/],
    ['{"_id":"x","a.b":1}', /not supported/], ['{"_id":"x","a":{"$code":"1"}}', /not supported/], ['{"_id":"x"', /malformed/], ['7', /must be an object/],
  ])('%s is not storable', async (text, message) => {
    const { reply } = await database.handle({ action: 'database.insertDocument', collectionName: 'orders', data: [text] })
    expect(reply.message).toMatch(message)
    expect(database.dump()['orders']).toEqual([])
  })

  test('a document over 16 MB is refused', async () => {
    expect((await failure(orders().add({ data: { _id: 'o1', text: 'x'.repeat(16 * 1024 * 1024) } }))).message).toMatch(/larger than/)
  })
})

describe('a query', () => {
  beforeEach(() => add(
    { _id: 'a', n: 1, name: '王敏', tags: ['x', 'y'], at: new Date(1000), items: [{ k: 1, v: 5 }, { k: 2, v: 9 }], deep: { x: { y: 1 } } },
    { _id: 'b', n: 2, name: '李雷', tags: ['y'], at: new Date(2000), items: [{ k: 1, v: 9 }] },
    { _id: 'c', n: 3, name: 'Wang', tags: [], nul: null },
    { _id: 'd', n: '3', name: 'wang' },
  ))

  test.each<[string, () => unknown, string[]]>([
    ['equality', () => ({ n: 3 }), ['c']],
    ['equality on a nested field', () => ({ deep: { x: { y: 1 } } }), ['a']],
    ['an element of an array', () => ({ tags: 'y' }), ['a', 'b']],
    ['a whole array', () => ({ tags: _.eq(['x', 'y']) }), ['a']],
    ['an empty array', () => ({ tags: _.eq([]) }), ['c']],
    ['null also finds a missing field', () => ({ nul: null }), ['a', 'b', 'c', 'd']],
    ['exists', () => ({ nul: _.exists(true) }), ['c']],
    ['a range stays within the type', () => ({ n: _.gte(2) }), ['b', 'c']],
    ['a range of dates', () => ({ at: _.gt(new Date(1000)) }), ['b']],
    ['and', () => ({ n: _.and(_.gt(1), _.lt(3)) }), ['b']],
    ['in', () => ({ n: _.in([1, '3']) }), ['a', 'd']],
    ['nin', () => ({ n: _.nin([1, '3']) }), ['b', 'c']],
    ['neq', () => ({ tags: _.neq('y') }), ['c', 'd']],
    ['or across fields', () => _.or({ n: 1 }, { name: 'wang' }), ['a', 'd']],
    ['or on one field', () => ({ n: _.or(_.eq(1), _.eq(2)) }), ['a', 'b']],
    ['nor', () => ({ n: _.nor(_.eq(1), _.eq(2)) }), ['c', 'd']],
    ['not', () => ({ n: _.not(_.eq(1)) }), ['b', 'c', 'd']],
    ['all', () => ({ tags: _.all(['y', 'x']) }), ['a']],
    ['size', () => ({ tags: _.size(1) }), ['b']],
    ['elemMatch holds for one element', () => ({ items: _.elemMatch({ k: 1, v: _.gt(5) }) }), ['b']],
    ['two conditions on an array may hold for two elements', () => ({ 'items.k': 1, 'items.v': 9 }), ['a', 'b']],
    ['mod', () => ({ n: _.mod(2, 1) }), ['a', 'c']],
    ['RegExp of the SDK', () => ({ name: db.RegExp({ regexp: '^wang', options: 'i' }) }), ['c', 'd']],
    ['RegExp of JavaScript', () => ({ name: /^王/ }), ['a']],
  ])('%s', async (_name, query, expected) => {
    expect(await idsWhere(query())).toEqual(expected)
    expect((await orders().where(query()).count()).total).toBe(expected.length)
  })

  test('order, skip, limit and projection', async () => {
    const page = await orders().where({}).orderBy('n', 'desc').skip(1).limit(2).field({ n: true }).get()
    expect(page.data).toEqual([{ _id: 'c', n: 3 }, { _id: 'b', n: 2 }])
    expect((await orders().doc('a').field({ items: false, tags: false, at: false, deep: false }).get()).data).toEqual({ _id: 'a', n: 1, name: '王敏' })
  })

  test('an array sorts by its least element going up and its greatest going down; nothing comes before null', async () => {
    const order = async (direction: 'asc' | 'desc'): Promise<unknown[]> => (await orders().orderBy('tags', direction).get()).data.map(({ _id: id }) => id)
    expect(await order('asc')).toEqual(['c', 'd', 'a', 'b'])
    expect(await order('desc')).toEqual(['a', 'b', 'd', 'c'])
  })

  test('strings order by UTF-8 bytes, as in MongoDB, not by UTF-16', async () => {
    await orders().where({}).remove()
    await add({ _id: 'emoji', s: '👵' }, { _id: 'private', s: '\uE000' })
    expect((await orders().orderBy('s', 'asc').get()).data.map(({ _id: id }) => id)).toEqual(['private', 'emoji'])
    expect(await idsWhere({ s: _.gt('\uE000') })).toEqual(['emoji'])
  })

  test('geo and code are clear errors', async () => {
    expect((await failure(orders().where({ loc: _.geoNear({ geometry: new db.Geo.Point(113, 23), maxDistance: 1 }) }).get())).message).toMatch(/\$nearSphere is not supported/)
    expect((await failure(orders().where({ $where: 'true' }).get())).message).toMatch(/\$where is not supported/)
    expect((await failure(orders().where({ $expr: { $function: { body: 'x', args: [], lang: 'js' } } }).get())).message).toMatch(/\$function is not supported/)
    const { reply } = await database.handle({ action: 'database.getDocument', collectionName: 'orders', query: '{"n":{"$gt":1,"x":2}}' })
    expect(reply.message).toMatch(/unknown operator: x/)
  })

  test.each([
    ['{"n":{"$in":1}}', '$in needs an array'], ['{"tags":{"$size":"x"}}', '$size needs a whole number'], ['{"tags":{"$all":"x"}}', '$all needs an array'],
    ['{"items":{"$elemMatch":5}}', '$elemMatch needs an object'], ['{"n":{"$not":5}}', '$not needs a regex or a document'], ['{"n":{"$type":"thing"}}', '$type needs the name of a type'],
    ['{"n":{"$gt":{"$regularExpression":{"pattern":"a","options":""}}}}', "$gt can't have a regex"], ['{"n":{"$mod":[0,1]}}', 'malformed mod'], ['{"$or":[]}', '$or must be a nonempty array'],
    ['{"n":{"$regularExpression":{"pattern":"(","options":""}}}', 'Regular expression is invalid'], ['{"n":{"$regularExpression":{"pattern":"a","options":"g"}}}', 'option'],
    ['[1]', 'must be an object'], ['{"n"', 'malformed'],
  ])('%s is an error, not an empty answer', async (query, message) => {
    const { reply } = await database.handle({ action: 'database.getDocument', collectionName: 'orders', query })
    expect(reply).toMatchObject({ code: 'DATABASE_REQUEST_FAILED', message: expect.stringContaining(message) as string })
  })

  test('an operator nobody knows is an error even in an empty collection', async () => {
    expect((await failure(db.collection('people').where({ n: { $near: 1 } }).get())).message).toMatch(/\$near is not supported/)
  })
})

describe('limits', () => {
  beforeEach(() => database.insertMany('orders', Array.from({ length: 1100 }, (_element, n) => ({ _id: `o${String(n).padStart(4, '0')}`, n }))))

  test('100 documents unless asked, 1000 at most; limit(0) goes out as 100 (trap 5)', async () => {
    expect((await orders().get()).data).toHaveLength(100)
    expect((await orders().limit(0).get()).data).toHaveLength(100)
    expect(served.traffic[served.traffic.length - 1]?.body['limit']).toBe(100)
    expect((await orders().limit(5000).get()).data).toHaveLength(1000)
    const { reply } = await database.handle({ action: 'database.getDocument', collectionName: 'orders', queryType: 'WHERE', limit: 5000 })
    expect(reply).toMatchObject({ data: { limit: 1000, offset: 0 } })
  })

  test('an aggregation without a limit gives 20, with one as many as asked', async () => {
    expect((await orders().aggregate().match({ n: _.gte(0) }).end()).list).toHaveLength(20)
    expect((await orders().aggregate().match({ n: _.gte(0) }).limit(1050).end()).list).toHaveLength(1050)
  })

  test('a bare update goes to every document (trap 5)', async () => {
    expect((await orders().update({ data: { flag: true } })).stats.updated).toBe(1100)
    expect((await orders().where({ flag: true }).count()).total).toBe(1100)
  })
})

describe('an update', () => {
  beforeEach(() => add({ _id: 'o1', n: 1, price: 9.5, name: 'a', tags: ['a'], twice: ['a', 'a'], nul: null, nested: { x: { y: 1 } } }))
  const update = (data: Fields): Promise<{ stats: { updated: number } }> => orders().doc('o1').update({ data })

  test.each<[string, () => Fields, Fields]>([
    ['nested objects merge', () => ({ nested: { x: { z: 7 } } }), { nested: { x: { y: 1, z: 7 } } }],
    ['_.set replaces a nested object', () => ({ nested: _.set({ z: 1 }) }), { nested: { z: 1 } }],
    ['inc, also from nothing', () => ({ n: _.inc(2), fresh: _.inc(3) }), { n: 3, fresh: 3 }],
    ['mul, also from nothing', () => ({ price: _.mul(2), fresh: _.mul(3) }), { price: 19, fresh: 0 }],
    ['min and max', () => ({ n: _.max(5), price: _.min(1), fresh: _.min(4) }), { n: 5, price: 1, fresh: 4 }],
    ['push, also from nothing', () => ({ tags: _.push(['x', 'y']), fresh: _.push(['z']) }), { tags: ['a', 'x', 'y'], fresh: ['z'] }],
    ['push at a position, cut to a length', () => ({ tags: _.push({ each: ['z', 'b'], position: 0, slice: 2 }) }), { tags: ['z', 'b'] }],
    ['push to nothing, cut', () => ({ fresh: _.push({ each: [3, 1, 2], sort: 1, slice: 2 }) }), { fresh: [1, 2] }],
    ['unshift', () => ({ tags: _.unshift(['0']) }), { tags: ['0', 'a'] }],
    ['pop and shift', () => ({ tags: _.pop(), twice: _.shift() }), { tags: [], twice: ['a'] }],
    ['pull', () => ({ twice: _.pull('a') }), { twice: [] }],
    ['pull by condition', () => ({ tags: _.pull(_.in(['a', 'b'])) }), { tags: [] }],
    ['addToSet adds what is not there, and keeps what was there twice', () => ({ tags: _.addToSet('a'), twice: _.addToSet('b') }), { tags: ['a'], twice: ['a', 'a', 'b'] }],
    ['addToSet with each is not translated by the SDK: the object itself is added (trap 6)', () => ({ tags: _.addToSet({ each: ['m'] }) }), { tags: ['a', { each: ['m'] }] }],
    ['a key with a dot nests (trap 6)', () => ({ 'nested.x.y': 5 }), { nested: { x: { y: 5 } } }],
    ['rename', () => ({ name: _.rename('title') }), { name: undefined, title: 'a' }],
    ['remove', () => ({ name: _.remove() }), { name: undefined }],
  ])('%s', async (_name, data, expected) => {
    expect((await update(data())).stats.updated).toBe(1)
    expect(await read('o1')).toMatchObject(Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)))
    for (const [name, value] of Object.entries(expected)) expect((await read('o1'))?.[name]).toEqual(value)
  })

  test.each<[string, () => Fields, RegExp]>([
    ['inc on a string', () => ({ name: _.inc(1) }), /Cannot apply \$inc to a value of non-numeric type/],
    ['inc on null', () => ({ nul: _.inc(1) }), /Cannot apply \$inc/],
    ['inc by a string', () => ({ n: _.inc('1') }), /non-numeric argument/],
    ['mul on an array', () => ({ tags: _.mul(2) }), /Cannot apply \$mul/],
    ['push on a number', () => ({ n: _.push(['x']) }), /must be an array but is of type number/],
    ['push on null', () => ({ nul: _.push(['x']) }), /must be an array but is of type null/],
    ['addToSet on a string', () => ({ name: _.addToSet('x') }), /Cannot apply \$addToSet to non-array field/],
    ['pop on a string', () => ({ name: _.pop() }), /non-array type 'string'/],
    ['pull on a number', () => ({ n: _.pull(1) }), /Cannot apply \$pull to a non-array value/],
    ['a field inside a number', () => ({ n: { x: 1 } }), /Cannot create field 'x' in element/],
    ['a field inside null', () => ({ nul: { x: 1 } }), /Cannot create field 'x' in element/],
    ['a field inside an array', () => ({ tags: { x: 1 } }), /Cannot create field 'x' in element/],
    ['a positional path', () => ({ 'tags.$': 1 }), /not supported/],
    ['nothing at all (trap 6)', () => ({ nested: {} }), /at least one operator/],
  ])('%s is an error and changes nothing', async (_name, data, message) => {
    const before = database.dump()
    expect((await failure(update(data()))).message).toMatch(message)
    expect(database.dump()).toEqual(before)
  })

  test('counts what changed, not what matched', async () => {
    expect((await update({ n: 1 })).stats.updated).toBe(0)
    await add({ _id: 'o2', n: 2, name: 'a' })
    expect((await orders().where({ name: 'a' }).update({ data: { n: 2 } })).stats.updated).toBe(1)
    expect((await orders().where({ name: 'nobody' }).update({ data: { n: 2 } })).stats.updated).toBe(0)
    expect((await orders().doc('nobody').update({ data: { n: 2 } })).stats.updated).toBe(0)
  })

  test('of many documents that fails half-way keeps what came before, as in MongoDB', async () => {
    await add({ _id: 'o2', n: 'text' }, { _id: 'o3', n: 3 })
    expect((await failure(orders().where({}).update({ data: { n: _.inc(1) } }))).message).toMatch(/Cannot apply \$inc/)
    expect([await read('o1'), await read('o3')]).toMatchObject([{ n: 2 }, { n: 3 }])
  })

  test('with a condition is atomic: of 200 callers on a stock of 50, 50 get one', async () => {
    await add({ _id: 'slot', remaining: 50, holders: {} })
    const results = await Promise.all(Array.from({ length: 200 }, (_element, i) =>
      orders().where({ _id: 'slot', remaining: _.gt(0) }).update({ data: { remaining: _.inc(-1), [`holders.e${i}`]: _.set({ seat: 1 }) } })))
    expect(results.filter(({ stats }) => stats.updated === 1)).toHaveLength(50)
    const slot = await read('slot')
    expect(slot?.['remaining']).toBe(0)
    expect(Object.keys(slot?.['holders'] as Fields)).toHaveLength(50)
  })

  test('there is no update-and-return (trap 7)', async () => {
    const { reply } = await database.handle({ action: 'database.modifyAndReturnDoc', collectionName: 'orders', query: '{"_id":"o1"}', data: '{"$inc":{"n":1}}' })
    expect(reply).toMatchObject({ code: 'DATABASE_REQUEST_FAILED', message: expect.stringContaining('not supported') as string })
  })
})

describe('an aggregation', () => {
  const $ = (): CloudDatabase['command']['aggregate'] => _.aggregate
  beforeEach(() => add(
    { _id: 'o1', u: 'u1', n: 1, at: new Date(1704164645000) }, { _id: 'o2', u: 'u1', n: 5, at: new Date(1704164645000) },
    { _id: 'o3', u: 'u2', n: 7, at: new Date(1704164645000) }, { _id: 'o4', n: 0 },
  ))

  test('matches, groups, sorts and formats in Shanghai time', async () => {
    const { list } = await orders().aggregate().match({ n: _.gt(0) })
      .group({ _id: '$u', total: $().sum('$n'), ids: $().push('$_id'), hour: $().first($().dateToString({ date: '$at', format: '%Y-%m-%d %H', timezone: 'Asia/Shanghai' })) })
      .sort({ total: -1, _id: 1 }).limit(20).end()
    expect(list).toEqual([{ _id: 'u2', total: 7, ids: ['o3'], hour: '2024-01-02 11' }, { _id: 'u1', total: 6, ids: ['o1', 'o2'], hour: '2024-01-02 11' }])
  })

  test('looks up by equal fields', async () => {
    await db.collection('people').add({ data: [{ _id: 'u1', name: '王敏' }, { _id: 'u2', name: '李雷' }] })
    const { list } = await orders().aggregate().lookup({ from: 'people', localField: 'u', foreignField: '_id', as: 'who' }).project({ 'who.name': 1 }).end()
    expect(list).toEqual([
      { _id: 'o1', who: [{ name: '王敏' }] }, { _id: 'o2', who: [{ name: '王敏' }] }, { _id: 'o3', who: [{ name: '李雷' }] }, { _id: 'o4', who: [] },
    ])
  })

  test('looks up by a pipeline', async () => {
    const { list } = await orders().aggregate().sort({ _id: 1 }).limit(2).lookup({
      from: 'orders', let: { who: '$u' }, as: 'same',
      pipeline: [{ $match: { $expr: { $eq: ['$u', '$$who'] } } }, { $project: { _id: 1 } }],
    }).project({ same: 1 }).end()
    expect(list).toEqual([{ _id: 'o1', same: [{ _id: 'o1' }, { _id: 'o2' }] }, { _id: 'o2', same: [{ _id: 'o1' }, { _id: 'o2' }] }])
  })

  test('refuses what it does not know, with the code kept and errCode -1 (trap 3)', async () => {
    const error = await failure(orders().aggregate().geoNear({ near: new db.Geo.Point(1, 2), distanceField: 'd' }).end())
    expect(error).toMatchObject({ errCode: -1, code: 'DATABASE_REQUEST_FAILED' })
    expect(error.message).toMatch(/\$geoNear is not supported/)
    expect((await failure(orders().aggregate().match({ _id: 'none' }).project({ a: { $madeUp: 1 } }).end())).message).toMatch(/\$madeUp is not supported/)
    expect((await failure(orders().aggregate().project({ a: '$$NOW' }).end())).message).toMatch(/\$\$NOW is not supported/)
  })
})

describe('errors of the SDK', () => {
  test('only a few cases have an errCode of their own; a duplicate key has not (trap 3)', async () => {
    expect(await failure(db.collection('nope').get())).toMatchObject({ errCode: -502005 })
    expect(await failure(orders().where({ n: { $near: 1 } }).get())).toMatchObject({ errCode: -502001 })
    await add({ _id: 'o1' })
    expect(await failure(add({ _id: 'o1' }))).toMatchObject({ errCode: -501001 })
  })

  test('a missing document is an error unless the database was opened otherwise (trap 4)', async () => {
    expect((await failure(orders().doc('nobody').get())).message).toMatch(/does not exist/)
    expect((await served.open({ throwOnNotFound: false }).collection('orders').doc('nobody').get()).data).toBeNull()
  })

  test('a collection can be created, and again without harm', async () => {
    await db.createCollection('fresh')
    await db.createCollection('fresh')
    expect((await db.collection('fresh').count()).total).toBe(0)
  })

  test('100 collections are the most', async () => {
    for (let n = 2; n < 100; n++) await db.createCollection(`c${n}`)
    expect((await failure(db.createCollection('one_more'))).message).toMatch(/at most 100 collections/)
  })

  test('an action nobody knows is an answer, not a crash', async () => {
    const { reply, ok } = await database.handle({ action: 'database.mapReduce' })
    expect([ok, reply.code]).toEqual([false, 'DATABASE_REQUEST_FAILED'])
    expect(reply.requestId).toMatch(/.+/)
  })
})

test('the counter of a collection moves when it changes and only then', async () => {
  await add({ _id: 'o1', n: 1 })
  const before = database.changes()['orders'] ?? 0
  await orders().doc('o1').get()
  await orders().doc('o1').update({ data: { n: 1 } })
  expect(database.changes()['orders']).toBe(before)
  await orders().doc('o1').update({ data: { n: 2 } })
  expect(database.changes()['orders']).toBeGreaterThan(before)
})
