// Gemini is told a shape and a resolution, and makes pictures of exactly these sizes:
// https://ai.google.dev/gemini-api/docs/image-generation#aspect_ratios_and_image_size
import type { ImageSizes } from '../contracts/model.ts'

type Size = `${number}x${number}`

export const geminiResolutions = ['1K', '2K', '4K'] as const
export type GeminiResolution = (typeof geminiResolutions)[number]

export interface GeminiSize {
  aspectRatio: string
  imageSize: GeminiResolution
}

/** At 1K; 2K and 4K are twice and four times as large each way. */
const shapes: readonly [string, number, number][] = [
  ['1:1', 1024, 1024],
  ['2:3', 848, 1264],
  ['3:2', 1264, 848],
  ['3:4', 896, 1200],
  ['4:3', 1200, 896],
  ['4:5', 928, 1152],
  ['5:4', 1152, 928],
  ['9:16', 768, 1376],
  ['16:9', 1376, 768],
  ['21:9', 1584, 672],
]

const bySize = new Map<string, GeminiSize>(
  geminiResolutions.flatMap((imageSize, index) =>
    shapes.map(([aspectRatio, width, height]): [Size, GeminiSize] => [
      `${width * 2 ** index}x${height * 2 ** index}`,
      { aspectRatio, imageSize },
    ]),
  ),
)

/** The sizes of one resolution, the square first. */
export const geminiSizesAt = (resolution: GeminiResolution): readonly Size[] =>
  [...bySize].filter(([, { imageSize }]) => imageSize === resolution).map(([size]) => size as Size)

export const geminiSizes = (resolutions: readonly GeminiResolution[] = geminiResolutions): ImageSizes => ({
  kind: 'list',
  sizes: resolutions.flatMap(geminiSizesAt),
})

/** Null for a size that no model of theirs makes. */
export const geminiSizeOf = ({ width, height }: { width: number; height: number }): GeminiSize | null =>
  bySize.get(`${width}x${height}`) ?? null
