// The ledger's entries and their sums, as /api/usage answers them.
import type { EntryKind, SummaryBy } from '#shared/contracts/ledger'
import type { UnitPrices, Usage } from '#shared/lib/money'

export interface Entry {
  id: string
  at: number
  kind: EntryKind
  /** Signed: a charge is negative. */
  amount_micros: number
  request_id: string | null
  service: string | null
  model: string | null
  provider: string | null
  key_id: string | null
  user_id: string | null
  usage: Usage | null
  /** Micros per million units. */
  price: UnitPrices | null
  estimated: boolean
  note: string | null
}

export interface SummaryRow {
  group: string | null
  requests: number
  charged_micros: number
  usage: Usage
}

export type { SummaryBy }
