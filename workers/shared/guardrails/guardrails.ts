// The guardrails of this service: what an organization's policy says, applied to one call.
import { createIds, type CreateId } from '#shared/lib/ids'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { ModerationModels } from '#shared/providers/moderation-models'
import type { Guardrails } from './guard-types.ts'
import { createGuard } from './guard.ts'
import { createModerator, type Moderator } from './moderation.ts'

export interface GuardrailParts {
  /** Those that an organization can have asked under its policy. */
  moderationsOf(organizationId: string, snapshot: PolicySnapshot): ModerationModels | Promise<ModerationModels>
  createId?: CreateId
}

/** The registry is looked up only where something is to be judged. */
const whenAsked = (create: () => Promise<Moderator>): Moderator => {
  let moderator: Promise<Moderator> | null = null
  return { judge: async (texts, options) => (await (moderator ??= create())).judge(texts, options) }
}

export const createGuardrails =
  ({ moderationsOf, createId = createIds() }: GuardrailParts): Guardrails =>
  ({ organizationId, requestId, snapshot, meter }) =>
    createGuard({
      guardrails: snapshot.policy.guardrails,
      moderator: whenAsked(async () =>
        createModerator({
          models: await moderationsOf(organizationId, snapshot),
          allowedVendors: snapshot.policy.allowed_vendors,
          meter,
          requestId,
          createId,
        }),
      ),
      logger: meter.logger,
    })
