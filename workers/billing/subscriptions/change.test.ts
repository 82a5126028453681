import { expect, test } from 'vitest'
import type { ChangePreview } from '#shared/contracts/billing'
import { updateCustomer } from '../customers/customers-repository.ts'
import { subscribe } from '../paying.ts'
import { createBilling, ORGANIZATION, person, type TestBilling } from '../testing.ts'

const DAY = 86_400_000
const toTeam = { plan_id: 'team', interval: 'month', seats: 2 }
const toPro = { plan_id: 'pro', interval: 'month', seats: 1 }

async function createSubscribed(wanted: Record<string, unknown> = {}) {
  const billing = createBilling()
  await updateCustomer({ organizationId: ORGANIZATION, change: { trialUsedAt: 1 }, ctx: billing.system })
  await subscribe(billing, wanted)
  billing.audits.length = 0
  billing.state.requests.length = 0
  return billing
}

async function preview(billing: TestBilling, wanted: Record<string, unknown>): Promise<ChangePreview> {
  const { status, body } = await billing.ask<ChangePreview>('subscription/preview', { body: wanted })
  if (status !== 200) throw new Error(`the preview was refused: ${JSON.stringify(body)}`)
  return body
}

const confirm = (billing: TestBilling, wanted: Record<string, unknown>, shown: ChangePreview) =>
  billing.ask('subscription/change', {
    body: { ...wanted, due_now_minor: shown.due_now_minor, proration_date: shown.proration_date },
  })

const subscriptionOf = async (billing: TestBilling) => (await billing.ask('overview')).body.subscription
const balanceOf = async (billing: TestBilling) => (await billing.ask('overview')).body.credit.balance_micros
const charges = async ({ stripe }: TestBilling) =>
  (await stripe.invoices.list({ limit: 100 })).data.filter(({ amount_paid: paid }) => paid > 0)

test('a dearer plan is paid for the rest of the period, as it was shown, and given its credit at once', async () => {
  const billing = await createSubscribed()
  billing.clock.advance(10 * DAY)
  const shown = await preview(billing, toTeam)
  expect(shown).toMatchObject({ when: 'now', currency: 'usd', next_amount_minor: 6_000 })
  expect(shown.due_now_minor).toBeGreaterThan(0)
  expect(shown.due_now_minor).toBe(shown.lines.reduce((sum, line) => sum + line.amount_minor, 0) + shown.tax_minor)
  const before = await balanceOf(billing)
  expect(await confirm(billing, toTeam, shown)).toMatchObject({ status: 200, body: { outcome: 'changed' } })
  expect((await billing.ask('overview')).body).toMatchObject({
    plan: { id: 'team' },
    subscription: { seats: 2, amount_minor: 6_000, pending_change: null },
  })
  expect((await balanceOf(billing)) - before).toBe(shown.credit_micros)
  expect((await charges(billing)).map(({ amount_paid: paid }) => paid).toSorted((a, b) => a - b)).toEqual(
    [2_000, shown.due_now_minor].toSorted((a, b) => a - b),
  )
  expect(billing.audits).toMatchObject([
    { action: 'subscription.changed', facts: { plan: 'team', seats: 2, when: 'now' } },
  ])
})

test('a preview changes nothing', async () => {
  const billing = await createSubscribed()
  await preview(billing, toTeam)
  expect(await subscriptionOf(billing)).toMatchObject({ amount_minor: 2_000 })
  expect(billing.audits).toEqual([])
})

test('by the year instead of the month is paid now, and begins anew', async () => {
  const billing = await createSubscribed()
  billing.clock.advance(10 * DAY)
  const wanted = { ...toPro, interval: 'year' }
  const shown = await preview(billing, wanted)
  expect(shown).toMatchObject({ when: 'now', next_amount_minor: 20_000 })
  expect(await confirm(billing, wanted, shown)).toMatchObject({ body: { outcome: 'changed' } })
  const after = await subscriptionOf(billing)
  expect(after).toMatchObject({ interval: 'year', amount_minor: 20_000 })
  expect(after.current_period_end).toBe(shown.next_payment_at)
  expect(await balanceOf(billing)).toBe(15_000_000 + shown.credit_micros)
})

test('a cheaper plan waits for the end of the period, is shown, and can be taken back', async () => {
  const billing = await createSubscribed(toTeam)
  const shown = await preview(billing, toPro)
  expect(shown).toMatchObject({
    when: 'period_end',
    due_now_minor: 0,
    proration_date: null,
    next_amount_minor: 2_000,
    credit_micros: 15_000_000,
  })
  expect(await confirm(billing, toPro, shown)).toMatchObject({ status: 200, body: { outcome: 'scheduled' } })
  const waiting = await subscriptionOf(billing)
  expect(waiting).toMatchObject({ amount_minor: 6_000, pending_change: { plan_id: 'pro', seats: 1 } })
  expect(waiting.pending_change.at).toBe(waiting.current_period_end)
  expect((await billing.ask('subscription/change', { method: 'DELETE' })).status).toBe(204)
  expect(await subscriptionOf(billing)).toMatchObject({ amount_minor: 6_000, pending_change: null })
  expect(await billing.ask('subscription/change', { method: 'DELETE' })).toMatchObject({ status: 409 })
})

