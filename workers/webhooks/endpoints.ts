// The webhooks of one organization: what they are, and every change to them, which the audit log has first.
import type { ServiceAuditAction } from '#shared/contracts/account'
import { MAX_WEBHOOKS, type CreateWebhook, type UpdateWebhook } from '#shared/contracts/webhooks'
import { conflict } from '#shared/http/problems'
import type { WebhooksContext } from './context.ts'
import type { EndpointRow } from './endpoint-rows.ts'
import { requireAddress } from './require-address.ts'
import { askAccounts, requireManager, type Manager } from './require-manager.ts'
import { createSigningSecret } from './signature.ts'

interface Asked {
  ctx: WebhooksContext
}

interface Named extends Asked {
  id: string
}

/** A receiver has this long to learn its new secret. */
export const BOTH_SECRETS_MS = 24 * 3_600_000

interface Recorded extends Named {
  manager: Manager
  action: ServiceAuditAction
  fields?: string[]
}

const record = ({ manager, action, id, fields, ctx }: Recorded): Promise<void> =>
  askAccounts(() =>
    ctx.auth.recordAudit({
      organizationId: manager.organizationId,
      actor: { userId: manager.userId, keyId: manager.keyId },
      action,
      targetId: id,
      ...(fields && { facts: { fields: fields.join(' ') } }),
    }),
  )

export async function listEndpoints({ ctx }: Asked): Promise<EndpointRow[]> {
  const { organizationId } = await requireManager(ctx)
  return ctx.endpoints.list({ organizationId })
}

export async function getEndpoint({ id, ctx }: Named): Promise<EndpointRow> {
  const { organizationId } = await requireManager(ctx)
  return ctx.endpoints.getEndpointOf({ organizationId, id })
}

export interface WithSecret {
  row: EndpointRow
  secret: string
}

export async function createEndpoint({ input, ctx }: Asked & { input: CreateWebhook }): Promise<WithSecret> {
  const manager = await requireManager(ctx)
  const { organizationId } = manager
  const url = requireAddress(input.url, ctx.settings)
  if ((await ctx.endpoints.list({ organizationId })).length >= MAX_WEBHOOKS) throw tooMany()
  const id = ctx.createId('endpoint')
  const now = ctx.now()
  const secret = createSigningSecret()
  const row: EndpointRow = {
    id,
    organizationId,
    url,
    description: input.description,
    eventTypes: input.event_types,
    enabled: input.enabled,
    disabledReason: null,
    secret: await ctx.box.seal(secret, id),
    previousSecret: null,
    previousSecretUntil: null,
    failingSince: null,
    createdAt: now,
    updatedAt: now,
  }
  await record({ manager, action: 'webhook.created', id, ctx })
  if (!(await ctx.endpoints.add(row, { limit: MAX_WEBHOOKS }))) throw tooMany()
  return { row, secret }
}

const tooMany = () => conflict(`An organization has at most ${MAX_WEBHOOKS} webhooks.`)

export async function updateEndpoint({ id, change, ctx }: Named & { change: UpdateWebhook }): Promise<EndpointRow> {
  const manager = await requireManager(ctx)
  const { organizationId } = manager
  const present = await ctx.endpoints.getEndpointOf({ organizationId, id })
  const { url, description, event_types: eventTypes, enabled } = change
  const fields = Object.keys(change)
  if (fields.length === 0) return present
  const address = url === undefined ? undefined : requireAddress(url, ctx.settings)
  // Somebody looked after it: what failed before says nothing of it any more.
  const isNewStart = enabled === true || (address !== undefined && address !== present.url)
  await record({ manager, action: 'webhook.updated', id, fields, ctx })
  return ctx.endpoints.change(
    { organizationId, id },
    {
      updatedAt: ctx.now(),
      ...(address !== undefined && { url: address }),
      ...(description !== undefined && { description }),
      ...(eventTypes !== undefined && { eventTypes }),
      ...(enabled !== undefined && { enabled, disabledReason: null }),
      ...(isNewStart && { failingSince: null }),
    },
  )
}

export async function deleteEndpoint({ id, ctx }: Named): Promise<void> {
  const manager = await requireManager(ctx)
  const { organizationId } = manager
  await ctx.endpoints.getEndpointOf({ organizationId, id })
  await record({ manager, action: 'webhook.deleted', id, ctx })
  await ctx.endpoints.remove({ organizationId, id })
}

export async function rotateSecret({ id, ctx }: Named): Promise<WithSecret> {
  const manager = await requireManager(ctx)
  const { organizationId } = manager
  const present = await ctx.endpoints.getEndpointOf({ organizationId, id })
  const secret = createSigningSecret()
  const sealed = await ctx.box.seal(secret, id)
  await record({ manager, action: 'webhook.secret-rotated', id, ctx })
  const now = ctx.now()
  const row = await ctx.endpoints.change(
    { organizationId, id },
    { secret: sealed, previousSecret: present.secret, previousSecretUntil: now + BOTH_SECRETS_MS, updatedAt: now },
  )
  return { row, secret }
}
