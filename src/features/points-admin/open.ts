/** Where the parts of the subdistrict's points are. */
import Taro from '@tarojs/taro'

export const open = (page: string, query = '') => { void Taro.navigateTo({ url: `/pages/points-admin/${page}/index${query === '' ? '' : `?${query}`}` }) }
/** What both social workers and administrators look at. */
export const openWork = (page: string, query = '') => { void Taro.navigateTo({ url: `/pages/points-work/${page}/index${query === '' ? '' : `?${query}`}` }) }
/** A line of somebody's passbook, with what stands behind it. */
export const openEntry = (entryId: string) => { void Taro.navigateTo({ url: `/pages/points/entry/index?entryId=${entryId}` }) }
