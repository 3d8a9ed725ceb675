/**
 * A question to the server as a screen needs it: the last known answer at once with its age, the fresh one as soon as it
 * comes, again whenever the screen is shown, and slowly while it stays visible if it waits for somebody else.
 */
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ActionName, InputOf, OutputOf } from '../contract'
import { DomainError, type ErrorCode } from '../domain/error'
import { ageWords } from './age'
import { keepAnswer, keptAnswer, questionOf } from './cache'
import { call } from './call'
import { leadToFirstUse } from './first-use'
import { NoAnswer } from './no-answer'
import { onNetworkBack } from './network'
import { serverNow, useServerNow } from './server-clock'
import { wordingOf, type Wording } from './wording'

/** What a screen knows of its question. */
export interface Query<A extends ActionName> {
  output: OutputOf<A> | undefined
  problem: Wording | undefined
  /** the rule that refused, for screens that offer a particular way on */
  code: ErrorCode | undefined
  isOffline: boolean
  isLoading: boolean
  /** 3 分钟前: set while what is shown did not just come from the server */
  ageWords: string | undefined
  /** asks again now */
  reload: () => void
}

interface State<A extends ActionName> {
  question: string
  output: OutputOf<A> | undefined
  /** the server's time of `output` */
  at: number
  isFresh: boolean
  error: unknown
  isLoading: boolean
}

/** Old content younger than this is shown without its age, unless the fresh answer is late. */
const SAY_AGE_AFTER_MS = 60_000
const LATE_MS = 800

/**
 * Asks a query action. `null` as input asks nothing yet.
 * @param options.pollMs ask again this often while the screen is visible
 */
export function useQuery<A extends ActionName>(action: A, input: InputOf<A> | null, options: { pollMs?: number } = {}): Query<A> {
  const { pollMs } = options
  const question = input === null ? '' : questionOf(action, input)
  const latest = useRef({ input, question })
  latest.current = { input, question }

  const begin = useCallback((asked: string): State<A> => {
    const before = asked === '' ? undefined : keptAnswer(asked)
    // What was kept passed the contract's output check on the server when it came; contracts only grow.
    return { question: asked, output: before?.output as OutputOf<A> | undefined, at: before?.at ?? 0, isFresh: false, error: undefined, isLoading: asked !== '' }
  }, [])
  const [state, setState] = useState<State<A>>(() => begin(question))
  const [isLate, setLate] = useState(false)
  const underWay = useRef<string | null>(null)
  const isVisible = useRef(true)
  const isMounted = useRef(true)

  const ask = useCallback(async () => {
    const { input: asked, question: name } = latest.current
    if (asked === null || underWay.current === name) return
    underWay.current = name
    const late = setTimeout(() => { if (isMounted.current) setLate(true) }, LATE_MS)
    setState((old) => (old.question === name ? { ...old, isLoading: true } : begin(name)))
    let next: Partial<State<A>>
    try {
      const output = await call(action, asked)
      next = { output, at: serverNow(), isFresh: true, error: undefined }
      keepAnswer(name, output, serverNow())
    } catch (error) {
      next = { error, isFresh: false }
      if (isMounted.current) leadToFirstUse(error)
    }
    clearTimeout(late)
    if (underWay.current === name) underWay.current = null
    if (!isMounted.current) return
    setLate(false)
    setState((old) => (old.question === name ? { ...old, ...next, isLoading: false } : old))
  }, [action, begin])

  const reload = useCallback(() => { void ask() }, [ask])

  useEffect(() => {
    isMounted.current = true
    return () => { isMounted.current = false }
  }, [])
  useEffect(() => { void ask() }, [ask, question])
  useDidShow(() => { isVisible.current = true; reload() })
  useDidHide(() => { isVisible.current = false })
  useEffect(() => onNetworkBack(reload), [reload])
  useEffect(() => {
    if (pollMs === undefined) return
    const timer = setInterval(() => { if (isVisible.current) reload() }, pollMs)
    return () => clearInterval(timer)
  }, [pollMs, reload])

  const now = useServerNow()
  const shown = state.question === question ? state : begin(question)
  const isRefused = shown.error instanceof DomainError
  const age = Math.max(0, now - shown.at)
  const saysAge = shown.output !== undefined && !shown.isFresh && (shown.error !== undefined || isLate || age >= SAY_AGE_AFTER_MS)
  return {
    // A refusal is an answer: what was allowed before is not shown any more.
    output: isRefused ? undefined : shown.output,
    problem: shown.error === undefined ? undefined : wordingOf(shown.error),
    code: shown.error instanceof DomainError ? shown.error.code : undefined,
    isOffline: shown.error instanceof NoAnswer,
    isLoading: shown.isLoading,
    ageWords: saysAge && !isRefused ? ageWords(age) : undefined,
    reload,
  }
}
