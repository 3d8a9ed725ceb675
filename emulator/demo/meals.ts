/** Meals in the demo's past and future, told by dish and day and played through the product's actions. */
import type { InputOf } from '../../src/contract'
import { mealSlotId } from '../../src/domain/kitchen'
import type { MealWay, Sitting } from '../../src/domain/meal'
import type { Calendar } from './calendar'
import { dishes, kitchens, type DishName, type KitchenIds, type KitchenName, type KitchenStory } from './kitchens'
import type { CallAs } from './phone'
import { staffPersonId } from './place'
import type { Door } from './visits'

/** How a stop ends: with a code or card, on the courier's word alone, or at a door that nobody opens. */
export type Stop = { readonly order: Order; readonly at: string } & ({ readonly door: Door } | { readonly word: true } | { readonly tried: string })

/** An order that was told; its id is known once its scene was played. */
export interface Order {
  readonly bookingId: () => string
}

interface Wish {
  readonly elderId: () => string
  readonly day: number
  readonly sitting?: Sitting
  readonly kitchen?: KitchenName
  readonly dish: DishName
  readonly way: MealWay
  readonly siteId?: string
  readonly portions?: number
  /** the advice was read, and the dish is wanted all the same */
  readonly despiteAdvice?: true
  readonly payment?: InputOf<'meal.order'>['payment']
  readonly note?: string
  readonly ordered: { readonly by: string; readonly day: number; readonly at: string; readonly asked?: InputOf<'meal.order'>['asked'] }
}

/** Tells the demo's meals into its calendar. */
export class Meals {
  private readonly dishIds: Partial<Record<DishName, string>> = {}

  constructor(private readonly calendar: Calendar, private readonly callAs: CallAs, private readonly kitchenIds: KitchenIds) {}

  /** Every kitchen writes down what it cooks, now. */
  async writeDishes(): Promise<void> {
    for (const [name, kitchen] of Object.entries<KitchenStory>(kitchens)) {
      for (const dish of kitchen.dishes) {
        const { tags, allergens, ...its } = dishes[dish]
        this.dishIds[dish] = (await this.callAs(kitchen.cook, 'kitchen.saveDish', { kitchenId: this.kitchenIds[name as KitchenName], ...its, tags: [...tags], allergens: [...allergens] })).dishId
      }
    }
  }

  /** The id of a dish on a day. */
  slotId({ kitchen = 'centre', day, sitting = 'lunch', dish }: Pick<Wish, 'kitchen' | 'day' | 'sitting' | 'dish'>): string {
    return mealSlotId(this.kitchenIds[kitchen], this.calendar.date(day), sitting, this.idOf(dish))
  }

  private idOf(dish: DishName): string {
    const dishId = this.dishIds[dish]
    if (dishId === undefined) throw new Error(`demo data: nobody has written down ${dish}`)
    return dishId
  }

  /** What stands on the menu of a sitting: the turns follow each other, whichever day it is. */
  private turn(kitchen: KitchenStory, sitting: Sitting, day: number): readonly DishName[] {
    const turns = kitchen.turns[sitting] ?? []
    // The day on which the demo wakes has the first turn, and so has the same weekday of every week.
    return turns.length === 0 ? [] : (turns[(((day % 7) + 7) % 7) % turns.length] ?? [])
  }

  /** Menus of these days are published by the kitchen's cook, at a time. */
  publish(name: KitchenName, days: readonly number[], at: { readonly day: number; readonly time: string }): void {
    this.calendar.scene(at.day, at.time, async () => {
      const kitchen: KitchenStory = kitchens[name]
      for (const day of days) {
        for (const sitting of ['lunch', 'dinner'] as const) {
          const cooked = this.turn(kitchen, sitting, day)
          if (cooked.length === 0) continue
          await this.callAs(kitchen.cook, 'kitchen.publish', {
            kitchenId: this.kitchenIds[name], onDate: this.calendar.date(day), sitting,
            dishes: cooked.map((dish) => ({ dishId: this.idOf(dish), portions: dishes[dish].portions, priceFen: dishes[dish].priceFen })),
          })
        }
      }
    })
  }

  /** Last week's menus once more, from a day on. */
  copyWeek(name: KitchenName, to: number, at: { readonly day: number; readonly time: string }): void {
    this.calendar.scene(at.day, at.time, async () => { await this.callAs(kitchens[name].cook, 'kitchen.copyWeek', { kitchenId: this.kitchenIds[name], toOn: this.calendar.date(to) }) })
  }

