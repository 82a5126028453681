// API keys. Their records live in the organization's ledger alone, as a hash; the key itself is shown once.
import type { CreateKey, UpdateKey } from '#shared/contracts/keys'
import type { Budget, KeyState, Page } from '#shared/contracts/ledger'
import { roleMay } from '#shared/contracts/permissions'
import { invalidRequest, notFound, Problem } from '#shared/http/problems'
import { sha256Hex } from '#shared/lib/bytes'
import { bareId, randomText } from '#shared/lib/ids'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { notify } from './notify.ts'
import type { Actor } from './require-actor.ts'

interface Asked {
  actor: Actor
  ctx: SystemContext
}

/** 160 bits. */
const SECRET_LENGTH = 32
const PAGE = 100

/** Everybody's keys for those who manage them, one's own for the rest. */
const reachOf = (actor: Actor): { userId?: string } =>
  roleMay(actor.role, 'keys.manage-all') ? {} : { userId: actor.userId }

const ask = <T>(
  { actor, ctx }: Asked,
  question: (ledger: ReturnType<SystemContext['ledgerOf']>) => Promise<T>,
): Promise<T> => askLedger({ organizationId: actor.organizationId, ctx, ask: question })

async function findKey(id: string, asked: Asked): Promise<KeyState | null> {
  let cursor: string | undefined
  do {
    const page: Page<KeyState> = await ask(asked, (ledger) =>
      ledger.keys({ limit: PAGE, cursor, ...reachOf(asked.actor) }),
    )
    const found = page.data.find((key) => key.id === id)
    if (found) return found
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return null
}

const isLimited = (key: KeyState): boolean =>
  [key.budget, key.models, key.rateLimitRpm, key.rateLimitTpm, key.parallelRequests, key.expiresAt].some(
    (limit) => limit !== null && limit !== undefined,
  )

/** A key that makes or changes keys gives no more than it has: no other scopes, and no way around its own limits. */
async function requireWithinOwn({ scopes }: { scopes?: string[] }, asked: Asked): Promise<void> {
  const { actor } = asked
  if (actor.keyId === null) return
  const beyond = scopes?.find((scope) => !(actor.scopes as string[] | null)?.includes(scope))
  if (beyond)
    throw new Problem('permission_denied', `A key cannot give the scope “${beyond}”, which it does not have.`, {
      param: 'scopes',
    })
  const own = await findKey(actor.keyId, asked)
  if (!own || isLimited(own))
    throw new Problem(
      'permission_denied',
      'A key with a budget, a limit, a list of models or an expiry cannot make or change keys.',
    )
}

function requireFuture(expiresAt: number | null | undefined, now: number): void {
  if (expiresAt !== null && expiresAt !== undefined && expiresAt <= now)
    throw invalidRequest('expires_at: must be in the future', 'expires_at')
}

export async function createKey({
  input,
  ...asked
}: Asked & { input: CreateKey }): Promise<{ key: string; state: KeyState }> {
  const { actor, ctx } = asked
  requireFuture(input.expires_at, ctx.now())
  await requireWithinOwn(input, asked)
  const id = ctx.createId('key')
  const key = `rq_${bareId(actor.organizationId)}_${bareId(id)}_${randomText(SECRET_LENGTH)}`
  const record = {
    id,
    name: input.name,
    userId: actor.userId,
    secretHash: await sha256Hex(key),
    hint: key.slice(-4),
    scopes: input.scopes,
    models: input.models,
    budget: toBudget(input.budget_micros, input.budget_period),
    rateLimitRpm: input.rate_limit_rpm,
    rateLimitTpm: input.rate_limit_tpm,
    parallelRequests: input.parallel_requests,
    alertPercents: input.alert_percents,
    cacheSeconds: input.cache_seconds,
    expiresAt: input.expires_at,
    createdAt: ctx.now(),
    revokedAt: null,
  }
  await ask(asked, (ledger) => ledger.createKey(record))
  await note('key.created', id, asked, { scopes: input.scopes.join(' ') })
  await tell('key.created', record, asked)
  return { key, state: { ...record, lastUsedAt: null, spentMicros: 0 } }
}

const toBudget = (limitMicros: number | null, period: Budget['period'] | null): Budget | null =>
  limitMicros === null ? null : { limitMicros, period: period ?? 'month' }

export async function listKeys({
  limit,
  cursor,
  ...asked
}: Asked & { limit: number; cursor?: string }): Promise<Page<KeyState>> {
  return ask(asked, (ledger) => ledger.keys({ limit, cursor, ...reachOf(asked.actor) }))
}

async function changedBudget(input: UpdateKey, id: string, asked: Asked): Promise<{ budget?: Budget | null }> {
  if (input.budget_micros === undefined && input.budget_period === undefined) return {}
  if (input.budget_micros === null) return { budget: null }
  const before = (await findKey(id, asked))?.budget ?? null
  const limitMicros = input.budget_micros ?? before?.limitMicros
  if (limitMicros === undefined)
    throw invalidRequest('budget_period: there is no budget that it could belong to', 'budget_period')
  return { budget: { limitMicros, period: input.budget_period ?? before?.period ?? 'month' } }
}

export async function updateKey({ id, input, ...asked }: Asked & { id: string; input: UpdateKey }): Promise<KeyState> {
  requireFuture(input.expires_at, asked.ctx.now())
  await requireWithinOwn(input, asked)
  const change = {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.scopes !== undefined && { scopes: input.scopes }),
    ...(input.models !== undefined && { models: input.models }),
    ...(input.rate_limit_rpm !== undefined && { rateLimitRpm: input.rate_limit_rpm }),
    ...(input.rate_limit_tpm !== undefined && { rateLimitTpm: input.rate_limit_tpm }),
    ...(input.parallel_requests !== undefined && { parallelRequests: input.parallel_requests }),
    ...(input.alert_percents !== undefined && { alertPercents: input.alert_percents }),
    ...(input.cache_seconds !== undefined && { cacheSeconds: input.cache_seconds }),
    ...(input.expires_at !== undefined && { expiresAt: input.expires_at }),
    ...(await changedBudget(input, id, asked)),
  }
  const state = await ask(asked, (ledger) => ledger.updateKey({ id, ...reachOf(asked.actor), change }))
  if (!state) throw notFound('API key')
  await note('key.updated', id, asked, { fields: Object.keys(change).join(' ') })
  return state
}

export async function revokeKey({ id, ...asked }: Asked & { id: string }): Promise<KeyState> {
  const state = await ask(asked, (ledger) => ledger.revokeKey({ id, ...reachOf(asked.actor) }))
  if (!state) throw notFound('API key')
  await note('key.revoked', id, asked)
  await tell('key.revoked', state, asked)
  return state
}

const tell = (
  type: 'key.created' | 'key.revoked',
  { id, name, userId, scopes }: Pick<KeyState, 'id' | 'name' | 'userId' | 'scopes'>,
  { actor, ctx }: Asked,
) =>
  notify({
    ctx,
    organizationId: actor.organizationId,
    type,
    data: { key_id: id, name, user_id: userId, scopes, changed_by: actor.userId },
  })

async function note(
  action: 'key.created' | 'key.updated' | 'key.revoked',
  targetId: string,
  { actor, ctx }: Asked,
  facts?: Record<string, string>,
) {
  await auditInsert({ ctx, organizationId: actor.organizationId, actor, action, targetId, ...(facts && { facts }) })
}
