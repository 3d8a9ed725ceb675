/** Handlers of src/contract/staff.ts: roles that an administrator gives and takes. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import { givenRoles } from '../../src/contract/staff'
import { MEMORY_TRAINING } from '../../src/domain/bed-terms'
import { isResident } from '../../src/domain/claim'
import { DomainError, ensure } from '../../src/domain/error'
import { gridKeyOf } from '../../src/domain/grid'
import type { Kitchen } from '../../src/domain/kitchen'
import { maskPhone, type Person } from '../../src/domain/person'
import type { Merchant } from '../../src/domain/reward'
import { hasRole, type RoleGrant } from '../../src/domain/role'
import type { Provider, Subdistrict } from '../../src/domain/service-item'
import { withGrant, withoutGrant } from '../../src/domain/staff'
import { actorOf, type Account } from '../_server/accounts'
import { remembered } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { command, find } from '../_server/cloud'
import { byOf, communityName, getSubdistrict } from '../_server/people'
import { ensureCommunity, getResident } from '../_server/residents'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { placesOfGrant } from '../_server/staff'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
/** Far more than a subdistrict employs, works with, or has of one name. */
const STAFF_AT_MOST = 500
const PLACES_AT_MOST = 300
const FOUND_AT_MOST = 20

type Given = (typeof givenRoles)[number]
type Staff = OutputOf<'staff.list'>
type Place = OutputOf<'staff.list'>['places'][number]
type Member = OutputOf<'staff.list'>['people'][number]

const isGiven = (grant: RoleGrant): grant is RoleGrant & { readonly role: Given } => (givenRoles as readonly string[]).includes(grant.role)

/** Where roles can be given: a kitchen has its staff and couriers, a merchant its own, every other provider care workers. */
async function placesOf(subdistrictId: string): Promise<Place[]> {
  const [providers, kitchens, merchants] = await Promise.all([
    find<Provider>('providers', { subdistrictId }, null, PLACES_AT_MOST), find<Kitchen>('kitchens', { subdistrictId }, null, PLACES_AT_MOST, ['subdistrictId']), find<Merchant>('merchants', { subdistrictId }, null, PLACES_AT_MOST, ['name']),
  ])
  const rolesOf = (id: string): Given[] => {
    const isKitchen = kitchens.some((kitchen) => kitchen._id === id)
    const isMerchant = merchants.some((merchant) => merchant._id === id)
    return [...(isKitchen ? (['kitchen', 'courier'] as const) : []), ...(isMerchant ? (['merchant'] as const) : []), ...(isKitchen || isMerchant ? [] : (['careWorker'] as const))]
  }
  const known = [...providers.map(({ _id, name }) => ({ _id, name })), ...merchants.filter((merchant) => !providers.some((provider) => provider._id === merchant._id)).map(({ _id, name }) => ({ _id, name }))]
  return known.map(({ _id, name }) => ({ providerId: _id, name, roles: rolesOf(_id) }))
}

function memberOf(person: Person, account: Account, subdistrict: Subdistrict, places: readonly Place[], call: Call): Member {
  const isMe = person._id === call.actor.personId
  const nameOf = (grant: RoleGrant): string =>
    grant.role === 'admin' ? subdistrict.name : grant.role === 'socialWorker' || grant.role === 'careConsultant' ? placesOfGrant(grant, subdistrict) : (places.find((one) => one.providerId === grant.providerId)?.name ?? '')
  return {
    personId: person._id, name: person.name, communityName: communityName(subdistrict, person.communityId), phoneMasked: person.phone === null ? null : maskPhone(person.phone), isMe,
    roles: account.grants.filter(isGiven).map((grant) => ({ role: grant.role, providerId: grant.providerId ?? null, communityIds: [...(grant.communityIds ?? [])], grids: [...(grant.grids ?? [])], placeName: nameOf(grant), isTrained: grant.role === 'careWorker' && grant.skills?.includes(MEMORY_TRAINING) === true, canRevoke: !(isMe && grant.role === 'admin') })),
  }
}

const gridsOf = (subdistrict: Subdistrict): Staff['grids'] =>
  subdistrict.communities.flatMap((community) => (community.grids ?? []).map(({ name }) => ({ key: gridKeyOf(community.communityId, name), name, communityName: community.name })))

/** A role with a place that is really here. @throws BAD_INPUT {field}, NO_MATCH */
async function grantOf(input: ParsedOf<'staff.grant'>, subdistrict: Subdistrict): Promise<RoleGrant> {
  if (input.role === 'admin') return { role: 'admin' }
  if (input.role === 'socialWorker') {
    ensure(input.communityIds !== undefined, 'BAD_INPUT', { field: 'communityIds' })
    for (const communityId of input.communityIds) ensureCommunity(subdistrict, communityId)
    return { role: 'socialWorker', communityIds: [...new Set(input.communityIds)] }
  }
  if (input.role === 'careConsultant') {
    const { communityIds = [], grids = [] } = input
    ensure(communityIds.length + grids.length > 0, 'BAD_INPUT', { field: 'communityIds' })
    for (const communityId of communityIds) ensureCommunity(subdistrict, communityId)
    ensure(grids.every((key) => gridsOf(subdistrict).some((grid) => grid.key === key)), 'BAD_INPUT', { field: 'grids' })
    return { role: 'careConsultant', communityIds: [...new Set(communityIds)], ...(grids.length === 0 ? {} : { grids: [...new Set(grids)] }) }
  }
  const { providerId, role } = input
  ensure(providerId !== undefined, 'BAD_INPUT', { field: 'providerId' })
  ensure((await placesOf(subdistrict._id)).some((one) => one.providerId === providerId && one.roles.includes(role)), 'NO_MATCH')
  return { role, providerId, ...(role === 'careWorker' && input.isTrained !== undefined ? { skills: input.isTrained ? [MEMORY_TRAINING] : [] } : {}) }
}

