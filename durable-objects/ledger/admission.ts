// The one question before a paid call. Everything is looked at; then everything is taken, or nothing.
//
// In this order: the key (known, unrevoked, unexpired), its scope and models or the member's role; whether
// the request or its Idempotency-Key is known; the rate limits; every budget; the balance. Only what gets
// an answer takes from a rate limit: a hold, or an answer given again. A refusal takes nothing, whoever
// refused, and neither does asking twice for a request that runs.
import type { Admission, AdmitInput, KeyRecord } from '#shared/contracts/ledger'
import { affordable, refuseUnaffordable } from './balance.ts'
import { budgetStatesFor } from './budgets.ts'
import { checkIdempotency, type Past } from './idempotency.ts'
import { checkPayer, type CheckedPayer } from './keys.ts'
import { keyWindows, organizationWindows, refuseTooFast, tightestWindow, type RateWindow } from './rate-window.ts'
import type { Hold, LedgerState } from './state.ts'

export interface PastRequests extends Past {
  hasEnded(requestId: string): boolean
}

export interface AdmissionDecision {
  /** Its `rateLimit` is set by the caller once the windows are taken from. */
  admission: Admission
  hold: Hold | null
  /** To be taken from. */
  windows: RateWindow[]
  /** The key that was used. */
  keyId: string | null
}

const refusal = (admission: Admission): AdmissionDecision => ({ admission, hold: null, windows: [], keyId: null })

function admitted({ heldMicros }: Hold, key: KeyRecord | null): Extract<Admission, { ok: true }> {
  const answer = { ok: true, heldMicros, keyUserId: key?.userId ?? null, rateLimit: null } as const
  return key?.cacheSeconds ? { ...answer, keyCacheSeconds: key.cacheSeconds } : answer
}

export function windowsFor(state: LedgerState, { payer }: AdmitInput, { key }: CheckedPayer): RateWindow[] {
  // A key that opened an /api route was counted there.
  return [...(payer.kind === 'key' ? keyWindows(key) : []), ...organizationWindows(state)]
}

function createHold(input: AdmitInput, payer: CheckedPayer, heldMicros: number, now: number): Hold {
  const { requestId, service, model, provider, idempotency } = input
  return {
    requestId,
    payer: payer.payer,
    keyId: payer.key?.id ?? null,
    userId: payer.userId,
    service,
    model,
    provider,
    heldMicros,
    tokens: input.tokens ?? 0,
    expiresAt: now + input.ttlMs,
    idempotency: idempotency ?? null,
    abandoned: input.abandoned ?? null,
  }
}

export function decideAdmission(
  state: LedgerState,
  past: PastRequests,
  input: AdmitInput,
  now: number,
): AdmissionDecision {
  const payer = checkPayer(state, input, now)
  if (!payer.ok) return refusal(payer)
  const windows = windowsFor(state, input, payer)
  const keyId = payer.key?.id ?? null

  const running = state.holds.get(input.requestId)
  if (running) return refusal({ ...admitted(running, payer.key), rateLimit: tightestWindow(state, windows, now) })
  if (past.hasEnded(input.requestId)) return refusal({ ok: false, code: 'replay', requestId: input.requestId })
  const known = checkIdempotency(state, past, payer.payer, input.idempotency, now)
  if (known && known.code !== 'replay') return refusal(known)

  const tooFast = refuseTooFast(state, windows, now)
  if (tooFast) return refusal(tooFast)
  if (known) return { admission: known, hold: null, windows, keyId }

  const budgets = budgetStatesFor(state, { keyId, userId: payer.userId, model: input.model }, now)
  const unaffordable = refuseUnaffordable(state, budgets, Math.min(input.floorMicros, input.ceilingMicros))
  if (unaffordable) return refusal(unaffordable)
  const hold = createHold(input, payer, Math.min(input.ceilingMicros, affordable(state, budgets)), now)
  return { admission: admitted(hold, payer.key), hold, windows, keyId }
}
