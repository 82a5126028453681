/** What was typed and is on its way. Shown at once; gone as soon as the platform's own copy is there. */
export interface PendingMessage {
  /** Also the idempotency key, so that trying again never asks twice. */
  key: string
  content: string
  /** Pictures of the library that go with it. */
  attachments?: readonly string[]
  /** Absent: after the newest message. Otherwise the parent of the message that this is a new version of. */
  parentId?: string | null
  model: string | null
  failure: SendFailure | null
  /** The event that seems to announce it came before the answer to the request. */
  arrivedAs: string | null
}

export interface SendFailure {
  code: string
  requestId: string | null
  facts: Record<string, string | number | boolean | null>
}
