/**
 * 为谁: whom the screens are about, myself or an elder I act for. Chosen once, kept on this phone for this person, and
 * asked for together with everything else on the first screen, so that choosing costs no call of its own.
 */
import { useCallback, useEffect, useState } from 'react'
import type { ElderChoice } from '../contract'
import { accountSeen, noteAccount } from './cache'
import { forget, keep, kept } from './storage'
import { useQuery, type Query } from './use-query'

const CHOSEN = 'elder'
const DUTY_PHONE = 'dutyPhone'

/** The elder last chosen by the person who uses the phone now. */
function elderChosen(): string | undefined {
  const value = kept(CHOSEN)
  return typeof value === 'object' && value !== null && 'of' in value && value.of === accountSeen() && 'elderId' in value && typeof value.elderId === 'string'
    ? value.elderId : undefined
}

/** The community's telephone, as the last answer told it. */
export function dutyPhone(): string | undefined {
  const value = kept(DUTY_PHONE)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A person to choose: by name, how I stand to them, and the community that tells namesakes apart. */
export const asOption = (elder: ElderChoice): { key: string; name: string; words: string; detail: string } => ({
  key: elder.personId, name: elder.name, words: elder.isMe ? '您自己' : elder.kinship ? `您是${elder.kinship}` : '您替他办', detail: elder.communityName,
})

/** What a screen needs to know of 为谁. */
export interface ForWhom {
  home: Query<'home.show'>
  elder: ElderChoice | undefined
  elders: readonly ElderChoice[]
  choose: (elderId: string) => void
}

/** @param options.pollMs ask again this often while the screen is visible */
export function useForWhom(options: { pollMs?: number } = {}): ForWhom {
  const [elderId, setElderId] = useState(elderChosen)
  const home = useQuery('home.show', elderId === undefined ? {} : { elderId }, options)
  const { output, code, reload } = home
  const choose = useCallback((chosen: string) => {
    keep(CHOSEN, { of: accountSeen(), elderId: chosen })
    setElderId(chosen)
  }, [])

  useEffect(() => {
    if (output === undefined || home.ageWords !== undefined) return
    keep(DUTY_PHONE, output.dutyPhone)
    // Another person took over the phone: what was shown belonged to somebody else.
    if (noteAccount(output.me.personId, output.me.roles.map((grant) => grant.role))) {
      setElderId(undefined)
      reload()
    }
  }, [output, home.ageWords, reload])
  useEffect(() => {
    // The delegation ended, or the elder was merged with another record: back to whoever is first.
    if (elderId === undefined || (code !== 'NOT_FOUND' && code !== 'DELEGATION_ENDED' && code !== 'SCOPE_MISSING')) return
    forget(CHOSEN)
    setElderId(undefined)
  }, [elderId, code])

  return { home, elder: output?.elder ?? undefined, elders: output?.elders ?? [], choose }
}
