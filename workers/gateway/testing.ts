// The gateway in a test: the real handler, with doors that note what came through them.
import type { Principal } from '#shared/contracts/principal'
import { createLogger } from '#shared/http/log'
import { openPrincipal, PRINCIPAL_HEADER } from '#shared/http/principal'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { GatewayEnv } from './env.ts'
import { handleRequest } from './handle-request.ts'

export const ORIGIN = 'http://localhost:8787'
export const SESSION = 'riwaq.session_token=genuine'
export const KEY = 'rq_1m80w000000_1m80k000000_0123456789abcdef0123456789abcdef'

export const member: Extract<Principal, { kind: 'user' }> = {
  kind: 'user',
  organizationId: 'org_1m80w000000',
  userId: 'usr_1m80u000000',
  role: 'member',
  platformAdmin: false,
}

type Verdict = Awaited<ReturnType<ReturnType<GatewayEnv['LEDGER']['getByName']>['verifyKey']>>

export function createTestGateway(changes: Partial<GatewayEnv> = {}) {
  const clock = createTestClock()
  const through: { door: string; request: Request; principal: Principal | null }[] = []
  const asked: string[] = []
  const lines: Record<string, unknown>[] = []
  const state = {
    answer: () => Response.json({ ok: true }),
    page: () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    verdict: {
      ok: true,
      keyId: 'key_1m80k000000',
      userId: member.userId,
      scopes: ['models'],
      rateLimit: null,
    } as Verdict,
    allowed: true,
  }
  const door = (name: string) => ({
    async fetch(request: Request) {
      const header = request.headers.get(PRINCIPAL_HEADER)
      through.push({
        door: name,
        request,
        principal: await openPrincipal(header, { secret: TEST_PRINCIPAL_KEY, now: clock() }),
      })
      return name === 'ASSETS' ? state.page() : state.answer()
    },
  })
  const env: GatewayEnv = {
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    ASSETS: door('ASSETS'),
    AUTH: door('AUTH'),
    BILLING: door('BILLING'),
    CHAT: door('CHAT'),
    LIBRARY: door('LIBRARY'),
    IMAGES: door('IMAGES'),
    VAULT: door('VAULT'),
    WEBHOOKS: door('WEBHOOKS'),
    AUTH_RPC: {
      principalOf: async ({ cookie }) => {
        asked.push('principalOf')
        return cookie.includes(SESSION) ? member : { kind: 'anonymous' }
      },
      health: async () => ({ database: true }),
    },
    LEDGER: {
      getByName: (name) => ({
        verifyKey: async () => {
          asked.push(`verifyKey ${name}`)
          return state.verdict
        },
      }),
    },
    RATE_LIMITER: {
      getByName: (name) => ({
        take: async ({ limit }) => {
          asked.push(`take ${name}`)
          return {
            allowed: state.allowed,
            remaining: state.allowed ? limit - 1 : 0,
            resetSeconds: 12,
            retryAfterSeconds: state.allowed ? 0 : 7.2,
          }
        },
      }),
    },
    ...changes,
  }
  const logger = createLogger({}, (_level, line) => void lines.push(JSON.parse(line) as Record<string, unknown>))
  const tools = { createId: createIds(clock), now: clock, logger }
  const call = (path: string, init: RequestInit = {}) =>
    handleRequest(new Request(`${ORIGIN}${path}`, init), env, tools)
  const problemOf = async (path: string, init: RequestInit = {}) => {
    const response = await call(path, init)
    // oxlint-disable-next-line typescript/no-explicit-any -- a test reads answers as they come
    return { response, problem: (await response.json()) as Record<string, any> }
  }
  return { call, problemOf, env, tools, state, through, asked, lines, clock }
}
