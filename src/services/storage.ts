/** What the phone keeps. WeChat holds storage apart for every WeChat account; a full or broken store must not break a screen. */
import Taro from '@tarojs/taro'

/** What was kept under a name, or undefined. The caller says what it may be, and checks it. */
export function kept(name: string): unknown {
  try {
    const value: unknown = Taro.getStorageSync(name)
    return value === '' || value === null ? undefined : value
  } catch {
    return undefined
  }
}

/** Keeps a plain value; false if the phone has no room. */
export function keep(name: string, value: unknown): boolean {
  try {
    Taro.setStorageSync(name, value)
    return true
  } catch {
    return false
  }
}

/** Forgets what was kept under a name. */
export function forget(name: string): void {
  try {
    Taro.removeStorageSync(name)
  } catch {
    // nothing was kept, so nothing is left
  }
}
