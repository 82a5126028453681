import { expect, test } from 'vitest'
import { colleague, createTestConversation, ok, owner, stranger } from './testing.ts'
import { SILENCE_MS } from './answering.ts'

const nothing = { content: 0, reasoning: 0 }

test('what is said stands in reading order, each with its parent', () => {
  const world = createTestConversation()
  world.turn('one', 'uno')
  world.turn('two', 'dos')
  const { messages, next } = ok(world.transcript.page({ owner, limit: 50 }))
  expect(messages.map((message) => [message.role, message.content])).toEqual([
    ['user', 'one'],
    ['assistant', 'uno'],
    ['user', 'two'],
    ['assistant', 'dos'],
  ])
  expect(messages.map((message) => message.parent_id)).toEqual([
    null,
    messages[0]!.id,
    messages[1]!.id,
    messages[2]!.id,
  ])
  expect(next).toBeNull()
})

test('nobody but its owner finds a conversation: not another organization, not a colleague', () => {
  const { transcript } = createTestConversation()
  for (const other of [stranger, colleague]) {
    expect(transcript.read({ owner: other })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.page({ owner: other, limit: 1 })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.update({ owner: other, title: 'mine' })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.suggestTitle({ owner: other, title: 'mine' })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.stop({ owner: other })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.exportMessages({ owner: other, after: 0, limit: 1 })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.create({ owner: other, id: 'conv_1', title: null, model: null })).toEqual({
      ok: false,
      code: 'not_found',
    })
    expect(transcript.edit({ owner: other, messageId: 'x', content: 'y', language: null, tokens: 1 })).toEqual({
      ok: false,
      code: 'not_found',
    })
    expect(transcript.showBranch({ owner: other, messageId: 'x' })).toEqual({ ok: false, code: 'not_found' })
    expect(transcript.append({ owner: other, answerId: 'x', offset: nothing, content: '', reasoning: '' })).toEqual({
      ok: false,
      code: 'not_found',
    })
  }
})

test('a second message while an answer runs is refused, and nothing of it is stored', () => {
  const world = createTestConversation()
  ok(world.send('one'))
  expect(world.send('two')).toEqual({ ok: false, code: 'running' })
  expect(world.shown()).toEqual(['one', ''])
})

test('the same request sent twice gives the same message and answer', () => {
  const world = createTestConversation()
  const idempotency = { key: 'k1', fingerprint: 'f1' }
  const first = ok(world.send('one', { idempotency }))
  const again = ok(world.send('one', { idempotency }))
  expect(again).toMatchObject({ repeated: true, message: { id: first.message.id }, answer: { id: first.answer.id } })
  world.finish(first.answer.id, 'uno')
  expect(ok(world.send('one', { idempotency })).answer).toMatchObject({
    id: first.answer.id,
    content: 'uno',
    status: 'complete',
  })
  expect(world.send('other', { idempotency: { key: 'k1', fingerprint: 'f2' } })).toEqual({
    ok: false,
    code: 'idempotency_mismatch',
  })
  world.clock.advance(24 * 60 * 60_000)
  expect(ok(world.send('one', { idempotency })).repeated).toBe(false)
})

test('another version of an answer is its sibling, and is shown', () => {
  const world = createTestConversation()
  const { assistant } = world.turn('one', 'uno')
  const { answer } = ok(world.regenerate(assistant))
  expect(answer).toMatchObject({ status: 'running', siblings: [assistant, answer.id] })
  world.finish(answer.id, 'eins')
  expect(world.shown()).toEqual(['one', 'eins'])
  ok(world.transcript.showBranch({ owner, messageId: assistant }))
  expect(world.shown()).toEqual(['one', 'uno'])
})

test('a message of the user can be answered anew', () => {
  const world = createTestConversation()
  const { user, assistant } = world.turn('one', 'uno')
  const { answer } = ok(world.regenerate(user))
  expect(answer).toMatchObject({ parent_id: user, siblings: [assistant, answer.id] })
})

test('editing with a new answer leaves the old branch where it was', () => {
  const world = createTestConversation()
  const first = world.turn('one', 'uno')
  world.turn('two', 'dos')
  const edited = ok(world.send('ONE', { parentId: null }))
  world.finish(edited.answer.id, 'UNO')
  expect(world.shown()).toEqual(['ONE', 'UNO'])
  expect(edited.message.siblings).toEqual([first.user, edited.message.id])
  ok(world.transcript.showBranch({ owner, messageId: first.user }))
  expect(world.shown()).toEqual(['one', 'uno', 'two', 'dos'])
})

test('a message can be saved without a new answer', () => {
  const world = createTestConversation()
  const { user } = world.turn('wun', 'uno')
  const saved = ok(world.transcript.edit({ owner, messageId: user, content: 'one', language: 'en', tokens: 3 }))
  expect(saved.message.content).toBe('one')
  expect(world.shown()).toEqual(['one', 'uno'])
  expect(world.events.at(-1)).toMatchObject({ type: 'message-updated', message: { id: user, content: 'one' } })
})

test('nobody can answer to a message that is not there, nor to a question', () => {
  const world = createTestConversation()
  const { user } = world.turn('one', 'uno')
  expect(world.send('x', { parentId: 'msg_nowhere' })).toEqual({ ok: false, code: 'message_not_found' })
  expect(world.send('x', { parentId: user })).toEqual({ ok: false, code: 'invalid_parent' })
  expect(world.regenerate('msg_nowhere')).toEqual({ ok: false, code: 'message_not_found' })
  expect(world.transcript.showBranch({ owner, messageId: 'msg_nowhere' })).toEqual({
    ok: false,
    code: 'message_not_found',
  })
  expect(world.transcript.page({ owner, limit: 5, from: 'msg_nowhere' })).toEqual({
    ok: false,
    code: 'unknown_message',
  })
})

