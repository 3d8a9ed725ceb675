/** Lines of 谁替我办了什么 as sentences that can be read aloud (laws 5 and 9). Every code has its words. */
import type { ItemOf } from '@/services/use-pages'
import { minuteWords } from '@/domain/civil-time'
import { momentWords } from '@/services/timeline-words'

type Item = ItemOf<'account.log'>

/** What an act was about ends with the service: 11月29日的午餐. */
const isMeal = (about: string): boolean => /[午晚]餐$/u.test(about)

const done: Readonly<Record<string, (about: string) => string>> = {
  booked: (about) => `替您${isMeal(about) ? '订' : '约'}了${about}`,
  cancelled: (about) => `替您取消了${about}`,
  checkedIn: (about) => `替您点了${about}的护理员到了`,
  checkedOut: (about) => `替您点了${about}的护理员走了`,
  confirmed: (about) => `替您确认了${about}做完`,
  disputed: (about) => (isMeal(about) ? `替您说${about}没收到` : `替您对${about}提了疑问`),
  calledBack: (about) => (isMeal(about) ? `打电话问过您，记下${about}收到了` : `打电话问过您，记下${about}做了`),
  noShow: (about) => (isMeal(about) ? `记了${about}没有来取` : `记了${about}您没有到场`),
  changed: (about) => `替您改了${about}`,
  rescheduled: (about) => `替您改了时间，现在是${about}`,
  passedOn: (about) => `替您换了一家机构，${about}`,
  extended: (about) => `替您改成晚些离开，现在是${about}`,
  shortened: (about) => `替您改成提前离开，现在是${about}`,
  askedKitchen: (about) => `替您问了厨房，${about}能不能改`,
  substituteTaken: (about) => `替您同意了${about}换菜`,
  askedOff: (about) => `替您说了${about}来不了`,
  substituteRefused: (about) => `替您说了${about}不换菜`,
  delivered: (about) => `替您说${about}收到了`,
  unmaskedPhone: () => '看了您的手机号',
  unmaskedAddress: () => '看了您的地址',
  delegationGiven: () => '在社区当面办了家人代办',
  addressChanged: () => '替您改了门牌',
  moved: () => '记了您搬到别的社区',
  delegationRefused: () => '没有同意一个代办的申请',
  delegationEnded: () => '停掉了一个家人代办',
  claimed: () => '在一部手机上认领了您的登记',
  registered: () => '给您做了登记',
  seen: () => '见过您，核对了身份',
  claimCodeIssued: () => '给了您一个登记码',
  doorCardIssued: () => '给您做了门卡',
  merged: () => '把您的两份登记合成了一份',
  erased: () => '注销了登记',
  hardshipSet: () => '记了您的困难情况',
  awaySet: () => '记了您不在家，餐先停下',
  backHome: () => '记了您回家了',
  movedOut: () => '记了您迁出',
  deathReported: () => '登记了去世，等第二个人核实', deathConfirmed: () => '核实了去世', deathWithdrawn: () => '撤回了登记', farewellPoints: () => '照家属的意思办了积分',
  dietSet: () => '记了您的忌口',
  pointsSpent: () => '替您用了积分',
  pointsReturned: () => '替您退回了积分',
  consultAsked: () => '替您问了乐龄顾问', consultTaken: () => '接了您的咨询', consultPassedOn: () => '把您的咨询转给了别的顾问', consultAnswered: () => '答复了您的咨询', consultConsented: () => '记了您同意评估',
  consultConsentEnded: () => '删掉了评估的答案', consultAssessed: () => '给您做了评估', consultPlanned: () => '给您写了照护计划', consultItemAnswered: () => '替您答了照护计划', consultReviewed: () => '回访了照护计划', consultClosed: () => '结束了您的咨询', consultReopened: () => '替您接着问乐龄顾问',
  waitJoined: () => '替您排了候补',
  waitLeft: () => '替您退了候补',
  needStated: () => '经您同意，改了候补里的医疗需要',
  workHandedIn: () => '替您交了一幅作品',
  workTakenBack: () => '替您取回了一幅作品',
  workNamed: () => '替您改了作品署不署名',
  workAsked: () => '替您对一张图提了意见',
  workDecided: () => '看了您交的作品',
  limitExceeded: () => '给您多约了一次，超了规定的次数',
  noticeAcknowledged: () => '替您对一条通知说了「我知道了」',
  helpAsked: () => '替您说了要帮忙',
  surveyAnswered: () => '替您填了一份问卷',
  questionAsked: () => '替您在一条通知下面提了问题',
  seriesStarted: () => '替您排了每周的照护',
  seriesSkipped: () => '替您跳过了一回照护',
  seriesMoved: () => '替您把一回照护改了日子',
  seriesChanged: () => '替您改了每周照护的时间',
  seriesEnded: () => '替您停了每周的照护',
  seriesPaused: () => '替您暂停了每周的照护',
  seriesResumed: () => '替您恢复了每周的照护',
  wellSaid: () => '替您报了平安',
  dailySet: () => '替您改了每天报平安',
}

