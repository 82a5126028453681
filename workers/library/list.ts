import type { LibraryContext } from './context.ts'

export async function list({ ctx }: { ctx: LibraryContext }): Promise<{ data: unknown[]; next_cursor: string | null }> {
  throw new Error(`library of ${ctx.principal.organizationId} cannot be listed yet`)
}
