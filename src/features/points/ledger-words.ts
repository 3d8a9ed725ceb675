/** Whether the books of all add up, in plain words. */
import type { OutputOf } from '@/contract'
import { spokenDay } from '@/domain/civil-time'
import { momentWords } from '@/services/timeline-words'

export type Ledger = OutputOf<'ledger.public'>

export interface LedgerWords {
  tone: 'willow' | 'gold' | 'plain'
  tag: string
  say: string
  /** when it was last looked at; null: never, or not known */
  when: string | null
}

const unfitWords: Record<NonNullable<Ledger['unfitHow']>, string> = { changed: '有一笔被改过', missing: '少了一笔', added: '多了一笔', copy: '的账和另存的封条对不上' }

/** Which day does not fit, in a sentence; what else does not add up has no day. */
const lookedAtWords = ({ unfitOn, unfitHow }: Pick<Ledger, 'unfitOn' | 'unfitHow'>): string =>
  unfitOn === null || unfitHow === null ? '有一处对不上，街道正在查。您的积分不会少' : `${spokenDay(unfitOn)}${unfitWords[unfitHow]}，街道正在查。您的积分不会少`

/** `ledger` undefined: not heard yet. */
export function ledgerWords(ledger: Ledger | undefined, now: number): LedgerWords {
  const when = ledger?.checkedAt ? momentWords(ledger.checkedAt, now) : null
  switch (ledger?.state) {
    case 'allTrue':
      return { tone: 'willow', tag: '账已核对', say: '每一笔都能查到来处，总账两清', when }
    case 'lookedAt':
      return { tone: 'gold', tag: '正在核对', say: lookedAtWords(ledger), when }
    case 'notYet':
      return { tone: 'plain', tag: '还没核对', say: '每天半夜核对一次，明早就能看到', when }
    default:
      return { tone: 'plain', tag: '积分账目', say: '发了多少、用了多少、总账对不对，都公开', when }
  }
}
