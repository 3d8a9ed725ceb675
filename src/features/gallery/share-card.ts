/** The card of a work for a WeChat group: the work itself, what it is called, and whose it is if its author said so. */
import { CARD_FACE, wrapped, type Loaded, type Pen } from '@/components/drawing'

export interface WorkCard {
  title: string
  words: string | null
  /** 王秀珍 · 华光城, or 一位居民 · 华光城 */
  whose: string
}

export const CARD_WIDTH = 750
const SIDE = 60
const INNER = CARD_WIDTH - 2 * SIDE
/** Where the picture begins, and the square in which it lies whole. */
const [TOP, SQUARE] = [140, INNER]
const LINE = 1.5
const sizes = { title: 52, words: 36, small: 30 } as const
const colours = { paper: '#FAF6EE', card: '#FFFFFF', willow: '#1E6B57', ink: '#1B2723', soft: '#404D48' } as const

/** As tall as what it says, by the width that a Chinese face has. */
export function cardHeight({ title, words, whose }: WorkCard): number {
  const tall = (said: string, size: number): number => wrapped(said, INNER, (one) => [...one].reduce((sum, letter) => sum + (letter > '\u2e7f' ? size : size * 0.6), 0)).length * size * LINE
  return Math.ceil(TOP + SQUARE + 28 + tall(title, sizes.title) + (words === null ? 0 : 8 + tall(words, sizes.words)) + 12 + tall(whose, sizes.small) + 40)
}

export function drawCard(pen: Pen, picture: Loaded, { title, words, whose }: WorkCard, height: number): void {
  const write = (said: string, top: number, size: number, colour: string, weight = 400): number => {
    pen.fillStyle = colour
    pen.font = `${weight} ${size}px ${CARD_FACE}`
    pen.textBaseline = 'top'
    const lines = wrapped(said, INNER, (one) => pen.measureText(one).width)
    lines.forEach((line, index) => pen.fillText(line, SIDE, top + index * size * LINE))
    return top + lines.length * size * LINE
  }
  pen.fillStyle = colours.paper
  pen.fillRect(0, 0, CARD_WIDTH, height)
  pen.fillStyle = colours.willow
  pen.fillRect(0, 0, CARD_WIDTH, 108)
  write('掌上乐龄 · 乐龄风采', 32, 36, colours.card, 700)
  pen.fillStyle = colours.card
  pen.fillRect(SIDE, TOP, SQUARE, SQUARE)
  const scale = SQUARE / Math.max(picture.width, picture.height)
  const [wide, tall] = [picture.width * scale, picture.height * scale]
  pen.drawImage(picture, SIDE + (SQUARE - wide) / 2, TOP + (SQUARE - tall) / 2, wide, tall)
  const below = write(title, TOP + SQUARE + 28, sizes.title, colours.ink, 800)
  write(whose, (words === null ? below : write(words, below + 8, sizes.words, colours.ink)) + 12, sizes.small, colours.soft)
}
