// Idempotency-Keys: one answer, one charge, for 24 hours, each payer's to itself. While the first request
// runs its hold stands for the key; once it is answered and the answer kept, a row does.
import type { Admission, AdmitInput } from '#shared/contracts/ledger'
import { idempotencyName, type Hold, type KeptAnswer, type LedgerState } from './state.ts'

export const ANSWER_LIFETIME_MS = 24 * 3_600_000

/** What is on disk and not in memory, asked for only where it is needed. */
export interface Past {
  answerOf(payer: string, key: string): KeptAnswer | null
}

const isKept = (answer: KeptAnswer | null, now: number): answer is KeptAnswer =>
  answer !== null && answer.at + ANSWER_LIFETIME_MS > now

type IdempotencyVerdict = Extract<Admission, { code: 'replay' | 'idempotency_in_progress' | 'idempotency_mismatch' }>

export function checkIdempotency(
  state: LedgerState,
  past: Past,
  payer: string,
  asked: AdmitInput['idempotency'],
  now: number,
): IdempotencyVerdict | null {
  if (!asked) return null
  const running = state.running.get(idempotencyName(payer, asked.key))
  if (running) {
    if (running.idempotency!.fingerprint !== asked.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
    return { ok: false, code: 'idempotency_in_progress', requestId: running.requestId }
  }
  const kept = past.answerOf(payer, asked.key)
  if (!isKept(kept, now)) return null
  if (kept.fingerprint !== asked.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
  return { ok: false, code: 'replay', requestId: kept.requestId }
}

/** The row that keeps an answer. None for a late one whose key another request has taken since. */
export function answerToKeep(
  state: LedgerState,
  past: Past,
  hold: Hold,
  { late, now }: { late: boolean; now: number },
): KeptAnswer | null {
  if (!hold.idempotency) return null
  const { key, fingerprint } = hold.idempotency
  const taken =
    late && (state.running.has(idempotencyName(hold.payer, key)) || isKept(past.answerOf(hold.payer, key), now))
  return taken ? null : { payer: hold.payer, key, fingerprint, requestId: hold.requestId, at: now }
}
