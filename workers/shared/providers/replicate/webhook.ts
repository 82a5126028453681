// https://replicate.com/docs/topics/webhooks/verify-webhook
import { isStandardWebhook } from '../kit/standard-webhook.ts'
import type { WebhookCheck } from '../spec/image-model.ts'

/** `secret`: `whsec_…`, from GET /v1/webhooks/default/secret. */
export const createReplicateWebhook = ({ secret }: { secret: string }): WebhookCheck => ({
  verify: ({ headers, body, now }) => isStandardWebhook({ secret, headers, body, now }),
})
