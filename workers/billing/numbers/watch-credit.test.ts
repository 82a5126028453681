import { expect, test } from 'vitest'
import { SetUsageAlerts } from '#shared/contracts/usage'
import { readAlerts, setAlerts } from './alerts.ts'
import { ASK_EVERY_MS, DUE } from './outstanding.ts'
import { createNumbers, DAY, entryOf, lotOf, NOON, operator, planOf, user } from './testing.ts'
import { createCreditWatch, lookAtChanged, lookAtNext } from './watch-credit.ts'

function createWorld() {
  const world = createNumbers()
  const ctx = world.contextFor(operator)
  const rows = async () =>
    (await world.database.prepare('SELECT * FROM credit_outstanding ORDER BY organization_id').all()).results
  return { ...world, ctx, rows, watch: createCreditWatch(ctx) }
}

test('what is left is kept by where it came from, as the ledger says it', async () => {
  const { watch, lots, rows } = createWorld()
  lots.set('org_1', [
    lotOf({ id: 'a', source: 'included', remainingMicros: 70 }),
    lotOf({ id: 'b', source: 'included', remainingMicros: 5 }),
    lotOf({ id: 'c', remainingMicros: 30 }),
    lotOf({ id: 'd', source: 'bought', remainingMicros: 900 }),
    lotOf({ id: 'e', source: 'overage', remainingMicros: 4 }),
  ])
  await watch([entryOf(), entryOf(), entryOf({ organizationId: 'org_2', kind: 'expiry' })])
  expect(await rows()).toEqual([
    {
      organization_id: 'org_1',
      included_micros: 75,
      promotion_micros: 30,
      bought_micros: 900,
      asked_at: NOON,
      changed_at: null,
    },
    expect.objectContaining({ organization_id: 'org_2', included_micros: 0, changed_at: null }),
  ])
})

test('a ledger is asked once a minute at the most, and what changed meanwhile is not forgotten', async () => {
  const { watch, ctx, lots, rows, asked, clock } = createWorld()
  await watch([entryOf()])
  clock.advance(ASK_EVERY_MS - 1)
  lots.set('org_1', [lotOf({ remainingMicros: 55 })])
  await watch([entryOf()])
  expect(asked).toEqual(['org_1'])
  expect(await rows()).toMatchObject([{ promotion_micros: 0, changed_at: NOON + ASK_EVERY_MS - 1 }])
  clock.advance(1)
  // An entry of anybody, or somebody who asks for the numbers, is enough.
  await watch([entryOf({ organizationId: 'org_2' })])
  expect(asked.toSorted()).toEqual(['org_1', 'org_1', 'org_2'])
  expect(await rows()).toMatchObject([{ promotion_micros: 55, changed_at: null }, { changed_at: null }])
  clock.advance(DAY)
  expect(await lookAtChanged({ ctx }), 'nothing has changed since').toBe(0)
})

test('what changes while its ledger is asked stays marked', async () => {
  const { ctx, rows, clock, database } = createWorld()
  const { ledgerOf } = ctx
  ctx.ledgerOf = (organizationId) => ({
    ...ledgerOf(organizationId),
    async credits() {
      clock.advance(5)
      await database.prepare('UPDATE credit_outstanding SET changed_at = ?').bind(clock()).run()
      return { lots: [], owedMicros: 0, overageMicros: 0 }
    },
  })
  await createCreditWatch(ctx)([entryOf()])
  expect(await rows()).toMatchObject([{ asked_at: NOON, changed_at: NOON + 5 }])
})

test('a ledger that is away holds up neither the book nor the others, and is asked again', async () => {
  const { watch, away, rows, lots } = createWorld()
  away.add('org_1')
  lots.set('org_2', [lotOf({ remainingMicros: 8 })])
  await watch([entryOf(), entryOf({ organizationId: 'org_2' })])
  expect(await rows()).toMatchObject([
    { organization_id: 'org_1', changed_at: NOON },
    { organization_id: 'org_2', promotion_micros: 8, changed_at: null },
  ])
  away.clear()
  await watch([entryOf({ organizationId: 'org_3' })])
  expect(await rows()).toMatchObject([{ organization_id: 'org_1', changed_at: null }, {}, {}])
})

test('a run of all asks every ledger, also of organizations that are gone without an entry', async () => {
  const { watch, ctx, lots, rows, asked } = createWorld()
  const ids = ['org_1', 'org_2', 'org_3']
  for (const id of ids) lots.set(id, [lotOf({ remainingMicros: 10 })])
  await watch(ids.map((organizationId) => entryOf({ organizationId })))
  lots.clear()
  asked.length = 0
  const after = await lookAtNext({ after: '', ctx, limit: 2 })
  expect(after).toBe('org_2')
  expect(await lookAtNext({ after: after!, ctx, limit: 2 })).toBeNull()
  expect(asked.toSorted()).toEqual(ids)
  expect((await rows()).every((row) => row['promotion_micros'] === 0)).toBe(true)
})

test('those that are to be asked are found by their index', async () => {
  const { database } = createWorld()
  const plan = await planOf(database, DUE, 1, 20)
  expect(plan[0]).toContain('USING INDEX credit_outstanding_changed')
})

/** A subscription whose period has 1,000 micros of included credit, of which some are used. */
async function subscribed() {
  const world = createWorld()
  await world.subscribe()
  await world.grant()
  const use = async (used: number) => {
    world.lots.set('org_1', [
      ...(used < 1_000 ? [lotOf({ id: 'invoice:in_1', source: 'included', remainingMicros: 1_000 - used })] : []),
      lotOf({ remainingMicros: 5_000 }),
    ])
    world.clock.advance(ASK_EVERY_MS)
    await world.watch([entryOf()])
  }
  const told = () => world.notices.map(({ data }) => data['percent'])
  return { ...world, use, told }
}