/** What reads differently of a name on the list of an activity. */
const ofActivity: Readonly<Record<string, (about: string) => string>> = {
  booked: (about) => `替您报了${about}`,
  cancelled: (about) => `退了您报的${about}`,
  checkedIn: (about) => `点名记下您到了${about}`,
  noShow: (about) => `记了您没有去${about}`,
  certified: (about) => `替您领了${about}的结业证书`,
}

const purposes: Readonly<Record<string, string>> = {
  visit: '为了上门', callBack: '为了打电话回访', safety: '为了确认您平安', counter: '在社区窗口办事', delivery: '为了送餐',
  idCardSeen: '看了身份证', knownInPerson: '本来就认识', homeVisit: '上门见的面', phone: '用手机号', code: '用登记码',
}

/** By when a word is awaited every day, as it stands in the entry: a civil minute, or none. */
const dailyWords = (purpose: string): string => (purpose === 'none' ? '不用每天报了' : `每天 ${minuteWords(Number(purpose))} 前`)

/** Which right a family member used. */
const scopes: Readonly<Record<string, string>> = { book: '您同意代办预约', readCare: '您同意看记录', alerts: '您同意收提醒', spendPoints: '您同意用积分' }

function whoWords(item: Item): string {
  switch (item.as) {
    case 'family':
      return `${item.kinship ?? '家人'}${item.byName}`
    case 'socialWorker':
      return `社工${item.byName}`
    case 'careConsultant':
      return `顾问${item.byName}`
    case 'careWorker':
      return `护理员${item.byName}`
    case 'courier':
      return `送餐员${item.byName}`
    case 'volunteer':
      return `志愿者${item.byName}`
    case 'merchant':
      return `商户${item.byName}`
    case 'kitchen':
      return `厨房${item.byName}`
    case 'admin':
      return `街道${item.byName}`
    default:
      return item.byName
  }
}

/** 女儿王敏替您约了助浴 */
export const logTitle = (item: Item): string => `${whoWords(item)}${((item.isActivity === true ? ofActivity[item.what] : undefined) ?? done[item.what] ?? ((about) => `办了一件事${about}`))(item.about)}`

/** Of points what they went for; of everything else the purpose that was named. */
function whyWords({ what, purpose }: Item): string {
  if (purpose === null) return ''
  if (what === 'dailySet') return dailyWords(purpose)
  return what.startsWith('series') || what.startsWith('work') || ['pointsSpent', 'pointsReturned', 'noticeAcknowledged', 'helpAsked', 'surveyAnswered', 'questionAsked', 'waitJoined', 'waitLeft', 'needStated', 'limitExceeded', 'consultItemAnswered'].includes(what) ? purpose : (purposes[purpose] ?? '')
}

/** 今天 09:30 · 您同意代办预约 */
export const logDetail = (item: Item): string =>
  [momentWords(item.at), whyWords(item), item.scope === null ? '' : (scopes[item.scope] ?? '')].filter(Boolean).join(' · ')

/** A line as it is read aloud. */
export const logAloud = (item: Item): string => `${momentWords(item.at)}，${logTitle(item)}。`
