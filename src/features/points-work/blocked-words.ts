/** Why somebody may not judge a shift (law 3), in words. */
import type { OutputOf } from '@/contract'

type Blocked = NonNullable<OutputOf<'shift.review'>['complete'][number]['blocked']>

export const blockedWords = (blocked: Blocked): string => (blocked === 'OWN_CASE' ? '和您或您家里人有关，请同事核实' : '您是这一班的负责人，请另一位同事核实')
