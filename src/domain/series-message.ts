/** What who arranged a series is told of a date that could not be had, on a phone and on the telephone. */
import { clockTime, DAY, spokenDate } from './civil-time'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'
import { startOf, type MissedWhy, type Place, type Series } from './series'

/** The screen that shows a series. */
export const pageOfSeries = (seriesId: string): string => `pages/plan/series/index?seriesId=${seriesId}`

const whys: Readonly<Record<MissedWhy, string>> = { full: '约满了', limit: '这段时间的次数用完了', holiday: '休息不上门', none: '没有安排', clash: '老人已有别的安排', other: '约不上' }

/** Whoever cannot be written to is telephoned within these days. */
const HELD_CALL = 7 * DAY

/** 12月8日 星期二 09:00 */
const placeWords = (place: Place): string => `${spokenDate(place.onDate)} ${clockTime(startOf(place))}`

/** `instead`: the nearest that can be had. `kept`: it was to be moved, and stays where it was. */
export function missedWords(series: Pick<Series, '_id' | 'elderName' | 'serviceName'>, place: Place, why: MissedWhy, instead: Place | null, kept: Place | null): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'> {
  const what = kept === null ? `这一回没约上` : `没改成，还是 ${placeWords(kept)}`
  return {
    templateId: templateIds.cancelled, page: pageOfSeries(series._id), callUntil: startOf(place),
    data: { thing1: thing(`${series.elderName} ${series.serviceName}`), time2: time(startOf(place)), thing3: thing(`${whys[why]}，${kept === null ? '没约上' : '没改成'}`) },
    gist: `每周的${series.serviceName}，${placeWords(place)} ${whys[why]}，${what}：${series.elderName}。${instead === null ? '附近几天都没有空。' : `最近有空的是 ${placeWords(instead)}。`}`,
  }
}

/** The whole service is on hold: the dates wait for it. */
export const heldWords = (series: Pick<Series, '_id' | 'elderName' | 'serviceName'>, why: string, now: number): ReturnType<typeof missedWords> => ({
  templateId: templateIds.cancelled, page: pageOfSeries(series._id), callUntil: now + HELD_CALL,
  data: { thing1: thing(`${series.elderName} ${series.serviceName}`), time2: time(now), thing3: thing(`暂停了：${why}`) },
  gist: `每周的${series.serviceName}暂停了，${why}：${series.elderName}。约好的照常来，恢复了接着约。`,
})
