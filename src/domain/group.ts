/** Social organisations 社会组织 and volunteer teams: they claim projects, own a passbook, and can only donate from it. Their leader acts for them. */
import type { By } from './booking-record'
import { ensure } from './error'
import type { RequestLog } from './person'

export interface Group {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly name: string
  readonly leader: { readonly personId: string; readonly name: string }
  readonly leaderId: string
  /** the leader among them */
  readonly members: readonly { readonly personId: string; readonly name: string }[]
  /** the ids of `members`, as an index needs them */
  readonly memberIds: readonly string[]
  readonly isOpen: boolean
  readonly savedBy: By
  readonly savedAt: number
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

export type GroupWish = Pick<Group, 'name' | 'communityId' | 'leader' | 'members' | 'isOpen'>

/** Its fields as somebody wishes them: the leader is a member, nobody is one twice. @throws BAD_INPUT {field: 'memberIds'} */
function stated(wish: GroupWish): Pick<Group, 'name' | 'communityId' | 'leader' | 'leaderId' | 'members' | 'memberIds' | 'isOpen'> {
  const members = wish.members.some((member) => member.personId === wish.leader.personId) ? wish.members : [wish.leader, ...wish.members]
  const memberIds = members.map((member) => member.personId)
  ensure(new Set(memberIds).size === memberIds.length, 'BAD_INPUT', { field: 'memberIds' })
  return { name: wish.name, communityId: wish.communityId, leader: wish.leader, leaderId: wish.leader.personId, members, memberIds, isOpen: wish.isOpen }
}

export const newGroup = (wish: GroupWish, made: { readonly groupId: string; readonly subdistrictId: string; readonly key: string; readonly hash: string }, by: By, now: number): Group =>
  ({ _id: made.groupId, version: 1, subdistrictId: made.subdistrictId, ...stated(wish), savedBy: by, savedAt: now, madeBy: { key: made.key, hash: made.hash }, requests: {} })

export const changedGroup = (group: Group, wish: GroupWish, by: By, now: number): Group => ({ ...group, ...stated(wish), savedBy: by, savedAt: now })

/** Only its leader acts for it, and only while it is open: its projects, and donations from its passbook. */
export const mayActFor = (group: Pick<Group, 'leaderId' | 'isOpen'>, personId: string): boolean => group.isOpen && group.leaderId === personId
