/** What is read aloud from the passbook: an elder who cannot read it must hear the same. */
import fc from 'fast-check'
import { changeWords, chineseDay, chineseNumber, inChinese, lineSaid, pointsWords } from '../../src/services/points-words'

test('numbers are said as people say them', () => {
  const said = {
    0: '零', 5: '五', 10: '十', 12: '十二', 20: '二十', 40: '四十', 99: '九十九', 100: '一百', 101: '一百零一', 110: '一百一十', 112: '一百一十二', 200: '二百', 1000: '一千', 1001: '一千零一', 1010: '一千零一十',
    1166: '一千一百六十六', 1286: '一千二百八十六', 2000: '两千', 2200: '两千二百', 10_000: '一万', 10_001: '一万零一', 12_000: '一万二千', 20_000: '两万', 20_050: '两万零五十', 100_000: '十万', 100_100: '十万零一百', 101_000: '十万一千', 120_304: '十二万零三百零四',
    1_000_000: '一百万', 100_000_000: '一亿', 100_001_000: '一亿零一千', 100_010_000: '一亿零一万',
  }
  expect(Object.keys(said).map((count) => chineseNumber(Number(count)))).toEqual(Object.values(said))
  expect(chineseNumber(-80)).toBe('负八十')
})

/** Understands what was said, without the code that says it. */
function heard(words: string): number {
  const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
  let [total, group, digit] = [0, 0, 0]
  for (const sign of words) {
    if (sign === '零') continue
    const unit = units[sign]
    if (unit !== undefined) {
      group += (digit || 1) * unit
      digit = 0
    } else if (sign === '万' || sign === '亿') {
      total = (total + group + digit) * (sign === '万' ? 1e4 : 1e8)
      ;[group, digit] = [0, 0]
    } else digit = sign === '两' ? 2 : '零一二三四五六七八九'.indexOf(sign)
  }
  return total + group + digit
}

test('whatever a balance is, it is heard as it was', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999 }), (count) => { expect(heard(chineseNumber(count))).toBe(count) }), { seed: 4, numRuns: 2000 })
})

test('days are said with 号, of another year with the year', () => {
  expect(chineseDay('2026-11-20')).toBe('十一月二十号')
  expect(chineseDay('2026-02-05', '2026-11-23')).toBe('二月五号')
  expect(chineseDay('2025-12-31', '2026-11-23')).toBe('二零二五年十二月三十一号')
})

test('a line of the passbook is one sentence', () => {
  expect(lineSaid({ onDate: '2026-11-20', words: '理发券', change: -80, balance: 1166 })).toBe('十一月二十号，理发券，减八十，还剩一千一百六十六')
  expect(lineSaid({ onDate: '2026-11-23', words: '陪诊 2 小时', change: 120, balance: 1286 })).toBe('十一月二十三号，陪诊两小时，加一百二十，还剩一千二百八十六')
  expect(lineSaid({ onDate: '2026-11-23', words: '理发券用掉了', change: 0, balance: 1286 })).toBe('十一月二十三号，理发券用掉了，可用的没有变，还剩一千二百八十六')
})

test('numbers inside words are said too', () => {
  expect(inChinese('用于助浴 1 次')).toBe('用于助浴一次')
  expect(inChinese('一共 1,286 分，12 个月')).toBe('一共一千二百八十六分，十二个月')
  expect(inChinese('22 个')).toBe('二十二个')
})

test('points are printed with signs that stand out', () => {
  expect([1286, 0, -80, 1_234_567].map(pointsWords)).toEqual(['1,286', '0', '−80', '1,234,567'])
  expect([120, -80, 0].map(changeWords)).toEqual(['+120', '−80', '0'])
})
