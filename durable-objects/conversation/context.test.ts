import { expect, test } from 'vitest'
import { createTestConversation, ok, owner } from './testing.ts'

const summary = {
  owner,
  tokens: 4,
  model: 'openai/gpt',
  language: 'en',
  usage: null,
  costMicros: 1,
  requestId: 'req_s',
}

test('a model is told the branch that leads to its answer, and no other', () => {
  const world = createTestConversation()
  const { assistant } = world.turn('one', 'uno')
  world.finish(ok(world.regenerate(assistant)).answer.id, 'eins')
  const { answer } = ok(world.send('two'))
  const context = ok(world.context.context({ owner, answerId: answer.id, maxTokens: 1_000 }))
  expect(context.turns.map((turn) => turn.content)).toEqual(['one', 'eins', 'two'])
  expect(context).toMatchObject({ fits: true, wantsTitle: false })
})

test('the first answer of a conversation wants a title, unless somebody has typed one', () => {
  const world = createTestConversation()
  const { answer } = ok(world.send('one'))
  expect(world.context.context({ owner, answerId: answer.id, maxTokens: 10 })).toMatchObject({
    fits: true,
    wantsTitle: true,
  })
  ok(world.transcript.update({ owner, title: 'Mine' }))
  expect(world.context.context({ owner, answerId: answer.id, maxTokens: 10 })).toMatchObject({ wantsTitle: false })
})

test('an answer that failed with nothing said is not told', () => {
  const world = createTestConversation()
  world.finish(ok(world.send('one')).answer.id)
  const { answer } = ok(world.send('two'))
  expect(
    ok(world.context.context({ owner, answerId: answer.id, maxTokens: 10 })).turns.map((turn) => turn.content),
  ).toEqual(['one', 'two'])
})

test('a branch that is too long says so instead of leaving turns out unseen', () => {
  const world = createTestConversation()
  world.turn('aaaa', 'bbbb')
  const { answer } = ok(world.send('cccc'))
  expect(ok(world.context.context({ owner, answerId: answer.id, maxTokens: 11 })).fits).toBe(false)
  expect(ok(world.context.context({ owner, answerId: answer.id, maxTokens: 12 })).fits).toBe(true)
})

test('the oldest turns are condensed first, and the question that waits always stays', () => {
  const world = createTestConversation()
  const first = world.turn('aaaa', 'bbbb')
  const second = world.turn('cccc', 'dddd')
  const { answer } = ok(world.send('eeee'))
  const all = ok(world.context.compaction({ owner, answerId: answer.id, keepTokens: 0, chunkTokens: 100 }))
  expect(all).toMatchObject({ previous: null, afterId: second.assistant })
  expect(all.turns.map((turn) => turn.content)).toEqual(['aaaa', 'bbbb', 'cccc', 'dddd'])
  const half = ok(world.context.compaction({ owner, answerId: answer.id, keepTokens: 12, chunkTokens: 100 }))
  expect(half.afterId).toBe(first.assistant)
  const chunk = ok(world.context.compaction({ owner, answerId: answer.id, keepTokens: 0, chunkTokens: 5 }))
  expect(chunk.afterId).toBe(first.user)
})

test('what stays begins with a question, so that no answer stands alone', () => {
  const world = createTestConversation()
  const first = world.turn('aaaa', 'bbbb')
  const { answer } = ok(world.send('cccc'))
  expect(ok(world.context.compaction({ owner, answerId: answer.id, keepTokens: 8, chunkTokens: 100 })).afterId).toBe(
    first.assistant,
  )
})

test('later contexts begin with the newest summary, and the turns under it can still be read', () => {
  const world = createTestConversation()
  const first = world.turn('aaaa', 'bbbb')
  const { answer } = ok(world.send('cccc'))
  ok(
    world.context.addSummary(
      { ...summary, answerId: answer.id, id: 'msg_s1', afterId: first.assistant, content: 'SUM' },
      1,
    ),
  )
  const context = ok(world.context.context({ owner, answerId: answer.id, maxTokens: 8 }))
  expect(context.turns.map((turn) => [turn.role, turn.content])).toEqual([
    ['summary', 'SUM'],
    ['user', 'cccc'],
  ])
  const next = ok(world.context.compaction({ owner, answerId: answer.id, keepTokens: 0, chunkTokens: 100 }))
  expect(next).toMatchObject({ previous: { content: 'SUM' }, turns: [], afterId: null })
  const page = ok(world.transcript.page({ owner, limit: 10 }))
  expect(page.messages.map((message) => [message.role, message.content])).toEqual([
    ['user', 'aaaa'],
    ['assistant', 'bbbb'],
    ['summary', 'SUM'],
    ['user', 'cccc'],
    ['assistant', ''],
  ])
  expect(page.messages[2]).toMatchObject({ cost_micros: 1, parent_id: first.assistant })
})

test('a summary of words that were edited since is kept to be read, but no model is told it', () => {
  const world = createTestConversation()
  const first = world.turn('aaaa', 'bbbb')
  const second = world.turn('cccc', 'dddd')
  ok(
    world.context.addSummary(
      { ...summary, answerId: second.assistant, id: 'msg_s1', afterId: first.assistant, content: 'SUM' },
      1,
    ),
  )
  ok(world.transcript.edit({ owner, messageId: first.user, content: 'AAAA', language: 'en', tokens: 4 }))
  const { answer } = ok(world.send('eeee'))
  expect(ok(world.context.context({ owner, answerId: answer.id, maxTokens: 100 })).turns[0]).toMatchObject({
    role: 'user',
    content: 'AAAA',
  })
})

test('an answer that does not run is given no context', () => {
  const world = createTestConversation()
  const { assistant } = world.turn('one', 'uno')
  expect(world.context.context({ owner, answerId: assistant, maxTokens: 10 })).toEqual({
    ok: false,
    code: 'not_running',
  })
  expect(world.context.compaction({ owner, answerId: assistant, keepTokens: 1, chunkTokens: 1 })).toEqual({
    ok: false,
    code: 'not_running',
  })
})
