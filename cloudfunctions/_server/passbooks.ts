/** Passbooks as people read them: the cover, its lines, and what stands behind a line. */
import type { OutputOf } from '../../src/contract'
import type { Booking, By } from '../../src/domain/booking-record'
import type { ByHand } from '../../src/domain/by-hand'
import type { DeskHours } from '../../src/domain/desk-hours'
import { DomainError } from '../../src/domain/error'
import { minutesServed, type Moment } from '../../src/domain/evidence'
import { expiring } from '../../src/domain/expiry'
import type { Group } from '../../src/domain/group'
import { changeOf, newAccount, type Hold, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import type { Need } from '../../src/domain/needs'
import { isResident } from '../../src/domain/claim'
import type { Person } from '../../src/domain/person'
import type { PotGift } from '../../src/domain/pot'
import type { Project } from '../../src/domain/project'
import type { Merchant } from '../../src/domain/reward'
import type { Actor, Subject } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Shift } from '../../src/domain/shift'
import { command, find, read } from './cloud'
import type { Owner } from './ledger'
import { ownerOf } from './ledger'
import { aboutElder, communityName, findPerson, getPerson } from './people'

/** Whose passbook, as an action is about it. */
export interface Keeper extends Owner {
  readonly name: string
  readonly subject: Subject
  /** the person; null for a group */
  readonly person: Person | null
  /** the owner and close family, or who belongs to the group (law 3) */
  readonly nearIds: readonly string[]
}

/** A person, also a record that was merged into another one (whose owner reads it on), or a group. @throws NOT_FOUND */
export async function keeperOf(ownerId: string): Promise<Keeper> {
  const person = await findPerson(ownerId)
  if (person !== null) {
    const living = person.mergedInto === null ? person : await getPerson(person.mergedInto)
    return { ...ownerOf(person), name: living.name, subject: aboutElder(living), person: living, nearIds: [living._id, ...living.kinIds, ...living.delegateIds] }
  }
  const group = await read<Group>('groups', ownerId)
  if (group === null) throw new DomainError('NOT_FOUND')
  const { _id, subdistrictId, communityId, name, memberIds } = group
  return { _id, subdistrictId, communityId, kind: 'group', name, subject: { subdistrictId, communityId, named: memberIds }, person: null, nearIds: memberIds }
}

/** An empty passbook in place of one that nobody opened yet. */
export const orEmpty = (account: PointsAccount | null, owner: Owner): PointsAccount => account ?? newAccount(owner._id, owner)

type Cover = OutputOf<'points.mine'>
type Line = OutputOf<'points.entry'>['line']
type Code = OutputOf<'points.codes'>['items'][number]

export const coverOf = (account: PointsAccount, keeper: Keeper, subdistrict: Subdistrict, actor: Actor, today: string): Cover => ({
  personId: account._id, name: keeper.name, isMe: account._id === actor.personId, communityName: communityName(subdistrict, keeper.communityId), ...account.balances,
  expiring: expiring(account, subdistrict.pointsPolicies, today), maySpend: keeper.person === null || keeper.person.standing === 'verified',
  openCodes: Object.values(account.holds).filter((hold) => hold.code !== null).length,
})

/** Whoever acted for the owner, or gave; nobody in lines of one's own, of the clock, and where givers stay unnamed. */
const byOther = (by: By, ownerId: string, isUnnamed: boolean): Line['by'] => (isUnnamed || by.personId === ownerId || by.as === 'system' || by.name === '' ? null : { name: by.name, as: by.as, kinship: by.kinship })

export const lineOf = (entry: PointsEntry): Line => {
  const isUnnamed = entry.evidence.what === 'need'
  return {
    entryId: entry._id, seq: entry.seq, at: entry.at, onDate: entry.onDate, kind: entry.kind, words: entry.words, aboutName: isUnnamed || !entry.about?.name ? null : entry.about.name, amount: entry.amount, change: changeOf(entry), balance: entry.balance,
    by: byOther(entry.by, entry.ownerId, isUnnamed),
  }
}

export async function codesOf(account: PointsAccount): Promise<Code[]> {
  const holds = Object.values(account.holds).sort((a, b) => a.endsAt - b.endsAt)
  const ids = [...new Set(holds.flatMap((hold) => hold.merchantIds))]
  const merchants = ids.length === 0 ? [] : await find<Merchant>('merchants', { _id: command.in(ids) }, null, ids.length)
  const placesOf = (hold: Hold): Code['merchants'] => hold.merchantIds.flatMap((id) => merchants.filter((one) => one._id === id).map(({ _id, name, phone, address }) => ({ merchantId: _id, name, phone, address })))
  return holds.map((hold) => ({
    holdId: hold.holdId, rewardId: hold.rewardId, rewardName: hold.rewardName, points: hold.points, at: hold.at, endsAt: hold.endsAt, code: hold.code, forName: hold.forName, bookingId: hold.bookingId, merchants: placesOf(hold), by: byOther(hold.by, account._id, false),
  }))
}

const PAGE = 20

/** A page of lines below `seq`, newest first: one query; what waits in the passbook counts already. With a month only its own. */
export async function linesOf(account: PointsAccount, below: number, month: string | undefined): Promise<{ readonly items: Line[]; readonly nextCursor: string | null }> {
  const from = month === undefined ? below : Math.min(below, (account.months[month]?.last ?? 0) + 1)
  const sent = from <= 1 ? [] : await find<PointsEntry>('pointsEntries', { ownerId: account._id, seq: command.lt(from) }, { by: 'seq', direction: 'desc' }, PAGE + 1)
  const waiting = Object.values(account.unsent).filter((entry) => entry.seq < from)
  const all = [...new Map([...sent, ...waiting].map((entry) => [entry.seq, entry])).values()].sort((a, b) => b.seq - a.seq).filter((entry) => month === undefined || entry.onDate.startsWith(month))
  const shown = all.slice(0, PAGE)
  const last = shown.at(-1)
  return { items: shown.map(lineOf), nextCursor: all.length > PAGE && last !== undefined ? String(last.seq) : null }
}

