import { expect, test } from 'vitest'
import { fetchPictures } from './fetch-pictures.ts'
import { linkedFiles } from './image-model-conformance.ts'
import { onePixel, otherPixel, PICTURE_HOST } from './image-samples.ts'

const fetchLinked: typeof fetch = async (input) => linkedFiles[input as string]!()

const fetched = (addresses: string[], more: { local?: boolean; fetch?: typeof fetch } = {}) =>
  fetchPictures({ vendor: 'fal', addresses, signal: new AbortController().signal, fetch: fetchLinked, ...more })

const dataOf = (bytes: Uint8Array, type = 'image/png') => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`

test('pictures come in the order of their links, also where one is its own link', async () => {
  const pictures = await fetched([`${PICTURE_HOST}2.png`, dataOf(onePixel), `${PICTURE_HOST}1.png`])
  expect(pictures.map((bytes) => Buffer.from(bytes).toString('base64'))).toEqual(
    [otherPixel, onePixel, onePixel].map((bytes) => Buffer.from(bytes).toString('base64')),
  )
})

test.each([
  [`${PICTURE_HOST}gone.png`, 'provider_image_lost'],
  [`${PICTURE_HOST}page.html`, 'provider_bad_image'],
  [`${PICTURE_HOST}vast.png`, 'provider_bad_image'],
  ['http://169.254.169.254/latest/meta-data', 'provider_image_lost'],
  ['http://127.0.0.1/1.png', 'provider_image_lost'],
  ['file:///etc/passwd', 'provider_image_lost'],
  [dataOf(new TextEncoder().encode('<svg/>'), 'image/svg+xml'), 'provider_bad_image'],
  ['data:image/png;base64,', 'provider_bad_image'],
  ['data:image/png,%89PNG', 'provider_bad_image'],
])('%s is %s, and one is enough', async (address, code) => {
  await expect(fetched([`${PICTURE_HOST}1.png`, address])).rejects.toMatchObject({ code })
})

test('what lies on this machine is fetched where the platform itself runs on it', async () => {
  const fetchHome: typeof fetch = async () => linkedFiles[`${PICTURE_HOST}1.png`]!()
  expect(await fetched(['http://127.0.0.1:8080/1.png'], { local: true, fetch: fetchHome })).toHaveLength(1)
})

test('whoever leaves fetches nothing', async () => {
  const stop = new AbortController()
  stop.abort(new Error('left'))
  const asked = fetchPictures({
    vendor: 'fal',
    addresses: [`${PICTURE_HOST}1.png`],
    signal: stop.signal,
    fetch: fetchLinked,
  })
  await expect(asked).rejects.toThrow('left')
})
