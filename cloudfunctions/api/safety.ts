/** Handlers of src/contract/safety.ts: safety cases, 一键呼叫, and the daily 报平安. */
import type { OutputOf } from '../../src/contract'
import { addDays, instantOf } from '../../src/domain/civil-time'
import { saidWell, setDaily } from '../../src/domain/daily-check'
import { DomainError, ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { hasRole, type Actor, type Standing } from '../../src/domain/role'
import { caseActsOf, closeCase, escalate, firstOfRound, namedOn, report, roundOf, rungAt, saysFine, takeCase, type CaseLine, type SafetyCase } from '../../src/domain/safety-case'
import { figuresOf, minutesToClosed, minutesToTaken } from '../../src/domain/safety-figures'
import { changeOnce, get } from '../_server/aggregate'
import { appendAudit, auditBefore, entryAbout } from '../_server/audits'
import { command, find, isTextAllowed, type Where } from '../_server/cloud'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf, briefOf, getResident } from '../_server/residents'
import { callForHelp, caseBrief, liveCasesOf, rungBrief } from '../_server/safety'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'

const DONE = { done: true } as const
/** Days that one look at the figures spans at most. */
const FIGURES_DAYS = 366
/** Pages of cases that one look reads at most, and cases on a page. */
const FIGURES_PAGES = 20
const FIGURES_PAGE = 1000
/** Cases that a phone is sent with the figures. */
const CASES_SHOWN = 50

async function withElder(input: { readonly elderId: string }) {
  const elder = await getResident(input.elderId)
  return { subject: aboutElder(elder), elder }
}

async function withCase(input: { readonly safetyCaseId: string }) {
  const safety = await get<SafetyCase>('safetyCases', input.safetyCaseId)
  const elder = await getPerson(safety.elderId)
  // The right of a social worker comes from where the case was opened, or from being asked by name; the family's from the elder as they stand now.
  return { subject: { ...aboutElder(elder), subdistrictId: safety.subdistrictId, communityId: safety.communityId, named: namedOn(safety) }, remembersIn: safety, safety, elder }
}

const viewerOf = (standing: Standing): 'elder' | 'family' | 'socialWorker' | 'admin' =>
  standing.role === 'socialWorker' || standing.role === 'admin' ? standing.role : standing.relation === 'self' ? 'elder' : 'family'

/** Words beside a call for help never hold it up: those that may not be shown are left out. */
async function wordsOfCall(openid: string, words: string | undefined): Promise<string> {
  if (words === undefined || words === '') return ''
  try {
    return (await isTextAllowed(openid, words)) ? words : ''
  } catch {
    return ''
  }
}

const lineView = (entry: CaseLine, safety: SafetyCase, viewer: Actor): OutputOf<'safety.show'>['timeline'][number] => ({
  what: entry.what, at: entry.at, byName: entry.by.name, byMe: entry.by.personId === viewer.personId, as: entry.by.as, kinship: entry.by.kinship,
  rung: entry.rung === null ? null : rungBrief(safety.rungs[entry.rung]), words: entry.words,
})

/** When the clock came to a rung, or will come to it as things stand. */
function timeOfRung(safety: SafetyCase, index: number): number {
  const [rung, next] = [safety.rungs[index], safety.rungs[safety.rung + 1]]
  if (index <= safety.rung || !rung) return rungAt(safety, index)
  return safety.nextAt === null || !next ? safety.openedAt + rung.afterMs : safety.nextAt + rung.afterMs - next.afterMs
}

/** Every case that was opened in a span of time; a span that is far too full ends where the last page does. */
async function casesOf(where: Where, from: number, below: number): Promise<readonly SafetyCase[]> {
  const found = new Map<string, SafetyCase>()
  for (let page = 0, since = from; page < FIGURES_PAGES; page++) {
    const cases = await find<SafetyCase>('safetyCases', { ...where, openedAt: command.gte(since).and(command.lt(below)) }, { by: 'openedAt', direction: 'asc' }, FIGURES_PAGE)
    for (const safety of cases) found.set(safety._id, safety)
    const last = cases.at(-1)
    if (cases.length < FIGURES_PAGE || !last) break
    since = last.openedAt
  }
  return [...found.values()]
}

