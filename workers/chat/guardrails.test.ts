// An organization's guardrails on every way to a model: what is sent, what comes back, what it costs.
import { expect, test } from 'vitest'
import { defaultPolicy, type Guardrail, type OrganizationPolicy } from '#shared/contracts/policy'
import { createTestClock } from '#shared/lib/clock'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestTimers } from '#shared/metering/testing'
import { createModerationModels, type ModerationModels } from '#shared/providers/moderation-models'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { complete } from './complete.ts'
import { createCircuits } from './routing/circuits.ts'
import { createPolicyCache } from '#shared/policy/policy-cache'
import { createChatWorld, finish, nativeModel, sayingModel, words } from './testing.ts'
import { createGuardrails } from '#shared/guardrails/guardrails'

const path = '/v1/chat/completions'
const asking = (content: string, more: object = {}) => ({
  model: 'fake/words',
  messages: [{ role: 'user', content }],
  ...more,
})
const mail = (action: Guardrail['action'], stage: Guardrail['stage'] = 'both'): Guardrail => ({
  type: 'personal-data',
  kinds: ['email'],
  action: action as 'mask',
  stage,
})
const moderation = (action: 'block' | 'flag', stage: Guardrail['stage'] = 'both'): Guardrail => ({
  type: 'moderation',
  model: null,
  action,
  stage,
})

interface Settings {
  moderations: ModerationModels
  policy: Partial<OrganizationPolicy>
}

async function worldOf(
  guardrails: Guardrail[],
  models: Parameters<typeof createChatWorld>[0]['models'],
  { moderations = createModerationModels({ settings: {} }), policy = {} }: Partial<Settings> = {},
) {
  const world = createChatWorld({
    models,
    outside: { guardrailsOf: () => createGuardrails({ moderationsOf: () => moderations }) },
  })
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, ...policy, guardrails } })
  return world
}

const speaking = (...texts: string[]): LanguageEvent[] => [
  ...texts.map((text): LanguageEvent => ({ type: 'text-delta', text })),
  finish({ input_tokens: 10, output_tokens: 7 }),
]

const nativeAnswer = (content: string) =>
  nativeModel('openai-chat', () =>
    Response.json({
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 7 },
    }),
  )

test('a request that a guardrail refuses reaches no model and costs nothing', async () => {
  const { model, asked } = sayingModel(speaking('hi'))
  const world = await worldOf([mail('block')], { 'fake/words': model })
  const response = await world.ask(path, asking('I am ali@example.com'))
  expect(response.status).toBe(400)
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({
    error: {
      code: 'content_rejected',
      facts: { stage: 'input', guardrail: 'personal-data.email', position: 1 },
    },
  })
  expect(text).not.toContain('ali@')
  expect(response.headers.get('x-riwaq-guardrails')).toBe('input.personal-data.email=1')
  expect(asked).toHaveLength(0)
  await world.settled()
  expect(await world.charges()).toHaveLength(0)
  expect((await world.ledger.balance()).heldMicros).toBe(0)
})

test.each([
  ['/v1/messages', { max_tokens: 10 }],
  ['/v1/responses', {}],
])('%s is guarded like every other dialect', async (address, more) => {
  const { model, asked } = sayingModel(speaking('hi'))
  const world = await worldOf([mail('block')], { 'fake/words': model })
  const { messages, ...rest } = asking('I am ali@example.com', more)
  const body = address === '/v1/responses' ? { ...rest, input: 'I am ali@example.com' } : { ...rest, messages }
  expect((await world.ask(address, body)).status).toBe(400)
  expect(asked).toHaveLength(0)
})

test('what is masked reaches the model masked, and the answer says how much was', async () => {
  const { model, asked } = sayingModel(speaking('hi'))
  const world = await worldOf([mail('mask')], { 'fake/words': model })
  const response = await world.ask(path, asking('I am ali@example.com'))
  expect(response.headers.get('x-riwaq-guardrails')).toBe('input.personal-data.email=1')
  expect(asked[0]!.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'I am [email]' }] }])
})

test('a vendor that speaks the caller’s dialect is passed through where nothing is masked and no answer is looked at', async () => {
  const { model, bodies } = nativeAnswer('mail ali@example.com')
  const world = await worldOf([mail('mask', 'input')], { 'fake/words': model })
  const response = await world.ask(path, asking('hello'))
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'mail ali@example.com' } }] })
  expect(bodies).toHaveLength(1)
})

test.each([false, true])('an answer is masked however it was cut (stream: %s)', async (stream) => {
  const { model } = sayingModel(speaking('mail al', 'i@exam', 'ple.com now'))
  const world = await worldOf([mail('mask')], { 'fake/words': model })
  const text = await (await world.ask(path, asking('hello', { stream }))).text()
  expect(text).not.toContain('example')
  const said = stream ? [...text.matchAll(/"content":"([^"]*)"/g)].map(([, piece]) => piece).join('') : text
  expect(said).toContain('mail [email] now')
  await world.settled()
  expect(await world.charges()).toMatchObject([{ amountMicros: -24, estimated: false }])
})

test.each([false, true])(
  'a blocked answer ends as filtered, its provider is stopped, and what it had said is charged (stream: %s)',
  async (stream) => {
    let stopped = false
    const { model } = sayingModel(async function* () {
      try {
        yield { type: 'text-delta', text: 'Sure: ' }
        yield { type: 'text-delta', text: 'ali@example.com and much more' }
        yield { type: 'text-delta', text: 'never read' }
        yield finish({ input_tokens: 10, output_tokens: 700 })
      } finally {
        stopped = true
      }
    })
    const world = await worldOf([mail('block')], { 'fake/words': model })
    const response = await world.ask(path, asking('hello', { stream }))
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text).toContain('Sure: ')
    expect(text).toContain('"finish_reason":"content_filter"')
    expect(text).not.toMatch(/ali@|never/)
    expect(stopped).toBe(true)
    await world.settled()
    const [charge] = await world.charges()
    expect(charge).toMatchObject({ estimated: true })
    expect(charge!.usage!.output_tokens).toBeGreaterThan(6)
    expect(charge!.usage!.output_tokens).toBeLessThan(30)
  },
)

