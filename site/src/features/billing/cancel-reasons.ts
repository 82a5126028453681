import type { CancelSubscription } from '#shared/contracts/billing'

/** In the order in which they are asked. */
export const shownReasons = [
  'too_expensive',
  'unused',
  'missing_features',
  'low_quality',
  'too_complex',
  'switched_service',
  'customer_service',
  'other',
] as const satisfies readonly CancelSubscription['reason'][]
export type ShownReason = (typeof shownReasons)[number]
