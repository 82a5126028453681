// The same in JSON: pictures as data URLs, in the words of OpenAI's newer shape (`images: [{image_url}]`) or ours (`image`).
import { invalidRequest } from '#shared/http/problems'
import { fromBase64Url } from '#shared/lib/bytes'
import type { ImageForm } from './read-form.ts'

const MAX_PICTURES = 16

export function fromDataUrl(value: unknown, param: string): Uint8Array {
  const text = typeof value === 'string' ? value : ''
  const [, data] = /^data:image\/[a-z0-9.+-]+;base64,([A-Za-z0-9+/=\s]+)$/i.exec(text) ?? []
  if (!data) throw invalidRequest(`${param}: must be a picture as a data URL (data:image/png;base64,…)`, param)
  try {
    return fromBase64Url(data.replaceAll(/[\s=]/g, ''))
  } catch {
    throw invalidRequest(`${param}: is not valid base64`, param)
  }
}

const urlOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'image_url' in value ? value.image_url : value

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

export function readJsonImages(body: unknown): ImageForm {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidRequest('The body must be an object.')
  const { image, images, mask, ...fields } = body as Record<string, unknown>
  const given = images ?? image
  const list = given === undefined || given === null ? [] : listOf(given)
  if (list.length > MAX_PICTURES) throw invalidRequest(`image: at most ${MAX_PICTURES} pictures`, 'image')
  return {
    fields,
    images: list.map((each) => fromDataUrl(urlOf(each), 'image')),
    mask: mask === undefined || mask === null ? null : fromDataUrl(urlOf(mask), 'mask'),
  }
}