test('words arrive once, whatever is sent twice, and a gap is refused', () => {
  const world = createTestConversation()
  const { answer } = ok(world.send('one'))
  const append = (content: string, at: number, reasoning = '') =>
    world.transcript.append({ owner, answerId: answer.id, offset: { content: at, reasoning: 0 }, content, reasoning })
  expect(append('Hello', 0)).toEqual({ ok: true, stopped: false })
  expect(append('Hello wor', 0)).toEqual({ ok: true, stopped: false })
  expect(append('ld', 20)).toEqual({ ok: false, code: 'gap', content: 9, reasoning: 0 })
  expect(append('ld', 9)).toEqual({ ok: true, stopped: false })
  const deltas = world.events.filter((event) => event.type === 'answer-delta')
  expect(deltas.map((event) => [event.offset, event.text])).toEqual([
    [0, 'Hello'],
    [5, ' wor'],
    [9, 'ld'],
  ])
  world.finish(answer.id)
  expect(world.shown()).toEqual(['one', 'Hello world'])
})

test('an object that restarts in mid-answer has all but the last moment, and says what it lacks', () => {
  const world = createTestConversation()
  const { answer } = ok(world.send('one'))
  const append = (transcript: typeof world.transcript, content: string, at: number) =>
    transcript.append({ owner, answerId: answer.id, offset: { content: at, reasoning: 0 }, content, reasoning: '' })
  ok(append(world.transcript, 'Hello', 0))
  world.clock.advance(600)
  ok(append(world.transcript, ' wor', 5))
  ok(append(world.transcript, 'ld', 9))
  const restarted = world.reopen()
  expect(ok(restarted.page({ owner, limit: 2 })).messages[1]).toMatchObject({ content: 'Hello wor', status: 'running' })
  expect(append(restarted, '!', 11)).toEqual({ ok: false, code: 'gap', content: 9, reasoning: 0 })
  expect(append(restarted, 'ld!', 9)).toEqual({ ok: true, stopped: false })
})

test('Stop is told to whoever writes the answer, with its next words', () => {
  const world = createTestConversation()
  const { answer } = ok(world.send('one'))
  expect(world.transcript.stop({ owner })).toEqual({ ok: true, answerId: answer.id })
  expect(world.transcript.append({ owner, answerId: answer.id, offset: nothing, content: 'a', reasoning: '' })).toEqual(
    { ok: true, stopped: true },
  )
  world.finish(answer.id)
  expect(world.transcript.stop({ owner })).toEqual({ ok: true, answerId: null })
  expect(ok(world.regenerate(answer.id)).answer.status).toBe('running')
  expect(
    world.transcript.append({ owner, answerId: answer.id, offset: nothing, content: 'late', reasoning: '' }),
  ).toEqual({ ok: false, code: 'not_running' })
})

test('an answer whose writer died is ended, and what had arrived stays', () => {
  const world = createTestConversation()
  const { answer } = ok(world.send('one'))
  ok(world.transcript.append({ owner, answerId: answer.id, offset: nothing, content: 'half', reasoning: '' }))
  world.clock.advance(SILENCE_MS - 1)
  world.transcript.watch()
  expect(world.transcript.watchAt()).not.toBeNull()
  ok(world.transcript.touch({ owner, answerId: answer.id }))
  world.clock.advance(SILENCE_MS)
  world.transcript.watch()
  expect(world.transcript.watchAt()).toBeNull()
  expect(ok(world.transcript.page({ owner, limit: 1 })).messages[0]).toMatchObject({
    content: 'half',
    status: 'interrupted',
  })
})

test('a title that somebody typed is never replaced', () => {
  const world = createTestConversation()
  world.turn('How do I cook rice?', 'With water.')
  expect(ok(world.transcript.read({ owner })).conversation.title).toBe('How do I cook rice?')
  expect(ok(world.transcript.suggestTitle({ owner, title: 'Cooking rice' }))).toMatchObject({
    applied: true,
    conversation: { title: 'Cooking rice' },
  })
  ok(world.transcript.update({ owner, title: 'Mine' }))
  expect(ok(world.transcript.suggestTitle({ owner, title: 'Cooking' }))).toMatchObject({
    applied: false,
    conversation: { title: 'Mine' },
  })
})

test('ten thousand messages are paged through exactly once, from the newest up', () => {
  const world = createTestConversation()
  for (let count = 1; count <= 5_000; count++) world.turn(`q${count}`, `a${count}`)
  const seen: string[] = []
  let from: string | undefined
  do {
    const { messages, next } = ok(world.transcript.page({ owner, limit: 97, from }))
    expect(messages.length).toBeLessThanOrEqual(97)
    seen.unshift(...messages.map((message) => message.content))
    from = next ?? undefined
  } while (from)
  expect(seen).toEqual(Array.from({ length: 5_000 }, (_, at) => [`q${at + 1}`, `a${at + 1}`]).flat())
})

test('an export holds every branch, in parts', () => {
  const world = createTestConversation()
  const { assistant } = world.turn('one', 'uno')
  world.finish(ok(world.regenerate(assistant)).answer.id, 'eins')
  const first = ok(world.transcript.exportMessages({ owner, after: 0, limit: 2 }))
  const second = ok(world.transcript.exportMessages({ owner, after: first.next!, limit: 2 }))
  expect([...first.messages, ...second.messages].map((message) => message.content)).toEqual(['one', 'uno', 'eins'])
  expect(second.next).toBeNull()
})
