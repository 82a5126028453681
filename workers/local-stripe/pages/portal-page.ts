// The billing portal: the card that pays, and every invoice.
import { confirmSetup, createSetup } from '../payments/setups.ts'
import type { Engine } from '../engine.ts'
import { saveCustomer } from '../resources/customers.ts'
import type { Customer, PortalSession } from '../tables.ts'
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
  session: PortalSession
  customer: Customer
  reader: Reader
}

const address = ({ session, reader }: Visit, more = '') => `/p/session/${session.id}?lang=${reader.locale}${more}`

function currentCard({ engine, customer, reader: { t } }: Visit): Html {
  const id = customer.invoice_settings.default_payment_method
  const subscription = engine.store
    .list('subscription', { customer: customer.id })
    .find((each) => each.default_payment_method)
  const named = id ?? subscription?.default_payment_method
  const card = named ? engine.store.get('payment_method', named)?.card : undefined
  const expiry = card && `${String(card.exp_month).padStart(2, '0')}/${card.exp_year}`
  return html`<p>${card ? t.cardEnding(card.brand, card.last4, expiry ?? '') : t.noCard}</p>`
}

function cards(visit: Visit, typed: Typed, error: FieldError | null, isSaved: boolean): Html {
  const { reader } = visit
  const { t } = reader
  return html`<section>
    <h2>${t.currentCard}</h2>
    ${isSaved && html`<p role="status">${t.cardSaved}</p>`} ${currentCard(visit)}
    <h2>${t.newCard}</h2>
    ${errorLine(error)}
    <form method="post" action="${address(visit)}" novalidate>
      ${cardFields({ reader, typed, error })}
      <button>${t.saveCard}</button>
    </form>
  </section>`
}

function invoices({ engine, customer, reader: { t, locale } }: Visit): Html {
  const all = engine.store.list('invoice', { customer: customer.id }).filter(({ status }) => status !== 'draft')
  if (all.length === 0)
    return html`<section>
      <h2>${t.invoices}</h2>
      <p>${t.noInvoices}</p>
    </section>`
  return html`<section>
    <h2>${t.invoices}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="${t.invoices}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t.invoiceNumber}</th>
            <th scope="col">${t.invoiceDate}</th>
            <th scope="col">${t.invoiceStatus}</th>
            <th scope="col">${t.amount}</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (invoice) =>
              html`<tr>
                <td><a href="/i/${invoice.id}?lang=${locale}">${invoice.number ?? invoice.id}</a></td>
                <td>${date(invoice.created, locale)}</td>
                <td>${t.statuses[invoice.status ?? 'draft']}</td>
                <td>${money({ amount: invoice.total, currency: invoice.currency, locale })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

function show(
  visit: Visit,
  { typed = {}, error = null, isSaved = false }: { typed?: Typed; error?: FieldError | null; isSaved?: boolean } = {},
): Response {
  const { engine, session, customer, reader } = visit
  const { t } = reader
  const { features } = engine.need('billing_portal.configuration', session.configuration)
  const document = page({
    reader,
    title: t.portalTitle,
    elsewhere: `/p/session/${session.id}?lang=${reader.locale === 'ar' ? 'en' : 'ar'}`,
    body: html`<p>${t.portalText(customer.name ?? customer.email ?? customer.id)}</p>
      <div class="two">
        ${features.payment_method_update.enabled && cards(visit, typed, error, isSaved)}
        ${features.invoice_history.enabled && !session.flow && invoices(visit)}
      </div>
      ${session.return_url && html`<p><a class="button quiet" href="${session.return_url}">${t.back}</a></p>`}
      ${testCards(reader)}`,
  })
  return toResponse(document, error ? 422 : 200)
}

/** From now on this card pays: for the customer, and for each subscription that had one of its own. */
function useCard({ engine, session, customer }: Visit, method: string): void {
  const fresh = engine.need('customer', session.customer)
  saveCustomer(engine, fresh, {
    ...fresh,
    invoice_settings: { ...fresh.invoice_settings, default_payment_method: method },
  })
  for (const subscription of engine.store.list('subscription', { customer: customer.id }))
    if (subscription.default_payment_method && !['canceled', 'incomplete_expired'].includes(subscription.status))
      engine.call('POST', `/v1/subscriptions/${subscription.id}`, { default_payment_method: method })
}

/** Where it goes when the card is saved. */
function done(visit: Visit): Response {
  const after = visit.session.flow?.after_completion
  const leads = after?.type === 'redirect' ? after.redirect?.return_url : null
  return leads ? redirect(leads) : redirect(address(visit, '&saved=yes'))
}

function saveCard(visit: Visit, typed: Typed): Response {
  const { engine, session, reader } = visit
  const card = readCard(typed, engine.now({ customer: session.customer }))
  if ('error' in card) return show(visit, { typed, error: { field: card.field, text: reader.t[card.error] } })
  const setup = createSetup(engine, { customer: session.customer })
  const method = methodOf(engine, card, typed)
  const returnUrl = `/p/session/${session.id}?lang=${reader.locale}`
  const confirmed = confirmSetup(engine, setup.id, { paymentMethod: method, returnUrl })
  if (confirmed.status === 'requires_action') return redirect(`/3ds/${setup.id}?lang=${reader.locale}`)
  if (confirmed.status !== 'succeeded') {
    const text = declineText(confirmed.last_setup_error?.decline_code, reader)
    return show(visit, { typed, error: { field: 'card_number', text } })
  }
  useCard(visit, method)
  return done(visit)
}

/** Back from the bank with its answer. */
function backFromBank(visit: Visit, setupId: string): Response {
  const { engine, session, reader } = visit
  const setup = engine.store.get('setup_intent', setupId)
  const isOwn = setup?.customer === session.customer && setup.status === 'succeeded'
  if (!isOwn || !setup.payment_method) {
    const error = { field: 'card_number', text: reader.t.failedAuthentication }
    return show(visit, { error })
  }
  useCard(visit, setup.payment_method)
  return done(visit)
}

/** `/p/session/<id>` */
export async function portalRoute(engine: Engine, request: Request, [, id = '']: string[]): Promise<Response> {
  const typed = request.method === 'POST' ? await typedInto(request) : {}
  const session = engine.store.get('billing_portal.session', id)
  const reader = readerFor(request, session?.locale ?? null)
  const customer = session && engine.store.get('customer', session.customer)
  if (!session || !customer) return notFound(reader)
  const visit: Visit = { engine, session, customer, reader }
  if (request.method === 'POST') return saveCard(visit, typed)
  const query = new URL(request.url).searchParams
  const setup = query.get('setup_intent')
  return setup ? backFromBank(visit, setup) : show(visit, { isSaved: query.get('saved') === 'yes' })
}
