// The official client before this service, for tests.
import type { Principal } from '#shared/contracts/principal'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { openAIClientOf } from '#test/support/openai-client'
import { createChatWorld, finish, sayingModel, type WorldSeed } from '../../testing.ts'

export type ChatWorld = ReturnType<typeof createChatWorld>

export const clientOf = (world: ChatWorld, principal?: Principal) =>
  openAIClientOf((path, body, init) => world.ask(path, body, { ...init, ...(principal && { principal }) }))

/** A world with one model that says these events. */
export function worldOf(events: Parameters<typeof sayingModel>[0], seed: Partial<WorldSeed> = {}) {
  const { model, asked } = sayingModel(events)
  const world = createChatWorld({ models: { 'fake/words': model }, ...seed })
  return { client: clientOf(world), asked, world }
}

export const words: LanguageEvent[] = [
  { type: 'text-delta', text: 'one ' },
  { type: 'text-delta', text: 'two' },
  finish({ input_tokens: 10, output_tokens: 3 }),
]

export const twoCalls: LanguageEvent[] = [
  { type: 'reasoning-delta', text: 'Two ' },
  { type: 'reasoning-delta', text: 'places.' },
  { type: 'reasoning-signature', signature: 'sealed' },
  { type: 'text-delta', text: 'Looking.' },
  { type: 'tool-call-start', index: 0, id: 'call_1', name: 'weather' },
  { type: 'tool-call-delta', index: 0, input: '{"place":' },
  { type: 'tool-call-start', index: 1, id: 'call_2', name: 'weather' },
  { type: 'tool-call-delta', index: 0, input: '"Cairo"}' },
  { type: 'tool-call-delta', index: 1, input: '{"place":"Tunis"}' },
  finish({ input_tokens: 60, cached_input_tokens: 40, output_tokens: 20, reasoning_tokens: 5 }, 'tool-calls'),
]

export const weather = {
  type: 'function' as const,
  name: 'weather',
  description: 'Of a place.',
  parameters: {
    type: 'object',
    properties: { place: { type: 'string' } },
    required: ['place'],
    additionalProperties: false,
  },
  strict: true,
}
