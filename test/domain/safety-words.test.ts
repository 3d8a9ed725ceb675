/** A safety case in words: how long it is open must never read as a time of day. */
import { newsWords, nowWords, tickingWords } from '../../src/services/safety-words'
import { instantOf } from '../../src/domain/civil-time'

const at = (minute: number): number => instantOf('2026-11-23', minute)

test.each([[0, '已 0 秒'], [42_999, '已 42 秒'], [1_246_000, '已 20 分 46 秒'], [8_298_000, '已 2 小时 18 分'], [93_600_000 * 2.5, '已 2 天 17 小时']])('open for %i ms: %s', (ms, words) => expect(tickingWords(ms)).toBe(words))

test('what came since a case was opened stands with its time; nothing where nothing came', () => {
  expect(newsWords({ openedAt: at(532), newest: { reason: 'noContact', at: at(532), words: '' } })).toBeNull()
  expect(newsWords({ openedAt: at(532), newest: { reason: 'calledForHelp', at: at(665), words: '' } })).toContain('11:05')
})

test('at 120 it says when everybody is asked again', () => {
  expect(nowWords({ status: 'open', elderName: '示例老人', rung: { kind: 'emergency', name: '', kinship: null }, nextAt: at(665) })).toBe('该打 120 了，11:05 从头再找一遍')
})
