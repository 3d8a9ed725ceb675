/** WeChat: `wx.cloud.callFunction`. Identity comes from the platform; the phone sends none. */
import Taro from '@tarojs/taro'
import { NoAnswer } from './no-answer'

export function startWeChat(): void {
  Taro.cloud.init(CLOUD_ENVIRONMENT ? { env: CLOUD_ENVIRONMENT } : {})
}

/** @throws NoAnswer */
export async function sendOverWeChat(functionName: string, event: object): Promise<unknown> {
  try {
    const answer = await Taro.cloud.callFunction({ name: functionName, data: event })
    return answer.result
  } catch (error) {
    const reason = error instanceof Error ? error.message : typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : 'callFunction failed'
    throw new NoAnswer(reason, /network|ERR_INTERNET|timeout|request:fail/i.test(reason))
  }
}
