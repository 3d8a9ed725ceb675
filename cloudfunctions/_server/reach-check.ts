/** Law 6 over every notice that is live: its lines are read in pages and none of them is kept in memory. */
import { GRACE, laws, type LawCheck } from '../../src/domain/laws'
import { isLive, type Notice } from '../../src/domain/notice'
import type { Person } from '../../src/domain/person'
import { lineHolds, strayFrom } from '../../src/domain/reach-laws'
import { lineIdsOf, type Receipt } from '../../src/domain/reach'
import { eachPage } from './pages'

const SHOWN = 20
/** Lines that one check looks at; the newest notices first. */
const LINES = 200_000

export async function checkReach(notices: readonly Notice[], people: readonly Person[], now: number): Promise<LawCheck> {
  const broken: string[] = []
  let checked = 0
  for (const notice of notices.filter((one) => isLive(one, now)).sort((a, b) => b.listedAt - a.listedAt)) {
    if (checked >= LINES) break
    const lines = new Map<string, { readonly hasMovedAway: boolean }>()
    await eachPage<Receipt>('noticeReceipts', {}, undefined, (page) => {
      for (const line of page) {
        lines.set(line.personId, { hasMovedAway: line.hasMovedAway === true })
        if (!lineHolds(line, notice, now, GRACE)) broken.push(line._id)
      }
      checked += page.length
    }, lineIdsOf(notice._id))
    broken.push(...strayFrom(notice, people, (personId) => lines.get(personId) ?? null, now, GRACE))
  }
  return { law: laws.addressees, holds: broken.length === 0, checked, broken: broken.slice(0, SHOWN) }
}
