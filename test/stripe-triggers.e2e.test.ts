// Stripe's own scripts, run by Stripe's own command against the stand-in: whatever its `trigger` can raise for what we
// use comes to be, arrives as a signed webhook, and is dealt with.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { signUpOperator, type Person } from './support/person.ts'

const run = promisify(execFile)
const stripeUrl = inject('stripeUrl')
const home = mkdtempSync(join(tmpdir(), 'stripe-cli-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const triggers = [
  'billing_portal.configuration.created',
  'billing_portal.configuration.updated',
  'billing_portal.session.created',
  'charge.captured',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.failed',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'coupon.created',
  'coupon.deleted',
  'coupon.updated',
  'credit_note.created',
  'credit_note.updated',
  'credit_note.voided',
  'customer.created',
  'customer.deleted',
  'customer.discount.created',
  'customer.discount.deleted',
  'customer.discount.updated',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.trial_will_end',
  'customer.subscription.updated',
  'customer.updated',
  'invoice.created',
  'invoice.deleted',
  'invoice.finalized',
  'invoice.marked_uncollectible',
  'invoice.paid',
  'invoice.payment_action_required',
  'invoice.payment_failed',
  'invoice.payment_succeeded',
  'invoice.sent',
  'invoice.updated',
  'invoice.voided',
  'invoiceitem.created',
  'invoiceitem.deleted',
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
  'payment_intent.created',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.updated',
  'price.created',
  'price.updated',
  'product.created',
  'product.deleted',
  'product.updated',
  'promotion_code.created',
  'promotion_code.updated',
  'setup_intent.canceled',
  'setup_intent.created',
  'setup_intent.requires_action',
  'setup_intent.setup_failed',
  'setup_intent.succeeded',
  'subscription_schedule.canceled',
  'subscription_schedule.completed',
  'subscription_schedule.created',
  'subscription_schedule.released',
  'subscription_schedule.updated',
  'test_helpers.test_clock.advancing',
  'test_helpers.test_clock.created',
  'test_helpers.test_clock.deleted',
  'test_helpers.test_clock.ready',
]

/** Scripts that go by another name than what they raise, or that stop before it is raised. */
const namedOtherwise: Record<string, string> = {
  'subscription.payment_failed': 'invoice.payment_failed',
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
  'subscription_schedule.aborted': 'subscription_schedule.canceled',
  'subscription_schedule.expiring': 'subscription_schedule.created',
}

interface StoredEvent {
  id: string
  state: string
  error: string | null
}

async function trigger(event: string): Promise<string> {
  const { stdout, stderr } = await run('node_modules/.bin/stripe', ['trigger', event, '--api-base', stripeUrl], {
    env: {
      ...process.env,
      STRIPE_API_KEY: 'sk_test_trigger',
      STRIPE_CLI_TELEMETRY_OPTOUT: '1',
      STRIPE_NO_AUTO_UPDATE: '1',
      HOME: home,
      XDG_CONFIG_HOME: home,
    },
  })
  return stdout + stderr
}

interface EventList {
  data: { id: string; type: string; created: number }[]
}

async function eventsOf(type: string): Promise<EventList['data']> {
  const answer = await fetch(`${stripeUrl}/v1/events?limit=100&type=${type}`, {
    headers: { authorization: 'Bearer sk_test_trigger' },
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as EventList).data
}

describe('what Stripe’s own command triggers', () => {
  const scripts = [...triggers.map((type) => [type, type]), ...Object.entries(namedOtherwise)] as [string, string][]
  /** One after the other, so that each is told from what the others raise; the webhooks arrive meanwhile. */
  const raised = new Map<string, string>()
  let operator: Person
  beforeAll(async () => {
    operator = await signUpOperator(inject('platformUrl'))
  })

  test.each(scripts)('%s raises %s', async (script, type) => {
    const before = new Set((await eventsOf(type)).map(({ id }) => id))
    expect(await trigger(script)).toContain('Trigger succeeded')
    const [event] = await eventually(
      async () => (await eventsOf(type)).filter(({ id }) => !before.has(id)),
      (events) => events.length > 0,
    )
    raised.set(script, event!.id)
  })

  test.each(scripts)('what %s raises, %s, is dealt with', async (script, type) => {
    const id = raised.get(script)
    expect(id, 'nothing was raised').toBeDefined()
    const dealtWith = await eventually(
      async () => {
        const { data } = await operator.json<{ data: StoredEvent[] }>(
          `/api/billing/admin/events?limit=100&type=${type}`,
        )
        return data.find((event) => event.id === id)
      },
      (event) => event !== undefined && event.state !== 'received',
      { timeoutMs: 30_000, everyMs: 250 },
    )
    expect(dealtWith).toMatchObject({ error: null })
    expect(['processed', 'ignored']).toContain(dealtWith!.state)
  })
})
