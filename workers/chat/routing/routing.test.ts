// Who answers a paid request: policies, fallbacks, retries, deadlines and circuits, and what each of them costs.
import { expect, test } from 'vitest'
import { defaultPolicy, type OrganizationPolicy } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import type { LanguageModel } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, nativeModel, sayingModel, words, type WorldSeed } from '../testing.ts'

const path = '/v1/chat/completions'
const messages = [{ role: 'user', content: 'Say something.' }]
const said = sayingModel([{ type: 'text-delta', text: 'one' }, finish({ input_tokens: 10, output_tokens: 3 })])
const overloaded = (retryAfterSeconds?: number) =>
  new Problem('provider_overloaded', 'Too busy.', { upstream: { status: 503, retryAfterSeconds } })
const failing = (problem: () => Problem) =>
  nativeModel('openai-chat', () => {
    throw problem()
  })
const dear = {
  prices: { input_tokens: 10_000_000, cached_input_tokens: 0, cache_write_tokens: 0, output_tokens: 20_000_000 },
}

/** `main` fails as told; `spare` answers at ten times its price. */
function worldOf(main: LanguageModel, more: Partial<WorldSeed> = {}) {
  const spare = sayingModel([{ type: 'text-delta', text: 'spare' }, finish({ input_tokens: 10, output_tokens: 3 })])
  const world = createChatWorld({
    models: {
      'acme/main': { catalog: { vendor: 'openai' }, model: main },
      'other/spare': { catalog: { vendor: 'groq', price: dear }, model: spare.model },
    },
    ...more,
  })
  const ask = (body: object = {}, asking: Parameters<typeof world.ask>[2] = {}) =>
    world.ask(path, { model: 'acme/main', models: ['other/spare'], messages, ...body }, asking)
  return { ...world, spare, request: ask }
}

const setPolicy = (world: ReturnType<typeof worldOf>, change: Partial<OrganizationPolicy>) =>
  world.ledger.setPolicy({ policy: { ...defaultPolicy, ...change } })

test('an organization that decided nothing is admitted in one trip', async () => {
  const world = worldOf(said.model)
  const versions: (number | undefined)[] = []
  const { admit } = world.ledger
  world.ledger.admit = (input) => {
    versions.push(input.policyVersion)
    return admit(input)
  }
  expect((await world.request()).status).toBe(200)
  expect(versions).toEqual([0])
})

test('a policy is learned at the next request, and costs one trip once', async () => {
  const world = worldOf(said.model)
  const versions: (number | undefined)[] = []
  const { admit } = world.ledger
  world.ledger.admit = (input) => {
    versions.push(input.policyVersion)
    return admit(input)
  }
  await setPolicy(world, {
    routes: [{ name: 'best', strategy: 'fallback', targets: [{ model: 'other/spare', weight: 1 }] }],
  })
  expect((await world.request()).headers.get('x-riwaq-provider')).toBe('openai')
  await world.request()
  expect(versions).toEqual([0, 1, 1])
})

test('a name that only the present policy knows is found', async () => {
  const world = worldOf(said.model)
  await setPolicy(world, {
    routes: [{ name: 'best', strategy: 'fallback', targets: [{ model: 'other/spare', weight: 1 }] }],
  })
  const response = await world.ask(path, { model: 'best', messages })
  expect(response.headers.get('x-riwaq-model')).toBe('other/spare')
  expect(await response.json()).toMatchObject({ model: 'other/spare' })
})

test('what the organization does not allow is refused with nothing held, and allowed again at once', async () => {
  const world = worldOf(said.model)
  await setPolicy(world, { allowed_vendors: ['groq'] })
  const refused = await world.ask(path, { model: 'acme/main', messages })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ error: { code: 'model_not_allowed', param: 'model' } })
  expect(world.ledger.liveHolds()).toEqual([])
  expect((await world.request()).headers.get('x-riwaq-provider')).toBe('groq')
  await setPolicy(world, {})
  expect((await world.ask(path, { model: 'acme/main', messages })).status).toBe(200)
})

