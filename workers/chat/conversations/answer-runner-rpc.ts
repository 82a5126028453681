import type { Owner } from '#shared/contracts/conversation-object'
import type { AnswerJob } from './answer-run.ts'

export interface AnswerRunnerRpc {
  /** Answers at once; the answer is written whether or not anybody waits. Idempotent by the answer's id. */
  start(job: AnswerJob): Promise<void>
  /** Stops the provider now, even one that says nothing. An answer that nobody writes any more is ended. */
  abort(input: { conversationId: string; owner: Owner; answerId: string }): Promise<void>
}
