// POST in one of the public dialects → a paid answer.
import { requirePayer } from '#shared/http/require-permission'
import { readText } from '#shared/http/validate'
import { readCacheChoice } from './cache/cache-choice.ts'
import { generateContext, type ChatCollaborators, type ChatRequest } from './context.ts'
import type { ChatDialect } from './dialects/dialect.ts'
import { generateAnswer } from './generate.ts'
import { readIdempotencyKey } from '#shared/metering/fingerprint'
import { readAsked } from './prepare-answer.ts'
import { readVendorHeaders, refuseAccountHeaders } from './vendor-headers.ts'

/** Images travel in the body, in base64. */
const MAX_BODY_BYTES = 32 * 1_048_576

async function readRequest<Body>({ req: { raw } }: ChatRequest, dialect: ChatDialect<Body>) {
  refuseAccountHeaders(raw.headers)
  const idempotencyKey = readIdempotencyKey(raw.headers.get('idempotency-key'))
  const asked = readAsked({ dialect, text: await readText(raw, MAX_BODY_BYTES), headers: raw.headers })
  return { idempotencyKey, asked, cacheChoice: readCacheChoice(raw.headers) }
}

export async function answerRoute<Body>(
  c: ChatRequest,
  dialect: ChatDialect<Body>,
  outside: ChatCollaborators,
): Promise<Response> {
  const principal = requirePayer(c.get('principal'), 'chat.use')
  const ctx = generateContext(c, principal, outside)
  const request = await readRequest(c, dialect).catch(async (error: unknown) => {
    await ctx.known()
    throw error
  })
  const { vendorHeaders, warnings } = readVendorHeaders(c.req.raw.headers)
  return generateAnswer({
    input: { dialect, requestId: c.get('requestId'), ...request, vendorHeaders, warnings },
    ctx,
  })
}
