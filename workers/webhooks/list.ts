import type { WebhooksContext } from './context.ts'

export async function list({
  ctx,
}: {
  ctx: WebhooksContext
}): Promise<{ data: unknown[]; next_cursor: string | null }> {
  throw new Error(`webhooks of ${ctx.principal.organizationId} cannot be listed yet`)
}
