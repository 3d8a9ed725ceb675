/**
 * Acts at a door that wait for a network (law 7): a care worker's and a volunteer's check-in and check-out, a courier's meal
 * in somebody's hands or a door that nobody opened. Each is written down before it is sent, keeps its key and, where a code proves it,
 * the phone's time of capture, is marked 未发出 until the server has answered, and has its effect once. It is never shown as done.
 */
import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import type { InputOf } from '../contract'
import { DomainError, type ErrorCode } from '../domain/error'
import { accountSeen } from './cache'
import { call, newRequestId } from './call'
import { onNetworkBack } from './network'
import { phoneNow } from './server-clock'
import { keep, kept } from './storage'
import { wordingOf, type Wording } from './wording'

/** Everything that may wait; whether the phone's time of capture goes along as evidence. */
const isCaptured = { 'visit.checkIn': true, 'visit.checkOut': true, 'shift.checkIn': true, 'shift.checkOut': true, 'courier.handOver': true, 'courier.noAnswer': false } as const

export type QueuedAction = keyof typeof isCaptured
/** What a care worker does at a door. */
export type VisitAction = Extract<QueuedAction, `visit.${string}`>
/** What a volunteer does where they help. */
export type ShiftAction = Extract<QueuedAction, `shift.${string}`>
/** What a courier does at a door. */
export type CourierAction = Extract<QueuedAction, `courier.${string}`>

interface ActOf<A extends QueuedAction> {
  /** the intent's key, the same for every try */
  requestId: string
  action: A
  input: InputOf<A>
  /** the phone's time when it was captured, ms: evidence only */
  capturedAt: number
  /** whose act it is; only sent while the same person uses the phone */
  personId: string | undefined
  /** what to say when the server refused it; undefined: not yet sent */
  refused: (Wording & { readonly code?: ErrorCode }) | undefined
}

/** One act that waits, or that was refused when it was sent late. */
export type QueuedAct<A extends QueuedAction = QueuedAction> = { [One in A]: ActOf<One> }[A]
/** What is handed in: the phone's time is put to it here. */
export type QueuedInput<A extends QueuedAction> = Omit<InputOf<A>, 'capturedAt'>

const QUEUE = 'queue'
const TRY_EVERY_MS = 20_000
/** So long a person waits at a door for an answer; then the act is shown as waiting while it is still under way. */
const PATIENCE_MS = 6_000
const listeners = new Set<() => void>()

function isQueuedAct(value: unknown): value is QueuedAct {
  return typeof value === 'object' && value !== null && 'requestId' in value && 'action' in value && typeof value.action === 'string' && value.action in isCaptured && 'input' in value && 'capturedAt' in value
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

/** What an act is about: of one thing, a later act never overtakes an earlier one. */
const aboutOf = (act: QueuedAct): string => ('shiftId' in act.input ? act.input.shiftId : act.input.bookingId)

async function sendAll(): Promise<void> {
  const heldUp = new Set<string>()
  for (const act of waiting()) {
    if (act.refused !== undefined || !mine(act) || heldUp.has(aboutOf(act))) continue
    try {
      await call(act.action, act.input, { requestId: act.requestId })
      write((acts) => acts.filter((one) => one.requestId !== act.requestId))
    } catch (error) {
      if (error instanceof DomainError) write((acts) => acts.map((one) => (one.requestId === act.requestId ? { ...one, refused: { ...wordingOf(error), code: error.code } } : one)))
      else heldUp.add(aboutOf(act))
    }
  }
}

let underWay: Promise<void> | null = null
let afterwards: Promise<void> | null = null

/**
 * Sends what waits, one after another in the order of capture. An act without an answer stays, and what belongs to the
 * same booking or shift stays behind it; a refused one stays with the reason until the person has seen it. Asked for while it is
 * sending, it goes through once more: the next door does not wait for the clock.
 */
export function sendQueue(): Promise<void> {
  if (underWay === null) {
    underWay = sendAll().finally(() => { underWay = null })
    return underWay
  }
  afterwards ??= underWay.then(() => { afterwards = null; return sendQueue() })
  return afterwards
}

const isVisit = (act: QueuedAct): act is QueuedAct<VisitAction> => act.action === 'visit.checkIn' || act.action === 'visit.checkOut'
const isShift = (act: QueuedAct): act is QueuedAct<ShiftAction> => act.action === 'shift.checkIn' || act.action === 'shift.checkOut'
const isCourier = (act: QueuedAct): act is QueuedAct<CourierAction> => act.action === 'courier.handOver' || act.action === 'courier.noAnswer'
const isSame = (one: object, other: object): boolean => JSON.stringify({ ...one, capturedAt: 0 }) === JSON.stringify({ ...other, capturedAt: 0 })

export interface DoorQueue<A extends QueuedAction> {
  /** what this person's phone has not got rid of of these kinds, oldest first */
  acts: readonly QueuedAct<A>[]
  /** writes the act down and tries to send it: `sent`, `waiting` for a network, or `refused` (see the act's words) */
  submit: <One extends A>(action: One, input: QueuedInput<One>) => Promise<'sent' | 'waiting' | 'refused'>
  /** takes a refused act away after the person has read why */
  dismiss: (requestId: string) => void
  sendNow: () => Promise<void>
}

/** The queue as a screen shows it; while something waits, it is tried again every 20 seconds and when the network is back. */
function useQueue<Act extends QueuedAct>(isOurs: (act: QueuedAct) => act is Act): Omit<DoorQueue<QueuedAction>, 'acts'> & { acts: readonly Act[] } {
  const [acts, setActs] = useState<readonly Act[]>(() => waiting().filter(mine).filter(isOurs))
  useEffect(() => {
    const tell = () => setActs(waiting().filter(mine).filter(isOurs))
    listeners.add(tell)
    return () => { listeners.delete(tell) }
  }, [isOurs])
  useDidShow(() => { void sendQueue() })
  useEffect(() => onNetworkBack(() => { void sendQueue() }), [])
  const isWaiting = acts.some((act) => act.refused === undefined)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => { void sendQueue() }, TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting])

  const submit = useCallback(async <One extends QueuedAction>(action: One, input: QueuedInput<One>) => {
    const capturedAt = phoneNow()
    const whole = isCaptured[action] ? { ...input, capturedAt } : input
    const same = waiting().find((one) => one.action === action && isSame(one.input, whole) && one.refused === undefined)
    const requestId = same?.requestId ?? newRequestId()
    const act = { requestId, action, input: whole, capturedAt, personId: accountSeen(), refused: undefined }
    if (!same) write((before) => (isQueuedAct(act) ? [...before, act] : before))
    await Promise.race([sendQueue(), new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS) })])
    const left = waiting().find((one) => one.requestId === requestId)
    return left === undefined ? 'sent' as const : left.refused === undefined ? 'waiting' as const : 'refused' as const
  }, [])
  const dismiss = useCallback((requestId: string) => write((before) => before.filter((one) => one.requestId !== requestId)), [])
  return { acts, submit, dismiss, sendNow: sendQueue }
}

/** A care worker's acts. */
export const useVisitQueue = (): DoorQueue<VisitAction> => useQueue(isVisit)
/** A volunteer's acts. */
export const useShiftQueue = (): DoorQueue<ShiftAction> => useQueue(isShift)
/** A courier's acts. */
export const useCourierQueue = (): DoorQueue<CourierAction> => useQueue(isCourier)
