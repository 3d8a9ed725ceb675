/**
 * An act of a person: once per intent, however often it is tapped. The intent's key stays the same when no answer came,
 * so that trying again cannot do it twice; a refusal or a success ends the intent.
 */
import { useCallback, useRef, useState } from 'react'
import type { ActionName, InputOf, OutputOf } from '../contract'
import { DomainError, type ErrorCode, type ErrorDetails } from '../domain/error'
import { questionOf } from './cache'
import { call, newRequestId } from './call'
import { leadToFirstUse } from './first-use'
import { wordingOf, type Wording } from './wording'

export interface Act<A extends ActionName> {
  /** Does it. Gives the output, or undefined if it was refused or no answer came (then `problem` says so). Never rejects. */
  run: (input: InputOf<A>) => Promise<OutputOf<A> | undefined>
  isPending: boolean
  problem: Wording | undefined
  code: ErrorCode | undefined
  details: ErrorDetails | undefined
  /** takes the words of the last problem away */
  clear: () => void
}

/** A mutation action as a screen needs it. */
export function useAction<A extends ActionName>(action: A): Act<A> {
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(undefined)
  const underWay = useRef<Promise<OutputOf<A> | undefined> | null>(null)
  const intent = useRef<{ body: string; requestId: string } | null>(null)

  const run = useCallback((input: InputOf<A>): Promise<OutputOf<A> | undefined> => {
    if (underWay.current) return underWay.current
    const body = questionOf(action, input)
    if (intent.current?.body !== body) intent.current = { body, requestId: newRequestId() }
    const { requestId } = intent.current
    setPending(true)
    setError(undefined)
    const started = call(action, input, { requestId }).then(
      (output) => { intent.current = null; return output },
      (problem: unknown) => {
        if (problem instanceof DomainError) intent.current = null
        setError(problem)
        leadToFirstUse(problem)
        return undefined
      },
    ).finally(() => { underWay.current = null; setPending(false) })
    underWay.current = started
    return started
  }, [action])

  const clear = useCallback(() => setError(undefined), [])
  return {
    run, isPending, clear,
    problem: error === undefined ? undefined : wordingOf(error),
    code: error instanceof DomainError ? error.code : undefined,
    details: error instanceof DomainError ? error.details : undefined,
  }
}
