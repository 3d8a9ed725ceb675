/**
 * A safety case in words, the same for everyone on the ladder: why it was opened, whom the clock has come to and who is
 * next, what was done, and what it turned out to be.
 */
import type { OutputOf } from '../contract'
import { clockTime } from '../domain/civil-time'
import { momentWords, type LineWords } from './timeline-words'

export type SafetyView = OutputOf<'safety.show'>
/** A case in a list; everything that the case itself shows beside its ladder. */
export type SafetyBrief = OutputOf<'worker.today'>['safety'][number]
type Reason = SafetyBrief['reason']
type Rung = SafetyView['rungs'][number]
type CaseLine = SafetyView['timeline'][number]
export type Finding = NonNullable<SafetyView['closed']>['finding']
export type Report = Extract<CaseLine['what'], 'noAnswer' | 'spoke' | 'onTheWay' | 'called120'>

const reasons: Record<Reason, string> = { noContact: '没人开门', noCheckIn: '没有报平安', calledForHelp: '一键呼叫' }

/** Why a case was opened: 没人开门, 没有报平安, 一键呼叫. */
export const reasonWords = (reason: Reason): string => reasons[reason]

/** What it turned out to be. */
export const findingChoices: readonly { key: Finding; title: string; detail: string }[] = [
  { key: 'neededHelp', title: '需要帮忙', detail: '摔了、病了、要人照应' },
  { key: 'fine', title: '平安', detail: '人好好的，只是没联系上' },
  { key: 'falseAlarm', title: '虚惊一场', detail: '按错了，或者记错了' },
]
export const findingWords = (finding: Finding): string => findingChoices.find((one) => one.key === finding)?.title ?? ''

/** What somebody on the ladder can say of what they did. */
export const reportChoices: readonly { key: Report; title: string; question: string }[] = [
  { key: 'noAnswer', title: '没人接', question: '打了电话，没有人接？马上找下一位。' },
  { key: 'spoke', title: '说上话了', question: '和老人说上话了？' },
  { key: 'onTheWay', title: '在路上', question: '您在去的路上？' },
  { key: 'called120', title: '打了 120', question: '已经打了 120？' },
]