test('a policy that changes at every try is given up, not followed for ever', async () => {
  const world = worldOf(said.model)
  const { admit } = world.ledger
  let trips = 0
  world.ledger.admit = async (input) => {
    trips++
    await setPolicy(world, {})
    return admit(input)
  }
  expect((await world.request()).status).toBe(503)
  expect(trips).toBe(3)
})

test('a vendor that fails before its first byte is another’s turn, held, charged and named at who served it', async () => {
  for (const stream of [false, true]) {
    const main = failing(overloaded)
    const world = worldOf(main.model)
    const order: string[] = []
    const { amend } = world.ledger
    world.ledger.amend = async (input) => {
      order.push(`amend ${input.model}, spare asked ${world.spare.asked.length} times`)
      return amend(input)
    }
    const response = await world.request({ stream })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('spare')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-riwaq-provider': 'groq',
      'x-riwaq-model': 'other/spare',
      'x-riwaq-attempts': '2',
    })
    await world.settled()
    expect(order).toEqual(['amend other/spare, spare asked 0 times'])
    expect(main.bodies).toHaveLength(1)
    expect(await world.charges()).toMatchObject([
      { amountMicros: -160, model: 'other/spare', provider: 'groq', price: dear.prices, estimated: false },
    ])
    expect(await world.ledger.balance()).toMatchObject({ heldMicros: 0 })
  }
})

test('what is meant for the platform reaches no vendor', async () => {
  const main = nativeModel('openai-chat', () =>
    Response.json({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } }),
  )
  const world = worldOf(main.model)
  await world.request({ provider: { order: ['openai'] } }, { headers: { 'x-riwaq-provider-order': 'openai' } })
  expect(main.bodies[0]).not.toHaveProperty('models')
  expect(main.bodies[0]).not.toHaveProperty('provider')
  expect(main.headers[0]).toEqual({})
})

test('a caller of Anthropic’s dialect names fallbacks in headers', async () => {
  const world = worldOf({ stream: () => Promise.reject(overloaded()) })
  const response = await world.ask(
    '/v1/messages',
    { model: 'acme/main', max_tokens: 50, messages },
    { headers: { 'x-riwaq-models': 'other/spare' } },
  )
  expect(await response.json()).toMatchObject({ type: 'message', model: 'other/spare', content: [{ text: 'spare' }] })
})

test('where the other cannot be paid, that is told, and it is not asked', async () => {
  const world = worldOf(failing(overloaded).model, { balanceMicros: 400 })
  const response = await world.request({ max_tokens: 100 })
  expect(response.status).toBe(402)
  expect(await response.json()).toMatchObject({ error: { code: 'insufficient_credits' } })
  expect(response.headers.get('x-riwaq-attempts')).toBe('3')
  expect(world.spare.asked).toHaveLength(0)
  await world.settled()
  expect(await world.ledger.balance()).toEqual({ balanceMicros: 400, heldMicros: 0, availableMicros: 400 })
})

test('where the other can be paid in part, its answer is shortened to what was held for it', async () => {
  const world = worldOf(failing(overloaded).model, { balanceMicros: 3_000 })
  const response = await world.request()
  const limit = Number(response.headers.get('x-riwaq-max-tokens'))
  expect(limit).toBeLessThan(150)
  expect(world.spare.asked[0]!.maxOutputTokens).toBe(limit)
})

test('a ledger that is lost between two vendors stops the call: nobody is asked unheld', async () => {
  const world = worldOf(failing(overloaded).model)
  world.ledger.amend = () => Promise.reject(new Error('network'))
  const response = await world.request()
  expect(await response.json()).toMatchObject({ error: { code: 'service_unavailable' } })
  expect(world.spare.asked).toHaveLength(0)
  await world.settled()
  expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 1_000_000, heldMicros: 0 })
})

