// The codecs that are not ours. Each picture gets an instance of its own: what one breaks in there no other meets, and
// its memory, which never shrinks, goes with it.
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js'
import { defaultOptions as jpegDefaults } from '@jsquash/jpeg/meta.js'
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js'
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js'
import { defaultOptions as webpDefaults } from '@jsquash/webp/meta.js'
import { joinStrips } from './jpeg/join-strips.ts'
import { damaged } from './picture-error.ts'
import type { Raster } from './raster.ts'

export interface PixelModules {
  jpegDecoder: WebAssembly.Module
  jpegEncoder: WebAssembly.Module
  webpDecoder: WebAssembly.Module
  webpEncoder: WebAssembly.Module
}

/** As the compiled codecs say it when a picture's data ran out: they draw the rest grey and call it done. */
const RAN_OUT = /premature end/i

interface Started<Module> {
  codec: Module
  /** What the codec complained of. */
  complaints: string[]
}

type Factory<Module> = (options: Record<string, unknown>) => Promise<Module>

async function start<Module>(factory: unknown, compiled: WebAssembly.Module): Promise<Started<Module>> {
  const complaints: string[] = []
  const codec = await (factory as Factory<Module>)({
    noInitialRun: true,
    // Without it they look for their own file beside `import.meta.url`, which a Worker does not have.
    locateFile: (path: string) => path,
    print: () => {},
    printErr: (line: string) => complaints.push(line),
    instantiateWasm: (imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(compiled, imports)
      ready(instance)
      return instance.exports
    },
  })
  return { codec, complaints }
}

interface Decoder {
  /** Takes exactly as many arguments as it was compiled with. */
  decode(...args: [bytes: Uint8Array] | [bytes: Uint8Array, keepsOrientation: boolean]): Raster | null
}

interface Encoder {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null
}

function decode({ codec, complaints }: Started<Decoder>, args: Parameters<Decoder['decode']>): Raster {
  let picture: Raster | null = null
  try {
    picture = codec.decode(...args)
  } catch {
    // Whatever a codec in C throws, the bytes are at fault: its instance is not used again.
  }
  if (!picture || complaints.some((line) => RAN_OUT.test(line))) throw damaged()
  return { data: picture.data, width: picture.width, height: picture.height }
}

function encodeWith(codec: Encoder, raster: Raster, options: object): Uint8Array {
  const bytes = codec.encode(raster.data, raster.width, raster.height, options)
  if (!bytes) throw new Error('a codec made nothing of a picture')
  return bytes.slice()
}

/** As large as can be encoded at once: its memory is some twenty bytes a pixel. */
const STRIP_PIXELS = 1_200_000
/** Blocks are eight or sixteen lines tall. */
const STRIP_STEP = 16

async function encodeJpeg(compiled: WebAssembly.Module, raster: Raster, quality: number): Promise<Uint8Array> {
  const { codec } = await start<Encoder>(jpegEncoder, compiled)
  const { data, width, height } = raster
  const options = { ...jpegDefaults, quality, baseline: true, progressive: false }
  if (width * height <= STRIP_PIXELS) return encodeWith(codec, raster, options)
  const rows = Math.max(STRIP_STEP, Math.floor(STRIP_PIXELS / width / STRIP_STEP) * STRIP_STEP)
  const strips: Uint8Array[] = []
  for (let top = 0; top < height; top += rows) {
    const strip = {
      data: data.subarray(top * width * 4, (top + rows) * width * 4),
      width,
      height: Math.min(rows, height - top),
    }
    strips.push(encodeWith(codec, strip, options))
  }
  return joinStrips(strips, height)
}

export interface Codecs {
  decodeJpeg(bytes: Uint8Array): Promise<Raster>
  decodeWebp(bytes: Uint8Array): Promise<Raster>
  encodeJpeg(raster: Raster, quality: number): Promise<Uint8Array>
  encodeWebp(raster: Raster, options: { quality: number; lossless?: boolean }): Promise<Uint8Array>
}

export const createCodecs = (modules: PixelModules): Codecs => ({
  decodeJpeg: async (bytes) => decode(await start<Decoder>(jpegDecoder, modules.jpegDecoder), [bytes, false]),
  decodeWebp: async (bytes) => decode(await start<Decoder>(webpDecoder, modules.webpDecoder), [bytes]),
  encodeJpeg: (raster, quality) => encodeJpeg(modules.jpegEncoder, raster, quality),
  encodeWebp: async (raster, { quality, lossless = false }) => {
    const { codec } = await start<Encoder>(webpEncoder, modules.webpEncoder)
    const settings = lossless ? { lossless: 1, method: 0, quality: 20 } : { quality, method: 2 }
    return encodeWith(codec, raster, { ...webpDefaults, ...settings })
  },
})
