// 试一试: the path from a dish to the door, and from a tap to a verified service. A step is ticked when the call that it asks for succeeded.

import { byId, element } from './element.js'

const steps = [
  { where: '左边', words: '王敏替母亲订今天的午餐', actions: ['meal.order', 'meal.orderSeveral'] },
  { where: '上面', words: '点「到下一个截止」，厨房的备餐单封好', actions: ['clock:cutOff'] },
  { where: '中间', words: '换成送餐员韩志强，接华光城的单', actions: ['courier.takeRun', 'kitchen.giveRun'] },
  { where: '中间', words: '韩志强出发，门牌写全了', actions: ['courier.startRun'] },
  { where: '上面', words: '点「到下次上门」，午餐该送到了', actions: ['clock:visit'] },
  { where: '左边、中间', words: '王敏打开门码，韩志强输入，送到了', actions: ['courier.handOver', 'meal.received'] },
  { where: '左边', words: '王敏替母亲约一次助浴', actions: ['booking.book'] },
  { where: '中间', words: '换回陈霞，接下一单', actions: ['visit.take'] },
  { where: '上面', words: '点「到下次上门」，陈霞该到王秀珍家了', actions: ['clock:visit'] },
  { where: '左边、中间', words: '王敏打开门码，陈霞输入，签到', actions: ['visit.checkIn', 'visit.vouch'] },
  { where: '上面、中间', words: '点「+1 小时」，用新的门码签退', actions: ['visit.checkOut'] },
  { where: '左边', words: '王敏替母亲确认服务', actions: ['visit.confirm'] },
  { where: '右边', words: '李静核实，时间线走到最后一步', actions: ['visit.verify', 'visit.verifyComplete'] },
]
const after = '都走通了。再试试：给右边换成母亲，点一键呼叫，看李静和王敏怎么收到；或加一部手机，两个人抢最后一份红烧狮子头。'

export class Tour {
  constructor() {
    this.root = byId('tour')
    this.toggle = byId('tour-all')
    this.isWhole = false
    this.done = new Set(/** @type {number[]} */ (JSON.parse(sessionStorage.getItem('stage:steps') ?? '[]')))
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
      // The same move of the clock stands for several steps: it counts for the one that it follows on.
      const isNext = (/** @type {number} */ index) => !action.startsWith('clock:') || index === 0 || this.done.has(index - 1)
      const index = steps.findIndex((step, at) => !this.done.has(at) && step.actions.includes(action) && isNext(at))
      if (ok && index >= 0) this.done.add(index)
    }
    if (this.done.size === before) return
    sessionStorage.setItem('stage:steps', JSON.stringify([...this.done]))
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
