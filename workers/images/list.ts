import type { ImagesContext } from './context.ts'

export async function list({ ctx }: { ctx: ImagesContext }): Promise<{ data: unknown[]; next_cursor: string | null }> {
  throw new Error(`images of ${ctx.principal.organizationId} cannot be listed yet`)
}
