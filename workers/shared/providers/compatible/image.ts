// Pictures from any server that speaks OpenAI's protocol. They answer in base64, or with addresses.
import { APIError } from 'openai'
import type { ImageTraits } from '#shared/contracts/model'
import { createImageModel } from '../kit/openai-protocol/image-model.ts'
import { compatibleImageQuirks } from '../kit/openai-protocol/image-quirks.ts'
import { createPostForm } from '../kit/post-form.ts'
import type { DirectImageModel } from '../spec/image-model.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

interface CompatibleImagesOptions extends VendorOptions {
  baseURL: string
  /** The platform runs on somebody's machine: addresses may lead to that machine. */
  local: boolean
}

export function createCompatibleImages({ apiKey, baseURL, fetch, local }: CompatibleImagesOptions): {
  image(modelId: string, traits: ImageTraits): DirectImageModel
} {
  const secret = apiKey || undefined
  const problemOf = (error: unknown) => toProblem({ error, vendor: compatibleImageQuirks.label, secret })
  const post = createPostForm({
    baseURL,
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    fetch,
    onFailure: problemOf,
    onRefusal: ({ status, body, text, headers }) =>
      problemOf(APIError.generate(status, body as object | undefined, body ? undefined : text, headers)),
  })
  return {
    image: (modelId, traits) =>
      createImageModel({ modelId, traits, post, quirks: compatibleImageQuirks, secret, fetch, local }),
  }
}
