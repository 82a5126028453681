import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { Guard } from '#shared/guardrails/guard-types'
import { createChatWorld, finish, nativeModel, sayingModel } from './testing.ts'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const rejected = () => new Problem('content_rejected', 'Your organization’s rules ended this answer.')
const said: LanguageEvent[] = [
  { type: 'text-delta', text: 'one ' },
  { type: 'text-delta', text: 'secret ' },
  { type: 'text-delta', text: 'three' },
  finish({ input_tokens: 10, output_tokens: 3 }),
]

async function worldOf(guard: Partial<Guard>, model = sayingModel(said)) {
  const whole: Guard = { translates: true, screen: (request) => request, findings: () => [], ...guard }
  const world = createChatWorld({
    models: { 'fake/words': model.model },
    outside: { guardrailsOf: () => () => whole },
  })
  const words = { type: 'words' as const, words: ['x'], action: 'block' as const, stage: 'both' as const }
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, guardrails: [words] } })
  return { ...world, asked: model.asked }
}

/** Ends the answer at a word. */
async function* untilSecret(events: AsyncIterable<LanguageEvent>) {
  for await (const event of events) {
    if (event.type === 'text-delta' && event.text.includes('secret')) throw rejected()
    yield event
  }
}

test('a stream that the rules end in the middle ends with an error, and what the provider had said is charged', async () => {
  const world = await worldOf({ filter: untilSecret })
  const text = await (await world.ask(path, { ...question, stream: true })).text()
  expect(text).toContain('one ')
  expect(text).toContain('content_rejected')
  expect(text).not.toContain('secret')
  await world.settled()
  const [charge] = await world.charges()
  expect(charge).toMatchObject({ estimated: true })
  expect(charge!.usage!.output_tokens).toBeGreaterThan(1)
})

test('an answer in one piece that the rules refuse is charged as well: the provider had made it', async () => {
  const world = await worldOf({ filter: untilSecret })
  const response = await world.ask(path, question)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code: 'content_rejected' } })
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
  expect(world.asked).toHaveLength(1)
})

test('a request that the rules refuse is not asked, held or charged', async () => {
  const world = await worldOf({
    screen: () => {
      throw rejected()
    },
  })
  expect((await world.ask(path, question)).status).toBe(400)
  const examined = await worldOf({ examine: () => Promise.reject(rejected()) })
  expect((await examined.ask(path, question)).status).toBe(400)
  await examined.settled()
  for (const { asked, ledger } of [world, examined]) {
    expect(asked).toHaveLength(0)
    expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000_000, heldMicros: 0 })
  }
})

test('a request that was masked is sent masked, and never untranslated', async () => {
  const native = nativeModel('openai-chat', () => Response.json({ choices: [] }))
  const { model, asked } = sayingModel(said)
  const both = { model: { ...model, native: native.model.native! }, asked }
  const world = await worldOf(
    {
      translates: false,
      screen: (request) => ({
        ...request,
        messages: [{ role: 'user', content: [{ type: 'text', text: '[masked]' }] }],
      }),
    },
    both,
  )
  expect((await world.ask(path, question)).status).toBe(200)
  expect(native.bodies).toHaveLength(0)
  expect(asked[0]!.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: '[masked]' }] }])
})

test('a provider that fails behind the rules is still the provider’s failure, and costs nothing', async () => {
  const failing = sayingModel(() => {
    throw new Problem('provider_misconfigured', 'no', { upstream: { status: 401 } })
  })
  const world = await worldOf({ filter: untilSecret }, failing)
  expect((await world.ask(path, question)).status).toBe(502)
  await world.settled()
  expect(await world.charges()).toEqual([])
})
