/** The privacy terms 隐私条款 that somebody agrees to before anything about them is kept (law 9). */
import { ensure } from './error'

/** The version that stands now; who agreed to an older one is asked again. */
export const TERMS_VERSION = '2026-12'

/** Agreement counts only for the text that stands now. @throws BAD_INPUT */
export const ensureCurrentTerms = (version: string): void => ensure(version === TERMS_VERSION, 'BAD_INPUT', { field: 'termsVersion' })
