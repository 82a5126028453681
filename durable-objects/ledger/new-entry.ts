// An entry that follows the newest one.
import type { EntryRow, LedgerState } from './state.ts'

/** When it is decided, and what an entry is then called. */
export interface Moment {
  now: number
  entryId: () => string
}

const blank = {
  requestId: null,
  service: null,
  model: null,
  provider: null,
  keyId: null,
  userId: null,
  usage: null,
  price: null,
  estimated: false,
  note: null,
  costMicros: null,
}

/** `after`: how many entries of the same step come before it. */
export const newEntry = (
  state: LedgerState,
  fields: Partial<EntryRow> & Pick<EntryRow, 'kind' | 'amountMicros'>,
  { now, entryId }: Moment,
  after = 0,
): EntryRow => ({
  ...blank,
  sequence: state.sequence + 1 + after,
  id: entryId(),
  at: now,
  planId: state.plan?.planId ?? null,
  ...fields,
})
