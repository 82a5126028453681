// Valid files, changed at random: whatever comes in, there is a named fault or a clean picture, and soon.
import { expect, test, vi } from 'vitest'
import { pictureFaults } from '#shared/contracts/library'
import { createCodecs } from './codecs.ts'
import { encodePng } from './png/encode-png.ts'
import { readPixelModules, testPixels } from './testing.ts'
import { drawPicture, exifSegment, intoJpeg } from './testing-files.ts'

vi.setConfig({ testTimeout: 30_000 })

const codecs = createCodecs(readPixelModules())
const pixels = testPixels()

/** Milliseconds take it; a machine with other work is given more. */
const SLOWEST_MS = 4_000
const ROUNDS = 110

function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) % below
  }
}

const extremes = [0, 1, 0x7f, 0x80, 0xff]

function mutate(original: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = original.slice()
  // Headers are where the harm is: half of the changes are made there.
  const place = () => random(random(2) ? bytes.length : Math.min(64, bytes.length))
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const kind = random(5)
    if (kind === 0) bytes[place()] = random(256)
    else if (kind === 1) bytes[place()] = extremes[random(extremes.length)]!
    else if (kind === 2) bytes[place()]! ^= 1 << random(8)
    else if (kind === 3) bytes.copyWithin(place(), place(), place() + random(64))
    else if (kind === 4) bytes.fill(extremes[random(extremes.length)]!, place(), place() + random(16))
  }
  return random(8) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes
}

const picture = drawPicture(48, 40, { alpha: true })
const opaque = drawPicture(48, 40)
const originals: [string, Uint8Array][] = [
  ['PNG', encodePng(picture, { alpha: true })],
  ['JPEG', intoJpeg(await codecs.encodeJpeg(opaque, 85), exifSegment(6))],
  ['lossy WebP', await codecs.encodeWebp(picture, { quality: 85 })],
  ['lossless WebP', await codecs.encodeWebp(picture, { quality: 85, lossless: true })],
]

test.each(originals)('a %s changed at random is refused by name or comes out clean', async (_name, original) => {
  const random = createRandom(original.length)
  const outcomes = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const bytes = mutate(original, random)
    const started = performance.now()
    const result = await pixels.clean({ bytes })
    expect(performance.now() - started).toBeLessThan(SLOWEST_MS)
    if (result.ok) {
      expect(await pixels.clean({ bytes: result.bytes })).toMatchObject({
        ok: true,
        facts: { width: result.facts.width },
      })
      outcomes.add('clean')
    } else {
      expect(pictureFaults).toContain(result.fault)
      outcomes.add(result.fault)
    }
  }
  // Both happen, or nothing was tried.
  expect(outcomes.size).toBeGreaterThan(1)
})
