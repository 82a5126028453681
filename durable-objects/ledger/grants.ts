// Credit that comes, and corrections.
import type { GrantInput } from '#shared/contracts/ledger'
import { balanceOf } from './balance.ts'
import type { Change, EntryRow, LedgerState } from './state.ts'

export function decideGrant(
  state: LedgerState,
  { id, amountMicros, kind = 'grant', note }: GrantInput,
  { now, entryId }: { now: number; entryId: () => string },
): { entry: EntryRow; change: Change } {
  if (!Number.isSafeInteger(amountMicros) || (kind !== 'adjustment' && amountMicros < 0))
    throw new RangeError(`not an amount to grant: ${amountMicros}`)
  // A correction takes at most what nobody holds: what requests in flight hold may be spent already.
  const amount = Math.max(amountMicros, -balanceOf(state).availableMicros) || 0
  const about = {
    requestId: null,
    service: null,
    model: null,
    provider: null,
    keyId: null,
    userId: null,
    usage: null,
    price: null,
  }
  const entry: EntryRow = {
    ...about,
    sequence: state.sequence + 1,
    id: entryId(),
    at: now,
    kind,
    amountMicros: amount,
    estimated: false,
    note: note ?? null,
  }
  return { entry, change: { type: 'entry-added', entry, grantId: id, answer: null } }
}
