/** Notices 通知 (laws 5, 6, 9): writing and publishing, reading and acknowledging, the reach ledger with its calls and visits. */
import * as v from 'valibot'
import { noticeLevels } from '../domain/notice'
import { reachStates } from '../domain/reach'
import { roles } from '../domain/role'
import { define } from './define'
import * as f from './fields'
import { part } from './taking-part'
import * as w from './views'

const forElder = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'alerts' }, { role: 'socialWorker', relation: 'community' }] as const
/** Who may speak for an elder on their own phone. Staff tell, and say how: that is another state (law 6). */
const ownWord = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'alerts' }] as const
/** Who may address: a social worker their own communities, an administrator the subdistrict. */
const writers = [{ role: 'socialWorker', relation: 'communities' }, { role: 'admin', relation: 'subdistrict' }] as const
const staff = [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }] as const
/** Who goes to people: the social worker of where the addressee lives. */
const near = [{ role: 'socialWorker', relation: 'community' }, { role: 'admin', relation: 'subdistrict' }] as const

const grantedRoles = roles.filter((role) => role !== 'resident')
const noticeId = f.id
const level = v.picklist(noticeLevels)
const state = v.picklist(reachStates)
const age = v.nullable(f.count(0, 125))
const building = v.pipe(v.string(), v.regex(/^\d{1,4}$/))
/** a community as a writer chooses it, with its grids by name */
const place = v.strictObject({ ...w.community.entries, grids: v.array(w.text) })

export const audienceInput = v.strictObject({
  communityIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(60)), isWhole: v.boolean(), buildings: v.pipe(v.array(building), v.maxLength(60)), grids: v.optional(v.pipe(v.array(f.words(20)), v.maxLength(30)), []), roles: v.pipe(v.array(v.picklist(grantedRoles)), v.maxLength(10)),
  ageFrom: age, ageTo: age, livesAlone: v.boolean(), bookingOn: v.nullable(f.civilDate),
})
const audience = v.strictObject({
  communityIds: v.array(w.text), communityNames: v.array(w.text), isWhole: v.boolean(), buildings: v.array(w.text), grids: v.array(w.text), roles: v.array(v.picklist(grantedRoles)), ageFrom: v.nullable(v.number()), ageTo: v.nullable(v.number()), livesAlone: v.boolean(), bookingOn: v.nullable(w.text),
})
const picture = { fileId: v.pipe(v.string(), v.maxLength(300), v.regex(/^cloud:\/\/[A-Za-z0-9_./-]+$/)), words: f.words(60) }
const textInput = {
  title: v.pipe(v.string(), v.maxLength(60), v.trim(), v.maxLength(30)), body: v.pipe(v.string(), v.maxLength(4000), v.trim(), v.maxLength(2000)), whatToDo: v.nullable(f.words(60)),
  pictures: v.optional(v.pipe(v.array(v.strictObject(picture)), v.maxLength(4)), []), attachments: v.optional(v.pipe(v.array(v.strictObject({ fileId: picture.fileId, name: f.words(60) })), v.maxLength(3)), []),
}
const text = {
  title: w.text, body: w.text, whatToDo: v.nullable(w.text),
  pictures: v.array(v.strictObject({ fileId: w.text, words: w.text, url: w.text })), attachments: v.array(v.strictObject({ fileId: w.text, name: w.text, kind: v.picklist(['pdf', 'picture']), bytes: v.number(), url: w.text })),
}
const wish = { level, audience: audienceInput, ...textInput, publishAt: v.nullable(f.instant), validUntil: f.instant, deadlineAt: v.nullable(f.instant), opensCase: v.boolean() }
const signed = v.strictObject({ byName: w.text, at: w.instant, words: w.text })
const byWhom = v.nullable(v.strictObject({ name: w.text, as: v.picklist(w.actorKinds), kinship: v.nullable(w.text) }))
const counts = v.strictObject({ notYetSent: v.number(), sent: v.number(), unsure: v.number(), noQuota: v.number(), read: v.number(), understood: v.number(), toldByPhone: v.number(), toldAtDoor: v.number() })