test('an organization is told once a period that a share of its included credit is used', async () => {
  const { use, told, notices } = await subscribed()
  await use(799)
  expect(told()).toEqual([])
  await use(800)
  await use(850)
  expect(notices).toMatchObject([
    {
      id: expect.stringMatching(/^evt_/),
      organizationId: 'org_1',
      type: 'usage.threshold_reached',
      data: {
        percent: 80,
        included_micros: 1_000,
        used_micros: 800,
        period_start: NOON - 10 * DAY,
        period_end: NOON + 20 * DAY,
      },
    },
  ])
  await use(1_000)
  await use(1_000)
  expect(told()).toEqual([80, 100])
})

test('of several shares that were reached at once the highest is told', async () => {
  const { use, told } = await subscribed()
  await use(1_000)
  await use(900)
  expect(told()).toEqual([100])
})

test('a new period is told of anew', async () => {
  const { use, told, database, grant } = await subscribed()
  await use(900)
  await database
    .prepare('UPDATE subscriptions SET current_period_start = ?, current_period_end = ?')
    .bind(NOON + 1, NOON + 30 * DAY)
    .run()
  await use(900)
  expect(told(), 'nothing was granted for it yet').toEqual([80])
  await grant({ id: 'invoice:in_2', invoiceId: 'in_2', startsAt: NOON + 1 })
  await use(0)
  expect(told(), 'all of what was granted is gone').toEqual([80, 100])
})

test('a notice that could not be sent is sent by the next who comes, under the same name', async () => {
  const { use, ctx, notices, rows } = await subscribed()
  const { send } = ctx.notices
  const lost: string[] = []
  ctx.notices.send = async ({ id }) => {
    lost.push(id)
    throw new Error('the queue is away')
  }
  await use(800)
  expect(await rows(), 'it is looked at again').toMatchObject([{ changed_at: expect.any(Number) }])
  ctx.notices.send = send
  await use(810)
  await use(820)
  expect(notices.map(({ id }) => id)).toEqual(lost)
})

test('credit that was granted while its ledger was asked is not taken for used', async () => {
  const { ctx, watch, database, clock, grant, subscribe, notices } = createWorld()
  await subscribe()
  const { ledgerOf } = ctx
  ctx.ledgerOf = (organizationId) => ({
    ...ledgerOf(organizationId),
    async credits() {
      clock.advance(5)
      await grant({ grantedAt: clock() })
      return { lots: [], owedMicros: 0, overageMicros: 0 }
    },
  })
  await watch([entryOf()])
  expect(notices).toEqual([])
  expect((await database.prepare('SELECT 1 FROM credit_grants').all()).results).toHaveLength(1)
})

test('an organization chooses its own shares, and none at all where it wants none', async () => {
  const { use, told, contextFor, audits } = await subscribed()
  const ctx = contextFor(user('billing'))
  expect(await setAlerts({ input: { percents: [90, 50] }, ctx })).toMatchObject({ percents: [50, 90] })
  expect(audits).toMatchObject([{ action: 'usage-alerts.updated', facts: { percents: '50, 90' } }])
  await use(500)
  expect(told()).toEqual([50])
  await setAlerts({ input: { percents: [] }, ctx })
  await use(1_000)
  expect(told()).toEqual([50])
  expect(await readAlerts({ ctx })).toEqual({
    percents: [],
    period: { start: NOON - 10 * DAY, end: NOON + 20 * DAY },
    included_micros: 1_000,
    used_micros: 1_000,
    told: [{ percent: 50, at: expect.any(Number) }],
  })
})

test('who has no subscription has the usual shares and nothing to be told of', async () => {
  const { contextFor, watch, notices } = createWorld()
  await watch([entryOf()])
  expect(notices).toEqual([])
  expect(await readAlerts({ ctx: contextFor(user('owner')) })).toEqual({
    percents: [80, 100],
    period: null,
    included_micros: 0,
    used_micros: 0,
    told: [],
  })
})

test('members neither see nor set alerts, and no key does', async () => {
  const { contextFor } = createWorld()
  for (const role of ['member', 'viewer'] as const) {
    const ctx = contextFor(user(role))
    await expect(readAlerts({ ctx })).rejects.toMatchObject({ code: 'permission_denied' })
    await expect(setAlerts({ input: { percents: [1] }, ctx })).rejects.toMatchObject({ code: 'permission_denied' })
  }
  const key = contextFor({
    kind: 'api-key',
    organizationId: 'org_1',
    keyId: 'key_1',
    userId: 'usr_1',
    scopes: ['usage'],
  })
  await expect(setAlerts({ input: { percents: [1] }, ctx: key })).rejects.toMatchObject({ code: 'permission_denied' })
})

test('what is not recorded is not done', async () => {
  const { contextFor } = createWorld()
  const ctx = contextFor(user('owner'))
  ctx.audit = () => Promise.reject(new Error('away'))
  await expect(setAlerts({ input: { percents: [1] }, ctx })).rejects.toMatchObject({ code: 'service_unavailable' })
  expect((await readAlerts({ ctx })).percents).toEqual([80, 100])
})

test.each([[[0]], [[101]], [[50, 50]], [[1.5]], [Array.from({ length: 11 }, (_, at) => at + 1)]])(
  'the shares %o are refused',
  (percents) => {
    expect(SetUsageAlerts.safeParse({ percents }).success).toBe(false)
  },
)
