// Small people for tests of rules: only what a test says about them matters.
import { DomainError } from '../../src/domain/error'
import type { Delegation } from '../../src/domain/delegation'
import type { Person } from '../../src/domain/person'

export const NOW = Date.UTC(2026, 10, 23, 1, 0)
export const TODAY = '2026-11-23'

export const person = (id: string, more: Partial<Person> = {}): Person => ({
  _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', name: `示例${id}`, birthOn: '1942-05-01', phone: null, address: null, livesAlone: false, standing: 'verified', seenBy: null,
  registeredAt: 1, accountId: null, careNotes: null, careNotesConsentAt: null, kinIds: [], delegates: {}, delegateIds: [], busy: [], doorCard: null, mergedInto: null, requests: {},
  diet: null, hardship: 'none', away: null, dailyCheck: null, lastWellAt: null, checkDueAt: null, subsidies: {}, ...more,
})

export const given = (personId: string, more: Partial<Delegation> = {}): Delegation => ({
  personId, name: `示例${personId}`, kinship: '女儿', scopes: ['book'], endOn: '2027-06-01', givenAt: 1, givenBy: { personId: 'elder', name: '示例', how: 'elderTap' }, endedAt: null, endedBy: null, ...more,
})

/** A person who gave these people a right. */
export const giving = (...delegations: readonly Delegation[]): Pick<Person, 'delegates' | 'delegateIds'> => ({
  delegates: Object.fromEntries(delegations.map((delegation) => [delegation.personId, delegation])), delegateIds: delegations.map((delegation) => delegation.personId),
})

/** The code of the refusal; 'OK' when nothing is refused. */
export function refusalOf(run: () => unknown): string {
  try {
    run()
    return 'OK'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}
