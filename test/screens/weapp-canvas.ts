/**
 * A stand-in for WeChat's canvas of type 2d: it notes what is drawn, stroke by stroke, and measures words as a Chinese face
 * is wide. It makes no pixels.
 */

/** One stroke that leaves something on the canvas, with the pen as it was. */
export interface Stroke {
  readonly what: 'rect' | 'text' | 'shape'
  readonly words: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly colour: string
}

export interface Drawn {
  readonly width: number
  readonly height: number
  readonly strokes: readonly Stroke[]
}

/** A Chinese character is as wide as the type is large, anything else about half of it. */
export const wide = (words: string, size: number): number => [...words].reduce((sum, letter) => sum + (letter > '\u2e7f' ? size : size * 0.56), 0)
const sizeOf = (font: string): number => Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 10)

class Pen {
  readonly strokes: Stroke[] = []
  fillStyle = '#000000'
  strokeStyle = '#000000'
  lineWidth = 1
  font = '10px sans-serif'
  textBaseline = 'alphabetic'
  #path: (readonly [x: number, y: number])[] = []

  beginPath(): void { this.#path = [] }
  closePath(): void {}
  moveTo(x: number, y: number): void { this.#path.push([x, y]) }
  lineTo(x: number, y: number): void { this.#path.push([x, y]) }
  arcTo(x: number, y: number, toX: number, toY: number): void { this.#path.push([x, y], [toX, toY]) }
  stroke(): void { this.fill() }
  fill(): void {
    if (this.#path.length === 0) return
    const [xs, ys] = [this.#path.map(([x]) => x), this.#path.map(([, y]) => y)]
    this.#leave('shape', '', Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
  }
  fillRect(left: number, top: number, width: number, height: number): void { this.#leave('rect', '', left, top, left + width, top + height) }
  fillText(words: string, left: number, top: number): void {
    const size = sizeOf(this.font)
    this.#leave('text', words, left, this.textBaseline === 'top' ? top : top - size, left + wide(words, size), this.textBaseline === 'top' ? top + size : top)
  }
  measureText(words: string): { readonly width: number } { return { width: wide(words, sizeOf(this.font)) } }

  #leave(what: Stroke['what'], words: string, left: number, top: number, right: number, bottom: number): void {
    this.strokes.push({ what, words, left, top, right, bottom, colour: this.fillStyle })
  }
}

/** The node of a canvas, as a query of WeChat gives it. A new size empties it. */
export class Canvas {
  #pen = new Pen()
  #size: readonly [width: number, height: number] = [300, 150]

  get width(): number { return this.#size[0] }
  set width(width: number) { this.#resize(width, this.#size[1]) }
  get height(): number { return this.#size[1] }
  set height(height: number) { this.#resize(this.#size[0], height) }
  #resize(width: number, height: number): void {
    this.#size = [width, height]
    this.#pen = new Pen()
  }

  getContext(kind: string): Pen | null { return kind === '2d' ? this.#pen : null }
  get drawn(): Drawn { return { width: this.width, height: this.height, strokes: [...this.#pen.strokes] } }
}
