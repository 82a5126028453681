// POST /v1/responses/input_tokens: how long a request would be, without asking for an answer to it.
import { sizeRequest } from '#shared/catalog/estimate-tokens'
import { CountInputTokensRequest, type InputTokenCount } from '#shared/contracts/responses'
import { unsupportedParameter } from '#shared/http/problems'
import { readJson } from '#shared/http/validate'
import type { ChatCollaborators, ChatRequest } from '../context.ts'
import { complete } from '../dialects/openai-responses/complete.ts'
import { parseRequest } from '../dialects/openai-responses/parse-request.ts'
import { toLanguageRequest } from '../dialects/openai-responses/to-language-request.ts'

/** Images travel in the body, in base64. */
const MAX_BODY_BYTES = 32 * 1_048_576

const known = new Set(Object.keys(CountInputTokensRequest.shape))

export async function countInputTokens(
  c: ChatRequest,
  { organizationId, outside }: { organizationId: string; outside: ChatCollaborators },
): Promise<InputTokenCount> {
  const value = await readJson(c.req.raw, { maxBytes: MAX_BODY_BYTES })
  const asked = parseRequest(CountInputTokensRequest, value)
  const unknown = Object.keys(asked).find((name) => !known.has(name))
  if (unknown !== undefined) throw unsupportedParameter(unknown, `Counting does not know the parameter “${unknown}”.`)
  const models = outside.modelsOf(c.env)
  const { model } = models.resolve(asked.model)
  const ctx = { organizationId, responses: outside.responsesOf(c.env), models, clock: outside.clock }
  const { request, extraCharacters } = toLanguageRequest(await complete(asked, ctx))
  return {
    object: 'response.input_tokens',
    input_tokens: sizeRequest(request, model).expected + Math.ceil(extraCharacters / 4),
  }
}
