/** Notices in the database: loaded with whom they are for, checked before they are read by others, found again in the archive. */
import { buildingsOf, isAddressed, soundAudience, type Audience } from '../../src/domain/audience'
import type { Notice, ContentCheck } from '../../src/domain/notice'
import type { Attachment, NoticeText, Picture } from '../../src/domain/notice-text'
import { DomainError, ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import type { RoleGrant, Subject } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Holder } from '../../src/domain/upload'
import type { Account } from './accounts'
import { get } from './aggregate'
import { addressesOf, command, countOf, find, isPictureAllowed, storedBytes } from './cloud'
import { eachPage } from './pages'
import { isHeldBack } from './text'
import { keepCopy } from './uploads'

export const getNotice = (noticeId: string): Promise<Notice> => get<Notice>('notices', noticeId)

/** The notices that these lines and questions belong to, in one call. */
export async function noticesOf(parts: readonly { readonly noticeId: string }[]): Promise<ReadonlyMap<string, Notice>> {
  const ids = [...new Set(parts.map((part) => part.noticeId))]
  return new Map((ids.length === 0 ? [] : await find<Notice>('notices', { _id: command.in(ids) }, null, ids.length)).map((notice) => [notice._id, notice]))
}

/** Whose business a notice is: everybody's in its communities, the subdistrict's when it is for all of them. */
export const aboutAudience = (subdistrictId: string, audience: Audience): Subject => ({ subdistrictId, communityIds: audience.communityIds })

/** What a handler about one notice loads. */
export async function withNotice({ noticeId }: { readonly noticeId: string }) {
  const notice = await getNotice(noticeId)
  return { subject: aboutAudience(notice.subdistrictId, notice.audience), remembersIn: notice, notice }
}

/** The audience as it is kept. @throws BAD_INPUT {field}, NOT_FOUND */
export const knownAudience = (audience: Audience, subdistrict: Subdistrict, today: string): Audience => soundAudience(audience, subdistrict.communities, today)

/** Looked at before "at least" is said. */
const LOOKED_AT = 20_000

/** What only each person's own record tells; the database counts the rest by itself. */
const isByPerson = (audience: Audience): boolean => buildingsOf(audience).length > 0 || audience.roles.length > 0 || audience.bookingOn !== null

const LIVING = command.in(['verified', 'unverified'])

/** Age as the database can count it: born from one day on, up to another. */
function bornWithin({ ageFrom, ageTo }: Audience, today: string): object {
  const [year, day] = [Number(today.slice(0, 4)), today.slice(4)]
  const until = ageFrom === null ? null : command.lte(`${year - ageFrom}${day}`)
  const from = ageTo === null ? null : command.gt(`${year - ageTo - 1}${day}`)
  if (until === null && from === null) return {}
  return { birthOn: from === null ? until : until === null ? from : (from as ReturnType<typeof command.gt>).and(until) }
}

/** The grants of people who hold one of the roles, by person; empty when no role is asked for. */
export async function grantsOf(people: readonly Person[], audience: Audience): Promise<ReadonlyMap<string, readonly RoleGrant[]>> {
  const accountIds = audience.roles.length === 0 ? [] : people.flatMap((person) => person.accountId ?? [])
  const accounts = accountIds.length === 0 ? [] : await find<Account>('accounts', { _id: command.in(accountIds) }, null, 1000)
  return new Map(accounts.flatMap((account) => (account.personId === null ? [] : [[account.personId, account.grants] as const])))
}

/** People of one community whom the audience means, page by page, until `look` says false. @returns false if it did */
export const eachAddressee = (audience: Audience, communityId: string, today: string, look: (addressed: readonly Person[], of: number) => boolean | void): Promise<boolean> =>
  eachPage<Person>('people', { communityId }, ['communityId', 'standing', 'mergedInto', 'birthOn', 'livesAlone', 'address', 'busy', 'accountId'], async (people) => {
    const grants = await grantsOf(people, audience)
    return look(people.filter((person) => isAddressed(person, audience, grants.get(person._id) ?? [], today)), people.length)
  })

/** Whom the audience's own words reach now. */
export async function countAudience(audience: Audience, today: string): Promise<{ readonly people: number; readonly withoutAccount: number; readonly isAtLeast: boolean }> {
  if (!isByPerson(audience)) {
    const who = { standing: LIVING, ...bornWithin(audience, today), ...(audience.livesAlone ? { livesAlone: true } : {}) }
    const each = await Promise.all(audience.communityIds.map((communityId) => Promise.all([countOf('people', { communityId, ...who }), countOf('people', { communityId, ...who, accountId: null })])))
    return { people: each.reduce((sum, [people]) => sum + people, 0), withoutAccount: each.reduce((sum, [, without]) => sum + without, 0), isAtLeast: false }
  }
  const found = { people: 0, withoutAccount: 0, isAtLeast: false }
  let looked = 0
  for (const communityId of audience.communityIds) {
    const isWhole = looked < LOOKED_AT && (await eachAddressee(audience, communityId, today, (addressed, of) => {
      found.people += addressed.length
      found.withoutAccount += addressed.filter((person) => person.accountId === null).length
      looked += of
      return looked < LOOKED_AT
    }))
    if (!isWhole) return { ...found, isAtLeast: true }
  }
  return found
}

