/** How a screen of this feature asks for a person: the page hands in the search of the counter, which is another feature. */
import type { ReactNode } from 'react'

export interface Chosen {
  readonly personId: string
  readonly name: string
  readonly communityName: string
  readonly age: number
}

export type FindPerson = (asked: { label: string; without?: readonly string[]; onChoose: (person: Chosen) => void }) => ReactNode
