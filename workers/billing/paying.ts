// For tests: what a person does on Stripe's pages.
import { submitSession } from '../local-stripe/checkout/submit.ts'
import { newMethod } from '../local-stripe/payments/new-method.ts'
import { cardOfToken } from '../local-stripe/payments/test-cards.ts'
import type { TestBilling } from './testing.ts'

/** Of the page's address, the session's name. */
export const sessionOf = (url: string): string => /cs_[A-Za-z0-9_]+/.exec(url)?.[0] ?? ''

export function pay(billing: TestBilling, url: string, token: string | null = 'pm_card_visa') {
  const { engine } = billing.local
  const card = token === null ? null : cardOfToken(token)
  const paymentMethod = card ? newMethod({ engine, card }).id : null
  const address = {
    city: 'Riyadh',
    country: 'SA',
    line1: 'King Road 1',
    line2: null,
    postal_code: '11564',
    state: null,
  }
  const submission = { paymentMethod, email: 'salma@example.com', name: 'Salma', address, taxId: null }
  return submitSession(engine, sessionOf(url), submission).outcome
}

/** On Stripe's page and back again: subscribed, with everything that follows from it. */
export async function subscribe(
  billing: TestBilling,
  wanted: Record<string, unknown> = {},
  { card = 'pm_card_visa' }: { card?: string | null } = {},
): Promise<string> {
  const body = { plan_id: 'pro', interval: 'month', currency: 'usd', ...wanted }
  const { body: started } = await billing.ask('checkout', { body })
  if (!started.url) throw new Error(`the checkout was refused: ${JSON.stringify(started)}`)
  const outcome = pay(billing, started.url, card)
  if (outcome !== 'complete') throw new Error(`the checkout is ${outcome}`)
  const returned = await billing.ask('checkout/return', { body: { session_id: sessionOf(started.url) } })
  if (returned.status !== 200) throw new Error(`coming back was refused: ${JSON.stringify(returned.body)}`)
  return started.url
}
