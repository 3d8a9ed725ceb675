/** People who ask again until a rule has answered, as their phones do, and many of them at the same time. */
import { CONTRACT_VERSION, type ActionName, type InputOf, type OutputOf } from '../../src/contract'
import { newRequestId, type World } from './world'

/** @param refusals what a rule may answer; any other refusal is a fault of ours */
export function askingIn(world: () => World, refusals: Partial<Record<ActionName, readonly string[]>>) {
  /** how often each answer was heard */
  const told: Record<string, number> = {}
  /** @returns null when the rule refused */
  async function ask<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A> | null> {
    const requestId = newRequestId()
    for (let attempt = 0; attempt < 14; attempt++) {
      const reply = await world().emulator.call<{ ok: boolean; output?: unknown; error?: { code: string } }>(openid, { action, input, requestId, contractVersion: CONTRACT_VERSION })
      const code = reply.result?.error?.code
      if (!reply.result || code === 'UNEXPECTED' || code === 'TRY_AGAIN') continue
      const key = `${action} ${code ?? 'OK'}`
      told[key] = (told[key] ?? 0) + 1
      if (code !== undefined && !(refusals[action as ActionName] ?? []).includes(code)) throw new Error(`${action} was refused: ${code} ${JSON.stringify(reply.result.error)}`)
      return reply.result.ok ? (reply.result.output as OutputOf<A>) : null
    }
    throw new Error(`${action} never got an answer`)
  }
  return { told, ask }
}

/** Does the work of many, so many at the same time. */
export async function together<T>(atOnce: number, items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const left = [...items.entries()]
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], next[0])
  }))
}
