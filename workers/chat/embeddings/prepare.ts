// Everything that can be wrong with a request for vectors before it costs anything.
import { sizeTexts } from '#shared/catalog/estimate-tokens'
import type { EmbeddingsRequest } from '#shared/contracts/embeddings'
import { invalidRequest, Problem, unsupportedParameter } from '#shared/http/problems'
import type { CallSize } from '#shared/metering/hold'
import type { ResolvedEmbedding } from '#shared/providers/embedding-models'

export type EmbeddingInput = string | number[]

const isTokens = (input: unknown): input is number[] => Array.isArray(input) && typeof input[0] === 'number'

/** One shape for the four in which callers write it. */
export function toInputs(input: EmbeddingsRequest['input']): EmbeddingInput[] {
  if (typeof input === 'string' || isTokens(input)) return [input]
  return input as EmbeddingInput[]
}

export function checkTraits(body: EmbeddingsRequest, { model }: ResolvedEmbedding, inputs: EmbeddingInput[]): void {
  const { dimensions, shortens, maxInputs, takesTokens } = model.embedding
  if (inputs.length > maxInputs)
    throw invalidRequest(`${model.id} takes at most ${maxInputs} texts in one call, not ${inputs.length}.`, 'input')
  if (!takesTokens && inputs.some((input) => typeof input !== 'string'))
    throw unsupportedParameter('input', `${model.id} takes texts, not tokens.`)
  const asked = body.dimensions ?? null
  if (asked === null || asked === dimensions) return
  if (!shortens) throw unsupportedParameter('dimensions', `The vectors of ${model.id} cannot be shortened.`)
  if (dimensions !== null && asked > dimensions)
    throw invalidRequest(`The vectors of ${model.id} have at most ${dimensions} dimensions.`, 'dimensions')
}

export function sizeOfInputs(inputs: EmbeddingInput[], { model }: ResolvedEmbedding): CallSize {
  const sizes = inputs.map((input) =>
    typeof input === 'string' ? sizeTexts([input], model.vendor) : { expected: input.length, ceiling: input.length },
  )
  const long = sizes.findIndex(({ expected }) => expected > model.contextTokens)
  if (long >= 0)
    throw new Problem(
      'context_length_exceeded',
      `Text ${long + 1} is about ${sizes[long]!.expected} tokens long; ${model.id} reads at most ${model.contextTokens}.`,
      { param: 'input', facts: { prompt_tokens: sizes[long]!.expected, context_window: model.contextTokens } },
    )
  return {
    promptTokens: sizes.reduce((sum, { expected }) => sum + expected, 0),
    promptTokensCeiling: sizes.reduce((sum, { ceiling }) => sum + ceiling, 0),
    maxOutputTokens: 0,
    answers: 1,
  }
}
