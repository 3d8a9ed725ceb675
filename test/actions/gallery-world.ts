/** Works as tests need them: in the store in any state, with a picture that is really there. */
import { ask, decide, handIn, type AskAbout, type Work, type WorkWish } from '../../src/domain/gallery'
import { asSocial } from './activity-world'
import { jpeg, stored } from './notice-world'
import type { World } from './world'

let made = 0

/** A picture as a phone stores it. */
export const aPicture = (world: World, openid = 'o_mother', bytes = jpeg()): Promise<string> => stored(world, openid, `notices/work${++made}.jpg`, bytes)

/** The elder's work: waiting, or out; with something that a neighbour asks. */
export async function aWork(world: World, how: 'waiting' | 'published' = 'published', asked: AskAbout | null = null, wish: Partial<WorkWish> = {}): Promise<{ readonly workId: string; readonly askId: string }> {
  const { now } = await world.emulator.clock()
  const workId = `work${++made}`
  const fileId = await aPicture(world)
  const whole: WorkWish = { sort: 'painting', title: '荷花', words: null, picture: { fileId, from: fileId }, author: { personId: 'mother', name: '王秀珍', isNamed: true }, activity: null, communityId: 'huaguang', ...wish }
  const handed = handIn(whole, { workId, subdistrictId: 'dongliu', key: workId, hash: 'h' }, 'passed', { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null }, now)
  const shown: Work = how === 'waiting' ? handed : decide(handed, 'publish', { personId: 'social', name: '李静', kinIds: [] }, asSocial('social'), null, now)
  const askId = `ask${made}`
  const neighbour = { personId: 'neighbour', name: '周福生' }
  await world.emulator.insert('works', [asked === null ? shown : ask(shown, { askId, elder: neighbour, by: { ...neighbour, as: 'elder', kinship: null, scope: null }, about: asked, words: null }, now)])
  return { workId, askId }
}
