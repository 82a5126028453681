import { expect, test } from 'vitest'
import { ApiProblem } from '../../../api/api-problem.ts'
import type { ChatApi } from '../chat-api.ts'
import { createFakePlatform } from './conversation-platform.fake.ts'
import { createConversationSession } from './conversation-session.ts'
import type { LiveHandlers, SessionDeps, SessionView } from './conversation-session.ts'

function createWorld({ api: own = {} }: { api?: Partial<ChatApi> } = {}) {
  const platform = createFakePlatform()
  const frames: (() => void)[] = []
  const timers: (() => void)[] = []
  const views: SessionView[] = []
  const ended: string[] = []
  const asked: string[] = []
  let socket: LiveHandlers | null = null
  const api = {
    messages: async (_: string, { limit, cursor }: { limit: number; cursor?: string }) => {
      asked.push(`messages ${limit} ${cursor ?? ''}`.trim())
      return platform.page(limit, cursor)
    },
    send: async (_: string, { content, parent_id }: { content: string; parent_id?: string | null }, key: string) => {
      asked.push(`send ${key}`)
      return platform.send(content, parent_id)!
    },
    regenerate: async () => ({ answer: platform.regenerate()! }),
    showBranch: async () => {
      platform.showVersion(1, 0)
      return platform.page()
    },
    stop: async () => ({}),
    ...own,
  } as unknown as ChatApi
  const deps: SessionDeps = {
    conversationId: 'conv_1',
    api,
    connect: (handlers) => {
      socket = handlers
      return () => (socket = null)
    },
    schedule: (run) => frames.push(run),
    later: (run) => {
      timers.push(run)
      return () => timers.splice(timers.indexOf(run), 1)
    },
    onView: (view) => views.push(view),
    onAnswerEnded: (answer) => ended.push(answer.status),
  }
  const session = createConversationSession(deps)
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  const deliver = () => {
    for (const event of platform.events.splice(0)) socket?.onEvent(event)
    for (const frame of frames.splice(0)) frame()
  }
  return { platform, session, views, ended, asked, timers, settled, deliver, frames, socket: () => socket! }
}

const pending = { key: 'k', content: 'hi', model: null, failure: null, arrivedAs: null }
const network = new ApiProblem({ code: 'network', status: 0, message: '', requestId: null })
const last = (world: ReturnType<typeof createWorld>) => world.session.view().state.messages.at(-1)

async function openWorld(options?: Parameters<typeof createWorld>[0]) {
  const world = createWorld(options)
  world.session.start()
  world.socket().onOpen()
  await world.settled()
  world.socket().onEvent(world.platform.snapshot())
  world.deliver()
  await world.settled()
  return world
}

test('opening a conversation asks for one page', async () => {
  const world = await openWorld()
  expect(world.asked).toEqual(['messages 40'])
  expect(world.session.view()).toMatchObject({ connection: 'open', problem: null, state: { loaded: true } })
})

test('a conversation that was just begun is shown without asking for it', async () => {
  const world = createWorld()
  const { message, answer } = world.platform.send('hi')!
  world.platform.events.length = 0
  world.session.start({ conversation: world.platform.conversation(), messages: [message, answer] })
  world.socket().onOpen()
  world.socket().onEvent(world.platform.snapshot())
  world.platform.write('hello')
  world.deliver()
  await world.settled()
  expect(world.asked).toEqual([])
  expect(last(world)!.content).toBe('hello')
})

test('a hundred words between two pictures are drawn once', async () => {
  const world = await openWorld()
  await world.session.send(pending)
  world.deliver()
  for (let word = 0; word < 100; word++) world.platform.write('word ')
  const before = world.views.length
  world.deliver()
  expect(world.views.length - before).toBe(1)
  expect(last(world)!.content).toBe('word '.repeat(100))
})

test('the end of an answer is told once, so that the balance is asked for', async () => {
  const world = await openWorld()
  await world.session.send(pending)
  world.platform.write('done')
  world.platform.finish()
  world.deliver()
  expect(world.ended).toEqual(['complete'])
})

