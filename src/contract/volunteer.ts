/** Volunteers: who they are, the tasks they claim, their shifts from check-in to credit, standing help, groups and projects. */
import * as v from 'valibot'
import { pairStatuses } from '../domain/pair'
import { projectLines, projectStatuses } from '../domain/project'
import { shiftLacks, shiftLines, shiftStatuses } from '../domain/shift'
import { skills } from '../domain/task'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const anybody = [{ role: 'resident', relation: 'none' }] as const
const volunteer = [{ role: 'volunteer', relation: 'none' }] as const
/** a volunteer who chose the community that the task is in */
const volunteerHere = [{ role: 'volunteer', relation: 'community' }] as const
const social = [{ role: 'socialWorker', relation: 'community' }] as const
const adminHere = { role: 'admin', relation: 'subdistrict' } as const
/** the social worker for their communities, the administrator for the whole subdistrict */
const verifiers = [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }] as const
const elderSide = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }] as const
/** somebody whom the object names: the volunteer of a shift, the organiser of a task, the leader of a group */
const named = [{ role: 'resident', relation: 'named' }] as const

const taskId = v.strictObject({ taskId: f.id })
const shiftId = v.strictObject({ shiftId: f.id })
const skillList = v.pipe(v.array(v.picklist(skills)), v.maxLength(skills.length))
const minuteOfDay = f.count(0, 24 * 60)
/** rotating code of the task: 6 digits; the elder's printed door card: 8 digits; `capturedAt` is the phone's clock, evidence only */
const atTheDoor = v.strictObject({ shiftId: f.id, code: v.union([f.digits(6), f.digits(8)]), capturedAt: v.optional(f.instant) })
const checked = v.strictObject({ proof: v.picklist(['doorCode', 'doorCard']), provedAt: w.instant })

const skill = v.picklist(skills)
const member = v.strictObject({ personId: w.text, name: w.text })
/** What it brought. `excess` went to the community's pot, over the cap; `entryId` opens the line in the passbook. */
const credit = v.nullable(v.strictObject({ earned: v.number(), excess: v.number(), entryId: v.nullable(w.text) }))

export const taskBrief = v.strictObject({
  taskId: w.text, title: w.text, place: w.text, communityId: w.text, communityName: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, skills: v.array(skill),
  seats: v.number(), remaining: v.number(), status: v.picklist(['open', 'full', 'over', 'cancelled']),
  /** it serves one elder; who it is, those learn who need it */
  isForElder: v.boolean(), isPair: v.boolean(), organiserName: w.text,
  /** from my own community; null: nobody declared it */
  walkingMinutes: v.nullable(v.number()),
})
/** A task in the list of those that I can claim. `skill`: it asks for a skill that I did not state; `clash`: I promised to be elsewhere; `ownCase`: for my own elder. */
export const taskOffer = v.strictObject({ ...taskBrief.entries, state: v.picklist(['free', 'full', 'mine', 'clash', 'skill', 'ownCase']), shiftId: v.nullable(w.text) })

export const shiftBrief = v.strictObject({
  shiftId: w.text, taskId: w.text, title: w.text, place: w.text, communityName: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, status: v.picklist(shiftStatuses),
  volunteerName: w.text, elderName: v.nullable(w.text), isPair: v.boolean(), checkedInAt: v.nullable(w.instant), checkedOutAt: v.nullable(w.instant),
  /** between the two proofs, or what was verified; null: not known yet */
  minutes: v.nullable(v.number()), points: credit,
})
export const shiftActs = ['giveUp', 'checkIn', 'checkOut', 'code', 'confirm', 'dispute', 'verify', 'noShow'] as const
export const shiftLine = v.strictObject({
  what: v.picklist(shiftLines), at: w.instant, byName: w.text, byMe: v.boolean(), as: v.picklist(w.actorKinds), kinship: v.nullable(w.text),
  proof: v.nullable(v.picklist(['doorCode', 'doorCard', 'elderTap', 'familyTap', 'organiserTap', 'callBack'])), provedAt: v.nullable(w.instant), words: v.nullable(w.text),
})
/** A shift in the social worker's list: what is missing, and whether this viewer may decide it (`blocked`: why not). */
export const shiftRow = v.strictObject({
  ...shiftBrief.entries, missing: v.array(v.picklist(shiftLacks)), isWeakProof: v.boolean(), plannedMinutes: v.number(), servedMinutes: v.nullable(v.number()),
  confirmedByName: v.nullable(w.text), blocked: v.nullable(v.picklist(['OWN_CASE', 'SECOND_PERSON'])),
  /** staff for whom it is not their own case, those of the community first; the first few. Empty once it is decided, and to who is no staff */
  verifiers: v.array(v.strictObject({ name: w.text, as: v.picklist(['socialWorker', 'admin']) })),
})

