/** Pins in the database: few stand on top of one community's list, however many people pin at once. */
import { DomainError } from '../../src/domain/error'
import { isLive, pin, type Notice } from '../../src/domain/notice'
import { answeredBefore, changeOnce, difference, remembered, type Request, type Versioned } from './aggregate'
import { command, find, insert, read, transact } from './cloud'
import { readIn } from './together'

/** Whose version each pin of a subdistrict moves on: who counted before somebody else's pin counts again. */
type PinBoard = Versioned

const PINNED = 200
const ATTEMPTS = 12

async function boardOf(subdistrictId: string): Promise<PinBoard> {
  await insert<PinBoard>('pinBoards', { _id: subdistrictId, version: 1 })
  return (await read<PinBoard>('pinBoards', subdistrictId)) ?? { _id: subdistrictId, version: 1 }
}

/** Other notices on top of a list that this one would stand in. */
async function othersOnTop(notice: Notice, now: number): Promise<number> {
  const pinned = await find<Notice>('notices', { subdistrictId: notice.subdistrictId, pinnedUntil: command.gt(now) }, null, PINNED)
  return pinned.filter((other) => other._id !== notice._id && isLive(other, now) && other.audience.communityIds.some((id) => notice.audience.communityIds.includes(id))).length
}

/**
 * On top until a time, or not any more (null). Counted between two looks at the board: the pin and the board's next version
 * are written together, or neither. @throws what `pin` throws, TRY_AGAIN
 */
export async function pinOnce(notice: Notice, until: number | null, request: Request, now: number): Promise<Notice> {
  if (until === null) return (await changeOnce('notices', notice, request, (current) => ({ next: pin(current, null, 0, now), answer: { done: true } }))).document
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const counted = (await read<PinBoard>('pinBoards', notice.subdistrictId)) ?? (await boardOf(notice.subdistrictId))
    const others = await othersOnTop(notice, now)
    const pinned = await transact(async (transaction) => {
      const [current, board] = [await readIn<Notice>(transaction, 'notices', notice._id), await readIn<PinBoard>(transaction, 'pinBoards', counted._id)]
      if (current === null) throw new DomainError('NOT_FOUND')
      if (answeredBefore(current.requests, request) !== null) return current
      if (board?.version !== counted.version) return null
      const next: Notice = { ...pin(current, until, others, now), requests: remembered(current.requests, request, { done: true }, now) }
      await transaction.collection('notices').doc(current._id).update({ data: { ...difference(current, next), version: command.inc(1) } })
      await transaction.collection('pinBoards').doc(counted._id).update({ data: { version: command.inc(1) } })
      return next
    })
    if (pinned !== null) return pinned
  }
  throw new DomainError('TRY_AGAIN')
}
