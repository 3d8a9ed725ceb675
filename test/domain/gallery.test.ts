/** The gallery: what is shown, what waits, what goes, in sentences; and a property over every order of acts. */
import type { By } from '../../src/domain/booking-record'
import { DAY } from '../../src/domain/civil-time'
import { answerAsk, ask, decide, decisions, handIn, isShownRightly, like, likesOf, LOOKED_AT_WITHIN, mayBeHandedOn, TAKEN_DOWN_WITHIN, takeBack, withName, type Work, type WorkWish } from '../../src/domain/gallery'
import { mulberry32 } from '../support/random'
import { refusalOf as codeOf } from './support'

const NOW = 1_800_000_000_000
const elder: By = { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null }
const social: By = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null }
const admin: By = { personId: 'admin', name: '孙洁', as: 'admin', kinship: null, scope: null }
const staff = (by: By, kinIds: readonly string[] = []) => ({ personId: by.personId, name: by.name, kinIds })
const wish: WorkWish = { sort: 'painting', title: '荷花', words: null, picture: { fileId: 'cloud://kept/a.jpg', from: 'cloud://phone/a.jpg' }, author: { personId: 'mother', name: '王秀珍', isNamed: true }, activity: null, communityId: 'huaguang' }
const ofActivity: WorkWish = { ...wish, sort: 'activity', title: '唱老歌', author: null, activity: { activityId: 'act', title: '唱老歌' } }
const made = { workId: 'w', subdistrictId: 'dongliu', key: 'k', hash: 'h' }
const handed = (check: 'passed' | 'held' = 'passed', by: By = elder): Work => handIn(wish, made, check, by, NOW)
const shown = (): Work => decide(handed(), 'publish', staff(social), social, null, NOW + 1)
const asked = (work: Work, about: 'me' | 'unseemly', personId = 'neighbour', askId = `ask_${personId}_${about}`): Work =>
  ask(work, { askId, elder: { personId, name: '周福生' }, by: { ...elder, personId, name: '周福生' }, about, words: null }, NOW + 2)

describe('a work', () => {
  test('waits for a person, whatever the check said, and says until when', () => {
    for (const check of ['passed', 'held'] as const) expect(handed(check)).toMatchObject({ state: 'waiting', waitsIn: 'huaguang', dueAt: NOW + LOOKED_AT_WITHIN })
  })
  test('published it is seen and waits for nobody; returned it needs a reason', () => {
    expect(shown()).toMatchObject({ state: 'published', publishedAt: NOW + 1, waitsIn: null, dueAt: null })
    expect(codeOf(() => decide(handed(), 'return', staff(social), social, null, NOW))).toBe('REASON_REQUIRED')
    expect(decide(handed(), 'return', staff(social), social, '拍糊了', NOW)).toMatchObject({ state: 'returned', decided: { words: '拍糊了' }, waitsIn: null })
  })
  test('is not decided on by its author or their family, nor what the check held by who handed it in', () => {
    expect(codeOf(() => decide(handed(), 'publish', staff(elder), elder, null, NOW))).toBe('OWN_CASE')
    expect(codeOf(() => decide(handed(), 'publish', staff(social, ['mother']), social, null, NOW))).toBe('OWN_CASE')
    expect(codeOf(() => decide(handed('held', social), 'publish', staff(social), social, null, NOW))).toBe('SECOND_PERSON')
    expect(decide(handed('held', social), 'publish', staff(admin), admin, null, NOW).state).toBe('published')
    expect(decide(handed('passed', social), 'publish', staff(social), social, null, NOW).state).toBe('published')
  })
  test('taken back, its file goes, the copy and what the phone had stored', () => {
    const gone = takeBack(shown(), NOW + 5)
    expect(gone).toMatchObject({ state: 'takenBack', picture: null, leaves: ['cloud://kept/a.jpg', 'cloud://phone/a.jpg'], unsettledAt: NOW + 5, waitsIn: null })
    expect(codeOf(() => takeBack(gone, NOW + 6))).toBe('WRONG_STATE')
  })
  test('leaves the app as a picture only while it is out and nobody asks about it; a picture of an activity never does', () => {
    const kept = answerAsk(asked(shown(), 'me'), 'ask_neighbour_me', { isUpheld: false, words: '不是您' }, staff(social), social, NOW + 3)
    expect([handed(), shown(), asked(shown(), 'me'), asked(shown(), 'unseemly'), kept, takeBack(shown(), NOW + 5), handIn(ofActivity, made, 'passed', social, NOW)].map(mayBeHandedOn)).toEqual([false, true, false, false, true, false, false])
  })
  test('carries a name only as long as its author says so', () => {
    expect(withName(shown(), false).author).toMatchObject({ isNamed: false })
    expect(codeOf(() => withName(handIn(ofActivity, made, 'passed', social, NOW), true))).toBe('NOT_FOUND')
  })
})