async function aboutMember(input: { readonly personId: string }) {
  const person = await getResident(input.personId)
  return { subject: { subdistrictId: person.subdistrictId }, person }
}

/**
 * Changes somebody's roles. The administrator's own account changes in the same write, by remembering the request: of two
 * who take each other's role at once, one comes too late and has no right any more.
 */
async function changeGrants(person: Person, call: Call, change: (grants: readonly RoleGrant[]) => readonly RoleGrant[], audit: Parameters<typeof entryAbout>): Promise<void> {
  const { actor, request, now } = call
  if (person.accountId === null) throw new DomainError('NO_MATCH')
  const entry = entryAbout(...audit)
  if (person.accountId === actor.accountId) {
    await changeTogether([place<Account>('accounts', actor.accountId)], request, ([mine]) => ({ next: [{ ...mine, grants: change(mine.grants) }] as const, answer: DONE, audit: entry }))
    return
  }
  await changeTogether([place<Account>('accounts', actor.accountId), place<Account>('accounts', person.accountId)], request, ([mine, theirs]) => {
    const me = actorOf(mine)
    ensure(me !== null && hasRole(me, 'admin'), 'NOT_ALLOWED')
    ensure(theirs.personId === person._id, 'NO_MATCH')
    return { next: [{ ...mine, requests: remembered(mine.requests, request, DONE, now) }, { ...theirs, grants: change(theirs.grants) }] as const, answer: DONE, audit: entry }
  })
}

export const staffHandlers = {
  'staff.list': handler('staff.list', {
    load: aboutNobody,
    async run(input, _loaded, call) {
      const { actor } = call
      const roles = input.role === undefined ? givenRoles : [input.role]
      const [subdistrict, places, accounts] = await Promise.all([
        getSubdistrict(actor.subdistrictId), placesOf(actor.subdistrictId), find<Account>('accounts', { subdistrictId: actor.subdistrictId, 'grants.role': command.in(roles) }, null, STAFF_AT_MOST),
      ])
      const people = await peopleOf(accounts)
      return {
        people: accounts.flatMap((account) => {
          const person = people.get(account.personId ?? '')
          return person === undefined ? [] : [memberOf(person, account, subdistrict, places, call)]
        }).sort((a, b) => (a.name < b.name ? -1 : 1)),
        communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })), grids: gridsOf(subdistrict), places,
      }
    },
  }),

  'staff.find': handler('staff.find', {
    load: aboutNobody,
    async run(input, _loaded, call) {
      const subdistrict = await getSubdistrict(call.actor.subdistrictId)
      const isPhone = /^1\d{10}$/.test(input.query)
      const where = isPhone ? { phone: input.query } : { communityId: command.in(subdistrict.communities.map(({ communityId }) => communityId)), name: input.query }
      const found = (await find<Person>('people', where, null, FOUND_AT_MOST)).filter((person) => isResident(person) && person.accountId !== null && person.subdistrictId === subdistrict._id)
      const accountIds = found.flatMap((person) => person.accountId ?? [])
      const [places, accounts] = await Promise.all([placesOf(subdistrict._id), accountIds.length === 0 ? [] : find<Account>('accounts', { _id: command.in(accountIds) }, null, FOUND_AT_MOST)])
      return {
        people: found.flatMap((person) => {
          const account = accounts.find((one) => one._id === person.accountId)
          return account === undefined ? [] : [memberOf(person, account, subdistrict, places, call)]
        }),
      }
    },
  }),

  'staff.grant': audited('staff.grant', {
    load: aboutMember,
    async run(input, { person }, call, standing) {
      const grant = await grantOf(input, await getSubdistrict(person.subdistrictId))
      ensure(person.standing === 'verified', 'UNVERIFIED')
      await changeGrants(person, call, (grants) => withGrant(grants, grant), [person, 'roleGiven', byOf(call.actor, standing), call.now, { purpose: input.role }])
      return DONE
    },
  }),

  'staff.revoke': audited('staff.revoke', {
    load: aboutMember,
    async run(input, { person }, call, standing) {
      ensure(!(input.role === 'admin' && person._id === call.actor.personId), 'OWN_CASE')
      const grant: RoleGrant = { role: input.role, ...(input.providerId === undefined ? {} : { providerId: input.providerId }), ...(input.communityIds === undefined ? {} : { communityIds: input.communityIds }), ...(input.grids === undefined ? {} : { grids: input.grids }) }
      await changeGrants(person, call, (grants) => withoutGrant(grants, grant), [person, 'roleTaken', byOf(call.actor, standing), call.now, { purpose: input.role }])
      return DONE
    },
  }),
}

async function peopleOf(accounts: readonly Account[]): Promise<ReadonlyMap<string, Person>> {
  const ids = accounts.flatMap((account) => account.personId ?? [])
  const people = ids.length === 0 ? [] : await find<Person>('people', { _id: command.in(ids) }, null, STAFF_AT_MOST)
  return new Map(people.map((person) => [person._id, person]))
}
