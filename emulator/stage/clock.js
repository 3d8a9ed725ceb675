// The demo clock: shows it, moves it, and finds the next moment that is worth going to.

import { documents, moveClock } from './api.js'
import { DAY, HOUR, midnight, MINUTE, monthAndDay, spoken, wallClock, weekday } from './civil.js'
import { byId, element } from './element.js'

/** @typedef {{at: number, words: string, stops?: number[]}} Moment */

export class Clock {
  /**
   * @param {() => readonly string[]} onStage the openids whose phones are shown
   * @param {(words: string, isWrong?: boolean) => void} say
   * @param {(now: number) => void} onTick
   * @param {(where: string) => void} onMoved
   */
  constructor(onStage, say, onTick, onMoved) {
    this.onStage = onStage
    this.say = say
    this.onTick = onTick
    this.onMoved = onMoved
    this.reading = { now: Number.NaN, at: 0 }
    this.isFollowing = false
    this.shown = ''
    this.face = byId('clock-now')
    this.follow = byId('follow')
    this.buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-move]')])
    for (const button of this.buttons) button.addEventListener('click', () => void this.move(String(button.dataset.move)))
    this.follow.addEventListener('click', () => void this.toggle())
    setInterval(() => this.draw(), 500)
  }

  /** Demo time now, between two readings too. */
  get now() {
    return this.reading.now + (performance.now() - this.reading.at)
  }

  /** @param {{now: number, isFollowing: boolean}} clock */
  read({ now, isFollowing }) {
    this.reading = { now, at: performance.now() }
    this.isFollowing = isFollowing
    this.follow.setAttribute('aria-pressed', String(isFollowing))
    this.draw()
  }

  draw() {
    const { now } = this
    if (Number.isNaN(now)) return
    const words = `${monthAndDay(now)} ${weekday(now)} ${wallClock(now)}`
    if (words === this.shown) return
    this.shown = words
    this.face.replaceChildren(monthAndDay(now), element('small', {}, weekday(now)), wallClock(now))
    this.face.setAttribute('datetime', new Date(now).toISOString())
    this.onTick(now)
  }

  async toggle() {
    try {
      this.read(await moveClock({ follow: !this.isFollowing }))
      this.say(this.isFollowing ? '定时的事会随时间自己发生：提醒、转电话清单、每晚核对。' : '定时的事停下了，拨钟时才发生。')
    } catch (error) {
      this.say(`没有成功：${messageOf(error)}`, true)
    }
  }

  /** @param {string} where */
  async move(where) {
    for (const button of this.buttons) button.disabled = true
    try {
      const target = await this.target(where)
      if (target === null) return this.say(where === 'visit' ? '接下来没有约好的服务。先在左边约一次。' : '接下来没有截止的时刻。先在左边约一次，或者请厨房公布菜单。')
      // In one move each of the clock's jobs runs once: what it does in two steps needs a stop between them.
      for (const to of [...(target.stops ?? []), target.at]) this.read(await moveClock({ to }))
      this.say(`现在是 ${monthAndDay(this.now)} ${wallClock(this.now)}。${target.words}`)
      this.onMoved(where)
    } catch (error) {
      this.say(`钟没有拨动：${messageOf(error)}`, true)
    } finally {
      for (const button of this.buttons) button.disabled = false
    }
  }

  /** @param {string} where @returns {Promise<Moment | null>} */
  async target(where) {
    const { now } = this
    if (where === 'hour') return { at: Math.round(now + HOUR), words: '到点的提醒都发出去了。' }
    if (where === 'morning') return { at: midnight(now) + DAY + 9 * HOUR, words: `${weekday(midnight(now) + DAY)}早上，夜里的定时核对做过了。` }
    return nextMoment(await documents(['bookings', 'accounts', 'kitchenSheets']), this.onStage(), where, now)
  }
}

/** A kitchen's sheet is closed at its cut-off and frozen shortly after: the clock goes to where it is. */
const SHEET_FREEZES = 2 * MINUTE
const sittings = { lunch: '午餐', dinner: '晚餐' }

/**
 * The next cut-off, or the next visit: of the people whose phones are on the stage if they have one, else of anybody.
 * Kitchens close for everybody.
 * @param {Record<string, any[]>} collections
 * @param {readonly string[]} openids
 * @param {string} where 'cutOff' or 'visit'
 * @param {number} now
 * @returns {Moment | null}
 */
export function nextMoment({ bookings = [], accounts = [], kitchenSheets = [] }, openids, where, now) {
  const mine = new Set(accounts.filter(({ _id }) => openids.includes(_id)).map(({ personId }) => personId))
  const isMine = (/** @type {any} */ { kind, elderId, workerId, bookedBy }) =>
    mine.has(elderId) || mine.has(workerId) || (mine.has(bookedBy?.personId) && (kind !== 'meal' || bookedBy.as !== 'socialWorker'))
  const coming = bookings.filter(({ kind, status }) => (status === 'booked' || status === 'assigned') && (where === 'visit' || kind !== 'meal'))
    .map((booking) => ({ booking, at: where === 'visit' ? booking.startsAt : booking.startsAt - booking.cancelHours * HOUR }))
    .filter(({ at }) => at > now + MINUTE / 2)
    .sort((a, b) => a.at - b.at)
  const next = coming.find(({ booking }) => isMine(booking)) ?? coming[0]
  const sheet = where === 'visit' ? undefined : kitchenSheets.filter(({ orderUntil }) => orderUntil > now).sort((a, b) => a.orderUntil - b.orderUntil)[0]
  if (sheet !== undefined && (next === undefined || sheet.orderUntil < next.at)) {
    return { stops: [sheet.orderUntil + 1000], at: sheet.orderUntil + SHEET_FREEZES, words: `${sheet.kitchenName}的${sittings[/** @type {'lunch'} */ (sheet.sitting)]} ${wallClock(sheet.orderUntil)} 截止，备餐单封好了。` }
  }
  if (next === undefined) return null
  const { booking, at } = next
  if (where !== 'visit') return { at, words: `${booking.elderName}${spoken(booking.startsAt, at)}的${booking.serviceName}，过了这一刻就要找社工才能取消。` }
  const words = booking.kind === 'meal'
    ? `${booking.elderName}的${booking.serviceName}可以${booking.meal?.way === 'delivery' ? '送' : '取'}了。`
    : `${booking.elderName}的${booking.serviceName}开始了，${booking.worker ? `${booking.worker.name}可以签到` : '还没有人接单'}。`
  return { at, words }
}

const messageOf = (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error))
