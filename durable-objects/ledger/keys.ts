// Whether a key is good, and who pays with it.
import type { Admission, AdmitInput, KeyRecord, KeyState } from '#shared/contracts/ledger'
import { roleMayUse } from '#shared/contracts/permissions'
import { equalInConstantTime } from '#shared/lib/constant-time'
import { spentIn } from './spending.ts'
import type { LedgerState } from './state.ts'

type Refusal = Extract<Admission, { ok: false }>
type KeyRefusal = Extract<Refusal, { code: 'invalid_api_key' }>

const refuse = (reason: KeyRefusal['reason']): KeyRefusal => ({ ok: false, code: 'invalid_api_key', reason })

/** `secretHash` is null where the gateway had the key verified a moment ago. */
export function checkKey(
  state: LedgerState,
  keyId: string,
  secretHash: string | null,
  now: number,
): { ok: true; key: KeyRecord } | KeyRefusal {
  const key = state.keys.get(keyId)?.record
  // A wrong secret is told nothing more than that: not even that the key was revoked.
  if (!key || (secretHash !== null && !equalInConstantTime(key.secretHash, secretHash))) return refuse('unknown')
  if (key.revokedAt !== null) return refuse('revoked')
  if (key.expiresAt !== null && key.expiresAt <= now) return refuse('expired')
  return { ok: true, key }
}

export interface CheckedPayer {
  ok: true
  key: KeyRecord | null
  /** The member who pays, or whose key does. */
  userId: string
  /** Whose Idempotency-Keys these are. */
  payer: string
}

/** A caller who is believed is told first that the policy it acted on is an old one; a stranger never. */
function checkPolicy({ policy }: LedgerState, version: number | undefined): Refusal | null {
  if (version === undefined || version === policy.version) return null
  return { ok: false, code: 'policy_changed', snapshot: policy }
}

export function checkPayer(
  state: LedgerState,
  { payer, scope, model, policyVersion }: AdmitInput,
  { now, part }: { now: number; /** Of a request that was let in: its key was asked what it may. */ part: boolean },
): CheckedPayer | Refusal {
  if (payer.kind === 'user') {
    const outdated = checkPolicy(state, policyVersion)
    if (outdated) return outdated
    if (!part && !roleMayUse(payer.role, scope)) return { ok: false, code: 'permission_denied', scope }
    return { ok: true, key: null, userId: payer.userId, payer: `user:${payer.userId}` }
  }
  const verdict = checkKey(state, payer.keyId, payer.kind === 'key' ? payer.secretHash : null, now)
  if (!verdict.ok) return verdict
  const outdated = checkPolicy(state, policyVersion)
  if (outdated) return outdated
  const { key } = verdict
  if (part) return { ok: true, key, userId: key.userId, payer: `key:${key.id}` }
  if (!key.scopes.includes(scope)) return { ok: false, code: 'permission_denied', scope }
  if (key.models && !key.models.includes(model)) return { ok: false, code: 'model_not_allowed', model }
  return { ok: true, key, userId: key.userId, payer: `key:${key.id}` }
}

/** Spent: in the present period of the key's budget, or ever where it has none. */
export function keyState(state: LedgerState, id: string, now: number): KeyState | null {
  const known = state.keys.get(id)
  if (!known) return null
  const spending = state.accounts.get(`key:${id}`)?.spending
  const spentMicros = spending ? spentIn(spending, known.record.budget?.period ?? 'forever', now) : 0
  return { ...known.record, lastUsedAt: known.lastUsedAt, spentMicros }
}
