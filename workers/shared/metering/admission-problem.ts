// Every way in which the ledger refuses a paid call, as the problem that its caller reads.
import type { Admission, BudgetAccount, KeyVerdict } from '../contracts/ledger.ts'
import { Problem } from '../http/problems.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'

type Refusal = Exclude<Admission, { ok: true }> | Exclude<KeyVerdict, { ok: true }>
type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

const dollars = (micros: number): string => `$${(micros / 1_000_000).toFixed(6).replace(/0{1,4}$/, '')}`

function whose(account: BudgetAccount): string {
  if (account.startsWith('model:')) return `model ${account.slice('model:'.length)}’s`
  return account === 'organization' ? 'organization’s' : account.startsWith('key:') ? 'API key’s' : 'member’s'
}

const keyReasons = {
  unknown: 'This API key is not valid.',
  revoked: 'This API key has been revoked.',
  expired: 'This API key has expired.',
} as const

type TooFast = Extract<Refusal, { code: 'rate_limit_exceeded' }>

const tooMany = ({ rateLimit, retryAfterSeconds }: TooFast): Problem =>
  new Problem(
    'rate_limit_exceeded',
    `Too many requests: ${rateLimit.limit} in ${rateLimit.windowSeconds} seconds are allowed (${rateLimit.name}).`,
    {
      retryAfterSeconds,
      headers: rateLimitHeaders(rateLimit),
      facts: { limit: rateLimit.name, requests: rateLimit.limit, window_seconds: rateLimit.windowSeconds },
    },
  )

/** One that asks for more than a whole window allows is told what to change: no waiting helps it. */
function tooManyTokens({ rateLimit, retryAfterSeconds, ...refusal }: TooFast): Problem {
  const { name, limit, windowSeconds, remaining } = rateLimit
  const needed = ('neededTokens' in refusal && refusal.neededTokens) || 0
  const never = needed > limit
  const allowed = `${limit} in ${windowSeconds} seconds are allowed (${name})`
  return new Problem(
    'rate_limit_exceeded',
    never
      ? `This request may reach ${needed} tokens, but ${allowed}. Ask for a shorter answer or send a shorter prompt.`
      : `Too many tokens: ${allowed}; this request may reach ${needed} and ${remaining} are left.`,
    {
      ...(!never && { retryAfterSeconds }),
      headers: { ...rateLimitHeaders(rateLimit), ...(never && { 'x-should-retry': 'false' }) },
      facts: { limit: name, tokens: limit, needed_tokens: needed, window_seconds: windowSeconds },
    },
  )
}

const renderers: { [Code in Refusal['code']]: (refusal: RefusalOf<Code>) => Problem } = {
  invalid_api_key: ({ reason }) => new Problem('invalid_api_key', keyReasons[reason], { facts: { reason } }),
  permission_denied: ({ scope }) =>
    new Problem('permission_denied', `This needs the permission “${scope}”, which the caller does not have.`, {
      facts: { scope },
    }),
  model_not_allowed: ({ model }) =>
    new Problem('model_not_allowed', `This API key may not use the model ${model}.`, {
      param: 'model',
      facts: { model },
    }),
  model_not_in_plan: ({ model, planId }) =>
    new Problem('model_not_in_plan', `The organization’s plan does not have the model ${model}.`, {
      param: 'model',
      facts: { model, plan: planId },
    }),
  payment_overdue: () =>
    new Problem('payment_overdue', 'A payment of the organization is overdue. Paid calls run again once it is made.'),
  rate_limit_exceeded: (refusal) => (refusal.rateLimit.unit === 'tokens' ? tooManyTokens(refusal) : tooMany(refusal)),
  too_many_parallel_requests: ({ account, limit }) =>
    new Problem(
      'too_many_parallel_requests',
      `As many requests as the ${whose(account)} limit allows at the same time (${limit}) are running. Try again when one is done.`,
      { retryAfterSeconds: 1, facts: { limit: account, parallel_requests: limit } },
    ),
  /** Whoever asks with a version asks again with the new policy; nobody is shown this. */
  policy_changed: ({ snapshot }) =>
    new Problem('internal_error', 'Something went wrong on our side. Nothing was charged; try again.', {
      internal: `an admission was not asked again with policy ${snapshot.version}`,
    }),
  insufficient_credits: ({ neededMicros, availableMicros }) =>
    new Problem(
      'insufficient_credits',
      `Not enough credit: this call needs ${dollars(neededMicros)} and ${dollars(availableMicros)} are left.`,
      {
        facts: { needed_micros: neededMicros, available_micros: availableMicros },
      },
    ),
  credit_held: ({ neededMicros, availableMicros, heldMicros }) =>
    new Problem(
      'credit_held',
      'There is credit, but requests that are still running hold it. Try again when they are done.',
      {
        retryAfterSeconds: 1,
        facts: { needed_micros: neededMicros, available_micros: availableMicros, held_micros: heldMicros },
      },
    ),
  budget_exceeded: ({ account, neededMicros, availableMicros, resetsAt }) =>
    new Problem(
      'budget_exceeded',
      `The ${whose(account)} budget is spent${resetsAt === null ? '' : ` until ${new Date(resetsAt).toISOString()}`}.`,
      {
        facts: {
          budget: account,
          needed_micros: neededMicros,
          available_micros: availableMicros,
          resets_at: resetsAt === null ? null : new Date(resetsAt).toISOString(),
        },
      },
    ),
  budget_held: ({ account, neededMicros, availableMicros }) =>
    new Problem(
      'budget_held',
      `The ${whose(account)} budget has room, but requests that are still running hold it. Try again when they are done.`,
      {
        retryAfterSeconds: 1,
        facts: { budget: account, needed_micros: neededMicros, available_micros: availableMicros },
      },
    ),
  idempotency_mismatch: () =>
    new Problem(
      'idempotency_mismatch',
      'This Idempotency-Key was used for another request. Use a new key for a new request.',
      { param: 'Idempotency-Key' },
    ),
  idempotency_in_progress: () =>
    new Problem(
      'idempotency_in_progress',
      'The first request with this Idempotency-Key is still being answered. Try again shortly.',
      { param: 'Idempotency-Key', retryAfterSeconds: 2 },
    ),
  replay: () =>
    new Problem(
      'conflict',
      'This Idempotency-Key was answered and charged before, and that answer is no longer kept. Use a new key.',
      { param: 'Idempotency-Key' },
    ),
}

export const toAdmissionProblem = (refusal: Refusal): Problem =>
  (renderers[refusal.code] as (refusal: Refusal) => Problem)(refusal)
