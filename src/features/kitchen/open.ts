/** The kitchen's pages, one from another. */
import Taro from '@tarojs/taro'

/** Opens a page of the kitchen: `menu/index?onDate=2026-11-24`. */
export const open = (page: string) => { void Taro.navigateTo({ url: `/pages/kitchen/${page}` }) }
