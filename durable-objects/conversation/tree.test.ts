import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConversationMessage } from '#shared/contracts/conversation'
import { createTestConversation, ok, owner } from './testing.ts'

type Step = { do: 'send' | 'edit' | 'regenerate' | 'show' | 'finish' | 'save'; pick: number }

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('send', 'edit', 'regenerate', 'show', 'finish', 'save'),
  pick: fc.nat(1_000),
})

function take(world: ReturnType<typeof createTestConversation>, { do: what, pick }: Step, at: number): void {
  const all = ok(world.transcript.exportMessages({ owner, after: 0, limit: 1_000 })).messages
  const picked = all[pick % Math.max(1, all.length)]?.id ?? 'msg_none'
  const running = all.find((message) => message.status === 'running')
  if (what === 'send') world.send(`m${at}`)
  if (what === 'edit')
    world.send(`m${at}`, { parentId: all.find((message) => message.id === picked)?.parent_id ?? null })
  if (what === 'regenerate') world.regenerate(picked)
  if (what === 'show') world.transcript.showBranch({ owner, messageId: picked })
  if (what === 'save') world.transcript.edit({ owner, messageId: picked, content: `s${at}`, language: null, tokens: 2 })
  if (what === 'finish' && running) world.finish(running.id, `a${at}`)
}

const ancestors = (all: Map<string, ConversationMessage>, from: string): string[] => {
  const path: string[] = []
  for (let id: string | null = from; id !== null; id = all.get(id)!.parent_id) path.push(id)
  return path
}

test('whatever is done in whatever order: parents exist, versions agree, and the shown branch is one path to an end', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = createTestConversation()
      steps.forEach((each, at) => take(world, each, at))
      const list = ok(world.transcript.exportMessages({ owner, after: 0, limit: 1_000 })).messages
      const all = new Map(list.map((message) => [message.id, message]))
      for (const message of list) {
        expect(message.parent_id === null || all.has(message.parent_id)).toBe(true)
        const family = list.filter((other) => other.parent_id === message.parent_id)
        expect(message.siblings).toEqual(family.map((other) => other.id))
        expect(new Set(family.map((other) => other.role)).size).toBe(1)
      }
      expect(list.filter((message) => message.status === 'running').length).toBeLessThanOrEqual(1)
      const shown = ok(world.transcript.page({ owner, limit: 1_000 })).messages.map((message) => message.id)
      const leaf = world.transcript.snapshot()!.leaf_id
      expect(shown).toEqual(leaf === null ? [] : ancestors(all, leaf).reverse())
      expect(list.some((message) => message.parent_id === leaf)).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('showing any message shows a branch that holds it', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), fc.nat(1_000), (steps, pick) => {
      const world = createTestConversation()
      steps.forEach((each, at) => take(world, each, at))
      const list = ok(world.transcript.exportMessages({ owner, after: 0, limit: 1_000 })).messages
      const running = list.find((message) => message.status === 'running')
      if (running) world.finish(running.id, 'end')
      const chosen = list[pick % Math.max(1, list.length)]
      if (!chosen) return
      ok(world.transcript.showBranch({ owner, messageId: chosen.id }))
      expect(ok(world.transcript.page({ owner, limit: 1_000 })).messages.map((message) => message.id)).toContain(
        chosen.id,
      )
    }),
    { numRuns: 60 },
  )
})
