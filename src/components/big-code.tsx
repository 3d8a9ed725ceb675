/** A code to show to somebody: digits large enough to read across a doorway, and the same as a QR picture to scan. */
import { Image } from '@tarojs/components'
import { useMemo } from 'react'
import { create } from 'qrcode/lib/core/qrcode.js'
import { Box } from './box'
import { isH5, spokenAttributes } from './platform'
import styles from './big-code.module.scss'

/** A QR picture as a data URI. Digits, capital letters and `-:/. ` keep it small. */
export function qrPicture(text: string): string {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (data[row * size + column]) path += `M${column + 4} ${row + 4}h1v1h-1z`
    }
  }
  const side = size + 8
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#1B2723"/></svg>`)}`
}

/** `digits` is what is said or typed, `scanned` what the QR picture carries (nothing: no picture). */
export function BigCode({ digits, scanned, label }: { digits: string; scanned?: string; label: string }) {
  const picture = useMemo(() => (scanned === undefined ? undefined : qrPicture(scanned)), [scanned])
  const half = digits.length > 4 ? Math.ceil(digits.length / 2) : digits.length
  const shown = `${digits.slice(0, half)} ${digits.slice(half)}`.trim()
  const description = spokenAttributes({ role: 'img', label: `${label}的二维码` })
  return (
    <Box className={styles.code}>
      {picture ? (isH5 ? <img className={styles.picture} src={picture} alt={`${label}的二维码`} /> : <Image {...description} className={styles.picture ?? ''} src={picture} mode="aspectFit" />) : null}
      <Box className={styles.digits} spoken={{ role: 'img', label: `${label}：${digits.split('').join(' ')}` }}>{shown}</Box>
    </Box>
  )
}
