/** A picture and a document for the demo's notices, made here byte by byte: nothing is copied from anywhere. */
import { deflateSync } from 'node:zlib'

export type Colour = readonly [number, number, number]

/** The check sum that PNG asks for. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return (sum ^ 0xffffffff) >>> 0
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG, coloured point by point. */
export function png(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows.set(colourAt(x, y), y * (1 + width * 3) + 1 + x * 3)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

const [ground, bucket, water, tap]: readonly [Colour, Colour, Colour, Colour] = [[228, 240, 234], [30, 107, 87], [111, 168, 199], [64, 77, 72]]

/** A bucket under a tap, full of water. */
export const bucketPicture = (): Buffer => png(600, 320, (x, y) => {
  const side = 170 + (y - 130) / 6
  const isIn = (left: number, right: number): boolean => x >= left && x <= right
  if (y < 40 && isIn(180, 330)) return tap
  if (y < 90 && isIn(290, 330)) return tap
  if (y < 130 && isIn(300, 320)) return water
  if (y < 130 || y > 290 || !isIn(side, 620 - side - 140)) return ground
  return y > 150 && isIn(side + 14, 620 - side - 154) && y < 276 ? water : bucket
})

/** Large type on one page; a viewer brings the Chinese letters itself, as the format has it. */
export function documentOf(lines: readonly string[]): Buffer {
  const hex = (words: string): string => [...words].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('')
  const page = `BT /F1 26 Tf 72 740 Td 44 TL ${lines.map((line) => `<${hex(line)}> Tj T*`).join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let text = '%PDF-1.4\n'
  const places: number[] = []
  objects.forEach((object, index) => {
    places.push(text.length)
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
