import type { LedgerEntry } from '#shared/contracts/ledger'
import type { UsageEntry } from '#shared/contracts/usage'

/** What an organization is told of an entry: what it cost the operator is not among it. */
export const toEntryResponse = (entry: LedgerEntry): UsageEntry => ({
  id: entry.id,
  at: entry.at,
  kind: entry.kind,
  amount_micros: entry.amountMicros,
  request_id: entry.requestId,
  service: entry.service,
  model: entry.model,
  provider: entry.provider,
  key_id: entry.keyId,
  user_id: entry.userId,
  usage: entry.usage,
  price: entry.price,
  estimated: entry.estimated,
  note: entry.note,
})