/** A word that somebody else passed on is an act on the elder's behalf, which the elder can read (law 5). */
async function leaveEntry(elder: Person, what: 'wellSaid' | 'dailySet', call: Call, standing: Standing, purpose: string | null): Promise<void> {
  if (standing.relation === 'self') return
  const entry = entryAbout(elder, what, byOf(call.actor, standing, elder), call.now, purpose === null ? {} : { purpose })
  if (!(await appendAudit(entry, call.request, DONE))) await auditBefore(call.request, call.now)
}

/** A daily word that was missed and comes now: it is heard in the open case, which stays open until somebody made sure (law 4). */
async function hearInCases(elder: Person, heardAt: number, call: Call, standing: Standing): Promise<void> {
  const by = byOf(call.actor, standing, elder)
  for (const safety of await liveCasesOf(elder._id)) {
    // A late repetition says nothing about a case that was opened after the word was given.
    const waitsForWord = safety.reason === 'noCheckIn' || safety.also.some((what) => what.startsWith('noCheckIn_'))
    if (!waitsForWord || safety.openedAt > heardAt) continue
    try {
      await changeOnce('safetyCases', safety, call.request, (current) => ({
        next: standing.relation === 'self' ? saysFine(current, by, call.now) : report(current, 'spoke', by, null, call.now), answer: DONE,
      }))
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'WRONG_STATE')) throw error // closed meanwhile: nothing to hear any more
    }
  }
}

