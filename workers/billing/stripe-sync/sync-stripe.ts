// Makes a Stripe account know what is sold here. Nothing is remembered between runs: what is there is found by our own
// names, so a run that broke is simply run again, and one that finds everything in place changes nothing.
import type Stripe from 'stripe'
import type { Catalogue } from './catalogue.ts'
import type { Change, SyncContext } from './context.ts'
import { syncCoupons } from './sync-coupons.ts'
import { syncMeter } from './sync-meter.ts'
import { syncPortal } from './sync-portal.ts'
import { syncPrices, type SyncedPrice } from './sync-prices.ts'
import { syncProducts } from './sync-products.ts'
import { syncTax } from './sync-tax.ts'
import { syncWebhook, type EventName } from './sync-webhook.ts'
import { overagePrices, wantedPrices, wantedProducts } from './wanted.ts'

export interface SyncInput {
  stripe: Stripe
  catalogue: Catalogue
  /** Where the platform is reached from outside; null: no webhook, because Stripe could not reach it. */
  publicUrl: string | null
  events: readonly EventName[]
  apiVersion: Stripe.WebhookEndpointCreateParams.ApiVersion
  /** What a micro of overage costs, in each currency, as a part of its smallest unit. */
  overageRates: Record<string, string>
  tax: { on: boolean; code: string }
  runId: string
  dryRun: boolean
  onChange?: (change: Change) => void
}

export interface SyncReport {
  changes: Change[]
  warnings: string[]
  prices: SyncedPrice[]
  portalId: string | null
  webhookSecret: string | null
}

export async function syncStripe(input: SyncInput): Promise<SyncReport> {
  const { stripe, catalogue, publicUrl, runId, dryRun } = input
  const changes: Change[] = []
  const warnings: string[] = []
  const ctx: SyncContext = {
    stripe,
    runId,
    dryRun,
    changed: (change) => {
      changes.push(change)
      input.onChange?.(change)
    },
    warn: (sentence) => void warnings.push(sentence),
  }
  await syncProducts(wantedProducts(catalogue), { taxCode: input.tax.code, ctx })
  const prices = await syncPrices(wantedPrices(catalogue), { ctx })
  const meterId = await syncMeter(ctx)
  prices.push(...(await syncPrices(overagePrices(input.overageRates), { meterId, ctx })))
  if (input.tax.on) await syncTax({ taxCode: input.tax.code, ctx })
  const portalId = await syncPortal({ returnUrl: publicUrl === null ? null : `${publicUrl}/en/billing`, ctx })
  await syncCoupons(catalogue.coupons, ctx)
  // Last: what it brings can be understood only when everything else is there.
  const { secret } =
    publicUrl === null
      ? { secret: null }
      : await syncWebhook({
          url: `${publicUrl}/webhooks/stripe`,
          events: input.events,
          apiVersion: input.apiVersion,
          ctx,
        })
  return { changes, warnings, prices, portalId, webhookSecret: secret }
}
