/**
 * `npm run bench`: what each action costs in database calls, documents and bytes; the hot-slot race; cold starts; sizes.
 * Prints a table that docs cite and writes dist/bench.json with the machine it ran on. Nothing here is asserted in time.
 */
import { readdirSync, readFileSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { cpus, platform, arch, totalmem } from 'node:os'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildFunctions } from '../../cloudfunctions/deploy/build'
import { buildApp } from '../../emulator/build-app'
import { contracts, type ActionName } from '../../src/contract'
import { addDays, civilDate, HOUR, MINUTE } from '../../src/domain/civil-time'
import { examples, type Example } from '../actions/examples'
import { measureYear, type YearCosts } from '../actions/ledger-year'
import { fillWithMeals } from '../actions/meal-store'
import { mealSlotOf, startMealWorld } from '../actions/meal-world'
import { addConsultants } from '../actions/consult-world'
import { whoMay } from '../actions/permissions'
import { newRequestId, person, slotOf, startWorld, type World } from '../actions/world'

const root = join(__dirname, '..', '..')

interface ActionCost {
  dbCalls: number
  scanned: number
  returned: number
  bytes: number
}

/** Told apart from the others: they need a moment of their own and are measured in the path below. */
const measuredInPath: readonly ActionName[] = ['visit.doorCode', 'visit.checkIn', 'visit.checkOut', 'visit.noContact', 'kitchen.serve', 'account.acceptTerms', 'account.claimByCode', 'account.claimByPhone', 'account.register', 'account.erase', 'ledger.check']

async function costOf(world: World, action: ActionName, run: () => Promise<unknown>): Promise<ActionCost> {
  const { latest } = await world.emulator.calls()
  await run()
  const row = (await world.emulator.calls(latest)).rows.find((candidate) => candidate.action === action)
  if (!row?.ok) throw new Error(`${action} did not succeed: ${row?.code ?? 'no call'}`)
  return { dbCalls: row.dbCalls, scanned: row.scanned, returned: row.returned, bytes: row.bytes }
}

async function actionCosts(): Promise<Record<string, ActionCost>> {
  const world = await startMealWorld()
  try {
    await world.addPerson('far', { openid: 'o_far_resident', name: '示例儿子', communityId: 'taigu' })
    await addConsultants(world)
    await world.emulator.fire('timers', 'generateSlots')
    await world.emulator.fire('timers', 'selfCheck')
    const costs: Record<string, ActionCost> = {}
    for (const action of Object.keys(contracts) as ActionName[]) {
      if (measuredInPath.includes(action)) continue
      const refusals: string[] = []
      // The daughter, if she may: she is who does most.
      for (const openid of ['o_daughter', ...whoMay(action)].filter((one, index, all) => whoMay(action).includes(one) && all.indexOf(one) === index)) {
        const input = await (examples[action] as Example<ActionName>)(world, openid)
        const cost = await costOf(world, action, () => world.phone(openid).ask(action, input as never)).catch((error: Error) => { refusals.push(error.message); return null })
        if (cost === null) continue
        costs[action] = cost
        break
      }
      if (costs[action] === undefined) console.log(`not measured: ${action} (${[...new Set(refusals)].join('; ')})`)
    }
    Object.assign(costs, await firstUse(world), await atTheDoor(world))
    return costs
  } finally {
    await world.stop()
  }
}