/** Largest picture or attachment, bytes. What WeChat's check takes is smaller: pictures above a megabyte are held for a person. */
const MOST_BYTES = 5 * 1024 * 1024
const CHECKED_BYTES = 1024 * 1024

type Kind = 'jpeg' | 'png' | 'pdf'

/** What a file is by its own first bytes, whatever its name says. */
function kindOf(bytes: Buffer): Kind | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg'
  if (bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return 'png'
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? 'pdf' : null
}

async function inspect(fileId: string): Promise<{ readonly kind: Kind; readonly bytes: Buffer }> {
  const bytes = await storedBytes(fileId)
  ensure(bytes !== null, 'FILE_REFUSED', { why: 'missing' })
  ensure(bytes.length <= MOST_BYTES, 'FILE_REFUSED', { why: 'tooLarge' })
  const kind = kindOf(bytes)
  if (kind === null) throw new DomainError('FILE_REFUSED', { why: 'kind' })
  return { kind, bytes }
}

type Files = Pick<NoticeText, 'pictures' | 'attachments'>

/** One that was looked at and copied when it came, whether it is named by the copy or by where the phone had put it. */
const knownAs = <F extends Picture | Attachment>(files: readonly F[] | undefined, fileId: string): F | undefined => files?.find((one) => one.from !== undefined && (one.fileId === fileId || one.from === fileId))

/**
 * Files as they may stand in a notice: named, of a known kind, not too large, and copied, so that whoever stored them cannot
 * change them after they were checked. What stood there before was looked at then: a draft is kept after every few letters.
 * @param of what they are for @throws FILE_REFUSED {why}
 */
export async function filesOf(input: { readonly pictures: readonly Picture[]; readonly attachments: readonly { readonly fileId: string; readonly name: string }[] }, before: Files | null, of: Holder, now: number): Promise<Files> {
  const keep = (kind: Kind, bytes: Buffer): Promise<string> => keepCopy(bytes, kind === 'jpeg' ? 'jpg' : kind, of, now)
  const pictures = await Promise.all(input.pictures.map(async ({ fileId, words }): Promise<Picture> => {
    const known = knownAs(before?.pictures, fileId)
    if (known) return { ...known, words }
    const { kind, bytes } = await inspect(fileId)
    ensure(kind !== 'pdf', 'FILE_REFUSED', { why: 'kind' })
    return { fileId: await keep(kind, bytes), words, from: fileId }
  }))
  const attachments = await Promise.all(input.attachments.map(async ({ fileId, name }): Promise<Attachment> => {
    const known = knownAs(before?.attachments, fileId)
    if (known?.name === name) return known
    const { kind, bytes } = await inspect(known?.fileId ?? fileId)
    const wanted = /\.pdf$/i.test(name) ? 'pdf' : /\.jpe?g$/i.test(name) ? 'jpeg' : /\.png$/i.test(name) ? 'png' : null
    ensure(wanted === kind, 'FILE_REFUSED', { why: 'name' })
    if (known) return { ...known, name }
    return { fileId: await keep(kind, bytes), name, kind: kind === 'pdf' ? 'pdf' : 'picture', bytes: bytes.length, from: fileId }
  }))
  return { pictures, attachments }
}

/**
 * The platform's word on a text and its pictures. What it refuses, and what could not be checked, is held for a person: nothing unchecked is published, and nothing is lost.
 * @param published what is out already: its files were accepted, by the check or by a person, and nobody could change them since
 */
export async function checkContent(openid: string, text: NoticeText, published: Files | null): Promise<ContentCheck> {
  const words = `${text.title}\n${text.body}\n${text.whatToDo ?? ''}\n${[...text.pictures.map((picture) => picture.words), ...text.attachments.map((attachment) => attachment.name)].join('\n')}`
  if (await isHeldBack(openid, words)) return 'held'
  const accepted = new Set([...(published?.pictures ?? []), ...(published?.attachments ?? [])].filter((file) => file.from !== undefined).map((file) => file.fileId))
  const attachments = text.attachments.filter((attachment) => !accepted.has(attachment.fileId))
  for (const { fileId } of [...text.pictures.filter((picture) => !accepted.has(picture.fileId)), ...attachments.filter((attachment) => attachment.kind === 'picture')]) {
    const bytes = await storedBytes(fileId)
    if (bytes === null || bytes.length > CHECKED_BYTES || !(await isPictureAllowed(bytes, kindOf(bytes) === 'png' ? 'image/png' : 'image/jpeg'))) return 'held'
  }
  // Nobody's machine reads a document: a person does.
  return attachments.some((attachment) => attachment.kind === 'pdf') ? 'held' : 'passed'
}

/** A text as a phone shows it: with addresses of its files. */
export async function textView(text: NoticeText) {
  const urls = await addressesOf([...text.pictures, ...text.attachments].map((file) => file.fileId))
  return {
    title: text.title, body: text.body, whatToDo: text.whatToDo,
    pictures: text.pictures.map(({ fileId, words }) => ({ fileId, words, url: urls.get(fileId) ?? '' })),
    attachments: text.attachments.map(({ fileId, name, kind, bytes }) => ({ fileId, name, kind, bytes, url: urls.get(fileId) ?? '' })),
  }
}

