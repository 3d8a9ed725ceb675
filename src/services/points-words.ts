/** Points as they are read aloud: numbers and dates in Chinese words, and a line of the passbook as a sentence. Knows nothing but text and numbers. */

const DIGITS = '零一二三四五六七八九'

/** 1–9999 without the units of ten thousands. */
function upToTenThousand(count: number): string {
  let words = ''
  let hasGap = false
  for (const [unit, value] of [['千', 1000], ['百', 100], ['十', 10], ['', 1]] as const) {
    const digit = Math.floor(count / value) % 10
    if (digit === 0) hasGap = words !== ''
    else {
      words += `${hasGap ? '零' : ''}${DIGITS[digit] ?? ''}${unit}`
      hasGap = false
    }
  }
  return words
}

/** A whole number as people say it: 1166 is 一千一百六十六, 12 is 十二, 2000 is 两千. */
export function chineseNumber(count: number): string {
  if (count < 0) return `负${chineseNumber(-count)}`
  if (count === 0) return DIGITS.charAt(0)
  let words = ''
  let hasGap = false
  for (const [unit, value, most] of [['亿', 1e8, Infinity], ['万', 1e4, 1e4], ['', 1, 1e4]] as const) {
    const part = Math.floor(count / value) % most
    if (part === 0) {
      hasGap = words !== ''
      continue
    }
    words += `${words !== '' && (hasGap || part < 1000) ? '零' : ''}${part >= 1e4 ? chineseNumber(part) : upToTenThousand(part)}${unit}`
    hasGap = false
  }
  return words.replace(/^一十/, '十').replace(/^二(?=[千万亿])/, '两')
}

/** A civil date `YYYY-MM-DD` as people say it: 十一月二十号; with its year, digit by digit, when it is not the year of `today`. */
export function chineseDay(date: string, today?: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const isOther = today !== undefined && today.slice(0, 4) !== year
  return `${isOther ? `${[...year].map((digit) => DIGITS[Number(digit)] ?? '').join('')}年` : ''}${chineseNumber(Number(month))}月${chineseNumber(Number(day))}号`
}

/** What is counted with 两 instead of 二. */
const MEASURES = /^ ?(小时|个|次|位|份|天|张|元|块|趟|户|瓶|袋|盒|件|场)/

/** Written words as they are said: whole numbers in Chinese, no gaps. 陪诊 2 小时 is 陪诊两小时. */
export const inChinese = (words: string): string => words
  .replace(/\d{1,3}(?:,\d{3})+|\d+/g, (digits, at: number) => {
    const count = Number(digits.replace(/,/g, ''))
    return count === 2 && MEASURES.test(words.slice(at + digits.length)) ? '两' : chineseNumber(count)
  })
  .replace(/\s+/g, '')

/** What a line did to what can be spent: 加一百二十, 减八十; nothing when it changed nothing. */
export const changeSaid = (change: number): string => (change === 0 ? '可用的没有变' : `${change > 0 ? '加' : '减'}${chineseNumber(Math.abs(change))}`)

/** A line of the passbook as it is read aloud: 十一月二十号，理发券，减八十，还剩一千一百六十六. */
export const lineSaid = (line: { onDate: string; words: string; change: number; balance: number }, today?: string): string =>
  `${chineseDay(line.onDate, today)}，${inChinese(line.words)}，${changeSaid(line.change)}，还剩${chineseNumber(line.balance)}`

/** Points as they are printed: 1,286. */
export const pointsWords = (points: number): string => `${points < 0 ? '−' : ''}${String(Math.abs(points)).replace(/\B(?=(\d{3})+$)/g, ',')}`

/** What a line did, as it is printed: +120, −80. */
export const changeWords = (change: number): string => (change > 0 ? `+${pointsWords(change)}` : change === 0 ? '0' : pointsWords(change))
