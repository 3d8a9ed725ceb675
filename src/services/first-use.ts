/** The way to first use: wherever the server says that somebody has not agreed or is not known yet, they are led there. */
import Taro from '@tarojs/taro'
import { DomainError } from '../domain/error'

const FIRST_USE = '/pages/first-use/welcome/index'

/** Leads to first use if this refusal means that it was left out; otherwise does nothing. */
export function leadToFirstUse(error: unknown): void {
  if (!(error instanceof DomainError) || (error.code !== 'TERMS_REQUIRED' && error.code !== 'CLAIM_REQUIRED')) return
  const pages = Taro.getCurrentPages()
  const here = pages[pages.length - 1]?.route ?? ''
  if (!here.includes(FIRST_USE.slice(1))) void Taro.reLaunch({ url: FIRST_USE })
}
