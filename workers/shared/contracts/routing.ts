// How one request says which models and vendors may answer it. These parameters are the platform's own: no vendor
// is ever sent them.
import { z } from 'zod'
import { VendorName } from './policy.ts'

export const MAX_FALLBACK_MODELS = 8

export const FallbackModels = z
  .array(z.string().trim().min(1).max(200))
  .min(1)
  .max(MAX_FALLBACK_MODELS)
  .describe('Models to try one after the other, before the first byte. After `model`, where that is said as well.')

export const VendorOrder = z.array(VendorName).min(1).max(20)

export const ProviderPreference = z
  .object({
    order: VendorOrder.nullish().describe('These vendors first, in this order.'),
    only: VendorOrder.nullish().describe('No vendor but these.'),
    ignore: VendorOrder.nullish().describe('None of these vendors.'),
    allow_fallbacks: z.boolean().nullish().describe('`false`: nobody but the first that applies is asked.'),
  })
  .strict()
export type ProviderPreference = z.infer<typeof ProviderPreference>
