// What was charged, by day, model, service, member or key: the naive way, over a list.
import type { LedgerEntry, SummaryBy, SummaryRow } from '../contracts/ledger.ts'
import { units } from '../lib/money.ts'

const groupOf: Record<SummaryBy, (entry: LedgerEntry) => string | null> = {
  day: (entry) => new Date(entry.at).toISOString().slice(0, 10),
  model: (entry) => entry.model,
  service: (entry) => entry.service,
  member: (entry) => entry.userId,
  key: (entry) => entry.keyId,
}

interface SummaryInput {
  from: number
  to: number
  by: SummaryBy
  userId?: string
}

/** Days in their order; everything else by what was charged, the dearest first. */
export function summarizeEntries(entries: LedgerEntry[], { from, to, by, userId }: SummaryInput): SummaryRow[] {
  const rows = new Map<string | null, SummaryRow>()
  for (const entry of entries) {
    if (entry.kind !== 'charge' || entry.at < from || entry.at >= to) continue
    if (userId !== undefined && entry.userId !== userId) continue
    const group = groupOf[by](entry)
    const row = rows.get(group) ?? { group, requests: 0, chargedMicros: 0, usage: {} }
    row.requests += 1
    row.chargedMicros -= entry.amountMicros
    for (const unit of units) {
      const count = entry.usage?.[unit] ?? 0
      if (count > 0) row.usage[unit] = (row.usage[unit] ?? 0) + count
    }
    rows.set(group, row)
  }
  const name = (row: SummaryRow) => row.group ?? ''
  return [...rows.values()].sort(
    (a, b) => (by === 'day' ? 0 : b.chargedMicros - a.chargedMicros) || (name(a) < name(b) ? -1 : 1),
  )
}
