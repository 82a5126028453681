// Where a bank asks the holder of a card: for a session, a payment or a card that is saved.
import { answerForSession, successUrl } from '../checkout/submit.ts'
import type { Engine } from '../engine.ts'
import { answerAuthentication } from '../payments/intents.ts'
import { answerSetup } from '../payments/setups.ts'
import type { PaymentIntent, SetupIntent } from '../tables.ts'
import { typedInto } from './card-form.ts'
import { html } from './html.ts'
import { notFound, page, redirect, toResponse } from './layout.ts'
import { readerFor } from './locale.ts'

/** Back to where the payment was asked for, with the marks that Stripe adds to the address. */
function returnOf(intent: PaymentIntent | SetupIntent, isApproved: boolean, fallback: string): string {
  const wanted = intent.next_action?.redirect_to_url?.return_url
  if (!wanted) return fallback
  const url = new URL(wanted, 'http://local')
  url.searchParams.set(intent.object, intent.id)
  url.searchParams.set('redirect_status', isApproved ? 'succeeded' : 'failed')
  return wanted.startsWith('/') ? `${url.pathname}${url.search}` : url.href
}

function answer(engine: Engine, id: string, isApproved: boolean, fallback: string): string | null {
  const session = engine.store.get('checkout.session', id)
  if (session) {
    const answered = answerForSession(engine, id, isApproved)
    return answered.status === 'complete' ? successUrl(answered) : `/c/pay/${id}?bank=no`
  }
  const intent = engine.store.get('payment_intent', id)
  if (intent) {
    answerAuthentication(engine, id, isApproved)
    return returnOf(intent, isApproved, fallback)
  }
  const setup = engine.store.get('setup_intent', id)
  if (!setup) return null
  answerSetup(engine, id, isApproved)
  return returnOf(setup, isApproved, fallback)
}

const isKnown = (engine: Engine, id: string) =>
  (['checkout.session', 'payment_intent', 'setup_intent'] as const).some((type) => engine.store.get(type, id))

/** A page of this stand-in's own, where the payment itself names none. */
function backOf(request: Request): string {
  const back = new URL(request.url).searchParams.get('back') ?? '/'
  return /^\/(?!\/)/.test(back) ? back : '/'
}

/** `/3ds/<id>` */
export async function bankRoute(engine: Engine, request: Request, [id = '']: string[]): Promise<Response> {
  const reader = readerFor(request, engine.store.get('checkout.session', id)?.locale ?? null)
  if (!isKnown(engine, id)) return notFound(reader)
  if (request.method === 'POST') {
    const typed = await typedInto(request)
    const lead = answer(engine, id, typed.answer === 'yes', backOf(request))
    return lead === null ? notFound(reader) : redirect(lead)
  }
  const { t } = reader
  const body = html`<section>
    <p>${t.bankText}</p>
    <form method="post" class="inline">
      <button name="answer" value="yes">${t.approve}</button>
      <button name="answer" value="no" class="quiet">${t.refuse}</button>
    </form>
  </section>`
  const elsewhere = `/3ds/${id}?lang=${reader.locale === 'ar' ? 'en' : 'ar'}&back=${encodeURIComponent(backOf(request))}`
  return toResponse(page({ reader, title: t.bankTitle, body, elsewhere }))
}
