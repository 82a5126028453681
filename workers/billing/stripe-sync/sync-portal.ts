// Stripe's portal does what needs Stripe: cards, invoices, addresses and tax ids. Plans are changed on our own pages,
// which show what it costs and what becomes of the credit.
import type Stripe from 'stripe'
import { write, type SyncContext } from './context.ts'

const MARK = 'riwaq_portal'
const allowed = ['name', 'email', 'address', 'tax_id'] as const

const features = {
  customer_update: { enabled: true, allowed_updates: [...allowed] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: false },
  subscription_update: { enabled: false },
} satisfies Stripe.BillingPortal.ConfigurationCreateParams.Features

async function presentConfiguration({ stripe }: SyncContext) {
  let standard: Stripe.BillingPortal.Configuration | null = null
  for await (const each of stripe.billingPortal.configurations.list({ active: true, limit: 100 })) {
    if (each.metadata?.[MARK]) return each
    if (each.is_default) standard = each
  }
  return standard
}

function differences(present: Stripe.BillingPortal.Configuration, returnUrl: string | null): string[] {
  const updates = [...present.features.customer_update.allowed_updates].toSorted().join()
  return [
    ...Object.entries(features)
      .filter(([name, { enabled }]) => present.features[name as keyof typeof features].enabled !== enabled)
      .map(([name]) => name),
    ...(updates === [...allowed].toSorted().join() ? [] : ['customer_update.allowed_updates']),
    ...(returnUrl !== null && present.default_return_url !== returnUrl ? ['default_return_url'] : []),
    ...(present.metadata?.[MARK] ? [] : ['metadata']),
  ]
}

/** The account's own configuration where it has one, so that every session of the portal has it. */
export async function syncPortal({
  returnUrl,
  ctx,
}: {
  returnUrl: string | null
  ctx: SyncContext
}): Promise<string | null> {
  const params = {
    features,
    metadata: { [MARK]: '1' },
    ...(returnUrl !== null && { default_return_url: returnUrl }),
  }
  const present = await presentConfiguration(ctx)
  if (!present) {
    const made = await write(ctx, { kind: 'portal', name: 'portal', action: 'create', fields: [] }, (options) =>
      ctx.stripe.billingPortal.configurations.create(params, options),
    )
    return made?.id ?? null
  }
  const fields = differences(present, returnUrl)
  if (fields.length > 0)
    await write(ctx, { kind: 'portal', name: 'portal', action: 'update', fields }, (options) =>
      ctx.stripe.billingPortal.configurations.update(present.id, params, options),
    )
  return present.id
}
