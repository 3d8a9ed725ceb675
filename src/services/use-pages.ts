/** A long list as a screen needs it: the first page like any question, further pages when somebody asks for them. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { InputOf, OutputOf } from '../contract'
import { questionOf } from './cache'
import { call } from './call'
import { useQuery, type Query } from './use-query'
import { wordingOf, type Wording } from './wording'

/** Actions that answer page by page. */
export type PagedAction = 'booking.list' | 'account.log' | 'admin.audit'
export type ItemOf<A extends PagedAction> = OutputOf<A>['items'][number]

/** A phone draws slowly beyond this many rows. */
const MOST_ROWS = 100

export interface Pages<A extends PagedAction> {
  /** the first page, with all its states */
  first: Query<A>
  /** everything fetched so far */
  items: readonly ItemOf<A>[]
  hasMore: boolean
  /** fetches the next page */
  more: () => Promise<void>
  isLoadingMore: boolean
  /** why the next page did not come */
  problem: Wording | undefined
}

/** Asks a paged query action; `null` asks nothing yet. The first page is kept for a screen without network, the others are not. */
export function usePages<A extends PagedAction>(action: A, input: InputOf<A> | null, options: { pollMs?: number } = {}): Pages<A> {
  const first = useQuery(action, input, options)
  const question = input === null ? '' : questionOf(action, input)
  const [further, setFurther] = useState<{ question: string; items: readonly ItemOf<A>[]; cursor: string | null } | null>(null)
  const [isLoadingMore, setLoadingMore] = useState(false)
  const [problem, setProblem] = useState<Wording | undefined>(undefined)
  const asked = useRef(question)
  asked.current = question
  useEffect(() => { setFurther(null); setProblem(undefined) }, [question])

  const known = further?.question === question ? further : null
  const cursor = known ? known.cursor : (first.output?.nextCursor ?? null)
  const begun: readonly ItemOf<A>[] = first.output?.items ?? []
  const items = known ? [...begun, ...known.items] : begun

  const more = useCallback(async () => {
    if (input === null || cursor === null) return
    setLoadingMore(true)
    setProblem(undefined)
    try {
      const page = await call(action, { ...input, cursor })
      const added: readonly ItemOf<A>[] = page.items
      if (asked.current === question) setFurther((old) => ({ question, items: [...(old?.question === question ? old.items : []), ...added], cursor: page.nextCursor }))
    } catch (error) {
      setProblem(wordingOf(error))
    } finally {
      setLoadingMore(false)
    }
  }, [action, input, cursor, question])

  return { first, items, hasMore: cursor !== null && items.length < MOST_ROWS, more, isLoadingMore, problem }
}
