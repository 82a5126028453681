// How long a prompt is, without an answer to it: the vendor's own count where it speaks the caller's dialect, else our
// estimate. It costs nothing, but it is admitted like what does: the key, its models and its limits are checked in the
// one trip, and the hold of nothing is given back.
import { sizeRequest } from '#shared/catalog/estimate-tokens'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { isProblem, problemCodes } from '#shared/http/problems'
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
import type { Dialect, LanguageRequest, NativeEndpoint } from '#shared/providers/spec/language-model'
import type { Translation } from '../dialects/translation.ts'
import { findNative } from '../find-native.ts'
import { guardOf, registryOf, type GenerateContext } from '../generate-context.ts'
import { requirePriced } from '#shared/metering/require-priced'
import { checkAbilities } from '../prepare-call.ts'
import { requireAllowed } from '#shared/policy/require-allowed'
import { underPolicy } from '#shared/policy/under-policy'

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

export interface CountInput {
  requestId: string
  /** As the caller named it. */
  model: string
  dialect: Dialect
  /** The prompt in the house's words. Throws what counting does not take. */
  translate(): Translation
  toVendorBody(upstream: string): Record<string, unknown>
  vendorHeaders?: Record<string, string>
}

const nothing = { promptTokens: 0, promptTokensCeiling: 0, maxOutputTokens: 0, answers: 1 }

/** The model under its own name, for which nothing is charged. */
const free = (model: PricedModel): PricedModel => ({ ...model, price: { prices: { input_tokens: 0 } } })

async function prepare(input: CountInput, snapshot: PolicySnapshot, ctx: GenerateContext): Promise<Prepared> {
  const { model: found, language } = (await registryOf(snapshot, ctx)).resolve(input.model)
  const model = requirePriced(found)
  requireAllowed(model, snapshot.policy)
  const native = findNative(language, input.dialect)
  const { request: asked, extraCharacters, untranslatable } = input.translate()
  if (!native && untranslatable) throw untranslatable
  const guard = guardOf(input.requestId, snapshot, ctx)
  const request = guard ? guard.screen(asked) : asked
  checkAbilities(model, request)
  // Counting is no reason to show a vendor what an answer would not: what is masked, or would be judged first, stays here.
  const seesAll = request === asked && !guard?.examine
  return { model, request, extraCharacters, native: seesAll ? native : null }
}

/** A vendor that cannot count at the moment is no reason not to say what we can. */
const isVendorsFault = (error: unknown): boolean => isProblem(error) && problemCodes[error.code].status >= 500

async function countByVendor(
  { native, model }: Prepared,
  { toVendorBody }: CountInput,
  options: { signal: AbortSignal; headers?: Record<string, string> },
): Promise<number | null> {
  if (!native?.countTokens) return null
  try {
    return await native.countTokens(toVendorBody(model.upstream), options)
  } catch (error) {
    options.signal.throwIfAborted()
    if (isVendorsFault(error)) return null
    throw error
  }
}

const estimate = ({ request, extraCharacters, model }: Prepared): number =>
  sizeRequest(request, model).expected + Math.ceil(extraCharacters / 4)

export async function countTokens({ input, ctx }: { input: CountInput; ctx: GenerateContext }): Promise<TokenCount> {
  const { requestId, vendorHeaders } = input
  const { prepared, outcome: call } = await underPolicy<Prepared, MeteredCall | IdempotentRefusal>({
    ctx,
    prepare: (snapshot) => prepare(input, snapshot, ctx),
    admit: ({ model }, { version }) =>
      openMeteredCall({
        call: { requestId, model: free(model), scope: 'chat', service: 'chat', size: nothing, policyVersion: version },
        ctx,
      }),
  })
  if (isRefusal(call)) throw toAdmissionProblem(call)
  try {
    const options = { signal: call.signal, headers: vendorHeaders }
    const counted = await untilStopped(call, countByVendor(prepared, input, options))
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
