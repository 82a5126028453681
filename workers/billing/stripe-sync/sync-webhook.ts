import type Stripe from 'stripe'
import { write, type SyncContext } from './context.ts'

export type EventName = Stripe.WebhookEndpointCreateParams.EnabledEvent

interface Wanted {
  url: string
  events: readonly EventName[]
  apiVersion: Stripe.WebhookEndpointCreateParams.ApiVersion
  ctx: SyncContext
}

const listed = (events: readonly string[]) => events.toSorted().join()

/** The secret is told by Stripe once, when the endpoint is made; null at any other time. */
export async function syncWebhook({ url, events, apiVersion, ctx }: Wanted): Promise<{ secret: string | null }> {
  let present: Stripe.WebhookEndpoint | null = null
  for await (const each of ctx.stripe.webhookEndpoints.list({ limit: 100 })) if (each.url === url) present = each
  if (!present) {
    const made = await write(ctx, { kind: 'webhook', name: url, action: 'create', fields: [] }, (options) =>
      ctx.stripe.webhookEndpoints.create(
        { url, enabled_events: [...events], api_version: apiVersion, description: 'Riwaq' },
        options,
      ),
    )
    return { secret: made?.secret ?? null }
  }
  if (present.api_version !== null && present.api_version !== apiVersion)
    ctx.warn(
      `The webhook endpoint speaks version ${present.api_version} of Stripe’s API, we ${apiVersion}. Delete it at Stripe and run again: it is made anew, with a new secret.`,
    )
  const fields = [
    ...(listed(present.enabled_events) === listed(events) ? [] : ['enabled_events']),
    ...(present.status === 'disabled' ? ['disabled'] : []),
  ]
  const { id } = present
  if (fields.length > 0)
    await write(ctx, { kind: 'webhook', name: url, action: 'update', fields }, (options) =>
      ctx.stripe.webhookEndpoints.update(id, { enabled_events: [...events], disabled: false }, options),
    )
  return { secret: null }
}
