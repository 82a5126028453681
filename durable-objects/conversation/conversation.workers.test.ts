/// <reference types="@cloudflare/vitest-plugin/types" />
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { LiveEvent } from '#shared/contracts/conversation'
import { OWNER_HEADER, toOwnerHeader, type ConversationRpc } from '#shared/contracts/conversation-object'
import type { Conversation } from './conversation.ts'
import type { Sql, SqlValue } from './sql.ts'
import { createTranscript } from './transcript.ts'
import { SILENCE_MS } from './answering.ts'

const namespace = (env as unknown as { CONVERSATION: DurableObjectNamespace<Conversation> }).CONVERSATION
const owner = { organizationId: 'org_a', userId: 'usr_a' }
const end = {
  status: 'complete',
  finishReason: 'stop',
  error: null,
  usage: null,
  costMicros: 3,
  language: 'en',
  tokens: 5,
} as const
let made = 0

async function createConversation() {
  const id = `conv_${++made}`
  const stub = namespace.getByName(id)
  const rpc = stub as unknown as ConversationRpc
  await rpc.create({ owner, id, title: null, model: null })
  let asked = 0
  const send = async (content = 'hi') => {
    const count = ++asked
    const sent = await rpc.send({
      owner,
      content,
      model: 'openai/gpt',
      language: 'en',
      tokens: 5,
      requestId: `req_${count}`,
      title: content,
      messageId: `msg_u${count}`,
      answerId: `msg_a${count}`,
    })
    if (!sent.ok) throw new Error(sent.code)
    return sent.answer.id
  }
  const say = (answerId: string, content: string, at: number) =>
    rpc.append({ owner, answerId, offset: { content: at, reasoning: 0 }, content, reasoning: '' })
  const stored = async () => {
    const page = await rpc.page({ owner, limit: 1 })
    return page.ok ? page.messages[0]! : null
  }
  return { id, stub, rpc, send, say, stored }
}

type World = Awaited<ReturnType<typeof createConversation>>

