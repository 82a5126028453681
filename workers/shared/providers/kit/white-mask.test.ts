import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { halfMask, onePixel } from './image-samples.ts'
import { toWhiteMask } from './white-mask.ts'

/** Width, height, colour type and the unpacked rows of a PNG of one data chunk. */
function read(png: Uint8Array) {
  const buffer = Buffer.from(png)
  const data = buffer.indexOf('IDAT')
  const length = buffer.readUInt32BE(data - 4)
  return {
    width: buffer.readUInt32BE(16),
    height: buffer.readUInt32BE(20),
    colour: buffer[25],
    rows: inflateSync(buffer.subarray(data + 4, data + 4 + length)),
  }
}

test('what is transparent becomes white, and what is not becomes black, whatever its rows were packed by', async () => {
  const { width, height, colour, rows } = read(await toWhiteMask(halfMask))
  expect([width, height, colour]).toEqual([2, 5, 0])
  expect([...rows]).toEqual(Array.from({ length: 5 }, () => [0, 255, 0]).flat())
})

test('a mask that is transparent all over is white all over', async () => {
  expect([...read(await toWhiteMask(onePixel)).rows]).toEqual([0, 255])
})

const withByte = (at: number, value: number) =>
  Uint8Array.from(halfMask, (byte, index) => (index === at ? value : byte))

test.each([
  ['no PNG', new TextEncoder().encode('JPEG, perhaps')],
  ['one without transparency', withByte(25, 2)],
  ['one of sixteen bits', withByte(24, 16)],
  ['one that claims to be vast', withByte(16, 0x7f)],
  ['one that is cut off', halfMask.slice(0, 60)],
  ['one whose data are damaged', withByte(45, 0)],
  ['one with nothing but a beginning', halfMask.slice(0, 8)],
])('%s is refused as the caller’s', async (_name, png) => {
  await expect(toWhiteMask(png)).rejects.toMatchObject({ code: 'invalid_request', details: { param: 'mask' } })
})
