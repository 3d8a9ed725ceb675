/** Works of the gallery in the database: checked when they come, shown with addresses of their pictures, and their files deleted when they go. */
import type { OutputOf } from '../../src/contract'
import { likesOf, type Work, type WorkPicture } from '../../src/domain/gallery'
import type { ContentCheck } from '../../src/domain/notice'
import type { Subdistrict } from '../../src/domain/service-item'
import { get } from './aggregate'
import { addressesOf, command, dropFiles, find, updateIf } from './cloud'
import { checkContent, filesOf } from './notices'
import { communityName } from './people'

export const getWork = (workId: string): Promise<Work> => get<Work>('works', workId)

/** The picture as it is kept, and what the platform's check says of it and of the words beside it. @throws FILE_REFUSED {why} */
export async function takeIn(openid: string, fileId: string, title: string, words: string | null, workId: string, now: number): Promise<{ readonly picture: WorkPicture; readonly check: ContentCheck }> {
  const files = await filesOf({ pictures: [{ fileId, words: title }], attachments: [] }, null, { collection: 'works', id: workId }, now)
  const check = await checkContent(openid, { title, body: words ?? '', whatToDo: null, ...files }, null)
  return { picture: { fileId: files.pictures[0]?.fileId ?? fileId, from: fileId }, check }
}

/** Deletes the files that a work leaves behind; again changes nothing. */
export async function settleWork(work: Work): Promise<void> {
  if (work.unsettledAt === null) return
  // What storage did not delete the clock tries again.
  if ((await dropFiles(work.leaves)).length > 0) return
  await updateIf('works', work._id, { unsettledAt: work.unsettledAt }, { unsettledAt: command.set(null) })
}

/** Works whose files a call that was cut short left behind. */
export const unsettledWorks = (before: number, limit: number): Promise<Work[]> =>
  find<Work>('works', { unsettledAt: command.gt(0).and(command.lte(before)) }, { by: 'unsettledAt', direction: 'asc' }, limit)

/** The files of somebody who is erased go before their record of it does. */
export const dropPictures = async ({ picture, leaves }: Work): Promise<void> => void (await dropFiles([...(picture === null ? [] : [picture.fileId, picture.from]), ...leaves]))

type View = OutputOf<'gallery.list'>['items'][number]

/** Works as everybody sees them, with addresses of their pictures in one call. */
export async function worksShown(works: readonly Work[], subdistrict: Subdistrict, viewerId: string): Promise<readonly View[]> {
  const urls = await addressesOf(works.flatMap(({ picture }) => picture?.fileId ?? []))
  return works.map((work) => ({
    workId: work._id, sort: work.sort, title: work.title, words: work.words, url: work.picture === null ? '' : (urls.get(work.picture.fileId) ?? ''), communityName: communityName(subdistrict, work.communityId), at: work.publishedAt ?? work.at,
    authorName: work.author?.isNamed === true ? work.author.name : null, activity: work.activity === null ? null : { ...work.activity }, likes: likesOf(work), isLiked: work.likerIds.includes(viewerId),
  }))
}
