/**
 * A booking in words, the same for every side: what happened and what is still to come, its state, when it is, what it
 * costs, how a moment was proved and what is missing. Codes of the contract never reach a screen.
 */
import type { BookingView, TimelineLine } from '../contract'
import { addDays, civilDate, clockTime, weekday } from '../domain/civil-time'
import { serverNow } from './server-clock'

type Status = BookingView['status']
type Proof = NonNullable<TimelineLine['proof']>
type Missing = BookingView['missing'][number]
type Satisfaction = 'satisfied' | 'acceptable' | 'unsatisfied'

/** 周二 */
const weekdayWords = (date: string): string => `周${'日一二三四五六'[weekday(date)] ?? ''}`
/** 11月24日 */
const dayOfYear = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

/** A civil date as people say it: 今天 11月23日, 明天 11月24日, 11月26日 周四, and with its year when it is another one. */
export function dateWords(date: string, now: number = serverNow()): string {
  const today = civilDate(now)
  const day = date.slice(0, 4) === today.slice(0, 4) ? dayOfYear(date) : `${date.slice(0, 4)}年${dayOfYear(date)}`
  if (date === today) return `今天 ${day}`
  if (date === addDays(today, 1)) return `明天 ${day}`
  return `${day} ${weekdayWords(date)}`
}

/** A civil date in passing: 今天, 明天, 11月26日 周四. */
export const dayWords = (date: string, now: number = serverNow()): string => {
  const today = civilDate(now)
  return date === today ? '今天' : date === addDays(today, 1) ? '明天' : dateWords(date, now)
}

/** A day and a clock, when something begins or until when it holds: 今天 14:00, 明天 09:00, 11月24日 周二 14:00. */
export const beginsWords = (startsAt: number, now: number = serverNow()): string => `${dayWords(civilDate(startsAt), now)} ${clockTime(startsAt)}`

/** When a slot is: 今天 14:00–15:00, 明天 09:00–10:00, 11月24日 周二 14:00–15:00; of a stay until which day: 12月3日 周四 14:00 到 12月6日 周日 11:00. */
export const whenWords = (startsAt: number, endsAt: number, now: number = serverNow()): string =>
  civilDate(startsAt) === civilDate(endsAt) ? `${beginsWords(startsAt, now)}–${clockTime(endsAt)}` : `${beginsWords(startsAt, now)} 到 ${beginsWords(endsAt, now)}`

/** When something happened: 今天 14:02, 昨天 09:30, 11月20日 19:42. */
export function momentWords(at: number, now: number = serverNow()): string {
  const date = civilDate(at)
  const today = civilDate(now)
  const day = date === today ? '今天' : date === addDays(today, -1) ? '昨天' : date.slice(0, 4) === today.slice(0, 4) ? dayOfYear(date) : `${date.slice(0, 4)}年${dayOfYear(date)}`
  return `${day} ${clockTime(at)}`
}

/** A price in fen as people say it: 60 元, 12.5 元; nothing to pay: 不收费. */
export const priceWords = (fen: number): string => (fen === 0 ? '不收费' : `${fen % 100 === 0 ? fen / 100 : fen % 10 === 0 ? (fen / 100).toFixed(1) : (fen / 100).toFixed(2)} 元`)

const statuses: Record<Status, { words: string; tone: 'willow' | 'warm' | 'gold' | 'sos' | 'plain' }> = {
  booked: { words: '等护理员接单', tone: 'gold' },
  assigned: { words: '护理员已接单', tone: 'willow' },
  checkedIn: { words: '正在服务', tone: 'willow' },
  checkedOut: { words: '做完了，等确认', tone: 'gold' },
  confirmed: { words: '等社工核实', tone: 'gold' },
  disputed: { words: '有疑问，社工在看', tone: 'warm' },
  verified: { words: '已核实', tone: 'willow' },
  partly: { words: '核实了一部分', tone: 'warm' },
  rejected: { words: '没有通过核实', tone: 'warm' },
  noContact: { words: '没联系上老人', tone: 'sos' },
  cancelled: { words: '已取消', tone: 'plain' },
  noShow: { words: '没有到场', tone: 'plain' },
  handedOver: { words: '说送到了，等您确认', tone: 'gold' },
  delivered: { words: '收到了', tone: 'willow' },
}

