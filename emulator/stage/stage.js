// The stage: several live phones on one set of data, a clock that can be moved, and what happens behind. It watches
// the emulator once a second. What one phone does, another shows by the product's own means; the stage tells it nothing.

import { documents, people, state } from './api.js'
import { Clock } from './clock.js'
import { byId } from './element.js'
import { Laws } from './laws.js'
import { Messages } from './messages.js'
import { Meter } from './meter.js'
import { Phones } from './phones.js'
import { Tour } from './tour.js'

const beat = 1000
const beatUnseen = 5000
/** Written by the check itself, or by nobody's act: no reason to check again. */
const notWatched = new Set(['selfChecks', 'attempts'])

/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastTimer
/** @param {string} words @param {boolean} [isWrong] */
function say(words, isWrong = false) {
  const toast = byId('toast')
  toast.textContent = words
  toast.classList.toggle('wrong', isWrong)
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => { toast.textContent = '' }, 7000)
}

const phones = new Phones(await people())
const tour = new Tour()
const laws = new Laws(() => phones.showRail())
const messages = new Messages()
const meter = new Meter((openid) => phones.nameOf(openid))
const clock = new Clock(() => phones.openids, say, (now) => phones.showTime(now), (where) => {
  tour.watch([{ action: `clock:${where}`, ok: true }])
  laws.wake()
})

let since = 0
let isFirst = true
let seenChanges = ''
/** @type {unknown} */
let seenMessages = null
/** @type {any[]} */
let stored = []

async function look() {
  const seen = await state(since)
  if (seen.latest < since) {
    since = 0
    meter.clear()
    return
  }
  since = seen.latest
  clock.read(seen.clock)
  phones.showTime(seen.clock.now)
  meter.add(seen.calls)
  // What the demo's loading did is no step of the person who looks on.
  if (!isFirst) tour.watch(seen.calls)
  isFirst = false

  const changes = JSON.stringify(Object.entries(seen.changes ?? {}).filter(([name]) => !notWatched.has(name)))
  if (changes !== seenChanges) laws.wake()
  seenChanges = changes

  const written = seen.changes?.messages
  if (written !== seenMessages) stored = (await documents(['messages'])).messages ?? []
  seenMessages = written
  messages.show(seen.outbox, stored, (openid) => phones.nameOf(openid), seen.clock.now)
}

let isLost = false
async function watch() {
  try {
    await look()
    if (isLost) say('又连上了。')
    isLost = false
  } catch {
    if (!isLost) say('连不上本机的云。它停了的话，请再运行 npm start。', true)
    isLost = true
  }
  setTimeout(() => void watch(), document.hidden ? beatUnseen : beat)
}

document.addEventListener('visibilitychange', () => laws.wake())
void watch()