/** A notice in somebody's list. */
export const noticeBrief = v.strictObject({ noticeId: w.text, title: w.text, level, listedAt: w.instant, validUntil: w.instant, isPinned: v.boolean(), isUnread: v.boolean(), asksMe: v.boolean(), isCorrected: v.boolean(), isWithdrawn: v.boolean() })
const deskRow = v.strictObject({ noticeId: w.text, title: w.text, level, status: v.picklist(['draft', 'waiting', 'scheduled', 'published', 'withdrawn']), why: v.nullable(v.picklist(['content', 'secondPerson'])), placeWords: v.array(w.text), isWhole: v.boolean(), byName: w.text, byMe: v.boolean(), updatedAt: w.instant, publishAt: v.nullable(w.instant), validUntil: w.instant, deadlineAt: v.nullable(w.instant) })
const help = v.nullable(v.strictObject({ at: w.instant, words: v.nullable(w.text), byName: w.text, state: v.picklist(['open', 'taken', 'done']), takenByName: v.nullable(w.text), takenByMe: v.boolean(), doneWords: v.nullable(w.text) }))
/** Somebody who has to be told, or asked for help. */
const dutyRow = v.strictObject({
  noticeId: w.text, title: w.text, personId: w.text, name: w.text, age: v.number(), livesAlone: v.boolean(), communityName: w.text, building: v.nullable(w.text), gridName: v.nullable(w.text), state, duty: v.picklist(['none', 'call', 'visit']),
  tries: v.array(v.strictObject({ how: v.picklist(['phone', 'door']), outcome: v.picklist(['told', 'noAnswer']), byName: w.text, at: w.instant })), help, opensCase: v.boolean(),
  /** whom WeChat carried its message to, or perhaps did */ sentTo: v.array(v.strictObject({ name: w.text, kinship: v.nullable(w.text), at: w.instant, isSure: v.boolean() })),
})

