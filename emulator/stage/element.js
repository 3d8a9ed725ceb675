// Making page elements from words, never from markup: whatever a demo person typed stays text.

/**
 * @param {string} tag with classes: `div.card.open`
 * @param {Record<string, unknown>} [properties] attributes; `on…` are listeners, undefined and false leave out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function element(tag, properties = {}, ...children) {
  const [name = 'div', ...classes] = tag.split('.')
  const made = document.createElement(name)
  if (classes.length > 0) made.className = classes.join(' ')
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on') && typeof value === 'function') made.addEventListener(key.slice(2), /** @type {EventListener} */ (value))
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value))
  }
  made.append(...children)
  return made
}

/** @param {string} id */
export const byId = (id) => /** @type {any} */ (document.getElementById(id))

const drawn = {
  signs: ['M2 20h.01', 'M7 20v-4', 'M12 20v-8', 'M17 20V8', 'M22 4v16'],
  more: ['M5 12h.01', 'M12 12h.01', 'M19 12h.01'],
  again: ['M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8', 'M21 3v5h-5'],
}

/**
 * A small drawing beside words. Decoration: screen readers skip it.
 * @param {keyof typeof drawn | 'target' | 'battery'} name
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const draw = (/** @type {string} */ shape, /** @type {Record<string, string>} */ attributes) => {
    const part = document.createElementNS('http://www.w3.org/2000/svg', shape)
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value)
    svg.append(part)
  }
  if (name === 'target') {
    draw('circle', { cx: '12', cy: '12', r: '8.5' })
    draw('circle', { cx: '12', cy: '12', r: '2.6', fill: 'currentColor' })
  } else if (name === 'battery') {
    draw('rect', { x: '1.5', y: '7', width: '18', height: '10', rx: '3' })
    draw('rect', { x: '4', y: '9.5', width: '11', height: '5', rx: '1', fill: 'currentColor', stroke: 'none' })
    draw('path', { d: 'M22.5 11v2' })
  } else {
    for (const d of drawn[name]) draw('path', { d, ...(name === 'more' ? { 'stroke-width': '4' } : {}) })
  }
  return svg
}
