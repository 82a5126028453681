// An embedding model behind OpenAI's /embeddings, given a way to post.
import { z } from 'zod'
import type { EmbeddingTraits } from '#shared/contracts/model'
import type { Usage } from '#shared/lib/money'
import type { EmbeddingModel, EmbeddingRequest, Vector } from '../../spec/embedding-model.ts'
import type { Post } from '../post-json.ts'
import { networkProblem, nonsenseProblem } from '../upstream-problem.ts'

/** Where vendors that speak OpenAI's protocol differ from it here. */
export interface EmbeddingQuirks {
  label: string
  /** Whether `encoding_format: base64` is understood. */
  base64: boolean
  /** What a shorter vector is asked for by; null where it cannot be. */
  dimensions: 'dimensions' | 'output_dimension' | null
  endUser: 'user' | null
}

export const openAIEmbeddingQuirks: EmbeddingQuirks = {
  label: 'OpenAI',
  base64: true,
  dimensions: 'dimensions',
  endUser: 'user',
}

const count = z.number().int().min(0).nullish().catch(null)
const Answer = z.object({
  data: z.array(
    z.object({
      index: z.number().int().nullish(),
      embedding: z.union([z.string(), z.array(z.number()).min(1)]),
    }),
  ),
  usage: z.object({ prompt_tokens: count, total_tokens: count }).nullish().catch(null),
})
type Answer = z.infer<typeof Answer>

/** A server that counts nothing says zero: that is no count. */
function toUsage(usage: Answer['usage']): Usage | null {
  const counted = usage?.prompt_tokens || usage?.total_tokens
  return counted ? { input_tokens: counted } : null
}

function toVectors({ data }: Answer, expected: number, vendor: string): Vector[] {
  const vectors = Array.from<Vector | undefined>({ length: expected })
  data.forEach(({ index, embedding }, at) => (vectors[index ?? at] = embedding))
  if (data.length !== expected || vectors.length !== expected || vectors.includes(undefined))
    throw nonsenseProblem(vendor, `${data.length} vectors for ${expected} texts`)
  return vectors as Vector[]
}

const toBody = (model: string, request: EmbeddingRequest, quirks: EmbeddingQuirks): Record<string, unknown> => ({
  model,
  input: request.inputs,
  ...(quirks.base64 && { encoding_format: request.encoding }),
  ...(request.dimensions !== undefined && quirks.dimensions && { [quirks.dimensions]: request.dimensions }),
  ...(request.endUser !== undefined && quirks.endUser && { [quirks.endUser]: request.endUser }),
})

export const createEmbeddingModel = (input: {
  modelId: string
  traits: EmbeddingTraits
  post: Post
  quirks: EmbeddingQuirks
  secret?: string
}): EmbeddingModel => ({
  async embed(request, { signal }) {
    const { modelId, post, quirks, secret } = input
    const response = await post(toBody(modelId, request, quirks), { signal })
    const body: unknown = await response.json().catch((error: unknown) => {
      signal.throwIfAborted()
      if (error instanceof SyntaxError) throw nonsenseProblem(quirks.label, 'not JSON')
      throw networkProblem(quirks.label, error, secret)
    })
    const parsed = Answer.safeParse(body)
    if (!parsed.success) throw nonsenseProblem(quirks.label, 'an answer without vectors')
    const warnings =
      request.endUser !== undefined && quirks.endUser === null
        ? [{ parameter: 'user', message: `${quirks.label} does not take it; it was left out` }]
        : []
    return {
      vectors: toVectors(parsed.data, request.inputs.length, quirks.label),
      usage: toUsage(parsed.data.usage),
      warnings,
    }
  },
})
