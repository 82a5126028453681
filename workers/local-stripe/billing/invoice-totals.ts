// Everything on an invoice that follows from its lines, its discounts and where its customer lives.
import type { Engine } from '../engine.ts'
import { sellerCountryOf } from '../resources/tax-settings.ts'
import type { Customer, Discount, Invoice, TaxRate } from '../tables.ts'
import { termsOf } from './customer-discounts.ts'
import { lineTaxBehavior, type InvoiceLine } from './invoice-lines.ts'
import { taxDecision, type TaxDecision, type TaxedCustomer } from './tax.ts'
import { settlement, totals, type LineTotals } from './totals.ts'

export function taxedCustomer(engine: Engine, customer: Customer): TaxedCustomer {
  const taxIds = engine.store.list('tax_id', { customer: customer.id })
  return {
    country: customer.address?.country ?? customer.shipping?.address?.country ?? null,
    exempt: customer.tax_exempt ?? 'none',
    taxIds: taxIds.map(({ type, value, verification }) => ({
      type,
      value,
      verification: verification?.status ?? null,
    })),
  }
}

export const decideTax = (engine: Engine, customer: TaxedCustomer): TaxDecision =>
  taxDecision({ customer, sellerCountry: sellerCountryOf(engine) })

/** One rate for a country and the way prices are written. */
function taxRateOf(engine: Engine, { tax, inclusive }: { tax: TaxDecision; inclusive: boolean }): TaxRate {
  const country = tax.country ?? 'XX'
  const id = `txr_local${country}${tax.rate}${tax.reason.replaceAll('_', '')}${inclusive ? 'inclusive' : 'exclusive'}`
  const known = engine.store.get('tax_rate', id)
  if (known) return known
  const rate: TaxRate = {
    id,
    object: 'tax_rate',
    active: false,
    country,
    created: engine.now(),
    description: null,
    display_name: 'VAT',
    effective_percentage: tax.rate / 100,
    flat_amount: null,
    inclusive,
    jurisdiction: country,
    jurisdiction_level: 'country',
    livemode: false,
    metadata: {},
    percentage: tax.rate / 100,
    rate_type: 'percentage',
    state: null,
    tax_type: 'vat',
  }
  engine.store.put('tax_rate', rate)
  return rate
}

type LineTax = NonNullable<InvoiceLine['taxes']>[number]

function taxesOf(
  engine: Engine,
  { tax, behavior, line }: { tax: TaxDecision | null; behavior: 'inclusive' | 'exclusive'; line: LineTotals },
): LineTax[] {
  if (!tax || tax.status !== 'complete') return []
  const rate = taxRateOf(engine, { tax, inclusive: behavior === 'inclusive' })
  return [
    {
      amount: line.tax,
      tax_behavior: behavior,
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: tax.reason,
      taxable_amount: tax.rate === 0 ? 0 : line.taxableAmount,
      type: 'tax_rate_details',
    },
  ]
}

function sumTaxes(taxes: LineTax[]): LineTax[] {
  const byRate = new Map<string, LineTax>()
  for (const tax of taxes) {
    const key = tax.tax_rate_details?.tax_rate ?? ''
    const before = byRate.get(key)
    byRate.set(
      key,
      before
        ? {
            ...before,
            amount: before.amount + tax.amount,
            taxable_amount: (before.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
          }
        : tax,
    )
  }
  return [...byRate.values()]
}

export interface TotalsContext {
  discounts: Discount[]
  customer: TaxedCustomer
  balance: number
  at: number
}

function withTotals(
  engine: Engine,
  { line, amounts, tax }: { line: InvoiceLine; amounts: LineTotals; tax: TaxDecision | null },
): InvoiceLine {
  const discounts = amounts.discounts.filter(({ amount }) => amount !== 0)
  return {
    ...line,
    discount_amounts: discounts,
    discounts: discounts.map(({ discount }) => discount),
    pretax_credit_amounts: discounts.map(({ amount, discount }) => ({ amount, discount, type: 'discount' })),
    taxes: taxesOf(engine, { tax, behavior: lineTaxBehavior(engine, line), line: amounts }),
  }
}

/** Computes a draft or a preview anew; what was finalized is never computed again. */
export function withInvoiceTotals(engine: Engine, invoice: Invoice, context: TotalsContext): Invoice {
  const tax = invoice.automatic_tax.enabled ? decideTax(engine, context.customer) : null
  const result = totals({
    lines: invoice.lines.data.map((line) => ({
      amount: line.amount,
      discountable: line.discountable,
      product: line.pricing?.price_details?.product ?? null,
      taxBehavior: lineTaxBehavior(engine, line),
    })),
    discounts: termsOf(engine, { discounts: context.discounts, at: context.at, currency: invoice.currency }),
    tax,
  })
  const lines = invoice.lines.data.flatMap((line, index) => {
    const amounts = result.lines[index]
    return amounts ? [withTotals(engine, { line, amounts, tax })] : []
  })
  const settled = settlement({ total: result.total, balance: context.balance, currency: invoice.currency })
  return {
    ...invoice,
    amount_due: settled.amountDue,
    amount_remaining: settled.amountDue,
    automatic_tax: {
      ...invoice.automatic_tax,
      provider: tax ? 'stripe' : null,
      status: tax ? tax.status : null,
    },
    discounts: context.discounts.map(({ id }) => id),
    lines: { ...invoice.lines, data: lines },
    starting_balance: settled.startingBalance,
    subtotal: result.subtotal,
    subtotal_excluding_tax: result.subtotalExcludingTax,
    total: result.total,
    total_discount_amounts: result.discounts,
    total_excluding_tax: result.totalExcludingTax,
    total_pretax_credit_amounts: result.discounts.map(({ amount, discount }) => ({
      amount,
      discount,
      type: 'discount',
    })),
    total_taxes: sumTaxes(lines.flatMap(({ taxes }) => taxes ?? [])),
  }
}
