// POST /v1/responses/input_tokens: how long a request would be, without asking for an answer to it.
import { CountInputTokensRequest, type InputTokenCount } from '#shared/contracts/responses'
import { unsupportedParameter } from '#shared/http/problems'
import { requirePayer } from '#shared/http/require-permission'
import { readJson } from '#shared/http/validate'
import { generateContext, type ChatCollaborators, type ChatRequest } from '../context.ts'
import { countTokens } from '../count-tokens/count-tokens.ts'
import { complete } from '../dialects/openai-responses/complete.ts'
import { parseRequest } from '../dialects/openai-responses/parse-request.ts'
import { toLanguageRequest } from '../dialects/openai-responses/to-language-request.ts'
import { toVendorBody } from '../dialects/openai-responses/to-vendor-body.ts'

/** Images travel in the body, in base64. */
const MAX_BODY_BYTES = 32 * 1_048_576

const known = new Set(Object.keys(CountInputTokensRequest.shape))

async function readBody(c: ChatRequest): Promise<CountInputTokensRequest> {
  const value = await readJson(c.req.raw, { maxBytes: MAX_BODY_BYTES })
  const asked = parseRequest(CountInputTokensRequest, value)
  const unknown = Object.keys(asked).find((name) => !known.has(name))
  if (unknown !== undefined) throw unsupportedParameter(unknown, `Counting does not take “${unknown}”.`)
  return asked
}

export async function countInputTokens(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const principal = requirePayer(c.get('principal'), 'chat.use')
  const ctx = generateContext(c, principal, outside)
  const body = await readBody(c)
    .then((asked) => complete(asked, ctx))
    .catch(async (error: unknown) => {
      await ctx.known()
      throw error
    })
  const { inputTokens, estimated, headers } = await countTokens({
    input: {
      requestId: c.get('requestId'),
      model: body.model,
      dialect: 'openai-responses',
      translate: () => toLanguageRequest(body),
      toVendorBody: (upstream) => toVendorBody({ body, upstream, maxOutputTokens: 1 }),
    },
    ctx,
  })
  const count: InputTokenCount = { object: 'response.input_tokens', input_tokens: inputTokens }
  return c.json(count, { headers: { ...headers, ...(estimated && { 'x-riwaq-estimated': 'true' }) } })
}
