// The rules for those membership routes of Better Auth that are open: founding and joining.
import { APIError } from 'better-auth/api'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { inRegion, isRegion, regions, type Region } from '#shared/lib/region'
import { notify } from './notify.ts'
import { requireSeatToJoin, welcomeToPlan } from './plan-room.ts'
import type { AuthSettings } from './settings.ts'

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])$/

interface Named {
  name?: string
  slug?: string
}

function requireGoodNames({ name, slug }: Named): void {
  const bare = name?.trim() ?? ''
  if (bare.length === 0 || bare.length > 100)
    throw new APIError('BAD_REQUEST', { code: 'INVALID_ORGANIZATION_NAME', message: 'A name has 1 to 100 characters.' })
  if (!SLUG.test(slug ?? '') || slug!.startsWith('personal-')) {
    throw new APIError('BAD_REQUEST', {
      code: 'INVALID_ORGANIZATION_SLUG',
      message: 'A slug has 2 to 48 small Latin letters, digits and hyphens.',
    })
  }
}

/** Where its objects will live, which no later change can move. Null: wherever they are first asked for. */
function chosenRegion(metadata: unknown, { hasRegions, defaultRegion }: AuthSettings): Region | null {
  const region = (metadata as { region?: unknown } | null | undefined)?.region
  if (region === undefined) return defaultRegion
  if (region === null) return null
  if (!hasRegions || !isRegion(region))
    throw new APIError('BAD_REQUEST', {
      code: 'INVALID_ORGANIZATION_REGION',
      message: hasRegions
        ? `The regions are ${regions.join(', ')}.`
        : 'This platform does not bind organizations to regions.',
    })
  return region
}

export const organizationHooks = (ctx: SystemContext) => ({
  async beforeCreateOrganization({ organization }: { organization: Named & Record<string, unknown> }) {
    requireGoodNames(organization)
    const id = inRegion(ctx.createId('organization'), chosenRegion(organization['metadata'], ctx.settings))
    // Nothing but what was checked: a logo would be shown to others, metadata is nobody's business.
    return { data: { ...organization, id, name: organization.name!.trim(), logo: undefined, metadata: undefined } }
  },
  async afterCreateOrganization({ organization, user }: { organization: { id: string }; user: { id: string } }) {
    await auditInsert({
      ctx,
      organizationId: organization.id,
      actor: { userId: user.id },
      action: 'organization.created',
      targetId: organization.id,
    })
    welcomeToPlan({ organizationId: organization.id, ctx })
  },
  async beforeAcceptInvitation({ organization }: { organization: { id: string } }) {
    await requireSeatToJoin({ organizationId: organization.id, ctx })
  },
  async afterAcceptInvitation({
    organization,
    member,
    user,
  }: {
    organization: { id: string }
    member: { role: string }
    user: { id: string }
  }) {
    await auditInsert({
      ctx,
      organizationId: organization.id,
      actor: { userId: user.id },
      action: 'member.joined',
      targetId: user.id,
      facts: { role: member.role },
    })
    const data = { user_id: user.id, role: member.role }
    await notify({ ctx, organizationId: organization.id, type: 'member.joined', data })
  },
})
