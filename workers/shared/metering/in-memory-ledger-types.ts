// What a test may put into the in-memory ledger, and what it may look at that no Worker can.
import type {
  AdmitInput,
  Budget,
  BudgetAccount,
  Credits,
  KeyRecord,
  LedgerRpc,
  PublishedEntry,
} from '../contracts/ledger.ts'
import type { Notice } from '../contracts/notices.ts'
import type { LotPart } from './credit-rules.ts'
import type { Clock } from '../lib/clock.ts'
import type { CreateId } from '../lib/ids.ts'

export type { Budget, BudgetAccount }

export interface InMemoryLedgerSeed {
  clock?: Clock
  ids?: CreateId
  /** How `awaitSettlement` waits; a test passes one that never does, or at once. */
  wait?: (milliseconds: number) => Promise<unknown>
  organizationId?: string
  /** Granted before the test begins. */
  balanceMicros?: number
  keys?: KeyRecord[]
  budgets?: (Budget & { account: 'organization' | `member:${string}` })[]
  requestsPerMinute?: number
}

export interface InMemoryLedger extends LedgerRpc {
  /** The requests that hold credit now. */
  liveHolds(): string[]
  published(): PublishedEntry[]
  /** The same as `credits`, without asking what has expired since the last call. */
  creditsNow(): Credits
  /** What the organization is to be told. */
  notices(): Notice[]
  /** From now on every call throws this, as when the ledger cannot be reached; null ends it. */
  failWith(error: Error | null): void
}

export interface KeyRow extends KeyRecord {
  lastUsedAt: number | null
}

export interface Hold {
  requestId: string
  keyId: string | null
  userId: string
  service: string
  model: string
  provider: string
  answer: { name: string; fingerprint: string } | null
  heldMicros: number
  tokens: number
  /** Of another request, which was counted for limits. */
  part?: true
  abandoned: AdmitInput['abandoned'] | null
  takenAt: number
  /** What credit beyond the balance is called, where the plan allows it. */
  overdraft?: 'overage' | 'unlimited'
  /** From which lots an abandoned charge was taken. */
  drawn?: LotPart[]
  expiresAt: number
  state: 'held' | 'settled' | 'released' | 'expired' | 'abandoned'
}
