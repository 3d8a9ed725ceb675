/** Safety cases of the days before, each opened, taken and closed by the people who did so, in the time that it took. */
import type { InputOf } from '../../src/contract'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'

type Closing = InputOf<'safety.close'>['how']

interface Case {
  readonly elderId: () => string
  readonly day: number
  /** called for help by this phone; left out: opened by a door that stayed shut, or a word that did not come */
  readonly calledBy?: { readonly openid: string; readonly at: string; readonly isPressedTwice?: true; readonly words?: string }
  /** who works on it, and can see it on their list */
  readonly by: string
  readonly takenAt: string
  readonly reports?: readonly { readonly at: string; readonly what: InputOf<'safety.report'>['what']; readonly words?: string }[]
  readonly closedAt: string
  readonly how: (closedAt: number) => Closing
}

/** Puts a case's scenes into the calendar. */
export function tellCase(calendar: Calendar, callAs: CallAs, its: Case): void {
  let safetyCaseId = ''
  const { calledBy, day, by } = its
  if (calledBy) {
    const call = async () => { safetyCaseId = (await callAs(calledBy.openid, 'safety.call', { elderId: its.elderId(), ...(calledBy.words === undefined ? {} : { words: calledBy.words }) })).safetyCaseId }
    calendar.scene(day, calledBy.at, call)
    if (calledBy.isPressedTwice === true) calendar.scene(day, calledBy.at, call)
  }
  calendar.scene(day, its.takenAt, async () => {
    if (safetyCaseId === '') safetyCaseId = await caseOf(callAs, by, its.elderId())
    await callAs(by, 'safety.take', { safetyCaseId, takenById: null })
  })
  for (const { at, what, words } of its.reports ?? []) {
    calendar.scene(day, at, async () => { await callAs(by, 'safety.report', { safetyCaseId, what, ...(words === undefined ? {} : { words }) }) })
  }
  calendar.scene(day, its.closedAt, async () => { await callAs(by, 'safety.close', { safetyCaseId, how: its.how(calendar.at(day, its.closedAt)) }) })
}

/** The open case of an elder on a social worker's list. */
async function caseOf(callAs: CallAs, openid: string, elderId: string): Promise<string> {
  const { safety } = await callAs(openid, 'worker.today', {})
  const found = safety.find((one) => one.elderId === elderId)
  if (!found) throw new Error(`demo data: ${openid} sees no safety case of ${elderId}`)
  return found.safetyCaseId
}