/** A minute and more as people say it: 不到 1 分钟, 38 分钟, 2 小时 5 分钟, 3 天. */
export function minutesWords(minutes: number): string {
  if (minutes < 1) return '不到 1 分钟'
  if (minutes < 60) return `${Math.round(minutes)} 分钟`
  const whole = Math.round(minutes)
  const hours = Math.floor(whole / 60)
  if (hours >= 24) return `${Math.floor(hours / 24)} 天`
  return whole % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${whole % 60} 分钟`
}

/** How long a case is open, ticking, in words that no clock shows: 已 42 秒, 已 20 分 46 秒, 已 2 小时 18 分, 已 3 天 2 小时. */
export function tickingWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)]
  if (minutes < 1) return `已 ${seconds} 秒`
  if (hours < 1) return `已 ${minutes} 分 ${seconds % 60} 秒`
  return hours < 24 ? `已 ${hours} 小时 ${minutes % 60} 分` : `已 ${Math.floor(hours / 24)} 天 ${hours % 24} 小时`
}

/** What is new about a case that was opened for something else, or earlier: 11:04 没人开门. Null: nothing since. */
export const newsWords = (safety: Pick<SafetyBrief, 'newest' | 'openedAt'>): string | null =>
  safety.newest.at === safety.openedAt ? null : `${momentWords(safety.newest.at)}又来一次：${reasons[safety.newest.reason]}`

/** Whoever reads: the elder is 您, and so is the family member whose turn it is. */
export interface Reader {
  isElder: boolean
  elderName: string
  /** the family member who reads; null for everybody else */
  family: { name: string; kinship: string } | null
}

/** Who stands on a rung: 女儿王敏, 值班的赵强, 120. */
function whoIsAsked(rung: Pick<Rung, 'kind' | 'name' | 'kinship'>, reader: Reader): string {
  switch (rung.kind) {
    case 'elder':
      return reader.isElder ? '您' : `${reader.elderName}本人`
    case 'family':
      return reader.family !== null && reader.family.name === rung.name && reader.family.kinship === rung.kinship ? '您' : `${rung.kinship ?? '家人'}${rung.name}`
    case 'duty':
      return `值班的${rung.name}`
    case 'next':
      return `下一位${rung.name}`
    case 'taker':
      return reader.family !== null && reader.family.name === rung.name && reader.family.kinship === rung.kinship ? '您' : `接手的${rung.name}`
    case 'emergency':
      return '120'
  }
}

/** What happens on a rung: 给女儿王敏打电话, 值班的赵强上门, 打 120. */
function asksWords(rung: Pick<Rung, 'kind' | 'name' | 'kinship'>, reader: Reader): string {
  const who = whoIsAsked(rung, reader)
  return rung.kind === 'emergency' ? '打 120' : rung.kind === 'taker' ? `告诉${who}又有事` : rung.kind === 'duty' || rung.kind === 'next' ? `请${who}上门看` : who === '您' && !reader.isElder ? '请您打电话问问' : `联系${who}`
}

/** Where the clock stands, for a card: 正在联系女儿王敏，10:20 轮到下一位. */
export function nowWords(safety: Pick<SafetyBrief, 'rung' | 'nextAt' | 'status' | 'elderName'>): string | null {
  if (safety.status === 'closed' || safety.rung === null) return null
  const reader = { isElder: false, elderName: safety.elderName, family: null }
  const current = safety.rung.kind === 'emergency' ? '该打 120 了' : `正在${asksWords(safety.rung, reader)}`
  if (safety.nextAt === null) return current
  return `${current}，${clockTime(safety.nextAt)} ${safety.rung.kind === 'emergency' ? '从头再找一遍' : '轮到下一位'}`
}

/** What somebody did while it was a rung's turn, in the fewest words. */
const outcomes: Partial<Record<CaseLine['what'], string>> = { noAnswer: '打了，没人接', spoke: '说上话了', onTheWay: '在路上', taken: '接手了', called120: '打了 120', saysFine: '说没事' }

/** What was done while each rung had its turn: the lines after the clock came to it, before it came to the next. */
function outcomesOf(timeline: readonly CaseLine[]): readonly (readonly CaseLine[])[] {
  const turns: CaseLine[][] = []
  for (const line of timeline) {
    if (line.what === 'rung') turns.push([])
    else if (outcomes[line.what] !== undefined) turns.at(-1)?.push(line)
  }
  return turns
}

/** The ladder for the Timeline component: what came of each rung, who is asked now, and who has not been asked yet. */
export function ladderLines(safety: Pick<SafetyView, 'rungs' | 'rungsBefore' | 'nextAt' | 'status' | 'timeline'>, reader: Reader): LineWords[] {
  const current = safety.rungs.reduce((last, rung, index) => (rung.isReached ? index : last), -1)
  const isOver = safety.status === 'closed'
  const turns = outcomesOf(safety.timeline).slice(safety.rungsBefore)
  return safety.rungs.filter((rung) => rung.isReached || !isOver).map((rung, index) => {
    const key = `rung_${index}`
    const title = rung.kind === 'elder' && reader.isElder ? '先问您好不好' : index === current && !isOver && rung.kind === 'emergency' ? '该打 120 了' : asksWords(rung, reader)
    if (!rung.isReached) return { key, mark: 'todo', title, when: safety.nextAt === null || index > current + 1 ? '还没轮到' : `还没轮到，${clockTime(rung.at)} 开始` }
    const turn = turns[index] ?? []
    const came = turn.map((line) => `${whoDid(line, reader)}${outcomes[line.what] ?? ''}，${clockTime(line.at)}`).join('；')
    const detail = came === '' ? {} : { detail: came }
    if (index === current && !isOver) return { key, mark: 'attention', title, when: `${clockTime(rung.at)} 起，就是现在`, ...detail }
    if (came === '') return { key, mark: isOver && index === current ? 'done' : 'attention', title, when: isOver && index === current ? clockTime(rung.at) : `${clockTime(rung.at)} 起，到时间了，没有回话` }
    return { key, mark: turn.some((line) => line.what !== 'noAnswer') ? 'done' : 'attention', title, when: clockTime(rung.at), ...detail }
  })
}

/** True when everybody had their turn this time round, and nobody took it over: only 120 and the telephone are left until it goes round again. */
export const isAtItsEnd = (safety: Pick<SafetyView, 'rungs' | 'status'>): boolean => safety.status === 'open' && safety.rungs.length > 0 && safety.rungs.every((rung) => rung.isReached)

/** What is being done, as the elder reads it; says nothing that nobody has done yet. */
export function elderWords(safety: Pick<SafetyView, 'rungs' | 'status' | 'takenByName'>): string {
  if (safety.takenByName !== null) return `${safety.takenByName}在联系您`
  if (isAtItsEnd(safety)) return '都联系过了，还没有人回话'
  if (safety.rungs.length === 0) return '已经报给社区'
  return safety.rungs.some((rung) => rung.kind === 'family') ? '正在一个一个联系家人和社区' : '正在联系社区'
}

const roleNames: Partial<Record<CaseLine['as'], string>> = { careWorker: '护理员', courier: '送餐员', kitchen: '厨房', socialWorker: '社工', admin: '街道' }

function whoDid(line: CaseLine, reader: Reader): string {
  if (line.byMe) return '您'
  if (line.as === 'elder') return reader.elderName
  return line.as === 'family' ? `${line.kinship ?? '家人'}${line.byName}` : `${roleNames[line.as] ?? ''}${line.byName}`
}

function titleOf(line: CaseLine, reason: Reason, reader: Reader): string {
  const who = whoDid(line, reader)
  switch (line.what) {
    case 'opened':
      if (reason === 'noCheckIn') return '到了约定的时间，没有报平安'
      return reason === 'calledForHelp' ? (line.as === 'elder' ? `${who}按了一键呼叫` : `${who}替${reader.isElder ? '您' : reader.elderName}呼叫`) : `${who}敲门没有人应`
    case 'pressedAgain':
      return reason === 'calledForHelp' ? `${who}又按了一次` : `${who}按了一键呼叫`
    case 'missedAgain':
      return line.as === 'system' ? '又没有报平安' : `${who}又敲门，没有人应`
    case 'saysFine':
      return `${who}说没事`
    case 'goesRound':
      return '还没有结果，从头再找一遍'
    case 'rung':
      return line.rung === null ? '轮到下一位' : `${line.rung.kind === 'emergency' ? '' : '轮到：'}${line.rung.kind === 'emergency' ? '该打 120 了' : asksWords(line.rung, reader)}`
    case 'taken':
      return line.as === 'family' ? `${who}来联系` : `${who}去看看`
    case 'noAnswer':
      return `${who}打了电话，没人接`
    case 'spoke':
      return `${who}和老人说上话了`
    case 'onTheWay':
      return `${who}在路上`
    case 'called120':
      return `${who}打了 120`
    case 'closed':
      return `${who}了结了这件事`
  }
}

/** The lines of the ladder's earlier rounds, and everything else. */
function withoutRungsFrom(timeline: readonly CaseLine[], first: number): readonly CaseLine[] {
  let rungs = 0
  return timeline.filter((line) => line.what !== 'rung' || rungs++ < first)
}

/** Everything that happened, for the Timeline component; while the ladder stands beside it, without what the ladder says. */
export const caseLines = (safety: Pick<SafetyView, 'timeline' | 'reason' | 'status' | 'rungsBefore'>, reader: Reader, now: number): LineWords[] =>
  (safety.status === 'closed' ? safety.timeline : withoutRungsFrom(safety.timeline, safety.rungsBefore)).map((line, index) => ({
    key: `${line.what}_${index}`, mark: line.what === 'noAnswer' || line.what === 'pressedAgain' || line.what === 'missedAgain' || line.what === 'goesRound' || (line.what === 'rung' && line.rung?.kind === 'emergency') ? 'attention' : 'done',
    title: titleOf(line, safety.reason, reader), when: momentWords(line.at, now), ...(line.words ? { detail: line.words } : {}),
  }))
