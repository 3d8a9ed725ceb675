/** One broken document never keeps a job from the others: its fault is logged, the next run tries it again. */
import { messageOf } from '../_server/cloud'

/** @returns how many failed */
export async function each<T extends { readonly _id: string }>(documents: readonly T[], work: (document: T) => Promise<void>): Promise<number> {
  let failed = 0
  for (const document of documents) {
    try {
      await work(document)
    } catch (error) {
      failed += 1
      console.error(JSON.stringify({ id: document._id, fault: messageOf(error).slice(0, 300) }))
    }
  }
  return failed
}