/** What a care worker reads of their own visits; the other states read alike for everybody. */
const careWorkerStatuses: Partial<Record<Status, string>> = { booked: '还没人接', assigned: '您接了' }

type Meal = Pick<NonNullable<BookingView['meal']>, 'way'>

/** What reads differently of a meal. */
const mealStatuses: Partial<Record<Status, { words: string; tone: 'willow' | 'warm' | 'gold' | 'sos' | 'plain' }>> = {
  booked: { words: '订好了', tone: 'willow' },
  handedOver: { words: '说送到了，等确认', tone: 'gold' },
  noContact: { words: '敲门没有人应', tone: 'sos' },
  disputed: { words: '说没收到，社工在看', tone: 'warm' },
  rejected: { words: '没有送到', tone: 'warm' },
  noShow: { words: '没有来取', tone: 'plain' },
}

/** What each side reads of a meal, where it differs again. */
const mealStatusesOf: Partial<Record<BookingView['as'], Partial<Record<Status, string>>>> = {
  elder: { handedOver: '说送到了，等您确认' },
  kitchen: { booked: '要备的', delivered: '交到手上了' },
  courier: { booked: '要送', handedOver: '等老人确认', delivered: '送到了' },
  socialWorker: { handedOver: '只有送餐员的话', disputed: '说没收到，等您处理', delivered: '收到了' },
}

/**
 * A state in words, with the colour of its tag. `viewer` is who reads it, where that changes the words; `meal` is the
 * booking's meal, if it is one.
 */
export const statusWords = (status: Status, viewer?: BookingView['as'], meal: Meal | null = null): { words: string; tone: 'willow' | 'warm' | 'gold' | 'sos' | 'plain' } => {
  if (meal) {
    const base = mealStatuses[status] ?? statuses[status]
    const own = viewer === undefined ? undefined : mealStatusesOf[viewer]?.[status]
    return { ...base, words: own ?? (status === 'noShow' && meal.way === 'dineIn' ? '没有来吃' : base.words) }
  }
  const words = viewer === 'careWorker' ? careWorkerStatuses[status] : undefined
  return words === undefined ? statuses[status] : { ...statuses[status], words }
}

/** The same of half a day and of a stay: staff of the house receive, nobody comes to the door. */
export const bedStatusWords = (status: Status): { words: string; tone: 'willow' | 'warm' | 'gold' | 'sos' | 'plain' } =>
  status === 'booked' ? { words: '约好了', tone: 'willow' } : status === 'checkedIn' ? { words: '在那边', tone: 'willow' } : status === 'checkedOut' ? { words: '回来了，等确认', tone: 'gold' } : statusWords(status)

/** The same of any booking in a list. */
export const briefStatusWords = ({ status, kind, meal, menu }: Pick<BookingView, 'status' | 'kind' | 'meal' | 'menu'>, viewer?: BookingView['as']): ReturnType<typeof statusWords> =>
  kind === 'stay' || kind === 'dayCare' ? bedStatusWords(status) : menu && (status === 'booked' || status === 'assigned') ? (status === 'booked' ? orderStatuses[menu] : { words: '派好人了', tone: 'willow' }) : statusWords(status, viewer, meal)

/** What the organisation has said of an order from the menu. */
const orderStatuses = { asked: { words: '等机构接单', tone: 'gold' }, accepted: { words: '机构接单了', tone: 'willow' }, lost: { words: '没有机构接，社工在看', tone: 'warm' } } as const

const proofs: Record<Proof, string> = {
  doorCode: '门码', doorCard: '门卡（凭证较弱）', elderTap: '老人点了确认', familyTap: '家属点了确认', callBack: '社工电话回访', courierWord: '只有送餐员说送到', rollCall: '点名（凭证较弱）',
}

/** How a moment was proved. */
export const proofWords = (proof: Proof): string => proofs[proof]

