// How long a prompt is, without an answer to it: Anthropic's own count where the model is theirs, else our estimate.
// It costs nothing, but it is admitted like what does: the key, its models and its limits are checked in the one trip,
// and the hold of nothing is given back.
import { sizeRequest } from '#shared/catalog/estimate-tokens'
import { CountTokensRequest, type MessagesRequest } from '#shared/contracts/messages'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { isProblem, problemCodes, unsupportedParameter } from '#shared/http/problems'
import {
  isRefusal,
  type IdempotentRefusal,
  openMeteredCall,
  type MeteredCall,
  type PricedModel,
} from '#shared/metering/metered-call'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import { untilStopped } from '#shared/metering/until-stopped'
import { rateLimitHeaders } from '#shared/metering/rate-limit-headers'
import type { LanguageRequest, NativeEndpoint } from '#shared/providers/spec/language-model'
import { refuseUnsold } from '../dialects/anthropic-messages/refuse-unsold.ts'
import { toLanguageRequest } from '../dialects/anthropic-messages/to-language-request.ts'
import { findNative } from '../find-native.ts'
import { registryOf, type GenerateContext } from '../generate-context.ts'
import { checkAbilities, requirePriced } from '../prepare-call.ts'
import { requireAllowed } from '../routing/plan.ts'
import { underPolicy } from '../routing/under-policy.ts'

export interface TokenCount {
  inputTokens: number
  estimated: boolean
  headers: Record<string, string>
}

interface Prepared {
  model: PricedModel
  request: LanguageRequest
  extraCharacters: number
  native: NativeEndpoint | null
}

const known = new Set(Object.keys(CountTokensRequest.shape))

/** What only an answer needs is refused as Anthropic refuses it: who sends it has mistaken the address. */
function refuseUnknown(body: CountTokensRequest): void {
  refuseUnsold(body)
  const unknown = Object.keys(body).find((name) => !known.has(name))
  if (unknown !== undefined) throw unsupportedParameter(unknown, `Counting does not take “${unknown}”.`)
}

const nothing = { promptTokens: 0, promptTokensCeiling: 0, maxOutputTokens: 0, answers: 1 }

/** The model under its own name, for which nothing is charged. */
const free = (model: PricedModel): PricedModel => ({ ...model, price: { prices: { input_tokens: 0 } } })

async function prepare(body: CountTokensRequest, snapshot: PolicySnapshot, ctx: GenerateContext): Promise<Prepared> {
  const { model: found, language } = (await registryOf(snapshot, ctx)).resolve(body.model)
  const model = requirePriced(found)
  requireAllowed(model, snapshot.policy)
  refuseUnknown(body)
  const native = findNative(language, 'anthropic-messages')
  const { request, extraCharacters, untranslatable } = toLanguageRequest({ ...body, max_tokens: 1 } as MessagesRequest)
  if (!native && untranslatable) throw untranslatable
  checkAbilities(model, request)
  return { model, request, extraCharacters, native }
}

/** A vendor that cannot count at the moment is no reason not to say what we can. */
const isVendorsFault = (error: unknown): boolean => isProblem(error) && problemCodes[error.code].status >= 500

async function countByVendor(
  { native, model }: Prepared,
  body: CountTokensRequest,
  options: { signal: AbortSignal; headers?: Record<string, string> },
): Promise<number | null> {
  if (!native?.countTokens) return null
  try {
    return await native.countTokens({ ...body, model: model.upstream }, options)
  } catch (error) {
    options.signal.throwIfAborted()
    if (isVendorsFault(error)) return null
    throw error
  }
}

const estimate = ({ request, extraCharacters, model }: Prepared): number =>
  sizeRequest(request, model).expected + Math.ceil(extraCharacters / 4)

export interface CountInput {
  requestId: string
  body: CountTokensRequest
  vendorHeaders?: Record<string, string>
}

export async function countTokens({ input, ctx }: { input: CountInput; ctx: GenerateContext }): Promise<TokenCount> {
  const { requestId, body, vendorHeaders } = input
  const { prepared, outcome: call } = await underPolicy<Prepared, MeteredCall | IdempotentRefusal>({
    ctx,
    prepare: (snapshot) => prepare(body, snapshot, ctx),
    admit: ({ model }, { version }) =>
      openMeteredCall({
        call: { requestId, model: free(model), scope: 'chat', service: 'chat', size: nothing, policyVersion: version },
        ctx,
      }),
  })
  if (isRefusal(call)) throw toAdmissionProblem(call)
  try {
    const options = { signal: call.signal, headers: vendorHeaders }
    const counted = await untilStopped(call, countByVendor(prepared, body, options))
    return {
      inputTokens: counted ?? estimate(prepared),
      estimated: counted === null,
      headers: rateLimitHeaders(call.rateLimit),
    }
  } catch (error) {
    throw call.stopped() ?? error
  } finally {
    call.end('failed')
  }
}
