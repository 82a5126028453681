// Meters count what is used: events come in one by one, a metered price bills their sum.
import { previousAttributes } from '../changes.ts'
import { aggregatedUsage } from '../billing/usage.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { integer, listParams, object, oneOf, required, string, type Param } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Meter } from '../tables.ts'

const collection = '/v1/billing/meters'
const one = '/v1/billing/meters/:id'

function setStatus(engine: Engine, id: string, status: 'active' | 'inactive'): Meter {
  const before = engine.need('billing.meter', id)
  if (before.status === status) throw invalid(`This meter is already ${status}.`)
  const now = engine.now()
  const after: Meter = {
    ...before,
    status,
    status_transitions: { deactivated_at: status === 'inactive' ? now : null },
    updated: now,
  }
  engine.store.put('billing.meter', after)
  engine.emit(
    status === 'inactive' ? 'billing.meter.deactivated' : 'billing.meter.reactivated',
    after,
    previousAttributes(before, after),
  )
  return after
}

const payload: Param<Record<string, string>> = {
  read(value, at) {
    if (typeof value !== 'object' || value === null) throw invalid('Invalid hash', { param: at })
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, String(each)]))
  },
}

const day = 86_400
const oldest = 35 * day

interface NewEvent {
  event_name: string
  payload: Record<string, string>
  identifier?: string
  timestamp?: number
}

/** An event with an identifier that was used in the last day is refused: it has been counted. */
function record(engine: Engine, given: NewEvent) {
  const meter = engine.store
    .list('billing.meter')
    .find(({ event_name: name, status }) => name === given.event_name && status === 'active')
  if (!meter) {
    throw invalid(`No active meter found with event name '${given.event_name}'.`, {
      code: 'resource_missing',
      param: 'event_name',
    })
  }
  const customer = given.payload[meter.customer_mapping.event_payload_key]
  if (customer === undefined) {
    throw invalid(`Missing required payload key: ${meter.customer_mapping.event_payload_key}.`, { param: 'payload' })
  }
  engine.need('customer', customer, 'payload[stripe_customer_id]')
  const value = given.payload[meter.value_settings.event_payload_key] ?? '1'
  if (!/^\d+(\.\d+)?$/.test(value))
    throw invalid(`The value of the event must be a number, not '${value}'.`, { param: 'payload' })
  const now = engine.now({ customer })
  const timestamp = given.timestamp ?? now
  if (timestamp > now + 300 || timestamp < now - oldest) {
    throw invalid('The timestamp must be within the past 35 calendar days and no more than 5 minutes in the future.', {
      param: 'timestamp',
    })
  }
  const identifier = given.identifier ?? engine.id('evt')
  if (engine.store.get('_usage', identifier)) {
    throw invalid(`An event already exists with identifier ${identifier}.`, {
      code: 'duplicate_meter_event',
      param: 'identifier',
    })
  }
  engine.store.put('_usage', { id: identifier, eventName: given.event_name, customer, value, timestamp })
  return {
    object: 'billing.meter_event',
    created: now,
    event_name: given.event_name,
    identifier,
    livemode: false,
    payload: given.payload,
    timestamp,
  }
}

function summaries(engine: Engine, { id, customer, start, end, window }: SummaryGiven) {
  const meter = engine.need('billing.meter', id)
  const step = window === 'hour' ? 3600 : window === 'day' ? day : end - start
  const spans = Array.from({ length: Math.max(1, Math.ceil((end - start) / step)) }, (_, index) => ({
    start: start + index * step,
    end: Math.min(end, start + (index + 1) * step),
  }))
  return spans
    .map((span) => ({
      id: `mtrusg_${meter.id.slice(-12)}${span.start}`,
      object: 'billing.meter_event_summary',
      aggregated_value: aggregatedUsage(engine, { meter, customer, ...span }),
      end_time: span.end,
      livemode: false,
      meter: meter.id,
      start_time: span.start,
    }))
    .filter(({ aggregated_value: value }) => value > 0)
    .toReversed()
}

interface SummaryGiven {
  id: string
  customer: string
  start: number
  end: number
  window: 'hour' | 'day' | undefined
}

const createParams = {
  customer_mapping: object({ event_payload_key: required(string()), type: required(oneOf('by_id')) }),
  default_aggregation: required(object({ formula: required(oneOf('sum', 'count', 'last')) })),
  display_name: required(string()),
  event_name: required(string()),
  event_time_window: oneOf('day', 'hour'),
  value_settings: object({ event_payload_key: required(string()) }),
}

export const meters: Resource = {
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: createParams,
      handler({ engine, params }) {
        const isTaken = engine.store
          .list('billing.meter')
          .some(({ event_name: name, status }) => name === params.event_name && status === 'active')
        if (isTaken) {
          throw invalid(`An active meter with event name '${params.event_name}' already exists.`, {
            param: 'event_name',
          })
        }
        const now = engine.now()
        const meter: Meter = {
          id: engine.id('mtr'),
          object: 'billing.meter',
          created: now,
          customer_mapping: params.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
          default_aggregation: params.default_aggregation,
          display_name: params.display_name,
          event_name: params.event_name,
          event_time_window: params.event_time_window ?? null,
          livemode: false,
          status: 'active',
          status_transitions: { deactivated_at: null },
          updated: now,
          value_settings: params.value_settings ?? { event_payload_key: 'value' },
        }
        engine.store.put('billing.meter', meter)
        engine.emit('billing.meter.created', meter)
        return meter
      },
    }),
    route({
      method: 'GET',
      path: collection,
      params: { ...listParams, status: oneOf('active', 'inactive') },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('billing.meter')
            .filter(({ status }) => params.status === undefined || status === params.status),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('billing.meter', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: { display_name: string() },
      handler({ engine, path, params }) {
        const before = engine.need('billing.meter', path.id)
        const after = { ...before, display_name: params.display_name ?? before.display_name, updated: engine.now() }
        engine.store.put('billing.meter', after)
        engine.emit('billing.meter.updated', after, previousAttributes(before, after))
        return after
      },
    }),
    route({
      method: 'POST',
      path: '/v1/billing/meters/:id/deactivate',
      params: {},
      handler: ({ engine, path }) => setStatus(engine, path.id, 'inactive'),
    }),
    route({
      method: 'POST',
      path: '/v1/billing/meters/:id/reactivate',
      params: {},
      handler: ({ engine, path }) => setStatus(engine, path.id, 'active'),
    }),
    route({
      method: 'GET',
      path: '/v1/billing/meters/:id/event_summaries',
      params: {
        ...listParams,
        customer: required(string()),
        start_time: required(integer()),
        end_time: required(integer()),
        value_grouping_window: oneOf('day', 'hour'),
      },
      handler: ({ engine, path, params, url }) =>
        pageOf({
          items: summaries(engine, {
            id: path.id,
            customer: params.customer,
            start: params.start_time,
            end: params.end_time,
            window: params.value_grouping_window,
          }),
          query: params,
          url,
        }),
    }),
    route({
      method: 'POST',
      path: '/v1/billing/meter_events',
      params: {
        event_name: required(string()),
        payload: { ...payload, required: true as const },
        identifier: string(),
        timestamp: integer(),
      },
      handler: ({ engine, params }) => record(engine, params),
    }),
  ],
}
