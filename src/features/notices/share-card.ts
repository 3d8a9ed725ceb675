/** The card for a WeChat group: what a notice says, large enough to read without opening it. Names of nobody are on it. */
import { CARD_FACE as FACE, wrapped, type Pen } from '@/components/drawing'
import { sentencesOf } from '@/domain/notice-text'

export interface CardText {
  title: string
  body: string
  whatToDo: string | null
  /** 华光城社区 · 有效到周三 12:00 */
  small: string
  /** where to ask: 社区电话 … */
  foot: string
}

export const CARD_WIDTH = 750
/** As tall as what it says, within these. */
const [LEAST_HEIGHT, MOST_HEIGHT] = [1000, 1500]
const SIDE = 60
const INNER = CARD_WIDTH - 2 * SIDE
/** Where the title begins, and what is kept free for the foot. */
const [HEAD, FOOT] = [148, 100]
const LINE = 1.5
const sizes = { title: 56, small: 30, body: 40, todo: 44 } as const
const colours = { paper: '#FAF6EE', card: '#FFFFFF', willow: '#1E6B57', deep: '#14503F', tint: '#E4F0EA', ink: '#1B2723', soft: '#404D48', white: '#FFFFFF' } as const

function rounded(pen: Pen, left: number, top: number, width: number, height: number, radius: number): void {
  pen.beginPath()
  pen.moveTo(left + radius, top)
  pen.arcTo(left + width, top, left + width, top + height, radius)
  pen.arcTo(left + width, top + height, left, top + height, radius)
  pen.arcTo(left, top + height, left, top, radius)
  pen.arcTo(left, top, left + width, top, radius)
  pen.closePath()
  pen.fill()
}

/** How tall what to do stands, with what is free around it. */
const todoHeight = (lines: number): number => 124 + lines * sizes.todo * LINE

/** How tall the picture must be, by the width that a Chinese face has: the drawing itself measures. */
export function cardHeight({ title, small, body, whatToDo }: CardText): number {
  const tall = (words: string, size: number): number => wrapped(words, INNER, (one) => [...one].reduce((sum, letter) => sum + (letter > '\u2e7f' ? size : size * 0.6), 0)).length * size * LINE
  const all = HEAD + tall(title, sizes.title) + 8 + tall(small, sizes.small) + 24 + tall(sentencesOf(body).join(''), sizes.body) + sizes.body * LINE + (whatToDo === null ? 0 : todoHeight(tall(whatToDo, sizes.todo) / sizes.todo / LINE)) + FOOT
  return Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.ceil(all)))
}

/** Draws it; what does not fit ends in 「…全文在小程序里」, never in the middle of a sentence. */
export function drawCard(pen: Pen, text: CardText, height: number): void {
  const write = (lines: readonly string[], top: number, size: number, colour: string, weight = 400): number => {
    pen.fillStyle = colour
    pen.font = `${weight} ${size}px ${FACE}`
    pen.textBaseline = 'top'
    lines.forEach((line, index) => pen.fillText(line, SIDE, top + index * size * LINE))
    return top + lines.length * size * LINE
  }
  const broken = (words: string, size: number, weight = 400): string[] => {
    pen.font = `${weight} ${size}px ${FACE}`
    return wrapped(words, INNER, (one) => pen.measureText(one).width)
  }
  pen.fillStyle = colours.paper
  pen.fillRect(0, 0, CARD_WIDTH, height)
  pen.fillStyle = colours.willow
  pen.fillRect(0, 0, CARD_WIDTH, 108)
  write(['掌上乐龄 · 社区通知'], 32, 36, colours.white, 700)
  let top = write(broken(text.title, sizes.title, 800), HEAD, sizes.title, colours.ink, 800)
  top = write(broken(text.small, sizes.small), top + 8, sizes.small, colours.soft) + 24
  const todo = text.whatToDo === null ? [] : broken(text.whatToDo, sizes.todo, 700)
  const room = Math.floor((height - FOOT - top - (todo.length === 0 ? 0 : todoHeight(todo.length))) / (sizes.body * LINE))
  const sentences = sentencesOf(text.body)
  const lines = (all: readonly string[]): string[] => broken(all.join(''), sizes.body)
  const told: string[] = []
  // One line is kept for where the rest is, unless there is no rest.
  for (const sentence of lines(sentences).length <= room ? [] : sentences) {
    if (lines([...told, sentence]).length > room - 1) break
    told.push(sentence)
  }
  top = write(lines(sentences).length <= room ? lines(sentences) : [...lines(told), '…全文在小程序里'], top, sizes.body, colours.ink)
  if (todo.length > 0) {
    pen.fillStyle = colours.tint
    rounded(pen, SIDE - 24, top + 20, INNER + 48, 84 + todo.length * sizes.todo * LINE, 24)
    write(['要做的事'], top + 40, 30, colours.deep, 700)
    write(todo, top + 88, sizes.todo, colours.deep, 700)
  }
  write([text.foot], height - 76, 30, colours.soft)
}
