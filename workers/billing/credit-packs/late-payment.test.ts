// A bank that answers days later: nothing is granted before it has paid, and nothing where it refuses.
import { expect, test } from 'vitest'
import { creditGrants } from '#db/schema/billing'
import { submitSession } from '../../local-stripe/checkout/submit.ts'
import { newDebit } from '../../local-stripe/payments/new-debit.ts'
import { noDetails } from '../../local-stripe/payments/new-method.ts'
import { sessionOf } from '../paying.ts'
import { createEventRows } from '../stripe-events/event-repository.ts'
import { processEvents } from '../stripe-events/process-events.ts'
import { createBilling, type TestBilling } from '../testing.ts'

async function buyBy(billing: TestBilling, iban: string) {
  const { body } = await billing.ask('credit-packs/credit-10/checkout', { body: { currency: 'usd', quantity: 2 } })
  const { engine } = billing.local
  const holder = { name: 'Salma', email: 'salma@example.com' }
  const method = newDebit({ engine, iban, details: { ...noDetails, ...holder }, metadata: {} })
  const submission = { ...holder, paymentMethod: method.id, address: null, taxId: null }
  expect(submitSession(engine, sessionOf(body.url), submission).outcome).toBe('complete')
  return body.url as string
}

/** Tells what has been raised since, and answers how each was dealt with. */
async function tell(billing: TestBilling, told: Set<string>) {
  const { db, clock } = billing.system
  const events = billing.local.engine.store
    .list('event')
    .filter(({ id }) => !told.has(id))
    .toReversed()
  for (const event of events) {
    told.add(event.id)
    await createEventRows(db).store({
      id: event.id,
      type: event.type,
      createdAt: event.created * 1_000,
      receivedAt: clock(),
      objectId: null,
      livemode: false,
      body: JSON.stringify(event),
    })
  }
  await processEvents({ ids: events.map(({ id }) => id), isFinal: () => false, ctx: billing.system })
  return events.map(({ type }) => type)
}

const granted = ({ system }: TestBilling) => system.db.select().from(creditGrants)

function answer(billing: TestBilling) {
  billing.clock.advance(5_000)
  billing.local.engine.tick()
}

test('credit that is debited from a bank account is granted when the bank has paid, once', async () => {
  const billing = createBilling()
  const told = new Set<string>()
  const url = await buyBy(billing, 'AT611904300234573201')
  expect(await tell(billing, told)).toContain('checkout.session.completed')
  expect((await billing.ask('checkout/return', { body: { session_id: sessionOf(url) } })).status).toBe(200)
  expect(await granted(billing)).toEqual([])
  answer(billing)
  expect(await tell(billing, told)).toContain('checkout.session.async_payment_succeeded')
  expect(await granted(billing)).toHaveLength(1)
})

test('credit whose debit the bank refuses is not granted', async () => {
  const billing = createBilling()
  const told = new Set<string>()
  await buyBy(billing, 'IT60X0542811101000000123456')
  await tell(billing, told)
  answer(billing)
  expect(await tell(billing, told)).toContain('checkout.session.async_payment_failed')
  expect(await granted(billing)).toEqual([])
})
