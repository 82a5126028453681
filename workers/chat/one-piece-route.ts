// POST → a paid answer in one piece.
import type { z } from 'zod'
import { parseBody } from '#shared/http/validate'
import { requirePayer } from '#shared/http/require-permission'
import { readCacheChoice } from './cache/cache-choice.ts'
import { generateContext, type ChatCollaborators, type ChatRequest } from './context.ts'
import type { GenerateContext } from './generate-context.ts'
import { readIdempotencyKey } from '#shared/metering/fingerprint'
import { answerInOnePiece, type OnePieceInput } from './one-piece.ts'

/** Images and lists of tokens travel in the body. */
const MAX_BODY_BYTES = 32 * 1_048_576

export interface OnePieceRoute<Schema extends z.ZodType> {
  path: string
  schema: Schema
  /** Made for one request, outside of its policy. */
  prepareWith(input: { body: z.infer<Schema>; requestId: string; ctx: GenerateContext }): OnePieceInput['prepare']
}

export async function onePieceRoute<Schema extends z.ZodType>(
  c: ChatRequest,
  { path, schema, prepareWith }: OnePieceRoute<Schema>,
  outside: ChatCollaborators,
): Promise<Response> {
  const principal = requirePayer(c.get('principal'), 'chat.use')
  const ctx = generateContext(c, principal, outside)
  const requestId = c.get('requestId')
  const read = async () => ({
    idempotencyKey: readIdempotencyKey(c.req.raw.headers.get('idempotency-key')),
    cacheChoice: readCacheChoice(c.req.raw.headers),
    body: (await parseBody(c.req.raw, schema, { maxBytes: MAX_BODY_BYTES })) as z.infer<Schema>,
  })
  const { idempotencyKey, cacheChoice, body } = await read().catch(async (error: unknown) => {
    await ctx.known()
    throw error
  })
  const prepare = prepareWith({ body, requestId, ctx })
  return answerInOnePiece({ input: { requestId, path, body, idempotencyKey, cacheChoice, prepare }, ctx })
}
