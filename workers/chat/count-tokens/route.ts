// POST /v1/messages/count_tokens.
import { CountTokensRequest } from '#shared/contracts/messages'
import { requirePayer } from '#shared/http/require-permission'
import { parseWith, readJson } from '#shared/http/validate'
import { generateContext, type ChatCollaborators, type ChatRequest } from '../context.ts'
import { readVendorHeaders } from '../vendor-headers.ts'
import { countTokens } from './count-tokens.ts'

/** Images travel in the body, in base64. */
const MAX_BODY_BYTES = 32 * 1_048_576

async function readBody(c: ChatRequest): Promise<CountTokensRequest> {
  const value = await readJson(c.req.raw, { maxBytes: MAX_BODY_BYTES })
  parseWith(CountTokensRequest, value)
  // The caller's own object, not the checked copy: what a schema does not name is not lost on its way to the vendor.
  return value as CountTokensRequest
}

export async function countTokensRoute(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const principal = requirePayer(c.get('principal'), 'chat.use')
  const ctx = generateContext(c, principal, outside)
  const body = await readBody(c).catch(async (error: unknown) => {
    await ctx.known()
    throw error
  })
  const { vendorHeaders } = readVendorHeaders(c.req.raw.headers)
  const { inputTokens, estimated, headers } = await countTokens({
    input: { requestId: c.get('requestId'), body, vendorHeaders },
    ctx,
  })
  return c.json(
    { input_tokens: inputTokens },
    { headers: { ...headers, ...(estimated && { 'x-riwaq-estimated': 'true' }) } },
  )
}
