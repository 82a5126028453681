// An organization's ledger as many requests of one isolate see it: settlements that meet share a trip, and under
// load admissions do as well. A trip costs some two hundred microseconds, one more request in it some twenty. Each
// is idempotent by the request's id, so whoever loses patience may ask again by itself.
import type { AdmitInput, Admission, LedgerRpc, SettleInput, Settlement } from '../contracts/ledger.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { createGather } from '../lib/gather.ts'
import { systemTimers, type Timers } from './timers.ts'

/** Far longer than a trip; short enough that a caller who waits for a dead leader is still answered. */
const PATIENCE_MS = 1_000
/**
 * An admission keeps its caller waiting: where a trip takes longer than this, the next does not wait for it to come
 * back. Within one data centre it takes less, and under load most admissions go in company.
 */
const ADMISSION_COMPANY_MS = 2
/** Nobody waits for a settlement. */
const SETTLEMENT_COMPANY_MS = 250

export function createSharedTrips({
  clock = systemClock,
  timers = systemTimers,
}: { clock?: Clock; timers?: Timers } = {}) {
  const options = { trips: 1, patienceMs: PATIENCE_MS, now: clock, after: timers.after }
  const admissions = createGather<AdmitInput, Admission>({ ...options, companyMs: ADMISSION_COMPANY_MS })
  const settlements = createGather<SettleInput, Settlement>({ ...options, companyMs: SETTLEMENT_COMPANY_MS })

  return (organizationId: string, ledger: LedgerRpc) => ({
    admit: (input: AdmitInput) =>
      admissions({
        place: organizationId,
        input,
        alone: (own) => ledger.admit(own),
        together: (inputs) => ledger.admitMany(inputs),
      }),
    settle: (input: SettleInput) =>
      settlements({
        place: organizationId,
        input,
        alone: (own) => ledger.settle(own),
        together: (inputs) => ledger.settleMany(inputs),
      }),
  })
}
