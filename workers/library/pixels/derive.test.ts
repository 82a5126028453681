import { expect, test, vi } from 'vitest'
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash'
import { createCodecs } from './codecs.ts'
import { encodePng } from './png/encode-png.ts'
import { readPixelModules, testPixels } from './testing.ts'
import { drawPicture } from './testing-files.ts'
import { readWebp } from './webp/read-webp.ts'

vi.setConfig({ testTimeout: 30_000 })

const codecs = createCodecs(readPixelModules())
const pixels = testPixels()

async function derive(bytes: Uint8Array) {
  const cleaned = await pixels.clean({ bytes })
  if (!cleaned.ok) throw new Error(cleaned.fault)
  return pixels.derive(cleaned)
}

test('a large picture has one for pages and one for lists, as WebP', async () => {
  const { web, thumbnail } = await derive(encodePng(drawPicture(1_700, 400), { alpha: false }))
  expect(web).toMatchObject({ mediaType: 'image/webp', width: 1_600, height: 376 })
  expect(thumbnail).toMatchObject({ mediaType: 'image/webp', width: 384, height: 90 })
  expect(readWebp(web!.bytes)).toMatchObject({ width: 1_600, height: 376 })
  expect(readWebp(thumbnail.bytes)).toMatchObject({ width: 384, height: 90 })
})

test('a small picture that is light already is shown as it is; a PNG has one for pages at any size', async () => {
  const picture = drawPicture(300, 200)
  expect((await derive(await codecs.encodeJpeg(picture, 90))).web).toBeNull()
  expect((await derive(await codecs.encodeWebp(picture, { quality: 90 }))).web).toBeNull()
  const { web, thumbnail } = await derive(encodePng(picture, { alpha: false }))
  expect([web!.width, thumbnail.width]).toEqual([300, 300])
})

test('what is seen through stays so in every size', async () => {
  const { thumbnail, web, thumbhash } = await derive(encodePng(drawPicture(500, 300, { alpha: true }), { alpha: true }))
  expect([readWebp(thumbnail.bytes).alpha, readWebp(web!.bytes).alpha]).toEqual([true, true])
  expect(thumbHashToAverageRGBA(Buffer.from(thumbhash, 'base64')).a).toBeLessThan(0.8)
})

test('the placeholder has the shape of the picture, and fits in a row', async () => {
  const { thumbhash } = await derive(encodePng(drawPicture(400, 200), { alpha: false }))
  expect(thumbHashToApproximateAspectRatio(Buffer.from(thumbhash, 'base64'))).toBeGreaterThan(1.5)
  expect(thumbhash.length).toBeLessThan(40)
})

test('all at once is the same as one after the other', async () => {
  const bytes = encodePng(drawPicture(420, 300), { alpha: false })
  const {
    ok: _ok,
    bytes: clean,
    facts,
    ...derived
  } = (await pixels.prepare({ bytes })) as never as Awaited<ReturnType<typeof derive>> & {
    ok: true
    bytes: Uint8Array
    facts: unknown
  }
  expect(await pixels.clean({ bytes })).toEqual({ ok: true, bytes: clean, facts })
  expect(await derive(bytes)).toEqual(derived)
})

test('what is not taken has no sizes either', async () => {
  expect(await pixels.prepare({ bytes: new Uint8Array(9) })).toMatchObject({ ok: false, fault: 'image_unsupported' })
})
