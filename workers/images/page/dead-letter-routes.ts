// For platform admins: jobs whose retries ran out, and the button that has one done again.
import { PageQuery } from '#shared/contracts/page'
import type { Principal } from '#shared/contracts/principal'
import type { ServiceApp } from '#shared/http/create-service-app'
import { conflict } from '#shared/http/problems'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { parseWith } from '#shared/http/validate'
import { imagesContext, serviceOf, type ImagesCollaborators } from '../context.ts'
import { createImageJob } from '../create-job.ts'
import type { ImagesEnv } from '../env.ts'
import type { HandlerParts } from '../handler-parts.ts'
import type { ImageJob } from '../image-job.ts'
import { askAgain } from './ask-again.ts'
import { toDeadLetter } from './to-dead-letter.ts'

type Payer = Extract<Principal, { kind: 'user' | 'api-key' }>

/** Whoever had asked pays again, for what they are given this time. */
async function askerOf({ organizationId, userId, keyId }: ImageJob, { roleOf }: HandlerParts): Promise<Payer> {
  if (keyId !== null) return { kind: 'api-key', organizationId, userId, keyId, scopes: ['images'] }
  const role = await roleOf({ organizationId, userId })
  if (role === null) throw conflict('Whoever asked for this does not belong to the organization any more.')
  return { kind: 'user', organizationId, userId, role, platformAdmin: false }
}

export function deadLetterRoutes(app: ServiceApp<ImagesEnv>, outside: ImagesCollaborators): void {
  app.get('/api/images/dead-letters', async (c) => {
    requirePlatformAdmin(c.get('principal'))
    const { jobs } = serviceOf(c.env, outside)
    const { limit, cursor } = parseWith(PageQuery, c.req.query())
    const page = await jobs.deadLetters({ limit, ...(cursor !== undefined && { cursor }) })
    return c.json({ data: page.data.map(toDeadLetter), next_cursor: page.nextCursor })
  })
  app.post('/api/images/dead-letters/:id/retry', async (c) => {
    requirePlatformAdmin(c.get('principal'))
    const { jobs, parts } = serviceOf(c.env, outside)
    const old = await jobs.getDeadLetter({ jobId: c.req.param('id') })
    const ctx = imagesContext(c, await askerOf(old, parts), outside)
    const ask = await askAgain(old, ctx.library)
    const { job } = await createImageJob({ ask, idempotency: null, driven: false, insteadOf: old }, ctx)
    return c.json(toDeadLetter(job), 202)
  })
}