async function connect(stub: World['stub'], as = owner) {
  const response = await stub.fetch('https://conversation/live', {
    headers: { upgrade: 'websocket', [OWNER_HEADER]: toOwnerHeader(as) },
  })
  const socket = response.webSocket
  if (!socket) return { status: response.status, until: null as never, events: [] }
  const events: LiveEvent[] = []
  const waiting: (() => void)[] = []
  socket.addEventListener('message', ({ data }) => {
    events.push(JSON.parse(data as string) as LiveEvent)
    for (const wake of waiting.splice(0)) wake()
  })
  socket.accept()
  const until = async <Type extends LiveEvent['type']>(type: Type): Promise<Extract<LiveEvent, { type: Type }>> => {
    for (;;) {
      const found = events.find((event) => event.type === type)
      if (found) return found as Extract<LiveEvent, { type: Type }>
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return { status: response.status, until, events, socket }
}

const told = (events: LiveEvent[], from = '') =>
  events
    .filter((event) => event.type === 'answer-delta')
    .reduce((text, event) => text.slice(0, event.offset) + event.text, from)

test('who was let in long ago hears nothing more until they are let in again', async () => {
  const world = await createConversation()
  const answer = await world.send()
  const old = await connect(world.stub)
  await old.until('snapshot')
  const closed = new Promise<number>((resolve) => old.socket!.addEventListener('close', ({ code }) => resolve(code)))
  await runInDurableObject(world.stub, (conversation: Conversation) => {
    for (const connection of conversation.getConnections()) connection.setState({ since: Date.now() - 16 * 60_000 })
  })
  const young = await connect(world.stub)
  await world.say(answer, 'secret', 0)
  expect(await closed).toBe(4000)
  await young.until('answer-delta')
  expect(told(young.events)).toBe('secret')
  expect(told(old.events)).toBe('')
})

test('whoever watches hears every word, and the words add up to what is stored', async () => {
  const world = await createConversation()
  const answer = await world.send()
  const first = await connect(world.stub)
  await world.say(answer, 'one ', 0)
  await world.say(answer, 'two ', 4)
  const late = await connect(world.stub)
  await world.say(answer, 'three', 8)
  await world.rpc.finishAnswer({ owner, answerId: answer, ...end })
  const [heard, heardLate] = [await first.until('answer-finished'), await late.until('answer-finished')]
  expect(told(first.events)).toBe('one two three')
  const snapshot = late.events[0] as Extract<LiveEvent, { type: 'snapshot' }>
  expect(snapshot).toMatchObject({
    type: 'snapshot',
    running: { id: answer, content: 'one two ' },
    leaf_id: answer,
    conversation: { running: true },
  })
  expect(told(late.events, snapshot.running!.content)).toBe('one two three')
  expect(heard).toEqual(heardLate)
  expect(await world.stored()).toMatchObject({ content: 'one two three', status: 'complete', cost_micros: 3 })
})

test('a stranger is refused before there is a socket, and nobody finds an object that holds nothing', async () => {
  const world = await createConversation()
  expect((await connect(world.stub, { organizationId: 'org_b', userId: 'usr_a' })).status).toBe(404)
  expect((await connect(world.stub, { organizationId: 'org_a', userId: 'usr_b' })).status).toBe(404)
  expect((await connect(namespace.getByName('conv_never'))).status).toBe(404)
  expect(
    (await world.stub.fetch('https://conversation/live', { headers: { [OWNER_HEADER]: toOwnerHeader(owner) } })).status,
  ).toBe(404)
})

test('an object that slept goes on where it was: its sockets hear the next words', async () => {
  const world = await createConversation()
  const answer = await world.send()
  const watcher = await connect(world.stub)
  await watcher.until('snapshot')
  await world.say(answer, 'before ', 0)
  await runInDurableObject(world.stub, async (object: Conversation) => object.save())
  await evictDurableObject(world.stub, { webSockets: 'hibernate' })
  expect(await world.say(answer, 'after', 7)).toEqual({ ok: true, stopped: false })
  await world.rpc.finishAnswer({ owner, answerId: answer, ...end })
  await watcher.until('answer-finished')
  expect(told(watcher.events)).toBe('before after')
  expect(await world.stored()).toMatchObject({ content: 'before after' })
})

test('an object that died with words unsaved says from where to send them again', async () => {
  const world = await createConversation()
  const answer = await world.send()
  await world.say(answer, 'saved ', 0)
  await runInDurableObject(world.stub, async (object: Conversation) => object.save())
  await world.say(answer, 'lost ', 6)
  await evictDurableObject(world.stub)
  // An eviction is kinder than a crash: it waits for the timer that saves.
  await runInDurableObject(
    world.stub,
    (_, { storage }) =>
      void storage.sql.exec('DELETE FROM answer_pieces WHERE number = (SELECT MAX(number) FROM answer_pieces)'),
  )
  expect(await world.say(answer, 'more', 11)).toEqual({ ok: false, code: 'gap', content: 6, reasoning: 0 })
  expect(await world.say(answer, 'lost more', 6)).toEqual({ ok: true, stopped: false })
  await world.rpc.finishAnswer({ owner, answerId: answer, ...end })
  expect(await world.stored()).toMatchObject({ content: 'saved lost more' })
})

test('Stop from anywhere reaches whoever writes', async () => {
  const world = await createConversation()
  const answer = await world.send()
  await world.say(answer, 'one ', 0)
  expect(await world.rpc.stop({ owner })).toEqual({ ok: true, answerId: answer })
  await evictDurableObject(world.stub)
  expect(await world.rpc.touch({ owner, answerId: answer })).toEqual({ ok: true, stopped: true })
})

test('an answer whose writer has died is ended by the alarm, and its watchers are told', async () => {
  const world = await createConversation()
  const answer = await world.send()
  await world.say(answer, 'half', 0)
  const watcher = await connect(world.stub)
  await runInDurableObject(
    world.stub,
    async (_, state) => void state.storage.sql.exec('UPDATE conversation SET sign_at = ?', Date.now() - SILENCE_MS),
  )
  expect(await runDurableObjectAlarm(world.stub)).toBe(true)
  expect((await watcher.until('answer-finished')).message).toMatchObject({
    id: answer,
    status: 'interrupted',
    content: 'half',
  })
  expect(await runDurableObjectAlarm(world.stub)).toBe(false)
})

test('an alarm that finds its writer alive leaves the answer alone', async () => {
  const world = await createConversation()
  await world.send()
  expect(await runDurableObjectAlarm(world.stub)).toBe(true)
  expect(await world.stored()).toMatchObject({ status: 'running' })
  expect(await runDurableObjectAlarm(world.stub)).toBe(true)
})

test('a conversation that is erased tells its watchers, and leaves nothing', async () => {
  const world = await createConversation()
  await world.send()
  const watcher = await connect(world.stub)
  await world.rpc.erase({ owner: { organizationId: 'org_b', userId: 'usr_a' } })
  expect(await world.stored()).not.toBeNull()
  await world.rpc.erase({ owner })
  await watcher.until('conversation-deleted')
  await runInDurableObject(world.stub, async (_, state) => {
    expect(
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name IN ('messages', 'conversation')").toArray(),
    ).toEqual([])
    expect(await state.storage.getAlarm()).toBeNull()
  })
  expect(await world.rpc.read({ owner })).toEqual({ ok: false, code: 'not_found' })
  await world.rpc.erase({ owner })
})

test('a conversation of ten thousand messages is opened for one page, and added to as cheaply as an empty one', async () => {
  const world = await createConversation()
  await runInDurableObject(world.stub, async (_, { storage }) => {
    let read = 0
    let written = 0
    const sql: Sql = <Row>(query: string, ...values: SqlValue[]) => {
      const cursor = storage.sql.exec(query, ...values)
      const rows = cursor.toArray() as Row[]
      read += cursor.rowsRead
      written += cursor.rowsWritten
      return rows
    }
    const transcript = createTranscript({ sql, now: Date.now, emit: () => {} })
    const cost = (run: () => unknown) => {
      read = written = 0
      run()
      return { read, written }
    }
    const turn = (count: number) => {
      // Ids sort by creation, as real ones do.
      const at = String(count).padStart(6, '0')
      const answerId = `msg_b${at}`
      transcript.send({
        owner,
        content: `q${count}`,
        model: 'openai/gpt',
        language: 'en',
        tokens: 1,
        requestId: `req_b${at}`,
        title: 't',
        messageId: `msg_q${at}`,
        answerId,
      })
      transcript.append({ owner, answerId, offset: { content: 0, reasoning: 0 }, content: `a${count}`, reasoning: '' })
      transcript.finishAnswer({ owner, answerId, ...end })
    }
    turn(0)
    const early = cost(() => turn(1))
    for (let count = 2; count < 5_000; count++) turn(count)
    const late = cost(() => turn(5_000))
    const page = cost(() => transcript.page({ owner, limit: 50 }))
    expect(late).toEqual(early)
    expect(page.read).toBeLessThan(50 * 8)
  })
})