const missing: Record<Missing, string> = {
  checkIn: '缺签到', checkOut: '缺签退', confirm: '缺老人确认', strongProof: '签到或签退的凭证较弱', disputed: '老人这边有疑问', noContact: '没联系上老人', handover: '缺送达', elderSide: '缺老人这边的确认',
}

/** What is still missing before the evidence is complete. */
export const missingWords = (what: Missing): string => missing[what]

const satisfactions: Record<Satisfaction, string> = { satisfied: '满意', acceptable: '还可以', unsatisfied: '不满意' }

/** What the elder said of a service; `null` when they said nothing of it. Free words stay as they are. */
export const satisfactionWords = (said: string | null): string | null => (said === null ? null : said in satisfactions ? satisfactions[said as Satisfaction] : said)

/** A line of {@link Timeline} in words. */
export interface LineWords {
  key: string
  mark: 'done' | 'todo' | 'attention'
  title: string
  when?: string
  proof?: string
  detail?: string
}

/** Who did it: 您, 女儿王敏, 护理员陈霞, 社工李静, 王秀珍. */
function whoWords(line: TimelineLine): string {
  if (line.byMe) return '您'
  switch (line.as) {
    case 'family':
      return `${line.kinship ?? '家属'}${line.byName}`
    case 'careWorker':
      return `护理员${line.byName}`
    case 'courier':
      return `送餐员${line.byName}`
    case 'volunteer':
      return `志愿者${line.byName}`
    case 'merchant':
      return `商户${line.byName}`
    case 'kitchen':
      return `厨房${line.byName}`
    case 'socialWorker':
      return `社工${line.byName}`
    case 'admin':
      return `街道${line.byName}`
    default:
      return line.byName
  }
}

const isElderSide = (view: BookingView): boolean => view.as === 'elder' || view.as === 'family'
/** How this viewer calls the elder: 您 when it is themself. */
const elderWords = (view: BookingView): string => (view.as === 'elder' ? '您' : view.elderName)

/** Who did it, and for whom when it was somebody else. */
const onBehalfWords = (line: TimelineLine, view: BookingView): string => (line.as === 'elder' ? whoWords(line) : `${whoWords(line)}替${elderWords(view)}`)

/** A line of a meal, where it reads differently from a visit; undefined where it does not. */
function mealTitleOf(line: TimelineLine, view: BookingView): string | undefined {
  const who = whoWords(line)
  switch (line.what) {
    case 'booked':
      return `${onBehalfWords(line, view)}订了${view.serviceName}`
    case 'calledBack':
      return `${who}打电话问过，餐收到了`
    case 'disputed':
      return line.as === 'elder' || line.as === 'family' ? `${who}说没收到` : `${who}打电话问过，说没收到`
    case 'rejected':
      return `${who}核实过，没有送到`
    case 'noShow':
      return view.meal?.way === 'dineIn' ? `${who}记为没有来吃` : `${who}记为没有来取`
    default:
      return undefined
  }
}

/** A line of an activity, where it reads differently; undefined where it does not. */
function activityTitleOf(line: TimelineLine, view: BookingView): string | undefined {
  if (line.what === 'booked') return `${onBehalfWords(line, view)}报了名`
  if (line.what === 'checkedIn') return `${whoWords(line)}${line.proof === 'rollCall' ? '点到了名' : '签到了'}${line.words === null ? '' : `，${line.words}`}`
  if (line.what === 'cancelled' && line.as === 'socialWorker') return `${whoWords(line)}取消了`
  return line.what === 'noShow' ? `${whoWords(line)}记为没有来` : undefined
}

/** A line of half a day or of a stay, where it reads differently; undefined where it does not. */
function bedTitleOf(line: TimelineLine, view: BookingView): string | undefined {
  const who = whoWords(line)
  if (line.what === 'checkedIn') return `${who}接到了${view.bed?.bedNo ? `，${view.bed.bedNo} 号床` : ''}`
  if (line.what === 'checkedOut') return `${who}送走了`
  return line.what === 'calledBack' ? `${who}打电话问过，去了` : undefined
}

