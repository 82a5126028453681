// The platform switches a webhook off: people learn it from the audit log, by mail and through their other webhooks.
import { sha256Hex } from '#shared/lib/bytes'
import type { SystemContext } from './context.ts'
import type { EndpointRow } from './endpoint-rows.ts'
import type { Verdict } from './judge-attempt.ts'

/** Before the row says so, and with an id of its own making: done again after a crash it is the same notice. */
export async function announceDisabling({
  endpoint,
  verdict: { disable: reason, failingSince },
  ctx,
}: {
  endpoint: EndpointRow
  verdict: Verdict
  ctx: SystemContext
}): Promise<void> {
  const { id, organizationId, url, updatedAt } = endpoint
  await ctx.auth.recordAudit({
    organizationId,
    actor: { userId: null, keyId: null },
    action: 'webhook.disabled',
    targetId: id,
    facts: { reason },
  })
  const digest = await sha256Hex(`${id} ${updatedAt} ${reason}`)
  await ctx.notices.send({
    id: `evt_${digest.slice(0, 25)}`,
    organizationId,
    type: 'webhook.disabled',
    at: ctx.now(),
    // An address may hold a token: only where it leads to is told.
    data: { webhook_id: id, host: new URL(url).host, reason, failing_since: failingSince },
  })
}
