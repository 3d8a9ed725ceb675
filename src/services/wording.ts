/** What a screen says when something was refused: what happened, and what to do now. Every code has its words; the compiler checks. */
import { civilDate, clockTime, spokenDay } from '../domain/civil-time'
import { DomainError, type ErrorCode, type ErrorDetails } from '../domain/error'
import { NoAnswer } from './no-answer'

/** In words for people. */
export interface Wording {
  title: string
  next: string
}

/** 11月24日 09:00 */
const heldWords = (until: number): string => `${spokenDay(civilDate(until))} ${clockTime(until)}`

type Words = Wording | ((details: ErrorDetails) => Wording)

const wording: Record<ErrorCode, Words> = {
  UNKNOWN_ACTION: { title: '这项服务还没有开通', next: '请更新小程序后再试。' },
  BAD_INPUT: { title: '有一处没有填对', next: '请看一下填的内容，改好再试。' },
  UPDATE_REQUIRED: { title: '小程序需要更新了', next: '请关掉小程序，重新打开就会更新。' },
  NO_IDENTITY: { title: '没有认出您是谁', next: '请从微信里重新打开小程序。' },
  TERMS_REQUIRED: { title: '还没有同意隐私说明', next: '请先看一看隐私说明，同意后再用。' },
  CLAIM_REQUIRED: { title: '还不知道您是哪一位', next: '请先登记您是谁，一分钟就好。' },
  NOT_ALLOWED: { title: '这件事您现在不能办', next: '需要的话，请找社区社工帮忙。' },
  NOT_FOUND: { title: '没有找到', next: '可能已经变了。请返回上一页，再看一看。' },
  REQUEST_CONFLICT: { title: '这次的内容和上次不一样', next: '请返回上一页，重新办一次。' },
  TRY_AGAIN: { title: '这会儿人多，没有办成', next: '什么都没有改动。请再试一次。' },
  TOO_MANY_ATTEMPTS: (details) => ({ title: '试的次数太多了', next: `请${typeof details['until'] === 'number' ? `等到 ${clockTime(details['until'])}` : '过一会儿'}再试，或者找社区社工帮忙。` }),
  UNEXPECTED: { title: '没有办成', next: '请再试一次。还是不行，请给社区打电话。' },

  SLOT_FULL: (details) => typeof details['onDate'] === 'string' ? { title: `没约上，${spokenDay(details['onDate'])}那晚住满了`, next: '一晚住不下，整段都不约。请换日子。' } : { title: '没约上，最后一个名额刚被约走', next: '请换一个时间。' },
  SLOT_PAST: { title: '这个时间已经过了', next: '请选后面的时间。' },
  SLOT_CLOSED: (details) => ({ title: typeof details['onDate'] === 'string' ? `${spokenDay(details['onDate'])}那晚不能住` : '这个时间停约了', next: '请换一个时间。' }),
  OTHER_COMMUNITY: { title: '这项服务不在老人住的社区', next: '请选老人所在社区的服务。' },
  ALREADY_BOOKED: (details) => details['what'] === 'need' ? { title: '这位老人已经有一条求助', next: '先结束那一条，再发新的。' } : details['what'] === 'planItem' ? { title: '这一单已经记在计划里了', next: '请看计划里的别的样。' } : { title: '这个时间已经约过了', next: '不用再约。可以到「预约」里看。' },
  ELDER_BUSY: { title: '这个时间老人已有别的安排', next: '请换一个时间，或者先取消原来的。' },
  CANCEL_TOO_LATE: { title: '离服务太近，自己取消不了了', next: '请给社区社工打电话，由社工来定。' },
  WRONG_STATE: { title: '这一步已经变了', next: '请看最新的情况，再决定怎么办。' },
  ADDRESS_MISSING: (details) => (details['household'] === true ? { title: '还不知道是哪一户', next: '一户说一次，要先知道门牌。请在「我的」里填上，或者告诉社工。' } : { title: '还不知道送到哪扇门', next: '先填上门牌，再约。' }),
  SERIES_TOO_LONG: (details) => ({ title: '一次排得太多了', next: `一次最多排 ${String(details['most'])} 回。快做完的时候，可以再排。` }),
  SEAT_FREE: (details) => ({ title: '还有名额，不用排队', next: typeof details['remaining'] === 'number' ? `还剩 ${details['remaining']} 位，直接约就行。` : '直接约就行。' }),
  SEAT_OFFERED: (details) => ({ title: '这个名额正给您留着', next: `${typeof details['until'] === 'number' ? `留到 ${heldWords(details['until'])}。` : ''}到「候补」里点「接受」就是您的。` }),
  WAITING_ALREADY: (details) => ({ title: '已经在排队了', next: typeof details['position'] === 'number' ? `现在是第 ${details['position']} 位，轮到了会告诉您。` : '轮到了会告诉您。' }),
  QUEUE_FULL: { title: '排队的人太多了', next: '请换一个时间，或者给社区打电话。' },
  PLACES_FULL: (details) => ({ title: `已经在排 ${String(details['most'])} 个了`, next: '先退掉一个不等的，再来排。' }),
  OFFER_OVER: (details) => ({ title: '留的时间过了，名额给下一位了', next: `${typeof details['until'] === 'number' ? `留到了 ${heldWords(details['until'])}。` : ''}还想要，请再排一次。` }),
  LIMIT_OF_SERVICE: (details) => ({ title: `一个人${details['per'] === 'month' ? '一个月' : '一周'}最多约 ${String(details['most'])} 次`, next: `${typeof details['until'] === 'number' ? `${spokenDay(civilDate(details['until']))} 起的可以再约。` : ''}有特别的难处，请找社区社工。` }),
  WORKER_BUSY: (details) => ({ title: '这个时间您已经有一单', next: typeof details['from'] === 'number' && typeof details['to'] === 'number' ? `您 ${clockTime(details['from'])}–${clockTime(details['to'])} 答应了另一家，请接别的时间。` : '请接别的时间。' }),
  CUTOFF_PAST: (details) => details['of'] === 'menu' ? { title: '这一天的来不及点了', next: '请选后面的日子。' } : ({ title: '订餐时间已经过了', next: `${typeof details['until'] === 'number' ? `${clockTime(details['until'])} 截止。` : ''}厨房已经在备餐了，请订下一餐。` }),
  ALLERGEN: { title: '这道菜里有您不能吃的', next: '已经替您避开，请看下面能吃的菜。' },
  DIET_ADVICE: { title: '这道菜和饮食要求不一样', next: '可以换合适的菜。一定要这道，请再点一次。' },
  ALLERGEN_HIDDEN: { title: '菜名里有的，过敏原里没有写', next: '请把过敏原写全再发布。换了做法，请另建一道菜。' },
  ELDER_AWAY: { title: '登记的是那天不在家，先不约', next: '回来了，请先点「回家了」，再约。' },
  IDENTITY_REQUIRED: { title: '还没有核对是哪一位', next: '本人在面前就点一下；在电话里，至少问对两样。' },
  CONSENT_REQUIRED: { title: '还没有老人的同意', next: '请老人在自己手机上同意，或者告诉社区社工。' },
  WAY_MISSING: { title: '还不知道怎么取餐', next: '请选堂食、自取还是送到家。' },
  STAY_LENGTH: (details) => ({ title: `一次最多住 ${String(details['most'])} 晚`, next: '请把离开的日子改早一些。' }),
  NO_TRAINED_STAFF: (details) => typeof details['held'] === 'number' ? { title: '还有老人住着', next: '要先有另一位受过训的同事值这一晚。' } : { title: `${typeof details['onDate'] === 'string' ? spokenDay(details['onDate']) : '这一晚'}没有受过训的人值班`, next: '记忆照护床位要有人值班才能住，请换日子。' },
  LICENCE_EXPIRED: (details) => ({ title: '这家机构的证照过期了', next: `${details['untilOn'] ? `${spokenDay(String(details['untilOn']))} 到期，` : ''}换好证再接单。请先找别家。` }),
  PRICE_CHANGED: { title: '价钱刚改过', next: '请看一眼现在的价钱，再点一次。' },
  BED_TAKEN: (details) => ({ title: `${String(details['bedNo'])} 号床有人住`, next: '请换一张床。' }),
  BELOW_HELD: (details) => ({ title: '名额不能比已约的还少', next: typeof details['held'] === 'number' ? `已经约了 ${details['held']} 位，名额至少要这么多。` : '请先看已约了几位。' }),

  ALREADY_TAKEN: { title: '这一单别的同事接了', next: '请看其他还没有人接的单。' },
  TOO_EARLY: (details) => ({ title: '还没有到时间', next: typeof details['from'] === 'number' && details['from'] > 0 ? `${clockTime(details['from'])} 以后才可以。` : '请到了约定的时间再来。' }),
  DOOR_CODE_WRONG: (details) => ({
    title: typeof details['left'] === 'number' ? `数字不对，还能试 ${details['left']} 次` : '数字不对',
    next: '门码一会儿换一次。请看一眼老人或家属手机上现在的数字，再输一次。',
  }),
  DOOR_CODE_USED: { title: '这个门码已经用过了', next: '请等手机上换成新的数字，再输一次。' },
  SEEN_BEFORE_ALARM: (details) => ({ title: '那以后又有新情况', next: `${typeof details['at'] === 'number' ? `${clockTime(details['at'])} 又报了一次。` : ''}请再去看一看，写那以后见到人的时间。` }),
  OWN_CASE: { title: '自己或家里人的事，要请别人来办', next: '请交给另一位同事。' },
  EVIDENCE_INCOMPLETE: { title: '凭证还不齐', next: '请看缺了什么，先补上，或者写明原因单独处理。' },
  SESSIONS_SHORT: (details) => ({ title: `要来满 ${String(details['needed'])} 次才有证书`, next: `现在记下来了 ${String(details['attended'])} 次。` }),
  REASON_REQUIRED: { title: '还要写一句原因', next: '请写清楚为什么，再提交。' },

  POINTS_FROZEN: { title: '积分先停着，现在不能用', next: '回来了，点「回家了」就能用。有事请打给社区。' },
  POINTS_SHORT: (details) => ({ title: '积分不够', next: typeof details['balance'] === 'number' ? `现在可以用的是 ${details['balance']} 分，一分没有少。` : '一分没有少。请看看存折里还有多少。' }),
  CLOCK_BACK: { title: '系统的时间不对，先不记账', next: '一分没有少。请过一会儿再试，还是不行请告诉社区。' },
  OUT_OF_STOCK: { title: '刚刚被换完了', next: '积分没有动。请看看别的，或者等补货。' },
  LIMIT_REACHED: (details) => typeof details['works'] === 'number' ? { title: `还有 ${details['works']} 幅在等社区看`, next: '看过了再来。' } : details['hasVoted'] === true ? { title: '这一项您已经投过了', next: '每人每项只有一票，投了就不能改。' } : typeof details['waiting'] === 'number' ? { title: `您还有 ${details['waiting']} 个问题在等回复`, next: '等有了回复再问。急的事请打电话给社区。' } : typeof details['most'] === 'number' ? { title: `一个团队同时最多认领 ${details['most']} 个项目`, next: '先做完一个，再认领下一个。' } : ({ title: '已经到上限了', next: typeof details['left'] === 'number' ? `这次最多还能用 ${details['left']}。` : details['per'] === 'ever' ? '这一样每人只能换这么多，请看看别的。' : details['per'] === 'year' ? '请明年再来，或者看看别的。' : '请下个月再来，或者少一些。' }),
  NOT_OFFERED: (details) => ({ title: details['why'] === 'notYet' ? '还没开始兑换' : details['why'] === 'over' ? '兑换已经结束了' : details['why'] === 'elsewhere' ? '您的社区换不了这一样' : '现在不能换', next: '积分没有动。请看看别的。' }),
  VOUCHER_WRONG: (details) => ({ title: typeof details['left'] === 'number' ? `没有这个兑换码，还能试 ${details['left']} 次` : '没有这个兑换码', next: '请再看一眼顾客手机上的数字，重新输一次。' }),
  VOUCHER_USED: (details) => ({ title: '这个兑换码已经用过了', next: typeof details['at'] === 'number' ? `${typeof details['onDate'] === 'string' ? `${spokenDay(details['onDate'])} ` : ''}${clockTime(details['at'])} 核销过。请不要再给一份。` : '请不要再给一份。' }),
  VOUCHER_EXPIRED: (details) => ({ title: details['isReturned'] === true ? '这个兑换码已经退掉了' : '这个兑换码过期了', next: details['isReturned'] === false ? '积分会自动退回顾客的存折，请顾客重新兑换。' : '积分已经退回顾客的存折，请顾客重新兑换。' }),
  VOUCHER_ELSEWHERE: (details) => ({ title: '这个兑换码不在这里用', next: Array.isArray(details['names']) && details['names'].length > 0 ? `请顾客到${details['names'].join('、')}用。` : '请顾客看一下兑换码上写的商户。' }),
  POLICY_OVERLAP: { title: '这一天已经有一版规则了', next: '请换一个开始的日子，或者先撤回那一版。' },
  HOURS_OVERLAP: (details) => ({ title: '这段时间已经录过了', next: typeof details['from'] === 'number' && typeof details['until'] === 'number' ? `${clockTime(details['from'])}–${clockTime(details['until'])} 已有一笔${typeof details['what'] === 'string' ? `：${details['what']}，签到过的不用再补` : ''}，请核对后再录。` : '请核对后再录。' }),
  SECOND_PERSON: { title: '这一步要请另一位同事来点', next: '一个人不能又提出又批准。' },
  SKILL_MISSING: { title: '这个任务要会一样您没写的本领', next: '会的话，在「我会什么，去哪里」里补上再报名；不会就看看别的任务。' },
  LIVE_SHIFTS: { title: '您还有没做完的班次', next: '先做完，或者退掉还没开始的，再退出志愿者。' },
  TASK_FULL: { title: '没报上，最后一个位置刚被报走', next: '请看看别的志愿任务。' },

  CLAIM_CODE_WRONG: { title: '登记码不对', next: '请再看一眼社区给您的数字。' },
  CLAIM_CODE_EXPIRED: { title: '登记码过期了', next: '请让社区再给您一个新的。' },
  ALREADY_CLAIMED: { title: '这位已经登记过了', next: '如果不是您本人登记的，请到社区核对。' },
  NO_MATCH: (details) => details['why'] === 'noHardship' ? { title: '没有记着这位老人有困难', next: '先核对证明，在老人的页面记上困难情况，或者替他发一个求助。' } : details['why'] === 'planItem' ? { title: '这一单不是计划里的这一样', next: '请从计划里再点进去约。' } : details['why'] === 'notBound' ? { title: '只能给家里人', next: '先办好家人代办，再来一次。积分没有动。' } : { title: '没有找到对应的人', next: '可以先自己登记，或者到社区领登记码。' },
  UNVERIFIED: { title: '社工还没有见过您，这件事暂时办不了', next: '请带身份证到社区，让社工核对一下。' },
  DELEGATION_ENDED: { title: '代办已经结束了', next: '需要的话，请再请老人同意一次。' },
  SCOPE_MISSING: { title: '老人没有把这件事交给您办', next: '可以请老人在手机上同意，或者到社区办理。' },
  SAME_PERSON: { title: '两边是同一个人', next: '请选另一位。' },
  MERGE_CONFLICT: { title: '这两份登记合不到一起', next: '请先核对两份登记，再来合并。' },
  LIVE_BOOKINGS: { title: '还有没做完的预约', next: '请先办完或取消这些预约。' },
  CONTENT_REFUSED: { title: '这段话没有通过', next: '请换一种说法。' },
  LINK_REFUSED: (details) => ({ title: `不能放这个网址：${String(details['host'])}`, next: '只能放政府网站的网址。可以改成打电话问谁。' }),
  NOBODY_ADDRESSED: { title: '这样选，一个人也通知不到', next: '请放宽一点，比如多选一个社区或楼。写好的都还在。' },
  CORRECTED: { title: '这条通知刚刚改过', next: '请看一看新的，再按「我知道了」。' },
  ANSWERED_ALREADY: (details) => ({ title: typeof details['byName'] === 'string' && details['byName'] !== '' ? `${details['byName']}已经答过了` : '您已经填过了', next: details['unit'] === 'household' ? '一户说一次，说了就不改。家里有别的想法，可以告诉社区。' : '一人填一次，填了就不改。' }),
  SELF_ONLY: { title: '这份问卷不记名，要本人来填', next: '请让老人用自己的手机填。别人替填，就知道填了什么。' },
  FILE_REFUSED: (details) => ({
    title: details['why'] === 'tooLarge' ? '文件太大了' : details['why'] === 'missing' ? '文件没有传上来' : '文件和它的名字对不上',
    next: details['why'] === 'tooLarge' ? '请换一个 5 MB 以内的。写好的都还在。' : details['why'] === 'missing' ? '请再传一次。写好的都还在。' : '请换成 PDF、JPG 或 PNG。写好的都还在。',
  }),
}

const noAnswer: Wording = { title: '没有收到回音', next: '不知道办成了没有。请再试一次，不会重复办。' }
const noNetwork: Wording = { title: '没有网络', next: '请看一下网络。连上以后再试一次，不会重复办。' }
const unknown: Wording = { title: '没有办成', next: '请再试一次。' }

/** The words for whatever was thrown by a call; never a stack. */
export function wordingOf(error: unknown): Wording {
  if (error instanceof DomainError) {
    const words = wording[error.code] ?? unknown
    return typeof words === 'function' ? words(error.details ?? {}) : words
  }
  if (error instanceof NoAnswer) return error.isOffline ? noNetwork : noAnswer
  return unknown
}
