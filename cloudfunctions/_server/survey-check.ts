/** Of what was counted, looked at again: as many ballots as people took part, and a result that still says so. */
import { laws, type LawCheck } from '../../src/domain/laws'
import type { Notice } from '../../src/domain/notice'
import { resultHolds, sumsOfBoxes } from '../../src/domain/survey'
import { boxesOf, resultOf, takersOf } from './surveys'

const SHOWN = 20

/** Surveys that are over and were counted; what is still open changes while it is looked at. */
export async function checkSurveys(notices: readonly Notice[]): Promise<LawCheck> {
  const broken: string[] = []
  let checked = 0
  for (const { _id, carries } of notices) {
    if (carries?.what !== 'survey') continue
    const result = await resultOf(_id)
    if (result === null) continue
    checked += 1
    const [takers, sums] = [await takersOf(_id, carries), carries.isAnonymous ? sumsOfBoxes(await boxesOf(_id)) : result.counts]
    if (!resultHolds(carries, result, takers, sums)) broken.push(_id)
  }
  return { law: laws.oneVoice, holds: broken.length === 0, checked, broken: broken.slice(0, SHOWN) }
}
