import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LiveEvent } from '#shared/contracts/conversation'
import { createFakePlatform, messageOf } from './conversation-platform.fake.ts'
import type { FakePlatform } from './conversation-platform.fake.ts'
import { conversationAfter, emptyConversation } from './conversation-state.ts'
import type { ConversationAction, ConversationState } from './conversation-state.ts'

const after = (state: ConversationState, ...actions: ConversationAction[]) => actions.reduce(conversationAfter, state)
const live = (event: LiveEvent): ConversationAction => ({ type: 'live', event })
const reload = (state: ConversationState, platform: FakePlatform, limit?: number): ConversationState =>
  conversationAfter(state, { type: 'newest-page', page: platform.page(limit), revision: state.revision })
const textsOf = (state: ConversationState) => state.messages.map((message) => message.content)

function conversationWithOneTurn() {
  const platform = createFakePlatform()
  platform.send('first question')
  platform.write('first answer')
  platform.finish()
  platform.events.length = 0
  return { platform, state: reload(emptyConversation, platform) }
}

test('a message and its answer appear as they are announced, and grow', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.send('second question')
  platform.write('second ')
  platform.write('answer')
  const shown = after(state, ...platform.events.map(live))
  expect(textsOf(shown)).toEqual(['first question', 'first answer', 'second question', 'second answer'])
  expect(shown.stale).toBe(false)
})

test('a delta that comes twice is written once', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.send('q')
  platform.write('hello')
  const shown = after(state, ...[...platform.events, platform.events.at(-1)!].map(live))
  expect(textsOf(shown).at(-1)).toBe('hello')
})

test('a missing delta asks for the page, and what came too early is not lost', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.send('q')
  platform.write('one ')
  const page = platform.page()
  platform.write('two ')
  platform.write('three')
  const withoutFirst = platform.events.filter((event) => !(event.type === 'answer-delta' && event.offset === 0))
  const gap = after(state, ...withoutFirst.map(live))
  expect(gap.stale).toBe(true)
  const filled = conversationAfter(gap, { type: 'newest-page', page, revision: gap.revision })
  expect(textsOf(filled).at(-1)).toBe('one two three')
  expect(filled).toMatchObject({ stale: false, ahead: {} })
})

test('a page that was asked for before an answer ended does not set it running again', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.send('q')
  const early = after(state, ...platform.events.map(live))
  const page = platform.page()
  platform.write('done')
  platform.finish()
  const ended = after(early, ...platform.events.map(live))
  const late = conversationAfter(ended, { type: 'newest-page', page, revision: early.revision })
  expect(late.messages.at(-1)).toMatchObject({ status: 'complete', content: 'done' })
  expect(late.stale).toBe(true)
})

test('a late delta changes nothing about an answer that has ended', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.send('q')
  platform.write('all of it')
  platform.finish('stopped')
  const shown = after(state, ...platform.events.map(live))
  const delta: LiveEvent = {
    type: 'answer-delta',
    message_id: shown.messages.at(-1)!.id,
    field: 'content',
    offset: 9,
    text: '!',
  }
  expect(conversationAfter(shown, live(delta))).toBe(shown)
})

test('a new version of an answer takes the place of the old one and asks for the page', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.regenerate()
  platform.write('better')
  const shown = after(state, ...platform.events.map(live))
  expect(textsOf(shown)).toEqual(['first question', 'better'])
  expect(shown.messages[1]!.siblings).toHaveLength(2)
  expect(reload(shown, platform).stale).toBe(false)
})

test('deltas of an answer on another branch are dropped once the page has shown that', () => {
  const { platform, state } = conversationWithOneTurn()
  const delta: LiveEvent = { type: 'answer-delta', message_id: 'msg_elsewhere', field: 'content', offset: 0, text: 'x' }
  const doubting = conversationAfter(state, live(delta))
  expect(doubting.stale).toBe(true)
  const known = reload(doubting, platform)
  expect(conversationAfter(known, live(delta))).toBe(known)
})

test('what is sent is shown at once, and once only, whichever of event and answer comes first', () => {
  const { platform, state } = conversationWithOneTurn()
  const pending = { key: 'k', content: 'hi', model: null, failure: null, arrivedAs: null }
  const waiting = conversationAfter(state, { type: 'send-started', pending })
  const { message, answer } = platform.send('hi')!
  const announced = after(waiting, ...platform.events.map(live))
  expect(announced.pending?.arrivedAs).toBe(message.id)
  const sent: ConversationAction = { type: 'sent', key: 'k', message, answer }
  expect(conversationAfter(announced, sent)).toMatchObject({ pending: null, stale: false })
  expect(textsOf(conversationAfter(announced, sent))).toEqual(
    textsOf(after(conversationAfter(waiting, sent), ...platform.events.map(live))),
  )
})

