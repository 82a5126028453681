// A vendor says that a job of ours has come on. Nothing that it says is believed but that: the vendor is asked.
import type { ServiceApp } from '#shared/http/create-service-app'
import { notFound, Problem } from '#shared/http/problems'
import { serviceOf, type ImagesCollaborators, type ImagesRequest } from '../context.ts'
import type { ImagesEnv } from '../env.ts'
import { webhookCheckOf } from './webhook-checks.ts'
import { webhookVendors, type WebhookVendor } from './webhook-url.ts'

const MAX_BODY_BYTES = 16 * 1_048_576
const PATIENCE_MS = 10_000

/** The body as it came, for its signature, and no more of it than may be. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) throw new Problem('payload_too_large', 'The body is too large.')
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

const forged = () => new Problem('unauthenticated', 'This is not signed as it must be.')

async function receive(c: ImagesRequest, vendor: WebhookVendor, outside: ImagesCollaborators): Promise<Response> {
  const { raw } = c.req
  const genuine = await webhookCheckOf(vendor, c.env).verify({
    headers: raw.headers,
    body: await readBytes(raw),
    url: raw.url,
    now: outside.clock(),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!genuine) throw forged()
  const jobId = c.req.param('jobId') ?? ''
  const { jobs, index } = serviceOf(c.env, outside)
  const organizationId = await index.organizationOf(jobId)
  if (organizationId === null) throw notFound('job')
  await jobs.wake({ organizationId, jobId })
  return c.body(null, 204)
}

export function webhookRoutes(app: ServiceApp<ImagesEnv>, outside: ImagesCollaborators): void {
  for (const vendor of webhookVendors) app.post(`/webhooks/images/${vendor}/:jobId`, (c) => receive(c, vendor, outside))
}
