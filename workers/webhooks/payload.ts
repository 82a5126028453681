// The body of a delivery: the same to the byte at every attempt, because repetitions are told by it and its id.

export interface DeliveredEvent {
  id: string
  organizationId: string
  type: string
  at: number
  data: Record<string, unknown>
}

export const toPayload = ({ id, organizationId, type, at, data }: DeliveredEvent): string =>
  JSON.stringify({ id, type, timestamp: new Date(at).toISOString(), organization_id: organizationId, data })
