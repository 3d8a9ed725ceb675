/** Handlers of src/contract/notice.ts: writing and publishing notices, reading and acknowledging them, the ledger's calls and visits. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import type { Audience } from '../../src/domain/audience'
import { answered } from '../../src/domain/consent'
import { DomainError, ensure } from '../../src/domain/error'
import { approve, correct, draft, isLive, rewritten, sendBack, submit, withdraw, type Notice } from '../../src/domain/notice'
import { differences, ensureText, gramsOf, type NoticeText } from '../../src/domain/notice-text'
import { templateIds } from '../../src/domain/message-templates'
import { acknowledge, askForHelp, asks, broughtUp, finishHelp, isReached, isUnread, isUnsure, read as opened, receiptIdOf, shutDoors, takeHelp, told, understoodBefore, type Receipt } from '../../src/domain/reach'
import { hasRole, type Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { wordsCarried } from '../../src/domain/taking-part'
import { change, changeOnce, createOnce, get } from '../_server/aggregate'
import { leaveEntry } from '../_server/audits'
import { command, countOf, find, read, type Where } from '../_server/cloud'
import { consentOf } from '../_server/consents'
import { derivedId } from '../_server/keys'
import { aboutAudience, checkContent, countAudience, filesOf, getNotice, knownAudience, noticesOf, textView, withNotice } from '../_server/notices'
import { pinOnce } from '../_server/notice-pins'
import { openCaseOf } from '../_server/notice-visits'
import { cursorOf, pageBy, placeIn } from '../_server/pages'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { lookAtNotice } from '../_server/reach-ledger'
import { tallyOf } from '../_server/reach-tally'
import { briefOf, communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { ensureFitToCarry } from '../_server/surveys'
import { ensureAllowedText } from '../_server/text'
import { partOf } from './taking-part'

const DONE = { done: true } as const
const PAGE = 20
/** Pages that one search of the archive goes through until it has found a page of its own. */
const PAGES_LOOKED_AT = 5
/** Drafts and what waits, at most. */
const OPEN_SHOWN = 30
/** Batches that publishing itself writes: a small notice is in everybody's list when the writer's answer comes, a large one goes on by the clock. */
const STEPS_AT_ONCE = 1

type Wish = Pick<ParsedOf<'notice.save'>, 'title' | 'body' | 'whatToDo' | 'pictures' | 'attachments'>

const textOf = async (input: Wish, before: NoticeText | null, noticeId: string, now: number): Promise<NoticeText> => ({ title: input.title, body: input.body, whatToDo: input.whatToDo, ...(await filesOf(input, before, { collection: 'notices', id: noticeId }, now)) })

/** One line, by the two that it is made of: an id that only looks like theirs finds nothing. */
async function getReceipt(noticeId: string, personId: string): Promise<Receipt> {
  const receipt = await get<Receipt>('noticeReceipts', receiptIdOf(noticeId, personId))
  ensure(receipt.noticeId === noticeId && receipt.personId === personId, 'NOT_FOUND')
  return receipt
}

/** Somebody's own line of a notice. Who was never addressed finds no notice there. */
async function withReceipt({ noticeId, elderId }: { readonly noticeId: string; readonly elderId: string }) {
  const elder = await getResident(elderId)
  const receipt = await getReceipt(noticeId, elder._id)
  return { subject: aboutElder(elder), remembersIn: receipt, receipt, elder }
}

/** Who has a newer edition on the screen than the line knows of answers that one: the line learns it first. */
async function bringUp(receipt: Receipt, edition: number, now: number): Promise<(current: Receipt) => Receipt> {
  if (edition <= receipt.edition) return (current) => current
  const notice = await getNotice(receipt.noticeId)
  return (current) => broughtUp(current, notice, null, now)
}

/** An addressee's line as staff works on it. */
async function withAddressee({ noticeId, personId }: { readonly noticeId: string; readonly personId: string }) {
  const receipt = await getReceipt(noticeId, personId)
  return { subject: { subdistrictId: receipt.subdistrictId, communityId: receipt.communityId }, remembersIn: receipt, receipt }
}

