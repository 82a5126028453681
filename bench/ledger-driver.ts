// Asks one ledger from inside the runtime, so that nothing but the object and its RPC is measured.
import type { AdmitInput, LedgerRpc } from '#shared/contracts/ledger'

export { Ledger } from '../durable-objects/ledger/ledger.ts'

interface Env {
  LEDGER: { getByName(name: string): LedgerRpc }
}

const admission = (requestId: string): AdmitInput => ({
  requestId,
  payer: { kind: 'key', keyId: 'key_1', secretHash: 'a'.repeat(64) },
  scope: 'chat',
  service: 'chat',
  model: 'compatible/bench',
  provider: 'compatible',
  ceilingMicros: 1_000,
  floorMicros: 100,
  ttlMs: 600_000,
})

const settlement = (requestId: string) =>
  ({
    requestId,
    amountMicros: 500,
    usage: { input_tokens: 100, output_tokens: 200 },
    price: { input_tokens: 1_000, output_tokens: 2_000 },
    estimated: false,
    answerKept: false,
  }) as const

/** A key with a budget and a limit, so that every check is made. */
async function prepare(ledger: LedgerRpc): Promise<void> {
  const budget = { limitMicros: 1_000_000_000_000, period: 'month' } as const
  await ledger.grant({ id: 'bench', amountMicros: 1_000_000_000_000 })
  await ledger.setBudget({ account: 'organization', budget })
  await ledger.setRateLimit({ requestsPerMinute: 100_000_000 })
  const about = {
    name: 'bench',
    userId: 'usr_1',
    secretHash: 'a'.repeat(64),
    hint: 'aaaa',
    models: null,
    expiresAt: null,
    createdAt: 0,
    revokedAt: null,
  }
  await ledger.createKey({ id: 'key_1', ...about, scopes: ['chat'], budget, rateLimitRpm: 100_000_000 })
}

/** One trip after the other, as many requests in each. Nobody waits for a settlement but at the end. */
async function allInTrips(ledger: LedgerRpc, requests: number, trip: number): Promise<void> {
  let settling: Promise<unknown> = Promise.resolve()
  for (let at = 0; at < requests; at += trip) {
    const ids = Array.from({ length: trip }, (_, place) => `req_${String(at + place).padStart(9, '0')}`)
    const [only] = ids
    if (trip === 1) await ledger.admit(admission(only!))
    else await ledger.admitMany(ids.map(admission))
    await settling
    settling = trip === 1 ? ledger.settle(settlement(only!)) : ledger.settleMany(ids.map(settlement))
  }
  await settling
}

/** So many callers at once, each with trips of its own. */
async function allTogether(ledger: LedgerRpc, requests: number, callers: number): Promise<void> {
  let next = 0
  const call = async () => {
    let settling: Promise<unknown> = Promise.resolve()
    while (next < requests) {
      const id = `req_${String(next++).padStart(9, '0')}`
      await ledger.admit(admission(id))
      await settling
      settling = ledger.settle(settlement(id))
    }
    await settling
  }
  await Promise.all(Array.from({ length: callers }, call))
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const query = new URL(request.url).searchParams
    const callers = Number(query.get('callers') ?? 0)
    const requests = Number(query.get('requests') ?? 0)
    if (callers === 0) return new Response('ready')
    const ledger = env.LEDGER.getByName(query.get('name') ?? 'bench')
    await prepare(ledger)
    const microsOf = async (call: (at: number) => Promise<unknown>) => {
      let next = 0
      const start = Date.now()
      await Promise.all(
        Array.from({ length: callers }, async () => {
          while (next < requests) await call(next++)
        }),
      )
      return Math.round(((Date.now() - start) * 1000) / requests)
    }
    if (query.has('together')) {
      await allTogether(ledger, requests, callers)
      return Response.json({})
    }
    const trip = Number(query.get('trip') ?? 0)
    if (trip > 0) {
      await allInTrips(ledger, requests, trip)
      return Response.json({})
    }
    const balance = await microsOf(() => ledger.balance())
    const admit = await microsOf((at) => ledger.admit(admission(`req_${at}`)))
    const settle = await microsOf((at) => ledger.settle(settlement(`req_${at}`)))
    return Response.json({ balance, admit, settle })
  },
}
