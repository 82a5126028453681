// POST /v1/embeddings, in OpenAI's shape.
import { z } from 'zod'

const Tokens = z.array(z.number().int().min(0)).min(1)
const Text = z.string().min(1, 'must not be empty')

/** Beyond this no vendor takes more in one call. */
export const MAX_EMBEDDING_INPUTS = 2_048

export const EmbeddingsRequest = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('An embedding model: `vendor/name`, or the bare name where one vendor has it. See GET /v1/models.'),
    input: z
      .union([
        Text,
        z.array(Text).min(1).max(MAX_EMBEDDING_INPUTS),
        Tokens,
        z.array(Tokens).min(1).max(MAX_EMBEDDING_INPUTS),
      ])
      .describe('A text, texts, or the same as tokens where the model takes them.'),
    dimensions: z.number().int().min(1).nullish().describe('A shorter vector, where the model has them.'),
    encoding_format: z.enum(['float', 'base64']).nullish().describe('`base64`: little-endian 32-bit floats.'),
    user: z.string().max(512).nullish(),
  })
  .meta({ id: 'EmbeddingsRequest' })
export type EmbeddingsRequest = z.infer<typeof EmbeddingsRequest>

export const EmbeddingsResponse = z
  .object({
    object: z.literal('list'),
    data: z.array(
      z.object({
        object: z.literal('embedding'),
        index: z.number().int(),
        embedding: z.union([z.array(z.number()), z.string()]),
      }),
    ),
    model: z.string(),
    usage: z.object({ prompt_tokens: z.number().int(), total_tokens: z.number().int() }),
  })
  .meta({ id: 'EmbeddingsResponse' })
export type EmbeddingsResponse = z.infer<typeof EmbeddingsResponse>
