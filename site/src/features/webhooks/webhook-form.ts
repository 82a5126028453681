// The webhook dialog's fields as the person leaves them, and the request that they mean.
import { webhookEventTypes, type CreateWebhook, type UpdateWebhook, type Webhook } from '#shared/contracts/webhooks'
import { checkPublicUrl, type UrlFault } from '#shared/lib/public-url'

export type EventType = (typeof webhookEventTypes)[number]

export interface WebhookDraft {
  url: string
  description: string
  /** Only the chosen ones, and not every event. */
  limited: boolean
  events: EventType[]
}

export type WebhookFault = UrlFault | 'url-missing' | 'description-long' | 'events-missing'
export type WebhookFaults = Partial<Record<'url' | 'description' | 'events', WebhookFault>>

const DESCRIPTION_MAX = 200

export const newDraft = (): WebhookDraft => ({ url: '', description: '', limited: false, events: [] })

const isEventType = (type: string): type is EventType => (webhookEventTypes as readonly string[]).includes(type)

export const draftOf = ({ url, description, event_types: types }: Webhook): WebhookDraft => ({
  url,
  description,
  limited: types !== null,
  events: types?.filter(isEventType) ?? [],
})

type WebhookBody = Pick<CreateWebhook, 'url' | 'description' | 'event_types'>

export type WebhookReading = { ok: true; body: WebhookBody } | { ok: false; faults: WebhookFaults }

/** `local`: the platform runs on this machine, which may then be told as well. */
export function readWebhookDraft(draft: WebhookDraft, { local }: { local: boolean }): WebhookReading {
  const url = draft.url.trim()
  const description = draft.description.trim()
  const address = checkPublicUrl(url, { local })
  const faults: WebhookFaults = {}
  if (url === '') faults.url = 'url-missing'
  else if (!address.ok) faults.url = address.fault
  if (description.length > DESCRIPTION_MAX) faults.description = 'description-long'
  if (draft.limited && draft.events.length === 0) faults.events = 'events-missing'
  if (Object.keys(faults).length > 0) return { ok: false, faults }
  // In the order in which they are shown, so that ticking twice changes nothing.
  const events = webhookEventTypes.filter((type) => draft.events.includes(type))
  return { ok: true, body: { url, description, event_types: draft.limited ? events : null } }
}

/** Only what was changed, so that two people who edit one webhook do not undo each other. */
export function toChange(before: Webhook, after: WebhookBody): UpdateWebhook {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof WebhookBody]),
  )
  return Object.fromEntries(changed)
}
