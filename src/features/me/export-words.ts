/**
 * What is kept about somebody, as lines that a person can read. The copy to take along is the whole of it, as it is kept;
 * here stands what means something without explanation.
 */
import type { BookingBrief } from '@/contract'
import { civilDate, clockTime } from '@/domain/civil-time'
import { allergens, dietTags } from '@/domain/diet'
import { mealWays } from '@/domain/meal'
import { nameStatusWords } from '@/services/activity-words'
import { adviceWords, allergenWords } from '@/services/meal-words'
import { statusWords } from '@/services/timeline-words'

export interface ExportPart {
  key: string
  title: string
  lines: readonly { key: string; term: string; words: string }[]
}

type Document = Readonly<Record<string, unknown>>

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && !Array.isArray(value)
const documents = (value: unknown): readonly Document[] => (Array.isArray(value) ? value.filter(isDocument) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const moment = (value: unknown): string => (typeof value === 'number' ? `${civilDate(value)} ${clockTime(value)}` : '')

const standings: Readonly<Record<string, string>> = { verified: '见过面', unverified: '还没见过面' }

const line = (key: string, term: string, words: string) => ({ key, term, words })

/** What must not be eaten and what was advised, as kept with consent. */
function dietWords(diet: unknown): string {
  if (!isDocument(diet)) return ''
  const { allergens: avoid, advice } = diet
  const has = (list: unknown, one: string): boolean => Array.isArray(list) && list.includes(one)
  return [...allergens.filter((one) => has(avoid, one)).map((one) => `不吃${allergenWords(one)}`), ...dietTags.filter((one) => has(advice, one)).map(adviceWords)].join('、') || '没有忌口'
}

function aboutMe(person: Document, account: Document): ExportPart {
  return {
    key: 'person', title: '我',
    lines: [
      line('name', '姓名', text(person['name'])), line('birthOn', '生日', text(person['birthOn'])), line('phone', '手机', text(person['phone'])),
      line('address', '地址', text(person['address'])), line('careNotes', '照护须知', text(person['careNotes'])), line('standing', '核对', standings[text(person['standing'])] ?? ''),
      line('diet', '饮食忌口', dietWords(person['diet'])), line('dailyCheck', '每天报平安', isDocument(person['dailyCheck']) ? '约好了' : ''),
      line('registeredAt', '登记', moment(person['registeredAt'])), line('termsAt', '同意隐私说明', account['termsAt'] === undefined ? '' : `${moment(account['termsAt'])}，${text(account['termsVersion'])} 版`),
    ].filter((one) => one.words !== ''),
  }
}

const listOf = (key: string, title: string, found: readonly Document[], words: (document: Document) => { term: string; words: string }): ExportPart => ({
  key, title, lines: found.map((document, index) => ({ key: `${key}_${index}`, ...words(document) })),
})

/** The parts of an export that hold something. Text that is not what was expected gives none. */
export function exportParts(json: string): readonly ExportPart[] {
  let kept: unknown
  try {
    kept = JSON.parse(json)
  } catch {
    return []
  }
  if (!isDocument(kept)) return []
  const person = isDocument(kept['person']) ? kept['person'] : {}
  const account = isDocument(kept['account']) ? kept['account'] : {}
  const delegates = isDocument(person['delegates']) ? Object.values(person['delegates']).filter(isDocument) : []
  return [
    aboutMe(person, account),
    listOf('delegates', '能替我办事的人', delegates, (given) => ({ words: `${text(given['kinship'])}${text(given['name'])}`, term: untilWords(given) })),
    listOf('people', '我替谁办', documents(kept['people']).flatMap((elder) => (isDocument(elder['given']) ? [{ ...elder['given'], elderName: elder['name'] }] : [])), (given) => ({ words: text(given['elderName']), term: untilWords(given) })),
    listOf('bookings', '预约', documents(kept['bookings']), (booking) => ({ term: moment(booking['startsAt']), words: [text(booking['serviceName']), isDocument(booking['meal']) ? text(booking['meal']['dishName']) : '', bookingWords(booking)].filter(Boolean).join('，') })),
    listOf('lifeEvents', '住院、出门、迁出', documents(kept['lifeEvents']), (event) => ({ term: `${text(event['fromOn'])}${text(event['untilOn']) === '' ? ' 起' : ` 到 ${text(event['untilOn'])}`}`, words: event['what'] === 'hospital' ? '住院' : event['what'] === 'away' ? '出门' : '迁出' })),
    listOf('series', '每周的安排', documents(kept['series']), (series) => ({ term: `${text(series['firstOn'])} 起`, words: `${text(series['serviceName'])}，${documents(series['dates']).length} 回` })),
    listOf('works', '我的作品', documents(kept['works']).filter((work) => isDocument(work['author'])), (work) => ({ term: moment(work['at']), words: text(work['title']) })),
    listOf('messages', '给我的消息', documents(kept['messages']), (message) => ({ term: moment(message['sentAt']), words: text(message['gist']) })),
    listOf('safetyCases', '联系不上的那几次', documents(kept['safetyCases']), (safety) => ({ term: moment(safety['openedAt']), words: text(safety['words']) })),
    listOf('delegationRequests', '代办申请', documents(kept['delegationRequests']), (request) => ({ term: moment(request['at']), words: `${text(request['fromName'])} 想替 ${text(request['elderName'])} 办事` })),
  ].filter((part) => part.lines.length > 0)
}

const untilWords = (given: Document): string => (given['endedAt'] === null ? `到 ${text(given['endOn'])}` : `${moment(given['endedAt'])} 停了`)

const bookingStatuses: readonly BookingBrief['status'][] = ['booked', 'assigned', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'verified', 'partly', 'rejected', 'noContact', 'cancelled', 'noShow', 'handedOver', 'delivered']
const bookingWords = (booking: Document): string => {
  const known = bookingStatuses.find((one) => one === booking['status'])
  if (known && isDocument(booking['activity'])) return nameStatusWords(known).words
  const way = isDocument(booking['meal']) ? mealWays.find((one) => isDocument(booking['meal']) && one === booking['meal']['way']) : undefined
  return known ? statusWords(known, undefined, way ? { way } : null).words : ''
}
