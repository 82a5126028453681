// The guardrails of one call, from the pipeline's side.
import { expect, test } from 'vitest'
import type { Guardrail } from '#shared/contracts/policy'
import type { Problem } from '#shared/http/problems'
import type { LanguageEvent, LanguageRequest } from '#shared/providers/spec/language-model'
import { createGuard } from './guard.ts'
import type { Moderator } from './moderation.ts'

const mail: Guardrail = { type: 'personal-data', kinds: ['email'], action: 'mask', stage: 'both' }
const words = (action: 'block' | 'mask' | 'flag', stage: Guardrail['stage'] = 'both'): Guardrail => ({
  type: 'words',
  words: ['خمر', 'wine'],
  action,
  stage,
})
const nobody: Moderator = { judge: () => Promise.reject(new Error('nobody was to be asked')) }
const guardOf = (guardrails: Guardrail[], moderator = nobody) => createGuard({ guardrails, moderator })

const asking = (text: string): LanguageRequest => ({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] })

async function* from(events: LanguageEvent[], onEnd: () => void = () => {}): AsyncGenerator<LanguageEvent> {
  try {
    yield* events
  } finally {
    onEnd()
  }
}
async function collect(events: AsyncIterable<LanguageEvent>): Promise<LanguageEvent[]> {
  const all: LanguageEvent[] = []
  for await (const event of events) all.push(event)
  return all
}
const said = (...texts: string[]): LanguageEvent[] => [
  ...texts.map((text): LanguageEvent => ({ type: 'text-delta', text })),
  { type: 'finish', reason: 'stop', usage: { output_tokens: 1 } },
]
const textOf = (events: LanguageEvent[]) =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')

test('a request in which nothing is masked is the very same', () => {
  const request = asking('Good morning')
  const guard = guardOf([mail])
  expect(guard.screen(request)).toBe(request)
  expect(guard.findings()).toEqual([])
})

test('what is masked is masked everywhere in a request, and nothing else of it changes', () => {
  const request: LanguageRequest = {
    messages: [
      { role: 'system', content: [{ type: 'text', text: 'You serve a@b.co' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hi', cache: true },
          { type: 'image', source: { kind: 'url', url: 'https://a@b.co/x.png' } },
          { type: 'tool-result', callId: 'c1', content: [{ type: 'text', text: 'found c@d.co' }] },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'they are e@f.co', signature: 'seal' },
          { type: 'tool-call', id: 'c1', name: 'find', input: '{"who":"g@h.co"}' },
        ],
      },
    ],
    tools: [{ name: 'find', description: 'ask i@j.co', parameters: {} }],
    endUser: 'k@l.co',
    temperature: 0.5,
  }
  const before = structuredClone(request)
  const guard = guardOf([mail])
  expect(guard.screen(request)).toEqual({
    ...before,
    messages: [
      { role: 'system', content: [{ type: 'text', text: 'You serve [email]' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hi', cache: true },
          { type: 'image', source: { kind: 'url', url: 'https://a@b.co/x.png' } },
          { type: 'tool-result', callId: 'c1', content: [{ type: 'text', text: 'found [email]' }] },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'they are [email]' },
          { type: 'tool-call', id: 'c1', name: 'find', input: '{"who":"[email]"}' },
        ],
      },
    ],
    tools: [{ name: 'find', description: 'ask [email]', parameters: {} }],
    endUser: '[email]',
  })
  expect(request).toEqual(before)
  expect(guard.findings()).toEqual(['input.personal-data.email=6'])
})

test('a refusal says which guardrail it was and what sort of thing it saw, never what it said', () => {
  const guard = guardOf([mail, words('block')])
  const refusal = (() => {
    try {
      guard.screen(asking('a@b.co likes WINE'))
    } catch (error) {
      return error as Problem
    }
  })()!
  expect(refusal).toMatchObject({
    code: 'content_rejected',
    details: { facts: { stage: 'input', guardrail: 'words', position: 2 } },
  })
  expect(refusal.details.headers).toEqual({ 'x-riwaq-guardrails': 'input.personal-data.email=1, input.words=1' })
  expect(JSON.stringify([refusal.message, refusal.details]).toLowerCase()).not.toMatch(/wine|a@b/)
})

test('a rule for answers leaves requests alone, and one for requests leaves answers as they came', async () => {
  const request = asking('wine')
  expect(guardOf([words('block', 'output')]).screen(request)).toBe(request)
  const guard = guardOf([words('block', 'input')])
  expect(guard.filter).toBeUndefined()
  expect(guard.translates).toBe(false)
})

test('a masked answer keeps its order, and waits for no more than a word that could still become one', async () => {
  const guard = guardOf([words('mask')])
  const events = await collect(guard.filter!(from(said('red ', 'wi', 'ne', ' and winter wi'))))
  expect(events.map((event) => (event.type === 'text-delta' ? event.text : event.type))).toEqual([
    'red ',
    '*** and winter ',
    'wi',
    'finish',
  ])
  expect(guard.findings()).toEqual(['output.words=1'])
})

test('a blocked answer ends before what was found, its provider is stopped, and it says why it ended', async () => {
  let stopped = false
  const guard = guardOf([words('block')])
  const events = await collect(guard.filter!(from(said('red wi', 'ne is', ' good'), () => (stopped = true))))
  expect(textOf(events)).toBe('red ')
  expect(events.at(-1)).toEqual({ type: 'finish', reason: 'content-filter', usage: null })
  expect(stopped).toBe(true)
  expect(guard.findings()).toEqual(['output.words=1'])
})

