/** Handlers of src/contract/account.ts: first use, my own page, and what is kept about me. */
import type { OutputOf } from '../../src/contract'
import { ON_BEHALF, type Booking, type By } from '../../src/domain/booking-record'
import { claim, ensureUnclaimed, matchPhone, useCode, wrongCode, type ClaimCode } from '../../src/domain/claim'
import { HOUR, spokenDay } from '../../src/domain/civil-time'
import { delegationState, type DelegationRequest } from '../../src/domain/delegation'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import { DomainError, ensure } from '../../src/domain/error'
import { likesOf, type Work } from '../../src/domain/gallery'
import { erase, NOBODY } from '../../src/domain/merge'
import { register, withCareNotes, type Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { isOnOffer, queueOf } from '../../src/domain/waitlist'
import { ensureCurrentTerms, TERMS_VERSION } from '../../src/domain/terms'
import { findAccount, type Account } from '../_server/accounts'
import { changeOnce } from '../_server/aggregate'
import { countFailure, ensureMayTry, forgetFailures } from '../_server/attempts'
import { audited } from '../_server/audited'
import { entryAbout, type Audit } from '../_server/audits'
import { findClaimCode } from '../_server/claim-codes'
import { command, find, insert, phoneNumberOf } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { aboutElder, eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { keptPlaces, places, settleMove } from '../_server/reach'
import { keepReceipt, receiptOf } from '../_server/receipts'
import { briefOf, ensureCommunity, getResident, homeSubdistrictId, standingOf } from '../_server/residents'
import { roleGrants } from '../_server/role-names'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'
import { actedFor } from '../_server/views'

const DONE = { done: true } as const
const guessesOf = (openid: string): string => derivedId('a', 'claim', openid)
const accountOf = (call: Call): Account => {
  if (call.account === null) throw new DomainError('TERMS_REQUIRED')
  return call.account
}
const asThemself = (person: Person): By => ({ personId: person._id, name: person.name, as: 'elder', kinship: null, scope: null })

/** Whose account it is now; the session may have been opened before the claim. */
const nameOf = async (openid: string): Promise<string> => (await findAccount(openid))?.name ?? ''

/** The account takes the person, and whatever led to them, in one step. */
async function claimTogether(call: Call, personId: string, code: ClaimCode | null): Promise<void> {
  const account = place<Account>('accounts', call.openid)
  const person = place<Person>('people', personId)
  const decide = (mine: Account, theirs: Person) => {
    const claimed = claim(mine, theirs)
    return {
      mine: { ...mine, personId: claimed._id, name: claimed.name, subdistrictId: claimed.subdistrictId }, claimed,
      audit: entryAbout(claimed, 'claimed', asThemself(claimed), call.now, { purpose: code === null ? 'phone' : 'code' }),
    }
  }
  if (code === null) {
    await changeTogether([account, person], call.request, ([mine, theirs]) => {
      const { mine: next, claimed, audit } = decide(mine, theirs)
      return { next: [next, claimed] as const, answer: DONE, audit }
    })
    return
  }
  await changeTogether([account, person, place<ClaimCode>('claimCodes', code._id)], call.request, ([mine, theirs, issued]) => {
    const { mine: next, claimed, audit } = decide(mine, theirs)
    return { next: [next, claimed, useCode(issued, call.now)] as const, answer: DONE, audit }
  })
}

export const accountHandlers = {
  'account.open': handler('account.open', {
    load: aboutNobody,
    async run(_input, _loaded, { account, actor }) {
      const [subdistrict, person] = await Promise.all([getSubdistrict(account?.subdistrictId ?? homeSubdistrictId()), actor.personId === '' ? null : getPerson(actor.personId)])
      const stage = account === null || account.termsVersion !== TERMS_VERSION ? 'terms' : person === null ? 'claim' : 'ready'
      const me = person === null || stage !== 'ready' ? null
        : { ...briefOf(person, subdistrict), communityId: person.communityId, standing: standingOf(person), roles: await roleGrants(actor, subdistrict) }
      return { stage, termsVersion: TERMS_VERSION, subdistrictName: subdistrict.name, communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })), me }
    },
  }),

  'account.acceptTerms': handler('account.acceptTerms', {
    load: async (_input, { account }) => ({ subject: {}, remembersIn: account }),
    async run(input, _loaded, { openid, account, now, request }) {
      ensureCurrentTerms(input.termsVersion)
      const fresh: Account = { _id: openid, version: 1, subdistrictId: homeSubdistrictId(), termsVersion: input.termsVersion, termsAt: now, personId: null, name: null, grants: [], requests: {} }
      if (account === null) await insert('accounts', fresh)
      const first = account ?? (await findAccount(openid)) ?? fresh
      const { answer } = await changeOnce('accounts', first, request, (current) => ({
        next: current.termsVersion === input.termsVersion ? current : { ...current, termsVersion: input.termsVersion, termsAt: now }, answer: DONE,
      }))
      return answer
    },
  }),

  'account.claimByCode': audited('account.claimByCode', {
    load: aboutNobody,
    answerAgain: async (_kept, _input, { openid }) => ({ name: await nameOf(openid) }),
    async run(input, _loaded, call) {
      ensureUnclaimed(accountOf(call))
      const guesses = guessesOf(call.openid)
      await ensureMayTry(guesses, call.now)
      const code = await findClaimCode(input.code)
      if (code === null) throw wrongCode(await countFailure(guesses, call.now))
      useCode(code, call.now)
      const person = await getPerson(code.personId)
      await claimTogether(call, person._id, code)
      return { name: person.name }
    },
  }),

  'account.claimByPhone': audited('account.claimByPhone', {
    load: async (_input, call) => ({ subject: {}, madeBefore: await receiptOf(call.request) }),
    answerAgain: async (_kept, _input, { openid }) => ({ outcome: 'claimed', name: await nameOf(openid) }),
    async run(input, _loaded, call): Promise<OutputOf<'account.claimByPhone'>> {
      const account = accountOf(call)
      ensureUnclaimed(account)
      const phone = await phoneNumberOf(input.phoneCode)
      ensure(phone !== null, 'BAD_INPUT', { field: 'phoneCode' })
      const match = matchPhone(await find<Person>('people', { phone }, null, 20), account.subdistrictId)
      if (typeof match !== 'string') {
        await claimTogether(call, match._id, null)
        return { outcome: 'claimed', name: match.name }
      }
      const answer = { outcome: match, name: null }
      await keepReceipt(call.request, answer, call.now) // WeChat's code is used up: a repetition could not ask again
      return answer
    },
  }),

  'account.register': audited('account.register', {
    load: aboutNobody,
    async run(input, _loaded, call) {
      const account = accountOf(call)
      ensureUnclaimed(account)
      const subdistrict = await getSubdistrict(account.subdistrictId)
      ensureCommunity(subdistrict, input.communityId)
      const address = input.address === undefined || input.address === '' ? null : input.address
      const person = register(
        derivedId('p', call.request.key), { name: input.name, birthOn: input.birthOn, communityId: input.communityId, phone: null, address, livesAlone: false },
        { subdistrictId: subdistrict._id, today: call.today }, null, call.openid, call.now,
      )
      await ensureAllowedText(call.openid, `${input.name} ${address ?? ''}`)
      const { answer } = await changeTogether([place<Account>('accounts', call.openid)], call.request, ([mine]) => {
        ensureUnclaimed(mine)
        return {
          next: [{ ...mine, personId: person._id, name: person.name }] as const, answer: { personId: person._id },
          audit: entryAbout(person, 'registered', asThemself(person), call.now), added: [{ collection: 'people', document: person }],
        }
      })
      return answer
    },
  }),

  'account.profile': handler('account.profile', {
    load: aboutNobody,
    async run(_input, _loaded, call) {
      const { actor, today } = call
      const [me, subdistrict, acting, waiting] = await Promise.all([
        getPerson(actor.personId), getSubdistrict(actor.subdistrictId), eldersOf(actor.personId),
        find<DelegationRequest>('delegationRequests', { elderId: actor.personId, status: 'waiting' }, { by: 'at', direction: 'asc' }, 20),
      ])
      return {
        ...briefOf(me, subdistrict), standing: standingOf(me), birthOn: me.birthOn,
        phone: me.phone, address: me.address,
        roles: await roleGrants(actor, subdistrict), hasCareNotesConsent: me.careNotesConsentAt !== null, careNotes: me.careNotes,
        termsVersion: accountOf(call).termsVersion, termsAt: accountOf(call).termsAt,
        elders: acting.flatMap((elder) => actedFor(elder, me._id, subdistrict, today) ?? []),
        delegateCount: Object.values(me.delegates).filter((given) => delegationState(given, today) === 'active').length, requestsWaiting: waiting.length,
      }
    },
  }),

  'account.setCareNotes': handler('account.setCareNotes', {
    async load(_input, { actor }) {
      const me = await getPerson(actor.personId)
      return { subject: aboutElder(me), remembersIn: me, me }
    },
    async run(input, { me }, { openid, request, now }) {
      const words = input.careNotes === undefined || input.careNotes === '' ? null : input.careNotes
      if (input.consent && words !== null) await ensureAllowedText(openid, words)
      return (await changeOnce('people', me, request, (current) => ({ next: withCareNotes(current, input.consent, words, now), answer: DONE }))).answer
    },
  }),

  'account.log': handler('account.log', {
    async load(input) {
      const person = await getResident(input.personId)
      return { subject: aboutElder(person), person }
    },
    run: (input, { person }) => logOf(person, input.cursor),
  }),

  'account.export': handler('account.export', {
    load: aboutNobody,
    async run(_input, _loaded, call) {
      const me = await getPerson(call.actor.personId)
      const account = accountOf(call)
      const kept: Record<string, object[]> = {}
      for (const { collection, where } of [...places, ...keptPlaces].filter((place) => place.isAboutThem === true)) {
        const found = await find<{ readonly _id: string }>(collection, where(me._id), null, EXPORT_AT_MOST)
        const known = new Set((kept[collection] ?? []).map((document) => (document as { _id: string })._id))
        const mine = found.map((document) => (collection === 'people' ? ofOthers(document as Person, me._id) : collection === 'deliveryRuns' ? ofRun(document as DeliveryRun, me._id) : collection === 'slots' ? ofSlot(document as unknown as Slot, me._id) : collection === 'works' ? ofWork(document as unknown as Work, me._id) : readable(document)))
        kept[collection] = [...(kept[collection] ?? []), ...mine.filter((document) => !known.has((document as { _id: string })._id))]
      }
      return { json: JSON.stringify({ exportedAt: call.now, account: readable(account), person: readable(me), ...kept }, null, 1) }
    },
  }),

  'account.erase': audited('account.erase', {
    async load(_input, call) {
      ensure(accountOf(call).personId !== null, 'CLAIM_REQUIRED')
      return { subject: {} }
    },
    async run(input, _loaded, { openid, actor, request, now }) {
      const visits = await find<Booking>('bookings', { workerId: actor.personId, startsAt: command.gt(now - 12 * HOUR) }, { by: 'startsAt', direction: 'asc' }, 50)
      ensure(!visits.some((visit) => visit.status === 'assigned' || visit.status === 'checkedIn'), 'LIVE_BOOKINGS')
      const { documents } = await changeTogether([place<Person>('people', actor.personId), place<Account>('accounts', openid)], request, ([me, account]) => {
        const { gone, nobody } = erase(me, derivedId('x', request.key), input.confirmName, now)
        const by: By = { ...asThemself(nobody), name: NOBODY }
        return {
          next: [gone, account] as const, answer: DONE, audit: entryAbout(nobody, 'erased', by, now),
          added: [{ collection: 'people', document: nobody }], removed: [{ collection: 'accounts', id: openid }],
        }
      })
      await forgetFailures(guessesOf(openid))
      if (documents) await settleMove(documents[0])
      return DONE
    },
  }),
}

