/**
 * What the look demands of every screen, measured in a browser on what is drawn: sizes of text and targets, contrast, names,
 * focus, nothing cut off, nothing that scrolls sideways. Runs inside the page and gives one sentence for every fault.
 */

export interface AuditOptions {
  /** body size that was chosen, px */
  readonly textSize: 20 | 24 | 30
  /** false where the page is a drawing of WeChat's tree, which has no keyboard */
  readonly hasKeyboard: boolean
  /** the room that belongs to WeChat's capsule, px in the window */
  readonly capsule: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

/** Everything here must live inside this one function: it is sent to the page as text. */
export function auditScreen(options: AuditOptions): string[] {
  const faults = new Set<string>()
  const width = document.documentElement.clientWidth
  // A style is asked for thousands of times on one screen; the object stays true when the style changes.
  const styles = new Map<Element, CSSStyleDeclaration>()
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const style = styles.get(element) ?? getComputedStyle(element)
    styles.set(element, style)
    return style
  }
  const short = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 24)
  const call = (element: Element): string => `<${element.tagName.toLowerCase()}${element.getAttribute('role') ? ` ${element.getAttribute('role')}` : ''} “${short(element.getAttribute('aria-label') ?? element.textContent ?? '')}”>`
  const hasClass = (element: Element, name: string): boolean => [...element.classList].some((one) => one === name || one.startsWith(`${name}_`))
  const within = (element: Element, name: string): boolean => {
    for (let at: Element | null = element; at; at = at.parentElement) if (hasClass(at, name)) return true
    return false
  }
  const displayed = new Map<Element, boolean>()
  const isDisplayed = (element: Element): boolean => {
    const known = displayed.get(element)
    if (known !== undefined) return known
    const style = styleOf(element)
    const is = style.display !== 'none' && style.visibility !== 'hidden' && (element.parentElement === null || isDisplayed(element.parentElement))
    displayed.set(element, is)
    return is
  }
  const isShown = (element: Element): boolean => {
    if (!isDisplayed(element)) return false
    const box = element.getBoundingClientRect()
    return box.width > 0 && box.height > 0
  }

  // Colours: from text to numbers, laid over each other as the screen does it.
  type Colour = [number, number, number, number]
  const parse = (text: string): Colour => {
    const numbers = (text.match(/[\d.]+/g) ?? []).map(Number)
    return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 1]
  }
  const over = (front: Colour, back: Colour): Colour => {
    const mix = (index: 0 | 1 | 2): number => front[index] * front[3] + back[index] * (1 - front[3])
    return [mix(0), mix(1), mix(2), 1]
  }
  const groundOf = (element: Element): Colour => {
    const layers: Colour[] = []
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = parse(styleOf(at).backgroundColor)
      if (colour[3] > 0) layers.push(colour)
      if (colour[3] === 1) break
    }
    return layers.reverse().reduce<Colour>((back, front) => over(front, back), [255, 255, 255, 1])
  }
  const luminance = ([red, green, blue]: Colour): number => {
    const part = (value: number): number => {
      const share = value / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
  }
  const contrast = (front: Colour, back: Colour): number => {
    const [dark = 0, light = 0] = [luminance(over(front, back)), luminance(back)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const round = (value: number): string => value.toFixed(2)

  // The page as a whole.
  if (document.documentElement.scrollWidth > width + 1) faults.add(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`)
  const all = [...document.body.querySelectorAll('*')].filter((element) => !['SCRIPT', 'STYLE', 'OPTION', 'TARO-ROUTER'].includes(element.tagName) && isShown(element))
  for (const element of all) {
    const style = styleOf(element)
    const box = element.getBoundingClientRect()
    if (box.right > width + 1 || box.left < -1) faults.add(`${call(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} in a window of ${width}`)
    const clips = /hidden|clip|scroll|auto/.test(style.overflowX)
    if (clips && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && element.textContent) faults.add(`${call(element)} hides ${element.scrollWidth - element.clientWidth} px to the side`)
    if (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 0 && element !== document.body && element !== document.documentElement && !element.matches('.taro_page, .taro_router, #app, #app *:has(.taro_page)') && element.textContent) faults.add(`${call(element)} hides ${element.scrollHeight - element.clientHeight} px of its height`)
    if (style.textOverflow === 'ellipsis' || (style.webkitLineClamp !== 'none' && style.webkitLineClamp !== '')) faults.add(`${call(element)} may cut its words with an ellipsis`)
    // These pages are opened by somebody whose system asks for less motion.
    if (style.animationName !== 'none' || style.transitionDuration.split(',').some((duration) => Number.parseFloat(duration) > 0)) faults.add(`${call(element)} moves although less motion was asked for`)
    if (Number(style.opacity) < 1 && element.textContent) faults.add(`${call(element)} is dimmed with opacity ${style.opacity}`)
  }

  // Text.
  // What lies over the page (a bar that stays) or scrolls by itself is compared with itself alone: words under it are meant to be there.
  const layers = new Map<Element, Element | null>()
  const layerOf = (element: Element): Element | null => {
    const known = layers.get(element)
    if (known !== undefined) return known
    const style = styleOf(element)
    const layer = /fixed|sticky/.test(style.position) || /auto|scroll/.test(style.overflowY) ? element : element.parentElement === null ? null : layerOf(element.parentElement)
    layers.set(element, layer)
    return layer
  }
  const written: { readonly node: Node; readonly named: string; readonly layer: Element | null; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }[] = []
  let bodySeen = 0
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent ?? ''
    if (!element || text.trim() === '' || ['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT'].includes(element.tagName) || !isShown(element)) continue
    const style = styleOf(element)
    const size = Number.parseFloat(style.fontSize)
    const named = `“${short(text)}”`
    if (size < 16) faults.add(`${named} is ${size} px`)
    if (size > options.textSize - 0.6) bodySeen += 1

    const range = document.createRange()
    range.selectNodeContents(node)
    const lines = [...range.getClientRects()].filter((line) => line.width > 0.5)
    const tops = new Set(lines.map((line) => Math.round(line.top)))
    const height = Number.parseFloat(style.lineHeight)
    if (tops.size > 1 && Number.isFinite(height) && height / size < 1.29) faults.add(`${named} runs over lines that are ${round(height / size)} apart`)

    for (const { left, right, top, bottom } of lines) {
      // The letters themselves, without the room that a face keeps above and below them.
      const middle = (top + bottom) / 2
      written.push({ node, named, layer: layerOf(element), left, right, top: middle - size * 0.4, bottom: middle + size * 0.4 })
    }
    for (const line of lines) {
      if (line.right > width + 1 || line.left < -1) faults.add(`${named} leaves the screen sideways`)
      const { capsule } = options
      if (line.right > capsule.left && line.left < capsule.right && line.bottom > capsule.top && line.top < capsule.bottom && element.closest('[role=banner]')) faults.add(`${named} lies under WeChat's capsule`)
    }
    // Words stay inside the thing they belong to.
    const holder = element.closest('button, [role=button], [role=link], [role=radio], [role=checkbox], [data-touch]')
    if (holder) {
      const box = holder.getBoundingClientRect()
      for (const line of lines) if (line.right > box.right + 1 || line.left < box.left - 1 || line.bottom > box.bottom + 2 || line.top < box.top - 2) faults.add(`${named} stands out of ${call(holder)}`)
    }

    // What is hidden from readers (a tick, the first letter of a name) is a mark whose words stand beside it.
    const isLabel = ['button', 'tag', 'label', 'price', 'number', 'tab', 'choice', 'day', 'segment', 'hero', 'link', 'accent', 'danger'].some((name) => within(element, name)) || Boolean(element.closest('[aria-hidden=true]')) || size >= 24
    const needed = isLabel ? 4.5 : 7
    const found = contrast(parse(style.color), groundOf(element))
    if (found < needed - 0.005) faults.add(`${named} (${[...element.classList].join('.')}) has contrast ${round(found)}, ${isLabel ? 'a label' : 'running text'} needs ${needed}`)
  }
  if (bodySeen === 0 && document.body.innerText.length > 60) faults.add(`nothing on the screen is as large as the ${options.textSize} px that were chosen`)
  // Words of a screen may all be of other roles; the size that they are derived from is the chosen one.
  const grounds = all.filter((element) => element.classList.contains(`text-${options.textSize}`))
  if (grounds.length === 0) faults.add(`no screen has the chosen size of ${options.textSize} px`)
  for (const ground of grounds) if (styleOf(ground).fontSize !== `${options.textSize}px`) faults.add(`${call(ground)} starts from ${styleOf(ground).fontSize} where ${options.textSize} px were chosen`)

  // No words over others.
  written.sort((a, b) => a.top - b.top)
  for (const [index, one] of written.entries()) {
    for (let at = index + 1; at < written.length; at++) {
      const other = written[at]
      if (other === undefined || other.top >= one.bottom - 1) break
      if (other.node !== one.node && other.layer === one.layer && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1) faults.add(`${one.named} and ${other.named} lie over each other`)
    }
  }
  // A browser's own control cuts what is longer than it.
  const measure = document.createElement('canvas').getContext('2d')
  for (const element of all) {
    if (!(element instanceof HTMLSelectElement) || !measure) continue
    const style = styleOf(element)
    if (parse(style.color)[3] === 0) continue
    measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const words = element.selectedOptions[0]?.text ?? ''
    const room = element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)
    if (measure.measureText(words).width > room + 1) faults.add(`“${short(words)}” is cut by its field`)
  }

  // Marks: icons, ticks, edges of fields.
  for (const element of all) {
    const style = styleOf(element)
    const isIcon = style.maskImage !== 'none' && style.maskImage !== ''
    if (isIcon) {
      const found = contrast(parse(style.backgroundColor), groundOf(element.parentElement ?? element))
      if (found < 2.995) faults.add(`the icon ${[...element.classList].join('.')} has contrast ${round(found)}`)
    }
    const isField = element.matches('input, select, textarea') || hasClass(element, 'input')
    if (isField || hasClass(element, 'tick')) {
      const edge = parse(style.borderTopColor)
      const found = Math.max(Math.min(contrast(edge, groundOf(element.parentElement ?? element)), contrast(edge, groundOf(element))), contrast(groundOf(element), groundOf(element.parentElement ?? element)))
      if (found < 2.995) faults.add(`the edge of ${call(element)} has contrast ${round(found)}`)
    }
  }

  // What can be touched.
  const touchable = 'button, a[href], input, select, textarea, [tabindex]:not([tabindex="-1"]), [role=button], [role=link], [role=radio], [role=checkbox], [role=switch], [role=tab], [data-touch]'
  const targets = all.filter((element) => element.matches(touchable) && !element.closest('[aria-hidden=true]'))
  const actions: Element[] = []
  for (const element of targets) {
    const box = element.getBoundingClientRect()
    const isAction = hasClass(element, 'button')
    if (isAction) actions.push(element)
    const least = isAction ? 60 : 44
    if (box.height < least - 0.5) faults.add(`${call(element)} is ${round(box.height)} px high, not ${least}`)
    if (box.width < 44 - 0.5) faults.add(`${call(element)} is ${round(box.width)} px wide`)
    const inner = targets.find((other) => other !== element && element.contains(other))
    if (inner && !element.matches('picker')) faults.add(`${call(element)} holds another thing to touch, ${call(inner)}`)
    const isNative = /^(BUTTON|A|INPUT|SELECT|TEXTAREA)$/.test(element.tagName)
    const role = element.getAttribute('role')
    if (!isNative && (role === null || role === '')) faults.add(`${call(element)} can be touched and has no role`)
    const field = element as HTMLInputElement
    const name = element.getAttribute('aria-label') || (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join('') || (field.labels?.[0]?.textContent ?? '') || (element.matches('input, select, textarea') ? '' : (element.textContent ?? ''))
    if (name.trim() === '') faults.add(`${call(element)} has no name`)

    if (options.hasKeyboard && element.getAttribute('aria-disabled') !== 'true') {
      if ((element as HTMLElement).tabIndex < 0) faults.add(`${call(element)} is not reached by keyboard`)
      ;(element as HTMLElement).focus()
      if (document.activeElement !== element) {
        faults.add(`${call(element)} takes no focus`)
      } else {
        const style = styleOf(element)
        const hasRing = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
        if (!hasRing) faults.add(`${call(element)} shows no focus`)
        const at = element.getBoundingClientRect()
        const above = [0.1, 0.5, 0.9].map((share) => document.elementFromPoint(at.left + at.width / 2, at.top + at.height * share))
        if (above.every((top) => top === null || (!element.contains(top) && !top.contains(element)))) faults.add(`${call(element)} is covered by ${above[1] ? call(above[1]) : 'the edge of the window'} when it has the focus`)
        if (hasRing && contrast(parse(style.outlineColor), groundOf(element.parentElement ?? element)) < 2.995) faults.add(`the focus of ${call(element)} cannot be seen`)
      }
    }
  }
  for (const [index, one] of actions.entries()) {
    for (const other of actions.slice(index + 1)) {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
      const across = Math.max(a.left - b.right, b.left - a.right)
      const down = Math.max(a.top - b.bottom, b.top - a.bottom)
      const isInFlow = styleOf(one.closest('[class*=actions_]') ?? one).position !== 'sticky' && styleOf(other.closest('[class*=actions_]') ?? other).position !== 'sticky' && Boolean(one.closest('[class*=bottom_]')) === Boolean(other.closest('[class*=bottom_]'))
      if (isInFlow && Math.max(across, down) < 11.5) faults.add(`${call(one)} and ${call(other)} are ${round(Math.max(across, down))} px apart`)
    }
  }

  const titles = all.filter((element) => element.getAttribute('aria-level') === '1' || element.tagName === 'H1')
  if (titles.length !== 1) faults.add(`the screen has ${titles.length} titles`)
  return [...faults]
}
