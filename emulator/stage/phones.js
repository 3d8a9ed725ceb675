// The phones: each is the app itself in a frame of its own. The stage says whose phone it is, and nothing else.

import { byId, element, icon } from './element.js'
import { wallClock } from './civil.js'

/** @typedef {{openid: string, name: string, role: string, why: string, page?: string}} Person the page is where their shortcut to the mini-program leads */
/** @typedef {{id: string, openid: string, root: any, glass: any, clock: any}} Seat */

const firstSeats = ['demo_wang_min', 'demo_chen_xia', 'demo_li_jing']
const fourthPerson = 'demo_wang_xiuzhen'
const mostSeats = 4
const narrow = 900
const phoneWidth = 390
const tallest = 844
const shortest = 680
const places = ['左边', '中间', '右边', '第四部']

export class Phones {
  /** @param {{name: string, people: Person[]}[]} groups */
  constructor(groups) {
    this.groups = groups
    this.people = new Map(groups.flatMap((group) => group.people).map((person) => [person.openid, person]))
    /** @type {Seat[]} */
    this.seats = []
    this.active = 0
    this.list = byId('phones')
    this.rail = byId('rail')
    this.tabs = byId('tabs')
    this.chooser = byId('chooser')
    this.add = element('button.add', { type: 'button', onclick: () => this.seat(fourthPerson) }, '＋ 加一部手机')
    this.rail.prepend(this.add)
    byId('chooser-close').addEventListener('click', () => this.chooser.close())
    this.chooser.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      if (event.target === this.chooser) this.chooser.close()
    })
    for (const openid of this.remembered()) this.seat(openid)
    window.addEventListener('resize', () => this.fit())
    this.fit()
  }

  /** Whose phones stand on the stage. */
  get openids() {
    return this.seats.map(({ openid }) => openid)
  }

  /** A demo person's name. @param {string} openid */
  nameOf(openid) {
    return this.people.get(openid)?.name
  }

  /** @param {number} now what the phones' own clocks show */
  showTime(now) {
    for (const { clock } of this.seats) clock.textContent = wallClock(now)
  }

  remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem('stage:seats') ?? 'null')
      if (Array.isArray(kept) && kept.length >= 3 && kept.length <= mostSeats && kept.every((openid) => this.people.has(openid))) return kept
    } catch {
      // What cannot be read is not worth keeping.
    }
    return firstSeats
  }

  remember() {
    localStorage.setItem('stage:seats', JSON.stringify(this.openids))
  }

  /** Puts one more phone on the stage. @param {string} openid */
  seat(openid) {
    const clock = element('span', {}, '')
    const glass = element('div.glass')
    const root = element('section.seat')
    const free = [1, 2, 3, 4].find((number) => !this.seats.some(({ id }) => id === String(number)))
    const seat = { id: String(free), openid, root, glass, clock }
    this.seats.push(seat)
    this.list.append(root)
    this.give(seat, openid)
    this.fit()
  }

  /** Hands a phone to somebody: their storage, their history. @param {Seat} seat @param {string} openid */
  give(seat, openid) {
    seat.openid = openid
    const person = this.people.get(openid)
    const name = person?.name ?? openid
    const isExtra = this.seats.indexOf(seat) >= 3
    const frame = element('iframe', { title: `${name}的手机`, src: `/app/?phone=${seat.id}-${openid}&as=${openid}${person?.page === undefined ? '' : `#${person.page}`}`, allow: 'autoplay' })
    seat.glass.replaceChildren(
      element('div.status-bar', { 'aria-hidden': 'true' }, seat.clock, element('span.signs', {}, icon('signs'), icon('battery'))),
      frame,
      element('div.capsule', { 'aria-hidden': 'true' }, icon('more'), element('i'), icon('target')),
    )
    seat.root.setAttribute('aria-label', `${name}的手机，${person?.role ?? ''}`)
    seat.root.replaceChildren(
      element('div.seat-head', {},
        element('div.avatar', { 'aria-hidden': 'true' }, name.slice(0, 1)),
        element('div.seat-who', {}, element('b', {}, name), element('small', { title: person?.role }, person?.role ?? '')),
        element('button.round', { type: 'button', 'aria-label': `把${name}的手机关掉再打开`, title: '关掉再打开', onclick: () => this.give(seat, seat.openid) }, icon('again')),
        ...(isExtra ? [element('button.round', { type: 'button', 'aria-label': `收起${name}的手机`, title: '收起这部手机', onclick: () => this.remove(seat) }, '✕')] : []),
        element('button.switch', { type: 'button', 'aria-haspopup': 'dialog', 'aria-label': `换人，现在是${name}`, onclick: () => this.choose(seat) }, '换人 ▾'),
      ),
      element('div.device', {}, seat.glass),
    )
    this.remember()
    this.drawTabs()
  }

  /** @param {Seat} seat */
  remove(seat) {
    this.seats = this.seats.filter((each) => each !== seat)
    seat.root.remove()
    this.active = Math.min(this.active, this.seats.length - 1)
    this.remember()
    this.drawTabs()
    this.fit()
    this.add.focus()
  }

  /** Asks who gets this phone. @param {Seat} seat */
  choose(seat) {
    const whereIs = (/** @type {string} */ openid) => this.seats.filter((each) => each.openid === openid).map((each) => places[this.seats.indexOf(each)])
    byId('chooser-list').replaceChildren(...this.groups.flatMap((group) => [
      element('h3', {}, group.name),
      element('div.chooser-group', {}, ...group.people.map((person) => {
        const where = whereIs(person.openid)
        const pick = () => {
          this.chooser.close()
          if (person.openid !== seat.openid) this.give(seat, person.openid)
        }
        return element('button.person', { type: 'button', 'aria-current': person.openid === seat.openid ? 'true' : undefined, onclick: pick },
          element('div.avatar', { 'aria-hidden': 'true' }, person.name.slice(0, 1)),
          element('div', {}, element('b', {}, person.name), ...(where.length > 0 ? [element('em', {}, `在${where.join('、')}`)] : []),
            element('span', {}, person.role), element('span.why', {}, person.why)))
      })),
    ]))
    this.chooser.showModal()
    this.chooser.querySelector('[aria-current="true"]')?.focus()
  }

  // ---- room

  /** Makes the phones as large as the window allows; on a narrow one, one at a time. */
  fit() {
    const width = document.documentElement.clientWidth
    const height = window.innerHeight
    const style = document.documentElement.style
    const isNarrow = width < narrow
    const seats = this.seats.length
    this.add.hidden = seats >= mostSeats || isNarrow
    this.showActive(isNarrow)
    const set = (/** @type {number} */ scale, /** @type {number} */ tall) => {
      // Whole pixels across, so that edges stay sharp.
      style.setProperty('--scale', (Math.floor(phoneWidth * scale) / phoneWidth).toFixed(6))
      style.setProperty('--phone-height', `${Math.round(tall)}px`)
    }
    if (isNarrow) {
      document.body.classList.remove('under')
      const scale = Math.min(1, width / phoneWidth)
      const taken = byId('phones').getBoundingClientRect().top + window.scrollY + 52
      return set(scale, Math.max(560, Math.min(tallest, (height - taken) / scale)))
    }
    const isSmall = width <= 1500
    const [side, gap, rail] = isSmall ? [40, 18, 316] : [56, 24, 340]
    const scaleIn = (/** @type {number} */ room) => (room - gap * (seats - 1)) / seats / phoneWidth
    const beside = scaleIn(width - side - rail - gap)
    const isUnder = beside < 0.7
    document.body.classList.toggle('under', isUnder)
    const room = height - (document.querySelector('.top')?.getBoundingClientRect().height ?? 0) - 40 - 54
    const wide = Math.min(1, isUnder ? scaleIn(width - side) : beside)
    if (room / wide >= shortest) return set(wide, Math.min(tallest, room / wide))
    const scale = Math.max(0.62, room / shortest)
    set(Math.min(wide, scale), shortest)
  }

  /** On a narrow window: what happens behind, instead of a phone. */
  showRail() {
    this.active = this.seats.length
    this.fit()
  }

  /** @param {boolean} isNarrow */
  showActive(isNarrow) {
    const isRail = this.active === this.seats.length
    this.seats.forEach(({ root }, index) => root.classList.toggle('away', isNarrow && index !== this.active))
    this.list.classList.toggle('away', isNarrow && isRail)
    this.rail.classList.toggle('away', isNarrow && !isRail)
    for (const [index, tab] of [...this.tabs.children].entries()) {
      tab.setAttribute('aria-selected', String(index === this.active))
      tab.tabIndex = index === this.active ? 0 : -1
    }
  }

  drawTabs() {
    const open = (/** @type {number} */ index) => {
      this.active = index
      this.fit()
    }
    const names = [...this.seats.map(({ openid }) => this.nameOf(openid) ?? openid), '台后']
    this.tabs.replaceChildren(...names.map((name, index) => element('button.tab', { type: 'button', role: 'tab', onclick: () => open(index) }, name)))
    this.tabs.onkeydown = (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      open((this.active + step + names.length) % names.length)
      this.tabs.children[this.active].focus()
    }
    this.showActive(document.documentElement.clientWidth < narrow)
  }
}