async function firstUse(world: World): Promise<Record<string, ActionCost>> {
  const phone = world.phone('o_bench_new')
  const { termsVersion } = await phone.do('account.open', {})
  const acceptTerms = await costOf(world, 'account.acceptTerms', () => phone.do('account.acceptTerms', { termsVersion }))
  const register = await costOf(world, 'account.register', () => phone.do('account.register', { name: '示例新人', birthOn: '1950-01-01', communityId: 'huaguang' }))
  const erase = await costOf(world, 'account.erase', () => phone.do('account.erase', { confirmName: '示例新人' }))
  const claimer = world.phone('o_bench_claim')
  await claimer.do('account.acceptTerms', { termsVersion })
  await world.addPerson('unclaimed', { name: '示例老人' })
  const { code } = await world.phone('o_social').do('person.issueClaimCode', { personId: 'unclaimed' })
  const claimByCode = await costOf(world, 'account.claimByCode', () => claimer.do('account.claimByCode', { code }))
  await world.addPerson('byPhone', { name: '示例老人', phone: '19088880000' })
  await world.phone('o_bench_phone').do('account.acceptTerms', { termsVersion })
  await world.emulator.saveAccount({ openid: 'o_bench_phone', phone: '19088880000', nickname: '示例' })
  const phoneCode = await world.emulator.phoneCode('o_bench_phone')
  const claimByPhone = await costOf(world, 'account.claimByPhone', () => world.phone('o_bench_phone').do('account.claimByPhone', { phoneCode }))
  return { 'account.acceptTerms': acceptTerms, 'account.register': register, 'account.erase': erase, 'account.claimByCode': claimByCode, 'account.claimByPhone': claimByPhone }
}

async function atTheDoor(world: World): Promise<Record<string, ActionCost>> {
  const startsAt = (await world.emulator.clock()).now + 2 * HOUR
  await world.addPerson('benchElder', { openid: 'o_bench_elder', name: '示例老人' })
  await world.addSlot('benchSlot', { startsAt, endsAt: startsAt + HOUR })
  const elder = world.phone('o_bench_elder')
  const { bookingId } = await elder.do('booking.book', { elderId: 'benchElder', slotId: 'benchSlot' })
  await world.phone('o_worker').do('visit.take', { bookingId })
  await world.emulator.moveTo(startsAt)
  const doorCode = await costOf(world, 'visit.doorCode', () => elder.do('visit.doorCode', { bookingId }))
  const arrival = (await elder.do('visit.doorCode', { bookingId })).code
  const checkIn = await costOf(world, 'visit.checkIn', () => world.phone('o_worker').do('visit.checkIn', { bookingId, code: arrival }))
  await world.emulator.advance(50 * MINUTE)
  const leaving = (await elder.do('visit.doorCode', { bookingId })).code
  const checkOut = await costOf(world, 'visit.checkOut', () => world.phone('o_worker').do('visit.checkOut', { bookingId, code: leaving }))
  const { bookingId: served } = await (examples['kitchen.serve'] as Example<'kitchen.serve'>)(world, 'o_cook')
  const shown = (await world.phone('o_mother').do('visit.doorCode', { bookingId: served })).code
  const serve = await costOf(world, 'kitchen.serve', () => world.phone('o_cook').do('kitchen.serve', { bookingId: served, code: shown }))
  const laterAt = startsAt + 2 * HOUR
  await world.addSlot('benchDoor', { startsAt: laterAt, endsAt: laterAt + HOUR })
  const missed = await elder.do('booking.book', { elderId: 'benchElder', slotId: 'benchDoor' })
  await world.phone('o_worker').do('visit.take', { bookingId: missed.bookingId })
  await world.emulator.moveTo(laterAt)
  const noContact = await costOf(world, 'visit.noContact', () => world.phone('o_worker').do('visit.noContact', { bookingId: missed.bookingId, tried: '敲门' }))
  return { 'visit.doorCode': doorCode, 'visit.checkIn': checkIn, 'visit.checkOut': checkOut, 'visit.noContact': noContact, 'kitchen.serve': serve }
}

/** Orders stored while the busiest actions are measured again, and people who ordered them. */
const STORED = 100_000
const ORDERING = 2_000

