// A request in the words of OpenAI's /images/generations (JSON) and /images/edits (a form with files).
import type { ImageRequest, InputPicture } from '../../spec/image-model.ts'
import type { Warning } from '../../spec/language-model.ts'
import { leftOut } from '../fit-image-request.ts'
import type { ImageQuirks } from './image-quirks.ts'

/** Its own endpoint of variations is gone: a picture is varied by editing it. */
const VARY = 'Make another version of this picture: the same subject, mood and style, with different details.'

type Field = [string, string | number]

function fieldsOf(request: ImageRequest, quirks: ImageQuirks): { fields: Field[]; warnings: Warning[] } {
  const warnings: Warning[] = []
  const fields: Field[] = []
  const put = (known: string | null, parameter: string, value: string | number | undefined) => {
    if (value === undefined) return
    if (known === null) warnings.push(leftOut(parameter, quirks.label))
    else fields.push([known, value])
  }
  const { size, quality, background, format, compression, inputFidelity, endUser, seed, negativePrompt } = request
  put('size', 'size', size && `${size.width}x${size.height}`)
  put('quality', 'quality', quality)
  put(quirks.background, 'background', background)
  put(quirks.format, 'output_format', transparentFormat(request) ?? format)
  const loses = format === 'jpeg' || format === 'webp'
  // A PNG loses nothing, whatever is said.
  if (loses) put(quirks.compression, 'output_compression', compression)
  put(quirks.inputFidelity, 'input_fidelity', inputFidelity)
  put(quirks.seed, 'seed', seed)
  put(quirks.negativePrompt, 'negative_prompt', negativePrompt || undefined)
  put(quirks.endUser, 'user', endUser)
  put(quirks.responseFormat, 'response_format', quirks.responseFormat === null ? undefined : 'b64_json')
  return { fields, warnings }
}

/** JPEG has no transparency: it is made as what has, and re-encoded by whoever wanted it so. */
const transparentFormat = ({ background, format }: ImageRequest): 'png' | undefined =>
  background === 'transparent' && format === 'jpeg' ? 'png' : undefined

const fileOf = ({ bytes, mediaType }: InputPicture, name: string): File =>
  new File([new Uint8Array(bytes)], `${name}.${mediaType.slice('image/'.length)}`, { type: mediaType })

export interface ImageCall {
  path: '/images/generations' | '/images/edits'
  body: Record<string, unknown> | FormData
  warnings: Warning[]
}

export function toImageCall(input: {
  model: string
  request: ImageRequest
  quirks: ImageQuirks
  stream: boolean
}): ImageCall {
  const { model, request, quirks, stream } = input
  const { fields, warnings } = fieldsOf(request, quirks)
  const prompt = request.prompt || VARY
  const streamed: Field[] = stream ? [['partial_images', request.partialImages ?? 0]] : []
  const { images = [], mask } = request
  if (images.length === 0) {
    const body = { model, prompt, n: request.count, ...Object.fromEntries([...fields, ...streamed]) }
    return { path: '/images/generations', body: stream ? { ...body, stream } : body, warnings }
  }
  const form = new FormData()
  const all: Field[] = [['model', model], ['prompt', prompt], ['n', request.count], ...fields, ...streamed]
  for (const [name, value] of all) form.append(name, String(value))
  if (stream) form.append('stream', 'true')
  const name = images.length === 1 && quirks.plainImage ? 'image' : 'image[]'
  images.forEach((image, at) => form.append(name, fileOf(image, `image-${at + 1}`)))
  if (mask) form.append('mask', fileOf(mask, 'mask'))
  return { path: '/images/edits', body: form, warnings }
}
