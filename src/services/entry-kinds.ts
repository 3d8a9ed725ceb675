/** Why points moved, as a table names it: a word or two for every kind of entry. */
import type { EntryKind } from '../domain/ledger'

const kinds: Record<EntryKind, string> = {
  visit: '上门服务', shift: '志愿服务', project: '项目认领', byHand: '人工加分', activity: '活动', excess: '超过上限，进爱心池', desk: '补录，等复核', deskApproved: '补录，复核过',
  hold: '兑换', settled: '领走了', cancelled: '取消兑换', lapsed: '没来领，退回', giftOut: '送出', giftIn: '收到', donatedToPot: '捐进爱心池', fromPot: '爱心池给的', mergeOut: '并户转出', mergeIn: '并户转入', expired: '过期', reversal: '冲正',
}

/** The word for a kind; a kind that this phone does not know yet is named as it is. */
export const kindWords = (kind: string): string => (kind in kinds ? kinds[kind as EntryKind] : kind)
