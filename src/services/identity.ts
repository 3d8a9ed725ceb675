/**
 * Of whom a social worker has made sure, on the telephone or because they stand there: one person at a time, in this phone's
 * memory only, and only for as long as a call may take. The server asks for it; nothing here decides.
 */
import Taro from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { MINUTE } from '../domain/civil-time'
import type { IdentityProof } from '../domain/identity'
import { serverNow } from './server-clock'

const LASTS_MS = 30 * MINUTE

interface Sure {
  readonly elderId: string
  readonly asked: readonly IdentityProof[]
  readonly at: number
}

let sure: Sure | null = null
const listeners = new Set<() => void>()

/** Says of whom it is sure now, and how; null: of nobody. */
export function noteIdentity(elderId: string, asked: readonly IdentityProof[] | null): void {
  sure = asked === null ? null : { elderId, asked, at: serverNow() }
  listeners.forEach((listener) => listener())
}

export interface Identity {
  /** what an action takes along: how it is known who wants it; nothing for the elder's side */
  given: { asked?: IdentityProof[] }
  /** they stand before the social worker */
  isHere: () => void
  /** to the questions, and back */
  ask: () => void
}

/** How it is known that an act for this elder is the elder's wish. */
export function useIdentity(elderId: string): Identity {
  const [held, setHeld] = useState(sure)
  useEffect(() => {
    const tell = () => setHeld(sure)
    tell()
    listeners.add(tell)
    return () => { listeners.delete(tell) }
  }, [])
  const isSure = held !== null && held.elderId === elderId && serverNow() - held.at < LASTS_MS
  return {
    given: isSure ? { asked: [...held.asked] } : {},
    isHere: () => noteIdentity(elderId, ['inPerson']),
    ask: () => { void Taro.navigateTo({ url: `/pages/social-worker/phone/index?personId=${elderId}&only=ask` }) },
  }
}
