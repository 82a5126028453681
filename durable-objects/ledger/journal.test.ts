import { expect, test } from 'vitest'
import { Journal } from './journal.ts'
import type { Change } from './state.ts'

const change = (expiresAt: number): Change => ({
  type: 'hold-renewed',
  requestId: 'req_1',
  expiresAt,
})

/** A journal whose disk is slow until the test says that it is done. */
function createWorld() {
  const written: number[][] = []
  const syncs: PromiseWithResolvers<void>[] = []
  const failures: unknown[] = []
  const lingering: (() => void)[] = []
  const state = { failing: false }
  const journal = new Journal({
    write: (changes) => {
      if (state.failing) throw new Error('the disk is full')
      written.push(changes.map((each) => (each as { expiresAt: number }).expiresAt))
    },
    synced: () => {
      const sync = Promise.withResolvers<void>()
      syncs.push(sync)
      return sync.promise
    },
    onFailure: (error) => void failures.push(error),
    linger: (callback) => void lingering.push(callback),
  })
  const arrive = async () => {
    syncs.shift()!.resolve()
    await Promise.resolve()
    await Promise.resolve()
  }
  const linger = () => lingering.shift()!()
  return { journal, written, failures, state, arrive, linger }
}

test('one request alone waits for nobody', () => {
  const { journal, written } = createWorld()
  journal.add(change(1))
  expect(journal.commit()).toBeNull()
  expect(written).toEqual([[1]])
  expect(journal.commit(), 'nothing to write').toBeNull()
})

test('who comes while a write is on its way shares the next one', async () => {
  const { journal, written, arrive } = createWorld()
  journal.add(change(1))
  void journal.commit()
  const waiting = [2, 3, 4].map(async (value) => {
    journal.add(change(value))
    await journal.commit()
  })
  expect(written).toEqual([[1]])
  await arrive()
  await Promise.all(waiting)
  expect(written).toEqual([[1], [2, 3, 4]])
})

test('who must read rows does not wait, and those who waited are served as well', async () => {
  const { journal, written } = createWorld()
  journal.add(change(1))
  void journal.commit()
  journal.add(change(2))
  const waiting = journal.commit()
  journal.flush()
  expect(written).toEqual([[1], [2]])
  await waiting
})

test('a write that fails is told to everybody who waits, and nothing is answered from then on', async () => {
  const { journal, failures, state, arrive } = createWorld()
  journal.add(change(1))
  void journal.commit()
  journal.add(change(2))
  const waiting = journal.commit()
  state.failing = true
  await arrive()
  await expect(waiting).rejects.toThrow('full')
  expect(failures).toHaveLength(1)
  expect(() => journal.commit()).toThrow('full')
  expect(() => journal.flush()).toThrow('full')
})

test('what nobody waits for is written with the next that somebody waits for', async () => {
  const { journal, written } = createWorld()
  journal.add(change(1))
  const lingering = journal.commitSoon()
  expect(written).toEqual([])
  journal.add(change(2))
  expect(journal.commit()).toBeNull()
  expect(written).toEqual([[1, 2]])
  await lingering
})

test('where nobody comes it is written a moment later, with all that lingered', async () => {
  const { journal, written, linger } = createWorld()
  const waiting = [1, 2].map(async (value) => {
    journal.add(change(value))
    await journal.commitSoon()
  })
  linger()
  expect(written).toEqual([[1, 2]])
  await Promise.all(waiting)
  expect(journal.commitSoon(), 'nothing to write').toBeNull()
})

test('who lingers while a write is on its way goes on lingering, unless somebody is in a hurry', async () => {
  const { journal, written, arrive, linger } = createWorld()
  journal.add(change(1))
  void journal.commit()
  journal.add(change(2))
  void journal.commitSoon()
  await arrive()
  expect(written).toEqual([[1]])
  linger()
  expect(written).toEqual([[1], [2]])

  journal.add(change(3))
  void journal.commitSoon()
  journal.add(change(4))
  const urgent = journal.commit()
  await arrive()
  await urgent
  expect(written).toEqual([[1], [2], [3, 4]])
})

test('a moment that is over while a write is on its way ends with that write', async () => {
  const { journal, written, arrive, linger } = createWorld()
  journal.add(change(1))
  void journal.commit()
  journal.add(change(2))
  void journal.commitSoon()
  linger()
  expect(written).toEqual([[1]])
  await arrive()
  expect(written).toEqual([[1], [2]])
})
