// Who pays, as it stands on invoices.
import type Stripe from 'stripe'
import type { BillingDetails } from '#shared/contracts/billing'
import { invalidRequest } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import type { BillingContext, BillingSystem } from '../context.ts'
import { findCustomer, updateCustomer } from '../customers/customers-repository.ts'
import { detailsOf } from '../customers/default-details.ts'
import { addressParams, ensureCustomer } from '../customers/ensure-customer.ts'
import { requireBuyer } from '../require-buyer.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing, refusalOf, tellStripe } from '../stripe.ts'
import { fold } from '../sync/fold.ts'
import { faultOfTaxId, plainTaxId } from './tax-ids.ts'

export async function readDetails({ ctx }: { ctx: BillingContext }): Promise<BillingDetails> {
  const { organizationId } = requirePermission(ctx.principal, 'billing.read')
  return detailsOf({ organizationId, customer: await findCustomer({ organizationId, ctx }), ctx })
}

const TAX_ID = 'tax_id.value'

function checked(input: BillingDetails): BillingDetails {
  if (!input.tax_id) return input
  const fault = faultOfTaxId(input.tax_id)
  if (fault) throw invalidRequest(`${TAX_ID}: ${fault}`, TAX_ID)
  return { ...input, tax_id: { type: input.tax_id.type, value: plainTaxId(input.tax_id.value) } }
}

interface Told {
  customerId: string
  details: BillingDetails
  ctx: BillingSystem
}

async function createTaxId({ customerId, details: { tax_id: taxId }, ctx }: Told): Promise<void> {
  if (!taxId) return
  const idempotencyKey = `tax-id:${customerId}:${await fold(`${taxId.type} ${taxId.value}`)}:${ctx.createId('request')}`
  try {
    const params = taxId as Stripe.CustomerCreateTaxIdParams
    expectObject(
      await askStripe(() => stripeOf(ctx).customers.createTaxId(customerId, params, { idempotencyKey })),
      'tax_id',
    )
  } catch (error) {
    if (refusalOf(error) === null) throw error
    throw invalidRequest(`${TAX_ID}: the payment service does not take this number`, TAX_ID)
  }
}

/** The new one first: should it be refused, the one before still stands. */
async function tellTaxId(told: Told): Promise<void> {
  const { customerId, details, ctx } = told
  const { customers } = stripeOf(ctx)
  const { data } = expectObject(await askStripe(() => customers.listTaxIds(customerId, { limit: 100 })), 'list')
  const isWanted = ({ type, value }: Stripe.TaxId) =>
    type === details.tax_id?.type && plainTaxId(value) === details.tax_id.value
  if (!data.some(isWanted)) await createTaxId(told)
  for (const each of data.filter((taxId) => !isWanted(taxId))) {
    try {
      await askStripe(() => customers.deleteTaxId(customerId, each.id))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
}

async function tellCustomer({ customerId, details, ctx }: Told): Promise<void> {
  const { name, email, locale } = details
  const params: Stripe.CustomerUpdateParams = {
    name: name ?? '',
    email: email ?? '',
    preferred_locales: [locale],
    address: addressParams(details) ?? '',
  }
  // Setting is repeatable: the key only keeps one request that the network repeats from being two.
  const idempotencyKey = `details:${customerId}:${ctx.createId('request')}`
  const updated = await tellStripe(() => stripeOf(ctx).customers.update(customerId, params, { idempotencyKey }))
  expectObject(updated, 'customer')
}

export async function writeDetails({
  input,
  ctx,
}: {
  input: BillingDetails
  ctx: BillingContext
}): Promise<BillingDetails> {
  const { organizationId, actor } = requireBuyer(ctx)
  const details = checked(input)
  const { id: customerId } = await ensureCustomer({ organizationId, ctx })
  const facts = { country: details.address?.country ?? null, tax_id_type: details.tax_id?.type ?? null }
  await ctx.audit({ organizationId, actor, action: 'billing-details.updated', targetId: customerId, facts })
  await tellTaxId({ customerId, details, ctx })
  await tellCustomer({ customerId, details, ctx })
  // An answer of Stripe's from before this is not to replace it.
  await updateCustomer({ organizationId, change: { details, syncedAt: ctx.clock() }, ctx })
  return details
}
