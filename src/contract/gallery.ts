/** The gallery 乐龄风采: works that residents hand in, pictures of past activities, and what people ask about them. */
import * as v from 'valibot'
import { askAbouts, decisions, handedInSorts, workSorts, workStates } from '../domain/gallery'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const everybody = [{ role: 'resident', relation: 'none' }] as const
const bookFor = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }] as const
const lookers = [{ role: 'socialWorker', relation: 'community' }, { role: 'admin', relation: 'subdistrict' }] as const
const staff = [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }] as const

const workId = v.strictObject({ workId: f.id })
const fileId = v.pipe(v.string(), v.maxLength(300), v.regex(/^cloud:\/\/[A-Za-z0-9_./-]+$/))

/** A work as everybody sees it. */
const work = {
  workId: w.text, sort: v.picklist(workSorts), title: w.text, words: v.nullable(w.text), url: w.text, communityName: w.text, at: w.instant,
  /** null: its author does not want to be named, or it is a picture of an activity */ authorName: v.nullable(w.text),
  activity: v.nullable(v.strictObject({ activityId: w.text, title: w.text })), likes: v.number(), isLiked: v.boolean(),
}
const answer = v.nullable(v.strictObject({ at: w.instant, byName: w.text, isUpheld: v.boolean(), words: w.text }))

export const galleryContracts = {
  /** What can be seen in the subdistrict, or of one activity, newest first. */
  'gallery.list': define({ kind: 'query', needs: 'person', allow: everybody, input: v.strictObject({ activityId: v.optional(f.id), cursor: f.cursor }), output: w.page(v.strictObject(work)) }),
  /** One of them. `asked`: what I asked about it and nobody has answered yet. @throws NOT_FOUND for what others do not see */
  'gallery.show': define({ kind: 'query', needs: 'person', allow: everybody, input: workId, output: v.strictObject({ ...work, isMine: v.boolean(), /** staff of its community */ mayRemove: v.boolean(), /** as a picture, out of the app */ mayBeHandedOn: v.boolean(), asked: v.array(v.picklist(askAbouts)) }) }),
  /** Everything that an elder handed in, whatever became of it, and what was asked for them. */
  'gallery.mine': define({
    kind: 'query', needs: 'person', allow: bookFor, input: v.strictObject({ elderId: f.id }),
    output: v.strictObject({
      elderName: w.text, isMe: v.boolean(),
      works: v.array(v.strictObject({ ...work, state: v.picklist(workStates), isNamed: v.boolean(), handedInByName: w.text, dueAt: v.nullable(w.instant), decidedByName: v.nullable(w.text), decidedWords: v.nullable(w.text) })),
      asks: v.array(v.strictObject({ askId: w.text, title: w.text, about: v.picklist(askAbouts), at: w.instant, dueAt: w.instant, answer })),
    }),
  }),
  /** By the author, family or a social worker at the counter. It waits for a person in any case. @throws FILE_REFUSED {why}, LIMIT_REACHED {works} */
  'gallery.handIn': define({
    kind: 'mutation', needs: 'person', allow: bookFor,
    input: v.strictObject({ elderId: f.id, sort: v.picklist(handedInSorts), title: f.words(20), words: f.optionalWords(120), fileId, /** others may read whose it is */ isNamed: v.boolean() }), output: v.strictObject({ workId: w.text }),
  }),
  /** A picture of an activity that has begun. `published`: the check passed it; else it waits for somebody else. @throws FILE_REFUSED {why}, TOO_EARLY {from} */
  'gallery.addPicture': define({ kind: 'mutation', needs: 'person', allow: lookers, input: v.strictObject({ activityId: f.id, /** what is to be seen */ title: f.words(30), fileId }), output: v.strictObject({ workId: w.text, state: v.picklist(['published', 'waiting']) }) }),
  /** @throws WRONG_STATE {status} */
  'gallery.takeBack': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: workId, output: w.done }),
  'gallery.setNamed': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ workId: f.id, isNamed: v.boolean() }), output: w.done }),
  /** One a person. @throws WRONG_STATE {status} */
  'gallery.like': define({ kind: 'mutation', needs: 'person', allow: everybody, input: v.strictObject({ workId: f.id, isLiked: v.boolean() }), output: v.strictObject({ likes: v.number() }) }),
  /** `me`: the elder is to be seen and wants it gone; it is hidden from now on. `unseemly`: somebody looks at it. @throws WRONG_STATE {status}, LIMIT_REACHED {works} */
  'gallery.ask': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ workId: f.id, elderId: f.id, about: v.picklist(askAbouts), words: f.optionalWords(120) }), output: v.strictObject({ /** a person has looked by then */ dueAt: w.instant }) }),

  /** What somebody has to look at, what is due first on top. `blocked`: why it is somebody else's to decide. */
  'gallery.board': define({
    kind: 'query', needs: 'person', allow: staff, input: v.strictObject({ cursor: f.cursor }),
    output: w.page(v.strictObject({
      ...work, state: v.picklist(workStates), author: v.nullable(v.strictObject({ name: w.text, isNamed: v.boolean() })), handedInByName: w.text, isHeld: v.boolean(), dueAt: w.instant, blocked: v.nullable(v.picklist(['OWN_CASE', 'SECOND_PERSON'])),
      asks: v.array(v.strictObject({ askId: w.text, about: v.picklist(askAbouts), elderName: w.text, byName: w.text, words: v.nullable(w.text), at: w.instant, dueAt: w.instant })),
    })),
  }),
  /** @throws WRONG_STATE {status}, OWN_CASE, SECOND_PERSON, REASON_REQUIRED */
  'gallery.decide': define({ kind: 'mutation', needs: 'person', allow: lookers, input: v.strictObject({ workId: f.id, decision: v.picklist(decisions), words: f.optionalWords(120) }), output: w.done }),
  /** Upheld: the picture goes, its file too. @throws NOT_FOUND, WRONG_STATE {status}, OWN_CASE, SECOND_PERSON */
  'gallery.answer': define({ kind: 'mutation', needs: 'person', allow: lookers, input: v.strictObject({ workId: f.id, askId: f.id, isUpheld: v.boolean(), words: f.words(120) }), output: w.done }),
}
