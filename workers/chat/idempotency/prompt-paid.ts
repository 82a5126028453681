// A caller with an Idempotency-Key who leaves before anything came has paid for the prompt and has nothing. The key then
// stands for what was paid: who asks again with it goes on under a key of the platform's own, and is not charged for
// that prompt a second time.
import type { Usage } from '#shared/lib/money'
import type { MeteredCall } from '#shared/metering/metered-call'
import { sumOf } from '#shared/metering/paid-before'
import { parseRecord } from '../dialects/loose.ts'
import type { AnswerOwner, KeptAnswer, KeptAnswers } from './kept-answers.ts'

/** No answer has this status. */
const PAID_STATUS = 102
const PAID_HEADER = 'x-riwaq-paid'

/** Keys of callers are ASCII, so this is nobody's. */
export const continuationOf = (key: string, part: number): string => (part === 1 ? key : `${key}→${part}`)

export function keepPromptPaid({
  call,
  owner,
  answers,
  paidBefore = {},
}: {
  call: MeteredCall
  owner: AnswerOwner
  answers: KeptAnswers
  paidBefore?: Usage
}): void {
  call.keepWith(async ({ usage }, ending) => {
    // Ended otherwise with nothing sent: the organization's own rules ended it. That is its answer, and is not kept.
    if (ending !== 'left') return
    await answers.keep(owner, {
      requestId: call.requestId,
      status: PAID_STATUS,
      headers: { [PAID_HEADER]: JSON.stringify(sumOf(usage, paidBefore)) },
      body: new Uint8Array(),
    })
  })
}

/** What was paid under a key that has no answer yet; null where it has one. */
export const paidUnder = (kept: KeptAnswer): Usage | null =>
  kept.status === PAID_STATUS ? ((parseRecord(kept.headers[PAID_HEADER] ?? '') ?? {}) as Usage) : null