/** What the busiest actions look at with very many orders stored: documents scanned for each that is returned. */
async function costsAtScale(): Promise<Record<string, ActionCost & { readonly scannedPerReturned: number; readonly ms: number }>> {
  const world = await startMealWorld()
  try {
    await fillWithMeals(world, STORED, ORDERING)
    const today = civilDate((await world.emulator.clock()).now)
    const asked: readonly (readonly [string, ActionName, object])[] = [
      ['o_mother', 'meal.order', { elderId: 'mother', slotId: mealSlotOf()._id, portions: 1, way: 'delivery', payment: 'monthlyBill' }], ['o_mother', 'meal.menus', { elderId: 'mother' }], ['o_mother', 'meal.again', { elderId: 'mother' }],
      ['o_mother', 'meal.month', { elderId: 'mother', month: today.slice(0, 7) }], ['o_mother', 'home.show', {}], ['o_courier', 'courier.today', {}], ['o_cook', 'kitchen.week', {}], ['o_cook', 'kitchen.sheet', { kitchenId: 'canteen', onDate: today, sitting: 'lunch' }],
      ['o_social', 'worker.today', {}], ['o_social', 'safety.figures', { fromOn: addDays(today, -30), untilOn: today }], ['o_admin', 'policy.meals', {}],
    ]
    const costs: Record<string, ActionCost & { readonly scannedPerReturned: number; readonly ms: number }> = {}
    for (const [openid, action, input] of asked) {
      const began = performance.now()
      const cost = await costOf(world, action, () => world.phone(openid).do(action, input as never))
      costs[action] = { ...cost, scannedPerReturned: Math.round((cost.scanned / Math.max(1, cost.returned)) * 100) / 100, ms: Math.round(performance.now() - began) }
    }
    return costs
  } finally {
    await world.stop()
  }
}

/** Entries of a year of one community while its pages are measured. */
const LEDGERS = [1_000, 10_000, 50_000]

function printYear({ entries, lines, asked, check, sealing }: YearCosts): void {
  console.log(`\n| with ${entries} entries stored, ${lines} of them in this passbook | database calls | scanned | returned | ms |\n|---|---:|---:|---:|---:|`)
  const rows = { ...asked, [`the check, the costliest of its ${check.calls} calls`]: check.most, 'the check, all of it': check.all, [`sealing, the costliest of ${sealing.runs} runs of 40 days`]: sealing.most }
  for (const [name, cost] of Object.entries(rows)) console.log(`| ${name} | ${cost.dbCalls} | ${cost.scanned} | ${cost.returned} | ${cost.ms} |`)
}

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

