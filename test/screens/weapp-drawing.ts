/**
 * Draws an executed WeChat screen in a browser: the tree that WeChat's compiler gave, with the style sheets of the build.
 * It is not WeChat's renderer, but the same CSS on the same tree, so that sizes, contrast and wrapping can be measured.
 */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Page } from 'playwright-core'
import { isTouchable } from './weapp-tree'
import type { ViewNode } from './weapp-view'

/** How WeChat's own components look before any style sheet. */
const ownLook = `
  page, view, picker { display: block } text { display: inline } image { display: inline-block; width: 320px; height: 240px }
  button { display: block; font-size: 18px; line-height: 2.55555556; text-align: center; padding: 0 14px; border: 0 }
  input, textarea { display: block; border: 0; padding: 0; background: none; font: inherit; width: 100% } input { height: 1.4em; min-height: 1.4em }
  html, body { margin: 0 }
`

interface Spec {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Spec | string)[]
}

function withImports(folder: string, file: string): string {
  const text = readFileSync(join(folder, file), 'utf8')
  return text.replace(/@import\s+"([^"]+)";?/g, (_, wanted: string) => withImports(folder, posix.normalize(posix.join(posix.dirname(file), wanted))))
}

/** All style sheets that apply to a page, in WeChat's order. */
function sheetsOf(folder: string, route: string): string {
  const own = `${route}.wxss`
  const read = (file: string): string => {
    try {
      return withImports(folder, file)
    } catch {
      return ''
    }
  }
  return `${ownLook}\n${read('app.wxss')}\n${read(own)}`
}

const kept = new Set(['class', 'style', 'id', 'placeholder', 'value'])

function specOf(node: ViewNode): Spec {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(node.attributes)) {
    if (value === undefined || value === null || value === '') continue
    if (kept.has(name)) attributes[name] = String(value)
    else if (name === 'ariaRole') attributes['role'] = String(value)
    else if (name.startsWith('aria')) attributes[`aria-${name.slice('aria'.length).toLowerCase()}`] = String(value)
  }
  if (isTouchable(node) && node.tag !== 'picker') attributes['data-touch'] = 'yes'
  if (node.parent?.tag === 'picker') attributes['data-touch'] = 'yes'
  return { tag: node.tag, attributes, children: node.children.map((child) => (typeof child === 'string' ? child : specOf(child))) }
}

/** Puts a screen into a browser page. */
export async function drawIn(page: Page, folder: string, route: string, screen: ViewNode): Promise<void> {
  await page.setContent('<!doctype html><html lang="zh-CN"><head><title>WeChat</title><style id="sheets"></style></head><body></body></html>')
  await page.evaluate(({ sheets, spec }) => {
    const build = (one: Spec): Element => {
      const element = document.createElement(one.tag)
      for (const [name, value] of Object.entries(one.attributes)) element.setAttribute(name, value)
      for (const child of one.children) element.append(typeof child === 'string' ? child : build(child))
      return element
    }
    const style = document.getElementById('sheets')
    if (style) style.textContent = sheets
    document.body.replaceChildren(build(spec))
  }, { sheets: sheetsOf(folder, route), spec: specOf(screen) })
}
