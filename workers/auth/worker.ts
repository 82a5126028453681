// Accounts. Reached by the gateway for HTTP, and by RPC for the one question of every signed-in call.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { AuthQuestions, ServiceAudit } from '#shared/contracts/account'
import type { Notice } from '#shared/contracts/notices'
import { createService } from '#shared/http/create-service'
import { recordServiceAudit } from './audit.ts'
import { systemContext } from './context.ts'
import type { AuthEnv } from './env.ts'
import { emailsOf } from './emails-of.ts'
import { mailNotice } from './notice-mails.ts'
import { organizationOf } from './organization-of.ts'
import { organizationIdsAfter } from './organization-ids.ts'
import { findRole } from './require-actor.ts'
import { resolvePrincipal } from './resolve-principal.ts'
import { routes } from './routes.ts'

export default createService<AuthEnv>('auth', routes)

export class AuthRpc extends WorkerEntrypoint<AuthEnv> implements AuthQuestions {
  async principalOf({ cookie, origin }: { cookie: string; origin: string }) {
    return resolvePrincipal({ cookie, origin, ctx: systemContext(this.env) })
  }

  async emailsOf(userIds: string[]) {
    return emailsOf({ userIds, ctx: systemContext(this.env) })
  }

  async roleOf(input: { organizationId: string; userId: string }) {
    return findRole({ ...input, ctx: systemContext(this.env) })
  }

  async organizationOf({ organizationId }: { organizationId: string }) {
    return organizationOf({ organizationId, ctx: systemContext(this.env) })
  }

  async organizationIdsAfter(input: { after: string; limit: number }) {
    return organizationIdsAfter({ ...input, ctx: systemContext(this.env) })
  }

  async mailNotice(notice: Notice) {
    return mailNotice({ notice, ctx: systemContext(this.env) })
  }

  async recordAudit(audit: ServiceAudit) {
    await recordServiceAudit({ audit, ctx: systemContext(this.env) })
  }

  async health() {
    await this.env.DB.prepare('select 1').first()
    return { database: true }
  }
}