test('reasoning and the arguments of tool calls are looked at like the text', async () => {
  const guard = guardOf([mail])
  const events = await collect(
    guard.filter!(
      from([
        { type: 'reasoning-delta', text: 'ask a@' },
        { type: 'reasoning-delta', text: 'b.co' },
        { type: 'reasoning-signature', signature: 'seal' },
        { type: 'text-delta', text: 'One moment' },
        { type: 'tool-call-start', index: 0, id: 'c1', name: 'mail' },
        { type: 'tool-call-start', index: 1, id: 'c2', name: 'mail' },
        { type: 'tool-call-delta', index: 0, input: '{"to":"c@d' },
        { type: 'tool-call-delta', index: 1, input: '{"to":"e@f.co"}' },
        { type: 'tool-call-delta', index: 0, input: '.co"}' },
        { type: 'finish', reason: 'tool-calls', usage: null },
      ]),
    ),
  )
  expect(events).toEqual([
    { type: 'reasoning-delta', text: 'ask ' },
    { type: 'reasoning-delta', text: '[email]' },
    { type: 'text-delta', text: 'One ' },
    { type: 'text-delta', text: 'moment' },
    { type: 'tool-call-start', index: 0, id: 'c1', name: 'mail' },
    { type: 'tool-call-start', index: 1, id: 'c2', name: 'mail' },
    { type: 'tool-call-delta', index: 0, input: '{"to":"' },
    { type: 'tool-call-delta', index: 1, input: '{"to":"[email]"}' },
    { type: 'tool-call-delta', index: 0, input: '[email]"}' },
    { type: 'finish', reason: 'tool-calls', usage: null },
  ])
})

test('reasoning that was left as it was keeps its seal', async () => {
  const events: LanguageEvent[] = [
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'reasoning-signature', signature: 'seal' },
    ...said('ok.'),
  ]
  expect(await collect(guardOf([mail]).filter!(from(events)))).toEqual(events)
})

test('a flag changes nothing and is counted', async () => {
  const guard = guardOf([words('flag')])
  const events = said('wine ', 'and w', 'ine.')
  const request = asking('wine?')
  expect(guard.screen(request)).toBe(request)
  expect(await collect(guard.filter!(from(events)))).toEqual(events)
  expect(guard.findings()).toEqual(['input.words=1', 'output.words=2'])
})

test('an attempt that failed and was made again is counted once', async () => {
  const guard = guardOf([words('mask')])
  await collect(guard.filter!(from(said('wine'))))
  await collect(guard.filter!(from(said('wine'))))
  expect(guard.findings()).toEqual(['output.words=1'])
})

const moderation = (action: 'block' | 'flag', stage: Guardrail['stage'] = 'both'): Guardrail => ({
  type: 'moderation',
  model: null,
  action,
  stage,
})
const judging = (harmful: (text: string) => boolean) => {
  const asked: string[] = []
  const moderator: Moderator = {
    async judge(texts) {
      asked.push(...texts)
      return texts.some(harmful)
    },
  }
  return { moderator, asked }
}
const { signal } = new AbortController()

test('a request that a moderation model finds harmful is refused before it is sent', async () => {
  const { moderator, asked } = judging((text) => text.includes('harm'))
  const guard = guardOf([moderation('block')], moderator)
  const request: LanguageRequest = {
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'do harm' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'said before' }] },
    ],
  }
  await expect(guard.examine!(request, { signal })).rejects.toMatchObject({
    code: 'content_rejected',
    details: { facts: { guardrail: 'moderation' } },
  })
  expect(asked).toEqual(['do harm'])
})

test('one that only looks lets it pass and counts it; one that cannot be asked stops a block and no flag', async () => {
  const { moderator } = judging(() => true)
  const looking = guardOf([moderation('flag')], moderator)
  await looking.examine!(asking('x'), { signal })
  expect(looking.findings()).toEqual(['input.moderation=1'])
  await expect(guardOf([moderation('block')]).examine!(asking('x'), { signal })).rejects.toThrow('nobody was to be')
  await expect(guardOf([moderation('flag')]).examine!(asking('x'), { signal })).resolves.toBeUndefined()
})

test('an answer is passed on in pieces that were judged, and ends where one is harmful', async () => {
  const { moderator, asked } = judging((text) => text.includes('harm'))
  const guard = guardOf([moderation('block')], moderator)
  const events = await collect(guard.filter!(from(said('a'.repeat(1_200), 'b'.repeat(600), 'harm', 'c'.repeat(600)))))
  expect(textOf(events)).toBe('a'.repeat(1_200))
  expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'content-filter' })
  expect(asked.map((text) => text.length)).toEqual([1_200, 1_204])
})

test('an answer that is only looked at waits for nobody and is judged as a whole', async () => {
  const { moderator, asked } = judging(() => true)
  const guard = guardOf([moderation('flag', 'output')], moderator)
  expect(guard.examine).toBeUndefined()
  const events = said('one ', 'two')
  expect(await collect(guard.filter!(from(events)))).toEqual(events)
  expect(asked).toEqual(['one two'])
  expect(guard.findings()).toEqual(['output.moderation=1'])
})
