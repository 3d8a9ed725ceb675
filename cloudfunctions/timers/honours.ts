/** The lists of a month are composed in the night after it, those of a year with its December; votes are counted soon after their last day. */
import { addDays, civilDate } from '../../src/domain/civil-time'
import { monthOf } from '../../src/domain/meal-policy'
import { composeMonth } from '../_server/honours'
import { countPolls } from '../_server/polls'
import { firstDayOf } from '../_server/seals'
import { each } from './each'
import { allSubdistricts } from './seal-day'

/** Months that a run catches up with. */
const MONTHS_BACK = 3

const monthBefore = (month: string): string => monthOf(addDays(`${month}-01`, -1))

export async function composeHonours(now: number): Promise<{ readonly composed: number; readonly failed: number }> {
  let composed = 0
  const failed = await each(await allSubdistricts(), async ({ _id }) => {
    const first = await firstDayOf(_id)
    if (first === null) return
    const months: string[] = []
    for (let month = monthBefore(monthOf(civilDate(now))); months.length < MONTHS_BACK && month >= monthOf(first); month = monthBefore(month)) months.unshift(month)
    for (const month of months) if (await composeMonth(_id, month, now)) composed += 1
  })
  return { composed, failed }
}

export async function countVotes(now: number): Promise<{ readonly counted: number }> {
  return { counted: await countPolls(now) }
}
