// The hosted page of a checkout session.
import type { Quote, QuotedLine } from '../checkout/quote.ts'
import type { CheckoutSession } from '../tables.ts'
import { cardFields, errorLine, field, testCards, type FieldError, type Typed } from './card-form.ts'
import { html, type Html } from './html.ts'
import { page } from './layout.ts'
import { countryNames, date, money, type Reader } from './locale.ts'

const taxIdTypes = ['sa_vat', 'ae_trn', 'bh_vat', 'om_vat', 'eg_tin', 'eu_vat', 'gb_vat', 'us_ein']

function lineView(line: QuotedLine, quote: Quote, { t, locale }: Reader): Html {
  const every = line.price.recurring
  const interval = every && t.perInterval[every.interval as keyof typeof t.perInterval]
  const what = line.quantity === null ? t.byUse : `${t.quantity}: ${line.quantity}`
  return html`<div>
    <dt>${line.name}<br /><span class="soft">${what}${interval && `${t.comma} ${interval}`}</span></dt>
    <dd>${money({ amount: line.subtotal, currency: quote.currency, locale })}</dd>
  </div>`
}

/** What is bought, with its sums: it is renewed by itself when the address or the code changes. */
export function summaryView(quote: Quote, reader: Reader): Html {
  const { t, locale } = reader
  const row = (label: string, amount: number, className = '') =>
    html`<div class="${className}">
      <dt>${label}</dt>
      <dd>${money({ amount, currency: quote.currency, locale })}</dd>
    </div>`
  return html`<h2>${t.yourOrder}</h2>
    <dl class="rows">
      ${quote.lines.map((line) => lineView(line, quote, reader))} ${row(t.subtotal, quote.subtotal)}
      ${quote.discount > 0 && row(t.discount, -quote.discount)}
      ${quote.taxStatus === 'complete' && row(t.tax, quote.tax)} ${row(t.dueToday, quote.total, 'sum')}
    </dl>
    ${quote.taxStatus === 'requires_location_inputs' && html`<p class="soft">${t.taxLater}</p>`}
    ${quote.trialEnd !== null && html`<p class="soft">${t.thenAfterTrial(date(quote.trialEnd, locale))}</p>`}`
}

export interface CheckoutView {
  session: CheckoutSession
  quote: Quote
  reader: Reader
  typed: Typed
  error: FieldError | null
  needsCard: boolean
  /** Known already, so that it is not asked. */
  email: string | null
}

function addressFields({ session, reader, typed, error }: CheckoutView): Html {
  const { t, locale } = reader
  const isWhole = session.billing_address_collection === 'required'
  return html`<label
      >${t.country}
      <select name="country" required autocomplete="country" data-renews>
        <option value="">${t.chooseCountry}</option>
        ${countryNames(locale).map(
          ({ code, name }) =>
            html`<option value="${code}" ${code === typed.country && html`selected`}>${name}</option>`,
        )}
      </select>
    </label>
    ${
      isWhole &&
      html`${field({ name: 'line1', label: t.addressLine, value: typed.line1, error, more: html`required autocomplete="address-line1"` })}
        <div class="pair">
          ${field({ name: 'city', label: t.city, value: typed.city, error, more: html`required autocomplete="address-level2"` })}
          ${field({ name: 'postal_code', label: t.postalCode, value: typed.postal_code, more: html`autocomplete="postal-code" dir="ltr"` })}
        </div>`
    }`
}

const taxIdFields = ({ reader: { t }, typed, error }: CheckoutView): Html =>
  html`<div class="pair">
    <label
      >${t.taxIdType}
      <select name="tax_id_type" data-renews>
        <option value="">${t.noTaxId}</option>
        ${taxIdTypes.map((type) => html`<option value="${type}" ${type === typed.tax_id_type && html`selected`}>${type.replace('_', ' ').toUpperCase()}</option>`)}
      </select>
    </label>
    ${field({ name: 'tax_id', label: t.taxId, value: typed.tax_id, error, more: html`dir="ltr" data-renews` })}
  </div>`

function buttonText({ session, quote, reader: { t, locale } }: CheckoutView): string {
  if (session.mode === 'setup') return t.save
  if (quote.trialEnd !== null) return t.startTrial
  if (session.mode === 'subscription') return t.subscribe
  return t.pay(money({ amount: quote.total, currency: quote.currency, locale }))
}

/** A form of its own: the enter key in a field of the card pays. */
const promotionForm = ({ session, reader: { t, locale }, typed, error }: CheckoutView): Html =>
  html`<section>
    <form method="post" action="/c/pay/${session.id}/promotion?lang=${locale}">
      ${error?.field === 'promotion_code' && errorLine(error)}
      ${field({ name: 'promotion_code', label: t.promotionCode, value: typed.promotion_code, error, more: html`dir="ltr" autocomplete="off" required` })}
      <button class="quiet">${t.apply}</button>
    </form>
  </section>`

export function checkoutPage(view: CheckoutView): Html {
  const { session, quote, reader, typed, error } = view
  const { t, locale } = reader
  const form = html`<form method="post" action="/c/pay/${session.id}?lang=${locale}" novalidate>
    ${error?.field !== 'promotion_code' && errorLine(error)}
    ${view.email === null && field({ name: 'email', label: t.email, value: typed.email, error, more: html`type="email" required autocomplete="email" dir="ltr"` })}
    ${
      view.needsCard
        ? cardFields({ reader, typed, error })
        : field({
            name: 'name',
            label: t.nameOnCard,
            value: typed.name,
            error,
            more: html`required autocomplete="name"`,
          })
    }
    ${addressFields(view)} ${session.tax_id_collection?.enabled && taxIdFields(view)}
    <button>${buttonText(view)}</button>
    ${session.cancel_url && html`<a class="button quiet" href="${session.cancel_url}">${t.cancel}</a>`}
  </form>`
  return page({
    reader,
    title: t.payWithCard,
    elsewhere: `/c/pay/${session.id}?lang=${locale === 'ar' ? 'en' : 'ar'}`,
    script: '/assets/checkout.js',
    body: html`<div class="two">
        <section>${form}</section>
        ${
          session.mode !== 'setup' &&
          html`<div class="stack">
            <section id="summary" aria-live="polite">${summaryView(quote, reader)}</section>
            ${session.allow_promotion_codes && promotionForm(view)}
          </div>`
        }
      </div>
      ${testCards(reader)}`,
  })
}
