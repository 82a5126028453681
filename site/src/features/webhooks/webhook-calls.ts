import type {
  CreateWebhook,
  DeliveryStatus,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetails,
  WebhookWithSecret,
} from '#shared/contracts/webhooks'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'

const at = (id: string) => `/api/webhooks/${encodeURIComponent(id)}`
const delivery = (id: string) => `/api/webhooks/deliveries/${encodeURIComponent(id)}`

export const listWebhooks = async (signal: AbortSignal): Promise<Webhook[]> =>
  (await api.get<Page<Webhook>>('/api/webhooks', { signal })).data

export const createWebhook = (body: CreateWebhook): Promise<WebhookWithSecret> => api.post('/api/webhooks', body)
export const updateWebhook = (id: string, change: UpdateWebhook): Promise<Webhook> => api.patch(at(id), change)
export const deleteWebhook = (id: string): Promise<unknown> => api.delete(at(id))
export const rotateSecret = (id: string): Promise<WebhookWithSecret> => api.post(`${at(id)}/rotate-secret`)
export const sendTest = (id: string): Promise<WebhookDelivery> => api.post(`${at(id)}/test`)

export const listDeliveries = (
  id: string,
  { status, cursor, signal }: { status: DeliveryStatus | null; cursor: string | null; signal: AbortSignal },
): Promise<Page<WebhookDelivery>> => api.get(`${at(id)}/deliveries`, { query: { limit: 25, status, cursor }, signal })

export const getDelivery = (id: string, signal: AbortSignal): Promise<WebhookDeliveryDetails> =>
  api.get(delivery(id), { signal })
export const redeliver = (id: string): Promise<WebhookDelivery> => api.post(`${delivery(id)}/redeliver`)