/** A line of an order from the menu, where it reads differently; undefined where it does not. */
function orderTitleOf(line: TimelineLine, view: BookingView): string | undefined {
  const isStaff = line.as === 'careWorker'
  const who = isStaff && !line.byMe ? line.byName : whoWords(line)
  switch (line.what) {
    case 'booked':
      return `${onBehalfWords(line, view)}点了${view.serviceName}`
    case 'assigned':
      return `派了${who}来`
    case 'handedBack':
      return `${who}来不了，另派人`
    case 'checkedIn':
    case 'checkedOut':
      return `${isStaff ? who : `${who}说人`}${line.what === 'checkedIn' ? '到了' : '做完走了'}`
    default:
      return undefined
  }
}

function titleOf(line: TimelineLine, view: BookingView): string {
  const who = whoWords(line)
  const onBehalf = onBehalfWords(line, view)
  const ofMeal = view.kind === 'meal' ? mealTitleOf(line, view) : undefined
  if (ofMeal !== undefined) return ofMeal
  const ofActivity = view.kind === 'activity' ? activityTitleOf(line, view) : undefined
  if (ofActivity !== undefined) return ofActivity
  const ofBed = view.bed ? bedTitleOf(line, view) : undefined
  if (ofBed !== undefined) return ofBed
  const ofOrder = view.menu ? orderTitleOf(line, view) : undefined
  if (ofOrder !== undefined) return ofOrder
  switch (line.what) {
    case 'booked':
      return `${onBehalf}约了${view.serviceName}`
    case 'assigned':
      return `${who}接了单`
    case 'handedBack':
      return `${who}来不了，另找护理员`
    case 'reminded':
      return '提前提醒过了'
    case 'checkedIn':
      return line.as === 'careWorker' ? `${who}到家签到` : `${who}说护理员到了`
    case 'checkedOut': {
      const served = view.minutesServed === null ? '' : `服务 ${view.minutesServed} 分钟，`
      return line.as === 'careWorker' ? `${served}${who}签退` : `${served}${who}说护理员走了`
    }
    case 'confirmed': {
      const said = line.words !== null && line.words in satisfactions ? `「${satisfactionWords(line.words) ?? ''}」` : '做完了'
      return line.as === 'elder' ? `${line.byMe ? '您' : '老人'}确认${said}` : `${who}替${elderWords(view)}确认${said}`
    }
    case 'disputed':
      return line.as === 'family' ? `${who}替${elderWords(view)}提了疑问` : `${who}提了疑问`
    case 'calledBack':
      return `${who}打电话问过，服务做了`
    case 'noAnswer':
      return `${who}打电话回访，没有人接`
    case 'verified':
      return `${who}核实了`
    case 'partly':
      return `${who}核实了一部分`
    case 'rejected':
      return `${who}没有通过核实`
    case 'noContact':
      return `${who}敲门没有人应`
    case 'cancelled':
      return `${onBehalf}取消了`
    case 'noShow':
      return `${who}记为没有到场`
    case 'handedOver':
      return `${who}说送到了`
    case 'delivered':
      return line.as === 'courier' ? `${who}送到了` : line.as === 'kitchen' ? `${who}交到手上` : line.as === 'socialWorker' ? `${who}打电话问过，餐收到了` : `${who}说收到了`
    case 'changed':
      return `${onBehalf}改了${view.serviceName}`
    case 'rescheduled':
      return `${onBehalf}改了时间${line.movedFrom === undefined ? '' : `，原来是 ${momentWords(line.movedFrom)}`}`
    case 'extended':
    case 'shortened':
      return `${onBehalf}改成${line.untilOn ? dayOfYear(line.untilOn) : ''}离开`
    case 'askedKitchen':
      return `${onBehalf}请厨房改`
    case 'kitchenAgreed':
      return `${who}同意了`
    case 'kitchenRefused':
      return `${who}说来不及改`
    case 'substituteOffered':
      return `${who}想换一道菜`
    case 'substituteTaken':
      return `${onBehalf}同意换菜`
    case 'substituteRefused':
      return `${onBehalf}不要换菜`
    case 'askedOff':
      return `${onBehalf}说来不了`
    case 'keptOn':
      return `${who}说照样上门`
    case 'certified':
      return `${onBehalf}领了结业证书`
    case 'accepted':
      return '机构接单了'
    case 'declined':
      return '机构做不了'
    case 'passedOn':
      return line.as === 'socialWorker' ? `${who}换了一家机构` : '换了一家机构'
    case 'unanswered':
      return '没有机构接，社工会联系'
    case 'setOut':
      return `${line.byMe ? '您' : line.byName}出门了`
  }
}

