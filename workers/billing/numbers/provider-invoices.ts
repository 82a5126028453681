// What each provider has billed, against what our own book says that it took.
import type { z } from 'zod'
import type {
  ProviderInvoice,
  ProviderInvoicesQuery,
  WriteProviderInvoice,
} from '#shared/contracts/billing-administration'
import { vendorIds } from '#shared/contracts/model'
import { invalidRequest, notFound } from '#shared/http/problems'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { BILLED, COUNTED } from './operator-queries.ts'

const DEFAULT_MONTHS = 6
const MAX_MONTHS = 36
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** Months since the year 0. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`

interface Months {
  from: string
  to: string
}

function monthsOf(query: z.infer<typeof ProviderInvoicesQuery>, now: number): Months {
  const to = query.to ?? new Date(now).toISOString().slice(0, 7)
  const from = query.from ?? monthOf(numberOf(to) - DEFAULT_MONTHS + 1)
  if (from > to) throw invalidRequest('from: must not be after `to`', 'from')
  if (numberOf(to) - numberOf(from) >= MAX_MONTHS)
    throw invalidRequest(`from: is more than ${MAX_MONTHS} months before \`to\``, 'from')
  return { from, to }
}

interface Counted {
  provider: string
  month: string
  counted: number
}
interface Billed {
  provider: string
  month: string
  billed: number
  note: string | null
}

async function readMonths(database: D1Database, { from, to }: Months): Promise<ProviderInvoice[]> {
  const [counted, billed] = (await database.batch([
    database.prepare(COUNTED).bind(`${from}-01`, `${monthOf(numberOf(to) + 1)}-01`),
    database.prepare(BILLED).bind(from, to),
  ])) as [D1Result<Counted>, D1Result<Billed>]
  const rows = new Map<string, ProviderInvoice>()
  const rowOf = ({ provider, month }: { provider: string; month: string }): ProviderInvoice => {
    const name = `${month} ${provider}`
    const row = rows.get(name) ?? {
      provider,
      month,
      billed_micros: null,
      counted_micros: 0,
      difference_micros: null,
      note: null,
    }
    rows.set(name, row)
    return row
  }
  for (const row of counted.results) rowOf(row).counted_micros = row.counted
  for (const row of billed.results) Object.assign(rowOf(row), { billed_micros: row.billed, note: row.note })
  for (const row of rows.values())
    if (row.billed_micros !== null) row.difference_micros = row.billed_micros - row.counted_micros
  return (
    [...rows.values()]
      // Who takes nothing (the sandbox) sends no invoice.
      .filter((row) => row.counted_micros !== 0 || row.billed_micros !== null)
      .toSorted((a, b) => (a.month === b.month ? (a.provider < b.provider ? -1 : 1) : a.month < b.month ? 1 : -1))
  )
}

export async function listProviderInvoices({
  query,
  ctx,
}: {
  query: z.infer<typeof ProviderInvoicesQuery>
  ctx: BillingContext
}): Promise<ProviderInvoice[]> {
  requirePlatformAdmin(ctx.principal)
  const months = monthsOf(query, ctx.clock())
  return ask('The book', () => readMonths(ctx.db.$client, months))
}

export async function writeProviderInvoice({
  provider,
  month,
  input,
  ctx,
}: {
  provider: string
  month: string
  input: z.infer<typeof WriteProviderInvoice>
  ctx: BillingContext
}): Promise<ProviderInvoice> {
  requirePlatformAdmin(ctx.principal)
  if (!MONTH.test(month)) throw invalidRequest('month: must be a month, like 2026-11', 'month')
  if (!vendorIds.some((each) => each === provider)) throw notFound('provider')
  return ask('The book', async () => {
    const database = ctx.db.$client
    await database
      .prepare(
        `INSERT INTO provider_invoices (provider, month, billed_micros, note, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET billed_micros = excluded.billed_micros, note = excluded.note,
          updated_at = excluded.updated_at`,
      )
      .bind(provider, month, input.amount_micros, input.note || null, ctx.clock())
      .run()
    const rows = await readMonths(database, { from: month, to: month })
    return rows.find((row) => row.provider === provider)!
  })
}
