// What one account may do in a minute and at once, wherever its limits are written down.
import type { KeyRecord, Limits, PlanTerms } from '../contracts/ledger.ts'

export const noLimits: Limits = {
  requestsPerMinute: null,
  tokensPerMinute: null,
  parallelRequests: null,
  alertPercents: [80],
}

type KeyLimits = Pick<KeyRecord, 'rateLimitRpm' | 'rateLimitTpm' | 'parallelRequests' | 'alertPercents'>

export const limitsOfKey = ({ rateLimitRpm, rateLimitTpm, parallelRequests, alertPercents }: KeyLimits): Limits => ({
  requestsPerMinute: rateLimitRpm,
  tokensPerMinute: rateLimitTpm ?? null,
  parallelRequests: parallelRequests ?? null,
  alertPercents: alertPercents ?? noLimits.alertPercents,
})

/** Of the organization as a whole, beside the limits that it has set itself. */
export const limitsOfPlan = ({ requestsPerMinute, tokensPerMinute, parallelRequests }: PlanTerms): Limits => ({
  ...noLimits,
  requestsPerMinute,
  tokensPerMinute,
  parallelRequests,
})

/** Only what is named changes. */
export const withLimits = (limits: Limits, change: Partial<Limits>): Limits => ({
  requestsPerMinute: change.requestsPerMinute === undefined ? limits.requestsPerMinute : change.requestsPerMinute,
  tokensPerMinute: change.tokensPerMinute === undefined ? limits.tokensPerMinute : change.tokensPerMinute,
  parallelRequests: change.parallelRequests === undefined ? limits.parallelRequests : change.parallelRequests,
  alertPercents: [...new Set(change.alertPercents ?? limits.alertPercents)].toSorted((a, b) => a - b),
})

/** False where they are those of an account that was never given any. */
export const limitsAnything = ({ requestsPerMinute, tokensPerMinute, parallelRequests, alertPercents }: Limits) =>
  requestsPerMinute !== null ||
  tokensPerMinute !== null ||
  parallelRequests !== null ||
  String(alertPercents) !== String(noLimits.alertPercents)
