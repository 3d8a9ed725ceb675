/** What people wrote and others will read is checked before it is kept. */
import { ensure } from '../../src/domain/error'
import { isTextAllowed } from './cloud'

/** @throws CONTENT_REFUSED */
export async function ensureAllowedText(openid: string, words: string | undefined | null): Promise<void> {
  if (words !== undefined && words !== null && words.trim() !== '') ensure(await isTextAllowed(openid, words), 'CONTENT_REFUSED')
}

const PIECE = 2000
/** Pieces share so many characters: no word is parted. */
const OVERLAP = 40

/** For what is held for a person instead of being refused: true, too, for what could not be checked. Any length. */
export async function isHeldBack(openid: string, words: string): Promise<boolean> {
  try {
    for (let at = 0; at < words.length; at += PIECE - OVERLAP) if (!(await isTextAllowed(openid, words.slice(at, at + PIECE)))) return true
    return false
  } catch {
    return true
  }
}
