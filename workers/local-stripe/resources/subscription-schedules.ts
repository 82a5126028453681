// Schedules: what a subscription becomes at a later time.
import { phaseAt, phasesOf, presentPhase, type Phase, type PhaseGiven } from '../billing/schedule-phases.ts'
import { applyPhase, putSchedule, releaseSchedule, saveSchedule, scheduleWork } from '../billing/schedule-work.ts'
import { cancelNow } from '../billing/subscription-cancel.ts'
import { saveSubscription } from '../billing/subscription-save.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, list, listParams, metadata, object, oneOf, string, type Values } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { SubscriptionSchedule } from '../tables.ts'
import { legacyPhaseParams, phaseParams } from './invoice-params.ts'
import { nowOrTime } from './subscription-params.ts'

const defaultSettings = object({
  automatic_tax: object({ enabled: boolean() }),
  billing_cycle_anchor: oneOf('automatic', 'phase_start'),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  default_payment_method: string(),
  description: string(),
})

const shared = {
  default_settings: defaultSettings,
  end_behavior: oneOf('cancel', 'release'),
  metadata: metadata(),
  phases: list(phaseParams),
}

const createParams = { ...shared, customer: string(), from_subscription: string(), start_date: nowOrTime() }
const legacyParams = { phases: list(legacyPhaseParams) }
const updateParams = { ...shared, proration_behavior: oneOf('none', 'create_prorations', 'always_invoice') }

const blankSettings: SubscriptionSchedule['default_settings'] = {
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: 'automatic',
  billing_thresholds: null,
  collection_method: 'charge_automatically',
  default_payment_method: null,
  description: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  on_behalf_of: null,
  transfer_data: null,
}

interface Blank {
  customer: string
  testClock: string | null
  phases: Phase[]
}

