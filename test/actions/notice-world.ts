/** Notices for tests: what a social worker would write, whom it is for, and one in a state. */
import type { InputOf } from '../../src/contract'
import { DAY, HOUR } from '../../src/domain/civil-time'
import type { Receipt } from '../../src/domain/reach'
import type { World } from './world'

export const audienceOf = (changes: Partial<InputOf<'notice.count'>['audience']> = {}): InputOf<'notice.count'>['audience'] =>
  ({ communityIds: ['huaguang'], isWhole: false, buildings: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null, ...changes })

/** A must-reach notice as it is written. */
export const wishOf = (now: number, changes: Partial<InputOf<'notice.save'>> = {}): InputOf<'notice.save'> => ({
  level: 'mustReach', audience: audienceOf(), title: '周三停水，请先储水', body: '11月25日 8:00 到 12:00 停水。请今晚先接好用水。', whatToDo: '今晚接好水', pictures: [], attachments: [],
  publishAt: null, validUntil: now + 3 * DAY, deadlineAt: now + 6 * HOUR, opensCase: true, ...changes,
})

export async function aDraft(world: World, changes: Partial<InputOf<'notice.save'>> = {}, openid = 'o_social'): Promise<string> {
  return (await world.phone(openid).do('notice.save', wishOf((await world.emulator.clock()).now, changes))).noticeId
}

/** A published notice; `isHeld`: one that the content check held; `helpFor`: one with which this elder asked for help. */
export async function aNotice(world: World, options: { readonly isHeld?: boolean; readonly helpFor?: string; readonly changes?: Partial<InputOf<'notice.save'>>; readonly openid?: string } = {}): Promise<string> {
  const { openid = 'o_social', isHeld = false, helpFor } = options
  const noticeId = await aDraft(world, { ...options.changes, ...(isHeld ? { body: '11月25日 停水，这句话里有违禁词。' } : {}) }, openid)
  await world.phone(openid).do('notice.submit', { noticeId })
  if (helpFor !== undefined) await world.phone(`o_${helpFor}`).do('notice.askForHelp', { noticeId, elderId: helpFor, edition: 1 })
  return noticeId
}

const shown = new WeakMap<World, Promise<string>>()
/** One published notice of a world, for whoever only looks at it. */
export function theNotice(world: World): Promise<string> {
  const known = shown.get(world) ?? aNotice(world)
  shown.set(world, known)
  return known
}

/** The clock works on notices until nothing is due any more. */
export async function tell(world: World, rounds = 40): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const fired = await world.emulator.fire<{ ok: boolean; output: { looked: number; sent: number; unsent: number; failed: number } }>('timers', 'tellNotices')
    if (!fired.ok || !fired.result.ok || fired.result.output.failed > 0) throw new Error(`the clock did not work: ${JSON.stringify(fired)} ${JSON.stringify(await world.emulator.logs(fired.requestId))}`)
    const { looked, sent, unsent } = fired.result.output
    if (looked + sent + unsent === 0) return
  }
  throw new Error('the clock did not come to an end')
}

export const linesOf = async (world: World, noticeId: string): Promise<Receipt[]> =>
  (((await world.emulator.dump(['noticeReceipts']))['noticeReceipts'] ?? []) as unknown as Receipt[]).filter((line) => line.noticeId === noticeId)

export async function lineOf(world: World, noticeId: string, personId: string): Promise<Receipt> {
  const line = (await linesOf(world, noticeId)).find((one) => one.personId === personId)
  if (line === undefined) throw new Error(`${personId} has no line of ${noticeId}`)
  return line
}

/** A file as a phone stores it. @returns its id */
export async function stored(world: World, openid: string, path: string, bytes: Buffer): Promise<string> {
  const answer = await fetch(`${world.emulator.url}/cloud/upload?path=${encodeURIComponent(path)}`, { method: 'POST', headers: { authorization: `Bearer ${await world.emulator.login(openid)}` }, body: new Uint8Array(bytes) })
  const { fileID } = (await answer.json()) as { fileID: string }
  return fileID
}

/** The smallest thing that begins as a picture does. */
export const jpeg = (size = 64): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(size - 4, 1)])