describe('a picture of an activity', () => {
  test('is out at once when the check passed it; what was held waits for somebody else', () => {
    expect(handIn(ofActivity, made, 'passed', social, NOW)).toMatchObject({ state: 'published', publishedAt: NOW })
    const held = handIn(ofActivity, made, 'held', social, NOW)
    expect(held.state).toBe('waiting')
    expect(codeOf(() => decide(held, 'publish', staff(social), social, null, NOW))).toBe('SECOND_PERSON')
  })
})

describe('who asks', () => {
  test('to be taken down hides it at once, and is answered within a day', () => {
    expect(asked(shown(), 'me')).toMatchObject({ state: 'hidden', waitsIn: 'huaguang', dueAt: NOW + 2 + TAKEN_DOWN_WITHIN })
    expect(TAKEN_DOWN_WITHIN).toBe(DAY)
  })
  test('about something unseemly is heard, and it stays until somebody has looked', () => {
    expect(asked(shown(), 'unseemly')).toMatchObject({ state: 'published', waitsIn: 'huaguang', dueAt: NOW + 2 + LOOKED_AT_WITHIN })
  })
  test('asks once until it was answered', () => {
    expect(codeOf(() => asked(asked(shown(), 'me'), 'me'))).toBe('WRONG_STATE')
    expect(asked(asked(shown(), 'me'), 'me', 'daughter').asks).toHaveLength(2)
  })
  test('upheld, it goes with its file, and everybody who asked is answered', () => {
    const gone = answerAsk(asked(asked(shown(), 'me'), 'unseemly', 'daughter'), 'ask_neighbour_me', { isUpheld: true, words: '撤下了' }, staff(social), social, NOW + 9)
    expect(gone).toMatchObject({ state: 'removed', picture: null, waitsIn: null })
    expect(gone.asks.every((one) => one.answer?.isUpheld === true)).toBe(true)
  })
  test('not upheld, it is seen again, unless somebody else still waits', () => {
    const both = asked(asked(shown(), 'me'), 'me', 'daughter')
    const one = answerAsk(both, 'ask_neighbour_me', { isUpheld: false, words: '图里是别人' }, staff(social), social, NOW + 9)
    expect(one.state).toBe('hidden')
    expect(answerAsk(one, 'ask_daughter_me', { isUpheld: false, words: '图里是别人' }, staff(social), social, NOW + 10)).toMatchObject({ state: 'published', waitsIn: null })
  })
  test('is not answered by who asked, and who put it there does not keep it alone', () => {
    expect(codeOf(() => answerAsk(asked(shown(), 'me', 'social'), 'ask_social_me', { isUpheld: true, words: '好' }, staff(social), social, NOW))).toBe('OWN_CASE')
    const theirs = asked(handIn(ofActivity, made, 'passed', social, NOW), 'me')
    expect(codeOf(() => answerAsk(theirs, 'ask_neighbour_me', { isUpheld: false, words: '不是' }, staff(social), social, NOW))).toBe('SECOND_PERSON')
    expect(answerAsk(theirs, 'ask_neighbour_me', { isUpheld: true, words: '撤下了' }, staff(social), social, NOW).state).toBe('removed')
  })
})

describe('liking', () => {
  test('counts one a person, can be taken back, and is for what others see', () => {
    const twice = like(like(like(shown(), 'a', true), 'a', true), 'b', true)
    expect(likesOf(twice)).toBe(2)
    expect(likesOf(like(twice, 'a', false))).toBe(1)
    expect(codeOf(() => like(handed(), 'a', true))).toBe('WRONG_STATE')
    expect(likesOf({ likerIds: ['a', 'a', 'b'] })).toBe(2)
  })
})

test('in whatever order people act, nothing unchecked is seen, nothing is seen that somebody on it wants gone, and a file is kept or on its way out', () => {
  const next = mulberry32(7)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  for (let run = 0; run < 400; run++) {
    let work = handIn(pick([wish, ofActivity]), made, pick(['passed', 'held'] as const), pick([elder, social]), NOW)
    for (let step = 0; step < 12; step++) {
      const acts: (() => Work)[] = [
        () => decide(work, pick(decisions), staff(pick([social, admin])), social, pick([null, '因为']), NOW + step),
        () => takeBack(work, NOW + step), () => withName(work, next() < 0.5), () => asked(work, pick(['me', 'unseemly'] as const), pick(['a', 'b', 'social'])),
        () => answerAsk(work, work.asks.length === 0 ? '' : pick(work.asks).askId, { isUpheld: next() < 0.3, words: '看过了' }, staff(pick([social, admin])), social, NOW + step), () => like(work, pick(['a', 'b']), next() < 0.7),
      ]
      const act = pick(acts)
      codeOf(() => { work = act() })
      expect({ run, step, isShownRightly: isShownRightly(work), isKept: (work.picture === null) === (work.leaves.length > 0), isAwaited: (work.waitsIn === null) === (work.dueAt === null) }).toMatchObject({ isShownRightly: true, isKept: true, isAwaited: true })
      if (work.state === 'waiting') expect(work.waitsIn).toBe('huaguang')
    }
  }
})
