// The key dialog's fields as the person leaves them, and the request that they mean.
import { scopes } from '#shared/contracts/permissions'
import type { BudgetPeriod } from '#shared/contracts/ledger'
import type { Scope } from '#shared/contracts/permissions'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import { readCount } from '../../ui/read-count.ts'
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
  /** Requests per minute as typed; empty for no limit. */
  requestsPerMinute: string
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
  rate_limit_rpm: number | null
  expires_at: number | null
}

export type KeyFault =
  | 'name-missing'
  | 'name-long'
  | 'scopes-missing'
  | 'models-missing'
  | 'rate-invalid'
  | 'expires-past'
  | AmountFault
export type KeyFaults = Partial<Record<keyof KeyDraft, KeyFault>>

export const NAME_MAX = 100
export const RATE_MAX = 100_000

export const newDraft = (): KeyDraft => ({
  name: '',
  scopes: ['models', 'chat', 'usage'],
  models: [],
  budget: '',
  period: 'month',
  requestsPerMinute: '',
  expires: '',
})

export const draftOf = (key: ApiKey): KeyDraft => ({
  name: key.name,
  scopes: key.scopes,
  models: key.models ?? [],
  budget: key.budget_micros === null ? '' : typedAmount(key.budget_micros),
  period: key.budget_period ?? 'month',
  requestsPerMinute: key.rate_limit_rpm === null ? '' : String(key.rate_limit_rpm),
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

export function readKeyDraft(draft: KeyDraft, { now, limited, unchanged }: ReadOptions): KeyReading {
  const name = draft.name.trim()
  const budget = draft.budget.trim() === '' ? null : readAmount(draft.budget)
  const rate = readCount(draft.requestsPerMinute, { most: RATE_MAX })
  const expiresAt = draft.expires === '' ? null : endOfDay(draft.expires)
  const faults: KeyFaults = {}
  if (name === '') faults.name = 'name-missing'
  else if (name.length > NAME_MAX) faults.name = 'name-long'
  if (draft.scopes.length === 0) faults.scopes = 'scopes-missing'
  if (limited && draft.models.length === 0) faults.models = 'models-missing'
  if (budget && !budget.ok) faults.budget = budget.fault
  if (rate === 'invalid') faults.requestsPerMinute = 'rate-invalid'
  // A key that has expired can still be renamed.
  if (expiresAt !== null && expiresAt <= now && draft.expires !== unchanged?.expires) faults.expires = 'expires-past'
  if (Object.keys(faults).length > 0 || rate === 'invalid' || (budget && !budget.ok)) return { ok: false, faults }
  return {
    ok: true,
    body: {
      name,
      scopes: scopes.filter((scope) => draft.scopes.includes(scope)),
      models: limited ? draft.models : null,
      budget_micros: budget?.micros ?? null,
      budget_period: budget ? draft.period : null,
      rate_limit_rpm: rate,
      expires_at: expiresAt,
    },
  }
}

/** What a new key is asked for: nothing that is left at its default. */
export const toCreateBody = (body: KeyBody): Partial<KeyBody> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))

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
