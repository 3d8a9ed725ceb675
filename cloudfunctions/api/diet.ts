/** Handlers of what a person must not and should not eat: kept with their own consent, and gone everywhere without it (law 9). */
import { ensure } from '../../src/domain/error'
import type { Diet } from '../../src/domain/diet'
import { askedBy, ensureIdentified } from '../../src/domain/identity'
import type { Person } from '../../src/domain/person'
import type { Standing } from '../../src/domain/role'
import { audited } from '../_server/audited'
import { entryAbout, finishAudit } from '../_server/audits'
import { aboutElder, byOf, getSubdistrict } from '../_server/people'
import { briefOf, getResident } from '../_server/residents'
import { tellRunsOfDiet } from '../_server/runs'
import { handler } from '../_server/serve'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const

async function withElder(input: { readonly elderId: string }) {
  const elder = await getResident(input.elderId)
  return { subject: aboutElder(elder), elder }
}

/** What is kept from now on. Family may only edit what was consented to. @throws CONSENT_REQUIRED */
function dietAfter(before: Diet | null, wish: { readonly consent: boolean } & Pick<Diet, 'allergens' | 'advice'>, standing: Standing, now: number): Diet | null {
  ensure(standing.relation !== 'delegate' || (before !== null && wish.consent), 'CONSENT_REQUIRED')
  if (!wish.consent) return null
  const { allergens, advice } = wish
  return { allergens: [...new Set(allergens)], advice: [...new Set(advice)], consentAt: before?.consentAt ?? now, consentHow: before?.consentHow ?? (standing.role === 'socialWorker' ? 'counter' : 'elderTap') }
}

export const dietHandlers = {
  'diet.show': handler('diet.show', {
    load: withElder,
    async run(input, { elder }, _call, standing) {
      ensureIdentified(askedBy(standing, input.asked))
      return {
        elder: briefOf(elder, await getSubdistrict(elder.subdistrictId)),
        diet: elder.diet && { allergens: [...elder.diet.allergens], advice: [...elder.diet.advice], consentAt: elder.diet.consentAt, consentHow: elder.diet.consentHow },
      }
    },
  }),

  'diet.set': audited('diet.set', {
    load: withElder,
    async run(input, { elder }, call, standing) {
      ensureIdentified(askedBy(standing, input.asked))
      await changeTogether([place<Person>('people', elder._id)], call.request, ([current]) => {
        const diet = dietAfter(current.diet, input, standing, call.now)
        return { next: [{ ...current, diet }] as const, answer: null as typeof DONE | null, audit: entryAbout(current, 'dietSet', byOf(call.actor, standing, current), call.now, diet === null ? { purpose: 'withdrawn' } : {}) }
      })
      // Runs that are made already carry what must not be eaten. They follow the record as it stands, not this request.
      await tellRunsOfDiet(await getResident(elder._id), call.today)
      await finishAudit(call.request, DONE)
      return DONE
    },
  }),
}
