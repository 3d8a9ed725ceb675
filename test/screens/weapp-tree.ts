/**
 * Reads an executed WXML tree the way a person meets it: the words in it, and what can be touched, each with the role and
 * the name that WeChat's screen reader is given.
 */
import type { ViewNode } from './weapp-view'

/** Something on the screen that can be touched or that has a role. */
export interface Seen {
  readonly role: string
  readonly name: string
  readonly isDisabled: boolean
  readonly isBusy: boolean
  readonly isChecked: boolean
  readonly isCurrent: boolean
  readonly isTouchable: boolean
  /** what is written in a field */
  readonly value: string | undefined
  readonly node: ViewNode
}

const spoken = (node: ViewNode, name: string): string | undefined => {
  const value = node.attributes[name]
  return value === undefined || value === '' || value === null ? undefined : String(value)
}

const isHidden = (node: ViewNode): boolean => spoken(node, 'ariaHidden') === 'true'

/** Roles that WeChat's own components bring along. */
const ownRoles: Readonly<Record<string, string>> = { button: 'button', input: 'textbox', textarea: 'textbox', image: 'img', switch: 'switch' }
/** What a finger or a keyboard does to each component. */
const touches = ['bindtap', 'catchtap', 'bindgetphonenumber']
const fields: Readonly<Record<string, string>> = { input: 'bindinput', textarea: 'bindinput', picker: 'bindchange' }

/** All elements below and including one, in reading order. */
export function* everyNode(node: ViewNode): Generator<ViewNode> {
  yield node
  for (const child of node.children) if (typeof child !== 'string') yield* everyNode(child)
}

/** The words inside an element, as they are read: without what is hidden from readers. */
export function wordsOf(node: ViewNode): string {
  if (isHidden(node)) return ''
  const label = spoken(node, 'ariaLabel')
  if (label !== undefined && node.tag !== 'view' && node.tag !== 'text') return label
  const parts = node.children.map((child) => (typeof child === 'string' ? child : wordsOf(child)))
  return parts.join(node.tag === 'text' ? '' : ' ').replace(/\s+/g, ' ').trim()
}

/** All words that stand on the screen, whatever a screen reader is told. */
export function writtenWords(node: ViewNode): string {
  const parts = node.children.map((child) => (typeof child === 'string' ? child : writtenWords(child)))
  return parts.join(node.tag === 'text' ? '' : ' ').replace(/\s+/g, ' ').trim()
}

export const isTouchable = (node: ViewNode): boolean =>
  touches.some((name) => node.attributes[name] !== undefined) || (fields[node.tag] !== undefined && node.attributes[fields[node.tag] ?? ''] !== undefined)

/** A picker is touched through the one thing drawn in it, which also carries its role and name. */
const speaker = (node: ViewNode): ViewNode => {
  if (node.tag !== 'picker') return node
  return node.children.find((child): child is ViewNode => typeof child !== 'string') ?? node
}

/** What can be touched, and what has a role, in reading order. */
export function seenIn(page: ViewNode): Seen[] {
  const seen: Seen[] = []
  const look = (node: ViewNode): void => {
    if (isHidden(node)) return
    const canBeTouched = isTouchable(node)
    const said = speaker(node)
    const role = spoken(said, 'ariaRole') ?? ownRoles[said.tag]
    if (canBeTouched || role !== undefined) {
      const value = node.attributes['value']
      seen.push({
        role: role ?? '', name: spoken(said, 'ariaLabel') ?? wordsOf(said), node, isTouchable: canBeTouched,
        isDisabled: spoken(said, 'ariaDisabled') === 'true', isBusy: spoken(said, 'ariaBusy') === 'true', isChecked: spoken(said, 'ariaChecked') === 'true',
        isCurrent: spoken(said, 'ariaCurrent') !== undefined, value: fields[node.tag] !== undefined && value !== undefined ? String(value) : undefined,
      })
    }
    for (const child of node.children) if (typeof child !== 'string' && !(node.tag === 'picker' && child === said)) look(child)
  }
  look(page)
  return seen
}

/** How many elements a page has, and how deep they are nested. */
export function sizeOf(page: ViewNode): { nodes: number; depth: number } {
  let nodes = 0
  let deepest = 0
  const count = (node: ViewNode, depth: number): void => {
    nodes += 1
    deepest = Math.max(deepest, depth)
    for (const child of node.children) if (typeof child !== 'string') count(child, depth + 1)
  }
  count(page, 1)
  return { nodes, depth: deepest }
}

/** The screen in a few lines, for the message of a test that did not find something. */
export function outline(page: ViewNode): string {
  const lines = seenIn(page).filter((one) => one.isTouchable || one.role === 'heading').map((one) => `  ${one.role || 'NO ROLE'} “${one.name}”${one.isDisabled ? ' (disabled)' : ''}${one.isBusy ? ' (busy)' : ''}${one.value ? ` = ${one.value}` : ''}`)
  return `${lines.join('\n')}\n  words: ${writtenWords(page).slice(0, 1500)}`
}
