/** Handlers of src/contract/gallery.ts. */
import { ensure } from '../../src/domain/error'
import { answerAsk, ask, blockedFor, decide, handIn, like, likesOf, LOOKED_AT_WITHIN, mayBeHandedOn, MOST_ASKED, MOST_WAITING, openAsksOf, TAKEN_DOWN_WITHIN, takeBack, withName, type Work } from '../../src/domain/gallery'
import { hasRole, type Actor } from '../../src/domain/role'
import { getActivity } from '../_server/activities'
import { changeOnce, createOnce } from '../_server/aggregate'
import { leaveEntry } from '../_server/audits'
import { countOf, find, read, command } from '../_server/cloud'
import { getWork, settleWork, takeIn, worksShown } from '../_server/gallery'
import { derivedId } from '../_server/keys'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { serverOf } from '../_server/tasks'
import { ensureAllowedText } from '../_server/text'

const DONE = { done: true } as const
const ROWS = 12
/** Works and questions of one person that their own page shows. */
const MINE = 100

const isOut = (work: Work): boolean => work.state === 'published'
const staffOf = async (actor: Actor) => serverOf(await getPerson(actor.personId))

/** A work that somebody handed in, as its author's side finds it; pictures of activities are nobody's own. */
async function withAuthor({ workId }: { readonly workId: string }) {
  const work = await getWork(workId)
  ensure(work.author !== null, 'NOT_FOUND')
  const elder = await getPerson(work.author.personId)
  return { subject: aboutElder(elder), remembersIn: work, work, elder }
}

/** A work as staff of its community and the subdistrict's administrator find it. */
async function withWork({ workId }: { readonly workId: string }) {
  const work = await getWork(workId)
  return { subject: { subdistrictId: work.subdistrictId, communityId: work.communityId }, remembersIn: work, work }
}

async function withElder(input: { readonly elderId: string }) {
  const elder = await getPerson(input.elderId)
  return { subject: aboutElder(elder), elder }
}

/** What an earlier copy of this request made. */
const workMade = async (workId: string): Promise<Work | null> => read<Work>('works', workId)

