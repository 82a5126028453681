import type { Invoice } from '../tables.ts'
import { dateText, moneyText } from './money-text.ts'
import { pdfOf, type PdfRow } from './pdf.ts'

const left = 56
const right = 539

/** An invoice on paper, in English as Stripe's own where no other language was chosen. */
export function invoicePdf(invoice: Invoice): Uint8Array {
  const money = (amount: number) => moneyText({ amount, currency: invoice.currency })
  const row = (label: string, amount: number, bold = false): PdfRow => [
    { text: label, x: 330, bold },
    { text: money(amount), x: right, right: true, bold },
  ]
  const plain = (text: string): PdfRow => [{ text, x: left }]
  const discount = (invoice.total_discount_amounts ?? []).reduce((all, each) => all + each.amount, 0)
  const taxes = (invoice.total_taxes ?? []).reduce((all, each) => all + each.amount, 0)
  const taxIds = (invoice.customer_tax_ids ?? []).map(({ type, value }) => plain(`${type}: ${value ?? ''}`))
  const isReverse = (invoice.total_taxes ?? []).some((tax) => tax.taxability_reason === 'reverse_charge')
  return pdfOf([
    [{ text: 'Invoice', x: left, size: 20, bold: true }],
    [],
    plain(`Invoice number: ${invoice.number ?? invoice.id}`),
    plain(`Date of issue: ${dateText(invoice.effective_at ?? invoice.created)}`),
    ...(invoice.due_date === null ? [] : [plain(`Date due: ${dateText(invoice.due_date)}`)]),
    [],
    [{ text: 'Bill to', x: left, bold: true }],
    plain(invoice.customer_name ?? invoice.customer_email ?? ''),
    ...[invoice.customer_address?.line1, invoice.customer_address?.city, invoice.customer_address?.country].flatMap(
      (part) => (part ? [plain(part)] : []),
    ),
    ...taxIds,
    [],
    [
      { text: 'Description', x: left, bold: true },
      { text: 'Amount', x: right, right: true, bold: true },
    ],
    ...invoice.lines.data.map((line): PdfRow => [
      { text: (line.description ?? '').slice(0, 78), x: left },
      { text: money(line.amount), x: right, right: true },
    ]),
    [],
    row('Subtotal', invoice.subtotal),
    ...(discount > 0 ? [row('Discount', -discount)] : []),
    ...(invoice.automatic_tax.enabled ? [row('Tax', taxes)] : []),
    row('Total', invoice.total),
    ...(invoice.amount_paid > 0 ? [row('Amount paid', invoice.amount_paid)] : []),
    row('Amount due', invoice.amount_remaining, true),
    ...(isReverse ? [[], plain('Tax to be paid on reverse charge basis')] : []),
    ...(invoice.footer ? [[], plain(invoice.footer)] : []),
  ])
}
