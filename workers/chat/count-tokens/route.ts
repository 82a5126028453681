// POST /v1/messages/count_tokens.
import { CountTokensRequest, type MessagesRequest } from '#shared/contracts/messages'
import { unsupportedParameter } from '#shared/http/problems'
import { requirePayer } from '#shared/http/require-permission'
import { parseWith, readJson } from '#shared/http/validate'
import { generateContext, type ChatCollaborators, type ChatRequest } from '../context.ts'
import { refuseUnsold } from '../dialects/anthropic-messages/refuse-unsold.ts'
import { toLanguageRequest } from '../dialects/anthropic-messages/to-language-request.ts'
import { readVendorHeaders, refuseAccountHeaders } from '../vendor-headers.ts'
import { countTokens } from './count-tokens.ts'

/** Images travel in the body, in base64. */
const MAX_BODY_BYTES = 32 * 1_048_576

const known = new Set(Object.keys(CountTokensRequest.shape))

/** What only an answer needs is refused as Anthropic refuses it: who sends it has mistaken the address. */
function refuseUnknown(body: CountTokensRequest): void {
  refuseUnsold(body)
  const unknown = Object.keys(body).find((name) => !known.has(name))
  if (unknown !== undefined) throw unsupportedParameter(unknown, `Counting does not take “${unknown}”.`)
}

async function readBody(c: ChatRequest): Promise<CountTokensRequest> {
  refuseAccountHeaders(c.req.raw.headers)
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
    input: {
      requestId: c.get('requestId'),
      model: body.model,
      dialect: 'anthropic-messages',
      translate() {
        refuseUnknown(body)
        return toLanguageRequest({ ...body, max_tokens: 1 } as MessagesRequest)
      },
      toVendorBody: (upstream) => ({ ...body, model: upstream }),
      vendorHeaders,
    },
    ctx,
  })
  return c.json(
    { input_tokens: inputTokens },
    { headers: { ...headers, ...(estimated && { 'x-riwaq-estimated': 'true' }) } },
  )
}
