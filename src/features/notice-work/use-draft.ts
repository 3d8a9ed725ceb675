/** A draft that keeps itself: a moment after the last letter, and when the page is left. One write after the other, so that what was typed last is what stands there. */
import { useDidHide } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { serverNow } from '@/services/server-clock'
import { useAction } from '@/services/use-action'
import type { Wording } from '@/services/wording'
import { inputOf, type Draft } from './draft'

/** A draft is kept this long after the last letter, ms. */
const KEPT_AFTER_MS = 1500

interface Kept {
  draft: Draft
  /** null: not kept yet */
  noticeId: string | null
  edit: (change: (now: Draft) => Draft) => void
  /** Keeps it now. @returns its id, or null if it could not be kept */
  keep: () => Promise<string | null>
  isKeeping: boolean
  /** when it was last kept, the server's time; null: not since it was opened */
  keptAt: number | null
  problem: Wording | undefined
}

export function useDraft(begun: Draft, id: string | null): Kept {
  const [draft, setDraft] = useState(begun)
  const [keptAt, setKeptAt] = useState<number | null>(null)
  const latest = useRef(begun)
  const [shownId, setShownId] = useState(id)
  const noticeId = useRef(id)
  const kept = useRef(JSON.stringify(inputOf(begun)))
  const queue = useRef<Promise<string | null>>(Promise.resolve(id))
  const { run, isPending, problem, clear } = useAction('notice.save')

  const edit = useCallback((change: (now: Draft) => Draft) => {
    clear()
    latest.current = change(latest.current)
    setDraft(latest.current)
  }, [clear])
  const isDirty = () => JSON.stringify(inputOf(latest.current)) !== kept.current
  const keep = useCallback((): Promise<string | null> => {
    queue.current = queue.current.then(async () => {
      const input = inputOf(latest.current)
      const body = JSON.stringify(input)
      if (noticeId.current !== null && body === kept.current) return noticeId.current
      // It is kept for somebody: without a community there is nobody yet who may see it.
      if (input.audience.communityIds.length === 0) return null
      const done = await run({ ...(noticeId.current === null ? {} : { noticeId: noticeId.current }), ...input })
      if (done === undefined) return null
      noticeId.current = done.noticeId
      setShownId(done.noticeId)
      kept.current = body
      setKeptAt(serverNow())
      return done.noticeId
    })
    return queue.current
  }, [run])
  useEffect(() => {
    if (JSON.stringify(inputOf(draft)) === kept.current) return
    const timer = setTimeout(() => { void keep() }, KEPT_AFTER_MS)
    return () => clearTimeout(timer)
  }, [draft, keep])
  const leave = () => { if (isDirty()) void keep() }
  const onLeave = useRef(leave)
  onLeave.current = leave
  useEffect(() => () => onLeave.current(), [])
  useDidHide(() => onLeave.current())
  return { draft, noticeId: shownId, edit, keep, isKeeping: isPending, keptAt, problem }
}
