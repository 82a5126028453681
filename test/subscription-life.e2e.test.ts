// The whole life of a subscription, in a browser, against the stand-in for Stripe: once as Stripe delivers its webhooks
// on a good day, and again with each of them doubled, delayed and in the wrong order. It ends the same.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser, contextOf, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { localStripe, type Webhooks } from './support/local-stripe.ts'
import { createKey, post, signUp, signUpOperator, type Person } from './support/person.ts'
import { cards, createSubscriber, type Language } from './support/subscriber.ts'

const DAY = 86_400
const HOUR = 3_600

const url = inject('platformUrl')
const local = localStripe(inject('stripeUrl'))
let browser: Browser
let operator: Person
beforeAll(async () => {
  browser = await launchBrowser()
  operator = await signUpOperator(url)
})
afterAll(async () => {
  await local.deliver('normal')
  await browser?.close()
})

interface Overview {
  plan: { id: string }
  subscription: {
    status: string
    seats: number
    current_period_end: number
    cancels_at: number | null
    pending_change: { plan_id: string } | null
    read_only_at: number | null
  } | null
  credit: {
    balance_micros: number
    owed_micros: number
    lots: { source: string; amount_micros: number; remaining_micros: number }[]
  }
}
interface Entry {
  kind: string
  amount_micros: number
  note: string | null
}
interface Invoice {
  id: string
  status: string
  purpose: string
  total_minor: number
  refunded_minor: number
  credit_micros: number | null
}

/** What a person would check: nothing in it depends on the second in which something happened. */
async function stateOf(person: Person) {
  const [overview, invoices, entries, balance] = await Promise.all([
    person.json<Overview>('/api/billing/overview'),
    person.json<{ data: Invoice[] }>('/api/billing/invoices?limit=100'),
    person.json<{ data: Entry[] }>('/api/usage/entries?limit=200'),
    person.json<{ balance_micros: number; held_micros: number }>('/api/usage/balance'),
  ])
  const sum = entries.data.reduce((total, { amount_micros }) => total + amount_micros, 0)
  expect(sum).toBe(balance.balance_micros)
  expect(overview.credit.lots.reduce((total, { remaining_micros }) => total + remaining_micros, 0)).toBe(sum)
  expect(sum).toBeGreaterThanOrEqual(0)
  // What was granted is what the paid invoices give, each once.
  const granted = entries.data
    .filter(({ kind, note }) => kind === 'grant' && note?.startsWith('invoice:'))
    .map(({ amount_micros }) => amount_micros)
  const invoiced = invoices.data.flatMap(({ credit_micros }) => (credit_micros === null ? [] : [credit_micros]))
  expect(granted.toSorted()).toEqual(invoiced.toSorted())
  return { overview, invoices: invoices.data, entries: entries.data, balanceMicros: sum }
}

