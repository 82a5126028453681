/// <reference types="@cloudflare/vitest-plugin/types" />
import { env } from 'cloudflare:workers'
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import type { RateLimiter } from './rate-limiter.ts'

const namespace = (env as unknown as { RATE_LIMITER: DurableObjectNamespace<RateLimiter> }).RATE_LIMITER
const twoPerMinute = { limit: 2, windowSeconds: 60 }

async function createLimiter(name: string) {
  const stub = namespace.getByName(name)
  const clock = createTestClock(Date.UTC(2100, 0, 1))
  const prepare = () => runInDurableObject(stub, (limiter: RateLimiter) => void (limiter.clock = clock))
  await prepare()
  const keeps = () =>
    runInDurableObject(stub, async (_limiter, state) => ({
      rows: (await state.storage.list()).size,
      alarm: await state.storage.getAlarm(),
    }))
  return { stub, clock, keeps, evict: () => evictDurableObject(stub).then(prepare) }
}

test('a limit holds whatever is asked at once', async () => {
  const { stub } = await createLimiter('sign-in:at-once')
  const verdicts = await Promise.all(Array.from({ length: 10 }, () => stub.take(twoPerMinute)))
  expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(2)
})

test('a limit is not forgotten when the object is', async () => {
  const { stub, evict, clock } = await createLimiter('sign-in:evicted')
  await stub.take({ ...twoPerMinute, cost: 2 })
  await evict()
  expect(await stub.take(twoPerMinute)).toMatchObject({ allowed: false, retryAfterSeconds: 30 })
  clock.advance(30_000)
  expect(await stub.take(twoPerMinute)).toMatchObject({ allowed: true })
})

test('a limiter that is whole again deletes itself', async () => {
  const { stub, clock, keeps } = await createLimiter('sign-in:whole')
  await stub.take(twoPerMinute)
  expect(await keeps()).toEqual({ rows: 1, alarm: clock() + 30_000 })
  clock.advance(20_000)
  await stub.take(twoPerMinute)
  clock.advance(10_000)
  await runDurableObjectAlarm(stub)
  expect(await keeps()).toEqual({ rows: 1, alarm: clock() + 30_000 })
  clock.advance(30_000)
  await runDurableObjectAlarm(stub)
  expect(await keeps()).toEqual({ rows: 0, alarm: null })
})

test('a sign-in that succeeded gives everything back', async () => {
  const { stub, keeps } = await createLimiter('sign-in:succeeded')
  await stub.take({ ...twoPerMinute, cost: 2 })
  await stub.reset()
  expect(await keeps()).toEqual({ rows: 0, alarm: null })
  expect(await stub.take(twoPerMinute)).toMatchObject({ allowed: true, remaining: 1 })
})

test('one who is only refused costs no storage', async () => {
  const { stub, keeps } = await createLimiter('sign-in:refused')
  expect(await stub.take({ ...twoPerMinute, cost: 3 })).toMatchObject({ allowed: false })
  expect(await keeps()).toEqual({ rows: 0, alarm: null })
})