test.each([
  ['a request that is at fault', new Problem('invalid_request', 'no'), 400],
  ['content that is refused', new Problem('content_rejected', 'no'), 400],
])('%s is not carried to another vendor', async (_, problem, status) => {
  const world = worldOf(failing(() => problem).model)
  const response = await world.request()
  expect(response.status).toBe(status)
  expect(response.headers.get('x-riwaq-attempts')).toBe('1')
  expect(world.spare.asked).toHaveLength(0)
})

test.each([
  ['a parameter that it lacks', new Problem('unsupported_parameter', 'no')],
  ['a key that the operator must see to', new Problem('provider_misconfigured', 'no', { upstream: { status: 401 } })],
  ['a model that it no longer has', new Problem('provider_error', 'no', { upstream: { status: 404 } })],
])('%s is another’s turn, and not asked of the same one again', async (_, problem) => {
  const main = failing(() => problem)
  const world = worldOf(main.model)
  expect((await world.request()).headers.get('x-riwaq-provider')).toBe('groq')
  expect(main.bodies).toHaveLength(1)
  const alone = worldOf(main.model)
  await alone.ask(path, { model: 'acme/main', messages })
  expect(main.bodies).toHaveLength(2)
})

test('a prompt that is too long for one goes to another only where that one reads more', async () => {
  const tooLong = () => new Problem('context_length_exceeded', 'no')
  const same = worldOf(failing(tooLong).model)
  expect((await same.request()).status).toBe(400)
  expect(same.spare.asked).toHaveLength(0)
  const roomy = sayingModel([finish({ input_tokens: 1, output_tokens: 1 })])
  const world = createChatWorld({
    models: {
      'acme/main': failing(tooLong).model,
      'other/roomy': { catalog: { contextTokens: words.contextTokens * 2 }, model: roomy.model },
    },
  })
  expect((await world.ask(path, { model: 'acme/main', models: ['other/roomy'], messages })).status).toBe(200)
})

test('nobody else to ask: the same vendor is asked again after a pause, three times in all', async () => {
  const main = failing(overloaded)
  const world = worldOf(main.model)
  const waits: number[] = []
  world.timers.wait = (milliseconds) => Promise.resolve(void waits.push(milliseconds))
  const response = await world.ask(path, { model: 'acme/main', messages })
  expect(response.status).toBe(503)
  expect(response.headers.get('x-riwaq-attempts')).toBe('3')
  expect(main.bodies).toHaveLength(3)
  expect(waits).toEqual([100, 200])
  await world.settled()
  expect(await world.charges()).toEqual([])
})

test('a failure that passes is not seen by the caller, and charged once', async () => {
  let failures = 2
  const main = nativeModel('openai-chat', () => {
    if (failures-- > 0) throw overloaded()
    return Response.json({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 3 } })
  })
  const world = worldOf(main.model)
  const response = await world.ask(path, { model: 'acme/main', messages })
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('16')
  expect(response.headers.get('x-riwaq-attempts')).toBe('3')
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
})

test('a vendor that names a time is given it, and is not waited for where it names a long one', async () => {
  const waits: number[] = []
  const asked = async (seconds: number) => {
    const main = failing(() => overloaded(seconds))
    const world = worldOf(main.model)
    world.timers.wait = (milliseconds) => Promise.resolve(void waits.push(milliseconds))
    await world.ask(path, { model: 'acme/main', messages })
    return main.bodies.length
  }
  expect(await asked(3)).toBe(3)
  expect(waits).toEqual([3_000, 3_000])
  expect(await asked(60)).toBe(1)
})

test('a vendor whose first word is an error has said nothing: another is asked', async () => {
  const first = 'data: {"error":{"message":"overloaded","type":"overloaded_error"}}\n\n'
  const main = nativeModel(
    'openai-chat',
    () => new Response(first, { headers: { 'content-type': 'text/event-stream' } }),
  )
  const world = worldOf(main.model)
  const response = await world.request({ stream: true })
  expect(response.headers.get('x-riwaq-provider')).toBe('groq')
  const alone = await world.ask(path, { model: 'acme/main', messages, stream: true })
  expect(alone.status).toBe(503)
})

