/** Files that nothing names, as sentences: what goes after a day, and what a notice that names it again keeps. */
import type { By } from '../../src/domain/booking-record'
import { DAY, instantOf } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { approve, correct, draft, rewritten, sendBack, submit, withdraw, type Notice } from '../../src/domain/notice'
import type { NoticeText } from '../../src/domain/notice-text'
import { claimed, cleared, fateOf, FILE_KEPT, going, type Upload } from '../../src/domain/upload'

const NOW = instantOf('2026-11-23', 9 * 60)
const by = (personId: string): By => ({ personId, name: personId, as: 'socialWorker', kinship: null, scope: null })
const textWith = (...files: readonly string[]): NoticeText => ({ title: '停水', body: `停水 ${files.join(' ')}`, whatToDo: null, pictures: files.map((fileId) => ({ fileId, words: '水表' })), attachments: [] })
const wishWith = (...files: readonly string[]) => ({
  level: 'ordinary' as const, audience: { communityIds: ['huaguang'], isWhole: false, buildings: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null },
  text: textWith(...files), publishAt: null, validUntil: NOW + 9 * DAY, deadlineAt: null, opensCase: false,
})
const draftWith = (...files: readonly string[]): Notice => draft('n1', 'dongliu', wishWith(...files), by('writer'), NOW)
const leavesOf = (notice: Notice): string[] => (notice.leaves ?? []).map((one) => one.fileId)

describe('a file that was noted', () => {
  const noted = (of: Upload['of']): Upload => ({ _id: 'u1', path: 'kept/a.jpg', at: NOW, of, madeBy: { key: 'k', hash: 'h' } })
  const holder = { collection: 'notices', id: 'n1' } as const
  test('is left alone for a day, whatever names it', () => {
    expect(fateOf(noted(null), new Set(), 'a', NOW + FILE_KEPT - 1)).toBe('waits')
    expect(fateOf(noted(holder), new Set(), 'a', NOW + FILE_KEPT - 1)).toBe('waits')
  })
  test('goes after it: a phone’s own, and a copy that its notice does not name', () => {
    expect(fateOf(noted(null), new Set(['a']), 'a', NOW + FILE_KEPT)).toBe('goes')
    expect(fateOf(noted(holder), new Set(['b']), 'a', NOW + FILE_KEPT)).toBe('goes')
    expect(fateOf(noted(holder), new Set(['a']), 'a', NOW + FILE_KEPT)).toBe('isHeld')
  })
})

describe('what a notice names no more', () => {
  test('leaves it for a day, and stays when it is named again', () => {
    const without = rewritten(draftWith('a', 'b'), wishWith('b'), NOW + 5)
    expect([leavesOf(without), without.sweepAt]).toEqual([['a'], NOW + 5 + FILE_KEPT])
    const again = rewritten(without, wishWith('a', 'b'), NOW + 9)
    expect([leavesOf(again), again.sweepAt]).toEqual([[], null])
    expect(going(claimed(without, NOW + 4 + FILE_KEPT))).toEqual([])
  })
  test('cannot be named again once it is claimed, neither by a draft nor by a correction', () => {
    const gone = claimed(rewritten(draftWith('a', 'b'), wishWith('b'), NOW), NOW + FILE_KEPT)
    expect(going(gone)).toEqual(['a'])
    const refusals = [() => rewritten(gone, wishWith('a'), NOW + FILE_KEPT), () => correct(submit(gone, 'passed', by('writer'), NOW + FILE_KEPT), textWith('a'), '改了', 'passed', by('writer'), NOW + FILE_KEPT)].map((run) => {
      try { return run().status } catch (error) { return error instanceof DomainError ? `${error.code} ${String(error.details?.['why'])}` : String(error) }
    })
    expect(refusals).toEqual(['FILE_REFUSED missing', 'FILE_REFUSED missing'])
    expect(rewritten(gone, wishWith('b', 'c'), NOW + FILE_KEPT).text.pictures).toHaveLength(2)
    expect(cleared(gone, ['a'])).toMatchObject({ leaves: [], sweepAt: null })
  })
  test('is nothing that was ever published, nor what still waits for a second person', () => {
    const out = submit(draftWith('a'), 'passed', by('writer'), NOW)
    const held = correct(out, textWith('b'), '改了', 'held', by('writer'), NOW)
    expect([leavesOf(held), leavesOf(approve(held, by('other'), NOW)), leavesOf(withdraw(approve(held, by('other'), NOW), '弄错了', by('other'), NOW))]).toEqual([[], [], []])
    expect(leavesOf(sendBack(held, '换一张', by('other'), NOW))).toEqual(['b'])
    expect(leavesOf(withdraw(held, '弄错了', by('other'), NOW))).toEqual(['b'])
    expect(leavesOf(sendBack(submit(draftWith('a'), 'held', by('writer'), NOW), '换一张', by('other'), NOW))).toEqual([])
  })
})
