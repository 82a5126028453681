// Ten thousand deliveries, doubled and shuffled, through the door and the queue: the ledgers are exact in the end, and
// memory does not grow with them.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createMoneyWorld, BEGIN, INCLUDED, seconds } from './testing/money-world.ts'
import { invoiceOf, lineOf, subscriptionOf } from './testing/fake-stripe.ts'

const DELIVERIES = 10_000
const ORGANIZATIONS = 100
const BATCH = 50
const start = seconds(BEGIN)
const end = seconds(Date.UTC(2026, 1, 10))

/** The same numbers every time. */
function createDice(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Of what is held: what is not is collected first. */
function megabytes(): number {
  collect()
  return Math.round(process.memoryUsage().heapUsed / 1_048_576)
}

test(
  'ten thousand deliveries with duplicates, in any order, end with exact ledgers',
  { timeout: 120_000 },
  async () => {
    const organizations = Array.from({ length: ORGANIZATIONS }, (_, place) => `org_${place}`)
    const world = await createMoneyWorld({ organizations })
    const { fake, ctx } = world
    const events: { id: string; type: string; object: { id: string } }[] = []
    for (const organizationId of organizations) {
      const customer = `cus_${organizationId}`
      const subscription = `sub_${organizationId}`
      fake.put(
        'subscription',
        subscriptionOf({ id: subscription, customer, created: start, price: 'price_pro_month', start, end }),
      )
      const plan = [lineOf({ price: 'price_pro_month', amount: 2_000, start, end })]
      const pack = [lineOf({ price: 'price_ten', amount: 1_000 })]
      const facts = { customer, created: start }
      const plans = invoiceOf({
        ...facts,
        id: `in_plan_${organizationId}`,
        subscription,
        reason: 'subscription_create',
        lines: plan,
      })
      const packs = invoiceOf({
        ...facts,
        id: `in_pack_${organizationId}`,
        lines: pack,
        metadata: { purpose: 'credit_pack' },
      })
      for (const invoice of [plans, packs]) {
        fake.put('invoice', invoice)
        fake.pay(invoice.id)
      }
      const refund = fake.addRefund({ id: `re_${organizationId}`, payment_intent: `pi_${packs.id}`, amount: 250 })
      for (const [type, id] of [
        ['customer.subscription.created', subscription],
        ['customer.subscription.updated', subscription],
        ['invoice.paid', plans.id],
        ['invoice.updated', plans.id],
        ['invoice.paid', packs.id],
        ['refund.created', refund.id],
        ['customer.updated', customer],
      ] as const)
        events.push({ id: `evt_${events.length}`, type, object: { id } })
    }

    const roll = createDice(20_260_110)
    const held: number[] = []
    for (let sent = 0; sent < DELIVERIES; sent += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, place) => {
        // Each of them once in the course of it, and the others as it comes.
        const at = sent + place
        return events[at < events.length ? (at * 389) % events.length : roll(events.length)]!
      })
      for (const event of batch) await world.store(event)
      await world.deliver(batch.map(({ id }) => ({ kind: 'event', id })))
      world.clock.advance(1_000)
      if ((sent + BATCH) % 1_000 === 0) held.push(megabytes())
    }
    for (const organizationId of organizations) expect(await world.balance(organizationId)).toBe(INCLUDED + 7_500_000)
    const [counted] = await ctx.db.$client
      .prepare(
        "SELECT SUM(deliveries) AS deliveries, SUM(state = 'processed') AS processed, COUNT(*) AS events FROM stripe_events",
      )
      .all<{ deliveries: number; processed: number; events: number }>()
      .then(({ results }) => results)
    expect(counted).toEqual({ deliveries: DELIVERIES, processed: events.length, events: events.length })
    process.stdout.write(`heap after each thousand deliveries, in MB: ${held.join(' ')}\n`)
    // After the first thousand each event was seen once: what the ledgers and tables hold grows no more.
    expect(held.at(-1)! - held[0]!).toBeLessThan(10)
  },
)
