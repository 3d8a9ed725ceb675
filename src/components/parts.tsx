/** A list that is here already, shown a few rows at a time, so that a full day does not weigh on an old phone. */
import { useState, type ReactNode } from 'react'
import { Pager, type PagerProps } from './pager'

interface PartsProps<T> {
  rows: readonly T[]
  /** rows shown at once */
  size: number
  /** what is leafed through, for screen readers: several lists may stand on one screen */
  of: string
  /** pages of the list that are not here: asked for when these rows have been leafed through */
  beyond?: Pick<PagerProps, 'hasNext' | 'hasPrevious' | 'next' | 'previous'>
  children: (rows: readonly T[]) => ReactNode
}

export function Parts<T>({ rows, size, of, beyond, children }: PartsProps<T>) {
  const [at, setAt] = useState(0)
  // Rows that were dealt with go: never beyond what is left.
  const last = Math.max(0, Math.ceil(rows.length / size) - 1)
  const part = Math.min(at, last)
  return (
    <>
      {children(rows.slice(part * size, (part + 1) * size))}
      <Pager
        of={of} hasNext={part < last || beyond?.hasNext === true} hasPrevious={part > 0 || beyond?.hasPrevious === true}
        next={() => { if (part < last) setAt(part + 1); else { setAt(0); void beyond?.next() } }} previous={() => { if (part > 0) setAt(part - 1); else beyond?.previous() }} isLoading={false}
      />
    </>
  )
}
