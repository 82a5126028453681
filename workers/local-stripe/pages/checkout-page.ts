import type { Engine } from '../engine.ts'
import { quoteOf, withQuote, type Buyer } from '../checkout/quote.ts'
import { needsCard, submitSession, successUrl } from '../checkout/submit.ts'
import { StripeError } from '../errors.ts'
import { isTaxIdOfForm } from '../resources/tax-ids.ts'
import { usableCode } from '../resources/promotion-codes.ts'
import type { CheckoutSession, CheckoutSubmission } from '../tables.ts'
import { declineText, methodOf, readCard, typedAddress, typedInto, type FieldError, type Typed } from './card-form.ts'
import { checkoutPage, summaryView } from './checkout-view.ts'
import { html } from './html.ts'
import { notFound, page, redirect, toResponse } from './layout.ts'
import { readerFor, type Reader } from './locale.ts'

interface Visit {
  engine: Engine
  session: CheckoutSession
  reader: Reader
}

const taxIdOf = ({ tax_id_type: type, tax_id: value }: Typed) => (type && value ? { type, value } : null)

const buyerOf = (typed: Typed): Buyer => ({ country: typed.country ?? null, taxId: taxIdOf(typed) })

const emailOf = ({ engine, session }: Visit): string | null =>
  (session.customer && engine.store.get('customer', session.customer)?.email) || session.customer_email

/** What is known of the customer already stands in the fields. */
function knownOf({ engine, session }: Visit): Typed {
  const customer = session.customer ? engine.store.get('customer', session.customer) : undefined
  const { country, line1, city, postal_code } = customer?.address ?? {}
  return {
    name: customer?.name ?? '',
    country: country ?? '',
    line1: line1 ?? '',
    city: city ?? '',
    postal_code: postal_code ?? '',
  }
}

function show(visit: Visit, typed: Typed = knownOf(visit), error: FieldError | null = null): Response {
  const { engine, session, reader } = visit
  const view = { session, reader, typed, error, email: emailOf(visit), needsCard: needsCard(engine, session) }
  const document = checkoutPage({ ...view, quote: quoteOf(engine, session, buyerOf(typed)) })
  return toResponse(document, error ? 422 : 200)
}

function closed({ session, reader }: Visit): Response {
  const { t } = reader
  const isComplete = session.status === 'complete'
  const back = isComplete ? successUrl(session) : session.cancel_url
  const body = html`<section>
    <p>${isComplete ? t.complete : t.expired}</p>
    ${back && html`<a class="button" href="${back}">${t.cancel}</a>`}
  </section>`
  return toResponse(page({ reader, title: isComplete ? t.completeTitle : t.expiredTitle, body }))
}

function wrongField(visit: Visit, typed: Typed): FieldError | null {
  const { session, reader } = visit
  const { t } = reader
  if (emailOf(visit) === null && !/^\S+@\S+\.\S+$/.test(typed.email ?? ''))
    return { field: 'email', text: t.errorEmail }
  if (!typed.name) return { field: 'name', text: t.errorName }
  if (!typed.country) return { field: 'country', text: t.errorCountry }
  if (session.billing_address_collection === 'required' && !(typed.line1 && typed.city))
    return { field: 'line1', text: t.errorAddress }
  const taxId = taxIdOf(typed)
  if (taxId && !isTaxIdOfForm(taxId)) return { field: 'tax_id', text: t.errorTaxId }
  return null
}

function submissionOf(visit: Visit, typed: Typed): CheckoutSubmission | FieldError {
  const { engine, session, reader } = visit
  const card = needsCard(engine, session) ? readCard(typed, engine.now(session)) : null
  if (card && 'error' in card) return { field: card.field, text: reader.t[card.error] }
  const wrong = wrongField(visit, typed)
  if (wrong) return wrong
  return {
    paymentMethod: card && methodOf(engine, card, typed),
    email: typed.email ?? null,
    name: typed.name ?? null,
    address: typedAddress(typed),
    taxId: taxIdOf(typed),
  }
}

function submit(visit: Visit, typed: Typed): Response {
  const { engine, session, reader } = visit
  const submission = submissionOf(visit, typed)
  if ('field' in submission) return show(visit, typed, submission)
  try {
    const submitted = submitSession(engine, session.id, submission)
    if (submitted.outcome === 'asks') return redirect(`/3ds/${session.id}?lang=${reader.locale}`)
    if (submitted.outcome === 'declined')
      return show(visit, typed, { field: 'card_number', text: declineText(submitted.decline.declineCode, reader) })
    return submitted.outcome === 'complete'
      ? redirect(successUrl(submitted.session))
      : closed({ ...visit, session: submitted.session })
  } catch (error) {
    if (error instanceof StripeError) return show(visit, typed, { field: '', text: error.message })
    throw error
  }
}

function applyCode(visit: Visit, typed: Typed): Response {
  const { engine, session, reader } = visit
  const open = engine.store.get('_checkout', session.id)
  const { subtotal, currency } = quoteOf(engine, session)
  const code = usableCode(engine, {
    code: typed.promotion_code ?? '',
    customer: session.customer,
    amount: subtotal,
    currency,
  })
  const known = { ...knownOf(visit), promotion_code: typed.promotion_code ?? '' }
  if (!open || !code || !session.allow_promotion_codes)
    return show(visit, known, { field: 'promotion_code', text: reader.t.errorCode })
  engine.store.put('_checkout', { ...open, discount: { promotion_code: code.id } })
  const quoted = withQuote(engine, session)
  engine.store.put('checkout.session', quoted)
  return show({ ...visit, session: quoted }, known)
}

/** `/c/pay/<id>`, and below it the promotion code and the sums. */
export async function checkoutRoute(engine: Engine, request: Request, [id = '', part]: string[]): Promise<Response> {
  const typed = request.method === 'POST' ? await typedInto(request) : {}
  const session = engine.store.get('checkout.session', id)
  const reader = readerFor(request, session?.locale ?? null)
  if (!session) return notFound(reader)
  const visit: Visit = { engine, session, reader }
  if (session.status !== 'open') return closed(visit)
  if (request.method === 'GET') {
    const failed = new URL(request.url).searchParams.get('bank') === 'no'
    return failed
      ? show(visit, knownOf(visit), { field: 'card_number', text: reader.t.failedAuthentication })
      : show(visit)
  }
  if (part === 'summary') return toResponse(summaryView(quoteOf(engine, session, buyerOf(typed)), reader))
  return part === 'promotion' ? applyCode(visit, typed) : submit(visit, typed)
}
