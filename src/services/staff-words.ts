/** Words that only staff screens need: how old a case is, how identity was checked, what stands in the audit. */
import type { AbsenceWhy } from '@/domain/absence-why'
import type { InputOf, OutputOf } from '../contract'
import type { AuditWhat } from '../domain/audit'
import { clockTime, minuteWords } from '../domain/civil-time'
import type { DelegationScope } from '../domain/delegation'
import { DomainError, errorCodes } from '../domain/error'
import type { IdentityProof } from '../domain/identity'
import { satisfactionWords } from './timeline-words'
import { wordingOf } from './wording'

export type IdentityCheck = InputOf<'person.register'>['identityCheck']

/** How a social worker knew who stood before them. */
export const identityChecks: readonly { key: IdentityCheck; title: string; detail: string }[] = [
  { key: 'idCardSeen', title: '看了身份证', detail: '姓名、照片对得上' },
  { key: 'knownInPerson', title: '本来就认识', detail: '在社区见过面' },
  { key: 'homeVisit', title: '上门见的', detail: '到家里核对过' },
]

/** How long something has been open: 刚刚, 已 38 分钟, 已 2 小时 5 分钟, 已 3 天. */
export function openForWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `已 ${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `已 ${hours} 小时` : `已 ${hours} 小时 ${minutes % 60} 分钟`
  return `已 ${Math.floor(hours / 24)} 天`
}

/** Namesakes told apart: 华光城 · 82 岁. */
export const tellApart = (person: { readonly communityName: string; readonly age: number }): string => `${person.communityName} · ${person.age} 岁`

/** Where somebody lives; the estate is often named like its community: 华光城 12 幢 ***, 月季 · 和塘雅苑 7 幢 ***. */
export const placeWords = (communityName: string, address: string | null): string =>
  address === null || address === '' ? communityName : address.startsWith(communityName) ? address : `${communityName} · ${address}`

/** 2027年5月22日 */
export const fullDate = (date: string): string => `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

const scopes: Record<DelegationScope, string> = { book: '替老人约服务、取消、确认', readCare: '看服务记录和照护须知', alerts: '收提醒', spendPoints: '用积分' }
export const scopesWords = (given: readonly DelegationScope[]): string => given.map((scope) => scopes[scope]).join('；')

type Row = OutputOf<'worker.today'>['exceptions'][number]

/** What took place, in one line: 14:02–14:58 陈霞 · 老人满意. */
export function servedWords(row: Row): string {
  const times = row.checkedInAt === null ? '' : row.checkedOutAt === null ? `${clockTime(row.checkedInAt)} 起` : `${clockTime(row.checkedInAt)}–${clockTime(row.checkedOutAt)}`
  const said = satisfactionWords(row.satisfaction)
  return [[times, row.workerName ?? row.providerName].filter(Boolean).join(' '), said === null ? '' : `老人${said}`].filter(Boolean).join(' · ')
}

/** Why one item of many was left, from the code of its refusal. */
export function leftWords(code: string): string {
  const known = errorCodes.find((one) => one === code)
  return known ? wordingOf(new DomainError(known)).title : '没有办成'
}

/** Why a meal is on the social worker's page. */
export function mealAsksWords(row: Pick<Row, 'status' | 'meal'>): { words: string; tone: 'gold' | 'warm' | 'sos' } {
  switch (row.status) {
    case 'noContact':
      return { words: '没人开门', tone: 'sos' }
    case 'handedOver':
      return { words: '只有送餐员说送到', tone: 'gold' }
    case 'disputed':
      return { words: '老人说不对', tone: 'warm' }
    default:
      return row.meal?.way === 'delivery' ? { words: '过了时间，没人说送到', tone: 'warm' } : { words: '过了时间，没有来取', tone: 'gold' }
  }
}

const proofs: Record<IdentityProof, string> = { birthYear: '哪一年生的', building: '住哪一幢', familyName: '家里人叫什么', lastMeal: '上一餐吃的什么', inPerson: '见到本人' }
/** What is asked on the telephone, and how it is told afterwards. */
export const questionWords = (question: IdentityProof): string => proofs[question]

export type Hardship = OutputOf<'person.show'>['hardship']
export const hardshipChoices: readonly { key: Hardship; title: string; detail: string }[] = [
  { key: 'none', title: '没有', detail: '按年龄补' },
  { key: 'lowIncome', title: '低保、低收入', detail: '看过低保证或低收入证明' },
  { key: 'extreme', title: '特困', detail: '看过特困供养证' },
]

/** Where somebody is who is not at home. */
export const awayWords = (why: 'hospital' | 'away' | 'movedOut' | 'died'): string => (why === 'hospital' ? '在住院' : why === 'away' ? '不在家' : why === 'died' ? '已经去世' : '迁出了')

