// What every page of Stripe's has in common.
import type Stripe from 'stripe'
import type { BillingSystem } from '../context.ts'

type Locale = 'en' | 'ar'

/** Stripe's pages do not speak Arabic: they choose by the browser then. */
export const stripeLocale = (locale: Locale): 'en' | 'auto' => (locale === 'en' ? 'en' : 'auto')

const pageOf = (path: string | undefined, locale: Locale): string => path ?? `/${locale}/billing`

/** Where Stripe leads back to. Its own mark must stay as it is written, so the address is not put together by URL. */
export function returnAddress({
  path,
  locale,
  query,
  ctx,
}: {
  path: string | undefined
  locale: Locale
  query?: string
  ctx: Pick<BillingSystem, 'settings'>
}): string {
  const [page = '', fragment] = pageOf(path, locale).split('#')
  const separator = page.includes('?') ? '&' : '?'
  return `${ctx.settings.siteUrl}${page}${query ? `${separator}${query}` : ''}${fragment ? `#${fragment}` : ''}`
}

const taxParams = {
  automatic_tax: { enabled: true },
  tax_id_collection: { enabled: true },
  billing_address_collection: 'required',
  customer_update: { address: 'auto', name: 'auto' },
} as const satisfies Partial<Stripe.Checkout.SessionCreateParams>

export function sessionParams({
  organizationId,
  customerId,
  input,
  ctx,
}: {
  organizationId: string
  customerId: string
  input: { locale: Locale; return_path?: string | undefined }
  ctx: Pick<BillingSystem, 'settings'>
}) {
  const { locale, return_path: path } = input
  return {
    customer: customerId,
    client_reference_id: organizationId,
    locale: stripeLocale(locale),
    success_url: returnAddress({ path, locale, query: 'session_id={CHECKOUT_SESSION_ID}', ctx }),
    cancel_url: returnAddress({ path, locale, query: 'checkout=canceled', ctx }),
    ...(ctx.settings.hasTax && taxParams),
  }
}
