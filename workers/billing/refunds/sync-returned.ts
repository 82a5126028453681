// The credit of an invoice follows its money: what was refunded or is disputed is taken back, what a dispute returned is
// given back. Everything is counted from Stripe's present state, so it ends the same in whatever order it is told.
import type Stripe from 'stripe'
import { createDisputeRows, type DisputeRow } from '../sync/dispute-repository.ts'
import { createGrantRows, type GrantRow } from '../sync/grant-repository.ts'
import { createInvoiceRows, type InvoiceRow } from '../sync/invoice-repository.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { tell } from '../sync/tell.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'
import { toMilliseconds } from '../sync/stripe-time.ts'
import { creditToTake } from './credit-to-take.ts'

interface Back {
  id: string
  amountMinor: number
  at: number
  /** It came back after all: a dispute that was won, a refund that failed. */
  undone: boolean
}

/** An inquiry moves no money. */
const movesMoney = ({ status }: DisputeRow): boolean => !status.startsWith('warning_') && status !== 'prevented'

const backOfRefund = ({ id, amount, created, status }: Stripe.Refund): Back => ({
  id: `refund:${id}`,
  amountMinor: amount,
  at: toMilliseconds(created),
  undone: status === 'failed' || status === 'canceled',
})

const backOfDispute = ({ id, amountMinor, createdAt, status }: DisputeRow): Back => ({
  id: `dispute:${id}`,
  amountMinor,
  at: createdAt,
  undone: status === 'won',
})

const disputesOf = async ({ id: invoiceId }: InvoiceRow, { db }: MoneyContext): Promise<DisputeRow[]> =>
  (await createDisputeRows(db).ofInvoice({ invoiceId })).filter(movesMoney)

const MOST_REFUNDS = 1_000

async function refundsOf(paymentIntentId: string, ctx: MoneyContext): Promise<Stripe.Refund[]> {
  return askStripe(() =>
    stripeOf(ctx)
      .refunds.list({ payment_intent: paymentIntentId, limit: 100 })
      .autoPagingToArray({ limit: MOST_REFUNDS }),
  )
}

interface Settled {
  invoice: InvoiceRow
  grant: GrantRow
  back: Back[]
  ctx: MoneyContext
}

/** An invoice has one grant, but for rare ones; the further ones are named beside it. */
const nameOf = (id: string, { grant, invoice }: Settled): string =>
  grant.id === `invoice:${invoice.id}` ? id : `${id}:${grant.id}`

/** What of it was taken from where it was missing; nothing where all of it had expired. */
async function takeBack(settled: Settled): Promise<{ dueMicros: number; takenMicros: number; owedMicros: number }> {
  const { invoice, grant, back, ctx } = settled
  const { amountMicros, expiredMicros } = grant
  const ledger = ctx.ledgerOf(invoice.organizationId)
  const sums = { dueMicros: 0, takenMicros: 0, owedMicros: 0 }
  const standing = back.filter(({ undone }) => !undone)
  for (const part of creditToTake({ amountMicros, expiredMicros, paidMinor: invoice.paidMinor, back: standing })) {
    sums.dueMicros = part.dueMicros
    if (part.micros <= 0) continue
    const name = nameOf(part.id, settled)
    const answer = await ledger.takeBack({ id: name, grantId: grant.id, amountMicros: part.micros, note: part.id })
    if (!answer.ok) throw new Error(`the ledger knows no grant ${grant.id}`)
    sums.takenMicros += answer.takenMicros
    sums.owedMicros += answer.owedMicros
  }
  return sums
}

/** A dispute may have been won while its credit was taken: whoever comes second gives it back. */
async function giveBack(settled: Settled): Promise<void> {
  const { invoice, back, ctx } = settled
  const now = (await disputesOf(invoice, ctx)).map(backOfDispute)
  const undone = new Set([...back, ...now].filter((each) => each.undone).map(({ id }) => id))
  for (const id of undone) await ctx.ledgerOf(invoice.organizationId).giveBack({ takeBackId: nameOf(id, settled) })
}

async function settle(settled: Settled): Promise<void> {
  const { invoice, grant, ctx } = settled
  const { dueMicros, takenMicros, owedMicros } = await takeBack(settled)
  await giveBack(settled)
  if (dueMicros > grant.takenBackMicros && takenMicros + owedMicros > 0)
    await tell(
      {
        organizationId: invoice.organizationId,
        type: 'credit.taken_back',
        about: `${grant.id} ${dueMicros}`,
        data: { grant_id: grant.id, invoice_id: invoice.id, amount_micros: dueMicros, owed_micros: owedMicros },
      },
      ctx,
    )
  await createGrantRows(ctx.db).setTakenBack({ id: grant.id, micros: dueMicros })
}

async function tellOfRefunds(invoice: InvoiceRow, refunds: Stripe.Refund[], ctx: MoneyContext): Promise<void> {
  const { organizationId, id, currency } = invoice
  for (const { id: refundId, amount } of refunds)
    await tell(
      {
        organizationId,
        type: 'refund.made',
        about: refundId,
        data: { refund_id: refundId, invoice_id: id, amount_minor: amount, currency },
      },
      ctx,
    )
}

const sumOf = (amounts: { amountMinor: number }[]): number =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

export async function syncReturned({
  invoice,
  paymentIntentId,
  ctx,
}: {
  invoice: InvoiceRow
  paymentIntentId: string
  ctx: MoneyContext
}): Promise<void> {
  const refunds = await refundsOf(paymentIntentId, ctx)
  const disputed = await disputesOf(invoice, ctx)
  const back = [...refunds.map(backOfRefund), ...disputed.map(backOfDispute)].toSorted(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
  )
  const standing = refunds.filter((refund) => !backOfRefund(refund).undone)
  for (const grant of await createGrantRows(ctx.db).ofInvoice({ invoiceId: invoice.id }))
    await settle({ invoice, grant, back, ctx })
  const refundedMinor = sumOf(standing.map(backOfRefund))
  if (refundedMinor > invoice.refundedMinor) await tellOfRefunds(invoice, standing, ctx)
  await createInvoiceRows(ctx.db).setReturned({
    id: invoice.id,
    refundedMinor,
    disputedMinor: sumOf(disputed.map(backOfDispute).filter(({ undone }) => !undone)),
    chargeId: idOf(refunds[0]?.charge) ?? disputed[0]?.chargeId ?? invoice.chargeId,
  })
}
