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

/** Days in their order; everything else by what was charged, the dearest first. What puts a charge right counts with it. */
export function summarizeEntries(entries: LedgerEntry[], { from, to, by, userId }: SummaryInput): SummaryRow[] {
  const rows = new Map<string | null, SummaryRow>()
  for (const entry of entries) {
    const corrects = entry.kind === 'adjustment' && entry.requestId !== null
    if (!(entry.kind === 'charge' || corrects) || entry.at < from || entry.at >= to) continue
    if (userId !== undefined && entry.userId !== userId) continue
    const group = groupOf[by](entry)
    const row = rows.get(group) ?? { group, requests: 0, chargedMicros: 0, usage: {} }
    if (!corrects) row.requests += 1
    row.chargedMicros -= entry.amountMicros
    for (const unit of units) {
      const count = entry.usage?.[unit] ?? 0
      const sum = (row.usage[unit] ?? 0) + count
      if (sum !== 0) row.usage[unit] = sum
      else delete row.usage[unit]
    }
    rows.set(group, row)
  }
  const name = (row: SummaryRow) => row.group ?? ''
  return [...rows.values()].sort(
    (a, b) => (by === 'day' ? 0 : b.chargedMicros - a.chargedMicros) || (name(a) < name(b) ? -1 : 1),
  )
}
