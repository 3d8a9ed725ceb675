/**
 * A delivery run 送餐单: the stops of one courier for one sitting, in walking order. Who carries it is one field of one
 * document, so handing it on never loses a stop. The bookings hold what happened; a stop repeats it for the page.
 */
import type { Allergen } from './diet'
import type { Sitting } from './meal'
import type { RequestLog } from './person'

export type StopState = 'todo' | 'handedOver' | 'delivered' | 'noContact' | 'cancelled'

export interface RunStop {
  readonly bookingId: string
  readonly number: string
  readonly elderId: string
  readonly elderName: string
  readonly livesAlone: boolean
  /** whole, for the door; removed when the run is over (law 9) */
  readonly address: string | null
  readonly dishName: string
  readonly portions: number
  /** what the elder must not eat, with the elder's consent */
  readonly avoid: readonly Allergen[]
  readonly note: string | null
  /** to be paid at the door; 0: on the month's bill */
  readonly payFen: number
  /** 1, 2, 3 … in walking order */
  readonly order: number
  readonly state: StopState
  readonly at: number | null
}

export interface DeliveryRun {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly communityName: string
  readonly kitchenId: string
  readonly kitchenName: string
  readonly onDate: string
  readonly sitting: Sitting
  readonly startsAt: number
  readonly endsAt: number
  readonly courierId: string | null
  readonly courierName: string | null
  /** close family of the courier, as recorded when the run was taken (law 3) */
  readonly courierKinIds: readonly string[]
  /** the kitchen whose couriers may take it; null once taken */
  readonly openFor: string | null
  readonly startedAt: number | null
  /** everybody who carried it, in turn: proof of a code from that time still counts */
  readonly carriers: readonly { readonly personId: string; readonly name: string; readonly from: number; readonly until: number | null }[]
  readonly stops: Readonly<Record<string, RunStop>>
  /** ids of the elders in `stops`, as an index needs them */
  readonly elderIds: readonly string[]
  /** when its addresses are to be removed; null: they are */
  readonly forgetAt: number | null
  readonly requests: RequestLog
}

/** Building, unit and room of an address as numbers, so that 2 幢 comes before 12 幢. */
function placeOf(address: string): { readonly estate: string; readonly numbers: readonly number[] } {
  const first = address.search(/\d/u)
  return { estate: first < 0 ? address : address.slice(0, first).trim(), numbers: [...address.matchAll(/\d+/gu)].map((match) => Number(match[0])) }
}

/** Walking order: estate by estate, building by building, up the stairs once. */
export function inWalkingOrder<T extends { readonly address: string | null }>(stops: readonly T[]): readonly T[] {
  return [...stops].sort((a, b) => {
    const [one, other] = [placeOf(a.address ?? ''), placeOf(b.address ?? '')]
    if (one.estate !== other.estate) return one.estate < other.estate ? -1 : 1
    const longest = Math.max(one.numbers.length, other.numbers.length)
    for (let index = 0; index < longest; index++) {
      const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  })
}

/** Stops of one run at most: what one person carries warm. 示例 policy. */
export const STOPS_OF_A_RUN = 15

/** True if this person carries the run, or carried it when the proof was made (a queue sends late). */
export const mayMark = (run: DeliveryRun, personId: string, provedAt: number): boolean =>
  run.carriers.some((carrier) => carrier.personId === personId && (carrier.until === null || (provedAt >= carrier.from && provedAt <= carrier.until)))
