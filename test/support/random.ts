/** Randomness with a seed that is printed when a test fails, so that a failure can be seen again. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The numbers below `count` in an order that the seed decides. */
export function inAnyOrder(seed: number, count: number): readonly number[] {
  const random = mulberry32(seed)
  return Array.from({ length: count }, (_, index) => ({ index, at: random() })).sort((a, b) => a.at - b.at).map(({ index }) => index)
}
