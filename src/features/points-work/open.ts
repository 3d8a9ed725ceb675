/** Where the parts of 志愿与积分 are. */
import Taro from '@tarojs/taro'

export const open = (page: string, query = '') => { void Taro.navigateTo({ url: `/pages/points-work/${page}/index${query === '' ? '' : `?${query}`}` }) }
/** A line of somebody's passbook, with what stands behind it. */
export const openEntry = (entryId: string) => { void Taro.navigateTo({ url: `/pages/points/entry/index?entryId=${entryId}` }) }
