/**
 * A long list as a screen needs it: one page at a time, the next when somebody asks for it, and the way back. A phone
 * never holds more than one page on the screen, however long a life's list is.
 */
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { InputOf, OutputOf } from '../contract'
import { questionOf } from './cache'
import { call } from './call'
import { useQuery, type Query } from './use-query'
import { wordingOf, type Wording } from './wording'

/** Actions that answer page by page. */
export type PagedAction = 'booking.list' | 'account.log' | 'admin.audit' | 'task.list' | 'merchant.today' | 'merchant.month' | 'points.passbook' | 'points.records' | 'task.board' | 'activity.list' | 'activity.board' | 'desk.list' | 'flag.list' | 'points.byHandList' | 'pot.records' | 'notice.list' | 'notice.archive' | 'notice.desk' | 'notice.duty' | 'notice.questions' | 'notice.asked' | 'waitlist.board' | 'gallery.list' | 'gallery.board'
export type ItemOf<A extends PagedAction> = OutputOf<A>['items'][number]

export interface Pages<A extends PagedAction> {
  /** the first page, with all its states */
  first: Query<A>
  /** what the page shown holds */
  items: readonly ItemOf<A>[]
  hasNext: boolean
  hasPrevious: boolean
  /** leafs on; fetches the page if it was not seen yet */
  next: () => Promise<void>
  previous: () => void
  isLoading: boolean
  /** why the next page did not come */
  problem: Wording | undefined
}

interface Page<A extends PagedAction> {
  items: readonly ItemOf<A>[]
  cursor: string | null
}

/** `at`: which page is shown; 0 is the first, `fetched` are those behind it. */
interface Leafing<A extends PagedAction> {
  question: string
  fetched: readonly Page<A>[]
  at: number
}

const toTop = () => { void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined) }

/** Asks a paged query action; `null` asks nothing yet. The first page is kept for a screen without network, the others are not. */
export function usePages<A extends PagedAction>(action: A, input: InputOf<A> | null, options: { pollMs?: number } = {}): Pages<A> {
  const first = useQuery(action, input, options)
  const question = input === null ? '' : questionOf(action, input)
  const [leafing, setLeafing] = useState<Leafing<A> | null>(null)
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<Wording | undefined>(undefined)
  const asked = useRef(question)
  asked.current = question
  useEffect(() => { setLeafing(null); setProblem(undefined) }, [question])

  const known = leafing?.question === question ? leafing : { question, fetched: [], at: 0 }
  const shown: Page<A> = known.fetched[known.at - 1] ?? { items: first.output?.items ?? [], cursor: first.output?.nextCursor ?? null }
  const { cursor } = shown

  const next = async () => {
    setProblem(undefined)
    const { fetched, at } = known
    if (at < fetched.length) {
      setLeafing({ question, fetched, at: at + 1 })
      toTop()
      return
    }
    if (input === null || cursor === null) return
    setLoading(true)
    try {
      const page = await call(action, { ...input, cursor })
      if (asked.current !== question) return
      setLeafing({ question, fetched: [...fetched, { items: page.items, cursor: page.nextCursor }], at: at + 1 })
      toTop()
    } catch (error) {
      setProblem(wordingOf(error))
    } finally {
      setLoading(false)
    }
  }

  const previous = () => {
    setProblem(undefined)
    // Back at the first page it is a fresh list again: what came meanwhile moved its end.
    setLeafing(known.at > 1 ? { ...known, at: known.at - 1 } : null)
    toTop()
  }

  return { first, items: shown.items, hasNext: cursor !== null, hasPrevious: known.at > 0, next, previous, isLoading, problem }
}
