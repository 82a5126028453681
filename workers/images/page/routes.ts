// What the dashboard asks: jobs, what they would cost, models, styles and better prompts.
import { z } from 'zod'
import { ImageJobInput, PromptRequest } from '#shared/contracts/images'
import { jobStates } from '#shared/contracts/jobs'
import { PageQuery } from '#shared/contracts/page'
import type { VerifiedPrincipal } from '#shared/contracts/principal'
import type { ServiceApp } from '#shared/http/create-service-app'
import { requirePermission } from '#shared/http/require-permission'
import { parseBody, parseWith } from '#shared/http/validate'
import { fingerprintOf, readIdempotencyKey } from '#shared/metering/fingerprint'
import { isAllowed } from '#shared/policy/require-allowed'
import { imagesContext, type ImagesCollaborators, type ImagesContext, type ImagesRequest } from '../context.ts'
import { createImageJob } from '../create-job.ts'
import type { ImagesEnv } from '../env.ts'
import { improvePrompt, translatePrompt } from '../prompts/prompts.ts'
import { styles } from '../styles/styles.ts'
import { askAgain } from './ask-again.ts'
import { estimateJob } from './estimate.ts'
import { readJobInput } from './read-job-input.ts'
import { toModelInfo } from './to-model-info.ts'

/** A painted mask travels in the body. */
const MAX_BODY_BYTES = 16 * 1_048_576

const JobsQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(jobStates)).min(1))
    .optional()
    .describe('one or several, separated by commas'),
})

interface Asking {
  ctx: ImagesContext
  principal: VerifiedPrincipal
  holder: { organizationId: string; userId: string }
}

function asking(c: ImagesRequest, outside: ImagesCollaborators): Asking {
  const principal = requirePermission(c.get('principal'), 'images.use')
  const { organizationId, userId } = principal
  return { ctx: imagesContext(c, principal, outside), principal, holder: { organizationId, userId } }
}

/** A style's words are for models, not for people. */
const shownStyles = styles.map(({ id, name, description, colours }) => ({ id, name, description, colours }))

async function startJob(c: ImagesRequest, outside: ImagesCollaborators): Promise<Response> {
  const { ctx, holder } = asking(c, outside)
  const key = readIdempotencyKey(c.req.raw.headers.get('idempotency-key'))
  const input = await parseBody(c.req.raw, ImageJobInput, { maxBytes: MAX_BODY_BYTES })
  const ask = await readJobInput(input, { holder, library: ctx.library })
  const idempotency = key === null ? null : { key, fingerprint: await fingerprintOf('/api/images/jobs', input) }
  const { job } = await createImageJob({ ask, idempotency, driven: false }, ctx)
  return c.json(ctx.jobs.toJob(job), 202)
}

async function retryJob(c: ImagesRequest, jobId: string, outside: ImagesCollaborators): Promise<Response> {
  const { ctx, holder } = asking(c, outside)
  const old = await ctx.jobs.get({ ...holder, jobId })
  const ask = await askAgain(old, ctx.library)
  const { job } = await createImageJob({ ask, idempotency: null, driven: false, insteadOf: old }, ctx)
  return c.json(ctx.jobs.toJob(job), 202)
}

async function listModels(c: ImagesRequest, outside: ImagesCollaborators): Promise<Response> {
  const { ctx } = asking(c, outside)
  const snapshot = await ctx.ledger.policy()
  ctx.policies.keep(ctx.organizationId, snapshot)
  const { images } = await ctx.registriesOf(snapshot)
  const offered = images.list().filter((model) => isAllowed(model, snapshot.policy))
  return c.json({ data: offered.map(toModelInfo), next_cursor: null })
}

async function writePrompt(c: ImagesRequest, outside: ImagesCollaborators): Promise<Response> {
  const { ctx } = asking(c, outside)
  const { prompt, goal, language_model: languageModel, style } = await parseBody(c.req.raw, PromptRequest)
  const { organizationId, payer, writer, createId, languageOf } = ctx
  const asked = {
    prompt,
    ...(languageModel !== undefined && { languageModel }),
    ctx: { organizationId, payer, writer, createId, languageOf },
  }
  return c.json(goal === 'translate' ? await translatePrompt(asked) : await improvePrompt({ ...asked, style }))
}

export function pageRoutes(app: ServiceApp<ImagesEnv>, outside: ImagesCollaborators): void {
  app.post('/api/images/jobs', (c) => startJob(c, outside))
  app.get('/api/images/jobs', async (c) => {
    const { ctx, holder } = asking(c, outside)
    const { limit, cursor, state } = parseWith(JobsQuery, c.req.query())
    const page = await ctx.jobs.list({
      ...holder,
      limit,
      ...(cursor !== undefined && { cursor }),
      ...(state && { states: state }),
    })
    return c.json({ data: page.data.map((job) => ctx.jobs.toJob(job)), next_cursor: page.nextCursor })
  })
  app.get('/api/images/jobs/:id', async (c) => {
    const { ctx, holder } = asking(c, outside)
    return c.json(ctx.jobs.toJob(await ctx.jobs.get({ ...holder, jobId: c.req.param('id') })))
  })
  app.post('/api/images/jobs/:id/cancel', async (c) => {
    const { ctx, holder } = asking(c, outside)
    return c.json(ctx.jobs.toJob(await ctx.jobs.cancel({ ...holder, jobId: c.req.param('id') })))
  })
  app.post('/api/images/jobs/:id/retry', (c) => retryJob(c, c.req.param('id'), outside))
  app.post('/api/images/estimates', async (c) => {
    const { ctx, holder } = asking(c, outside)
    const input = await parseBody(c.req.raw, ImageJobInput, { maxBytes: MAX_BODY_BYTES })
    return c.json(await estimateJob(await readJobInput(input, { holder, library: ctx.library }), ctx))
  })
  app.get('/api/images/models', (c) => listModels(c, outside))
  app.get('/api/images/styles', (c) => {
    requirePermission(c.get('principal'), 'images.use')
    return c.json({ data: shownStyles, next_cursor: null })
  })
  app.post('/api/images/prompts', (c) => writePrompt(c, outside))
}
