// The meter: what the last calls cost. Equal calls that follow each other share a row.

import { byId, element } from './element.js'

const shown = 5
const kept = 300

export class Meter {
  /** @param {(openid: string) => string | undefined} nameOf */
  constructor(nameOf) {
    this.nameOf = nameOf
    this.root = byId('calls')
    this.timers = byId('calls-timers')
    /** @type {any[]} */
    this.rows = []
    this.newest = 0
    this.timers.addEventListener('change', () => this.draw())
  }

  /** @param {readonly any[]} rows oldest first */
  add(rows) {
    if (rows.length === 0) return
    this.rows = [...this.rows, ...rows].slice(-kept)
    this.draw()
  }

  clear() {
    this.rows = []
    this.draw()
  }

  draw() {
    const wanted = this.rows.filter((row) => row.function !== 'timers' || this.timers.checked)
    /** @type {{row: any, times: number}[]} */
    const groups = []
    for (const row of wanted.toReversed()) {
      const last = groups.at(-1)
      if (last && last.row.action === row.action && last.row.openid === row.openid && last.row.code === row.code) last.times += 1
      else if (groups.length === shown) break
      else groups.push({ row, times: 1 })
    }
    byId('calls-empty').hidden = groups.length > 0
    const number = (/** @type {number} */ value) => Math.round(value).toLocaleString('en-US')
    this.root.replaceChildren(...groups.map(({ row, times }) => {
      const who = row.openid ? (this.nameOf(row.openid) ?? row.openid) : '定时'
      const title = `${who}：${row.action}${row.ok ? '' : `，答复 ${row.code}`}${times > 1 ? `，连续 ${times} 次` : ''}${row.cold ? '，冷启动' : ''}`
      return element(`tr${row.seq > this.newest && this.newest > 0 ? '.fresh' : ''}`, { title },
        element('td', {}, element(row.ok ? 'span' : 'span.refused', {}, row.ok ? row.action : `${row.action} ${row.code}`),
          ...(times > 1 ? [element('span.times', {}, ` ×${times}`)] : []), element('span.who', {}, ` ${who}`)),
        element('td', {}, number(row.dbCalls)), element('td', {}, `${number(row.scanned)}/${number(row.returned)}`), element('td', {}, number(row.bytes)), element('td', {}, number(row.ms)))
    }))
    this.newest = Math.max(this.newest, wanted.at(-1)?.seq ?? 0)
  }
}
