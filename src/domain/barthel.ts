/**
 * The Barthel index of daily living 日常生活能力（Barthel 指数): ten items with points, at most 100 together. Kept as data, so that a
 * subdistrict can put another scheme beside it; the bands are those in common use (100, 61–99, 41–60, 0–40). 示例: it says what
 * help somebody needs, and is not the assessment by GB/T 42195-2022 from which a grade of disability follows.
 */
import { ensure } from './error'

export const careLevels = ['independent', 'mild', 'moderate', 'severe'] as const
export type CareLevel = (typeof careLevels)[number]

export interface SchemeItem {
  readonly key: string
  readonly title: string
  readonly options: readonly { readonly points: number; readonly words: string }[]
}

const item = (key: string, title: string, ...options: readonly [number, string][]): SchemeItem => ({ key, title, options: options.map(([points, words]) => ({ points, words })) })

export const barthel: readonly SchemeItem[] = [
  item('eating', '吃饭', [10, '自己吃'], [5, '要人帮着夹菜、盛饭'], [0, '要人喂']),
  item('bathing', '洗澡', [5, '自己洗'], [0, '要人帮']),
  item('grooming', '洗脸梳头', [5, '自己来'], [0, '要人帮']),
  item('dressing', '穿衣', [10, '自己穿'], [5, '要人帮一半'], [0, '全靠别人']),
  item('bowels', '大便', [10, '能管住'], [5, '偶尔管不住'], [0, '管不住']),
  item('bladder', '小便', [10, '能管住'], [5, '偶尔管不住'], [0, '管不住']),
  item('toilet', '上厕所', [10, '自己去'], [5, '要人帮一点'], [0, '全靠别人']),
  item('transfer', '起床、坐到椅子上', [15, '自己来'], [10, '一个人扶一把'], [5, '要两个人帮'], [0, '坐不住']),
  item('walking', '平地走路', [15, '自己走'], [10, '一个人扶着走'], [5, '自己坐轮椅走'], [0, '走不了']),
  item('stairs', '上下楼梯', [10, '自己走'], [5, '要人扶'], [0, '走不了']),
]

/** Points by the key of the item. */
export type SchemeAnswers = Readonly<Record<string, number>>

/** What was answered so far is of the scheme. @throws BAD_INPUT {field} */
export function ensureAnswers(answers: SchemeAnswers): void {
  for (const [key, points] of Object.entries(answers)) {
    ensure(barthel.find((one) => one.key === key)?.options.some((option) => option.points === points) === true, 'BAD_INPUT', { field: 'answers' })
  }
}

export const missingIn = (answers: SchemeAnswers): readonly SchemeItem[] => barthel.filter(({ key }) => answers[key] === undefined)

/** All together, and what it means. @throws BAD_INPUT {field} while an item has no answer */
export function scored(answers: SchemeAnswers): { readonly score: number; readonly level: CareLevel } {
  ensureAnswers(answers)
  ensure(missingIn(answers).length === 0, 'BAD_INPUT', { field: 'answers' })
  const score = Object.values(answers).reduce((sum, points) => sum + points, 0)
  return { score, level: score === 100 ? 'independent' : score > 60 ? 'mild' : score > 40 ? 'moderate' : 'severe' }
}
