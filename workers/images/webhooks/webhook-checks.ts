// Whether a message is from the vendor that its address names.
import { isLocalPlatform } from '#shared/lib/local-platform'
import { createFalWebhook } from '#shared/providers/fal/webhook'
import { createReplicateWebhook } from '#shared/providers/replicate/webhook'
import type { WebhookCheck } from '#shared/providers/spec/image-model'
import type { WebhookVendor } from './webhook-url.ts'

export interface WebhookSettings {
  PUBLIC_URL?: string
  FAL_JWKS_URL?: string
  REPLICATE_WEBHOOK_SECRET?: string
}

/** Nobody can sign what nobody shares a secret for. */
const nobody: WebhookCheck = { verify: () => Promise.resolve(false) }

const makers: Record<WebhookVendor, (settings: WebhookSettings) => WebhookCheck> = {
  fal: ({ FAL_JWKS_URL, PUBLIC_URL }) =>
    createFalWebhook({ ...(FAL_JWKS_URL && { jwksUrl: FAL_JWKS_URL }), local: isLocalPlatform(PUBLIC_URL) }),
  replicate: ({ REPLICATE_WEBHOOK_SECRET: secret }) => (secret ? createReplicateWebhook({ secret }) : nobody),
}

const made = new WeakMap<WebhookSettings, Partial<Record<WebhookVendor, WebhookCheck>>>()

/** One for an isolate: a vendor's public keys are read once. */
export function webhookCheckOf(vendor: WebhookVendor, settings: WebhookSettings): WebhookCheck {
  const checks = made.get(settings) ?? {}
  made.set(settings, checks)
  return (checks[vendor] ??= makers[vendor](settings))
}
