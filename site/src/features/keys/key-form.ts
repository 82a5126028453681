// The key dialog's fields as the person leaves them, and the request that they mean.
import { scopes } from '#shared/contracts/permissions'
import { DEFAULT_ALERT_PERCENTS } from '#shared/contracts/limit-defaults'
import type { BudgetPeriod } from '#shared/contracts/ledger'
import type { Scope } from '#shared/contracts/permissions'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import { readCount } from '../../ui/read-count.ts'
import { readPercents, typedPercents } from '../../ui/read-percents.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import type { ApiKey } from '#shared/contracts/keys'

export interface KeyDraft {
  name: string
  scopes: Scope[]
  /** Empty for all models. */
  models: string[]
  /** Dollars as typed; empty for no budget. */
  budget: string
  period: BudgetPeriod
  /** Shares of the budget at which a mail is sent, as typed; empty for none. */
  alerts: string
  /** Requests per minute as typed; empty for no limit. */
  requestsPerMinute: string
  /** Tokens per minute, and calls at the same time: as typed; empty for no limit. */
  tokensPerMinute: string
  parallel: string
  /** For how many seconds answers are kept for equal requests; empty: not. */
  cacheSeconds: string
  /** `YYYY-MM-DD`; empty for a key that does not expire. */
  expires: string
}

/** What a key is, on the wire. */
export interface KeyBody {
  name: string
  scopes: Scope[]
  models: string[] | null
  budget_micros: number | null
  budget_period: BudgetPeriod | null
  alert_percents: number[]
  rate_limit_rpm: number | null
  rate_limit_tpm: number | null
  parallel_requests: number | null
  cache_seconds: number | null
  expires_at: number | null
}

export type KeyFault =
  | 'name-missing'
  | 'name-long'
  | 'scopes-missing'
  | 'models-missing'
  | 'rate-invalid'
  | 'tokens-invalid'
  | 'parallel-invalid'
  | 'alerts-invalid'
  | 'expires-past'
  | AmountFault
export type KeyFaults = Partial<Record<keyof KeyDraft, KeyFault>>

export const NAME_MAX = 100
export const RATE_MAX = 100_000
const TOKENS_MAX = 10_000_000_000
const PARALLEL_MAX = 10_000

export const newDraft = (): KeyDraft => ({
  name: '',
  scopes: ['models', 'chat', 'images', 'usage'],
  models: [],
  budget: '',
  period: 'month',
  alerts: typedPercents(DEFAULT_ALERT_PERCENTS),
  requestsPerMinute: '',
  tokensPerMinute: '',
  parallel: '',
  cacheSeconds: '',
  expires: '',
})

const typedCount = (count: number | null): string => (count === null ? '' : String(count))

export const draftOf = (key: ApiKey): KeyDraft => ({
  name: key.name,
  scopes: key.scopes,
  models: key.models ?? [],
  budget: key.budget_micros === null ? '' : typedAmount(key.budget_micros),
  period: key.budget_period ?? 'month',
  alerts: typedPercents(key.alert_percents),
  requestsPerMinute: typedCount(key.rate_limit_rpm),
  tokensPerMinute: typedCount(key.rate_limit_tpm),
  parallel: typedCount(key.parallel_requests),
  cacheSeconds: typedCount(key.cache_seconds),
  expires: key.expires_at === null ? '' : localDay(key.expires_at - 1),
})

/** A key that expires on a day works until that day ends, where its owner is. */
function endOfDay(day: string): number | null {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return null
  return new Date(year, month - 1, date + 1).getTime()
}

export function localDay(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

interface ReadOptions {
  now: number
  /** Only the ticked models, and not all. */
  limited: boolean
  /** What was there when the dialog opened. */
  unchanged?: KeyDraft
}

export type KeyReading = { ok: true; body: KeyBody } | { ok: false; faults: KeyFaults }

const countsOf = (draft: KeyDraft) => ({
  requestsPerMinute: readCount(draft.requestsPerMinute, { most: RATE_MAX }),
  tokensPerMinute: readCount(draft.tokensPerMinute, { most: TOKENS_MAX }),
  parallel: readCount(draft.parallel, { most: PARALLEL_MAX }),
})

const countFaults = {
  requestsPerMinute: 'rate-invalid',
  tokensPerMinute: 'tokens-invalid',
  parallel: 'parallel-invalid',
} as const

function faultsOf(draft: KeyDraft, { now, limited, unchanged }: ReadOptions): KeyFaults {
  const name = draft.name.trim()
  const expiresAt = draft.expires === '' ? null : endOfDay(draft.expires)
  const faults: KeyFaults = {}
  if (name === '') faults.name = 'name-missing'
  else if (name.length > NAME_MAX) faults.name = 'name-long'
  if (draft.scopes.length === 0) faults.scopes = 'scopes-missing'
  if (limited && draft.models.length === 0) faults.models = 'models-missing'
  if (draft.budget.trim() !== '') {
    const budget = readAmount(draft.budget)
    if (!budget.ok) faults.budget = budget.fault
    if (readPercents(draft.alerts) === 'invalid') faults.alerts = 'alerts-invalid'
  }
  for (const [field, count] of Object.entries(countsOf(draft)) as [keyof typeof countFaults, unknown][])
    if (count === 'invalid') faults[field] = countFaults[field]
  // A key that has expired can still be renamed.
  if (expiresAt !== null && expiresAt <= now && draft.expires !== unchanged?.expires) faults.expires = 'expires-past'
  return faults
}

const numberOr = (count: number | null | 'invalid'): number | null => (count === 'invalid' ? null : count)

export function readKeyDraft(draft: KeyDraft, options: ReadOptions): KeyReading {
  const faults = faultsOf(draft, options)
  if (Object.keys(faults).length > 0) return { ok: false, faults }
  const budget = draft.budget.trim() === '' ? null : readAmount(draft.budget)
  const percents = readPercents(draft.alerts)
  const counts = countsOf(draft)
  return {
    ok: true,
    body: {
      name: draft.name.trim(),
      scopes: scopes.filter((scope) => draft.scopes.includes(scope)),
      models: options.limited ? draft.models : null,
      budget_micros: budget?.ok ? budget.micros : null,
      budget_period: budget ? draft.period : null,
      alert_percents: percents === 'invalid' ? [...DEFAULT_ALERT_PERCENTS] : percents,
      rate_limit_rpm: numberOr(counts.requestsPerMinute),
      rate_limit_tpm: numberOr(counts.tokensPerMinute),
      parallel_requests: numberOr(counts.parallel),
      cache_seconds: draft.cacheSeconds === '' ? null : Number(draft.cacheSeconds),
      expires_at: draft.expires === '' ? null : endOfDay(draft.expires),
    },
  }
}

/** What a new key is asked for: nothing that is left at its default. */
export const toCreateBody = (body: KeyBody): Partial<KeyBody> =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([, value]) => value !== null && JSON.stringify(value) !== JSON.stringify(DEFAULT_ALERT_PERCENTS),
    ),
  )

/** Only what was changed, so that two people who edit one key do not undo each other. */
export function toChange(before: KeyBody, after: KeyBody): Partial<KeyBody> {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof KeyBody]),
  )
  const change: Partial<KeyBody> = Object.fromEntries(changed)
  // A budget is one thing of two parts.
  if ('budget_micros' in change || 'budget_period' in change) {
    change.budget_micros = after.budget_micros
    change.budget_period = after.budget_period
  }
  return change
}
