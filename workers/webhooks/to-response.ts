// Rows as the wire says them.
import type { Webhook, WebhookAttempt, WebhookDelivery, WebhookDeliveryDetails } from '#shared/contracts/webhooks'
import type { AttemptRow, DeliveryRow } from './delivery-rows.ts'
import type { EndpointRow } from './endpoint-rows.ts'
import type { DeliveryDetails } from './read-deliveries.ts'

export const toWebhookResponse = (row: EndpointRow, now: number): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  event_types: row.eventTypes,
  enabled: row.enabled,
  disabled_reason: row.disabledReason,
  failing_since: row.failingSince,
  previous_secret_until: (row.previousSecretUntil ?? 0) > now ? row.previousSecretUntil : null,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

export const toDeliveryResponse = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  webhook_id: row.endpointId,
  event_id: row.eventId,
  event_type: row.eventType,
  status: row.status,
  attempts: row.attempts,
  response_status: row.responseStatus,
  duration_ms: row.durationMs,
  next_attempt_at: row.nextAttemptAt,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

const toAttemptResponse = (row: AttemptRow): WebhookAttempt => ({
  number: row.number,
  at: row.at,
  duration_ms: row.durationMs,
  response_status: row.responseStatus,
  response_body: row.responseBody,
  error: row.error,
})

export const toDetailsResponse = ({ delivery, attempts, payload }: DeliveryDetails): WebhookDeliveryDetails => ({
  ...toDeliveryResponse(delivery),
  payload,
  attempt_log: attempts.map(toAttemptResponse),
})
