/**
 * Volunteers in words, the same for every side: skills, the state of a task, a shift, a pair and a project, what happened
 * and what is still to come, and hours as people say them. Codes of the contract never reach a screen.
 */
import type * as v from 'valibot'
import type { PairView, ProjectView, ShiftBrief, ShiftRow, TaskBrief, TaskOffer, volunteerContracts } from '../contract/volunteer'
import { clockTime, minuteWords } from '../domain/civil-time'
import { serverNow } from './server-clock'
import { momentWords, proofWords, whenWords, type LineWords } from './timeline-words'

type Shift = v.InferOutput<(typeof volunteerContracts)['shift.show']['output']>
type Line = Shift['timeline'][number]
type ProjectLine = ProjectView['timeline'][number]
export type Skill = TaskBrief['skills'][number]
type Tone = 'willow' | 'warm' | 'gold' | 'sos' | 'plain'
interface Said { words: string; tone: Tone }

const skills: Record<Skill, { title: string; detail: string }> = {
  company: { title: '陪伴聊天', detail: '坐一坐，说说话' },
  escort: { title: '陪诊陪走', detail: '陪老人看病、办事' },
  errands: { title: '代买代办', detail: '买菜、取药、交费' },
  housework: { title: '打扫收拾', detail: '擦窗、洗被子' },
  cooking: { title: '做饭', detail: '在助餐点，或在老人家' },
  haircut: { title: '理发', detail: '会剪头发' },
  repairs: { title: '修修补补', detail: '换灯泡、修水龙头' },
  phoneHelp: { title: '教用手机', detail: '视频、挂号、付款' },
  teaching: { title: '教课', detail: '书法、英语、打拳' },
  arts: { title: '文艺', detail: '唱歌、跳舞、拉琴' },
  patrol: { title: '巡防', detail: '看消防、看安全' },
  firstAid: { title: '急救', detail: '学过，有证' },
}

export const skillWords = (skill: Skill): string => skills[skill].title
/** All skills as answers to choose from. */
export const skillChoices: readonly { key: Skill; title: string; detail: string }[] = (Object.keys(skills) as Skill[]).map((key) => ({ key, ...skills[key] }))
/** What a task asks for: 会陪诊陪走、急救; nothing: 谁都可以. */
export const skillsAsked = (asked: readonly Skill[]): string => (asked.length === 0 ? '谁都可以' : `要会${asked.map(skillWords).join('、')}`)

/** What a volunteer promises; each line is one sentence. */
export const PROMISE: readonly string[] = [
  '答应了就去。去不了，早一点说，让别人接。',
  '老人家里的事、身体的事，不对外说。',
  '不收老人的钱和东西，不推销。',
  '到了、走了都看码签到，做了多少写多少。',
  '碰到急事先打 120，再告诉社工。',
]