export const pairView = v.strictObject({
  pairId: w.text, status: v.picklist(pairStatuses), volunteerName: w.text, elderName: w.text, elderId: w.text, communityName: w.text, title: w.text, what: w.text, place: w.text,
  weekday: v.number(), startMinute: v.number(), minutes: v.number(), offeredByName: w.text, offeredAt: w.instant, volunteerAgreed: v.boolean(), elderAgreed: v.boolean(),
  endedAt: v.nullable(w.instant), endedByName: v.nullable(w.text), reason: v.nullable(w.text), /** the next task made from it */ nextOn: v.nullable(w.text),
  /** how I stand to it */
  as: v.picklist(['volunteer', 'elder', 'family', 'socialWorker']), acts: v.array(v.picklist(['accept', 'refuse', 'end'])),
})

export const groupView = v.strictObject({
  groupId: w.text, name: w.text, communityId: w.text, communityName: w.text, leaderId: w.text, leaderName: w.text, isOpen: v.boolean(), isMyLead: v.boolean(), members: v.array(member),
  /** of its passbook, which can only donate */
  balance: v.number(), projectsDone: v.number(),
})

export const projectView = v.strictObject({
  projectId: w.text, title: w.text, what: w.text, place: w.text, communityId: w.text, communityName: w.text, dueOn: w.text, /** points announced for it; null: the policy's rate */ stated: v.nullable(v.number()), status: v.picklist(projectStatuses), groupId: v.nullable(w.text), groupName: v.nullable(w.text),
  claimedAt: v.nullable(w.instant), /** when the claim is released unless something is heard */ staleAt: v.nullable(w.instant), points: credit,
  timeline: v.array(v.strictObject({ what: v.picklist(projectLines), at: w.instant, byName: w.text, byMe: v.boolean(), words: v.nullable(w.text) })),
  acts: v.array(v.picklist(['claim', 'evidence', 'finish', 'giveUp', 'verify', 'withdraw'])),
})

const yearFigures = v.strictObject({ year: v.number(), shifts: v.number(), minutes: v.number() })

