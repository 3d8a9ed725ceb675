/**
 * Notices at scale: publishing returns at once, the ledger is written in bounded batches, and a page of somebody's list is
 * one query whatever is stored. `npm test` holds a sample; NOTICE_PEOPLE=50000 NOTICE_RECEIPTS=1000000 NOTICE_NOTICES=10000
 * (in `npm run test:long`) the whole. What was measured is printed.
 */
import { derivedId } from '../../cloudfunctions/_server/keys'
import type { ActionName, InputOf } from '../../src/contract'
import { DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { newConsent } from '../../src/domain/consent'
import { draft, submit, type Notice } from '../../src/domain/notice'
import { acknowledge, addressed, type Receipt } from '../../src/domain/reach'
import { insertAll } from './ledger-store'
import { audienceOf, wishOf } from './notice-world'
import { person, startWorld, type World } from './world'

const PEOPLE = Number(process.env['NOTICE_PEOPLE'] ?? 600)
const RECEIPTS = Number(process.env['NOTICE_RECEIPTS'] ?? 4_000)
const NOTICES = Number(process.env['NOTICE_NOTICES'] ?? 200)
/** One in so many has a phone with WeChat; one in so many of those has allowed a message. */
const [WITH_ACCOUNT, ALLOWED] = [3, 4]
const by = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const

let world: World
let start: number
const figures: Record<string, number> = {}
beforeAll(async () => {
  world = await startWorld()
  start = (await world.emulator.clock()).now
  await world.addPerson('second', { openid: 'o_second', name: '示例二', communityId: 'taigu', birthOn: '1985-01-01', grants: [{ role: 'admin' }] })
}, 60_000)
afterAll(async () => {
  console.log(JSON.stringify(figures))
  await world.stop()
})

/** What the function did since `latest`: calls of the database, and the longest single run. */
async function costSince(latest: number, name: 'api' | 'timers') {
  const rows = (await world.emulator.calls(latest)).rows.filter((row) => row.function === name)
  return { runs: rows.length, dbCalls: rows.reduce((sum, row) => sum + row.dbCalls, 0), most: Math.max(0, ...rows.map((row) => row.dbCalls)) }
}

async function costOf<A extends ActionName>(openid: string, action: A, input: InputOf<A>) {
  const { latest } = await world.emulator.calls()
  const output = await world.phone(openid).do(action, input)
  const [row] = (await world.emulator.calls(latest)).rows.filter((one) => one.function === 'api')
  return { output, dbCalls: row?.dbCalls ?? Number.NaN, scanned: row?.scanned ?? Number.NaN, returned: row?.returned ?? Number.NaN }
}

describe(`${PEOPLE} addressees`, () => {
  let noticeId: string
  beforeAll(async () => {
    const ids = Array.from({ length: PEOPLE }, (_, index) => `s${String(index).padStart(6, '0')}`)
    const isAllowed = (index: number) => index % (WITH_ACCOUNT * ALLOWED) === 0
    const accountOf = (index: number) => (index % WITH_ACCOUNT === 0 ? `o_s${index}` : null)
    await insertAll(world, 'people', ids.map((id, index) => person(id, { communityId: index % 2 === 0 ? 'huaguang' : 'taigu', accountId: accountOf(index), address: `华光城 ${1 + (index % 60)} 幢 302`, birthOn: `${1925 + (index % 70)}-03-03` })))
    await insertAll(world, 'consents', ids.flatMap((id, index) => {
      const accountId = accountOf(index)
      return accountId !== null && isAllowed(index) ? [{ ...newConsent(derivedId('consent', accountId, 'tpl_notice'), accountId, id, 'tpl_notice', start), left: 1, granted: 1 }] : []
    }))
    for (let index = 0; index < PEOPLE; index += WITH_ACCOUNT * ALLOWED) await world.emulator.subscribe(`o_s${index}`, ['tpl_notice'])
  }, 1_800_000)

  test('publishing returns at once, whatever the number', async () => {
    const audience = audienceOf({ communityIds: ['huaguang', 'taigu'], isWhole: true })
    const counted = await costOf('o_admin', 'notice.count', { audience })
    expect(counted.output.people).toBeGreaterThanOrEqual(PEOPLE)
    noticeId = (await world.phone('o_admin').do('notice.save', wishOf(start, { audience }))).noticeId
    const submitted = await costOf('o_admin', 'notice.submit', { noticeId })
    const began = performance.now()
    const decided = await costOf('o_second', 'notice.decide', { noticeId, isApproved: true })
    Object.assign(figures, { people: PEOPLE, countCalls: counted.dbCalls, submitCalls: submitted.dbCalls, publishCalls: decided.dbCalls, publishMs: Math.round(performance.now() - began) })
    expect(counted.dbCalls).toBeLessThanOrEqual(6)
    expect(decided.dbCalls).toBeLessThanOrEqual(12)
  }, 600_000)

  test('the clock writes and sends in bounded runs, until everybody has one line', async () => {
    const { latest } = await world.emulator.calls()
    let [runs, most, all, sending] = [0, 0, 0, 0]
    for (let seen = latest; ; ) {
      const { result } = (await world.emulator.fire<{ ok: boolean; output: { looked: number; sent: number; unsent: number } }>('timers', 'tellNotices')) as { result: { ok: boolean; output: { looked: number; sent: number; unsent: number } } }
      expect(result.ok).toBe(true)
      const cost = await costSince(seen, 'timers')
      seen = (await world.emulator.calls()).latest
      const { looked, sent, unsent } = result.output
      if (looked + sent + unsent === 0) break
      runs += 1
      all += cost.dbCalls
      most = Math.max(most, cost.most)
      sending += sent
      // A minute passes between two runs.
      await world.emulator.pass(MINUTE)
    }
    const reach = await costOf('o_admin', 'notice.reach', { noticeId })
    const lines = Object.values(reach.output.counts).reduce((sum, count) => sum + count, 0)
    expect(lines).toBeGreaterThanOrEqual(PEOPLE)
    expect(lines).toBe((await world.phone('o_admin').do('notice.count', { audience: audienceOf({ communityIds: ['huaguang', 'taigu'], isWhole: true }) })).people)
    expect(reach.output.counts).toMatchObject({ notYetSent: 0, sent: Math.ceil(PEOPLE / (WITH_ACCOUNT * ALLOWED)) })
    const perThousand = Math.round((all / lines) * 1000)
    Object.assign(figures, { runs, callsInAll: all, mostCallsInOneRun: most, callsPerThousand: perThousand, sent: sending, sums: reach.dbCalls, sumsScanned: reach.scanned })
    // A batch of people is four calls, one of lines three; what may be sent costs three more each.
    expect(most).toBeLessThanOrEqual(20 * 6 + 200 * 3 + 20 * 6)
  }, 3_600_000)

  test('at the deadline the call list is made the same way', async () => {
    await world.emulator.pass(7 * HOUR)
    const { latest } = await world.emulator.calls()
    let runs = 0
    for (; ; runs++) {
      const { result } = (await world.emulator.fire<{ ok: boolean; output: { looked: number } }>('timers', 'tellNotices')) as { result: { ok: boolean; output: { looked: number } } }
      if (result.output.looked === 0) break
      await world.emulator.pass(2 * MINUTE)
    }
    const cost = await costSince(latest, 'timers')
    const duty = await costOf('o_social', 'notice.duty', { what: 'call', noticeId })
    Object.assign(figures, { deadlineRuns: runs, deadlineCalls: cost.dbCalls, mostAtDeadline: cost.most, dutyCalls: duty.dbCalls, dutyScanned: duty.scanned, dutyReturned: duty.returned })
    expect(duty.output.items).toHaveLength(20)
    expect(duty.scanned).toBeLessThanOrEqual(duty.returned * 1.1 + 1)
  }, 3_600_000)
})

describe(`${NOTICES} notices, ${RECEIPTS} lines`, () => {
  beforeAll(async () => {
    const base = (index: number): Notice => {
      const at = start - (index + 1) * 10 * MINUTE
      const wish = { level: 'ordinary' as const, audience: { ...audienceOf(), grids: [] }, text: { title: `社区通知 ${index}`, body: `第${index}号楼${index % 7 === 0 ? '停水' : '清洗水箱'}，11月25日。`, whatToDo: null, pictures: [], attachments: [] }, publishAt: null, validUntil: at + 300 * DAY, deadlineAt: null, opensCase: false }
      return { ...submit(draft(`old${index}`, 'dongliu', wish, by, at), 'passed', by, at), fanOut: null, dueAt: null }
    }
    const notices = Array.from({ length: NOTICES }, (_, index) => base(index))
    await insertAll(world, 'notices', notices)
    // The reader has a line of each; the others share the rest.
    const reader = person('reader', { accountId: 'o_reader', communitySince: 1 })
    await world.addPerson('reader', { openid: 'o_reader', name: '示例读者', communitySince: 1 })
    const line = (index: number, who: ReturnType<typeof person>): Receipt => {
      const notice = notices[index % NOTICES] as Notice
      const fresh = addressed(notice, who, '2026-11-23', notice.listedAt)
      return index % 3 === 0 ? acknowledge(fresh, 1, by, notice.listedAt + HOUR) : fresh
    }
    for (let from = 0; from < RECEIPTS; from += 20_000) {
      await insertAll(world, 'noticeReceipts', Array.from({ length: Math.min(20_000, RECEIPTS - from) }, (_, offset) => {
        const index = from + offset
        return line(index, index < NOTICES ? reader : person(`r${Math.floor(index / NOTICES)}`))
      }))
    }
  }, 3_600_000)

  test.each<[ActionName, object, number]>([
    ['notice.list', { elderId: 'reader' }, 3], ['notice.show', { elderId: 'reader', noticeId: 'old3' }, 5], ['notice.archive', {}, 3], ['notice.past', { noticeId: 'old5' }, 4], ['notice.desk', {}, 8], ['home.show', {}, 13],
  ])('%s looks at hardly more than it shows', async (action, input, most) => {
    const cost = await costOf(action === 'notice.desk' ? 'o_social' : 'o_reader', action, input as never)
    figures[`${action} calls`] = cost.dbCalls
    figures[`${action} scanned per returned`] = Math.round((cost.scanned / Math.max(1, cost.returned)) * 100) / 100
    expect({ action, dbCalls: cost.dbCalls, isWithin: cost.dbCalls <= most }).toMatchObject({ isWithin: true })
    expect({ action, scanned: cost.scanned, returned: cost.returned, isWithin: cost.scanned <= cost.returned * 1.1 + 1 }).toMatchObject({ isWithin: true })
  }, 120_000)

  test('every page of the list is one query of lines, the last as the first, and none comes twice', async () => {
    const seen = new Set<string>()
    let pages = 0
    for (let cursor: string | undefined; pages < 500; pages++) {
      const cost = await costOf('o_reader', 'notice.list', { elderId: 'reader', ...(cursor === undefined ? {} : { cursor }) })
      expect(cost.dbCalls).toBe(3)
      expect(cost.scanned).toBeLessThanOrEqual(cost.returned * 1.1 + 1)
      for (const item of cost.output.items) seen.add(item.noticeId)
      if (cost.output.nextCursor === null) break
      cursor = cost.output.nextCursor
    }
    expect(seen.size).toBe(NOTICES)
    figures['pages read'] = pages + 1
  }, 600_000)

  test('acknowledging one of them costs the same', async () => {
    const cost = await costOf('o_reader', 'notice.acknowledge', { noticeId: 'old2', elderId: 'reader', edition: 1 })
    figures['notice.acknowledge calls'] = cost.dbCalls
    expect(cost.dbCalls).toBeLessThanOrEqual(6)
  }, 60_000)
})
