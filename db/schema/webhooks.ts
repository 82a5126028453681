// Owner: webhooks. Addresses of organizations' own servers, what they are told and how that went.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, milliseconds } from '../columns.ts'

export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    /** Null: every type, also those that are yet to come. */
    eventTypes: text('event_types', { mode: 'json' }).$type<string[]>(),
    enabled: integer('enabled', { mode: 'boolean' }).notNull(),
    /** Why the platform switched it off; null where a person did, or where it is on. */
    disabledReason: text('disabled_reason', { enum: ['gone', 'failing'] }),
    /** Encrypted under a key that only this Worker holds. */
    secret: text('secret').notNull(),
    /** Signs beside the present one until then. */
    previousSecret: text('previous_secret'),
    previousSecretUntil: milliseconds('previous_secret_until'),
    /** The first failed attempt since one succeeded. */
    failingSince: milliseconds('failing_since'),
    createdAt: milliseconds('created_at').notNull(),
    updatedAt: milliseconds('updated_at').notNull(),
  },
  (table) => [index('webhook_endpoints_organization').on(table.organizationId, table.id)],
)

/** A notice, kept while its deliveries may be looked at. */
export const webhookEvents = sqliteTable(
  'webhook_events',
  {
    organizationId: text('organization_id').notNull(),
    /** The notice's own. */
    id: text('id').notNull(),
    type: text('type').notNull(),
    at: milliseconds('at').notNull(),
    data: text('data', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    createdAt: milliseconds('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('webhook_events_age').on(table.createdAt),
  ],
)

export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    status: text('status', { enum: ['pending', 'delivered', 'failed', 'canceled'] }).notNull(),
    /** Of the present round: asking for it again begins another. */
    attemptsInRound: integer('attempts_in_round').notNull(),
    attempts: integer('attempts').notNull(),
    /** Of the last attempt. */
    responseStatus: integer('response_status'),
    durationMs: integer('duration_ms'),
    /** Null once nothing more is tried. */
    nextAttemptAt: milliseconds('next_attempt_at'),
    /** An attempt is under way until then unless it says otherwise; 0 where none is. */
    claimedUntil: milliseconds('claimed_until').notNull(),
    /** When the queue was last told of it. */
    nudgedAt: milliseconds('nudged_at').notNull(),
    /** When a person asked for it, to limit how often they do; null where the platform did. */
    requestedAt: milliseconds('requested_at'),
    createdAt: milliseconds('created_at').notNull(),
    updatedAt: milliseconds('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('webhook_deliveries_once').on(table.endpointId, table.eventId),
    index('webhook_deliveries_endpoint').on(table.organizationId, table.endpointId, table.id),
    index('webhook_deliveries_due').on(table.status, table.nextAttemptAt),
    index('webhook_deliveries_requested').on(table.organizationId, table.requestedAt),
    index('webhook_deliveries_age').on(table.createdAt),
  ],
)

export const webhookAttempts = sqliteTable(
  'webhook_attempts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    organizationId: text('organization_id').notNull(),
    at: milliseconds('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    responseStatus: integer('response_status'),
    /** The beginning of it. */
    responseBody: text('response_body'),
    error: text('error', {
      enum: ['timeout', 'unreachable', 'redirected', 'refused', 'address_refused', 'secret_unreadable'],
    }),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
)
