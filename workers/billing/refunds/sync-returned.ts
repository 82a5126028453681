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

async function takeBack(settled: Settled): Promise<void> {
  const { invoice, grant, back, ctx } = settled
  const { organizationId } = invoice
  const ledger = ctx.ledgerOf(organizationId)
  let owedMicros = 0
  const take = async ({ id, micros }: { id: string; micros: number }) => {
    if (micros <= 0) return
    const name = nameOf(id, settled)
    const answer = await ledger.takeBack({ id: name, grantId: grant.id, amountMicros: micros, note: id })
    if (!answer.ok) throw new Error(`the ledger knows no grant ${grant.id}`)
    owedMicros += answer.owedMicros
  }
  // Taken and given again: whoever looked before it came back, and takes it only now, has no effect any more.
  for (const each of back.filter(({ undone }) => undone)) {
    for (const part of creditToTake({ amountMicros: grant.amountMicros, paidMinor: invoice.paidMinor, back: [each] }))
      await take(part)
    await ledger.giveBack({ takeBackId: nameOf(each.id, settled) })
  }
  owedMicros = 0
  const standing = back.filter(({ undone }) => !undone)
  const kept = creditToTake({ amountMicros: grant.amountMicros, paidMinor: invoice.paidMinor, back: standing })
  for (const part of kept) await take(part)
  const micros = kept.reduce((total, each) => total + each.micros, 0)
  if (micros > grant.takenBackMicros)
    await tell(
      {
        organizationId,
        type: 'credit.taken_back',
        about: `${grant.id} ${micros}`,
        data: { grant_id: grant.id, invoice_id: invoice.id, amount_micros: micros, owed_micros: owedMicros },
      },
      ctx,
    )
  await createGrantRows(ctx.db).setTakenBack({ id: grant.id, micros })
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
  const disputed = (await createDisputeRows(ctx.db).ofInvoice({ invoiceId: invoice.id })).filter(movesMoney)
  const back = [...refunds.map(backOfRefund), ...disputed.map(backOfDispute)].toSorted(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
  )
  const standing = refunds.filter((refund) => !backOfRefund(refund).undone)
  for (const grant of await createGrantRows(ctx.db).ofInvoice({ invoiceId: invoice.id }))
    await takeBack({ invoice, grant, back, ctx })
  const refundedMinor = sumOf(standing.map(backOfRefund))
  if (refundedMinor > invoice.refundedMinor) await tellOfRefunds(invoice, standing, ctx)
  await createInvoiceRows(ctx.db).setReturned({
    id: invoice.id,
    refundedMinor,
    disputedMinor: sumOf(disputed.map(backOfDispute).filter(({ undone }) => !undone)),
    chargeId: idOf(refunds[0]?.charge) ?? disputed[0]?.chargeId ?? invoice.chargeId,
  })
}
