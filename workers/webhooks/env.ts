import type { AuthQuestions, Erasure } from '#shared/contracts/account'
import type { Notice } from '#shared/contracts/notices'
import type { ServiceBindings } from '#shared/http/create-service-app'

/** What the delivery queue carries: which row to look at. The row is the truth. */
export interface Nudge {
  organizationId: string
  deliveryId: string
}

export interface WebhooksEnv extends ServiceBindings {
  DB: D1Database
  AUTH_RPC: Pick<AuthQuestions, 'roleOf' | 'mailNotice' | 'recordAudit'>
  NOTICES: { send(notice: Notice): Promise<unknown> }
  DELIVERIES: { sendBatch(nudges: { body: Nudge }[]): Promise<unknown> }
  /** Encrypts the secrets of webhooks. 32 characters or more; only this Worker holds it. */
  WEBHOOKS_KEY: string
  /** The site's own address. Unset on a developer's machine. */
  PUBLIC_URL?: string
  /** The pauses between attempts, comma-separated. */
  WEBHOOK_RETRY_SECONDS?: string
}

export type QueueBody = Notice | Nudge | Erasure
