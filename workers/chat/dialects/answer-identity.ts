export interface AnswerIdentity {
  id: string
  /** The id under which the caller asked for the model. */
  model: string
  /** Milliseconds since the epoch. */
  at: number
  /** What the prompt is likely to count, for clients that expect a number before any is known. */
  promptTokens: number
}
