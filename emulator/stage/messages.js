// The messages: what WeChat delivered, and what it could not carry, so that somebody telephones.

import { spoken } from './civil.js'
import { byId, element } from './element.js'

const shown = 60
const reasons = { told: '已电话告知', notReached: '电话也没有打通' }

export class Messages {
  constructor() {
    this.root = byId('messages')
    /** @type {Set<string> | null} */
    this.known = null
    this.drawn = ''
  }

  /**
   * @param {readonly any[]} outbox what WeChat delivered
   * @param {readonly any[]} stored the product's own record of whom it owes a word
   * @param {(openid: string) => string | undefined} nameOf
   * @param {number} now
   */
  show(outbox, stored, nameOf, now) {
    const titles = new Map(outbox.map(({ templateId, title }) => [templateId, title]))
    const sent = outbox.map((message) => ({
      id: `sent-${message.seq}`, at: message.at, title: message.title, to: nameOf(message.openid) || message.nickname || message.openid,
      text: message.lines.map((/** @type {any} */ line) => String(line.value).replace(/^\d{4}年/, '')).join('，'), why: null,
    }))
    const unsent = stored.filter(({ state }) => ['toCall', 'told', 'notReached'].includes(state)).map((message) => ({
      id: `unsent-${message._id}`, at: message.dueAt, title: titles.get(message.templateId) ?? '微信消息', to: message.personName, text: message.gist,
      why: reasons[/** @type {'told'} */ (message.state)] ?? (message.accountId === null ? '没有微信，已转电话清单' : '没有订阅额度，已转电话清单'),
    }))
    const rows = [...sent, ...unsent].filter(({ at }) => at <= now).sort((a, b) => b.at - a.at).slice(0, shown)
    const drawn = JSON.stringify(rows.map((row) => [row.id, row.why, spoken(row.at, now)]))
    if (rows.length === 0 || drawn === this.drawn) return
    this.drawn = drawn
    const { known } = this
    this.root.replaceChildren(...rows.map((row) => element(`div.message${row.why === null ? '' : '.unsent'}${known && !known.has(row.id) ? '.fresh' : ''}`, {},
      element('b', {}, row.title), ` → ${row.to}`, element('small', {}, `${spoken(row.at, now)} ${row.text}`), ...(row.why === null ? [] : [element('span.why', {}, row.why)]))))
    this.known = new Set([...(known ?? []), ...rows.map(({ id }) => id)])
  }
}
