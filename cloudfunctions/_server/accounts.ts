/** Accounts: one WeChat openid, what it consented to, whom it claimed, and which roles it was given. */
import type { Actor, RoleGrant } from '../../src/domain/role'
import type { RequestLog } from '../../src/domain/person'
import { read } from './cloud'

export interface Account {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly termsVersion: string
  readonly termsAt: number
  readonly personId: string | null
  /** the person's name, so that a session costs one read */
  readonly name: string | null
  readonly grants: readonly RoleGrant[]
  readonly requests: RequestLog
}

export const findAccount = (openid: string): Promise<Account | null> => read<Account>('accounts', openid)

/** The account as an actor; null until it has claimed a person. */
export const actorOf = (account: Account | null): Actor | null =>
  account === null || account.personId === null
    ? null
    : { accountId: account._id, personId: account.personId, name: account.name ?? '', subdistrictId: account.subdistrictId, grants: account.grants }
