/** Which platform this build is for, and what each calls the same piece of accessibility. */
import type { CSSProperties } from 'react'

/** True in the H5 build. A build constant: the other platform's branch is not in the bundle. */
export const isH5 = process.env.TARO_ENV === 'h5'

/** What a screen reader is told about a box, whatever the platform. */
export interface Spoken {
  role?: 'button' | 'link' | 'heading' | 'list' | 'listitem' | 'tab' | 'tablist' | 'radio' | 'radiogroup' | 'checkbox' | 'switch' | 'status' | 'alert' | 'img' | 'group' | 'progressbar' | 'navigation' | 'main' | 'banner' | 'region' | undefined
  /** the name, when the visible words are not enough */
  label?: string | undefined
  level?: 1 | 2 | 3 | undefined
  isChecked?: boolean | undefined
  isSelected?: boolean | undefined
  isExpanded?: boolean | undefined
  isDisabled?: boolean | undefined
  isBusy?: boolean | undefined
  isHidden?: boolean | undefined
  isCurrent?: boolean | undefined
  isInvalid?: boolean | undefined
  live?: 'polite' | 'assertive' | undefined
  value?: { now: number; least: number; most: number; words?: string } | undefined
}

/** The attributes for {@link Spoken}: `role` on H5, `aria-role` in WeChat, the rest alike. Always strings, since WeChat's templates print them. */
export function spokenAttributes(spoken: Spoken): Record<string, string> {
  const attributes: Record<string, string> = {}
  const put = (name: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) attributes[name] = String(value)
  }
  put(isH5 ? 'role' : 'aria-role', spoken.role)
  put('aria-label', spoken.label)
  put('aria-level', spoken.level)
  put('aria-checked', spoken.isChecked)
  put('aria-selected', spoken.isSelected)
  put('aria-expanded', spoken.isExpanded)
  put('aria-disabled', spoken.isDisabled)
  put('aria-busy', spoken.isBusy)
  put('aria-hidden', spoken.isHidden)
  put('aria-current', spoken.isCurrent === true ? 'page' : undefined)
  put('aria-invalid', spoken.isInvalid)
  put('aria-live', spoken.live)
  put('aria-valuenow', spoken.value?.now)
  put('aria-valuemin', spoken.value?.least)
  put('aria-valuemax', spoken.value?.most)
  put('aria-valuetext', spoken.value?.words)
  return attributes
}

/** What every box can take. */
export interface BoxLook {
  className?: string | undefined
  style?: CSSProperties | undefined
  id?: string | undefined
}

/** Joins class names, leaving out what does not apply. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ')
