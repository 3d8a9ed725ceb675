/** H5: the same envelope over same-origin HTTP. Who is calling is the server's business; no token passes through here. */
import { NoAnswer } from './no-answer'

const TIMEOUT_MS = 20_000

export function startHttp(): void {
  // HTTP needs no start; WeChat's cloud does.
}

/** Sends JSON to a path of the cloud's stand-in and gives the JSON it answers. @throws NoAnswer */
export async function postToCloud(path: string, body: object): Promise<unknown> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS)
  try {
    const response = await fetch(`/cloud/${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: patience.signal,
    })
    if (!response.ok) throw new NoAnswer(`HTTP ${response.status}`, false)
    return await response.json()
  } catch (error) {
    if (error instanceof NoAnswer) throw error
    throw new NoAnswer(error instanceof Error ? error.message : 'fetch failed', true)
  } finally {
    clearTimeout(timer)
  }
}

/** @throws NoAnswer */
export async function sendOverHttp(functionName: string, event: object): Promise<unknown> {
  const answer = await postToCloud('call', { name: functionName, data: event })
  if (typeof answer === 'object' && answer !== null && 'result' in answer) return answer.result
  const reason = typeof answer === 'object' && answer !== null && 'errMsg' in answer ? String(answer.errMsg) : 'no result'
  throw new NoAnswer(reason, false)
}

/** Puts bytes under a path of the cloud's storage. @throws NoAnswer @returns the file's id */
export async function uploadOverHttp(path: string, bytes: Blob): Promise<string> {
  try {
    const response = await fetch(`/cloud/upload?path=${encodeURIComponent(path)}`, { method: 'POST', body: bytes })
    if (!response.ok) throw new NoAnswer(`HTTP ${response.status}`, false)
    const { fileID } = (await response.json()) as { fileID: string }
    return fileID
  } catch (error) {
    throw error instanceof NoAnswer ? error : new NoAnswer(error instanceof Error ? error.message : 'upload failed', true)
  }
}
