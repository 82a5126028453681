// The codecs for tests in Node, from the same files that the Worker imports.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { PixelModules } from './codecs.ts'
import { createPixels, type Pixels } from './index.ts'

const { resolve } = createRequire(import.meta.url)
// The types are a Worker's, where nothing is compiled while it runs.
const Module = WebAssembly.Module as unknown as new (bytes: Uint8Array) => WebAssembly.Module
const compile = (name: string) => new Module(readFileSync(resolve(name)))

export const readPixelModules = (): PixelModules => ({
  jpegDecoder: compile('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
  jpegEncoder: compile('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'),
  webpDecoder: compile('@jsquash/webp/codec/dec/webp_dec.wasm'),
  webpEncoder: compile('@jsquash/webp/codec/enc/webp_enc_simd.wasm'),
})

let pixels: Pixels | undefined

/** One for a whole file of tests: compiling takes longer than most of them. */
export const testPixels = (): Pixels => (pixels ??= createPixels(readPixelModules()))