test('a message that could not be sent stays, with the reason, until it is dismissed', () => {
  const { state } = conversationWithOneTurn()
  const pending = { key: 'k', content: 'hi', model: null, failure: null, arrivedAs: null }
  const failure = { code: 'insufficient_credits', requestId: 'req_1', facts: {} }
  const failed = after(state, { type: 'send-started', pending }, { type: 'send-failed', key: 'k', failure })
  expect(failed.pending).toMatchObject({ content: 'hi', failure })
  expect(conversationAfter(failed, { type: 'send-dismissed', key: 'another' }).pending).not.toBe(null)
  expect(conversationAfter(failed, { type: 'send-dismissed', key: 'k' }).pending).toBe(null)
})

test('pages above are added in order, and only where they fit', () => {
  const platform = createFakePlatform()
  for (let turn = 0; turn < 6; turn++) {
    platform.send(`q${turn}`)
    platform.finish()
  }
  const newest = reload(emptyConversation, platform, 4)
  const cursor = newest.olderCursor!
  const older = { type: 'older-page', page: platform.page(4, cursor), cursor, revision: newest.revision } as const
  const both = conversationAfter(newest, older)
  expect(both.messages.map((message) => message.id)).toEqual(platform.page(8).data.map((message) => message.id))
  expect(conversationAfter(both, older)).toBe(both)
  expect(reload(both, platform, 4).messages).toEqual(both.messages)
})

test('a summary stands beside the tree and does not push the next message away', () => {
  const question = messageOf({ id: 'msg_1', content: 'q' })
  const summary = messageOf({ id: 'msg_s', parent_id: 'msg_1', role: 'summary', content: 'earlier' })
  const answer = messageOf({ id: 'msg_2', parent_id: 'msg_1', role: 'assistant', status: 'running' })
  const state = conversationAfter(emptyConversation, {
    type: 'newest-page',
    page: { data: [question, summary], next_cursor: null },
    revision: 0,
  })
  const shown = conversationAfter(state, live({ type: 'message-created', message: answer }))
  expect(shown.messages.map((message) => message.id)).toEqual(['msg_1', 'msg_s', 'msg_2'])
  expect(conversationAfter(shown, live({ type: 'message-created', message: { ...summary, id: 'msg_t' } })).stale).toBe(
    true,
  )
})

test('a snapshot that agrees with what is shown costs no second page; any other does', () => {
  const { platform, state } = conversationWithOneTurn()
  expect(conversationAfter(state, live(platform.snapshot())).stale).toBe(false)
  platform.send('meanwhile')
  expect(conversationAfter(state, live(platform.snapshot())).stale).toBe(true)
  const current = reload(state, platform)
  platform.write('text so far')
  const caughtUp = conversationAfter(current, live(platform.snapshot()))
  expect(textsOf(caughtUp).at(-1)).toBe('text so far')
  expect(caughtUp.stale).toBe(false)
})

test('a snapshot that comes before the first page is compared with it when that arrives', () => {
  const { platform } = conversationWithOneTurn()
  const early = conversationAfter(emptyConversation, live(platform.snapshot()))
  expect(reload(early, platform)).toMatchObject({ loaded: true, stale: false, earlySnapshot: null })
  platform.send('meanwhile')
  expect(reload(early, platform)).toMatchObject({ loaded: true, stale: true })
})

test('a conversation’s older description does not replace a newer one', () => {
  const newer = { id: 'conv_1', title: 'new', model: null, running: false, created_at: 0, updated_at: 2 }
  const state = after(emptyConversation, live({ type: 'conversation-updated', conversation: newer }))
  expect(
    conversationAfter(
      state,
      live({ type: 'conversation-updated', conversation: { ...newer, title: 'old', updated_at: 1 } }),
    ).conversation,
  ).toEqual(newer)
})

test('a deleted conversation says so', () => {
  expect(conversationAfter(emptyConversation, live({ type: 'conversation-deleted' })).deleted).toBe(true)
})

// The platform changes, events travel in any order and more than once, pages are read at one moment and arrive at another.
type Step =
  | { do: 'send' | 'regenerate' | 'finish' | 'ask' | 'read' | 'receive' | 'snapshot' | 'edit-and-rerun' }
  | { do: 'write'; text: string; field: 'content' | 'reasoning' }
  | { do: 'edit' | 'show'; index: number; version: number }
  | { do: 'deliver'; index: number; again: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('send', 'regenerate', 'finish', 'edit-and-rerun', 'snapshot') }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('ask', 'read', 'receive') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      text: fc.constantFrom('a', 'bc', 'سلام ', '😀'),
      field: fc.constantFrom('content', 'reasoning'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('edit', 'show'), index: fc.nat(6), version: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const), index: fc.nat(), again: fc.boolean() }) },
) as fc.Arbitrary<Step>

