// What other Workers have written by a language model: vendors' keys, routes and policies stay with the chat service.
import type { Payer } from './ledger.ts'
import type { Scope } from './permissions.ts'

export interface WritingTask {
  organizationId: string
  payer: Payer
  /** Names the hold and the charge. */
  requestId: string
  /** Who asks, as the book is to show it. */
  service: 'images'
  scope: Scope
  messages: { role: 'system' | 'user'; text: string }[]
  /** Of the answer, without what a model reasons before it. */
  maxTokens: number
  /** Absent: the first real one that is configured and that the organization allows. */
  model?: string
}

export type Written =
  /** Charged when it was handed over whole. */
  | { ok: true; text: string; model: string; costMicros: number }
  /** Nobody is there who could write; the sandbox's guide cannot. */
  | { ok: false; code: 'no_writer' }
  /** Nothing was charged. A Problem's code and sentence. */
  | { ok: false; code: 'problem'; problem: { code: string; message: string; param: string | null } }

/** Named entrypoint `ChatRpc` of the chat service. */
export interface WritingQuestions {
  write(task: WritingTask): Promise<Written>
}