/** Why somebody was not there, or cannot be, as their side said. */
export const absenceWhyWords = (why: AbsenceWhy): string => ({ forgot: '忘了', hospital: '去医院', unwell: '身体不舒服', sudden: '临时有事', notHeard: '没听到敲门', other: '别的原因' })[why]

const audits: Record<AuditWhat, (about: string) => string> = {
  waitJoined: (about) => `替${about}排了候补`,
  waitLeft: (about) => `替${about}退了候补`,
  needStated: (about) => `记了${about}候补的医疗需要`,
  limitExceeded: (about) => `给${about}多约了一次，超了规定的次数`,
  workHandedIn: (about) => `替${about}交了一幅作品`,
  workTakenBack: (about) => `替${about}取回了一幅作品`,
  workNamed: (about) => `替${about}改了作品署不署名`,
  workAsked: (about) => `替${about}对一张图提了意见`,
  workDecided: (about) => `看了${about}的作品`,
  serviceSaved: (about) => `改了服务「${about}」的说明`,
  serviceHeld: (about) => `暂停了「${about}」`,
  serviceReopened: (about) => `恢复了「${about}」`,
  serviceEnded: (about) => `定了「${about}」哪天停办`,
  weeklySet: (about) => `改了「${about}」每周的时间`,
  callsAsked: (about) => `请社工为「${about}」打电话`,
  priceSet: (about) => `改了「${about}」的价格`,
  fairSet: (about) => `改了「${about}」的名额规则`,
  noticeAcknowledged: (about) => `替${about}回了「我知道了」`,
  helpAsked: (about) => `替${about}说了要帮忙`,
  surveyAnswered: (about) => `替${about}填了问卷`,
  seriesStarted: (about) => `替${about}排了每周的照护`,
  seriesSkipped: (about) => `替${about}跳过了一回照护`,
  seriesMoved: (about) => `替${about}把一回照护改了日子`,
  seriesChanged: (about) => `替${about}改了每周照护的时间`,
  seriesEnded: (about) => `替${about}停了每周的照护`,
  seriesPaused: (about) => `替${about}暂停了每周的照护`,
  seriesResumed: (about) => `替${about}恢复了每周的照护`,
  questionAsked: (about) => `替${about}在通知下面提了问题`,
  unmaskedPhone: (about) => `看了${about}的手机号`,
  unmaskedAddress: (about) => `看了${about}的地址`,
  delegationGiven: (about) => `办了${about}的家人代办`,
  addressChanged: (about) => `改了${about}的门牌`,
  moved: (about) => `记了${about}搬家`,
  delegationRefused: (about) => `没有同意${about}的代办申请`,
  delegationEnded: (about) => `停了${about}的一个家人代办`,
  claimed: (about) => `在手机上认领了${about}的登记`,
  registered: (about) => `登记了${about}`,
  seen: (about) => `见过${about}，核对了身份`,
  claimCodeIssued: (about) => `给了${about}一个登记码`,
  doorCardIssued: (about) => `给${about}做了门卡`,
  merged: (about) => `合并了${about}的两份登记`,
  erased: (about) => `注销了${about}的登记`,
  capacitySet: (about) => `改了名额：${about}`,
  dayClosed: (about) => `设为休息日：${about}`,
  dayOpened: (about) => `取消休息日：${about}`,
  wellSaid: (about) => `替${about}报了平安`,
  dailySet: (about) => `改了${about}的每天报平安`,
  kitchenSaved: (about) => `改了助餐点：${about}`,
  hardshipSet: (about) => `记了${about}的困难情况`,
  awaySet: (about) => `记了${about}不在家`,
  backHome: (about) => `记了${about}回家了`,
  movedOut: (about) => `记了${about}迁出`,
  consultAsked: (about) => `替${about}问了乐龄顾问`, consultTaken: (about) => `接了${about}的咨询`, consultPassedOn: (about) => `把${about}的咨询转了出去`, consultAnswered: (about) => `答复了${about}的咨询`, consultConsented: (about) => `记了${about}同意评估`,
  consultConsentEnded: (about) => `结束了${about}的评估同意`, consultAssessed: (about) => `给${about}做了评估`, consultPlanned: (about) => `给${about}写了照护计划`, consultItemAnswered: (about) => `答了${about}的照护计划`, consultReviewed: (about) => `回访了${about}`, consultClosed: (about) => `结束了${about}的咨询`, consultReopened: (about) => `重新问了${about}的事`,
  deathReported: (about) => `登记了${about}去世`,
  deathConfirmed: (about) => `核实了${about}去世`,
  deathWithdrawn: (about) => `撤回了${about}去世的登记`,
  farewellPoints: (about) => `照家属的意思办了${about}的积分`,
  dietSet: (about) => `记了${about}的忌口`,
  policySet: (about) => `定了助餐补贴：${about}`,
  ladderSet: (about) => `定了联络阶梯：${about}`,
  callOrderSet: (about) => `改了先打给${about}的哪位家人`,
  waysSet: (about) => `改了走到${about}要几分钟`,
  placeSaved: (about) => `改了服务圈里的${about}`,
  placeRemoved: (about) => `从服务圈里去掉了${about}`,
  dutySet: (about) => `改了${about}的值班顺序`,
  pointsPolicyProposed: (about) => `提出了积分规则：${about}`,
  pointsPolicyApproved: (about) => `同意了积分规则：${about}`,
  pointsPolicyRefused: (about) => `没有同意积分规则：${about}`,
  pointsPolicyWithdrawn: (about) => `撤回了积分规则：${about}`,
  roleGiven: (about) => `给了${about}一个岗位`,
  roleTaken: (about) => `取消了${about}的一个岗位`,
  rewardSaved: (about) => `改了兑换品：${about}`,
  pointsSpent: (about) => `替${about}用了积分`,
  pointsReturned: (about) => `替${about}退回了积分`,
  organisationRegistered: (about) => `登记了服务机构：${about}`, organisationApproved: (about) => `审核通过：${about}`, organisationRefused: (about) => `审核没有通过：${about}`, licenceAdded: (about) => `登记了证照：${about}`,
  offerWritten: (about) => `写了菜单：${about}`, offerApproved: (about) => `同意了菜单：${about}`, offerRefused: (about) => `没有同意菜单：${about}`, offerStopped: (about) => `停了菜单：${about}`,
  merchantSaved: (about) => `改了兑换商户：${about}`,
}

