// What an organization decides for all its paid calls. It lives in its Ledger, because `admit()` is asked anyway:
// a caller says which version it acted on and is told where that is not the present one.
import { z } from 'zod'
import { personalDataKinds, secretKinds } from './guardrail-kinds.ts'
import { vendorIds } from './model.ts'

export const VendorName = z.enum(vendorIds)
const ModelName = z.string().trim().min(1).max(200)

/** What a guardrail does with what it finds. */
export const GuardrailAction = z.enum(['block', 'mask', 'flag'])
/** Where it looks: at what is sent to the model, at what comes back, or at both. */
export const GuardrailStage = z.enum(['input', 'output', 'both'])

export { personalDataKinds, secretKinds }

const stage = GuardrailStage.default('both')

export const Guardrail = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('words'),
      /** Whole words or phrases; Arabic is compared folded. */
      words: z.array(z.string().trim().min(1).max(200)).min(1).max(2_000),
      action: GuardrailAction,
      stage,
    })
    .strict(),
  z
    .object({
      type: z.literal('personal-data'),
      kinds: z
        .array(z.enum(personalDataKinds))
        .min(1)
        .default([...personalDataKinds]),
      action: GuardrailAction,
      stage,
    })
    .strict(),
  z
    .object({
      type: z.literal('secrets'),
      kinds: z
        .array(z.enum(secretKinds))
        .min(1)
        .default([...secretKinds]),
      action: GuardrailAction,
      stage,
    })
    .strict(),
  z
    .object({
      type: z.literal('moderation'),
      /** A moderation model's id; null: the first that is configured. */
      model: ModelName.nullable().default(null),
      action: z.enum(['block', 'flag']),
      stage,
    })
    .strict(),
])
export type Guardrail = z.infer<typeof Guardrail>

/** One name for several models: the first that answers (`fallback`) or one by weight, then the others (`balance`). */
export const ModelRoute = z
  .object({
    name: ModelName.regex(/^[a-z0-9][a-z0-9._/-]*$/i),
    strategy: z.enum(['fallback', 'balance']).default('fallback'),
    targets: z
      .array(z.object({ model: ModelName, weight: z.number().int().min(1).max(1_000).default(1) }).strict())
      .min(1)
      .max(8),
  })
  .strict()
export type ModelRoute = z.infer<typeof ModelRoute>

export const RequestLogPolicy = z
  .object({
    /** How many of a hundred requests are kept. */
    sample_percent: z.number().int().min(0).max(100),
    /** none: ids, counts and times alone. redacted: the texts with personal data and secrets masked. */
    content: z.enum(['none', 'redacted', 'full']),
    retention_days: z.number().int().min(1).max(365),
  })
  .strict()

export const OrganizationPolicy = z
  .object({
    /** Full ids; null: every model that the platform offers. */
    allowed_models: z.array(ModelName).min(1).max(500).nullable().default(null),
    /** Vendors that may see this organization's data; null: every one that is configured. */
    allowed_vendors: z.array(VendorName).min(1).nullable().default(null),
    /** Nothing of any request or answer is kept: no log, no cache, no stored responses, no replay of answers. */
    zero_retention: z.boolean().default(false),
    request_log: RequestLogPolicy.default({ sample_percent: 0, content: 'none', retention_days: 30 }),
    /** How long `/v1/responses` can be continued by `previous_response_id`; 0: they are not kept. */
    response_retention_days: z.number().int().min(0).max(365).default(30),
    guardrails: z.array(Guardrail).max(20).default([]),
    routes: z.array(ModelRoute).max(100).default([]),
    /** Whether the platform's key, at the platform's price, takes over where one that the organization brought fails. */
    provider_key_fallback: z.boolean().default(false),
  })
  .strict()
export type OrganizationPolicy = z.infer<typeof OrganizationPolicy>

export interface PolicySnapshot {
  /** Counts up with every change; 0: nothing was ever decided. */
  version: number
  policy: OrganizationPolicy
  /** Which vendors the organization brings a key of its own for. The keys themselves are in the vault. */
  providerKeys: { vendor: (typeof vendorIds)[number]; keyId: string }[]
}

export const defaultPolicy: OrganizationPolicy = OrganizationPolicy.parse({})
export const noPolicy: PolicySnapshot = { version: 0, policy: defaultPolicy, providerKeys: [] }
