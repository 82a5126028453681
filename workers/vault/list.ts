import type { VaultContext } from './context.ts'

export async function list({ ctx }: { ctx: VaultContext }): Promise<{ data: unknown[]; next_cursor: string | null }> {
  throw new Error(`vault of ${ctx.principal.organizationId} cannot be listed yet`)
}