interface World {
  platform: FakePlatform
  tab: ConversationState
  travelling: LiveEvent[]
  request: { revision: number; page: ReturnType<FakePlatform['page']> | null } | null
}

function announce(world: World, change: (platform: FakePlatform) => void): void {
  const before = world.platform.events.length
  change(world.platform)
  world.travelling.push(...world.platform.events.slice(before))
}

function take(world: World, taken: Step): void {
  const { platform } = world
  switch (taken.do) {
    case 'send':
      return announce(world, () => platform.send(`q${platform.events.length}`))
    case 'edit-and-rerun':
      return announce(world, () =>
        platform.send(
          `e${platform.events.length}`,
          platform.page().data.findLast((message) => message.role === 'user')?.parent_id ?? null,
        ),
      )
    case 'regenerate':
      return announce(world, () => platform.regenerate())
    case 'finish':
      return announce(world, () => platform.finish())
    case 'write':
      return announce(world, () => platform.write(taken.text, taken.field))
    case 'edit':
      return announce(world, () => platform.edit(taken.index, `edited ${platform.events.length}`))
    case 'show':
      return announce(world, () => platform.showVersion(taken.index, taken.version))
    case 'snapshot':
      world.tab = conversationAfter(world.tab, live(platform.snapshot()))
      return
    case 'deliver':
      return deliver(world, taken)
    default:
      return travel(world, taken.do)
  }
}

function deliver(world: World, { index, again }: { index: number; again: boolean }): void {
  if (world.travelling.length === 0) return
  const at = index % world.travelling.length
  world.tab = conversationAfter(world.tab, live(world.travelling[at]!))
  if (!again) world.travelling.splice(at, 1)
}

function travel(world: World, moment: 'ask' | 'read' | 'receive'): void {
  if (moment === 'ask' && !world.request && (world.tab.stale || !world.tab.loaded))
    world.request = { revision: world.tab.revision, page: null }
  if (moment === 'read' && world.request && !world.request.page) world.request.page = world.platform.page()
  if (moment === 'receive' && world.request?.page) {
    world.tab = conversationAfter(world.tab, {
      type: 'newest-page',
      page: world.request.page,
      revision: world.request.revision,
    })
    world.request = null
  }
}

function settle(world: World): void {
  for (let round = 0; world.tab.stale || !world.tab.loaded; round++) {
    if (round > 3) throw new Error('it asks for ever')
    world.request = null
    for (const moment of ['ask', 'read', 'receive'] as const) travel(world, moment)
  }
}

/** Where nothing else asks for a page, only the events of changing branches can. */
const branching: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('regenerate', 'finish', 'edit-and-rerun') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('show' as const), index: fc.nat(1), version: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('ask', 'read', 'receive') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), index: fc.nat(), again: fc.boolean() }) },
) as fc.Arbitrary<Step>

const streaming: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('finish', 'send') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      text: fc.constantFrom('a', 'سلام'),
      field: fc.constant('content'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), index: fc.nat(), again: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('ask', 'read', 'receive') }) },
) as fc.Arbitrary<Step>

const convergesAfter = (kind: fc.Arbitrary<Step>, maxLength: number, fresh: boolean) =>
  fc.property(fc.array(kind, { maxLength }), fc.infiniteStream(fc.nat()), (steps, order) => {
    const { platform, state } = conversationWithOneTurn()
    const world: World = { platform, tab: fresh ? emptyConversation : state, travelling: [], request: null }
    for (const taken of steps) take(world, taken)
    while (world.travelling.length > 0) deliver(world, { index: order.next().value!, again: false })
    travel(world, 'read')
    travel(world, 'receive')
    settle(world)
    expect(world.tab.messages).toEqual(platform.page().data)
    expect(world.tab.olderCursor).toBe(platform.page().next_cursor)
  })

test.each([
  ['anything happens', step, 80, false],
  ['anything happens while it opens', step, 30, true],
  ['branches change', branching, 14, false],
  ['answers stream', streaming, 30, false],
] as const)(
  'when %s in whatever order, repetition and delay, a tab ends up showing what a fresh reload shows',
  (_, kind, maxLength, fresh) => {
    fc.assert(convergesAfter(kind, maxLength, fresh), { numRuns: 3_000 })
  },
)

test('when the reader has gone back to the old answer, news of the newer one that comes late does not show it', () => {
  const { platform, state } = conversationWithOneTurn()
  platform.regenerate()
  platform.finish()
  platform.showVersion(1, 0)
  const [created, , finished, , shown] = platform.events
  const tab = after(state, live(shown!), live(created!), live(finished!))
  expect(tab.stale).toBe(true)
  expect(reload(tab, platform).messages).toEqual(platform.page().data)
})
