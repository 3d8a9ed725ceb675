import Taro from '@tarojs/taro'

/** One of the pages of the menu's work. */
export const open = (page: 'desk' | 'to-hand-on' | 'hand-on' | 'week' | 'offers' | 'organisations' | 'organisation' | 'figures', query = ''): void => { void Taro.navigateTo({ url: `/pages/menu-work/${page}/index${query === '' ? '' : `?${query}`}` }) }
