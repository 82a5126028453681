import { expect, test } from 'vitest'
import { auditFacts, auditSentence } from './audit-facts.ts'

test('an event is told in the reader’s language', () => {
  expect(auditSentence('en', 'member.role-changed')).toBe('Changed a role')
  expect(auditSentence('ar', 'key.revoked')).toBe('إلغاء مفتاح API')
})

test('an event that the page does not know yet is not hidden', () => {
  expect(auditSentence('en', 'plan.changed')).toBe('plan.changed')
})

test('roles, amounts and periods are told as words', () => {
  expect(auditFacts('en', { role: 'owner' })).toEqual(['Owner'])
  expect(auditFacts('en', { from: 'member', to: 'admin' })).toEqual(['from Member to Admin'])
  expect(auditFacts('en', { limit_micros: 2_500_000, period: 'week' })).toEqual(['$2.50', 'per week'])
  expect(auditFacts('ar', { limit_micros: null, period: null })).toEqual(['بلا ميزانية'])
})

test('a fact without words is left out', () => {
  expect(auditFacts('en', { role: 'emperor', sessions: 3, ok: true })).toEqual([])
  expect(auditFacts('en', null)).toEqual([])
})
