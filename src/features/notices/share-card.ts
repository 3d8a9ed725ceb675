/** The card for a WeChat group: what a notice says, large enough to read without opening it. Names of nobody are on it. */
import type { Pen } from '@/components/drawing'
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
export const CARD_HEIGHT = 1000
const SIDE = 60
const MOST_LINES = 9
const colours = { paper: '#FAF6EE', card: '#FFFFFF', willow: '#1E6B57', deep: '#14503F', tint: '#E4F0EA', ink: '#1B2723', soft: '#404D48', white: '#FFFFFF' } as const
const FACE = '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'

/** Chinese breaks anywhere but before what closes a sentence; runs of digits and letters stay whole. */
export function wrapped(words: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of words.match(/[0-9A-Za-z:.%-]+|./gu) ?? []) {
    if (line !== '' && widthOf(line + piece) > width && !/^[，。；：、？！）》」]$/u.test(piece)) {
      lines.push(line)
      line = piece.trimStart()
    } else line += piece
  }
  return line === '' ? lines : [...lines, line]
}

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

/** Draws it; what does not fit ends in 「…全文在小程序里」, never in the middle of a sentence. */
export function drawCard(pen: Pen, text: CardText): void {
  const inner = CARD_WIDTH - 2 * SIDE
  const write = (lines: readonly string[], top: number, size: number, colour: string, weight = 400): number => {
    pen.fillStyle = colour
    pen.font = `${weight} ${size}px ${FACE}`
    pen.textBaseline = 'top'
    lines.forEach((line, index) => pen.fillText(line, SIDE, top + index * size * 1.5))
    return top + lines.length * size * 1.5
  }
  const broken = (words: string, size: number, weight = 400): string[] => {
    pen.font = `${weight} ${size}px ${FACE}`
    return wrapped(words, inner, (one) => pen.measureText(one).width)
  }
  pen.fillStyle = colours.paper
  pen.fillRect(0, 0, CARD_WIDTH, CARD_HEIGHT)
  pen.fillStyle = colours.willow
  pen.fillRect(0, 0, CARD_WIDTH, 108)
  write(['掌上乐龄 · 社区通知'], 32, 36, colours.white, 700)
  let top = write(broken(text.title, 56, 800), 148, 56, colours.ink, 800)
  top = write(broken(text.small, 30), top + 8, 30, colours.soft) + 24
  const told: string[] = []
  const sentences = sentencesOf(text.body)
  const lines = (all: readonly string[]): string[] => broken(all.join(''), 40)
  for (const sentence of sentences) {
    if (lines([...told, sentence]).length > (text.whatToDo === null ? MOST_LINES : MOST_LINES - 3)) break
    told.push(sentence)
  }
  top = write(told.length === sentences.length ? lines(told) : [...lines(told), '…全文在小程序里'], top, 40, colours.ink)
  if (text.whatToDo !== null) {
    const todo = broken(text.whatToDo, 44, 700)
    pen.fillStyle = colours.tint
    rounded(pen, SIDE - 24, top + 20, inner + 48, 84 + todo.length * 66, 24)
    write(['要做的事'], top + 40, 30, colours.deep, 700)
    write(todo, top + 88, 44, colours.deep, 700)
  }
  write([text.foot], CARD_HEIGHT - 76, 30, colours.soft)
}
