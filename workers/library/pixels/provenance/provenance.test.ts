import { expect, test } from 'vitest'
import type { PictureFacts, Provenance } from '#shared/contracts/library'
import { createCodecs } from '../codecs.ts'
import { encodePng } from '../png/encode-png.ts'
import { pngChunk } from '../png/chunk.ts'
import { readPixelModules, testPixels } from '../testing.ts'
import { bytesOf, drawPicture, find, intoPng } from '../testing-files.ts'
import { readWebp } from '../webp/read-webp.ts'

const codecs = createCodecs(readPixelModules())
const pixels = testPixels()

const provenance: Provenance = {
  service: 'images',
  operation: 'generate',
  prompt: 'A falcon over the dunes & <the> "sea"',
  original_prompt: 'صقر فوق الكثبان و«البحر»',
  negative_prompt: 'ضباب',
  model: 'openai/gpt-image-2',
  provider: 'openai',
  parameters: { size: '1024x1024', quality: 'high' },
  seed: 42,
  cost_micros: 41_000,
  request_id: 'req_1',
  made_at: Date.UTC(2026, 10, 22, 15),
  parent_ids: [],
}

const picture = drawPicture(80, 60, { alpha: true })
const files: [PictureFacts['mediaType'], Uint8Array][] = [
  ['image/png', encodePng(picture, { alpha: true })],
  ['image/jpeg', await codecs.encodeJpeg(drawPicture(80, 60), 90)],
  ['image/webp', await codecs.encodeWebp(picture, { quality: 80 })],
  ['image/webp', await codecs.encodeWebp(drawPicture(80, 60), { quality: 80, lossless: true })],
]

test.each(files)('a %s says how it was made, in the words that were written', (mediaType, bytes) => {
  const written = pixels.writeProvenance({ bytes, mediaType, provenance })
  expect(pixels.readProvenance({ bytes: written, mediaType })).toEqual({
    description: provenance.prompt,
    creatorTool: 'Riwaq',
    digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    fields: {
      Service: 'images',
      Operation: 'generate',
      OriginalPrompt: 'صقر فوق الكثبان و«البحر»',
      NegativePrompt: 'ضباب',
      Model: 'openai/gpt-image-2',
      Provider: 'openai',
      Parameters: '{"size":"1024x1024","quality":"high"}',
      Seed: '42',
      CostMicros: '41000',
      RequestId: 'req_1',
      MadeAt: '2026-11-22T15:00:00.000Z',
    },
  })
  const text = new TextDecoder().decode(written)
  expect(text).toContain('<rdf:li xml:lang="ar">صقر فوق الكثبان و«البحر»</rdf:li>')
})

test.each(files)(
  'a %s with its provenance is the same picture, and cleaning takes it out again',
  async (mediaType, bytes) => {
    const written = pixels.writeProvenance({ bytes, mediaType, provenance })
    const [with_, without] = await Promise.all([pixels.clean({ bytes: written }), pixels.clean({ bytes })])
    expect(with_).toEqual(without)
    expect(with_.ok && find(with_.bytes, 'xmpmeta')).toBe(-1)
    // The codec itself opens it too, and not only what our reader makes of it.
    if (mediaType === 'image/jpeg') expect(await codecs.decodeJpeg(written)).toEqual(await codecs.decodeJpeg(bytes))
    if (mediaType === 'image/webp') expect(await codecs.decodeWebp(written)).toEqual(await codecs.decodeWebp(bytes))
    if (mediaType === 'image/webp') expect(readWebp(written).alpha).toBe(readWebp(bytes).alpha)
  },
)

test('what was made from another picture is not called a model’s alone', () => {
  for (const edited of [{ operation: 'edit' }, { operation: 'upscale' }, { parent_ids: ['itm_1'] }]) {
    const bytes = pixels.writeProvenance({
      bytes: files[0]![1],
      mediaType: 'image/png',
      provenance: { ...provenance, ...edited },
    })
    expect(pixels.readProvenance({ bytes, mediaType: 'image/png' })?.digitalSourceType).toMatch(
      /\/compositeWithTrainedAlgorithmicMedia$/,
    )
  }
})

test('a prompt is text, whatever is in it: no tags, no control characters, no halves of letters', () => {
  const prompt = '</rdf:li><script>alert(1)</script>\u0000\u0007 \uD800 \r\n ]]> &amp; \u{1F985}'
  for (const [mediaType, bytes] of files) {
    const written = pixels.writeProvenance({ bytes, mediaType, provenance: { ...provenance, prompt } })
    expect(find(written, '<script>')).toBe(-1)
    expect(pixels.readProvenance({ bytes: written, mediaType })?.description).toBe(
      '</rdf:li><script>alert(1)</script> \uFFFD \r\n ]]> &amp; \u{1F985}',
    )
  }
})

test('the longest prompt fits in every format: a JPEG says that it had to be shortened', async () => {
  const long = {
    ...provenance,
    prompt: 'ص'.repeat(32_000),
    original_prompt: '𓂀'.repeat(16_000),
    parameters: { mask: 'x'.repeat(9_000) },
  }
  for (const [mediaType, bytes] of files) {
    const written = pixels.writeProvenance({ bytes, mediaType, provenance: long })
    const read = pixels.readProvenance({ bytes: written, mediaType })
    const isWhole = mediaType !== 'image/jpeg'
    expect([read?.description === long.prompt, read?.fields['Shortened']]).toEqual([
      isWhole,
      isWhole ? undefined : 'true',
    ])
    expect(long.prompt.startsWith(read?.description ?? '-')).toBe(true)
    expect((await pixels.clean({ bytes: written })).ok).toBe(true)
  }
})

test('what was not told is left out', () => {
  const [[mediaType, bytes] = files[0]!] = files
  const silent = {
    ...provenance,
    prompt: null,
    original_prompt: null,
    negative_prompt: null,
    model: null,
    seed: null,
    cost_micros: null,
  }
  const read = pixels.readProvenance({
    bytes: pixels.writeProvenance({ bytes, mediaType, provenance: silent }),
    mediaType,
  })
  expect(read?.description).toBeNull()
  expect(Object.keys(read!.fields)).toEqual(['Service', 'Operation', 'Provider', 'Parameters', 'RequestId', 'MadeAt'])
})

test('a file that says nothing, or nonsense, or is none, is read as saying nothing', () => {
  const [[mediaType, png] = files[0]!] = files
  for (const bytes of [
    png,
    png.subarray(0, 40),
    new Uint8Array(),
    intoPng(png, pngChunk('iTXt', bytesOf('XML:com.adobe.xmp\0\0\0\0\0<html>'))),
  ]) {
    expect(pixels.readProvenance({ bytes, mediaType })).toBeNull()
  }
  expect(pixels.readProvenance({ bytes: png, mediaType: 'image/jpeg' })).toBeNull()
  expect(pixels.readProvenance({ bytes: png, mediaType: 'image/webp' })).toBeNull()
})
