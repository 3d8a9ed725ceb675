/** Works for the demo's gallery, drawn here point by point: nothing is copied from anywhere. */
import { png, type Colour } from './files'

const [WIDTH, HEIGHT] = [480, 360]
type Point = readonly [x: number, y: number]

const mix = (a: Colour, b: Colour, share: number): Colour => [0, 1, 2].map((at) => Math.round((a[at] ?? 0) + ((b[at] ?? 0) - (a[at] ?? 0)) * share)) as unknown as Colour
/** Whether a point lies in an ellipse that leans by an angle. */
function isIn([x, y]: Point, [cx, cy]: Point, a: number, b: number, angle = 0): boolean {
  const [dx, dy] = [x - cx, y - cy]
  const [u, v] = [dx * Math.cos(angle) + dy * Math.sin(angle), dy * Math.cos(angle) - dx * Math.sin(angle)]
  return (u / a) ** 2 + (v / b) ** 2 <= 1
}
const near = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point, width: number): boolean => {
  const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)))
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)) <= width
}
const drawn = (colourAt: (at: Point) => Colour): Buffer => png(WIDTH, HEIGHT, (x, y) => colourAt([x, y]))

const paper: Colour = [248, 243, 230]
const ink: Colour = [52, 58, 56]

/** A lotus on rice paper, with its leaf. */
export const lotus = (): Buffer => drawn((at) => {
  for (const [turn, tone] of [[0, 0], [-0.55, 0.25], [0.55, 0.25], [-1.05, 0.5], [1.05, 0.5]] as const) {
    const foot: Point = [250 + Math.sin(turn) * 52, 190 - Math.cos(turn) * 52]
    if (isIn(at, foot, 24, 62, turn)) return mix([214, 96, 128], [246, 204, 214], tone + (at[1] > 170 ? 0.3 : 0))
  }
  if (near(at, [250, 190], [238, 350], 4)) return [86, 122, 88]
  if (isIn(at, [130, 270], 104, 40, -0.12)) return isIn(at, [130, 264], 6, 4) ? paper : mix([64, 112, 92], [118, 158, 126], (at[0] % 23) / 40)
  return isIn(at, [420, 70], 16, 16) && !isIn(at, [420, 70], 11, 11) ? [178, 40, 34] : paper
})

/** Plum blossom on a branch, in snow. */
export const plum = (): Buffer => drawn((at) => {
  const blossoms: readonly Point[] = [[150, 120], [232, 92], [312, 150], [200, 190], [376, 108]]
  for (const centre of blossoms) {
    for (let petal = 0; petal < 5; petal++) {
      const angle = (petal * 2 * Math.PI) / 5
      if (isIn(at, centre, 5, 5)) return [238, 190, 70]
      if (isIn(at, [centre[0] + Math.cos(angle) * 15, centre[1] + Math.sin(angle) * 15], 12, 12)) return mix([190, 42, 60], [226, 96, 110], petal / 5)
    }
  }
  if (near(at, [20, 300], [220, 150], 9) || near(at, [220, 150], [440, 80], 6) || near(at, [210, 158], [330, 190], 4)) return ink
  return (at[0] * 37 + at[1] * 91) % 977 < 6 ? [255, 255, 255] : mix([206, 216, 220], [236, 240, 240], at[1] / HEIGHT)
})

/** The sun going down behind roofs, over the river. */
export const sunset = (): Buffer => drawn((at) => {
  const [x, y] = at
  if (y > 250) return Math.abs(x - 240) < 60 - (y % 14) * 3 ? [250, 190, 110] : mix([120, 96, 110], [62, 70, 92], (y - 250) / 110)
  const roof = 214 + (Math.floor(x / 60) % 3) * 12
  if (y > roof) return (x % 30) < 8 && y > roof + 10 && (y % 16) < 7 ? [250, 214, 130] : [70, 58, 68]
  return isIn(at, [240, 206], 46, 46) ? [255, 226, 150] : mix([96, 110, 156], [246, 152, 96], y / 240)
})

/** A knitted scarf, stripe by stripe. */
export const scarf = (): Buffer => drawn((at) => {
  const [x, y] = at
  if (x < 150 || x > 330 || y > 330 || (y > 300 && x % 12 < 6)) return mix([224, 214, 198], [206, 194, 176], y / HEIGHT)
  const stitch = Math.abs(((x + (y % 12)) % 12) - 6) < 1.5 ? 0.35 : 0
  return mix(Math.floor(y / 42) % 2 === 0 ? [154, 54, 46] : [222, 188, 120], [30, 26, 24], stitch)
})

/** People in a row with their arms up, in a hall: nobody in particular. */
export const exercise = (): Buffer => drawn((at) => {
  const [x, y] = at
  for (const [index, cx] of [80, 190, 300, 410].entries()) {
    const coat = ([[40, 108, 90], [150, 62, 44], [64, 88, 132], [126, 92, 36]] as const)[index] ?? ink
    if (isIn(at, [cx, 138], 20, 23)) return [232, 200, 170]
    if (near(at, [cx, 190], [cx, 246], 26) || near(at, [cx - 16, 182], [cx - 46, 100], 8) || near(at, [cx + 16, 182], [cx + 46, 100], 8)) return coat
    if (near(at, [cx - 14, 256], [cx - 16, 318], 10) || near(at, [cx + 14, 256], [cx + 16, 318], 10)) return [58, 60, 66]
  }
  if (y > 300) return mix([196, 172, 138], [168, 142, 108], (y - 300) / 60)
  return y < 90 && x % 160 > 30 && x % 160 < 130 && y > 20 ? [206, 226, 236] : [240, 234, 222]
})

/** A table with cups, seen from above. */
export const tea = (): Buffer => drawn((at) => {
  for (const cup of [[110, 110], [240, 80], [370, 110], [130, 250], [350, 250]] as const) {
    if (isIn(at, cup, 22, 22)) return [150, 110, 52]
    if (isIn(at, cup, 34, 34)) return [250, 248, 240]
  }
  if (isIn(at, [240, 190], 50, 40)) return isIn(at, [240, 190], 20, 16) ? [120, 70, 44] : [172, 108, 72]
  return isIn(at, [240, 180], 220, 160) ? mix([196, 150, 98], [178, 130, 82], (at[0] % 40) / 60) : [232, 226, 214]
})