test('once a byte was passed on there is no other: the stream ends with an error', async () => {
  const cut = sayingModel(async function* () {
    yield { type: 'text-delta', text: 'half an answer ' } as const
    throw overloaded()
  })
  const world = worldOf(cut.model)
  const text = await (await world.request({ stream: true })).text()
  expect(text).toContain('half an answer')
  expect(text).toContain('"code":"provider_overloaded"')
  expect(text).not.toContain('[DONE]')
  expect(world.spare.asked).toHaveLength(0)
})

test('a whole answer that breaks off before it is handed over is another’s turn', async () => {
  const cut = sayingModel(async function* () {
    yield { type: 'text-delta', text: 'half an answer ' } as const
    throw overloaded()
  })
  const world = worldOf(cut.model)
  const response = await world.request()
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'spare' } }] })
  await world.settled()
  expect(await world.charges()).toMatchObject([{ amountMicros: -160 }])
})

test('a vendor that lets its time run out is stopped, and another is asked', async () => {
  let stopped: AbortSignal | undefined
  const silent = nativeModel('openai-chat', (_, signal) => {
    stopped = signal
    return new Promise<Response>(() => {})
  })
  const world = worldOf(silent.model)
  const pending = world.request({ stream: true })
  while (!stopped) await new Promise(setImmediate)
  await world.timers.pass(120_000)
  const response = await pending
  expect(stopped.aborted).toBe(true)
  expect(response.headers.get('x-riwaq-provider')).toBe('groq')
  expect(await response.text()).toContain('[DONE]')
})

test('who leaves while the second is asked pays for its prompt, not for the first’s', async () => {
  const asked = Promise.withResolvers<AbortSignal>()
  const slow: LanguageModel = {
    stream: (_, { signal }) => {
      asked.resolve(signal)
      return new Promise(() => {})
    },
  }
  const world = createChatWorld({
    models: { 'acme/main': failing(overloaded).model, 'other/slow': { catalog: { price: dear }, model: slow } },
  })
  const leaving = new AbortController()
  const pending = world.ask(path, { model: 'acme/main', models: ['other/slow'], messages }, { signal: leaving.signal })
  const signal = await asked.promise
  leaving.abort()
  expect((await pending).status).toBe(499)
  expect(signal.aborted).toBe(true)
  await world.settled()
  const [charge] = await world.charges()
  expect(charge).toMatchObject({ model: 'other/slow', estimated: true, price: dear.prices })
  expect(await world.ledger.balance()).toMatchObject({ heldMicros: 0 })
})

test('who leaves between two tries pays nothing: nobody has the prompt', async () => {
  const main = failing(overloaded)
  const world = worldOf(main.model)
  const leaving = new AbortController()
  world.timers.wait = () => {
    leaving.abort()
    return new Promise(() => {})
  }
  const response = await world.ask(path, { model: 'acme/main', messages }, { signal: leaving.signal })
  expect(response.status).toBe(499)
  await world.settled()
  expect(main.bodies).toHaveLength(1)
  expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 1_000_000, heldMicros: 0 })
})

