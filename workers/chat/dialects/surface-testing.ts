// One row for each parameter of an official client: what it is sent as, and what becomes of it.
import { expect } from 'vitest'
import type { Dialect } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, nativeModel, sayingModel, words } from '../testing.ts'

/**
 * works: on every model. native: on models of the dialect's own vendor, and refused by name elsewhere. refused: by name,
 * everywhere.
 */
export type Verdict = 'works' | 'native' | 'refused'
export type Row = [patch: Record<string, unknown>, verdict: Verdict, param?: string]

const abilities = [...words.abilities, 'file-input', 'audio-input', 'long-cache', 'verbosity'] as const
const prices = { ...words.price!.prices, audio_input_tokens: 5_000_000, cache_write_1h_tokens: 2_000_000 }
const catalog = { abilities, price: { prices }, contextTokens: 200_000 }

/** Two worlds with one model each: of the caller's dialect, and of another. */
export function surfaceWorlds(dialect: Dialect, answer: unknown) {
  const balanceMicros = 1_000_000_000
  const { model: translated } = sayingModel([{ type: 'text-delta', text: 'ok' }, finish(null)])
  const { model: native } = nativeModel(dialect, () => Response.json(answer))
  return {
    translated: createChatWorld({ balanceMicros, models: { 'fake/words': { catalog, model: translated } } }),
    native: createChatWorld({ balanceMicros, models: { 'fake/words': { catalog, model: native } } }),
  }
}

const refusal = async (response: Response) =>
  ((await response.json()) as { error: { param?: string | null; message: string } }).error

export async function expectVerdict(
  { path, body, verdict, param }: { path: string; body: unknown; verdict: Verdict; param: string },
  worlds: ReturnType<typeof surfaceWorlds>,
): Promise<void> {
  for (const [kind, world] of Object.entries(worlds)) {
    const response = await world.ask(path, body)
    const taken = verdict === 'works' || (verdict === 'native' && kind === 'native')
    if (taken) {
      expect(response.status, `${kind}: ${await response.clone().text()}`).toBe(200)
      await response.body?.cancel()
      continue
    }
    expect(response.status, `${kind}: ${await response.clone().text()}`).toBe(400)
    const error = await refusal(response)
    expect(error.param, `${kind}: ${error.message}`).toMatch(new RegExp(`^${param}(?:[.[]|$)`))
    expect(error.message.length).toBeGreaterThan(10)
  }
}
