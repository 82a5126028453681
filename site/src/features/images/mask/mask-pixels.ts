// From what was painted to what is sent: opaque where the picture stays, transparent where it may change.

/** `painted` and the answer are RGBA, row by row. Half-painted edges may change in part, as the vendors take it. */
export function toMaskPixels(painted: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const mask = new Uint8ClampedArray(painted.length)
  for (let at = 3; at < painted.length; at += 4) mask[at] = 255 - painted[at]!
  return mask
}

/** Which share of the picture may change. */
export function paintedShare(painted: Uint8ClampedArray): number {
  let sum = 0
  for (let at = 3; at < painted.length; at += 4) sum += painted[at]!
  return painted.length === 0 ? 0 : sum / 255 / (painted.length / 4)
}