export const galleryHandlers = {
  'gallery.list': handler('gallery.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const where = { subdistrictId: actor.subdistrictId, state: 'published', ...(input.activityId === undefined ? {} : { 'activity.activityId': input.activityId }) }
      const [subdistrict, page] = await Promise.all([getSubdistrict(actor.subdistrictId), pageBy<Work>('works', where, 'publishedAt', 'desc', input.cursor, ROWS)])
      return { items: [...(await worksShown(page.items, subdistrict, actor.personId))], nextCursor: page.nextCursor }
    },
  }),

  'gallery.show': handler('gallery.show', {
    async load(input) {
      const work = await getWork(input.workId)
      return { subject: { subdistrictId: work.subdistrictId }, work }
    },
    async run(_input, { work }, { actor }) {
      ensure(isOut(work), 'NOT_FOUND')
      const [shown] = await worksShown([work], await getSubdistrict(work.subdistrictId), actor.personId)
      ensure(shown !== undefined, 'NOT_FOUND')
      const mayRemove = hasRole(actor, 'admin') || communitiesOf(actor).includes(work.communityId)
      return { ...shown, mayRemove, mayBeHandedOn: mayBeHandedOn(work), isMine: work.author?.personId === actor.personId, asked: work.asks.filter((one) => one.answer === null && one.elder.personId === actor.personId).map((one) => one.about) }
    },
  }),

  'gallery.mine': handler('gallery.mine', {
    load: withElder,
    async run(_input, { elder }, { actor }) {
      const [subdistrict, works, asked] = await Promise.all([
        getSubdistrict(elder.subdistrictId), find<Work>('works', { 'author.personId': elder._id }, { by: 'at', direction: 'desc' }, MINE), find<Work>('works', { 'asks.elder.personId': elder._id }, null, MINE),
      ])
      const shown = await worksShown(works, subdistrict, actor.personId)
      return {
        elderName: elder.name, isMe: elder._id === actor.personId,
        works: works.flatMap((work, index) => {
          const one = shown[index]
          return one === undefined ? [] : [{ ...one, at: work.at, state: work.state, isNamed: work.author?.isNamed === true, handedInByName: work.handedInBy.name, dueAt: work.state === 'waiting' ? work.dueAt : null, decidedByName: work.decided?.by.name ?? null, decidedWords: work.decided?.words ?? null }]
        }),
        asks: asked.flatMap((work) => work.asks.filter((one) => one.elder.personId === elder._id).map(({ askId, about, at, dueAt, answer }) => ({
          askId, title: work.title, about, at, dueAt, answer: answer && { at: answer.at, byName: answer.by.name, isUpheld: answer.isUpheld, words: answer.words },
        }))).sort((a, b) => b.at - a.at),
      }
    },
  }),

  'gallery.handIn': handler('gallery.handIn', {
    isFoundByKey: true,
    async load(input, { request }) {
      const { subject, elder } = await withElder(input)
      const before = await workMade(derivedId('w', request.key))
      return { subject, elder, madeBefore: before && { hash: before.madeBy.hash, answer: { workId: before._id } } }
    },
    async run(input, { elder }, call, standing) {
      const { openid, now, request } = call
      const words = input.words === undefined || input.words === '' ? null : input.words
      const waiting = await countOf('works', { 'author.personId': elder._id, state: 'waiting' })
      ensure(waiting < MOST_WAITING, 'LIMIT_REACHED', { works: waiting })
      const workId = derivedId('w', request.key)
      const { picture, check } = await takeIn(openid, input.fileId, input.title, words, workId, now)
      const by = byOf(call.actor, standing, elder)
      const wish = { sort: input.sort, title: input.title, words, picture, author: { personId: elder._id, name: elder.name, isNamed: input.isNamed }, activity: null, communityId: elder.communityId }
      const work = await createOnce('works', handIn(wish, { workId, subdistrictId: elder.subdistrictId, ...request }, check, by, now))
      await leaveEntry(elder, 'workHandedIn', by, call, input.title)
      return { workId: work._id }
    },
  }),

  'gallery.addPicture': handler('gallery.addPicture', {
    isFoundByKey: true,
    async load(input, { request }) {
      const [slot, before] = await Promise.all([getActivity(input.activityId), workMade(derivedId('w', request.key))])
      return {
        subject: { subdistrictId: slot.subdistrictId, communityId: slot.communityIds[0] ?? '' }, slot,
        madeBefore: before && { hash: before.madeBy.hash, answer: { workId: before._id, state: before.check === 'passed' ? 'published' : 'waiting' } },
      }
    },
    async run(input, { slot }, call, standing) {
      const { openid, now, request } = call
      ensure(now >= slot.startsAt, 'TOO_EARLY', { from: slot.startsAt })
      const workId = derivedId('w', request.key)
      const { picture, check } = await takeIn(openid, input.fileId, input.title, null, workId, now)
      const wish = { sort: 'activity' as const, title: input.title, words: null, picture, author: null, activity: { activityId: slot._id, title: slot.serviceName }, communityId: slot.communityIds[0] ?? '' }
      const work = await createOnce('works', handIn(wish, { workId, subdistrictId: slot.subdistrictId, ...request }, check, byOf(call.actor, standing), now))
      return { workId: work._id, state: work.check === 'passed' ? ('published' as const) : ('waiting' as const) }
    },
  }),

  'gallery.takeBack': handler('gallery.takeBack', {
    load: withAuthor,
    async run(_input, { work, elder }, call, standing) {
      const { document, answer } = await changeOnce('works', work, call.request, (current) => ({ next: takeBack(current, call.now), answer: DONE }))
      await settleWork(document)
      await leaveEntry(elder, 'workTakenBack', byOf(call.actor, standing, elder), call, work.title)
      return answer
    },
  }),

  'gallery.setNamed': handler('gallery.setNamed', {
    load: withAuthor,
    async run(input, { work, elder }, call, standing) {
      const { answer } = await changeOnce('works', work, call.request, (current) => ({ next: withName(current, input.isNamed), answer: DONE }))
      await leaveEntry(elder, 'workNamed', byOf(call.actor, standing, elder), call, work.title)
      return answer
    },
  }),

  'gallery.like': handler('gallery.like', {
    async load(input) {
      const work = await getWork(input.workId)
      return { subject: { subdistrictId: work.subdistrictId }, remembersIn: work, work }
    },
    async run(input, { work }, { actor, request }) {
      ensure(isOut(work), 'NOT_FOUND')
      const { answer } = await changeOnce('works', work, request, (current) => {
        const next = like(current, actor.personId, input.isLiked)
        return { next, answer: { likes: likesOf(next) } }
      })
      return answer
    },
  }),

  'gallery.ask': handler('gallery.ask', {
    async load(input) {
      const [elder, work] = await Promise.all([getPerson(input.elderId), getWork(input.workId)])
      ensure(work.subdistrictId === elder.subdistrictId, 'NOT_FOUND')
      return { subject: aboutElder(elder), remembersIn: work, work, elder }
    },
    async run(input, { work, elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      // What is asked hides a picture: nobody hides the whole gallery.
      const waiting = openAsksOf(await find<Work>('works', { 'asks.elder.personId': elder._id }, null, MINE), elder._id)
      ensure(waiting < MOST_ASKED, 'LIMIT_REACHED', { works: waiting })
      await ensureAllowedText(call.openid, input.words)
      const { answer } = await changeOnce('works', work, call.request, (current) => ({
        next: ask(current, { askId: derivedId('g', call.request.key), elder: { personId: elder._id, name: elder.name }, by, about: input.about, words: input.words === undefined || input.words === '' ? null : input.words }, call.now),
        answer: { dueAt: call.now + (input.about === 'me' ? TAKEN_DOWN_WITHIN : LOOKED_AT_WITHIN) },
      }))
      await leaveEntry(elder, 'workAsked', by, call, work.title)
      return answer
    },
  }),

  'gallery.board': handler('gallery.board', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const mine = hasRole(actor, 'admin') ? subdistrict.communities.map(({ communityId }) => communityId) : communitiesOf(actor)
      const [page, me] = await Promise.all([pageBy<Work>('works', { waitsIn: command.in(mine) }, 'dueAt', 'asc', input.cursor, ROWS), staffOf(actor)])
      const shown = await worksShown(page.items, subdistrict, actor.personId)
      return {
        items: page.items.flatMap((work, index) => {
          const one = shown[index]
          return one === undefined ? [] : [{
            ...one, state: work.state, author: work.author && { name: work.author.name, isNamed: work.author.isNamed }, handedInByName: work.handedInBy.name, isHeld: work.check === 'held', dueAt: work.dueAt ?? work.at, blocked: work.state === 'waiting' ? blockedFor(work, me) : null,
            asks: work.asks.filter((asked) => asked.answer === null).map(({ askId, about, elder, by, words, at, dueAt }) => ({ askId, about, elderName: elder.name, byName: by.name, words, at, dueAt })),
          }]
        }),
        nextCursor: page.nextCursor,
      }
    },
  }),

  'gallery.decide': handler('gallery.decide', {
    load: withWork,
    async run(input, { work }, call, standing) {
      const [staff, by] = [await staffOf(call.actor), byOf(call.actor, standing)]
      const words = input.words === undefined || input.words === '' ? null : input.words
      const { document, answer } = await changeOnce('works', work, call.request, (current) => ({ next: decide(current, input.decision, staff, by, words, call.now), answer: DONE }))
      await settleWork(document)
      if (work.author !== null) await leaveEntry({ _id: work.author.personId, name: work.author.name, subdistrictId: work.subdistrictId }, 'workDecided', by, call, `${work.title}：${words ?? '放上去了'}`)
      return answer
    },
  }),

  'gallery.answer': handler('gallery.answer', {
    load: withWork,
    async run(input, { work }, call, standing) {
      const [staff, by] = [await staffOf(call.actor), byOf(call.actor, standing)]
      await ensureAllowedText(call.openid, input.words)
      const { document, answer } = await changeOnce('works', work, call.request, (current) => ({ next: answerAsk(current, input.askId, { isUpheld: input.isUpheld, words: input.words }, staff, by, call.now), answer: DONE }))
      await settleWork(document)
      return answer
    },
  }),
}
