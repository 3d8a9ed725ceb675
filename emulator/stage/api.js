// What the stage asks of the emulator. It reads and moves the clock; it never sends a phone anything.

/**
 * @param {string} path under /emulator/
 * @param {object} [body] posted when given
 * @returns {Promise<any>} what the emulator answers
 * @throws Error with the emulator's own sentence
 */
async function ask(path, body) {
  const answer = await fetch(`/emulator/${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const reply = await answer.json()
  if (!answer.ok) throw new Error(reply.error ?? `HTTP ${answer.status}`)
  return reply
}

/** @param {number} since the last call that is known */
export const state = (since) => ask(`state?since=${since}`)

/** @param {{advanceMs: number} | {to: number} | {follow: boolean}} move */
export const moveClock = (move) => ask('clock', move)

/**
 * Documents of some collections, to find the next moment and the messages that could not be sent.
 * @param {readonly string[]} names
 * @returns {Promise<Record<string, any[]>>}
 */
export async function documents(names) {
  const { collections } = await ask('dump', { only: names })
  return Object.fromEntries(Object.entries(collections).map(([name, { documents }]) => [name, documents]))
}

/** The product's own check of every law. @returns {Promise<{at: number, laws: {law: string, holds: boolean, checked: number, broken: string[]}[]}>} */
export async function selfCheck() {
  const { ok, result, errMsg } = await ask('fire', { function: 'timers', trigger: 'selfCheck' })
  if (!ok) throw new Error(errMsg)
  if (result.ok === false) throw new Error(result.error?.code ?? 'selfCheck')
  return result.output ?? result
}

/** The people whom a phone can be given to. */
export async function people() {
  const answer = await fetch('people.json')
  return (await answer.json()).groups
}