/** Served time as people say it: 45 分钟, 2 小时, 2 小时 30 分钟. */
export const minutesWords = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? `${rest} 分钟` : rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`
}
/** Hours as a figure: 0, 2, 2.5; rounded to a tenth. */
export const hoursFigure = (minutes: number): string => String(Math.round(minutes / 6) / 10)

/** How far: 走路 8 分钟; in one's own community 就在本社区; null when nobody declared it. */
export const walkWords = (minutes: number | null): string | null => (minutes === null ? null : minutes === 0 ? '就在本社区' : `走路 ${minutes} 分钟`)

/** What is left of a task: 还要 2 人, 还要 1 人（共 3 人）. */
export const seatsWords = (task: Pick<TaskBrief, 'seats' | 'remaining'>): string => (task.remaining === 0 ? '人齐了' : `还要 ${task.remaining} 人${task.seats > task.remaining ? `（共 ${task.seats} 人）` : ''}`)

const offerStates: Record<TaskOffer['state'], Said> = {
  free: { words: '可以报', tone: 'willow' },
  full: { words: '人齐了', tone: 'plain' },
  mine: { words: '您报了', tone: 'willow' },
  clash: { words: '您那时有别的安排', tone: 'gold' },
  skill: { words: '要别的本事', tone: 'plain' },
  ownCase: { words: '您家里的，请别人来', tone: 'plain' },
}
export const offerWords = (state: TaskOffer['state']): Said => offerStates[state]

const taskStates: Record<TaskBrief['status'], Said> = {
  open: { words: '在招人', tone: 'willow' },
  full: { words: '人齐了', tone: 'willow' },
  over: { words: '过去了', tone: 'plain' },
  cancelled: { words: '取消了', tone: 'plain' },
}
export const taskStateWords = (status: TaskBrief['status']): Said => taskStates[status]

const shiftStates: Record<ShiftBrief['status'], Said> = {
  claimed: { words: '报好了', tone: 'willow' },
  checkedIn: { words: '正在做', tone: 'willow' },
  checkedOut: { words: '做完了，等确认', tone: 'gold' },
  confirmed: { words: '等社工核实', tone: 'gold' },
  disputed: { words: '对方说不是这样，社工在看', tone: 'warm' },
  verified: { words: '核实了', tone: 'willow' },
  partly: { words: '核实了一部分', tone: 'warm' },
  rejected: { words: '没有通过核实', tone: 'warm' },
  givenUp: { words: '退了', tone: 'plain' },
  noShow: { words: '没有到', tone: 'warm' },
  cancelled: { words: '任务取消了', tone: 'plain' },
}
/** A shift's state; `asksMe`: the viewer is the one who is asked to confirm. */
export const shiftStateWords = (status: ShiftBrief['status'], asksMe = false): Said =>
  asksMe && status === 'checkedOut' ? { words: '等您确认', tone: 'gold' } : asksMe && status === 'claimed' ? { words: '会来', tone: 'willow' } : shiftStates[status]

const lacks: Record<ShiftRow['missing'][number], string> = {
  checkIn: '缺签到', checkOut: '缺签退', confirm: '缺对方确认', strongProof: '只有门卡，凭证较弱', disputed: '对方说不是这样',
}
export const shiftLackWords = (what: ShiftRow['missing'][number]): string => lacks[what]

/** What a shift or project brought: +60 积分, with what went to the pot; null: nothing yet. */
export function creditWords(points: ShiftBrief['points']): string | null {
  if (points === null) return null
  const over = points.excess > 0 ? `，超出上限的 ${points.excess} 进了社区爱心池` : ''
  return points.earned > 0 ? `+${points.earned} 积分${over}` : points.excess > 0 ? `${points.excess} 积分超出上限，进了社区爱心池` : '这次没有积分'
}

const roleNames: Partial<Record<Line['as'], string>> = { volunteer: '志愿者', socialWorker: '社工', admin: '街道', careWorker: '护理员' }
const whoWords = (line: Pick<Line, 'byMe' | 'as' | 'byName' | 'kinship'>): string =>
  line.byMe ? '您' : line.as === 'system' ? '' : `${line.as === 'family' ? (line.kinship ?? '家属') : (roleNames[line.as] ?? '')}${line.byName}`

const shiftLineWords: Record<Line['what'], (who: string, volunteer: string) => string> = {
  claimed: (who) => `${who}报了名`,
  givenUp: (who) => `${who}退了`,
  checkedIn: (_, volunteer) => `${volunteer}到了，签到`,
  checkedOut: (_, volunteer) => `${volunteer}做完，签退`,
  confirmed: (who) => `${who}确认来做了`,
  disputed: (who) => `${who}说不是这样`,
  late: () => '到时间没有签退，交给社工看',
  verified: (who) => `${who}核实`,
  partly: (who) => `${who}核实了一部分`,
  rejected: (who) => `${who}没有通过`,
  noShow: (who) => `${who}记下没有到`,
  cancelled: (who) => `${who}取消了任务`,
}

const proofOf = (line: Line): string | null => (line.proof === null ? null : line.proof === 'organiserTap' ? '负责人点了确认' : proofWords(line.proof))
const isBy = (line: Line): boolean => line.what === 'checkedIn' || line.what === 'checkedOut'

const shiftTodo: Partial<Record<Shift['status'], readonly string[]>> = {
  claimed: ['到了看码签到', '做完看码签退', '老人或负责人确认', '社工核实，积分入账'],
  checkedIn: ['做完看码签退', '老人或负责人确认', '社工核实，积分入账'],
  checkedOut: ['老人或负责人确认', '社工核实，积分入账'],
  confirmed: ['社工核实，积分入账'],
  disputed: ['等社工处理'],
}

/** Everything that happened in a shift and what is still to come, for the Timeline component. */
export function shiftLinesInWords(view: Shift, now: number = serverNow()): LineWords[] {
  const volunteer = view.as === 'volunteer' ? '您' : view.volunteerName
  return [
    ...view.timeline.map((line, index): LineWords => {
      const proof = isBy(line) || line.proof !== null ? proofOf(line) : null
      return {
        key: `${index}`, mark: ['disputed', 'late', 'rejected', 'noShow', 'partly'].includes(line.what) ? 'attention' : 'done',
        title: shiftLineWords[line.what](whoWords(line) || '系统', volunteer), when: momentWords(line.provedAt ?? line.at, now),
        ...(proof === null ? {} : { proof }), ...(line.words === null || line.what === 'late' ? {} : { detail: line.words }),
      }
    }),
    ...(shiftTodo[view.status] ?? []).map((title): LineWords => ({ key: title, mark: 'todo', title })),
  ]
}

const pairStates: Record<PairView['status'], Said> = {
  offered: { words: '等两边都同意', tone: 'gold' },
  active: { words: '在帮', tone: 'willow' },
  refused: { words: '没有结成', tone: 'plain' },
  ended: { words: '结束了', tone: 'plain' },
}
export const pairStateWords = (status: PairView['status']): Said => pairStates[status]

/** When a pair meets: 每周三 14:00，1 小时. */
export const pairWhenWords = (pair: Pick<PairView, 'weekday' | 'startMinute' | 'minutes'>): string =>
  `每周${'日一二三四五六'[pair.weekday] ?? ''} ${minuteWords(pair.startMinute)}，${minutesWords(pair.minutes)}`

const projectStates: Record<ProjectView['status'], Said> = {
  open: { words: '等人认领', tone: 'gold' },
  claimed: { words: '在做', tone: 'willow' },
  finished: { words: '做完了，等核实', tone: 'gold' },
  verified: { words: '核实了', tone: 'willow' },
  withdrawn: { words: '撤了', tone: 'plain' },
}
export const projectStateWords = (status: ProjectView['status']): Said => projectStates[status]

const projectLineWords: Record<ProjectLine['what'], string> = {
  published: '发布', claimed: '认领', evidence: '写了进展', finished: '说做完了', verified: '核实', sentBack: '请再补充', givenUp: '退回来了', released: '久没有消息，放开给别的队', withdrawn: '撤了项目',
}

/** What happened with a project and what is still to come. */
export function projectLinesInWords(project: ProjectView, now: number = serverNow()): LineWords[] {
  const todo: Partial<Record<ProjectView['status'], readonly string[]>> = { open: ['等一支队伍认领'], claimed: ['写进展，做完说一声', '社工核实，积分给队伍'], finished: ['社工核实，积分给队伍'] }
  return [
    ...project.timeline.map((line, index): LineWords => ({
      key: `${index}`, mark: ['sentBack', 'givenUp', 'released', 'withdrawn'].includes(line.what) ? 'attention' : 'done',
      title: line.what === 'released' ? projectLineWords.released : `${line.byMe ? '您' : line.byName}${projectLineWords[line.what]}`, when: momentWords(line.at, now),
      ...(line.words === null ? {} : { detail: line.words }),
    })),
    ...(todo[project.status] ?? []).map((title): LineWords => ({ key: title, mark: 'todo', title })),
  ]
}

/** A shift's time: as promised, or, once it was checked, from when to when. */
export const shiftTimeWords = (shift: Pick<ShiftBrief, 'startsAt' | 'endsAt' | 'checkedInAt' | 'checkedOutAt'>, now: number = serverNow()): string =>
  shift.checkedInAt !== null && shift.checkedOutAt !== null ? `${momentWords(shift.checkedInAt, now)}–${clockTime(shift.checkedOutAt)}` : whenWords(shift.startsAt, shift.endsAt, now)
