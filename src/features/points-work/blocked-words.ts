/** Why somebody may not judge a shift (law 3), and who may, in words. */
import type { OutputOf } from '@/contract'

type Row = OutputOf<'shift.review'>['complete'][number]
type Blocked = NonNullable<Row['blocked']>

export const blockedWords = (blocked: Blocked): string => (blocked === 'OWN_CASE' ? '和您或您家里人有关，您不核实' : '您是这一班的负责人，您不核实')

/** Whom to ask: 可以核实的：李静（社工）、孙洁（街道） */
export const verifiersWords = (verifiers: Row['verifiers']): string =>
  verifiers.length === 0 ? '现在没有人可以核实，请街道再派一位工作人员' : `可以核实的：${verifiers.map(({ name, as }) => `${name}（${as === 'admin' ? '街道' : '社工'}）`).join('、')}`
