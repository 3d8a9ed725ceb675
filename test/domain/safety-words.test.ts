/** A safety case in words: how long it is open must never read as a time of day. */
import { ladderLines, newsWords, nowWords, tickingWords } from '../../src/services/safety-words'
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

test('who telephoned in vain is not who did not answer', () => {
  const by = { byName: '李静', byMe: false, as: 'socialWorker' as const, kinship: null, words: null }
  const elder = { kind: 'elder' as const, name: '示例老人', kinship: null }
  const [line] = ladderLines({
    status: 'open', nextAt: at(580), rungsBefore: 0, rungs: [{ ...elder, at: at(560), isReached: true }],
    timeline: [{ ...by, what: 'rung', at: at(560), rung: elder }, { ...by, what: 'noAnswer', at: at(562), rung: null }],
  }, { isElder: false, elderName: '示例老人', family: null })
  expect(line?.detail).toBe('社工李静打了，没人接，09:22')
})
