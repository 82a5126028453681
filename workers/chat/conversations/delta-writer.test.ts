import { expect, test } from 'vitest'
import type { AppendInput, Appended } from '#shared/contracts/conversation-object'
import { createDeltaWriter } from './delta-writer.ts'

const owner = { organizationId: 'org_a', userId: 'usr_a' }

function createWorld(
  answer: (input: AppendInput, at: number) => Appended | Promise<Appended> = () => ({ ok: true, stopped: false }),
) {
  const calls: AppendInput[] = []
  const stops = { count: 0 }
  let release: () => void = () => {}
  const gate = () => new Promise<void>((resolve) => (release = resolve))
  const writer = createDeltaWriter({
    conversation: { append: async (input) => (calls.push(input), answer(input, calls.length)) },
    owner,
    answerId: 'msg_1',
    onStop: () => void stops.count++,
    wait: gate,
  })
  /** Lets the pause between two deliveries pass. */
  const pass = async () => {
    await settle()
    release()
    await settle()
  }
  return { writer, calls, stops, pass, release: () => release() }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

test('the first word is sent at once, and those that come meanwhile go together', async () => {
  const { writer, calls, pass } = createWorld()
  writer.write('content', 'a')
  await settle()
  expect(calls.map((call) => call.content)).toEqual(['a'])
  for (const word of ['b', 'c', 'd']) writer.write('content', word)
  await settle()
  expect(calls).toHaveLength(1)
  await pass()
  expect(calls[1]).toMatchObject({ content: 'bcd', offset: { content: 1, reasoning: 0 } })
})

test('a word that comes at whatever moment is delivered without waiting for another', async () => {
  for (let moment = 0; moment < 30; moment++) {
    const { writer, calls, pass, release } = createWorld()
    writer.write('content', 'a')
    await settle()
    release()
    for (let turn = 0; turn < moment; turn++) await Promise.resolve()
    writer.write('content', 'b')
    await pass()
    await pass()
    expect(calls.map((call) => call.content).join('')).toBe('ab')
  }
})

test('an object that lost its last moment is sent it again', async () => {
  const { writer, calls, pass } = createWorld((_input, at) =>
    at === 2 ? { ok: false, code: 'gap', content: 1, reasoning: 0 } : { ok: true, stopped: false },
  )
  writer.write('content', 'abc')
  await settle()
  writer.write('content', 'de')
  await pass()
  await pass()
  expect(calls[2]).toMatchObject({ content: 'bcde', offset: { content: 1, reasoning: 0 } })
})

test('an object that cannot be reached is told everything the next time', async () => {
  const { writer, calls, pass } = createWorld((_input, at) =>
    at === 1 ? Promise.reject(new Error('gone')) : { ok: true, stopped: false },
  )
  writer.write('content', 'a')
  await settle()
  writer.write('content', 'b')
  await pass()
  expect(calls[1]).toMatchObject({ content: 'ab', offset: { content: 0, reasoning: 0 } })
})

test('Stop is heard, and so is an answer that no longer runs', async () => {
  const stopped = createWorld(() => ({ ok: true, stopped: true }))
  stopped.writer.write('content', 'a')
  await settle()
  expect(stopped.stops.count).toBe(1)
  const gone = createWorld(() => ({ ok: false, code: 'not_running' }))
  gone.writer.write('content', 'a')
  await gone.pass()
  gone.writer.write('content', 'b')
  await settle()
  expect(gone.stops.count).toBe(1)
  expect(gone.calls).toHaveLength(1)
})

test('an object that stays away is not asked for ever', async () => {
  const { writer, calls, pass } = createWorld(() => Promise.reject(new Error('gone')))
  writer.write('content', 'a')
  const flushed = writer.flush().then(() => 'flushed')
  for (let turn = 0; turn < 20; turn++) await pass()
  expect(await flushed).toBe('flushed')
  expect(calls.length).toBeLessThanOrEqual(12)
})