export const noticeContracts = {
  /** How many would be addressed, and how many of them have no account. `isAtLeast` when there are more than were looked at. @throws BAD_INPUT */
  'notice.count': define({ kind: 'query', needs: 'person', allow: writers, input: v.strictObject({ audience: audienceInput }), output: v.strictObject({ people: v.number(), withoutAccount: v.number(), isAtLeast: v.boolean() }) }),
  /** A draft, new or once more. Nothing of it is checked yet but its form. @throws WRONG_STATE */
  'notice.save': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId: v.optional(noticeId), ...wish }), output: v.strictObject({ noticeId: w.text }) }),
  /** Publish: at once, at its time, or after a second person said yes. @throws BAD_INPUT, LINK_REFUSED, NOBODY_ADDRESSED, WRONG_STATE */
  'notice.submit': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId }), output: v.strictObject({ status: v.picklist(['waiting', 'scheduled', 'published']), why: v.nullable(v.picklist(['content', 'secondPerson'])) }) }),
  /** A new edition: everybody is asked anew. @throws BAD_INPUT, LINK_REFUSED, WRONG_STATE */
  'notice.correct': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId, ...textInput, summary: f.words(60), /** left out: as before */ validUntil: v.optional(f.instant), deadlineAt: v.optional(f.instant) }), output: v.strictObject({ edition: v.number(), why: v.nullable(v.picklist(['content', 'secondPerson'])) }) }),
  /** Somebody else's yes, or no with a reason. @throws SECOND_PERSON, WRONG_STATE, REASON_REQUIRED */
  'notice.decide': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId, isApproved: v.boolean(), reason: f.optionalWords(120) }), output: w.done }),
  'notice.withdraw': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId, reason: f.words(120) }), output: w.done }),
  /** On top until a time; null takes it down. @throws LIMIT_REACHED */
  'notice.pin': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId, until: v.nullable(f.instant) }), output: w.done }),
  /** What I may work on: drafts and what waits first, then by time. */
  'notice.desk': define({ kind: 'query', needs: 'person', allow: staff, input: v.strictObject({ cursor: f.cursor }), output: v.strictObject({ open: v.array(deskRow), items: v.array(deskRow), nextCursor: v.nullable(w.text), communities: v.array(place), mayWhole: v.boolean() }) }),
  /** One notice as its staff sees it, with everything that was ever published of it. */
  'notice.work': define({
    kind: 'query', needs: 'person', allow: writers, input: v.strictObject({ noticeId }),
    output: v.strictObject({
      ...deskRow.entries, ...text, audience, edition: v.number(), editions: v.array(v.strictObject({ edition: v.number(), title: w.text, body: w.text, whatToDo: v.nullable(w.text), at: w.instant, byName: w.text, summary: v.nullable(w.text) })),
      submission: v.nullable(v.strictObject({ title: w.text, body: w.text, whatToDo: v.nullable(w.text), byName: w.text, byMe: v.boolean(), at: w.instant, summary: v.nullable(w.text) })), opensCase: v.boolean(), pinnedUntil: v.nullable(w.instant),
      returned: v.nullable(signed), withdrawn: v.nullable(signed), isWriting: v.boolean(), acts: v.array(v.picklist(['edit', 'submit', 'correct', 'decide', 'withdraw', 'pin', 'reach'])), part,
    }),
  }),
  /** The ledger in figures: how many stand in each state, where, and how it went over time. */
  'notice.reach': define({
    kind: 'query', needs: 'person', allow: writers, input: v.strictObject({ noticeId }),
    output: v.strictObject({
      noticeId: w.text, title: w.text, level, edition: v.number(), listedAt: w.instant, deadlineAt: v.nullable(w.instant), isWriting: v.boolean(), counts, byCommunity: v.array(v.strictObject({ communityId: w.text, communityName: w.text, addressed: v.number(), reached: v.number(), toCall: v.number(), toVisit: v.number() })),
      byBuilding: v.array(v.strictObject({ building: v.nullable(w.text), addressed: v.number(), reached: v.number() })), /** reached so far at the end of each span since it appeared */ overTime: v.array(v.strictObject({ until: w.instant, reached: v.number() })), helpOpen: v.number(), /** of those to whom it was sent: to family, in their place */ sentToFamily: v.number(),
    }),
  }),
  /** Who is left, in the order of the walk: to call, to visit; or to help, who asked first on top; of one notice or of all. `all`: how many ask for help, with the first page. */
  'notice.duty': define({ kind: 'query', needs: 'person', allow: staff, input: v.strictObject({ what: v.picklist(['call', 'visit', 'help']), noticeId: v.optional(noticeId), cursor: f.cursor }), output: v.strictObject({ items: v.array(dutyRow), nextCursor: v.nullable(w.text), all: v.nullable(v.number()) }) }),
  /** Told, no answer, or needs help; at a door that stays shut a safety case where the notice says so. @throws WRONG_STATE */
  'notice.told': define({ kind: 'mutation', needs: 'person', allow: near, input: v.strictObject({ noticeId, personId: f.id, how: v.picklist(['phone', 'door']), outcome: v.picklist(['told', 'noAnswer', 'needsHelp']), words: f.optionalWords(80) }), output: v.strictObject({ state, duty: v.picklist(['none', 'call', 'visit']), safetyCaseId: v.nullable(w.text) }) }),
  'notice.takeHelp': define({ kind: 'mutation', needs: 'person', allow: near, input: v.strictObject({ noticeId, personId: f.id }), output: w.done }),
  'notice.finishHelp': define({ kind: 'mutation', needs: 'person', allow: near, input: v.strictObject({ noticeId, personId: f.id, words: f.words(80) }), output: w.done }),

  /** What somebody was told, newest first; one page is one query. */
  'notice.list': define({ kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id, cursor: f.cursor }), output: v.strictObject({ items: v.array(noticeBrief), nextCursor: v.nullable(w.text), onlyMustReach: v.boolean() }) }),
  /** One notice in big type. `forElderId` is whose receipt it is. */
  'notice.show': define({
    kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ noticeId, elderId: f.id }),
    output: v.strictObject({
      noticeId: w.text, elder: w.personBrief, isMe: v.boolean(), level, ...text, edition: v.number(), listedAt: w.instant, validUntil: w.instant, deadlineAt: v.nullable(w.instant), byName: w.text, placeNames: v.array(w.text), isExpired: v.boolean(),
      withdrawn: v.nullable(signed), state, stateAt: w.instant, by: byWhom, /** what this elder had understood of an earlier edition, and what differs since */ corrected: v.nullable(v.strictObject({ summary: v.nullable(w.text), differences: v.array(v.strictObject({ was: v.nullable(w.text), is: v.nullable(w.text) })) })),
      help, acts: v.array(v.picklist(['acknowledge', 'askForHelp'])), mayAskConsent: v.boolean(), dutyPhone: w.text, part,
    }),
  }),
  'notice.read': define({ kind: 'mutation', needs: 'person', allow: ownWord, input: v.strictObject({ noticeId, elderId: f.id }), output: w.done }),
  /** 我知道了, of the edition that was on the screen. @throws CORRECTED {edition}, WRONG_STATE */
  'notice.acknowledge': define({ kind: 'mutation', needs: 'person', allow: ownWord, input: v.strictObject({ noticeId, elderId: f.id, edition: f.count(1, 1000) }), output: w.done }),
  'notice.askForHelp': define({ kind: 'mutation', needs: 'person', allow: ownWord, input: v.strictObject({ noticeId, elderId: f.id, edition: f.count(1, 1000), words: f.optionalWords(80) }), output: w.done }),
  /** Everything that was ever published for my community and holds these words; or all of it, newest first. */
  'notice.archive': define({ kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ query: f.optionalWords(20), cursor: f.cursor }), output: v.strictObject({ items: v.array(v.strictObject({ noticeId: w.text, title: w.text, gist: w.text, level, listedAt: w.instant, isExpired: v.boolean(), isWithdrawn: v.boolean() })), nextCursor: v.nullable(w.text) }) }),
  /** One from the archive, to read only. */
  'notice.past': define({ kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ noticeId }), output: v.strictObject({ noticeId: w.text, edition: v.number(), ...text, level, listedAt: w.instant, validUntil: w.instant, isExpired: v.boolean(), byName: w.text, placeNames: v.array(w.text), withdrawn: v.nullable(signed) }) }),
  /** Only what must reach is sent to this person; the list still holds everything. */
  'notice.setWish': define({ kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id, onlyMustReach: v.boolean() }), output: w.done }),
  /** What the person answered when WeChat asked whether messages may be sent. */
  'consent.record': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ answers: v.pipe(v.array(v.strictObject({ templateId: f.id, answer: v.picklist(['accept', 'reject']) })), v.minLength(1), v.maxLength(3)) }), output: w.done }),
}