const placesOf = (notice: Notice, subdistrict: Subdistrict): string[] => notice.audience.communityIds.map((id) => communityName(subdistrict, id))
const audienceView = ({ gridBuildings: _gridBuildings, ...audience }: Audience) => audience
const signedView = (signed: Notice['withdrawn']) => signed && { byName: signed.by.name, at: signed.at, words: signed.reason }

const rowOf = (notice: Notice, subdistrict: Subdistrict, actor: Actor): OutputOf<'notice.desk'>['items'][number] => ({
  noticeId: notice._id, title: notice.text.title, level: notice.level, status: notice.status, why: notice.submission?.why ?? null, placeWords: placesOf(notice, subdistrict), isWhole: notice.audience.isWhole, byName: notice.writtenBy.name, byMe: notice.writtenBy.personId === actor.personId,
  updatedAt: notice.updatedAt, publishAt: notice.publishAt, validUntil: notice.validUntil, deadlineAt: notice.deadlineAt,
})

const helpView = (receipt: Receipt, actor: Actor): OutputOf<'notice.show'>['help'] => receipt.help && {
  at: receipt.help.at, words: receipt.help.words, byName: receipt.help.by.name, state: receipt.help.state, takenByName: receipt.help.taken?.name ?? null, takenByMe: receipt.help.taken?.personId === actor.personId, doneWords: receipt.help.done?.words ?? null,
}

/** Whom WeChat carried this edition's message to, or perhaps did. */
const sentToView = (receipt: Receipt, now: number): OutputOf<'notice.duty'>['items'][number]['sentTo'] =>
  (receipt.sentTo ?? []).filter((one) => one.edition === receipt.edition && (one.outcome === 'sent' || isUnsure(one, now))).map(({ name, kinship, at, outcome }) => ({ name, kinship, at, isSure: outcome === 'sent' }))

export const briefOfReceipt = (receipt: Receipt, now: number): OutputOf<'notice.list'>['items'][number] => ({
  noticeId: receipt.noticeId, title: receipt.title, level: receipt.level, listedAt: receipt.listedAt, validUntil: receipt.validUntil, isPinned: (receipt.pinnedUntil ?? 0) > now, isUnread: isUnread(receipt),
  asksMe: asks(receipt, now), isCorrected: understoodBefore(receipt) !== undefined, isWithdrawn: receipt.isWithdrawn,
})

function actsOn(notice: Notice, actor: Actor, now: number): OutputOf<'notice.work'>['acts'] {
  const { status, submission } = notice
  return [
    ...(status === 'draft' ? (['edit', 'submit'] as const) : []), ...(submission !== null && submission.by.personId !== actor.personId ? (['decide'] as const) : []),
    ...(isLive(notice, now) ? [...(submission === null ? (['correct'] as const) : []), 'pin' as const] : []), ...(isLive(notice, now) || status === 'scheduled' ? (['withdraw'] as const) : []), ...(notice.edition > 0 ? (['reach'] as const) : []),
  ]
}

/** Writes the first lines of the ledger at once; the clock does the rest, and everything if this is cut short. */
async function begin(notice: Notice, now: number): Promise<void> {
  if (notice.status === 'published' || notice.lines !== null) await lookAtNotice(await getNotice(notice._id), STEPS_AT_ONCE, now)
}

interface DutyPage {
  readonly page: readonly Receipt[]
  readonly nextCursor: string | null
}

/** A page of who is to be called or visited, in the order of the walk. */
async function onDuty(of: Where, what: 'call' | 'visit', cursor: string | undefined): Promise<DutyPage> {
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('utf8')
  const found = await find<Receipt>('noticeReceipts', { ...of, duty: what, dutyOrder: command.gt(after) }, { by: 'dutyOrder', direction: 'asc' }, PAGE + 1)
  const page = found.slice(0, PAGE)
  const last = page.at(-1)
  return { page, nextCursor: found.length > PAGE && last ? Buffer.from(last.dutyOrder).toString('base64url') : null }
}

const ASKS_FOR_HELP = { 'help.state': command.in(['open', 'taken']) }

