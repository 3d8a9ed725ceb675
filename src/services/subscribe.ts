/** WeChat's subscription messages: every accepted tap allows one message of that template. Must be called from a tap. */
import Taro from '@tarojs/taro'
import { postToCloud } from './transport-h5'

export type SubscriptionAnswer = Readonly<Record<string, 'accept' | 'reject'>>

function asAnswer(value: unknown, templateIds: readonly string[]): SubscriptionAnswer {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(templateIds.map((id) => [id, given.some(([key, word]) => key === id && word === 'accept') ? 'accept' as const : 'reject' as const]))
}

// A choice outside any function, so that each build holds its own way only.
const ask: (templateIds: string[]) => Promise<unknown> = API_MODE === 'weapp'
  ? (templateIds) => Taro.requestSubscribeMessage({ tmplIds: templateIds, entityIds: [] })
  : (templateIds) => postToCloud('subscribe', { templateIds, accept: true })

/**
 * Asks whether these messages may be sent, at most three templates at once. Never rejects: a platform that cannot ask
 * answers `reject`, and the product then uses the telephone list.
 */
export async function askForMessages(templateIds: readonly string[]): Promise<SubscriptionAnswer> {
  const asked = templateIds.slice(0, 3)
  try {
    return asAnswer(await ask([...asked]), asked)
  } catch {
    return asAnswer(null, asked)
  }
}
