// The fields of a subscription that are set without touching its items.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { mergeMetadata } from '../metadata.ts'
import type { Values } from '../params.ts'
import { attachMethod } from '../payments/usable-method.ts'
import type { createParams, updateParams } from '../resources/subscription-params.ts'
import type { Subscription } from '../tables.ts'
import { endDiscount, keepDiscounts, newDiscount } from './customer-discounts.ts'
import { nextPeriodEnd } from './subscription-build.ts'

type Created = Values<typeof createParams>
type Updated = Values<typeof updateParams>
export type FieldsGiven = Partial<Omit<Updated, 'items' | 'billing_cycle_anchor'>> | Created

const textOf = (given: string | undefined, before: string | null) => (given === undefined ? before : given || null)

function methodOf(engine: Engine, customer: string, given: string | undefined, before: string | null): string | null {
  if (given === undefined) return before
  return given === '' ? null : attachMethod(engine, given, customer).id
}

function invoiceSettings(before: Subscription['invoice_settings'], given: FieldsGiven['invoice_settings']) {
  if (!given) return before
  return {
    ...before,
    custom_fields: given.custom_fields === undefined ? before.custom_fields : given.custom_fields || null,
    description: given.description ?? before.description,
    footer: given.footer ?? before.footer,
  }
}

function paymentSettings(before: Subscription['payment_settings'], given: FieldsGiven['payment_settings']) {
  if (!given) return before
  const types = given.payment_method_types
  return {
    payment_method_options: before?.payment_method_options ?? null,
    payment_method_types: types === undefined ? (before?.payment_method_types ?? null) : types || null,
    save_default_payment_method: given.save_default_payment_method ?? before?.save_default_payment_method ?? 'off',
  }
}

function trialSettings(before: Subscription['trial_settings'], given: FieldsGiven['trial_settings']) {
  if (!given) return before
  const { billing_cycle_anchor: anchor, missing_payment_method: missing } = given.end_behavior
  return { end_behavior: { billing_cycle_anchor: anchor ?? null, missing_payment_method: missing } }
}

const noCancellation = { cancel_at: null, cancel_at_period_end: false, canceled_at: null }

/** When it ends, by date or at the end of the period; taking that back also forgets when it was asked. */
function cancellation(engine: Engine, before: Subscription, given: FieldsGiven): Partial<Subscription> {
  const touches = given.cancel_at_period_end !== undefined || given.cancel_at !== undefined
  if (!touches) return {}
  if (before.schedule) {
    throw invalid(
      `The subscription is managed by the subscription schedule \`${before.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    )
  }
  const details = before.cancellation_details ?? { comment: null, feedback: null, feedback_option: null, reason: null }
  const end = nextPeriodEnd(before)
  if (given.cancel_at_period_end === false || given.cancel_at === '') {
    return { ...noCancellation, cancellation_details: { ...details, reason: null, comment: null, feedback: null } }
  }
  const at = given.cancel_at_period_end || typeof given.cancel_at === 'string' ? end : given.cancel_at
  if (at === undefined) return {}
  const now = engine.now(before)
  if (typeof at === 'number' && at <= now) throw invalid('`cancel_at` must be in the future.', { param: 'cancel_at' })
  return {
    cancel_at: typeof at === 'number' ? at : end,
    cancel_at_period_end: at === end,
    canceled_at: now,
    cancellation_details: { ...details, reason: 'cancellation_requested' },
  }
}

export function discountsGiven(engine: Engine, before: Subscription, given: FieldsGiven['discounts']): string[] {
  if (given === undefined) return before.discounts
  const now = engine.now(before)
  const holder = { customer: before.customer, subscription: before.id }
  const next = (given || []).map((each) => newDiscount(engine, { given: each, holder, now }))
  for (const id of before.discounts) {
    const discount = engine.store.get('discount', id)
    if (discount && !next.some((each) => each.id === id)) endDiscount(engine, discount)
  }
  return keepDiscounts(engine, next)
}

function details(before: Subscription, given: FieldsGiven): Subscription['cancellation_details'] {
  const said = 'cancellation_details' in given ? given.cancellation_details : undefined
  if (!said) return before.cancellation_details
  const old = before.cancellation_details
  return {
    comment: textOf(said.comment, old?.comment ?? null),
    feedback: said.feedback === undefined ? (old?.feedback ?? null) : said.feedback || null,
    feedback_option: null,
    reason: old?.reason ?? null,
  }
}

export function withFields(engine: Engine, before: Subscription, given: FieldsGiven): Subscription {
  const pause = 'pause_collection' in given ? given.pause_collection : undefined
  const tax = given.automatic_tax
  const fields: Subscription = {
    ...before,
    ...cancellation(engine, before, given),
    automatic_tax: tax
      ? { disabled_reason: null, enabled: tax.enabled, liability: tax.enabled ? { type: 'self' } : null }
      : before.automatic_tax,
    collection_method: given.collection_method ?? before.collection_method,
    days_until_due: given.days_until_due ?? before.days_until_due,
    default_payment_method: methodOf(
      engine,
      before.customer,
      given.default_payment_method,
      before.default_payment_method,
    ),
    description: textOf(given.description, before.description),
    invoice_settings: invoiceSettings(before.invoice_settings, given.invoice_settings),
    metadata: mergeMetadata(before.metadata, given.metadata),
    pause_collection:
      pause === undefined
        ? before.pause_collection
        : pause === ''
          ? null
          : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null },
    payment_settings: paymentSettings(before.payment_settings, given.payment_settings),
    trial_settings: trialSettings(before.trial_settings, given.trial_settings),
  }
  return { ...fields, cancellation_details: details(fields, given) }
}
