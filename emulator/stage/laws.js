// 此刻都成立吗: shows what the product's own check of its laws says, and asks it again when something changed.

import { selfCheck } from './api.js'
import { wallClock } from './civil.js'
import { byId, element } from './element.js'

/** After a change, wait this long for the rest of it, ms. */
const settle = 1500
/** Never ask more often than this, ms. */
const rest = 5000

export class Laws {
  /** @param {() => void} onWanted the panel is about to be shown */
  constructor(onWanted) {
    this.onWanted = onWanted
    this.root = byId('laws')
    this.state = byId('laws-state')
    this.button = byId('laws-again')
    this.verdict = byId('verdict')
    this.verdict.addEventListener('click', () => {
      this.onWanted()
      const panel = byId('laws-panel')
      panel.scrollIntoView({ block: 'nearest' })
      panel.focus({ preventScroll: true })
    })
    this.askedAt = Number.NEGATIVE_INFINITY
    this.isAsking = false
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    this.button.addEventListener('click', () => void this.check())
  }

  /** Something changed: ask in a moment. */
  wake() {
    if (this.timer !== undefined) return
    const wait = Math.max(settle, this.askedAt + rest - performance.now())
    this.timer = setTimeout(() => {
      this.timer = undefined
      if (this.isAsking || document.hidden) this.wake()
      else void this.check()
    }, wait)
  }

  async check() {
    if (this.isAsking) return
    this.isAsking = true
    this.button.disabled = true
    this.askedAt = performance.now()
    try {
      this.show(await selfCheck())
    } catch (error) {
      this.state.textContent = '这次没有查成'
      this.state.title = error instanceof Error ? error.message : String(error)
    } finally {
      this.isAsking = false
      this.button.disabled = false
    }
  }

  /** @param {{at: number, laws: {law: string, holds: boolean, checked: number, broken: string[]}[]}} result */
  show({ at, laws }) {
    const broken = laws.filter(({ holds }) => !holds).length
    const checked = laws.reduce((sum, each) => sum + each.checked, 0)
    const words = `${wallClock(at)} ${broken === 0 ? '都成立' : `${broken} 条不成立`}`
    this.state.title = `产品自己查遍全部数据，核对 ${checked.toLocaleString('en-US')} 次`
    if (this.state.textContent !== words) this.state.textContent = words
    this.verdict.hidden = false
    this.verdict.textContent = broken === 0 ? `✓ ${laws.length} 条规矩都成立` : `✗ ${broken} 条规矩不成立`
    this.verdict.classList.toggle('broken', broken > 0)
    this.root.replaceChildren(...laws.map((each) => element(each.holds ? 'li' : 'li.broken', {},
      element('span.sign', { role: 'img', 'aria-label': each.holds ? '成立' : '不成立' }, each.holds ? '✓' : '✗'),
      element('span', {}, each.law), element('span.count', { title: `核对了 ${each.checked} 条` }, each.checked.toLocaleString('en-US')),
      ...(each.holds ? [] : [element('small', {}, each.broken.join(' '))]))))
  }
}