test('an Anthropic client is told of a blocked answer by its own name for that', async () => {
  const { model } = sayingModel(speaking('to ali@example.com'))
  const world = await worldOf([mail('block')], { 'fake/words': model })
  const response = await world.ask('/v1/messages', asking('hello', { max_tokens: 20 }))
  expect(await response.json()).toMatchObject({ stop_reason: 'refusal', content: [{ type: 'text', text: 'to ' }] })
})

test('a policy that has changed is the one that counts', async () => {
  const { model, asked } = sayingModel(speaking('hi'))
  const world = await worldOf([mail('block')], { 'fake/words': model })
  expect((await world.ask(path, asking('ali@example.com'))).status).toBe(400)
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, guardrails: [] } })
  expect((await world.ask(path, asking('ali@example.com'))).status).toBe(200)
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, guardrails: [mail('block')] } })
  expect((await world.ask(path, asking('ali@example.com'))).status).toBe(400)
  expect(asked).toHaveLength(1)
})

test('moderation is a call of its own in the book; what it refuses is not sent and not charged', async () => {
  const { model, asked } = sayingModel(speaking('hi'))
  const world = await worldOf([moderation('block', 'input')], { 'fake/words': model })
  const refused = await world.ask(path, asking('سأقتلك'))
  expect(await refused.json()).toMatchObject({
    error: { code: 'content_rejected', facts: { guardrail: 'moderation' } },
  })
  expect(asked).toHaveLength(0)
  await world.settled()
  expect(await world.charges()).toMatchObject([{ model: 'riwaq/sandbox-moderation', amountMicros: 0 }])
  expect((await world.ask(path, asking('صباح الخير'))).status).toBe(200)
})

test('where one call may run at a time and a minute, it can still be moderated', async () => {
  const { model } = sayingModel(speaking('hi'))
  const world = await worldOf([moderation('block')], { 'fake/words': model })
  await world.ledger.setLimits({ account: 'organization', limits: { parallelRequests: 1, requestsPerMinute: 1 } })
  expect((await world.ask(path, asking('good morning'))).status).toBe(200)
})

test('a vendor that may not see this organization’s data is not asked for its moderation either', async () => {
  const moderations = createModerationModels({
    settings: { OPENAI_API_KEY: 'k' },
    fetch: () => Promise.reject(new Error('nobody was to be asked')),
  })
  const { model } = sayingModel(speaking('hi'))
  const policy = { allowed_vendors: ['compatible' as const] }
  const first = await worldOf([moderation('block', 'input')], { 'fake/words': model }, { moderations, policy })
  expect((await first.ask(path, asking('good morning'))).status).toBe(200)
  await first.settled()
  expect((await first.charges()).map((charge) => charge.model)).toContain('riwaq/sandbox-moderation')
  const named: Guardrail = {
    type: 'moderation',
    model: 'openai/omni-moderation-latest',
    action: 'block',
    stage: 'input',
  }
  const second = await worldOf([named], { 'fake/words': model }, { moderations, policy })
  expect(await (await second.ask(path, asking('good morning'))).json()).toMatchObject({
    error: { code: 'model_not_allowed' },
  })
})

test.each(['mask', 'block'] as const)(
  'counting shows a vendor nothing that an answer would not (%s)',
  async (action) => {
    const { model } = nativeModel('anthropic-messages', () => new Response(), {
      countTokens: () => Promise.reject(new Error('nobody was to be asked')),
    })
    const world = await worldOf([mail(action)], { 'fake/words': model })
    const counted = await world.ask('/v1/messages/count_tokens', asking('I am ali@example.com'))
    expect(counted.status).toBe(action === 'mask' ? 200 : 400)
    expect(counted.headers.get('x-riwaq-estimated')).toBe(action === 'mask' ? 'true' : null)
  },
)

test('a conversation’s answers and what they are asked with are guarded as well', async () => {
  const { model, asked } = sayingModel(speaking('mail b@c.co'))
  const moderations = createModerationModels({ settings: {} })
  const clock = createTestClock()
  const ledger = createInMemoryLedger({ clock, balanceMicros: 10_000 })
  await ledger.setPolicy({ policy: { ...defaultPolicy, guardrails: [mail('mask')] } })
  const { events } = await complete({
    input: {
      requestId: 'req_1',
      model: 'fake/words',
      request: { messages: [{ role: 'user', content: [{ type: 'text', text: 'I am ali@example.com' }] }] },
      service: 'chat',
    },
    ctx: {
      organizationId: 'org_1',
      policies: createPolicyCache(),
      platformRoutes: new Map(),
      random: () => 0,
      circuits: createCircuits(clock),
      known: () => Promise.resolve(),
      guardrails: createGuardrails({ moderationsOf: () => moderations }),
      models: { faults: [], list: () => [words], resolve: () => ({ model: words, language: model }) },
      ledger,
      payer: { kind: 'user', userId: 'usr_1', role: 'member' },
      signal: new AbortController().signal,
      waitUntil: () => {},
      clock,
      timers: createTestTimers(clock),
    },
  })
  let said = ''
  for await (const event of events) if (event.type === 'text-delta') said += event.text
  expect(said).toBe('mail [email]')
  expect(JSON.stringify(asked[0])).toContain('I am [email]')
})