/** Documents of one kind that an export holds. */
const EXPORT_AT_MOST = 500

/** A document without what only the machinery needs, and without secrets. */
const readable = <T extends object>(document: T): object =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !['version', 'requests', 'madeBy', 'doorKey', 'answer', 'unsettledAt', 'dueAt'].includes(name)))

/** Of a slot that I wait for, my own place: the others' are theirs. */
const ofSlot = (slot: Slot, myId: string): object => {
  const seat = slot.holders[myId]
  return { _id: slot._id, serviceName: slot.serviceName, startsAt: slot.startsAt, place: queueOf(slot).places[myId] ?? null, offer: isOnOffer(seat) ? seat.offer : null }
}

/** Of a work, what is mine: the whole of my own, else what I asked about it, and whether I like it. Who else asked is theirs. */
const ofWork = (work: Work, myId: string): object => {
  const { likerIds, asks, requests: _requests, ...rest } = work
  const isMine = work.author?.personId === myId
  return { ...(isMine ? readable(rest) : { _id: work._id, title: work.title }), asks: asks.filter((one) => one.elder.personId === myId), likes: likesOf(work), isLiked: likerIds.includes(myId) }
}

/** Of a delivery run, my own stops: the others' doors are theirs. */
const ofRun = ({ _id, kitchenName, onDate, sitting, courierName, stops }: DeliveryRun, myId: string): object =>
  ({ _id, kitchenName, onDate, sitting, courierName, stops: Object.values(stops).filter((stop) => stop.elderId === myId) })

