/** What another policy would have changed: the orders of a month once more through the same price function, elder by elder, day by day, with the cap. */
import { quote, type Eater, type MealPolicy, type Quote } from './meal-policy'

/** An order as far as its price depends on it. */
export interface PricedOrder {
  readonly elderId: string
  readonly onDate: string
  readonly startsAt: number
  readonly portions: number
  readonly quote: Quote
}

export interface Totals {
  readonly orders: number
  readonly elders: number
  readonly subsidyFen: number
  readonly payFen: number
  /** elders whose subsidy reached the month's cap */
  readonly capReached: number
}

export interface Preview {
  readonly before: Totals
  readonly after: Totals
  readonly eldersWhoPayMore: number
  readonly eldersWhoPayLess: number
}

const sum = (quotes: readonly Quote[], field: 'subsidyFen' | 'payFen'): number => quotes.reduce((total, each) => total + each[field], 0)

/** @param eaterOf null for somebody who is gone: what they paid stays as it was */
export function previewOf(policy: MealPolicy, orders: readonly PricedOrder[], eaterOf: (elderId: string) => Eater | null): Preview {
  const byElder = new Map<string, PricedOrder[]>()
  for (const order of orders) {
    const mine = byElder.get(order.elderId)
    if (mine) mine.push(order)
    else byElder.set(order.elderId, [order])
  }
  const people = [...byElder].map(([elderId, mine]) => {
    const eater = eaterOf(elderId)
    let usedFen = 0
    const after = [...mine].sort((a, b) => a.startsAt - b.startsAt).map((order) => {
      const next = eater === null ? order.quote : quote(policy, eater, { portionFen: order.quote.priceFen / order.portions, portions: order.portions, onDate: order.onDate }, usedFen)
      usedFen += next.subsidyFen
      return next
    })
    return { before: mine.map((order) => order.quote), after }
  })
  const totals = (which: 'before' | 'after'): Totals => ({
    orders: orders.length, elders: people.length,
    subsidyFen: people.reduce((total, person) => total + sum(person[which], 'subsidyFen'), 0), payFen: people.reduce((total, person) => total + sum(person[which], 'payFen'), 0),
    capReached: people.filter((person) => person[which].some((each) => each.reasons.includes('capReached'))).length,
  })
  const more = people.map((person) => sum(person.after, 'payFen') - sum(person.before, 'payFen'))
  return { before: totals('before'), after: totals('after'), eldersWhoPayMore: more.filter((fen) => fen > 0).length, eldersWhoPayLess: more.filter((fen) => fen < 0).length }
}
