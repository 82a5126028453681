// The fields of a card, and what was typed into them.
import { emptyAddress } from '../resources/address.ts'
import type { Engine } from '../engine.ts'
import { newMethod } from '../payments/new-method.ts'
import { cardOfNumber, type TestCard } from '../payments/test-cards.ts'
import type Stripe from 'stripe'
import { html, type Html } from './html.ts'
import type { Reader } from './locale.ts'
import type { Texts } from './texts-en.ts'

type TextKey = { [Key in keyof Texts]: Texts[Key] extends string ? Key : never }[keyof Texts]

export type Typed = Record<string, string>

export interface TypedCard {
  card: TestCard
  expiry: { month: number; year: number }
}

export async function typedInto(request: Request): Promise<Typed> {
  const form = new URLSearchParams(await request.text())
  return Object.fromEntries([...form].map(([name, value]) => [name, value.trim()]))
}

/** The first thing that is wrong, by field; nothing that is real is ever taken. */
export function readCard(typed: Typed, now: number): TypedCard | { field: string; error: TextKey } {
  const card = cardOfNumber(typed.card_number ?? '')
  if (!card) return { field: 'card_number', error: 'errorCard' }
  const [, month = '', year = ''] = /^(\d{1,2})\s*[/-]?\s*(\d{2}|\d{4})$/.exec(typed.expiry ?? '') ?? []
  const expiry = { month: Number(month), year: Number(year) < 100 ? 2000 + Number(year) : Number(year) }
  const isPast = Date.UTC(expiry.year, expiry.month, 1) / 1000 <= now
  if (expiry.month < 1 || expiry.month > 12 || isPast) return { field: 'expiry', error: 'errorExpiry' }
  if (!/^\d{3,4}$/.test(typed.cvc ?? '')) return { field: 'cvc', error: 'errorCvc' }
  if (!typed.name) return { field: 'name', error: 'errorName' }
  return { card, expiry }
}

export function typedAddress(typed: Typed): Stripe.Address | null {
  if (!typed.country) return null
  return {
    ...emptyAddress,
    country: typed.country,
    line1: typed.line1 || null,
    city: typed.city || null,
    postal_code: typed.postal_code || null,
  }
}

export const methodOf = (engine: Engine, { card, expiry }: TypedCard, typed: Typed): string =>
  newMethod({
    engine,
    card,
    expiry,
    details: { name: typed.name ?? null, email: typed.email ?? null, address: typedAddress(typed) ?? emptyAddress },
  }).id

export interface FieldError {
  field: string
  text: string
}

export function field({
  name,
  label,
  value = '',
  error,
  hint,
  more = html``,
}: {
  name: string
  label: string
  value?: string
  error?: FieldError | null
  hint?: string
  more?: Html
}): Html {
  const isWrong = error?.field === name
  return html`<label
    >${label}
    <input
      name="${name}"
      value="${value}"
      placeholder="${hint ?? ''}"
      ${isWrong && html`aria-invalid="true" aria-describedby="error"`}
      ${more}
    />
  </label>`
}

const numeric = html`inputmode="numeric" autocomplete="off" dir="ltr" required`

export function cardFields({ reader, typed, error }: { reader: Reader; typed: Typed; error: FieldError | null }): Html {
  const { t } = reader
  return html`${field({ name: 'card_number', label: t.cardNumber, hint: '4242 4242 4242 4242', error, more: numeric })}
    <div class="pair">
      ${field({ name: 'expiry', label: t.expiry, hint: t.expiryHint, value: typed.expiry, error, more: numeric })}
      ${field({ name: 'cvc', label: t.cvc, hint: '123', error, more: numeric })}
    </div>
    ${field({ name: 'name', label: t.nameOnCard, value: typed.name, error, more: html`required autocomplete="name"` })}`
}

const shown: [string, TextKey][] = [
  ['4242 4242 4242 4242', 'cardPays'],
  ['4000 0000 0000 0341', 'cardFailsLater'],
  ['4000 0000 0000 0002', 'cardDeclined'],
  ['4000 0025 0000 3155', 'cardAsks'],
  ['4000 0000 0000 9995', 'cardNoFunds'],
]

export const testCards = ({ t }: Reader): Html =>
  html`<section>
    <h2>${t.testCards}</h2>
    <dl class="rows">
      ${shown.map(
        ([number, what]) =>
          html`<div>
            <dt>${t[what]}</dt>
            <dd><code>${number}</code></dd>
          </div>`,
      )}
    </dl>
  </section>`

export const errorLine = (error: FieldError | null): Html | null =>
  error && html`<p class="error" role="alert" id="error">${error.text}</p>`

/** What a bank's refusal means to whoever typed the card. */
export const declineText = (declineCode: string | undefined, { t }: Reader): string =>
  declineCode === 'insufficient_funds' ? t.noFunds : t.declined
