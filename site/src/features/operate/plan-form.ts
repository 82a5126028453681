// A plan as it is typed, and the plan that it means. The platform checks all of it again.
import type { PlanBody, PlanInterval } from '#shared/contracts/plans'
import { minorToDecimal } from '../../i18n/format-currency.ts'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import { Reader, type Faults } from './form-fields.ts'

export interface TypedText {
  en: string
  ar: string
}

/** A row of the table of prices: empty where it is not sold by that interval. */
export interface PriceRow {
  currency: string
  month: string
  year: string
}

export interface PlanDraft {
  kind: PlanBody['kind']
  name: TypedText
  description: TypedText
  features: TypedText[]
  prices: PriceRow[]
  includedMonth: string
  includedYear: string
  carryOver: PlanBody['carry_over']
  trial: { days: string; credit: string; needsPaymentMethod: boolean } | null
  seatsMinimum: string
  seatsMaximum: string
  requestsPerMinute: string
  tokensPerMinute: string
  parallelRequests: string
  allModels: boolean
  models: string
  storage: string
  overage: PlanBody['overage']['policy']
  overageCap: string
}

const MOST_CREDIT = 1_000_000_000_000
const MODEL = /^[\w.@-]+\/([\w.@:/-]+|\*)$/

const typed = (count: number | null): string => (count === null ? '' : String(count))

export const emptyPlan: PlanBody = {
  kind: 'flat',
  name: { en: '', ar: '' },
  description: { en: '', ar: '' },
  features: [],
  prices: [],
  included_credit_micros: { month: 0, year: 0 },
  carry_over: 'none',
  trial: null,
  seats: { minimum: 1, maximum: null },
  requests_per_minute: null,
  tokens_per_minute: null,
  parallel_requests: null,
  models: null,
  storage_bytes: null,
  overage: { policy: 'stop', cap_micros: 0 },
}

function priceRows({ prices }: PlanBody): PriceRow[] {
  const currencies = [...new Set(prices.map(({ currency }) => currency))]
  return currencies.map((currency) => {
    const amountOf = (interval: PlanInterval) => {
      const price = prices.find((each) => each.currency === currency && each.interval === interval)
      return price ? minorToDecimal(price.amount_minor, currency) : ''
    }
    return { currency, month: amountOf('month'), year: amountOf('year') }
  })
}

export const planDraftOf = (plan: PlanBody): PlanDraft => ({
  kind: plan.kind,
  name: plan.name,
  description: plan.description,
  features: plan.features,
  prices: plan.prices.length > 0 ? priceRows(plan) : [{ currency: 'usd', month: '', year: '' }],
  includedMonth: typedAmount(plan.included_credit_micros.month),
  includedYear: typedAmount(plan.included_credit_micros.year),
  carryOver: plan.carry_over,
  trial: plan.trial && {
    days: String(plan.trial.days),
    credit: typedAmount(plan.trial.credit_micros),
    needsPaymentMethod: plan.trial.needs_payment_method,
  },
  seatsMinimum: String(plan.seats.minimum),
  seatsMaximum: typed(plan.seats.maximum),
  requestsPerMinute: typed(plan.requests_per_minute),
  tokensPerMinute: typed(plan.tokens_per_minute),
  parallelRequests: typed(plan.parallel_requests),
  allModels: plan.models === null,
  models: (plan.models ?? []).join('\n'),
  storage: plan.storage_bytes === null ? '' : String(plan.storage_bytes / 1e9),
  overage: plan.overage.policy,
  overageCap: typedAmount(plan.overage.cap_micros),
})

export const isSold = (kind: PlanBody['kind']): boolean => kind === 'flat' || kind === 'per_seat'

function readPrices(reader: Reader, { kind, prices }: PlanDraft): PlanBody['prices'] {
  if (!isSold(kind)) return []
  const seen = new Set<string>()
  return prices.flatMap((row, at) => {
    const currency = reader.currency(`prices.${at}.currency`, row.currency, seen)
    const intervals = (['month', 'year'] as const).filter((interval) => row[interval].trim() !== '')
    if (intervals.length === 0) reader.faults[`prices.${at}.month`] = 'price-missing'
    return intervals.map((interval) => ({
      interval,
      currency,
      amount_minor: reader.minor(`prices.${at}.${interval}`, row[interval], currency),
    }))
  })
}

function readCredit(reader: Reader, path: string, text: string): number {
  const reading = readAmount(text.trim() === '' ? '0' : text, { most: MOST_CREDIT })
  if (reading.ok) return reading.micros
  reader.faults[path] = reading.fault
  return 0
}

function readModels(reader: Reader, { allModels, models }: PlanDraft): string[] | null {
  if (allModels) return null
  const names = models
    .split(/[\s,،]+/)
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length === 0 || names.some((name) => !MODEL.test(name))) reader.faults.models = 'models-invalid'
  return [...new Set(names)]
}

function readSeats(reader: Reader, draft: PlanDraft): PlanBody['seats'] {
  const minimum = reader.count('seatsMinimum', draft.seatsMinimum, { most: 10_000 })
  const maximum = reader.limit('seatsMaximum', draft.seatsMaximum, { most: 10_000 })
  if (maximum !== null && maximum < minimum) reader.faults.seatsMaximum = 'seats-order'
  return { minimum, maximum }
}

const readTrial = (reader: Reader, trial: PlanDraft['trial']): PlanBody['trial'] =>
  trial && {
    days: reader.count('trial.days', trial.days, { most: 90 }),
    credit_micros: readCredit(reader, 'trial.credit', trial.credit),
    needs_payment_method: trial.needsPaymentMethod,
  }

export function readPlanDraft(draft: PlanDraft): { ok: true; body: PlanBody } | { ok: false; faults: Faults } {
  const reader = new Reader()
  const body: PlanBody = {
    kind: draft.kind,
    name: reader.texts('name', draft.name),
    description: reader.texts('description', draft.description),
    features: draft.features.map((feature, at) => reader.texts(`features.${at}`, feature)),
    prices: readPrices(reader, draft),
    included_credit_micros: {
      month: readCredit(reader, 'includedMonth', draft.includedMonth),
      year: readCredit(reader, 'includedYear', draft.includedYear),
    },
    carry_over: draft.carryOver,
    trial: isSold(draft.kind) ? readTrial(reader, draft.trial) : null,
    seats: readSeats(reader, draft),
    requests_per_minute: reader.limit('requestsPerMinute', draft.requestsPerMinute),
    tokens_per_minute: reader.limit('tokensPerMinute', draft.tokensPerMinute),
    parallel_requests: reader.limit('parallelRequests', draft.parallelRequests),
    models: readModels(reader, draft),
    storage_bytes: reader.gigabytes('storage', draft.storage),
    overage: { policy: draft.overage, cap_micros: readCredit(reader, 'overageCap', draft.overageCap) },
  }
  return reader.isFine ? { ok: true, body } : { ok: false, faults: reader.faults }
}