test('an Idempotency-Key holds over attempts: one charge, and the same answer again', async () => {
  const main = failing(overloaded)
  const world = worldOf(main.model)
  const headers = { 'idempotency-key': 'k-1' }
  const first = await (await world.request({}, { headers })).text()
  await world.settled()
  const again = await world.request({}, { headers })
  expect(await again.text()).toBe(first)
  expect(again.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  expect(again.headers.get('x-riwaq-provider')).toBe('groq')
  expect(main.bodies).toHaveLength(1)
  expect(await world.charges()).toHaveLength(1)
  const other = await world.request({ models: ['acme/main'] }, { headers })
  expect(other.status).toBe(409)
})

test('a model whose budget of its own is spent, or that a key may not use, leaves its turn to the next', async () => {
  const world = worldOf(said.model)
  await world.ledger.setBudget({ account: 'model:acme/main', budget: { limitMicros: 1, period: 'day' } })
  expect((await world.request()).headers.get('x-riwaq-model')).toBe('other/spare')
  const refused = await world.ask(path, { model: 'acme/main', messages })
  expect(await refused.json()).toMatchObject({ error: { code: 'budget_exceeded' } })
  await world.ledger.setBudget({ account: 'model:acme/main', budget: null })
  const { admit } = world.ledger
  world.ledger.admit = async (input) =>
    input.model === 'acme/main' ? { ok: false, code: 'model_not_allowed', model: input.model } : admit(input)
  expect((await world.request()).headers.get('x-riwaq-model')).toBe('other/spare')
  expect((await world.ask(path, { model: 'acme/main', messages })).status).toBe(403)
})

test('an organization’s budget that is spent is told at once: no other model has room in it', async () => {
  const world = worldOf(said.model, { budgets: [{ account: 'organization', limitMicros: 1, period: 'day' }] })
  expect((await world.request()).status).toBe(402)
  expect(world.spare.asked).toHaveLength(0)
})

test('a vendor that keeps failing is passed over, and refused at once where nobody else was named', async () => {
  const main = failing(overloaded)
  const world = worldOf(main.model)
  for (let at = 0; at < 10; at++) await world.request()
  expect(main.bodies).toHaveLength(10)
  const passed = await world.request()
  expect(passed.headers.get('x-riwaq-attempts')).toBe('1')
  expect(main.bodies).toHaveLength(10)
  const alone = await world.ask(path, { model: 'acme/main', messages })
  expect(alone.status).toBe(503)
  expect(Number(alone.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(main.bodies).toHaveLength(10)
  expect(world.ledger.liveHolds()).toEqual([])
  world.clock.advance(15_000)
  await world.request()
  expect(main.bodies).toHaveLength(11)
})

test('a model’s key that asks too much does not make its vendor rest', async () => {
  const main = failing(() => new Problem('provider_overloaded', 'no', { upstream: { status: 429 } }))
  const world = worldOf(main.model)
  for (let at = 0; at < 12; at++) await world.request()
  expect(main.bodies).toHaveLength(12)
})

test('a model that a key may not use is no fallback of its calls', async () => {
  const world = worldOf(failing(overloaded).model)
  world.ledger.amend = () => Promise.resolve({ ok: false, code: 'model_not_allowed', model: 'other/spare' })
  expect((await world.request()).status).toBe(503)
  expect(world.spare.asked).toHaveLength(0)
})

test('while a call runs its hold is renewed, and a lost Worker’s runs out soon', async () => {
  const world = worldOf(nativeModel('openai-chat', () => new Promise<Response>(() => {})).model)
  const renewed: number[] = []
  const { renew, admit } = world.ledger
  const ttls: number[] = []
  world.ledger.admit = (input) => {
    ttls.push(input.ttlMs)
    return admit(input)
  }
  world.ledger.renew = (input) => {
    renewed.push(input.ttlMs)
    return renew(input)
  }
  const pending = world.ask(path, { model: 'acme/main', messages })
  while (world.timers.pending() === 0) await new Promise(setImmediate)
  for (let minute = 0; minute < 3; minute++) await world.timers.pass(60_000)
  expect(ttls).toEqual([150_000])
  expect(renewed).toEqual([150_000, 150_000, 150_000])
  expect(world.ledger.liveHolds()).toHaveLength(1)
  await world.timers.pass(10 * 60_000)
  expect((await pending).status).toBe(504)
})

test('an admission says what its call can count and what is charged should nobody be left to end it', async () => {
  const world = worldOf(said.model)
  const { admit } = world.ledger
  let input: Parameters<typeof admit>[0] | undefined
  world.ledger.admit = (given) => admit((input = given))
  await world.ask(path, { model: 'acme/main', messages, max_tokens: 100 })
  const prompt = input!.abandoned!.usage.input_tokens!
  expect(input).toMatchObject({ abandoned: { amountMicros: prompt, usage: { input_tokens: prompt } } })
  // The prompt is counted as it can at most come out, so that a limit per minute is one.
  expect(input!.tokens).toBeGreaterThan(prompt + 100)
})
