// The hosted page of an invoice: what it asks, and a way to pay it.
import type { Engine } from '../engine.ts'
import { StripeError } from '../errors.ts'
import type { Invoice } from '../tables.ts'
import { payInvoice } from '../billing/invoice-pay.ts'
import { invoicePdf } from '../billing/invoice-pdf.ts'
import {
  cardFields,
  declineText,
  errorLine,
  methodOf,
  readCard,
  testCards,
  typedInto,
  type FieldError,
  type Typed,
} from './card-form.ts'
import { html, type Html } from './html.ts'
import { notFound, page, redirect, toResponse } from './layout.ts'
import { date, money, readerFor, type Reader } from './locale.ts'

interface Visit {
  engine: Engine
  invoice: Invoice
  reader: Reader
}

function sums({ invoice, reader: { t, locale } }: Visit): Html {
  const sum = (amount: number) => money({ amount, currency: invoice.currency, locale })
  const row = (label: string, amount: number, className = '') =>
    html`<div class="${className}">
      <dt>${label}</dt>
      <dd>${sum(amount)}</dd>
    </div>`
  const taxes = (invoice.total_taxes ?? []).reduce((all, { amount }) => all + amount, 0)
  const discounts = (invoice.total_discount_amounts ?? []).reduce((all, { amount }) => all + amount, 0)
  return html`<section>
    <p class="soft">${date(invoice.created, locale)} · ${t.statuses[invoice.status ?? 'draft']}</p>
    <p>${t.billedTo}: ${invoice.customer_name ?? invoice.customer_email ?? ''}</p>
    <dl class="rows">
      ${invoice.lines.data.map((line) => row(line.description ?? '', line.amount))} ${row(t.subtotal, invoice.subtotal)}
      ${discounts > 0 && row(t.discount, -discounts)} ${row(t.tax, taxes)} ${row(t.amount, invoice.amount_due, 'sum')}
    </dl>
  </section>`
}

function savedCard({ engine, invoice }: Visit) {
  const customer = invoice.customer ? engine.store.get('customer', invoice.customer) : undefined
  const id = invoice.default_payment_method ?? customer?.invoice_settings.default_payment_method
  return id ? engine.store.get('payment_method', id) : undefined
}

function payment(visit: Visit, typed: Typed, error: FieldError | null): Html {
  const { invoice, reader } = visit
  const { t, locale } = reader
  if (invoice.status !== 'open')
    return html`<section>${invoice.status === 'paid' ? t.invoicePaid : t.invoiceClosed}</section>`
  const saved = savedCard(visit)
  const amount = money({ amount: invoice.amount_remaining, currency: invoice.currency, locale })
  return html`<section>
    <h2>${t.payWithCard}</h2>
    ${errorLine(error)}
    ${
      saved?.card &&
      html`<form method="post">
          <button name="saved" value="yes">${t.payWithSaved(saved.card.brand, saved.card.last4)}</button>
        </form>
        <hr />`
    }
    <form method="post" novalidate>
      ${cardFields({ reader, typed, error })}
      <button>${t.pay(amount)}</button>
    </form>
  </section>`
}

function show(visit: Visit, typed: Typed = {}, error: FieldError | null = null): Response {
  const { invoice, reader } = visit
  const document = page({
    reader,
    title: reader.t.invoiceTitle(invoice.number ?? invoice.id),
    elsewhere: `/i/${invoice.id}?lang=${reader.locale === 'ar' ? 'en' : 'ar'}`,
    body: html`<div class="two">${sums(visit)} ${payment(visit, typed, error)}</div>
      ${invoice.status === 'open' && testCards(reader)}`,
  })
  return toResponse(document, error ? 422 : 200)
}

function methodFor(visit: Visit, typed: Typed): string | FieldError {
  const { engine, invoice, reader } = visit
  const saved = typed.saved ? savedCard(visit) : undefined
  if (saved) return saved.id
  const card = readCard(typed, engine.now(invoice))
  return 'error' in card ? { field: card.field, text: reader.t[card.error] } : methodOf(engine, card, typed)
}

function intentOf(engine: Engine, invoice: string) {
  const payments = engine.store.list('invoice_payment').filter((each) => each.invoice === invoice)
  const id = payments[0]?.payment.payment_intent
  return typeof id === 'string' ? engine.store.get('payment_intent', id) : undefined
}

function pay(visit: Visit, typed: Typed): Response {
  const { engine, invoice, reader } = visit
  const method = methodFor(visit, typed)
  if (typeof method !== 'string') return show(visit, typed, method)
  try {
    const after = payInvoice(engine, invoice.id, { paymentMethod: method, offSession: false })
    if (after.status === 'paid') return redirect(`/i/${invoice.id}?lang=${reader.locale}`)
  } catch (error) {
    if (error instanceof StripeError) return show(visit, typed, { field: '', text: error.message })
    throw error
  }
  const intent = intentOf(engine, invoice.id)
  if (intent?.status === 'requires_action')
    return redirect(`/3ds/${intent.id}?lang=${reader.locale}&back=/i/${invoice.id}`)
  const text = declineText(intent?.last_payment_error?.decline_code, reader)
  return show({ ...visit, invoice: engine.need('invoice', invoice.id) }, typed, { field: 'card_number', text })
}

const paper = (invoice: Invoice) =>
  new Response(invoicePdf(invoice), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${invoice.number ?? invoice.id}.pdf"`,
    },
  })

/** `/i/<id>` and `/i/<id>/pdf` */
export async function invoiceRoute(engine: Engine, request: Request, [id = '', part]: string[]): Promise<Response> {
  const typed = request.method === 'POST' ? await typedInto(request) : {}
  const reader = readerFor(request, null)
  const invoice = engine.store.get('invoice', id)
  if (!invoice || invoice.status === 'draft') return notFound(reader)
  if (part === 'pdf') return paper(invoice)
  const visit: Visit = { engine, invoice, reader }
  return request.method === 'POST' && invoice.status === 'open' ? pay(visit, typed) : show(visit)
}
