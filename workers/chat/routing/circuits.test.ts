import { expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import { createCircuits } from './circuits.ts'

function world() {
  const clock = createTestClock()
  const circuits = createCircuits(clock)
  const report = (times: number, outcome: 'succeeded' | 'failed') => {
    for (let at = 0; at < times; at++) circuits.report('acme', outcome)
  }
  return { clock, circuits, report }
}

test('a vendor that fails again and again is left alone for a while', () => {
  const { circuits, report } = world()
  report(9, 'failed')
  expect(circuits.enter('acme')).toBe(true)
  report(1, 'failed')
  expect(circuits.enter('acme')).toBe(false)
  expect(circuits.lets('acme')).toBe(false)
  expect(circuits.restsForMs('acme')).toBe(15_000)
  expect(circuits.enter('another')).toBe(true)
})

test('then one call is let through, and its success lets all of them through again', () => {
  const { clock, circuits, report } = world()
  report(10, 'failed')
  clock.advance(15_000)
  expect(circuits.restsForMs('acme')).toBe(0)
  expect(circuits.enter('acme')).toBe(true)
  expect(circuits.enter('acme')).toBe(false)
  report(1, 'succeeded')
  expect(circuits.enter('acme')).toBe(true)
  expect(circuits.enter('acme')).toBe(true)
})

test('where that one fails, the vendor rests again', () => {
  const { clock, circuits, report } = world()
  report(10, 'failed')
  clock.advance(15_000)
  circuits.enter('acme')
  report(1, 'failed')
  expect(circuits.enter('acme')).toBe(false)
  expect(circuits.restsForMs('acme')).toBe(15_000)
})

test('a probe whose caller leaves says nothing, and the next is let through', () => {
  const { clock, circuits, report } = world()
  report(10, 'failed')
  clock.advance(15_000)
  circuits.enter('acme')
  circuits.report('acme', 'neither')
  expect(circuits.enter('acme')).toBe(true)
})

test('failures among more successes, or long ago, open nothing', () => {
  const { clock, circuits, report } = world()
  report(1, 'failed')
  report(20, 'succeeded')
  report(12, 'failed')
  expect(circuits.lets('acme')).toBe(true)
  const later = world()
  later.report(9, 'failed')
  later.clock.advance(30_001)
  later.report(1, 'failed')
  expect(later.circuits.lets('acme')).toBe(true)
  expect(clock()).toBeGreaterThan(0)
})