type Facts = NonNullable<OutputOf<'points.entry'>['facts']>
const none: Facts = { title: '', onDate: null, startsAt: null, endsAt: null, minutes: null, placeName: null, withName: null, checkIn: null, checkOut: null, confirmedAt: null, verifiedByName: null, verifiedAt: null, reason: null }
const momentOf = (moment: Moment | null): Facts['checkIn'] => moment && { proof: moment.proof, at: moment.provedAt }

/** Whose word it was that a shift took place, where it was not the elder's or the family's own tap. */
const confirmedAs = ({ confirm }: Shift): Pick<Facts, 'confirmedAs'> => (confirm?.proof === 'organiserTap' ? { confirmedAs: 'organiser' } : confirm?.proof === 'callBack' ? { confirmedAs: 'callBack' } : {})

/** What stands behind a line, as it stands now; null: the line says it all. */
export async function factsBehind({ evidence, about }: PointsEntry): Promise<Facts | null> {
  switch (evidence.what) {
    case 'visit': {
      const booking = await read<Booking>('bookings', evidence.id)
      if (booking === null) return null
      const verified = [...booking.timeline].reverse().find((line) => line.what === 'verified' || line.what === 'partly')
      return {
        ...none, title: booking.serviceName, onDate: booking.onDate, startsAt: booking.startsAt, endsAt: booking.endsAt, minutes: booking.verifiedMinutes ?? minutesServed(booking.evidence), placeName: booking.providerName, withName: about === null ? (booking.worker?.name ?? null) : booking.elderName,
        checkIn: momentOf(booking.evidence.checkIn), checkOut: momentOf(booking.evidence.checkOut), confirmedAt: booking.evidence.confirm?.at ?? null, verifiedByName: verified?.by.name ?? null, verifiedAt: verified?.at ?? null,
      }
    }
    case 'activity': {
      const booking = await read<Booking>('bookings', evidence.id)
      const verified = booking?.timeline.find((line) => line.what === 'verified')
      return booking && {
        ...none, title: booking.serviceName, onDate: booking.onDate, startsAt: booking.startsAt, endsAt: booking.endsAt, minutes: booking.verifiedMinutes, placeName: booking.activity?.place ?? booking.providerName,
        checkIn: momentOf(booking.evidence.checkIn), verifiedByName: verified?.by.name ?? null, verifiedAt: verified?.at ?? null,
      }
    }
    case 'shift': {
      const shift = await read<Shift>('shifts', evidence.id)
      if (shift === null) return null
      return {
        ...none, title: shift.title, onDate: shift.onDate, startsAt: shift.startsAt, endsAt: shift.endsAt, minutes: shift.verifiedMinutes, placeName: shift.place, withName: shift.elderName, checkIn: momentOf(shift.checkIn), checkOut: momentOf(shift.checkOut),
        ...confirmedAs(shift), confirmedAt: shift.confirm?.at ?? null, verifiedByName: shift.verifiedBy?.name ?? null, verifiedAt: [...shift.timeline].reverse().find((line) => line.what === 'verified' || line.what === 'partly')?.at ?? null,
      }
    }
    case 'project': {
      const project = await read<Project>('projects', evidence.id)
      return project && { ...none, title: project.title, onDate: project.dueOn, placeName: project.place, withName: project.claim?.groupName ?? null, verifiedByName: project.verifiedBy?.name ?? null, verifiedAt: [...project.timeline].reverse().find((line) => line.what === 'verified')?.at ?? null }
    }
    case 'desk': {
      const desk = await read<DeskHours>('deskHours', evidence.id)
      return desk && { ...none, title: desk.what, onDate: desk.onDate, startsAt: desk.startsAt, endsAt: desk.endsAt, minutes: Math.round((desk.endsAt - desk.startsAt) / 60_000), withName: desk.enteredBy.name, verifiedByName: desk.decidedBy?.name ?? null, verifiedAt: desk.decidedAt, reason: desk.reason }
    }
    case 'byHand': {
      const byHand = await read<ByHand>('pointsByHand', evidence.id)
      return byHand && { ...none, title: byHand.words, withName: byHand.by.name, verifiedByName: byHand.decided?.by.name ?? null, verifiedAt: byHand.decided?.at ?? null, reason: byHand.reason }
    }
    case 'pot': {
      const gift = await read<PotGift>('potGifts', evidence.id)
      const need = gift === null || gift.needId === null ? null : await read<Need>('needs', gift.needId)
      return gift && { ...none, title: need?.words ?? '社区给的', verifiedByName: gift.decided?.by.name ?? null, verifiedAt: gift.decided?.at ?? null, withName: gift.by.name, reason: gift.reason }
    }
    case 'need': {
      const need = await read<Need>('needs', evidence.id)
      return need && { ...none, title: need.words }
    }
    case 'entry': {
      const other = await read<PointsEntry>('pointsEntries', evidence.id)
      return other && { ...none, title: other.words, onDate: other.onDate }
    }
    default:
      return null
  }
}

/** Whether an actor is the owner, close family of theirs, or belongs to the group. */
export const isNear = (keeper: Keeper, personId: string): boolean => keeper.nearIds.includes(personId)
export const isLiving = (keeper: Keeper): boolean => keeper.person === null || isResident(keeper.person)