function blank(engine: Engine, { customer, testClock, phases }: Blank): SubscriptionSchedule {
  return {
    id: engine.id('sub_sched'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    canceled_at: null,
    completed_at: null,
    created: engine.now({ customer }),
    current_phase: null,
    customer,
    customer_account: null,
    default_settings: blankSettings,
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    subscription: null,
    test_clock: testClock,
  }
}

function fromSubscription(engine: Engine, id: string): SubscriptionSchedule {
  const subscription = engine.need('subscription', id, 'from_subscription')
  if (subscription.schedule) {
    throw invalid(
      `You cannot migrate a subscription that is already attached to a schedule: \`${subscription.schedule}\`.`,
      { param: 'from_subscription' },
    )
  }
  if (subscription.status === 'canceled' || subscription.cancel_at_period_end) {
    throw invalid('You cannot schedule a subscription that is canceled or set to be canceled.', {
      param: 'from_subscription',
    })
  }
  const phase = presentPhase(subscription)
  const schedule: SubscriptionSchedule = {
    ...blank(engine, { customer: subscription.customer, testClock: subscription.test_clock, phases: [phase] }),
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
    status: 'active',
    subscription: id,
  }
  putSchedule(engine, schedule)
  saveSubscription(engine, subscription, { ...subscription, schedule: schedule.id })
  return schedule
}

function create(engine: Engine, given: Values<typeof createParams>): SubscriptionSchedule {
  if (given.from_subscription !== undefined) {
    if (given.phases || given.customer !== undefined) {
      throw invalid('You cannot set `phases` or `customer` if `from_subscription` is set.', { param: 'phases' })
    }
    const made = fromSubscription(engine, given.from_subscription)
    const schedule = { ...made, metadata: mergeMetadata({}, given.metadata) }
    putSchedule(engine, schedule)
    engine.emit('subscription_schedule.created', schedule)
    return schedule
  }
  const customer = engine.need('customer', given.customer ?? '', 'customer')
  const now = engine.now({ customer: customer.id })
  const start = typeof given.start_date === 'number' ? given.start_date : now
  const phases = phasesOf(engine, given.phases ?? [], { start, now })
  const testClock = typeof customer.test_clock === 'string' ? customer.test_clock : null
  const schedule: SubscriptionSchedule = {
    ...blank(engine, { customer: customer.id, testClock, phases }),
    end_behavior: given.end_behavior ?? 'release',
    metadata: mergeMetadata({}, given.metadata),
  }
  putSchedule(engine, schedule)
  engine.emit('subscription_schedule.created', schedule)
  if (start <= now) scheduleWork(engine, schedule.id)
  return engine.need('subscription_schedule', schedule.id)
}

const isLive = ({ status }: SubscriptionSchedule) => status === 'active' || status === 'not_started'

function live(engine: Engine, id: string): SubscriptionSchedule {
  const schedule = engine.need('subscription_schedule', id)
  if (isLive(schedule)) return schedule
  throw invalid(`You cannot change a subscription schedule that is currently in the \`${schedule.status}\` status.`)
}

/** The past of a schedule cannot be rewritten: its present phase begins when it began. */
function phasesGiven(engine: Engine, before: SubscriptionSchedule, given: PhaseGiven[] | undefined): Phase[] {
  if (!given) return before.phases
  const now = engine.now(before)
  const start = before.current_phase?.start_date ?? before.phases[0]?.start_date ?? now
  const [first] = given
  if (before.current_phase && first && first.start_date === undefined) {
    throw invalid('The first phase must have a `start_date`: that of the current phase.', {
      param: 'phases[0][start_date]',
    })
  }
  const phases = phasesOf(engine, given, { start, now })
  const said = phases[0]?.start_date
  if (before.current_phase && said !== undefined && said > now) {
    throw invalid('You can not modify the start date of the current phase.', { param: 'phases[0][start_date]' })
  }
  return phases
}

function update(engine: Engine, id: string, given: Values<typeof updateParams>): SubscriptionSchedule {
  const before = live(engine, id)
  const phases = phasesGiven(engine, before, given.phases)
  const now = engine.now(before)
  const present = phaseAt({ phases }, now)
  const old = phaseAt(before, now)
  const subscription = before.subscription ? engine.store.get('subscription', before.subscription) : undefined
  const isOther = JSON.stringify(present?.items) !== JSON.stringify(old?.items)
  if (subscription && present && isOther) {
    const behavior = given.proration_behavior ?? present.proration_behavior
    applyPhase(engine, { before: subscription, phase: { ...present, proration_behavior: behavior } })
  }
  const after: SubscriptionSchedule = {
    ...before,
    current_phase:
      present && subscription ? { start_date: present.start_date, end_date: present.end_date } : before.current_phase,
    end_behavior: given.end_behavior ?? before.end_behavior,
    metadata: mergeMetadata(before.metadata, given.metadata),
    phases,
  }
  return saveSchedule(engine, { before, after })
}

function cancel(engine: Engine, id: string, given: { prorate?: boolean; invoiceNow?: boolean }): SubscriptionSchedule {
  const before = live(engine, id)
  const subscription = before.subscription ? engine.store.get('subscription', before.subscription) : undefined
  if (subscription) {
    cancelNow(engine, { subscription, reason: 'cancellation_requested', ...given })
    return engine.need('subscription_schedule', id)
  }
  const after: SubscriptionSchedule = { ...before, canceled_at: engine.now(before), status: 'canceled' }
  return saveSchedule(engine, { before, after, name: 'subscription_schedule.canceled' })
}

const collection = '/v1/subscription_schedules'
const one = '/v1/subscription_schedules/:id'

export const subscriptionSchedules: Resource = {
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: createParams,
      legacy: legacyParams,
      handler: ({ engine, params }) => create(engine, params),
    }),
    route({
      method: 'GET',
      path: collection,
      params: { ...listParams, customer: string(), scheduled: boolean() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('subscription_schedule', params.customer === undefined ? {} : { customer: params.customer })
            .filter(({ status }) => !params.scheduled || status === 'not_started'),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('subscription_schedule', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: updateParams,
      legacy: legacyParams,
      handler: ({ engine, path, params }) => update(engine, path.id, params),
    }),
    route({
      method: 'POST',
      path: '/v1/subscription_schedules/:id/release',
      params: { preserve_cancel_date: boolean() },
      handler: ({ engine, path }) => releaseSchedule(engine, live(engine, path.id)),
    }),
    route({
      method: 'POST',
      path: '/v1/subscription_schedules/:id/cancel',
      params: { invoice_now: boolean(), prorate: boolean() },
      handler: ({ engine, path, params }) =>
        cancel(engine, path.id, {
          ...(params.prorate !== undefined && { prorate: params.prorate }),
          ...(params.invoice_now !== undefined && { invoiceNow: params.invoice_now }),
        }),
    }),
  ],
}
