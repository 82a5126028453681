// The auth service in a test: its routes, a database with the real schema, and fakes for all else. A caller
// keeps cookies as a browser does and is authenticated as the gateway would do it.
import { createTestDatabase } from '#db/testing'
import type { Erasure } from '#shared/contracts/account'
import type { Notice } from '#shared/contracts/notices'
import type { Principal } from '#shared/contracts/principal'
import type { RateLimiterRpc } from '#shared/contracts/rate-limiter'
import { createServiceApp } from '#shared/http/create-service-app'
import { sha256Hex } from '#shared/lib/bytes'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { systemContext } from './context.ts'
import type { AuthEnv } from './env.ts'
import type { MailMessage } from './mail/mail-message.ts'
import { resolvePrincipal } from './resolve-principal.ts'
import { routes } from './routes.ts'

type Ledger = ReturnType<typeof createInMemoryLedger>

export const PASSWORD = 'a fine long sentence'

/** Counts, and never refills: a test decides when time has passed. */
function createCountingLimiters() {
  const taken = new Map<string, number>()
  let failure: Error | null = null
  const getByName = (name: string): RateLimiterRpc => ({
    async take({ limit, cost = 1 }) {
      if (failure) throw failure
      const used = (taken.get(name) ?? 0) + cost
      const allowed = used <= limit
      if (allowed) taken.set(name, used)
      return { allowed, remaining: Math.max(0, limit - used), resetSeconds: 60, retryAfterSeconds: allowed ? 0 : 60 }
    },
    async reset() {
      taken.delete(name)
    },
  })
  return { getByName, failWith: (error: Error | null) => void (failure = error) }
}

const withoutEmpty = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

interface Call {
  method?: string
  body?: unknown
  headers?: Record<string, string>
  /** Instead of the session's. */
  principal?: Principal
}

export function createTestAuth(
  settings: Partial<AuthEnv> = {},
  { origin = 'http://localhost:8787', realPasswords = false } = {},
) {
  const ledgers = new Map<string, Ledger>()
  const mails: MailMessage[] = []
  const erasures: Erasure[] = []
  const webhookErasures: Erasure[] = []
  const billingErasures: Erasure[] = []
  const libraryErasures: Erasure[] = []
  const imageErasures: Erasure[] = []
  const notices: Notice[] = []
  const limiters = createCountingLimiters()
  const state = {
    mailFailure: null as Error | null,
    ledgerFailure: null as Error | null,
    noticeFailure: null as Error | null,
  }
  /** What billing answers. */
  const billing = {
    welcomed: [] as string[],
    seats: null as number | null,
    subscribers: new Set<string>(),
    failure: null as Error | null,
  }
  const ledgerOf = (organizationId: string): Ledger => {
    const ledger = ledgers.get(organizationId) ?? createInMemoryLedger({ organizationId })
    ledgers.set(organizationId, ledger)
    ledger.failWith(state.ledgerFailure)
    return ledger
  }
  const env: AuthEnv = {
    DB: createTestDatabase(),
    LEDGER: { getByName: ledgerOf },
    RATE_LIMITER: limiters,
    EMAIL: {
      send: async (message) => {
        if (state.mailFailure) throw state.mailFailure
        mails.push(message)
      },
    },
    ERASURES: { send: async (erasure) => void erasures.push(erasure) },
    WEBHOOK_ERASURES: { send: async (erasure) => void webhookErasures.push(erasure) },
    LIBRARY_ERASURES: { send: async (erasure) => void libraryErasures.push(erasure) },
    IMAGE_ERASURES: { send: async (erasure) => void imageErasures.push(erasure) },
    BILLING_ERASURES: { send: async (erasure) => void billingErasures.push(erasure) },
    NOTICES: {
      send: async (notice) => {
        if (state.noticeFailure) throw state.noticeFailure
        notices.push(notice)
      },
    },
    BILLING_RPC: {
      welcome: async ({ organizationId }) => void billing.welcomed.push(organizationId),
      async seatsOf() {
        if (billing.failure) throw billing.failure
        return { seats: billing.seats, planId: 'free' }
      },
      async subscribed({ organizationId }) {
        if (billing.failure) throw billing.failure
        return billing.subscribers.has(organizationId)
      },
    },
    BETTER_AUTH_SECRET: 'a secret for tests only, of more than 32 characters',
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    ...settings,
  }
  const app = createServiceApp<AuthEnv>('auth', routes)
  const ctx = systemContext(env)
  // The real hash takes a tenth of a second, on purpose; one test asks for it.
  if (!realPasswords)
    ctx.passwords = { hash: sha256Hex, verify: async ({ hash, password }) => hash === (await sha256Hex(password)) }

  function createBrowser() {
    const jar = new Map<string, string>()
    const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const principal = () => resolvePrincipal({ cookie: cookie(), origin, ctx })
    // oxlint-disable-next-line typescript/no-explicit-any -- a test reads answers as they come
    async function call<T = Record<string, any>>(
      path: string,
      { method, body, headers = {}, principal: given }: Call = {},
    ): Promise<Answer<T>> {
      const actor: Principal = given ?? (path.startsWith('/api/auth/') ? { kind: 'anonymous' } : await principal())
      const execution = createTestExecutionContext()
      const response = await app.request(
        `${origin}${path}`,
        {
          method: method ?? (body === undefined ? 'GET' : 'POST'),
          headers: withoutEmpty({
            origin,
            'content-type': 'application/json',
            'x-riwaq-client-address': '203.0.113.7',
            ...(jar.size > 0 && { cookie: cookie() }),
            ...(await principalHeaders(actor)),
            ...headers,
          }),
          ...(body !== undefined && { body: JSON.stringify(body) }),
        },
        env,
        execution,
      )
      await execution.settled()
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(/;\s*/)
        const name = pair.slice(0, pair.indexOf('='))
        const value = pair.slice(name.length + 1)
        if (value === '' || attributes.some((attribute) => /^max-age=0$/i.test(attribute))) jar.delete(name)
        else jar.set(name, value)
      }
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as T }
    }
    return { call, cookie, principal, setCookie: (name: string, value: string) => void jar.set(name, value) }
  }

  /** Someone who has just signed up, with the principal of their session. */
  async function signUp(name = 'Salma', email = `${name.toLowerCase()}@example.com`) {
    const browser = createBrowser()
    const answer = await browser.call('/api/auth/sign-up/email', { body: { name, email, password: PASSWORD } })
    if (answer.status !== 200) throw new Error(`sign-up was refused: ${JSON.stringify(answer.body)}`)
    const principal = await browser.principal()
    if (principal.kind !== 'user') throw new Error('signed up, and yet nobody')
    return { ...browser, email, userId: principal.userId, organizationId: principal.organizationId }
  }

  return {
    app,
    env,
    ctx,
    ledgerOf,
    mails,
    erasures,
    webhookErasures,
    billingErasures,
    libraryErasures,
    imageErasures,
    notices,
    limiters,
    state,
    billing,
    createBrowser,
    signUp,
  }
}

export type TestAuth = ReturnType<typeof createTestAuth>
