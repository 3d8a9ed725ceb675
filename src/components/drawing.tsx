/** A picture that this phone draws and hands out as a file: on H5 as its data, in WeChat as a path that a chat takes. */
import { Canvas } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useId, useRef } from 'react'
import { isH5 } from './platform'

/** What is drawn with: the part that both platforms have. */
export type Pen = Pick<CanvasRenderingContext2D, 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'font' | 'textBaseline' | 'fillRect' | 'fillText' | 'measureText' | 'beginPath' | 'moveTo' | 'lineTo' | 'arcTo' | 'closePath' | 'fill' | 'stroke' | 'drawImage'>

/** A picture that came. */
export type Loaded = HTMLImageElement

/** Letters of what is drawn. */
export const CARD_FACE = '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'

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

interface WeChatCanvas {
  width: number
  height: number
  getContext: (kind: '2d') => Pen
  createImage: () => Loaded
}

interface DrawingProps {
  width: number
  height: number
  /** address of a picture that is drawn as well */
  picture?: string
  draw: (pen: Pen, picture: Loaded | null) => void
  /** null: this phone cannot */
  onDrawn: (address: string | null) => void
}

const load = (image: Loaded, address: string): Promise<Loaded> => new Promise((resolve, reject) => {
  image.onload = () => resolve(image)
  image.onerror = reject
  image.src = address
})

/** Draws once, as soon as it stands on the screen; it is not seen itself. */
export function Drawing({ width, height, picture, draw, onDrawn }: DrawingProps) {
  const id = `drawing${useId().replace(/:/g, '')}`
  const isDrawn = useRef(false)
  useEffect(() => {
    if (isDrawn.current) return
    isDrawn.current = true
    const drawn = async (pen: Pen, image: () => Loaded, done: () => void | Promise<void>) => {
      try {
        draw(pen, picture === undefined ? null : await load(image(), picture))
        await done()
      } catch {
        onDrawn(null)
      }
    }
    if (isH5) {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const pen = canvas.getContext('2d')
      if (!pen) { onDrawn(null); return }
      void drawn(pen, () => Object.assign(new Image(), { crossOrigin: 'anonymous' }), () => onDrawn(canvas.toDataURL('image/png')))
      return
    }
    Taro.createSelectorQuery().select(`#${id}`).fields({ node: true, size: true }).exec((found: { node?: WeChatCanvas }[]) => {
      const canvas = found[0]?.node
      if (!canvas) { onDrawn(null); return }
      Object.assign(canvas, { width, height })
      void drawn(canvas.getContext('2d'), () => canvas.createImage(), async () => onDrawn((await Taro.canvasToTempFilePath({ canvas: canvas as unknown as Taro.Canvas })).tempFilePath))
    })
  }, [id, width, height, picture, draw, onDrawn])
  return isH5 ? null : <Canvas type="2d" id={id} canvasId={id} style={{ position: 'fixed', left: '-2000px', width: `${width}px`, height: `${height}px` }} />
}
