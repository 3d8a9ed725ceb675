/** Two states of everything that is stored, compared fast: jest's own comparison takes longer than the call that it checks, so it only words a difference. */
import { isDeepStrictEqual } from 'node:util'

export function expectSame(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted)
}
