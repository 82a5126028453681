// What a caller gets who sends an Idempotency-Key again: the same answer, and no second charge.
import type { LedgerRpc } from '#shared/contracts/ledger'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import type { Usage } from '#shared/lib/money'
import {
  isRefusal,
  type CallInput,
  type MeteredCall,
  type PolicyRefusal,
  type Refusal,
} from '#shared/metering/metered-call'
import type { AnswerOwner, KeptAnswer, KeptAnswers } from './kept-answers.ts'
import { continuationOf, keepPromptPaid, paidUnder } from './prompt-paid.ts'

const WAIT_MS = 60_000
const ATTEMPTS = 3

export interface OnceInput {
  /** Null: the caller sent none. */
  key: string | null
  fingerprint: () => Promise<string>
  /** Asks the ledger. */
  open: (idempotent: Pick<CallInput, 'idempotency' | 'paidBefore'>) => Promise<MeteredCall | Refusal>
  owner: Omit<AnswerOwner, 'key'>
  answers: KeptAnswers
  ledger: Pick<LedgerRpc, 'awaitSettlement'>
}

/** A call that was admitted, with the place where its answer is kept, if anywhere. */
export interface AdmittedCall {
  call: MeteredCall
  owner: AnswerOwner | null
  /** The request that has paid for this prompt before. */
  paidBy: string | null
}

/** How often one may leave before anything came and go on under the same key. */
const CONTINUATIONS = 10

/** The same answer again. */
export const replayAnswer = (kept: KeptAnswer): Response =>
  new Response(kept.body, {
    status: kept.status,
    headers: { ...kept.headers, 'x-riwaq-idempotent-replay': 'true', 'x-riwaq-replayed-request-id': kept.requestId },
  })

export async function admitOnce(input: OnceInput): Promise<AdmittedCall | { replay: KeptAnswer } | PolicyRefusal> {
  const { key, open, answers } = input
  if (key === null) {
    const call = await open({})
    if (!isRefusal(call)) return { call, owner: null, paidBy: null }
    if (call.code === 'policy_changed') return call
    throw toAdmissionProblem(call)
  }
  const fingerprint = await input.fingerprint()
  let paidBefore: Usage | undefined
  let paidBy: string | null = null
  for (let part = 1; ; part++) {
    const owner = { ...input.owner, key: continuationOf(key, part) }
    const outcome = await untilDecided(
      () => open({ idempotency: { key: owner.key, fingerprint }, ...(paidBefore && { paidBefore }) }),
      input.ledger,
    )
    if (!isRefusal(outcome)) {
      keepPromptPaid({ call: outcome, owner, answers, paidBefore })
      return { call: outcome, owner, paidBy }
    }
    if (outcome.code === 'policy_changed') return outcome
    const kept = await answers.find(owner)
    if (!kept || kept.requestId !== outcome.requestId || part === CONTINUATIONS) throw toAdmissionProblem(outcome)
    const paid = paidUnder(kept)
    if (!paid) return { replay: kept }
    paidBefore = paid
    paidBy = kept.requestId
  }
}

/** Asks again when the first request is done: it was answered, or it failed and the key is free again. */
async function untilDecided(
  open: () => Promise<MeteredCall | Refusal>,
  ledger: Pick<LedgerRpc, 'awaitSettlement'>,
): Promise<MeteredCall | Exclude<Refusal, { code: 'idempotency_in_progress' }>> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await open()
    if (!isRefusal(outcome) || outcome.code !== 'idempotency_in_progress')
      return outcome as MeteredCall | Exclude<Refusal, { code: 'idempotency_in_progress' }>
    const state =
      attempt < ATTEMPTS
        ? await ledger.awaitSettlement({ requestId: outcome.requestId, timeoutMs: WAIT_MS })
        : 'running'
    if (state === 'running') throw toAdmissionProblem(outcome)
  }
}
