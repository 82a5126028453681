// HTTP of the numbers: series, exports, forecasts and alerts for members; what comes in and what it costs for operators.
import {
  OperatorNumbersQuery,
  ProviderInvoicesQuery,
  WriteProviderInvoice,
} from '#shared/contracts/billing-administration'
import { ExportQuery, SeriesQuery, SetUsageAlerts } from '#shared/contracts/usage'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { billingContext, type BillingEnv } from '../context.ts'
import { readAlerts, setAlerts } from './alerts.ts'
import { createBookDays } from './book-days.ts'
import { createBookPages } from './book-pages.ts'
import { exportEntries } from './export-entries.ts'
import { readOperatorNumbers } from './operator-numbers.ts'
import { listProviderInvoices, writeProviderInvoice } from './provider-invoices.ts'
import { readForecast } from './read-forecast.ts'
import { readSeries } from './read-series.ts'

export function numberRoutes(app: ServiceApp<BillingEnv>): void {
  app.get('/api/usage/series', async (c) => {
    const query = parseWith(SeriesQuery, c.req.query())
    return c.json(await readSeries({ query, days: createBookDays(c.env.DB), ctx: billingContext(c) }))
  })

  app.get('/api/usage/export', (c) =>
    exportEntries({
      query: parseWith(ExportQuery, c.req.query()),
      pages: createBookPages(c.env.DB),
      ctx: billingContext(c),
    }),
  )

  app.get('/api/usage/forecast', async (c) =>
    c.json(await readForecast({ days: createBookDays(c.env.DB), ctx: billingContext(c) })),
  )

  app.get('/api/usage/alerts', async (c) => c.json(await readAlerts({ ctx: billingContext(c) })))

  app.put('/api/usage/alerts', async (c) =>
    c.json(await setAlerts({ input: await parseBody(c.req.raw, SetUsageAlerts), ctx: billingContext(c) })),
  )

  app.get('/api/billing/admin/numbers', async (c) => {
    const query = parseWith(OperatorNumbersQuery, c.req.query())
    return c.json(await readOperatorNumbers({ query, ctx: billingContext(c) }))
  })

  app.get('/api/billing/admin/provider-invoices', async (c) => {
    const query = parseWith(ProviderInvoicesQuery, c.req.query())
    return c.json({ data: await listProviderInvoices({ query, ctx: billingContext(c) }), next_cursor: null })
  })

  app.put('/api/billing/admin/provider-invoices/:provider/:month', async (c) =>
    c.json(
      await writeProviderInvoice({
        provider: c.req.param('provider'),
        month: c.req.param('month'),
        input: await parseBody(c.req.raw, WriteProviderInvoice),
        ctx: billingContext(c),
      }),
    ),
  )
}
