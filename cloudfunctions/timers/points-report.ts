/**
 * Publishes the month 积分月报 after the day was sealed: this month, and the one before until all of it counts. Composed from
 * the seals of its days, and of what was decided on doubts in it, so twice, late or killed half-way it comes to the same; days that are not sealed yet follow.
 */
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import { monthOf } from '../../src/domain/meal-policy'
import { composeReport, fraudOf, offerOn, reportIdOf, type PointsReport } from '../../src/domain/points-report'
import type { Subdistrict } from '../../src/domain/service-item'
import { command, find, put, read } from '../_server/cloud'
import { decidedFlags } from '../_server/flags'
import { rewardsOf } from '../_server/rewards'
import { sealsOfMonth } from '../_server/seals'
import { each } from './each'

const SUBDISTRICTS = 1000

export async function pointsReport(now: number): Promise<{ readonly published: number; readonly failed: number }> {
  const subdistricts = await find<Subdistrict>('subdistricts', { _id: command.gt('') }, { by: '_id', direction: 'asc' }, SUBDISTRICTS, ['name'])
  const today = civilDate(now)
  const months = [monthOf(addDays(`${monthOf(today)}-01`, -1)), monthOf(today)]
  let published = 0
  const failed = await each(subdistricts, async ({ _id }) => {
    const offer = offerOn(await rewardsOf(_id), today)
    for (const month of months) {
      // What could be had when the month was over stays as it was published.
      if ((await read<PointsReport>('pointsReports', reportIdOf(_id, month)))?.isFinal === true) continue
      const seals = await sealsOfMonth(_id, month)
      const upToOn = seals.at(-1)?.onDate
      const fraud = fraudOf(upToOn === undefined ? [] : await decidedFlags(_id, instantOf(`${month}-01`), instantOf(addDays(upToOn, 1))))
      const report = composeReport(_id, month, seals, offer, fraud)
      if (report === null) continue
      const { _id: id, ...fields } = report
      await put('pointsReports', id, fields)
      published += 1
    }
  })
  return { published, failed }
}
