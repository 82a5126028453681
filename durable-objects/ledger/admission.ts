// The one question before a paid call. Everything is looked at; then everything is taken, or nothing.
//
// In this order: the key (known, unrevoked, unexpired); the policy that the caller acted on; the key's scope and
// models or the member's role; whether the request or its Idempotency-Key is known; whether the plan has it; the limits
// per minute, of requests and tokens; calls at the same time; every budget; the balance, and what may go beyond it. Only what gets an answer takes from a
// limit: a hold, or an answer given again. A refusal takes nothing, whoever refused, and neither does asking
// twice for a request that runs. A part of a request that runs is only asked for what it costs.
import type { Admission, AdmitInput, BudgetAccount, KeyRecord } from '#shared/contracts/ledger'
import { modelInPlan, overageNote } from '#shared/metering/credit-rules'
import { affordable, refuseUnaffordable } from './balance.ts'
import { accountsOf, limitedBy, type LimitAccount } from './accounts.ts'
import { budgetStatesFor } from './budgets.ts'
import { checkIdempotency, type Past } from './idempotency.ts'
import { checkPayer, type CheckedPayer } from './keys.ts'
import { refuseParallel } from './limits.ts'
import { refuseTooFast, requestWindow, tokenWindow, type RateWindow } from './rate-window.ts'
import type { Change, Hold, LedgerState } from './state.ts'

export interface PastRequests extends Past {
  hasEnded(requestId: string): boolean
}

export interface AdmissionDecision {
  /** Its `rateLimit` is the tightest of `windows`, once the change is made. */
  admission: Admission
  change: Change | null
  windows: RateWindow[]
  /** The key that was used. */
  keyId: string | null
}

const refusal = (admission: Admission): AdmissionDecision => ({ admission, change: null, windows: [], keyId: null })

export function admitted({ heldMicros }: Hold, key: KeyRecord | null | undefined): Extract<Admission, { ok: true }> {
  const answer = { ok: true, heldMicros, keyUserId: key?.userId ?? null, rateLimit: null } as const
  return key?.cacheSeconds ? { ...answer, keyCacheSeconds: key.cacheSeconds } : answer
}

/** What belongs to a request of the same payer that runs was let in with it. */
function isPart(state: LedgerState, { partOf, payer }: AdmitInput): boolean {
  const whole = partOf === undefined ? undefined : state.holds.get(partOf)
  return whole?.payer === (payer.kind === 'user' ? `user:${payer.userId}` : `key:${payer.keyId}`)
}

function refusePlan({ plan }: LedgerState, { model, ceilingMicros }: AdmitInput): Admission | null {
  if (!plan) return null
  if (plan.readOnly && ceilingMicros > 0) return { ok: false, code: 'payment_overdue' }
  return modelInPlan(plan, model) ? null : { ok: false, code: 'model_not_in_plan', model, planId: plan.planId }
}

function createHold(
  { plan }: LedgerState,
  input: AdmitInput,
  payer: CheckedPayer,
  { heldMicros, part, now }: { heldMicros: number; part: boolean; now: number },
): Hold {
  const { requestId, service, model, provider, idempotency, tokens, abandoned } = input
  return {
    requestId,
    payer: payer.payer,
    keyId: payer.key?.id ?? null,
    userId: payer.userId,
    service,
    model,
    provider,
    heldMicros,
    tokens: part ? 0 : (tokens ?? 0),
    ...(part && { part }),
    takenAt: now,
    ...(plan?.overdraft && { overdraft: overageNote(plan.overdraft) }),
    expiresAt: now + input.ttlMs,
    idempotency: idempotency ?? null,
    abandoned: abandoned ?? null,
  }
}

/** Every limit that this request is counted for, and of those the ones that are for requests. */
function windowsFor(state: LedgerState, accounts: BudgetAccount[], { payer, tokens = 0 }: AdmitInput) {
  // A key that opened an /api route was counted there.
  const all = limitedBy(accounts)
  const counted = payer.kind === 'verified-key' ? all.filter((name) => name !== `key:${payer.keyId}`) : all
  const requests = counted.flatMap((account) => requestWindow(state, account))
  return { requests, all: [...requests, ...all.flatMap((account) => tokenWindow(state, account, tokens))] }
}

export function decideAdmission(
  state: LedgerState,
  past: PastRequests,
  input: AdmitInput,
  now: number,
): AdmissionDecision {
  const part = isPart(state, input)
  const payer = checkPayer(state, input, { now, part })
  if (!payer.ok) return refusal(payer)
  const keyId = payer.key?.id ?? null
  const accounts = accountsOf({ keyId, userId: payer.userId, model: input.model })
  const windows = part ? { requests: [], all: [] } : windowsFor(state, accounts, input)

  const running = state.holds.get(input.requestId)
  if (running) return { admission: admitted(running, payer.key), change: null, windows: windows.all, keyId: null }
  if (past.hasEnded(input.requestId)) return refusal({ ok: false, code: 'replay', requestId: input.requestId })
  const known = checkIdempotency(state, past, payer.payer, input.idempotency, now)
  if (known && known.code !== 'replay') return refusal(known)
  if (known) return giveAgain(state, known, { windows: windows.requests, keyId, now })

  const refused =
    (part ? null : refusePlan(state, input)) ??
    refuseTooFast(state, windows.all, now) ??
    (part ? null : refuseParallel(state, limitedBy(accounts)))
  if (refused) return refusal(refused)
  const budgets = budgetStatesFor(state, accounts, now)
  const unaffordable = refuseUnaffordable(state, budgets, Math.min(input.floorMicros, input.ceilingMicros))
  if (unaffordable) return refusal(unaffordable)
  const heldMicros = Math.min(input.ceilingMicros, affordable(state, budgets))
  const hold = createHold(state, input, payer, { heldMicros, part, now })
  return {
    admission: admitted(hold, payer.key),
    change: { type: 'hold-taken', hold, at: now, keyCounted: input.payer.kind === 'verified-key' },
    windows: windows.all,
    keyId,
  }
}

/** Null where no limit counts it. */
export const countedRequest = (accounts: LimitAccount[], keyId: string | null, at: number): Change | null =>
  accounts.length > 0 ? { type: 'requests-counted', accounts, keyId, at } : null

function giveAgain(
  state: LedgerState,
  admission: Admission,
  { windows, keyId, now }: { windows: RateWindow[]; keyId: string | null; now: number },
): AdmissionDecision {
  const tooFast = refuseTooFast(state, windows, now)
  if (tooFast) return refusal(tooFast)
  const accounts = windows.map(({ account }) => account)
  return { admission, change: countedRequest(accounts, keyId, now), windows, keyId }
}
