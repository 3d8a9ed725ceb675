/** A picture that this phone draws and hands out as a file: on H5 as its data, in WeChat as a path that a chat takes. */
import { Canvas } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useId, useRef } from 'react'
import { isH5 } from './platform'

/** What is drawn with: the part that both platforms have. */
export type Pen = Pick<CanvasRenderingContext2D, 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'font' | 'textBaseline' | 'fillRect' | 'fillText' | 'measureText' | 'beginPath' | 'moveTo' | 'lineTo' | 'arcTo' | 'closePath' | 'fill' | 'stroke'>

interface WeChatCanvas {
  width: number
  height: number
  getContext: (kind: '2d') => Pen
}

interface DrawingProps {
  width: number
  height: number
  draw: (pen: Pen) => void
  /** null: this phone cannot */
  onDrawn: (address: string | null) => void
}

/** Draws once, as soon as it stands on the screen; it is not seen itself. */
export function Drawing({ width, height, draw, onDrawn }: DrawingProps) {
  const id = `drawing${useId().replace(/:/g, '')}`
  const isDrawn = useRef(false)
  useEffect(() => {
    if (isDrawn.current) return
    isDrawn.current = true
    if (isH5) {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const pen = canvas.getContext('2d')
      if (pen) draw(pen)
      onDrawn(pen ? canvas.toDataURL('image/png') : null)
      return
    }
    Taro.createSelectorQuery().select(`#${id}`).fields({ node: true, size: true }).exec((found: { node?: WeChatCanvas }[]) => {
      const canvas = found[0]?.node
      if (!canvas) { onDrawn(null); return }
      Object.assign(canvas, { width, height })
      draw(canvas.getContext('2d'))
      Taro.canvasToTempFilePath({ canvas: canvas as unknown as Taro.Canvas }).then(({ tempFilePath }) => onDrawn(tempFilePath), () => onDrawn(null))
    })
  }, [id, width, height, draw, onDrawn])
  return isH5 ? null : <Canvas type="2d" id={id} canvasId={id} style={{ position: 'fixed', left: '-2000px', width: `${width}px`, height: `${height}px` }} />
}
