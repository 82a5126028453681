// The compiled codecs. Only the Worker's entry imports this file: Node knows no `.wasm` imports.
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.wasm'
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.wasm'
import type { PixelModules } from './codecs.ts'

export const pixelModules: PixelModules = { jpegDecoder, jpegEncoder, webpDecoder, webpEncoder }