export const volunteerContracts = {
  /** Joins, or says anew which skills and communities. A resident whom a social worker has seen; nobody is joined by somebody else. @throws UNVERIFIED, BAD_INPUT {field} */
  'volunteer.join': define({
    kind: 'mutation', needs: 'person', allow: anybody,
    input: v.strictObject({ skills: skillList, communityIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(30)) }), output: w.done,
  }),
  /** @throws LIVE_SHIFTS while shifts are claimed; WRONG_STATE for who is no volunteer */
  'volunteer.leave': define({ kind: 'mutation', needs: 'person', allow: volunteer, input: v.strictObject({ /** kept nowhere but in the receipt's hash */ words: f.optionalWords(80) }), output: w.done }),
  /** Me as a volunteer, or the form to become one. */
  'volunteer.me': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({}),
    output: v.strictObject({
      isVolunteer: v.boolean(), isVerified: v.boolean(), name: w.text, communityName: w.text, skills: v.array(skill), communityIds: v.array(w.text), choices: v.array(w.community), thisYear: yearFigures,
      groups: v.array(v.strictObject({ groupId: w.text, name: w.text, isMyLead: v.boolean() })),
    }),
  }),
  /** From verified shifts alone. `items` are the newest, at most 50; `more` says how many are not listed. */
  'volunteer.certificate': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({ year: f.count(2020, 2100) }),
    output: v.strictObject({
      ...yearFigures.entries, /** printed on it, the same each time */ number: w.text, name: w.text, communityName: w.text, subdistrictName: w.text, issuedOn: w.text, points: v.number(),
      months: v.array(v.strictObject({ month: w.text, shifts: v.number(), minutes: v.number() })),
      items: v.array(v.strictObject({ shiftId: w.text, onDate: w.text, title: w.text, communityName: w.text, minutes: v.number() })), more: v.number(),
    }),
  }),

  /** Tasks to come in the communities that I chose, nearest day first. */
  'task.list': define({ kind: 'query', needs: 'person', allow: volunteer, input: v.strictObject({ communityId: v.optional(f.id), /** left out: by when it begins */ order: v.optional(v.picklist(['soonest', 'nearest'])), cursor: f.cursor }), output: v.strictObject({ ...w.page(taskOffer).entries, communities: v.array(w.community) }) }),
  /** For volunteers of the community, who holds a seat, the organiser, the elder and family, and staff. */
  'task.show': define({
    kind: 'query', needs: 'person', allow: [...social, ...elderSide, ...named, ...volunteerHere, adminHere], input: taskId,
    output: v.strictObject({
      ...taskOffer.entries, what: w.text, as: v.picklist(['volunteer', 'organiser', 'elder', 'family', 'socialWorker']),
      /** to those who need it: who holds a seat, organiser, elder's side, social worker; the address is masked, who holds a seat asks for it with person.unmask {about: {by: 'shift', shiftId}} */
      elder: v.nullable(v.strictObject({ personId: w.text, name: w.text, address: w.text })), organiserId: w.text,
      /** to organiser, elder's side and social workers */
      volunteers: v.array(v.strictObject({ shiftId: w.text, personId: w.text, name: w.text, status: v.picklist(shiftStatuses), checkedInAt: v.nullable(w.instant), checkedOutAt: v.nullable(w.instant) })),
      cancelReason: v.nullable(w.text), publishedByName: w.text, acts: v.array(v.picklist(['claim', 'giveUp', 'code', 'cancel'])),
    }),
  }),
  /** Two at once: one wins. @throws TASK_FULL, WORKER_BUSY {from, to}, OWN_CASE, SKILL_MISSING {skills}, SLOT_PAST, WRONG_STATE */
  'task.claim': define({ kind: 'mutation', needs: 'person', allow: volunteerHere, input: taskId, output: v.strictObject({ shiftId: w.text }) }),
  /** Until the start; the seat is free again. @throws SLOT_PAST, WRONG_STATE */
  'task.giveUp': define({ kind: 'mutation', needs: 'person', allow: named, input: v.strictObject({ shiftId: f.id, reason: f.optionalWords(80) }), output: w.done }),
  /** @throws BAD_INPUT {field}, NOT_FOUND for an elder of another community, UNVERIFIED, TEXT refused: CONTENT_REFUSED */
  'task.publish': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({
      title: f.words(24), what: f.words(200), place: f.words(60), communityId: f.id, onDate: f.civilDate, startMinute: minuteOfDay, endMinute: minuteOfDay, skills: skillList, seats: f.count(1, 200),
      /** whom it serves */ elderId: v.optional(f.id), /** who runs it; left out: me */ organiserId: v.optional(f.id),
      walking: v.optional(v.pipe(v.array(v.strictObject({ communityId: f.id, minutes: f.count(0, 180) })), v.maxLength(30))),
    }),
    output: v.strictObject({ taskId: w.text }),
  }),
  /** Before anybody has checked in. Seats and times of all are free again. @throws WRONG_STATE */
  'task.cancel': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ taskId: f.id, reason: f.words(80) }), output: w.done }),
  /** The social worker's tasks, or those of the subdistrict for its administrator; `coming` nearest first, `past` newest first. `communities`: in which the viewer may publish. */
  'task.board': define({
    kind: 'query', needs: 'person', allow: verifiers, input: v.strictObject({ which: v.picklist(['coming', 'past']), cursor: f.cursor }),
    output: v.strictObject({ ...w.page(v.strictObject({ ...taskBrief.entries, elderName: v.nullable(w.text), volunteerNames: v.array(w.text) })).entries, communities: v.array(w.community) }),
  }),

  /** My shifts: what comes or runs, nearest first; what is over, newest first by page; tasks that I organise or that come to my elders today and later. */
  'shift.mine': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({ cursor: f.cursor }),
    output: v.strictObject({ coming: v.array(shiftBrief), past: w.page(shiftBrief), thisYear: yearFigures, hosting: v.array(v.strictObject({ ...taskBrief.entries, elderName: v.nullable(w.text), as: v.picklist(['organiser', 'elder', 'family']) })) }),
  }),
  'shift.show': define({
    kind: 'query', needs: 'person', allow: [...social, { role: 'admin', relation: 'subdistrict' }, ...elderSide, ...named], input: shiftId,
    output: v.strictObject({
      ...shiftRow.entries, as: v.picklist(['volunteer', 'organiser', 'elder', 'family', 'socialWorker', 'admin']), what: w.text, organiserName: w.text, timeline: v.array(shiftLine), acts: v.array(v.picklist(shiftActs)),
      checkInFrom: w.instant, reason: v.nullable(w.text),
    }),
  }),
  /** The rotating code of a task, on the phone of the organiser, the elder or the family; never on a volunteer's of that task. @throws TOO_EARLY {from}, WRONG_STATE, OWN_CASE */
  'shift.code': define({
    kind: 'query', needs: 'person', allow: [...elderSide, ...named], input: taskId,
    output: v.strictObject({ code: w.text, validUntil: w.instant, title: w.text, volunteers: v.array(v.strictObject({ shiftId: w.text, name: w.text, status: v.picklist(shiftStatuses) })) }),
  }),
  /** @throws DOOR_CODE_WRONG {left}, DOOR_CODE_USED, TOO_EARLY {from}, TOO_MANY_ATTEMPTS {until}, WRONG_STATE */
  'shift.checkIn': define({ kind: 'mutation', needs: 'person', allow: named, input: atTheDoor, output: checked }),
  'shift.checkOut': define({ kind: 'mutation', needs: 'person', allow: named, input: atTheDoor, output: checked }),
  /** It took place, or it did not (`notSo` needs words). A social worker records what the elder said on the telephone, in words. @throws OWN_CASE for the volunteer and their family, REASON_REQUIRED, WRONG_STATE */
  'shift.confirm': define({ kind: 'mutation', needs: 'person', allow: [...elderSide, ...named, ...social], input: v.strictObject({ shiftId: f.id, said: v.picklist(['tookPlace', 'notSo']), words: f.optionalWords(120) }), output: w.done }),
  /** What waits for a verdict in the social worker's communities, or in the administrator's subdistrict: those whose evidence is complete, and the exceptions; oldest first, each list by page. */
  'shift.review': define({
    kind: 'query', needs: 'person', allow: verifiers, input: v.strictObject({ completeCursor: f.cursor, exceptionsCursor: f.cursor }),
    output: v.strictObject({ complete: v.array(shiftRow), nextComplete: v.nullable(w.text), exceptions: v.array(shiftRow), nextExceptions: v.nullable(w.text), isWholeSubdistrict: v.boolean() }),
  }),
  /** `minutes`: at most what is proved; for `partly` at most what was planned. @throws OWN_CASE, SECOND_PERSON, EVIDENCE_INCOMPLETE {missing}, REASON_REQUIRED, BAD_INPUT {field: 'minutes'}, WRONG_STATE */
  'shift.verify': define({
    kind: 'mutation', needs: 'person', allow: [...social, { role: 'admin', relation: 'subdistrict' }],
    input: v.strictObject({ shiftId: f.id, outcome: v.picklist(['verified', 'partly', 'rejected']), reason: f.optionalWords(120), minutes: v.optional(f.count(1, 720)) }),
    output: v.strictObject({ points: credit }),
  }),
  /** @throws TOO_EARLY {from}, WRONG_STATE, OWN_CASE */
  'shift.noShow': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ shiftId: f.id, reason: f.words(80) }), output: w.done }),

  /** Standing help that I am in, that my elders are in, and, for a social worker, of their communities. */
  'pair.list': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({}),
    /** `elders`: whom I, as a volunteer, have served and may offer standing help */
    output: v.strictObject({ pairs: v.array(pairView), elders: v.array(v.strictObject({ personId: w.text, name: w.text })) }),
  }),
  /** By a volunteer for an elder whom they have served, or by a social worker for both (`volunteerId`). Both sides agree before it begins. @throws OWN_CASE, NO_MATCH (no volunteer), NOT_FOUND, WRONG_STATE when the two have one already */
  'pair.offer': define({
    kind: 'mutation', needs: 'person', allow: [...social, ...volunteerHere],
    input: v.strictObject({ elderId: f.id, volunteerId: v.optional(f.id), title: f.words(24), what: f.words(120), weekday: f.count(0, 6), startMinute: f.count(6 * 60, 21 * 60), minutes: f.count(15, 240) }),
    output: v.strictObject({ pairId: w.text }),
  }),
  /** Agrees, or declines, for the side on which I stand; a social worker for an elder who said so on the telephone. @throws WRONG_STATE */
  'pair.accept': define({ kind: 'mutation', needs: 'person', allow: [...elderSide, ...named, ...social], input: v.strictObject({ pairId: f.id, accepts: v.boolean(), words: f.optionalWords(80) }), output: v.strictObject({ status: v.picklist(pairStatuses) }) }),
  /** At any time, by either side or a social worker; tasks to come are cancelled. @throws WRONG_STATE */
  'pair.end': define({ kind: 'mutation', needs: 'person', allow: [...elderSide, ...named, ...social], input: v.strictObject({ pairId: f.id, reason: f.optionalWords(80) }), output: w.done }),

  /** Groups of my communities for a social worker; else those that I belong to. */
  'group.list': define({ kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({ /** for an administrator: every group of the subdistrict */ all: v.optional(v.boolean()) }), output: v.strictObject({ groups: v.array(groupView), communities: v.array(w.community) }) }),
  /** New without `groupId`. Leader and members are residents whom a social worker has seen. @throws UNVERIFIED, NOT_FOUND, BAD_INPUT {field} */
  'group.save': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ groupId: v.optional(f.id), name: f.words(30), communityId: f.id, leaderId: f.id, memberIds: v.pipe(v.array(f.id), v.maxLength(60)), isOpen: v.boolean() }), output: v.strictObject({ groupId: w.text }),
  }),
  'group.show': define({ kind: 'query', needs: 'person', allow: [...social, { role: 'admin', relation: 'subdistrict' }, ...named], input: v.strictObject({ groupId: f.id }), output: v.strictObject({ ...groupView.entries, projects: v.array(projectView) }) }),

  /** Open projects of the subdistrict and those of my groups; for a social worker all of their communities that are not settled. */
  'project.list': define({ kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({}), output: v.strictObject({ open: v.array(projectView), mine: v.array(projectView), toVerify: v.array(projectView), leads: v.array(v.strictObject({ groupId: w.text, name: w.text })), communities: v.array(w.community) }) }),
  'project.publish': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ title: f.words(24), what: f.words(300), place: f.words(60), communityId: f.id, dueOn: f.civilDate, /** announced for it, within the policy's rate; left out: the rate */ points: v.optional(f.count(1, 1_000_000)) }), output: v.strictObject({ projectId: w.text }) }),
  /** By the group's leader. Two at once: one wins. @throws ALREADY_TAKEN {name}, SLOT_PAST, OWN_CASE (who published it), WRONG_STATE, LIMIT_REACHED {most} */
  'project.claim': define({ kind: 'mutation', needs: 'person', allow: named, input: v.strictObject({ projectId: f.id, groupId: f.id }), output: w.done }),
  /** What was done so far, in words; the claim stays alive. @throws WRONG_STATE */
  'project.evidence': define({ kind: 'mutation', needs: 'person', allow: named, input: v.strictObject({ projectId: f.id, words: f.words(300) }), output: w.done }),
  /** @throws EVIDENCE_INCOMPLETE without any evidence, WRONG_STATE */
  'project.finish': define({ kind: 'mutation', needs: 'person', allow: named, input: v.strictObject({ projectId: f.id, words: f.words(300) }), output: w.done }),
  'project.giveUp': define({ kind: 'mutation', needs: 'person', allow: named, input: v.strictObject({ projectId: f.id, reason: f.words(80) }), output: w.done }),
  /** `sentBack`: more is needed, the claim goes on; `withdrawn`: the project is no longer offered. @throws OWN_CASE for members of the group and their family, REASON_REQUIRED, WRONG_STATE */
  'project.verify': define({
    kind: 'mutation', needs: 'person', allow: [...social, { role: 'admin', relation: 'subdistrict' }],
    input: v.strictObject({ projectId: f.id, outcome: v.picklist(['verified', 'sentBack', 'withdrawn']), reason: f.optionalWords(120) }), output: v.strictObject({ points: credit }),
  }),
}

export type TaskOffer = v.InferOutput<typeof taskOffer>
export type TaskBrief = v.InferOutput<typeof taskBrief>
export type ShiftBrief = v.InferOutput<typeof shiftBrief>
export type ShiftRow = v.InferOutput<typeof shiftRow>
export type PairView = v.InferOutput<typeof pairView>
export type GroupView = v.InferOutput<typeof groupView>
export type ProjectView = v.InferOutput<typeof projectView>
