import type { EmbeddingsRequest, EmbeddingsResponse } from '#shared/contracts/embeddings'
import { promptTokens, type Usage } from '#shared/lib/money'
import { toBase64Vector, toNumberVector } from '#shared/providers/kit/vector'
import type { Vector } from '#shared/providers/spec/embedding-model'

export function toEmbeddingsResponse({
  body,
  vectors,
  usage,
}: {
  body: EmbeddingsRequest
  vectors: Vector[]
  usage: Usage
}): EmbeddingsResponse {
  const encode = body.encoding_format === 'base64' ? toBase64Vector : toNumberVector
  const tokens = promptTokens(usage)
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: encode(vector) })),
    model: body.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}
