import { expect, test } from 'vitest'
import { createGather, type Trip } from './gather.ts'

function createWorld(trips = 1) {
  const travelled: number[][] = []
  const underway: PromiseWithResolvers<void>[] = []
  const timers = new Set<() => void>()
  let now = 0
  async function travel(inputs: number[]): Promise<number[]> {
    travelled.push(inputs)
    const trip = Promise.withResolvers<void>()
    underway.push(trip)
    await trip.promise
    return inputs.map((input) => input * 10)
  }
  const gather = createGather<number, number>({
    trips,
    companyMs: 5,
    patienceMs: 1000,
    now: () => now,
    after: (_, callback) => {
      const fire = () => {
        timers.delete(fire)
        callback()
      }
      timers.add(fire)
      return () => timers.delete(fire)
    },
  })
  const ask = (input: number, change: Partial<Trip<number, number>> = {}) =>
    gather({ place: 'a', input, alone: async (own) => (await travel([own]))[0]!, together: travel, ...change })
  const settle = () => new Promise<void>((done) => setImmediate(done))
  return {
    ask,
    travelled,
    timers,
    settle,
    async comeBack() {
      underway.shift()!.resolve()
      await settle()
    },
    async fail() {
      underway.shift()!.reject(new Error('lost'))
      await settle()
    },
    async losePatience() {
      now += 2000
      for (const callback of Array.from(timers)) callback()
      await settle()
    },
  }
}

test('who comes alone goes at once; who comes meanwhile shares the next trip', async () => {
  const world = createWorld()
  const answers = [1, 2, 3, 4].map((input) => world.ask(input))
  expect(world.travelled).toEqual([[1]])
  await world.comeBack()
  expect(world.travelled).toEqual([[1], [2, 3, 4]])
  await world.comeBack()
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40])
  expect(world.timers.size).toBe(0)
})

test('several trips may be on their way before anybody waits, and places do not mix', async () => {
  const world = createWorld(2)
  const answers = [world.ask(1), world.ask(2), world.ask(3), world.ask(4, { place: 'b' })]
  expect(world.travelled).toEqual([[1], [2], [4]])
  for (let trip = 0; trip < 4; trip++) await world.comeBack()
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40])
})

test('a shared trip that fails is told to its leader; the others go alone', async () => {
  const world = createWorld()
  const first = world.ask(1)
  const leader = world.ask(2)
  const other = world.ask(3)
  await world.comeBack()
  const failed = expect(leader).rejects.toThrow('lost')
  await world.fail()
  await failed
  expect(world.travelled).toEqual([[1], [2, 3], [3]])
  await world.comeBack()
  expect(await Promise.all([first, other])).toEqual([10, 30])
})

test('whoever waits for one that died goes alone after a while, and nobody waits for the dead again', async () => {
  const world = createWorld()
  void world.ask(1)
  const second = world.ask(2)
  await world.losePatience()
  expect(world.travelled).toEqual([[1], [2]])
  const third = world.ask(3)
  await world.comeBack()
  await world.comeBack()
  await world.comeBack()
  expect(await Promise.all([second, third])).toEqual([20, 30])
})

test('who has waited for company long enough leaves with whoever is there', async () => {
  const world = createWorld()
  const answers = [world.ask(1), world.ask(2), world.ask(3)]
  // The timer of the second comes first: it takes the third along while the first trip is still away.
  await world.losePatience()
  expect(world.travelled).toEqual([[1], [2, 3]])
  await world.comeBack()
  await world.comeBack()
  expect(await Promise.all(answers)).toEqual([10, 20, 30])
  expect(world.timers.size).toBe(0)
})
