// Turns SVG text into a PNG. The engine and the letters are handed in: a Worker imports them as modules, a test reads files.
import { initWasm, Resvg } from '@resvg/resvg-wasm'

export interface Pixels {
  width: number
  height: number
  rgba: Uint8Array
}

export interface SandboxDrawing {
  /** `width`: in pixels; absent: as large as it says of itself. */
  toPng(svg: string, options?: { width?: number }): Promise<Uint8Array>
  /** RGBA row by row, each colour as it is and not weakened by its own transparency. */
  toPixels(svg: string): Promise<Pixels>
  /** How much room the marks of a drawing take; null where there are none. */
  bounds(svg: string): Promise<{ x: number; y: number; width: number; height: number } | null>
}

export interface DrawingOptions {
  wasm: WebAssembly.Module | BufferSource
  /** TTF files of IBM Plex Sans Arabic, with Arabic and Latin letters. */
  fonts: readonly Uint8Array[]
}

export const FONT_FAMILY = 'IBM Plex Sans Arabic'

/** The engine can be started once in an isolate. */
let started: Promise<void> | null = null

const start = (wasm: DrawingOptions['wasm']): Promise<void> =>
  (started ??= initWasm(wasm).catch((error: unknown) => {
    started = null
    throw error
  }))

/** The engine multiplies colours with their transparency. */
function straighten(rgba: Uint8Array): Uint8Array {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3]!
    if (alpha === 0 || alpha === 255) continue
    for (let channel = at; channel < at + 3; channel++)
      rgba[channel] = Math.min(255, Math.round((rgba[channel]! * 255) / alpha))
  }
  return rgba
}

export function createDrawing({ wasm, fonts }: DrawingOptions): SandboxDrawing {
  const font = { fontBuffers: [...fonts], defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY }
  async function open<T>(svg: string, use: (engine: InstanceType<typeof Resvg>) => T, width?: number): Promise<T> {
    await start(wasm)
    const engine = new Resvg(svg, {
      font,
      fitTo: width === undefined ? { mode: 'original' } : { mode: 'width', value: width },
    })
    try {
      return use(engine)
    } finally {
      engine.free()
    }
  }
  return {
    toPng: (svg, { width } = {}) =>
      open(
        svg,
        (engine) => {
          const image = engine.render()
          const png = image.asPng()
          image.free()
          return png
        },
        width,
      ),
    toPixels: (svg) =>
      open(svg, (engine) => {
        const image = engine.render()
        const pixels = { width: image.width, height: image.height, rgba: straighten(image.pixels) }
        image.free()
        return pixels
      }),
    bounds: (svg) =>
      open(svg, (engine) => {
        const box = engine.getBBox()
        if (!box) return null
        const { x, y, width, height } = box
        box.free()
        return { x, y, width, height }
      }),
  }
}
