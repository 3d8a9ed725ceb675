/** How far a notice has reached, as rows of a table file: figures, and who is still to be told, for whoever goes without a phone. */
import type { OutputOf } from '@/contract'
import { civilDate, clockTime } from '@/domain/civil-time'
import { sentToWords, stateWords } from '@/services/notice-words'
import type { Cell } from '@/services/table-file'

type Reach = OutputOf<'notice.reach'>
type Left = OutputOf<'notice.duty'>['items'][number]

/** 送达 周三停水，请先储水 2026-11-23.csv; what a file's name cannot hold is left out. */
export const fileNameOf = (reach: Reach, now: number): string => `送达 ${reach.title.replace(/[\\/:*?"<>|]/g, '')} ${civilDate(now)}.csv`

const stamp = (at: number): string => `${civilDate(at)} ${clockTime(at)}`

export function rowsOf(reach: Reach, left: readonly Left[], now: number): Cell[][] {
  return [
    ['送达', reach.title, `第 ${reach.edition} 版`, `${stamp(now)} 存的`],
    [], ['怎么样了', '人数'],
    ...(Object.keys(stateWords) as (keyof typeof stateWords)[]).map((state): Cell[] => [stateWords[state], reach.counts[state]]),
    ...(reach.sentToFamily > 0 ? [['其中发给了家人', reach.sentToFamily] as Cell[]] : []),
    [], ['社区', '一共', '知道了', '要打电话', '要上门'],
    ...reach.byCommunity.map((one): Cell[] => [one.communityName, one.addressed, one.reached, one.toCall, one.toVisit]),
    ...(reach.byBuilding.length === 0 ? [] : [[], ['楼', '一共', '知道了'] as Cell[], ...reach.byBuilding.map((one): Cell[] => [one.building === null ? '没写楼号' : `${one.building} 幢`, one.addressed, one.reached])]),
    [], ['到这时候', '知道了'],
    ...reach.overTime.map((span): Cell[] => [stamp(span.until), span.reached]),
    [], ['还没知道的人', '社区', '网格', '楼', '年纪', '独居', '怎么告诉', '试过几次', '微信消息'],
    ...left.map((one): Cell[] => [one.name, one.communityName, one.gridName ?? '', one.building === null ? '' : `${one.building} 幢`, one.age, one.livesAlone ? '是' : '', one.duty === 'visit' ? '上门' : '打电话', one.tries.length, one.sentTo.map(sentToWords).join('；')]),
  ]
}
