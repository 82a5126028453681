import { isProblem, Problem } from '../http/problems.ts'

/** What a caller is told when an answer breaks off: the provider's problem, or that it broke off without a word. */
export const toProviderCut = (cause?: unknown): Problem =>
  isProblem(cause)
    ? cause
    : new Problem(
        'provider_error',
        'The model’s provider broke off before its answer was complete. What had arrived is charged, the rest is not.',
        {
          internal: cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined,
        },
      )