async function liveALife({ webhooks, language }: { webhooks: Webhooks; language: Language }) {
  const person = await signUp(url)
  const context = await contextOf(browser, { url, cookie: person.cookie })
  const { page, complaints } = await openPage(context)
  const subscriber = createSubscriber(page, language)
  await local.deliver(webhooks)
  const { key } = await createKey(person)

  /** Until it is so; what waits to be delivered is delivered. */
  const until = (what: string, so: (overview: Overview) => boolean) =>
    eventually(
      async () => {
        await local.flush()
        return person.json<Overview>('/api/billing/overview')
      },
      so,
      { timeoutMs: 30_000, everyMs: 250 },
    ).catch((error: unknown) => {
      throw new Error(`${webhooks}: not so: ${what}: ${String(error)}`)
    })
  const call = async () => {
    const body = { model: 'riwaq/sandbox-guide', messages: [{ role: 'user', content: 'What is a hold?' }] }
    return (await post(`${url}/v1/chat/completions`, body, { authorization: `Bearer ${key}` })).status
  }
  const included = ({ lots }: Overview['credit']) => lots.filter(({ source }) => source === 'included').length
  const aMonth = () => local.advance(31 * DAY + 2 * HOUR)

  await subscriber.subscribe({ plan: 'team', seats: 2 })
  await until(
    'subscribed',
    ({ subscription, credit }) => subscription?.status === 'active' && credit.lots[0]?.amount_micros === 50_000_000,
  )
  expect(await call()).toBe(200)

  await local.advance(10 * DAY)
  await subscriber.change({ plan: 'team', seats: 4 }, 'billing.confirm-pay')
  const grown = await until(
    'four seats',
    ({ subscription, credit }) => subscription?.seats === 4 && included(credit) === 2,
  )
  expect(grown.subscription?.status).toBe('active')

  await aMonth()
  await until('renewed', ({ subscription, credit }) => subscription?.status === 'active' && included(credit) === 3)

  await subscriber.useCard(cards.failsLater)
  await aMonth()
  await until('past due', ({ subscription }) => subscription?.status === 'past_due')
  await eventually(call, (status) => status === 402)
  await subscriber.reads('billing.pay-overdue')

  await subscriber.payOverdue()
  await until(
    'recovered',
    ({ subscription }) => subscription?.status === 'active' && subscription.read_only_at === null,
  )
  await eventually(call, (status) => status === 200)
  await subscriber.useCard(cards.pays)

  await subscriber.change({ plan: 'pro' }, 'billing.confirm-later')
  await until('planned', ({ subscription }) => subscription?.pending_change?.plan_id === 'pro')
  await subscriber.undoChange()
  await until('undone', ({ subscription }) => subscription?.pending_change === null)
  await subscriber.change({ plan: 'pro' }, 'billing.confirm-later')
  await until('planned again', ({ subscription }) => subscription?.pending_change?.plan_id === 'pro')
  await aMonth()
  await until(
    'on the smaller plan',
    ({ plan, subscription }) => plan.id === 'pro' && subscription?.pending_change === null,
  )

  await subscriber.cancel()
  await until('cancelled', ({ subscription }) => subscription !== null && subscription.cancels_at !== null)
  await aMonth()
  await until('free', ({ plan, subscription }) => plan.id === 'free' && subscription === null)

  const { invoices } = await stateOf(person)
  const last = invoices.find(({ status, total_minor: total }) => status === 'paid' && total > 0)!
  const refund = { id: `life-${webhooks}`, reason: 'requested_by_customer' }
  await operator.json(`/api/billing/admin/invoices/${last.id}/refund`, { method: 'POST', body: JSON.stringify(refund) })
  await eventually(
    async () => (await stateOf(person)).invoices.find(({ id }) => id === last.id)!.refunded_minor,
    (refunded) => refunded === last.total_minor,
  )
  await local.flush()
  expect(complaints).toEqual([])
  await context.close()
  return stateOf(person)
}

/** What must be the same, however it was delivered: what is left out is what depends on the second of the upgrade. */
const outlineOf = ({ overview, invoices, entries }: Awaited<ReturnType<typeof stateOf>>) => ({
  plan: overview.plan.id,
  subscription: overview.subscription,
  owed: overview.credit.owed_micros > 0,
  lots: overview.credit.lots.map(({ source }) => source),
  invoices: invoices.map(({ status, purpose, refunded_minor }) => ({ status, purpose, refunded: refunded_minor > 0 })),
  entries: entries.map(({ kind, note }) => ({ kind, note: note?.replace(/\bin_\w+/, 'in_…') ?? null })),
})

const lives = new Map<Webhooks, ReturnType<typeof outlineOf>>()

test.each<{ webhooks: Webhooks; language: Language }>([
  { webhooks: 'normal', language: 'en' },
  { webhooks: 'double', language: 'ar' },
  { webhooks: 'delayed', language: 'en' },
  { webhooks: 'reversed', language: 'ar' },
])(
  'subscribe, use, upgrade, renew, fail, recover, downgrade, cancel, refund: webhooks $webhooks, in $language',
  async (life) => {
    lives.set(life.webhooks, outlineOf(await liveALife(life)))
    expect(lives.get(life.webhooks)).toEqual(lives.get('normal'))
  },
  240_000,
)