test('a stop that was asked for stays shown until the answer has ended', async () => {
  const world = await openWorld()
  await world.session.send(pending)
  await world.session.stop()
  expect(world.session.view().stopping).toBe(true)
  world.platform.finish('stopped')
  world.deliver()
  expect(world.session.view().stopping).toBe(false)
  expect(last(world)!.status).toBe('stopped')
})

test('after the line was down, the page is asked for again', async () => {
  const world = await openWorld()
  world.socket().onLost()
  expect(world.session.view().connection).toBe('lost')
  world.platform.send('from another tab')
  world.platform.events.length = 0
  world.socket().onOpen()
  await world.settled()
  expect(world.session.view().state.messages).toHaveLength(2)
})

test('once the socket is open, nothing is asked for beside it', async () => {
  const world = createWorld()
  const { message, answer } = world.platform.send('hi')!
  world.session.start({ conversation: world.platform.conversation(), messages: [message, answer] })
  expect(world.timers).toHaveLength(1)
  world.socket().onOpen()
  expect(world.timers).toHaveLength(0)
})

test('without a socket a running answer is followed by asking', async () => {
  const world = createWorld()
  world.platform.send('hi')
  world.session.start()
  await world.settled()
  expect(world.timers).toHaveLength(1)
  world.platform.write('some')
  world.platform.finish()
  world.timers.at(-1)!()
  await world.settled()
  expect(last(world)).toMatchObject({ content: 'some', status: 'complete' })
  expect(world.ended).toEqual(['complete'])
})

test('a page that cannot be had says why, and is asked for again later', async () => {
  let works = false
  const page = { data: [], next_cursor: null }
  const world = createWorld({ api: { messages: async () => (works ? page : Promise.reject(network)) } })
  world.session.start()
  await world.settled()
  expect(world.session.view().problem?.code).toBe('network')
  works = true
  world.timers[0]!()
  await world.settled()
  expect(world.session.view()).toMatchObject({ problem: null, state: { loaded: true } })
})

test('a message that could not be sent keeps its key, so that sending it again never asks twice', async () => {
  const keys: string[] = []
  const world = await openWorld({ api: { send: async (_, __, key) => (keys.push(key), Promise.reject(network)) } })
  expect(await world.session.send(pending)).toBe(false)
  const failed = world.session.view().state.pending!
  expect(failed.failure?.code).toBe('network')
  await world.session.send(failed)
  expect(keys).toEqual(['k', 'k'])
})

test('what another answer was refused for is shown, and the thread stays', async () => {
  const refused = new ApiProblem({ code: 'insufficient_credits', status: 402, message: '', requestId: 'req_1' })
  const world = await openWorld({ api: { regenerate: async () => Promise.reject(refused) } })
  await world.session.regenerate('msg_2')
  expect(world.session.view().actionProblem?.code).toBe('insufficient_credits')
})

test('older messages are put above, and only one page is asked for at a time', async () => {
  const world = createWorld()
  for (let turn = 0; turn < 30; turn++) {
    world.platform.send(`q${turn}`)
    world.platform.finish()
  }
  world.platform.events.length = 0
  world.session.start()
  await world.settled()
  await Promise.all([world.session.loadOlder(), world.session.loadOlder()])
  expect(world.asked).toEqual(['messages 40', 'messages 40 msg_20'])
  expect(world.session.view().state.messages).toHaveLength(60)
})

test('showing another version replaces the branch at once', async () => {
  const world = await openWorld()
  await world.session.send(pending)
  world.platform.finish()
  world.deliver()
  await world.session.regenerate('msg_2')
  world.platform.finish()
  world.deliver()
  await world.settled()
  expect(last(world)!.id).toBe('msg_3')
  await world.session.showBranch('msg_2')
  expect(last(world)!.id).toBe('msg_2')
})

test('a closed session says nothing any more', async () => {
  const world = await openWorld()
  const handlers = world.socket()
  world.session.close()
  const before = world.views.length
  handlers.onEvent(world.platform.snapshot())
  handlers.onLost()
  world.deliver()
  expect(world.views.length).toBe(before)
})
