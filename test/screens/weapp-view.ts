/**
 * The view layer of a WeChat build, executed: WeChat's own compiler turns all WXML into a render function, which this
 * module runs over a page's data and over the custom components inside it. WXSS is checked by the same compiler.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import vm from 'node:vm'

/** One element as WeChat would draw it. Attributes are named in camelCase (`ariaLabel`, `bindtap`, `data-sid`). */
export interface ViewNode {
  readonly tag: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly children: readonly (ViewNode | string)[]
  readonly parent: ViewNode | undefined
  /** the custom component whose template drew it; undefined: the page's own */
  readonly component: string | undefined
}

/** A custom component found in a page: where it is, and what its parent gave it. */
export interface FoundComponent {
  /** stays the same as long as the same thing is drawn there */
  readonly key: string
  readonly path: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** What a compiled template gives. */
interface Drawn {
  readonly tag: string
  readonly attr?: Record<string, unknown>
  readonly children?: readonly (Drawn | string | number)[]
}

export interface View {
  /**
   * Draws a page.
   * @param path without extension, as in app.json
   * @param dataOf the data of a custom component that was met on the way
   */
  draw(path: string, page: object, dataOf: (component: FoundComponent) => object): ViewNode
}

/** Whether WeChat's compiler can run here. */
export const canCompile = process.platform === 'linux' && process.arch === 'x64'

/** The files under a folder with an ending, as `./pages/…` with forward slashes. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `./${name.replace(/\\/g, '/')}`)
    .filter((name) => name.endsWith(ending) && statSync(join(folder, name)).isFile())
    .sort()
}

/** The folder of a finished build. @throws an Error that says which command makes it */
export function builtFolder(name: 'weapp' | 'h5' | 'cloudfunctions', proof: string): string {
  const folder = join(__dirname, '..', '..', 'dist', name)
  if (!existsSync(join(folder, proof))) throw new Error(`dist/${name} is not built: run "npm run build:${name === 'cloudfunctions' ? 'functions' : name}" first`)
  return folder
}

function compiler(name: 'wcc' | 'wcsc', folder: string, args: readonly string[]): string {
  const program = join(dirname(require.resolve('miniprogram-compiler/package.json')), 'bin', 'linux', name)
  // npm unpacks it without its run bit when install scripts are off.
  if ((statSync(program).mode & 0o100) === 0) chmodSync(program, 0o755)
  const { status, stdout, stderr } = spawnSync(program, [...args], { cwd: folder, maxBuffer: 1 << 28, encoding: 'utf8' })
  const complaint = /ERR.*/.exec(stdout.slice(0, 2000) + stderr)
  if (status !== 0 || (name === 'wcsc' && complaint)) throw new Error(`${name}: ${stderr || complaint?.[0] || `ended with ${status}`}`)
  return stdout
}

/** Checks every style sheet with WeChat's compiler. @throws what it found */
export function checkStyles(folder: string): number {
  const sheets = filesUnder(folder, '.wxss')
  compiler('wcsc', folder, ['-lc', ...sheets])
  return sheets.length
}

/** `comp` in `pages/home/index.json` → `comp` at the top: which component a tag means, by the file that uses it. */
function componentPaths(folder: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>()
  for (const file of filesUnder(folder, '.json')) {
    const { usingComponents } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { usingComponents?: Record<string, string> }
    const owner = file.slice(2, -'.json'.length)
    found.set(owner, new Map(Object.entries(usingComponents ?? {}).map(([tag, target]) => [
      tag, target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(posix.dirname(owner), target)),
    ])))
  }
  return found
}

/** Compiles all templates of a build. */
export function compileView(folder: string): View {
  const context = vm.createContext({ console })
  const templates = compiler('wcc', folder, ['-d', ...filesUnder(folder, '.wxml'), ...filesUnder(folder, '.wxs')])
  vm.runInContext(`var window=this,global=this,__wxAppCode__={},__wxConfig={};${templates}`, context, { filename: join(relative(process.cwd(), folder), 'wxml') })
  const used = componentPaths(folder)

  function template(path: string, data: object): Drawn {
    Object.assign(context, { given: JSON.stringify(data) })
    return vm.runInContext(`$gwx(${JSON.stringify(`./${path}.wxml`)})(JSON.parse(given), {}, {})`, context) as Drawn
  }

  return {
    draw(path, page, dataOf) {
      const element = (tag: string, attributes: Record<string, unknown>, parent: ViewNode | undefined, component: string | undefined) => {
        const children: (ViewNode | string)[] = []
        return { node: { tag, attributes, children, parent, component } satisfies ViewNode, children }
      }
      const top = element('page', {}, undefined, undefined)

      const add = (drawn: Drawn | string | number, owner: string, into: { node: ViewNode; children: (ViewNode | string)[] }, component: string | undefined, where: string): void => {
        if (typeof drawn !== 'object') {
          into.children.push(String(drawn))
          return
        }
        const tag = drawn.tag.replace(/^wx-/, '')
        const attributes = drawn.attr ?? {}
        const target = used.get(owner)?.get(tag)
        if (target !== undefined) {
          const given = attributes['i']
          const sid = typeof given === 'object' && given !== null && 'sid' in given ? String(given.sid) : where
          const key = `${target}#${sid}`
          // A virtual host draws nothing itself; any other component is an element around its template.
          const isVirtual = target === 'comp'
          const host = isVirtual ? into : element(tag, attributes, into.node, component)
          if (!isVirtual) into.children.push(host.node)
          const { i, l, ...others } = attributes
          const inner = template(target, dataOf({ key, path: target, properties: { ...others, i, l } }))
          for (const [index, child] of (inner.children ?? []).entries()) add(child, target, host, key, `${where}/${index}`)
          return
        }
        if (tag === 'virtual' || tag === 'shadow' || tag === 'page') {
          for (const [index, child] of (drawn.children ?? []).entries()) add(child, owner, into, component, `${where}/${index}`)
          return
        }
        const own = element(tag, attributes, into.node, component)
        into.children.push(own.node)
        for (const [index, child] of (drawn.children ?? []).entries()) add(child, owner, own, component, `${where}/${index}`)
      }
      add(template(path, page), path, top, undefined, '')
      return top.node
    },
  }
}