/** Of another person's record, what concerns me. */
const ofOthers = (person: Person, myId: string): object => ({ _id: person._id, name: person.name, given: person.delegates[myId] ?? null })

type LogItem = OutputOf<'account.log'>['items'][number]
const BOOKINGS_PER_PAGE = 10
const AUDITS_PER_PAGE = 20

/**
 * 谁替我办了什么, newest first: bookings on which somebody acted for me, each with all such acts, and audit entries about
 * me by others. A booking stands where its latest act stands, so a page never shows half of one.
 */
async function logOf(person: Person, cursor: string | undefined): Promise<OutputOf<'account.log'>> {
  const below = cursor === undefined || !/^\d{1,15}$/.test(cursor) ? Number.MAX_SAFE_INTEGER : Number(cursor)
  const before = command.lt(below).and(command.gt(0))
  const [bookings, audits] = await Promise.all([
    find<Booking>('bookings', { elderId: person._id, lastActOnBehalfAt: before }, { by: 'lastActOnBehalfAt', direction: 'desc' }, BOOKINGS_PER_PAGE),
    find<Audit>('audits', { aboutId: person._id, at: before }, { by: 'at', direction: 'desc' }, AUDITS_PER_PAGE),
  ])
  const groups = [
    ...bookings.map((booking) => ({ at: booking.lastActOnBehalfAt ?? 0, items: actsOnBehalf(booking) })),
    ...audits.map((audit) => ({ at: audit.at, items: audit.by.personId === person._id ? [] : [auditItem(audit)] })),
  ]
  // A list that came back full may go on at its last instant: that instant, and what is older, is for the next page.
  const horizons = [
    ...(bookings.length === BOOKINGS_PER_PAGE ? [bookings.at(-1)?.lastActOnBehalfAt ?? 0] : []), ...(audits.length === AUDITS_PER_PAGE ? [audits.at(-1)?.at ?? 0] : []),
  ]
  const horizon = Math.max(0, ...horizons)
  const complete = groups.filter((group) => group.at > horizon)
  const shown = complete.length > 0 ? complete : groups.filter((group) => group.at === horizon)
  const items = shown.flatMap((group) => group.items).sort((a, b) => b.at - a.at)
  return { items, nextCursor: horizons.length === 0 ? null : String(Math.min(...shown.map((group) => group.at))) }
}

const actsOnBehalf = (booking: Booking): LogItem[] =>
  booking.timeline.filter((entry) => (entry.by.as === 'family' || entry.by.as === 'socialWorker') && ON_BEHALF.includes(entry.what)).map((entry) => ({
    at: entry.at, byName: entry.by.name, as: entry.by.as, kinship: entry.by.kinship, what: entry.what, about: `${spokenDay(booking.onDate)}的${booking.serviceName}`, purpose: null, scope: entry.by.scope, bookingId: booking._id,
    ...(booking.kind === 'activity' ? { isActivity: true } : {}),
  }))

const auditItem = (audit: Audit): LogItem => ({
  at: audit.at, byName: audit.by.name, as: audit.by.as, kinship: audit.by.kinship, what: audit.what, about: '', purpose: audit.purpose, scope: audit.by.scope, bookingId: audit.bookingId,
})