async function race(latencyMs: number): Promise<{ callers: number; capacity: number; latencyMs: number; booked: number; callsPerSecond: number; p50: number; p99: number }> {
  const callers = 200
  const capacity = 50
  const world = await startWorld()
  try {
    const all = Array.from({ length: callers }, (_, index) => index)
    await world.emulator.insert('people', all.map((index) => person(`caller${index}`, { accountId: `o_caller${index}` })))
    await world.emulator.insert('accounts', all.map((index) => ({ _id: `o_caller${index}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: `caller${index}`, name: '示例', grants: [], requests: {} })))
    const book = async (slotId: string): Promise<{ ms: number; code: string }[]> => Promise.all(
      all.map(async (index) => {
        const began = performance.now()
        const code = await world.phone(`o_caller${index}`).codeOf('booking.book', { elderId: `caller${index}`, slotId }, newRequestId())
        return { ms: performance.now() - began, code }
      }),
    )
    // Once to warm every instance; at another hour, so that nobody is refused for being booked.
    const base = slotOf('x').startsAt
    await world.emulator.insert('slots', [slotOf('warm', { capacity: 1 }), slotOf('hot', { capacity, startsAt: base + 5 * HOUR, endsAt: base + 6 * HOUR })])
    await book('warm')
    await world.emulator.faults(latencyMs > 0 ? { latencyMs } : {})
    const began = performance.now()
    const answers = await book('hot')
    const seconds = (performance.now() - began) / 1000
    const times = answers.map((answer) => answer.ms).sort((a, b) => a - b)
    return { callers, capacity, latencyMs, booked: answers.filter((answer) => answer.code === 'OK').length, callsPerSecond: Math.round(callers / seconds), p50: Math.round(percentile(times, 0.5)), p99: Math.round(percentile(times, 0.99)) }
  } finally {
    await world.stop()
  }
}

async function coldStarts(): Promise<Record<string, { startMs: number; firstCallMs: number }>> {
  const world = await startWorld()
  try {
    const measured: Record<string, { startMs: number; firstCallMs: number }> = {}
    for (const name of ['api', 'timers']) {
      const runs: { start: number; call: number }[] = []
      for (let run = 0; run < 5; run++) {
        await world.emulator.recycle(name)
        const began = performance.now()
        if (name === 'api') await world.phone('o_mother').do('home.show', {})
        else await world.emulator.fire('timers', 'settle')
        const state = await world.emulator.state()
        runs.push({ call: performance.now() - began, start: state.functions.find((one) => one.name === name)?.coldStartsMs.at(-1) ?? 0 })
      }
      measured[name] = { startMs: Math.round(median(runs.map((run) => run.start))), firstCallMs: Math.round(median(runs.map((run) => run.call))) }
    }
    return measured
  } finally {
    await world.stop()
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))

function sizes(): Record<string, number> {
  const weapp = join(root, 'dist', 'weapp')
  const app = JSON.parse(readFileSync(join(weapp, 'app.json'), 'utf8')) as { subPackages?: { root: string }[]; subpackages?: { root: string }[] }
  const roots = (app.subPackages ?? app.subpackages ?? []).map((part) => part.root.replace(/\/$/, ''))
  const bytes: Record<string, number> = { 'weapp main': 0 }
  for (const file of filesBelow(weapp)) {
    const path = relative(weapp, file).replaceAll('\\', '/')
    const part = roots.find((candidate) => path.startsWith(`${candidate}/`))
    const name = part === undefined ? 'weapp main' : `weapp ${part}`
    bytes[name] = (bytes[name] ?? 0) + statSync(file).size
  }
  bytes['weapp total'] = Object.values(bytes).reduce((sum, size) => sum + size, 0)
  const h5 = filesBelow(join(root, 'dist', 'h5')).filter((file) => /\.(js|css|html)$/.test(file))
  bytes['h5 all, gzip'] = h5.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  for (const name of ['api', 'timers']) bytes[`function ${name}`] = statSync(join(root, 'dist', 'cloudfunctions', name, 'index.js')).size
  return bytes
}

async function main(): Promise<void> {
  await buildFunctions()
  await buildApp('production', 'h5').finished
  await buildApp('production', 'weapp').finished
  const machine = { node: process.version, platform: platform(), arch: arch(), cores: cpus().length, cpu: cpus()[0]?.model ?? '', memoryGiB: Math.round(totalmem() / 2 ** 30) }

  const actions = await actionCosts()
  console.log('\n| action | database calls | scanned | returned | bytes to the phone |\n|---|---:|---:|---:|---:|')
  for (const [name, cost] of Object.entries(actions).sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`| ${name} | ${cost.dbCalls} | ${cost.scanned} | ${cost.returned} | ${cost.bytes} |`)

  const scale = await costsAtScale()
  console.log(`\n| with ${STORED} orders stored | database calls | scanned | returned | scanned per returned | ms |\n|---|---:|---:|---:|---:|---:|`)
  for (const [name, cost] of Object.entries(scale)) console.log(`| ${name} | ${cost.dbCalls} | ${cost.scanned} | ${cost.returned} | ${cost.scannedPerReturned} | ${cost.ms} |`)

  const ledgers: YearCosts[] = []
  for (const entries of LEDGERS) ledgers.push(await measureYear(entries))
  ledgers.forEach(printYear)

  const races = [await race(0), await race(5)]
  console.log('\n| 200 callers, 50 seats | booked | calls/s | p50 ms | p99 ms |\n|---|---:|---:|---:|---:|')
  for (const run of races) console.log(`| ${run.latencyMs} ms per database call | ${run.booked} | ${run.callsPerSecond} | ${run.p50} | ${run.p99} |`)

  const coldStart = await coldStarts()
  console.log('\n| function | instance ready ms | first call ms |\n|---|---:|---:|')
  for (const [name, cold] of Object.entries(coldStart)) console.log(`| ${name} | ${cold.startMs} | ${cold.firstCallMs} |`)

  const size = sizes()
  console.log('\n| part | KB |\n|---|---:|')
  for (const [name, bytes] of Object.entries(size)) console.log(`| ${name} | ${(bytes / 1024).toFixed(0)} |`)

  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist', 'bench.json'), `${JSON.stringify({ machine, actions, scale, ledgers, race: races, coldStart, sizes: size }, null, 2)}\n`)
  console.log(`\n${machine.cores} cores, ${machine.cpu}, Node ${machine.node}; written to dist/bench.json`)
}

void main()
