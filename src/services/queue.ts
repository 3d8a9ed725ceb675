/**
 * Check-ins and check-outs that wait for a network (law 7). Each is written down before it is sent, keeps its key and the
 * phone's time of capture, is marked 未发出 until the server has answered, and has its effect once. It is never shown as done.
 */
import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import type { InputOf } from '../contract'
import { DomainError } from '../domain/error'
import { accountSeen } from './cache'
import { call, newRequestId } from './call'
import { onNetworkBack } from './network'
import { phoneNow } from './server-clock'
import { keep, kept } from './storage'
import { wordingOf, type Wording } from './wording'

export type QueuedAction = 'visit.checkIn' | 'visit.checkOut'

/** One act that waits, or that was refused when it was sent late. */
export interface QueuedAct {
  /** the intent's key, the same for every try */
  requestId: string
  action: QueuedAction
  input: InputOf<QueuedAction>
  /** the phone's time when it was captured, ms: evidence only */
  capturedAt: number
  /** whose act it is; only sent while the same person uses the phone */
  personId: string | undefined
  /** what to say when the server refused it; undefined: not yet sent */
  refused: Wording | undefined
}

const QUEUE = 'queue'
const TRY_EVERY_MS = 20_000
const listeners = new Set<() => void>()
let isSending = false

function isQueuedAct(value: unknown): value is QueuedAct {
  return typeof value === 'object' && value !== null && 'requestId' in value && 'action' in value && 'input' in value && 'capturedAt' in value
}

function waiting(): QueuedAct[] {
  const value = kept(QUEUE)
  return Array.isArray(value) ? value.filter(isQueuedAct) : []
}

function write(change: (acts: QueuedAct[]) => QueuedAct[]): void {
  keep(QUEUE, change(waiting()))
  listeners.forEach((listener) => listener())
}

const mine = (act: QueuedAct): boolean => act.personId === accountSeen()

/**
 * Sends what waits, one after another in the order of capture. An act without an answer stays, and what belongs to the
 * same booking stays behind it; a refused one stays with the reason until the person has seen it.
 */
export async function sendQueue(): Promise<void> {
  if (isSending) return
  isSending = true
  const heldUp = new Set<string>()
  try {
    for (const act of waiting()) {
      if (act.refused !== undefined || !mine(act) || heldUp.has(act.input.bookingId)) continue
      try {
        await call(act.action, act.input, { requestId: act.requestId })
        write((acts) => acts.filter((one) => one.requestId !== act.requestId))
      } catch (error) {
        if (error instanceof DomainError) write((acts) => acts.map((one) => (one.requestId === act.requestId ? { ...one, refused: wordingOf(error) } : one)))
        else heldUp.add(act.input.bookingId)
      }
    }
  } finally {
    isSending = false
  }
}

export interface DoorQueue {
  /** what this person's phone has not got rid of, oldest first */
  acts: readonly QueuedAct[]
  /** writes the act down and tries to send it: `sent`, `waiting` for a network, or `refused` (see the act's words) */
  submit: (action: QueuedAction, input: { bookingId: string; code: string }) => Promise<'sent' | 'waiting' | 'refused'>
  /** takes a refused act away after the person has read why */
  dismiss: (requestId: string) => void
  sendNow: () => Promise<void>
}

/** The queue as a screen shows it; while something waits, it is tried again every 20 seconds and when the network is back. */
export function useDoorQueue(): DoorQueue {
  const [acts, setActs] = useState<readonly QueuedAct[]>(() => waiting().filter(mine))
  useEffect(() => {
    const tell = () => setActs(waiting().filter(mine))
    listeners.add(tell)
    return () => { listeners.delete(tell) }
  }, [])
  useDidShow(() => { void sendQueue() })
  useEffect(() => onNetworkBack(() => { void sendQueue() }), [])
  const isWaiting = acts.some((act) => act.refused === undefined)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => { void sendQueue() }, TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting])

  const submit = useCallback(async (action: QueuedAction, input: { bookingId: string; code: string }) => {
    const capturedAt = phoneNow()
    const same = waiting().find((one) => one.action === action && one.input.bookingId === input.bookingId && one.input.code === input.code && one.refused === undefined)
    const requestId = same?.requestId ?? newRequestId()
    if (!same) write((before) => [...before, { requestId, action, input: { ...input, capturedAt }, capturedAt, personId: accountSeen(), refused: undefined }])
    await sendQueue()
    const left = waiting().find((one) => one.requestId === requestId)
    return left === undefined ? 'sent' as const : left.refused === undefined ? 'waiting' as const : 'refused' as const
  }, [])
  const dismiss = useCallback((requestId: string) => write((before) => before.filter((one) => one.requestId !== requestId)), [])
  return { acts, submit, dismiss, sendNow: sendQueue }
}
