import { notFound } from '#shared/http/problems'
import type { Actor } from './require-actor.ts'

/** `current` or its own id: one acts for one organization at a time, and others are not there. */
export function requireOrganization(id: string, actor: Actor): void {
  if (id !== 'current' && id !== actor.organizationId) throw notFound('organization')
}