const acts: Readonly<Record<string, string>> = {
  booked: '替老人约了', cancelled: '替老人取消了', checkedIn: '替老人记了护理员到', checkedOut: '替老人记了护理员走', confirmed: '替老人确认了', disputed: '替老人提了疑问',
  calledBack: '打电话问过，记下做了', noShow: '记为没有到场', noAnswer: '打过电话，没人接', rejected: '没有通过核实',
  changed: '替老人改了', askedKitchen: '替老人请厨房改', substituteTaken: '替老人同意换菜', substituteRefused: '替老人不要换菜', askedOff: '替老人说来不了', delivered: '替老人说收到了', certified: '替老人领了结业证书',
}

const purposes: Readonly<Record<string, string>> = {
  visit: '为了上门', callBack: '为了电话回访', safety: '为了确认平安', counter: '在窗口办事', delivery: '为了送餐', phone: '用手机号', code: '用登记码',
  idCardSeen: '看了身份证', knownInPerson: '本来就认识', homeVisit: '上门见的',
  hospital: '住院', away: '外出', withdrawn: '不再保存',
}

const roleNames: Readonly<Record<string, string>> = { family: '家属', socialWorker: '社工', careWorker: '护理员', kitchen: '厨房', courier: '送餐员', volunteer: '志愿者', merchant: '商户', admin: '街道' }

/** 社工李静看了王秀珍的手机号; 女儿王敏替老人约了助浴; 林晓东登记了自己. */
export function auditTitle(entry: { readonly byName: string; readonly as: string; readonly kinship?: string | null; readonly what: string; readonly about: string }): string {
  const who = `${entry.kinship ?? roleNames[entry.as] ?? ''}${entry.byName}`
  const whom = entry.about === '' ? '这位居民' : entry.as === 'elder' && entry.about === entry.byName ? '自己' : entry.about
  const known = Object.entries(audits).find(([what]) => what === entry.what)
  return who + (known ? known[1](whom) : `${acts[entry.what] ?? '办了一件事：'}${entry.about}`)
}

/** What is missing, as few words as say it: when nobody was met, nothing else can be there. */
export const missingShown = <M extends string>(missing: readonly M[]): readonly M[] => {
  const notMet = missing.filter((what) => what === 'noContact')
  return notMet.length > 0 ? notMet : missing
}

/** Why it was done; for capacity the new number. */
export function purposeWords(what: string, purpose: string | null): string {
  if (purpose === null || purpose === '') return ''
  if (what === 'dailySet') return purpose === 'none' ? '不用每天报了' : `每天 ${minuteWords(Number(purpose))} 前`
  return what === 'capacitySet' ? `改成 ${purpose} 位` : (purposes[purpose] ?? purpose)
}

