// What a caller gets who sends an Idempotency-Key again: the same answer, and no second charge.
import type { LedgerRpc } from '#shared/contracts/ledger'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import {
  isRefusal,
  type IdempotentRefusal,
  type MeteredCall,
  type PolicyRefusal,
  type Refusal,
} from '#shared/metering/metered-call'
import type { AnswerOwner, KeptAnswers } from './kept-answers.ts'

const WAIT_MS = 60_000
const ATTEMPTS = 3

export interface ReplayInput {
  refusal: Extract<IdempotentRefusal, { code: 'replay' }>
  owner: AnswerOwner
  answers: KeptAnswers
}

export async function replayAnswer({ refusal, owner, answers }: ReplayInput): Promise<Response> {
  const kept = await answers.find(owner)
  if (!kept || kept.requestId !== refusal.requestId) throw toAdmissionProblem(refusal)
  return new Response(kept.body, {
    status: kept.status,
    headers: { ...kept.headers, 'x-riwaq-idempotent-replay': 'true', 'x-riwaq-replayed-request-id': kept.requestId },
  })
}

/** Asks again when the first request is done: it was answered, or it failed and the key is free again. */
export async function admitOnce({
  admit,
  ledger,
}: {
  admit: () => Promise<MeteredCall | Refusal>
  ledger: Pick<LedgerRpc, 'awaitSettlement'>
}): Promise<MeteredCall | PolicyRefusal | Extract<IdempotentRefusal, { code: 'replay' }>> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await admit()
    if (!isRefusal(outcome) || outcome.code !== 'idempotency_in_progress') return outcome
    const state =
      attempt < ATTEMPTS
        ? await ledger.awaitSettlement({ requestId: outcome.requestId, timeoutMs: WAIT_MS })
        : 'running'
    if (state === 'running') throw toAdmissionProblem(outcome)
  }
}