const attention: readonly TimelineLine['what'][] = ['handedBack', 'disputed', 'noAnswer', 'partly', 'rejected', 'noContact', 'noShow', 'kitchenRefused', 'declined', 'unanswered']
/** A courier's word that nobody has borne out yet, and a question that waits, are not done. */
const isOpenEnded = (line: TimelineLine, index: number, view: BookingView): boolean =>
  (line.what === 'handedOver' && view.status === 'handedOver') || ((line.what === 'askedKitchen' || line.what === 'substituteOffered') && (view.order?.proposal ?? null) !== null && index === view.timeline.length - 1)

function doneLine(line: TimelineLine, index: number, view: BookingView, now: number): LineWords {
  const happenedAt = line.provedAt ?? line.at
  // A check-in that waited without signal: the proof's own time counts, and when it arrived is told beside it.
  const late = line.provedAt !== null && line.at - line.provedAt > 5 * 60_000 ? `没有信号，${momentWords(line.at, now)} 才传到` : null
  const words = line.words === null || line.words in satisfactions ? null : line.words
  const detail = [words, late].filter((part) => part !== null).join('。')
  return {
    key: `${line.what}_${index}`, mark: attention.includes(line.what) || isOpenEnded(line, index, view) ? 'attention' : 'done', title: titleOf(line, view), when: momentWords(happenedAt, now),
    ...(line.proof ? { proof: proofWords(line.proof) } : {}),
    ...(detail ? { detail } : {}),
  }
}

type Awaited = 'take' | 'checkIn' | 'checkOut' | 'confirm' | 'verify'

/** What is awaited in each state, in its order; the first is what is awaited now. */
const awaited: Partial<Record<Status, readonly Awaited[]>> = {
  booked: ['take', 'checkIn', 'checkOut', 'confirm', 'verify'],
  assigned: ['checkIn', 'checkOut', 'confirm', 'verify'],
  checkedIn: ['checkOut', 'confirm', 'verify'],
  checkedOut: ['confirm', 'verify'],
  confirmed: ['verify'],
  disputed: ['verify'],
  noContact: ['verify'],
}

function todoLine(what: Awaited, view: BookingView, now: number): LineWords {
  const worker = view.workerName === null ? (view.menu ? '机构的人' : '护理员') : view.as === 'careWorker' ? '您' : view.workerName
  const base = { key: `todo_${what}`, mark: 'todo' as const }
  if (view.bed && what === 'checkIn') return { ...base, title: `到${view.providerName}`, when: beginsWords(view.startsAt, now) }
  if (view.bed && what === 'checkOut') return { ...base, title: '离开', when: beginsWords(view.endsAt, now) }
  switch (what) {
    case 'take':
      return { ...base, title: view.menu ? (view.menu === 'accepted' ? '等机构派人' : view.menu === 'lost' ? '等社工联系' : '等机构接单') : '等护理员接单' }
    case 'checkIn':
      return { ...base, title: `等${worker}到家签到`, when: whenWords(view.startsAt, view.endsAt, now) }
    case 'checkOut':
      return { ...base, title: `等${worker}签退` }
    case 'confirm':
      return { ...base, title: view.as === 'elder' ? '等您确认' : isElderSide(view) ? `等您或${view.elderName}确认` : '等老人或家属确认' }
    case 'verify':
      if (view.status === 'disputed') return { ...base, title: view.as === 'socialWorker' ? '等您处理疑问' : '等社工处理疑问' }
      if (view.status === 'noContact') return { ...base, title: view.as === 'socialWorker' ? '等您处理' : '等社工处理' }
      return { ...base, title: view.as === 'socialWorker' ? '等您核实' : '等社工核实' }
  }
}