/** A page of who asked for help and has not had it, who asked first on top. */
async function askers(of: Where, cursor: string | undefined): Promise<DutyPage> {
  const after = placeIn(cursor)
  // Who asked at the same moment as the last one seen comes again: 20 more than a page covers that.
  const found = await find<Receipt>('noticeReceipts', { ...of, ...ASKS_FOR_HELP, 'help.at': command.gte(after?.at ?? 0) }, { by: 'help.at', direction: 'asc' }, after === null ? PAGE + 1 : PAGE + 21)
  const rest = found.slice(found.findIndex((receipt) => receipt._id === after?.id) + 1)
  const page = rest.slice(0, PAGE)
  const last = page.at(-1)
  return { page, nextCursor: rest.length > PAGE && last ? cursorOf(last, last.help?.at ?? 0) : null }
}

export const noticeHandlers = {
  'notice.count': handler('notice.count', {
    load: async (input, { actor }) => ({ subject: aboutAudience(actor.subdistrictId, input.audience) }),
    async run({ audience }, _loaded, { actor, today }) {
      return countAudience(knownAudience(audience, await getSubdistrict(actor.subdistrictId), today), today)
    },
  }),

  'notice.save': handler('notice.save', {
    async load(input, { actor }) {
      const notice = input.noticeId === undefined ? null : await getNotice(input.noticeId)
      // Whom it is for now, and whom it would be for: both must be the writer's to address.
      const communityIds = [...new Set([...(notice?.audience.communityIds ?? []), ...input.audience.communityIds])]
      return { subject: { subdistrictId: notice?.subdistrictId ?? actor.subdistrictId, communityIds }, remembersIn: notice, notice }
    },
    async run({ noticeId: _noticeId, title, body, whatToDo, pictures, attachments, ...rest }, { notice }, { actor, request, now, today }, standing) {
      const audience = knownAudience(rest.audience, await getSubdistrict(actor.subdistrictId), today)
      const id = notice?._id ?? derivedId('n', request.key)
      const wish = { ...rest, audience, text: await textOf({ title, body, whatToDo, pictures, attachments }, notice?.text ?? null, id, now) }
      if (notice !== null) {
        await changeOnce('notices', notice, request, (current) => ({ next: rewritten(current, wish, now), answer: { noticeId: current._id } }))
        return { noticeId: notice._id }
      }
      const made = await createOnce('notices', { ...draft(id, actor.subdistrictId, wish, byOf(actor, standing), now), madeBy: request })
      return { noticeId: made._id }
    },
  }),

  'notice.submit': handler('notice.submit', {
    load: withNotice,
    async run(_input, { notice }, { actor, openid, request, now, today }, standing) {
      ensureText(notice.text)
      // Grids and communities as they are now, not as they were when the draft was written.
      const audience = knownAudience(notice.audience, await getSubdistrict(notice.subdistrictId), today)
      ensure((await countAudience(audience, today)).people > 0, 'NOBODY_ADDRESSED')
      await ensureFitToCarry(notice, now)
      const check = await checkContent(openid, { ...notice.text, body: `${notice.text.body}\n${wordsCarried(notice)}` }, null)
      const { document, answer } = await changeOnce('notices', notice, request, (current) => {
        // What was checked is what stands there: a draft that was changed meanwhile is checked again.
        ensure(current.updatedAt === notice.updatedAt, 'TRY_AGAIN')
        const next = submit({ ...current, audience }, check, byOf(actor, standing), now)
        return { next, answer: { status: next.status as 'waiting' | 'scheduled' | 'published', why: next.submission?.why ?? null } }
      })
      await begin(document, now)
      return answer
    },
  }),

  'notice.correct': handler('notice.correct', {
    load: withNotice,
    async run({ noticeId: _noticeId, summary, validUntil, deadlineAt, ...wish }, { notice }, { actor, openid, request, now }, standing) {
      const text = await textOf(wish, notice.text, notice._id, now)
      ensureText(text)
      const check = await checkContent(openid, { ...text, body: `${text.body}\n${summary}` }, notice.text)
      const { document, answer } = await changeOnce('notices', notice, request, (current) => {
        const next = correct(current, text, summary, check, byOf(actor, standing), now, { ...(validUntil === undefined ? {} : { validUntil }), ...(deadlineAt === undefined ? {} : { deadlineAt }) })
        return { next, answer: { edition: next.edition, why: next.submission?.why ?? null } }
      })
      await begin(document, now)
      return answer
    },
  }),

  'notice.decide': handler('notice.decide', {
    load: withNotice,
    async run(input, { notice }, { actor, openid, request, now }, standing) {
      const by = byOf(actor, standing)
      const reason = input.reason ?? ''
      ensure(input.isApproved || reason !== '', 'REASON_REQUIRED')
      await ensureAllowedText(openid, reason)
      if (input.isApproved && notice.edition === 0) await ensureFitToCarry(notice, now)
      const { document } = await changeOnce('notices', notice, request, (current) => ({ next: input.isApproved ? approve(current, by, now) : sendBack(current, reason, by, now), answer: DONE }))
      await begin(document, now)
      return DONE
    },
  }),

  'notice.withdraw': handler('notice.withdraw', {
    load: withNotice,
    async run({ reason }, { notice }, { actor, openid, request, now }, standing) {
      await ensureAllowedText(openid, reason)
      const { document } = await changeOnce('notices', notice, request, (current) => ({ next: withdraw(current, reason, byOf(actor, standing), now), answer: DONE }))
      await begin(document, now)
      return DONE
    },
  }),

  'notice.pin': handler('notice.pin', {
    load: withNotice,
    async run({ until }, { notice }, { request, now }) {
      await begin(await pinOnce(notice, until, request, now), now)
      return DONE
    },
  }),

  'notice.desk': handler('notice.desk', {
    load: aboutNobody,
    async run({ cursor }, _loaded, { actor }) {
      const { subdistrictId } = actor
      const mine = communitiesOf(actor)
      const isAdmin = hasRole(actor, 'admin')
      const isMine = (notice: Notice): boolean => isAdmin || notice.audience.communityIds.every((id) => mine.includes(id))
      const rows = (notices: readonly Notice[]) => notices.filter(isMine).map((notice) => rowOf(notice, subdistrict, actor))
      // What a social worker sees is asked for by their own communities, not sieved out of everybody's; drafts are their writer's.
      const here = isAdmin ? { subdistrictId } : { 'audience.communityIds': mine.length === 1 ? mine[0] : command.in(mine) }
      const listed = (where: object) => find<Notice>('notices', { ...where }, { by: 'updatedAt', direction: 'desc' }, OPEN_SHOWN)
      const [subdistrict, waiting, scheduled, drafts, corrections, page] = await Promise.all([
        getSubdistrict(subdistrictId), listed({ ...here, status: 'waiting' }), listed({ ...here, status: 'scheduled' }), listed({ 'writtenBy.personId': actor.personId, status: 'draft' }),
        find<Notice>('notices', { ...here, 'submission.at': command.gt(0) }, { by: 'submission.at', direction: 'desc' }, OPEN_SHOWN),
        pageBy<Notice>('notices', { ...here, status: command.in(['published', 'withdrawn']) }, isAdmin ? 'updatedAt' : 'listedAt', 'desc', cursor, PAGE),
      ])
      const open = [...waiting, ...corrections.filter((notice) => notice.status === 'published'), ...scheduled, ...drafts]
      return {
        open: cursor === undefined ? rows(open) : [], items: rows(page.items.filter((notice) => !open.some((one) => one._id === notice._id))), nextCursor: page.nextCursor,
        communities: subdistrict.communities.filter((community) => isAdmin || mine.includes(community.communityId)).map(({ communityId, name, grids }) => ({ communityId, name, grids: (grids ?? []).map((grid) => grid.name) })), mayWhole: isAdmin,
      }
    },
  }),

  'notice.work': handler('notice.work', {
    load: withNotice,
    async run(_input, { notice }, { actor, now }) {
      const subdistrict = await getSubdistrict(notice.subdistrictId)
      const { submission, audience } = notice
      return {
        ...rowOf(notice, subdistrict, actor), ...(await textView(notice.text)), audience: { ...audienceView(audience), communityIds: [...audience.communityIds], communityNames: placesOf(notice, subdistrict), buildings: [...audience.buildings], grids: [...(audience.grids ?? [])], roles: [...audience.roles] },
        edition: notice.edition, editions: notice.editions.map(({ edition, text, at, by, summary }) => ({ edition, title: text.title, body: text.body, whatToDo: text.whatToDo, at, byName: by.name, summary })),
        submission: submission && { title: submission.text.title, body: submission.text.body, whatToDo: submission.text.whatToDo, byName: submission.by.name, byMe: submission.by.personId === actor.personId, at: submission.at, summary: submission.summary },
        opensCase: notice.opensCase, pinnedUntil: notice.pinnedUntil, returned: signedView(notice.returned), withdrawn: signedView(notice.withdrawn), isWriting: notice.fanOut !== null, acts: actsOn(notice, actor, now), part: partOf(notice),
      }
    },
  }),

  'notice.reach': handler('notice.reach', {
    load: withNotice,
    async run(_input, { notice }, { now }) {
      const [subdistrict, tally] = await Promise.all([getSubdistrict(notice.subdistrictId), tallyOf(notice, now)])
      return {
        noticeId: notice._id, title: notice.text.title, level: notice.level, edition: notice.edition, listedAt: notice.listedAt, deadlineAt: notice.deadlineAt, isWriting: notice.fanOut !== null, counts: { ...tally.counts },
        byCommunity: tally.communities.map((community) => ({ ...community, communityName: communityName(subdistrict, community.communityId) })), byBuilding: tally.buildings.map((building) => ({ ...building })), overTime: tally.overTime.map((span) => ({ ...span })), helpOpen: tally.helpOpen, sentToFamily: tally.sentToFamily ?? 0,
      }
    },
  }),

  'notice.duty': handler('notice.duty', {
    load: aboutNobody,
    async run({ what, noticeId, cursor }, _loaded, { actor, now }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const communityIds = hasRole(actor, 'admin') ? subdistrict.communities.map((community) => community.communityId) : [...communitiesOf(actor)]
      const [only] = communityIds
      const of = { ...(noticeId === undefined ? {} : { noticeId }), communityId: communityIds.length === 1 ? only : command.in(communityIds) }
      const [{ page, nextCursor }, all] = what === 'help' ? await Promise.all([askers(of, cursor), cursor === undefined ? countOf('noticeReceipts', { ...of, ...ASKS_FOR_HELP }) : null]) : [await onDuty(of, what, cursor), null]
      const notices = await noticesOf(page)
      return {
        items: page.map((receipt) => ({
          noticeId: receipt.noticeId, title: receipt.title, personId: receipt.personId, name: receipt.personName, age: receipt.age, livesAlone: receipt.livesAlone, communityName: communityName(subdistrict, receipt.communityId), building: receipt.building, gridName: receipt.grid ?? null, state: receipt.state, duty: receipt.duty,
          tries: receipt.tries.filter((one) => one.edition === receipt.edition).map(({ how, outcome, by, at }) => ({ how, outcome, byName: by.name, at })), help: helpView(receipt, actor), opensCase: notices.get(receipt.noticeId)?.opensCase ?? false, sentTo: sentToView(receipt, now),
        })),
        nextCursor, all,
      }
    },
  }),

  'notice.told': handler('notice.told', {
    load: withAddressee,
    async run(input, { receipt }, { actor, openid, request, now }, standing) {
      await ensureAllowedText(openid, input.words)
      const words = input.words === undefined || input.words === '' ? null : input.words
      const by = byOf(actor, standing)
      const notice = await getNotice(receipt.noticeId)
      const { document, answer } = await changeOnce('noticeReceipts', receipt, request, (current) => {
        const next = told(current, { how: input.how, outcome: input.outcome, words, opensCase: notice.opensCase }, by, now)
        return { next, answer: { state: next.state, duty: next.duty, door: next.owesCaseAt === now ? shutDoors(next) : null } }
      })
      const safetyCaseId = answer.door === null ? null : await openCaseOf(document, answer.door, by, now)
      return { state: answer.state, duty: answer.duty, safetyCaseId }
    },
  }),

  'notice.takeHelp': handler('notice.takeHelp', {
    load: withAddressee,
    async run(_input, { receipt }, { actor, request }, standing) {
      await changeOnce('noticeReceipts', receipt, request, (current) => ({ next: takeHelp(current, byOf(actor, standing)), answer: DONE }))
      return DONE
    },
  }),

  'notice.finishHelp': handler('notice.finishHelp', {
    load: withAddressee,
    async run({ words }, { receipt }, { actor, openid, request, now }, standing) {
      await ensureAllowedText(openid, words)
      await changeOnce('noticeReceipts', receipt, request, (current) => ({ next: finishHelp(current, words, byOf(actor, standing), now), answer: DONE }))
      return DONE
    },
  }),

  'notice.list': handler('notice.list', {
    async load({ elderId }) {
      const elder = await getResident(elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run({ cursor }, { elder }, { now }) {
      const page = await pageBy<Receipt>('noticeReceipts', { personId: elder._id }, 'sortAt', 'desc', cursor, PAGE)
      return { items: page.items.map((receipt) => briefOfReceipt(receipt, now)), nextCursor: page.nextCursor, onlyMustReach: elder.onlyMustReach === true }
    },
  }),

  'notice.show': handler('notice.show', {
    load: withReceipt,
    async run(_input, { receipt, elder }, { actor, now }, standing) {
      const [notice, subdistrict] = await Promise.all([getNotice(receipt.noticeId), getSubdistrict(receipt.subdistrictId)])
      // The line may not know of the newest edition yet: it is shown as the notice stands, and asked anew.
      const line = broughtUp(receipt, notice, null, now)
      const earlier = understoodBefore(line)
      const before = notice.editions.find((one) => one.edition === earlier)
      const mayAct = standing.role === 'resident' && isLive(notice, now)
      return {
        noticeId: notice._id, elder: briefOf(elder, subdistrict), isMe: elder._id === actor.personId, level: notice.level, ...(await textView(notice.text)), edition: notice.edition, listedAt: notice.listedAt, validUntil: notice.validUntil, deadlineAt: notice.deadlineAt,
        byName: notice.writtenBy.name, placeNames: notice.audience.isWhole ? [subdistrict.name] : placesOf(notice, subdistrict), isExpired: now >= notice.validUntil, withdrawn: signedView(notice.withdrawn),
        state: line.state, stateAt: line.stateAt, by: line.by && { name: line.by.name, as: line.by.as, kinship: line.by.kinship },
        corrected: before === undefined ? null : { summary: notice.editions.at(-1)?.summary ?? null, differences: differences(before.text, notice.text).map((one) => ({ ...one })) },
        help: helpView(receipt, actor), acts: mayAct ? [...(isReached(line.state) ? [] : (['acknowledge'] as const)), ...(receipt.help !== null && receipt.help.state !== 'done' ? [] : (['askForHelp'] as const))] : [], mayAskConsent: elder._id === actor.personId || (elder.accountId === null && standing.relation === 'delegate'), dutyPhone: subdistrict.dutyPhone, part: partOf(notice),
      }
    },
  }),

  'notice.read': handler('notice.read', {
    load: withReceipt,
    async run(_input, { receipt, elder }, { actor, request, now }, standing) {
      await changeOnce('noticeReceipts', receipt, request, (current) => ({ next: opened(current, byOf(actor, standing, elder), now), answer: DONE }))
      return DONE
    },
  }),

  'notice.acknowledge': handler('notice.acknowledge', {
    load: withReceipt,
    async run({ edition }, { receipt, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      const upToDate = await bringUp(receipt, edition, call.now)
      const { document } = await changeOnce('noticeReceipts', receipt, call.request, (current) => ({ next: acknowledge(upToDate(current), edition, by, call.now), answer: DONE }))
      await leaveEntry(elder, 'noticeAcknowledged', by, call, document.title)
      return DONE
    },
  }),

  'notice.askForHelp': handler('notice.askForHelp', {
    load: withReceipt,
    async run({ edition, words }, { receipt, elder }, call, standing) {
      await ensureAllowedText(call.openid, words)
      const by = byOf(call.actor, standing, elder)
      const upToDate = await bringUp(receipt, edition, call.now)
      const { document } = await changeOnce('noticeReceipts', receipt, call.request, (current) => ({ next: askForHelp(upToDate(current), edition, words === undefined || words === '' ? null : words, by, call.now), answer: DONE }))
      await leaveEntry(elder, 'helpAsked', by, call, document.title)
      return DONE
    },
  }),

  'notice.archive': handler('notice.archive', {
    load: aboutNobody,
    async run({ query, cursor }, _loaded, { actor, now }) {
      const me = await getPerson(actor.personId)
      const grams = gramsOf(query ?? '')
      const isSearch = query !== undefined && query !== ''
      // A single character has no pair to be found by.
      if (isSearch && grams.length === 0) return { items: [], nextCursor: null }
      // One pair leads through the index, the same one on every page; the others are looked for in what it finds.
      const where = isSearch ? { grams: grams.reduce((last, gram) => (gram > last ? gram : last)), subdistrictId: me.subdistrictId } : { 'audience.communityIds': me.communityId, status: command.in(['published', 'withdrawn']) }
      const items: Notice[] = []
      let nextCursor = cursor ?? null
      for (let looked = 0; looked < PAGES_LOOKED_AT && items.length < PAGE; looked++) {
        const page = await pageBy<Notice>('notices', where, 'listedAt', 'desc', nextCursor ?? undefined, PAGE)
        items.push(...page.items.filter((notice) => notice.edition > 0 && notice.audience.communityIds.includes(me.communityId) && grams.every((gram) => notice.grams.includes(gram))))
        nextCursor = page.nextCursor
        if (nextCursor === null) break
      }
      return {
        items: items.map((notice) => ({ noticeId: notice._id, title: notice.text.title, gist: notice.text.body.slice(0, 40), level: notice.level, listedAt: notice.listedAt, isExpired: now >= notice.validUntil, isWithdrawn: notice.status === 'withdrawn' })),
        nextCursor,
      }
    },
  }),

  'notice.past': handler('notice.past', {
    load: aboutNobody,
    async run({ noticeId }, _loaded, { actor, now }) {
      const [me, notice] = await Promise.all([getPerson(actor.personId), read<Notice>('notices', noticeId)])
      // What is for others, and what was never published, answers as if it were not there.
      if (notice === null || notice.edition === 0 || !notice.audience.communityIds.includes(me.communityId) || notice.subdistrictId !== me.subdistrictId) throw new DomainError('NOT_FOUND')
      const subdistrict = await getSubdistrict(notice.subdistrictId)
      return {
        noticeId, edition: notice.edition, ...(await textView(notice.text)), level: notice.level, listedAt: notice.listedAt, validUntil: notice.validUntil, isExpired: now >= notice.validUntil, byName: notice.writtenBy.name,
        placeNames: notice.audience.isWhole ? [subdistrict.name] : placesOf(notice, subdistrict), withdrawn: signedView(notice.withdrawn),
      }
    },
  }),

  'notice.setWish': handler('notice.setWish', {
    async load({ elderId }) {
      const elder = await getResident(elderId)
      return { subject: aboutElder(elder), remembersIn: elder, elder }
    },
    async run({ onlyMustReach }, { elder }, { request }) {
      await changeOnce('people', elder, request, (current) => ({ next: { ...current, onlyMustReach }, answer: DONE }))
      return DONE
    },
  }),

  'consent.record': handler('consent.record', {
    load: aboutNobody,
    async run({ answers }, _loaded, { openid, actor, now }) {
      ensure(answers.every(({ templateId }) => (Object.values(templateIds) as string[]).includes(templateId)), 'BAD_INPUT', { field: 'templateId' })
      for (const { templateId, answer } of answers) {
        await change('consents', await consentOf(openid, actor.personId, templateId, now), (current) => answered(current, answer, now))
      }
      return DONE
    },
  }),
}

