/** An item of a care plan that leads to a page of its own: the way there says which, and what is ordered there is linked to it. */
import { useAction } from './use-action'

export interface FromPlan {
  consultationId: string
  n: number
}

/** What the way to a page says of it. */
export type WayHere = Partial<Record<string, string>>

/** The item that led here; null: none. */
export const fromPlanOf = ({ consultationId, n }: WayHere): FromPlan | null => (consultationId ? { consultationId, n: Number(n) } : null)

/** The same at the end of an address. */
export const planQuery = (plan: FromPlan | null): string => (plan ? `&consultationId=${plan.consultationId}&n=${plan.n}` : '')

export const forWords = (name: string, plan: FromPlan | null): string => `给 ${name}${plan ? ' · 计划里的' : ''}`

/** The order stands whatever comes of `link`, which never rejects: where it was not linked, the item asks whether it is the one. */
export function useFromPlan(cameBy: WayHere): { plan: FromPlan | null; link: (bookingId: string | undefined) => Promise<void>; isLinking: boolean } {
  const plan = fromPlanOf(cameBy)
  const { run, isPending } = useAction('consult.linkItem')
  return { plan, isLinking: isPending, link: async (bookingId) => { if (plan && bookingId) await run({ ...plan, bookingId }) } }
}
