/** What people wrote and others will read is checked before it is kept. */
import { ensure } from '../../src/domain/error'
import { isTextAllowed } from './cloud'

/** @throws CONTENT_REFUSED */
export async function ensureAllowedText(openid: string, words: string | undefined | null): Promise<void> {
  if (words !== undefined && words !== null && words.trim() !== '') ensure(await isTextAllowed(openid, words), 'CONTENT_REFUSED')
}
