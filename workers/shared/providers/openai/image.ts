// OpenAI's pictures: /images/generations and /images/edits.
import { APIError } from 'openai'
import type { ImageTraits } from '#shared/contracts/model'
import { createImageModel } from '../kit/openai-protocol/image-model.ts'
import { openAIImageQuirks } from '../kit/openai-protocol/image-quirks.ts'
import { createPostForm } from '../kit/post-form.ts'
import type { DirectImageModel } from '../spec/image-model.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

export function createOpenAIImages({ apiKey, baseURL = 'https://api.openai.com/v1', fetch }: VendorOptions): {
  image(modelId: string, traits: ImageTraits): DirectImageModel
} {
  const post = createPostForm({
    baseURL,
    headers: { authorization: `Bearer ${apiKey}` },
    fetch,
    onFailure: (error) => toProblem(error, apiKey),
    onRefusal: ({ status, body, text, headers }) =>
      toProblem(APIError.generate(status, body as object | undefined, body ? undefined : text, headers), apiKey),
  })
  return {
    image: (modelId, traits) =>
      createImageModel({ modelId, traits, post, quirks: openAIImageQuirks, secret: apiKey, fetch }),
  }
}