test('what was taken back can be planned again at once', async () => {
  const billing = await createSubscribed(toTeam)
  const shown = await preview(billing, toPro)
  await confirm(billing, toPro, shown)
  await billing.ask('subscription/change', { method: 'DELETE' })
  expect((await confirm(billing, toPro, shown)).body).toMatchObject({ outcome: 'scheduled' })
  expect((await subscriptionOf(billing))?.pending_change).toMatchObject({ plan_id: 'pro' })
})

test('when the period has ended the cheaper plan is there', async () => {
  const billing = await createSubscribed(toTeam)
  await confirm(billing, toPro, await preview(billing, toPro))
  billing.clock.advance(32 * DAY)
  await billing.ask('sync', { body: {} })
  expect((await billing.ask('overview')).body).toMatchObject({
    plan: { id: 'pro' },
    subscription: { amount_minor: 2_000, pending_change: null },
  })
})

test('who chose fewer seats and then wants more has more, and nothing waits any longer', async () => {
  const billing = await createSubscribed({ ...toTeam, seats: 4 })
  const fewer = { ...toTeam, seats: 3 }
  await confirm(billing, fewer, await preview(billing, fewer))
  const more = { ...toTeam, seats: 5 }
  expect(await confirm(billing, more, await preview(billing, more))).toMatchObject({ body: { outcome: 'changed' } })
  expect(await subscriptionOf(billing)).toMatchObject({ seats: 5, pending_change: null })
})

