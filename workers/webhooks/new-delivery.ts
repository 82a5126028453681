import type { CreateId } from '#shared/lib/ids'
import type { DeliveryRow } from './delivery-rows.ts'
import type { DeliveredEvent } from './payload.ts'

/** Due at once. */
export const newDelivery = ({
  event,
  endpointId,
  now,
  requested = false,
  createId,
}: {
  event: DeliveredEvent
  endpointId: string
  now: number
  /** By a person. */
  requested?: boolean
  createId: CreateId
}): DeliveryRow => ({
  id: createId('delivery'),
  organizationId: event.organizationId,
  endpointId,
  eventId: event.id,
  eventType: event.type,
  status: 'pending',
  attemptsInRound: 0,
  attempts: 0,
  responseStatus: null,
  durationMs: null,
  nextAttemptAt: now,
  claimedUntil: 0,
  nudgedAt: now,
  requestedAt: requested ? now : null,
  createdAt: now,
  updatedAt: now,
})
