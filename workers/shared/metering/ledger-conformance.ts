// What every ledger promises. One suite, run on the in-memory fake in Node and on the real object in the
// Workers runtime, so that a test against the fake says something about the product.
import { describe } from 'vitest'
import type { LedgerRpc } from '../contracts/ledger.ts'
import type { Notice } from '../contracts/notices.ts'
import type { TestClock } from '../lib/clock.ts'
import { admissionConformance } from './ledger-conformance-admission.ts'
import { amendmentConformance } from './ledger-conformance-amendment.ts'
import { creditConformance } from './ledger-conformance-credit.ts'
import { keysConformance } from './ledger-conformance-keys.ts'
import { limitsConformance } from './ledger-conformance-limits.ts'
import { lostConformance } from './ledger-conformance-lost.ts'
import { noticesConformance } from './ledger-conformance-notices.ts'
import { overageConformance } from './ledger-conformance-overage.ts'
import { planConformance } from './ledger-conformance-plan.ts'
import { policyConformance } from './ledger-conformance-policy.ts'
import { readingConformance } from './ledger-conformance-reading.ts'
import { returnsConformance } from './ledger-conformance-returns.ts'
import { settlementConformance } from './ledger-conformance-settlement.ts'

export interface LedgerUnderTest {
  ledger: LedgerRpc
  clock: TestClock
  /** Everything that the organization was told so far. */
  notices(): Promise<Notice[]>
}

export type CreateLedger = () => Promise<LedgerUnderTest>

/** Noon on a Wednesday, far enough ahead that no alarm of the real object fires by itself during a test. */
export const CONFORMANCE_START = Date.UTC(2100, 5, 16, 12)

export function ledgerConformance(name: string, create: CreateLedger): void {
  describe(`${name}: admission`, () => admissionConformance(create))
  describe(`${name}: settlement`, () => settlementConformance(create))
  describe(`${name}: further attempts`, () => amendmentConformance(create))
  describe(`${name}: calls that are lost`, () => lostConformance(create))
  describe(`${name}: limits`, () => limitsConformance(create))
  describe(`${name}: notices`, () => noticesConformance(create))
  describe(`${name}: credit`, () => creditConformance(create))
  describe(`${name}: credit that goes back`, () => returnsConformance(create))
  describe(`${name}: plans`, () => planConformance(create))
  describe(`${name}: overage`, () => overageConformance(create))
  describe(`${name}: policy`, () => policyConformance(create))
  describe(`${name}: keys and rate limits`, () => keysConformance(create))
  describe(`${name}: reading`, () => readingConformance(create))
}
