import { expect, test } from 'vitest'
import type { CleanInput, CleanPicture } from '#shared/contracts/library'
import type { InputPicture } from '#shared/providers/spec/image-model'
import { fitInputs } from './fit-inputs.ts'

const picture = (width: number, height: number): InputPicture => ({
  bytes: new Uint8Array([width % 256]),
  mediaType: 'image/png',
  width,
  height,
})

const small: CleanPicture = {
  ok: true,
  bytes: new Uint8Array([7]),
  facts: { mediaType: 'image/png', width: 512, height: 256, bytes: 1, hasAlpha: false },
}

function libraryOf(answer: CleanPicture) {
  const asked: CleanInput[] = []
  const library = { clean: async (input: CleanInput) => (asked.push(input), answer) }
  return { asked, library }
}

test('a picture that a vendor would refuse for its size is made smaller, and the others are left alone', async () => {
  const { asked, library } = libraryOf(small)
  const given = { images: [picture(1024, 512), picture(512, 300)], mask: null }
  const { images, mask } = await fitInputs(given, { maxInputSide: 512 }, library)
  expect(asked).toEqual([{ bytes: given.images[0]!.bytes, maxSide: 512 }])
  expect(images).toEqual([
    { bytes: small.ok && small.bytes, mediaType: 'image/png', width: 512, height: 256 },
    given.images[1],
  ])
  expect(mask).toBeNull()
})

test('where a vendor takes any size nothing is asked of anybody', async () => {
  const { asked, library } = libraryOf(small)
  const given = { images: [picture(4096, 4096)], mask: picture(4096, 4096) }
  expect(await fitInputs(given, {}, library)).toEqual(given)
  expect(asked).toEqual([])
})

test('a picture in a format that a vendor does not read is made into one that it does', async () => {
  const { asked, library } = libraryOf(small)
  const webp: InputPicture = { ...picture(300, 300), mediaType: 'image/webp' }
  const given = { images: [webp, picture(300, 300)], mask: null }
  await fitInputs(given, { inputFormats: ['png', 'jpeg'] }, library)
  expect(asked).toEqual([{ bytes: webp.bytes, format: 'png' }])
})

test('what cannot be made smaller is named', async () => {
  const { library } = libraryOf({ ok: false, fault: 'image_damaged' })
  const given = { images: [picture(1024, 1024)], mask: null }
  await expect(fitInputs(given, { maxInputSide: 512 }, library)).rejects.toMatchObject({ code: 'image_damaged' })
})
