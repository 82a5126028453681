// Signed outgoing webhooks on the wire: /api/webhooks, and the body that a delivery carries.
import { z } from 'zod'
import { noticeTypes, type NoticeType } from './notices.ts'
import { PageQuery, pageOf } from './page.ts'

/** What can be subscribed to. A test is sent to the one webhook that it tests, whatever that asked for. */
export const webhookEventTypes = noticeTypes.filter(
  (type): type is Exclude<NoticeType, 'webhook.test'> => type !== 'webhook.test',
)

export const MAX_WEBHOOKS = 20

const fields = {
  url: z.string().trim().min(1).max(2_048).describe('a public https address; redirects are not followed'),
  description: z
    .string()
    .trim()
    .max(200)
    // One line, and nothing that a database could not keep.
    .transform((text) => text.toWellFormed().replace(/\p{Cc}+/gu, ' ')),
  event_types: z
    .array(z.enum(webhookEventTypes))
    .min(1)
    .transform((types) => [...new Set(types)])
    .nullable()
    .describe('null: every type, also those that are yet to come'),
  enabled: z.boolean(),
}

export const CreateWebhook = z
  .object({
    url: fields.url,
    description: fields.description.default(''),
    event_types: fields.event_types.default(null),
    enabled: fields.enabled.default(true),
  })
  .strict()
export type CreateWebhook = z.infer<typeof CreateWebhook>

export const UpdateWebhook = z.object(fields).partial().strict()
export type UpdateWebhook = z.infer<typeof UpdateWebhook>

export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  event_types: z.array(z.string()).nullable(),
  enabled: z.boolean(),
  disabled_reason: z
    .enum(['gone', 'failing'])
    .nullable()
    .describe('why the platform switched it off: it answered 410, or nothing succeeded for days'),
  failing_since: z.number().int().nullable().describe('the first failed attempt since one succeeded'),
  previous_secret_until: z
    .number()
    .int()
    .nullable()
    .describe('until then deliveries are signed with the previous secret as well'),
  created_at: z.number().int(),
  updated_at: z.number().int(),
})
export type Webhook = z.infer<typeof Webhook>
export const WebhookPage = pageOf(Webhook)

export const WebhookWithSecret = Webhook.extend({
  secret: z.string().describe('`whsec_…`; shown once'),
})
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>

export const deliveryStatuses = ['pending', 'delivered', 'failed', 'canceled'] as const
export const DeliveryStatus = z.enum(deliveryStatuses)
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

export const WebhookDelivery = z.object({
  id: z.string(),
  webhook_id: z.string(),
  event_id: z.string().describe('the `webhook-id` that receivers tell repetitions by'),
  event_type: z.string(),
  status: DeliveryStatus.describe('canceled: the webhook was switched off before it could be delivered'),
  attempts: z.number().int(),
  response_status: z.number().int().nullable().describe('of the last attempt; null where nothing answered'),
  duration_ms: z.number().int().nullable(),
  next_attempt_at: z.number().int().nullable(),
  created_at: z.number().int(),
  updated_at: z.number().int(),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>
export const WebhookDeliveryPage = pageOf(WebhookDelivery)

export const attemptErrors = [
  'timeout',
  'unreachable',
  'redirected',
  'refused',
  'address_refused',
  'secret_unreadable',
] as const
export type AttemptError = (typeof attemptErrors)[number]

export const WebhookAttempt = z.object({
  number: z.number().int(),
  at: z.number().int(),
  duration_ms: z.number().int(),
  response_status: z.number().int().nullable(),
  response_body: z.string().nullable().describe('its beginning'),
  error: z.enum(attemptErrors).nullable(),
})
export type WebhookAttempt = z.infer<typeof WebhookAttempt>

export const WebhookDeliveryDetails = WebhookDelivery.extend({
  payload: z.string().describe('the body, exactly as it is signed and sent'),
  attempt_log: z.array(WebhookAttempt),
})
export type WebhookDeliveryDetails = z.infer<typeof WebhookDeliveryDetails>

export const DeliveriesQuery = PageQuery.extend({ status: DeliveryStatus.optional() })
export type DeliveriesQuery = z.infer<typeof DeliveriesQuery>
