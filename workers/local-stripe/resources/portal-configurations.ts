// What customers may do on the billing portal.
import type { Engine } from '../engine.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import {
  boolean,
  emptyable,
  integer,
  list,
  listParams,
  metadata,
  object,
  oneOf,
  required,
  string,
  type Values,
} from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { PortalConfiguration } from '../tables.ts'

const text = () => emptyable(string())

const reasons = oneOf(
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
)
const updates = oneOf('address', 'email', 'name', 'phone', 'shipping', 'tax_id')

const features = object({
  customer_update: object({ allowed_updates: emptyable(list(updates)), enabled: boolean() }),
  invoice_history: object({ enabled: required(boolean()) }),
  payment_method_update: object({ enabled: required(boolean()), payment_method_configuration: text() }),
  subscription_cancel: object({
    cancellation_reason: object({ enabled: required(boolean()), options: emptyable(list(reasons)) }),
    enabled: boolean(),
    mode: oneOf('at_period_end', 'immediately'),
    proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  }),
  subscription_update: object({
    billing_cycle_anchor: oneOf('now', 'unchanged'),
    default_allowed_updates: emptyable(list(oneOf('price', 'promotion_code', 'quantity'))),
    enabled: boolean(),
    products: emptyable(
      list(
        object({
          product: required(string()),
          prices: required(list(string())),
          adjustable_quantity: object({ enabled: required(boolean()), maximum: integer(), minimum: integer() }),
        }),
      ),
    ),
    proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  }),
})

const writable = {
  active: boolean(),
  business_profile: object({ headline: text(), privacy_policy_url: text(), terms_of_service_url: text() }),
  default_return_url: text(),
  features,
  login_page: object({ enabled: required(boolean()) }),
  metadata: metadata(),
  name: text(),
}

type Given = Values<typeof writable>
type Features = PortalConfiguration['features']

const nothing: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: {
    duration: { interval_options: [{ interval: 'month', interval_count: 1 }], type: 'interval_options' },
    enabled: false,
  },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
}

function featuresOf(before: Features, given: Given['features'] = {}): Features {
  const { customer_update: customer, subscription_cancel: cancel, subscription_update: update } = given
  const reason = cancel?.cancellation_reason
  return {
    customer_update: {
      allowed_updates:
        customer?.allowed_updates === undefined
          ? before.customer_update.allowed_updates
          : customer.allowed_updates || [],
      enabled: customer?.enabled ?? (customer ? true : before.customer_update.enabled),
    },
    invoice_history: given.invoice_history ?? before.invoice_history,
    payment_method_update: {
      enabled: given.payment_method_update?.enabled ?? before.payment_method_update.enabled,
      payment_method_configuration: null,
    },
    subscription_cancel: {
      cancellation_reason: reason
        ? {
            enabled: reason.enabled,
            feedback_options: null,
            options: reason.options || before.subscription_cancel.cancellation_reason.options,
          }
        : before.subscription_cancel.cancellation_reason,
      enabled: cancel?.enabled ?? before.subscription_cancel.enabled,
      mode: cancel?.mode ?? before.subscription_cancel.mode,
      proration_behavior: cancel?.proration_behavior ?? before.subscription_cancel.proration_behavior,
    },
    subscription_pause: before.subscription_pause,
    subscription_update: {
      ...before.subscription_update,
      default_allowed_updates: update?.default_allowed_updates || before.subscription_update.default_allowed_updates,
      enabled: update?.enabled ?? before.subscription_update.enabled,
      proration_behavior: update?.proration_behavior ?? before.subscription_update.proration_behavior,
    },
  }
}

const textOf = (given: string | undefined, before: string | null) => (given === undefined ? before : given || null)

function applied(engine: Engine, before: PortalConfiguration, given: Given): PortalConfiguration {
  const profile = given.business_profile
  return {
    ...before,
    active: given.active ?? before.active,
    business_profile: {
      headline: textOf(profile?.headline, before.business_profile.headline),
      privacy_policy_url: textOf(profile?.privacy_policy_url, before.business_profile.privacy_policy_url),
      terms_of_service_url: textOf(profile?.terms_of_service_url, before.business_profile.terms_of_service_url),
    },
    default_return_url: textOf(given.default_return_url, before.default_return_url),
    features: featuresOf(before.features, given.features),
    login_page: { enabled: given.login_page?.enabled ?? before.login_page.enabled, url: null },
    metadata: mergeMetadata(before.metadata, given.metadata),
    name: textOf(given.name, before.name),
    updated: engine.now(),
  }
}

const blank = (engine: Engine, isDefault: boolean): PortalConfiguration => ({
  id: engine.id('bpc'),
  object: 'billing_portal.configuration',
  active: true,
  application: null,
  business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
  created: engine.now(),
  default_return_url: null,
  features: nothing,
  is_default: isDefault,
  livemode: false,
  login_page: { enabled: false, url: null },
  metadata: {},
  name: null,
  updated: engine.now(),
})

/** The one that an account has without asking for it: cards and invoices. */
export function defaultConfiguration(engine: Engine): PortalConfiguration {
  const found = engine.store.list('billing_portal.configuration').find((each) => each.is_default)
  if (found) return found
  const made = applied(engine, blank(engine, true), {
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
    },
  })
  engine.store.put('billing_portal.configuration', made)
  return made
}

export const portalConfigurations: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/billing_portal/configurations',
      params: { ...writable, features: required(features) },
      handler({ engine, params }) {
        const made = applied(engine, blank(engine, false), params)
        engine.store.put('billing_portal.configuration', made)
        engine.emit('billing_portal.configuration.created', made)
        return made
      },
    }),
    route({
      method: 'GET',
      path: '/v1/billing_portal/configurations',
      params: { ...listParams, active: boolean(), is_default: boolean() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('billing_portal.configuration')
            .filter(({ active }) => params.active === undefined || active === params.active)
            .filter(({ is_default: is }) => params.is_default === undefined || is === params.is_default),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/billing_portal/configurations/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('billing_portal.configuration', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/billing_portal/configurations/:id',
      params: writable,
      handler({ engine, path, params }) {
        const after = applied(engine, engine.need('billing_portal.configuration', path.id), params)
        engine.store.put('billing_portal.configuration', after)
        engine.emit('billing_portal.configuration.updated', after)
        return after
      },
    }),
  ],
}
