// Sizes in pixels, and the shapes that people know them by.
export interface Size {
  width: number
  height: number
}

/** `1024x1536` → both sides; null for `auto` and anything else. */
export function readSize(text: string | null | undefined): Size | null {
  const parts = /^(\d{2,5})x(\d{2,5})$/.exec(text ?? '')
  return parts ? { width: Number(parts[1]), height: Number(parts[2]) } : null
}

export const writeSize = ({ width, height }: Size): string => `${width}x${height}`

/** As shown: with the sign for "by", not the letter. */
export const shownSize = (size: Size | null): string | null => (size ? `${size.width}×${size.height}` : null)

const known = [
  [1, 1],
  [5, 4],
  [4, 3],
  [3, 2],
  [16, 10],
  [16, 9],
  [2, 1],
  [21, 9],
] as const

/** How far a name may be from the truth: sides are multiples of 8 or 64, so few shapes are exact. */
const TOLERANCE = 0.03

/** 1344x768 → "16:9"; where no name comes near, the ratio to one place. */
export function shapeName({ width, height }: Size): string {
  const wide = width >= height
  const ratio = wide ? width / height : height / width
  const near = known
    .map(([a, b]) => ({ a, b, distance: Math.abs(a / b / ratio - 1) }))
    .toSorted((one, other) => one.distance - other.distance)[0]
  if (near && near.distance <= TOLERANCE) return wide ? `${near.a}:${near.b}` : `${near.b}:${near.a}`
  const rounded = Math.round(ratio * 10) / 10
  return wide ? `${rounded}:1` : `1:${rounded}`
}

export type Orientation = 'square' | 'landscape' | 'portrait'

export const orientationOf = ({ width, height }: Size): Orientation =>
  width === height ? 'square' : width > height ? 'landscape' : 'portrait'

/** The one of these that is most like what was wanted: in its shape first, then in its size. */
export function nearestSize(sizes: readonly Size[], wanted: Size): Size | null {
  const distance = (size: Size) => {
    const shape = Math.abs(Math.log(size.width / size.height) - Math.log(wanted.width / wanted.height))
    const area = Math.abs(Math.log(size.width * size.height) - Math.log(wanted.width * wanted.height))
    return shape * 10 + area
  }
  return sizes.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
}

/** Of a picture whose sides are known; null where they are not. */
export const sizeOf = (picture: { width: number | null; height: number | null } | null | undefined): Size | null =>
  picture?.width && picture.height ? { width: picture.width, height: picture.height } : null

/** For what has no shape of its own yet. */
export const square: Size = { width: 1, height: 1 }

export const usualSize: Size = { width: 1024, height: 1024 }
