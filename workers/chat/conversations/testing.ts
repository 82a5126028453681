// The service's surroundings as its tests need them: conversations in memory that follow the real rules, runners
// that note what they are asked, and answers that a test dictates.
import { createTestDatabase } from '#db/testing'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { Conversation, ConversationMessage, LiveEvent } from '#shared/contracts/conversation'
import type { ConversationRpc, Owner } from '#shared/contracts/conversation-object'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { CatalogModel } from '#shared/contracts/model'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { silentLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import type { LanguageEvent, LanguageRequest } from '#shared/providers/spec/language-model'
import { createContext } from '../../../durable-objects/conversation/context.ts'
import { createMemorySql } from '../../../durable-objects/conversation/memory-sql.ts'
import { migrate } from '../../../durable-objects/conversation/schema.ts'
import { createTranscript } from '../../../durable-objects/conversation/transcript.ts'
import type { ChatEnv } from '../context.ts'
import type { CompleteInput } from '../complete.ts'
import type { AnswerJob, AnswerRunContext } from './answer-run.ts'
import type { ConversationObject } from './bindings.ts'
import { conversationRoutes } from './routes.ts'

export const owner: Owner = { organizationId: 'org_a', userId: 'usr_a' }
export const member: Principal = { kind: 'user', ...owner, role: 'member', platformAdmin: false }

/** Whatever a route may answer; a test reads what it asked for. */
interface Answered {
  id: string
  title: string
  data: (Conversation & ConversationMessage)[]
  next_cursor: string | null
  message: ConversationMessage
  answer: ConversationMessage
  headers: Record<string, string>
}

export interface FakeConversation extends ConversationObject {
  events: LiveEvent[]
}

/** A library in memory: who owns which picture. */
export const fakeLibrary = (
  pictures: Record<string, { userId: string; title: string }>,
): Pick<LibraryQuestions, 'open'> => ({
  async open({ userId, itemId, rendition }) {
    const picture = pictures[itemId]
    if (picture?.userId !== userId) return null
    return {
      bytes: new TextEncoder().encode(`${itemId} ${rendition}`),
      facts: { mediaType: 'image/webp', width: null, height: null },
      provenance: null,
      title: picture.title,
    }
  },
})

export const testLibrary = fakeLibrary({
  itm_cat: { userId: owner.userId, title: 'A cat' },
  itm_house: { userId: owner.userId, title: 'A house' },
  itm_foreign: { userId: 'usr_b', title: 'Not yours' },
})

export function createFakeConversation(now: () => number = createTestClock()): FakeConversation {
  const sql = createMemorySql()
  migrate(sql)
  const events: LiveEvent[] = []
  const transcript = createTranscript({ sql, now, emit: (event) => events.push(event) })
  const context = createContext({ sql, transcript })
  let erased = false
  const rpc: ConversationRpc = {
    create: async (input) => transcript.create(input),
    read: async (input) => transcript.read(input),
    update: async (input) => transcript.update(input),
    suggestTitle: async (input) => transcript.suggestTitle(input),
    page: async (input) => transcript.page(input),
    send: async (input) => transcript.send(input),
    regenerate: async (input) => transcript.regenerate(input),
    edit: async (input) => transcript.edit(input),
    showBranch: async (input) => transcript.showBranch(input),
    stop: async (input) => (erased ? { ok: false, code: 'not_found' } : transcript.stop(input)),
    context: async (input) => context.context(input),
    compaction: async (input) => context.compaction(input),
    addSummary: async (input) => context.addSummary(input, now()),
    append: async (input) => transcript.append(input),
    touch: async (input) => transcript.touch(input),
    finishAnswer: async (input) => transcript.finishAnswer(input),
    exportMessages: async (input) => transcript.exportMessages(input),
    erase: async (input) => {
      if (!transcript.owned(input.owner)) return
      for (const table of ['answer_pieces', 'summaries', 'messages', 'conversation']) sql(`DELETE FROM ${table}`)
      erased = true
    },
  }
  return {
    ...rpc,
    events,
    fetch: async (request) => Response.json({ url: request.url, headers: Object.fromEntries(request.headers) }),
  }
}

export function createTestApp({ settings = {} as Partial<ChatEnv> } = {}) {
  const conversations = new Map<string, FakeConversation>()
  const started: AnswerJob[] = []
  const aborted: string[] = []
  const runner = { failing: false }
  const env = {
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    LIBRARY_RPC: testLibrary,
    DB: createTestDatabase(),
    CONVERSATION: {
      getByName(id: string) {
        if (!conversations.has(id)) conversations.set(id, createFakeConversation())
        return conversations.get(id)!
      },
    },
    ANSWER_RUNNER: {
      getByName: () => ({
        async start(job: AnswerJob) {
          if (runner.failing) throw new Error('unreachable')
          started.push(job)
        },
        abort: async ({ answerId }: { answerId: string }) => void aborted.push(answerId),
      }),
    },
    ...settings,
  } as unknown as ChatEnv
  const app = createServiceApp<ChatEnv>('chat', conversationRoutes)

  async function call(
    method: string,
    path: string,
    { body, as = member, headers = {} }: { body?: unknown; as?: Principal; headers?: Record<string, string> } = {},
  ) {
    const init = {
      method,
      headers: { ...headers, ...(await principalHeaders(as)) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }
    const response = await app.request(`/api/conversations${path}`, init, env, createTestExecutionContext())
    const text = await response.text()
    const isJson =
      response.headers.get('content-type')?.includes('json') &&
      !response.headers.get('content-type')?.includes('ndjson')
    return {
      status: response.status,
      text,
      json: (isJson ? JSON.parse(text) : null) as Answered,
      headers: response.headers,
    }
  }

  return { env, call, conversations, started, aborted, runner }
}

export const testModel: CatalogModel = {
  id: 'openai/gpt-test',
  vendor: 'openai',
  upstream: 'gpt-test',
  name: 'GPT Test',
  contextTokens: 1e4,
  maxOutputTokens: 2e3,
  abilities: [],
  price: {
    prices: {
      input_tokens: 1e6,
      output_tokens: 2e6,
    },
  },
  priceSource: 'a test',
  priceCheckedAt: '2026-01-01',
}

export const words = (...texts: string[]): LanguageEvent[] => [
  ...texts.map((text) => ({ type: 'text-delta' as const, text })),
  { type: 'finish', reason: 'stop', usage: { input_tokens: 3, output_tokens: texts.length } },
]

type Script = (request: LanguageRequest, controller: AbortController) => AsyncIterable<LanguageEvent> | LanguageEvent[]

/** A run against a real (in-memory) conversation, whose model says what the test dictates for each purpose. */
export async function createTestRun({
  model = testModel,
  answer = () => words('Hello'),
  summary = () => words('SUMMARY'),
  title = () => words('A title'),
}: { model?: CatalogModel; answer?: Script; summary?: Script; title?: Script } = {}) {
  const conversation = createFakeConversation()
  const controller = new AbortController()
  const asked: CompleteInput[] = []
  const titles: string[] = []
  const state = { finished: 0, promptTokens: 0 }
  await conversation.create({ owner, id: 'conv_1', title: null, model: null })
  const scripts = { answer, summary, title, writing: answer }
  const ctx: AnswerRunContext = {
    conversation,
    controller,
    clock: createTestClock(),
    createId: createIds(),
    logger: silentLogger,
    wait: async () => {},
    resolveModel: () => model,
    library: testLibrary,
    detectLanguage: async (_text, prior) => prior,
    async complete(input) {
      asked.push(input)
      const events = scripts[input.purpose ?? 'answer'](input.request, controller)
      return {
        events: (async function* () {
          yield* events
        })(),
        settled: Promise.resolve({
          amountMicros: 7,
          usage: { output_tokens: 2 },
          estimated: false,
        }),
        shortened: false,
      }
    },
    onAsking: async (promptTokens) => void (state.promptTokens = promptTokens),
    onFinished: async () => void state.finished++,
    onTitle: async (text) => void titles.push(text),
  }

  let count = 0
  async function send(
    content: string,
    { tokens = content.length, language = 'en' as string | null, attachments = [] as string[] } = {},
  ): Promise<AnswerJob> {
    count++
    const sent = await conversation.send({
      owner,
      content,
      attachments,
      model: model.id,
      language,
      tokens,
      requestId: `req_${count}`,
      title: content,
      messageId: `msg_u${count}`,
      answerId: `msg_a${count}`,
    })
    if (!sent.ok) throw new Error(sent.code)
    return {
      conversationId: 'conv_1',
      owner,
      payer: { kind: 'user', userId: owner.userId, role: 'member' },
      answerId: sent.answer.id,
      requestId: `req_${count}`,
      model: model.id,
    }
  }

  async function messages() {
    const page = await conversation.page({ owner, limit: 100 })
    return page.ok ? page.messages : []
  }

  return { conversation, controller, ctx, asked, titles, state, send, messages }
}
