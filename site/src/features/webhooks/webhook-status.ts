import type { Webhook } from '#shared/contracts/webhooks'

/** gone and failing: the platform switched it off. troubled: it is on, and nothing has arrived lately. */
export type WebhookStatus = 'on' | 'troubled' | 'off' | 'gone' | 'failing'

export const webhookStatus = ({ enabled, disabled_reason: reason, failing_since: since }: Webhook): WebhookStatus => {
  if (enabled) return since === null ? 'on' : 'troubled'
  return reason ?? 'off'
}
