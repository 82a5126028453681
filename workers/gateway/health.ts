// GET /health: is the platform up, and which part of it is not. Every service is asked, briefly; the answer
// is kept for a moment, so that asking often costs nothing.
import { PRINCIPAL_HEADER, REQUEST_ID_HEADER, sealPrincipal } from '#shared/http/principal'
import { Problem } from '#shared/http/problems'
import type { GatewayEnv } from './env.ts'
import type { ServiceBinding } from './services.ts'

type Status = 'up' | 'down'

interface Health {
  status: 'ok' | 'degraded'
  services: Record<string, { status: Status }>
}

const TIMEOUT_MS = 2_000
const KEPT_FOR_MS = 1_000

const kept = new WeakMap<GatewayEnv, { at: number; health: Health }>()

interface Question {
  request: Request
  env: GatewayEnv
  requestId: string
  now: () => number
}

/** A service that answers at all, even that there is no such page, is up. */
async function askService({
  binding,
  env,
  requestId,
  now,
}: Omit<Question, 'request'> & { binding: ServiceBinding }): Promise<boolean> {
  const sealed = await sealPrincipal({ principal: { kind: 'anonymous' }, at: now() }, env.PRINCIPAL_KEY)
  const headers = { [PRINCIPAL_HEADER]: sealed, [REQUEST_ID_HEADER]: requestId }
  const response = await env[binding].fetch(new Request('https://riwaq.internal/health', { headers }))
  await response.body?.cancel()
  return response.status < 500
}

async function statusOf(check: () => Promise<boolean>): Promise<{ status: Status }> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), TIMEOUT_MS)
  })
  try {
    return { status: (await Promise.race([check(), late])) ? 'up' : 'down' }
  } catch {
    return { status: 'down' }
  } finally {
    clearTimeout(timer)
  }
}

async function ask(question: Omit<Question, 'request'>): Promise<Health> {
  const { env } = question
  const [auth, billing, chat, images, library, webhooks, vault, objects] = await Promise.all([
    statusOf(async () => (await env.AUTH_RPC.health()).database),
    statusOf(() => askService({ ...question, binding: 'BILLING' })),
    statusOf(() => askService({ ...question, binding: 'CHAT' })),
    statusOf(() => askService({ ...question, binding: 'IMAGES' })),
    statusOf(() => askService({ ...question, binding: 'LIBRARY' })),
    statusOf(() => askService({ ...question, binding: 'WEBHOOKS' })),
    statusOf(() => askService({ ...question, binding: 'VAULT' })),
    statusOf(
      async () => (await env.RATE_LIMITER.getByName('health').take({ limit: 1_000_000, windowSeconds: 1 })) !== null,
    ),
  ])
  const services = { auth, billing, chat, images, library, webhooks, vault, 'durable-objects': objects }
  return { status: Object.values(services).every(({ status }) => status === 'up') ? 'ok' : 'degraded', services }
}

export async function answerHealth(question: Question): Promise<Response> {
  const { request, env, now } = question
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Problem('method_not_allowed', 'This address can only be read.', { headers: { allow: 'GET, HEAD' } })
  }
  const last = kept.get(env)
  // Only a finished answer is shared: a request may not wait for what another one has begun.
  if (last && now() - last.at < KEPT_FOR_MS) return Response.json(last.health)
  const health = await ask(question)
  kept.set(env, { at: now(), health })
  return Response.json(health)
}
