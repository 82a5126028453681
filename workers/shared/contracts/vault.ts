// Vendors' keys that an organization brings: on the wire (/api/provider-keys) and between Workers.
import { z } from 'zod'
import type { VendorId } from './model.ts'
import { pageOf } from './page.ts'

/** Vendors that sell keys to whoever asks; the rest of ours are bindings of the platform. */
export const providerKeyVendors = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'deepseek',
  'xai',
  'groq',
  'compatible',
] as const satisfies readonly VendorId[]
export type ProviderKeyVendor = (typeof providerKeyVendors)[number]

/** It travels in a header, so it is letters that a header can carry. */
const ApiKeyText = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .regex(/^[\x21-\x7e]+$/, 'must be the key alone, without spaces')

const OwnModel = z
  .object({
    id: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[\x21-\x7e]+$/, 'must be a model’s name, without spaces'),
    kind: z.enum(['language', 'embedding', 'image']).default('language'),
    context_tokens: z.number().int().min(1).max(10_000_000).default(32_768),
    max_output_tokens: z.number().int().min(1).max(10_000_000).default(8_192),
  })
  .strict()
export type OwnModel = z.infer<typeof OwnModel>

const fields = {
  vendor: z.enum(providerKeyVendors),
  base_url: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .nullable()
    .describe('where the vendor’s API is, if not at its usual address: a public https address'),
  models: z
    .array(OwnModel)
    .min(1)
    .max(50)
    .nullable()
    .describe('what a server of one’s own (`compatible`) offers; null for every other vendor'),
}

export const CreateProviderKey = z
  .object({
    vendor: fields.vendor,
    api_key: ApiKeyText.describe('kept encrypted; never shown again'),
    base_url: fields.base_url.default(null),
    models: fields.models.default(null),
  })
  .strict()
export type CreateProviderKey = z.infer<typeof CreateProviderKey>

export const ProviderKey = z.object({
  id: z.string(),
  vendor: fields.vendor,
  hint: z.string().describe('the last characters of the key, to tell it by'),
  base_url: z.string().nullable(),
  models: z.array(OwnModel).nullable(),
  created_by: z.string().describe('the member who added it'),
  created_at: z.number().int(),
  last_used_at: z.number().int().nullable(),
})
export type ProviderKey = z.infer<typeof ProviderKey>

export const ProviderKeyPage = pageOf(ProviderKey)

/**
 * refused: the vendor does not take this key. unreachable: no answer. misunderstood: an answer, but not a list of
 * models. unreadable: the platform cannot open the key any more; replace it.
 */
export const providerKeyFaults = ['refused', 'unreachable', 'misunderstood', 'unreadable'] as const

export const ProviderKeyTest = z.object({
  ok: z.boolean(),
  fault: z.enum(providerKeyFaults).nullable(),
  status: z.number().int().nullable().describe('the vendor’s answer'),
  models: z.number().int().nullable().describe('how many models the vendor offers with this key'),
})
export type ProviderKeyTest = z.infer<typeof ProviderKeyTest>

/** A key as the one who calls the vendor needs it. It is kept in memory alone and never logged. */
export interface OpenedProviderKey {
  vendor: ProviderKeyVendor
  keyId: string
  apiKey: string
  baseURL?: string
  models?: OwnModel[]
}

/** The named entrypoint `VaultRpc`: for the Workers that call vendors. */
export interface VaultQuestions {
  /** Those that can be opened; one that cannot is left out and said in the log. */
  providerKeysOf(input: { organizationId: string }): Promise<OpenedProviderKey[]>
  /** Said now and then by who uses them, to be shown. */
  markUsed(input: { organizationId: string; keyId: string }): Promise<void>
}
