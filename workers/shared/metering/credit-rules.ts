// Which credit is used, kept and lost: every rule about it, as arithmetic on plain values.
//
// Order of use: what expires first, then what never does (included, promotion, bought), overage last. A request keeps
// hold of the credit there was when it began: of credit that has expired, as much stays as the requests that began
// before its end still hold, for them alone; the rest goes at once, and what they leave when they end.
import type { CreditLot, CreditSource, PlanTerms } from '../contracts/ledger.ts'
import type { PlanBody } from '../contracts/plans.ts'

const DAY_MS = 86_400_000

/** A renewal's invoice is drafted an hour before it is paid, and its payment may need a day: nobody is without credit. */
const RENEWAL_MARGIN_MS = 3 * DAY_MS

/** Some of one lot. */
export interface LotPart {
  id: string
  micros: number
}

/** A lot as a ledger keeps it. */
export interface KeptLot extends CreditLot {
  /** Its series was ended at that time: requests of the same millisecond may have begun before. */
  ended?: true
}

export const toCreditLot = ({ ended: _ended, ...lot }: KeptLot): CreditLot => lot

type Lot = Pick<KeptLot, 'id' | 'source' | 'remainingMicros' | 'grantedAt' | 'expiresAt' | 'ended'>

/** A request in flight, for what it holds. */
export interface CreditHold {
  heldMicros: number
  /** Absent: before anything expired. */
  takenAt?: number
}

const rank: Record<CreditSource, number> = { included: 0, promotion: 1, bought: 2, overage: 3 }

/** Between two milliseconds where it did not end by itself. */
const endOf = ({ expiresAt, ended }: Pick<Lot, 'expiresAt' | 'ended'>): number =>
  expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt + (ended ? 0.5 : 0)

/** Below zero where `one` is used before `other`. */
export function compareLots(one: Omit<Lot, 'remainingMicros'>, other: Omit<Lot, 'remainingMicros'>): number {
  const [first, second] = [endOf(one), endOf(other)]
  if (first !== second) return first < second ? -1 : 1
  const order = rank[one.source] - rank[other.source] || one.grantedAt - other.grantedAt
  return order || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
}

export const hasExpired = ({ expiresAt }: Pick<Lot, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && expiresAt <= now

/** What began before a lot's end may use it after. `takenAt` null: nothing in flight asks. */
const mayUse = (lot: Lot, takenAt: number | null, now: number): boolean =>
  !hasExpired(lot, now) || (takenAt !== null && takenAt < endOf(lot))

/** What a request that began at `takenAt` may use of these lots. */
export const usable = (lots: readonly Lot[], takenAt: number | null, now: number): number =>
  lots.reduce((sum, lot) => (mayUse(lot, takenAt, now) ? sum + lot.remainingMicros : sum), 0)

/**
 * From which lots an amount is taken: in the order of use, which is the order they come in; `first` names one that is
 * taken from before all others. Never more than there is.
 */
export function drawFrom(
  lots: readonly Lot[],
  micros: number,
  { takenAt, now, first }: { takenAt: number | null; now: number; first?: string },
): LotPart[] {
  const parts: LotPart[] = []
  let left = micros
  const preferred = first === undefined ? [] : lots.filter(({ id }) => id === first)
  for (const lot of [...preferred, ...lots.filter((each) => !preferred.includes(each))]) {
    if (left === 0) break
    if (!mayUse(lot, takenAt, now)) continue
    const taken = Math.min(left, lot.remainingMicros)
    if (taken > 0) parts.push({ id: lot.id, micros: taken })
    left -= taken
  }
  return parts
}

/** What goes back where it was taken from, the last that was taken first. */
export function returnTo(drawn: readonly LotPart[], micros: number): LotPart[] {
  const parts: LotPart[] = []
  let left = micros
  for (const { id, micros: taken } of drawn.toReversed()) {
    if (left === 0) break
    const back = Math.min(left, taken)
    parts.push({ id, micros: back })
    left -= back
  }
  return parts
}

/** What of these lots is lost now. They come in the order of use, so what has expired comes first. */
export function expiredParts(lots: readonly Lot[], holds: Iterable<CreditHold>, now: number): LotPart[] {
  const parts: LotPart[] = []
  const inFlight = [...holds]
  let kept = 0
  for (const lot of lots) {
    if (!hasExpired(lot, now)) break
    const held = inFlight.reduce((sum, hold) => ((hold.takenAt ?? 0) < endOf(lot) ? sum + hold.heldMicros : sum), 0)
    const keep = Math.min(lot.remainingMicros, held - kept)
    kept += keep
    if (lot.remainingMicros > keep) parts.push({ id: lot.id, micros: lot.remainingMicros - keep })
  }
  return parts
}

/** Until when included credit is good, and whether the next period's takes its place. Times in milliseconds. */
export function includedExpiry({
  carryOver,
  periodStart,
  periodEnd,
}: {
  carryOver: PlanBody['carry_over']
  periodStart: number
  periodEnd: number
}): { expiresAt: number | null; replacesSeries: boolean } {
  if (carryOver === 'unlimited') return { expiresAt: null, replacesSeries: false }
  if (carryOver === 'none') return { expiresAt: periodEnd + RENEWAL_MARGIN_MS, replacesSeries: true }
  return { expiresAt: periodEnd + (periodEnd - periodStart) + RENEWAL_MARGIN_MS, replacesSeries: false }
}

export const boughtExpiry = ({
  grantedAt,
  expiresAfterDays,
}: {
  grantedAt: number
  expiresAfterDays: number | null
}): number | null => (expiresAfterDays === null ? null : grantedAt + expiresAfterDays * DAY_MS)

/** Credit that was taken back wrongly has the time again that it had left; what had none left is good for ever. */
export const givenBackExpiry = ({
  expiresAt,
  takenAt,
  now,
}: {
  expiresAt: number | null
  takenAt: number
  now: number
}): number | null => (expiresAt === null || expiresAt <= takenAt ? null : now + (expiresAt - takenAt))

/** What may still be spent beyond the balance. Infinity where nobody is billed. */
export function overdraftLeft(overdraft: PlanTerms['overdraft'], usedMicros: number): number {
  if (!overdraft) return 0
  return overdraft.capMicros === null ? Number.POSITIVE_INFINITY : Math.max(0, overdraft.capMicros - usedMicros)
}

/** What a charge needs beyond the credit that it may use. */
export const overageFor = (chargeMicros: number, usableMicros: number): number =>
  Math.max(0, chargeMicros - usableMicros)

export const overageNote = (overdraft: Pick<NonNullable<PlanTerms['overdraft']>, 'kind'>): 'overage' | 'unlimited' =>
  overdraft.kind === 'unlimited' ? 'unlimited' : 'overage'

/** Which of what is owed an amount pays: the oldest first. */
export function payOwed(owed: readonly LotPart[], micros: number): LotPart[] {
  const paid: LotPart[] = []
  let left = micros
  for (const { id, micros: due } of owed) {
    const part = Math.min(left, due)
    if (part > 0) paid.push({ id, micros: part })
    left -= part
  }
  return paid
}

/** `vendor/*` is every model of that vendor. */
export const modelInPlan = ({ models }: Pick<PlanTerms, 'models'>, model: string): boolean =>
  models === null ||
  models.some((allowed) => (allowed.endsWith('/*') ? model.startsWith(allowed.slice(0, -1)) : allowed === model))
