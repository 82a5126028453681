// What may still be said of an object when it is done.
import { expect, test } from 'vitest'
import { startStripe } from '../test-client.ts'

test('a customer who was deleted is told as such, whatever was to be expanded', async () => {
  const { stripe } = startStripe()
  const { id } = await stripe.customers.create({ name: 'Amal' })
  await stripe.customers.del(id)
  const found = await stripe.customers.retrieve(id, { expand: ['invoice_settings.default_payment_method', 'tax_ids'] })
  expect(found).toMatchObject({ id, object: 'customer', deleted: true })
})

test('a refund that is given metadata tells so by both names', async () => {
  const { stripe } = startStripe()
  const intent = await stripe.paymentIntents.create({
    amount: 100,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  const refund = await stripe.refunds.create({ payment_intent: intent.id })
  await stripe.refunds.update(refund.id, { metadata: { order: '7' } })
  for (const type of ['refund.updated', 'charge.refund.updated']) {
    const { data } = await stripe.events.list({ type })
    expect(data, type).toHaveLength(1)
    expect(data[0]?.data.object).toMatchObject({ id: refund.id, metadata: { order: '7' } })
  }
})

test('a credit note takes another memo and tells what changed', async () => {
  const { stripe } = startStripe()
  const { id: customer } = await stripe.customers.create({ name: 'Amal' })
  await stripe.invoiceItems.create({ customer, amount: 2000, currency: 'usd' })
  const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' })
  await stripe.invoices.finalizeInvoice(invoice.id)
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: 'custom_line_item', description: 'goodwill', unit_amount: 1000, quantity: 1 }],
  })
  expect(await stripe.creditNotes.update(note.id, { memo: 'agreed' })).toMatchObject({ memo: 'agreed', total: 1000 })
  const { data } = await stripe.events.list({ type: 'credit_note.updated' })
  expect(data[0]?.data.previous_attributes).toEqual({ memo: null })
})
