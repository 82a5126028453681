/** A picture as it lies in memory: red, green, blue and alpha, row by row. */
export interface Raster {
  data: Uint8ClampedArray
  width: number
  height: number
}

export function hasAlpha({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true
  return false
}

/** On white, as every browser shows what has no background. In place: there is seldom room for two. */
export function flatten(raster: Raster): Raster {
  const { data } = raster
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 255
    if (alpha === 255) continue
    const white = 255 - alpha
    for (let channel = at; channel < at + 3; channel += 1) {
      data[channel] = ((data[channel] ?? 0) * alpha) / 255 + white
    }
    data[at + 3] = 255
  }
  return raster
}