/** How it is shown that a meal came: by the code on a phone, or by the slip of somebody for whom it was ordered on the telephone. */
function receivedWords(view: BookingView, toWhom: string): string {
  const isOnTheTelephone = view.timeline.some((line) => line.what === 'booked' && line.as === 'socialWorker')
  if (isOnTheTelephone && !isElderSide(view)) return '看纸条上的 8 位数字'
  const shows = `把手机上的门码给${view.as === 'courier' ? '您' : toWhom}看，或者点「收到了」`
  return view.as === 'elder' ? shows : `${isElderSide(view) ? view.elderName : '老人'}${shows}`
}

const CUTOFF = '订餐截止，厨房照单备餐'

/** Lines with the cut-off put where it fell; nobody writes it down, since nothing of the order changes by it. What was cancelled before was not cooked. */
function withCutoff(lines: LineWords[], view: BookingView, now: number): LineWords[] {
  if (view.order === null || now < view.order.orderUntil) return lines
  const { orderUntil } = view.order
  const before = view.timeline.filter((line) => (line.provedAt ?? line.at) < orderUntil)
  if (before.some((line) => line.what === 'cancelled')) return lines
  return [...lines.slice(0, before.length), { key: 'cutoff', mark: 'done', title: CUTOFF, when: momentWords(orderUntil, now) }, ...lines.slice(before.length)]
}

/** What is still to come of a meal, in its order. */
function mealTodo(view: BookingView, now: number): LineWords[] {
  const { meal, order } = view
  if (!meal || !order) return []
  const todo = (key: string, title: string, more: { when?: string } = {}): LineWords => ({ key: `todo_${key}`, mark: 'todo', title, ...more })
  const isAtStaff = view.as === 'socialWorker'
  switch (view.status) {
    case 'booked': {
      const site = meal.siteName ?? '助餐点'
      const courier = view.as === 'courier' ? '您' : order.courierName === null ? '送餐员' : `送餐员${order.courierName}`
      return [
        ...(now < order.orderUntil ? [todo('cutoff', CUTOFF, { when: beginsWords(order.orderUntil, now) })] : []),
        meal.way === 'delivery' ? todo('bring', `${courier}送到家`, { when: whenWords(view.startsAt, view.endsAt, now) }) : todo('fetch', meal.way === 'pickUp' ? `到${site}自取` : `在${site}吃`, { when: whenWords(view.startsAt, view.endsAt, now) }),
        todo('received', receivedWords(view, meal.way === 'delivery' ? '送餐员' : '助餐点')),
      ]
    }
    case 'handedOver':
      return [todo('received', view.as === 'elder' ? '等您说一声，收到没有' : isElderSide(view) ? `等您或${view.elderName}说一声，收到没有` : isAtStaff ? '等您打电话问一声' : '等老人说一声')]
    case 'disputed':
    case 'noContact':
      return [todo('decide', isAtStaff ? '等您处理' : '等社工处理')]
    default:
      return []
  }
}

/** 积分入账 +60, once the visit was verified; what was over a cap says where it went. */
function earnedLines({ earned }: BookingView): LineWords[] {
  if (!earned) return []
  const over = earned.excess > 0 ? `到了上限，多出的 ${earned.excess} 分进社区爱心池` : ''
  return [{ key: 'earned', mark: 'done', title: earned.amount > 0 ? `积分入账 +${earned.amount}` : '积分到了上限', ...(over ? { detail: over } : {}) }]
}

/** Everything that happened and what is still to come, for the Timeline component. */
export function timelineLines(view: BookingView, now: number = serverNow()): LineWords[] {
  return [
    ...withCutoff(view.timeline.map((line, index) => doneLine(line, index, view, now)), view, now),
    ...earnedLines(view),
    ...(view.kind === 'activity' ? [] : view.kind === 'meal' ? mealTodo(view, now) : (awaited[view.status] ?? []).filter((what) => !view.bed || what !== 'take').map((what) => todoLine(what, view, now))),
  ]
}
