// What a paid invoice gives. The only place that says so: the webhook, the preview of a change and the reconciliation
// ask it.
import type { CreditPackBody, PlanBody, PlanInterval } from '#shared/contracts/plans'
import { boughtExpiry, includedExpiry } from '#shared/metering/credit-rules'
import { periodBefore } from './full-period.ts'

export type Sold =
  | { kind: 'plan'; planId: string; version: number; interval: PlanInterval; priceMinor: number; body: PlanBody }
  | { kind: 'credit_pack'; packId: string; version: number; body: CreditPackBody }
  | { kind: 'overage' }

export interface CreditLine {
  /** What of ours it sells; null where it is nothing of ours. */
  sold: Sold | null
  quantity: number
  /** Before discounts, with its sign. */
  amountMinor: number
  proration: boolean
  periodStart: number
  periodEnd: number
}

export interface InvoiceToCredit {
  id: string
  organizationId: string
  subscriptionId: string | null
  /** Stripe's `billing_reason`. */
  reason: string | null
  /** When billing of the subscription began, where it is known. */
  anchor: number | null
  paidAt: number
  lines: CreditLine[]
}

export interface Credit {
  /** The grant's id. */
  id: string
  source: 'included' | 'promotion' | 'bought'
  amountMicros: number
  expiresAt: number | null
  series: string | null
  replacesSeries: boolean
  startsAt: number
}

export const seriesOf = (subscriptionId: string): string => `subscription:${subscriptionId}`

type PlanLine = CreditLine & { sold: Extract<Sold, { kind: 'plan' }> }
type PackLine = CreditLine & { sold: Extract<Sold, { kind: 'credit_pack' }> }

const isPlanLine = (line: CreditLine): line is PlanLine => line.sold?.kind === 'plan'
const isPackLine = (line: CreditLine): line is PackLine => line.sold?.kind === 'credit_pack'

/** Seats share what a team's plan includes by their number; any other plan includes it once. */
const seatsOf = ({ sold, quantity }: PlanLine): number => (sold.body.kind === 'per_seat' ? quantity : 1)

const includedOf = (line: PlanLine): bigint =>
  BigInt(line.sold.body.included_credit_micros[line.sold.interval]) * BigInt(seatsOf(line))

interface Fraction {
  top: bigint
  bottom: bigint
}

/** The line's part of what its plan includes in a whole period, with the line's sign. Exact: it is rounded in the sum. */
function shareOf(line: PlanLine, anchor: number | null): Fraction {
  const included = includedOf(line)
  if (!line.proration) return { top: included, bottom: 1n }
  const { periodStart, periodEnd: end } = line
  const length = BigInt(end - periodBefore({ end, interval: line.sold.interval, anchor }))
  const part = BigInt(end - periodStart)
  const top = included * (part > length ? length : part)
  return { top: line.amountMinor < 0 ? -top : top, bottom: length }
}

const plus = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
})

/** In a trial nothing is asked for what has a price. (A discount leaves a line's own amount as it is.) */
const inTrial = (lines: PlanLine[]): boolean =>
  lines.some(({ sold }) => sold.priceMinor > 0) &&
  lines.every(({ sold, amountMinor }) => sold.priceMinor === 0 || amountMinor === 0)

function trialCredit(lines: PlanLine[], { organizationId, subscriptionId }: InvoiceToCredit): Credit[] {
  const line = lines.find(({ sold, proration }) => !proration && sold.body.trial !== null)
  const amountMicros = line?.sold.body.trial?.credit_micros ?? 0
  if (!line || amountMicros === 0) return []
  const { periodStart, periodEnd } = line
  return [
    {
      // Named by the organization: it is given once, whatever is subscribed to afterwards.
      id: `trial:${organizationId}`,
      source: 'promotion',
      amountMicros,
      expiresAt: includedExpiry({ carryOver: 'none', periodStart, periodEnd }).expiresAt,
      series: subscriptionId && seriesOf(subscriptionId),
      replacesSeries: false,
      startsAt: periodStart,
    },
  ]
}

function includedCredit(lines: PlanLine[], invoice: InvoiceToCredit): Credit[] {
  if (lines.length === 0) return []
  if (inTrial(lines)) return trialCredit(lines, invoice)
  const sum = lines.map((line) => shareOf(line, invoice.anchor)).reduce(plus)
  const given = lines.filter(({ amountMinor, proration }) => amountMinor > 0 || !proration)
  // What was paid for last says how long it is kept.
  const last = given.toSorted((a, b) => a.periodEnd - b.periodEnd).at(-1)
  if (!last || sum.top < sum.bottom) return []
  const { periodStart, periodEnd, sold } = last
  const { expiresAt, replacesSeries } = includedExpiry({ carryOver: sold.body.carry_over, periodStart, periodEnd })
  return [
    {
      id: `invoice:${invoice.id}`,
      source: 'included',
      amountMicros: Number(sum.top / sum.bottom),
      expiresAt,
      series: invoice.subscriptionId && seriesOf(invoice.subscriptionId),
      replacesSeries: replacesSeries && invoice.reason === 'subscription_cycle',
      startsAt: periodStart,
    },
  ]
}

function boughtCredit(lines: PackLine[], { id, paidAt }: InvoiceToCredit, beside: boolean): Credit[] {
  const amountMicros = lines.reduce((sum, { sold, quantity }) => sum + sold.body.credit_micros * quantity, 0)
  const [first] = lines
  if (!first || amountMicros <= 0) return []
  return [
    {
      id: beside ? `invoice:${id}:bought` : `invoice:${id}`,
      source: 'bought',
      amountMicros,
      expiresAt: boughtExpiry({ grantedAt: paidAt, expiresAfterDays: first.sold.body.expires_after_days }),
      series: null,
      replacesSeries: false,
      startsAt: paidAt,
    },
  ]
}

export function creditOfInvoice(invoice: InvoiceToCredit): Credit[] {
  const included = includedCredit(invoice.lines.filter(isPlanLine), invoice)
  return [...included, ...boughtCredit(invoice.lines.filter(isPackLine), invoice, included.length > 0)]
}