  /** Somebody orders one meal. */
  order(its: Wish): Order {
    let bookingId = ''
    this.calendar.scene(its.ordered.day, its.ordered.at, async () => {
      const { by, asked } = its.ordered
      bookingId = (await this.callAs(by, 'meal.order', {
        elderId: its.elderId(), ...this.wish(its), payment: its.payment ?? 'monthlyBill', ...(its.note === undefined ? {} : { note: its.note }), ...(asked === undefined ? {} : { asked: [...asked] }),
      })).bookingId
    })
    return { bookingId: () => bookingId }
  }

  /** Somebody orders several days in one go; each was eaten, says whoever taps 收到了 shortly after it came. */
  orderSeveral(wishes: readonly Omit<Wish, 'ordered' | 'note' | 'payment'>[], ordered: { readonly by: string; readonly day: number; readonly at: string }, received?: { readonly by: string; readonly at: string }): readonly Order[] {
    const ids: string[] = []
    this.calendar.scene(ordered.day, ordered.at, async () => {
      const first = wishes[0]
      if (!first) return
      const done = await this.callAs(ordered.by, 'meal.orderSeveral', { elderId: first.elderId(), orders: wishes.map((wish) => this.wish(wish)), payment: 'monthlyBill' })
      if (done.refused.length > 0) throw new Error(`demo data: ${ordered.by} was refused ${JSON.stringify(done.refused)}`)
      for (const wish of wishes) ids.push(done.ordered.find((one) => one.slotId === this.slotId(wish))?.bookingId ?? '')
    })
    const orders = wishes.map((_, index) => ({ bookingId: () => ids[index] ?? '' }))
    if (received) wishes.forEach((wish, index) => this.received(orders[index], wish.day, received.at, received.by))
    return orders
  }

  /** 收到了, by the elder's or the family's own tap. */
  received(order: Order | undefined, day: number, at: string, by: string): void {
    this.calendar.scene(day, at, async () => { await this.callAs(by, 'meal.received', { bookingId: order?.bookingId() ?? '' }) })
  }

  /** Fetched or eaten at the kitchen's counter, with the elder's code. */
  served(order: Order, day: number, at: string, door: Door, kitchen: KitchenName = 'centre'): void {
    this.calendar.scene(day, at, async () => { await this.callAs(kitchens[kitchen].cook, 'kitchen.serve', { bookingId: order.bookingId(), code: await this.codeOf(door, order) }) })
  }

  /** One courier carries the run of one community: taken or given, begun at once, and each stop. */
  carry(run: { readonly day: number; readonly sitting?: Sitting; readonly community: string; readonly courier: string; readonly isGiven?: true; readonly beginsAt: string; readonly stops: readonly Stop[] }): void {
    const { calendar, callAs } = this
    const { cook } = kitchens.centre
    let runId = ''
    calendar.scene(run.day, run.beginsAt, async () => {
      const sheet = await callAs(cook, 'kitchen.sheet', { kitchenId: this.kitchenIds.centre, onDate: calendar.date(run.day), sitting: run.sitting ?? 'lunch' })
      const found = sheet.runs.find((one) => one.communityName === run.community)
      if (!found) throw new Error(`demo data: no run for ${run.community} on ${calendar.date(run.day)}`)
      runId = found.runId
      if (run.isGiven === true) await callAs(cook, 'kitchen.giveRun', { runId, courierId: staffPersonId(run.courier) })
      else await callAs(run.courier, 'courier.takeRun', { runId })
      await callAs(run.courier, 'courier.startRun', { runId })
    })
    for (const stop of run.stops) {
      calendar.scene(run.day, stop.at, async () => {
        const bookingId = stop.order.bookingId()
        if ('tried' in stop) await callAs(run.courier, 'courier.noAnswer', { bookingId, tried: stop.tried })
        else await callAs(run.courier, 'courier.handOver', { bookingId, ...('door' in stop ? { code: await this.codeOf(stop.door, stop.order) } : {}) })
      })
    }
  }

  private wish({ portions = 1, way, siteId, despiteAdvice, ...its }: Pick<Wish, 'kitchen' | 'day' | 'sitting' | 'dish' | 'portions' | 'way' | 'siteId' | 'despiteAdvice'>): InputOf<'meal.orderSeveral'>['orders'][number] {
    return { slotId: this.slotId(its), portions, way, ...(siteId === undefined ? {} : { siteId }), ...(despiteAdvice === undefined ? {} : { despiteAdvice }) }
  }

  private async codeOf(door: Door, order: Order): Promise<string> {
    return 'card' in door ? door.card() : (await this.callAs(door.shownBy, 'visit.doorCode', { bookingId: order.bookingId() })).code
  }
}
