// Which models and vendors a request names for itself: in its body where its dialect leaves room for that, else in
// headers. What is read here is taken out of the body, so that no vendor sees it.
import type { VendorId } from '#shared/contracts/model'
import { FallbackModels, ProviderPreference, VendorOrder } from '#shared/contracts/routing'
import { parseWith } from '#shared/http/validate'
import { z } from 'zod'
import { isRecord } from '../dialects/loose.ts'

export const MODELS_HEADER = 'x-riwaq-models'
export const PROVIDER_ORDER_HEADER = 'x-riwaq-provider-order'

export interface RoutingChoice {
  /** Tried in this order; the first is the one that the body calls its model. */
  models: string[]
  order: VendorId[] | null
  only: VendorId[] | null
  ignore: VendorId[] | null
  allowFallbacks: boolean
}

const Own = z.object({ models: FallbackModels.nullish(), provider: ProviderPreference.nullish() })
const InHeaders = z.object({
  [MODELS_HEADER]: FallbackModels.optional(),
  [PROVIDER_ORDER_HEADER]: VendorOrder.optional(),
})

function listOf(header: string | null): string[] | undefined {
  return header
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Null where the headers say nothing, as they nearly always do. */
function readHeaders(headers: Headers) {
  const models = listOf(headers.get(MODELS_HEADER))
  const order = listOf(headers.get(PROVIDER_ORDER_HEADER))
  if (!models && !order) return null
  const said = parseWith(InHeaders, { [MODELS_HEADER]: models, [PROVIDER_ORDER_HEADER]: order } as z.infer<
    typeof InHeaders
  >)
  return { models: said[MODELS_HEADER], order: said[PROVIDER_ORDER_HEADER] }
}

const isNamed = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The request without what was meant for the platform, and what that was; null where nothing was. */
export function takeRoutingChoice(
  value: unknown,
  { headers, inBody }: { headers: Headers; inBody: boolean },
): { value: unknown; choice: RoutingChoice | null } {
  const fromHeaders = readHeaders(headers)
  const says = inBody && isRecord(value) && ('models' in value || 'provider' in value)
  if ((!says && !fromHeaders) || !isRecord(value)) return { value, choice: null }
  const { models, provider } = says ? parseWith(Own, value) : {}
  const { models: _models, provider: _provider, ...rest } = value
  const body: Record<string, unknown> = says ? rest : { ...value }
  const others = models ?? fromHeaders?.models ?? []
  // Whoever lists models need not name one of them twice.
  if ((body['model'] ?? null) === null && others.length > 0) body['model'] = others[0]
  const named = isNamed(body['model']) ? [body['model'], ...others] : others
  return {
    value: body,
    choice: {
      models: [...new Set(named)],
      order: provider?.order ?? fromHeaders?.order ?? null,
      only: provider?.only ?? null,
      ignore: provider?.ignore ?? null,
      allowFallbacks: provider?.allow_fallbacks !== false,
    },
  }
}
