/** What a visit with a notice brings: a door that stays shut is a safety case (law 4), each shut door one of its own. */
import type { By } from '../../src/domain/booking-record'
import { FUNCTION_LIFE } from '../../src/domain/notice'
import { shutDoorOf, shutDoors, type Receipt } from '../../src/domain/reach'
import { save } from './aggregate'
import { command, find, read } from './cloud'
import { getPerson } from './people'
import { openNoticeCase } from './safety'

/** Opens the case of this shut door, counted from 1, and says so on the line. Again finds it there. @returns the case that holds it */
export async function openCaseOf(line: Receipt, door: number, by: By, now: number): Promise<string> {
  const caseId = await openNoticeCase(await getPerson(line.personId), shutDoorOf(line, door), line.title, by, now)
  const current = await read<Receipt>('noticeReceipts', line._id)
  if (current !== null && current.owesCaseAt === line.owesCaseAt) await save('noticeReceipts', current, { ...current, owesCaseAt: null })
  return caseId
}

/** Cases in one run. */
const BATCH = 50

/** Lines whose case was cut short. */
export const owingCases = (now: number): Promise<Receipt[]> => find<Receipt>('noticeReceipts', { owesCaseAt: command.gt(0).and(command.lte(now - FUNCTION_LIFE)) }, { by: 'owesCaseAt', direction: 'asc' }, BATCH)

export async function openOwedCase(line: Receipt, now: number): Promise<void> {
  const last = [...line.tries].reverse().find((one) => one.how === 'door')
  if (last !== undefined) await openCaseOf(line, shutDoors(line), last.by, now)
}
