// Clocks that stand still until they are moved, each for the customers that were made with it.
import { billingWork } from '../billing/work.ts'
import { firstDue, runDue } from '../billing/due.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { integer, listParams, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { TestClock } from '../tables.ts'

const month = 30 * 86_400

/** Does on the way to an instant what falls due for the clock's customers. */
function advance(engine: Engine, id: string, target: number): TestClock {
  const before = engine.need('test_helpers.test_clock', id)
  if (target <= before.frozen_time) {
    throw invalid('Test clocks can only be advanced to the future.', { param: 'frozen_time' })
  }
  const advancing: TestClock = {
    ...before,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  }
  engine.store.put('test_helpers.test_clock', advancing)
  engine.emit('test_helpers.test_clock.advancing', advancing)
  for (let due = firstDue(engine, id); due && due.at <= target; due = firstDue(engine, id)) {
    const now = engine.need('test_helpers.test_clock', id).frozen_time
    engine.store.put('test_helpers.test_clock', { ...advancing, frozen_time: Math.max(now, due.at) })
    runDue({ engine, due, work: billingWork })
  }
  const ready: TestClock = { ...before, frozen_time: target, status: 'ready', status_details: {} }
  engine.store.put('test_helpers.test_clock', ready)
  engine.emit('test_helpers.test_clock.ready', ready)
  // Who asked sees that it is under way; the next question finds it ready.
  return { ...advancing, frozen_time: before.frozen_time }
}

function remove(engine: Engine, id: string) {
  const clock = engine.need('test_helpers.test_clock', id)
  for (const customer of engine.store.list('customer').filter(({ test_clock: of }) => of === id)) {
    for (const subscription of engine.store.list('subscription', { customer: customer.id })) {
      engine.store.remove('subscription', subscription.id)
    }
    engine.store.remove('customer', customer.id)
  }
  for (const due of engine.store.list('_due').filter((each) => each.clock === id)) engine.store.remove('_due', due.id)
  engine.store.remove('test_helpers.test_clock', id)
  engine.emit('test_helpers.test_clock.deleted', clock)
  return { id, object: 'test_helpers.test_clock', deleted: true }
}

const collection = '/v1/test_helpers/test_clocks'
const one = '/v1/test_helpers/test_clocks/:id'

export const testClocks: Resource = {
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: { frozen_time: required(integer()), name: string() },
      handler({ engine, params }) {
        const clock: TestClock = {
          id: engine.id('clock'),
          object: 'test_helpers.test_clock',
          created: engine.now(),
          deletes_after: engine.now() + month,
          frozen_time: params.frozen_time,
          livemode: false,
          name: params.name ?? null,
          status: 'ready',
          status_details: {},
        }
        engine.store.put('test_helpers.test_clock', clock)
        engine.emit('test_helpers.test_clock.created', clock)
        return clock
      },
    }),
    route({
      method: 'GET',
      path: collection,
      params: listParams,
      handler: ({ engine, params, url }) =>
        pageOf({ items: engine.store.list('test_helpers.test_clock'), query: params, url }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('test_helpers.test_clock', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/test_helpers/test_clocks/:id/advance',
      params: { frozen_time: required(integer()) },
      handler: ({ engine, path, params }) => advance(engine, path.id, params.frozen_time),
    }),
    route({ method: 'DELETE', path: one, params: {}, handler: ({ engine, path }) => remove(engine, path.id) }),
  ],
}
