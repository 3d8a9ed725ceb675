/** The chosen text size: kept on the phone, and at the first start taken from WeChat's own font setting. */
import Taro from '@tarojs/taro'
import { keep, kept } from './storage'

type TextSize = 20 | 24 | 30
const NAME = 'textSize'

function isTextSize(value: unknown): value is TextSize {
  return value === 20 || value === 24 || value === 30
}

// Newer than Taro's own types.
const numberIn = (facts: object, name: string): number | undefined => {
  const value: unknown = Reflect.get(facts, name)
  return typeof value === 'number' ? value : undefined
}

/** WeChat's setting as one of ours. Its standard is 16 to 17 px, or a factor of 1. */
export function nearestTextSize(setting: { fontSizeScaleFactor?: number | undefined; fontSizeSetting?: number | undefined }): TextSize {
  const factor = setting.fontSizeScaleFactor ?? (setting.fontSizeSetting ?? 17) / 17
  return factor >= 1.4 ? 30 : factor >= 1.12 ? 24 : 20
}

/** The size to start with. */
export function firstTextSize(): TextSize {
  const chosen = kept(NAME)
  if (isTextSize(chosen)) return chosen
  if (API_MODE !== 'weapp') return 20
  try {
    const facts = Taro.getAppBaseInfo()
    return nearestTextSize({ fontSizeScaleFactor: numberIn(facts, 'fontSizeScaleFactor'), fontSizeSetting: numberIn(facts, 'fontSizeSetting') })
  } catch {
    return 20
  }
}

/** Keeps the choice for the next start. */
export const keepTextSize = (size: TextSize): void => { keep(NAME, size) }
