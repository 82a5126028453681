import { expect, test } from 'vitest'
import type { ContextTurn } from '#shared/contracts/conversation-object'
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import { buildRequest } from './build-request.ts'
import { systemPrompt } from './system-prompt.ts'
import { testModel } from './testing.ts'

const turn = (role: ContextTurn['role'], content: string, language: string | null = 'en'): ContextTurn => ({
  id: content,
  role,
  content,
  language,
  tokens: 1,
})
const build = (turns: ContextTurn[]) => buildRequest({ turns, model: testModel, now: 0, endUser: 'usr_a' }).messages

test('turns keep their order and speakers, after the instructions', () => {
  const [system, ...rest] = build([turn('user', 'a'), turn('assistant', 'b'), turn('user', 'c')])
  expect(system!.role).toBe('system')
  expect(rest.map((message) => [message.role, message.content])).toEqual([
    ['user', [{ type: 'text', text: 'a' }]],
    ['assistant', [{ type: 'text', text: 'b' }]],
    ['user', [{ type: 'text', text: 'c' }]],
  ])
})

test('two questions in a row, because the answer between them failed, are one message', () => {
  expect(build([turn('user', 'a'), turn('user', 'b')])[1]).toMatchObject({ content: [{ text: 'a' }, { text: 'b' }] })
})

test('a summary is part of the instructions, and an answer after it is not the first message', () => {
  const messages = build([turn('summary', 'SUM'), turn('assistant', 'b'), turn('user', 'c')])
  expect(JSON.stringify(messages[0])).toContain('SUM')
  expect(messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user'])
})

test('the language is that of the last message, by name', () => {
  const prompt = (language: string | null) => systemPrompt({ model: testModel, language, now: 0 })
  expect(prompt('ar')).toContain('Answer in Arabic')
  expect(prompt('ar')).toContain('dialect')
  expect(prompt('ar-Latn')).toContain('in Arabic script')
  expect(prompt('fr')).toContain('Answer in French')
  expect(prompt(null)).toContain('the language of the user’s last message')
  expect(prompt('not a tag')).toContain('Answer in not a tag')
})

test('the instructions stay within what compaction sets aside for them', () => {
  for (const language of ['ar', 'ar-Latn', 'en', null])
    expect(estimateTextTokens(systemPrompt({ model: testModel, language, now: 0 }))).toBeLessThan(400)
})
