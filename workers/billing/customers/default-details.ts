import { BillingDetails } from '#shared/contracts/billing'
import { notFound } from '#shared/http/problems'
import { ask } from '../ask.ts'
import type { BillingSystem } from '../context.ts'
import type { BillingCustomer } from './customers-repository.ts'

/** What was said about who pays; until then, the organization and its first owner. */
export async function detailsOf({
  organizationId,
  customer,
  ctx,
}: {
  organizationId: string
  customer: BillingCustomer | null
  ctx: Pick<BillingSystem, 'organizationOf'>
}): Promise<BillingDetails> {
  const saved = BillingDetails.safeParse(customer?.details)
  if (saved.success) return saved.data
  const facts = await ask('The accounts service', () => ctx.organizationOf({ organizationId }))
  if (!facts) throw notFound('organization')
  const { name, owner } = facts
  return { name, email: owner?.email ?? null, locale: owner?.locale ?? 'en', address: null, tax_id: null }
}