test('an amount that is not the one that was shown is refused, and nothing is charged', async () => {
  const billing = await createSubscribed()
  const shown = await preview(billing, toTeam)
  for (const other of [
    { ...shown, due_now_minor: shown.due_now_minor - 1 },
    { ...shown, proration_date: shown.proration_date! - 30 * 86_400 },
    { ...shown, due_now_minor: 0, proration_date: null },
  ])
    expect(await confirm(billing, toTeam, other)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  billing.clock.advance(2 * 3_600_000)
  expect(await confirm(billing, toTeam, shown), 'shown two hours ago').toMatchObject({ status: 409 })
  expect(await subscriptionOf(billing)).toMatchObject({ amount_minor: 2_000 })
  expect(await charges(billing)).toHaveLength(1)
})

test('clicked three times at once it is made once, and everybody is given the same answer', async () => {
  const billing = await createSubscribed()
  const shown = await preview(billing, toTeam)
  const answers = await Promise.all([1, 2, 3].map(() => confirm(billing, toTeam, shown)))
  answers.push(await confirm(billing, toTeam, shown))
  expect(answers.map(({ body }) => body.outcome)).toEqual(['changed', 'changed', 'changed', 'changed'])
  expect(billing.state.requests.filter((asked) => asked.startsWith('POST /v1/subscriptions/'))).toHaveLength(1)
  expect(await charges(billing)).toHaveLength(2)
  expect(billing.audits).toHaveLength(1)
})

test('of two people who change at once one is told, and one change is made', async () => {
  const billing = await createSubscribed()
  const more = { ...toTeam, seats: 3 }
  const [two, three] = [await preview(billing, toTeam), await preview(billing, more)]
  const answers = await Promise.all([confirm(billing, toTeam, two), confirm(billing, more, three)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await charges(billing)).toHaveLength(2)
})

test('what is so already is not changed', async () => {
  const billing = await createSubscribed()
  expect(await billing.ask('subscription/preview', { body: toPro })).toMatchObject({ status: 409 })
  expect(
    await billing.ask('subscription/preview', { body: { ...toPro, seats: 7 } }),
    'one price, whoever uses it',
  ).toMatchObject({
    status: 409,
  })
})

test('a change that Stripe made and nobody heard of is found by the next click, and charged once', async () => {
  const billing = await createSubscribed()
  const shown = await preview(billing, toTeam)
  const { fetch } = billing.local
  let isLost = true
  billing.local.fetch = async (input, init) => {
    const request = new Request(input, init)
    const answer = await fetch(request)
    if (isLost && request.method === 'POST' && /\/v1\/subscriptions\/sub_/.test(request.url)) throw new Error('lost')
    return answer
  }
  expect(await confirm(billing, toTeam, shown)).toMatchObject({ status: 503 })
  isLost = false
  expect(await confirm(billing, toTeam, shown)).toMatchObject({ status: 200, body: { outcome: 'changed' } })
  expect((await billing.ask('overview')).body).toMatchObject({ plan: { id: 'team' } })
  expect(await charges(billing)).toHaveLength(2)
})

test('while Stripe cannot be reached nothing is changed', async () => {
  const billing = await createSubscribed()
  const shown = await preview(billing, toTeam)
  for (const pattern of [/GET \/v1\/subscriptions/, /create_preview/, /POST \/v1\/subscriptions/]) {
    billing.failStripe(pattern)
    expect(await confirm(billing, toTeam, shown), String(pattern)).toMatchObject({ status: 503 })
    billing.failStripe(null)
  }
  expect(await charges(billing)).toHaveLength(1)
  expect(await confirm(billing, toTeam, shown)).toMatchObject({ body: { outcome: 'changed' } })
  expect(await charges(billing)).toHaveLength(2)
})

test('in a trial another plan is taken at once, and nothing is paid before the trial ends', async () => {
  const billing = createBilling()
  await subscribe(billing)
  const shown = await preview(billing, toTeam)
  const trial = await subscriptionOf(billing)
  expect(shown).toMatchObject({ when: 'now', due_now_minor: 0, next_payment_at: trial.trial_ends_at })
  expect(await confirm(billing, toTeam, shown)).toMatchObject({ body: { outcome: 'changed' } })
  expect((await billing.ask('overview')).body).toMatchObject({
    plan: { id: 'team' },
    subscription: { status: 'trialing', trial_ends_at: trial.trial_ends_at, amount_minor: 6_000 },
  })
  expect(await charges(billing)).toHaveLength(0)
})

test('a cheaper plan whose schedule broke off half-way is scheduled by the next click', async () => {
  const billing = await createSubscribed(toTeam)
  const shown = await preview(billing, toPro)
  for (const pattern of [/POST \/v1\/subscription_schedules$/, /POST \/v1\/subscription_schedules\/sub_sched/]) {
    billing.failStripe(pattern)
    expect(await confirm(billing, toPro, shown), String(pattern)).toMatchObject({ status: 503 })
    billing.failStripe(null)
  }
  expect(await confirm(billing, toPro, shown)).toMatchObject({ body: { outcome: 'scheduled' } })
  expect(await subscriptionOf(billing)).toMatchObject({ amount_minor: 6_000, pending_change: { plan_id: 'pro' } })
})

test('while Stripe cannot be reached nothing is cancelled, kept or taken back', async () => {
  const billing = await createSubscribed(toTeam)
  const cancel = () => billing.ask('subscription/cancel', { body: { reason: 'unused' } })
  const resume = () => billing.ask('subscription/resume', { body: {} })
  const undo = () => billing.ask('subscription/change', { method: 'DELETE' })
  await confirm(billing, toPro, await preview(billing, toPro))
  billing.failStripe(/POST/)
  expect([(await undo()).status, (await cancel()).status]).toEqual([503, 503])
  expect(await subscriptionOf(billing)).toMatchObject({ cancels_at: null, pending_change: { plan_id: 'pro' } })
  billing.failStripe(null)
  expect((await cancel()).status).toBe(204)
  billing.failStripe(/POST/)
  expect((await resume()).status).toBe(503)
  billing.failStripe(null)
  expect((await subscriptionOf(billing)).cancels_at).not.toBeNull()
  expect((await resume()).status).toBe(204)
})

test('without a subscription there is nothing to change, to cancel or to keep', async () => {
  const { ask } = createBilling()
  expect(await ask('subscription/preview', { body: toTeam })).toMatchObject({ status: 404 })
  expect(await ask('subscription/cancel', { body: { reason: 'unused' } })).toMatchObject({ status: 404 })
  expect(await ask('subscription/resume', { body: {} })).toMatchObject({ status: 404 })
})

test('cancelled it goes on to the end of the period, and can be kept after all', async () => {
  const billing = await createSubscribed()
  const cancel = () => billing.ask('subscription/cancel', { body: { reason: 'too_expensive', comment: 'for now' } })
  expect((await cancel()).status).toBe(204)
  expect((await cancel()).status, 'clicked twice').toBe(204)
  const cancelled = await subscriptionOf(billing)
  expect(cancelled.cancels_at).toBe(cancelled.current_period_end)
  expect((await billing.ask('overview')).body.plan.id).toBe('pro')
  expect(billing.audits).toMatchObject([{ action: 'subscription.canceled', facts: { reason: 'too_expensive' } }])
  expect(
    await billing.ask('subscription/preview', { body: toTeam }),
    'what ends is kept before it is changed',
  ).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('Keep it first') },
  })
  expect((await billing.ask('subscription/resume', { body: {} })).status).toBe(204)
  expect(await subscriptionOf(billing)).toMatchObject({ status: 'active', cancels_at: null })
  expect(billing.audits.map(({ action }) => action)).toEqual(['subscription.canceled', 'subscription.resumed'])
})

test('when the period has ended a cancelled subscription is over, and the free plan is left', async () => {
  const billing = await createSubscribed()
  await billing.ask('subscription/cancel', { body: { reason: 'unused' } })
  billing.clock.advance(32 * DAY)
  await billing.ask('sync', { body: {} })
  expect((await billing.ask('overview')).body).toMatchObject({ plan: { id: 'free' }, subscription: null })
})

test('a member changes nothing', async () => {
  const billing = await createSubscribed()
  for (const [path, body] of [
    ['subscription/preview', toTeam],
    ['subscription/cancel', { reason: 'unused' }],
    ['subscription/resume', {}],
  ] as const)
    expect(await billing.ask(path, { body, as: person('admin') })).toMatchObject({ status: 403 })
})
