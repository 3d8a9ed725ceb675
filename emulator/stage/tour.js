// 试一试: the path from a tap to a verified service. A step is ticked when the call that it asks for succeeded.

import { byId, element } from './element.js'

const steps = [
  { where: '左边', words: '王敏替母亲约一次助浴', actions: ['booking.book'] },
  { where: '中间', words: '陈霞接下一单', actions: ['visit.take'] },
  { where: '上面', words: '点「到下次上门」，陈霞该到王秀珍家了', actions: ['clock'] },
  { where: '左边、中间', words: '王敏打开门码，陈霞输入，签到', actions: ['visit.checkIn', 'visit.vouch'] },
  { where: '上面、中间', words: '点「+1 小时」，用新的门码签退', actions: ['visit.checkOut'] },
  { where: '左边', words: '王敏替母亲确认服务', actions: ['visit.confirm'] },
  { where: '右边', words: '李静核实，时间线走到最后一步', actions: ['visit.verify', 'visit.verifyComplete'] },
]
const after = '都走通了。再试试：给右边换成母亲，让她看「谁替我办了什么」；或加一部手机，两个人抢最后一个名额。'

export class Tour {
  constructor() {
    this.root = byId('tour')
    this.toggle = byId('tour-all')
    this.isWhole = false
    this.done = new Set(/** @type {number[]} */ (JSON.parse(sessionStorage.getItem('stage:tour') ?? '[]')))
    this.toggle.addEventListener('click', () => {
      this.isWhole = !this.isWhole
      this.draw()
    })
    this.draw()
  }

  /** @param {readonly {action: string, ok: boolean}[]} calls */
  watch(calls) {
    const before = this.done.size
    for (const { action, ok } of calls) {
      const index = steps.findIndex((step) => step.actions.includes(action))
      if (ok && index >= 0) this.done.add(index)
    }
    if (this.done.size === before) return
    sessionStorage.setItem('stage:tour', JSON.stringify([...this.done]))
    this.draw()
  }

  draw() {
    const next = steps.findIndex((_, index) => !this.done.has(index))
    const isNear = (/** @type {number} */ index) => this.isWhole || (next !== -1 && index >= next && index < next + 2)
    this.toggle.textContent = this.isWhole ? '收起' : `看全部 ${steps.length} 步`
    this.toggle.setAttribute('aria-expanded', String(this.isWhole))
    const lines = steps.map(({ where, words }, index) => {
      const isDone = this.done.has(index)
      return element(`li${isDone ? '.done' : ''}${index === next ? '.next' : ''}`, { 'aria-current': index === next ? 'step' : undefined },
        element('span.mark', isDone ? { role: 'img', 'aria-label': '做过了' } : { 'aria-hidden': 'true' }, isDone ? '✓' : String(index + 1)),
        element('span.words', {}, element('span.who', {}, `${where} `), words))
    })
    const last = next === -1 ? [element('li', {}, element('span.mark', { 'aria-hidden': 'true' }, '★'), element('span.words', {}, after))] : []
    this.root.replaceChildren(...lines.filter((_, index) => isNear(index)), ...last)
  }
}
