// What a real account leaves to banks and settings is decided here by whoever tests.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { startAccount } from './test-account.ts'

async function start() {
  const account = await startAccount()
  const control = (action: string, body: object) =>
    account.fetch(`http://stripe.test/_control/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { ...account, control }
}

test('any charge can be disputed, and the dispute won or lost, once', async () => {
  const { stripe, subscribe, control } = await start()
  await subscribe()
  const [charge] = (await stripe.charges.list()).data
  const opened = await control('dispute', { charge: charge?.id })
  const dispute: Stripe.Dispute = await opened.json()
  expect(dispute).toMatchObject({ status: 'needs_response', charge: charge?.id, amount: 2000 })
  expect(await stripe.charges.retrieve(charge?.id ?? '')).toMatchObject({ disputed: true })
  expect((await control('dispute', { dispute: dispute.id, outcome: 'won' })).status).toBe(200)
  expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'won' })
  expect((await control('dispute', { dispute: dispute.id, outcome: 'lost' })).status).toBe(400)
  expect((await stripe.refunds.create({ charge: charge?.id })).status).toBe('succeeded')
})

test('what cannot be disputed or decided is refused', async () => {
  const { control } = await start()
  expect((await control('dispute', { charge: 'ch_none' })).status).toBe(404)
  expect((await control('dispute', { dispute: 'du_none', outcome: 'maybe' })).status).toBe(400)
  expect((await control('retries', { after: 'forgiven' })).status).toBe(400)
})

test('what becomes of a subscription that is never paid is the account’s choice', async () => {
  const { stripe, subscribe, useCard, moveTo, control } = await start()
  expect((await control('retries', { after: 'unpaid' })).status).toBe(200)
  const { id } = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  moveTo('2026-03-01T00:00:00Z')
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('unpaid')
})

test('an invoice that is finalized has a page and a paper', async () => {
  const { stripe, subscribe, fetch } = await start()
  const { latest_invoice: id } = await subscribe()
  const invoice = await stripe.invoices.retrieve(id as string)
  const page = await fetch(invoice.hosted_invoice_url ?? '')
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(invoice.number ?? 'none')])
  const paper = await fetch(invoice.invoice_pdf ?? '')
  expect(paper.headers.get('content-type')).toBe('application/pdf')
  expect((await paper.text()).slice(0, 8)).toBe('%PDF-1.4')
})
