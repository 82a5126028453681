// What a unit test of this service is built from: the app with an in-memory ledger and models that do as they are told.
import type { CatalogModel } from '#shared/contracts/model'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { Problem } from '#shared/http/problems'
import { createTestClock } from '#shared/lib/clock'
import type { Usage } from '#shared/lib/money'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import type { InMemoryLedgerSeed } from '#shared/metering/in-memory-ledger-types'
import { createTestTimers } from '#shared/metering/testing'
import type { LanguageModels } from '#shared/providers/language-models'
import type {
  FinishReason,
  LanguageEvent,
  LanguageModel,
  LanguageRequest,
  NativeEndpoint,
} from '#shared/providers/spec/language-model'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { ChatCollaborators, ChatEnv } from './context.ts'
import { createInMemoryAnswerCache } from './cache/answer-cache.ts'
import { createInMemoryKeptAnswers } from './idempotency/kept-answers.ts'
import { createTestResponses } from './responses/testing.ts'
import { createRoutes } from './routes.ts'
import { createCircuits } from './routing/circuits.ts'
import { createPolicyCache } from '#shared/policy/policy-cache'

/** One micro a prompt token, two a token of output. */
export const words: CatalogModel = {
  id: 'fake/words',
  vendor: 'compatible',
  upstream: 'words-1',
  name: 'Words',
  contextTokens: 8_000,
  maxOutputTokens: 1_000,
  abilities: [
    'vision',
    'tools',
    'parallel-tools',
    'json',
    'json-schema',
    'reasoning',
    'effort',
    'stop',
    'temperature',
    'top-k',
    'penalties',
    'seed',
  ],
  price: {
    prices: {
      input_tokens: 1_000_000,
      cached_input_tokens: 500_000,
      cache_write_tokens: 1_250_000,
      output_tokens: 2_000_000,
      reasoning_tokens: 2_000_000,
    },
  },
  priceSource: 'the test',
  priceCheckedAt: '2026-01-01',
}

export const organizationId = 'org_test00000001'
export const member: Principal = {
  kind: 'user',
  organizationId,
  userId: 'usr_test00000001',
  role: 'member',
  platformAdmin: false,
}

/** A model that says these events, and remembers what it was asked. */
export function sayingModel(
  events: LanguageEvent[] | ((request: LanguageRequest, signal: AbortSignal) => AsyncIterable<LanguageEvent>),
) {
  const asked: LanguageRequest[] = []
  const model: LanguageModel = {
    async stream(request, { signal }) {
      asked.push(request)
      if (typeof events === 'function') return { events: events(request, signal), warnings: [] }
      return {
        events: (async function* () {
          yield* events
        })(),
        warnings: [],
      }
    },
  }
  return { model, asked }
}

/** A vendor that speaks the caller's dialect: answers are bytes. */
export function nativeModel(
  dialect: NativeEndpoint['dialect'],
  answer: (body: Record<string, unknown>, signal: AbortSignal) => Response | Promise<Response>,
  more: Partial<NativeEndpoint> = {},
) {
  const bodies: Record<string, unknown>[] = []
  const headers: (Record<string, string> | undefined)[] = []
  const model: LanguageModel = {
    stream: () => Promise.reject(new Error('a caller of this dialect is passed through')),
    native: {
      dialect,
      async send(body, options) {
        bodies.push(body)
        headers.push(options.headers)
        return answer(body, options.signal)
      },
      ...more,
    },
  }
  return { model, bodies, headers }
}

export const finish = (usage: Usage | null, reason: FinishReason = 'stop'): LanguageEvent => ({
  type: 'finish',
  reason,
  usage,
})

function modelsFrom(
  entries: Record<string, LanguageModel | { catalog: Partial<CatalogModel>; model: LanguageModel }>,
): LanguageModels {
  const resolved = new Map(
    Object.entries(entries).map(([id, entry]) => {
      const { catalog, model } = 'catalog' in entry ? entry : { catalog: {}, model: entry }
      return [id, { model: { ...words, id, ...catalog }, language: model }]
    }),
  )
  return {
    faults: [],
    list: () => [...resolved.values()].map(({ model }) => model),
    resolve(id) {
      const found = resolved.get(id)
      if (!found) throw new Problem('model_not_found', 'No such model.', { param: 'model' })
      return found
    },
  }
}

export interface WorldSeed extends InMemoryLedgerSeed {
  models: Parameters<typeof modelsFrom>[0]
  /** What else comes from outside the service. */
  outside?: Partial<ChatCollaborators>
  /** Settings of the service. */
  settings?: Partial<ChatEnv>
}

export interface Asking {
  headers?: Record<string, string>
  signal?: AbortSignal
  principal?: Principal
  requestId?: string
  method?: string
}

export function createChatWorld({ models, outside, settings, ...seed }: WorldSeed) {
  const policies = createPolicyCache()
  const clock = createTestClock(Date.now())
  const timers = createTestTimers(clock)
  const ledger = createInMemoryLedger({
    clock,
    organizationId,
    balanceMicros: 1_000_000,
    wait: () => new Promise(() => {}),
    ...seed,
  })
  const answers = createInMemoryKeptAnswers()
  const cache = createInMemoryAnswerCache()
  const { responses, bucket } = createTestResponses()
  const app = createServiceApp<ChatEnv>(
    'chat',
    createRoutes({
      modelsOf: () => modelsFrom(models),
      answersOf: () => answers,
      cacheOf: () => cache,
      responsesOf: () => responses,
      clock,
      timers,
      policies,
      random: () => 0,
      circuits: createCircuits(clock),
      ...outside,
    }),
  )
  const context = createTestExecutionContext()
  const env = {
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    LEDGER: { getByName: () => ledger },
    ...settings,
  } as unknown as ChatEnv
  let requests = 0

  async function ask(
    path: string,
    body: unknown,
    { headers = {}, signal, principal = member, requestId, method = 'POST' }: Asking = {},
  ): Promise<Response> {
    const id = requestId ?? `req_test${String(++requests).padStart(8, '0')}`
    const init: RequestInit = {
      method,
      headers: { 'content-type': 'application/json', ...(await principalHeaders(principal, id)), ...headers },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    }
    return app.request(path, init, env, context as unknown as ExecutionContext)
  }

  return {
    ask,
    ledger,
    answers,
    cache,
    responses,
    bucket,
    policies,
    clock,
    timers,
    settled: () => context.settled(),
    charges: async () => (await ledger.entries({ limit: 100 })).data.filter(({ kind }) => kind === 'charge'),
  }
}
