// Our grants: each has an invoice that was paid, and the ledger has each. To grant what was granted before changes
// nothing, so the ledger is asked by granting.
import { and, asc, gt, gte } from 'drizzle-orm'
import { creditGrants } from '#db/schema/billing'
import type { GrantRow } from '../sync/grant-repository.ts'
import { createInvoiceRows } from '../sync/invoice-repository.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { closeDiscrepancy } from './discrepancies.ts'
import { PAGE, raiseIn, reachOf, repairedIn, type Step } from './step.ts'

async function checkPaid({ id, invoiceId, organizationId }: GrantRow, step: Step): Promise<boolean> {
  const { ctx } = step
  const known = await createInvoiceRows(ctx.db).find({ id: invoiceId })
  const invoice = known?.status === 'paid' ? known : await syncInvoice({ id: invoiceId, ctx })
  if (invoice?.status === 'paid') {
    await closeDiscrepancy({ kind: 'grant_unpaid', subjectId: id }, ctx)
    return true
  }
  await raiseIn(step, {
    kind: 'grant_unpaid',
    organizationId,
    subjectId: id,
    expected: `${invoiceId} is paid`,
    actual: invoice?.status ?? 'no such invoice',
  })
  return false
}

async function checkLedger(row: GrantRow, step: Step): Promise<void> {
  const { id, organizationId, amountMicros, source, expiresAt, series } = row
  const ledger = step.ctx.ledgerOf(organizationId)
  const grant = { id, amountMicros, source, note: id, expiresAt, ...(series && { series }) }
  const { entry, repeated } = await ledger.grant(grant)
  const about = { organizationId, subjectId: id, expected: String(amountMicros) }
  if (!repeated) await repairedIn(step, { ...about, kind: 'grant_missing', actual: 'not in the ledger' })
  else if (entry.amountMicros !== amountMicros)
    await raiseIn(step, { ...about, kind: 'grant_differs', actual: `${entry.amountMicros} in the ledger` })
}

export async function checkGrants(step: Step): Promise<string | null> {
  const rows = await step.ctx.db
    .select()
    .from(creditGrants)
    .where(and(gt(creditGrants.id, step.after), gte(creditGrants.createdAt, reachOf(step.run))))
    .orderBy(asc(creditGrants.id))
    .limit(PAGE)
  for (const row of rows) {
    step.counts.grants += 1
    // What is still on its way is the sweep's to finish.
    if ((await checkPaid(row, step)) && row.grantedAt !== null) await checkLedger(row, step)
  }
  return rows.length === PAGE ? rows.at(-1)!.id : null
}
