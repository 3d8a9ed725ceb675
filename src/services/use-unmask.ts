/** Looking at a full number or address for the work at hand (law 9): asked for one by one, and the person can read that it was. */
import { useCallback, useState } from 'react'
import type { InputOf } from '../contract'
import { useAction } from './use-action'
import type { Wording } from './wording'

type Input = InputOf<'person.unmask'>

export interface Unmask {
  /** undefined: not looked at; null: nothing is registered */
  value: string | null | undefined
  isPending: boolean
  problem: Wording | undefined
  look: () => Promise<void>
}

/** The value lives on this screen only and is gone when it is left. */
export function useUnmask(field: Input['field'], about: Input['about'], purpose: Input['purpose']): Unmask {
  const { run, isPending, problem } = useAction('person.unmask')
  const [value, setValue] = useState<string | null | undefined>(undefined)
  const look = useCallback(async () => {
    const seen = await run({ field, about, purpose })
    if (seen) setValue(seen.value)
  }, [run, field, about, purpose])
  return { value, isPending, problem, look }
}
