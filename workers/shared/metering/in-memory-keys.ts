// The in-memory ledger's keys, and who pays with one.
import type { Admission, AdmitInput } from '../contracts/ledger.ts'
import type { PolicySnapshot } from '../contracts/policy.ts'
import { roleMayUse } from '../contracts/permissions.ts'
import type { Clock } from '../lib/clock.ts'
import { equalInConstantTime } from '../lib/constant-time.ts'
import type { KeyRow } from './in-memory-ledger-types.ts'

type Refusal = Extract<Admission, { ok: false }>

export function createInMemoryKeys(clock: Clock) {
  const rows = new Map<string, KeyRow>()

  function check(keyId: string, secretHash: string | null) {
    const refuse = (reason: 'unknown' | 'revoked' | 'expired') =>
      ({ ok: false, code: 'invalid_api_key', reason }) as const
    const key = rows.get(keyId)
    if (!key || (secretHash !== null && !equalInConstantTime(key.secretHash, secretHash))) return refuse('unknown')
    if (key.revokedAt !== null) return refuse('revoked')
    if (key.expiresAt !== null && key.expiresAt <= clock()) return refuse('expired')
    return { ok: true, key } as const
  }

  function checkPayer(
    { payer, scope, model, policyVersion }: AdmitInput,
    policy: PolicySnapshot,
    part = false,
  ): { ok: true; key: KeyRow | null; userId: string } | Refusal {
    const outdated = policyVersion !== undefined && policyVersion !== policy.version
    if (payer.kind === 'user') {
      if (outdated) return { ok: false, code: 'policy_changed', snapshot: policy }
      if (!part && !roleMayUse(payer.role, scope)) return { ok: false, code: 'permission_denied', scope }
      return { ok: true, key: null, userId: payer.userId }
    }
    const verdict = check(payer.keyId, payer.kind === 'key' ? payer.secretHash : null)
    if (!verdict.ok) return verdict
    if (outdated) return { ok: false, code: 'policy_changed', snapshot: policy }
    const { key } = verdict
    if (part) return { ok: true, key, userId: key.userId }
    if (!key.scopes.includes(scope)) return { ok: false, code: 'permission_denied', scope }
    if (key.models && !key.models.includes(model)) return { ok: false, code: 'model_not_allowed', model }
    return { ok: true, key, userId: key.userId }
  }

  const find = (id: string, userId?: string): KeyRow | null => {
    const key = rows.get(id)
    return key && (userId === undefined || key.userId === userId) ? key : null
  }
  return { rows, check, checkPayer, find }
}