export const safetyHandlers = {
  'safety.call': handler('safety.call', {
    load: withElder,
    async run(input, { elder }, call, standing) {
      return callForHelp(elder, byOf(call.actor, standing, elder), await wordsOfCall(call.openid, input.words), call.request, call.now)
    },
  }),

  'safety.show': handler('safety.show', {
    load: withCase,
    async run(_input, { safety: stored }, { actor, now }, standing) {
      const subdistrict = await getSubdistrict(stored.subdistrictId)
      const safety = escalate(stored, now)
      const as = viewerOf(standing)
      const first = firstOfRound(safety)
      return {
        ...caseBrief(safety, subdistrict, actor.personId, now), as, dutyPhone: subdistrict.dutyPhone,
        timeline: safety.timeline.map((entry) => lineView(entry, safety, actor)),
        round: roundOf(safety) + 1, rungsBefore: first,
        rungs: safety.rungs.map(({ kind, name, kinship }, index) => ({ kind, name, kinship, at: timeOfRung(safety, index), isReached: index <= safety.rung })).slice(first),
        closed: safety.closed && { at: safety.closed.at, byName: safety.closed.name, how: safety.closed.how, words: safety.closed.words, finding: safety.closed.finding, seenAt: safety.closed.seenAt },
        acts: [...caseActsOf(safety, as, actor.personId)], takenById: safety.taken?.personId ?? null,
      }
    },
  }),

  'safety.take': handler('safety.take', {
    load: withCase,
    async run(input, { safety, elder }, { actor, now, request }, standing) {
      const by = byOf(actor, standing, elder)
      return (await changeOnce('safetyCases', safety, request, (current) => ({ next: takeCase(current, by, now, input.takenById), answer: DONE }))).answer
    },
  }),

  'safety.report': handler('safety.report', {
    load: withCase,
    async run(input, { safety, elder }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const by = byOf(call.actor, standing, elder)
      const words = input.words === undefined || input.words === '' ? null : input.words
      return (await changeOnce('safetyCases', safety, call.request, (current) => ({ next: report(current, input.what, by, words, call.now), answer: DONE }))).answer
    },
  }),

  'safety.saysFine': handler('safety.saysFine', {
    load: withCase,
    async run(_input, { safety, elder }, { actor, now, request }, standing) {
      const by = byOf(actor, standing, elder)
      return (await changeOnce('safetyCases', safety, request, (current) => ({ next: saysFine(current, by, now), answer: DONE }))).answer
    },
  }),

  'safety.close': handler('safety.close', {
    load: withCase,
    async run(input, { safety, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      closeCase(safety, by, input.how, call.now)
      await ensureAllowedText(call.openid, input.how.words)
      return (await changeOnce('safetyCases', safety, call.request, (current) => ({ next: closeCase(current, by, input.how, call.now), answer: DONE }))).answer
    },
  }),

  'safety.figures': handler('safety.figures', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now }) {
      ensure(input.untilOn >= input.fromOn && input.untilOn <= addDays(input.fromOn, FIGURES_DAYS), 'BAD_INPUT', { field: 'untilOn' })
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const isAdmin = hasRole(actor, 'admin')
      const communityIds = isAdmin ? subdistrict.communities.map((community) => community.communityId) : [...new Set(communitiesOf(actor))]
      const cases = await casesOf(isAdmin ? { subdistrictId: actor.subdistrictId } : { communityId: command.in(communityIds) }, instantOf(input.fromOn), instantOf(addDays(input.untilOn, 1)))
      const figures = figuresOf(cases, communityIds, now)
      return {
        placeNames: isAdmin ? [subdistrict.name] : communityIds.map((id) => communityName(subdistrict, id)), opened: figures.opened, stillOpen: figures.stillOpen, falseAlarms: figures.falseAlarms,
        byReason: figures.byReason.map((row) => ({ ...row })), within: figures.within.map((row) => ({ ...row })),
        byCommunity: figures.byCommunity.map(({ communityId, ...row }) => ({ communityName: communityName(subdistrict, communityId), ...row })),
        cases: figures.longest.slice(0, CASES_SHOWN).map((safety) => ({
          safetyCaseId: safety._id, elderName: safety.elderName, communityName: communityName(subdistrict, safety.communityId), reason: safety.reason, openedAt: safety.openedAt,
          minutesToTaken: minutesToTaken(safety), minutesToClosed: minutesToClosed(safety), finding: safety.closed?.finding ?? null,
        })),
      }
    },
  }),

  'well.check': handler('well.check', {
    load: withElder,
    async run(_input, { elder }, call, standing) {
      // Not remembered before it runs: a crash between the elder's record and the case is made good by the repetition.
      const heardAt = elder.requests[call.request.key]?.at ?? call.now
      const { answer } = await changeOnce('people', elder, call.request, (current) => {
        const next = saidWell(current, call.now)
        return { next, answer: { nextAt: next.checkDueAt } }
      })
      await leaveEntry(elder, 'wellSaid', call, standing, null)
      await hearInCases(elder, heardAt, call, standing)
      return answer
    },
  }),

  'well.setDaily': handler('well.setDaily', {
    load: withElder,
    async run(input, { elder }, call, standing) {
      const { answer } = await changeOnce('people', elder, call.request, (current) => ({ next: setDaily(current, input.byMinute, call.now), answer: DONE }))
      await leaveEntry(elder, 'dailySet', call, standing, input.byMinute === null ? 'none' : String(input.byMinute))
      return answer
    },
  }),

  'well.show': handler('well.show', {
    load: withElder,
    async run(_input, { elder }) {
      const [subdistrict, live] = await Promise.all([getSubdistrict(elder.subdistrictId), liveCasesOf(elder._id)])
      const shown = live.find((safety) => safety.reason === 'noCheckIn') ?? live[0]
      return { elder: briefOf(elder, subdistrict), byMinute: elder.dailyCheck?.byMinute ?? null, lastWellAt: elder.lastWellAt, nextAt: elder.checkDueAt, safetyCaseId: shown?._id ?? null }
    },
  }),
}
